"""Lists of numbers as bits: Rice codes for gaps, unary codes for small values. Twin: theme/static/js/search/bits.js.

In: ascending numbers, and for each a small value or a list of positions. Out: bytes, most significant bit first, filled
up with zeros. A Rice code with parameter k is the quotient by 2^k in unary, then the remainder in k bits (Rice, "Some
practical universal noiseless coding techniques", JPL 79-22, 1979); k follows from how dense the list is, so nothing
but its length need be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise, repeat

POSITION_PARAMETER = 6  # of gaps between positions: a text of some hundred words
HIGHEST_MARK = 63


def rice_parameter(highest: int, count: int) -> int:
    """k for `count` numbers spread over 0 … `highest`: the power of two below 0.69 of the mean gap."""
    mean = (highest + 1) * 7 // (count * 10)
    return max(0, mean.bit_length() - 1)


def encode_postings(
    numbers: Sequence[int], values: Iterable[int], marks: Iterable[Sequence[int]], highest: int
) -> bytes:
    """Numbers 0 … `highest` in ascending order, each followed by its value in unary (0 is one bit), how many marks it
    has in unary, and the marks, 0 … HIGHEST_MARK, ascending.
    """
    return _interleave(_gaps(numbers, highest), map(_unary, values), map(_marks, map(tuple, marks)))


def encode_positions(numbers: Sequence[int], positions: Iterable[Sequence[int]], highest: int) -> bytes:
    """Numbers in ascending order, each followed by how many positions it has, less one, and the gaps between them."""
    return _interleave(_gaps(numbers, highest), map(_places, map(tuple, positions)))


def _interleave(*columns: Iterable[str]) -> bytes:
    """The bits of the first row, of the second, …"""
    return _pack("".join(chain.from_iterable(zip(*columns, strict=True))))


def _gaps(numbers: Sequence[int], highest: int) -> Iterable[str]:
    gaps = [number - before - 1 for before, number in pairwise(chain((-1,), numbers))]
    return map(_rice, gaps, repeat(rice_parameter(highest, len(numbers))))


@lru_cache(maxsize=65536)
def _rice(value: int, parameter: int) -> str:
    remainder = f"{value & ((1 << parameter) - 1):0{parameter}b}" if parameter else ""
    return "0" * (value >> parameter) + "1" + remainder


@lru_cache(maxsize=1024)
def _unary(value: int) -> str:
    return "0" * value + "1"


@lru_cache(maxsize=65536)
def _marks(marks: tuple[int, ...]) -> str:
    gaps = [mark - before - 1 for before, mark in pairwise((-1, *marks))]
    parameter = rice_parameter(HIGHEST_MARK, len(marks)) if marks else 0
    return _unary(len(marks)) + "".join(_rice(gap, parameter) for gap in gaps)


@lru_cache(maxsize=65536)
def _places(places: tuple[int, ...]) -> str:
    gaps = [place - before - 1 for before, place in pairwise((-1, *places))]
    return _unary(len(places) - 1) + "".join(_rice(gap, POSITION_PARAMETER) for gap in gaps)


def _pack(bits: str) -> bytes:
    size = (len(bits) + 7) // 8
    return int(bits.ljust(size * 8, "0"), 2).to_bytes(size, "big") if size else b""
