"""Work split over processes: the same answers for any number of them, errors told whole, nothing left running.

Real forks and real signals, except where the whole point is a system that has none.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expo import shares
from expo.read.files import FileTooLarge, NotRegular
from expo.shares import CAN_FORK, ShareFailed, ShareLost, count_shares, run_shares, working_beside

PROJECT = Path(__file__).resolve().parent.parent

needs_fork = pytest.mark.skipif(not CAN_FORK, reason="one process does it all on this system")

# What a process of the next tests runs: shares that say who they are, then sleep, in naps: a signal that comes just
# before one is seen after it. When waiting, the parent's own share is done at once.
SLEEPERS = """
import os, sys, time
from expo.shares import run_shares
def work(items):
    os.write(1, b"%d\\n" % os.getpid())  # in one piece, whatever else is written meanwhile
    if items == [0, 4] and "waiting" in sys.argv:
        os.write(1, b"0\\n")
        return items
    for _ in range(600):
        time.sleep(0.1)
    return items
try:
    run_shares(list(range(8)), work, 4)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


def squares(items: Sequence[int]) -> list[tuple[int, int]]:
    """The item beside its square, so that a mix-up shows."""
    return [(item, item * item) for item in items]


@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_answers_come_in_the_order_of_the_shares(count: int) -> None:
    """Share n holds every item whose place is n more than a multiple of their number; together they hold all."""
    items = list(range(10))
    answers = run_shares(items, squares, count)
    if not CAN_FORK:
        count = 1
    assert answers == [squares(items[first::count]) for first in range(count)]


@given(st.lists(st.integers(), max_size=40), st.integers(min_value=1, max_value=4))
@settings(max_examples=20, deadline=None)
def test_any_number_of_processes_gives_the_same_answers(items: list[int], count: int) -> None:
    """Joined by item, they are what one process would have said."""
    found = [answer for share in run_shares(items, squares, count) for answer in share]
    assert sorted(found) == sorted(squares(items))


@needs_fork
def test_each_share_has_a_process_of_its_own_but_the_first() -> None:
    """The parent does not wait idly."""
    processes = run_shares(range(3), lambda _: os.getpid(), 3)
    assert processes[0] == os.getpid()
    assert len(set(processes)) == 3


def test_one_share_is_done_here() -> None:
    """No process is started for it."""
    assert run_shares([1, 2], lambda items: (os.getpid(), list(items)), 1) == [(os.getpid(), [1, 2])]


def test_without_fork_one_process_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows and macOS."""
    monkeypatch.setattr(shares, "CAN_FORK", False)
    assert run_shares([1, 2, 3], lambda items: (os.getpid(), list(items)), 3) == [(os.getpid(), [1, 2, 3])]


@needs_fork
def test_shares_apart_leave_the_parent_alone() -> None:
    """Each is done in a process of its own, the first too; the answers come in the same order."""
    answers = run_shares(range(3), lambda share: (os.getpid(), list(share)), 2, apart=True)
    assert [share for _, share in answers] == [[0, 2], [1]]
    assert os.getpid() not in (processes := {process for process, _ in answers}) and len(processes) == 2


@needs_fork
def test_work_beside_goes_on_while_the_block_does() -> None:
    """It waits for a word that the block gives it, in a process of its own; nothing is frozen or left afterwards."""
    reader, writer = os.pipe()

    def work() -> tuple[int, bytes]:
        return os.getpid(), os.read(reader, 5)

    with working_beside(work, 2) as answer:
        os.write(writer, b"hello")
        process, heard = answer()
    assert (process != os.getpid(), heard) == (True, b"hello")
    assert (gc.get_freeze_count(), children_of(os.getpid())) == (0, [])
    os.close(reader)
    os.close(writer)


@pytest.mark.parametrize(("jobs", "can_fork"), [(1, True), (4, False)])
def test_without_a_process_it_is_done_when_the_answer_is_called_for(
    jobs: int, can_fork: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After what the block has done, in this process."""
    monkeypatch.setattr(shares, "CAN_FORK", can_fork and CAN_FORK)
    done: list[str] = []
    with working_beside(lambda: (os.getpid(), list(done)), jobs) as answer:
        done.append("block")
        assert answer() == (os.getpid(), ["block"])


