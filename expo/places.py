"""The 63 provinces before 1 July 2025, the 34 since, and how one leads to the other.

In: the reference data beside this module (expo/data/provinces.yaml, facts as of its `as_of`). Out: Place records and
`Gazetteer`, which finds a place by slug, name or alias of either list. Codes are never used to join the lists.
Does not know which exhibit lies where; that is the model's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from expo.dates import PartialDate
from expo.model import Place
from expo.text import fold_name, fold_text

MERGER_DAY = (2025, 7, 1)  # Resolution 202/2025/QH15: the 34 work from this day

WHOLE_COUNTRY = Place(
    "special", "toan-quoc", "Toàn quốc", "Toàn quốc", "Nationwide", "", "", "", "", "", "", (), ("Cả nước",)
)
SEVERAL = Place(
    "special", "lien-tinh", "Liên tỉnh", "Nhiều tỉnh, thành", "Several provinces", "", "", "", "", "", "", (), ()
)


class PlaceNotFound(ValueError):
    """A name that leads to no single place. `code` names the problem, `choices` what was perhaps meant."""

    def __init__(self, code: str, name: str, choices: tuple[str, ...]) -> None:
        super().__init__(name)
        self.code, self.name, self.choices = code, name, choices


@dataclass(frozen=True)
class Tile:
    """A cell of the tile map: row and column from 1."""

    slug: str
    row: int
    column: int


@dataclass(frozen=True)
class Gazetteer:
    """Both lists, with look-ups by slug, name and alias."""

    places_63: tuple[Place, ...]
    places_34: tuple[Place, ...]
    special: tuple[Place, ...]
    initials: dict[str, tuple[str, ...]]  # "QN" → slugs of the 63 that share it
    archipelagos: tuple[dict[str, str], ...]
    tiles_34: tuple[Tile, ...]
    tiles_63: tuple[Tile, ...]
    archipelago_tiles: tuple[Tile, ...]

    def find(self, name: str) -> dict[str, Place]:
        """Every place that a slug, name or alias can mean, by scheme: at most one of each list."""
        return dict(self._by_name.get(fold_name(name), {}))

    @cached_property
    def _by_name(self) -> dict[str, dict[str, Place]]:
        """Folded slug, name or alias → place by scheme. No name hits two units of one list (tests/test_places.py)."""
        table: dict[str, dict[str, Place]] = {}
        for place in (*self.places_63, *self.places_34, *self.special):
            for name in (place.name, place.full_name, place.name_en, place.slug, *place.aliases):
                table.setdefault(fold_name(name), {}).setdefault(place.scheme, place)
        return table

    def resolve(self, text: str, date: PartialDate | None) -> Place:
        """The place that `province` means (content model): prefix, only list, or by date. Raises PlaceNotFound."""
        scheme, colon, name = text.strip().partition(":")
        if colon and scheme in ("63", "34"):
            if place := self.find(name).get(scheme):
                return place
            raise PlaceNotFound("unknown-province", text, self._choices(name))
        found = self.find(text)
        if not found:
            shared = self.initials.get(fold_text(text).upper())
            raise PlaceNotFound(
                "shared-initials" if shared else "unknown-province", text, shared or self._choices(text)
            )
        if len(found) == 1:
            return next(iter(found.values()))
        if date is None:
            slug = found["63"].slug
            raise PlaceNotFound("province-in-both-lists", text, (f"63:{slug}", f"34:{found['34'].slug}"))
        return found["34" if date.first_day >= MERGER_DAY else "63"]

    def _choices(self, name: str) -> tuple[str, ...]:
        from rapidfuzz import process  # imported when a mistake is being explained, not before

        names = {fold_name(place.name): place.slug for place in (*self.places_63, *self.places_34)}
        close = process.extract(fold_name(name[:100]), names.keys(), limit=1, score_cutoff=70)
        return tuple(names[match] for match, _, _ in close)


@cache
def load_gazetteer() -> Gazetteer:
    """Read the reference data (once a process; it never changes while one runs)."""
    import yaml

    folder = Path(__file__).parent / "data"
    data = yaml.load((folder / "provinces.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    grids = yaml.load((folder / "tilegrid.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    grid = grids["grid_34"]
    changes = {change["unit"]: change for change in data["type_changes"]}
    regions = {year: {one["slug"]: one for one in listed} for year, listed in data["regions"].items()}
    return Gazetteer(
        places_63=tuple(_old_place(row, regions["2021"]) for row in data["provinces_63"]),
        places_34=tuple(_new_place(row, regions["2025"], changes.get(row["slug"])) for row in data["provinces_34"]),
        special=(WHOLE_COUNTRY, SEVERAL),
        initials={key: tuple(slugs) for key, slugs in data["ambiguous_initials"].items()},
        archipelagos=tuple(data["archipelagos"]),
        tiles_34=tuple(Tile(*cell) for cell in grid["cells"]),
        tiles_63=tuple(Tile(*cell) for cell in grids["grid_63"]["cells"]),
        archipelago_tiles=tuple(Tile(*cell) for cell in grid["archipelagos"]),
    )


def _common(row: dict[str, Any], regions: dict[str, Any]) -> dict[str, Any]:
    region = regions[row["region"]]
    keys = ("slug", "name", "full_name", "name_en")
    return {key: row[key] for key in keys} | {
        "kind": row["type"],
        "region": row["region"],
        "region_name": region["name"],
        "region_name_en": region["name_en"],
        "aliases": tuple(row["aliases"]),
    }


def _old_place(row: dict[str, Any], regions: dict[str, Any]) -> Place:
    return Place(scheme="63", status=row["status"], into=row["into"], members=(), **_common(row, regions))


def _new_place(row: dict[str, Any], regions: dict[str, Any], change: dict[str, str] | None) -> Place:
    status = "merged" if row["merged"] else "unchanged"
    change = change or {}
    return Place(
        scheme="34",
        status=status,
        into="",
        members=tuple(row["members"]),
        kind_before=change.get("from", ""),
        kind_since=change.get("effective", ""),
        kind_resolution=change.get("resolution", ""),
        **_common(row, regions),
    )
