"""A visitor with a phone on a bad line: from a shared link to the exhibit, its province, a second exhibit, its reply.

The one test with seconds in it, because the promise is in seconds. Chromium delays every answer by 400 ms and lets
400 kbit/s through, and its processor runs at a quarter. A busy machine can only make a walk slower, so of three walks
the best of each step counts, and no more are made than it takes. What does not depend on the machine is held exactly:
bytes of each step, no jump, no error.

Where the bounds come from: a shared short link costs one answer (0.4 s), the page another with 9 KB (0.6 s), style and
font, 20 KB together, a third (0.8 s), which makes 1.8 s before a processor does anything; 2.1 s were seen on an idle
machine and 2.6 s on one with eight times the work it can do. 4 s leave room for that and none for one more round of
fetching in the way of the first paint. A later page is one answer of up to 10 KB (0.6 s), as everything else is there
(seen: 0.7 s, 1.0 s): 2 s. The reply is on the page already: what it takes is scrolling.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from bench.search.host import Host
from expo.model import Expo
from tests.catalogue_page import PATIENCE, wait_until

PHONE = {"width": 360, "height": 740}
RATE, LATENCY, SLOWER = 400_000 / 8, 400, 4  # bytes a second, milliseconds, times
# Seconds to the largest paint of a first page, of later ones, and to what is on the page already.
MOST_SECONDS = {"exhibit": 4.0, "province": 2.0, "second exhibit": 2.0, "reply": 1.0}
WALKS = 3
KB = 1024
MOST_BYTES = {"exhibit": 50 * KB, "province": 16 * KB, "second exhibit": 16 * KB, "reply": 0}
# What the page paints last of its largest, in milliseconds of the clock; and how far anything jumped unasked.
WATCH = """(() => {
  window.painted = 0;
  window.jumped = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.painted = performance.timeOrigin + entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.jumped += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
})()"""


@dataclass
class Walk:
    """What one walk was like: step → seconds, bytes."""

    seconds: dict[str, float] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)
    jumped: dict[str, float] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def tell(self) -> str:
        """A line a step."""
        return "\n".join(
            f"{step:16}{self.seconds[step]:6.2f} s{self.sent[step] / KB:8.1f} KB  jump {self.jumped.get(step, 0):.4f}"
            for step in self.seconds
        )


@pytest.fixture(scope="module")
def two(real_expo: Expo) -> tuple[str, str, str]:
    """Short address of an exhibit, its province of today, and a second exhibit there that was answered."""
    for place in real_expo.places_34:
        shown = [one for one in real_expo.at_place(place) if len(one.places) == 1]
        answered = [one for one in shown if one.replies]
        if len(answered) > 1:
            return f"sk/{answered[0].number}/", place.slug, answered[1].slug
    raise AssertionError("no province has two exhibits with replies")


def open_line(context: BrowserContext, page: Page) -> None:
    """The bad line and the slow processor."""
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    conditions = {"offline": False, "latency": LATENCY, "downloadThroughput": RATE, "uploadThroughput": RATE}
    line.send("Network.emulateNetworkConditions", conditions)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def take(page: Page, host: Host, walk: Walk, step: str, go: Callable[[], object], arrived: str) -> None:
    """One step: what it takes until the page that has `arrived` has painted its largest, fonts and all."""
    assert page.locator(arrived).count() == 0  # or the page that is left would be timed
    before, started = len(host.answers), time.time()
    go()
    page.wait_for_selector(arrived, timeout=PATIENCE)
    page.wait_for_load_state("load", timeout=PATIENCE)
    page.evaluate(
        "document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))"
    )
    wait_until(page, "window.painted > 0")
    walk.seconds[step] = page.evaluate("painted") / 1000 - started
    walk.jumped[step] = page.evaluate("jumped")
    walk.sent[step] = sum(answer.size for answer in host.answers[before:])


# From a click to the moment when a part of the page is in view, in milliseconds.
ARRIVE = """(target) => addEventListener("click", ({ timeStamp }) => {
  new IntersectionObserver((seen, watch) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    window.arrived = performance.now() - timeStamp;
  }).observe(document.querySelector(target));
}, { once: true })"""


def follow_reply(page: Page, host: Host, walk: Walk, link: Locator) -> None:
    """The link that leads down the page: until the answer is in view."""
    before = len(host.answers)
    page.evaluate(ARRIVE, "#tra-loi")
    link.tap()
    wait_until(page, "window.arrived")
    expect(page.locator("#tra-loi")).to_be_in_viewport()
    walk.seconds["reply"] = page.evaluate("arrived") / 1000
    walk.sent["reply"] = sum(answer.size for answer in host.answers[before:])


def best_of(walks: Sequence[Walk]) -> dict[str, float]:
    """Step → the least seconds that it took."""
    return {step: min((walk.seconds[step] for walk in walks), default=inf) for step in MOST_SECONDS}


def slow_steps(walks: Sequence[Walk]) -> dict[str, float]:
    """Those whose best is over its bound."""
    return {step: seconds for step, seconds in best_of(walks).items() if seconds > MOST_SECONDS[step]}


def walk_through(browser: Browser, site: Path, short: str, place: str, second: str) -> Walk:
    """One visitor with an empty cache."""
    walk = Walk()
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.on("pageerror", lambda error: walk.errors.append(str(error)))
    page.on("console", lambda message: walk.errors.append(message.text) if message.type == "error" else None)
    open_line(context, page)
    with Host(site) as host:
        take(
            page,
            host,
            walk,
            "exhibit",
            lambda: page.goto(f"{host.address}/{short}", wait_until="commit"),
            ".exhibit h1",
        )
        province = page.locator(f'.exhibit a[href$="tinh-thanh/{place}/"]').first
        take(page, host, walk, "province", province.tap, ".place h1")
        other = page.locator(f'.hang__title a[href$="sang-kien/{second}/"]').first
        take(page, host, walk, "second exhibit", other.tap, ".exhibit h1")
        follow_reply(page, host, walk, page.locator('.latest a[href="#tra-loi"]'))
    context.close()
    return walk


def test_a_phone_on_a_bad_line_gets_there(browser: Browser, built_site: Path, two: tuple[str, str, str]) -> None:
    """Seconds of every step within what is promised, bytes too; nothing jumps, nothing fails."""
    walks: list[Walk] = []
    while len(walks) < WALKS and slow_steps(walks):
        walks.append(walk_through(browser, built_site, *two))
        print(walks[-1].tell())
    assert [walk.errors for walk in walks] == [[]] * len(walks)
    assert {step: round(most, 2) for walk in walks for step, most in walk.jumped.items() if round(most, 2)} == {}
    heavy = {step: size for walk in walks for step, size in walk.sent.items() if size > MOST_BYTES[step]}
    assert heavy == {}
    assert slow_steps(walks) == {}, "\n\n".join(walk.tell() for walk in walks)
