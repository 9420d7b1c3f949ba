"""Searching in the catalogue in a real Chromium: what is found, key by key, suggestions, announcements, haste.

On the real site. Ranking by itself is measured by bench/search, the list of suggestions by test_suggest_browser.py,
bad input by test_catalogue_hostile_browser.py.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from expo.model import Expo
from tests.catalogue_page import (
    READY,
    WAIT_FOR_KEYS,
    WAIT_FOR_REST,
    Catalogue,
    count_of,
    expect_count,
    expect_ids,
    expected_ids,
    query_of,
    settle,
    shown_choices,
    shown_ids,
    shown_options,
    submit_query,
    wait_until,
)

pytestmark = pytest.mark.browser


# --- what is found ---


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


def test_queries_find_what_they_should(catalogue: Catalogue) -> None:
    """With and without marks, by number in any writing, by a name that is gone, by words and place together."""
    page = catalogue.open()
    found: dict[str, str] = {}
    for query in QUERIES:
        submit_query(page, query)
        found[query] = page.locator("#wall .no").first.inner_text()
    assert found == QUERIES


def test_every_title_finds_its_exhibit_first(catalogue: Catalogue, real_expo: Expo) -> None:
    """As it is written and without marks."""
    page = catalogue.open()
    missed = []
    for one in real_expo.initiatives:
        submit_query(page, one.title)
        if shown_ids(page)[:1] != [one.id]:
            missed.append(one.id)
    assert missed == []


def test_a_gone_name_finds_its_exhibits_and_says_where_it_is_now(catalogue: Catalogue, real_expo: Expo) -> None:
    """Bình Dương has been part of TP. Hồ Chí Minh since 1 July 2025."""
    page = catalogue.open(query_of("Bình Dương"))
    assert set(shown_ids(page)) >= set(expected_ids(real_expo, [("tinh-cu", "binh-duong")]))
    expect(page.locator("#notes")).to_have_text("Bình Dương nay thuộc TP. Hồ Chí Minh.")


def test_a_name_of_today_finds_what_was_merged_into_it(catalogue: Catalogue, real_expo: Expo) -> None:
    """Đà Nẵng finds the exhibits of Quảng Nam, its own before them."""
    page = catalogue.open(query_of("da nang"))
    inside = set(expected_ids(real_expo, [("tinh", "da-nang")]))
    assert set(shown_ids(page)) >= inside
    assert shown_ids(page)[0] in expected_ids(real_expo, [("tinh-cu", "da-nang")])


def test_short_and_full_forms_lead_to_the_same(catalogue: Catalogue) -> None:
    """What stands first for UBND is on the first page for "Ủy ban nhân dân", which the texts write as UBND."""
    short = shown_ids(catalogue.open(query_of("ubnd")))
    assert set(short[:5]) <= set(shown_ids(catalogue.open(query_of("Ủy ban nhân dân")))) != set()


def test_typed_marks_come_first(catalogue: Catalogue) -> None:
    """ "Đống Đa" puts the exhibit with those marks above its twins; quoted it finds that one only."""
    assert shown_ids(catalogue.open(query_of("Đống Đa")))[0] == "SK-0001"
    assert shown_ids(catalogue.open(query_of('"Đống Đa"'))) == ["SK-0001"]
    assert len(shown_ids(catalogue.open(query_of("dong da")))) > 1


def test_a_slip_is_mended_and_said_with_a_way_back(catalogue: Catalogue) -> None:
    """One wrong letter in a word that nothing has; the link searches for exactly what was typed."""
    page = catalogue.open(query_of("chatbott"))
    expect(page.locator("#notes p")).to_have_text(
        "Không tìm thấy “chatbott”. Hiện kết quả cho “chatbot”. Chỉ tìm đúng như đã gõ"
    )
    mended = shown_ids(page)
    page.locator("#notes a").click()
    expect(page.locator("#empty")).to_be_visible()
    assert page.input_value("#q") == '"chatbott"'
    assert mended == shown_ids(catalogue.open(query_of("chatbot"))) != []


def test_the_way_back_from_a_slip_is_one_phrase(catalogue: Catalogue) -> None:
    """Whatever was quoted of what was typed, in whichever quotes."""
    page = catalogue.open(query_of("“người dân” kamera"))
    expect(page.locator("#notes p").first).to_contain_text("Không tìm thấy “kamera”.")
    page.locator("#notes a").click()
    expect(page.locator("#empty")).to_be_visible()
    expect(page.locator("#notes")).to_be_hidden()
    assert page.input_value("#q") == '"người dân kamera"'


def test_where_nothing_has_all_words_those_with_most_are_shown(catalogue: Catalogue) -> None:
    """And the page says so."""
    page = catalogue.open(query_of("chatbot qqqqq"))
    expect(page.locator("#notes")).to_have_text(
        re.compile("^Không sáng kiến nào có “qqqqq”.\\s+Dưới đây có cả những sáng kiến chỉ có phần lớn các từ đã gõ.$"),
        use_inner_text=True,
    )
    most = shown_ids(page)
    assert most == shown_ids(catalogue.open(query_of("chatbot")))


def test_results_show_why(catalogue: Catalogue) -> None:
    """Every card of the page has the typed word marked: in its title or in the line below."""
    page = catalogue.open(query_of("nguoi dan"))
    for card in page.locator("#wall .hang").all():
        card.scroll_into_view_if_needed()
        expect(card.locator("mark").first).to_be_visible()
        marked = {text.lower() for text in card.locator("mark").all_inner_texts()}
        assert marked & {"người", "dân", "người dân"}, marked


# --- key by key ---


def test_a_letter_alone_is_no_query_yet(catalogue: Catalogue, real_expo: Expo) -> None:
    """The wall stays until the second letter, and is back where only one is left; Enter asks for it all the same."""
    page = catalogue.open()
    wall = shown_ids(page)
    page.locator("#q").press_sequentially("r")
    page.evaluate(WAIT_FOR_REST)
    assert shown_ids(page) == wall
    expect(page.locator("#empty")).to_be_hidden()
    page.keyboard.press("a")
    expect(page.locator("#wall")).to_have_class("wall wall--list")
    page.keyboard.press("Backspace")
    expect_count(page, len(real_expo.initiatives), real_expo)
    expect(page.locator("#wall")).to_have_class("wall wall--3")
    page.keyboard.press("Enter")
    expect(page).to_have_url(catalogue.address + "?q=r")
    expect_count(page, 0, real_expo)


def test_typing_is_one_step_of_the_history(catalogue: Catalogue, real_expo: Expo) -> None:
    """While typing, what begins with the last word is found; a burst of keys and Enter make one entry."""
    whole = shown_ids(catalogue.open(query_of("tham nhũng")))
    page = catalogue.open()
    entries = page.evaluate("history.length")
    page.locator("#q").press_sequentially("tham nhũn", delay=60)
    wait_until(page, "new URLSearchParams(location.search).get('q') === 'tham nhũn'")
    expect_count(page, len(whole), real_expo)
    expect(page.locator("#notes")).to_be_hidden()
    settle(page)
    assert sorted(shown_ids(page)) == sorted(whole) != []
    page.keyboard.press("Enter")
    assert page.evaluate("history.length") == entries + 1
    page.go_back()
    expect_count(page, len(real_expo.initiatives), real_expo)
    expect(page).to_have_url(catalogue.address)


def test_a_letter_taken_back_makes_no_step(catalogue: Catalogue, real_expo: Expo) -> None:
    """What is typed after it is the first step, and Back from there leads to the wall."""
    page = catalogue.open()
    entries = page.evaluate("history.length")
    page.locator("#q").press_sequentially("h")
    page.keyboard.press("Backspace")
    page.evaluate(WAIT_FOR_KEYS)
    page.locator("#q").press_sequentially("rác")
    expect(page).to_have_url(catalogue.address + query_of("rác"))
    assert page.evaluate("history.length") == entries + 1
    page.go_back()
    expect(page).to_have_url(catalogue.address)
    expect_count(page, len(real_expo.initiatives), real_expo)


def test_cloths_wait_until_the_typing_rests(catalogue: Catalogue) -> None:
    """A row that a key brings in stands there at once without its threads, and has them back when the keys rest."""
    page = catalogue.open(query_of("rác"))
    threads = page.locator("#wall.wall--list .hang:first-child .cloth svg")
    expect(threads).to_be_attached()
    first = shown_ids(page)[0]
    page.fill("#q", "Huế")
    settle(page)
    expect(threads).to_be_attached()
    assert shown_ids(page)[0] != first
    drawn = page.evaluate(
        """() => {
          const box = document.getElementById("q");
          box.value = "rác";
          box.dispatchEvent(new InputEvent("input", { bubbles: true }));
          const [row] = document.getElementById("wall").children;
          return [row.querySelector(".no").textContent, row.querySelectorAll(".cloth svg").length];
        }"""
    )
    assert drawn == [first, 0]
    expect(threads).to_be_attached()


PAGES = "(links) => links.map((link) => link.getAttribute('href'))"


def test_who_leaves_the_box_at_once_has_the_pages_of_the_answer(catalogue: Catalogue) -> None:
    """The links below the list wait until the typing rests, and come where it ends before that."""
    page = catalogue.open()
    submit_query(page, "đống đa")
    ids, pages = shown_ids(page), page.locator("#pager a").evaluate_all(PAGES)
    submit_query(page, "")
    assert page.locator("#pager a").evaluate_all(PAGES) != pages
    page.keyboard.insert_text("đống đa")
    page.keyboard.press("Tab")
    expect_ids(page, ids)
    settle(page)
    assert page.locator("#pager a").evaluate_all(PAGES) == pages


def test_words_in_the_making_fetch_nothing(catalogue: Catalogue) -> None:
    """What was typed without a pause asks only for what the last of it needs: one file of words for one word."""
    page = catalogue.open()
    page.focus("#q")
    page.evaluate(WAIT_FOR_KEYS)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.split("/search/")[-1].split("/")[0]))
    page.evaluate(
        """(text) => {
          const box = document.getElementById("q");
          for (let at = 1; at <= text.length; at += 1) {
            box.value = text.slice(0, at);
            box.dispatchEvent(new InputEvent("input", { bubbles: true }));
          }
        }""",
        "chatbot",
    )
    expect(page.locator("#wall mark").first).to_be_visible()
    settle(page)
    assert asked.count("w") == 1


def test_what_is_in_memory_is_drawn_in_the_event_of_the_key(catalogue: Catalogue) -> None:
    """No pause, no frame between: the list has changed before the key's event is over."""
    page = catalogue.open()
    for text in ("rác", "huế"):
        submit_query(page, text)
    ids = page.evaluate(
        """(text) => {
          const box = document.getElementById("q");
          box.value = text;
          box.dispatchEvent(new InputEvent("input", { bubbles: true }));
          return [...document.querySelectorAll("#wall .no")].map((one) => one.textContent);
        }""",
        "rác ",
    )
    assert ids == shown_ids(catalogue.open(query_of("rác")))


