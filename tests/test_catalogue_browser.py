"""The catalogue in a real Chromium: search, facets, address, Back, keyboard, no JavaScript, missing data."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from expo.config import PAGE_SIZE, make_config
from expo.model import Expo, Initiative
from expo.pipeline import load_expo
from expo.text import collation_key

pytestmark = pytest.mark.browser

READY = "#catalogue.is-live:not([aria-busy])"
WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}

Filters = list[tuple[str, str]]


@pytest.fixture(scope="module")
def expo() -> Expo:
    """The real content."""
    return load_expo(make_config())


@pytest.fixture(scope="module")
def base(built_site: Path, serve_folder: Callable[..., str]) -> str:
    """Address of the catalogue."""
    return serve_folder(built_site) + "sang-kien/"


@pytest.fixture
def catalogue(page: Page, base: str) -> Iterator[Callable[..., Page]]:
    """Gives `open(query)`: the catalogue at an address, live. An error in the page, whenever, fails the test."""
    page.set_viewport_size(WIDE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def open_page(query: str = "") -> Page:
        page.goto(base + query)
        page.wait_for_selector(READY)
        return page

    yield open_page
    assert errors == []


# --- what ought to be found, by brute force over the records ---


def has_value(expo: Expo, initiative: Initiative, facet: str, value: str) -> bool:
    """Whether an exhibit has a value, asked of the model and not of columns.py."""
    places = {place.key: place for place in (*expo.places_63, *expo.places_34, *expo.special_places)}
    match facet:
        case "tinh":
            place = places.get(f"34:{value}") or places[value]
            return initiative in expo.at_place(place)
        case "tinh-cu":
            return initiative in expo.at_place(places[f"63:{value}"])
        case "chu-de":
            return value in {theme.slug for theme in initiative.themes}
        case "giai-doan":
            return value == initiative.stage.slug
        case "nguoi":
            return value == initiative.proposer.type
        case "phong":
            return value == initiative.room
        case "phan-hoi":
            return {"co": "answered", "ket-qua": "results", "chua": "none"}[value] == initiative.reply_state
        case "nam":
            return value == ("khong-ro" if initiative.year is None else str(initiative.year))
    raise AssertionError(facet)


def expected_ids(expo: Expo, filters: Filters, without: str = "") -> list[str]:
    """Exhibits that pass: any value within a facet, every facet; newest first."""
    wanted: dict[str, list[str]] = {}
    for facet, value in filters:
        wanted.setdefault(facet, []).append(value)
    wanted.pop(without, None)
    return [
        one.id
        for one in expo.newest
        if all(any(has_value(expo, one, facet, value) for value in values) for facet, values in wanted.items())
    ]


def shown_ids(page: Page) -> list[str]:
    """SK numbers on the wall."""
    return page.locator("#wall .no").all_inner_texts()


def type_query(page: Page, query: str) -> None:
    """Type, press Enter, and wait until the address says so and the wall is drawn."""
    page.fill("#q", query)
    page.press("#q", "Enter")
    page.wait_for_timeout(150)
    page.wait_for_selector(READY)


# --- search ---


QUERIES = {
    "Đống Đa": "SK-0001",
    "dong da": "SK-0001",
    "ĐỐNG ĐA": "SK-0001",
    "SK-0002": "SK-0002",
    "sk 2": "SK-0002",
    "sk2": "SK-0002",
    "0002": "SK-0002",
    "Bình Dương": "SK-0014",
    "tỉnh binh duong": "SK-0014",
    "huong toi thanh pho khong rac": "SK-0033",
    "hướng tới thành phố không rác": "SK-0033",
    "rác Huế": "SK-0032",
    "m-score quang binh": "SK-0004",
}


def test_queries_find_what_they_should(catalogue: Callable[..., Page]) -> None:
    """With and without marks, by number in any writing, by a name that is gone, by words and place together."""
    page = catalogue()
    found: dict[str, str] = {}
    for query in QUERIES:
        type_query(page, query)
        found[query] = page.locator("#wall .no").first.inner_text()
    assert found == QUERIES


def test_a_gone_name_finds_its_exhibits_and_says_where_it_is_now(catalogue: Callable[..., Page], expo: Expo) -> None:
    """Bình Dương has been part of TP. Hồ Chí Minh since 1 July 2025."""
    page = catalogue("?" + urlencode({"q": "Bình Dương"}))
    assert set(shown_ids(page)) >= set(expected_ids(expo, [("tinh-cu", "binh-duong")]))
    expect(page.locator("#notes")).to_have_text("Bình Dương nay thuộc TP. Hồ Chí Minh.")


def test_a_name_of_today_finds_what_was_merged_into_it(catalogue: Callable[..., Page], expo: Expo) -> None:
    """Đà Nẵng finds the exhibits of Quảng Nam, its own before them."""
    page = catalogue("?" + urlencode({"q": "da nang"}))
    inside = set(expected_ids(expo, [("tinh", "da-nang")]))
    assert set(shown_ids(page)) >= inside
    assert shown_ids(page)[0] in expected_ids(expo, [("tinh-cu", "da-nang")])


def test_short_and_full_forms_find_the_same(catalogue: Callable[..., Page]) -> None:
    """UBND and Ủy ban nhân dân."""
    short = shown_ids(catalogue("?" + urlencode({"q": "ubnd"})))
    assert short == shown_ids(catalogue("?" + urlencode({"q": "Ủy ban nhân dân"}))) != []


def test_typed_marks_bind(catalogue: Callable[..., Page]) -> None:
    """ "Đống Đa" finds only what bears those marks, "dong da" its folded twins too."""
    assert shown_ids(catalogue("?" + urlencode({"q": "Đống Đa"}))) == ["SK-0001"]
    assert len(shown_ids(catalogue("?q=dong+da"))) > 1


def test_a_slip_is_mended_and_said(catalogue: Callable[..., Page]) -> None:
    """One wrong letter in a word that nothing has."""
    page = catalogue("?" + urlencode({"q": "chatbott"}))
    expect(page.locator("#notes")).to_have_text("Không tìm thấy “chatbott”. Hiện kết quả cho “chatbot”.")
    assert shown_ids(page) == shown_ids(catalogue("?q=chatbot")) != []


def test_where_nothing_has_all_words_those_with_most_are_shown(catalogue: Callable[..., Page]) -> None:
    """And the page says so."""
    page = catalogue("?" + urlencode({"q": "chatbot qqqqq"}))
    assert shown_ids(page) == shown_ids(catalogue("?q=chatbot"))
    page.go_back()
    page.wait_for_selector(READY)
    expect(page.locator("#notes")).to_contain_text("Không sáng kiến nào có đủ mọi từ")


def test_the_last_word_may_be_unfinished(catalogue: Callable[..., Page], expo: Expo) -> None:
    """While typing, what begins with it is found; the whole burst of keys is one step of the history."""
    whole = shown_ids(catalogue("?" + urlencode({"q": "tham nhũng"})))
    page = catalogue()
    entries = page.evaluate("history.length")
    page.locator("#q").press_sequentially("tham nhũn", delay=150)
    page.wait_for_function("new URLSearchParams(location.search).get('q') === 'tham nhũn'")
    expect(page.locator("#count")).to_have_text(f"{len(whole)} trong {len(expo.initiatives)} sáng kiến")
    expect(page.locator("#notes")).to_be_hidden()
    assert sorted(shown_ids(page)) == sorted(whole) != []
    assert page.evaluate("history.length") == entries + 1


HOSTILE = (
    *("<img src=x onerror=document.title=1>", "a" * 10_000, "\u0000\u001f\u202e", "!!!", "%", "\\", "💥"),
    *("\u0301" * 3_000, "__proto__", "constructor toString", "(" * 500),
)


def test_hostile_queries_do_no_harm(catalogue: Callable[..., Page]) -> None:
    """Nothing is run, nothing breaks, and the page stays usable."""
    page = catalogue()
    for query in HOSTILE:
        submit = "(q) => { const i = document.getElementById('q'); i.value = q; i.form.requestSubmit(); }"
        page.evaluate(submit, query)
        page.wait_for_timeout(100)
        assert page.locator("#catalogue img, #catalogue script, #notes *:not(p)").count() == 0
    type_query(page, "SK-0002")
    assert shown_ids(page) == ["SK-0002"]


def test_half_a_surrogate_pair_does_no_harm(catalogue: Callable[..., Page]) -> None:
    """The address and the index take it as U+FFFD."""
    page = catalogue()
    page.evaluate("() => { const i = document.getElementById('q'); i.value = '\\ud800 rác'; i.form.requestSubmit(); }")
    page.wait_for_timeout(200)
    assert len(shown_ids(page)) > 0


# --- facets ---


def test_hue_and_feedback_together(catalogue: Callable[..., Page], expo: Expo) -> None:
    """The right exhibits, and counts that follow the other filter."""
    filters = [("tinh", "hue"), ("chu-de", "phan-anh-gop-y")]
    page = catalogue("?" + urlencode(filters))
    ids = expected_ids(expo, filters)
    assert sorted(shown_ids(page)) == sorted(ids)
    expect(page.locator("#count")).to_have_text(f"{len(ids)} trong {len(expo.initiatives)} sáng kiến")
    assert_counts(page, expo, filters)


def assert_counts(page: Page, expo: Expo, filters: Filters) -> None:
    """Every count of the panel equals what choosing that value would leave under the other facets' filters."""
    shown = page.evaluate(
        """() => [...document.querySelectorAll('#facets input[type=checkbox]')].map((input) =>
             [input.name, input.value, Number(input.closest('li').querySelector('.n').textContent), input.checked])"""
    )
    expected = [
        [
            facet,
            value,
            sum(has_value(expo, expo.by_id[one], facet, value) for one in expected_ids(expo, filters, without=facet)),
            (facet, value) in filters,
        ]
        for facet, value, _, _ in shown
    ]
    assert shown == expected


