"""Run whole processes: how long, how much processor, how much memory.

In: a command. Out: wall and CPU seconds (user and system, of the process and of all that it waited for), or the highest
sum of PSS over all its processes, looked at every 50 ms. PSS shares what processes share, so that forked workers are
not counted twice. Only Linux tells it.
"""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

LOOK_EVERY = 0.05  # seconds
TOLD_LINES = 15


class CommandFailed(Exception):
    """A contender that ended with an error; what it said."""


@dataclass(frozen=True)
class Cost:
    """Seconds of one run."""

    wall: float
    cpu: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu)


def make_environment(more: dict[str, str]) -> dict[str, str]:
    """Ours with more. Python keeps what it has compiled, as it does for everyone who has not forbidden it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | more


def time_command(command: list[str], folder: Path, environment: dict[str, str]) -> Cost:
    """One whole process. Raises CommandFailed."""
    with TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=make_environment(environment), stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            lines = said.read().decode("utf-8", "replace").splitlines()[-TOLD_LINES:]
            raise CommandFailed("\n".join([f"{command[0]} ended with {process.returncode}", *lines]))
    return Cost(wall, used.ru_utime + used.ru_stime)


def can_see_memory() -> bool:
    """Whether the system tells the PSS of processes."""
    return Path("/proc/self/smaps_rollup").is_file()


def peak_memory(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    """MB (of 1,048,576 bytes) of all processes of a command together, at the worst of the moments looked at."""
    peak = 0
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=make_environment(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while process.poll() is None:
        peak = max(peak, sum(map(read_pss, processes_of_session(process.pid))))
        time.sleep(LOOK_EVERY)
    if process.returncode:
        raise CommandFailed(f"{command[0]} ended with {process.returncode}")
    return peak / 1024


def processes_of_session(session: int, proc: Path = Path("/proc")) -> list[int]:
    """Numbers of the processes that run in a session."""
    found = []
    for folder in proc.iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            if int(fields[3]) == session:
                found.append(int(folder.name))
    return found


def read_pss(number: int) -> int:
    """KB of one process, 0 if it has ended."""
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
