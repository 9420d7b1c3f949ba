"""The mask of a QR code: which of the eight makes the code easiest to read, by the rules of ISO/IEC 18004, 7.8.3.

In: a code under mask 0. Out: its rows under the best mask, the one that segno itself would choose, in a tenth
of the time: a whole code is one number here, so that a rule looks at all of its modules at once. What tells two masks
of a code apart is the same for all codes of a version and level, and is read off segno's own once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from expo.render.qr_modules import GAP, Code, join, read, turn

MASKS = range(8)
RUN, BLOCK, FINDER, SHARE = 3, 3, 40, 10  # points of the four rules
FINDER_LENGTH = 7  # of dark, light, dark, dark, dark, light, dark
WITH_VERSION = 7  # from this version on it is written into the code

Rows = Sequence[str]  # of "0", light, and "1", dark


@dataclass(frozen=True)
class Masks:
    """What all codes of one version and level have in common."""

    size: int
    pairs: int  # modules with another on their left
    open: int  # what the rules look at: all but what is written once the mask is known
    open_down: int  # the same of the code on its side
    patterns: tuple[int, ...]  # by mask, what it changes against mask 0
    patterns_down: tuple[int, ...]
    finished: tuple[int, ...]  # the same, with the mask's own number as it is written into the code


def choose_mask(code: Code) -> Rows:
    """The rows of a code made under mask 0, under the best one; of equals it is the first."""
    masks = _describe_masks(code.version, code.error)
    across, down = code.across, code.down

    def count_points(mask: int) -> int:
        shown = (across & masks.open) ^ masks.patterns[mask]
        shown_down = (down & masks.open_down) ^ masks.patterns_down[mask]
        lines = _rate_lines(shown, masks.pairs) + _rate_lines(shown_down, masks.pairs)
        return lines + _rate_blocks(shown, masks) + _rate_share(shown, masks.size)

    best = min(MASKS, key=count_points)
    return _part(across ^ masks.finished[best], masks.size)


@cache
def _describe_masks(version: int, error: str) -> Masks:
    import segno  # only where a code is not remembered

    codes = [read(segno.make_qr("1", version=version, error=error, mask=mask, boost_error=False)) for mask in MASKS]
    size = len(codes[0])
    kept = _open_modules(size, version)
    across, down = [join(rows) for rows in codes], [join(turn(rows)) for rows in codes]
    is_open, is_open_down = join(kept), join(turn(kept))
    return Masks(
        size=size,
        pairs=join(["0" + "1" * (size - 1)] * size),
        open=is_open,
        open_down=is_open_down,
        patterns=tuple((one ^ across[0]) & is_open for one in across),
        patterns_down=tuple((one ^ down[0]) & is_open_down for one in down),
        finished=tuple(one ^ across[0] for one in across),
    )


def _open_modules(size: int, version: int) -> list[str]:
    """ "1" for all modules but those of the mask's number, beside the finders, and those of the version."""
    end = size - 8
    closed = {(8, at) for at in (*range(9), *range(end, size)) if at != 6}
    closed |= {(row, column) for column, row in closed}
    if version >= WITH_VERSION:
        closed |= {place for at in range(6) for far in range(end - 3, end) for place in ((at, far), (far, at))}
    return ["".join("01"[(row, column) not in closed] for column in range(size)) for row in range(size)]


def _part(code: int, size: int) -> list[str]:
    digits = f"{code:0{size * (size + GAP) - GAP}b}"
    return [digits[start : start + size] for start in range(0, len(digits), size + GAP)]


def _rate_lines(code: int, pairs: int) -> int:
    """Five modules of one colour in a row and more; and what looks like a finder with light beside it."""
    same = ~(code ^ code >> 1) & pairs
    fives = same & same >> 1 & same >> 2 & same >> 3
    runs = fives & ~(fives >> 1)
    found = code & ~(code >> 1) & code >> 2 & code >> 3 & code >> 4 & ~(code >> 5) & code >> 6
    dark_before = code >> 7 | code >> 8 | code >> 9 | code >> 10
    dark_after = code << 1 | code << 2 | code << 3 | code << 4
    finders = found & ~(dark_before & dark_after)
    return fives.bit_count() + (RUN - 1) * runs.bit_count() + FINDER * _count_apart(finders)


def _count_apart(ends: int) -> int:
    """How many patterns there are that share no module with one before them that counts."""
    if not ends & (ends >> 4 | ends >> 6):  # the only ways in which two can overlap
        return ends.bit_count()
    count = 0
    while ends:
        first = ends.bit_length()
        count += 1
        ends &= (1 << max(0, first - FINDER_LENGTH)) - 1
    return count


def _rate_blocks(code: int, masks: Masks) -> int:
    """Two by two modules of one colour."""
    below = masks.size + GAP
    same = ~(code ^ code >> 1) & masks.pairs
    blocks = same & same >> below & ~(code ^ code >> below)
    return BLOCK * blocks.bit_count()


def _rate_share(code: int, size: int) -> int:
    """How far the dark modules are from half of all."""
    return SHARE * int(abs(code.bit_count() / size**2 * 100 - 50) / 5)
