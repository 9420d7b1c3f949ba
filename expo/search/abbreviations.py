"""Abbreviations and their full forms, applied both ways to the words of a text.

In: (short, full) pairs that organizers wrote, pairs that texts define themselves, "Ủy ban nhân dân (UBND)", and the
tokens of a text. Out: the words by which that text is to be found as well. A short form that reads like a syllable
(CA, TU) counts in capitals only; typed marks must be those of the table. A text defines a short form by one
initial a word: TP.HCM or a form of two initials for one word must be in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import contains

from expo.search.units import split_parts
from expo.text import Token, Words, normalise_text, split_tokens

Word = tuple[str, str]  # exact, folded; as in Token

FULL_WITHIN = 200  # characters before a bracket in which its full form is looked for
AND = "và"  # left out as often as not: KH&CN, "khoa học công nghệ"

_SYLLABLE = re.compile("(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
_LINK = re.compile("[ \u00a0&+,./‐‑–—-]{1,3}")
_BREAK = re.compile(r"[.;:!?()\[\]]|\n\s*\n")
# "(UBND)", "(KT-XH)", "(sau đây gọi tắt là UBND)"; two to eight letters, counted when they are compared
_BRACKET = re.compile(r"\((?:[^()\n]{0,30}\b(?:là|tắt):?\s)?\s*[\"“]?([^\W\d_][^()\n\d]{1,14}?)[\"”]?\s*\)")
_FEWEST, _MOST = 2, 8


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in a row, each as the exact forms it may have, and the words that they stand for."""

    forms: tuple[frozenset[str], ...]
    adds: tuple[Word, ...]
    is_short: bool
    only_capitals: bool

    def fits(self, words: Words, first: int) -> bool:
        """Whether the words from the first on are the run: in one sentence, a short form as such."""
        end = first + len(self.forms)
        exact = words.exact[first:end]
        if len(exact) != len(self.forms) or not all(map(contains, self.forms, exact)):
            return False
        gaps = words.gaps_within(first, end)
        return self._is_one(words, first, end, gaps) and not (self.is_short and not all(map(_LINK.fullmatch, gaps)))

    def fits_joined(self, words: Words, joined: tuple[str, int, int]) -> bool:
        """The same of a joined form of several words."""
        form, first, end = joined
        return form in self.forms[0] and self._is_one(words, first, end, words.gaps_within(first, end))

    def _is_one(self, words: Words, first: int, end: int, gaps: Sequence[str]) -> bool:
        """A full form lies in one sentence, a short one may have to be in capitals."""
        if not self.is_short:
            return not any(map(_BREAK.search, gaps))
        return not self.only_capitals or all(word == word.upper() for word in words.written[first:end])


@dataclass(frozen=True, slots=True)
class AbbreviationTable:
    """Runs by an exact form of their first word and of their second ("" if there is none): few are looked at twice."""

    runs: Mapping[str, Mapping[str, tuple[_Run, ...]]]

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> AbbreviationTable:
        """Make the table ready, once. A short form may have several full forms, a full form several short ones."""
        known = dict.fromkeys((tuple(_split(short)), tuple(_split(full))) for short, full in pairs)
        spelled = {_join(short)[0] for short, _ in known}
        runs: dict[str, dict[str, tuple[_Run, ...]]] = {}
        for short, full in known:
            if short and full:
                for run in (*_full_runs(short, full), *_short_runs(short, full, spelled)):
                    _file(run, runs)
        return cls(runs)


def _file(run: _Run, runs: dict[str, dict[str, tuple[_Run, ...]]]) -> None:
    for first in run.forms[0]:
        following = runs.setdefault(first, {})
        for second in run.forms[1] if len(run.forms) > 1 else ("",):
            following[second] = (*following.get(second, ()), run)


