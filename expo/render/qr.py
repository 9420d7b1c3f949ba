"""The QR code of an address as inline SVG, for paper and for screens at a fair.

In: a whole address ("https://…/sk/2/"). Out: SVG of one black path, the quiet zone included; error correction M, as
paper gets creased. The pages show the address in words, too. Codes are remembered from one build to the next.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from markupsafe import Markup

from expo.cache import Cache, Shelf
from expo.render import qr_masks, qr_modules
from expo.render.ahead import fill_shelf

QUIET_ZONE = 4  # modules of white around the code: scanners need them
CODES_PER_PROCESS = 30  # starting a process costs less than drawing so many
_DARK = re.compile("1+")


class Codes:
    """Codes by address; every exhibit's is on the pages of both languages, and on each of them twice."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._shelf = Shelf(cache, "codes", sys.modules[__name__], qr_masks, qr_modules)

    def get(self, address: str) -> Markup:
        """The SVG; nothing where there is no whole address to send anyone to."""
        return Markup(self._shelf.get(address, lambda: draw_qr(address)) if address else "")

    def draw(self, addresses: Iterable[str], jobs: int) -> None:
        """Draw what is not remembered, in as many processes as are worth it."""
        fill_shelf(self._shelf, addresses, draw_qr, CODES_PER_PROCESS, jobs)

    def keep(self) -> None:
        """Remember what was drawn now for the next build."""
        self._shelf.keep()


def draw_qr(address: str) -> str:
    """One code."""
    rows = qr_masks.choose_mask(qr_modules.encode(address))
    size = len(rows) + 2 * QUIET_ZONE
    # What holds it has its name.
    return (
        f'<svg aria-hidden="true" viewBox="0 0 {size} {size}" class="qr__code">'
        f'<path stroke="#000" d="{_write_path(rows)}"/></svg>'
    )


def _write_path(rows: qr_masks.Rows) -> str:
    """A stroke for each run of dark modules, from where the last one ended."""
    moves, end, last = [], 0, 0
    for row, digits in enumerate(rows):
        for run in _DARK.finditer(digits):
            left, right = run.span()
            moves.append(f"m{left - end} {row - last}h{right - left}")
            end, last = right, row
    return f"M{QUIET_ZONE} {QUIET_ZONE}.5{''.join(moves).removeprefix('m0 0')}"
