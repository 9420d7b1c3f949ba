"""Long pages in parts, in a real Chromium: what lies below the first screen is laid out after it, and nobody is led
astray by the height that it has till then.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.conftest import ServeFolder

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 360, "height": 740}
KINDS = ("", "phan-hoi/", "en/", "en/phan-hoi/")
# Of the parts below the first screen: how many there are, and how many are laid out.
PARTS = """() => {
  const parts = [...document.querySelectorAll("main .lazy")];
  const isLaid = (part) => part.firstElementChild.checkVisibility({ contentVisibilityAuto: true });
  return [parts.length, parts.filter(isLaid).length];
}"""
TOP = "(one) => one.getBoundingClientRect().top"


@pytest.fixture(scope="module")
def base(built_site: Path, serve_folder: ServeFolder) -> str:
    """Address of the site."""
    return serve_folder(built_site)


@pytest.fixture(autouse=True)
def _is_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.emulate_media(reduced_motion="reduce")


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_page_is_laid_out_in_parts(page: Page, base: str, kind: str) -> None:
    """Without the script of every page, a part when it comes near; with it, all of them a little later."""
    page.route("**/assets/page-*.js", lambda route: route.abort())
    page.goto(base + kind)
    parts, laid = page.evaluate(PARTS)
    assert parts >= 4
    assert laid < parts / 2
    link = page.locator("main .lazy a").last
    for _ in range(2):  # what comes near on the way becomes as high as it is
        link.scroll_into_view_if_needed()
    expect(link).to_be_in_viewport()
    page.unroute_all()
    page.goto(base + kind)
    expect(page.locator(".lazy")).to_have_count(0)


def test_without_script_and_on_paper_all_is_there(browser: Browser, page: Page, base: str) -> None:
    """Nothing stays behind that only a script would bring."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(base + "phan-hoi/")
    whole = plain.locator("main").bounding_box()
    context.close()
    page.route("**/assets/page-*.js", lambda route: route.abort())
    page.goto(base + "phan-hoi/")
    assert page.locator("main").bounding_box() != whole
    page.emulate_media(media="print")
    parts, laid = page.evaluate(PARTS)
    assert parts == laid > 0
    page.emulate_media(media="screen")
    page.unroute_all()
    page.goto(base + "phan-hoi/")
    expect(page.locator(".lazy")).to_have_count(0)
    assert page.locator("main").bounding_box() == whole


@pytest.mark.parametrize("again", ["back", "reload"])
def test_a_visitor_who_comes_again_stands_where_he_stood(page: Page, base: str, again: str) -> None:
    """Far down the page, on a card that he opened, or on what he was reading."""
    page.goto(base + "phan-hoi/")
    expect(page.locator(".lazy")).to_have_count(0)
    card = page.locator("main .hang").nth(-3)
    card.scroll_into_view_if_needed()
    before = card.evaluate(TOP)
    if again == "back":
        card.locator("a").first.click()
        page.wait_for_url("**/sang-kien/**")
        page.go_back()
    else:
        page.reload()
    expect(page.locator(".lazy")).to_have_count(0)
    assert card.evaluate(TOP) == pytest.approx(before, abs=2)


def test_a_link_to_a_place_within_leads_there(page: Page, base: str) -> None:
    """One from elsewhere, and one on the page that is tapped while letters are still on their way."""
    page.goto(base + "phan-hoi/#chua-thay")
    expect(page.locator(".lazy")).to_have_count(0)
    page.evaluate("document.fonts.ready.then(() => {})")
    place = page.locator("#chua-thay")
    assert 0 <= place.evaluate(TOP) < PHONE["height"] / 4
    page.route("**/*.woff2", lambda route: None)  # nor does the page's `load` come
    page.goto("about:blank")
    page.goto(base + "phan-hoi/", wait_until="domcontentloaded")
    assert page.locator(".lazy").count() > 4
    page.locator("nav a[href='#chua-thay']").click()
    assert page.locator(".lazy").count() == 0  # before it scrolls: not every browser mends its aim on the way
    expect(place).to_be_in_viewport()
    assert 0 <= place.evaluate(TOP) < PHONE["height"] / 4
    page.unroute_all(behavior="ignoreErrors")
