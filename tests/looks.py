"""Pictures of pages for the visual tests: how they are taken, kept small, and compared.

In: a page in Chromium, a sheet kept earlier. Out: a sheet (narrow and wide, light and dark, side by side, a quarter of
the size) and how far two sheets are apart. A pixel of a sheet is the mean of sixteen, and what counts is the mean of
whole blocks of them: so another release of Chromium, which draws the edges of letters a little differently, moves it
hardly, and what a visitor would see moves it much. Refreshing writes only sheets that are too far from the old ones.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageOps
from playwright.sync_api import CDPSession, Page

KEPT = Path(__file__).resolve().parent / "looks"
VERSION_FILE = KEPT / "CHROMIUM"
SHRINK = 4
WINDOWS = {360: 740, 1440: 900}  # width and height
SCHEMES = ("light", "dark")
QUALITY = 30  # of a kept sheet (WebP): blocks keep their means

# Letters in their true places whatever the machine's settings are, and no coloured edges.
FLAGS = ("--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb", "--hide-scrollbars")

BLOCK, AREA = 4, 32  # pixels of a sheet each way: 32 and 128 of the page
MOST_IN_BLOCK, MOST_IN_AREA = 8, 2  # of 255, the mean difference in the worst channel
NOT_THERE = (255, 0, 255)
GAP = 2

READY = """async () => {
  await document.fonts.ready;
  while (document.querySelector(".lazy")) await new Promise(requestAnimationFrame);
  await Promise.all([...document.images].map((one) => { one.loading = "eager"; return one.decode().catch(() => {}); }));
}"""
# Scripts that follow the width (the filters move between panel and sheet) have done so two frames later.
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"

# Threads of a pixel or two are drawn a little differently by every release: only their colours are kept, smeared. That
# every cloth stays the same for ever is for test_covers.py to say.
STEADY_STYLE = """
.cloth svg { filter: blur(12px); } .cloth::after, .tile::after { display: none !important; }
.hem { filter: blur(4px); } .tile--0 { background: none !important; }
"""
SET_SCHEME = "(scheme) => { document.documentElement.dataset.theme = scheme; }"


@dataclass(frozen=True)
class Distance:
    """How far apart two sheets are: the mean difference of a channel in the worst block, and in the worst area."""

    block: int
    area: int

    @property
    def is_seen(self) -> bool:
        """Whether a visitor would see it."""
        return self.block > MOST_IN_BLOCK or self.area > MOST_IN_AREA


def take_sheet(page: Page, schemes: Callable[[str], object], tallest: Mapping[int, int]) -> Image.Image:
    """The page in both schemes, at the widths of `tallest`, which says where to cut it. `schemes` turns it to one."""
    session = page.context.new_cdp_session(page)
    pictures = []
    for width, most in tallest.items():
        height = WINDOWS[width]
        page.set_viewport_size({"width": width, "height": height})
        schemes(SCHEMES[0])
        page.evaluate(SETTLED)
        # A window as high as the page: to look beyond a window costs Chromium another layout for each picture.
        shown = min(page.evaluate("document.documentElement.scrollHeight"), most)
        page.set_viewport_size({"width": width, "height": shown})
        page.evaluate(SETTLED)
        for scheme in SCHEMES:
            schemes(scheme)
            pictures.append(take_picture(session, width, shown))
    session.detach()
    return make_sheet(pictures)


def take_picture(session: CDPSession, width: int, height: int) -> Image.Image:
    """What the window shows, a quarter of the size: the decoder shrinks, and takes the mean of sixteen for free."""
    content = session.send("Page.captureScreenshot", {"format": "jpeg", "quality": 92})["data"]
    picture = Image.open(io.BytesIO(base64.b64decode(content)))
    picture.draft("RGB", (width // SHRINK, height // SHRINK))
    return picture.convert("RGB")


def make_sheet(pictures: list[Image.Image]) -> Image.Image:
    """Pictures side by side."""
    width = sum(one.width for one in pictures) + GAP * (len(pictures) - 1)
    sheet = Image.new("RGB", (width, max(one.height for one in pictures)), NOT_THERE)
    left = 0
    for one in pictures:
        sheet.paste(one, (left, 0))
        left += one.width + GAP
    return sheet


def encode(sheet: Image.Image) -> bytes:
    """A sheet as it is kept."""
    file = io.BytesIO()
    sheet.save(file, "webp", quality=QUALITY, method=4)
    return file.getvalue()


def decode(content: bytes) -> Image.Image:
    """A kept sheet."""
    return Image.open(io.BytesIO(content)).convert("RGB")


def compare(one: Image.Image, other: Image.Image) -> Distance:
    """How far apart two sheets are. Of different sizes, what only one has is far from everything."""
    size = (max(one.width, other.width), max(one.height, other.height))
    padded = [_pad(image, size) for image in (one, other)]
    return Distance(_worst(padded, BLOCK), _worst(padded, AREA))


def check(name: str, sheet: Image.Image, found: Path, version: str, *, refresh: bool) -> str:
    """Compare a sheet with the kept one of its name; "" if no visitor would see a difference, else what to do.

    Both pass through the encoder, so that what it loses cancels out. With `refresh` the new one is kept instead.
    """
    content = encode(sheet)
    kept = KEPT / f"{name}.webp"
    if not kept.exists() and not refresh:
        return f"there is no picture of {name} yet; make it with --refresh-looks"
    distance = compare(decode(kept.read_bytes()), decode(content)) if kept.exists() else Distance(255, 255)
    if not distance.is_seen:
        return ""
    if refresh:
        kept.write_bytes(content)
        return ""
    found.mkdir(parents=True, exist_ok=True)
    picture = found / f"{name}.png"
    show_difference(decode(kept.read_bytes()), decode(content)).save(picture)
    taken = VERSION_FILE.read_text("utf-8").strip()
    other = "" if taken == version else f" (kept ones are of Chromium {taken}, this is {version})"
    return (
        f"{name} looks different: {distance.block} in the worst block (at most {MOST_IN_BLOCK}), "
        f"{distance.area} in the worst area (at most {MOST_IN_AREA}){other}. See {picture}: before, now, difference. "
        "If the change is wanted, refresh with --refresh-looks and commit."
    )


def show_difference(before: Image.Image, now: Image.Image) -> Image.Image:
    """Before, now, and where they differ (darker is more), one above the other."""
    size = (max(before.width, now.width), max(before.height, now.height))
    pair = [_pad(image, size) for image in (before, now)]
    difference = ImageOps.invert(ImageChops.difference(*pair).point(lambda value: min(255, value * 3)))
    shown = Image.new("RGB", (size[0], size[1] * 3 + GAP * 4), NOT_THERE)
    for place, image in enumerate((*pair, difference)):
        shown.paste(image, (0, place * (size[1] + GAP * 2)))
    return shown


def _pad(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    canvas = Image.new("RGB", size, NOT_THERE)
    canvas.paste(image)
    return canvas


def _worst(images: list[Image.Image], side: int) -> int:
    """The highest difference between the means of two squares, in the worst channel."""
    difference = ImageChops.difference(*(image.reduce(side) for image in images))
    return int(max(high for _, high in difference.getextrema()))
