"""The catalogue's pages without script: all exhibits are on them, and the pager of each names its neighbours alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from expo.cache import Cache
from expo.config import PAGE_SIZE, make_config
from expo.pipeline import load_expo
from expo.render.assets import load_assets
from expo.render.covers import Loom
from expo.render.pages import Site
from expo.render.views.catalogue import Step, plan_catalogue
from expo.render.views.search_data import SearchData
from expo.render.words import Words

DATA = SearchData("root.bin", "facets.bin", 4)


@pytest.fixture(scope="module")
def large_site() -> Site:
    """With nine pages of exhibits."""
    config = make_config()
    expo = load_expo(config)
    crowd = tuple(replace(expo.initiatives[0], id=f"SK-{at:04}") for at in range(1, 201))
    assets = load_assets(config.project / "theme" / "static")
    return Site(replace(expo, initiatives=crowd), config, Words("vi"), assets, Loom(Cache(config.cache)))


def told(steps: tuple[Step, ...]) -> str:
    """`1 … 4 [5] 6 … 9`: pages by number, the one without an address in brackets, a gap where number 0 is."""
    return " ".join("…" if not one.number else str(one.number) if one.address else f"[{one.number}]" for one in steps)


def test_a_page_names_the_first_the_last_and_its_neighbours(large_site: Site) -> None:
    """As the pager does that the script fills (pagesToShow in pager.js); a number leads to its page."""
    pages = plan_catalogue(large_site, DATA)
    steps = [page.context["steps"] for page in pages]
    assert [told(one) for one in steps] == [
        "[1] 2 … 9",
        "1 [2] 3 … 9",
        "1 2 [3] 4 … 9",
        "1 … 3 [4] 5 … 9",
        "1 … 4 [5] 6 … 9",
        "1 … 5 [6] 7 … 9",
        "1 … 6 [7] 8 9",
        "1 … 7 [8] 9",
        "1 … 8 [9]",
    ]
    addresses = {number: page.address for number, page in enumerate(pages, 1)}
    assert all(one.address in ("", addresses.get(one.number)) for row in steps for one in row)


def test_every_exhibit_hangs_on_one_page(large_site: Site) -> None:
    """Newest first, a page full before the next begins."""
    pages = plan_catalogue(large_site, DATA)
    hung = [[card.number for card in page.context["cards"]] for page in pages]
    assert [len(one) for one in hung] == [PAGE_SIZE] * 8 + [200 - 8 * PAGE_SIZE]
    assert [number for one in hung for number in one] == [one.id for one in large_site.expo.newest]
