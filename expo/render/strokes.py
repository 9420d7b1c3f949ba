"""Stitches of one thread → path data: straight runs that cover them, in an order in which they take few characters.

In: cells of the quarter chart as bits of a number (a row after the other, one free bit between). Out: the `d` of an SVG
path for square-capped strokes. Frozen as the motifs are: other runs, or another order of them, change every cloth.
"""

from __future__ import annotations

from array import array
from functools import cache
from heapq import heapify, heappop, heapreplace
from operator import add

from expo.render.motifs import HALF

ROWS = 31  # from the middle of the cloth to its edge
COLUMNS = HALF + 1
STEP = COLUMNS + 1  # bits from one row of a chart to the next
RIGHTWARD = tuple((1 << length + 1) - 1 for length in range(COLUMNS))
DOWNWARD = tuple(sum(1 << STEP * row for row in range(length + 1)) for length in range(ROWS))
ACROSS = (1 << COLUMNS) - 1

Run = tuple[int, int, int, int]  # x, y of a stitch; how far the run goes right, or down


def cover_runs(left: int) -> list[Run]:
    """Straight runs that cover the cells: the one that covers most of what is left first, crossings allowed.

    What a run still covers only ever gets less, so that the first of the heap whose number is up to date is the best.
    """
    covers: dict[Run, int] = {}
    below = [-1] * COLUMNS  # how far down it goes from the row below, -1 where there is no cell
    for y in range(ROWS - 1, -1, -1):
        row = left >> y * STEP & ACROSS
        right = -1
        for x in range(HALF, -1, -1):
            if row >> x & 1:
                right += 1
                down = below[x] = below[x] + 1
                bit = y * STEP + x
                covers[x, y, right, 0] = RIGHTWARD[right] << bit
                covers[x, y, 0, down] = DOWNWARD[down] << bit
            else:
                right = below[x] = -1
    heap = [(-covered.bit_count(), run) for run, covered in covers.items()]
    heapify(heap)
    runs = []
    while left:
        told, run = heap[0]
        count = -(covers[run] & left).bit_count()
        if count != told:
            heapreplace(heap, (count, run))
            continue
        heappop(heap)
        left &= ~covers[run]
        runs.append(run)
    return runs


def least_length(runs: list[Run]) -> int:
    """Characters that the path has at least: a move takes four or more."""
    return sum(4 + len(_line(right, down)) for _, _, right, down in runs)


# Each next run is the one that costs the fewest characters from where the pen is; of these, the one whose text is first
# in the alphabet. Both as one number: characters of all, then the places in the alphabet of what moves the pen, and of
# what draws. Digits are before letters there, so that a place that goes on where another ends, as "1 23" after "1 2",
# is before it: "~" stands for the letter that follows.
PLACES = 7  # bits for the place of a line among all
MOVES = 12  # bits for the place of a move: those to a whole place ("M") first, then by way across and by way down
COST = PLACES + MOVES
MOVED = 1 << 9  # the place of the first relative move
WAYS_DOWN = 6  # bits


def _rank(texts: set[str]) -> dict[str, int]:
    return {text: place for place, text in enumerate(sorted(texts))}


def _down(way: int) -> str:
    """The second number of a relative move, with the blank that it needs."""
    return f" {way}" if way >= 0 else str(way)


def _line(right: int, down: int) -> str:
    return f"h{right}" if right else f"v{down}" if down else "z"


LINES = _rank({_line(way, 0) for way in range(-HALF, COLUMNS)} | {_line(0, way) for way in range(1 - ROWS, ROWS)})
WHOLE_PLACES = [f"M{x} {y}" for y in range(ROWS) for x in range(COLUMNS)]
_ranks = _rank({f"{place}~" for place in WHOLE_PLACES})
WHOLE = array("I", (len(place) << COST | _ranks[f"{place}~"] << PLACES for place in WHOLE_PLACES))
_ranks = _rank({str(way) for way in range(-HALF, COLUMNS)})
ACROSS_BY = {
    way: 1 + len(str(way)) << COST | MOVED + (_ranks[str(way)] << WAYS_DOWN) << PLACES for way in range(-HALF, COLUMNS)
}
_ranks = _rank({f"{_down(way)}~" for way in range(1 - ROWS, ROWS)})
DOWN_BY = {way: len(_down(way)) << COST | _ranks[f"{_down(way)}~"] << PLACES for way in range(1 - ROWS, ROWS)}


@cache
def _moves_from(pen: int) -> array[int]:
    """What it costs to go to each cell, by whichever way is shorter; the whole place if both are equal."""
    pen_y, pen_x = divmod(pen, COLUMNS)
    across = [ACROSS_BY[x - pen_x] for x in range(COLUMNS)]
    moves = (DOWN_BY[y - pen_y] + one for y in range(ROWS) for one in across)
    return array("I", map(min, WHOLE, moves))


def write_path(runs: list[Run]) -> str:
    """Path data for square-capped strokes."""
    ends: list[tuple[int, str, int]] = []  # cell, line, cell of the pen then; both of a run together
    for x, y, right, down in runs:
        start, end = y * COLUMNS + x, (y + down) * COLUMNS + x + right
        ends.append((start, _line(right, down), end))
        ends.append((end, _line(-right, -down), start))
    cells = [cell for cell, _, _ in ends]
    lines = [len(line) << COST | LINES[line] for _, line, _ in ends]
    path, pen, moves = [], 0, WHOLE  # before the first run there is nowhere to move from
    while ends:
        costs = list(map(add, map(moves.__getitem__, cells), lines))
        at = costs.index(min(costs))
        cell, line, end = ends[at]
        if moves[cell] == WHOLE[cell]:
            path.append(WHOLE_PLACES[cell] + line)
        else:
            path.append(f"m{cell % COLUMNS - pen % COLUMNS}{_down(cell // COLUMNS - pen // COLUMNS)}{line}")
        pen, moves = end, _moves_from(end)
        first = at & ~1
        del ends[first : first + 2], cells[first : first + 2], lines[first : first + 2]
    return "".join(path)
