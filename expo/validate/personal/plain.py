"""A text as its reader sees it: other scripts' digits, full-width signs, invisible joins and Markdown's marks resolved.

In: a text. Out: Plain, the text to search in, and for each of its characters the place where it came from. What is
known to be public (addresses of web pages, decrees, dates, money) can be taken out of sight in it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from expo.validate.personal.words import UNIT

HIDDEN = "\x00"  # stands for what a finder is not to see
# Drawn as nothing, though no format characters: joiner of graphemes, Hangul fillers, an empty Braille cell.
DRAWN_AS_NOTHING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
# Where a text must be gone through letter by letter: entities, and all but ASCII, letters of Viet Nam and common signs.
ODD = re.compile(r"[^\x00-\x7eÀ-ɏḀ-ỿ–—‘’“”…•°]")
MARKS = re.compile(r"\\(?=[!-/:-@\[-`{-~])|\*|`|~~|</?[a-zA-Z]{1,10}>")  # emphasis may stand in the midst of a number

MARK_SIGNS = ("\\", "*", "`", "~~", "<")

URL = r"(?:https?://|www\.)[^\s<>\"]+"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
MONTH = r"(?:0?[1-9]|1[0-2])"
# Not data of a person, whatever they look like. Quantities are apart: no number of a person is one and begins with 0.
PUBLIC = re.compile(
    rf"{URL}"
    # Decrees and letters: 13/2023/NĐ-CP, 47/QĐ-UBND (decree 30/2020/NĐ-CP, annex I)
    r"|(?<!\d)\d{1,5}(?:/\d{4})?/[A-ZĐ]{2,}[\w.&-]*"
    rf"|(?<![\d./-]){DAY}[./-]{MONTH}[./-](?:19|20)\d\d(?![./-]?\d)"
    rf"|(?<![\d./-])(?:19|20)\d\d[./-]{MONTH}[./-]{DAY}(?![./-]?\d)"
    # Opening hours 07.30 - 11.30, 7h30–17h
    r"|(?<![\d.])[012]?\d[.:hg][0-5]\d[ ]?[-–][ ]?[012]?\d[.:hg](?:[0-5]\d)?(?![.\d])"
    r"|ISBN(?:-1[03])?:?\s*[\d\s‑–-]{9,20}[\dX]|ISSN:?\s*\d{4}[‑–-]?\d{3}[\dX]|(?<![\d.])10\.\d{4,9}/\S+"
    r"|(?:mã số thuế|MST|mã số doanh nghiệp|mã số DN|tax code)(?: số)?:?\s*\d{10}(?:-\d{3})?"
    r"|SK-\d{4,6}"
)
QUANTITY = re.compile(rf"(?<![\d.,])[1-9]\d*(?:[., ]\d+)*[ ]{{0,2}}{UNIT}(?!\w)", re.IGNORECASE)
# Where what is hidden, and a number, may begin. There are few such places: to match there is quicker than to search.
PUBLIC_START = re.compile(r"https?:|www\.|ISBN|ISSN|[mM]ã số|MST|tax code|SK-|\d+")
NUMBER_START = re.compile(r"[+(]|\d+")
SENTENCE_END = re.compile(r"\n\s*\n|[;!?]\s|(?<=\w{4})\.\s|(?<=\d)\.\s(?=[^\W\d_])")


class Finding(NamedTuple):
    """A kind of KINDS and a span."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Plain:
    """A text to search in. `positions` leads from its characters to those of the text it was made from."""

    text: str
    positions: Sequence[int]

    @cached_property
    def lower(self) -> str:
        """The text in small letters: for a look whether a word stands in it at all, as spans may differ."""
        return self.text.lower()

    @cached_property
    def without_public(self) -> str:
        """The same with web addresses, decrees, dates and the like out of sight; as long as `text`."""
        return _hide(PUBLIC, PUBLIC_START, self.text)

    @cached_property
    def without_quantities(self) -> str:
        """The same with money and other counted things out of sight, too."""
        return _hide(QUANTITY, NUMBER_START, self.without_public)

    @cached_property
    def number_starts(self) -> list[int]:
        """Where numbers may begin."""
        return [match.start() for match in NUMBER_START.finditer(self.without_public)]

    def numbers(self, pattern: re.Pattern[str], *, counted: bool = False) -> Iterator[re.Match[str]]:
        """Where a pattern of numbers stands; `counted` looks at money and other quantities, too."""
        text, end = self.without_public if counted else self.without_quantities, 0
        for start in self.number_starts:
            if start >= end and (match := pattern.match(text, start)):
                yield match
                end = match.end()

    def just_before(self, place: int, most: int) -> str:
        """The last characters before a place, whatever they are."""
        return self.text[max(0, place - most) : place]

    def before(self, place: int, most: int = 100) -> str:
        """What stands before a place in its sentence."""
        start = max(0, place - most)
        ends = [match.end() for match in SENTENCE_END.finditer(self.text, start, place)]
        return self.text[ends[-1] if ends else start : place]


def _hide(pattern: re.Pattern[str], begin: re.Pattern[str], text: str) -> str:
    """The text with what a pattern matches where `begin` does out of sight."""
    pieces, end = [], 0
    for place in begin.finditer(text):
        if place.start() >= end and (match := pattern.match(text, place.start())):
            pieces += [text[end : match.start()], HIDDEN * len(match[0])]
            end = match.end()
    return "".join([*pieces, text[end:]])


def make_plain(text: str) -> Plain:
    """Resolve what looks like something else. Never fails; any text is fine."""
    is_odd = ODD.search(text) is not None or ("&" in text and ENTITY.search(text) is not None)
    pairs = list(zip(text, range(len(text)), strict=True)) if is_odd else []
    if pairs:
        for match in reversed(list(ENTITY.finditer(text))):
            pairs[match.start() : match.end()] = [(one, match.start()) for one in html.unescape(match[0])]
        pairs = [(seen, place) for one, place in pairs for seen in _as_seen(one)]
    whole = "".join(one for one, _ in pairs) if pairs else text
    positions: Sequence[int] = [place for _, place in pairs] if pairs else range(len(text))
    if not any(sign in whole for sign in MARK_SIGNS):
        return Plain(whole, positions)
    kept, places, end = [], list[int](), 0
    for match in MARKS.finditer(whole):
        kept.append(whole[end : match.start()])
        places += positions[end : match.start()]
        end = match.end()
    if not end:
        return Plain(whole, positions)
    return Plain("".join([*kept, whole[end:]]), [*places, *positions[end:]])


def _as_seen(character: str) -> str:
    """A character in its plain form: ０ and ٠ are 0, ＠ is @; "" for one that is drawn as nothing."""
    if character.isascii():
        return character
    if character in DRAWN_AS_NOTHING or unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f":
        return ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", character)
    return " " if plain.isspace() and plain != "\n" else plain
