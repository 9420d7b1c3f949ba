"""Every kind of page in a real Chromium: axe in light and dark, reflow on the narrowest phone and with large letters,
targets, keyboard, paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserType, Page, expect

from expo.cli.chromium import launch_flags
from tests.catalogue_page import READY, settle
from tests.conftest import LAUNCH_PATIENCE

pytestmark = pytest.mark.browser

KINDS = (
    "",
    "sang-kien/",
    "sang-kien/?tinh=hue",
    "sang-kien/?q=qqqqqq",
    "sang-kien/trang/2/",
    "sang-kien/hue-s/",
    "bo-suu-tap/",
    "bo-suu-tap/song-voi-nuoc/",
    "trinh-chieu/",
    "tinh-thanh/hue/bang-tin/",
    "sang-kien/ca-phe-dich-vu-cong-dong-da/",
    "sang-kien/tram-do-mua-vrain/",
    "tinh-thanh/",
    "tinh-thanh/bac-ninh/",
    "tinh-thanh/hai-phong/",
    "tinh-thanh/truoc-2025/",
    "tinh-thanh/truoc-2025/quang-nam/",
    "tinh-thanh/toan-quoc/",
    "tinh-thanh/da-nang/moi-truong/",
    "chu-de/",
    "chu-de/moi-truong/",
    "phan-hoi/",
    "gioi-thieu/",
    "404.html",
)
OVERFLOWING = """() => [...document.querySelectorAll("body *:not(svg *, .vh, .kiosk__track *)")]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((one) => `${one.localName}.${one.className}`).slice(0, 5)"""
SMALL = """(least) => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
  .filter((one) => getComputedStyle(one).display !== "inline" && !one.closest(".skip, label"))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && box.height && Math.min(box.width, box.height) < least)
  .map(([one, box]) => `${one.localName}.${one.className} ${one.textContent.trim()} ${box.width}×${box.height}`)"""
CONTROLS = """() => [...document.querySelectorAll("button, select, [type=search], summary, label.opt, .btn, .chip")]
  .map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.height && box.height < 43.9)
  .map(([one, box]) => `${one.localName}.${one.className} ${box.height}`)"""


@pytest.fixture(scope="module")
def base(built_site: Path, serve_folder: Callable[..., str]) -> str:
    """Address of the site."""
    return serve_folder(built_site)


def open_settled(page: Page, address: str) -> None:
    """Open a page; the catalogue is waited for until it shows what the address asks, to the last chip."""
    page.goto(address)
    if "/sang-kien/?" in address:
        settle(page)
    elif address.endswith("/sang-kien/"):
        page.wait_for_selector(READY)


def open_sheet(page: Page) -> None:
    """Open the sheet of filters; what it needs is fetched first, and it may come in gently."""
    page.click("#open-sheet")
    expect(page.locator("#sheet")).to_be_visible()
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, base: str, scheme: Literal["light", "dark"]) -> None:
    """No violation on any kind of page, with the sheet of filters open too."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme, bypass_csp=True)
    page, axe, found = context.new_page(), Axe(), {}
    for address in KINDS:
        open_settled(page, base + address)
        found[address] = [one["id"] for one in axe.run(page).response["violations"]]
    open_settled(page, base + "sang-kien/")
    open_sheet(page)
    found["sheet"] = [one["id"] for one in axe.run(page).response["violations"]]
    context.close()
    assert {address: rules for address, rules in found.items() if rules} == {}


def test_nothing_scrolls_sideways_at_320(browser: Browser, base: str) -> None:
    """The narrowest phone, and any screen at 400 %."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page, found = context.new_page(), {}
    for address in KINDS:
        open_settled(page, base + address)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found[address] = page.evaluate(OVERFLOWING)
    context.close()
    assert found == {}


@pytest.fixture
def large_letters(browser_type: BrowserType, chromium_path: Path) -> Iterator[Browser]:
    """A browser whose owner asked for letters twice as large."""
    flags = [*launch_flags(), "--blink-settings=defaultFontSize=32"]
    found = browser_type.launch(executable_path=str(chromium_path), args=flags, timeout=LAUNCH_PATIENCE)
    yield found
    found.close()


def test_letters_twice_as_large_fit_a_phone(large_letters: Browser, base: str) -> None:
    """At 360 px nothing is cut off or scrolls sideways."""
    page = large_letters.new_page(viewport={"width": 360, "height": 740})
    found = {}
    for address in KINDS:
        open_settled(page, base + address)
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            found[address] = page.evaluate(OVERFLOWING)
    assert found == {}


def test_targets_are_large_enough(browser: Browser, base: str) -> None:
    """What is pressed on a phone is at least 24 px each way, links in running text aside."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page, found = context.new_page(), {}
    for address in KINDS:
        open_settled(page, base + address)
        if small := page.evaluate(SMALL, 24):
            found[address] = small
    context.close()
    assert found == {}


