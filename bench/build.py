"""Time a full build of the real content against plain Pelican with the same number of articles, in one run.

In: the project; `--runs N` (5). Out: medians of wall time of whole processes, interleaved, and their ratios: a build
as an organizer's second one is, and one with an empty cache. The peer's articles are the same texts with the metadata
that Pelican knows; its theme and settings are Pelican's own.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SITE_URL = "https://example.org"


def python_of_project() -> str:
    """The locked environment's Python, made ready by build.py itself."""
    subprocess.run(
        [sys.executable, str(PROJECT / "build.py"), "check", "--quiet"], check=True, stdout=subprocess.DEVNULL
    )
    home = Path(os.environ.get("EXPO_VENV") or PROJECT)
    return str(home / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def lay_out_peer(folder: Path) -> int:
    """Write the initiatives as Pelican articles. Returns how many."""
    content = folder / "content"
    content.mkdir(parents=True)
    shutil.copy(PROJECT / "bench/peers/pelican/pelicanconf.py", folder)
    sources = [
        path for path in sorted((PROJECT / "content/initiatives").glob("*.md")) if not path.name.endswith(".en.md")
    ]
    for path in sources:
        _, front, body = path.read_text("utf-8").split("---\n", 2)

        def value(name: str, front: str = front) -> str:
            found = re.search(rf"^{name}: (.*)$", front, re.MULTILINE)
            return found[1].strip("\"'[] ") if found else ""

        head = (
            f"Title: {value('title')}\nDate: {value('added')}\nCategory: {value('province').split(',')[0]}\n"
            f"Tags: {value('themes')}\nSlug: {path.stem}\nSummary: {value('summary')}\n\n"
        )
        body = re.sub(r"\[\^[^\]]+\]", "", body)  # plain Pelican has no footnotes without a setting
        (content / path.name).write_text(head + body, "utf-8")
    return len(sources)


@dataclass(frozen=True)
class Contender:
    """A command to time, and where its pages go."""

    label: str
    command: list[str]
    output: Path
    environment: dict[str, str]


def time_process(one: Contender, folder: Path) -> float:
    """Wall seconds of one whole process."""
    started = time.perf_counter()
    environment = os.environ | one.environment
    subprocess.run(
        one.command, cwd=folder, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return time.perf_counter() - started


def main() -> None:
    """Run both in turn and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    python = python_of_project()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peer = folder / "pelican"
        count = lay_out_peer(peer)
        build = [python, str(PROJECT / "build.py"), "build", "--site-url", SITE_URL, "--quiet", "--output"]
        contenders = [
            Contender("expo", [*build, str(folder / "expo")], folder / "expo", {}),
            Contender(
                "expo, no cache",
                [*build, str(folder / "cold")],
                folder / "cold",
                {"EXPO_CACHE_DIR": str(folder / "cache")},
            ),
            Contender("pelican", [python, "-m", "pelican", "-s", "pelicanconf.py"], peer / "output", {}),
        ]
        times: dict[str, list[float]] = {one.label: [] for one in contenders}
        for _ in range(runs + 1):
            for one in contenders:
                shutil.rmtree(folder / "cache", ignore_errors=True)
                times[one.label].append(time_process(one, peer))
        pages = {one.label: sum(1 for _ in one.output.rglob("*.html")) for one in contenders}
    medians = {
        label: statistics.median(seconds[1:]) for label, seconds in times.items()
    }  # the first run warms the disk
    for label, median in medians.items():
        ratio = median / medians["pelican"]
        print(f"{label:16} {median:6.2f} s  {ratio:5.2f} × pelican  ({count} initiatives, {pages[label]} pages)")
    print(f"medians of {runs} interleaved runs; bound for a full build: under 2 × pelican")


if __name__ == "__main__":
    main()
