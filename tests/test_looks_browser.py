"""What components and pages look like: narrow and wide, light and dark, against pictures kept in tests/looks/.

Everything is built from theme/examples/, which no organizer touches and where no date is today's. A wanted change is
accepted with `python3 build.py test tests/test_looks_browser.py --refresh-looks`; look at the pictures before they are
committed. A failing test leaves before, now and difference in test-results/looks/. What is compared stands in looks.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page, Route

from bench.page_kinds import PAGE_KINDS
from expo.cli.chromium import launch_flags
from expo.render.examples import read_components
from tests import looks
from tests.catalogue_page import READY, settle, wait_until
from tests.conftest import LAUNCH_PATIENCE, PROJECT

pytestmark = pytest.mark.browser

# Where the content of the examples has another page of a kind than bench/page_kinds.py names.
OWN = {
    "catalogue-filtered": "sang-kien/?tinh=da-nang",
    "catalogue-found": "sang-kien/?q=nuoc",
    "exhibit-answered": "sang-kien/cong-gop-y-mau/",
    "exhibit-unanswered": "sang-kien/may-loc-nuoc-mau/",
    "exhibit-results": "sang-kien/tram-canh-bao-mau/",
    "place": "tinh-thanh/da-nang/",
    "collection": "bo-suu-tap/mot-cuoc-di-mau/",
    "exhibit-answered-en": "en/sang-kien/cong-gop-y-mau/",
}
# Not pictured: the second page of the catalogue, which the examples do not fill, and English, the same templates and
# styles in other words, for which exhibit-answered-en stands.
NOT_PICTURED = {kind for kind in PAGE_KINDS if kind.endswith("-en")} - {"exhibit-answered-en"}
NOT_PICTURED |= {"catalogue-page-2", "privacy", "redirect"}
PAGES = {kind: OWN.get(kind, address) for kind, address in PAGE_KINDS.items() if kind not in NOT_PICTURED}

# What is below is made of components, which have pictures of their own.
PAGE_TALLEST = {360: 1800, 1440: 1500}
COMPONENT_TALLEST = {360: 6000, 1440: 4500}
LEFT_IN = PROJECT / "test-results" / "looks"
MOST_BYTES = 1_500_000

WHOLE = """[...document.querySelectorAll("#wall .hang")].every((one) => one.querySelector(".cloth svg"))"""

COMPONENTS = [one.name for one in read_components(PROJECT) if one.examples]


@pytest.fixture(scope="module")
def steady_browser(browser_type: BrowserType, chromium_path: Path) -> Iterator[Browser]:
    """A browser that draws letters alike on every machine."""
    flags = [*launch_flags(), *looks.FLAGS]
    found = browser_type.launch(executable_path=str(chromium_path), args=flags, timeout=LAUNCH_PATIENCE)
    yield found
    found.close()


@pytest.fixture(scope="module")
def page(steady_browser: Browser) -> Iterator[Page]:
    """One page for all pictures."""
    width, height = next(iter(looks.WINDOWS.items()))
    context = steady_browser.new_context(
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        bypass_csp=True,  # for the style that steadies
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def base(gallery: Path, serve_folder: Callable[..., str]) -> str:
    """Address of the gallery and its site."""
    return serve_folder(gallery)


@pytest.fixture
def compare_look(page: Page, request: pytest.FixtureRequest) -> Callable[..., None]:
    """Compare what is open with its kept sheet, or keep it."""
    refresh = bool(request.config.getoption("--refresh-looks"))

    def compare(name: str, turn: Callable[[str], object], tallest: dict[int, int]) -> None:
        browser = page.context.browser
        assert browser is not None
        page.add_style_tag(content=looks.STEADY_STYLE)
        page.evaluate(looks.READY)
        sheet = looks.take_sheet(page, turn, tallest)
        assert looks.check(name, sheet, LEFT_IN, browser.version, refresh=refresh) == ""

    return compare


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_looks_as_it_did(page: Page, base: str, compare_look: Callable[..., None], name: str) -> None:
    """Every example of it, in the scheme that the page names."""
    page.goto(f"{base}thanh-phan/{name}/")
    compare_look(f"component-{name}", lambda scheme: page.evaluate(looks.SET_SCHEME, scheme), COMPONENT_TALLEST)


@pytest.mark.parametrize("kind", PAGES)
def test_a_kind_of_page_looks_as_it_did(page: Page, base: str, compare_look: Callable[..., None], kind: str) -> None:
    """Its upper part, in the scheme that the reader's system asks for."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(base + PAGES[kind])
    if "/?" in PAGES[kind]:
        settle(page)
        page.set_viewport_size({"width": 1440, "height": 4000})  # what is in view is fetched: cloths, lines of why
        wait_until(page, WHOLE)
        page.wait_for_load_state("networkidle")
    elif "catalogue" in kind:
        page.wait_for_selector(READY)
    compare_look(f"page-{kind}", lambda scheme: page.emulate_media(color_scheme=scheme), PAGE_TALLEST)


def test_every_kind_of_page_has_a_picture() -> None:
    """A kind that is added to bench/page_kinds.py is pictured at once; what is told of kinds here is told of some."""
    assert set(OWN) <= set(PAGES)
    assert set(PAGE_KINDS) >= NOT_PICTURED
    assert {path.stem for path in looks.KEPT.glob("page-*")} == {f"page-{kind}" for kind in PAGES}


def test_no_picture_is_left_over_and_all_together_are_small() -> None:
    """A component that is gone takes its picture along."""
    wanted = {f"component-{name}" for name in COMPONENTS} | {f"page-{kind}" for kind in PAGES}
    kept = {path.stem: path for path in looks.KEPT.glob("*.webp")}
    assert set(kept) - wanted == set()
    assert sum(path.stat().st_size for path in kept.values()) < MOST_BYTES


BROKEN = {
    "a colour of text": ("--ink-soft:#574F43", "--ink-soft:#6E665A"),
    "a colour of hairlines": ("--line:#E4DAC8", "--line:#CFC2A8"),
    "a space": ("--s4:1rem", "--s4:1.2rem"),
    "a rule that is gone": (".names>li{padding-block:var(--s4)", ".names>li{padding-block:0"),
}


def take_place(page: Page, base: str, old: str = "", new: str = "") -> bytes:
    """The sheet of a province's page, with one piece of the style sheet replaced."""

    def answer(route: Route) -> None:
        shipped = route.fetch()
        assert old in shipped.text()
        route.fulfill(response=shipped, body=shipped.text().replace(old, new))

    page.route("**/assets/expo-*.css", answer)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(base + PAGES["place"])
    page.add_style_tag(content=looks.STEADY_STYLE)
    page.evaluate(looks.READY)
    sheet = looks.take_sheet(page, lambda scheme: page.emulate_media(color_scheme=scheme), {360: 1200})
    page.unroute("**/assets/expo-*.css")
    return looks.encode(sheet)


def test_what_changes_visibly_is_told(page: Page, base: str) -> None:
    """Each of these breaks turns the test of that page red; the same page again does not."""
    whole = looks.decode(take_place(page, base))
    assert looks.compare(whole, looks.decode(take_place(page, base))) == looks.Distance(0, 0)
    found = {name: looks.compare(whole, looks.decode(take_place(page, base, *pair))) for name, pair in BROKEN.items()}
    assert {name: distance for name, distance in found.items() if not distance.is_seen} == {}
