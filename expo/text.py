"""Letters: normalise, fold, tokenise, place the tone mark, sort, make slugs.

In: any string, however typed (NFC or NFD, old or new tone style, hidden characters).
Out: strings, tokens and sort keys. No file is read, no language but Vietnamese gets special care,
and there is no stop list. theme/static/js/search/text.js is the twin for the browser; both are held
to tests/vectors/text.json. Letters that Unicode added after the older of two engines was made may be
told apart by only one of them: known, and accepted.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import TypeVar
from unicodedata import normalize

# What the eye does not see, and what could turn the order of a line around: soft hyphen, grapheme joiner,
# Arabic and Mongolian marks, zero-width and bidirectional controls, BOM, interlinear marks, tags; and the two
# characters that no XML may hold.
# ZWJ is among them: a family emoji falls apart into its members, and no search is blocked by a hidden letter.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_LINE_BREAK = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_FULL_WIDTH_OFFSET = 0xFEE0
# Any of the four in one set, which is looked for three times as fast as one after the other.
_UNUSUAL = re.compile(
    f"[{_HIDDEN.pattern[1:-1]}{_LONE_SURROGATE.pattern[1:-1]}{_FULL_WIDTH.pattern[1:-1]}\r\u000b\u000c\u0085\u2028\u2029]"
)

_MARK = re.compile("[\u0300-\u036f]")

_LETTER = r"[^\W_]"
_WORD = rf"{_LETTER}++(?:[\u0300-\u036f]++{_LETTER}*+)*+"  # possessive: nothing is tried twice
_WORD_PATTERN = re.compile(f"({_WORD})")
_CHAIN_LINKS = frozenset("-‐‑‒–—./'’")  # one of these alone between two words makes them parts of one
_LONGEST_ABBREVIATION = 6

_OPEN_SYLLABLE = re.compile(rf"(?<![qQ])(?:([òóỏõọÒÓỎÕỌ])([aAeE])|([ùúủũụÙÚỦŨỤ])([yY]))(?!{_LETTER}|[\u0300-\u036f])")

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; ngang has no mark and comes first

_NAME_PREFIX = re.compile(r"^\s*(?:tinh|thanh\s+pho|tp\.?)\s+")

Item = TypeVar("Item")

CollationKey = tuple[tuple[tuple[int, int, str], ...], tuple[tuple[int, ...], ...], tuple[bool, ...], str]


@dataclass(frozen=True, slots=True)
class Token:
    """A word to index or to look up; `start` and `end` count characters in `normalise_text` of the text."""

    exact: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a text as lists, quick to make: its words, and what stands between them where it is no lone blank.

    A joined form is told with the number of its first word, and of the word behind its last.
    """

    exact: list[str]
    written: list[str]  # as the normalised text has them
    gaps: dict[int, str]  # before the word of that number, ascending; behind the last word the text's end
    joined: list[tuple[str, int, int]]

    def gaps_within(self, first: int, end: int) -> list[str]:
        """What stands between these words and is no lone blank."""
        return [self.gaps[at] for at in range(first + 1, end) if at in self.gaps]

    def find_starts(
        self, runs: Mapping[str, Mapping[str, Sequence[Item]]]
    ) -> list[tuple[int, Sequence[Item], Sequence[Item]]]:
        """Where runs of words may begin that are filed by their first word and their second, "" for a run of one: the
        number of the word, runs of it alone, longer ones.
        """
        following = [*self.exact[1:], ""]
        return [
            (at, known.get("", ()), known.get(following[at], ()) if following[at] else ())
            for at, known in [(at, runs[word]) for at, word in enumerate(self.exact) if word in runs]
            if following[at] in known or "" in known
        ]


