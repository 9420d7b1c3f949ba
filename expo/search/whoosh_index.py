"""Search on the build side with Whoosh: the command line, and the oracle that tests compare with.

In: an Expo, its settings and a query. Out: an Answer, best hits first. Fields, words and abbreviations are those of the
browser's index; every word is indexed as written and folded. The index lies in the cache folder, is
made when first asked for and again when a digest of the texts differs. Not used by a build: 3-6 s for 1,000 exhibits.
Whoosh 2.7.4 has slept since 2016: nothing it writes is published, so moving away stays a matter of this file.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice, product
from pathlib import Path
from typing import Any

from whoosh import fields, index
from whoosh.analysis import Token as WhooshToken
from whoosh.analysis import Tokenizer
from whoosh.filedb.filestore import FileStorage

from expo import text as letters
from expo.config import Config
from expo.model import Expo, Initiative
from expo.search import abbreviations, same_words
from expo.search.abbreviations import AbbreviationTable, expand_words, find_defined
from expo.search.excerpts import Wanted, list_wanted
from expo.search.query import Part, Query, join_units, list_units, read_query
from expo.search.same_words import SameWords
from expo.search.spelling import Slip, find_slips, group_forms
from expo.search.texts import FIELD_WEIGHTS, RUNNING_TEXT, initiative_texts
from expo.search.units import Unit, make_units
from expo.search.whoosh_queries import require_all, require_any
from expo.text import Token, fold_text, normalise_text, split_tokens, split_words

NUMBER_SCORE = 1_000.0
SLIPS_A_WORD, MOST_TRIES = 4, 16  # slips that are thought of, and queries that are tried with them


@dataclass(frozen=True, slots=True)
class Hit:
    """An exhibit that answers a query; scores compare within one answer only."""

    initiative: Initiative
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. `meant` is the query with its slips mended, "" where there are none; the hits are for it where
    `is_mended`. `is_partial`: no exhibit has all the words. `is_cut`: only the beginning of the query was read.
    """

    hits: tuple[Hit, ...]
    wanted: tuple[Wanted, ...] = ()
    meant: str = ""
    is_mended: bool = False
    is_partial: bool = False
    is_cut: bool = False


class FoldingTokenizer(Tokenizer):  # type: ignore[misc]  # Whoosh has no types
    """The project's own words for Whoosh: as written, and folded at the same place where that differs. What is no one
    sentence is no neighbour either; a joined form stands beside its first part and its last, and what stands for
    it in other words (the other form of an abbreviation, same words) behind all, beside nothing.
    """

    def __init__(self, is_running: bool, table: AbbreviationTable, same: SameWords) -> None:
        self.breaks, self.table, self.same = 2 if is_running else 1, table, same

    def __call__(self, value: str, positions: bool = False, **_: object) -> Iterator[Any]:
        token = WhooshToken(positions)
        for exact, folded, position in self._place_words(normalise_text(value)):
            for text in dict.fromkeys((exact, folded)):
                token.text, token.boost, token.stopped, token.pos = text, 1.0, False, position
                yield token

    def _place_words(self, text: str) -> Iterator[tuple[str, str, int]]:
        position, end = 0, 0
        starts: dict[int, int] = {}
        tokens = split_tokens(text)
        for word in tokens:
            if word.start < end:  # a joined form, behind its parts
                yield word.exact, word.folded, starts[word.start]
            else:
                position += 2 if text.count("\n", end, word.start) >= self.breaks else 1
                starts[word.start] = position
                end = word.end
            yield word.exact, word.folded, position
        words = split_words(text)
        others = [(exact, fold_text(exact)) for exact in self.same.expand(words)]
        for at, (exact, folded) in enumerate([*expand_words(words, self.table), *others], 1):
            yield exact, folded, position + 2 * at


def search(expo: Expo, config: Config, text: str, limit: int | None = None) -> list[Hit]:
    """The hits alone."""
    return list(answer_query(expo, config, text).hits[:limit])