def load_columns(page: Page) -> Any:
    """The data file that the page itself loads."""
    return page.evaluate("fetch(document.getElementById('catalogue').dataset.columns).then((answer) => answer.json())")


def random_filters(values: dict[str, list[str]], source: random.Random) -> Filters:
    """One to five choices, several of a facet among them."""
    facets = source.sample(list(values), source.randint(1, 3))
    chosen = [(facet, value) for facet in facets for value in source.sample(values[facet], source.randint(1, 2))]
    return sorted(set(chosen), key=lambda pair: list(values).index(pair[0]))


def test_hundreds_of_combinations_agree_with_brute_force(catalogue: Callable[..., Page], expo: Expo) -> None:
    """300 random choices: rows and every count from the browser's module equal those counted over the records."""
    page = catalogue()
    data = load_columns(page)
    module = page.evaluate("document.querySelector('script[type=module]').src").replace(
        "catalogue.js", "facets/columns.js"
    )
    source = random.Random(20210414)
    combinations = [random_filters(data["values"], source) for _ in range(300)]
    answers = page.evaluate(
        """async ([module, data, combinations]) => {
          const { openColumns, filterRows } = await import(module);
          const columns = openColumns(data);
          return combinations.map((pairs) => {
            const filters = new Map();
            for (const [facet, value] of pairs) filters.set(facet, [...(filters.get(facet) || []), value]);
            const { rows, counts } = filterRows(columns, filters, null);
            return [rows.map((row) => columns.numbers[row]), Object.fromEntries(counts)];
          });
        }""",
        [module, data, combinations],
    )
    for filters, (numbers, counts) in zip(combinations, answers, strict=True):
        assert [f"SK-{number:04d}" for number in numbers] == expected_ids(expo, filters), filters
        for facet, values in data["values"].items():
            others = [expo.by_id[one] for one in expected_ids(expo, filters, without=facet)]
            expected = [sum(has_value(expo, one, facet, value) for one in others) for value in values]
            assert counts[facet] == expected, (filters, facet)


