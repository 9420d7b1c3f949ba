"""One file → RawDocument: its values as text with their lines, its body, and the problems of its form.

In: a path; perhaps outlines of documents that were read before. Out: a raw document with what is wrong with its
encoding, hidden characters, front matter and YAML. Where its front matter is known, no YAML is read: the document has
the values of its outline, and where all of it is known not even a body, until it is asked for the rest. Which files
are read is content.py's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from expo.problems import Problem, make_problem
from expo.read.files import FileTooLarge, NotRegular, read_regular_file, words_of
from expo.read.hidden import blank_odd_breaks, find_hidden
from expo.read.values import CURLY_QUOTES, Value, ValuePath
from expo.text import normalise_text

MAXIMUM_BYTES = 200_000  # a front matter with a body: the longest real one has 8 KB
DASHES = "---"  # around front matter
QUOTED = re.compile(rf"\"[^\"]*\"|'[^']*'|{CURLY_QUOTES}")
PAGE_FIELD = re.compile(r"[ ]{0,3}([A-Za-z0-9_-]+):(.*)")  # as Python-Markdown's meta extension has it
# An unquoted text that YAML ends at " #": "Loa số #1" is read as "Loa số". A comment has a blank behind its sign.
CUT_AT_HASH = re.compile(r"""\s*(?:- |(?!- ))(?:[\w-]+:\s+|(?![\w-]+:\s))[^"'\[{|>#\s].*?\s(#[^\s#].*)$""")
EMPTIED_BY_HASH = re.compile(r"\s*(?:- +)?(?:[\w-]+:\s+|(?<=- ))(#[^\s#].*)$")  # `place: #3` is read as nothing at all
RESERVED_SLUGS = frozenset(("trang", "truoc-2025", "toan-quoc", "lien-tinh"))
SOURCES = "sources"  # of which others cite the keys
CONSENT = "consent"  # which is never kept as it is written: it leads to a paper that is private
# What other files ask of a document: its number, its names, what it refers to, the files beside it, what lifts rules.
OUTLINED = frozenset(
    (
        "id", "former_slugs", "related", "adapted_from", "cover", "endorsement", "gallery", "document",
        "initiative", "exhibits", "draft",
    )
)  # fmt: skip

Outline: TypeAlias = tuple[Value, dict[ValuePath, int]]  # the values of OUTLINED, if there are values, and their lines


@dataclass(frozen=True)
class Outlines:
    """What is known of documents of earlier days."""

    fronts: Mapping[str, str] = field(default_factory=dict)  # digest of a document → that of its front matter
    told: Mapping[str, Outline] = field(default_factory=dict)  # by digests of front matter

    def of_document(self, digest: str) -> Outline | None:
        """Of a document that is as it was."""
        return self.told.get(self.fronts.get(digest, ""))