def answer_query(expo: Expo, config: Config, text: str) -> Answer:
    """One query; for many, hold a Reader open."""
    with Reader(expo, config) as reader:
        return reader.answer(text)


class Reader:
    """Queries of one Expo, one after the other; its index is opened with the first that has words."""

    def __init__(self, expo: Expo, config: Config) -> None:
        self._expo, self._config = expo, config
        self._places, self._units = make_units(expo), list_units(expo)
        self._searcher: Any = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        if self._searcher is not None:
            self._searcher.close()

    def answer(self, text: str) -> Answer:
        """Exhibits that have all the words, with the marks as typed, else with any marks, else with the last word only
        begun; else all words with a slip mended in those that no exhibit has; else those that have any. An SK number
        finds its exhibit first, a phrase in quotes is always required.
        """
        asked = read_query(text, self._units)
        numbers = (f"SK-{number:04d}" for number in asked.numbers)
        numbered = [self._expo.by_id[number] for number in numbers if number in self._expo.by_id]
        answer = Answer((), is_cut=asked.is_cut)
        if asked.parts:
            self._searcher = self._searcher or open_index(self._expo, self._config).searcher()
            whole = read_query(text, self._places)
            answer = _Search(self._expo, self._searcher, self._units).answer(asked, whole)
        hits = [Hit(initiative, NUMBER_SCORE) for initiative in numbered]
        hits += (hit for hit in answer.hits if hit.initiative not in numbered)
        return replace(answer, hits=tuple(hits))


@dataclass(frozen=True, slots=True)
class _Search:
    """One query on an open index."""

    expo: Expo
    searcher: Any
    units: Sequence[Unit]

    def answer(self, short: Query, asked: Query) -> Answer:
        """All words, with abbreviations as one word and then without; then slips, then any words."""
        for reading in (short, asked):
            hits, wanted = self._find_all(reading.parts)
            if hits:
                return Answer(hits, wanted, is_cut=asked.is_cut)
        tried = [(slips, *self._find_mended(asked.parts, slips)) for slips in self._list_slips(asked.parts)]
        if found := [one for one in tried if one[1]]:
            slips, hits, wanted = min(found, key=lambda one: (sum(slip.distance for slip in one[0]), -one[1][0].score))
            return Answer(hits, wanted, _mend_text(asked.text, slips), is_mended=True, is_cut=asked.is_cut)
        hits = self._find(require_any(self.expo, asked.parts))
        return Answer(
            hits,
            list_wanted(asked.parts, any_marks=True, is_begun=False),
            _mend_text(asked.text, tried[0][0]) if tried else "",
            is_partial=bool(hits) and len(asked.parts) > 1,
            is_cut=asked.is_cut,
        )

    def _find_all(self, parts: Sequence[Part]) -> tuple[tuple[Hit, ...], tuple[Wanted, ...]]:
        """The first reading that finds anything, with what is to be marked."""
        for twins, begun in ((False, False), (True, False), (True, True)):
            if hits := self._find(require_all(self.expo, parts, twins=twins, begun=begun)):
                return hits, list_wanted(parts, any_marks=twins, is_begun=begun)
        return (), ()

    def _find_mended(self, parts: Sequence[Part], slips: Sequence[Slip]) -> tuple[tuple[Hit, ...], tuple[Wanted, ...]]:
        mended = {slip.typed: slip.word for slip in slips}
        words = [mended.get(part, part) if isinstance(part, Token) else part for part in parts]
        return self._find_all(join_units(words, self.units))

    def _find(self, wanted: Any) -> tuple[Hit, ...]:
        results = self.searcher.search(wanted, limit=None)
        hits = [Hit(self.expo.by_id[result["id"]], float(result.score)) for result in results]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.initiative.number)))

    def _list_slips(self, parts: Sequence[Part]) -> Iterator[tuple[Slip, ...]]:
        """Ways to mend the words that no exhibit has; those that are like no known word are left."""
        reader = self.searcher.reader()
        unknown = [
            part
            for part in parts
            if isinstance(part, Token) and not any((field, part.folded) in reader for field in FIELD_WEIGHTS)
        ]
        if not unknown:
            return iter(())
        known: Counter[str] = Counter()
        for field in FIELD_WEIGHTS:
            known.update({text.decode(): info.doc_frequency() for text, info in reader.iter_field(field)})
        forms = group_forms(known)
        slips = [found for word in unknown if (found := find_slips(word, forms, SLIPS_A_WORD))]
        return islice(product(*slips), MOST_TRIES) if slips else iter(())


