"""The site by keyboard alone, in a real Chromium: paths through its rooms, focus seen at every stop, in the order of
the eye, and never caught."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bench.page_kinds import PAGE_KINDS
from tests.catalogue_page import READY, shown_ids, wait_until
from tests.conftest import ServeFolder
from tests.test_pictures import SLUG

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
MOST_STOPS = 160
# What has the focus: what it is, whether that is seen, where it is. A frame drawn by what holds the link counts: a card
# has one as a whole. Units of the drawn map have a thick edge instead of a frame.
STOP = """() => {
  const one = document.activeElement;
  if (one === null || one === document.body) return null;
  const framed = (node) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  let isSeen = framed(one) || framed(one.closest(".hang, .search, .room, .collection") ?? one);
  if (one.closest("svg")) isSeen ||= parseFloat(getComputedStyle(one.querySelector("path")).strokeWidth) >= 16;
  const { top, bottom } = one.getBoundingClientRect();
  const isInView = bottom > 0 && top < innerHeight;
  const isApart = one.closest(".filterbar, .kiosk__bar, .skip") !== null;
  const name = `${one.localName} ${one.textContent.trim().slice(0, 40)}`;
  return { name, isSeen, isInView, isApart, top: top + scrollY, bottom: bottom + scrollY };
}"""
# How many stops there ought to be: all that can have the focus and is shown.
COUNT = """() => {
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")];
  return all.filter((one) => {
    return !one.disabled && !one.closest("[inert]") && one.checkVisibility({ visibilityProperty: true });
  }).length;
}"""


@pytest.fixture(scope="module")
def base(built_site: Any, serve_folder: ServeFolder) -> str:
    """Address of the site."""
    return serve_folder(built_site)


@pytest.fixture(scope="module")
def odd_base(odd_site: Any, serve_folder: ServeFolder) -> str:
    """Address of a small site that has pictures."""
    return serve_folder(odd_site)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus, as a person does who looks for it."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way by Tab to {selector}")


def enter(page: Page) -> None:
    """Press Enter on a link to another page; until that page is whole."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tour(page: Page) -> list[dict[str, Any]]:
    """Every stop from the first to the last, until the focus leaves the page."""
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if (stop := page.evaluate(STOP)) is None:
            return stops
        stops.append(stop)
    raise AssertionError(f"still on the page after {MOST_STOPS} stops: {stops[-1]}")


