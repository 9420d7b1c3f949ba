"""What an exhibit shows wherever it hangs among others: number, title, place of its time, proposer, stage, reply state.

In: an Initiative. Out: Card, which components/hang.html prints on every wall, in the catalogue and in its data files.
The reply state has its words here and nowhere else, so that a card, a label and a list never differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expo.text import collation_key

if TYPE_CHECKING:
    from expo.model import Initiative, Place, Term
    from expo.render.pages import Site
    from expo.render.words import Words

MOST_NAMED_PLACES = 2  # on a card; more are counted ("13 tỉnh, thành")
NEW_NAME = ("merged", "renamed")  # of the 63: those that now go by another name


@dataclass(frozen=True, slots=True)
class State:
    """Has an authority answered: the kind (answered, results, none), its words, and the hem that says the same."""

    kind: str
    text: str
    hem: str  # woven, open


@dataclass(frozen=True, slots=True)
class Card:
    """An exhibit among others. `initiative` serves `cover()`; everything else is ready to print."""

    initiative: Initiative
    number: str
    title: str
    lang: str  # of the title: "vi" on an English page where there is no other
    address: str
    place: str
    who: str
    stage: Term
    stage_name: str
    state: State
    theme: str  # slug of the first theme, which dyes the cloth


def exhibit_address(initiative: Initiative) -> str:
    """`/sang-kien/hue-s/`."""
    return f"/sang-kien/{initiative.slug}/"


def place_address(place: Place) -> str:
    """Page of a place: the 63 have their own folder, for the same slug can be another territory."""
    folder = "/tinh-thanh/truoc-2025" if place.scheme == "63" else "/tinh-thanh"
    return f"{folder}/{place.slug}/"


def theme_address(theme: Term) -> str:
    """`/chu-de/moi-truong/`."""
    return f"/chu-de/{theme.slug}/"


def place_name(place: Place, words: Words) -> str:
    """The name in running text. "Hồ Chí Minh" alone is a person, so that city keeps its "TP."."""
    if place.scheme == "special":
        return words.gettext("Toàn quốc") if place.slug == "toan-quoc" else words.gettext("Liên tỉnh")
    name = words.place_name(place)
    return words.gettext("TP. %(name)s", name=name) if place.slug == "ho-chi-minh" else name


def sort_places(places: Iterable[Place], words: Words) -> list[Place]:
    """In Vietnamese order by the bare name: TP. Hồ Chí Minh is looked for under H."""
    return sorted(places, key=lambda place: collation_key(words.place_name(place)))


def name_with_today(site: Site, place: Place) -> str:
    """The name of its time, and today's where that is another: "Quảng Nam (nay là Đà Nẵng)"."""
    name = place_name(place, site.words)
    if place.scheme == "63" and place.status in NEW_NAME:
        today = place_name(site.expo.today_of(place), site.words)
        return site.words.gettext("%(name)s (nay là %(today)s)", name=name, today=today)
    return name


def make_state(site: Site, initiative: Initiative) -> State:
    """Say whether answers are known; of what the editors compiled only that none was seen in the sources."""
    words, count = site.words, len(initiative.replies)
    if initiative.reply_state == "answered":
        text = words.ngettext("Có %(num)s phản hồi", "Có %(num)s phản hồi", count, num=count)
        return State("answered", text, "woven")
    if initiative.reply_state == "results":
        return State("results", words.gettext("Có báo cáo kết quả"), "woven")
    if initiative.origin == "submitted":
        return State("none", words.gettext("Chưa có phản hồi được công bố"), "open")
    return State("none", words.gettext("Chưa thấy phản hồi trong các nguồn đã đọc"), "open")


def place_line(site: Site, initiative: Initiative) -> str:
    """Places in a few words."""
    if len(initiative.places) > MOST_NAMED_PLACES:
        count = len(initiative.places)
        return site.words.ngettext("%(num)s tỉnh, thành", "%(num)s tỉnh, thành", count, num=count)
    return ", ".join(name_with_today(site, place) for place in initiative.places)


def make_card(site: Site, initiative: Initiative) -> Card:
    """Everything a wall shows of one exhibit; made once, as it hangs on many walls."""
    card = site.hung.get(initiative.id)
    if card is None or card.initiative is not initiative:
        card = site.hung[initiative.id] = _make_card(site, initiative)
    return card


def _make_card(site: Site, initiative: Initiative) -> Card:
    words = site.words
    proposers = {term.slug: term for term in site.expo.vocabularies["proposers"]}
    proposer = proposers.get(initiative.proposer.type)
    kind = words.term_name(proposer) if proposer else initiative.proposer.type
    return Card(
        initiative=initiative,
        number=initiative.id,
        title=initiative.title,
        lang=words.lang if initiative.english else "vi",
        address=exhibit_address(initiative),
        place=place_line(site, initiative),
        who=f"{kind} · {initiative.year}" if initiative.year else kind,
        stage=initiative.stage,
        stage_name=words.term_name(initiative.stage),
        state=make_state(site, initiative),
        theme=initiative.themes[0].slug if initiative.themes else "",
    )


def make_cards(site: Site, initiatives: Iterable[Initiative]) -> tuple[Card, ...]:
    """Cards in the order given."""
    return tuple(make_card(site, initiative) for initiative in initiatives)


@dataclass(frozen=True, slots=True)
class Key:
    """The hems explained, with a real exhibit for each; left out where a list does not mix states."""

    woven: Initiative | None
    open: Initiative | None


def make_key(initiatives: Sequence[Initiative]) -> Key | None:
    """Two examples, one answered and one not; None where there are not both."""
    woven = next((one for one in initiatives if one.reply_state != "none"), None)
    loose = next((one for one in initiatives if one.reply_state == "none"), None)
    return Key(woven, loose) if woven and loose else None
