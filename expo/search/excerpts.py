"""Why an exhibit was found: where the words of a query stand in its texts, and the line that has the most of them.

In: texts by field and what is wanted. Out: spans, and an Excerpt of one sentence, cut to a window. Spans count in the
text that is given back. Marks of Markdown are taken off as far as a line needs it to be read; nothing is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from expo.search.query import Part, Phrase
from expo.search.units import Unit, split_parts
from expo.text import Token, fold_text, normalise_text, split_tokens

FIELDS = ("title", "summary", "body", "replies", "filing", "place")  # where two say as much, the first one
MARKDOWN_FIELDS = ("body", "replies")
WIDTH = 160

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_FORM = re.compile(r"^[#>*+|\s-]+|\*\*|__|[`\[\]|]")

Run = tuple[str, ...]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One part of a query: any of its runs of exact words. A word typed without marks answers to all marks."""

    runs: tuple[Run, ...]
    any_marks: bool = False
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of a field, with the spans of what was looked for."""

    field: str
    text: str
    marks: tuple[Span, ...]


def list_wanted(parts: Sequence[Part], *, any_marks: bool, is_begun: bool) -> tuple[Wanted, ...]:
    """What to mark for the parts of a query; `is_begun` says that the last word may only be begun."""
    wanted: list[Wanted] = []
    for at, part in enumerate(parts):
        if isinstance(part, Unit):
            wanted.append(Wanted(tuple(tuple(run.split()) for run in part.runs)))
        elif isinstance(part, Phrase):
            wanted.append(Wanted((tuple(word.exact for word in part.words),)))
        else:
            wanted.append(Wanted(((part.exact,),), any_marks, is_begun and at == len(parts) - 1))
    return tuple(wanted)


def find_marks(text: str, wanted: Sequence[Wanted]) -> tuple[Span, ...]:
    """Where what is wanted stands in a normalised text; spans in order, none over another."""
    return _merge(span for one in wanted for span in _find_one(split_tokens(text), one))


def find_excerpt(texts: Mapping[str, str], wanted: Sequence[Wanted]) -> Excerpt | None:
    """The sentence that has the most parts of the query, side by side where that can be."""
    best = 0
    excerpt: tuple[str, str, tuple[Span, ...]] | None = None
    for field in FIELDS:
        for line in _split_lines(texts.get(field, ""), field):
            tokens = split_tokens(line)
            found = [_find_one(tokens, one) for one in wanted]
            value = sum(map(bool, found)) + sum(_are_neighbours(*pair) for pair in pairwise(found))
            if value > best:
                best, excerpt = value, (field, line, _merge(span for spans in found for span in spans))
    return _cut(*excerpt) if excerpt else None


def _are_neighbours(first: Sequence[Span], second: Sequence[Span]) -> bool:
    starts = {start for start, _ in second}
    return any(end + 1 in starts for _, end in first)


def _split_lines(text: str, field: str) -> Iterable[str]:
    """Sentences; of the title its first line, as tags follow it."""
    lines = _SENTENCE_END.split(normalise_text(text)) if field != "title" else text.split("\n")[:1]
    for line in lines:
        plain = _FORM.sub("", line) if field in MARKDOWN_FIELDS else line
        yield " ".join(normalise_text(plain).split())


def _find_one(tokens: Sequence[Token], wanted: Wanted) -> list[Span]:
    spans: list[Span] = []
    parts = split_parts(tokens)
    for run in wanted.runs:
        rows = parts if len(run) > 1 else tokens  # a joined form stands for itself only
        for at in range(len(rows) - len(run) + 1):
            here = rows[at : at + len(run)]
            if all(_is_word(token, word, wanted) for token, word in zip(here, run, strict=True)):
                spans.append((here[0].start, here[-1].end))
    return spans


def _is_word(token: Token, word: str, wanted: Wanted) -> bool:
    folded = fold_text(word)
    typed, have = (folded, token.folded) if wanted.any_marks or word == folded else (word, token.exact)
    return have.startswith(typed) if wanted.is_begun else have == typed


def _merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _cut(field: str, line: str, marks: tuple[Span, ...]) -> Excerpt:
    """A window of WIDTH characters that begins a little before the first mark; words stay whole, unless endless."""
    if len(line) <= WIDTH:
        return Excerpt(field, line, marks)
    start = min(max(0, marks[0][0] - WIDTH // 4), len(line) - WIDTH)
    start = line.find(" ", start, marks[0][0]) + 1 or start if start else 0
    end = min(len(line), start + WIDTH)
    if end < len(line):
        blank = line.rfind(" ", marks[0][1], end)
        end = blank if blank > 0 else end
    before, behind = "…" if start else "", "…" if end < len(line) else ""
    kept = [(max(left, start), min(right, end)) for left, right in marks if left < end and right > start]
    shift = len(before) - start
    return Excerpt(field, f"{before}{line[start:end]}{behind}", tuple((a + shift, b + shift) for a, b in kept))
