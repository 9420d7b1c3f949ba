"""What is dear to make is made ahead, in processes, into the cache: pictures and share cards.

In: files that know whether the cache has them. Out: nothing; whoever writes them then finds them there. Without a cache
that can be written each is made when it is written, by one process.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from expo.shares import count_shares, run_shares


class Dear(Protocol):
    """A file that is made when its bytes are asked for, and then kept."""

    @property
    def is_kept(self) -> bool:
        """Whether nothing would have to be made. True where nothing could be kept."""

    @property
    def content(self) -> bytes:
        """Its bytes."""


def make_ahead(files: Iterable[Dear], least: int, jobs: int) -> int:
    """Make what the cache has not, each process at least so many. Returns how many bytes were made."""
    missing = [file for file in files if not file.is_kept]
    shares = count_shares(len(missing), least, jobs)
    return sum(run_shares(missing, lambda share: sum(len(file.content) for file in share), shares))