def _full_runs(short: tuple[Word, ...], full: tuple[Word, ...]) -> list[_Run]:
    """The full form, with and without "và", stands for every writing of the short one: kt, xh, ktxh."""
    adds = tuple(dict.fromkeys(word for words in _groupings(short) for word in words))
    bare = tuple(word for word in full if word[0] != AND)
    return [_Run(tuple(map(frozenset, words)), adds, False, False) for words in dict.fromkeys([full, bare]) if words]


def _short_runs(short: tuple[Word, ...], full: tuple[Word, ...], spelled: set[str]) -> list[_Run]:
    """The short form, however its parts are joined (VH-TT&DL, VHTT&DL), stands for the words of the full one."""
    joined = _join(short)
    only_capitals = _SYLLABLE.fullmatch(joined[1]) is not None
    as_spelled = joined[0] != joined[1] and joined[1] in spelled  # ĐN is not DN where the table has both
    adds = tuple(dict.fromkeys(full))
    return [
        _Run(tuple(frozenset(word[:1] if as_spelled else word) for word in words), adds, True, only_capitals)
        for words in dict.fromkeys(_groupings(short))
    ]


def _groupings(parts: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    """Every way to join neighbours: a b c, a bc, ab c, abc; of more than four parts only apart and in one."""
    if len(parts) > 4:
        return [parts, (_join(parts),)]
    rest = [(_join(parts[:at]), *others) for at in range(1, len(parts)) for others in _groupings(parts[at:])]
    return [*rest, (_join(parts),)]


def _split(text: str) -> list[Word]:
    return [(token.exact, token.folded) for token in split_parts(split_tokens(text))]


def _join(words: Sequence[Word]) -> Word:
    return "".join(exact for exact, _ in words), "".join(folded for _, folded in words)


def expand_words(words: Words, table: AbbreviationTable) -> list[Word]:
    """The words that a text is to be found by as well, once for every place where something stands for them."""
    found: dict[tuple[int, tuple[Word, ...]], None] = {}
    for at, alone, longer in words.find_starts(table.runs):
        fitting = [run for run in (*longer, *alone) if run.fits(words, at)]
        longest = max((len(run.forms) for run in fitting if run.is_short), default=0)
        for run in fitting:
            if not run.is_short or len(run.forms) == longest:  # VHTT&DL is not VHTT
                found[at, run.adds] = None
    for joined in words.joined:
        for run in table.runs.get(joined[0], {}).get("", ()):
            if run.fits_joined(words, joined):
                found[joined[1], run.adds] = None
    return [word for _, adds in found for word in adds]


def find_defined(text: str) -> list[tuple[str, str]]:
    """Pairs that a text defines, "Ủy ban nhân dân (UBND)": short as written, full as exact words with spaces between.

    The initials of the words before the bracket spell the capitals in it; đ counts as d, "và" may be passed over.
    What reads like a syllable is no abbreviation.
    """
    if "(" not in text:
        return []
    text = normalise_text(text)
    found: dict[tuple[str, str], None] = {}
    for bracket in _BRACKET.finditer(text):
        short = bracket[1].strip()
        if short != short.upper():
            continue
        letters = _join(_split(short))[1]
        if not _FEWEST <= len(letters) <= _MOST or _SYLLABLE.fullmatch(letters):
            continue
        before = _BREAK.split(text[max(0, bracket.start() - FULL_WITHIN) : bracket.start()])[-1]
        words = _words_spelling(letters, split_parts(split_tokens(before)))
        if words and not before[words[-1].end :].strip(' \n"”’*_'):
            found[short, " ".join(word.exact for word in words)] = None
    return list(found)


def _words_spelling(letters: str, words: Sequence[Token]) -> Sequence[Token]:
    """The last words, one for each letter, or none."""
    at = len(words)
    for letter in reversed(letters):
        at -= 1
        if at > 0 and words[at].exact == AND and letter != "v":
            at -= 1
        if at < 0 or words[at].folded[0] != letter:
            return ()
    return words[at:]
