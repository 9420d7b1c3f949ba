"""One file → RawDocument; a folder of the expo's shape → RawContent.

In: paths. Out: raw documents in sorted order with their problems of form: encoding, front matter, YAML, file names,
files where none belong. Reads regular files only, never follows a link, never leaves the folder.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from expo.problems import Problem, make_problem
from expo.read.yaml_values import ParsedYaml, Value, ValuePath, parse_yaml
from expo.text import make_slug, normalise_text

MAXIMUM_BYTES = 200_000  # a front matter with a body: the longest real one has 20 KB
PAGE_FIELD = re.compile(r"[ ]{0,3}([A-Za-z0-9_-]+):(.*)")  # as Python-Markdown's meta extension has it
LEFT_ABOUT = frozenset(("Thumbs.db", "desktop.ini"))  # Windows; other systems' begin with a dot
KNOWN_ENTRIES = frozenset(("initiatives", "replies", "collections", "pages", "vocabularies", "retired.yaml"))
# An unquoted text that YAML ends at " #": "Loa số #1" is read as "Loa số". A comment has a blank behind its sign.
CUT_AT_HASH = re.compile(r"""\s*(?:- |(?!- ))(?:[\w-]+:\s+|(?![\w-]+:\s))[^"'\[{|>#\s].*?\s(#[^\s#].*)$""")
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


@dataclass
class RawContent:
    """Everything in a content folder, sorted by name."""

    folder: Path
    initiatives: list[RawDocument] = field(default_factory=list)
    english: list[RawDocument] = field(default_factory=list)
    replies: list[RawDocument] = field(default_factory=list)
    replies_english: list[RawDocument] = field(default_factory=list)
    vocabularies: list[RawDocument] = field(default_factory=list)
    pages: list[RawDocument] = field(default_factory=list)
    pages_english: list[RawDocument] = field(default_factory=list)
    collections: list[RawDocument] = field(default_factory=list)
    collections_english: list[RawDocument] = field(default_factory=list)
    retired: RawDocument | None = None
    picture_folders: list[Path] = field(default_factory=list)
    misnamed: list[Path] = field(default_factory=list)  # initiatives left unread because of their file's name
    problems: list[Problem] = field(default_factory=list)

    @property
    def numbers_are_known(self) -> bool:
        """False when an initiative's file could not be read: what refers to its number is then not called wrong."""
        return not self.misnamed and all(document.values is not None for document in self.initiatives)


def show_path(path: Path, content: Path) -> str:
    """`content/initiatives/hue-s.md`: the content folder's own name, then the way inside it."""
    return f"{content.name}/{path.relative_to(content).as_posix()}"


