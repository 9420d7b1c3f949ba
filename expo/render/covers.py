"""The brocade (thổ cẩm) cover of an exhibit, drawn from its permanent number: same number, same cloth, for ever.

In: a seed such as "SK-0002", a theme slug, a viewBox. Out: inline SVG under 1.5 KB. A quarter of the chart is drawn
(13 columns, 31 rows), mirrored left-right in a <pattern> 24 stitches wide that repeats without end, and top-bottom by
<use>; so one drawing serves tile, banner and poster, and only the viewBox changes. Threads are classes (wg wf wc
wt wk) that the style sheet dyes. Frozen by hash in tests/test_covers.py: the first 2,000 numbers have a cloth each.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from heapq import heapify, heappop, heapreplace
from typing import TypeVar

from markupsafe import Markup, escape

from expo.cache import Cache, Shelf
from expo.render import motifs
from expo.render.ahead import fill_shelf
from expo.render.motifs import ACCENT, COTTON, FIGURE, GROUND, HALF, INDIGO, Inks, Motif

ROWS = 31  # from the middle of the cloth to its edge
LONGEST = 1500  # characters of one SVG
ATTEMPTS = 24
# Numbers whose first throw gives a cloth that an earlier number has, or one over LONGEST with any bands.
THROWN_AGAIN = frozenset(
    ("SK-0262", "SK-0352", "SK-0641", "SK-1168", "SK-1340", "SK-1363", "SK-1593", "SK-1807", "SK-1833", "SK-1864")
)
CLOTHS_PER_PROCESS = 8  # starting a process costs less than drawing so many
CARD_BOX = "-40 -30 81 61"

# Hues in OKLCH of the themes' dyes (their colours stand in the style sheet) and of the accent threads.
THEME_HUES = {
    "giao-thong-do-thi": 8,
    "phan-anh-gop-y": 32,
    "tham-gia-co-so": 56,
    "minh-bach": 80,
    "sinh-ke": 104,
    "ha-tang-nong-thon": 128,
    "moi-truong": 152,
    "y-te": 176,
    "du-lich": 200,
    "giao-duc": 224,
    "thien-tai": 248,
    "dich-vu-cong": 272,
    "bao-trum-so": 296,
    "kiem-soat-tham-nhung": 320,
    "nhom-yeu-the": 344,
}
# lacquer, turmeric, leaf, indigo, rose myrtle
ACCENT_HUES = (("son", 34), ("nghe", 84), ("la", 158), ("cham", 262), ("sim", 345))
ACCENT_DISTANCE = 50

Run = tuple[int, int, int, int]  # x, y of a stitch; how far the run goes right, or down
# Of a run: x, y, the lengths of its line and of its whole text, both of them, and where the pen is then.
_End = tuple[int, int, int, int, str, str, tuple[int, int]]
STEP = HALF + 2  # bits from one row of a chart to the next, when its cells are bits of a number
DOWNWARD = tuple(sum(1 << STEP * row for row in range(length + 1)) for length in range(ROWS))
# Characters of a move, by where the pen is and where it goes; `m` and the space before what is not negative included.
MOVES_ACROSS = tuple(tuple(1 + len(str(to - at)) for to in range(HALF + 1)) for at in range(HALF + 1))
MOVES_DOWN = tuple(tuple((to >= at) + len(str(to - at)) for to in range(ROWS)) for at in range(ROWS))
NO_PEN = (99,) * ROWS  # before the first run no move is to be had
Option = TypeVar("Option")


class Loom:
    """Cloths by seed, remembered from one build to the next: drawing them is a sixth of a build's time."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._shelf = Shelf(cache, "cloths", sys.modules[__name__], motifs)

    def threads(self, seed: str) -> tuple[str, str]:
        """Ground strokes and stitches of a cloth."""
        under, over = self._shelf.get(seed, lambda: weave_threads(seed))
        return under, over

    def draw(self, seeds: Iterable[str], jobs: int) -> None:
        """Draw what is not remembered, in as many processes as are worth it."""
        fill_shelf(self._shelf, seeds, lambda seed: weave_threads(seed), CLOTHS_PER_PROCESS, jobs)

    def keep(self) -> None:
        """Remember what was drawn now for the next build."""
        self._shelf.keep()

    def cover_cloth(self, seed: str, theme: str, key: str, box: str = CARD_BOX, extra: str = "") -> Markup:
        """The SVG in its `<span class="cloth …">`, which carries dye (`th-`) and accent (`ac-`); decoration only."""
        classes = f"cloth th-{theme} ac-{choose_accent(seed, theme)}{' ' if extra else ''}{extra}"
        svg = self.cover_svg(seed, key, box)
        return Markup(f'<span class="{escape(classes)}" aria-hidden="true">{svg}</span>')

    def cover_svg(self, seed: str, key: str, box: str = CARD_BOX) -> Markup:
        """The SVG alone. `key` must be unique on the page: ids inside are made of it."""
        return Markup(_draw_frame(self.threads(seed), escape(key), escape(box)))


