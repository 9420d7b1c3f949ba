"""A folder of the expo's shape → RawContent: which files may lie where, and how they may be called.

In: the content folder, outlines of what was read before. Out: raw documents in sorted order, the files beside
exhibits, and a Problem for everything that has no place there. A file with a bad name is left unread, but never stops
the rest. Folders that are links are not entered, the content folder itself among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from expo.names import LONGEST_SLUG, SCAN_ENDINGS, SLUG_PATTERN, mend_file_name
from expo.problems import Problem, make_problem
from expo.read.documents import (
    NOTHING_KNOWN,
    RESERVED_SLUGS,
    Outlines,
    RawDocument,
    complain_kind,
    read_body,
    read_document,
    read_list,
    read_page,
    show_path,
)
from expo.read.files import Entry, list_folder
from expo.text import make_slug

KNOWN_ENTRIES = frozenset(("initiatives", "replies", "collections", "pages", "vocabularies", "retired.yaml"))
# What Windows takes for a device, whatever the ending: Git cannot even lay down such a file there.
DEVICES_OF_WINDOWS = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
TEXT_ENDINGS = (".en.md", ".md")
TEXTS = ("chỉ gồm tệp .md", "only .md files")
LIST_ENDINGS = (".yaml",)
LISTS = ("chỉ gồm tệp .yaml", "only .yaml files")
REPLIES = ("chỉ gồm thư mục mang tên sáng kiến", "only folders named after exhibits")
INITIATIVES = ("chỉ gồm tệp .md và thư mục ảnh cùng tên", "only .md files and picture folders")
PICTURES = (f"chỉ gồm tệp {', '.join(SCAN_ENDINGS)}", f"only files that end in {', '.join(SCAN_ENDINGS)}")


@dataclass
class RawContent:
    """Everything in a content folder, sorted by name. Documents that are as they were may be outlines."""

    folder: Path
    outlines: Outlines = field(default=NOTHING_KNOWN, repr=False, compare=False)
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
    pictures: list[Path] = field(default_factory=list)  # in those folders; unread
    misnamed: list[Path] = field(default_factory=list)  # in initiatives/, left unread for what the file is called
    problems: list[Problem] = field(default_factory=list)

    @property
    def documents(self) -> list[RawDocument]:
        """Every document, of whatever kind."""
        exhibits = (*self.initiatives, *self.english, *self.replies, *self.replies_english)
        return [*exhibits, *self.common_documents]

    @property
    def common_documents(self) -> list[RawDocument]:
        """Those that belong to no exhibit."""
        walks, pages = (*self.collections, *self.collections_english), (*self.pages, *self.pages_english)
        return [*walks, *pages, *self.vocabularies, *((self.retired,) if self.retired else ())]

    @property
    def misnamed_slugs(self) -> set[str]:
        """What those files were probably to be called."""
        return {make_slug(path.name.partition(".")[0]) for path in self.misnamed}

    @property
    def numbers_are_known(self) -> bool:
        """False when an initiative's file could not be read: what refers to its number is then not called wrong."""
        return not self.misnamed and all(document.values is not None for document in self.initiatives)


def read_content(content: Path, outlines: Outlines = NOTHING_KNOWN) -> RawContent:
    """Read every file of a content folder; missing sub-folders are empty. Of what is known, outlines are enough."""
    raw = RawContent(content, outlines)
    entries = list_folder(content, content.name, raw.problems)
    for entry in entries:
        if entry.path.name not in KNOWN_ENTRIES:
            kinds = ", ".join(sorted(KNOWN_ENTRIES))
            _refuse(entry, raw, (f"chỉ gồm: {kinds}", f"only: {kinds}"))
        elif entry.path.name == "retired.yaml":
            raw.retired = read_list(entry.path, content, outlines)
    for entry in _entries("initiatives", raw):
        _read_initiative_entry(entry, raw)
    for entry in _entries("replies", raw):
        if _is_folder_in_its_place(entry, raw, REPLIES):
            for reply in list_folder(entry.path, show_path(entry.path, content), raw.problems):
                _read_text(reply, raw, raw.replies, raw.replies_english)
    for entry in _entries("vocabularies", raw):
        if entry.path.suffix == ".yaml":
            raw.vocabularies.append(read_list(entry.path, content, outlines))
        else:
            _refuse(entry, raw, LISTS, LIST_ENDINGS)
    for entry in _entries("collections", raw):
        _read_text(entry, raw, raw.collections, raw.collections_english)
    for entry in _entries("pages", raw):
        if _is_text(entry, raw):
            pages = raw.pages_english if entry.path.name.endswith(".en.md") else raw.pages
            pages.append(read_page(entry.path, content, outlines))
    return raw


