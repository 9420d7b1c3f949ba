"""What the browser tells: rankings, bytes on the wire, and time from key to painted results.

In: a Site and queries. Out: plain figures. Every engine goes through its page, with real key events; the host counts
the bytes, `watch.js` the times. How a page shows its results is said in `engines.Engine` and in `numberOf` of watch.js.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, sync_playwright

from bench.search.engines import Engine, Site
from bench.search.host import Answer, Host
from expo.cli.chromium import ensure_chromium, launch_flags

WATCH = (Path(__file__).parent / "watch.js").read_text("utf-8")
NOT_COUNTED = (".html", ".css", ".woff2", ".ico", ".svg", ".png", ".webmanifest", "/")
LOAD_LIMIT = 60.0  # seconds until the first results
KEY_PAUSE = 150  # milliseconds between keys, where bytes are counted
QUIET = 1.0  # seconds without a request or a paint


class TooSlow(Exception):
    """An engine showed no results within LOAD_LIMIT."""


@contextmanager
def open_browser() -> Iterator[Browser]:
    """The Chromium of the tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(ensure_chromium()), args=launch_flags())
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Tab:
    """A page of an engine in a browser without a cache of it."""

    host: Host
    engine: Engine
    context: BrowserContext
    page: Page
    cdp: CDPSession

    def open(self, query: str = "", at_once: bool = False) -> None:
        """Open the search page, with a query in the address or without."""
        parts = [f"q={quote(query)}"] if query else []
        if at_once and self.engine.at_once:
            parts.append(self.engine.at_once)
        self.page.goto(f"{self.host.address}{self.engine.page}{'?' if parts else ''}{'&'.join(parts)}")

    def press(self, letter: str) -> None:
        """One key down and up, whatever the letter."""
        self.cdp.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": letter, "text": letter})
        self.cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": letter})

    def paints(self) -> list[dict[str, Any]]:
        """Every painted change of the list: at, wall, numbers."""
        return list(self.page.evaluate("benchWatch.paints"))

    def wait_for_rest(self, answered: int = 0) -> None:
        """Until nothing is asked for or painted for a while, and the list was painted more than `answered` times."""
        started = time.monotonic()
        seen: tuple[int, int] = (-1, -1)
        since = started
        while True:
            paints = self.paints()
            now = (len(self.host.answers), len(paints))
            if now != seen or self.host.busy:
                seen, since = now, time.monotonic()
            if len(paints) > answered and time.monotonic() - since > QUIET:
                return
            if time.monotonic() - started > LOAD_LIMIT:
                raise TooSlow
            self.page.wait_for_timeout(50)

    def clear(self) -> None:
        """Empty the box, as the cross in it does."""
        self.page.evaluate(
            'const box = document.querySelector("#q"); box.value = "";'
            'box.dispatchEvent(new InputEvent("input", { bubbles: true })); box.focus()'
        )
        self.wait_for_rest(answered=-1)


@contextmanager
def open_tab(browser: Browser, host: Host, engine: Engine) -> Iterator[Tab]:
    """A tab of its own, nothing cached."""
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    try:
        context.add_init_script(WATCH.replace("LIST", engine.list).replace("REST", str(engine.rest)))
        page = context.new_page()
        page.set_default_timeout(LOAD_LIMIT * 1000)
        yield Tab(host, engine, context, page, context.new_cdp_session(page))
    finally:
        context.close()


# ---- quality


def rank(browser: Browser, site: Site, texts: Sequence[str]) -> list[list[int]]:
    """The ten numbers that the page lists for each text."""
    with Host(site.folder) as host, open_tab(browser, host, site.engine) as tab:
        tab.open(at_once=True)
        tab.wait_for_rest(answered=-1)
        has_function = tab.page.evaluate('"findNumbers" in globalThis')
        ask = "text => findNumbers(text)" if has_function else "text => benchWatch.ask(text)"
        try:
            return [tab.page.evaluate(ask, text) for text in texts]
        except Error as error:
            raise TooSlow(str(error).splitlines()[0]) from error


# ---- bytes


@dataclass
class Weight:
    """Bytes of one query."""

    opening: int = 0  # what the page fetched by itself before the query and shows only after results
    needed: int = 0  # until the ten results were painted
    after: int = 0  # later: covers, lines of the body, postings for exact counts
    controls: int = 0  # later, too: what filters, orders and suggestions need, once a visit
    paths: list[str] = field(default_factory=list)


