"""Kill builds and fill their disk at random moments: is the old site whole each time, and the next build right?

In: the project; --kills N (50), --full N (20), --seed N (1), --content DIR. Out: survivors / tries of each series; ends
with 1 if a try was not survived, and then says which. Real builds by the real command, in processes of their own:

- kill: SIGKILL to the build, at a moment spread evenly over a build's time or over its last steps (staging, swap);
- worker: the same to one of the processes among which a build splits its pages;
- full disk: output and cache lie on a disk with room for a part of the new site (a tmpfs, which takes root on Linux;
  else no file may grow beyond a limit, RLIMIT_FSIZE, which is another error of the system at the same places);
- two builds: both into one output, with one cache, one of them started a moment later.

A try is survived if the site is then, by `verify`, the old one or the new one, whole, and if a next build gives the
same bytes as one into an empty folder with an empty cache, with nothing left beside it. Old and new differ in every
page, and change places with each try.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
KINDS = ("kill", "worker", "full disk", "two builds")
SITE_URLS = ("https://one.example", "https://two.example")  # two sites of the same files, other in every page
LONGEST_BUILD = 600  # seconds
LAST_STEPS = 0.3  # the part of a build in which it writes and swaps
DISK_SIZE = 512 * 1024 * 1024


@dataclass
class Place:
    """A folder with an output, a cache, and the clean sites to compare with."""

    folder: Path
    content: Path
    python: str
    is_small_disk: bool
    random: random.Random
    clean: dict[str, dict[str, bytes]] = field(default_factory=dict)  # site address → files
    seconds: float = 0.0  # of a build with a warm cache
    failures: list[str] = field(default_factory=list)

    @property
    def output(self) -> Path:
        """What is published."""
        return self.folder / "web" / "output"

    @property
    def cache(self) -> Path:
        """What builds keep."""
        return self.folder / "cache"


def start_build(
    place: Place, site_url: str, output: Path | None = None, cache: Path | None = None, limit: int = 0
) -> subprocess.Popen[str]:
    """The real command; with a limit, no file may grow beyond so many bytes."""
    program = [place.python, str(PROJECT / "build.py"), "build", "--quiet", "--site-url", site_url]
    program += ["--content", str(place.content), "--output", str(output or place.output)]
    environment = {**os.environ, "EXPO_CACHE_DIR": str(cache or place.cache), "EXPO_JOBS": "3"}

    def limit_files() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        program,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=limit_files if limit else None,
    )


def build(place: Place, site_url: str, **places: Path) -> str:
    """A build that nothing disturbs. Returns what went wrong."""
    process = start_build(place, site_url, **places)
    told = "".join(process.communicate(timeout=LONGEST_BUILD))
    return "" if process.returncode == 0 else f"the next build ended with {process.returncode}: {told}"


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def prepare(place: Place) -> None:
    """Both clean sites, each with an empty cache, then the old site with a spare; and how long a build takes."""
    for site_url in SITE_URLS:
        output, cache = place.folder / "clean", place.folder / "clean-cache"
        problem = build(place, site_url, output=output, cache=cache)
        if problem:
            sys.exit(problem)
        place.clean[site_url] = files_of(output)
        shutil.rmtree(output)
        shutil.rmtree(place.cache, ignore_errors=True)
        cache.rename(place.cache)
    for site_url in SITE_URLS:
        started = time.monotonic()
        build(place, site_url)
        place.seconds = time.monotonic() - started


def moment(place: Place) -> float:
    """Seconds after the start: anywhere, or in the last steps."""
    return place.seconds * place.random.uniform(0 if place.random.random() < 0.5 else 1 - LAST_STEPS, 1.05)


def workers_of(process: int) -> list[int]:
    """Processes that a build has started (Linux)."""
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def kill_build(place: Place, site_url: str) -> str:
    """SIGKILL after a while."""
    process = start_build(place, site_url)
    time.sleep(moment(place))
    process.kill()
    process.communicate(timeout=LONGEST_BUILD)
    return ""


def kill_worker(place: Place, site_url: str) -> str:
    """SIGKILL to the first process that there is after a while; the build must say so in a sentence."""
    process = start_build(place, site_url)
    earliest, killed = time.monotonic() + moment(place) * place.random.random(), False
    while process.poll() is None and not killed:
        workers = workers_of(process.pid) if time.monotonic() > earliest else []
        if workers:
            os.kill(place.random.choice(workers), signal.SIGKILL)
            killed = True
        time.sleep(0.002)
    told = "".join(process.communicate(timeout=LONGEST_BUILD))
    return _tell_end(process.returncode, told)


def fill_disk(place: Place, site_url: str) -> str:
    """Leave room for a part of what a build writes."""
    sizes = [len(content) for content in place.clean[site_url].values()]
    if not place.is_small_disk:
        process = start_build(place, site_url, limit=place.random.randrange(1, max(sizes)))
        told = "".join(process.communicate(timeout=LONGEST_BUILD))
        return _tell_end(process.returncode, told)
    if place.random.random() < 0.5:  # without a spare to write into a build needs room for all of it
        shutil.rmtree(place.cache / "spare", ignore_errors=True)
    if place.random.random() < 0.2:  # and has the cache to fill as well
        shutil.rmtree(place.cache, ignore_errors=True)
    filler = place.folder / "filler"
    room = place.random.randrange(0, sum(sizes))
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, shutil.disk_usage(place.folder).free - room))
    try:
        process = start_build(place, site_url)
        told = "".join(process.communicate(timeout=LONGEST_BUILD))
    finally:
        filler.unlink()
    return _tell_end(process.returncode, told)


def build_twice(place: Place, site_url: str) -> str:
    """Two at once; both must end well, and one of them is what stays."""
    first = start_build(place, site_url)
    time.sleep(place.random.random() * place.seconds / 2)
    second = start_build(place, SITE_URLS[1 - SITE_URLS.index(site_url)])
    problems = []
    for process in (first, second):
        told = "".join(process.communicate(timeout=LONGEST_BUILD))
        if process.returncode:
            problems.append(f"one of two builds ended with {process.returncode}: {told}")
    return "; ".join(problems)


def _tell_end(code: int, told: str) -> str:
    """A build may end well or with a sentence and 2 or 3, nothing else."""
    if code in (0, 2, 3) and "Traceback" not in told:
        return ""
    return f"the build ended with {code}: {told}"


FAULTS: dict[str, Callable[[Place, str], str]] = dict(
    zip(KINDS, (kill_build, kill_worker, fill_disk, build_twice), strict=True)
)


def try_fault(place: Place, kind: str, site_url: str) -> str:
    """One fault, then all that is promised. Returns what went wrong."""
    problem = FAULTS[kind](place, site_url)
    verified = subprocess.run(
        [place.python, str(PROJECT / "build.py"), "verify", str(place.output), "--lang", "en"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    found = files_of(place.output)
    if verified.returncode:
        problem = problem or f"the site is not whole: {verified.stdout}{verified.stderr}"
    elif found not in place.clean.values():
        problem = problem or "the site is neither the old one nor the new one"
    problem = problem or build(place, site_url)
    if not problem and files_of(place.output) != place.clean[site_url]:
        problem = "the next build gave other bytes than a clean one"
    left = sorted(path.name for path in place.output.parent.iterdir())
    if not problem and left != [place.output.name]:
        problem = f"left beside the output: {left}"
    return problem


def run_series(place: Place, kind: str, tries: int) -> int:
    """So many faults of a kind. Returns how many were survived; what went wrong is kept."""
    survived = 0
    for number in range(tries):
        problem = try_fault(place, kind, SITE_URLS[number % 2])
        survived += not problem
        if problem:
            place.failures.append(f"{kind}, try {number + 1}: {problem}")
    return survived


@contextmanager
def open_place(content: Path, python: str, seed: int) -> Iterator[Place]:
    """A new folder; on a small disk of its own where that can be had."""
    with tempfile.TemporaryDirectory() as name:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_SIZE}", "tmpfs", name]
        is_small = sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount") is not None
        is_small = is_small and subprocess.run(mount, stderr=subprocess.DEVNULL).returncode == 0
        try:
            yield Place(Path(name), content, python, is_small, random.Random(seed))
        finally:
            if is_small:
                subprocess.run(["umount", name], check=True)


def main() -> int:
    """Run the series and print survivors / tries."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50, help="builds killed; a fifth as many lose a worker")
    parser.add_argument("--full", type=int, default=20, help="builds on a full disk")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--content", type=Path, default=PROJECT / "content")
    options = parser.parse_args()
    if str(PROJECT) not in sys.path:  # run as a script
        sys.path.insert(0, str(PROJECT))
    from bench.project import python_of_project

    tries = {"kill": options.kills, "worker": -(-options.kills // 5), "full disk": options.full}
    tries["two builds"] = -(-options.kills // 10)
    with open_place(options.content.resolve(), python_of_project(), options.seed) as place:
        prepare(place)
        disk = "a tmpfs of its own" if place.is_small_disk else "a limit on the size of files (RLIMIT_FSIZE)"
        print(f"seed {options.seed}; a build takes {place.seconds:.1f} s; a full disk is {disk}")
        for kind, count in tries.items():
            print(f"{kind:12} {run_series(place, kind, count):4} / {count} survived", flush=True)
    for failure in place.failures:
        print(failure)
    return 1 if place.failures else 0


if __name__ == "__main__":
    sys.exit(main())