def _entries(name: str, raw: RawContent) -> list[Entry]:
    if raw.folder.is_symlink():  # complained of
        return []
    return list_folder(raw.folder / name, f"{raw.folder.name}/{name}", raw.problems)


def _read_initiative_entry(entry: Entry, raw: RawContent) -> None:
    path = entry.path
    if path.suffix == ".md":
        if not _name_is_good(entry, raw):
            raw.misnamed.append(path)
            return
        target = raw.english if path.name.endswith(".en.md") else raw.initiatives
        target.append(read_document(path, raw.folder, raw.outlines))
    elif not entry.is_folder:
        _refuse(entry, raw, INITIATIVES, TEXT_ENDINGS)
        raw.misnamed.append(path)
    elif _name_is_good(entry, raw):
        raw.picture_folders.append(path)
        for picture in list_folder(path, show_path(path, raw.folder), raw.problems):
            if picture.path.suffix not in SCAN_ENDINGS:
                _refuse(picture, raw, PICTURES, SCAN_ENDINGS)
            elif not picture.is_file:
                complain_kind(raw.problems, show_path(picture.path, raw.folder), picture.mode)
            elif _name_is_good(picture, raw):
                raw.pictures.append(picture.path)


def _read_text(entry: Entry, raw: RawContent, texts: list[RawDocument], english: list[RawDocument]) -> None:
    """A file with front matter, or the bare text of its translation."""
    if not _is_text(entry, raw):
        return
    if entry.path.name.endswith(".en.md"):
        english.append(read_body(entry.path, raw.folder, raw.outlines))
    else:
        texts.append(read_document(entry.path, raw.folder, raw.outlines))


def _is_text(entry: Entry, raw: RawContent) -> bool:
    if entry.path.suffix != ".md":
        _refuse(entry, raw, TEXTS, TEXT_ENDINGS)
        return False
    return _name_is_good(entry, raw)


def _is_folder_in_its_place(entry: Entry, raw: RawContent, kinds: tuple[str, str]) -> bool:
    """A folder where folders may be; else it is refused: a file for its ending, a link or a pipe for what it is."""
    if entry.is_folder:
        return True
    _refuse(entry, raw, kinds)
    return False


def _refuse(entry: Entry, raw: RawContent, kinds: tuple[str, str], endings: Sequence[str] = ()) -> None:
    """Complain of what has no place here; of a file that has one but for its ending's capitals, of its name."""
    shown, name = show_path(entry.path, raw.folder), entry.path.name
    if not entry.is_file and not entry.is_folder:
        complain_kind(raw.problems, shown, entry.mode)
    elif entry.is_file and entry.path.suffix.lower() in endings:
        _name_is_good(entry, raw)
    else:
        better = mend_file_name(name, endings) if entry.is_file else ""
        raw.problems.append(
            make_problem(
                shown, 1, "", "unexpected-file", value=name, allowed_kinds=kinds[0], allowed_kinds_en=kinds[1],
                suggestion="" if better in entry.taken else better,
            )
        )  # fmt: skip


def _name_is_good(entry: Entry, raw: RawContent) -> bool:
    """True if the name can stand in an address and on every disk; else it is complained of."""
    path, name = entry.path, entry.path.name
    length = len(next((one for one in TEXT_ENDINGS if name.lower().endswith(one)), path.suffix))
    stem = name[: len(name) - length] or name
    ending = name[len(stem) :]
    if entry.twin:
        return _complain_name(entry, raw, "twin-name", value=name, other=entry.twin)
    if not SLUG_PATTERN.fullmatch(stem) or ending != ending.lower():
        better = mend_file_name(name, (ending.lower(),)) or f"sang-kien{ending.lower()}"
        suggestion = "" if better in entry.taken else better
        return _complain_name(entry, raw, "bad-file-name", value=name, suggestion=suggestion)
    if len(stem) > LONGEST_SLUG:
        return _complain_name(entry, raw, "name-too-long", value=name, length=len(stem), limit=LONGEST_SLUG)
    if stem in DEVICES_OF_WINDOWS:
        return _complain_name(entry, raw, "name-of-device", value=name)
    if stem in RESERVED_SLUGS and path.suffix in (".md", ""):
        return _complain_name(entry, raw, "reserved-slug", value=stem)
    return True


def _complain_name(entry: Entry, raw: RawContent, code: str, **values: str | int) -> Literal[False]:
    raw.problems.append(make_problem(show_path(entry.path, raw.folder), 1, "", code, warning=False, **values))
    return False