def test_emptying_the_box_brings_the_wall_back(catalogue: Catalogue, real_expo: Expo) -> None:
    """As wall, all of it, newest first."""
    page = catalogue.open(query_of("rác"))
    expect(page.locator("#wall")).to_have_class("wall wall--list")
    page.fill("#q", "")
    expect_count(page, len(real_expo.initiatives), real_expo)
    expect(page.locator("#wall")).to_have_class("wall wall--3")
    expect(page.locator("#wall mark, #wall .hang__why")).to_have_count(0)
    expect(page.locator("#wall .no").first).to_have_text(real_expo.newest[0].id)


def test_results_and_suggestions_are_announced(catalogue: Catalogue, real_expo: Expo) -> None:
    """The heading and the notes are live regions that change once; the box tells how many suggestions there are."""
    page = catalogue.open()
    expect(page.locator("#count")).to_have_attribute("aria-live", "polite")
    expect(page.locator("#notes")).to_have_role("status")
    page.evaluate(
        """() => {
          window.told = [];
          const watch = new MutationObserver(() => told.push(document.getElementById("count").textContent));
          watch.observe(document.getElementById("count"), { childList: true, characterData: true, subtree: true });
        }"""
    )
    submit_query(page, "rác huế")
    found = count_of(page)
    page.keyboard.press("Enter")
    page.wait_for_selector(READY)
    assert page.evaluate("told")[-1] == found
    assert page.evaluate("told").count(found) == 1
    page.locator("#q").press_sequentially(" ")
    page.fill("#q", "binh duong")
    expect(page.locator("#q-list [role=option]", has_text="SK-0014")).to_be_visible()
    settle(page)
    status = page.locator("form.search [role=status]")
    told = "gợi ý. Mũi tên lên, xuống để chọn; Enter để tìm những chữ đã gõ."
    expect(status).to_have_text(f"{len(shown_options(page))} {told}")
    page.keyboard.press("ArrowDown")
    expect(status).to_have_text("Nhấn Enter để lọc.")


