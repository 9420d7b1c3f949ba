"""Search data of every language: each made by a process of its own, or taken over if nothing it is made of has changed.

In: Sites. Out: SearchData by language, and the files among the sites' assets. What is in the files is search_data.py's;
here is who makes them and when: a key names all records and the code, and the last build's are kept under it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from expo.progress import room
from expo.render.assets import Assets
from expo.render.fingerprints import hash_record
from expo.render.pages import Site
from expo.render.views.search_data import SearchData, add_search_data
from expo.search.columns import make_columns
from expo.shares import count_shares, run_shares

KEPT_AS = "search-files"
KEY_LENGTH = hashlib.sha256().digest_size
LENGTH_SIZE = 4  # bytes before the head that tell how long it is

Files = list[tuple[str, str, bytes]]  # name among the assets, address, content
Made = tuple[str, SearchData, Files, dict[str, Any]]  # language, what the page must know, files, bodies that were asked


def add_search(sites: Sequence[Site], jobs: int) -> dict[str, SearchData]:
    """Put the files of every language among its site's assets. Those of a site without exhibits are none."""
    known: dict[str, SearchData] = {}
    keys: dict[str, bytes] = {}
    wanted = []
    with room("index"):
        for site in sites:
            if not site.expo.initiatives:
                continue
            keys[site.words.lang] = _make_key(site)
            kept = _read(site, keys[site.words.lang])
            if kept is None:
                wanted.append(site)
                continue
            known[site.words.lang] = _take(site, *kept)
            site.bodies.keep_all()
        for lang, data, files, bodies in _make_all(wanted, jobs):
            site = next(one for one in wanted if one.words.lang == lang)
            known[lang] = _take(site, data, files)
            site.bodies.absorb(bodies)
            _keep(site, keys[lang], data, files)
    return known


def _make_all(sites: Sequence[Site], jobs: int) -> list[Made]:
    shares = run_shares(sites, lambda share: [_make(site) for site in share], count_shares(len(sites), 1, jobs))
    return [made for share in shares for made in share]


def _make(site: Site) -> Made:
    own = dataclasses.replace(site, assets=Assets())
    data = add_search_data(own, make_columns(site.expo))
    return site.words.lang, data, own.assets.list_all(), site.bodies.used()


def _take(site: Site, data: SearchData, files: Files) -> SearchData:
    for name, address, content in files:
        site.assets.keep(name, address, content)
    return data


def _make_key(site: Site) -> bytes:
    """A hash of all that the files are made from. Fields of an Expo, not what it remembers of look-ups."""
    expos = [site.expo, *([site.searched] if site.searched else [])]
    told = [hash_record([getattr(expo, field.name) for field in dataclasses.fields(expo)]) for expo in expos]
    rest = repr((site.made_by, site.words.lang, site.config.site_url)).encode()
    return hashlib.sha256(b"".join([*told, rest])).digest()


def _name(site: Site) -> str:
    return f"{KEPT_AS}-{hashlib.sha256(site.made_by.encode()).hexdigest()[:12]}"


def _read(site: Site, key: bytes) -> tuple[SearchData, Files] | None:
    content = site.cache.read(_name(site)) if site.cache else None
    if content is None or content[:KEY_LENGTH] != key:
        return None
    start = KEY_LENGTH + LENGTH_SIZE
    end = start + int.from_bytes(content[KEY_LENGTH:start], "big")
    head = json.loads(content[start:end])
    files = []
    for name, address, length in head["files"]:
        files.append((name, address, content[end : end + length]))
        end += length
    return SearchData(**head["data"]), files


def _keep(site: Site, key: bytes, data: SearchData, files: Files) -> None:
    if site.cache:
        rows = [(name, address, len(content)) for name, address, content in files]
        head = json.dumps({"data": dataclasses.asdict(data), "files": rows}).encode()
        parts = [key, len(head).to_bytes(LENGTH_SIZE, "big"), head, *(content for *_, content in files)]
        site.cache.keep(_name(site), b"".join(parts))