def weigh(tab: Tab, answers: Sequence[Answer], first_key: float, first_paint: int) -> Weight:
    """Sort what was sent: needed for the results or not.

    Everything asked for before the list of the whole query was painted is needed. Of the kinds that are shown with
    results on the page only (`extras`), what was asked for after the list stood in the page is not; while someone
    types, after the first list. A kind alone is no excuse: extras that come before results are needed.
    """
    paints = tab.paints()[first_paint:]
    final = next(paint for paint in paints if paint["numbers"] == paints[-1]["numbers"])
    typed_first = next((paint for paint in paints if paint["numbers"]), final) if first_key else final
    weight = Weight()
    for answer in answers:
        if answer.path.endswith(NOT_COUNTED):
            continue
        is_extra = tab.engine.extras.search(answer.path)
        if is_extra and answer.at < first_key:
            weight.opening += answer.size
        elif answer.at > final["wall"] or (is_extra and answer.at > typed_first["changed_wall"]):
            if tab.engine.controls.search(answer.path):
                weight.controls += answer.size
            else:
                weight.after += answer.size
        else:
            weight.needed += answer.size
            weight.paths.append(answer.path)
    return weight


def weigh_first_by_address(browser: Browser, site: Site, texts: Sequence[str]) -> list[Weight]:
    """Each text as the first query of a visitor who follows a link with `?q=`."""
    weights = []
    for text in texts:
        with Host(site.folder) as host, open_tab(browser, host, site.engine) as tab:
            tab.open(text)
            tab.wait_for_rest()
            weights.append(weigh(tab, host.answers, 0, 0))
    return weights


def type_text(tab: Tab, text: str) -> Weight:
    """Type into the empty box and weigh from the first key on."""
    begun, painted = len(tab.host.answers), len(tab.paints())
    first_key = time.time()
    begun_at = time.monotonic()
    for place, letter in enumerate(text, 1):
        tab.press(letter)
        # By the clock: a pause after each key would be longer than that of a typist, by what the key itself takes.
        tab.page.wait_for_timeout(max(0, KEY_PAUSE * place - (time.monotonic() - begun_at) * 1000))
    tab.wait_for_rest(answered=painted)
    return weigh(tab, tab.host.answers[begun:], first_key, painted)


def weigh_first_typed(browser: Browser, site: Site, texts: Sequence[str]) -> list[Weight]:
    """Each text as the first query of a visitor who types; what the page loaded at its opening is counted."""
    weights = []
    for text in texts:
        with Host(site.folder) as host, open_tab(browser, host, site.engine) as tab:
            tab.open()
            tab.wait_for_rest(answered=-1)
            opened = list(host.answers)
            tab.page.focus("#q")
            weight = type_text(tab, text)
            for answer in opened:
                if answer.path.endswith(NOT_COUNTED):
                    continue
                if tab.engine.extras.search(answer.path):
                    weight.opening += answer.size
                else:
                    weight.needed += answer.size
            weights.append(weight)
    return weights


def weigh_later(browser: Browser, site: Site, first: str, texts: Sequence[str]) -> list[Weight]:
    """Texts typed one after the other in a page that has answered one query already."""
    weights = []
    with Host(site.folder) as host, open_tab(browser, host, site.engine) as tab:
        tab.open(first)
        tab.wait_for_rest()
        for text in texts:
            tab.clear()
            weights.append(type_text(tab, text))
    return weights


# ---- latency


@dataclass(frozen=True)
class Latency:
    """Milliseconds from key down to painted results."""

    median: float
    p95: float
    listed: float  # p95 to the list in the page, not painted yet
    samples: int
    missed: int  # keys after which no paint came


def time_keys(browser: Browser, site: Site, texts: Sequence[str], slower: int) -> Latency:
    """Every key of every text, typed once before so that all it needs is loaded."""
    times: list[tuple[float, float]] = []
    missed = 0
    with Host(site.folder) as host, open_tab(browser, host, site.engine) as tab:
        tab.open(texts[0], at_once=True)
        tab.wait_for_rest()
        for text in texts:
            for is_warm in (False, True):
                tab.clear()
                tab.cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower if is_warm else 1})
                for letter in text:
                    before = len(tab.paints())
                    tab.press(letter)
                    paint = tab.page.evaluate("before => benchWatch.nextPaint(before, 3000)", before)
                    if is_warm and paint:
                        key = tab.page.evaluate("benchWatch.keys.at(-1)")
                        times.append((paint["at"] - key, paint["changed"] - key))
                    missed += is_warm and not paint
                    tab.page.wait_for_timeout(60 if is_warm else KEY_PAUSE)
                tab.cdp.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    if not times:
        raise TooSlow
    painted, listed = sorted(one for one, _ in times), sorted(one for _, one in times)
    at = int(len(times) * 0.95)
    return Latency(statistics.median(painted), painted[at], listed[at], len(times), missed)
