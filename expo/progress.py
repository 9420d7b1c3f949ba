"""What a build tells of itself while it works: the rooms that it goes through, and each file as it is made.

In: `room(…)` and `making(…)` around work. Out: calls of whoever listens (`build --profile`, the bar on a terminal).
Nobody need listen, and then it costs next to nothing. What a process of shares.py makes is told in the parent when
the share is done.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Listener(Protocol):
    """Whoever wants to know. Rooms may lie within each other."""

    def enter(self, room: str, count: int) -> None:
        """Work of one kind begins; `count` files will be made by this process, 0 where that is not known."""

    def leave(self, room: str) -> None:
        """It is done, or has failed."""

    def made(self, name: str, seconds: float, elsewhere: bool) -> None:
        """A file was made (its address or path); `elsewhere`: in another process."""


_listeners: list[Listener] = []


@contextmanager
def listening(*listeners: Listener) -> Iterator[None]:
    """They hear all that happens inside."""
    _listeners.extend(listeners)
    try:
        yield
    finally:
        for listener in listeners:
            _listeners.remove(listener)


@contextmanager
def room(name: str, count: int = 0) -> Iterator[None]:
    """Around work of one kind."""
    for listener in _listeners:
        listener.enter(name, count)
    try:
        yield
    finally:
        for listener in reversed(_listeners):
            listener.leave(name)


@contextmanager
def making(name: str) -> Iterator[None]:
    """Around the work on one file."""
    started = time.perf_counter()
    yield
    seconds = time.perf_counter() - started
    for listener in _listeners:
        listener.made(name, seconds, elsewhere=False)


class Notebook:
    """Listens in a process of its own, for those who listen in its parent."""

    def __init__(self) -> None:
        self.files: list[tuple[str, float]] = []

    def enter(self, room: str, count: int) -> None:
        """Rooms are the parent's."""

    def leave(self, room: str) -> None:
        """Rooms are the parent's."""

    def made(self, name: str, seconds: float, elsewhere: bool) -> None:
        """Note it."""
        self.files.append((name, seconds))


def take_notes() -> Notebook | None:
    """In a process that was just forked: nobody of the parent's hears any more. None where nobody did."""
    if not _listeners:
        return None
    notebook = Notebook()
    _listeners[:] = [notebook]
    return notebook


def read_aloud(files: list[tuple[str, float]]) -> None:
    """In the parent: what a notebook holds."""
    for name, seconds in files:
        for listener in _listeners:
            listener.made(name, seconds, elsewhere=True)