def normalise_text(text: str) -> str:
    """NFC without hidden, control and bidirectional characters; line breaks are \\n.

    Full-width letters and digits become plain ones. Tone style is left as written. A lone surrogate, which no
    file can hold, becomes U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    if _UNUSUAL.search(text):
        text = _LINE_BREAK.sub("\n", _HIDDEN.sub("", text))
        text = _LONE_SURROGATE.sub("\ufffd", text)
        text = _FULL_WIDTH.sub(lambda match: chr(ord(match[0]) - _FULL_WIDTH_OFFSET), text)
    return normalize("NFC", text)


def canonical_tone(text: str) -> str:
    """Normalised text with the tone of open oa, oe, uy on the second vowel: hòa → hoà. For matching, not for display.

    The second vowel, because there it stays when a letter is added (hoà → hoàn). Not after q, where u is no vowel.
    """
    return _OPEN_SYLLABLE.sub(_move_tone, normalise_text(text))


def _move_tone(match: re.Match[str]) -> str:
    toned = normalize("NFD", match[1] or match[3])
    return toned[0] + normalize("NFC", (match[2] or match[4]) + toned[1])


def fold_text(text: str) -> str:
    """Lower case without any mark, đ as d: "Đống Đa" → "dong da". Horn, breve and circumflex go too."""
    return _fold(normalise_text(text))


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    bare = _MARK.sub("", normalize("NFD", text)).lower().replace("đ", "d")
    return normalize("NFC", bare)


def has_vietnamese_letter(text: str) -> bool:
    """Whether any letter has a mark or is a đ: then it is no English, but for a few words like "café"."""
    return fold_text(text) != normalise_text(text).lower()


def split_tokens(text: str) -> list[Token]:
    """The words of a text in order; an abbreviation or number in parts is followed by its joined form.

    "TP.HCM" gives tp, hcm, tphcm and "SK-0002" gives sk, 0002, sk0002, the last spanning the whole.
    """
    words = split_words(text)
    joined = {end: (exact, first) for exact, first, end in words.joined}
    tokens: list[Token] = []
    starts: list[int] = []
    start = 0
    for at, (exact, written) in enumerate(zip(words.exact, words.written, strict=True)):
        start += len(words.gaps.get(at, " "))
        starts.append(start)
        end = start + len(written)
        tokens.append(Token(exact, _fold_word(exact), start, end))
        if at + 1 in joined:
            form, first = joined[at + 1]
            tokens.append(Token(form, _fold_word(form), starts[first], end))
        start = end
    return tokens


def split_words(text: str) -> Words:
    """The same words as those of split_tokens, which has the joined forms among them."""
    pieces = _WORD_PATTERN.split(normalise_text(text))  # what is between, a word, what is between, …
    written = pieces[1::2]
    gaps = {at: gap for at, gap in enumerate(pieces[::2]) if gap != " "}
    joined: list[tuple[str, int, int]] = []
    for first, end in _find_chains([at for at, gap in gaps.items() if gap in _CHAIN_LINKS], len(written)):
        parts = [canonical_tone(word) for word in written[first:end]]
        if _is_abbreviation(parts):
            joined.append((_lower("".join(parts)), first, end))
    return Words(list(map(_exact_word, written)), written, gaps, joined)


def _find_chains(links: list[int], count: int) -> Iterator[tuple[int, int]]:
    """First word and the one behind the last of words that are linked; `links` are those of a link before them."""
    first = end = -1
    for link in links:
        if not 0 < link < count:  # it has a word on one side only
            continue
        if link != end:
            if end > 0:
                yield first, end
            first = link - 1
        end = link + 1
    if end > 0:
        yield first, end


@lru_cache(maxsize=65536)  # a language has few syllables: most words of a text were met before
def _exact_word(word: str) -> str:
    return intern(_lower(canonical_tone(word)))  # one string for a word, however it is written: quick to look up


def _lower(word: str) -> str:
    return normalize("NFC", word.lower())


@lru_cache(maxsize=65536)
def _fold_word(exact: str) -> str:
    return _fold(exact)


def _is_abbreviation(parts: list[str]) -> bool:
    """Two to six parts of which one is all capitals (TP.HCM, Hue-S), or letters beside digits (covid-19)."""
    if not 2 <= len(parts) <= _LONGEST_ABBREVIATION:
        return False
    cased = [part for part in parts if part.lower() != part.upper()]
    return any(part == part.upper() for part in cased) or 0 < len(cased) < len(parts)


_PIECES = re.compile(r"[0-9]+|(?s:.)[\u0300-\u036f]*").findall


@lru_cache(maxsize=4096)  # names of provinces are sorted on a hundred pages
def collation_key(text: str) -> CollationKey:
    """Sort key of Vietnamese order: letters first, then tones, then case (small before capital).

    Letters are ranked by the alphabet (a ă â b … d đ e ê …) over the whole text, and only then tones (ngang, huyền,
    hỏi, ngã, sắc, nặng), as ICU does for vi; unlike there, hòa and hoà stand together, and numbers go by value.
    Spaces come first, then signs, digits, letters, other scripts.
    """
    text = normalise_text(text)
    ranks = list(map(_rank_piece, _PIECES(canonical_tone(text))))
    letters, tones = tuple(rank for rank, _ in ranks), tuple(marks for _, marks in ranks)
    return letters, tones, tuple(map(str.isupper, text)), text


@lru_cache(maxsize=4096)  # titles are made of few letters
def _rank_piece(piece: str) -> tuple[tuple[int, int, str], tuple[int, ...]]:
    if piece[0] in "0123456789":
        value = piece.lstrip("0")
        return (2, len(value), value), (len(piece),)
    if piece.isspace():
        return (0, 0, ""), ()
    letter, marks = _split_letter(piece)
    if letter in _ALPHABET:
        return (3, _ALPHABET.index(letter), ""), marks
    return (4 if letter.isalnum() else 1, 0, letter), marks


def _split_letter(piece: str) -> tuple[str, tuple[int, ...]]:
    """A letter of the alphabet without its tone, and its marks as ranks: "Ế" → "ê", (4,)."""
    decomposed = normalize("NFD", piece).lower()
    letter = decomposed[0]
    ranks: list[int] = []
    for mark in decomposed[1:]:
        with_mark = normalize("NFC", letter + mark)
        if with_mark in _ALPHABET:
            letter = with_mark
        else:
            ranks.append(_TONES.index(mark) + 1 if mark in _TONES else ord(mark))
    return letter, tuple(ranks)


def make_slug(text: str) -> str:
    """Folded words of a-z and 0-9 joined by single hyphens: "Đống Đa (2018)" → "dong-da-2018". May be empty."""
    return "-".join(re.findall("[a-z0-9]+", fold_text(text)))


@lru_cache(maxsize=4096)  # exhibits share provinces
def fold_name(text: str) -> str:
    """A province name as it is looked up: folded letters and digits, without a leading tỉnh, thành phố or TP.

    The prefix counts only before a space, so that "TP.HCM" stays the alias "tphcm".
    """
    return "".join(re.findall(_LETTER, _NAME_PREFIX.sub("", fold_text(text))))
