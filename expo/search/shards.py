"""Postings in files small enough to be fetched one by one: which file a word is in, and what the file holds.

In: entries (a key → lists of exhibits). Out: shard number → bytes, not yet compressed; same entries, same bytes.
A shard is lines of text "key<TAB>how many<TAB>bytes", an empty line, then the lists in that order: of words those of
bits.py, of phrases numbers as a browser reads them.
The shard of an entry follows from its folded word, or both words of a phrase, by FNV-1a over their UTF-8 (Fowler, Noll,
Vo; RFC 9923), so that an edit changes only the shards of its words. Twin: theme/static/js/search/store.js.
"""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from math import log2

from expo.cache import Chest
from expo.search.bits import HIGHEST_MARK, encode_postings

IMPACT_ORDER = (2, 3, 4, 1, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)  # the most frequent first: they take the fewest bits
IMPACT_CODES = {impact: code for code, impact in enumerate(IMPACT_ORDER)}
FNV_OFFSET, FNV_PRIME = 0x811C9DC5, 0x01000193
GROWTH = 0.6
HASH_SIZE = 3  # bytes of a content hash in the name of a file, beside its own number
SHARED_BITS = {"w": 1, "c": 4, "p": 0}  # by kind: numbers that differ in their last so many bits only share a hash

PLAIN_VALUES = 2  # version of marshal: equal values give equal bytes, whether or not they share parts

Shards = dict[int, bytes]
Line = tuple[str, int, bytes]  # key, how many exhibits or places, the encoded list


def count_shards(exhibits: int, scale: int) -> int:
    """A power of two; it grows a little faster than the root of the number of exhibits, as a word's list grows too."""
    return 1 << max(4, round(log2(scale * max(1, exhibits) ** GROWTH)))


@dataclass(frozen=True, slots=True)
class Entry:
    """The exhibits that have a word, in ascending order, with their impacts; and by mark (see mark_of) of a neighbour
    that is no rarer than the word, those that have it. The key is the word as written, "@tinh/hue" for names of places.
    """

    key: str
    folded: str
    numbers: list[int]
    impacts: Iterable[int]
    marks: dict[int, list[int]]


def fnv1a(word: str) -> int:
    """32 bits of a hash; the high bits are mixed into the low ones, which are those that are used."""
    first, blank, second = word.partition(" ")
    value = _hash_on(second, _hash_begin(first)) if blank else _hash_on(word, FNV_OFFSET)
    return value ^ value >> 15


def _hash_on(text: str, value: int) -> int:
    for byte in text.encode("utf-8", "replace"):
        value = (value ^ byte) * FNV_PRIME & 0xFFFFFFFF
    return value


@lru_cache(maxsize=65536)
def _hash_begin(first: str) -> int:
    """Of the first of two words with the blank behind it: many phrases begin with it."""
    return _hash_on(f"{first} ", FNV_OFFSET)


def shard_of(word: str, shards: int) -> int:
    """The shard of a folded word or phrase; `shards` is a power of two."""
    return fnv1a(word) & (shards - 1)


@lru_cache(maxsize=4096)  # of titles: whoever asks for all words keeps the marks
def mark_of(neighbour: str) -> int:
    """A few bits that tell that a word stood beside another: ">khi" after it, "<khong" before it, "t>khi" in the title.

    Two words share a mark now and then: it raises a score, and never makes anything be found.
    """
    return fnv1a(neighbour) >> 3 & HIGHEST_MARK


def pack_words(entries: Iterable[Entry], highest: int, shards: int, known: Chest) -> Shards:
    """Entries are taken one by one, and need not be in memory all at once. `known` remembers their postings."""
    lists: dict[int, list[Line]] = defaultdict(list)
    for entry in entries:
        told = (entry.numbers, list(map(IMPACT_CODES.__getitem__, entry.impacts)), entry.marks, highest)
        content = known.recall(partial(marshal.dumps, told, PLAIN_VALUES), partial(encode_postings, *told))
        lists[shard_of(entry.folded, shards)].append((entry.key, len(entry.numbers), content))
    return pack_lines(lists)


def pack_lines(by_shard: Mapping[int, Iterable[Line]]) -> Shards:
    """Shards of their lines, in whatever order these come."""
    return {
        shard: "".join(f"{key}\t{count}\t{len(content)}\n" for key, count, content in lines).encode()
        + b"\n"
        + b"".join(content for _, _, content in lines)
        for shard, listed in sorted(by_shard.items())
        for lines in [sorted(listed)]
    }


def unpack_lines(content: bytes) -> list[Line]:
    """The lines of a shard."""
    head, _, lists = content.partition(b"\n\n")
    lines: list[Line] = []
    at = 0
    for row in head.decode().split("\n") if head else ():
        key, count, size = row.split("\t")
        lines.append((key, int(count), lists[at : at + int(size)]))
        at += int(size)
    return lines
