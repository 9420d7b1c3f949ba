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
from functools import cache, partial
from typing import TypeVar

from markupsafe import Markup, escape

from expo.cache import Cache, Shelf
from expo.render import motifs
from expo.render.motifs import ACCENT, COTTON, FIGURE, GROUND, HALF, INDIGO, Inks, Motif
from expo.shares import count_shares, run_shares

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
        wanted = list(seeds)
        unknown = [seed for seed in wanted if not self._shelf.knows(seed)]
        shares = count_shares(len(unknown), CLOTHS_PER_PROCESS, jobs)
        for drawn in run_shares(unknown, lambda share: {seed: weave_threads(seed) for seed in share}, shares):
            for seed in drawn:
                self._shelf.get(seed, partial(drawn.get, seed))
        for seed in wanted:  # also where no page is rendered that shows it
            self.threads(seed)

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
        cells = {(x, y) for y in range(ROWS) for x in range(HALF + 1) if rows[y][x] == thread != grounds[y]}
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


def _cover_runs(cells: set[tuple[int, int]]) -> list[Run]:
    """Straight runs that cover the cells: the one that covers most of what is left first, crossings allowed."""

    def reach(x: int, y: int, right: int, down: int) -> int:
        length = 0
        while (x + right * (length + 1), y + down * (length + 1)) in cells:
            length += 1
        return length

    covers: dict[Run, frozenset[tuple[int, int]]] = {}
    for x, y in cells:
        for run in ((x, y, reach(x, y, 1, 0), 0), (x, y, 0, reach(x, y, 0, 1))):
            covers[run] = _covered(run)
    left, runs = set(cells), []
    while left:
        best = min(covers, key=lambda run: (-len(covers[run] & left), run))
        left -= covers[best]
        runs.append(best)
        covers = {run: stitches for run, stitches in covers.items() if not stitches.isdisjoint(left)}
    return runs


def _covered(run: Run) -> frozenset[tuple[int, int]]:
    x, y, right, down = run
    return frozenset([(x + step, y) for step in range(right + 1)] + [(x, y + step) for step in range(down + 1)])


def _write_path(runs: list[Run]) -> str:
    """Path data for square-capped strokes; each next run is the one that costs the fewest characters from here."""
    path, x, y, left = "", 0, 0, list(runs)
    while left:
        _, text, run, x, y = min(_moves(path, x, y, left))
        path += text
        left.remove(run)
    return path


def _moves(path: str, x: int, y: int, runs: list[Run]) -> Iterable[tuple[int, str, Run, int, int]]:
    """Every way to draw one of the runs next, from either end: (length, text, run, where the pen is then)."""
    for run in runs:
        start, end = run[:2], (run[0] + run[2], run[1] + run[3])
        for (start_x, start_y), (end_x, end_y) in ((start, end), (end, start)):
            line = f"h{end_x - start_x}" if run[2] else f"v{end_y - start_y}" if run[3] else "z"
            move = f"M{start_x} {start_y}{line}"
            yield len(move), move, run, end_x, end_y
            if path:
                gap = "" if start_y < y else " "
                move = f"m{start_x - x}{gap}{start_y - y}{line}"
                yield len(move), move, run, end_x, end_y
