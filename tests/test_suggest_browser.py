"""Suggestions under the search box in a real Chromium: which, in what order, by keyboard, mouse and touch.

The page is the catalogue as built, with its panel and its style, but of scripts only the two under test and a few lines
that put them together; titles of exhibits come from a list written here.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from expo.render.assets import CSS_ORDER
from tests.catalogue_page import WAIT_FOR_REST, wait_until

pytestmark = pytest.mark.browser

TOGETHER = """
import { openColumns } from "../static/js/facets/columns.js";
import { openPanel } from "../static/js/facets/panel.js";
import { openCombobox } from "../static/js/search/combobox.js";
import { fetchBytes } from "../static/js/search/store.js";
import { markTyped, openNames, suggestNames, suggestNumbers } from "../static/js/search/suggest.js";

const form = document.getElementById("facets");
const columns = openColumns(await fetchBytes(document.getElementById("catalogue").dataset.facets));
await openPanel(form, columns.choices, async () => {});
const names = openNames(form);
const titles = new Map([[2, "Hue-S"], [14, "Bản đồ điểm ngập đường"], [33, "Hướng tới thành phố không rác"]]);
const exhibit = (number) => ({ kind: "exhibit", number, title: titles.get(number), href: `../sk/${number}/` });
const words = {
  suggestions: "Gợi ý",
  suggestions_count: "{count} gợi ý. Mũi tên lên, xuống để chọn; Enter để tìm những chữ đã gõ.",
  enter_filters: "Enter để lọc theo gợi ý này.",
  enter_opens: "Enter để mở sáng kiến này.",
  place: "Tỉnh, thành",
  theme: "Chủ đề",
  exhibit: "Sáng kiến",
};
const named = (text) => suggestNames(names, text);
const numbered = (text) => suggestNumbers(text, (number) => titles.has(number));
const titled = (text) => [...titles.keys()].filter((number) => {
  return text && titles.get(number).toLowerCase().startsWith(text.toLowerCase());
});
const seen = { chosen: [], submitted: [] };
const suggest = (text) => {
  return [...named(text), ...[...numbered(text), ...titled(text)].map(exhibit), ...(seen.late ?? [])];
};
const input = document.getElementById("q");
const box = openCombobox(input, { suggest, words, choose: (one) => seen.chosen.push(`${one.facet}=${one.value}`) });
input.form.addEventListener("submit", (event) => {
  event.preventDefault();
  seen.submitted.push(input.value);
});
window.suggesting = { named, numbered, markTyped, seen, box };
"""
PLACED = """(texts) => texts.map((text) => suggesting.named(text).map((one) => `${one.facet}=${one.value}`))"""


@pytest.fixture(scope="module")
def base(
    built_site: Path, project: Path, serve_folder: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Address of the page."""
    folder = tmp_path_factory.mktemp("suggest")
    shutil.copytree(built_site / "assets", folder / "assets")
    shutil.copytree(project / "theme" / "static", folder / "static")
    html = (built_site / "sang-kien" / "index.html").read_text("utf-8")
    html = re.sub(r'<script type="module"[^>]*></script>', "", html)
    html = re.sub(r'(<link rel="stylesheet" href=")[^"]*', r"\1../static/css/all.css", html)
    html = html.replace("</body>", '<script type="module" src="together.js"></script></body>')
    (folder / "sang-kien").mkdir()
    (folder / "sang-kien" / "index.html").write_text(html, "utf-8")
    css = folder / "static" / "css"
    parts = [css / name for name in CSS_ORDER] + sorted((css / "components").glob("*.css"))
    (css / "all.css").write_text("\n".join(part.read_text("utf-8") for part in parts), "utf-8")
    (folder / "sang-kien" / "together.js").write_text(TOGETHER, "utf-8")
    for number in (2, 14, 33):
        (folder / "sk" / str(number)).mkdir(parents=True)
        (folder / "sk" / str(number) / "index.html").write_text(f"<!doctype html><title>SK {number}</title>", "utf-8")
    return serve_folder(folder) + "sang-kien/"


