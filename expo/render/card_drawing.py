"""A share card as a picture: 1200 × 630 PNG, the cloth at the left, what stands on the label at the right.

In: CardText, threads of cloths, the dyes. Out: bytes, the same on every machine: text is laid out by Pillow's basic
engine, as precomposed letters need no other, and colours come from one fixed palette. A title shrinks in steps until
it fits and is never cut; other lines shrink, then end in "…". Letters that the font lacks lose their marks or go.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from expo.render.card_shapes import SHAPES, STAR
from expo.render.dyes import Dyes
from expo.render.stitches import Cloth, read_stitches, thread_at

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
STITCH = 10  # pixels
CLOTH_WIDTH, HEM_HEIGHT = 430, 20
LEFT, RIGHT = 490, 1140
TITLE_TOP, LINES_BOTTOM = 116, 502
TITLE_SIZES = (92, 80, 68, 56, 52, 48, 44, 40, 36, 32, 29, 26)
LARGEST_BESIDE_STATES = 56
LINE_SIZES = (27, 25, 23, 21)
LINE_HEIGHT, TALL_LINE_HEIGHT = 1.3, 1.44  # Ẫ over ộ needs the taller one
SHADES = 14  # steps from paper to ink that smooth edges need
DARKER = 0.86  # what the shadow between two picks leaves of a thread's colour


@dataclass(frozen=True)
class Strip:
    """A piece of cloth and its dyes; several lie above each other."""

    threads: tuple[str, str]  # Loom.threads
    theme: str
    accent: str

    @property
    def cloth(self) -> Cloth:
        """Its stitches, read when a card is drawn: of most cards only the name is needed."""
        return _read_once(self.threads)


_read_once = lru_cache(maxsize=256)(read_stitches)  # for cards in two languages, and of places too


@dataclass(frozen=True)
class CardText:
    """Every word on a card, and which shape stands before which of the states."""

    label: str  # "SK-0002", "Tỉnh, thành"
    title: str
    lines: tuple[str, ...]
    states: tuple[tuple[str, str], ...]  # name of a shape in SHAPES, words
    hem: str  # woven, open, "" for none
    brand: tuple[str, str]


def draw_card(text: CardText, strips: Sequence[Strip], dyes: Dyes, fonts: Path) -> bytes:
    """The PNG."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, HEIGHT), dyes.tokens["paper"])
    _draw_cloths(picture, strips, dyes, HEIGHT - (HEM_HEIGHT if text.hem else 0))
    pen = ImageDraw.Draw(picture)
    if text.hem:
        _draw_hem(pen, text.hem, strips[0].theme, dyes)
    _draw_words(pen, text, dyes, fonts)
    flat = picture.quantize(palette=_make_palette(strips, dyes), dither=Image.Dither.NONE)
    target = io.BytesIO()
    flat.save(target, "PNG", compress_level=7)  # 9 takes six times as long and saves a seventh
    return target.getvalue()


