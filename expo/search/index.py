"""The browser's search index: root, words, phrases, as files that are fetched as a query needs them.

In: an Expo and a cache. Out: SearchFiles, bytes by kind and number, not yet compressed or named: names, which carry the
hash of what they hold, are given by whoever publishes them (render/views/search_data.py). An exhibit is its SK number.
What an exhibit's words are is made anew only when its texts change; an edit changes the shards of its words alone.
Read by theme/static/js/search/ and nothing else: the layout may change with every release.
"""

from __future__ import annotations

import hashlib
import marshal
import re
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain, count, pairwise
from typing import Literal

import expo.search.abbreviations
import expo.search.bits
import expo.search.documents
import expo.search.same_words
import expo.search.texts
import expo.search.units
import expo.text
from expo.cache import Cache, Chest, name_by_code
from expo.memory_use import nothing_collected
from expo.model import Expo, Initiative, Place
from expo.search.abbreviations import AbbreviationTable, find_defined
from expo.search.documents import HIGHEST_IMPACT, READ_EVERYWHERE, Document, make_document
from expo.search.same_words import SameWords
from expo.search.shards import Entry, Line, Shards, count_shards, mark_of, pack_lines, pack_words, shard_of
from expo.search.texts import FIELD_WEIGHTS, initiative_texts
from expo.search.units import Unit, make_units
from expo.text import fold_text

MODULES = (
    expo.search.abbreviations,
    expo.search.documents,
    expo.search.same_words,
    expo.search.texts,
    expo.search.units,
    expo.text,
)
POSTINGS_MODULE = expo.search.bits
WORD_SHARDS, PHRASE_SHARDS = 32, 8  # times a power of the number of exhibits, see count_shards
CORE_WORD = re.compile("[a-z]{1,8}")
COMMON, MOST_MARKED = 0.5, 1000  # words of a larger share keep neighbours of titles only, of more exhibits none
OWN_PLACE_IMPACT, MERGED_PLACE_IMPACT = 10, 7  # an exhibit of that very unit; of one that has become part of it

# A place, where a word stands in an exhibit, is one number: that of the exhibit × step + position. Steps and what holds
# such numbers: unsigned integers of 32 bits, or 64 where these are too few.
NARROW_STEP, WIDE_STEP = 1 << 16, 1 << 32
PLACE_TYPES: Mapping[int, Literal["I", "Q"]] = {NARROW_STEP: "I", WIDE_STEP: "Q"}

# A row, that an exhibit has a word with an impact, is one number too: that of the exhibit × ROW_STEP + impact.
ROW_STEP = HIGHEST_IMPACT + 1
ROW_TYPE: Literal["I"] = "I"  # 32 bits: SK numbers have six digits at most

Pair = tuple[str, str]
Pairs = dict[Pair, "array[int]"]  # neighbours → places of the first, ascending
Rows = Mapping[str, "array[int]"]  # word as written → rows, ascending


@dataclass(frozen=True, slots=True)
class SearchFiles:
    """`root` is plain values ready for JSON; it lacks the names of files, unknown here. Shards by number."""

    root: dict[str, object]
    highest: int  # the highest SK number
    words: Shards
    word_shards: int  # how many there can be; empty ones have no file
    phrases: Shards
    phrase_shards: int
    state: IndexState | None = field(default=None, compare=False)  # where there is a cache
    is_part: bool = False  # holds only the shards that differ from those before, empty where nothing is left of one


@dataclass(frozen=True, slots=True)
class IndexState:
    """What must be known of an index to amend it (amending.py). Plain values: `marshal` packs them."""

    told: str  # a hash of all that every document and every name of a place depends on
    step: int
    counts: dict[str, int]  # word as written → how many exhibits have it
    keys: dict[int, str]  # SK number → key of its document in the cache
    places: dict[int, tuple[str, ...]]  # SK number → its places
    units: dict[int, dict[str, int]]  # SK number → key of a name of a place → impact
    root: dict[str, object]

    def to_bytes(self) -> bytes:
        """For a cache."""
        return marshal.dumps(tuple(getattr(self, name) for name in self.__slots__), READ_EVERYWHERE)

    @classmethod
    def from_bytes(cls, content: bytes) -> IndexState:
        """The state whose to_bytes these are."""
        return cls(*marshal.loads(content))


def make_search_files(expo: Expo, cache: Cache | None) -> SearchFiles:
    """Everything the search fetches but cards and facets."""
    with nothing_collected():
        return _make_search_files(expo, cache)


