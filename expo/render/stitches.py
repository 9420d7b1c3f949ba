"""A cloth as stitches, read back from its threads: for pictures, which know no SVG.

In: what `Loom.threads` gives for one quarter of the chart. Out: the thread of any stitch of the endless cloth. Read
back and not woven again, so that a card never shows another cloth than the page, and a warm build weaves nothing.
"""

from __future__ import annotations

import re

from expo.render.covers import ROWS
from expo.render.motifs import GROUND, HALF, fold

GROUND_STROKE = re.compile(r'<path class="w(\w)" stroke-width="(\d+)" d="M0 ([\d.]+)h24"/>')
STITCHES = re.compile(r'<path class="w(\w)" d="([^"]+)"/>')
MOVE = re.compile(r"([Mm])(-?\d+) ?(-?\d+)(?:([hv])(-?\d+)|z)")

Cloth = tuple[str, ...]  # a row for each y from the middle to the edge, a letter for each x from 0 to HALF


def read_stitches(threads: tuple[str, str]) -> Cloth:
    """The quarter chart, a letter a stitch."""
    under, over = threads
    rows = [[GROUND] * (HALF + 1) for _ in range(ROWS)]
    for thread, width, middle in GROUND_STROKE.findall(under):
        top = round(float(middle) - int(width) / 2)
        for y in range(top, top + int(width)):
            rows[y] = [thread] * (HALF + 1)
    for thread, path in STITCHES.findall(over):
        for x, y in _walk(path):
            rows[y][x] = thread
    return tuple("".join(row) for row in rows)


def thread_at(cloth: Cloth, x: int, y: int) -> str:
    """The thread at any stitch: mirrored about the middle, and repeated without end to both sides."""
    return cloth[min(abs(y), ROWS - 1)][fold(x, HALF)]


def _walk(path: str) -> list[tuple[int, int]]:
    """Every stitch that square-capped strokes cover."""
    found: list[tuple[int, int]] = []
    x = y = 0
    for kind, right, down, way, length in MOVE.findall(path):
        x, y = (int(right), int(down)) if kind == "M" else (x + int(right), y + int(down))
        steps = int(length or 0)
        step = 1 if steps >= 0 else -1
        covered = range(0, steps + step, step)
        found.extend((x + along, y) if way == "h" else (x, y + along) for along in covered)
        x, y = (x + steps, y) if way == "h" else (x, y + steps) if way else (x, y)
    return found