@pytest.mark.parametrize(
    "kind", ["home", "exhibit-answered", "place", "places", "theme", "collection", "kiosk", "notice", "not-found"]
)
def test_every_stop_is_seen_and_none_is_a_trap(page: Page, base: str, kind: str) -> None:
    """Tab reaches all there is, each in view and framed, and leaves the page after the last. On a phone, where all
    stands in one column, the focus only goes down."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    page.goto(base + PAGE_KINDS[kind])
    if kind == "kiosk":
        expect(page.locator(".kiosk__bar")).to_be_visible()
    expected = page.evaluate(COUNT)
    stops = tour(page)
    assert [stop["name"] for stop in stops if not stop["isSeen"] or not stop["isInView"]] == []
    assert len(stops) == expected
    upwards = [
        (one["name"], other["name"])
        for one, other in pairwise(stops)
        if other["bottom"] <= one["top"] + 1 and not one["isApart"] and not other["isApart"]
    ]
    assert upwards == []


@pytest.mark.parametrize("kind", ["home", "catalogue", "exhibit-answered", "places"])
def test_every_stop_is_seen_on_a_desktop(page: Page, base: str, kind: str) -> None:
    """The menu as a row, the filters beside the wall, the drawn map."""
    page.set_viewport_size(DESKTOP)
    page.emulate_media(reduced_motion="reduce", color_scheme="dark")
    page.goto(base + PAGE_KINDS[kind])
    if kind == "catalogue":
        page.wait_for_selector(READY)
    stops = tour(page)
    assert [stop["name"] for stop in stops if not stop["isSeen"] or not stop["isInView"]] == []
    assert len(stops) > 40


def test_from_the_door_to_a_picture_and_back(page: Page, odd_base: str) -> None:
    """Home, menu, catalogue, filters, a result, the exhibit, its picture large; back to it, and back to the results."""
    page.set_viewport_size(PHONE)
    page.emulate_media(reduced_motion="reduce")
    page.goto(odd_base)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#noi-dung")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".nav summary")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, ".nav details a[href$='sang-kien/']")
    enter(page)
    page.wait_for_selector(READY)
    tab_to(page, "#open-sheet")
    page.keyboard.press("Enter")
    expect(page.locator("#sheet")).to_be_visible()
    tab_to(page, "#sheet input[name=phan-hoi]")
    page.keyboard.press("Space")
    expect(page.locator("#sheet input[name=phan-hoi]").first).to_be_checked()
    tab_to(page, "#show-results")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_be_focused()
    wait_until(page, "location.search.includes('phan-hoi=')")
    results = page.url
    found = shown_ids(page)
    tab_to(page, f"#wall a[href*='{SLUG}']")
    enter(page)
    expect(page.locator("h1")).to_be_visible()
    tab_to(page, ".gallery a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Đóng ảnh")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".gallery a").first).to_be_focused()
    page.go_back()  # Alt+← is the browser's own: it does not reach a page that is driven
    page.wait_for_selector(READY)
    assert page.url == results
    expect(page.locator("#wall .no")).to_have_text(found)


def test_the_kiosk_by_keyboard(page: Page, base: str) -> None:
    """The slides beside the screen are no stops: after the first slide's ways come the buttons; who reads a slide is
    taken along to the next."""
    page.set_viewport_size(DESKTOP)
    page.emulate_media(reduced_motion="reduce")
    page.goto(base + "trinh-chieu/")
    expect(page.locator(".kiosk__bar")).to_be_visible()
    page.locator(".slide--start nav a").last.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Tấm trước")).to_be_focused()
    tab_to(page, ".kiosk__bar button:nth-of-type(3)")
    page.keyboard.press("Enter")
    expect(page.locator(".kiosk__count")).to_contain_text("1/")
    expect(page.locator(".slide:not([inert])")).to_have_count(1)
    page.locator(".slide:not([inert]) h2 a").focus()
    before = page.locator(".slide:not([inert])").get_attribute("aria-label")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".kiosk__count")).to_contain_text("2/")
    expect(page.locator(".slide:not([inert]) h2 a")).to_be_focused()
    assert page.locator(".slide:not([inert])").get_attribute("aria-label") != before
    enter(page)
    expect(page.locator(".exhibit h1")).to_be_visible()


def test_the_way_into_english_and_back(page: Page, base: str) -> None:
    """The switch stays on the same page, and the other page has it at the same place."""
    page.set_viewport_size(PHONE)
    for kind in ("exhibit-answered", "place-before-2025"):
        page.goto(base + PAGE_KINDS[kind])
        tab_to(page, ".tongue")
        enter(page)
        assert page.url == f"{base}en/{PAGE_KINDS[kind]}"
        expect(page.locator("html")).to_have_attribute("lang", "en")
        tab_to(page, ".tongue")
        enter(page)
        assert page.url == base + PAGE_KINDS[kind]


def test_the_switch_of_the_map_tells_where_one_is(page: Page, base: str) -> None:
    """With the other list, the menu's mark and the way into English go along, and come back with Back."""
    page.set_viewport_size(DESKTOP)
    page.goto(base + "tinh-thanh/")
    here = page.locator(".nav > ul a[href$='/tinh-thanh/']")
    expect(here).to_have_attribute("aria-current", "page")
    page.locator(".schemes a").last.press("Enter")
    expect(page.locator(".schemes a").last).to_be_focused()
    expect(page.locator(".schemes [aria-current]")).to_have_text("63 trước 1/7/2025")
    expect(here).to_have_attribute("aria-current", "true")
    assert page.evaluate("document.querySelector('.tongue').href") == base + "en/tinh-thanh/truoc-2025/"
    page.go_back()
    expect(here).to_have_attribute("aria-current", "page")
    assert page.evaluate("document.querySelector('.tongue').href") == base + "en/tinh-thanh/"
