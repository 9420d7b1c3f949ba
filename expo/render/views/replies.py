"""The page of replies: who answered what and when, who reported its own results, and what has no published answer.

In: the Site. Out: `/phan-hoi/`. Fair figures: a rate stands with its denominator; answers to others are counted apart
from an authority's own reports; what the editors compiled counts against nobody's clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from expo.render.pages import Page
from expo.render.views.cards import make_cards
from expo.render.views.ledger import Entry, make_entries

if TYPE_CHECKING:
    from expo.render.pages import Site


@dataclass(frozen=True, slots=True)
class Year:
    """Entries of one year, "" for the undated."""

    year: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers at the head of the page."""

    replies: int
    exhibits: int
    answered: int
    results: int
    none: int


def plan_replies(site: Site) -> list[Page]:
    """The page at /phan-hoi/."""
    expo = site.expo
    states = [one.reply_state for one in expo.initiatives]
    tally = Tally(
        replies=len(expo.replies),
        exhibits=len(states),
        answered=states.count("answered"),
        results=states.count("results"),
        none=states.count("none"),
    )
    waiting = [one for one in expo.newest if one.reply_state == "none"]
    submitted = [one for one in waiting if one.origin == "submitted"]
    values = {
        "tally": tally,
        "years": group_by_year(site),
        "waiting": make_cards(site, submitted),
        "none_seen": make_cards(site, (one for one in waiting if one.origin == "compiled")),
    }
    return [Page("/phan-hoi/", "replies.html", values)]


def group_by_year(site: Site) -> tuple[Year, ...]:
    """All replies, newest year first, the undated last."""
    by_year: dict[str, list[Entry]] = {}
    for reply, entry in zip(site.expo.replies, make_entries(site, site.expo.replies, mark_newest=True), strict=True):
        year = str(reply.date.last_day[0]) if reply.date else ""
        by_year.setdefault(year, []).append(entry)
    return tuple(Year(year, tuple(entries)) for year, entries in by_year.items())
