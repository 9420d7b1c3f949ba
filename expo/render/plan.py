"""Expo → the list of pages: every page of the site but the catalogue, known before anything is rendered.

In: the Site. Out: Page records, each with its address, template and values. Ordinary pages (about, take part, privacy)
are Pelican's; the catalogue plans itself (views/catalogue.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expo.render.pages import Page
from expo.render.views.cards import make_cards
from expo.render.views.collections import plan_collections
from expo.render.views.exhibit import other_words, plan_exhibits
from expo.render.views.home import EXAMPLE_SEARCHES, make_rooms, plan_home
from expo.render.views.kiosk import plan_kiosk
from expo.render.views.notices import plan_notices
from expo.render.views.places import plan_places
from expo.render.views.replies import plan_replies
from expo.render.views.themes import plan_themes

if TYPE_CHECKING:
    from expo.render.pages import Site


def plan_pages(site: Site) -> list[Page]:
    """Every page: home, exhibits and what leads to them, places, crossings, themes, replies, not found."""
    newest_change = max((one.changed for one in site.expo.initiatives), key=lambda date: date.last_day, default=None)
    pages = [
        *plan_home(site),
        *plan_exhibits(site),
        *plan_places(site),
        *plan_themes(site),
        *plan_replies(site),
        *plan_collections(site),
        *plan_notices(site),
        *plan_kiosk(site),
        plan_not_found(site),
    ]
    return [page.with_default("updated_on", newest_change) for page in pages]


def plan_not_found(site: Site) -> Page:
    """404, served under /en/ as well: search, the rooms, and the newest exhibits; what it says, in both languages."""
    values = {
        "second": other_words(site),
        "searches": EXAMPLE_SEARCHES[site.words.lang],
        "rooms": make_rooms(site),
        "newest": make_cards(site, site.expo.newest[:3]),
    }
    return Page("/404.html", "404.html", values)