@needs_fork
def test_work_beside_ends_with_a_block_that_fails() -> None:
    """It is not waited for; an error of its own is told with its traceback."""
    with pytest.raises(LookupError), working_beside(lambda: time.sleep(60), 2):
        raise LookupError("block")
    assert (gc.get_freeze_count(), children_of(os.getpid())) == (0, [])
    with pytest.raises(ShareFailed, match="seven"), working_beside(lambda: fail_at_7([7]), 2) as answer:
        answer()
    assert children_of(os.getpid()) == []


@pytest.mark.parametrize(
    ("items", "least", "jobs", "expected"),
    [(0, 60, 4, 1), (59, 60, 4, 1), (119, 60, 4, 1), (120, 60, 4, 2), (6000, 60, 4, 4), (6000, 60, 1, 1)],
)
def test_processes_are_started_only_where_they_are_worth_it(items: int, least: int, jobs: int, expected: int) -> None:
    """Each has its least number of items, there are no more than jobs, and there is always one."""
    assert count_shares(items, least, jobs) == expected


def fail_at_7(items: Sequence[int]) -> list[int]:
    """An error in one share only."""
    if 7 in items:
        raise ValueError("seven is not to be had")
    return list(items)


@needs_fork
def test_an_error_in_a_process_is_raised_here_with_its_traceback() -> None:
    """Whoever reads it sees the line that failed, not only that something did."""
    with pytest.raises(ShareFailed) as caught:
        run_shares(range(10), fail_at_7, 5)
    told = str(caught.value)
    assert "ValueError: seven is not to be had" in told
    assert "line" in told and "in fail_at_7" in told
    assert children_of(os.getpid()) == []


@needs_fork
def test_an_error_in_the_first_share_ends_the_others() -> None:
    """It is raised as it is, at once; the others are not waited for."""

    def work(items: Sequence[int]) -> None:
        if 0 in items:
            raise LookupError("first")
        time.sleep(60)

    started = time.monotonic()
    with pytest.raises(LookupError, match="first"):
        run_shares(range(4), work, 4)
    assert time.monotonic() - started < 30
    assert children_of(os.getpid()) == []


@needs_fork
def test_an_error_of_the_system_is_raised_as_what_it_is() -> None:
    """A full disk is told in the same sentence whichever process met it."""

    def work(items: Sequence[int]) -> None:
        if 1 in items:
            raise OSError(errno.ENOSPC, "No space left on device", "a/b")

    with pytest.raises(OSError, match="No space left") as caught:
        run_shares(range(4), work, 2)
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, "a/b")


@needs_fork
@pytest.mark.parametrize("error", [NotRegular(Path("a/b"), 0o10644), FileTooLarge(Path("a/b"), 7)])
def test_our_own_errors_of_the_system_are_raised_as_what_they_are(error: NotRegular | FileTooLarge) -> None:
    """With what they tell."""

    def work(items: Sequence[int]) -> None:
        if 1 in items:
            raise error

    with pytest.raises(type(error), match=str(error)) as caught:
        run_shares(range(4), work, 2)
    assert vars(caught.value) == vars(error)


@needs_fork
def test_a_process_that_is_killed_is_missed() -> None:
    """No answer is an error, not an empty one."""

    def work(items: Sequence[int]) -> None:
        if 1 in items:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(ShareLost):
        run_shares(range(4), work, 2)
    assert children_of(os.getpid()) == []


@needs_fork
def test_a_process_that_is_killed_while_it_answers_is_missed() -> None:
    """Half an answer is none: the pipe holds less than it, and nobody reads before the parent's own share is done."""
    parent = os.getpid()

    def work(items: Sequence[int]) -> bytes:
        if 1 in items:
            return b"x" * 3_000_000
        time.sleep(0.5)
        for child in children_of(parent):
            os.kill(child, signal.SIGKILL)
        return b""

    with pytest.raises(ShareLost):
        run_shares(range(4), work, 2)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such signal")
