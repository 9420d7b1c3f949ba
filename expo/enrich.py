"""Facts derived from the records: each function takes an Expo and returns one with more known.

In: an Expo. Out: an Expo. `add_related` gives every exhibit the few that are most like it, by one formula:

    likeness(a, b) = 8 if their first themes are the same + 4 for every theme that they share
                     + sum over the words of both (title and summary, folded) of rarity(word), in whole fours
    rarity(word)   = floor(log2(N / n)) - 1, at most 4; 0 where more than an eighth of the N exhibits have the word

Counting in fours and whole powers of two is on purpose: one edit somewhere changes few lists. Names of places count as
words do. Two exhibits that share neither theme nor eight points of words are not alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from math import floor, log2

from expo.config import SIMILAR_COUNT
from expo.model import Expo, Initiative
from expo.text import split_tokens

FIRST_THEME, SHARED_THEME = 8, 4
COARSE = 4
HIGHEST_RARITY = 4
COMMON_SHARE = 8  # a word that more than one in eight has tells nothing
MOST_SHARING = 300  # nor one that so many have: keeps the work linear in a very large expo
LEAST_LIKENESS = 4


def add_related(expo: Expo) -> Expo:
    """Fill `similar`: at most SIMILAR_COUNT numbers, best first; equals in the order of their numbers."""
    likeness = _compare_words(expo.initiatives)
    by_theme: dict[str, list[Initiative]] = defaultdict(list)
    for initiative in expo.initiatives:
        for theme in initiative.themes:
            by_theme[theme.slug].append(initiative)
    initiatives = []
    for initiative in expo.initiatives:
        scores = Counter({other: points // COARSE * COARSE for other, points in likeness[initiative.id].items()})
        for theme in initiative.themes:
            scores.update({other.id: SHARED_THEME for other in by_theme[theme.slug]})
        for other in by_theme[initiative.themes[0].slug] if initiative.themes else ():
            scores[other.id] += FIRST_THEME if other.themes[0] == initiative.themes[0] else 0
        del scores[initiative.id]
        ranked = sorted((-score, other) for other, score in scores.items() if score >= LEAST_LIKENESS)
        initiatives.append(replace(initiative, similar=tuple(other for _, other in ranked[:SIMILAR_COUNT])))
    return replace(expo, initiatives=tuple(initiatives))


def _compare_words(initiatives: tuple[Initiative, ...]) -> dict[str, Counter[str]]:
    """Points of shared words for every pair that shares any, by an inverted list of words."""
    having: dict[str, list[str]] = defaultdict(list)
    for initiative in initiatives:
        for word in {token.folded for token in split_tokens(f"{initiative.title}\n{initiative.summary}")}:
            having[word].append(initiative.id)
    points: dict[str, Counter[str]] = defaultdict(Counter)
    for numbers in having.values():
        if rarity := _rarity(len(numbers), len(initiatives)):
            for number in numbers:
                points[number].update(dict.fromkeys(numbers, rarity))
    return points


def _rarity(having: int, total: int) -> int:
    if having < 2 or having > MOST_SHARING or having * COMMON_SHARE > total:
        return 0
    return min(HIGHEST_RARITY, max(0, floor(log2(total / having)) - 1))
