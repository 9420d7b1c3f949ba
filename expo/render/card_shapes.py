"""The shapes of stage and reply on a share card, the same as components/state.html draws; and the star of the brand.

In: a pen, the shape's upper left corner, a colour. Out: lines of 3 pixels within 28 × 28. STAR: squares of 21 × 21.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

    from expo.render.dyes import Colour

Shape = Callable[["ImageDraw", int, int, "Colour"], None]

SCALE = 1.75  # of the 16 × 16 drawing
DIAMOND = ((8, 1), (15, 8), (8, 15), (1, 8))
RAILS = (((1, 3), (15, 3)), ((1, 13), (15, 13)))


def _lines(*strokes: tuple[tuple[float, float], ...]) -> Shape:
    def draw(pen: ImageDraw, x: int, y: int, colour: Colour) -> None:
        for stroke in strokes:
            points = [(x + round(right * SCALE), y + round(down * SCALE)) for right, down in stroke]
            pen.line(points, fill=colour, width=3, joint="curve")

    return draw


def _filled(outline: tuple[tuple[int, int], ...]) -> Shape:
    def draw(pen: ImageDraw, x: int, y: int, colour: Colour) -> None:
        pen.polygon([(x + right * SCALE, y + down * SCALE) for right, down in outline], fill=colour)

    return draw


def _both(*shapes: Shape) -> Shape:
    def draw(pen: ImageDraw, x: int, y: int, colour: Colour) -> None:
        for shape in shapes:
            shape(pen, x, y, colour)

    return draw


_OPEN = _lines((*DIAMOND, DIAMOND[0]))
_DOTTED = _lines(
    *(
        ((a + (c - a) * start, b + (d - b) * start), (a + (c - a) * end, b + (d - b) * end))
        for (a, b), (c, d) in zip(DIAMOND, (*DIAMOND[1:], DIAMOND[0]), strict=True)
        for start, end in ((0.1, 0.35), (0.65, 0.9))
    )
)
SHAPES: dict[str, Shape] = {
    "idea": _OPEN,
    "pilot": _both(_OPEN, _filled(((8, 1), (8, 15), (1, 8)))),
    "full-scale": _filled(DIAMOND),
    "ended": _both(_OPEN, _lines(((1, 15), (15, 1)))),
    "unknown": _DOTTED,
    "answered": _lines(*RAILS, *(((x, 6), (x, 10)) for x in (3, 8, 13))),
    "results": _lines(*RAILS, ((2, 10), (6, 7), (10, 9), (14, 5))),
    "none": _lines(((1, 3), (15, 3)), ((3, 3), (3, 12)), ((8, 3), (8, 15)), ((13, 3), (13, 10))),
}


def _weave_star() -> tuple[tuple[int, int, int], ...]:
    """The eight-pointed star of the brand, 21 × 21: its squares one by one, as (x, y, width)."""
    reach = range(-10, 11)
    return tuple((x, y, 1) for y in reach for x in reach if _in_star(max(abs(x), abs(y)), min(abs(x), abs(y))))


def _in_star(far: int, near: int) -> bool:
    return (near <= 5 and far - near <= 5 and far != near and near != 0) or far + near == 0


STAR = _weave_star()
