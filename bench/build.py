"""Time a full build of the real content against plain Pelican with the same number of articles, in one run.

In: the project; `--runs N` (5). Out: medians of wall time of whole processes, interleaved, and their ratio. The peer's
articles are the same texts with the metadata that Pelican knows; its theme and settings are Pelican's own.
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


def time_command(command: list[str], folder: Path) -> float:
    """Wall seconds of one whole process."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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
        ours_output = folder / "expo-output"
        commands = {
            "expo": [
                python,
                str(PROJECT / "build.py"),
                "build",
                "--output",
                str(ours_output),
                "--site-url",
                SITE_URL,
                "--quiet",
            ],
            "pelican": [python, "-m", "pelican", "-s", "pelicanconf.py"],
        }
        times: dict[str, list[float]] = {label: [] for label in commands}
        for _ in range(runs + 1):
            for label, command in commands.items():
                times[label].append(time_command(command, peer))
        pages = {
            label: sum(1 for _ in output.rglob("*.html"))
            for label, output in (("expo", ours_output), ("pelican", peer / "output"))
        }
    medians = {
        label: statistics.median(seconds[1:]) for label, seconds in times.items()
    }  # the first run warms the disk
    for label, median in medians.items():
        print(f"{label:8} {median:6.2f} s  median of {runs}, {count} initiatives, {pages[label]} pages")
    print(f"ratio    {medians['expo'] / medians['pelican']:6.2f}    (bound: under 2)")


if __name__ == "__main__":
    main()
