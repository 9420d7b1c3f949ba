"""What people see of a build at work: a bar on a terminal, and with --profile where the time went.

In: what expo.progress tells. Out: on stderr. Seconds are those of the clock on the wall, a room's without the rooms
inside it; a file's are those of the process that made it, so that together they may be more than the build took.
"""

from __future__ import annotations

import heapq
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from expo.cli.sentences import say
from expo.config import Config
from expo.progress import listening

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

MOST_FILES = 10
DRAW_EVERY = 0.1  # seconds
OTHER = "other"  # what lies in no room: settings, reports


class Profile:
    """Seconds by room, in the order in which rooms were first entered, and the slowest files."""

    def __init__(self) -> None:
        self.rooms: dict[str, float] = {}
        self.slowest: list[tuple[float, str]] = []
        self._open = [OTHER]
        self._since = time.perf_counter()

    def enter(self, room: str, count: int) -> None:
        """The room around it stands still meanwhile."""
        self._settle()
        self._open.append(room)
        self.rooms.setdefault(room, 0.0)

    def leave(self, room: str) -> None:
        """Back to the room around it."""
        self._settle()
        self._open.pop()

    def made(self, name: str, seconds: float, elsewhere: bool) -> None:
        """Keep it if it is among the slowest."""
        keep = heapq.heappush if len(self.slowest) < MOST_FILES else heapq.heappushpop
        keep(self.slowest, (seconds, name))

    def lines(self, lang: str) -> list[str]:
        """The report."""
        self._settle()
        whole = sum(self.rooms.values()) or 1.0
        lines = [say("profile-rooms", lang, seconds=f"{whole:.2f}")]
        for room, seconds in sorted(self.rooms.items(), key=lambda row: -row[1]):
            lines.append(f"{seconds:9.2f} {seconds / whole:6.1%}  {say(f'room-{room}', lang)}")
        if self.slowest:
            lines.append(say("profile-files", lang))
            lines += [f"{seconds:9.3f}  {name}" for seconds, name in sorted(self.slowest, reverse=True)]
        return lines

    def _settle(self) -> None:
        now = time.perf_counter()
        self.rooms[self._open[-1]] = self.rooms.get(self._open[-1], 0.0) + now - self._since
        self._since = now


class Bar:
    """The room that is being worked in, and how many of its files are made."""

    def __init__(self, progress: Progress, lang: str) -> None:
        self._progress, self._lang = progress, lang
        self._open: list[TaskID] = []
        self._drawn = 0.0

    def enter(self, room: str, count: int) -> None:
        """A bar of its own; one without an end where nobody knows how many files there will be."""
        if self._open:
            self._progress.update(self._open[-1], visible=False)
        self._open.append(self._progress.add_task(say(f"room-{room}", self._lang), total=count or None))
        self._progress.refresh()

    def leave(self, room: str) -> None:
        """Gone, and the one of the room around it is back."""
        self._progress.remove_task(self._open.pop())
        if self._open:
            self._progress.update(self._open[-1], visible=True)

    def made(self, name: str, seconds: float, elsewhere: bool) -> None:
        """Counts what this process makes, by which the others' pace is judged."""
        if self._open and not elsewhere:
            self._progress.advance(self._open[-1])
            if time.perf_counter() - self._drawn > DRAW_EVERY:
                self._drawn = time.perf_counter()
                self._progress.refresh()


@contextmanager
def following(config: Config, profile: Profile | None) -> Iterator[None]:
    """Around a build: shows the bar where somebody looks on, and lets the profile listen."""
    listeners: list[Profile | Bar] = [profile] if profile else []
    if config.quiet or not sys.stderr.isatty():
        with listening(*listeners):
            yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with (
        # Drawn by us: a thread that draws must not be there when processes are forked.
        Progress(*columns, console=console, transient=True, auto_refresh=False) as progress,
        listening(*listeners, Bar(progress, config.lang)),
    ):
        yield
