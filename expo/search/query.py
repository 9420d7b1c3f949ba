"""What was typed → what to look for: numbers of exhibits, words, names, abbreviations, quoted phrases.

In: any string, and the units that list_units made of an Expo. Out: a Query. A number ("SK-0002", "sk 2", "0002") is
taken out wherever it stands, known or not; what stands in quotes is a phrase, and an unclosed quote is none. Only the
first MOST_LETTERS letters and MOST_WORDS words are read. theme/static/js/search/query.js reads alike in the browser,
but for abbreviations, which are words there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from expo.model import Expo
from expo.search.abbreviations import AbbreviationTable, expand_words
from expo.search.units import Unit, find_units, make_runs, make_units, split_parts
from expo.text import Token, fold_text, normalise_text, split_tokens, split_words

MOST_LETTERS = 200
MOST_WORDS = 30

_QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')
_SK_NUMBER = re.compile(r"(?<![^\W_])sk[\s._‐‑‒–—-]*0*([0-9]{1,6})(?![^\W_])", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"^\s*0+([0-9]{1,3})\s*$")  # 0002, as it stands on paper


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side, with the marks that were typed."""

    words: tuple[Token, ...]


Part = Token | Unit | Phrase


@dataclass(frozen=True, slots=True)
class Query:
    """Spans of the words count in `text`, which is normalised. `is_cut` is true where more was typed than is read."""

    text: str
    numbers: tuple[int, ...]
    parts: tuple[Part, ...]
    is_cut: bool


def list_units(expo: Expo) -> tuple[Unit, ...]:
    """Names of places, then abbreviations with their full form. A short form that counts in capitals only (CA), stands
    for several things, or is a place is none: its words find what bears them, as texts are indexed under both forms.
    """
    places = make_units(expo)
    taken = {fold_text(run) for unit in places for run in unit.runs}
    uses = Counter(fold_text(form) for pair in expo.abbreviations for form in pair)
    table = AbbreviationTable.from_pairs(expo.abbreviations)
    units = list(places)
    for pair in expo.abbreviations:
        short = pair[0].lower()
        runs = [run for form in pair for run in make_runs(form)]
        is_plain = any(True for _ in expand_words(split_words(short), table))
        if is_plain and all(uses[fold_text(form)] == 1 for form in pair) and not {*map(fold_text, runs)} & taken:
            taken |= {*map(fold_text, runs)}
            units.append(Unit(tuple(dict.fromkeys(runs))))
    return tuple(units)


def read_query(typed: str, units: Sequence[Unit]) -> Query:
    """Split what was typed."""
    text = normalise_text(typed[:MOST_LETTERS])
    rest, numbers = _take_numbers(text)
    phrases = {match.start(): split_parts(split_tokens(match[1])) for match in _QUOTED.finditer(rest)}
    loose = split_parts(split_tokens(_QUOTED.sub(_blank, rest)))
    found: list[tuple[int, Token | Phrase]] = [(word.start, word) for word in loose]
    found += [(start, Phrase(tuple(words))) for start, words in phrases.items() if words]
    parts, is_whole = _first_words(part for _, part in sorted(found, key=lambda one: one[0]))
    return Query(text, numbers, join_units(parts, units), not is_whole or len(typed) > MOST_LETTERS)


def _blank(match: re.Match[str]) -> str:
    """As many spaces, so that the spans of what follows hold."""
    return " " * len(match[0])


def _take_numbers(text: str) -> tuple[str, tuple[int, ...]]:
    pattern = _BARE_NUMBER if _BARE_NUMBER.match(text) else _SK_NUMBER
    numbers = tuple(dict.fromkeys(int(match[1]) for match in pattern.finditer(text)))
    return pattern.sub(_blank, text), numbers


def _first_words(found: Iterable[Token | Phrase]) -> tuple[list[Part], bool]:
    """Parts of at most MOST_WORDS words together, and whether these are all."""
    parts: list[Part] = []
    left = MOST_WORDS
    for part in found:
        size = len(part.words) if isinstance(part, Phrase) else 1
        if left <= 0:
            return parts, False
        parts.append(Phrase(part.words[:left]) if isinstance(part, Phrase) else part)
        left -= size
    return parts, left >= 0


def join_units(parts: Iterable[Part], units: Sequence[Unit]) -> tuple[Part, ...]:
    """The parts with names of several words joined; a phrase parts what stands before it from what stands behind."""
    joined: list[Part] = []
    for is_word, group in groupby(parts, key=lambda part: isinstance(part, Token)):
        if is_word:
            joined += find_units([part for part in group if isinstance(part, Token)], units)
        else:
            joined += group
    return tuple(joined)
