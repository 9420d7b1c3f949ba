"""Different words for the same thing (heo, lợn; kẹt xe, tắc đường), applied every way to the words of a text.

In: groups of runs of words that organizers wrote, and the words of a text. Out: the words by which that text is to be
found as well, each once. What was added is not looked at again, so nothing leads further than its own group. A run of
several words is also known in a text without marks; a word alone only in its own (lợn is not lon).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import contains

from expo.search.units import split_parts
from expo.text import Words, split_tokens

_LINK = re.compile(r"[^\S\n]*(?:\n|[-‐‑])?[^\S\n]*")  # "ô tô", "ô-tô", or a line that was wrapped


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in a row, each as the exact forms it may have, and the words of the other runs of its group."""

    forms: tuple[frozenset[str], ...]
    adds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SameWords:
    """Runs by an exact form of their first word and of their second ("" if there is none): few are looked at twice."""

    runs: Mapping[str, Mapping[str, tuple[_Run, ...]]]

    @classmethod
    def from_groups(cls, groups: Iterable[Sequence[str]]) -> SameWords:
        """Make the table ready, once."""
        runs: dict[str, dict[str, tuple[_Run, ...]]] = {}
        for group in groups:
            split = [split_parts(split_tokens(run)) for run in group]
            every = dict.fromkeys(word.exact for words in split for word in words)
            for words in filter(None, split):
                alone = len(words) == 1
                forms = tuple(frozenset([word.exact] if alone else [word.exact, word.folded]) for word in words)
                own = {word.exact for word in words}
                run = _Run(forms, tuple(word for word in every if word not in own))
                for first in forms[0]:
                    following = runs.setdefault(first, {})
                    for second in forms[1] if len(forms) > 1 else ("",):
                        following[second] = (*following.get(second, ()), run)
        return cls(runs)

    def expand(self, words: Words) -> list[str]:
        """The exact words of what might stand in a text instead; a word may stand there as well."""
        exact = words.exact
        found: dict[str, None] = {}
        for at, alone, longer in words.find_starts(self.runs):
            for run in alone:
                found |= dict.fromkeys(run.adds)
            for run in longer:
                end = at + len(run.forms)
                if (
                    end <= len(exact)
                    and all(map(contains, run.forms, exact[at:end]))
                    and all(map(_LINK.fullmatch, words.gaps_within(at, end)))
                ):
                    found |= dict.fromkeys(run.adds)
        return list(found)


NO_SAME_WORDS = SameWords({})
