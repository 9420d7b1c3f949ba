"""An address → the modules of its QR code under mask 0, as whole numbers.

In: text. Out: Code, with the modules that segno makes. Text in bytes with the same error correction is linear: what a
bit of it changes in the code is the same in all texts that are as long. So of addresses that differ in their digits
alone, as the short ones of exhibits do, segno encodes one and what single bits change; the others are sums of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

GAP = 4  # light modules between two rows of the number: as many as the third rule of masks looks at beside a pattern
DIGITS = bytes.maketrans(b"\0\1", b"01")
DIGIT = re.compile("[0-9]")
SMALL_LETTER = re.compile("[a-z]")  # with one of them a text is encoded as bytes
BITS = (1, 2, 4, 8)  # of a digit: "0" has none of them


@dataclass(frozen=True, slots=True)
class Code:
    """The modules of a code, row by row and column by column; see `join`."""

    version: int
    error: str
    across: int
    down: int


def encode(text: str) -> Code:
    """The code of a text with error correction M, or better where that needs no more room."""
    if not (text.isascii() and SMALL_LETTER.search(text)):
        return _encode_anew(text)
    bare = DIGIT.sub("0", text)
    code = _encode_once(bare)
    across, down = code.across, code.down
    for found in DIGIT.finditer(text):
        for bit in BITS:
            if int(found[0]) & bit:
                change_across, change_down = _change(bare, found.start(), bit)
                across ^= change_across
                down ^= change_down
    return replace(code, across=across, down=down)


def _encode_anew(text: str) -> Code:
    import segno  # only where a code is not remembered

    made = segno.make_qr(text, error="m", mask=0)
    rows = read(made)
    return Code(int(made.version), str(made.error), join(rows), join(turn(rows)))


_encode_once = cache(_encode_anew)


@cache
def _change(bare: str, place: int, bit: int) -> tuple[int, int]:
    """What changes in a code, across and down, when a bit of a digit is set."""
    code, other = _encode_once(bare), _encode_anew(f"{bare[:place]}{bit}{bare[place + 1 :]}")
    return code.across ^ other.across, code.down ^ other.down


def read(code: segno.QRCode) -> list[str]:
    """Rows of "0", light, and "1", dark."""
    return [row.translate(DIGITS).decode() for row in code.matrix]


def turn(rows: Iterable[str]) -> list[str]:
    """Columns as rows."""
    return ["".join(column) for column in zip(*rows, strict=True)]


def join(rows: Iterable[str]) -> int:
    """A code as one number, a row after the other with light modules between."""
    return int(("0" * GAP).join(rows), 2)