def test_the_panel_shows_the_right_counts_for_some_combinations(catalogue: Callable[..., Page], expo: Expo) -> None:
    """Through the whole page, for five of them."""
    source = random.Random(7)
    page = catalogue()
    values = load_columns(page)["values"]
    for _ in range(5):
        filters = random_filters(values, source)
        page = catalogue("?" + urlencode(filters))
        assert shown_ids(page) == expected_ids(expo, filters)[:PAGE_SIZE]
        assert_counts(page, expo, filters)


def test_filters_and_search_work_together(catalogue: Callable[..., Page], expo: Expo) -> None:
    """Counts follow the query too; a choice without results is dimmed, not gone."""
    page = catalogue("?q=1022&chu-de=phan-anh-gop-y")
    ids = shown_ids(page)
    assert ids and set(ids) <= set(expected_ids(expo, [("chu-de", "phan-anh-gop-y")]))
    empty = page.locator("#facets label.opt--zero", has=page.locator("input[value=idea]"))
    expect(empty).to_be_visible()
    expect(empty.locator(".n")).to_have_text("0")


def test_chips_undo_one_by_one_and_all_at_once(catalogue: Callable[..., Page], expo: Expo) -> None:
    """Each chip is a link to the view without it."""
    page = catalogue("?tinh=hue&tinh=da-nang&giai-doan=full-scale")
    assert page.locator(".chip").count() == 3
    page.locator(".chip", has_text="Huế").click()
    expect(page).to_have_url(page.url.split("?")[0] + "?tinh=da-nang&giai-doan=full-scale")
    page.locator(".chips__clear").click()
    expect(page.locator("#count")).to_have_text(f"{len(expo.initiatives)} sáng kiến")
    expect(page.locator("#chips")).to_be_hidden()
    assert "?" not in page.url


