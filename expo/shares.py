"""Work split over processes by share, joined by one barrier; the answers come in the order of the shares.

In: items and a function of a list of items. Out: its answers. Processes are forked, so that they begin with everything
the parent knows and only answers are pickled; where fork is missing or unsafe (Windows, macOS) one process does it all.
An error in a share is raised here with the share's own traceback (one of the system, such as a full disk, as what it
is); nothing is left running after one, after Ctrl-C, or, on Linux, after a kill of the parent.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from expo.memory_use import give_back_free_memory
from expo.progress import read_aloud, take_notes

Item = TypeVar("Item")
Answer = TypeVar("Answer")

CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"  # Apple's frameworks do not survive a fork


LENGTH_SIZE = 8  # bytes before an answer that tell how long it is
DIE_WITH_PARENT = 1  # linux/prctl.h: PR_SET_PDEATHSIG


class ShareFailed(Exception):
    """A process failed; the message is its traceback."""


class ShareLost(Exception):
    """A process ended without an answer: somebody killed it, or the system did, for want of memory."""


@dataclass(frozen=True)
class _Child:
    process: int
    answer: int  # file descriptor to read the answer from


def count_shares(items: int, least: int, jobs: int) -> int:
    """How many processes are worth starting when each should have at least so many items."""
    return max(1, min(jobs, items // least))


def run_shares(
    items: Sequence[Item], work: Callable[[Sequence[Item]], Answer], shares: int, *, apart: bool = False
) -> list[Answer]:
    """`work` on every share. Neighbours go to different shares, as they tend to cost the same.

    The first share is this process's own, unless all are to be done `apart`: what needs much memory leaves holes in
    it that stay, and later processes would each begin with them.
    """
    if shares < 2 or not CAN_FORK:
        return [work(items)]
    give_back_free_memory()
    gc.freeze()  # a collection in a process would touch, and so copy, all that it shares with its parent
    children: list[_Child] = []
    try:
        for first in range(0 if apart else 1, shares):
            _start(items[first::shares], work, children)
        answers = [] if apart else [work(items[::shares])]
        while children:
            answers.append(_unpack(_await_first(children)))
    finally:
        _end(children)
        gc.unfreeze()
    return answers


@contextmanager
def working_beside(work: Callable[[], Answer], jobs: int) -> Iterator[Callable[[], Answer]]:
    """`work` in a process of its own while the block goes on, which calls for its answer in the end.

    With one job, or where no process can be forked, it is done when its answer is called for.
    """
    if jobs < 2 or not CAN_FORK:
        yield work
        return
    gc.freeze()
    children: list[_Child] = []
    try:
        _start((), lambda _: work(), children)
        yield lambda: _unpack(_await_first(children))
    finally:
        _end(children)
        gc.unfreeze()


def _end(children: Sequence[_Child]) -> None:
    with _signals_held():  # a second Ctrl-C waits until nothing is left running
        for child in children:
            os.kill(child.process, signal.SIGKILL)
            _close(child)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Ctrl-C and a polite kill come after the block. In a fork, Python would swallow them: its hooks can't raise."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(share: Sequence[Item], work: Callable[[Sequence[Item]], Answer], children: list[_Child]) -> None:
    """Start a process, which is among `children` before anything can interrupt."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    with _signals_held():
        reader, writer = os.pipe()
        parent = os.getpid()
        process = os.fork()
        if not process:
            if library:
                library.prctl(DIE_WITH_PARENT, signal.SIGKILL)
            if os.getppid() != parent:  # it died in between
                os._exit(0)
            _be_a_process(share, work, reader, writer)
        children.append(_Child(process, reader))
        os.close(writer)


def _be_a_process(
    share: Sequence[Item], work: Callable[[Sequence[Item]], Answer], reader: int, writer: int
) -> NoReturn:
    """Work, answer, end. Nothing of the parent's must run here: not its cleaning up, not its handlers at exit."""
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))
        os.close(reader)
        notebook = take_notes()
        try:
            answer = pickle.dumps((True, work(share), notebook.files if notebook else []))
        except OSError as error:
            answer = pickle.dumps((False, error, []))
        except BaseException:
            answer = pickle.dumps((False, traceback.format_exc(), []))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(len(answer).to_bytes(LENGTH_SIZE, "big"))
            pipe.write(answer)
    finally:
        os._exit(0)


def _await_first(children: list[_Child]) -> bytes:
    """What the first of them answers; it is then no longer among them."""
    with os.fdopen(children[0].answer, "rb", closefd=False) as pipe:
        data = pipe.read()
    _close(children.pop(0))
    return data


def _close(child: _Child) -> None:
    os.close(child.answer)
    os.waitpid(child.process, 0)


def _unpack(data: bytes) -> Answer:  # type: ignore[type-var]  # what `work` answered, as pickle gives it back
    length, content = int.from_bytes(data[:LENGTH_SIZE], "big"), memoryview(data)[LENGTH_SIZE:]  # no copy of much
    if not content or len(content) != length:  # ended before or while it answered
        raise ShareLost
    good, answer, files = pickle.loads(content)
    read_aloud(files)
    if isinstance(answer, OSError) and not good:
        raise answer
    if not good:
        raise ShareFailed(str(answer))
    return answer  # type: ignore[no-any-return]
