"""Say whether a pull request may be built, and lay out its content for the code of the base branch to build.

In: a repository with both commits, `--base` and `--head` (of a merge commit: its first parent and itself), `--fork
true|false`, `--export DIR`. Out: 0 it may, 1 it may not (every reason by file, on stdout), 2 the commits can't be
compared. Standard library and Git only, run from a checkout of the base: nothing of the pull request is executed, and
its files are read as objects, so none of its attributes, links or filters has a say.

A fork may change content/ or anything else, but not both: what strangers write is read by code that was reviewed
before. Whoever can push to the repository may change both. Content has plain files only, for everybody.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

CONTENT = "content/"
PLAIN_FILE = "100644"
ODD_MODES = {"120000": "link", "160000": "submodule"}  # any other than a plain file's: executable
# Hidden names that systems and people who use Git leave about, and nobody obeys; of expo/read/files.py's list, which also
# has some that Git and editors do obey. A copy, as this runs without the project.
LEFT_BY_SYSTEMS = (".DS_Store", ".localized", "._*", ".directory", ".gitkeep", ".keep")
MOST_BYTES = 256 * 1024 * 1024  # of all content, far more than an exhibition has

SENTENCES = {
    "mixed": (
        "Yêu cầu gộp này sửa cả content/ lẫn phần khác của dự án. Bài của người ngoài được dựng bằng mã đã có sẵn, nên hãy tách làm hai yêu cầu gộp: một chỉ sửa content/, một cho phần còn lại. Phần khác:",
        "This pull request changes content/ and other parts of the project. What comes from a fork is built by the code that is there already, so make two pull requests: one of content/ alone, one of the rest. Other parts:",
    ),
    "link": (
        "{path}: là liên kết (symlink); đặt chính tệp vào đây.",
        "{path}: is a symbolic link; put the file itself here.",
    ),
    "submodule": (
        "{path}: là một kho khác (submodule); đặt chính các tệp vào đây.",
        "{path}: is another repository (submodule); put the files themselves here.",
    ),
    "executable": (
        "{path}: được đánh dấu là chạy được; bỏ dấu ấy bằng: git update-index --chmod=-x {path}",
        "{path}: is marked as executable; take that away: git update-index --chmod=-x {path}",
    ),
    "hidden": (
        "{path}: tên bắt đầu bằng dấu chấm (.gitattributes, .gitmodules…) không có chỗ trong content/; xóa tệp này.",
        "{path}: names that begin with a dot (.gitattributes, .gitmodules…) have no place in content/; remove this file.",
    ),
    "odd": (
        "{path}: tên có dấu \\, hai dấu / liền nhau hay ký tự không in được; đặt tên bằng chữ thường a-z, số và gạch nối.",
        "{path}: the name has a backslash, a double slash or a sign that can't be printed; use a-z, digits and hyphens.",
    ),
    "large": (
        "content/ lớn hơn {most} MB; bỏ bớt tệp hay thu nhỏ ảnh.",
        "content/ is larger than {most} MB; remove files or make pictures smaller.",
    ),
    "good": (
        "Được dựng: {content} tệp trong content/ và {other} tệp khác thay đổi.",
        "May be built: {content} files in content/ and {other} others change.",
    ),
    "failed": ("Không so được hai phiên bản: {detail}", "The two versions can't be compared: {detail}"),
}


class GitFailed(Exception):
    """Git did not answer; the message is what it said."""


@dataclass(frozen=True)
class Change:
    """One path that differs, new, gone or changed."""

    path: str

    @property
    def is_content(self) -> bool:
        """Below content/, spelled just so: `Content/` or a file `content` is something else."""
        return self.path.startswith(CONTENT)


@dataclass(frozen=True)
class Entry:
    """One file of a commit."""

    path: str
    mode: str
    size: int
    name: str  # of its object


def run_git(repository: Path, *arguments: str) -> bytes:
    """What Git answers. Only commands that read objects: they ask no attributes, filters or hooks. Raises GitFailed."""
    command = ["git", "--no-replace-objects", "-C", str(repository), *arguments]
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment)
    if done.returncode:
        raise GitFailed(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


def list_changes(repository: Path, base: str, head: str) -> list[Change]:
    """Every path that differs between two commits; a renamed file is one that went and one that came."""
    told = run_git(repository, "diff-tree", "-r", "--raw", "-z", "--no-renames", "--end-of-options", base, head)
    fields = [field.decode("utf-8", "surrogateescape") for field in told.split(b"\0")[:-1]]
    return [Change(path) for path in fields[1::2]]  # each behind a row of modes and objects


def list_content(repository: Path, head: str) -> list[Entry]:
    """Every file below content/ of a commit."""
    told = run_git(repository, "ls-tree", "-r", "-l", "-z", "--full-tree", head, CONTENT)
    found = []
    for line in told.split(b"\0")[:-1]:
        row, _, path = line.partition(b"\t")
        mode, _, name, size = row.decode("ascii").split()
        found.append(Entry(path.decode("utf-8", "surrogateescape"), mode, int(size) if size != "-" else 0, name))
    return found


def show_path(path: str) -> str:
    """A name that a stranger gave, on one line and without what a terminal or a log would obey."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in path)


