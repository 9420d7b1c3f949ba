"""The real site on a slow network: how long a visitor on a phone waits for results.

In: the project's content, built anew, or a built site. Out: seconds from opening the catalogue by a link, with a query,
a filter, an order, to its first results painted, and from the last key of a later query to its results; exit 1 if a
bound is broken. Every
run has an empty cache; the network is Chromium's emulation: it delays answers, not connections.

    python3 bench/search/slow.py --runs 5
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

PROJECT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(PROJECT))

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from bench.search.chromium import Tab

FIRST = "?q=phan+loai+rac"
LINKS = ("?q=phan+loai+rac&chu-de=moi-truong", "?q=rac&sap-xep=ten", "?tinh=hue&chu-de=phan-anh-gop-y")
LATER = ("tham nhung", "du lich cong dong", "nguoi khuyet tat", "Đống Đa")
MOST_SECONDS = {"first": 3.0, "link": 4.0, "later": 1.0}  # a filter needs the second script and its columns as well
KILOBITS, LATENCY = 400, 400  # a second; milliseconds
WIDTH, HEIGHT = 360, 740

# When results were first painted, by a script: a frame after they stood in the page, then the next task.
FIRST_PAINT = """(() => {
  new MutationObserver((records, watch) => {
    if (!document.querySelector("#catalogue.is-live")) return;
    if (!records.some(({ target, type }) => target.id === "wall" && type === "childList")) return;
    watch.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { window.firstPaint = performance.now(); };
      port2.postMessage(0);
    });
  }).observe(document, { subtree: true, childList: true, attributes: true });
})()"""


@dataclass
class Times:
    """Seconds of every run."""

    first: dict[str, list[float]] = field(default_factory=dict)
    later: dict[str, list[float]] = field(default_factory=dict)


def type_and_wait(tab: Tab, text: str) -> float:
    """Seconds from the last key to results for the whole query; they may be completed once more after that."""
    from bench.search.chromium import KEY_PAUSE

    tab.clear()
    painted = len(tab.paints())
    for letter in text:
        tab.press(letter)
        tab.page.wait_for_timeout(KEY_PAUSE)
    tab.wait_for_rest(answered=painted)
    last_key = float(tab.page.evaluate("benchWatch.keys.at(-1)"))
    done = next(paint for paint in tab.paints()[painted:] if paint["at"] >= last_key)
    return (float(done["at"]) - last_key) / 1000


def measure(browser: Browser, folder: Path, times: Times, link: str, later: Sequence[str]) -> None:
    """One visitor: a link, then other queries by key."""
    from bench.search.chromium import LOAD_LIMIT, WATCH, Tab
    from bench.search.engines import OURS
    from bench.search.host import Host

    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, is_mobile=True, has_touch=True)
    context.add_init_script(WATCH.replace("LIST", OURS.list))
    context.add_init_script(FIRST_PAINT)
    page = context.new_page()
    page.set_default_timeout(LOAD_LIMIT * 1000)
    with Host(folder) as host:
        tab = Tab(host, OURS, context, page, context.new_cdp_session(page))
        tab.cdp.send("Network.enable")
        rate = KILOBITS * 1000 / 8
        conditions = {"offline": False, "latency": LATENCY, "downloadThroughput": rate, "uploadThroughput": rate}
        tab.cdp.send("Network.emulateNetworkConditions", conditions)
        page.goto(f"{host.address}{OURS.page}{link}")
        page.wait_for_function("() => window.firstPaint")
        times.first.setdefault(link, []).append(page.evaluate("firstPaint") / 1000)
        tab.wait_for_rest()
        for text in later:
            page.focus("#q")
            times.later.setdefault(text, []).append(type_and_wait(tab, text))
    context.close()


def build_site(folder: Path) -> None:
    """The real content, as it is published."""
    from expo.cli import main as run_command

    started = time.monotonic()
    if run_command(["build", "--output", str(folder), "--quiet"]) != 0:
        raise SystemExit("the site could not be built")
    print(f"site built in {time.monotonic() - started:.0f} s", file=sys.stderr)


def tell(times: Times) -> bool:
    """Print medians and worst; true where the bounds hold for the medians."""
    print(f"{KILOBITS} kbit/s, {LATENCY} ms, {WIDTH} × {HEIGHT}; median and worst of {len(times.first[FIRST])} runs\n")
    holds = True
    rows = [("first" if link == FIRST else "link", f"opening {link}", seconds) for link, seconds in times.first.items()]
    rows += [("later", f"later: {text}", seconds) for text, seconds in times.later.items()]
    for kind, label, seconds in rows:
        good = median(seconds) <= MOST_SECONDS[kind]
        holds &= good
        sign = "✓" if good else "✗"
        print(f"{label:46} {median(seconds):5.2f} s {max(seconds):5.2f} s   ≤ {MOST_SECONDS[kind]:.0f} s {sign}")
    return holds


def main() -> int:
    """Measure and tell."""
    from bench.project import enter_test_environment

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="visitors, one after the other")
    parser.add_argument("--site", type=Path, metavar="FOLDER", help="a built site, instead of building it now")
    arguments = parser.parse_args()
    enter_test_environment()
    from bench.search.chromium import open_browser

    times = Times()
    with TemporaryDirectory() as scratch, open_browser() as browser:
        folder = arguments.site or Path(scratch) / "site"
        if not arguments.site:
            build_site(folder)
        for _ in range(arguments.runs):
            measure(browser, folder, times, FIRST, LATER)
            for link in LINKS:
                measure(browser, folder, times, link, ())
    return 0 if tell(times) else 1


if __name__ == "__main__":
    sys.exit(main())
