"""The facets of the catalogue as columns: which values each exhibit has, in which order values and exhibits stand.

In: an Expo. Out: Columns, plain values ready for JSON; the documents of the browser's search are its rows (newest
first). Names of facets and values are a public promise (architecture, Addresses): they stand in shared links.
Knows no labels: wording belongs to render/.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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
    by_name: tuple[int, ...]  # rank of each row among the titles in Vietnamese order
    by_reply: tuple[int, ...]  # rank of each row by its newest reply, newest first

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
        by_name=_ranks([collation_key(initiative.title) for initiative in expo.newest]),
        by_reply=_ranks([_reply_key(initiative) for initiative in expo.newest]),
    )


def _reply_key(initiative: Initiative) -> tuple[int, ...]:
    """Newest reply first; undated replies after dated ones; exhibits without any last."""
    if not initiative.replies:
        return (2,)
    days = [reply.date.last_day for reply in initiative.replies if reply.date]
    return (0, *(-part for part in max(days))) if days else (1,)


def _ranks(keys: Sequence[object]) -> tuple[int, ...]:
    """Position of each row when sorted by its key; equal keys keep their order."""
    order = sorted(range(len(keys)), key=lambda row: keys[row])  # type: ignore[arg-type, return-value]
    ranks = {row: rank for rank, row in enumerate(order)}
    return tuple(ranks[row] for row in range(len(keys)))
