"""Search data of every language, by processes of its own, or taken over if nothing it is made of has changed.

In: Sites. Out: SearchData by language, and the files among the sites' assets. What is in the files is search_data.py's;
here is who makes them and when: a key names all records and the code, and the last build's are kept under it. Where a
record has changed, what is in most files has not: these are not compressed again, and of the index only what an edit
reaches is made again, if little has changed: by one process while the build goes on. A whole index needs much memory,
and nothing beside.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from expo.progress import room
from expo.render.assets import Assets
from expo.render.fingerprints import find_records
from expo.render.pages import Site
from expo.render.views.search_data import Packs, SearchData, add_search_data
from expo.shares import count_shares, run_shares, working_beside

KEPT_AS = "search-files"
KEY_LENGTH = hashlib.sha256().digest_size
LENGTH_SIZE = 4  # bytes before the head that tell how long it is
NO_HASH = b""  # of a file that was not packed
NUMBERED = re.compile(r"/([wcdp])/([0-9]+)-[0-9a-f]+\.bin$")

Bodies = dict[str, Any]  # those that were asked for
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class File:
    """One of the assets, and the hash of what it holds, not compressed."""

    name: str
    address: str
    content: bytes
    told: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """What the page must know, and the files; the key of what they were made from."""

    key: bytes
    data: SearchData
    files: list[File]
    state: bytes  # of the index


@dataclass(frozen=True, slots=True)
class Found:
    """Search data that need not be made whole; the bodies that were asked for, None where nothing was made."""

    made: Made
    bodies: Bodies | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A site whose files must be made, with what is known of the last ones."""

    site: Site
    key: bytes
    packs: Packs


def add_search(sites: Sequence[Site], jobs: int, do_beside: Callable[[], Value]) -> tuple[dict[str, SearchData], Value]:
    """Put the files of every language among its site's assets. Those of a site without exhibits are none.

    `do_beside` is what else has to be done: meanwhile where little is to be made, else afterwards. Returned as well.
    """
    shown = [site for site in sites if site.expo.initiatives]
    if all(site.cache and site.cache.has(_name(site)) for site in shown):
        with working_beside(lambda: [_find(site) for site in shown], jobs) as answer:  # two would be no quicker
            value = do_beside()
            with room("index"):
                found = answer()
        return _join(shown, found, jobs), value
    known = _join(shown, [None] * len(shown), jobs)
    return known, do_beside()


def _find(site: Site) -> Found | None:
    """What the last build made, amended where it has to be. None where the whole must be made anew."""
    key, kept = _make_key(site), _read(site)
    if kept is None:
        return None
    if kept.key == key:
        return Found(kept)
    wanted = Wanted(site, key, _open(kept))
    if not wanted.packs.amend(site):
        return None
    made, bodies = _make(wanted)
    _keep(site, made)
    return Found(made, bodies)


def _join(sites: Sequence[Site], found: Sequence[Found | None], jobs: int) -> dict[str, SearchData]:
    """What was found, and what could not be, made whole."""
    known: dict[str, SearchData] = {}
    wanted: list[Wanted] = []
    with room("index"):
        for site, one in zip(sites, found, strict=True):
            if one is None:
                kept = _read(site)
                wanted.append(Wanted(site, _make_key(site), _open(kept) if kept else Packs({})))
                continue
            known[site.words.lang] = _take(site, one.made)
            if one.bodies is None:
                site.bodies.keep_all()
            else:
                site.bodies.absorb(one.bodies)
        for whole, (made, bodies) in _make_all(wanted, jobs):
            known[whole.site.words.lang] = _take(whole.site, made)
            whole.site.bodies.absorb(bodies)
            _keep(whole.site, made)
    return known


def _open(kept: Made) -> Packs:
    """What can be taken over of files that were made from something else."""
    contents = {file.told: file.content for file in kept.files}
    found = ((NUMBERED.search(file.name), file.content) for file in kept.files)
    numbered = {(match[1], int(match[2])): content for match, content in found if match}
    return Packs(contents, numbered, kept.state)


def _make_all(wanted: Sequence[Wanted], jobs: int) -> list[tuple[Wanted, tuple[Made, Bodies]]]:
    """What is made, each with whom it is for."""
    shares = run_shares(
        list(enumerate(wanted)),
        lambda share: [(at, _make(one)) for at, one in share],
        count_shares(len(wanted), 1, jobs),
        apart=True,
    )
    return [(wanted[at], made) for share in shares for at, made in share]


def _make(wanted: Wanted) -> tuple[Made, Bodies]:
    site = dataclasses.replace(wanted.site, assets=Assets())
    packs, known_bodies = wanted.packs, wanted.site.bodies.used()
    data = add_search_data(site, wanted.site.columns, packs)
    files = [File(*one, packs.hashes.get(one[2], NO_HASH)) for one in site.assets.list_all()]
    return Made(wanted.key, data, files, packs.state), site.bodies.used(known_bodies)


def _take(site: Site, made: Made) -> SearchData:
    for file in made.files:
        site.assets.keep(file.name, file.address, file.content)
    return made.data


def _make_key(site: Site) -> bytes:
    """A hash of all that the files are made from."""
    rest = repr((_made_by(site), site.words.lang, site.config.site_url)).encode()
    return hashlib.sha256(find_records(site).whole + rest).digest()


def _made_by(site: Site) -> str:
    """A template that has changed changes none of the files."""
    return site.data_made_by or site.made_by


def _name(site: Site) -> str:
    return f"{KEPT_AS}-{hashlib.sha256(_made_by(site).encode()).hexdigest()[:12]}"


def _read(site: Site) -> Made | None:
    """What the last build made with this code, whatever it was made from."""
    content = site.cache.read(_name(site)) if site.cache else None
    if content is None:
        return None
    start = KEY_LENGTH + LENGTH_SIZE
    end = start + int.from_bytes(content[KEY_LENGTH:start], "big")
    head = json.loads(content[start:end])
    files = []
    for name, address, length, told in head["files"]:
        files.append(File(name, address, content[end : end + length], bytes.fromhex(told)))
        end += length
    return Made(content[:KEY_LENGTH], SearchData(**head["data"]), files, content[end:])


def _keep(site: Site, made: Made) -> None:
    if site.cache:
        rows = [(file.name, file.address, len(file.content), file.told.hex()) for file in made.files]
        head = json.dumps({"data": dataclasses.asdict(made.data), "files": rows}).encode()
        contents = (file.content for file in made.files)
        site.cache.keep(_name(site), made.key, len(head).to_bytes(LENGTH_SIZE, "big"), head, *contents, made.state)
