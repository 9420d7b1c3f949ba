"""The facets of the catalogue as columns: which values each exhibit has, in which order values and exhibits stand.

In: an Expo. Out: Columns, and the bytes of the files that theme/static/js/facets/columns.js reads, not yet compressed.
Names of facets and values are a public promise (architecture, Addresses): they stand in shared links. The same exhibits
give the same bytes. Knows no labels: wording belongs to render/.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from expo.model import Expo, Initiative
from expo.text import collation_key

FACETS = ("tinh", "tinh-cu", "chu-de", "giai-doan", "nguoi", "phong", "phan-hoi", "nam")
REPLY_VALUES = {"answered": "co", "results": "ket-qua", "none": "chua"}
ROOMS = ("endorsed", "community", "archive")
UNKNOWN_YEAR = "khong-ro"
SAME_TERRITORY = ("unchanged", "renamed")


@dataclass(frozen=True)
class Columns:
    """Rows are exhibits, newest first; `rows[facet][row]` lists indexes into `values[facet]`."""

    numbers: tuple[int, ...]
    values: dict[str, tuple[str, ...]]
    rows: dict[str, tuple[tuple[int, ...], ...]]
    by_name: tuple[int, ...]  # the numbers in the Vietnamese order of the titles
    by_reply: tuple[int, ...]  # those that have replies, by the newest of them, newest first

    def counts(self, facet: str) -> dict[str, int]:
        """How many exhibits have each value, nothing filtered."""
        found = Counter(index for row in self.rows[facet] for index in row)
        return {value: found[index] for index, value in enumerate(self.values[facet])}


def facet_values(expo: Expo) -> dict[str, tuple[str, ...]]:
    """Every value that a facet accepts, in the order of its own list."""
    years = sorted({one.year for one in expo.initiatives if one.year}, reverse=True)
    return {
        "tinh": tuple(place.slug for place in (*expo.places_34, *expo.special_places)),
        "tinh-cu": tuple(place.slug for place in expo.places_63),
        "chu-de": tuple(theme.slug for theme in expo.themes),
        "giai-doan": tuple(stage.slug for stage in expo.vocabularies["stages"]),
        "nguoi": tuple(proposer.slug for proposer in expo.vocabularies["proposers"]),
        "phong": ROOMS,
        "phan-hoi": tuple(REPLY_VALUES.values()),
        "nam": (*(str(year) for year in years), UNKNOWN_YEAR),
    }


def initiative_values(expo: Expo, initiative: Initiative) -> dict[str, tuple[str, ...]]:
    """The values of one exhibit, by facet."""
    return {
        "tinh": tuple(dict.fromkeys(expo.today_of(place).slug for place in initiative.places)),
        "tinh-cu": _old_places(expo, initiative),
        "chu-de": tuple(theme.slug for theme in initiative.themes),
        "giai-doan": (initiative.stage.slug,),
        "nguoi": (initiative.proposer.type,),
        "phong": (initiative.room,),
        "phan-hoi": (REPLY_VALUES[initiative.reply_state],),
        "nam": (str(initiative.year or UNKNOWN_YEAR),),
    }


def _old_places(expo: Expo, initiative: Initiative) -> tuple[str, ...]:
    """Units of the 63: its own, and those that one of its 34 has taken over unchanged."""
    own = {place.slug for place in initiative.places if place.scheme == "63"}
    new = {place.slug for place in initiative.places if place.scheme == "34"}
    same = {place.slug for place in expo.places_63 if place.into in new and place.status in SAME_TERRITORY}
    return tuple(sorted(own | same))


def make_columns(expo: Expo) -> Columns:
    """Columns of all exhibits."""
    values = facet_values(expo)
    positions = {facet: {value: index for index, value in enumerate(listed)} for facet, listed in values.items()}
    by_row = [initiative_values(expo, initiative) for initiative in expo.newest]
    return Columns(
        numbers=tuple(initiative.number for initiative in expo.newest),
        values=values,
        rows={
            facet: tuple(tuple(positions[facet][value] for value in row[facet]) for row in by_row) for facet in FACETS
        },
        by_name=_sort_numbers(expo.newest, lambda initiative: collation_key(initiative.title)),
        by_reply=_sort_numbers([one for one in expo.newest if one.replies], _reply_key),
    )


def _reply_key(initiative: Initiative) -> tuple[int, ...]:
    """Newest reply first; undated replies after dated ones."""
    days = [reply.date.last_day for reply in initiative.replies if reply.date]
    return (0, *(-part for part in max(days))) if days else (1,)


def _sort_numbers(newest: Sequence[Initiative], key: Callable[[Initiative], Any]) -> tuple[int, ...]:
    """Numbers in the order of a key; the newest first where it leaves two equal."""
    return tuple(initiative.number for initiative in sorted(newest, key=key))


def pack_columns(columns: Columns, choices: Mapping[str, Sequence[Sequence[object]]] | None = None) -> bytes:
    """The file of the facets: about a byte an exhibit a facet.

    - The length of the header in four bytes, little endian; the header, JSON: the `count` of exhibits, and by facet its
      `values`, the `width` of a place in bytes and how many values stand under `more`; then `choices`, by facet the
      rows of long lists in the panel of filters (views/facets.py), handed on as they are.
    - The numbers of the exhibits, newest first, each as a zigzag varint of its difference from the one before: where
      the newest have the highest numbers these are all alike, and compress to nothing.
    - For each facet the first value of each exhibit, newest first, as a plane: its place in `values` from 1, 0 for
      none. Then for those few that have more, each further value as two varints: rows since the last one, its place.
    """
    parts = [_varint(_zigzag(step)) for step in _differences(columns.numbers)]
    facets: dict[str, object] = {}
    for facet, values in columns.values.items():
        rows = columns.rows[facet]
        width = _width(len(values))
        further = [(at, value + 1) for at, row in enumerate(rows) for value in row[1:]]
        gaps = _differences([at for at, _ in further])
        parts.append(_plane([row[0] + 1 if row else 0 for row in rows], width))
        parts += (_varint(gap) + _varint(place) for gap, (_, place) in zip(gaps, further, strict=True))
        facets[facet] = {"values": values, "width": width, "more": len(further)}
    header = {"count": len(columns.numbers), "facets": facets, "choices": choices or {}}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join((len(text).to_bytes(4, "little"), text, *parts))


def pack_order(numbers: Sequence[int]) -> bytes:
    """The file of an order, `by_name` or `by_reply`: how many as a varint, their width in a byte, and their plane."""
    width = _width(max(numbers, default=0))
    return _varint(len(numbers)) + bytes((width,)) + _plane(numbers, width)


def _width(highest: int) -> int:
    """How many bytes a number up to `highest` takes."""
    return max(1, (highest.bit_length() + 7) // 8)


def _plane(numbers: Sequence[int], width: int) -> bytes:
    """All low bytes, then all higher ones: so alike bytes stand together, and compress better."""
    return bytes(number >> 8 * byte & 255 for byte in range(width) for number in numbers)


def _differences(numbers: Sequence[int]) -> Iterator[int]:
    """Each number less the one before; the first stays."""
    return (number - before for before, number in zip((0, *numbers), numbers, strict=False))


def _zigzag(number: int) -> int:
    """0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …: small whatever the sign."""
    return 2 * number if number >= 0 else -2 * number - 1


def _varint(number: int) -> bytes:
    """Seven bits a byte, lowest first; the top bit says that more follow."""
    parts = bytearray()
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    return bytes((*parts, number))
