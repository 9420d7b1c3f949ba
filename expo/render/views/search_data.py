"""The files that the catalogue's script fetches: search index, cards, details, facets, orders.

In: a Site. Out: files among the site's assets, under /assets/search/, and the addresses that the page must know. Every
file is compressed here (zlib: a plain host may not compress endings it does not know) and bears in its name the hash of
its content, or of its own and its neighbours' (SHARED_BITS). Page data: no promise, may change with every release.
Layouts are those of expo/search/ and card_data.py.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from expo.render.assets import content_hash
from expo.render.pages import SOURCE_LANGUAGE, Site
from expo.render.views.card_data import card_chunks, card_details, chunk_bits
from expo.render.views.facets import make_facets, make_rows, make_told
from expo.search.amending import Before, amend_search_files
from expo.search.columns import Columns, pack_columns, pack_order
from expo.search.index import IndexState, SearchFiles, make_search_files
from expo.search.shards import HASH_SIZE, SHARED_BITS

FOLDER = "/assets/search/"
LEVEL = 9
EMPTY = zlib.compress(b"", LEVEL)


@dataclass(frozen=True, slots=True)
class SearchData:
    """Addresses of what the script opens first; the root file names all others."""

    root: str
    facets: str
    chunk_bits: int


Numbered = tuple[str, int]  # "w", "c", "d" or "p", and the number of the file


class Packs:
    """Contents compressed; those of the last build are taken over by the hash of what they hold.

    `numbered` and `state` are what the last build knew of its index, which can be amended by them.
    """

    def __init__(
        self, known: Mapping[bytes, bytes], numbered: Mapping[Numbered, bytes] | None = None, state: bytes = b""
    ) -> None:
        self._known = known
        self._numbered = numbered or {}
        self._told_of = {content: told for told, content in known.items()}
        self._files: SearchFiles | None = None
        self._before = IndexState.from_bytes(state) if state else None
        self.state = state  # of the index: of the last build, then of this one
        self.hashes: dict[bytes, bytes] = {}  # what was packed → hash of what it holds

    @property
    def is_amended(self) -> bool:
        """Whether the files are made from an index that was amended."""
        return self._files is not None

    def amend(self, site: Site) -> bool:
        """Amend the last index. False where the whole has to be made anew."""
        if self._before:
            before = Before(self._before, partial(self._unpack, "w"), partial(self._unpack, "p"))
            self._files = amend_search_files(site.searched or site.expo, site.cache, before)
        return self.is_amended

    def make_index(self, site: Site) -> SearchFiles:
        """The index, amended or made anew."""
        files = self._files or make_search_files(site.searched or site.expo, site.cache)
        self.state = files.state.to_bytes() if files.state else b""
        return files

    def pack(self, content: bytes) -> bytes:
        """The content, compressed."""
        told = _long_hash(content)
        packed = self._known.get(told) or zlib.compress(content, LEVEL)
        self.hashes[packed] = told
        return packed

    def pack_numbered(self, kind: str, files: Mapping[int, bytes], is_part: bool = False) -> dict[int, bytes]:
        """Files by number, compressed; of a part the others are those of the last build."""
        packed: dict[int, bytes] = {}
        if is_part:
            for (its_kind, number), content in self._numbered.items():
                if its_kind == kind and content != EMPTY and number not in files:
                    packed[number] = self._take(kind, number)
        packed |= {number: self.pack(content) for number, content in files.items() if content}
        return dict(sorted(packed.items()))

    def pack_details(self, site: Site, state: IndexState | None) -> dict[int, bytes]:
        """What is shown of each exhibit when its card is seen; made only of those whose texts have changed."""
        before, now = (one.keys if one else {} for one in (self._before, state))
        same = {one for one, key in now.items() if before.get(one) == key and ("d", one) in self._numbered}
        packed = {number: self.pack(content) for number, content in card_details(site, same)}
        return {
            one.number: self._take("d", one.number) if one.number in same else packed[one.number]
            for one in site.expo.newest
        }

    def _take(self, kind: str, number: int) -> bytes:
        content = self._numbered[kind, number]
        self.hashes[content] = self._told_of[content]
        return content

    def _unpack(self, kind: str, number: int) -> bytes:
        return zlib.decompress(self._numbered.get((kind, number), EMPTY))


def add_search_data(site: Site, columns: Columns, packs: Packs | None = None) -> SearchData:
    """Put every file among the site's assets; the same content gives the same names and bytes."""
    packs = packs or Packs({})
    facets = make_facets(site, columns)
    files = packs.make_index(site)
    details = packs.pack_details(site, files.state)
    for number, packed in details.items():
        _add(site, f"d/{number}-{_name_detail(packed)}.bin", packed)
    chunks = card_chunks(site, details, _name_detail)
    tables = {
        "w": _add_numbered(site, "w", packs.pack_numbered("w", files.words, files.is_part), files.word_shards),
        "c": _add_numbered(site, "c", packs.pack_numbered("c", chunks), (files.highest >> chunk_bits(site.expo)) + 1),
        "p": _add_numbered(site, "p", packs.pack_numbered("p", files.phrases, files.is_part), files.phrase_shards),
    }
    root = {
        **files.root,
        "told": make_told(facets),
        "directory": _add_named(site, packs, "phrases", tables["p"]),
        "orders": {
            "ten": _add_named(site, packs, "by-name", pack_order(columns.by_name)),
            "phan-hoi": _add_named(site, packs, "by-reply", pack_order(columns.by_reply)),
        },
    }
    text = json.dumps(root, ensure_ascii=False, separators=(",", ":")).encode()
    whole_root = len(text).to_bytes(4, "little") + text + tables["w"] + tables["c"]
    return SearchData(
        root=_folder(site) + _add_named(site, packs, "root", whole_root),
        chunk_bits=chunk_bits(site.expo),
        facets=_folder(site) + _add_named(site, packs, "facets", pack_columns(columns, make_rows(facets))),
    )