def _draw_cloths(picture: Picture, strips: Sequence[Strip], dyes: Dyes, bottom: int) -> None:
    """Strips above each other, a stitch ten pixels, with a shadow between the picks; bare warp where there is none."""
    from PIL import Image, ImageDraw

    if not strips:
        pen = ImageDraw.Draw(picture)
        for x in range(0, CLOTH_WIDTH, 12):
            pen.rectangle((x, 0, x + 1, bottom), fill=dyes.tokens["edge"])
        return
    half = CLOTH_WIDTH // STITCH // 2
    for index, strip in enumerate(strips):
        top, end = bottom * index // len(strips), bottom * (index + 1) // len(strips)
        colours, cloth = dyes.threads(strip.theme, strip.accent), strip.cloth
        reach = -(-(end - top) // STITCH // 2)
        chart = Image.new("RGB", (2 * half + 1, 2 * reach + 1))
        for y in range(-reach, reach + 1):
            for x in range(-half, half + 1):
                chart.putpixel((x + half, y + reach), colours[thread_at(cloth, x, y)])
        size = (chart.width * STITCH, chart.height * STITCH)
        large = chart.resize(size, Image.Resampling.NEAREST)
        picks = Image.new("L", size)
        pen = ImageDraw.Draw(picks)
        for line in range(STITCH // 2 - 1, size[1], STITCH // 2):
            pen.line((0, line, size[0], line), fill=255)
        large.paste(chart.point(_darken).resize(size, Image.Resampling.NEAREST), mask=picks)
        above = (large.height - (end - top)) // 2
        picture.paste(large.crop((0, above, CLOTH_WIDTH, above + end - top)), (0, top))
        if index:
            ImageDraw.Draw(picture).rectangle((0, top - 4, CLOTH_WIDTH - 1, top + 3), fill=dyes.tokens["rod"])


def _darken(part: int) -> int:
    return round(part * DARKER)


def _draw_hem(pen: ImageDraw, hem: str, theme: str, dyes: Dyes) -> None:
    """Woven: the pattern of the style sheet's hem, twice its size. Open: loose threads of several lengths."""
    top = HEIGHT - HEM_HEIGHT
    if hem == "woven":
        red, cotton, black = dyes.tokens["red-thread"], dyes.tokens["c"], dyes.tokens["k"]
        for x in range(0, CLOTH_WIDTH, 24):
            for start, end, colour in ((0, 8, red), (8, 12, cotton), (12, 20, black), (20, 24, cotton)):
                pen.rectangle((x + start, top, min(x + end, CLOTH_WIDTH) - 1, HEIGHT - 1), fill=colour)
        for y in (top, HEIGHT - 4):
            pen.rectangle((0, y, CLOTH_WIDTH - 1, y + 3), fill=black)
        return
    ground, figure = dyes.themes.get(theme, dyes.neutral)
    pen.rectangle((0, top, CLOTH_WIDTH - 1, top + 2), fill=dyes.tokens["k"])
    lengths = (13, 16, 14, 18, 13, 16, 12, 15, 18)
    for place, x in enumerate(range(0, CLOTH_WIDTH - 3, 8)):
        colour = figure if place % len(lengths) == 2 else ground
        pen.rectangle((x, top, x + 2, top + lengths[place % len(lengths)]), fill=colour)


def _draw_words(pen: ImageDraw, text: CardText, dyes: Dyes, fonts: Path) -> None:
    """Number and brand stand fast; states and lines grow from below; the title gets what is left."""
    ink, soft = dyes.tokens["ink"], dyes.tokens["ink-soft"]
    bold, plain = str(fonts / "be-vietnam-pro-700.ttf"), str(fonts / "be-vietnam-pro-400.ttf")
    pen.text((LEFT, 92), _fit(text.label, bold, (34,))[1], dyes.tokens["gold"], _font(bold, 34), anchor="ls")
    bottom = _draw_states(pen, text.states, dyes, bold, plain)
    for line in reversed(text.lines):
        size, words = _fit(line, plain, LINE_SIZES)
        pen.text((LEFT, bottom), words, soft, _font(plain, size), anchor="ls")
        bottom -= 39
    sizes = TITLE_SIZES[TITLE_SIZES.index(LARGEST_BESIDE_STATES) :] if text.states else TITLE_SIZES
    size, height, lines = lay_out_title(text.title, bold, bottom - 6 - TITLE_TOP, sizes)
    for index, line in enumerate(lines):
        baseline = TITLE_TOP + round(size * 1.12) + index * height
        pen.text((LEFT, baseline), line, ink, _font(bold, size), anchor="ls")
    pen.rectangle((LEFT, 519, RIGHT, 520), fill=dyes.tokens["line"])
    for x, y, width in STAR:
        left, top = LEFT + round((x + 10) * 2.5), 546 + round((y + 10) * 2.5)
        right, low = LEFT + round((x + 10 + width) * 2.5) - 1, 546 + round((y + 11) * 2.5) - 1
        pen.rectangle((left, top, right, low), fill=dyes.tokens["lacquer"])
    pen.text((LEFT + 65, 568), text.brand[0], ink, _font(bold, 26), anchor="ls")
    pen.text((LEFT + 65, 595), text.brand[1], soft, _font(plain, 21), anchor="ls")


def _draw_states(pen: ImageDraw, states: Sequence[tuple[str, str]], dyes: Dyes, bold: str, plain: str) -> int:
    """Shape and words of each; side by side where both fit, else below each other. Returns the next baseline above."""
    baseline = LINES_BOTTOM - 20
    if not states:
        return baseline
    reply, stage = (bold, dyes.tokens["indigo"]), (plain, dyes.tokens["ink"])
    faces = [reply if shape in ("answered", "results") else stage for shape, _ in states]
    fitted = [_fit(words, face, LINE_SIZES, 43) for (_, words), (face, _) in zip(states, faces, strict=True)]
    widths = [43 + _font(face, size).getlength(words) for (size, words), (face, _) in zip(fitted, faces, strict=True)]
    beside = sum(widths) + 44 * (len(states) - 1) <= RIGHT - LEFT
    x = float(LEFT)
    for place, ((shape, _), (size, words), (face, colour)) in enumerate(zip(states, fitted, faces, strict=True)):
        at = round(x) if beside else LEFT
        line = baseline if beside else baseline - 38 * (len(states) - 1 - place)
        SHAPES[shape](pen, at, line - 22, colour)
        pen.text((at + 43, line), words, colour, _font(face, size), anchor="ls")
        x += widths[place] + 44
    return baseline - 58 - (0 if beside else 38 * (len(states) - 1))


def lay_out_title(title: str, face: str, room: int, sizes: Sequence[int]) -> tuple[int, int, list[str]]:
    """Size, height of a line and lines of the largest setting that fits; the last size takes what there is."""
    words = _known(title, face)
    tall = any(one.isupper() and len(normalize("NFD", one)) > 2 for one in words)
    for size in sizes:
        height = round(size * (TALL_LINE_HEIGHT if tall else LINE_HEIGHT))
        lines = _break_lines(words, _font(face, size))
        if len(lines) * height <= room:
            break
    return size, height, lines


def _break_lines(words: str, font: FreeTypeFont) -> list[str]:
    """Lines no wider than the card; a word that is wider than a line is broken where the line ends."""
    lines, line = [], ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= RIGHT - LEFT:
            line = longer
            continue
        if line:
            lines.append(line)
        while font.getlength(word) > RIGHT - LEFT:
            end = next(end for end in range(len(word), 0, -1) if font.getlength(word[:end]) <= RIGHT - LEFT)
            lines.append(word[:end])
            word = word[end:]
        line = word
    return [*lines, line] if line else lines


def _fit(words: str, face: str, sizes: Sequence[int], used: int = 0) -> tuple[int, str]:
    """The largest size at which a line fits; at the smallest it ends in "…"."""
    words = _known(words, face)
    room = RIGHT - LEFT - used
    for size in sizes:
        if _font(face, size).getlength(words) <= room:
            return size, words
    while words and _font(face, size).getlength(words + "…") > room:
        words = words[:-1]
    return size, words.rstrip(" ,·") + "…"


@cache
def _font(face: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(face, size, layout_engine=ImageFont.Layout.BASIC)


def _known(words: str, face: str) -> str:
    """The words in precomposed letters of the font: a foreign mark goes, and so does what has no letter at all."""
    words = "".join(_known_letter(one, face) for one in normalize("NFC", words))
    return " ".join(words.split())


@cache
def _known_letter(letter: str, face: str) -> str:
    font = _font(face, 20)
    missing = bytes(font.getmask("\ufffe"))
    if letter.isspace():
        return " "
    return next((one for one in (letter, normalize("NFKD", letter)[:1]) if bytes(font.getmask(one)) != missing), "")


def _make_palette(strips: Sequence[Strip], dyes: Dyes) -> Picture:
    """Every colour of the cloths and their shadows, and ramps from paper to each colour of text."""
    from PIL import Image

    exact = [colour for strip in strips for colour in dyes.threads(strip.theme, strip.accent).values()]
    exact += [(_darken(red), _darken(green), _darken(blue)) for red, green, blue in exact]
    exact += [dyes.tokens[name] for name in ("red-thread", "line", "c", "k", "edge", "rod")]
    exact += [part for strip in strips[:1] for part in dyes.themes.get(strip.theme, dyes.neutral)]
    paper = dyes.tokens["paper"]
    for name in ("ink", "ink-soft", "gold", "indigo", "lacquer"):
        for step in range(SHADES + 1):
            share = step / SHADES
            red, green, blue = (round(p + (q - p) * share) for p, q in zip(paper, dyes.tokens[name], strict=True))
            exact.append((red, green, blue))
    colours = list(dict.fromkeys(exact))
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette
