"""The home page: one line, search, three honest numbers, the map, an exhibit at the door, newest replies, rooms.

In: the Site. Out: one Page. Every number stands with its denominator and leads to the rows it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from expo.render.pages import Page
from expo.render.views.cards import make_card, make_cards, make_key, theme_address
from expo.render.views.collections import make_collection_cards
from expo.render.views.ledger import make_entries
from expo.render.views.tiles import make_tile_map

if TYPE_CHECKING:
    from expo.model import Expo, Initiative, Term
    from expo.render.pages import Site

NEWEST_REPLIES = 4
NEWEST_EXHIBITS = 4
HOME_COLLECTIONS = 3
EXAMPLE_SEARCHES = {  # by language; some exhibit has all words of each
    "vi": ("phân loại rác", "ngập", "1022", "Quảng Nam"),
    "en": ("waste sorting", "flood", "1022", "Quang Nam"),
}


@dataclass(frozen=True, slots=True)
class Room:
    """A theme's room: the theme, its name, how many exhibits, its address."""

    theme: Term
    name: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the expo may say of itself."""

    exhibits: int
    places: int
    all_places: int
    replied: int
    results: int
    off_map: int  # exhibits of the whole country or several provinces, which no tile shows


def make_numbers(expo: Expo) -> Numbers:
    """Count."""
    states = [one.reply_state for one in expo.initiatives]
    return Numbers(
        exhibits=len(expo.initiatives),
        places=sum(bool(expo.at_place(place)) for place in expo.places_34),
        all_places=len(expo.places_34),
        replied=sum(state != "none" for state in states),
        results=states.count("results"),
        off_map=sum(all(place.scheme == "special" for place in one.places) for one in expo.initiatives),
    )


def make_rooms(site: Site) -> tuple[Room, ...]:
    """All themes, the fullest room first; equals stay in the order of the vocabulary."""
    rooms = (
        Room(theme, site.words.term_name(theme), len(site.expo.of_theme(theme)), theme_address(theme))
        for theme in site.expo.themes
    )
    return tuple(sorted(rooms, key=lambda room: -room.count))


def choose_door(expo: Expo) -> Initiative | None:
    """At the door stands the submitted exhibit that has waited longest for an answer; if none waits, the newest."""
    waiting = [one for one in expo.initiatives if one.origin == "submitted" and one.reply_state == "none"]
    return waiting[0] if waiting else next(iter(expo.newest), None)


def plan_home(site: Site) -> list[Page]:
    """The page at "/"."""
    expo = site.expo
    door = choose_door(expo)
    return [
        Page(
            "/",
            "home.html",
            {
                "numbers": make_numbers(expo),
                "searches": EXAMPLE_SEARCHES[site.words.lang],
                "map": make_tile_map(site),
                "door": make_card(site, door) if door else None,
                "entries": make_entries(site, expo.replies[:NEWEST_REPLIES], mark_newest=True),
                "rooms": make_rooms(site),
                "collections": make_collection_cards(site)[:HOME_COLLECTIONS],
                "newest": make_cards(site, expo.newest[:NEWEST_EXHIBITS]),
                "key": make_key(expo.initiatives),
            },
        )
    ]
