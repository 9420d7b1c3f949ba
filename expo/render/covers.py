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
from itertools import groupby
from typing import TypeVar

from markupsafe import Markup, escape

from expo.cache import Cache, Shelf
from expo.render import motifs, strokes
from expo.render.ahead import fill_shelf
from expo.render.motifs import ACCENT, COTTON, FIGURE, GROUND, INDIGO, Inks, Motif
from expo.render.strokes import COLUMNS, STEP, cover_runs, least_length, write_path

ROWS = strokes.ROWS  # from the middle of the cloth to its edge
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

INSIDE = (1 << (ROWS - 2) * STEP) - 1  # the cells of a chart but for its selvage
Row = tuple[int, int, int]  # cells of a motif's three threads, as bits
Option = TypeVar("Option")


class Loom:
    """Cloths by seed, remembered from one build to the next: drawing them is a sixth of a build's time."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._shelf = Shelf(cache, "cloths", sys.modules[__name__], motifs, strokes)

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
        chart = _weave_chart(thrown, attempt)
        under = _draw_grounds(chart.grounds)
        runs = {thread: cover_runs(cells) for thread, cells in chart.stitches.items() if cells}
        written = sum(len(_draw_stitches(thread, "")) + least_length(some) for thread, some in runs.items())
        if FRAME + len(under) + written > LONGEST and attempt + 1 < ATTEMPTS:  # so are a third of all
            continue
        threads = under, "".join(_draw_stitches(thread, write_path(some)) for thread, some in runs.items())
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
    """The quarter chart as it grows from the middle outward: a ground thread for each row, and stitches by thread.

    Stitches are bits of a number, as strokes.py takes them; those of the ground's own thread are none.
    """

    def __init__(self) -> None:
        self.grounds: list[str] = []
        self.stitches = dict.fromkeys((FIGURE, COTTON, ACCENT, INDIGO, GROUND), 0)  # as they lie on each other

    def add(self, rows: Iterable[Row], inks: Sequence[str]) -> None:
        """Weave a band as far as rows are left."""
        ground = inks[0]
        for row in rows:
            y = len(self.grounds)
            if y == ROWS:
                break
            self.grounds.append(ground)
            for thread, cells in zip(inks[1:], row, strict=True):
                if thread != ground:
                    self.stitches[thread] |= cells << y * STEP

    def add_stripes(self, threads: Iterable[str]) -> None:
        """Weave plain rows, one thread each."""
        self.grounds.extend(threads)
        del self.grounds[ROWS:]

    def finish(self) -> None:
        """The selvage: an indigo row, then one of the figure's thread."""
        self.grounds[-2:] = [INDIGO, FIGURE]
        for thread in self.stitches:
            self.stitches[thread] &= INSIDE


@cache
def _weave_rows(motif: Motif, height: int) -> tuple[Row, ...]:
    """A motif of a height, row by row: a few dozen are in all cloths."""
    return tuple(_weave_row(motif, y, height) for y in range(height))


def _weave_row(motif: Motif, y: int, height: int) -> Row:
    inks = [motif(x, y, height) for x in range(COLUMNS)]
    first, second, third = (sum((ink == wanted) << x for x, ink in enumerate(inks)) for wanted in (1, 2, 3))
    return first, second, third


def _weave_chart(seed: str, attempt: int) -> Chart:
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
        rows = _weave_rows(motif, height)
        chart.add(_weave_rows(*fine), main[1])
        chart.add_stripes(line)
        chart.add((rows[abs(y - half)] for y in range(2 * half + 1)), inks)
    else:
        chart.add(_weave_rows(motif, height), inks)
    for band, threads in (main, (fine, dice.pick(_unlike(main[1][0]))), other, main):
        chart.add_stripes(line)
        chart.add(_weave_rows(*band), threads)
    chart.add_stripes(edge * 9)
    chart.finish()
    return chart


def _unlike(*grounds: str) -> list[Inks]:
    return [inks for inks in motifs.BAND_INKS if inks[0] not in grounds]


def _draw_grounds(grounds: Iterable[str]) -> str:
    """Wide strokes right across the repeat."""
    under, start = "", 0
    for ground, group in groupby(grounds):
        end = start + len(list(group))
        if ground != GROUND:
            under += f'<path class="w{ground}" stroke-width="{end - start}" d="M0 {(start + end) / 2:g}h24"/>'
        start = end
    return under


def _draw_stitches(thread: str, path: str) -> str:
    return f'<path class="w{thread}" d="{path}"/>'


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


FRAME = len(_draw_frame(("", ""), "0000", CARD_BOX))  # characters around the threads