def open_page(page: Page, base: str) -> Page:
    """The page, with its script ready."""
    page.goto(base)
    wait_until(page, "window.suggesting")
    return page


@pytest.fixture
def ready(page: Page, base: str) -> Page:
    """The page on a wide screen."""
    page.set_viewport_size({"width": 1440, "height": 900})
    return open_page(page, base)


def type_text(page: Page, text: str) -> None:
    """Type as a keyboard does, key by key, after what is there; until its suggestions are drawn."""
    page.locator("#q").press_sequentially(text)
    page.evaluate(WAIT_FOR_REST)


def options_of(page: Page) -> list[str]:
    """What the list says, an option a line, its parts apart."""
    return [
        " | ".join(part for part in option.locator("> *").all_inner_texts() if part)
        for option in page.locator("#q-list [role=option]").all()
    ]


def active_text(page: Page) -> str:
    """The label that a screen reader is sent to, or nothing."""
    name = page.locator("#q").get_attribute("aria-activedescendant")
    return page.locator(f'[id="{name}"] > span').inner_text() if name else ""


def seen(page: Page) -> Any:
    """What the page was asked to do."""
    return page.evaluate("() => suggesting.seen")


# --- which suggestions ---


FOUND = {
    "hai phong": ["tinh=hai-phong", "tinh-cu=hai-phong", "tinh-cu=hai-duong"],
    "bình dương": ["tinh-cu=binh-duong", "tinh=ho-chi-minh"],
    "Binh Duong": ["tinh-cu=binh-duong", "tinh=ho-chi-minh"],
    "tỉnh Bình Dương": ["tinh-cu=binh-duong", "tinh=ho-chi-minh"],
    "tinh binh duong": ["tinh-cu=binh-duong", "tinh=ho-chi-minh"],
    "tp.hcm": ["tinh=ho-chi-minh", "tinh-cu=ho-chi-minh", "tinh-cu=binh-duong"],
    "sài gòn": ["tinh=ho-chi-minh", "tinh-cu=ho-chi-minh", "tinh-cu=binh-duong"],
    "quang ninh": ["tinh=quang-ninh"],
    "quangninh": ["tinh=quang-ninh"],
    "hue": ["tinh=hue", "tinh-cu=thua-thien-hue"],
    "vung tau": ["tinh-cu=ba-ria-vung-tau", "tinh=ho-chi-minh"],
    "Hoà Bình": ["tinh-cu=hoa-binh", "tinh=phu-tho"],
    "Hòa Bình": ["tinh-cu=hoa-binh", "tinh=phu-tho"],
    "y te": ["chu-de=y-te"],
    "sức khoẻ": ["chu-de=y-te"],
    "nguoi dan": ["chu-de=tham-gia-co-so", "chu-de=phan-anh-gop-y"],
    "h": [],
    "": [],
    "  ": [],
    "?!…": [],
    "rác ở Huế": [],
    "<b>hue</b>": [],
    "hue " * 60: [],
    "\u0301\u0301\u0301": [],
    "\U0001f642 \ud83d": [],
}


def test_names_lead_to_places_and_themes(ready: Page) -> None:
    """Old and new names, aliases, with marks and without, any word of a name; today's place first, nonsense nowhere."""
    found = ready.evaluate(PLACED, list(FOUND))
    assert dict(zip(FOUND, found, strict=True)) == FOUND


def test_marks_that_were_typed_must_fit(ready: Page) -> None:
    """While "Huế" is being typed every step of it fits; a mark that the name does not have fits nothing."""
    texts = [
        "huê",
        "hue\u0302",
        "huế",
        "hué",
        "huề",
        "đà nẵng",
        "da nẵng",
        "đa nang",
        "đa nặng",
        "quàng bình",
    ]
    found = ready.evaluate(PLACED, texts)
    fitting = [text for text, names in zip(texts, found, strict=True) if names]
    assert fitting == ["huê", "hue\u0302", "huế", "hué", "đà nẵng", "da nẵng", "đa nang"]


