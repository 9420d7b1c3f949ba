"""Make the committed icons: favicon.svg, favicon.ico (32 px) and apple-touch-icon.png (180 px) in theme/static/.

In: the woven star of the brand mark, one quarter of it in letters below. Out: three small files, the same bytes
from the same Pillow. It does not run in a build. To run it: `python tools/make_icons.py` with Pillow installed.
"""

import io
import struct
import sys
from pathlib import Path

from PIL import Image, ImageDraw

STATIC = Path(__file__).resolve().parent.parent / "theme" / "static"
LACQUER = "#B5301A"
LACQUER_AT_NIGHT = "#FF8A6E"
PAPER = "#FBF7EF"

# Rows 0 to 10 below the middle, columns 0 to 10 right of it; mirrored both ways.
QUARTER = (
    "#..........",
    "..#####....",
    ".#.#####...",
    ".##.#####..",
    ".###.#####.",
    ".####.#####",
    ".#####.....",
    "..####.....",
    "...###.....",
    "....##.....",
    ".....#.....",
)
REACH = len(QUARTER) - 1
SIDE = 2 * REACH + 1


def main() -> int:
    """Write the three files and print their sizes."""
    stitches = list_stitches()
    for name, content in (
        ("favicon.svg", draw_svg(stitches).encode("ascii")),
        ("favicon.ico", wrap_ico(encode_png(draw_star(stitches, size=32, stitch=1.5)), size=32)),
        ("apple-touch-icon.png", encode_png(draw_star(stitches, size=180, stitch=7))),
    ):
        path = STATIC / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{len(content):6d}  {name}")
    return 0


def list_stitches() -> list[tuple[int, int]]:
    """Column and row of every stitch of the whole star, counted from its upper left corner."""
    return [
        (column, row)
        for row in range(SIDE)
        for column in range(SIDE)
        if QUARTER[abs(row - REACH)][abs(column - REACH)] == "#"
    ]


def draw_svg(stitches: list[tuple[int, int]]) -> str:
    """The star as one path, a run of stitches a stroke; lighter where the browser is dark."""
    runs: list[tuple[int, int, int]] = []
    for column, row in stitches:
        if runs and runs[-1][1] == row and sum(runs[-1][::2]) == column:
            runs[-1] = (runs[-1][0], row, runs[-1][2] + 1)
        else:
            runs.append((column, row, 1))
    path = "".join(f"M{column} {row}h{length}v1h-{length}z" for column, row, length in runs)
    style = f"path{{fill:{LACQUER}}}@media(prefers-color-scheme:dark){{path{{fill:{LACQUER_AT_NIGHT}}}}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {SIDE + 2} {SIDE + 2}" shape-rendering="crispEdges">'
        f'<style>{style}</style><path d="{path}"/></svg>\n'
    )


def draw_star(stitches: list[tuple[int, int]], size: int, stitch: float) -> Image.Image:
    """The star on paper, in the middle. Half stitches are drawn at four times the size, then averaged."""
    scale = 1 if float(stitch).is_integer() else 4
    picture = Image.new("RGB", (size * scale, size * scale), PAPER)
    pencil = ImageDraw.Draw(picture)
    side = int(stitch * scale)
    margin = (size * scale - SIDE * side) // 2
    for column, row in stitches:
        left, top = margin + column * side, margin + row * side
        pencil.rectangle((left, top, left + side - 1, top + side - 1), fill=LACQUER)
    return picture.resize((size, size), Image.Resampling.BOX) if scale > 1 else picture


def encode_png(picture: Image.Image) -> bytes:
    """Few colours, so a palette; no date, no text inside."""
    memory = io.BytesIO()
    picture.quantize(16, dither=Image.Dither.NONE).save(memory, format="PNG", optimize=True)
    return memory.getvalue()


def wrap_ico(png: bytes, size: int) -> bytes:
    """An icon file of one picture: a directory of one entry, then the PNG as it is."""
    header = struct.pack("<HHH", 0, 1, 1)
    entry = struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), 22)
    return header + entry + png


if __name__ == "__main__":
    sys.exit(main())
