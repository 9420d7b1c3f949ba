"""Pages of places: the 34, the 63 before them, the two special ones, both indexes, and crossings with themes.

In: the Site. Out: Pages. An exhibit keeps the province of its own time; a page says how one list leads to the other,
and never that two units of one name are one territory when they are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from expo.places import load_gazetteer
from expo.render.pages import Later, Page
from expo.render.views.atlas import make_atlas
from expo.render.views.cards import (
    Card,
    make_cards,
    make_key,
    place_address,
    place_name,
    sort_places,
    theme_address,
)
from expo.render.views.ledger import make_entries
from expo.render.views.names import Name, make_names
from expo.render.views.notices import notice_address
from expo.render.views.tiles import make_tile_map

if TYPE_CHECKING:
    from expo.model import Initiative, Place, Reply, Term
    from expo.render.pages import Site


@dataclass(frozen=True, slots=True)
class Unit:
    """A place in a list of places."""

    name: str
    address: str
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """Units of one region, in Vietnamese order."""

    name: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """Exhibits of a place under their main theme; `crossing` leads to all of that theme there."""

    name: str
    slug: str
    cards: tuple[Card, ...]
    crossing: str  # "" where there is no such page


@dataclass(frozen=True, slots=True)
class PlaceView:
    """What the page of a place shows."""

    name: str
    region: str
    scheme: str
    slug: str
    names: tuple[tuple[Name, ...], ...]  # those of one time together
    today: Unit | None  # of the 63: the unit of the 34
    same_name_elsewhere: bool  # the same slug in the other list is another territory
    count: int
    replies: int
    missing: tuple[str, ...]
    catalogue_address: str


def plan_places(site: Site) -> list[Page]:
    """Indexes, every place, every crossing that holds something."""
    expo = site.expo
    pages = [_plan_index(site), _plan_former_index(site)]
    pages += [_plan_place(site, place) for place in (*expo.places_34, *expo.places_63, *expo.special_places)]
    return pages + plan_crossings(site)


def _plan_place(site: Site, place: Place) -> Page:
    return Page(place_address(place), "place.html", Later(partial(_show_place, site, place)))


def _show_place(site: Site, place: Place) -> dict[str, object]:
    initiatives = site.expo.at_place(place)
    replies = replies_at(site, place)
    return {
        "place": make_place(site, place, initiatives, replies),
        "groups": group_by_theme(site, place, initiatives),
        "entries": make_entries(site, replies),
        "key": make_key(initiatives),
        "map": make_tile_map(site) if place.scheme != "special" else None,
        "notice_address": notice_address(place) if place.scheme == "34" and initiatives else "",
        "here_on_map": place.into if place.scheme == "63" else place.slug,
        "here_name": place_name(site.expo.today_of(place), site.words),
    }


def make_place(site: Site, place: Place, initiatives: Sequence[Initiative], replies: Sequence[Reply]) -> PlaceView:
    """Names, neighbours in the other list, counts."""
    expo, words = site.expo, site.words
    present = {theme.slug for one in initiatives for theme in one.themes}
    today = expo.today_of(place) if place.scheme == "63" else None
    return PlaceView(
        name=place_name(place, words),
        region=place.region_name if words.lang == "vi" else place.region_name_en,
        scheme=place.scheme,
        slug=place.slug,
        names=make_names(site, place),
        today=make_unit(site, today) if today else None,
        same_name_elsewhere=(place.scheme == "63" and place.status == "name-kept") or _outgrew_its_name(site, place),
        count=len(initiatives),
        replies=len(replies),
        missing=tuple(words.term_name(theme) for theme in expo.themes if theme.slug not in present),
        catalogue_address=f"/sang-kien/?{'tinh-cu' if place.scheme == '63' else 'tinh'}={place.slug}",
    )


def _outgrew_its_name(site: Site, place: Place) -> bool:
    return place.scheme == "34" and place.status == "merged" and f"63:{place.slug}" in site.expo.place_by_key


def make_unit(site: Site, place: Place, note: str = "") -> Unit:
    """A place as a line of a list."""
    return Unit(place_name(place, site.words), place_address(place), len(site.expo.at_place(place)), note)


def replies_at(site: Site, place: Place) -> tuple[Reply, ...]:
    """Replies of offices of this place (or of what it was made of), newest first."""
    keys = {place.key} | {f"63:{slug}" for slug in place.members}
    return tuple(reply for reply in site.expo.replies if reply.place.key in keys)


def group_by_theme(site: Site, place: Place, initiatives: Sequence[Initiative]) -> tuple[ThemeGroup, ...]:
    """Each exhibit once, under its main theme, in the order of the vocabulary."""
    groups = []
    for theme in site.expo.themes:
        mine = [one for one in initiatives if one.themes and one.themes[0] == theme]
        if mine:
            crossing = crossing_address(place, theme) if place.scheme == "34" else ""
            groups.append(ThemeGroup(site.words.term_name(theme), theme.slug, make_cards(site, mine), crossing))
    return tuple(groups)


def crossing_address(place: Place, theme: Term) -> str:
    """`/tinh-thanh/hue/moi-truong/`."""
    return f"{place_address(place)}{theme.slug}/"


def plan_crossings(site: Site) -> list[Page]:
    """A page for each unit of the 34 and theme that hold something together."""
    return [
        Page(crossing_address(place, theme), "crossing.html", Later(partial(_show_crossing, site, place, theme)))
        for place in site.expo.places_34
        for theme in site.expo.themes
        if site.expo.at_crossing(place, theme)
    ]


def _show_crossing(site: Site, place: Place, theme: Term) -> dict[str, object]:
    initiatives = site.expo.at_crossing(place, theme)
    elsewhere = [
        Unit(place_name(one, site.words), crossing_address(one, theme), len(found))
        for one in sort_places(site.expo.places_34, site.words)
        if one != place and (found := site.expo.at_crossing(one, theme))
    ]
    return {
        "place_name": place_name(place, site.words),
        "place_address": place_address(place),
        "theme_name": site.words.term_name(theme),
        "theme_slug": theme.slug,
        "theme_address": theme_address(theme),
        "cards": make_cards(site, initiatives),
        "key": make_key(initiatives),
        "elsewhere": tuple(elsewhere),
        "catalogue_address": f"/sang-kien/?tinh={place.slug}&chu-de={theme.slug}",
    }


def _by_region(site: Site, places: Sequence[Place]) -> dict[str, list[Place]]:
    """Regions from north to south, as the tile map has them."""
    rows = {tile.slug: tile.row for tile in load_gazetteer().tiles_34}
    regions: dict[str, list[Place]] = {}
    for place in sorted(places, key=lambda one: rows[site.expo.today_of(one).slug]):
        name = place.region_name if site.words.lang == "vi" else place.region_name_en
        regions.setdefault(name, []).append(place)
    return {name: sort_places(listed, site.words) for name, listed in regions.items()}


def _regions(site: Site, places: Sequence[Place], notes: dict[str, str]) -> tuple[Region, ...]:
    return tuple(
        Region(name, tuple(make_unit(site, place, notes.get(place.slug, "")) for place in listed))
        for name, listed in _by_region(site, places).items()
    )


def _walk_regions(site: Site, places: Sequence[Place]) -> list[Place]:
    """Places in the order of the list, for the map beside it."""
    return [place for listed in _by_region(site, places).values() for place in listed]


def _plan_index(site: Site) -> Page:
    expo, words = site.expo, site.words
    notes = {}
    for place in expo.places_34:
        others = [place_name(one, words) for one in expo.members_of(place) if one.slug != place.slug]
        if place.status == "merged" and others:
            notes[place.slug] = words.gettext("gồm cả %(names)s", names=", ".join(others))
        elif others:
            notes[place.slug] = words.gettext("trước là %(names)s", names=", ".join(others))
    values = {
        "map": make_tile_map(site),
        "atlas": make_atlas(site, "34", _walk_regions(site, expo.places_34), {}),
        "regions": _regions(site, expo.places_34, notes),
        "special": tuple(make_unit(site, place) for place in expo.special_places),
        "with_some": sum(bool(expo.at_place(place)) for place in expo.places_34),
        "total": len(expo.places_34),
    }
    return Page("/tinh-thanh/", "places.html", values)


def _plan_former_index(site: Site) -> Page:
    expo, words = site.expo, site.words
    notes = {
        one.slug: words.gettext("giữ nguyên địa giới")
        if one.status == "unchanged"
        else words.gettext("nay là %(name)s", name=place_name(expo.today_of(one), words))
        if one.status == "renamed"
        else words.gettext("nay thuộc %(name)s", name=place_name(expo.today_of(one), words))
        if one.into != one.slug
        else words.gettext("nay là một phần của %(name)s mới", name=place_name(expo.today_of(one), words))
        for one in expo.places_63
    }
    values = {
        "map": make_tile_map(site, "63"),
        "atlas": make_atlas(site, "63", _walk_regions(site, expo.places_63), notes),
        "regions": _regions(site, expo.places_63, notes),
        "special": (),
        "with_some": sum(bool(expo.at_place(place)) for place in expo.places_63),
        "total": len(expo.places_63),
    }
    return Page("/tinh-thanh/truoc-2025/", "places.html", values)
