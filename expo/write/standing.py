"""What the last build left in its output, and whether it still stands there as it was left.

In: the cache, the output, a key of all that the build was made of. Out: what was noted of that build, or None if the
key is another or anyone has touched the tree since: every file is looked at by name, size and both of its times, of
which the second (ctime) no program can set back. Losing the note costs time only.
"""

from __future__ import annotations

import hashlib
import json
import os
from operator import attrgetter
from pathlib import Path
from typing import Any

from expo.cache import Cache, name_by_place

KIND = "standing"

_name_of = attrgetter("name")


def note_standing(cache: Path, output: Path, key: str, told: dict[str, Any]) -> None:
    """Remember a build that has just ended; without a key there is nothing to know it by."""
    if key:
        row = {"key": key, "tree": _look_at(output), "told": told}
        Cache(cache).keep(name_by_place(KIND, output, ".json"), json.dumps(row, sort_keys=True).encode())


def find_standing(cache: Path, output: Path, key: str) -> dict[str, Any] | None:
    """What was told of the last build, if it had this key and its tree is whole."""
    kept = Cache(cache).read(name_by_place(KIND, output, ".json")) if key else None
    row = json.loads(kept) if kept else {}
    try:
        if row.get("key") != key or row.get("tree") != _look_at(output):
            return None
    except OSError:  # it is gone, or may not be looked at
        return None
    return dict(row["told"])


def _look_at(output: Path) -> str:
    """A hash of names, sizes and times of all that lies in a folder."""
    found = hashlib.sha256()
    folders = [str(output)]
    while folders:
        folder = folders.pop()
        rows = [folder]
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=_name_of):
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                    continue
                status = entry.stat(follow_symlinks=False)
                rows.append(f"{entry.name}/{status.st_mode} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}")
        found.update("\0".join(rows).encode("utf-8", "surrogateescape") + b"\0\0")
    return found.hexdigest()