def test_a_suggestion_says_how_old_and_new_names_hang_together(ready: Page) -> None:
    """The whole of what suggestNames hands out, with the note that the panel has."""
    assert ready.evaluate("() => suggesting.named('thua thien')") == [
        {
            "kind": "place",
            "facet": "tinh-cu",
            "value": "thua-thien-hue",
            "label": "Thừa Thiên Huế",
            "note": "nay là Huế",
        },
        {"kind": "place", "facet": "tinh", "value": "hue", "label": "Huế", "note": ""},
    ]


def test_no_more_than_three_places_and_two_themes(ready: Page) -> None:
    """Two letters that begin many names: best first, and those with exhibits before those without."""
    assert ready.evaluate(PLACED, ["th"]) == [
        [
            "tinh=thai-nguyen",
            "tinh=thanh-hoa",
            "tinh-cu=thua-thien-hue",
            "chu-de=giao-thong-do-thi",
            "chu-de=dich-vu-cong",
        ]
    ]


def test_what_is_chosen_already_is_not_suggested(ready: Page) -> None:
    """A ticked place is in the chips; suggesting it would do nothing."""
    ready.evaluate("() => { document.querySelector('[name=tinh][value=hue]').checked = true; }")
    assert ready.evaluate(PLACED, ["hue"]) == [["tinh-cu=thua-thien-hue"]]


def test_numbers_in_any_writing(ready: Page) -> None:
    """A number that exists is found as people write it; another is not, nor is a year or half a word."""
    texts = ["sk 2", "SK-0002", "0002", "sk2", "sk.14", "ＳＫ３３", "SK-9999", "2021", "sk", "", "2 3", "0", "sk 2a"]
    found = ready.evaluate("(texts) => texts.map(suggesting.numbered)", texts)
    assert found == [[2], [2], [2], [2], [14], [33], [], [], [], [], [], [], []]


def test_what_was_typed_is_marked(ready: Page) -> None:
    """The beginning of each word that was typed, with its marks, in the label as it is written."""
    cases = [["Bình Dương", "binh du"], ["Huế", "hue\u0302"], ["Y tế, sức khỏe", "suc"], ["Đà Nẵng", ""], ["<b>", "b"]]
    parts = ready.evaluate("(cases) => cases.map((one) => suggesting.markTyped(...one))", cases)
    marked = ["".join(f"[{part}]" if at % 2 == 0 and part else part for at, part in enumerate(one)) for one in parts]
    assert marked == ["[Bình] [Dư]ơng", "[Huế]", "Y tế, [sức] khỏe", "Đà Nẵng", "<[b]>"]


# --- the list ---


def test_the_list_opens_under_what_is_typed(ready: Page) -> None:
    """Options with label, note and kind, in groups that have names; the box tells where the list is."""
    box = ready.locator("#q")
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    expect(box).to_have_attribute("aria-expanded", "false")
    type_text(ready, "hue")
    assert options_of(ready) == [
        "Huế | Tỉnh, thành",
        "Thừa Thiên Huế | nay là Huế | Tỉnh, thành",
        "Hue-S | SK-0002 | Sáng kiến",
    ]
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(ready.locator(f"#{box.get_attribute('aria-controls')}")).to_match_aria_snapshot("""
      - listbox "Gợi ý":
        - group "Tỉnh, thành":
          - option "Huế Tỉnh, thành"
          - option "Thừa Thiên Huế nay là Huế Tỉnh, thành"
        - group "Sáng kiến":
          - option "Hue-S SK-0002 Sáng kiến"
    """)
    assert active_text(ready) == ""