def test_an_unknown_value_is_ignored_and_said(catalogue: Callable[..., Page], expo: Expo) -> None:
    """The rest of the address counts; what other sites append to links is nobody's business."""
    page = catalogue("?tinh=atlantis&tinh=hue&sap-xep=xyz&trang=abc&utm_source=zalo")
    expect(page.locator("#notes")).to_contain_text(
        "Bỏ qua điều kiện không có trong danh mục: tinh=atlantis, sap-xep=xyz, trang=abc."
    )
    assert shown_ids(page) == expected_ids(expo, [("tinh", "hue")])


@pytest.mark.parametrize("typed", ["Bình Dương", "binh duong", "tỉnh bình dương", "BINHDUONG", "sai gon"])
def test_the_find_box_knows_old_names(catalogue: Callable[..., Page], typed: str) -> None:
    """Bình Dương leads to TP. Hồ Chí Minh, with the note."""
    page = catalogue()
    page.fill("#find-place", typed)
    options = page.locator("ul[data-facet=tinh] li:visible")
    expect(options).to_have_count(1)
    expect(options).to_contain_text("TP. Hồ Chí Minh")
    expect(options).to_contain_text("gồm Bà Rịa - Vũng Tàu, Bình Dương trước 1/7/2025")


def test_both_lists_of_provinces_can_be_had(catalogue: Callable[..., Page], expo: Expo) -> None:
    """The switch shows the 63; a name of today finds what it was made of; a tick filters by the old unit."""
    page = catalogue()
    page.click("button[data-list=tinh-cu]")
    page.fill("#find-place", "ho chi minh")
    options = page.locator("ul[data-facet=tinh-cu] li:visible")
    expect(options).to_have_count(3)
    page.locator("input[name=tinh-cu][value=binh-duong]").check()
    expect(page.locator("#notes")).to_have_text("Bình Dương nay thuộc TP. Hồ Chí Minh.")
    assert shown_ids(page) == expected_ids(expo, [("tinh-cu", "binh-duong")])
    page.fill("#find-place", "atlantis")
    expect(page.locator(".facet__nothing")).to_be_visible()


def test_the_empty_state_offers_one_thing(catalogue: Callable[..., Page], expo: Expo) -> None:
    """Filters that leave nothing can be dropped at once; words that find nothing too."""
    page = catalogue("?tinh=hue&chu-de=du-lich&nam=2006")
    page.locator("#empty").get_by_role("link", name="Bỏ hết bộ lọc").click()
    expect(page.locator("#count")).to_have_text(f"{len(expo.initiatives)} sáng kiến")
    page = catalogue("?q=qqqqqq")
    page.locator("#empty").get_by_role("link", name="Xem tất cả sáng kiến").click()
    expect(page.locator("#count")).to_have_text(f"{len(expo.initiatives)} sáng kiến")
    assert page.input_value("#q") == ""


# --- order and pages ---


def test_sorting(catalogue: Callable[..., Page], expo: Expo) -> None:
    """By name in Vietnamese order, by newest reply, and newest first without a word in the address."""
    page = catalogue()
    page.select_option("#sort", "ten")
    expect(page).to_have_url(page.url.split("?")[0] + "?sap-xep=ten")
    in_order = sorted(expo.initiatives, key=lambda one: collation_key(one.title))
    expect(page.locator("#wall .no").first).to_have_text(in_order[0].id)
    assert shown_ids(page) == [one.id for one in in_order][:PAGE_SIZE]
    page.select_option("#sort", "phan-hoi")
    newest = max((reply for reply in expo.replies if reply.date), key=lambda reply: reply.date.last_day)  # type: ignore[union-attr]
    expect(page.locator("#wall .no").first).to_have_text(newest.initiative)
    page.select_option("#sort", "moi")
    expect(page.locator("#wall .no").first).to_have_text(expo.newest[0].id)
    assert "?" not in page.url


