"""Pictures of every kind of page, put together on sheets to be looked at before a release.

In: the project's content, built anew, or a built site; which kinds and widths. Out: in a folder one picture for each
page, width and scheme, and one sheet for each width with all of them, light beside dark.

    python3 bench/contact_sheet.py --out contact-sheet
    python3 bench/contact_sheet.py --site output --kinds home theme --widths 360
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from bench.page_kinds import PAGE_KINDS  # noqa: E402 - the project is not installed

if TYPE_CHECKING:
    from PIL.Image import Image
    from playwright.sync_api import Browser

HEIGHTS = {360: 740, 768: 1024, 1440: 900}
SCHEMES = ("light", "dark")
TALLEST = 6000  # pixels of a page that are taken
COLUMN, SHOWN, CAPTION, GAP = 300, 900, 18, 12  # of a sheet: width and height of one picture, of its name; between them
SETTLED = "body:not(:has(#catalogue[aria-busy]))"
PAUSE = 400  # milliseconds for what comes after the first answers


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, help="a built site; without it the content is built")
    parser.add_argument("--out", type=Path, default=Path("contact-sheet"), help="folder of the pictures")
    parser.add_argument("--kinds", nargs="+", choices=PAGE_KINDS, default=list(PAGE_KINDS))
    parser.add_argument("--widths", nargs="+", type=int, choices=HEIGHTS, default=list(HEIGHTS))
    return parser.parse_args(arguments)


@contextmanager
def served(site: Path | None) -> Iterator[str]:
    """The address of the site on this machine."""
    from bench.search.host import Host

    with TemporaryDirectory() as name:
        if site is None:
            from expo.cli import main as run_command

            site = Path(name) / "site"
            if run_command(["build", "--output", str(site), "--quiet"]):
                sys.exit("the build failed")
        with Host(site) as host:
            yield host.address + "/"


def take_pictures(browser: Browser, base: str, folder: Path, kinds: Sequence[str], width: int) -> dict[str, list[Path]]:
    """Kind → its pictures, one for each scheme."""
    taken: dict[str, list[Path]] = {kind: [] for kind in kinds}
    for scheme in SCHEMES:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        for kind in kinds:
            page.goto(base + PAGE_KINDS[kind])
            page.wait_for_selector(SETTLED)
            page.wait_for_timeout(PAUSE)
            path = folder / f"{kind}-{width}-{scheme}.png"
            height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
            page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
            taken[kind].append(path)
        context.close()
    return taken


def make_sheet(taken: dict[str, list[Path]], columns: int = 10) -> Image:
    """All pictures of one width, each from its top, scaled down, its name above it."""
    from PIL import Image, ImageDraw

    paths = [path for pair in taken.values() for path in pair]
    rows = -(-len(paths) // columns)
    sheet = Image.new("RGB", (columns * (COLUMN + GAP) + GAP, rows * (SHOWN + CAPTION + GAP) + GAP), "#808080")
    draw = ImageDraw.Draw(sheet)
    for at, path in enumerate(paths):
        left = GAP + at % columns * (COLUMN + GAP)
        top = GAP + at // columns * (SHOWN + CAPTION + GAP)
        with Image.open(path) as picture:
            scaled = picture.convert("RGB").resize((COLUMN, max(1, round(picture.height * COLUMN / picture.width))))
        sheet.paste(scaled.crop((0, 0, COLUMN, min(SHOWN, scaled.height))), (left, top + CAPTION))
        draw.text((left, top), path.stem, fill="white")
    return sheet


def main(arguments: Sequence[str]) -> int:
    """Build or take the site, look at it, put the pictures together."""
    asked = parse_arguments(arguments)
    from bench.project import enter_test_environment

    enter_test_environment()
    from bench.search.chromium import open_browser

    asked.out.mkdir(parents=True, exist_ok=True)
    with served(asked.site) as base, open_browser() as browser:
        for width in asked.widths:
            sheet = asked.out / f"sheet-{width}.png"
            make_sheet(take_pictures(browser, base, asked.out, asked.kinds, width)).save(sheet)
            print(sheet)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
