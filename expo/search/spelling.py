"""The known words nearest to an unknown one, for "did you mean": one slip, or two in a long word.

In: a word of a query and how many exhibits have each word. Out: Slips, likeliest first. Letters are compared folded: a
wrong tone mark is no slip, as words are looked for in any marks anyway. Numbers and very short words are left.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import combining, normalize

from rapidfuzz.distance import OSA

from expo.text import Token, fold_text

SHORTEST = 3
LONG = 6  # from so many letters on a second slip is thinkable
LONGEST = 40  # a longer word is no slip

_TELEX_DOUBLE = re.compile(r"([adeo])\1")
_TELEX_TONE = re.compile("[sfrxj]")
_VOWEL = re.compile("[aeiouy]")


@dataclass(frozen=True, slots=True)
class Slip:
    """What was typed, and the form that was perhaps meant: without marks where none were typed."""

    typed: Token
    form: str
    distance: int  # changes of letters; of marks too, where any were typed

    @property
    def word(self) -> Token:
        """To look for."""
        return Token(self.form, fold_text(self.form), self.typed.start, self.typed.end)


def group_forms(words: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Folded → forms with how many exhibits have them, of words that are counted as written and folded as well."""
    forms: dict[str, dict[str, int]] = defaultdict(dict)
    for word, count in words.items():
        forms[fold_text(word)][word] = count
    for folded, counts in forms.items():
        without_marks = counts.get(folded, 0) - sum(count for form, count in counts.items() if form != folded)
        if len(counts) > 1:
            counts[folded] = max(0, without_marks)
    return dict(forms)


def find_slips(typed: Token, forms: Mapping[str, Mapping[str, int]], most: int) -> list[Slip]:
    """At most so many: raw Telex first, then the fewest changes, the same first letter before other, no letter lost
    before one lost, the most frequent.
    """
    length = len(typed.folded)
    if not SHORTEST <= length <= LONGEST or any(letter.isdigit() for letter in typed.folded):
        return []
    allowed = 2 if length >= LONG else 1
    ranked: list[tuple[int, bool, bool, int, str]] = []
    for folded, counts in forms.items():
        letters = OSA.distance(typed.folded, folded, score_cutoff=allowed)
        if 0 < letters <= allowed:
            form, marks = _nearest_form(typed, folded, counts)
            other = folded[0] != typed.folded[0]
            ranked.append((letters + marks, other, len(folded) < length, -sum(counts.values()), form))
    slips = [Slip(typed, form, distance) for distance, *_, form in sorted(ranked)]
    telex = fold_telex(typed.exact)
    if telex != typed.exact and telex in forms:
        slips.insert(0, Slip(typed, telex, 0))
    return slips[:most]


def _nearest_form(typed: Token, folded: str, counts: Mapping[str, int]) -> tuple[str, int]:
    """The form with the fewest changes of marks, and how many these are; where no marks were typed, the folded one."""
    if typed.exact == typed.folded:
        return folded, 0
    own = _marks_of(typed.exact)
    changes = {form: OSA.distance(own, _marks_of(form)) for form in counts}
    nearest = min(counts, key=lambda form: (changes[form], -counts[form], form))
    return nearest, changes[nearest]


def _marks_of(word: str) -> str:
    return "".join(letter for letter in normalize("NFD", word) if combining(letter) or letter == "đ")


def fold_telex(word: str) -> str:
    """Raw Telex, as typed without an input method, folded: "dduwowngf" → "duong"."""
    word = _TELEX_DOUBLE.sub(r"\1", word).replace("w", "")
    vowel = _VOWEL.search(word)
    end = vowel.end() if vowel else len(word)
    return word[:end] + _TELEX_TONE.sub("", word[end:])
