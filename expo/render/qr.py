"""The QR code of an address as inline SVG, for paper and for screens at a fair.

In: a whole address ("https://…/sk/2/"). Out: SVG of one path in the colour of the text around it, the quiet zone
included; error correction M, as paper gets creased. The pages show the address in words, too.
"""

from __future__ import annotations

import segno
from markupsafe import Markup

QUIET_ZONE = 4  # modules of white around the code: scanners need them


def draw_qr(address: str) -> Markup:
    """The SVG; nothing where there is no whole address to send anyone to."""
    if not address:
        return Markup("")
    code = segno.make_qr(address, error="m")
    svg = code.svg_inline(border=QUIET_ZONE, omitsize=True, dark="#000", svgclass="qr__code", lineclass=None)
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # what holds it has its name
