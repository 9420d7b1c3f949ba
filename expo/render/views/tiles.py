"""The tile map of the 34 units or the 63 before: where each stands, its number of exhibits, both archipelagos by name.

In: the gazetteer's grid and the exhibits. Out: Tile records; rows and columns become classes, for the security policy
forbids style attributes. It is a picture of counts, not of borders.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from expo.places import load_gazetteer
from expo.render.views.cards import place_address, place_name

if TYPE_CHECKING:
    from expo.render.pages import Site

STEPS = (1, 2, 4, 6)  # least counts of the four shades: 1, 2-3, 4-5, 6 and more
SHORT_NAMES = {("ho-chi-minh", "vi"): "TP. HCM", ("ho-chi-minh", "en"): "HCM City"}  # what fits a tile of 44 px
FORMER_ROWS = {"hoang-sa": 10, "truong-sa": 20}  # of the archipelagos beside the 63: free to the right edge
SHAPES = {  # a few dots for islands; no outline is claimed
    "hoang-sa": "M3 3h2v2h-2zM8 1h2v2h-2zM13 4h2v2h-2zM9 7h2v2h-2zM17 8h2v2h-2z",
    "truong-sa": "M2 2h2v2h-2zM7 6h2v2h-2zM11 2h2v2h-2zM14 8h2v2h-2zM19 5h2v2h-2zM4 9h2v2h-2z",
}


@dataclass(frozen=True, slots=True)
class MapTile:
    """One unit on the map."""

    slug: str
    name: str
    count: int
    step: int
    row: int
    column: int
    address: str


@dataclass(frozen=True, slots=True)
class Isles:
    """An archipelago: its name, the unit that administers it, its dots."""

    name: str
    unit: str
    shape: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """The whole map."""

    tiles: tuple[MapTile, ...]
    isles: tuple[Isles, ...]
    scheme: str = "34"


def make_tile_map(site: Site, scheme: str = "34") -> TileMap:
    """Count the exhibits of each unit of a list and place them; once, as every page of a place has the map."""
    if scheme not in site.maps:
        site.maps[scheme] = _make_tile_map(site, scheme)
    return site.maps[scheme]


def _make_tile_map(site: Site, scheme: str) -> TileMap:
    gazetteer, expo, words = load_gazetteer(), site.expo, site.words
    tiles = []
    for cell in gazetteer.tiles_34 if scheme == "34" else gazetteer.tiles_63:
        place = expo.place_by_key[f"{scheme}:{cell.slug}"]
        count = len(expo.at_place(place))
        name = place_name(place, words)
        tiles.append(
            MapTile(
                slug=cell.slug,
                name=SHORT_NAMES.get((cell.slug, words.lang), name),
                count=count,
                step=sum(count >= least for least in STEPS),
                row=cell.row,
                column=cell.column,
                address=place_address(place),
            )
        )
    cells = {cell.slug: cell for cell in gazetteer.archipelago_tiles}
    isles = tuple(
        Isles(
            name=one["name"] if words.lang == "vi" else one["name_en"],
            unit=place_name(expo.place_by_key[f"{scheme}:{one[f'province_{scheme}']}"], words),
            shape=SHAPES.get(one["slug"], ""),
            row=cells[one["slug"]].row if scheme == "34" else FORMER_ROWS[one["slug"]],
            column=cells[one["slug"]].column,
        )
        for one in gazetteer.archipelagos
    )
    return TileMap(tuple(tiles), isles, scheme)