def test_arrows_walk_through_list_and_text(ready: Page) -> None:
    """Down from the text to the first option, past the last back to the text, up to the last; the box keeps focus."""
    type_text(ready, "hue")
    walked = []
    for key in ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "Home"]:
        ready.keyboard.press(key)
        walked.append(active_text(ready))
    assert walked == ["Huế", "Thừa Thiên Huế", "Hue-S", "", "Hue-S", "Thừa Thiên Huế", ""]
    expect(ready.locator("#q")).to_be_focused()
    expect(ready.locator("#q-list [aria-selected]")).to_have_count(0)


def test_home_and_end_are_for_the_text(ready: Page) -> None:
    """The caret goes where it goes in any box, and typing goes on there."""
    type_text(ready, "hue")
    ready.keyboard.press("ArrowDown")
    ready.keyboard.press("Home")
    type_text(ready, "o ")
    ready.keyboard.press("End")
    type_text(ready, "!")
    expect(ready.locator("#q")).to_have_value("o hue!")


def test_enter_searches_unless_an_option_is_active(ready: Page) -> None:
    """Nothing is chosen beforehand: Enter submits. On an option it chooses and does not submit."""
    type_text(ready, "hue")
    ready.keyboard.press("Enter")
    expect(ready.locator("#q-list")).to_be_hidden()
    assert seen(ready) == {"chosen": [], "submitted": ["hue"]}
    ready.keyboard.press("ArrowDown")
    ready.keyboard.press("Enter")
    expect(ready.locator("#q-list")).to_be_hidden()
    assert seen(ready) == {"chosen": ["tinh=hue"], "submitted": ["hue"]}


def test_enter_on_an_exhibit_goes_to_it(ready: Page) -> None:
    """An exhibit is a link; the browser follows it."""
    type_text(ready, "sk 14")
    ready.keyboard.press("ArrowDown")
    ready.keyboard.press("Enter")
    expect(ready).to_have_title("SK 14")


def test_escape_closes_and_a_second_one_clears(ready: Page) -> None:
    """The first leaves the text; then it does what browsers do. Answers that come late do not open it again."""
    type_text(ready, "hue")
    ready.keyboard.press("Escape")
    expect(ready.locator("#q-list")).to_be_hidden()
    expect(ready.locator("#q")).to_have_value("hue")
    ready.evaluate("() => suggesting.box.refresh()")
    expect(ready.locator("#q-list")).to_be_hidden()
    ready.keyboard.press("Escape")
    expect(ready.locator("#q")).to_have_value("")


def test_tab_leaves_and_chooses_nothing(ready: Page) -> None:
    """Focus goes on to the button, not into the list."""
    type_text(ready, "hue")
    ready.keyboard.press("ArrowDown")
    ready.keyboard.press("Tab")
    expect(ready.locator("#q-list")).to_be_hidden()
    expect(ready.locator(".search button")).to_be_focused()
    assert seen(ready)["chosen"] == []


def test_the_mouse_chooses_and_the_box_keeps_focus(ready: Page) -> None:
    """A click on a place hands it over; a middle click on an exhibit opens it beside."""
    type_text(ready, "hue")
    ready.locator("[role=option]", has_text="Thừa Thiên").click()
    expect(ready.locator("#q")).to_be_focused()
    assert seen(ready)["chosen"] == ["tinh-cu=thua-thien-hue"]
    type_text(ready, "-")
    with ready.context.expect_page() as opened:
        ready.locator("[role=option]", has_text="Hue-S").click(button="middle")
    expect(opened.value).to_have_title("SK 2")
    expect(ready.locator("#q-list")).to_be_visible()