@dataclass
class RawDocument:
    """A file as it was written: values as text, the line of each, and the body."""

    path: Path
    shown: str  # path as printed in messages
    values: Value = None
    lines: dict[ValuePath, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    problems: list[Problem] = field(default_factory=list)
    text_problems: list[Problem] = field(default_factory=list, compare=False)  # those that no front matter tells of
    digest: str = field(default="", compare=False)  # of name, kind and bytes; "" where those can't be read
    front: str = field(default="", compare=False)  # the same of the front matter; of all, where there is none
    is_outline: bool = field(default=False, compare=False)
    unread: Unread | None = field(default=None, repr=False, compare=False)  # of an outline
    is_text_unread: bool = field(default=False, compare=False)  # its text is not known either

    @property
    def with_body(self) -> RawDocument:
        """The document with its body and what is wrong with its text; the values may be those of an outline."""
        return self.unread.with_body() if self.unread and self.is_text_unread else self

    @property
    def whole(self) -> RawDocument:
        """The document with all that it says, and with its problems."""
        return self.unread.whole() if self.unread else self

    @property
    def front_problems(self) -> list[Problem]:
        """What is wrong with the form of the front matter, of a whole document."""
        return self.problems[len(self.text_problems) :]

    @property
    def outline(self) -> Outline:
        """What other files ask of it."""
        if self.is_outline:
            return self.values, self.lines
        values = self.values
        if isinstance(values, dict):
            values = {name: value for name, value in values.items() if name in OUTLINED}
            values |= _outline_sources(self.values) | ({CONSENT: self.consent} if self.consent else {})
        elif isinstance(values, list):
            values = []
        return values, {where: line for where, line in self.lines.items() if not where or where[0] in OUTLINED}

    @property
    def consent(self) -> str:
        """A hash of the reference to a consent that it names; "" if there is none."""
        given = self.values.get(CONSENT) if isinstance(self.values, dict) else None
        if not isinstance(given, str):
            return ""
        return given if self.is_outline else hash_reference(given)

    @cached_property
    def slug(self) -> str:
        """File name without its endings."""
        return self.path.name.removesuffix(".md").removesuffix(".en").removesuffix(".yaml")

    def line_of(self, where: ValuePath) -> int:
        """Line of a key or item, or of the nearest thing around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


Parser: TypeAlias = Callable[[RawDocument, str, Outlines], None]
NOTHING_KNOWN = Outlines()


def hash_reference(text: str) -> str:
    """By which a name can be told without being told."""
    return hashlib.sha256(text.encode()).hexdigest()


def _outline_sources(values: dict[str, Value]) -> dict[str, Value]:
    sources = values.get(SOURCES)
    listed = sources if isinstance(sources, list) else [sources]
    keys = [source["key"] for source in listed if isinstance(source, dict) and "key" in source]
    return {SOURCES: [{"key": key} for key in keys]} if keys else {}


def show_path(path: Path, content: Path) -> str:
    """`content/initiatives/hue-s.md`: the content folder's own name, then the way inside it."""
    return "/".join((content.name, *path.parts[len(content.parts) :]))


def _read(path: Path, content: Path, parse: Parser, outlines: Outlines) -> RawDocument:
    """The document, or its outline if that is known of these very bytes."""
    document = _make_blank(path, show_path(path, content), parse)
    data = _read_bytes(document)
    if data is None:
        return document
    document.digest = _hash_part(parse, document.shown, data)
    known = outlines.of_document(document.digest)
    if known is None:
        return _parse_bytes(document, data, parse, outlines)
    document.values, document.lines, document.is_outline = *known, True
    document.front = outlines.fronts[document.digest]
    document.unread, document.is_text_unread = Unread(document, data, parse, outlines), True
    return document


def _make_blank(path: Path, shown: str, parse: Parser) -> RawDocument:
    return RawDocument(path, shown, values={} if parse is _parse_body else None)


def _hash_part(parse: Parser, shown: str, data: bytes) -> str:
    told = hashlib.sha256(f"{parse.__name__}\0{shown}\0".encode("utf-8", "surrogateescape"))
    told.update(data)
    return told.hexdigest()


class Unread:
    """The bytes of a document of which only an outline is known; each way of reading them is gone once."""

    __slots__ = ("_data", "_outline", "_outlines", "_parse", "_whole", "_with_body")

    def __init__(self, outline: RawDocument, data: bytes, parse: Parser, outlines: Outlines) -> None:
        self._outline, self._data, self._parse, self._outlines = outline, data, parse, outlines
        self._with_body: RawDocument | None = None
        self._whole: RawDocument | None = None

    def with_body(self) -> RawDocument:
        """With its text, and what is known of its front matter."""
        if self._with_body is None:
            self._with_body = self._read(self._outlines)
        return self._with_body

    def whole(self) -> RawDocument:
        """With all that it says."""
        if self._whole is None:
            self._whole = self._read(NOTHING_KNOWN)
        return self._whole

    def _read(self, outlines: Outlines) -> RawDocument:
        document = _make_blank(self._outline.path, self._outline.shown, self._parse)
        document.digest = self._outline.digest
        return _parse_bytes(document, self._data, self._parse, outlines)


def _parse_bytes(document: RawDocument, data: bytes, parse: Parser, outlines: Outlines) -> RawDocument:
    document.front = document.digest
    text = _decode(document, data)
    document.text_problems = list(document.problems)
    if text is not None:
        parse(document, text, outlines)
    if document.is_outline:
        document.unread = Unread(document, data, parse, outlines)
    return document


def _read_bytes(document: RawDocument) -> bytes | None:
    """The file as it is, or None with a problem on the document."""
    problems, shown = document.problems, document.shown
    try:
        return read_regular_file(document.path, MAXIMUM_BYTES)
    except NotRegular as error:
        problems.append(_wrong_kind(shown, error.kind))
    except FileTooLarge as error:
        problems.append(make_problem(shown, 1, "", "file-too-large", size=error.size, limit=MAXIMUM_BYTES))
    except OSError as error:
        problems.append(make_problem(shown, 1, "", "unreadable", detail=error.strerror))
    return None


def _decode(document: RawDocument, data: bytes) -> str | None:
    """The text in NFC with \\n line ends, or None with a problem on the document."""
    problems, shown = document.problems, document.shown
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.append(make_problem(shown, line, "", "not-utf8", position=error.start + 1))
        return None
    normal = normalise_text(blank_odd_breaks(text))
    if not normal.strip():
        problems.append(make_problem(shown, 1, "", "empty-file"))
        return None
    problems += find_hidden(text, shown)
    return normal


def complain_kind(problems: list[Problem], shown: str, mode: int) -> None:
    """A link, pipe, device or folder where a regular file should be."""
    problems.append(_wrong_kind(shown, words_of(mode)))


def _wrong_kind(shown: str, kind: tuple[str, str]) -> Problem:
    name = shown.rpartition("/")[2]
    return make_problem(shown, 1, "", "not-regular", value=name, kind=kind[0], kind_en=kind[1])


def read_document(path: Path, content: Path, outlines: Outlines = NOTHING_KNOWN) -> RawDocument:
    """Read front matter and body. Problems of form are on the document; its values are None if they can't be read."""
    return _read(path, content, _parse_document, outlines)


def read_body(path: Path, content: Path, outlines: Outlines = NOTHING_KNOWN) -> RawDocument:
    """Read a file that holds only a body (the English of a reply)."""
    return _read(path, content, _parse_body, outlines)


def read_page(path: Path, content: Path, outlines: Outlines = NOTHING_KNOWN) -> RawDocument:
    """Read a Pelican page: lines `Key: value`, an empty line, the body. Keys are lower case, as Pelican takes them."""
    return _read(path, content, _parse_page, outlines)


def read_list(path: Path, content: Path, outlines: Outlines = NOTHING_KNOWN) -> RawDocument:
    """Read a YAML file that is one list (vocabularies, retired.yaml)."""
    return _read(path, content, _parse_list, outlines)


def _parse_document(document: RawDocument, text: str, outlines: Outlines) -> None:
    lines = text.split("\n")
    if lines[0].rstrip() != DASHES:
        document.problems.append(make_problem(document.shown, 1, "", "no-front-matter"))
        return
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == DASHES), None)
    if end is None:
        document.problems.append(make_problem(document.shown, 1, "", "front-matter-open"))
        return
    _take_front(document, lines[1:end], outlines)
    document.body, document.body_line = "\n".join(lines[end + 1 :]).strip("\n"), end + 2
    while end + 1 < len(lines) and not lines[end + 1]:
        document.body_line, end = document.body_line + 1, end + 1


