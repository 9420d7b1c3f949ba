"""Expo → Plan: every page and file of the site, as data, before anything is rendered.

In: the records and the settings. Out: a Plan. What needs the list of all addresses (sitemap) is made by `plan_last`,
once Pelican has told of its own pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from expo.cache import Cache
from expo.config import Config
from expo.model import Expo
from expo.render.assets import load_assets
from expo.render.bodies import Bodies
from expo.render.covers import Loom, room_seed
from expo.render.feeds import feed_files
from expo.render.pages import File, Page, Site
from expo.render.pictures import PictureFile, picture_files
from expo.render.plan import plan_pages
from expo.render.sitemap import robots_file, sitemap_file
from expo.render.views.catalogue import plan_catalogue
from expo.render.words import Words

UNLISTED = ("redirect.html", "404.html", "gone.html")


@dataclass(frozen=True)
class Plan:
    """The site as data: what to render and what is finished."""

    site: Site
    pages: tuple[Page, ...]
    files: tuple[File | PictureFile, ...]


def plan_site(expo: Expo, config: Config) -> Plan:
    """Every page and file but those that need all addresses."""
    cache = Cache(config.cache)
    assets = load_assets(config.project / "theme" / "static")
    site = Site(expo, config, Words("vi"), assets, Loom(cache), Bodies(cache), cache)
    # Ahead of the pages: those are rendered in processes, which could not remember what they drew.
    site.loom.draw(
        [*(one.id for one in expo.initiatives), *(room_seed(theme.slug) for theme in expo.themes)], config.jobs
    )
    pages = (*plan_pages(site), *plan_catalogue(site))
    return Plan(site, pages, (*feed_files(site), *picture_files(site)))


def plan_last(plan: Plan, pelican_addresses: Iterable[str]) -> tuple[File, ...]:
    """Assets, robots.txt and, where the site's address is known, the sitemap over all pages."""
    listed = [page.address for page in plan.pages if page.template not in UNLISTED]
    addresses = sorted({*listed, *pelican_addresses})
    files = [*plan.site.assets.files(), robots_file(plan.site)]
    sitemap = sitemap_file(plan.site, addresses)
    return (*files, sitemap) if sitemap else tuple(files)