def _make_search_files(expo: Expo, cache: Cache | None) -> SearchFiles:
    source = DocumentSource(expo)
    numbers = source.numbers
    highest = max(numbers, default=0)
    units = list_units(expo)
    found = invert(source.take_all(cache))
    words = found.words
    folded = {word: fold_text(word) for word in words}
    word_shards = count_shards(len(numbers), WORD_SHARDS)
    phrase_shards = count_shards(len(numbers), PHRASE_SHARDS)
    unit_rows = make_unit_rows(expo, found, units)
    entries = chain(_word_entries(found, folded, len(numbers)), _unit_entries(unit_rows))
    postings = Chest(cache, name_by_code("postings", POSTINGS_MODULE))
    words_by_shard = pack_words(entries, highest, word_shards, postings)
    postings.keep()
    root: dict[str, object] = {
        "count": len(numbers),
        "highest": highest,
        "numbers": _make_ranges(numbers),
        "words": word_shards,
        "phrases": phrase_shards,
        "step": found.step,
        "core": _make_core(words),
        "units": [[unit_key(unit), *unit.runs] for unit in units],
    }
    state = None
    if cache:
        counts = {word: len(rows) for word, rows in words.items()}
        by_number: dict[int, dict[str, int]] = {number: {} for number in numbers}
        for key, rows in unit_rows.items():
            for number, impact in rows.items():
                by_number[number][key] = impact
        told = tell_common(expo, source, units)
        state = IndexState(told, found.step, counts, source.keys, place_keys(expo), by_number, root)
    phrases = pack_lines(_phrase_lines(found.pairs, folded, phrase_shards))
    return SearchFiles(root, highest, words_by_shard, word_shards, phrases, phrase_shards, state)


def list_units(expo: Expo) -> list[Unit]:
    """Names that lead to a place."""
    return [unit for unit in make_units(expo) if unit.leads_to]


def tell_common(expo: Expo, source: DocumentSource, units: Sequence[Unit]) -> str:
    """A hash of what every exhibit's part of the index depends on beside its own text and places."""
    numbers = sorted(one.number for one in expo.initiatives)
    return hashlib.sha256(repr((source.salt, units, numbers)).encode("utf-8", "replace")).hexdigest()


def place_keys(expo: Expo) -> dict[int, tuple[str, ...]]:
    """SK number → where the exhibit lies."""
    return {one.number: tuple(place.key for place in one.places) for one in expo.initiatives}


def make_documents(expo: Expo, cache: Cache | None) -> dict[int, Document]:
    """SK number → Document, remembered for as long as texts, tables and code are the same."""
    return dict(DocumentSource(expo).take_all(cache))


class DocumentSource:
    """What the documents of an expo are made from: its texts, and the tables that are applied to all of them."""

    def __init__(self, expo: Expo) -> None:
        self._texts = dict(sorted((one.number, initiative_texts(expo, one)) for one in expo.initiatives))
        texts = (text for fields in self._texts.values() for text in fields.values())
        self._pairs = [*expo.abbreviations, *sorted({pair for text in texts for pair in find_defined(text)})]
        self._same_words = expo.same_words
        self.salt = repr((self._pairs, expo.same_words))
        self.numbers = list(self._texts)  # SK numbers, ascending

    @cached_property
    def keys(self) -> dict[int, str]:
        """SK number → a hash of all that its document is made from."""
        salted = hashlib.sha256(self.salt.encode("utf-8", "replace"))
        keys = {}
        for number, fields in self._texts.items():
            told = salted.copy()  # all abbreviations are hashed once
            told.update("\0".join(["", *fields.values()]).encode("utf-8", "replace"))
            keys[number] = told.hexdigest()
        return keys

    @cached_property
    def _tables(self) -> tuple[AbbreviationTable, SameWords]:
        return AbbreviationTable.from_pairs(self._pairs), SameWords.from_groups(self._same_words)

    def make(self, number: int) -> Document:
        """The document of one exhibit."""
        return make_document(self._texts[number], *self._tables)

    def take_all(self, cache: Cache | None) -> Iterator[tuple[int, Document]]:
        """All of them by ascending SK number, remembered for as long as texts, tables and code are the same.

        Once alone: the texts are let go one by one, as what is made of them takes their room.
        """
        chest, keys = open_documents(cache), self.keys if cache else {}
        for number in self.numbers:
            content = chest.get(keys[number]) if cache else None
            document = Document.from_bytes(content) if content is not None else self.make(number)
            del self._texts[number]
            if cache and content is None:
                chest.put(keys[number], document.to_bytes())
            yield number, document
        chest.keep()