def _mend_text(text: str, slips: Sequence[Slip]) -> str:
    for slip in reversed(slips):
        text = text[: slip.typed.start] + slip.form + text[slip.typed.end :]
    return text


def find_similar(expo: Expo, config: Config, count: int) -> dict[str, list[str]]:
    """Numbers of the exhibits most like each by Whoosh's `more_like` over title and summary: oracle of enrich.py."""
    similar: dict[str, list[str]] = {}
    with open_index(expo, config).searcher() as searcher:
        for initiative in expo.initiatives:
            text = f"{initiative.title}\n{initiative.summary}"
            document = searcher.document_number(id=initiative.id)
            results = searcher.more_like(document, "summary", text=text, top=count, numterms=20)
            similar[initiative.id] = [result["id"] for result in results]
    return similar


def open_index(expo: Expo, config: Config) -> Any:
    """The index of these texts, from the cache folder or made now."""
    texts = [(initiative.id, initiative_texts(expo, initiative)) for initiative in expo.initiatives]
    code = [
        Path(str(module)).read_bytes()
        for module in (__file__, letters.__file__, abbreviations.__file__, same_words.__file__)
    ]
    tables = (expo.abbreviations, expo.same_words)
    digest = sha256(b"\0".join([*code, repr((texts, *tables)).encode()])).hexdigest()[:20]
    folder = config.cache / "whoosh" / digest
    if not _is_whole(folder, len(texts)):
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix="new-"))
        try:
            _write_index(made, texts, *tables)
            _put_in_place(made, folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    return FileStorage(str(folder), readonly=True).open_index()


def _is_whole(folder: Path, count: int) -> bool:
    """True if Whoosh can read the index in the folder; what it can't is removed, for a cache may be cut short."""
    if not folder.is_dir():
        return False
    try:
        with FileStorage(str(folder), readonly=True).open_index().searcher() as searcher:
            return bool(searcher.doc_count() == count)
    except Exception:  # whatever a damaged file makes Whoosh raise: many kinds, of no common class
        shutil.rmtree(folder, ignore_errors=True)
        return False


def _put_in_place(made: Path, folder: Path) -> None:
    """Drop the indexes of older texts and move the new one to its name; another run may have been first."""
    for old in folder.parent.iterdir():
        if old != folder and not old.name.startswith("new-"):
            shutil.rmtree(old, ignore_errors=True)
    if not folder.is_dir():
        made.rename(folder)


def _write_index(
    folder: Path,
    texts: list[tuple[str, dict[str, str]]],
    pairs: tuple[tuple[str, str], ...],
    groups: tuple[tuple[str, ...], ...],
) -> None:
    """Texts may define abbreviations of their own."""
    defined = {pair for _, parts in texts for text in parts.values() for pair in find_defined(text)}
    table = AbbreviationTable.from_pairs([*pairs, *sorted(defined)])
    same = SameWords.from_groups(groups)
    text_fields = {
        name: fields.TEXT(analyzer=FoldingTokenizer(name in RUNNING_TEXT, table, same), phrase=True)
        for name in FIELD_WEIGHTS
    }
    schema = fields.Schema(id=fields.ID(stored=True, unique=True), **text_fields)
    writer = index.create_in(folder, schema).writer()
    for number, parts in texts:
        writer.add_document(id=number, **parts)
    writer.commit()
