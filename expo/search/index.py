"""The browser's search index: root, words, phrases, as files that are fetched as a query needs them.

In: an Expo and a cache. Out: SearchFiles, bytes by kind and number, not yet compressed or named: names, which carry the
hash of what they hold, are given by whoever publishes them (render/views/search_data.py). An exhibit is its SK number.
What an exhibit's words are is made anew only when its texts change; an edit changes the shards of its words alone.
Read by theme/static/js/search/ and nothing else: the layout may change with every release.
"""

from __future__ import annotations

import gc
import hashlib
import marshal
import re
import sys
from array import array
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from expo.model import Expo, Initiative, Place
from expo.search.abbreviations import AbbreviationTable, find_defined
from expo.search.documents import HIGHEST_IMPACT, READ_EVERYWHERE, Document, make_document
from expo.search.same_words import SameWords
from expo.search.shards import Entry, Shards, count_shards, mark_of, pack_phrases, pack_words
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

Pairs = Mapping[tuple[str, str], "array[int]"]  # neighbours → places of the first, ascending


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
    with _nothing_collected():
        return _make_search_files(expo, cache)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Millions of small values, none of which leads back to itself: to look for such would find none, and take long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _make_search_files(expo: Expo, cache: Cache | None) -> SearchFiles:
    source = DocumentSource(expo)
    documents = source.make_all(cache)
    highest = max(documents, default=0)
    units = list_units(expo)
    words = invert_words(documents)
    folded = {word: fold_text(word) for word in words}
    step = choose_step(documents)
    pairs = invert_pairs(documents, step)
    word_shards = count_shards(len(documents), WORD_SHARDS)
    phrase_shards = count_shards(len(documents), PHRASE_SHARDS)
    unit_rows = make_unit_rows(expo, words, pairs, step, units)
    entries = chain(_word_entries(words, folded, pairs, step, documents), _unit_entries(unit_rows))
    postings = Chest(cache, name_by_code("postings", POSTINGS_MODULE))
    words_by_shard = pack_words(entries, highest, word_shards, postings)
    postings.keep()
    root: dict[str, object] = {
        "count": len(documents),
        "highest": highest,
        "numbers": _make_ranges(sorted(documents)),
        "words": word_shards,
        "phrases": phrase_shards,
        "step": step,
        "core": _make_core(words),
        "units": [[unit_key(unit), *unit.runs] for unit in units],
    }
    state = None
    if cache:
        counts = {word: len(rows) for word, rows in words.items()}
        by_number: dict[int, dict[str, int]] = {number: {} for number in documents}
        for key, rows in unit_rows.items():
            for number, impact in rows.items():
                by_number[number][key] = impact
        told = tell_common(expo, source, units)
        state = IndexState(told, step, counts, source.keys, place_keys(expo), by_number, root)
    phrases = pack_phrases(_phrase_entries(pairs, folded), phrase_shards)
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
    return DocumentSource(expo).make_all(cache)


class DocumentSource:
    """What the documents of an expo are made from: its texts, and the tables that are applied to all of them."""

    def __init__(self, expo: Expo) -> None:
        self._texts = dict(sorted((one.number, initiative_texts(expo, one)) for one in expo.initiatives))
        texts = (text for fields in self._texts.values() for text in fields.values())
        self._pairs = [*expo.abbreviations, *sorted({pair for text in texts for pair in find_defined(text)})]
        self._same_words = expo.same_words
        self.salt = repr((self._pairs, expo.same_words))

    @cached_property
    def keys(self) -> dict[int, str]:
        """SK number → a hash of all that its document is made from."""
        salt = self.salt
        return {
            number: hashlib.sha256("\0".join([salt, *fields.values()]).encode("utf-8", "replace")).hexdigest()
            for number, fields in self._texts.items()
        }

    @cached_property
    def _tables(self) -> tuple[AbbreviationTable, SameWords]:
        return AbbreviationTable.from_pairs(self._pairs), SameWords.from_groups(self._same_words)

    def make(self, number: int) -> Document:
        """The document of one exhibit."""
        return make_document(self._texts[number], *self._tables)

    def make_all(self, cache: Cache | None) -> dict[int, Document]:
        """All of them by SK number, remembered for as long as texts, tables and code are the same."""
        if cache is None:
            return {number: self.make(number) for number in self._texts}
        chest = open_documents(cache)
        made: dict[int, Document] = {}
        for number, key in self.keys.items():
            content = chest.get(key)
            made[number] = Document.from_bytes(content) if content is not None else self.make(number)
            if content is None:
                chest.put(key, made[number].to_bytes())
        chest.keep()
        return made


def open_documents(cache: Cache | None) -> Chest:
    """Documents of the last build by their keys."""
    return Chest(cache, name_by_code("documents", *MODULES))


