"""What strangers write, in a real Chromium with the security policy taken away, so that escaping alone is judged.

Every exhibit of the hostile site is opened, and other pages on which its texts stand; then the catalogue with hostile
words in its address and in its box. Nothing runs, nobody else is asked for anything, nothing appears that was not
there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from expo.config import make_config
from expo.pipeline import check_content
from tests.catalogue_page import READY
from tests.conftest import ServeFolder
from tests.hostile_content import HOSTILE, MARK, OWASP, build_hostile_site, make_content, write

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, serve_folder: ServeFolder) -> str:
    """Address of the hostile site."""
    return serve_folder(build_hostile_site(tmp_path_factory))


@pytest.fixture
def watched(browser: Browser, site: str) -> Iterator[Page]:
    """A page without policy. A dialog, an error, a request to anyone else or a mark in the window fails the test."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("request", lambda one: None if one.url.startswith((site, "data:image/svg+xml")) else wrong.append(one.url))
    page.on("popup", lambda one: wrong.append(f"popup: {one.url}"))
    yield page
    assert wrong == []
    context.close()


NEVER = (
    "[onerror], [onload], [onclick], [onmouseover], [style], iframe, object, embed, base, math, form[id=body],"
    f" main script:not([type]), img[src*={MARK}], a[href^=javascript]"
)
ODD = f"() => window.{MARK} !== undefined || !!document.querySelector({NEVER!r})"
WHOLE = "() => ['querySelector', 'getElementById', 'body'].map((one) => typeof document[one]).join()"


def test_no_exhibit_runs_what_it_holds(watched: Page, site: str) -> None:
    """Each hostile text in each field, and each class of the OWASP page on filter evasion as a body."""
    for number in range(1, len(HOSTILE) + len(OWASP) + 1):
        watched.goto(f"{site}sang-kien/xau-{number}/")
        assert not watched.evaluate(ODD), number
        shown = watched.evaluate(
            "() => ['querySelector', 'getElementById', 'body'].map((one) => typeof document[one]).join()"
        )
        assert shown == "function,function,object", number


def test_no_other_page_runs_it(watched: Page, site: str) -> None:
    """Lists, replies, notices, the slide show, English, and what scripts add to them."""
    addresses = ("", "sang-kien/", "phan-hoi/", "chu-de/", "tinh-thanh/", "tinh-thanh/hue/", "tinh-thanh/hue/bang-tin/")
    more = ("bo-suu-tap/", "bo-suu-tap/bo-xau/", "trinh-chieu/", "en/", "en/sang-kien/", "en/sang-kien/xau-4/", "sk/1/")
    for address in (*addresses, *more, *(f"trang-{number}/" for number in range(1, len(HOSTILE) + 1))):
        watched.goto(site + address, wait_until="networkidle")
        assert not watched.evaluate(ODD), address


def test_the_catalogue_shows_what_it_finds_as_text(watched: Page, site: str) -> None:
    """Cards, marked words, lines of why and suggestions are made by script from hostile texts."""
    for query in (MARK, "script", "onerror img", "xau", "7*7", "__proto__ constructor"):
        watched.goto(f"{site}sang-kien/?q={quote(query)}")
        watched.wait_for_selector(READY)
        watched.mouse.wheel(0, 4000)
        watched.wait_for_load_state("networkidle")
        assert not watched.evaluate(ODD), query
    watched.locator("#q").fill(MARK)
    watched.wait_for_load_state("networkidle")
    assert not watched.evaluate(ODD)


def test_nothing_of_the_address_becomes_part_of_a_page(watched: Page, site: str) -> None:
    """Hostile values of every name of a query, and of the fragment, on the catalogue, the slide show and the map."""
    names = ("q", "tinh", "tinh-cu", "chu-de", "nguoi", "nam", "sap-xep", "trang", "bo-suu-tap")
    for text in HOSTILE:
        value = quote(text.encode("utf-8"))
        query = "&".join(f"{name}={value}" for name in names)
        for address in ("sang-kien/", "trinh-chieu/", "tinh-thanh/"):
            watched.goto(f"{site}{address}?{query}#{value}")
            if address == "sang-kien/":
                watched.wait_for_selector(READY)
            assert not watched.evaluate(ODD), (address, text)


def test_a_body_whose_link_is_refused_is_told(tmp_path: Path) -> None:
    """Those of the OWASP bodies that no page shows: `check` names file and line, and what is written there."""
    make_content(tmp_path / "content", HOSTILE[:3])
    refused = [body for body in OWASP if body.startswith("[x]")]
    for body in refused:
        path = tmp_path / "content/initiatives/xau-2.en.md"
        front = path.read_text("utf-8").split("\n---\n")[0]
        write(path, f"{front}\n---\n\nMột dòng.\n\n{body}\n")
        line = f"{front}\n---\n\nMột dòng.\n\n".count("\n") + 1
        problems = check_content(make_config(content=tmp_path / "content", environment={})).problems
        assert [(one.path, one.line) for one in problems] == [("content/initiatives/xau-2.en.md", line)], body
    assert len(refused) > 10
