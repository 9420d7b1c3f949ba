"""A few pages, as the next build will make them, while somebody waits: nothing else is made, and nothing is kept.

In: the records, the settings, addresses. Out: the pages that can be made without an engine, by their address. Left out
are ordinary pages, which are Pelican's, and the catalogue, which needs the index.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from types import SimpleNamespace

from expo.config import Config
from expo.model import Expo
from expo.render.environment import make_environment
from expo.render.pages import ENGLISH, Page, Site
from expo.render.plan import plan_pages
from expo.render.site import SHORT, in_english, make_english, make_site
from expo.render.views.catalogue import ADDRESS as CATALOGUE


def render_glance(expo: Expo, config: Config, addresses: Collection[str]) -> dict[str, str]:
    """HTML by address."""
    site = make_site(expo, config)
    pages = plan_pages(site)
    own = sorted(path.name.removesuffix(".md") for path in (config.content / "pages").glob("*.md"))
    # Addresses that are there in both languages: all folders but short ones, and translated pages.
    folders = (page.address for page in pages if page.address.endswith("/") and not page.address.startswith(SHORT))
    translated = (f"/{name.removesuffix('.en')}/" for name in own if name.endswith(".en"))
    twins = frozenset((CATALOGUE, *folders, *translated))
    rendered = _render(site, (page for page in pages if page.address in addresses), own, twins)
    if any(address.startswith(f"/{ENGLISH}/") for address in addresses):
        english = make_english(site)
        translations = (page for page in in_english(plan_pages(english)) if page.address in addresses)
        rendered |= _render(english, translations, own, twins)
    return rendered


def _render(site: Site, pages: Iterable[Page], own: Iterable[str], twins: frozenset[str]) -> dict[str, str]:
    environment = make_environment(site, [site.config.project / "theme" / "templates"], twins)
    # As Pelican tells templates of its pages, which are those in the source's language.
    told = [SimpleNamespace(url=f"{name}/") for name in own if "." not in name]
    return {
        page.address: environment.get_template(page.template).render(
            {"pages": told, **page.context, "here": page.address, "lang": page.lang}
        )
        for page in pages
    }
