"""Expo → Plan: every page and file of the site, as data, before anything is rendered.

In: the records and the settings. Out: a Plan. What needs the list of all addresses (sitemap) is made by `plan_last`,
once Pelican has told of its own pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from expo.cache import Cache
from expo.config import Config
from expo.inputs import TEMPLATES, hash_project
from expo.model import Expo, Initiative
from expo.progress import room
from expo.render.ahead import make_ahead
from expo.render.assets import load_assets
from expo.render.bodies import Bodies
from expo.render.covers import Loom, room_seed
from expo.render.english import english_expo, has_english_body, searched_in_english
from expo.render.feeds import FeedFile, feed_files
from expo.render.fingerprints import Records
from expo.render.pages import ENGLISH, LANGUAGES, SOURCE_LANGUAGE, File, Page, Site, language_address, plain_address
from expo.render.pictures import PictureFile, picture_files
from expo.render.plan import plan_pages
from expo.render.qr import Codes
from expo.render.searched import add_search
from expo.render.security import write_rules
from expo.render.share_cards import CARDS_PER_PROCESS, ShareCard, plan_share_cards
from expo.render.sitemap import robots_file, sitemap_file
from expo.render.views.cards import place_address
from expo.render.views.catalogue import plan_catalogue
from expo.render.views.exhibit import TOMBSTONE
from expo.render.words import Words

SHORT = "/sk/"
UNLISTED = ("redirect.html", "404.html", TOMBSTONE, "notice.html")


@dataclass(frozen=True)
class Plan:
    """The site as data: what to render and what is finished."""

    site: Site
    pages: tuple[Page, ...]
    files: tuple[File | FeedFile | PictureFile | ShareCard, ...]
    english: Site
    apart: str = ""  # a hash of all inputs but the records, "" where that is not known

    @property
    def twins(self) -> frozenset[str]:
        """Addresses of Vietnamese pages that are there in English, too."""
        return frozenset(plain_address(page.address) for page in self.pages if page.lang == ENGLISH)


def plan_site(expo: Expo, config: Config, apart: str = "", load_engine: Callable[[], object] = lambda: None) -> Plan:
    """Every page and file but those that need all addresses. `apart`: see Plan.

    `load_engine` is called where another process may be at work meanwhile.
    """
    site = make_site(expo, config)
    # Ahead of the pages: those are rendered in processes, which could not remember what they drew.
    seeds = [*(one.id for one in expo.initiatives), *(room_seed(theme.slug) for theme in expo.themes)]
    with room("cloths"):
        site.loom.draw(seeds, config.jobs)
    english = make_english(site)
    with room("bodies"):
        bodies = ((both.texts[one.id], one.sources) for both in (site, english) for one in both.expo.initiatives)
        site.bodies.render_ahead(bodies, config.jobs)

    def plan_rest() -> tuple[list[Page], list[Page], list[FeedFile | PictureFile | ShareCard]]:
        """All that does not need the search: pages in Vietnamese, those in English, files."""
        load_engine()
        with room("codes"):
            site.codes.draw(coded_addresses(site), config.jobs)
        for one in (site, english):
            one.cards.update(plan_share_cards(one))
        cards = (*site.cards.values(), *english.cards.values())
        pictures = picture_files(site)
        with room("cards"):
            make_ahead(cards, CARDS_PER_PROCESS, config.jobs)
        with room("pictures"):
            make_ahead(pictures, 1, config.jobs)
        pages = plan_pages(site), plan_pages(english)
        for one in (site, english):
            _ = one.columns  # of which plan_catalogue will ask
        return *pages, [*feed_files(site), *pictures, *cards]

    search, (own, in_other, files) = add_search((site, english), config.jobs, plan_rest)
    in_other += plan_catalogue(english, search.get(ENGLISH))
    pages = (*own, *plan_catalogue(site, search.get(SOURCE_LANGUAGE)), *in_english(in_other))
    return Plan(site, pages, tuple(files), english, apart)


def make_site(expo: Expo, config: Config) -> Site:
    """The site in Vietnamese, nothing of it planned yet."""
    cache = Cache(config.cache)
    assets = load_assets(config.project / "theme" / "static")
    made_by, data_made_by = hash_project(config.project), hash_project(config.project, TEMPLATES)
    shown = hide_bodies(expo)
    bodies = [text for one in expo.initiatives for text in (one.body, one.english.body if one.english else "")]
    return Site(
        shown, config, Words(SOURCE_LANGUAGE), assets, Loom(cache), Bodies(cache), Codes(cache), cache,
        searched=expo, made_by=made_by, data_made_by=data_made_by, texts=tell_bodies(expo),
        records=Records(shown, bodies),
    )  # fmt: skip


def hide_bodies(expo: Expo) -> Expo:
    """The records without their longest texts, so that no view can depend on them but by `Site.body_of`."""
    return replace(expo, initiatives=tuple(map(_hide_body, expo.initiatives)))


def _hide_body(one: Initiative) -> Initiative:
    return replace(one, body="", english=replace(one.english, body="") if one.english else None)


def tell_bodies(expo: Expo) -> dict[str, str]:
    """SK number → body."""
    return {one.id: one.body for one in expo.initiatives}


def coded_addresses(site: Site) -> list[str]:
    """What there are codes of, in whole: every short address, and the places that have a sheet to pin up."""
    if not site.config.site_url:
        return []
    places = [place_address(place) for place in site.expo.places_34 if site.expo.at_place(place)]
    addresses = [f"{SHORT}{one.number}/" for one in site.expo.initiatives]
    addresses += [language_address(address, lang) for address in places for lang in LANGUAGES]
    return [site.config.site_url + address for address in addresses]


def make_english(site: Site) -> Site:
    """The site in English: the same assets, cloths and bodies; an index of its own."""
    original = site.searched or site.expo
    expo = english_expo(original)
    return replace(
        site,
        expo=hide_bodies(expo),
        words=Words(ENGLISH),
        cache=Cache(site.config.cache / ENGLISH),
        searched=searched_in_english(expo, original),
        texts=tell_bodies(expo),
        untranslated=frozenset(one.id for one in original.initiatives if not has_english_body(one)),
        cards={},
    )


def in_english(pages: Iterable[Page]) -> list[Page]:
    """Pages of the English site, under its addresses: not the short addresses, nor single files such as 404.html."""
    return [
        Page(language_address(page.address, ENGLISH), page.template, page.context, ENGLISH, page.beside)
        for page in pages
        if page.address.endswith("/") and not page.address.startswith(SHORT)
    ]


def plan_last(plan: Plan, pelican_addresses: Iterable[str]) -> tuple[File, ...]:
    """Assets, robots.txt, _headers and, where the site's address is known, the sitemap over all pages."""
    listed = [page.address for page in plan.pages if page.template not in UNLISTED]
    addresses = sorted({*listed, *pelican_addresses})
    files = [*plan.site.assets.files(), robots_file(plan.site), File("/_headers", write_rules().encode())]
    sitemap = sitemap_file(plan.site, addresses)
    return (*files, sitemap) if sitemap else tuple(files)
