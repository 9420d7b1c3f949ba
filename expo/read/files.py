"""What lies in a folder, and the bytes of one file: by lstat, never following a link, never waiting for a pipe.

In: paths. Out: Entry values sorted by name, without what systems and editors leave about; bytes of regular files up to
a bound. Hidden files are refused here, as no place wants them; what else may lie where is content.py's.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import translate
from pathlib import Path
from typing import Any
from unicodedata import normalize

from expo.problems import Problem, make_problem
from expo.text import make_slug

NOT_FOLLOWED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # a named pipe would wait for ever
AS_IT_IS = getattr(os, "O_BINARY", 0)  # Windows would change line ends
# What a file is, asked in this order; in words, Vietnamese and English, for messages.
KINDS = (
    (stat.S_ISREG, ("tệp thường", "a regular file")),
    (stat.S_ISDIR, ("một thư mục", "a folder")),
    (stat.S_ISLNK, ("một liên kết (symbolic link)", "a symbolic link")),
    (stat.S_ISFIFO, ("một ống dẫn (named pipe)", "a named pipe")),
    (stat.S_ISSOCK, ("một socket", "a socket")),
)
DEVICE = ("một thiết bị", "a device")
# Left by systems, editors and Git, and nobody's mistake: passed over, never opened.
LEFT_ABOUT = (
    ".DS_Store", ".localized", "._*", "Thumbs.db", "desktop.ini", ".directory", ".Trash-*", ".nfs*", ".fuse_hidden*",
    ".gitkeep", ".keep", ".gitignore", ".gitattributes", ".git", ".editorconfig", ".vscode", ".idea", ".obsidian",
    ".*.sw?", ".#*", ".~lock.*#",
)  # fmt: skip
LEFT_ABOUT_NAME = re.compile("|".join(map(translate, LEFT_ABOUT)))


class NotReadable(OSError):
    """A file whose bytes are not given. `given`: what the class was called with, so that it can be sent."""

    def __init__(self, message: str, *given: object) -> None:
        super().__init__(message)
        self._given = given

    def __reduce__(self) -> tuple[Any, ...]:
        """As it was made: an OSError takes its message for all that it was given (and shares.py sends errors)."""
        return type(self), self._given


class NotRegular(NotReadable):
    """There is something, but no regular file. `kind` says what, Vietnamese and English."""

    def __init__(self, path: Path, mode: int) -> None:
        super().__init__(f"not a regular file: {path}", path, mode)
        self.kind = words_of(mode)


class FileTooLarge(NotReadable):
    """More bytes than are read."""

    def __init__(self, path: Path, size: int) -> None:
        super().__init__(f"{size} bytes: {path}", path, size)
        self.size = size


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a folder, and what it is."""

    path: Path
    mode: int
    twin: str = ""  # a name beside it that some disks take for the same
    taken: frozenset[str] = frozenset()  # names that cannot be suggested, as they are there

    @property
    def is_file(self) -> bool:
        """A regular file, and no link to one."""
        return stat.S_ISREG(self.mode)

    @property
    def is_folder(self) -> bool:
        """A folder, and no link to one."""
        return stat.S_ISDIR(self.mode)


def words_of(mode: int) -> tuple[str, str]:
    """What a file is, in Vietnamese and English."""
    return next((words for is_kind, words in KINDS if is_kind(mode)), DEVICE)


def read_regular_file(path: Path, limit: int) -> bytes:
    """The whole of a regular file. Raises NotRegular, FileTooLarge beyond `limit` bytes, or OSError."""
    if not NOT_FOLLOWED:  # then a link would be, and a pipe waited for
        _refuse_strange(path)
    try:
        opened = os.open(path, os.O_RDONLY | NOT_FOLLOWED | AS_IT_IS)
    except OSError:
        _refuse_strange(path)
        raise
    try:
        status = os.fstat(opened)  # of what was opened, whatever the name leads to by now
        if not stat.S_ISREG(status.st_mode):
            raise NotRegular(path, status.st_mode)
        if status.st_size > limit:
            raise FileTooLarge(path, status.st_size)
        data = os.read(opened, status.st_size + 1)
        if len(data) != status.st_size:  # some systems' files have no size
            with os.fdopen(opened, "rb", closefd=False) as file:
                data += file.read(limit + 1 - len(data))
    finally:
        os.close(opened)
    if len(data) > limit:
        raise FileTooLarge(path, len(data))
    return data


def _refuse_strange(path: Path) -> None:
    if not stat.S_ISREG(mode := path.lstat().st_mode):
        raise NotRegular(path, mode)


def list_folder(folder: Path, shown: str, problems: list[Problem]) -> list[Entry]:
    """What lies there, sorted by name; a folder that is not there is empty. What is wrong goes to `problems`."""
    try:
        mode = folder.lstat().st_mode
        if not stat.S_ISDIR(mode):
            kind, kind_en = words_of(mode)
            problems.append(make_problem(shown, 1, "", "not-a-folder", value=folder.name, kind=kind, kind_en=kind_en))
            return []
        with os.scandir(folder) as scanned:
            modes = {entry.name: _mode_of(entry) for entry in scanned}
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(make_problem(shown, 1, "", "unreadable", detail=error.strerror))
        return []
    names = sorted(name for name in modes if not LEFT_ABOUT_NAME.match(name))
    problems += [
        make_problem(
            f"{shown}/{name}", 1, "", "hidden-file", value=name,
            suggestion=better if (better := name.lstrip(".")) and better not in modes else "",
        )
        for name in names
        if name.startswith(".")
    ]  # fmt: skip
    names = [name for name in names if not name.startswith(".")]
    twins, taken = _find_twins(names), frozenset(modes)
    return [Entry(folder / name, modes[name], twins.get(name, ""), taken) for name in names]


def _mode_of(entry: os.DirEntry[str]) -> int:
    """What it is. Most are regular files, which the system tells of all in a folder at once."""
    return stat.S_IFREG if entry.is_file(follow_symlinks=False) else entry.stat(follow_symlinks=False).st_mode


def _find_twins(names: Iterable[str]) -> dict[str, str]:
    """Names that differ from another only in capitals or in how marks are coded, each with that other one.

    Windows and macOS hold one file for both. A name that is already as it should be is nobody's twin.
    """
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(normalize("NFC", normalize("NFC", name).casefold()), []).append(name)
    twins: dict[str, str] = {}
    for group in alike.values():
        if len(group) == 1:
            continue
        kept = next((name for name in group if make_slug(name.partition(".")[0]) == name.partition(".")[0]), group[0])
        twins |= {name: kept for name in group if name != kept}
    return twins
