"""The kiosk: exhibits one after the other on a screen at a fair.

In: the Site. Out: `/trinh-chieu/`, which holds its slides itself, so that it goes on when the network is gone: the
newest exhibits and all that hang in collections. theme/static/js/kiosk.js moves on, and narrows to one walk or place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from expo.render.pages import Page
from expo.render.views.answers import Latest, make_answers
from expo.render.views.cards import Card, make_card, place_name, sort_places
from expo.render.views.collections import Told, choose_text, make_collection_cards

if TYPE_CHECKING:
    from expo.model import Initiative, Place
    from expo.render.pages import Site

ADDRESS = "/trinh-chieu/"
MOST_NEWEST = 60  # exhibits beside those of collections: about 45 KB, compressed


@dataclass(frozen=True, slots=True)
class Slide:
    """An exhibit on the screen; `places` and `walks` are what the address can ask for (`song-voi-nuoc:3`)."""

    card: Card
    summary: Told
    latest: Latest
    none_note: str
    short_address: str
    places: str
    walks: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be shown alone."""

    name: Told
    query: str  # "?tinh=hue"
    count: int


def kiosk_exhibits(site: Site) -> tuple[Initiative, ...]:
    """The newest, then those of collections that are older."""
    expo = site.expo
    chosen = dict.fromkeys(expo.newest[:MOST_NEWEST])
    chosen |= dict.fromkeys(expo.by_id[stop.initiative] for one in expo.collections for stop in one.stops)
    return tuple(chosen)


def plan_kiosk(site: Site) -> list[Page]:
    """One page; none without exhibits."""
    exhibits = kiosk_exhibits(site)
    if not exhibits:
        return []
    values = {
        "slides": tuple(_make_slide(site, one) for one in exhibits),
        "walks": tuple(
            Choice(one.title, f"?bo-suu-tap={one.address.split('/')[-2]}", one.count)
            for one in make_collection_cards(site)
        ),
        "places": _make_places(site, exhibits),
        "is_whole": len(exhibits) == len(site.expo.initiatives),
    }
    return [Page(ADDRESS, "kiosk.html", values)]


def _places_today(site: Site, initiative: Initiative) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(site.expo.today_of(place) for place in initiative.places))


def _make_slide(site: Site, initiative: Initiative) -> Slide:
    answers = make_answers(site, initiative)
    walks = site.expo.walks_by_id.get(initiative.id, ())
    return Slide(
        card=make_card(site, initiative),
        summary=choose_text(site, initiative.summary, initiative.english.summary if initiative.english else ""),
        latest=answers.latest,
        none_note=answers.none_note,
        short_address=f"/sk/{initiative.number}/",
        places=" ".join(place.slug for place in _places_today(site, initiative)),
        walks=" ".join(f"{collection.slug}:{place}" for collection, place in walks),
    )


def _make_places(site: Site, exhibits: tuple[Initiative, ...]) -> tuple[Choice, ...]:
    """Places of today that a slide belongs to, in the order of the catalogue: the two special ones last."""
    counts: dict[Place, int] = {}
    for initiative in exhibits:
        for place in _places_today(site, initiative):
            counts[place] = counts.get(place, 0) + 1
    places = (*sort_places(site.expo.places_34, site.words), *site.expo.special_places)
    return tuple(
        Choice(Told(place_name(one, site.words), ""), f"?tinh={one.slug}", counts[one])
        for one in places
        if one in counts
    )