def test_a_killed_parent_leaves_no_process() -> None:
    """They would go on writing into a folder that the next build removes."""
    process = subprocess.Popen(
        [sys.executable, "-c", SLEEPERS, "working"], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert len([process.stdout.readline() for _ in range(4)]) == 4
    process.kill()
    assert process.communicate(timeout=30)[0] == ""  # the last of them closes the pipe, long before its work is done


@needs_fork
def test_an_answer_that_cannot_be_sent_is_an_error() -> None:
    """Functions can't be pickled; the traceback says so."""
    with pytest.raises(ShareFailed, match="pickle"):
        run_shares(range(4), lambda _: lambda: None, 2)


@needs_fork
def test_large_answers_arrive_whole() -> None:
    """More than a pipe holds, from several processes at once."""
    answers = run_shares(range(4), lambda items: b"x" * 3_000_000 + bytes(items), 4)
    assert answers == [b"x" * 3_000_000 + bytes([number]) for number in range(4)]


@needs_fork
def test_nothing_of_the_parent_runs_in_a_process(tmp_path: Path) -> None:
    """Neither its `finally`, nor what it does at exit, nor what its buffers hold."""
    program = (
        "import atexit, sys\n"
        "from expo.shares import run_shares\n"
        "atexit.register(lambda: print('at exit'))\n"
        "print('buffered')\n"
        "try:\n    run_shares(range(9), len, 3)\n"
        "finally:\n    print('finally')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["buffered", "finally", "at exit", ""]


@needs_fork
def test_memory_is_collected_again_afterwards() -> None:
    """What was frozen for the processes would never be freed in a server that builds all day."""
    run_shares(range(4), len, 2)
    assert gc.get_freeze_count() == 0


@needs_fork
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "kill"])
@pytest.mark.parametrize("moment", ["working", "waiting"])
def test_an_interruption_leaves_no_process(number: signal.Signals, moment: str) -> None:
    """While the parent does its own share and while it waits for the others, all end at once."""
    program = SLEEPERS.replace("import os,", "import signal, os,").replace(
        "try:", "signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))\ntry:", 1
    )
    process = subprocess.Popen([sys.executable, "-c", program, moment], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = [int(process.stdout.readline()) for _ in range(5 if moment == "waiting" else 4)]
    running = [one for one in said if one]
    assert len(running) == 4
    time.sleep(0.2)
    process.send_signal(number)
    assert process.communicate(timeout=60)[0] == "stopped\n"
    assert [one for one in running if is_running(one)] == []


@needs_fork
@pytest.mark.slow
def test_an_interruption_during_a_fork_is_not_lost(tmp_path: Path) -> None:
    """Python's hooks around a fork swallow what is raised in them, so signals are held until it is over."""
    program = (
        "import os, signal\n"
        "from expo.shares import run_shares\n"
        "os.register_at_fork(before=lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "try:\n    run_shares(range(4), lambda items: __import__('time').sleep(0.2), 2)\n"
        "except KeyboardInterrupt:\n    print('stopped')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("stopped\n", "")


def children_of(process: int) -> list[int]:
    """Processes, dead ones too, that a process has started and not taken leave of, but for the browser's.

    Where the system does not list them (it has no /proc), only dead ones can be told.
    """
    listing = Path(f"/proc/{process}/task/{process}/children")
    if listing.exists():
        children = [int(child) for child in listing.read_text().split()]
        return [child for child in children if b"playwright" not in Path(f"/proc/{child}/cmdline").read_bytes()]
    try:
        return [process for process, _ in [os.waitpid(-1, os.WNOHANG)] if process]
    except ChildProcessError:
        return []


def is_running(process: int) -> bool:
    """Whether there is such a process that is not merely waiting to be buried."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