def read_text(path: Path, shown: str, document: RawDocument) -> str | None:
    """The file's text in NFC with \\n line ends, or None with a problem on the document."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            document.problems.append(make_problem(shown, 1, "", "not-regular", value=path.name))
            return None
        if status.st_size > MAXIMUM_BYTES:
            document.problems.append(
                make_problem(shown, 1, "", "file-too-large", size=status.st_size, limit=MAXIMUM_BYTES)
            )
            return None
        data = path.read_bytes()
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        document.problems.append(make_problem(shown, line, "", "not-utf8", position=error.start + 1))
        return None
    except OSError as error:
        document.problems.append(make_problem(shown, 1, "", "unreadable", detail=error.strerror))
        return None
    if not text.strip():
        document.problems.append(make_problem(shown, 1, "", "empty-file"))
        return None
    return normalise_text(text)


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
    document.problems += [
        make_problem(document.shown, number, "", "cut-at-hash", warning=True, value=match[1])
        for number, line in enumerate(lines[1:end], 2)
        if (match := CUT_AT_HASH.match(line))
    ]
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
    document.values, document.body, document.body_line = values, "\n".join(lines[count - 1 :]).strip("\n"), count
    return document


def read_list(path: Path, content: Path) -> RawDocument:
    """Read a YAML file that is one list (vocabularies, retired.yaml)."""
    document = RawDocument(path, show_path(path, content))
    text = read_text(path, document.shown, document)
    if text is not None:
        _take_yaml(document, parse_yaml(text, document.shown, 1), list)
    return document


def _take_yaml(document: RawDocument, parsed: ParsedYaml, wanted: type) -> None:
    document.problems += parsed.problems
    document.lines = parsed.lines
    if isinstance(parsed.value, wanted):
        document.values = parsed.value
    elif not parsed.problems:
        code = "not-a-mapping" if wanted is dict else "not-a-list"
        document.problems.append(make_problem(document.shown, parsed.lines.get((), 1), "", code))


def read_content(content: Path) -> RawContent:
    """Read every file of a content folder; missing sub-folders are empty."""
    raw = RawContent(content)
    for path in _entries(content):
        if path.name not in KNOWN_ENTRIES:
            kinds = ", ".join(sorted(KNOWN_ENTRIES))
            _refuse_entry(path, raw, f"chỉ gồm: {kinds}", f"only: {kinds}")
    for path in _entries(content / "initiatives"):
        _read_initiative_entry(path, raw)
    for folder in _entries(content / "replies"):
        if folder.is_dir() and not folder.is_symlink():
            for path in _entries(folder):
                _read_reply_entry(path, raw)
        else:
            _refuse_entry(folder, raw, "chỉ gồm thư mục mang tên sáng kiến", "only folders named after exhibits")
    raw.vocabularies = [
        read_list(path, content) for path in _entries(content / "vocabularies") if path.suffix == ".yaml"
    ]
    for path in _entries(content / "collections"):
        if path.suffix != ".md" or path.is_dir():
            _refuse_entry(path, raw, "chỉ gồm tệp .md", "only .md files")
        elif _name_is_good(path, raw) and path.name.endswith(".en.md"):
            raw.collections_english.append(read_body(path, content))
        elif _name_is_good(path, raw):
            raw.collections.append(read_document(path, content))
    for path in _entries(content / "pages"):
        if path.suffix != ".md" or path.is_dir():
            _refuse_entry(path, raw, "chỉ gồm tệp .md", "only .md files")
        elif _name_is_good(path, raw):
            (raw.pages_english if path.name.endswith(".en.md") else raw.pages).append(read_page(path, content))
    if os.path.lexists(content / "retired.yaml"):
        raw.retired = read_list(content / "retired.yaml", content)
    return raw


def _entries(folder: Path) -> list[Path]:
    """Sorted by name, without what systems and editors leave about."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path.name not in LEFT_ABOUT)


def _read_initiative_entry(path: Path, raw: RawContent) -> None:
    if path.is_dir() and not path.is_symlink():
        raw.picture_folders.append(path)
        return
    if path.suffix != ".md":
        _refuse_entry(path, raw, "chỉ gồm tệp .md và thư mục ảnh cùng tên", "only .md files and picture folders")
        return
    if _name_is_good(path, raw):
        target = raw.english if path.name.endswith(".en.md") else raw.initiatives
        target.append(read_document(path, raw.folder))
    else:
        raw.misnamed.append(path)


def _read_reply_entry(path: Path, raw: RawContent) -> None:
    if path.suffix != ".md":
        _refuse_entry(path, raw, "chỉ gồm tệp .md", "only .md files")
    elif _name_is_good(path, raw):
        if path.name.endswith(".en.md"):
            raw.replies_english.append(read_body(path, raw.folder))
        else:
            raw.replies.append(read_document(path, raw.folder))


def _name_is_good(path: Path, raw: RawContent) -> bool:
    stem = path.name.removesuffix(".md").removesuffix(".en")
    shown = show_path(path, raw.folder)
    if make_slug(stem) != stem or not stem:
        suggestion = path.name.replace(stem, make_slug(stem) or "sang-kien", 1) if stem else ""
        raw.problems.append(make_problem(shown, 1, "", "bad-file-name", value=path.name, suggestion=suggestion))
        return False
    if stem in RESERVED_SLUGS:
        raw.problems.append(make_problem(shown, 1, "", "reserved-slug", value=stem))
        return False
    return True


def _refuse_entry(path: Path, raw: RawContent, kinds: str, kinds_en: str) -> None:
    shown = show_path(path, raw.folder)
    raw.problems.append(
        make_problem(shown, 1, "", "unexpected-file", value=path.name, allowed_kinds=kinds, allowed_kinds_en=kinds_en)
    )