def test_controls_are_44_px_for_a_thumb(browser: Browser, base: str) -> None:
    """Buttons, fields and the choices of the filter sheet."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    found = {}
    for address in ("", "sang-kien/?tinh=hue", "sang-kien/hue-s/"):
        open_settled(page, base + address)
        if page.locator("#open-sheet").is_visible():
            open_sheet(page)
        found[address] = page.evaluate(CONTROLS)
    context.close()
    assert found == {address: [] for address in found}


def test_the_example_searches_find_all_their_words(page: Page, base: str) -> None:
    """What the home page proposes to try never ends in an excuse."""
    page.goto(base)
    for link in [one.get_attribute("href") or "" for one in page.locator(".tries a").all()]:
        open_settled(page, base + link)
        assert page.locator("#wall .hang").count() > 0, link
        assert "Không sáng kiến nào có đủ mọi từ" not in (page.locator("#notes").text_content() or ""), link


def test_the_menu_closes_with_esc_and_elsewhere(page: Page, base: str) -> None:
    """Esc gives the focus back to the menu's button; a press beside the menu closes it too."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(base + "sang-kien/hue-s/")
    menu, button = page.locator(".nav details"), page.locator(".nav summary")
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(button).to_be_focused()
    button.click()
    page.mouse.click(180, 700)
    expect(menu).not_to_have_attribute("open", "")


@pytest.mark.parametrize("address", ["", "sang-kien/", "404.html"])
def test_slash_goes_to_the_search_box(page: Page, base: str, address: str) -> None:
    """Wherever there is one; the stroke itself is not typed."""
    open_settled(page, base + address)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("")


def test_first_stop_of_the_keyboard_is_the_way_past_the_head(page: Page, base: str) -> None:
    """The skip link comes into view with the focus and leads to the content."""
    page.goto(base + "sang-kien/hue-s/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#noi-dung")).to_be_focused()


def test_the_sheet_keeps_the_focus_and_leads_to_the_results(page: Page, base: str) -> None:
    """Tab goes round inside; "show N results" ends at the heading that counts them."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(reduced_motion="reduce")
    open_settled(page, base + "sang-kien/")
    open_sheet(page)
    for _ in range(50):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#sheet')")
    page.click("#show-results")
    expect(page.locator("#count")).to_be_focused()
    expect(page.locator("#count")).to_be_in_viewport()


def test_an_exhibit_can_be_passed_on_and_printed(browser: Browser, base: str) -> None:
    """The button copies the address; the short address is written out; without script neither button shows."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(base + "sang-kien/hue-s/?utm_source=zalo")
    page.evaluate("() => { Object.defineProperty(navigator, 'share', { value: undefined, configurable: true }) }")
    page.click("#share")
    expect(page.locator("#shared")).to_have_text("Đã chép đường dẫn.")
    assert page.evaluate("navigator.clipboard.readText()") == base + "sang-kien/hue-s/"
    expect(page.locator("#print")).to_be_visible()
    expect(page.locator("#chia-se a[data-whole]")).to_have_text(base + "sk/2/")
    context.close()
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(base + "sang-kien/hue-s/")
    expect(page.locator("#share")).to_be_hidden()
    expect(page.locator("#print")).to_be_hidden()
    expect(page.locator("#chia-se a[data-whole]")).to_have_text("/sk/2/")
    plain.close()


def test_paper_has_the_number_and_the_address(page: Page, base: str) -> None:
    """A printed exhibit says where it comes from; what can only be pressed stays off the paper."""
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 without margins
    page.goto(base + "sang-kien/hue-s/")
    page.emulate_media(media="print")
    expect(page.locator(".poster-foot a[data-whole]")).to_have_text(base + "sk/2/")
    expect(page.locator(".poster-foot a[data-whole]")).to_be_visible()
    expect(page.locator(".exhibit__title > .no")).to_be_visible()
    for gone in (".nav", ".exhibit__title .actions", ".crumbs", ".nearby"):
        expect(page.locator(gone).first).to_be_hidden()