def find_reasons(changes: Sequence[Change], entries: Sequence[Entry], from_fork: bool, lang: str) -> Iterator[str]:
    """Why it may not be built, a line each; none if it may."""
    number = 0 if lang == "vi" else 1
    others = [change for change in changes if not change.is_content]
    if from_fork and others and len(others) < len(changes):
        yield SENTENCES["mixed"][number]
        yield from (f"  {show_path(change.path)}" for change in others)
    for entry in entries:
        kind = find_oddity(entry)
        if kind:
            yield SENTENCES[kind][number].format(path=show_path(entry.path))
    if sum(entry.size for entry in entries) > MOST_BYTES:
        yield SENTENCES["large"][number].format(most=MOST_BYTES // 1024 // 1024)


def find_oddity(entry: Entry) -> str:
    """Why a file of content is none that can be laid out; "" if it can. A crafted tree may hold any name at all."""
    parts = entry.path.split("/")
    if "" in parts or "\\" in entry.path or not entry.path.isprintable():
        return "odd"
    is_left = any(fnmatchcase(parts[-1], name) for name in LEFT_BY_SYSTEMS)
    if any(part.startswith(".") for part in (parts[:-1] if is_left else parts)):
        return "hidden"
    return "" if entry.mode == PLAIN_FILE else ODD_MODES.get(entry.mode, "executable")


def export_content(repository: Path, entries: Sequence[Entry], target: Path) -> None:
    """Write the files as they lie in Git, byte for byte, into a folder that is not there yet. Raises FileExistsError."""
    target.mkdir(parents=True)
    for entry in entries:
        path = target / entry.path.removeprefix(CONTENT)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(run_git(repository, "cat-file", "blob", entry.name))


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, say what is wrong, lay out. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repository", type=Path, default=Path())
    parser.add_argument("--base", default="HEAD^1")
    parser.add_argument("--head", default="HEAD")
    parser.add_argument("--fork", choices=["true", "false"], default="true")
    parser.add_argument("--export", type=Path, default=None, metavar="DIR")
    parser.add_argument("--lang", choices=["vi", "en"], default="vi")
    options = parser.parse_args(arguments)
    number = 0 if options.lang == "vi" else 1
    try:
        changes = list_changes(options.repository, options.base, options.head)
        entries = list_content(options.repository, options.head)
        reasons = list(find_reasons(changes, entries, options.fork == "true", options.lang))
        if not reasons and options.export:
            export_content(options.repository, entries, options.export)
    except (GitFailed, OSError) as error:
        print(SENTENCES["failed"][number].format(detail=show_path(str(error))), file=sys.stderr)
        return 2
    if reasons:
        print("\n".join(reasons))
        return 1
    content = sum(change.is_content for change in changes)
    print(SENTENCES["good"][number].format(content=content, other=len(changes) - content))
    return 0


if __name__ == "__main__":
    sys.exit(main())
