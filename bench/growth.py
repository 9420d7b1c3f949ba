"""Measure our build from nothing at several counts of exhibits: what grows faster than their number.

In: counts. Out: a Markdown table; with `--plot FILE` an SVG of what one exhibit costs, against that at the least count.
Run as bench/build.py runs ours: whole processes, pictures and share cards in the cache, the first run thrown away.
Above 10,000 one run counts, and is the only one.

    python3 bench/growth.py --count 100 1000 10000 --plot docs/images/growth.svg
"""

from __future__ import annotations

import argparse
import html
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
if str(PROJECT) not in sys.path:  # run as a script
    sys.path.insert(0, str(PROJECT))
if __name__ == "__main__":
    from bench.project import enter_environment

    enter_environment()

from bench.build import Race, describe_machine, lay_out, measure_files  # noqa: E402
from bench.speed.contenders import OURS, remove_what_is_aside  # noqa: E402
from bench.speed.measure import CommandFailed, can_see_memory  # noqa: E402
from bench.speed.tables import COLD, middle  # noqa: E402
from bench.speed.texts import make_records  # noqa: E402
from expo.config import MOST_SHARE_CARDS  # noqa: E402

INDEX = "assets/search"
COUNTS, RUNS, MANY = (100, 1_000, 10_000), 3, 10_000
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 360, 56, 150, 24, 48
COLOURS = ("#8c1c13", "#1f4e79", "#3a6b35", "#8a5a00", "#5b3a8c")  # each 5 : 1 or more on white
LABEL_HEIGHT = 16


@dataclass(frozen=True)
class Size:
    """What a build of so many exhibits takes."""

    count: int
    wall: float
    cpu: float
    memory: float  # MB, 0 where the system does not tell
    pages: int
    output: int  # bytes
    index: int  # bytes, both languages


def measure(count: int, runs: int) -> Size:
    """Build from nothing in a folder of its own. Where no share cards are made the first build counts."""
    records = make_records(count)
    race = Race(lay_out([OURS], count, records)[0], None, records)
    runs = runs if count <= MANY else 1
    cost = middle(race.run([COLD], runs, first_counts=count > MOST_SHARE_CARDS)[COLD][OURS])
    pages, output = race.measure_outputs()[OURS]
    index = race.contenders[0].output / INDEX
    memory = race.measure_memory()[OURS] if can_see_memory() else 0.0
    return Size(count, cost.wall, cost.cpu, memory, pages, output, measure_files(list_files(index))[1])


def list_files(folder: Path) -> list[Path]:
    """All files below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def make_rows(sizes: Sequence[Size]) -> list[str]:
    """The table."""
    lines = [
        "| exhibits | wall s | CPU s | CPU ms an exhibit | peak MB | HTML pages | output MB | index MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    return lines + [
        f"| {one.count:,} | {one.wall:.2f} | {one.cpu:.2f} | {1000 * one.cpu / one.count:.1f} "
        f"| {one.memory:.0f} | {one.pages:,} | {one.output / 2**20:.1f} | {one.index / 2**20:.2f} |"
        for one in sizes
    ]


def share_of_first(sizes: Sequence[Size]) -> dict[str, list[float]]:
    """What an exhibit costs, the least count being 1."""
    found = {}
    for label, name in (
        ("wall", "wall"),
        ("CPU", "cpu"),
        ("memory", "memory"),
        ("output", "output"),
        ("index", "index"),
    ):
        each = [getattr(one, name) / one.count for one in sizes]
        if each[0]:
            found[label] = [value / each[0] for value in each]
    return found


def draw(sizes: Sequence[Size]) -> str:
    """An SVG with a line for each thing that grows."""
    lines = share_of_first(sizes)
    top = max(1.0, *(value for values in lines.values() for value in values))
    step = (WIDTH - LEFT - RIGHT) / max(1, len(sizes) - 1)

    def point(at: int, value: float) -> tuple[float, float]:
        return LEFT + at * step, HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
        "<style>text { font-size: 12px }</style>",
        "<title>What an exhibit costs, by number of exhibits</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for value in sorted({0.0, 0.5, 1.0, float(int(top))}):
        _, y = point(0, value)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ccc"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>')
    for at, one in enumerate(sizes):
        parts.append(f'<text x="{point(at, 0)[0]:.1f}" y="{HEIGHT - 24}" text-anchor="middle">{one.count:,}</text>')
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 6}">exhibits; what one costs, at {sizes[0].count:,} = 1</text>')
    free = float(HEIGHT)
    for (label, values), colour in sorted(zip(lines.items(), COLOURS, strict=False), key=lambda row: row[0][1][-1]):
        points = [point(at, value) for at, value in enumerate(values)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        free = min(points[-1][1] + 4, free - LABEL_HEIGHT)  # labels do not lie upon each other
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        text = html.escape(f"{label} {values[-1]:.2f}")
        parts.append(f'<text x="{WIDTH - RIGHT + 10}" y="{free:.1f}" fill="{colour}">{text}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, nargs="+", default=COUNTS, metavar="N", help="exhibits (100 1000 10000)")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"that count, after one that does not ({RUNS})")
    parser.add_argument("--plot", type=Path, help="write the plot to this file")
    wanted = parser.parse_args(arguments)
    print(", ".join(f"{name} {value}" for name, value in describe_machine().items()), flush=True)
    sizes: list[Size] = []
    failure = ""
    try:
        sizes += (measure(count, wanted.runs) for count in sorted(wanted.count))
    except CommandFailed as error:  # what smaller counts took is told all the same
        failure = str(error)
    finally:
        remove_what_is_aside()
    print("\n".join(make_rows(sizes)))
    if failure:
        sys.exit(failure)
    if wanted.plot:
        wanted.plot.write_text(draw(sizes), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
