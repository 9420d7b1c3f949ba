"""Reads a QR code from a picture, as a phone would that holds still: for tests only.

In: a picture of a code with nothing but its quiet zone around it. Out: its text. Versions 1 to 9, bytes only; nothing
is corrected, so a single wrong module that matters fails. Of segno only the two tables of the standard are taken
(places of the alignment patterns, blocks of each version), nothing of what draws.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL.Image import Image
from segno.consts import ALIGNMENT_POS, ECC

FORMAT_MASK = 0b101010000010010
MASKS = (
    lambda row, column: (row + column) % 2,
    lambda row, column: row % 2,
    lambda row, column: column % 3,
    lambda row, column: (row + column) % 3,
    lambda row, column: (row // 2 + column // 3) % 2,
    lambda row, column: row * column % 2 + row * column % 3,
    lambda row, column: (row * column % 2 + row * column % 3) % 2,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2,
)
LEVELS = (0, 1, 2, 3)  # the two bits of a format: M, L, H, Q, as ECC names them


def read_modules(picture: Image, count: int) -> list[list[bool]]:
    """The middle of every module: dark or not. `count` is how many there are on a side, quiet zone included."""
    grey = picture.convert("L")
    step_x, step_y = grey.width / count, grey.height / count

    def is_dark(row: int, column: int) -> bool:
        shade = grey.getpixel((int((column + 0.5) * step_x), int((row + 0.5) * step_y)))
        assert isinstance(shade, int | float)
        return shade < 128

    return [[is_dark(row, column) for column in range(count)] for row in range(count)]


def read_text(modules: list[list[bool]], quiet: int = 4) -> str:
    """What the modules say. Raises AssertionError where the code is none, or the quiet zone is not quiet."""
    size = len(modules) - 2 * quiet
    inside = range(quiet, quiet + size)
    assert not any(
        dark
        for row, line in enumerate(modules)
        for column, dark in enumerate(line)
        if row not in inside or column not in inside
    )
    code = [line[quiet:-quiet] for line in modules[quiet:-quiet]]
    version = (size - 17) // 4
    bits = sum(code[8][column] << 14 - at for at, column in enumerate((0, 1, 2, 3, 4, 5, 7, 8)))
    bits += sum(code[row][8] << 6 - at for at, row in enumerate((7, 5, 4, 3, 2, 1, 0)))
    written = bits ^ FORMAT_MASK
    level, mask = LEVELS[written >> 13], MASKS[written >> 10 & 7]
    stream = [code[row][column] ^ (mask(row, column) == 0) for row, column in _path(size, version)]
    words = [
        sum(bit << 7 - at for at, bit in enumerate(stream[first : first + 8])) for first in range(0, len(stream), 8)
    ]
    data = "".join(f"{word:08b}" for word in _in_order(words, version, level))
    assert data[:4] == "0100", "not in bytes"
    length = int(data[4:12], 2)
    return bytes(int(data[12 + 8 * at : 20 + 8 * at], 2) for at in range(length)).decode()


def _path(size: int, version: int) -> Iterator[tuple[int, int]]:
    """Places of data, two columns at a time from the right, up and down by turns."""
    upwards = True
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        for row in range(size - 1, -1, -1) if upwards else range(size):
            for column in (right, right - 1):
                if not _is_pattern(row, column, size, version):
                    yield row, column
        upwards = not upwards


def _is_pattern(row: int, column: int, size: int, version: int) -> bool:
    """Whether a module belongs to what every code of this size has."""
    last = size - 9
    if (row < 9 and column < 9) or (row < 9 and column > last) or (row > last and column < 9) or 6 in (row, column):
        return True
    if version >= 7 and ((row < 6 and column > size - 12) or (column < 6 and row > size - 12)):
        return True
    places = ALIGNMENT_POS[version - 2] if version > 1 else ()
    corners = {(6, 6), (6, places[-1]), (places[-1], 6)} if places else set()
    return any(
        abs(row - top) < 3 and abs(column - left) < 3 for top in places for left in places if (top, left) not in corners
    )


def _in_order(words: list[int], version: int, level: int) -> Iterator[int]:
    """The blocks' data words one block after the other; what corrects errors is left out."""
    lengths = [group.num_data for group in ECC[version][level] for _ in range(group.num_blocks)]
    blocks: list[list[int]] = [[] for _ in lengths]
    feed = iter(words)
    for at in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if at < length:
                block.append(next(feed))
    for block in blocks:
        yield from block
