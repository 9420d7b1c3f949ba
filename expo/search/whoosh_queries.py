"""Parts of a query → Whoosh's queries. Its own query language is not used: what is typed is never read as an operator.

In: parts (query.py) and the Expo, for the exhibits of a place. Out: queries for whoosh_index.py, which alone knows the
index. Weights of the fields are those of texts.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from whoosh import query

from expo.model import Expo
from expo.search.query import Part, Phrase
from expo.search.texts import FIELD_WEIGHTS
from expo.text import Token

SHORTEST_PREFIX = 2
EXACT_BOOST, FOLDED_BOOST, BEGUN_BOOST, CLOSE_BOOST = 1.0, 0.25, 0.1, 0.5
OWN_PLACE_BOOST, MERGED_PLACE_BOOST = 10.0, 4.0


def require_all(expo: Expo, parts: Sequence[Part], *, twins: bool, begun: bool) -> Any:
    """Every part; neighbours as typed count more."""
    queries = [_part_query(expo, part, twins=twins) for part in parts]
    if begun:
        queries[-1] = query.Or([queries[-1], _begun_query(parts[-1])])
    close = [
        _phrase_query(words, field, CLOSE_BOOST) for words in _list_neighbours(parts, twins) for field in FIELD_WEIGHTS
    ]
    return query.AndMaybe(query.And(queries), query.Or(close)) if close else query.And(queries)


def _list_neighbours(parts: Sequence[Part], twins: bool) -> Iterator[list[str]]:
    for first, second in pairwise(parts):
        if isinstance(first, Token) and isinstance(second, Token):
            yield [first.folded, second.folded] if twins else [first.exact, second.exact]


def require_any(expo: Expo, parts: Sequence[Part]) -> Any:
    """Any part, but all phrases."""
    phrases = [_part_query(expo, part, twins=True) for part in parts if isinstance(part, Phrase)]
    others = query.Or([_part_query(expo, part, twins=True) for part in parts if not isinstance(part, Phrase)])
    return query.AndMaybe(query.And(phrases), others) if phrases else others


def _part_query(expo: Expo, part: Part, *, twins: bool) -> Any:
    """A word, a phrase, or a name in whichever of its forms, with the exhibits of the place so called."""
    if isinstance(part, Token):
        return _word_query(part, twins=twins)
    if isinstance(part, Phrase):
        return query.Or([_phrase_query([word.exact for word in part.words], field) for field in FIELD_WEIGHTS])
    phrases = [_phrase_query(run.split(), field) for run in part.runs for field in FIELD_WEIGHTS]
    inside = {initiative.id: initiative for place in part.places for initiative in expo.at_place(place)}
    own = {number for number, initiative in inside.items() if {*initiative.places} & {*part.places}}
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


def _begun_query(part: Part) -> Any:
    """What begins with the last word; one letter is no beginning."""
    if not isinstance(part, Token) or len(part.folded) < SHORTEST_PREFIX:
        return query.NullQuery
    return query.Or(
        [query.Prefix(field, part.exact, boost=weight * BEGUN_BOOST) for field, weight in FIELD_WEIGHTS.items()]
    )


def _phrase_query(words: list[str], field: str, boost: float = 1.0) -> Any:
    weight = FIELD_WEIGHTS[field] * boost
    if len(words) == 1:
        return query.Term(field, words[0], boost=weight)
    return query.Phrase(field, words, boost=weight)