# --- suggestions ---


def test_an_old_name_is_suggested_with_its_new_one_and_filters(catalogue: Catalogue, real_expo: Expo) -> None:
    """Choosing the place empties the box and filters by it; Back returns to what was typed."""
    page = catalogue.open()
    page.locator("#q").press_sequentially("binh duong")
    settle(page)
    expect(page.locator("#q-list")).to_be_visible()
    assert shown_options(page)[0] == "Bình Dương | nay thuộc TP. Hồ Chí Minh | Tỉnh, thành"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(catalogue.address + "?tinh-cu=binh-duong")
    expect_count(page, len(expected_ids(real_expo, [("tinh-cu", "binh-duong")])), real_expo)
    expect(page.locator(".chip")).to_contain_text("Bình Dương")
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#q-list")).to_be_hidden()
    page.locator("#q").press_sequentially("rac")
    expect(page).to_have_url(catalogue.address + "?q=rac&tinh-cu=binh-duong")
    page.go_back()
    expect(page).to_have_url(catalogue.address + "?tinh-cu=binh-duong")
    page.go_back()
    expect(page.locator("#q")).to_have_value("binh duong")


def test_a_theme_is_suggested_and_filters(catalogue: Catalogue, real_expo: Expo) -> None:
    """By mouse, too."""
    page = catalogue.open()
    page.locator("#q").press_sequentially("y te")
    settle(page)
    page.locator("#q-list [role=option]", has_text="Chủ đề").first.click()
    expect(page).to_have_url(catalogue.address + "?chu-de=y-te")
    expect_count(page, len(expected_ids(real_expo, [("chu-de", "y-te")])), real_expo)