def room_seed(theme: str) -> str:
    """Seed of the cloth that stands for the room of a theme (its slug)."""
    return f"phong {theme}"


@cache
def choose_accent(seed: str, theme: str) -> str:
    """Name of the accent thread: never within 50 degrees of the theme's hue; any, where the theme has no dye yet."""
    hue = THEME_HUES.get(theme)
    far_enough = [
        name
        for name, accent in ACCENT_HUES
        if hue is None or ACCENT_DISTANCE < (accent - hue) % 360 < 360 - ACCENT_DISTANCE
    ]
    return Dice("accent " + seed).pick(far_enough)


def weave_threads(seed: str) -> tuple[str, str]:
    """Ground strokes and stitches of a cloth. Too fine for the budget, it gets plainer bands in a fixed order."""
    threads = ("", "")
    thrown = f"{seed} again" if seed in THROWN_AGAIN else seed
    for attempt in range(ATTEMPTS):
        threads = _draw_threads(*_weave_chart(thrown, attempt))
        if len(_draw_frame(threads, "0000", CARD_BOX)) <= LONGEST:
            break
    return threads


class Dice:
    """Choices drawn from the digest of a seed, in order: the same seed gives the same choices everywhere."""

    def __init__(self, seed: str) -> None:
        self._state = int.from_bytes(hashlib.sha256(seed.encode()).digest(), "big")

    def pick(self, options: Sequence[Option]) -> Option:
        """The next choice."""
        self._state, index = divmod(self._state, len(options))
        return options[index]


class Chart:
    """The quarter chart as it grows from the middle outward: a ground thread for each row, and rows of threads."""

    def __init__(self) -> None:
        self.grounds: list[str] = []
        self.rows: list[list[str]] = []

    def add(self, motif: Motif, height: int, inks: Sequence[str]) -> None:
        """Weave a band as far as rows are left."""
        for y in range(min(height, ROWS - len(self.rows))):
            self.grounds.append(inks[0])
            self.rows.append([inks[motif(x, y, height)] for x in range(HALF + 1)])

    def add_stripes(self, threads: Iterable[str]) -> None:
        """Weave plain rows, one thread each."""
        for thread in threads:
            self.add(motifs.dashes, 1, (thread,) * 4)

    def finish(self) -> None:
        """The selvage: an indigo row, then one of the figure's thread."""
        self.grounds[-2:] = [INDIGO, FIGURE]
        self.rows[-2:] = [[INDIGO] * (HALF + 1), [FIGURE] * (HALF + 1)]


def _weave_chart(seed: str, attempt: int) -> tuple[list[str], list[list[str]]]:
    """A b A c: bands come back, as on a loom. The middle is the seed's alone; other bands may be thrown again."""
    dice, chart = Dice(seed), Chart()
    plan, inks = dice.pick(motifs.PLANS), dice.pick(motifs.CENTRE_INKS)
    centres = {"medallion": motifs.MEDALLIONS, "field": motifs.FIELDS, "twin": motifs.TWINS}
    motif, height = dice.pick(centres[plan])
    dice = Dice(f"{seed} {attempt}")
    line, edge = dice.pick(motifs.STRIPES), dice.pick(motifs.STRIPES)
    main = dice.pick(motifs.BANDS), dice.pick(_unlike(inks[0]))
    fine = dice.pick(motifs.FINE_BANDS)
    other = dice.pick(motifs.BANDS), dice.pick(_unlike(main[1][0], FIGURE))
    if plan == "twin":  # a narrow middle, then a whole row of medallions on either side of it
        half = 8 if motif is motifs.star else 9
        chart.add(*fine, main[1])
        chart.add_stripes(line)
        chart.add(lambda x, y, _: motif(x, abs(y - half), height), 2 * half + 1, inks)
    else:
        chart.add(motif, height, inks)
    for band, threads in (main, (fine, dice.pick(_unlike(main[1][0]))), other, main):
        chart.add_stripes(line)
        chart.add(*band, threads)
    chart.add_stripes(edge * 9)
    chart.finish()
    return chart.grounds, chart.rows