def invert_words(documents: Mapping[int, Document]) -> dict[str, dict[int, int]]:
    """Word as written → number → impact."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for number, document in documents.items():
        for word, impact in document.words.items():
            found[word][number] = impact
    return found


def choose_step(documents: Mapping[int, Document]) -> int:
    """The narrow one, unless an exhibit has too many words or its number is too high for it."""
    ends = (position + len(run) - 1 for one in documents.values() for position, run in (one.rest or one.title)[-1:])
    return NARROW_STEP if max(chain(documents, ends), default=0) < NARROW_STEP - 1 else WIDE_STEP


def invert_pairs(documents: Mapping[int, Document], step: int) -> Pairs:
    found: dict[tuple[str, str], array[int]] = defaultdict(partial(array, PLACE_TYPES[step]))
    for number, document in documents.items():
        for position, run in (*document.title, *document.rest):
            places = map(found.__getitem__, pairwise(run))
            deque(map(array.append, places, count(number * step + position)), maxlen=0)  # a loop without Python's steps
    return found


def _word_entries(
    words: Mapping[str, Mapping[int, int]],
    folded: Mapping[str, str],
    pairs: Pairs,
    step: int,
    documents: Mapping[int, Document],
) -> Iterator[Entry]:
    """Postings of words. That two words are neighbours is kept with the rarer: its list is fetched anyway and short."""
    titles: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, document in documents.items():
        for _, run in document.title:
            for pair in pairwise(run):
                titles[pair].add(number)
    counts = {word: len(rows) for word, rows in words.items()}
    before = {word: mark_of(f"<{plain}") for word, plain in folded.items()}
    behind = {word: mark_of(f">{plain}") for word, plain in folded.items()}
    many, bits = COMMON * len(documents), step.bit_length() - 1
    marks: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))  # rarer → mark → numbers
    for pair, places in pairs.items():
        first, second = pair
        is_first = counts[first] <= counts[second]
        rarer, mark = (first, behind[second]) if is_first else (second, before[first])
        if counts[rarer] > MOST_MARKED:
            continue
        own = marks[rarer]
        in_title = titles.get(pair)
        if in_title:
            own[mark_of(f"t>{folded[second]}" if is_first else f"t<{folded[first]}")] += in_title
        if counts[rarer] <= many:
            own[mark] += [place >> bits for place in places]
        elif in_title:
            own[mark] += in_title
    for word, rows in words.items():
        impacts: Iterable[int] = rows.values()
        if len(rows) > many:  # so common that it counts in a title only
            impacts = [impact if impact >= FIELD_WEIGHTS["title"] else FIELD_WEIGHTS["body"] for impact in impacts]
        neighbours = {mark: _ascending(numbers) for mark, numbers in marks.pop(word, {}).items()}
        yield Entry(word, folded[word], list(rows), impacts, neighbours)


def _ascending(numbers: list[int]) -> list[int]:
    """Each once."""
    return sorted(set(numbers)) if len(numbers) > 1 else numbers


def _phrase_entries(pairs: Pairs, folded: Mapping[str, str]) -> Iterator[tuple[str, str, int, bytes]]:
    """Neighbours as written, kept by their folded form: whoever types without marks wants all of them."""
    for (first, second), places in pairs.items():
        if sys.byteorder == "big":
            places.byteswap()
        yield f"{first} {second}", f"{folded[first]} {folded[second]}", len(places), places.tobytes()


def unit_key(unit: Unit) -> str:
    """The facet value that a name of a place leads to: "tinh/hue", "tinh-cu/binh-duong"."""
    place = unit.leads_to
    return f"{'tinh-cu' if place and place.scheme == '63' else 'tinh'}/{place.slug if place else ''}"


def make_unit_rows(
    expo: Expo, words: Mapping[str, Mapping[int, int]], pairs: Pairs, step: int, units: Sequence[Unit]
) -> dict[str, dict[int, int]]:
    """For every name of a place: the exhibits that lie there, and those whose text holds the name word for word.

    "Bắc Giang" and "tỉnh Bắc Giang" may be names of other places, and lead to the same: they share an entry.
    """
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for unit in units:
        rows: dict[int, int] = {}
        for run in unit.runs:
            parts = run.split()
            for number in _find_run(parts, words, pairs, step):
                impact = min(words[part][number] for part in parts)
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


def _find_run(parts: Sequence[str], words: Mapping[str, Mapping[int, int]], pairs: Pairs, step: int) -> set[int]:
    """Numbers of the exhibits in which these words follow each other somewhere."""
    if len(parts) == 1:
        return set(words.get(parts[0], ()))
    starts = [{place - at for place in pairs.get(pair, ())} for at, pair in enumerate(pairwise(parts))]
    return {place // step for place in set.intersection(*starts)}


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


def _make_core(words: Mapping[str, Mapping[int, int]]) -> str:
    folded: dict[str, set[int]] = defaultdict(set)
    for word, rows in words.items():
        if CORE_WORD.fullmatch(key := fold_text(word)):
            folded[key] |= rows.keys()
    return pack_core({word: size_letter(len(numbers)) for word, numbers in folded.items()})


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