def _add_numbered(site: Site, kind: str, files: Mapping[int, bytes], count: int) -> bytes:
    """Compressed files by number; returns the table of their hashes, zeros where there is no file.

    A hash is that of a few neighbours, as the root file, which the first query waits for, has them all. Of shards of
    words every neighbour is a file, if an empty one: nobody could tell that there is none.
    """
    shared = SHARED_BITS[kind]
    groups: dict[int, dict[int, bytes]] = defaultdict(dict)
    for number, packed in files.items():
        groups[number >> shared][number] = packed
    table = bytearray(((count - 1 >> shared) + 1) * HASH_SIZE)
    for group, members in groups.items():
        if kind == "w":
            members = {number: members.get(number, EMPTY) for number in range(group << shared, group + 1 << shared)}
        short = _short_hash(members[group] if not shared else b"".join(map(_long_hash, members.values())))
        table[group * HASH_SIZE : (group + 1) * HASH_SIZE] = short
        for number, packed in members.items():
            _add(site, f"{kind}/{number}-{short.hex()}.bin", packed)
    return bytes(table)


def _name_detail(packed: bytes) -> str:
    return _short_hash(packed).hex()


def _add_named(site: Site, packs: Packs, name: str, content: bytes) -> str:
    """A file on its own; returns its name inside the folder."""
    packed = packs.pack(content)
    name = f"{name}-{content_hash(packed)}.bin"
    _add(site, name, packed)
    return name


def _add(site: Site, name: str, content: bytes) -> None:
    address = _folder(site) + name
    site.assets.keep(address.removeprefix("/assets/"), address, content)


def _folder(site: Site) -> str:
    """Each language has its own: the hashes in the names are short."""
    return FOLDER if site.words.lang == SOURCE_LANGUAGE else f"{FOLDER}{site.words.lang}/"


def _short_hash(content: bytes) -> bytes:
    """Beside a file's own number three bytes are enough; all zeros would say that there is none."""
    return _long_hash(content)[:HASH_SIZE]


def _long_hash(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
