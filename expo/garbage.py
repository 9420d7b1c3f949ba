"""When Python looks for values that lead back to themselves: not while many are made of which none does.

In and out: nothing; around work. To look through hundreds of thousands of records finds none, and takes long.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Around work on many small values; afterwards all is as it was before."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
