"""The notice-board sheet of a province: one A4 page to print and pin up at a commune office.

In: the Site. Out: `/tinh-thanh/<slug>/bang-tin/` for each province of today that has exhibits. What does not fit is
counted, never squeezed in: the sheet leads to the province's page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from expo.render.pages import Page
from expo.render.views.cards import Card, make_card, place_address, place_name
from expo.render.views.collections import Told, choose_text

if TYPE_CHECKING:
    from expo.model import Place
    from expo.render.pages import Site

MOST_LISTED = 6  # with titles of two lines and summaries of two there is room for so many


@dataclass(frozen=True, slots=True)
class Line:
    """An exhibit on the sheet."""

    card: Card
    summary: Told


def notice_address(place: Place) -> str:
    """`/tinh-thanh/hue/bang-tin/`."""
    return f"{place_address(place)}bang-tin/"


def plan_notices(site: Site) -> list[Page]:
    """A sheet for each unit of the 34 with exhibits."""
    return [_plan_notice(site, place) for place in site.expo.places_34 if site.expo.at_place(place)]


def _plan_notice(site: Site, place: Place) -> Page:
    exhibits = site.expo.at_place(place)
    answered_first = sorted(exhibits, key=lambda one: one.reply_state == "none")  # stable: newest first in both
    former = [place_name(one, site.words) for one in site.expo.members_of(place) if one.slug != place.slug]
    values = {
        "place_name": place_name(place, site.words),
        "place_address": place_address(place),
        "former": ", ".join(former),
        "lines": tuple(
            Line(make_card(site, one), choose_text(site, one.summary, one.english.summary if one.english else ""))
            for one in answered_first[:MOST_LISTED]
        ),
        "count": len(exhibits),
        "more": max(0, len(exhibits) - MOST_LISTED),
        "replied": sum(one.reply_state != "none" for one in exhibits),
    }
    return Page(notice_address(place), "notice.html", values)
