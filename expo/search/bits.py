"""Lists of numbers as bits: sets by Rice codes, small values as sets within sets. Twin: theme/static/js/search/bits.js.

In: ascending numbers, and for each a small value and marks. Out: bytes, most significant bit first, filled up with
zeros; and back. A Rice code with parameter k is the quotient by 2^k in unary, then the remainder in k bits (Rice, "Some
practical universal noiseless coding techniques", JPL 79-22, 1979); k follows from how dense the list is, so nothing but
its length need be told. A gamma code is how many bits a number has, in unary, then these (Elias, "Universal codeword
sets", IEEE Transactions on Information Theory 21, 1975). Numbers, values and marks stand apart, as each kind has a
density of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import sub

HIGHEST_MARK = 63
FEW = 3  # values of so few numbers are met again and again


@lru_cache(maxsize=65536)
def rice_parameter(highest: int, count: int) -> int:
    """k for `count` numbers spread over 0 … `highest`: the power of two below 0.69 of the mean gap."""
    mean = (highest + 1) * 7 // (count * 10)
    return max(0, mean.bit_length() - 1)


def encode_postings(
    numbers: Sequence[int], values: Iterable[int], marks: Mapping[int, Sequence[int]], highest: int
) -> bytes:
    """Numbers 0 … `highest` in ascending order, a value for each, and mark 0 … HIGHEST_MARK → those that have it.

    The set of numbers (how many is told elsewhere); the values, layer by layer; in gamma code how many marks there are,
    their set, and for each of them in gamma code how many have it, less one, and which.
    """
    count = len(numbers)
    parts = [_set(numbers, highest + 1), _layers(tuple(values)), _gamma(len(marks))]
    if marks:
        ascending = sorted(marks)
        parts.append(_set(ascending, HIGHEST_MARK + 1))
        row_of = dict(zip(numbers, range(count), strict=True))
        for mark in ascending:
            having = marks[mark]
            if len(having) == 1:
                parts.append(_one_having(row_of[having[0]], count))
            else:
                parts += (_gamma(len(having) - 1), _set(list(map(row_of.__getitem__, having)), count))
    return _pack("".join(parts))


@lru_cache(maxsize=65536)
def _one_having(row: int, count: int) -> str:
    """A mark that a single one of so many rows has, as most are."""
    return _gamma(0) + _set([row], count)


def _set(members: Sequence[int], universe: int) -> str:
    """Ascending members of 0 … `universe` - 1; of more than half of them, those that are left out."""
    if 2 * len(members) > universe:
        inside = set(members)
        members = [one for one in range(universe) if one not in inside]
    if not members:
        return ""
    codes = _rice_codes(rice_parameter(universe - 1, len(members)))
    return "".join(map(codes.__getitem__, map(sub, members, chain((-1,), members))))


def _layers(values: tuple[int, ...]) -> str:
    """Which values are more than 0; of these, which are more than 1; and so on, each time after how many they are."""
    return _few_layers(values) if len(values) <= FEW else _make_layers(values)


def _make_layers(values: Sequence[int]) -> str:
    parts: list[str] = []
    layer = 0
    while values:
        rows = [row for row, value in enumerate(values) if value > layer]
        parts.append(f"{len(rows):0{len(values).bit_length()}b}")
        if len(rows) < len(values):
            parts.append(_set(rows, len(values)))
            values = [value for value in values if value > layer]
        layer += 1
    return "".join(parts)


_few_layers = lru_cache(maxsize=65536)(_make_layers)


class _RiceCodes(dict[int, str]):
    """Codes of one parameter by step, from one member to the next: at least 1, and what is told is one less."""

    def __init__(self, parameter: int) -> None:
        super().__init__()
        self._parameter = parameter

    def __missing__(self, step: int) -> str:
        value, parameter = step - 1, self._parameter
        remainder = f"{value & ((1 << parameter) - 1):0{parameter}b}" if parameter else ""
        self[step] = code = "0" * (value >> parameter) + "1" + remainder
        return code


_rice_codes = lru_cache(maxsize=64)(_RiceCodes)


@lru_cache(maxsize=1024)
def _gamma(value: int) -> str:
    """One more than the value, which may be 0."""
    size = (value + 1).bit_length()
    return "0" * (size - 1) + f"{value + 1:b}"


def _pack(bits: str) -> bytes:
    size = (len(bits) + 7) // 8
    return int(bits.ljust(size * 8, "0"), 2).to_bytes(size, "big") if size else b""


Postings = tuple[list[int], list[int], dict[int, list[int]]]  # numbers, their values, mark → numbers that have it


def decode_postings(content: bytes, count: int, highest: int) -> Postings:
    """What `encode_postings` was given: `count` numbers of 0 … `highest`."""
    bits = _Bits(content)
    numbers = bits.take_set(count, highest + 1)
    values = bits.take_layers(count)
    found = bits.take_gamma()
    marks = {}
    for mark in bits.take_set(found, HIGHEST_MARK + 1):
        marks[mark] = [numbers[row] for row in bits.take_set(bits.take_gamma() + 1, count)]
    return numbers, values, marks


def decode_numbers(content: bytes, count: int, highest: int) -> list[int]:
    """The numbers alone, which come first."""
    return _Bits(content).take_set(count, highest + 1)


class _Bits:
    """Bits from the first to the last."""

    def __init__(self, content: bytes) -> None:
        self._text = f"{int.from_bytes(content, 'big'):0{len(content) * 8}b}"
        self._at = 0

    def take_set(self, count: int, universe: int) -> list[int]:
        """As `_set` wrote it."""
        if 2 * count > universe:
            left_out = set(self._take_members(universe - count, universe))
            return [one for one in range(universe) if one not in left_out]
        return self._take_members(count, universe)

    def _take_members(self, count: int, universe: int) -> list[int]:
        if not count:
            return []
        parameter, text, at, last = rice_parameter(universe - 1, count), self._text, self._at, -1
        members = []
        for _ in range(count):
            one = text.index("1", at)
            end = one + 1 + parameter
            last += (one - at << parameter) + (int(text[one + 1 : end], 2) if parameter else 0) + 1
            members.append(last)
            at = end
        self._at = at
        return members

    def take_layers(self, count: int) -> list[int]:
        """As `_layers` wrote them."""
        values, rows, layer = [0] * count, list(range(count)), 0
        while rows:
            size = len(rows).bit_length()
            higher = int(self._text[self._at : self._at + size], 2)
            self._at += size
            if higher < len(rows):
                rows = [rows[row] for row in self.take_set(higher, len(rows))]
            layer += 1
            for row in rows:
                values[row] = layer
        return values

    def take_gamma(self) -> int:
        """As `_gamma` wrote it."""
        one = self._text.index("1", self._at)
        end = 2 * one - self._at + 1
        value = int(self._text[one:end], 2) - 1
        self._at = end
        return value