def test_a_number_is_suggested_and_opens_its_page(catalogue: Catalogue, real_expo: Expo) -> None:
    """However it is written."""
    page = catalogue.open()
    page.locator("#q").press_sequentially("sk 2")
    option = page.locator("#q-list [role=option]", has_text="SK-0002")
    expect(option).to_contain_text(real_expo.by_id["SK-0002"].title)
    settle(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(catalogue.address + real_expo.by_id["SK-0002"].slug + "/")


def test_the_best_exhibits_are_suggested_once_they_are_found(catalogue: Catalogue) -> None:
    """At most four, in the order of the list; one opens its page."""
    page = catalogue.open()
    page.locator("#q").press_sequentially("chatbot")
    settle(page)
    numbers = [one.split(" | ")[1] for one in shown_options(page)]
    assert numbers == shown_ids(page)[:4] != []
    address = str(page.locator("#wall a").first.get_attribute("href")).removeprefix("..").removeprefix("./")
    page.locator("#q-list [role=option]").first.click()
    expect(page).to_have_url(re.compile(f"{re.escape(address)}$"))


@pytest.mark.parametrize("text", ["chatbot", "binh duong"])
def test_what_was_typed_before_a_suggestion_stays_a_step(catalogue: Catalogue, text: str) -> None:
    """Whether the suggestion is a page or a filter: who comes back and types anew can go back to it once more."""
    page = catalogue.open()
    page.locator("#q").press_sequentially(text)
    settle(page)
    typed = page.url
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(typed)
    page.go_back()
    page.wait_for_selector(READY)
    page.locator("#q").select_text()
    page.keyboard.insert_text("rác")
    expect(page).to_have_url(catalogue.address + query_of("rác"))
    page.go_back()
    expect(page).to_have_url(typed)


def test_escape_closes_the_list_and_leaves_results(catalogue: Catalogue) -> None:
    """And arrows open it again, without leaving the box."""
    page = catalogue.open()
    page.locator("#q").press_sequentially("da nang")
    expect(page.locator("#q-list")).to_be_visible()
    expect(page.locator("#wall mark").first).to_be_visible()
    settle(page)
    ids = shown_ids(page)
    page.keyboard.press("Escape")
    expect(page.locator("#q-list")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("da nang")
    settle(page)
    assert shown_ids(page) == ids != []
    page.keyboard.press("ArrowDown")
    expect(page.locator("#q-list [aria-selected=true]")).to_have_count(1)
    expect(page.locator("#q")).to_be_focused()


# --- haste ---


def hold_back(page: Page, pattern: str) -> Callable[[], None]:
    """Keep requests for these files waiting until the returned function is called; later ones pass."""
    free = threading.Event()
    held: list[Route] = []

    def hold(route: Route) -> None:
        if free.is_set():
            route.continue_()
        else:
            held.append(route)

    page.route(pattern, hold)

    def release() -> None:
        free.set()
        for route in held:
            route.continue_()

    return release


@pytest.mark.parametrize("query", ["", query_of("huế"), "?tinh=hue"])
def test_what_is_typed_before_the_script_comes_is_searched(catalogue: Catalogue, query: str) -> None:
    """Whatever the address asks for, which is a step back."""
    page = catalogue.page
    release = hold_back(page, "**/assets/catalogue-*")
    page.goto(catalogue.address + query, wait_until="commit")
    page.fill("#q", "rác")
    release()
    expect(page).to_have_url(re.compile(r"\?q=r%C3%A1c(&tinh=hue)?$"))
    expect(page.locator("#wall.wall--list mark").first).to_be_visible()
    expect(page.locator("#q")).to_have_value("rác")
    page.go_back()
    expect(page).to_have_url(catalogue.address + query)
    expect(page.locator("#q")).to_have_value("huế" if "q=" in query else "")


def test_a_letter_typed_before_the_script_comes_keeps_the_filters(catalogue: Catalogue, real_expo: Expo) -> None:
    """It is no query yet, and what the address asks for is shown."""
    page = catalogue.page
    release = hold_back(page, "**/assets/catalogue-*")
    page.goto(catalogue.address + "?tinh=hue", wait_until="commit")
    page.fill("#q", "r")
    release()
    expect_ids(page, expected_ids(real_expo, [("tinh", "hue")]))
    expect(page.locator("#q")).to_have_value("r")


def test_results_come_before_facets(catalogue: Catalogue) -> None:
    """With a query in the address the list stands while the facets' file is still on its way; counts follow it."""
    page = catalogue.page
    release = hold_back(page, "**/assets/search/facets-*")
    with page.expect_request("**/assets/search/facets-*"):
        page.goto(catalogue.address + query_of("rac"))
    expect(page.locator("#wall.wall--list mark").first).to_be_visible()
    page.wait_for_selector(READY)
    ids = shown_ids(page)
    assert ids and count_of(page).startswith(f"{len(ids)} trong ")
    before = shown_choices(page)
    release()
    expect(page.locator("#facets input[name=tinh][value=ho-chi-minh] ~ .n")).not_to_have_text(
        str(next(count for facet, value, count, _ in before if (facet, value) == ("tinh", "ho-chi-minh")))
    )
    stages = [count for facet, _, count, _ in shown_choices(page) if facet == "giai-doan"]
    assert sum(stages) == len(ids)  # every exhibit has one stage
    expect_ids(page, ids)


def test_a_place_that_was_merged_is_told_of_before_facets(catalogue: Catalogue) -> None:
    """With the first answers, above them: they do not move when the filters come."""
    page = catalogue.page
    release = hold_back(page, "**/assets/search/facets-*")
    page.goto(catalogue.address + query_of("bình dương"))
    page.wait_for_selector(READY)
    assert page.locator("#notes").inner_text() == "Bình Dương nay thuộc TP. Hồ Chí Minh."
    release()
    settle(page)


def test_facets_are_asked_for_once(catalogue: Catalogue) -> None:
    """However many answers are shown while they are on their way."""
    page = catalogue.page
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/facets-" in request.url else None)
    release = hold_back(page, "**/assets/search/facets-*")
    page.goto(catalogue.address + query_of("rac"))
    for text in ("huế", "chatbot", "nước"):
        expect(page.locator("#wall mark").first).to_be_visible()
        submit_query(page, text)
    release()
    expect(page.locator("#facets label.opt--zero").first).to_be_attached()
    assert len(asked) == 1


def test_the_last_query_wins(catalogue: Catalogue) -> None:
    """Typing goes on while files of earlier words are on their way; these do not come back over what was asked last."""
    wanted = shown_ids(catalogue.open(query_of("chatbot")))
    page = catalogue.open()
    submit_query(page, "rác")
    known = shown_ids(page)
    release = hold_back(page, "**/assets/search/w/*")
    for text in ("huế", "nước sạch"):
        with page.expect_request("**/assets/search/w/*"):
            page.fill("#q", text)
    page.fill("#q", "rác ")
    assert shown_ids(page) == known
    with page.expect_request("**/assets/search/w/*"):
        page.fill("#q", "chatbot")
    release()
    expect_ids(page, wanted)
    settle(page)
    assert shown_ids(page) == wanted
    assert parse_qs(urlsplit(page.url).query) == {"q": ["chatbot"]}


def test_a_file_is_asked_for_once(catalogue: Catalogue) -> None:
    """A space sends for the words before it; what is on its way at the next pause is not asked for again."""
    page = catalogue.open()
    page.focus("#q")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/search/w/" in request.url else None)
    release = hold_back(page, "**/assets/search/w/*")
    with page.expect_request("**/assets/search/w/*"):
        page.locator("#q").press_sequentially("chatbot ")
    page.evaluate(WAIT_FOR_KEYS)
    with page.expect_request("**/assets/search/w/*"):
        page.locator("#q").press_sequentially("huế")
    page.evaluate(WAIT_FOR_KEYS)
    release()
    expect(page.locator("#wall mark").first).to_be_visible()
    settle(page)
    assert len(asked) == len(set(asked)) >= 2


def test_a_second_script_that_comes_late_leaves_an_answered_query_alone(catalogue: Catalogue) -> None:
    """Once Enter was pressed nothing is being typed: no list opens over the answers, and the query keeps its step."""
    held: list[Route] = []
    catalogue.page.route("**/assets/extras-*", lambda route: held.append(route))
    with catalogue.page.expect_request("**/assets/extras-*"):
        page = catalogue.open()
        submit_query(page, "hu")
    page.wait_for_selector(READY)
    for route in held:
        route.continue_()
    settle(page)
    expect(page.locator("#q-list")).to_be_hidden()
    assert page.evaluate("history.state") == {"typing": False}
