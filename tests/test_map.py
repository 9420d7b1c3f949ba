"""The drawn map: borders as committed, every unit once with its link and number, both archipelagos, and its weight."""

from __future__ import annotations

import gzip
import importlib.util
import json
import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

from expo.model import Expo, Place
from expo.render.borders import load_borders
from expo.render.views.cards import place_address
from tests.catalogue_page import WAIT_FOR_REST, wait_until

ADDRESSES = {"34": "tinh-thanh/", "63": "tinh-thanh/truoc-2025/"}
SCHEMES = pytest.mark.parametrize("scheme", ["34", "63"])


def places_of(expo: Expo, scheme: str) -> tuple[Place, ...]:
    """The units of a list."""
    return expo.places_34 if scheme == "34" else expo.places_63


def drawing(built_site: Path, scheme: str) -> LexborNode:
    """The map on the page of a list."""
    page = LexborHTMLParser((built_site / ADDRESSES[scheme] / "index.html").read_text("utf-8"))
    found = page.css_first("svg.drawn")
    assert found is not None
    return found


def slug_of(link: str) -> str:
    """The last folder of an address."""
    return link.rstrip("/").rsplit("/", 1)[-1]


def test_the_committed_borders_are_what_the_tool_makes(project: Path) -> None:
    """From the boundaries beside the tool come the same arcs, to the last digit."""
    spec = importlib.util.spec_from_file_location("make_borders", project / "tools" / "make_borders.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    committed = json.loads((project / "expo" / "data" / "borders.topojson").read_text("utf-8"))
    assert committed == json.loads(json.dumps(tool.make_topology()))


@pytest.mark.parametrize("address", ["tinh-thanh/", "tinh-thanh/truoc-2025/", "gioi-thieu/"])
@pytest.mark.parametrize("folder", ["", "en/"])
def test_whose_the_borders_are_is_said(built_site: Path, folder: str, address: str) -> None:
    """Maker, licence and that they were changed: beside both maps and among the licences, in both languages."""
    page = LexborHTMLParser((built_site / folder / address / "index.html").read_text("utf-8"))
    (told,) = [" ".join(one.text().split()) for one in page.css("main p, main li") if "Open Development" in one.text()]
    simplified = "simplified" if folder else "đã giản lược"
    assert all(part in told for part in ("Open Development Vietnam", "CC BY-SA 4.0", simplified)), told


@SCHEMES
def test_every_unit_has_an_outline(real_expo: Expo, scheme: str) -> None:
    """The borders know the units of the gazetteer and no others; each path is closed."""
    outlines = load_borders().outlines[scheme]
    assert set(outlines) == {place.slug for place in places_of(real_expo, scheme)}
    assert all(re.fullmatch(r"(M\d+ \d+l[-\d ]+z)+", one.path) for one in outlines.values())


@SCHEMES
def test_every_unit_is_a_link_with_its_number(built_site: Path, real_expo: Expo, scheme: str) -> None:
    """Once each, to its own page, named with its count; the number and the shade say the same."""
    found = {}
    links = drawing(built_site, scheme).css("a")
    for link in links:
        address = str(link.attributes["href"])
        name = link.css_first(".says").text(strip=False)
        count = int(link.css_first(".n").text())
        assert f": {count} sáng kiến" in name
        shade = int(str(link.attributes["class"]).removeprefix("s"))
        assert shade == sum(count >= least for least in (1, 2, 4, 6))
        found[slug_of(address)] = (count, name.split(":")[0])
    assert len(links) == len(found)
    assert {slug: count for slug, (count, _) in found.items()} == {
        place.slug: len(real_expo.at_place(place)) for place in places_of(real_expo, scheme)
    }
    for place in places_of(real_expo, scheme):
        assert (built_site / place_address(place).strip("/") / "index.html").is_file()


@SCHEMES
def test_links_follow_the_list_beside_the_map(built_site: Path, scheme: str) -> None:
    """The keyboard walks the map in the order of the list: regions from north to south, names in order."""
    page = LexborHTMLParser((built_site / ADDRESSES[scheme] / "index.html").read_text("utf-8"))
    listed = [slug_of(str(one.attributes["href"])) for one in page.css(".region .units a")]
    drawn = [slug_of(str(one.attributes["href"])) for one in page.css("svg.drawn a")]
    assert drawn == [slug for slug in listed if slug not in ("toan-quoc", "lien-tinh")]


@SCHEMES
def test_both_archipelagos_are_drawn_and_named(built_site: Path, scheme: str) -> None:
    """With their unit in brackets, on the drawing and among the tiles; their islands belong to that unit's outline."""
    labels = [one.text() for one in drawing(built_site, scheme).css(".sea")]
    assert labels == ["Quần đảo Hoàng Sa(Đà Nẵng)", "Quần đảo Trường Sa(Khánh Hòa)"]
    page = LexborHTMLParser((built_site / ADDRESSES[scheme] / "index.html").read_text("utf-8"))
    assert [one.css_first("span").text() for one in page.css(".map .isles")] == [
        "Quần đảo Hoàng Sa",
        "Quần đảo Trường Sa",
    ]
    paths = {slug_of(str(a.attributes["href"])): a.css_first("path") for a in drawing(built_site, scheme).css("a")}
    for one in load_borders().islands:
        path = str(paths[one.owners[scheme]].attributes["d"])
        assert len(one.spots) > 8
        assert all(f"M{x - 13} {y}l13-13 13 13-13 13z" in path for x, y in one.spots)


def spot_of(text: LexborNode) -> tuple[float, float]:
    """Where a text of the drawing stands."""
    return float(str(text.attributes["x"])), float(str(text.attributes["y"]))


def test_a_line_leads_from_a_number_to_a_name_outside(built_site: Path, real_expo: Expo) -> None:
    """It begins beside the number of its unit and ends beside its name; names over or under their number have none."""
    svg = drawing(built_site, "34")
    numbers = [spot_of(one) for one in svg.css(".n")]
    names = [(spot_of(one), str(one.attributes["class"])) for one in svg.css(".name")]
    lines = re.findall(r"M(\d+) (\d+)L(\d+) (\d+)", str(svg.css_first(".leader").attributes["d"]))
    leads = {}
    for x, y, to_x, to_y in lines:
        start, end = (float(x), float(y)), (float(to_x), float(to_y))
        number = min(range(len(numbers)), key=lambda at: math.dist(start, numbers[at]))
        name = min(range(len(names)), key=lambda at: math.dist(end, names[at][0]))
        assert math.dist(start, numbers[number]) < 60 and math.dist(end, names[name][0]) < 20
        assert "name--over" not in names[name][1]
        leads[number] = name
    assert all(number == name for number, name in leads.items())
    assert len(names) == len(numbers) == len(real_expo.places_34)
    assert len(leads) >= 12


@SCHEMES
def test_the_source_of_the_borders_is_named(built_site: Path, scheme: str) -> None:
    """Under the map, with a link to its licence."""
    page = LexborHTMLParser((built_site / ADDRESSES[scheme] / "index.html").read_text("utf-8"))
    source = page.css_first(".atlas .src")
    assert source is not None
    assert source.text() == "Ranh giới: Open Development Vietnam (CC BY-SA 4.0), đã giản lược."
    assert source.css_first("a").attributes["href"] == "https://creativecommons.org/licenses/by-sa/4.0/"


@SCHEMES
def test_the_map_is_light(built_site: Path, scheme: str) -> None:
    """The drawing with its style and script takes at most 40 KB, compressed; other pages load none of it."""
    drawn = str(drawing(built_site, scheme).html).encode()
    parts = [path.read_bytes() for path in (built_site / "assets").glob("atlas-*")]
    assert len(parts) == 2
    assert sum(len(gzip.compress(part, mtime=0)) for part in (drawn, *parts)) <= 40 * 1024
    for other in ("", "sang-kien/", "tinh-thanh/hue/"):
        assert "/atlas-" not in (built_site / other / "index.html").read_text("utf-8")


@pytest.mark.browser
def test_the_keyboard_walks_the_map(page: Page, built_site: Path, serve_folder: Callable[..., str]) -> None:
    """Tab goes from the switch into the map; name and number show, and Enter opens the page of the unit."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(serve_folder(built_site) + "tinh-thanh/")
    page.locator(".schemes a").last.focus()
    page.keyboard.press("Tab")
    first = page.locator(".drawn a").first
    expect(first).to_be_focused()
    expect(first.locator(".says")).to_have_css("opacity", "1")
    expect(page.locator(".drawn a").nth(1).locator(".says")).to_have_css("opacity", "0")
    assert page.get_by_role("link", name="Huế: 3 sáng kiến", exact=True).count() == 1
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Cao Bằng")


@pytest.mark.browser
def test_a_phone_shows_tiles_instead(page: Page, built_site: Path, serve_folder: Callable[..., str]) -> None:
    """Below 600 px the tiles stand where the drawing is from there on: 44 px each, never both."""
    base = serve_folder(built_site)
    for address in ADDRESSES.values():
        page.goto(base + address)
        page.set_viewport_size({"width": 360, "height": 740})
        expect(page.locator(".drawn")).to_be_hidden()
        expect(page.locator(".map")).to_be_visible()
        boxes = [one.bounding_box() for one in page.locator(".map .tile").all()]
        assert [box for box in boxes if box and min(box["width"], box["height"]) < 43.9] == []
        page.set_viewport_size({"width": 600, "height": 740})
        expect(page.locator(".drawn")).to_be_visible()
        expect(page.locator(".map")).to_be_hidden()


@pytest.mark.browser
def test_the_switch_changes_map_and_list(page: Page, built_site: Path, serve_folder: Callable[..., str]) -> None:
    """Without loading the page anew; the focus stays on the switch, the address follows, and Back leads back."""
    base = serve_folder(built_site)
    page.goto(base + "tinh-thanh/")
    page.evaluate("window.same = true")
    page.locator(".schemes a").last.press("Enter")
    expect(page.locator("h1")).to_have_text("63 tỉnh, thành trước 1/7/2025")
    expect(page.locator(".drawn a")).to_have_count(63)
    expect(page.locator(".schemes a").last).to_be_focused()
    assert page.url == base + "tinh-thanh/truoc-2025/"
    follow = "(one) => new URL(one.href.baseVal, one.baseURI).href"
    assert page.locator(".drawn a").first.evaluate(follow) == base + "tinh-thanh/truoc-2025/bac-giang/"
    page.go_back()
    expect(page.locator(".drawn a")).to_have_count(34)
    assert page.evaluate("window.same") is True


@pytest.mark.browser
def test_a_switch_pressed_twice_is_one_step(page: Page, built_site: Path, serve_folder: Callable[..., str]) -> None:
    """A double click, while the other page is on its way, makes one entry of the history."""
    page.goto(serve_folder(built_site) + "tinh-thanh/")
    entries = page.evaluate("history.length")
    page.locator(".schemes a").last.dblclick()
    expect(page.locator(".drawn a")).to_have_count(63)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("history.length") == entries + 1


@pytest.mark.browser
def test_a_map_that_comes_too_late_is_not_shown(page: Page, built_site: Path, serve_folder: Callable[..., str]) -> None:
    """Forward before the map of the step back has come: the page keeps to its address."""
    base = serve_folder(built_site)
    page.goto(base + "tinh-thanh/")
    page.locator(".schemes a").last.click()
    expect(page.locator(".drawn a")).to_have_count(63)
    held: list[Route] = []
    page.route(base + "tinh-thanh/", lambda route: held.append(route))
    with page.expect_request(base + "tinh-thanh/"):
        page.evaluate("history.back()")
    page.evaluate("history.forward()")
    wait_until(page, "location.pathname.endsWith('/truoc-2025/')")
    for route in held:
        with page.expect_request_finished():
            route.continue_()
    page.evaluate(WAIT_FOR_REST)
    assert page.locator(".schemes [aria-current]").inner_text() == "63 trước 1/7/2025"
    assert page.locator(".drawn a").count() == 63


@pytest.mark.browser
def test_after_the_switch_all_links_lead_where_they_did(
    page: Page, built_site: Path, serve_folder: Callable[..., str]
) -> None:
    """Those of head and foot too, and the icons: the address has become a folder deeper."""
    around = "body > :not(main) a:not(.tongue), link[rel*=icon]"
    links = f"() => [...document.querySelectorAll('{around}')].map((one) => one.href)"
    page.goto(serve_folder(built_site) + "tinh-thanh/")
    before = page.evaluate(links)
    page.locator(".schemes a").nth(1).click()
    page.wait_for_url("**/tinh-thanh/truoc-2025/")
    assert len(before) > 10
    assert page.evaluate(links) == before


@pytest.mark.browser
def test_a_link_to_a_place_within_fetches_no_map(
    page: Page, built_site: Path, serve_folder: Callable[..., str]
) -> None:
    """The way past the menu leaves the focus on the content."""
    page.goto(serve_folder(built_site) + "tinh-thanh/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#noi-dung")).to_be_focused()
    assert asked == []


@pytest.mark.browser
def test_the_switch_is_two_links_without_script(page: Page, built_site: Path, serve_folder: Callable[..., str]) -> None:
    """They lead to the map of the other page."""
    base = serve_folder(built_site)
    page.route("**/atlas-*.js", lambda route: route.abort())
    page.goto(base + "tinh-thanh/")
    page.locator(".schemes a").last.click()
    page.wait_for_url(base + "tinh-thanh/truoc-2025/#ban-do")
    expect(page.locator(".schemes [aria-current]")).to_have_text("63 trước 1/7/2025")


@pytest.mark.browser
def test_forced_colours_leave_numbers_on_plain_ground(
    page: Page, built_site: Path, serve_folder: Callable[..., str]
) -> None:
    """A visitor's own two colours are used for every shade; the number still tells."""
    page.emulate_media(forced_colors="active")
    page.goto(serve_folder(built_site) + "tinh-thanh/")
    fill = "(all) => [...new Set(all.map((one) => getComputedStyle(one).fill))]"
    grounds, numbers = (page.locator(f".drawn a {part}").evaluate_all(fill) for part in ("path", ".n"))
    assert (len(grounds), len(numbers)) == (1, 1)
    assert grounds != numbers


# Boxes of letters are higher than what is inked: the middle 64 % of their height hold it, but for marks.
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(".drawn .name, .drawn .n")].map((one) => {
    const { left, right, top, bottom, height } = one.getBoundingClientRect();
    const owner = one.classList.contains("n") ? one.parentElement.querySelector(".says").firstChild.data : "";
    const text = `${owner} ${one.textContent}`.trim();
    return { text, left, right, top: top + .18 * height, bottom: bottom - .18 * height };
  });
  return boxes.flatMap((one, at) => boxes.slice(at + 1).filter((two) =>
    one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom
  ).map((two) => `${one.text} / ${two.text}`));
}"""


@pytest.mark.browser
def test_no_name_covers_a_number(page: Page, built_site: Path, serve_folder: Callable[..., str]) -> None:
    """On the drawn map of the 34 every name and every number can be read; none lies on another."""
    page.set_viewport_size({"width": 1440, "height": 900})
    base = serve_folder(built_site)
    for address in ("tinh-thanh/", "en/tinh-thanh/"):
        page.goto(base + address)
        page.evaluate("document.fonts.ready.then(() => 0)")
        expect(page.locator(".drawn .name").first).to_be_visible()
        assert page.evaluate(OVERLAPS) == []
