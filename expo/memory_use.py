"""What a process keeps of memory: when Python looks for garbage, and what goes back to the system.

In and out: nothing; before or around work. Only GNU's C library has the two knobs; elsewhere nothing happens.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of malloc.h
LARGE = 256 * 1024  # bytes


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Around work on many small values of which none leads back to itself: to look for such takes long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def give_back_large_blocks() -> None:
    """From now on what was large goes back as soon as it is free.

    Left alone, the library takes larger and larger blocks for usual ones, and keeps them: mallopt(3).
    """
    if mallopt := _find("mallopt"):
        mallopt(MMAP_THRESHOLD, LARGE)


def give_back_free_memory() -> None:
    """Now, of all sizes: before processes are forked, of which each would begin with it (malloc_trim(3))."""
    if malloc_trim := _find("malloc_trim"):
        malloc_trim(0)


def _find(name: str) -> ctypes._NamedFuncPointer | None:
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
