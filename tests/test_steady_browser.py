"""Nothing jumps while a page comes in over a slow line: letters take the room of those that stand in for them, what a
script adds has its room beforehand. Bytes come slowly by Chromium's emulation; no seconds are measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.catalogue_page import READY, WAIT_FOR_REST, Catalogue, settle
from tests.conftest import ServeFolder

LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
WATCH = """(() => {
  window.jumps = [];
  const name = ({ node }) => node && (node.id || node.className || node.nodeName);
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) window.jumps.push([one.value, one.sources.map(name).join(" ")]);
  }).observe({ type: "layout-shift", buffered: true });
})()"""
# Of every frame since the catalogue's script began: is the wall kept unseen? How many there were at its first fetch.
WATCH_FRAMES = """(() => {
  window.drawn = [];
  const look = () => {
    const root = document.querySelector("#catalogue.is-live");
    if (root) window.drawn.push(root.hasAttribute("aria-busy"));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const fetchFile = window.fetch;
  window.fetch = (...rest) => {
    window.atFirstFetch ??= window.drawn.length;
    return fetchFile(...rest);
  };
})()"""
LEAST = 0.005  # rounds to 0.00
KINDS = (
    "",
    "sang-kien/",
    "sang-kien/?q=phan+loai+rac",
    "sang-kien/?q=qqqqqq",
    "sang-kien/?tinh=hue",
    "sang-kien/?tinh=hue&chu-de=moi-truong&phan-hoi=co",
    "sang-kien/hue-s/",
    "tinh-thanh/",
    "tinh-thanh/da-nang/",
    "tinh-thanh/da-nang/bang-tin/",
    "phan-hoi/",
    "trinh-chieu/",
    "en/",
)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone as Lighthouse takes it, on its line."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, is_mobile=True, has_touch=True)
    context.add_init_script(WATCH)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    yield page
    context.close()


def test_nothing_jumps_on_a_slow_line(phone: Page, built_site: Path, serve_folder: ServeFolder) -> None:
    """Every page with an empty cache, until its last letter and its last script are there."""
    base = serve_folder(built_site)
    found: dict[str, list[object]] = {}
    for address in KINDS:
        line = phone.context.new_cdp_session(phone)
        line.send("Network.clearBrowserCache")
        phone.goto(base + address)
        if "?" in address:
            settle(phone)
        elif address == "sang-kien/":
            phone.wait_for_selector(READY)
        phone.evaluate("document.fonts.ready.then(() => {})")
        phone.evaluate(WAIT_FOR_REST)
        jumps = phone.evaluate("jumps")
        if sum(value for value, _ in jumps) >= LEAST:
            found[address] = jumps
    assert found == {}


@pytest.mark.parametrize("query", ["?tinh=hue", "?q=rac"])
def test_answers_wait_for_the_first_sight_of_the_page(catalogue: Catalogue, query: str) -> None:
    """From its first frame on the script keeps the wall unseen, so that it cannot jump when the answers come with chips
    above it, however fast they are; and it asks for their files only after that.
    """
    catalogue.page.add_init_script(WATCH_FRAMES)
    page = catalogue.open(query)
    assert page.evaluate("drawn[0]")
    assert page.evaluate("atFirstFetch") >= 1


def test_a_wall_that_waits_unseen_is_out_of_reach(catalogue: Catalogue) -> None:
    """Until the answers to an address come, nobody can tap or tab to a card that is not seen."""
    page = catalogue.page
    page.route("**/assets/search/**", lambda route: None)  # nothing comes
    page.goto(catalogue.address + "?tinh=hue")
    page.wait_for_selector("#catalogue[aria-busy]")
    expect(page.locator("#wall a").first).to_be_hidden()
    page.unroute_all(behavior="ignoreErrors")