def test_touch_chooses(browser: Browser, base: str) -> None:
    """A tap on a phone does what a click does."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    page = open_page(context.new_page(), base)
    page.locator("#q").tap()
    type_text(page, "hue")
    page.locator("[role=option]").first.tap()
    expect(page.locator("#q-list")).to_be_hidden()  # the click of a tap comes a moment after it
    assert seen(page)["chosen"] == ["tinh=hue"]
    context.close()


def test_answers_that_come_later_join_the_list(ready: Page) -> None:
    """refresh() adds them and the active option stays active; where nothing changed not an element is replaced."""
    type_text(ready, "hue")
    ready.keyboard.press("ArrowDown")
    ready.evaluate("() => { suggesting.first = document.querySelector('[role=option]'); suggesting.box.refresh(); }")
    assert ready.evaluate("() => suggesting.first.isConnected")
    ready.evaluate("""() => {
      suggesting.seen.late = [{ kind: "exhibit", number: 7, title: "<img src=x onerror=alert(1)>", href: "../sk/7/" }];
      suggesting.box.refresh();
    }""")
    assert options_of(ready)[-1] == "<img src=x onerror=alert(1)> | SK-0007 | Sáng kiến"
    assert active_text(ready) == "Huế"


# --- composing and hearing ---


def test_keys_belong_to_the_composing_keyboard(ready: Page) -> None:
    """While Telex composes, suggestions follow the letters, but arrows and Enter are not ours."""
    ready.locator("#q").focus()
    ready.evaluate("() => addEventListener('compositionend', () => { window.composed = true; })")
    session = ready.context.new_cdp_session(ready)
    session.send("Input.imeSetComposition", {"text": "Huê", "selectionStart": 3, "selectionEnd": 3})
    expect(ready.locator("#q")).to_have_value("Huê")
    ready.evaluate(WAIT_FOR_REST)
    assert [line.split(" | ")[0] for line in options_of(ready)] == ["Huế", "Thừa Thiên Huế"]
    ready.keyboard.press("ArrowDown")
    assert active_text(ready) == ""
    session.send("Input.imeSetComposition", {"text": "Huế", "selectionStart": 3, "selectionEnd": 3})
    session.send("Input.insertText", {"text": "Huế"})
    wait_until(ready, "window.composed")
    ready.keyboard.press("ArrowDown")
    assert active_text(ready) == "Huế"
    expect(ready.locator("#q")).to_have_value("Huế")


def test_a_screen_reader_hears_how_many_and_what_enter_does(ready: Page) -> None:
    """After a pause, politely: the count, then what Enter does with the active option; nothing once it is closed."""
    status = ready.locator(".search [role=status]")
    type_text(ready, "hue")
    expect(status).to_have_text("3 gợi ý. Mũi tên lên, xuống để chọn; Enter để tìm những chữ đã gõ.")
    ready.keyboard.press("ArrowDown")
    expect(status).to_have_text("Enter để lọc theo gợi ý này.")
    ready.keyboard.press("ArrowUp")
    ready.keyboard.press("ArrowUp")
    expect(status).to_have_text("Enter để mở sáng kiến này.")
    ready.keyboard.press("Escape")
    expect(status).to_have_text("")


# --- the look ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_narrow_phone(browser: Browser, base: str, scheme: Literal["light", "dark"]) -> None:
    """At 360 px: nothing sideways, targets of 44 px, results still in view below the list, and axe finds nothing."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, color_scheme=scheme, bypass_csp=True)
    page = open_page(context.new_page(), base)
    type_text(page, "th")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("() => document.documentElement.scrollWidth") == 360
    heights = page.locator("[role=option]").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44
    box = page.locator("#q-list").bounding_box()
    assert box is not None
    assert box["height"] <= 640 / 3
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    context.close()


def test_forced_colours_show_the_active_option(browser: Browser, base: str) -> None:
    """Where the system sets the colours, the active option has a line around it."""
    context = browser.new_context(forced_colors="active")
    page = open_page(context.new_page(), base)
    type_text(page, "hue")
    page.keyboard.press("ArrowDown")
    style = page.locator("[aria-selected]").evaluate("(one) => getComputedStyle(one).outline")
    assert re.fullmatch(r"rgb\(.*\) solid 3px", style)
    context.close()
