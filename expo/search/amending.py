"""The index after an edit: only the words, phrases and places of the exhibits whose texts have changed are made again.

In: an Expo, the state of the index before, and its shards by number. Out: SearchFiles with the shards that differ, the
very bytes that index.py makes of the whole; or None where that has to: other exhibits than before, other abbreviations
or names of places, a lost cache. An exhibit's part of a word's list follows from its own text and from which of two
neighbours is the rarer (how many exhibits have each); so where one is counted anew, exhibits that have the pair may
change as well: they are found, and treated like those that were edited.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from expo.cache import Cache
from expo.model import Expo
from expo.search.bits import decode_numbers, decode_postings, encode_postings
from expo.search.documents import Document
from expo.search.index import (
    COMMON,
    CORE_WORD,
    MOST_MARKED,
    NARROW_STEP,
    PLACE_TYPES,
    DocumentSource,
    IndexState,
    Pairs,
    SearchFiles,
    invert,
    list_units,
    make_unit_rows,
    open_documents,
    pack_core,
    place_keys,
    size_letter,
    tell_common,
)
from expo.search.shards import IMPACT_CODES, Line, Shards, mark_of, pack_lines, shard_of, unpack_lines
from expo.search.texts import FIELD_WEIGHTS
from expo.text import fold_text

MOST_EDITED = 0.1  # of the exhibits; with more, all are quicker made anew
FEW = 40  # exhibits that have a word are looked at one by one; of more, the words that are as frequent

_CORE = re.compile("([0-9])([a-z]*)([A-Z])")

Part = tuple[int, frozenset[int]]  # impact, marks: what one exhibit has in the list of a word
Changes = dict[str, dict[int, Part | None]]  # word → number → its part now


@dataclass(frozen=True, slots=True)
class Before:
    """The index of the last build; a shard that is not there is empty."""

    state: IndexState
    words: Callable[[int], bytes]
    phrases: Callable[[int], bytes]


def amend_search_files(expo: Expo, cache: Cache | None, before: Before) -> SearchFiles | None:
    """The shards that are others now."""
    state, source, units = before.state, DocumentSource(expo), list_units(expo)
    if state.step != NARROW_STEP or tell_common(expo, source, units) != state.told:
        return None
    places = place_keys(expo)
    edited = [one for one, key in source.keys.items() if (key, places[one]) != (state.keys[one], state.places[one])]
    chest = Documents(cache, state.keys)
    old = {number: chest.find(number) for number in edited}
    if len(edited) > max(1, MOST_EDITED * len(places)) or None in old.values():
        return None
    new = {number: source.make(number) for number in edited}
    now = invert(new.items())
    if now.step != NARROW_STEP:
        return None
    known = {number: document for number, document in old.items() if document}
    part = replace(expo, initiatives=tuple(one for one in expo.initiatives if one.number in new))
    rows = make_unit_rows(part, now, units)
    amended = _Amended(before, known, new, chest)
    if not amended.amend_words():
        return None
    unit_rows = {one: {key: rows[key][one] for key in rows if one in rows[key]} for one in new}
    amended.amend_units(unit_rows)
    amended.amend_phrases(invert(known.items()).pairs, now.pairs)
    chest.keep(source.keys, new)
    root = {**state.root, "core": amended.amend_core()}
    return SearchFiles(
        root,
        amended.highest,
        amended.words.changed(),
        amended.words.count,
        amended.phrases.changed(),
        amended.phrases.count,
        IndexState(state.told, state.step, amended.counts, source.keys, places, {**state.units, **unit_rows}, root),
        is_part=True,
    )


class Documents:
    """Documents of the last build, each read when it is asked for."""

    def __init__(self, cache: Cache | None, keys: Mapping[int, str]) -> None:
        self._chest, self._keys = open_documents(cache), keys
        self._found: dict[int, Document | None] = {}

    def find(self, number: int) -> Document | None:
        """None where it is lost."""
        if number not in self._found:
            content = self._chest.get(self._keys[number])
            self._found[number] = Document.from_bytes(content) if content is not None else None
        return self._found[number]

    def keep(self, keys: Mapping[int, str], new: Mapping[int, Document]) -> None:
        """Those of now in the place of those before."""
        for number, document in new.items():
            self._chest.put(keys[number], document.to_bytes())
        self._chest.keep_only(keys.values())


class _Amended:
    """The shards while they are amended."""

    def __init__(
        self, before: Before, old: Mapping[int, Document], new: Mapping[int, Document], documents: Documents
    ) -> None:
        self._state, root = before.state, before.state.root
        self._old, self._new, self._documents = old, new, documents
        self.highest = _whole(root["highest"])
        self.words = _Shards(before.words, _whole(root["words"]))
        self.phrases = _Shards(before.phrases, _whole(root["phrases"]))
        self.counts = dict(before.state.counts)
        for number, document in new.items():
            for word in old[number].words.keys() - document.words.keys():
                self.counts[word] -= 1
            for word in document.words.keys() - old[number].words.keys():
                self.counts[word] = self.counts.get(word, 0) + 1
        self.counts = {word: count for word, count in self.counts.items() if count}
        self._many = COMMON * len(before.state.keys)
        self._swapped = {  # words that an exhibit has now, or no more
            word for number, document in new.items() for word in old[number].words.keys() ^ document.words.keys()
        }
        self._moved = sorted(word for word in self._swapped if self._before(word) != self._now(word))

    def _before(self, word: str) -> int:
        return self._state.counts.get(word, 0)

    def _now(self, word: str) -> int:
        return self.counts.get(word, 0)

    def amend_words(self) -> bool:
        """The lists of words. False where a document that is needed is lost."""
        pairs = {number: (self._old[number], document) for number, document in self._new.items()}
        for number in {number for word in self._moved for number in self._find_shaken(word)}:
            document = self._documents.find(number)
            if document is None:
                return False
            pairs[number] = document, document
        changes: Changes = defaultdict(dict)
        for number, (before, after) in pairs.items():
            was, becomes = self._tell(before, self._state.counts), self._tell(after, self.counts)
            for word in was.keys() | becomes.keys():
                if was.get(word) != becomes.get(word):
                    changes[word][number] = becomes.get(word)
        for word, parts in changes.items():
            self._amend_list(word, fold_text(word), parts)
        return True

    def _find_shaken(self, word: str) -> set[int]:
        """Exhibits that were not edited, of which something is kept otherwise now that a word is counted anew."""
        line = self.words.find(fold_text(word), word)
        having = {*decode_numbers(line[1], line[0], self.highest)} - self._new.keys() if line else set()
        before, now = self._before(word), self._now(word)
        if any((before > most) != (now > most) for most in (self._many, MOST_MARKED)):
            return having
        if len(having) <= FEW:
            return {number for number in having if self._is_shaken(number, word)}
        band = range(min(before, now) - 1, max(before, now) + 2)
        near = {other for other, count in self._state.counts.items() if count in band}
        pairs = [pair for other in near.union(self._moved) for pair in ((word, other), (other, word))]
        return {place // NARROW_STEP for pair in pairs if self._is_turned(pair) for place in self._find_places(pair)}

    def _is_shaken(self, number: int, word: str) -> bool:
        document = self._documents.find(number)
        if document is None:
            return True  # whoever treats it finds that it is lost
        runs = (run for _, run in (*document.title, *document.rest) if word in run)
        return any(word in pair and self._is_turned(pair) for run in runs for pair in pairwise(run))

    def _is_turned(self, pair: tuple[str, str]) -> bool:
        """Whether another of two neighbours is the rarer now."""
        first, second = pair
        return (self._before(first) <= self._before(second)) != (self._now(first) <= self._now(second))

    def _find_places(self, pair: tuple[str, str]) -> set[int]:
        """Where two words follow each other, outside of the exhibits that were edited."""
        line = self.phrases.find(*_phrase(pair))
        own = self._new.keys()
        return {place for place in _unpack_places(line[1]) if place // NARROW_STEP not in own} if line else set()

    def _tell(self, document: Document, counts: Mapping[str, int]) -> dict[str, Part]:
        """What a document has in the lists of its words: what index.py puts there, seen from one exhibit."""
        titles = {pair for _, run in document.title for pair in pairwise(run)}
        marks: dict[str, set[int]] = defaultdict(set)
        for pair in titles.union(pair for _, run in document.rest for pair in pairwise(run)):
            first, second = pair
            is_first = counts[first] <= counts[second]
            rarer, beside, side = (first, second, ">") if is_first else (second, first, "<")
            if counts[rarer] > MOST_MARKED:
                continue
            told = f"{side}{fold_text(beside)}"
            if pair in titles:
                marks[rarer] |= {mark_of(told), mark_of(f"t{told}")}
            elif counts[rarer] <= self._many:
                marks[rarer].add(mark_of(told))
        title, body = FIELD_WEIGHTS["title"], FIELD_WEIGHTS["body"]
        return {
            word: (
                body if counts[word] > self._many and impact < title else impact,
                frozenset(marks.get(word, ())),
            )
            for word, impact in document.words.items()
        }

    def _amend_list(self, key: str, folded: str, parts: Mapping[int, Part | None]) -> None:
        count, content = self.words.find(folded, key) or (0, b"")
        numbers, codes, marks = decode_postings(content, count, self.highest) if count else ([], [], {})
        rows = {number: code for number, code in zip(numbers, codes, strict=True) if number not in parts}
        having: dict[int, list[int]] = defaultdict(list)
        for mark, those in marks.items():
            having[mark] = [number for number in those if number not in parts]
        for number, part in parts.items():
            if part:
                rows[number] = IMPACT_CODES[part[0]]
                for mark in part[1]:
                    having[mark].append(number)
        ordered = sorted(rows)
        sets = {mark: sorted(those) for mark, those in having.items() if those}
        packed = encode_postings(ordered, [rows[number] for number in ordered], sets, self.highest) if rows else b""
        self.words.put(folded, key, len(ordered), packed)

    def amend_units(self, now: Mapping[int, Mapping[str, int]]) -> None:
        """The lists of names of places. `now`: of the edited exhibits, key → impact."""
        changes: Changes = defaultdict(dict)
        for number, rows in now.items():
            before = self._state.units[number]
            for key in before.keys() | rows.keys():
                if before.get(key) != rows.get(key):
                    changes[key][number] = (rows[key], frozenset()) if key in rows else None
        for key, parts in changes.items():
            self._amend_list(key, key, parts)

    def amend_phrases(self, before: Pairs, now: Pairs) -> None:
        """Places of neighbours, of the edited exhibits before and now."""
        for pair in before.keys() | now.keys():
            old, new = before.get(pair), now.get(pair)
            if old != new:
                folded, key = _phrase(pair)
                line = self.phrases.find(folded, key)
                places = {*_unpack_places(line[1] if line else b"")}.difference(old or ()).union(new or ())
                self.phrases.put(folded, key, len(places), _pack_places(sorted(places)))

    def amend_core(self) -> str:
        """The known words, after their lists."""
        sizes: dict[str, str] = {}
        word = ""
        for shared, letters, size in _CORE.findall(str(self._state.root["core"])):
            word = word[: int(shared)] + letters
            sizes[word] = size
        for folded in {fold_text(word) for word in self._swapped}:
            if CORE_WORD.fullmatch(folded):
                numbers = {
                    number
                    for key, (count, content) in self.words.lines(folded).items()
                    if fold_text(key) == folded
                    for number in decode_numbers(content, count, self.highest)
                }
                sizes.pop(folded, None)
                if numbers:
                    sizes[folded] = size_letter(len(numbers))
        return pack_core(sizes)


class _Shards:
    """Shards of one kind, each unpacked when it is asked for."""

    def __init__(self, read: Callable[[int], bytes], count: int) -> None:
        self._read, self.count = read, count
        self._known: dict[int, dict[str, tuple[int, bytes]]] = {}
        self._touched: set[int] = set()

    def lines(self, folded: str) -> dict[str, tuple[int, bytes]]:
        """Key → how many, packed list, of the shard of a folded word or phrase."""
        shard = shard_of(folded, self.count)
        if shard not in self._known:
            self._known[shard] = {key: (count, content) for key, count, content in unpack_lines(self._read(shard))}
        return self._known[shard]

    def find(self, folded: str, key: str) -> tuple[int, bytes] | None:
        """One line."""
        return self.lines(folded).get(key)

    def put(self, folded: str, key: str, count: int, content: bytes) -> None:
        """Another line; none where nothing has the word any more."""
        lines = self.lines(folded)
        self._touched.add(shard_of(folded, self.count))
        lines.pop(key, None)
        if count:
            lines[key] = count, content

    def changed(self) -> Shards:
        """Those that were touched, b"" where nothing is left."""
        rows: dict[int, list[Line]] = {
            shard: [(key, *line) for key, line in self._known[shard].items()] for shard in self._touched
        }
        return {shard: packed if rows[shard] else b"" for shard, packed in pack_lines(rows).items()}


def _phrase(pair: tuple[str, str]) -> tuple[str, str]:
    """Folded, as written."""
    return f"{fold_text(pair[0])} {fold_text(pair[1])}", " ".join(pair)


def _unpack_places(content: bytes) -> array[int]:
    places = array(PLACE_TYPES[NARROW_STEP], content)
    if sys.byteorder == "big":
        places.byteswap()
    return places


def _pack_places(places: list[int]) -> bytes:
    packed = array(PLACE_TYPES[NARROW_STEP], places)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value
