"""What the last build left in its output, and whether it still stands there as it was left.

In: the cache, the output, a key of all that the build was made of. Out: what was noted of that build, or None if the
key is another or anyone has touched a file since: each is looked at by name, size and both of its times, of which the
second (ctime) no program can set back. What is noted of a file is what it was when it was written, or found as it
should be: who touches it before the build ends is noticed, too. Losing the note costs time only.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expo.cache import Cache, name_by_place
from expo.write.seen import Stamp

KIND = "standing"


def note_standing(cache: Path, output: Path, key: str, told: dict[str, Any], tree: Mapping[str, Stamp]) -> None:
    """Remember a build that has just ended; without a key there is nothing to know it by.

    `tree`: what is known of every file by its path.
    """
    if key:
        is_known = os.name == "posix"  # an open file has other times on Windows
        rows = [_row(path, *stamp[2:]) for path, stamp in tree.items()] if is_known else _look_at(output)
        row = {"key": key, "tree": _hash_rows(rows), "told": told}
        Cache(cache).keep(name_by_place(KIND, output, ".json"), json.dumps(row, sort_keys=True).encode())


def find_standing(cache: Path, output: Path) -> Standing | None:
    """What was noted of the last build."""
    kept = Cache(cache).read(name_by_place(KIND, output, ".json"))
    if not kept:
        return None
    row = json.loads(kept)
    return Standing(output, row["key"], row["tree"], row["told"])


@dataclass(frozen=True)
class Standing:
    """The last build: the key of all that it was made of, what it left, what was told of it."""

    output: Path
    key: str
    tree: str
    told: dict[str, Any]

    def is_whole(self) -> bool:
        """Whether nobody has touched its files; to look at each takes a while."""
        try:
            return self.tree == _hash_rows(_look_at(self.output))
        except OSError:  # it is gone, or may not be looked at
            return False


def _row(path: str, size: int, written: int, changed: int) -> str:
    return f"{path}/{size} {written} {changed}"


def _look_at(output: Path) -> list[str]:
    """A row for each file that lies in a folder. What is no plain file has a size that none has."""
    found: list[str] = []
    folders = [""]
    while folders:
        inside = folders.pop()
        with os.scandir(f"{output}/{inside}") as entries:
            for entry in entries:
                path = f"{inside}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{path}/")
                    continue
                status = entry.stat(follow_symlinks=False)
                size = status.st_size if stat.S_ISREG(status.st_mode) else -1
                found.append(_row(path, size, status.st_mtime_ns, status.st_ctime_ns))
    return found


def _hash_rows(rows: list[str]) -> str:
    told = "\0".join(sorted(rows))
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()
