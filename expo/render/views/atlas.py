"""The drawn map: the 34 units or the 63 before them, each a link with its number, and both archipelagos by name.

In: the Site, a scheme, a note for each unit ("nay thuộc …"). Out: an Atlas. Units come in the order of the list beside
the map, so that the keyboard walks both alike. Shades are those of the tile map; the drawing is borders.py's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expo.places import load_gazetteer
from expo.render.borders import HEIGHT, WIDTH, Islands, Spot, load_borders
from expo.render.views.cards import place_address, place_name
from expo.render.views.tiles import STEPS

if TYPE_CHECKING:
    from expo.model import Place
    from expo.render.pages import Site

# Where the names of the 34 stand if not in the middle of their unit: those of the coast go out to
# sea, those of the northern border over it, others step aside for a neighbour's number. x, y, anchor.
# A line leads to one outside.
NAMES_AT: Mapping[str, tuple[int, int, str]] = {
    "quang-ninh": (1095, 565, "start"),
    "hai-phong": (1020, 628, "start"),
    "hung-yen": (935, 692, "start"),
    "ninh-binh": (925, 756, "start"),
    "ha-tinh": (905, 1010, "start"),
    "quang-tri": (1050, 1235, "start"),
    "hue": (1200, 1385, "start"),
    "da-nang": (1320, 1515, "start"),
    "khanh-hoa": (1475, 2260, "start"),
    "tay-ninh": (755, 2405, "end"),
    "dong-thap": (630, 2505, "end"),
    "an-giang": (505, 2590, "end"),
    "cao-bang": (985, 140, "start"),
    "lao-cai": (528, 284, "over"),
    "lang-son": (1040, 245, "start"),
    "tuyen-quang": (635, 179, "over"),
    "thai-nguyen": (736, 322, "over"),
    "bac-ninh": (912, 390, "over"),
    "phu-tho": (655, 616, "over"),
    "thanh-hoa": (850, 826, "start"),
    "lam-dong": (1325, 2500, "start"),
    "ho-chi-minh": (1075, 2680, "start"),
    "vinh-long": (985, 2760, "start"),
    "can-tho": (875, 2850, "start"),
}
CLEAR_OF_NUMBER, CLEAR_OF_NAME = 42, 14  # units of the drawing left free at the ends of such a line
ARCHIPELAGO_LABELS: Mapping[str, tuple[int, int]] = {"hoang-sa": (2060, 1615), "truong-sa": (2230, 3200)}


@dataclass(frozen=True, slots=True)
class AtlasUnit:
    """One unit: its outline, the islands it administers, where its number and its name stand."""

    name: str
    count: int
    step: int
    address: str
    note: str
    path: str
    islands: tuple[Spot, ...]
    spot: Spot
    name_at: tuple[int, int, str] | None  # where the name stands if not over the number: x, y, anchor

    @property
    def leader(self) -> tuple[Spot, Spot] | None:
        """The line from the number to a name that stands aside, both ends left clear; None if they stand together."""
        if self.name_at is None or self.name_at[2] == "over":
            return None
        (x, y), (to_x, to_y, anchor) = self.spot, self.name_at
        to_x += CLEAR_OF_NAME if anchor == "end" else -CLEAR_OF_NAME
        length = math.hypot(to_x - x, to_y - y)
        if length < 2 * CLEAR_OF_NUMBER:
            return None
        share = CLEAR_OF_NUMBER / length
        return (round(x + share * (to_x - x)), round(y + share * (to_y - y))), (to_x, to_y)


@dataclass(frozen=True, slots=True)
class Archipelago:
    """A name on the sea, and the unit in whose hands it is."""

    name: str
    unit: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Atlas:
    """The whole drawing."""

    scheme: str
    width: int
    height: int
    units: tuple[AtlasUnit, ...]
    archipelagos: tuple[Archipelago, ...]


def make_atlas(site: Site, scheme: str, ordered: Sequence[Place], notes: Mapping[str, str]) -> Atlas:
    """Count the exhibits of each unit and draw it."""
    borders = load_borders()
    units = tuple(_make_unit(site, place, borders.islands, notes.get(place.slug, "")) for place in ordered)
    return Atlas(scheme, WIDTH, HEIGHT, units, _make_archipelagos(site, scheme, borders.islands))


def _make_unit(site: Site, place: Place, islands: Sequence[Islands], note: str) -> AtlasUnit:
    outline = load_borders().outlines[place.scheme][place.slug]
    count = len(site.expo.at_place(place))
    return AtlasUnit(
        name=place_name(place, site.words),
        count=count,
        step=sum(count >= least for least in STEPS),
        address=place_address(place),
        note=note,
        path=outline.path,
        islands=tuple(spot for one in islands if one.owners[place.scheme] == place.slug for spot in one.spots),
        spot=outline.label,
        name_at=NAMES_AT.get(place.slug) if place.scheme == "34" else None,
    )


def _make_archipelagos(site: Site, scheme: str, islands: Sequence[Islands]) -> tuple[Archipelago, ...]:
    words = site.words
    names = {
        one["slug"]: one["name"] if words.lang == "vi" else one["name_en"] for one in load_gazetteer().archipelagos
    }
    return tuple(
        Archipelago(
            name=names[one.slug],
            unit=place_name(site.expo.place_by_key[f"{scheme}:{one.owners[scheme]}"], words),
            spot=ARCHIPELAGO_LABELS[one.slug],
        )
        for one in islands
    )
