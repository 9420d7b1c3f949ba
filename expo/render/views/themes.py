"""Pages of themes: all rooms, and each room with the provinces that have something in it and those that have not.

In: the Site. Out: `/chu-de/` and a Page for each theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expo.render.pages import Page
from expo.render.views.cards import make_cards, make_key, place_address, place_name, sort_places, theme_address
from expo.render.views.home import make_rooms
from expo.render.views.places import Unit, crossing_address

if TYPE_CHECKING:
    from expo.model import Term
    from expo.render.pages import Site


def plan_themes(site: Site) -> list[Page]:
    """The index and every theme, empty ones too."""
    index = Page("/chu-de/", "themes.html", {"rooms": make_rooms(site)})
    return [index, *(_plan_theme(site, theme) for theme in site.expo.themes)]


def _plan_theme(site: Site, theme: Term) -> Page:
    expo, words = site.expo, site.words
    initiatives = expo.of_theme(theme)
    present, absent = [], []
    for place in sort_places(expo.places_34, words):
        count = len(expo.at_crossing(place, theme))
        name = place_name(place, words)
        if count:
            present.append(Unit(name, crossing_address(place, theme), count))
        else:
            absent.append(Unit(name, place_address(place), 0))
    values = {
        "theme_name": words.term_name(theme),
        "theme_slug": theme.slug,
        "theme_help": theme.help if words.lang == "vi" else theme.help_en,
        "cards": make_cards(site, initiatives),
        "key": make_key(initiatives),
        "replied": sum(one.reply_state != "none" for one in initiatives),
        "present": tuple(present),
        "absent": tuple(absent),
        "catalogue_address": f"/sang-kien/?chu-de={theme.slug}",
    }
    return Page(theme_address(theme), "theme.html", values)
