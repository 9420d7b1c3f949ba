"""Work split over processes by share, joined by one barrier; the answers come in the order of the shares.

In: items and a function of a list of items. Out: its answers. Processes are forked, so that they begin with everything
the parent knows and only answers are pickled; where fork is missing or unsafe (Windows, macOS) one process does it all.
An error in a share is raised here with the share's own traceback; nothing is left running after one or after Ctrl-C.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"  # Apple's frameworks do not survive a fork


class ShareFailed(Exception):
    """A process failed; the message is its traceback."""


@dataclass(frozen=True)
class _Child:
    process: int
    answer: int  # file descriptor to read the answer from


def count_shares(items: int, least: int, jobs: int) -> int:
    """How many processes are worth starting when each should have at least so many items."""
    return max(1, min(jobs, items // least))


def run_shares(items: Sequence[Item], work: Callable[[Sequence[Item]], Answer], shares: int) -> list[Answer]:
    """`work` on every share. Neighbours go to different shares, as they tend to cost the same."""
    if shares < 2 or not CAN_FORK:
        return [work(items)]
    gc.freeze()  # a collection in a process would touch, and so copy, all that it shares with its parent
    children = [_start(items[first::shares], work) for first in range(1, shares)]
    try:
        answers = [work(items[::shares])]
        while children:
            answers.append(_collect(children.pop(0)))
    finally:
        for child in children:
            os.kill(child.process, signal.SIGKILL)
            os.close(child.answer)
            os.waitpid(child.process, 0)
    return answers


def _start(share: Sequence[Item], work: Callable[[Sequence[Item]], Answer]) -> _Child:
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return _Child(process, reader)
    code = 1
    try:  # nothing of the parent's must run here: not its cleaning up, not its handlers at exit
        os.close(reader)
        try:
            answer = pickle.dumps((True, work(share)))
            code = 0
        except BaseException:
            answer = pickle.dumps((False, traceback.format_exc()))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(code)


def _collect(child: _Child) -> Answer:  # type: ignore[type-var]  # what `work` answered, as pickle gives it back
    with os.fdopen(child.answer, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child.process, 0)
    if not data:
        raise ShareFailed(f"process {child.process} ended without an answer")
    good, answer = pickle.loads(data)
    if not good:
        raise ShareFailed(str(answer))
    return answer  # type: ignore[no-any-return]
