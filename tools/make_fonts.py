"""Make the committed fonts and their @font-face rules: theme/static/fonts/, theme/static/css/fonts.css, theme/fonts/.

In: the upstream Be Vietnam Pro, and Roboto and Arimo (as wide as Arial) to measure the fallbacks against.
Out: one subset a weight, ten equal-width digits a weight (the font has no tnum), OFL.txt, fonts.css, and for the share
cards, which no browser draws, a TTF a weight with more languages; the same bytes from the same versions. It does not
run in a build. To run it, in an environment of its own:

    # requirements-fonts.in
    fonttools==4.68.0
    brotli==1.2.1
    fontpkg-be-vietnam-pro==1.2
    fontpkg-roboto==3.15
    fontpkg-arimo==1.341
"""

import string
import sys
from importlib import import_module
from pathlib import Path
from unicodedata import normalize

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

STATIC = Path(__file__).resolve().parent.parent / "theme" / "static"
WEIGHTS = {400: "Regular", 700: "Bold"}

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_SMALL = "".join(normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES) + "đ"
VIETNAMESE = _SMALL + _SMALL.upper()
LATIN = "".join(map(chr, range(0x20, 0x7F)))
SIGNS = "\u00a0–—‘’“”…•·×°₫‰«»−≤≥½²©"
# Letters of other languages beyond these are rare here and cost 1 KB a weight: they come from the fallback.
CHARACTERS = LATIN + VIETNAMESE + SIGNS
EUROPEAN = "".join(map(chr, (*range(0xA1, 0xAD), *range(0xAE, 0x180))))  # for cards, which have no fallback

# Article 1 of the Universal Declaration of Human Rights, and an ordinary sentence with figures: how often a letter
# occurs decides how wide a line comes out.
SAMPLE = (
    "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi. Mọi con người đều được tạo hóa "
    "ban cho lý trí và lương tâm và cần phải đối xử với nhau trong tình bằng hữu. Người dân gửi phản ánh, kiến nghị về "
    "rác thải, giao thông, đất đai; chính quyền trả lời trong 7 ngày làm việc kể từ ngày 18/06/2021, theo Nghị định 61."
)

FACE = """@font-face {{
  font-family: "{family}";
  font-weight: {weight};
  font-display: swap;
  src: url("../fonts/{file}") format("woff2");{extra}
}}
"""
FALLBACK = """@font-face {{
  font-family: "{family}";
  font-weight: {weight};
  src: {local};
  size-adjust: {size:.1%};
  ascent-override: {ascent:.1%};
  descent-override: {descent:.1%};
  line-gap-override: 0%;
}}
"""
HEADER = """/* Faces of the type. Made by tools/make_fonts.py; change it there.
   "Expo Digits" stands first where numbers are set in columns: the font's own digits differ in width.
   "Expo Roboto" and "Expo Arial" are what phones and PCs have, brought to the same width and height of line, so that
   nothing jumps when the web font arrives. */
"""


def main() -> int:
    """Write every file and print its size."""
    written: list[Path] = []
    rules: list[str] = []
    for weight, style in WEIGHTS.items():
        written.append(write_font(make_subset(read_upstream(style), CHARACTERS, features=("kern",)), f"{weight}"))
        rules.append(FACE.format(family="Be Vietnam Pro", weight=weight, file=written[-1].name, extra=""))
    for weight, style in WEIGHTS.items():
        digits = make_subset(make_equal_digits(read_upstream(style)), string.digits, features=())
        written.append(write_font(digits, f"digits-{weight}"))
        extra = "\n  unicode-range: U+30-39;"
        rules.append(FACE.format(family="Expo Digits", weight=weight, file=written[-1].name, extra=extra))
    for weight, style in WEIGHTS.items():
        upstream = read_upstream(style)
        european = "".join(one for one in EUROPEAN if ord(one) in upstream.getBestCmap())
        written.append(write_card_font(make_subset(upstream, CHARACTERS + european, features=("kern",)), f"{weight}"))
    rules.extend(measure_fallbacks())
    written.append(STATIC / "fonts" / "OFL.txt")
    licence = (find_package("fontpkg_be_vietnam_pro") / "LICENSE").read_text(encoding="utf-8")
    written[-1].write_text(licence, encoding="utf-8")
    written.append(STATIC / "css" / "fonts.css")
    written[-1].write_text(HEADER + "\n".join(["", *rules]), encoding="utf-8")
    for path in written:
        print(f"{path.stat().st_size:6d}  {path.relative_to(STATIC.parent)}")
    return 0