def test_pages_of_24(catalogue: Callable[..., Page], expo: Expo) -> None:
    """The pager turns in place, says where it is, and what is beyond the last page is the last page."""
    page = catalogue()
    ids = [one.id for one in expo.newest]
    page.locator("#pager").get_by_role("link", name="Sau").click()
    expect(page).to_have_url(page.url.split("?")[0] + "?trang=2")
    expect(page.locator("#wall .no").first).to_have_text(ids[PAGE_SIZE])
    assert shown_ids(page) == ids[PAGE_SIZE : 2 * PAGE_SIZE]
    expect(page.locator("#pager [aria-current=page]")).to_have_text("2")
    assert shown_ids(catalogue("?trang=999")) == ids[len(ids) - len(ids) % PAGE_SIZE :]


# --- address and history ---


def test_a_shared_link_and_a_reload_show_the_same(catalogue: Callable[..., Page], browser: Browser) -> None:
    """The state is the address and nothing else."""
    page = catalogue()
    page.locator("input[name=chu-de][value=phan-anh-gop-y]").check()
    type_query(page, "da nang")
    page.select_option("#sort", "ten")
    page.wait_for_timeout(150)
    ids, address = shown_ids(page), page.url
    assert ids
    page.reload()
    page.wait_for_selector(READY)
    assert shown_ids(page) == ids
    other = browser.new_page()
    other.goto(address)
    other.wait_for_selector(READY)
    assert shown_ids(other) == ids
    assert other.input_value("#sort") == "ten"
    other.close()


def test_back_and_forward(catalogue: Callable[..., Page], expo: Expo) -> None:
    """Each choice is a step; Back restores wall, ticks and query."""
    page = catalogue()
    page.locator("input[name=giai-doan][value=pilot]").check()
    pilots = expected_ids(expo, [("giai-doan", "pilot")])
    expect(page.locator("#count")).to_have_text(f"{len(pilots)} trong {len(expo.initiatives)} sáng kiến")
    type_query(page, "SK-0002")
    page.go_back()
    expect(page.locator("#count")).to_have_text(f"{len(pilots)} trong {len(expo.initiatives)} sáng kiến")
    assert shown_ids(page) == pilots
    assert page.input_value("#q") == ""
    page.go_back()
    expect(page.locator("#count")).to_have_text(f"{len(expo.initiatives)} sáng kiến")
    expect(page.locator("input[name=giai-doan][value=pilot]")).not_to_be_checked()
    page.go_forward()
    expect(page.locator("input[name=giai-doan][value=pilot]")).to_be_checked()


def test_back_from_an_exhibit(catalogue: Callable[..., Page]) -> None:
    """The list is as it was left, whether the browser kept the page or loads it anew."""
    page = catalogue("?tinh=hue")
    ids = shown_ids(page)
    page.locator("#wall a").first.click()
    page.wait_for_load_state()
    assert "?" not in page.url
    page.go_back()
    page.wait_for_selector(READY)
    assert shown_ids(page) == ids


# --- keyboard ---


def test_slash_focuses_the_search(catalogue: Callable[..., Page]) -> None:
    """But writes a slash where someone types."""
    page = catalogue()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("a/b")
    assert page.input_value("#q") == "a/b"


def test_facets_by_keyboard(catalogue: Callable[..., Page]) -> None:
    """Tab reaches the boxes, space ticks them, focus stays."""
    page = catalogue()
    page.focus("#find-place")
    page.keyboard.press("Tab")
    box = page.locator("ul[data-facet=tinh] input").first
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    expect(page.locator(".chip")).to_have_count(1)
    expect(box).to_be_focused()
    assert "?tinh=" in page.url


def test_focus_is_not_lost_with_a_chip(catalogue: Callable[..., Page]) -> None:
    """Where the focused chip goes, the heading that says how many takes the focus."""
    page = catalogue("?tinh=hue")
    page.locator(".chip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_be_focused()


def test_the_sheet_on_a_phone(catalogue: Callable[..., Page], page: Page) -> None:
    """The bar opens it, a tick counts at once, Esc closes it and gives the focus back."""
    page.set_viewport_size(NARROW)
    page.emulate_media(reduced_motion="reduce")
    page = catalogue("?giai-doan=full-scale")
    page.set_viewport_size(NARROW)
    expect(page.locator("#open-sheet")).to_have_text("Bộ lọc (1)")
    page.click("#open-sheet")
    page.locator("#sheet input[name=tinh][value=da-nang]").check()
    expect(page.locator("#open-sheet")).to_have_text("Bộ lọc (2)")
    expect(page.locator("#show-results")).to_have_text(f"Xem {page.locator('#wall .hang').count()} kết quả")
    page.keyboard.press("Escape")
    expect(page.locator("#sheet")).to_be_hidden()
    expect(page.locator("#open-sheet")).to_be_focused()
    page.click("#open-sheet")
    page.click("#show-results")
    expect(page.locator("#sheet")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_panel_moves_with_the_width(catalogue: Callable[..., Page]) -> None:
    """Turning a tablet takes the ticks along."""
    page = catalogue("?tinh=hue")
    page.set_viewport_size(NARROW)
    expect(page.locator("#sheet #facets")).to_have_count(1)
    page.set_viewport_size(WIDE)
    expect(page.locator("#filters #facets")).to_be_visible()
    expect(page.locator("input[name=tinh][value=hue]")).to_be_checked()


# --- without script, without data ---


@pytest.fixture
def plain(browser: Browser) -> BrowserContext:
    """A browser with JavaScript turned off."""
    return browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})


