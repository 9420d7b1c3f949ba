"""What files of the last trees held when they were written: what has not been touched since need not be read again.

In: the cache, the output's place. Out: the SHA-256 of a file by device, inode, size and both of its times, of which the
second (ctime) no program can set back. They are noted from the open file as it is written, so that whatever happens to
it afterwards shows; moving a tree changes none of them. Nothing is known on Windows, where the second time is another.
Losing the note costs time only.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Mapping

from expo.cache import Cache, name_by_place
from expo.config import Config

KIND = "seen"
PLAIN_VALUES = 4  # version of marshal

Stamp = tuple[int, int, int, int, int]


def stamp_of(status: os.stat_result) -> Stamp:
    """What tells a file apart from another, and from itself at another time."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


class Seen:
    """Files of the last two trees of an output: of the published one, and of the one that was there before."""

    def __init__(self, config: Config | None = None) -> None:
        self._cache = Cache(config.cache) if config and os.name == "posix" else None
        self._name = name_by_place(KIND, config.output) if config else ""
        kept = self._cache.read(self._name) if self._cache else None
        self._now: dict[Stamp, bytes] = {}
        self._before: dict[Stamp, bytes] = {}
        if kept:
            self._now, self._before = marshal.loads(kept)

    def find(self, place: str) -> tuple[Stamp, str] | None:
        """The stamp and the SHA-256 of a file that is as it was written. None where it is not, or is not known."""
        if not self._now:
            return None
        try:
            stamp = stamp_of(os.lstat(place))
        except OSError:
            return None
        digest = self._now.get(stamp) or self._before.get(stamp)
        return (stamp, digest.hex()) if digest else None

    def keep(self, tree: Mapping[Stamp, str]) -> None:
        """Remember the files of a tree that is published now."""
        if self._cache:
            now = {stamp: bytes.fromhex(digest) for stamp, digest in tree.items()}
            self._cache.keep(self._name, marshal.dumps((now, self._now), PLAIN_VALUES))
