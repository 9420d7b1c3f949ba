"""What is dear to make is made ahead, in processes: pictures and cards into the cache, cloths and codes on shelves.

In: files that know whether the cache has them, or a shelf and what is wanted of it. Out: nothing; whoever asks then
finds it there. Without a cache that can be written each file is made when it is written, by one process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Protocol

from expo.cache import Shelf
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


def fill_shelf(shelf: Shelf, keys: Iterable[str], make: Callable[[str], Any], least: int, jobs: int) -> None:
    """Make what a shelf has not, each process at least so many; all that is wanted stays there for the next build.

    Ahead of the pages: those are rendered in processes, which could not remember what they made.
    """
    wanted = list(keys)
    unknown = [key for key in wanted if not shelf.knows(key)]
    shares = count_shares(len(unknown), least, jobs)
    for made in run_shares(unknown, lambda share: {key: make(key) for key in share}, shares):
        for key in made:
            shelf.get(key, partial(made.get, key))
    for key in wanted:  # also where no page is rendered that shows it
        shelf.get(key, partial(make, key))
