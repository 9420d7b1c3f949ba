"""Search on the build side with Whoosh: the command line, and the oracle that tests compare with.

In: an Expo, its settings and a query. Out: Hits, best first. Fields and words are those of the browser's index
(texts.py, expo.text.split_tokens); every word is indexed as written and folded. The index lies in the cache folder, is
made when first asked for and again when a digest of the texts differs. Not used by a build: 3-6 s for 1,000 exhibits.
Whoosh 2.7.4 has slept since 2016: nothing it writes is published, so moving away stays a matter of this file.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import Token as WhooshToken
from whoosh.analysis import Tokenizer
from whoosh.filedb.filestore import FileStorage

from expo.config import Config
from expo.model import Expo, Initiative
from expo.search.texts import FIELD_WEIGHTS, initiative_texts
from expo.search.units import Unit, find_units, make_units, split_parts
from expo.text import Token, split_tokens

FORMAT = "1"  # raise when the analyser or the schema changes
LONGEST_QUERY = 200
MOST_WORDS = 12
SHORTEST_PREFIX = 2
EXACT_BOOST, FOLDED_BOOST, BEGUN_BOOST = 1.0, 0.25, 0.1
OWN_PLACE_BOOST, MERGED_PLACE_BOOST = 10.0, 4.0
NUMBER_SCORE = 1_000.0


@dataclass(frozen=True, slots=True)
class Hit:
    """An exhibit that answers a query; scores compare within one answer only."""

    initiative: Initiative
    score: float


class FoldingTokenizer(Tokenizer):  # type: ignore[misc]  # Whoosh has no types
    """The project's own words for Whoosh: as written, and folded at the same place where that differs."""

    def __call__(self, value: str, positions: bool = False, **_: object) -> Iterator[Any]:
        token = WhooshToken(positions)
        for position, word in enumerate(split_tokens(value)):
            for text in dict.fromkeys((word.exact, word.folded)):
                token.text, token.boost, token.stopped, token.pos = text, 1.0, False, position
                yield token


def search(expo: Expo, config: Config, text: str, limit: int | None = None) -> list[Hit]:
    """Exhibits that have all the words, with the marks as typed, else with any marks, else with the last word only
    begun; where none has all, those that have any. An SK number finds its exhibit first.
    """
    tokens = split_parts(split_tokens(text[:LONGEST_QUERY]))[:MOST_WORDS]
    numbered = _find_numbers(expo, tokens)
    words = [token for token in tokens if not numbered or token.folded not in _number_words(numbered)]
    found = [Hit(initiative, NUMBER_SCORE) for initiative in numbered]
    if words:
        with open_index(expo, config).searcher() as searcher:
            pieces = find_units(words, make_units(expo))
            marked, folded = ([_piece_query(expo, piece, twins=twins) for piece in pieces] for twins in (False, True))
            begun = [*folded[:-1], query.Or([folded[-1], _begun_query(pieces[-1])])]
            for wanted in (query.And(marked), query.And(folded), query.And(begun), query.Or(folded)):
                if results := searcher.search(wanted, limit=None):
                    break
            hits = [Hit(expo.by_id[result["id"]], float(result.score)) for result in results]
        found += sorted((hit for hit in hits if hit.initiative not in numbered), key=_best_first)
    return found[:limit]


def _best_first(hit: Hit) -> tuple[float, int]:
    return -hit.score, hit.initiative.number


def _find_numbers(expo: Expo, tokens: list[Token]) -> list[Initiative]:
    """Exhibits named by number: "SK-0002", "sk 2", "sk2", "0002"."""
    words = [token.folded for token in tokens]
    digits = [second for first, second in pairwise(words) if first == "sk"]
    digits += [word[2:] for word in words if word.startswith("sk")]
    digits += [words[0]] if len(words) == 1 and len(words[0]) == len("0002") and words[0].startswith("0") else []
    numbers = [f"SK-{int(part):04d}" for part in digits if part.isascii() and part.isdigit()]
    return [expo.by_id[number] for number in dict.fromkeys(numbers) if number in expo.by_id]


def _number_words(initiatives: list[Initiative]) -> set[str]:
    """Words that only named a number and are not looked for besides."""
    forms = {str(one.number) for one in initiatives} | {one.id[3:] for one in initiatives}
    return {"sk", *forms, *(f"sk{form}" for form in forms)}


def _piece_query(expo: Expo, piece: Token | Unit, *, twins: bool) -> Any:
    """A word, or several that are one name in whichever of its forms, with the exhibits of the place so called."""
    if isinstance(piece, Token):
        return _word_query(piece, twins=twins)
    phrases = [_phrase_query(run.split(), field) for run in piece.runs for field in FIELD_WEIGHTS]
    inside = {initiative.id: initiative for place in piece.places for initiative in expo.at_place(place)}
    own = {number for number, initiative in inside.items() if {*initiative.places} & {*piece.places}}
    boosts = {number: OWN_PLACE_BOOST if number in own else MERGED_PLACE_BOOST for number in sorted(inside)}
    return query.Or([*phrases, *(query.Term("id", number, boost=boost) for number, boost in boosts.items())])


def _word_query(word: Token, *, twins: bool) -> Any:
    """The word as typed; with `twins` also in other marks, which count less."""
    choices: list[Any] = []
    for field, weight in FIELD_WEIGHTS.items():
        choices.append(query.Term(field, word.exact, boost=weight * EXACT_BOOST))
        if twins and word.exact != word.folded:
            choices.append(query.Term(field, word.folded, boost=weight * FOLDED_BOOST))
    return query.Or(choices)


def _begun_query(piece: Token | Unit) -> Any:
    """What begins with the last word; one letter is no beginning."""
    if not isinstance(piece, Token) or len(piece.folded) < SHORTEST_PREFIX:
        return query.NullQuery
    return query.Or(
        [query.Prefix(field, piece.exact, boost=weight * BEGUN_BOOST) for field, weight in FIELD_WEIGHTS.items()]
    )


def _phrase_query(words: list[str], field: str) -> Any:
    weight = float(FIELD_WEIGHTS[field])
    if len(words) == 1:
        return query.Term(field, words[0], boost=weight)
    return query.Phrase(field, words, boost=weight)


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
    digest = sha256("\0".join([FORMAT, *(f"{number}\0{parts}" for number, parts in texts)]).encode()).hexdigest()[:20]
    folder = config.cache / "whoosh" / digest
    if not _is_whole(folder, len(texts)):
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix="new-"))
        try:
            _write_index(made, texts)
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


def _write_index(folder: Path, texts: list[tuple[str, dict[str, str]]]) -> None:
    analyser = FoldingTokenizer()
    text_fields = {name: fields.TEXT(analyzer=analyser, phrase=True, vector=True) for name in FIELD_WEIGHTS}
    schema = fields.Schema(id=fields.ID(stored=True, unique=True), **text_fields)
    writer = index.create_in(folder, schema).writer()
    for number, parts in texts:
        writer.add_document(id=number, **parts)
    writer.commit()
