"""Collections: curated walks through exhibits, and where an exhibit hangs on one.

In: the Site. Out: `/bo-suu-tap/` and a Page for each collection, if there is one; `make_walks` tells an exhibit's page
its neighbours. A collection adds an order, an introduction and a line for each; it changes nothing of an exhibit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from expo.render.pages import Page
from expo.render.views.cards import Card, exhibit_address, make_card, make_cards, make_key

if TYPE_CHECKING:
    from expo.model import Collection, Initiative
    from expo.render.pages import Site

INDEX = "/bo-suu-tap/"
ON_THE_COVER = 3  # cloths that stand for a collection in a list


@dataclass(frozen=True, slots=True)
class Told:
    """A text and the language it is in: "vi" where an English page has only the Vietnamese, else ""."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class CollectionCard:
    """A collection in a list."""

    title: Told
    summary: Told
    address: str
    count: int
    curator: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class StopView:
    """An exhibit on the walk."""

    card: Card
    why: Told


@dataclass(frozen=True, slots=True)
class Walk:
    """A collection as an exhibit in it sees it; `before` and `after` are None at its ends."""

    title: Told
    address: str
    position: int
    count: int
    before: Card | None
    after: Card | None


def collection_address(collection: Collection) -> str:
    """`/bo-suu-tap/song-voi-nuoc/`."""
    return f"{INDEX}{collection.slug}/"


def choose_text(site: Site, vietnamese: str, english: str) -> Told:
    """The text in the site's language, else the Vietnamese one, marked."""
    if site.words.lang == "vi" or english:
        return Told(vietnamese if site.words.lang == "vi" else english, "")
    return Told(vietnamese, "vi" if vietnamese else "")


def make_collection_card(site: Site, collection: Collection) -> CollectionCard:
    """What a list shows of a collection."""
    exhibits = [site.expo.by_id[stop.initiative] for stop in collection.stops]
    return CollectionCard(
        title=choose_text(site, collection.title, collection.title_en),
        summary=choose_text(site, collection.summary, collection.summary_en),
        address=collection_address(collection),
        count=len(exhibits),
        curator=collection.curator,
        cards=make_cards(site, exhibits[:ON_THE_COVER]),
    )


def make_collection_cards(site: Site) -> tuple[CollectionCard, ...]:
    """Every collection, by the name of its file."""
    return tuple(make_collection_card(site, one) for one in site.expo.collections)


def make_walks(site: Site, initiative: Initiative) -> tuple[Walk, ...]:
    """The collections that an exhibit hangs in, with its neighbours in each."""
    walks = []
    for collection, place in site.expo.walks_by_id.get(initiative.id, ()):
        around = [site.expo.by_id[stop.initiative] for stop in collection.stops]
        walks.append(
            Walk(
                title=choose_text(site, collection.title, collection.title_en),
                address=collection_address(collection),
                position=place + 1,
                count=len(around),
                before=make_card(site, around[place - 1]) if place else None,
                after=make_card(site, around[place + 1]) if place + 1 < len(around) else None,
            )
        )
    return tuple(walks)


def plan_collections(site: Site) -> list[Page]:
    """The index and every collection; nothing where there are none."""
    collections = site.expo.collections
    if not collections:
        return []
    pages = [_plan_collection(site, collection) for collection in collections]
    return [Page(INDEX, "collections.html", {"collections": make_collection_cards(site)}), *pages]


def _plan_collection(site: Site, collection: Collection) -> Page:
    exhibits = [site.expo.by_id[stop.initiative] for stop in collection.stops]
    body = choose_text(site, collection.body, collection.body_en)
    values = {
        "collection": make_collection_card(site, collection),
        "body": site.bodies.render(body.text, ()).html if body.text else "",
        "body_lang": body.lang,
        "stops": tuple(
            StopView(make_card(site, site.expo.by_id[stop.initiative]), choose_text(site, stop.why, stop.why_en))
            for stop in collection.stops
        ),
        "key": make_key(exhibits),
        "start_address": exhibit_address(exhibits[0]),
        "kiosk_address": f"/trinh-chieu/?bo-suu-tap={collection.slug}",
        "source_path": collection.path,
    }
    return Page(collection_address(collection), "collection.html", values)
