"""What the last build left in its output, and whether it still stands there as it was left.

In: the cache, the output, a key of all that the build was made of. Out: what was noted of that build, or None if the
key is another or anyone has touched the tree since: every file is looked at by name, size and both of its times, of
which the second (ctime) no program can set back. Losing the note costs time only.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from expo.cache import Cache


def note_standing(cache: Path, output: Path, key: str, told: dict[str, Any]) -> None:
    """Remember a build that has just ended; without a key there is nothing to know it by."""
    if key:
        row = {"key": key, "tree": _look_at(output), "told": told}
        Cache(cache).keep(_name(output), json.dumps(row, sort_keys=True).encode())


def find_standing(cache: Path, output: Path, key: str) -> dict[str, Any] | None:
    """What was told of the last build, if it had this key and its tree is whole."""
    kept = Cache(cache).read(_name(output)) if key else None
    row = json.loads(kept) if kept else {}
    if row.get("key") != key or row.get("tree") != _look_at(output):
        return None
    return dict(row["told"])


def _look_at(output: Path) -> str:
    """A hash of names, sizes and times."""
    found = hashlib.sha256()
    for place, folders, names in os.walk(output):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(place, name)  # noqa: PTH118 - ten thousands of them
            status = os.lstat(path)
            row = (path, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            found.update(repr(row).encode("utf-8", "surrogateescape"))
        found.update(repr((place, folders)).encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _name(output: Path) -> str:
    return f"standing-{hashlib.sha256(str(output).encode()).hexdigest()[:12]}.json"