def test_without_javascript_every_exhibit_can_be_reached(plain: BrowserContext, base: str, expo: Expo) -> None:
    """24 a page, newest first, by links; what does not work is not shown, and the page says so."""
    page = plain.new_page()
    page.goto(base)
    ids = shown_ids(page)
    expect(page.locator("#facets, .filterbar, #sort").first).to_be_hidden()
    expect(page.locator("noscript .notice")).to_contain_text("cần JavaScript")
    while page.locator("#pager a[rel=next]").count():
        page.locator("#pager a[rel=next]").click()
        ids += shown_ids(page)
    assert ids == [one.id for one in expo.newest]
    assert page.url.endswith("/sang-kien/trang/3/")
    page.locator(".catalogue__links a", has_text="Huế").click()
    assert page.url.endswith("/tinh-thanh/hue/")
    plain.close()


def test_the_search_form_is_a_plain_form(plain: BrowserContext, base: str) -> None:
    """From any page of the catalogue it asks /sang-kien/, which says that it needs script."""
    page = plain.new_page()
    page.goto(base + "trang/2/")
    page.fill("#q", "rác")
    page.press("#q", "Enter")
    assert page.url.split("?")[0] == base
    expect(page.locator("noscript .notice")).to_be_visible()
    plain.close()


@pytest.mark.parametrize("broken", ["catalogue-", "search-", "cards-"])
def test_where_data_does_not_come_the_page_stays(page: Page, base: str, broken: str) -> None:
    """A plain notice; the static wall and the links go on working."""
    page.route(f"**/assets/{broken}*", lambda route: Route.abort(route))
    page.goto(base + "?" + urlencode({"q": "rác", "sap-xep": "ten"}))
    expect(page.locator("#notes")).to_contain_text("Không tải được dữ liệu")
    assert page.locator("#wall .hang").count() == PAGE_SIZE
    expect(page.locator(".catalogue__links a").first).to_be_visible()
    expect(page.locator("#catalogue")).not_to_have_attribute("aria-busy", "true")


def test_the_scripts_are_light(built_site: Path) -> None:
    """All modules of the catalogue together stay under 15 KB as they go over the wire."""
    scripts = sorted(built_site.glob("assets/js-*/**/*.js"))
    assert scripts
    assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) < 15_000


def test_every_module_asks_only_its_own_host(catalogue: Callable[..., Page], page: Page) -> None:
    """Nothing is loaded from elsewhere, whatever is done on the page."""
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    live = catalogue("?q=rác&tinh=hue")
    live.locator(".chips__clear").click()
    live.wait_for_timeout(100)
    assert len(hosts) == 1


def test_the_search_words_of_both_sides_agree(catalogue: Callable[..., Page], expo: Expo) -> None:
    """The browser's index, asked for every title, finds that exhibit first or among the first three."""
    page = catalogue()
    ranks: Any = page.evaluate(
        """async (titles) => {
          const root = document.getElementById('catalogue');
          const script = document.querySelector('script[type=module]').src;
          const { openIndex, searchIndex } = await import(script.replace('catalogue.js', 'search/engine.js'));
          const index = openIndex(await (await fetch(root.dataset.index)).json());
          return titles.map(([title, number]) => {
            const { scores } = searchIndex(index, title);
            const order = [...scores].sort((a, b) => b[1] - a[1]).map(([row]) => index.numbers[row]);
            return order.indexOf(number);
          });
        }""",
        [[one.title, one.number] for one in expo.initiatives],
    )
    late = [one.id for one, rank in zip(expo.initiatives, ranks, strict=True) if not 0 <= rank <= 2]
    assert late == []