def _unlike(*grounds: str) -> list[Inks]:
    return [inks for inks in motifs.BAND_INKS if inks[0] not in grounds]


def _draw_threads(grounds: list[str], rows: list[list[str]]) -> tuple[str, str]:
    """Grounds as wide strokes right across the repeat; stitches as one path a thread."""
    under, start = "", 0
    while start < ROWS:
        end = start
        while end < ROWS and grounds[end] == grounds[start]:
            end += 1
        if grounds[start] != GROUND:
            under += f'<path class="w{grounds[start]}" stroke-width="{end - start}" d="M0 {(start + end) / 2:g}h24"/>'
        start = end
    over = ""
    for thread in (FIGURE, COTTON, ACCENT, INDIGO, GROUND):
        cells = [(x, y) for y in range(ROWS) for x in range(HALF + 1) if rows[y][x] == thread != grounds[y]]
        if cells:
            over += f'<path class="w{thread}" d="{_write_path(_cover_runs(cells))}"/>'
    return under, over


def _draw_frame(threads: tuple[str, str], key: str, box: str) -> str:
    under, over = threads
    return (
        f'<svg viewBox="{box}" preserveAspectRatio="xMidYMid slice"><pattern id="p{key}" x="-11" width="24" '
        f'height="31" patternUnits="userSpaceOnUse"><path class="w{GROUND}" stroke-width="99" d="M0 0h24"/>{under}'
        f'<g id="q{key}" stroke-linecap="square" transform="translate(11.5 .5)">{over}</g>'
        f'<use href="#q{key}" transform="matrix(-1 0 0 1 23 0)"/></pattern>'
        f'<path id="h{key}" fill="url(#p{key})" d="M-300 0h600v31h-600z"/>'
        f'<use href="#h{key}" transform="matrix(1 0 0 -1 0 1)"/></svg>'
    )


def _cover_runs(cells: Iterable[tuple[int, int]]) -> list[Run]:
    """Straight runs that cover the cells: the one that covers most of what is left first, crossings allowed.

    Cells are bits of a number, a row after the other with a free bit between. What a run still covers only ever gets
    less, so that the first of the heap whose number is up to date is the best of all.
    """
    left = sum(1 << y * STEP + x for x, y in cells)
    covers: dict[Run, int] = {}
    for x, y in cells:
        bit = y * STEP + x
        right, down = _reach(left, bit, 1), _reach(left, bit, STEP)
        covers[x, y, right, 0] = ((1 << right + 1) - 1) << bit
        covers[x, y, 0, down] = DOWNWARD[down] << bit
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


def _reach(cells: int, bit: int, step: int) -> int:
    """How far it goes from a cell without a gap."""
    length = 0
    while cells >> bit + step * (length + 1) & 1:
        length += 1
    return length


def _write_path(runs: Iterable[Run]) -> str:
    """Path data for square-capped strokes; each next run is the one that costs the fewest characters from here."""
    ends: list[_End] = []  # both of a run are neighbours
    for x, y, right, down in runs:
        for start, end, sign in (((x, y), (x + right, y + down), ""), ((x + right, y + down), (x, y), "-")):
            line = f"h{sign}{right}" if right else f"v{sign}{down}" if down else "z"
            whole = f"M{start[0]} {start[1]}{line}"
            ends.append((*start, len(line), len(whole), whole, line, end))
    path, pen = "", (0, 0)
    across = below = NO_PEN
    while ends:
        costs = [whole if (moved := across[x] + below[y] + line) >= whole else moved for x, y, line, whole, *_ in ends]
        least = min(costs)
        text, at = min((_draw(ends[at], pen, least), at) for at, cost in enumerate(costs) if cost == least)
        path += text
        pen = ends[at][-1]
        across, below = MOVES_ACROSS[pen[0]], MOVES_DOWN[pen[1]]
        del ends[at & ~1 : (at | 1) + 1]
    return path


def _draw(end: _End, pen: tuple[int, int], length: int) -> str:
    """From this end of a run, where the pen is: the whole place if that takes no more characters."""
    x, y, _, whole_length, whole, line, _ = end
    if whole_length == length:
        return whole
    gap = "" if y < pen[1] else " "
    return f"m{x - pen[0]}{gap}{y - pen[1]}{line}"
