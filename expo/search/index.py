"""The index that the browser searches: postings of words, pairs of neighbours, and names that count as one word.

In: an Expo. Out: plain values ready for JSON; rows are the exhibits of columns.py, newest first.
Postings are flat lists row, weight, row, weight …; a weight is 1 to 15. No positions and no English: a query is
words, closeness comes from the pairs of titles, places and summaries. Read by theme/static/js/search/ alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from expo.model import Expo, Initiative, Place
from expo.search.texts import FIELD_WEIGHTS, initiative_texts
from expo.search.units import Unit, make_units, split_parts
from expo.text import Token, split_tokens

MAXIMUM_WEIGHT = 15
PAIR_FIELDS = ("title", "place", "summary")
OWN_PLACE_WEIGHT, MERGED_PLACE_WEIGHT = 10, 7  # an exhibit of that very unit; of one that has become part of it

Postings = list[int]
FieldTokens = dict[str, list[Token]]


def make_index(expo: Expo) -> dict[str, object]:
    """`count`, `numbers`, `terms` (folded → exact, postings, exact, postings …), `pairs`, `units`."""
    documents = [_field_tokens(expo, initiative) for initiative in expo.newest]
    return {
        "count": len(documents),
        "numbers": [initiative.number for initiative in expo.newest],
        "terms": _make_terms(documents),
        "pairs": _make_pairs(documents),
        "units": _make_units(expo, documents),
    }


def _field_tokens(expo: Expo, initiative: Initiative) -> FieldTokens:
    return {field: split_tokens(text) for field, text in initiative_texts(expo, initiative).items()}


def _weigh(fields: Counter[str]) -> int:
    """The heaviest field counts whole, each further occurrence, wherever, one more: at most three."""
    return min(MAXIMUM_WEIGHT, max(FIELD_WEIGHTS[field] for field in fields) + min(3, fields.total() - 1))


def _make_terms(documents: list[FieldTokens]) -> dict[str, list[object]]:
    """Folded form → its exact forms, most frequent first, each followed by its postings."""
    found: dict[str, dict[str, Postings]] = defaultdict(lambda: defaultdict(list))
    for row, fields in enumerate(documents):
        seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for field, tokens in fields.items():
            for token in tokens:
                seen[token.folded, token.exact][field] += 1
        for (folded, exact), counts in seen.items():
            found[folded][exact] += (row, _weigh(counts))
    return {
        folded: [part for exact, rows in sorted(forms.items(), key=_most_frequent) for part in (exact, rows)]
        for folded, forms in sorted(found.items())
    }


def _most_frequent(form: tuple[str, Postings]) -> tuple[int, str]:
    return -len(form[1]), form[0]


def _make_pairs(documents: list[FieldTokens]) -> dict[str, Postings]:
    """Two folded words that stand side by side → rows with the weight of the best field."""
    found: dict[str, Postings] = defaultdict(list)
    for row, fields in enumerate(documents):
        best: dict[str, int] = {}
        for field in PAIR_FIELDS:
            tokens = split_parts(fields[field])
            for first, second in pairwise(tokens):
                pair = f"{first.folded} {second.folded}"
                best[pair] = max(best.get(pair, 0), FIELD_WEIGHTS[field])
        for pair, weight in best.items():
            found[pair] += (row, weight)
    return dict(sorted(found.items()))


def _find_mentions(documents: list[FieldTokens], units: Sequence[Unit]) -> list[dict[int, int]]:
    """For each unit the rows whose text holds one of its runs word for word, with their weight. One pass."""
    starting: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for place, unit in enumerate(units):
        for run in unit.runs:
            parts = run.split()
            starting[parts[0]].append((place, parts))
    mentions: list[dict[int, int]] = [{} for _ in units]
    for row, fields in enumerate(documents):
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for field, tokens in fields.items():
            words = [token.exact for token in tokens]
            for at, word in enumerate(words):
                for place, parts in starting.get(word, ()):
                    if words[at : at + len(parts)] == parts:
                        found[place][field] += 1
        for place, counts in found.items():
            mentions[place][row] = _weigh(counts)
    return mentions


def _make_units(expo: Expo, documents: list[FieldTokens]) -> list[dict[str, object]]:
    """Runs, postings, and the facet value that the name of a place leads to."""
    units = make_units(expo)
    entries: list[dict[str, object]] = []
    for unit, mentions in zip(units, _find_mentions(documents, units), strict=True):
        inside = _territory(expo, unit.places)
        for row, base in inside.items():
            mentions[row] = min(MAXIMUM_WEIGHT, base + mentions.get(row, 0) // 2)
        place = unit.leads_to
        entries.append(
            {
                "runs": unit.runs,
                "rows": [part for row in sorted(mentions) for part in (row, mentions[row])],
                "value": ["tinh-cu" if place.scheme == "63" else "tinh", place.slug] if place else None,
            }
        )
    return entries


def _territory(expo: Expo, places: Sequence[Place]) -> dict[int, int]:
    """Rows of the exhibits that lie in one of the places, with their weight."""
    keys = {place.key for place in places}
    inside = {initiative.id for place in places for initiative in expo.at_place(place)}
    return {
        row: OWN_PLACE_WEIGHT if keys & {place.key for place in initiative.places} else MERGED_PLACE_WEIGHT
        for row, initiative in enumerate(expo.newest)
        if initiative.id in inside
    }