def open_documents(cache: Cache | None) -> Chest:
    """Documents of the last build by their keys."""
    return Chest(cache, name_by_code("documents", *MODULES))


@dataclass
class Inverted:
    """What many documents hold, by what they hold."""

    step: int = NARROW_STEP
    words: dict[str, array[int]] = field(default_factory=lambda: defaultdict(partial(array, ROW_TYPE)))
    pairs: Pairs = field(default_factory=lambda: _no_pairs(NARROW_STEP))
    titles: dict[Pair, set[int]] = field(default_factory=lambda: defaultdict(set))  # neighbours in a title → numbers

    def add(self, number: int, document: Document) -> None:
        """A document of a number higher than all before."""
        if self.step == NARROW_STEP and not is_narrow(number, document):
            self._widen()
        first, words = number * ROW_STEP, self.words
        for word, impact in document.words.items():
            words[word].append(first + impact)
        find_places = self.pairs.__getitem__
        for position, run in (*document.title, *document.rest):
            places = map(find_places, pairwise(run))
            deque(map(array.append, places, count(number * self.step + position)), maxlen=0)  # a loop without steps
        for _, run in document.title:
            for pair in pairwise(run):
                self.titles[pair].add(number)

    def _widen(self) -> None:
        """The same places as numbers of the wide step."""
        self.step, narrow = WIDE_STEP, self.pairs
        self.pairs = _no_pairs(WIDE_STEP)
        for pair, places in narrow.items():
            self.pairs[pair].extend(place // NARROW_STEP * WIDE_STEP + place % NARROW_STEP for place in places)


def _no_pairs(step: int) -> Pairs:
    return defaultdict(partial(array, PLACE_TYPES[step]))


def invert(documents: Iterable[tuple[int, Document]]) -> Inverted:
    """Of documents by ascending number, which are taken one by one and need not be in memory all at once."""
    found = Inverted()
    for number, document in documents:
        found.add(number, document)
    return found


def is_narrow(number: int, document: Document) -> bool:
    """Whether the narrow step does for an exhibit: its number is not too high, and it has not too many words."""
    ends = (position + len(run) - 1 for position, run in (document.rest or document.title)[-1:])
    return max(number, *ends, 0) < NARROW_STEP - 1


def _numbers_of(rows: Iterable[int]) -> list[int]:
    return [row // ROW_STEP for row in rows]


def _word_entries(found: Inverted, folded: Mapping[str, str], exhibits: int) -> Iterator[Entry]:
    """Postings of words. That two words are neighbours is kept with the rarer: its list is fetched anyway and short."""
    counts = {word: len(rows) for word, rows in found.words.items()}
    before = {word: mark_of(f"<{plain}") for word, plain in folded.items()}
    behind = {word: mark_of(f">{plain}") for word, plain in folded.items()}
    many, bits = COMMON * exhibits, found.step.bit_length() - 1
    kept: dict[str, list[Pair]] = defaultdict(list)  # with the rarer
    for pair in found.pairs:
        first, second = pair
        kept[first if counts[first] <= counts[second] else second].append(pair)
    for word, rows in found.words.items():
        impacts = [row % ROW_STEP for row in rows]
        is_common = len(rows) > many  # so that it counts in a title only
        if is_common:
            impacts = [impact if impact >= FIELD_WEIGHTS["title"] else FIELD_WEIGHTS["body"] for impact in impacts]
        marks: dict[int, list[int]] = defaultdict(list)
        for pair in kept.pop(word, ()) if len(rows) <= MOST_MARKED else ():
            first, second = pair
            is_first = first == word
            in_title = found.titles.get(pair)
            if in_title:
                marks[mark_of(f"t>{folded[second]}" if is_first else f"t<{folded[first]}")] += in_title
            if not is_common:
                marks[behind[second] if is_first else before[first]] += [place >> bits for place in found.pairs[pair]]
            elif in_title:
                marks[behind[second] if is_first else before[first]] += in_title
        neighbours = {mark: _ascending(numbers) for mark, numbers in marks.items()}
        yield Entry(word, folded[word], _numbers_of(rows), impacts, neighbours)


def _ascending(numbers: list[int]) -> list[int]:
    """Each once."""
    return sorted(set(numbers)) if len(numbers) > 1 else numbers


def _phrase_lines(pairs: Pairs, folded: Mapping[str, str], shards: int) -> Mapping[int, Iterator[Line]]:
    """Neighbours as written, kept by their folded form: whoever types without marks wants all of them.

    `pairs` are used up while the lines are taken, so that these never lie beside them.
    """
    by_shard: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_shard[shard_of(f"{folded[pair[0]]} {folded[pair[1]]}", shards)].append(pair)
    return {shard: (_phrase_line(pair, pairs.pop(pair)) for pair in own) for shard, own in by_shard.items()}


def _phrase_line(pair: Pair, places: array[int]) -> Line:
    if sys.byteorder == "big":
        places.byteswap()
    return " ".join(pair), len(places), places.tobytes()


def unit_key(unit: Unit) -> str:
    """The facet value that a name of a place leads to: "tinh/hue", "tinh-cu/binh-duong"."""
    place = unit.leads_to
    return f"{'tinh-cu' if place and place.scheme == '63' else 'tinh'}/{place.slug if place else ''}"


def make_unit_rows(expo: Expo, inverted: Inverted, units: Sequence[Unit]) -> dict[str, dict[int, int]]:
    """For every name of a place: the exhibits that lie there, and those whose text holds the name word for word.

    "Bắc Giang" and "tỉnh Bắc Giang" may be names of other places, and lead to the same: they share an entry.
    """
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for unit in units:
        rows: dict[int, int] = {}
        for run in unit.runs:
            parts = run.split()
            for number in _find_run(parts, inverted):
                impact = min(_find_impact(inverted.words[part], number) for part in parts)
                rows[number] = max(rows.get(number, 0), impact)
        for number, base in _territory(expo, unit.places).items():
            rows[number] = min(HIGHEST_IMPACT, base + rows.get(number, 0) // 2)
        known = found["@" + unit_key(unit)]
        for number, impact in rows.items():
            known[number] = max(known.get(number, 0), impact)
    return found


def _unit_entries(unit_rows: Mapping[str, Mapping[int, int]]) -> Iterator[Entry]:
    for key, rows in unit_rows.items():
        if rows:
            numbers = sorted(rows)
            yield Entry(key, key, numbers, [rows[number] for number in numbers], {})


def _find_impact(rows: array[int], number: int) -> int:
    """Of an exhibit that has the word."""
    return rows[bisect_left(rows, number * ROW_STEP)] % ROW_STEP


def _find_run(parts: Sequence[str], inverted: Inverted) -> set[int]:
    """Numbers of the exhibits in which these words follow each other somewhere."""
    if len(parts) == 1:
        return set(_numbers_of(inverted.words.get(parts[0], ())))
    starts = [{place - at for place in inverted.pairs.get(pair, ())} for at, pair in enumerate(pairwise(parts))]
    return {place // inverted.step for place in set.intersection(*starts)}


def _territory(expo: Expo, places: Sequence[Place]) -> dict[int, int]:
    """Numbers of the exhibits that lie in one of the places, with their impact."""
    keys = {place.key for place in places}
    inside: dict[str, Initiative] = {one.id: one for place in places for one in expo.at_place(place)}
    return {
        one.number: OWN_PLACE_IMPACT if keys & {place.key for place in one.places} else MERGED_PLACE_IMPACT
        for one in inside.values()
    }


def _make_ranges(numbers: Sequence[int]) -> list[int]:
    """First and length of every run of numbers that follow each other: 1 2 3 7 → 1 3 7 1."""
    ranges: list[int] = []
    for number in numbers:
        if ranges and ranges[-2] + ranges[-1] == number:
            ranges[-1] += 1
        else:
            ranges += (number, 1)
    return ranges


def _make_core(words: Rows) -> str:
    alike: dict[str, list[array[int]]] = defaultdict(list)
    for word, rows in words.items():
        if CORE_WORD.fullmatch(key := fold_text(word)):
            alike[key].append(rows)
    return pack_core({word: size_letter(_count_exhibits(several)) for word, several in alike.items()})


def _count_exhibits(several: Sequence[array[int]]) -> int:
    """How many have one of several words."""
    return len(several[0]) if len(several) == 1 else len({row // ROW_STEP for rows in several for row in rows})


def size_letter(count: int) -> str:
    """The whole part of log2, as A, B, C …"""
    return chr(ord("A") + count.bit_length() - 1)


def pack_core(sizes: Mapping[str, str]) -> str:
    """The folded words in order, for completing and mending: how many letters are those of the word before, the other
    letters, and the size_letter of how many exhibits have it: "0anC2hD" is an, anh.
    """
    parts: list[str] = []
    before = ""
    for word, size in sorted(sizes.items()):
        shared = _shared_letters(before, word)
        parts.append(f"{shared}{word[shared:]}{size}")
        before = word
    return "".join(parts)


def _shared_letters(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (mine, theirs) in enumerate(pairs) if mine != theirs), min(len(one), len(other)))