def _take_front(document: RawDocument, lines: list[str], outlines: Outlines) -> None:
    text = "\n".join(lines) + "\n"
    document.front = _hash_part(_parse_document, document.shown, text.encode())
    if document.front in outlines.told:
        document.values, document.lines = outlines.told[document.front]
        document.is_outline = True
        return
    inside = _take_yaml(document, text, 2, dict)
    document.problems += _find_cuts(lines, 2, document.shown, inside)


def _parse_body(document: RawDocument, text: str, _: Outlines) -> None:
    if text.startswith("---\n"):
        document.problems.append(make_problem(document.shown, 1, "", "front-matter-not-wanted"))
    document.body, document.body_line = text.strip("\n"), 1 + len(text) - len(text.lstrip("\n"))


def _parse_page(document: RawDocument, text: str, _: Outlines) -> None:
    lines = text.split("\n")
    values: dict[str, Value] = {}
    has_dashes = lines[0].rstrip() == DASHES
    if has_dashes:  # written like an exhibit: told, and read on, so that its fields are looked at
        document.problems.append(make_problem(document.shown, 1, "", "page-with-dashes"))
    at = int(has_dashes)
    while at < len(lines) and (match := PAGE_FIELD.match(lines[at])):
        at += 1
        key, value = match[1].lower(), match[2].strip()
        if key in values:
            first = document.lines[(key,)]
            document.problems.append(make_problem(document.shown, at, key, "duplicate-key", first=first))
            continue
        if QUOTED.fullmatch(value):
            mended = f"{match[1]}: {value[1:-1]}"
            document.problems.append(make_problem(document.shown, at, key, "quotes-shown", warning=True, mended=mended))
        values[key], document.lines[(key,)] = value or None, at
    if has_dashes and at < len(lines) and lines[at].rstrip() == DASHES:
        at += 1
    while at < len(lines) and not lines[at]:
        at += 1
    document.values, document.body, document.body_line = values, "\n".join(lines[at:]).strip("\n"), at + 1


def _parse_list(document: RawDocument, text: str, _: Outlines) -> None:
    inside = _take_yaml(document, text, 1, list)
    document.problems += _find_cuts(text.split("\n"), 1, document.shown, inside)


def _find_cuts(lines: list[str], first_line: int, shown: str, inside: Container[int]) -> list[Problem]:
    """Reminders of what YAML drops behind a #. `inside`: lines of texts that keep it."""
    return [
        make_problem(shown, number, "", "cut-at-hash", warning=True, value=match[1])
        for number, line in enumerate(lines, first_line)
        if "#" in line and number not in inside and (match := CUT_AT_HASH.match(line) or EMPTIED_BY_HASH.match(line))
    ]


def _take_yaml(document: RawDocument, text: str, first_line: int, wanted: type) -> set[int]:
    """Values and problems for the document; the lines within texts of several lines."""
    from expo.read.yaml_values import parse_yaml  # where all files are as they were, no YAML is read

    parsed = parse_yaml(text, document.shown, first_line)
    document.problems += parsed.problems
    document.lines = parsed.lines
    if isinstance(parsed.value, wanted):
        document.values = parsed.value
    elif not parsed.problems:
        code = "not-a-mapping" if wanted is dict else "not-a-list"
        document.problems.append(make_problem(document.shown, parsed.lines.get((), 1), "", code))
    return parsed.inside
