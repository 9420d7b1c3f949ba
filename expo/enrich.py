"""Facts derived from the records: each function takes an Expo and returns one with more known.

In: an Expo, perhaps the cache. Out: an Expo. `add_related` gives every exhibit the few that are most like it, by one
formula:

    likeness(a, b) = 8 if their first themes are the same + 4 for every theme that they share
                     + sum over the words of both (title and summary, folded) of rarity(word), in whole fours
    rarity(word)   = floor(log2(N / n)) - 1, at most 4, of a word that n of the N exhibits have;
                     0 where n is 1, more than an eighth of N, or more than 300

Counting in fours and whole powers of two is on purpose: one edit somewhere changes few lists. Names of places count as
words do. Two exhibits that share neither theme nor four points of words are not alike.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from math import floor, log2

import expo.text
from expo.cache import Cache, Shelf
from expo.config import SIMILAR_COUNT
from expo.model import Expo, Initiative
from expo.text import split_tokens

FIRST_THEME, SHARED_THEME = 8, 4
COARSE = 4
HIGHEST_RARITY = 4
COMMON_SHARE = 8  # a word that more than one in eight has tells nothing
MOST_SHARING = 300  # nor one that so many have: keeps the work linear in a very large expo
LEAST_LIKENESS = 4


def add_related(whole: Expo, cache: Cache | None = None) -> Expo:
    """Fill `similar`: at most SIMILAR_COUNT numbers, best first; equals in the order of their numbers.

    With a cache nothing is compared while numbers, titles, summaries and themes are those of the last time.
    """
    told = [(one.id, one.title, one.summary, [theme.slug for theme in one.themes]) for one in whole.initiatives]
    key = hashlib.sha256(json.dumps([SIMILAR_COUNT, told]).encode()).hexdigest()
    shelf = Shelf(cache, "similar", sys.modules[__name__], expo.text)
    similar = shelf.get(key, lambda: _find_similar(whole.initiatives))
    shelf.keep()
    return replace(
        whole,
        initiatives=tuple(replace(one, similar=tuple(similar.get(one.id, ()))) for one in whole.initiatives),
    )


def _find_similar(initiatives: Sequence[Initiative]) -> dict[str, list[str]]:
    """Numbers of the few most like each exhibit. Exhibits are counted from 0 here, in the order of their numbers."""
    ordered, count = sorted(initiatives, key=lambda one: one.id), len(initiatives)
    sharing = _find_sharing(ordered)
    by_theme: dict[str, list[int]] = defaultdict(list)
    by_first_theme: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(ordered):
        for slug in {theme.slug for theme in one.themes}:
            by_theme[slug].append(place)
        for theme in one.themes[:1]:
            by_first_theme[theme.slug].append(place)
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)  # exhibits by their themes, the first one first
    for place, one in enumerate(ordered):
        alike[tuple(theme.slug for theme in one.themes)].append(place)
    found = {}
    for slugs, places in alike.items():
        by_themes: Counter[int] = Counter()
        _add(by_themes, SHARED_THEME, [by_theme[slug] for slug in slugs])
        _add(by_themes, FIRST_THEME, [by_first_theme[slug] for slug in slugs[:1]])
        best = sorted(by_themes, key=lambda other: (-by_themes[other], other))
        for place in places:
            words = _count(sharing[place])
            scores = {
                other: points - points % COARSE + by_themes[other]
                for other, points in words.items()
                if points >= COARSE and other != place
            }
            rest = (other for other in best if other not in scores and other != place)
            scores.update((other, by_themes[other]) for other in islice(rest, SIMILAR_COUNT))
            ranks = (score * count - other for other, score in scores.items() if score >= LEAST_LIKENESS)
            found[ordered[place].id] = [ordered[-rank % count].id for rank in heapq.nlargest(SIMILAR_COUNT, ranks)]
    return found


def _find_sharing(initiatives: Sequence[Initiative]) -> list[list[list[int]]]:
    """For each exhibit the lists of those that share one of its words, each as often as the word has points."""
    having: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(initiatives):
        for word in {token.folded for token in split_tokens(f"{one.title}\n{one.summary}")}:
            having[word].append(place)
    sharing: list[list[list[int]]] = [[] for _ in initiatives]
    for places in having.values():
        if rarity := _rarity(len(places), len(initiatives)):
            repeated = places * rarity
            for place in places:
                sharing[place].append(repeated)
    return sharing


def _count(lists: Sequence[Sequence[int]]) -> Mapping[int, int]:
    """How often each stands in all lists together; adding up in Python takes five times as long."""
    return Counter(chain.from_iterable(lists))


def _add(scores: Counter[int], points: int, lists: Sequence[Sequence[int]]) -> None:
    for other in chain.from_iterable(lists):
        scores[other] += points


def _rarity(having: int, total: int) -> int:
    if having < 2 or having > MOST_SHARING or having * COMMON_SHARE > total:
        return 0
    return min(HIGHEST_RARITY, floor(log2(total / having)) - 1)