def find_package(name: str) -> Path:
    """The folder of a font package: TTFs under files/, LICENSE beside them."""
    return Path(import_module(name).ROOT)


def read_upstream(style: str) -> TTFont:
    """Be Vietnam Pro in one style, with its own date kept: the bytes must not depend on today."""
    path = find_package("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{style}.ttf"
    return TTFont(path, recalcTimestamp=False)


def make_subset(font: TTFont, characters: str, features: tuple[str, ...]) -> TTFont:
    """The font with these characters only, unhinted. A character that the font lacks is an error."""
    missing = sorted(set(map(ord, characters)) - set(font.getBestCmap()))
    if missing:
        raise SystemExit("not in the font: " + " ".join(f"U+{code:04X}" for code in missing))
    options = Options()
    options.hinting = False
    options.layout_features = list(features)
    options.name_IDs = [0, 1, 2, 13]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "STAT", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    return font


def make_equal_digits(font: TTFont) -> TTFont:
    """Centre every digit in a cell as wide as the zero."""
    cmap, widths, glyphs = font.getBestCmap(), font["hmtx"], font.getGlyphSet()
    cell = widths[cmap[ord("0")]][0]
    moved = {}
    for digit in string.digits:
        name = cmap[ord(digit)]
        outline = font["glyf"][name]
        shift = round((cell - (outline.xMax - outline.xMin)) / 2) - outline.xMin
        drawing, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
        glyphs[name].draw(drawing)
        drawing.replay(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
        moved[name] = pen.glyph()
        widths[name] = (cell, outline.xMin + shift)
    for name, glyph in moved.items():
        font["glyf"][name] = glyph
    return font


def write_card_font(font: TTFont, name: str) -> Path:
    """Save as TTF, which Pillow reads, beside nothing that visitors get, and return the path."""
    path = STATIC.parent / "fonts" / f"be-vietnam-pro-{name}.ttf"
    path.parent.mkdir(parents=True, exist_ok=True)
    font.flavor = None
    font.save(path)
    return path


def write_font(font: TTFont, name: str) -> Path:
    """Save as WOFF2 and return the path."""
    path = STATIC / "fonts" / f"be-vietnam-pro-{name}.woff2"
    path.parent.mkdir(parents=True, exist_ok=True)
    font.flavor = "woff2"
    font.save(path)
    return path


def measure_fallbacks() -> list[str]:
    """Rules that give Roboto and Arial the width and the line height of Be Vietnam Pro, a weight each."""
    rules = []
    for family, local, package, file in (
        ("Expo Roboto", {400: ["Roboto"], 700: ["Roboto Bold", "Roboto"]}, "fontpkg_roboto", "Roboto[wdth,wght].ttf"),
        (
            "Expo Arial",
            {400: ["Arial", "Liberation Sans"], 700: ["Arial Bold", "Liberation Sans Bold"]},
            "fontpkg_arimo",
            "Arimo[wght].ttf",
        ),
    ):
        for weight, style in WEIGHTS.items():
            own = read_upstream(style)
            size = measure_width(own) / measure_width(read_fallback(package, file, weight))
            rules.append(
                FALLBACK.format(
                    family=family,
                    weight=weight,
                    local=", ".join(f'local("{name}")' for name in local[weight]),
                    size=size,
                    ascent=own["hhea"].ascent / own["head"].unitsPerEm / size,
                    descent=-own["hhea"].descent / own["head"].unitsPerEm / size,
                )
            )
    return rules


def read_fallback(package: str, file: str, weight: int) -> TTFont:
    """A variable font pinned to a weight and its normal width."""
    font = TTFont(find_package(package) / "files" / file, recalcTimestamp=False)
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    return instantiateVariableFont(font, {**axes, "wght": weight})


def measure_width(font: TTFont) -> float:
    """Width of the sample in em, without kerning."""
    cmap, widths = font.getBestCmap(), font["hmtx"]
    return float(sum(widths[cmap[ord(character)]][0] for character in SAMPLE)) / float(font["head"].unitsPerEm)


if __name__ == "__main__":
    sys.exit(main())
