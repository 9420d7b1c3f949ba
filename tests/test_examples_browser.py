"""Every example of every component in a real Chromium: axe in light and dark, and the narrowest phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from expo.render.examples import read_components
from tests.conftest import PROJECT
from tests.test_accessibility import OVERFLOWING

pytestmark = pytest.mark.browser

COMPONENTS = [one.name for one in read_components(PROJECT) if one.examples]

# Rules of a whole page. Here a landmark stands once for each example; test_accessibility.py asks them of real pages.
NOT_OF_COMPONENTS = ("landmark-unique", "landmark-no-duplicate-banner", "landmark-no-duplicate-contentinfo")
LIGHT = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in NOT_OF_COMPONENTS}}
DARK = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}  # nothing else depends on it
SET_SCHEME = "(scheme) => { document.documentElement.dataset.theme = scheme; }"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page for all; axe is put into it past the security policy."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce", bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def base(gallery: Path, serve_folder: Callable[..., str]) -> str:
    """Address of the gallery."""
    return serve_folder(gallery) + "thanh-phan/"


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """Rules that something breaks, with the first place of each."""
    found = Axe().run(page, context="#mau", options=options).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.mark.parametrize("name", COMPONENTS)
def test_axe_finds_nothing_and_nothing_overflows(page: Page, base: str, name: str) -> None:
    """Best-practice rules too; at 320 px nothing scrolls sideways."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{base}{name}/")
    assert violations(page, LIGHT) == []
    page.evaluate(SET_SCHEME, "dark")
    assert violations(page, DARK) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
