"""One file → RawDocument: its values as text with their lines, its body, and the problems of its form.

In: a path. Out: a raw document with what is wrong with its encoding, hidden characters, front matter and YAML. Which
files are read is content.py's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from expo.problems import Problem, make_problem
from expo.read.files import FileTooLarge, NotRegular, read_regular_file, words_of
from expo.read.hidden import find_hidden
from expo.read.yaml_values import ParsedYaml, Value, ValuePath, parse_yaml
from expo.text import normalise_text

MAXIMUM_BYTES = 200_000  # a front matter with a body: the longest real one has 20 KB
PAGE_FIELD = re.compile(r"[ ]{0,3}([A-Za-z0-9_-]+):(.*)")  # as Python-Markdown's meta extension has it
# An unquoted text that YAML ends at " #": "Loa số #1" is read as "Loa số". A comment has a blank behind its sign.
CUT_AT_HASH = re.compile(r"""\s*(?:- |(?!- ))(?:[\w-]+:\s+|(?![\w-]+:\s))[^"'\[{|>#\s].*?\s(#[^\s#].*)$""")
EMPTIED_BY_HASH = re.compile(r"\s*(?:- +)?(?:[\w-]+:\s+|(?<=- ))(#[^\s#].*)$")  # `place: #3` is read as nothing at all
RESERVED_SLUGS = frozenset(("trang", "truoc-2025", "toan-quoc", "lien-tinh"))


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

    @property
    def slug(self) -> str:
        """File name without its endings."""
        return self.path.name.removesuffix(".md").removesuffix(".en").removesuffix(".yaml")

    def line_of(self, where: ValuePath) -> int:
        """Line of a key or item, or of the nearest thing around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def show_path(path: Path, content: Path) -> str:
    """`content/initiatives/hue-s.md`: the content folder's own name, then the way inside it."""
    return f"{content.name}/{path.relative_to(content).as_posix()}"


def read_text(path: Path, shown: str, document: RawDocument) -> str | None:
    """The file's text in NFC with \n line ends, or None with a problem on the document."""
    problems = document.problems
    try:
        data = read_regular_file(path, MAXIMUM_BYTES)
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.append(make_problem(shown, line, "", "not-utf8", position=error.start + 1))
        return None
    except NotRegular as error:
        problems.append(_wrong_kind(shown, error.kind))
        return None
    except FileTooLarge as error:
        problems.append(make_problem(shown, 1, "", "file-too-large", size=error.size, limit=MAXIMUM_BYTES))
        return None
    except OSError as error:
        problems.append(make_problem(shown, 1, "", "unreadable", detail=error.strerror))
        return None
    if not normalise_text(text).strip():
        problems.append(make_problem(shown, 1, "", "empty-file"))
        return None
    problems += find_hidden(text, shown)
    return normalise_text(text)


def complain_kind(problems: list[Problem], shown: str, mode: int) -> None:
    """A link, pipe, device or folder where a regular file should be."""
    problems.append(_wrong_kind(shown, words_of(mode)))


def _wrong_kind(shown: str, kind: tuple[str, str]) -> Problem:
    name = shown.rpartition("/")[2]
    return make_problem(shown, 1, "", "not-regular", value=name, kind=kind[0], kind_en=kind[1])


def read_document(path: Path, content: Path) -> RawDocument:
    """Read front matter and body. Problems of form are on the document; its values are None if they can't be read."""
    document = RawDocument(path, show_path(path, content))
    text = read_text(path, document.shown, document)
    if text is None:
        return document
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        document.problems.append(make_problem(document.shown, 1, "", "no-front-matter"))
        return document
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        document.problems.append(make_problem(document.shown, 1, "", "front-matter-open"))
        return document
    _take_yaml(document, parse_yaml("\n".join(lines[1:end]) + "\n", document.shown, 2), dict)
    document.problems += _find_cuts(lines[1:end], 2, document.shown)
    document.body, document.body_line = "\n".join(lines[end + 1 :]).strip("\n"), end + 2
    while end + 1 < len(lines) and not lines[end + 1]:
        document.body_line, end = document.body_line + 1, end + 1
    return document


def read_body(path: Path, content: Path) -> RawDocument:
    """Read a file that holds only a body (the English of a reply)."""
    document = RawDocument(path, show_path(path, content), values={})
    text = read_text(path, document.shown, document)
    if text is not None and text.startswith("---\n"):
        document.problems.append(make_problem(document.shown, 1, "", "front-matter-not-wanted"))
    text = text or ""
    document.body, document.body_line = text.strip("\n"), 1 + len(text) - len(text.lstrip("\n"))
    return document


def read_page(path: Path, content: Path) -> RawDocument:
    """Read a Pelican page: lines `Key: value`, an empty line, the body. Keys are lower case, as Pelican takes them."""
    document = RawDocument(path, show_path(path, content))
    text = read_text(path, document.shown, document)
    if text is None:
        return document
    lines = text.split("\n")
    values: dict[str, Value] = {}
    count = 0
    for count, line in enumerate(lines, 1):
        match = PAGE_FIELD.match(line)
        if not match:
            break
        key = match[1].lower()
        if key in values:
            first = document.lines[(key,)]
            document.problems.append(make_problem(document.shown, count, key, "duplicate-key", first=first))
            continue
        values[key], document.lines[(key,)] = match[2].strip() or None, count
    else:
        count += 1
    while count < len(lines) and not lines[count - 1]:
        count += 1
    document.values, document.body, document.body_line = values, "\n".join(lines[count - 1 :]).strip("\n"), count
    return document


def read_list(path: Path, content: Path) -> RawDocument:
    """Read a YAML file that is one list (vocabularies, retired.yaml)."""
    document = RawDocument(path, show_path(path, content))
    text = read_text(path, document.shown, document)
    if text is not None:
        _take_yaml(document, parse_yaml(text, document.shown, 1), list)
        document.problems += _find_cuts(text.split("\n"), 1, document.shown)
    return document


def _find_cuts(lines: list[str], first_line: int, shown: str) -> list[Problem]:
    """Reminders of what YAML drops behind a #."""
    return [
        make_problem(shown, number, "", "cut-at-hash", warning=True, value=match[1])
        for number, line in enumerate(lines, first_line)
        if (match := CUT_AT_HASH.match(line) or EMPTIED_BY_HASH.match(line))
    ]


def _take_yaml(document: RawDocument, parsed: ParsedYaml, wanted: type) -> None:
    document.problems += parsed.problems
    document.lines = parsed.lines
    if isinstance(parsed.value, wanted):
        document.values = parsed.value
    elif not parsed.problems:
        code = "not-a-mapping" if wanted is dict else "not-a-list"
        document.problems.append(make_problem(document.shown, parsed.lines.get((), 1), "", code))
