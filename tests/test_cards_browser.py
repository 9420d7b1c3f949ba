"""How results get onto the page, in a real Chromium: cards made from data, words that show why, what is fetched when.

A page of its own: a wall as the catalogue prints it, the blank card, data files of the real exhibits, and our modules.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, ViewportSize

from expo.cache import Cache
from expo.config import make_config
from expo.pipeline import load_expo
from expo.render.assets import content_hash, load_assets
from expo.render.covers import Loom
from expo.render.environment import make_environment
from expo.render.pages import Site
from expo.render.views.card_data import card_chunks, card_details, make_blank, searched_text
from expo.render.views.cards import make_cards
from expo.render.words import Words
from expo.search.texts import initiative_texts
from expo.text import normalise_text, split_tokens
from tests.catalogue_page import wait_until

pytestmark = pytest.mark.browser

ADOPTED = 6  # cards that the page comes with
FEW, MANY = 0, 2  # bits of a chunk on a small site, as ours is, and on a large one
PHONE: ViewportSize = {"width": 360, "height": 740}

TEMPLATE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Thử</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src 'self' data:; object-src 'none'">
<link rel="stylesheet" href="../assets/expo.css"></head><body><main class="wrap"><h1>Thử</h1>
{% from "components/hang.html" import hang %}
<div class="wall wall--3" id="wall">{% for card in cards %}{{ hang(card) }}{% endfor %}</div>
{% include "components/card-blank.html" %}
<script type="module" src="test.js"></script></main></body></html>"""

SCRIPT = """import { openCards } from "../js/facets/cards.js";
import { openDetails } from "../js/facets/details.js";
import { markText, pickLine } from "../js/search/marks.js";
import { normaliseText } from "../js/search/text.js";
async function read(name) {
  fetched.push(name);
  const response = await fetch(`../data/${name}.json`);
  if (!response.ok) throw new Error(name);
  return response.json();
}
const fetched = [];
const wall = document.getElementById("wall");
const bits = Number(location.hash.slice(1));
const cards = openCards((chunk) => read(`c${bits}-${chunk}`), bits, document);
const lost = [];
const details = openDetails(cards, (number, hash) => read(`d${number}-${hash}`).catch((error) => {
  lost.push(number);
  throw error;
}));
function hang(numbers, wanted, form = "list") {
  wall.className = `wall wall--${form}`;
  wall.replaceChildren(...numbers.map((number) => cards.make(number)));
  for (const element of wall.children) cards.keepPlace(element, wanted.length > 0);
}
function paint(numbers, wanted, form) {
  hang(numbers, wanted, form);
  for (const element of wall.children) details.show(element, wanted);
}
Object.assign(window, { cards, details, fetched, lost, wall, hang, paint, markText, pickLine, normaliseText });
window.ready = true;
"""

# What the last change does to the layout is drawn, told and followed up.
FRAMES = """async () => {
  for (let at = 0; at < 3; at += 1) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""

SAME = """async (numbers) => {
  await cards.load(numbers);
  paint(numbers, [], "4");
  for (const element of wall.children) {
    element.scrollIntoView();
    while (!element.querySelector("svg pattern")) await new Promise(requestAnimationFrame);
  }
  return [...wall.children].map((element) => element.outerHTML);
}"""


def word(text: str, begun: bool = False) -> dict[str, Any]:
    """A wanted word, as a query gives it."""
    token = split_tokens(text)[-1]
    return {"folded": token.folded, "exact": token.exact, "begun": begun}


def words(text: str) -> list[dict[str, Any]]:
    """All the words of a query, none unfinished."""
    return [word(one) for one in text.split()]


@pytest.fixture(scope="session")
def site() -> Site:
    """The real exhibits."""
    config = make_config()
    assets = load_assets(config.project / "theme" / "static")
    return Site(load_expo(config), config, Words("vi"), assets, Loom(Cache(config.cache)))


def render(site: Site, source: str, **context: object) -> str:
    """A template of the test's own over those of the theme, as on /sang-kien/."""
    environment = make_environment(site, [site.config.project / "theme" / "templates"])
    return environment.from_string(source).render(here="/sang-kien/", lang="vi", **context)


@pytest.fixture(scope="session")
def folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with the page."""
    root = tmp_path_factory.mktemp("cards")
    static = site.config.project / "theme" / "static"
    shutil.copytree(static / "js", root / "js")
    for name in ("assets", "data", "sang-kien"):
        (root / name).mkdir()
    by_address = {file.address: file.content for file in site.assets.files()}
    (root / "assets" / "expo.css").write_bytes(by_address[site.assets.address("css")])
    shutil.copytree(static / "fonts", root / "assets" / "fonts")
    for address, content in by_address.items():
        if address.startswith("/assets/fonts/"):
            (root / address[1:]).write_bytes(content)
    details = dict(card_details(site))
    for number, content in details.items():
        (root / "data" / f"d{number}-{content_hash(content)}.json").write_bytes(content)
    rows = [row for content in card_chunks(site, details, content_hash).values() for row in json.loads(content)]
    for bits in (FEW, MANY):
        for chunk in {row[0] >> bits for row in rows}:
            content = json.dumps([row for row in rows if row[0] >> bits == chunk])
            (root / "data" / f"c{bits}-{chunk}.json").write_text(content, encoding="utf-8")
    cards = make_cards(site, site.expo.newest[:ADOPTED])
    page = render(site, TEMPLATE, cards=cards, blank=make_blank(site))
    (root / "sang-kien" / "index.html").write_text(page, encoding="utf-8")
    (root / "sang-kien" / "test.js").write_text(SCRIPT, encoding="utf-8")
    return root


@pytest.fixture
def open_page(page: Page, folder: Path, serve_folder: Callable[..., str]) -> Callable[..., Page]:
    """Gives `open_page(size, bits)`: the page with its modules loaded."""
    address = serve_folder(folder) + "sang-kien/"

    def open_it(size: ViewportSize | None = None, bits: int = FEW) -> Page:
        page.set_viewport_size(size or {"width": 1280, "height": 720})
        page.goto(f"{address}#{bits}")
        wait_until(page, "window.ready")
        return page

    return open_it


def normalise(html: str) -> str:
    """Without the space between elements."""
    return re.sub(r">\s+<", "><", html).strip()


# --- cards from data ---


def test_a_card_made_by_script_is_the_card_of_the_template(open_page: Callable[..., Page], site: Site) -> None:
    """All exhibits, cloth included: element for element and letter for letter."""
    newest = site.expo.newest
    page = open_page()
    made = page.evaluate(SAME, [one.number for one in newest])
    source = '{% from "components/hang.html" import hang %}{{ hang(card) }}'
    parse = """(all) => all.map((html) => {
      const template = Object.assign(document.createElement("template"), { innerHTML: html });
      return template.content.firstElementChild.outerHTML;
    })"""
    printed = page.evaluate(parse, [render(site, source, card=card).strip() for card in make_cards(site, newest)])
    assert len(made) == len(newest) == 54
    assert [normalise(one) for one in made] == [normalise(one) for one in printed]


def test_cards_of_the_page_are_taken_over(open_page: Callable[..., Page], site: Site) -> None:
    """They are in memory from the start, and are the same elements afterwards."""
    first = site.expo.newest[0]
    page = open_page()
    answer = page.evaluate(
        """(number) => {
          const before = cards.has([number]);
          const element = wall.firstElementChild;
          cards.adopt(wall.children);
          return [before, cards.has([number]), cards.make(number) === element, fetched];
        }""",
        first.number,
    )
    assert answer == [False, True, True, []]


def test_threads_are_taken_off_and_hung_again(open_page: Callable[..., Page]) -> None:
    """The very threads that hung there, once; a cloth that never had any stays without."""
    page = open_page()
    answer = page.evaluate(
        """() => {
          const [card, bare] = [...wall.children].slice(0, 2);
          const cloths = [card, bare].map((one) => one.querySelector(".cloth"));
          const threads = cloths[0].firstChild;
          cloths[1].replaceChildren();
          const seen = [];
          for (const on of [false, false, true, true]) {
            for (const one of [card, bare]) cards.dress(one, on);
            seen.push(cloths.map((cloth) => cloth.childNodes.length));
          }
          return [seen, cloths[0].firstChild === threads, threads.localName];
        }"""
    )
    assert answer == [[[0, 0], [0, 0], [1, 0], [1, 0]], True, "svg"]


def test_a_card_that_comes_back_is_not_filled_again(open_page: Callable[..., Page], site: Site) -> None:
    """Out of the list and in again, as a key brings it: nothing is written until it is shown for the new query."""
    number = site.expo.newest[0].number
    page = open_page()
    page.evaluate(
        "([number, wanted]) => cards.load([number]).then(() => paint([number], wanted))", [number, [word("dan")]]
    )
    page.wait_for_selector(".hang__why:not(:empty)")
    page.evaluate("wall.replaceChildren()")
    page.evaluate(FRAMES)
    page.evaluate("(number) => { hang([number], [1]); wall.querySelector('.hang__why').replaceChildren(); }", number)
    page.evaluate(FRAMES)
    assert page.locator(".hang__why").inner_text() == ""
    page.evaluate("([number, wanted]) => paint([number], wanted)", [number, [word("dan")]])
    page.wait_for_selector(".hang__why:not(:empty)")


@pytest.mark.parametrize("bits", [FEW, MANY])
def test_a_card_taken_over_shows_why_too(open_page: Callable[..., Page], site: Site, bits: int) -> None:
    """The name of its details file comes with its chunk, after painting."""
    number = site.expo.newest[0].number
    page = open_page(bits=bits)
    page.evaluate(
        "([number, wanted]) => { cards.adopt(wall.children); paint([number], wanted); }", [number, [word("dan")]]
    )
    page.wait_for_selector(".hang__why:not(:empty)")
    assert [name.split("-")[0] for name in page.evaluate("fetched")] == [f"c{bits}", f"d{number}"]
    assert page.evaluate("fetched[0]") == f"c{bits}-{number >> bits}"


def test_each_chunk_is_fetched_once(open_page: Callable[..., Page]) -> None:
    """Four neighbours at once, then again: one request; and a kept card is the same element."""
    page = open_page(bits=MANY)
    script = """async () => {
      await Promise.all([cards.load([8, 9, 10, 11]), cards.load([9])]);
      await cards.load([8]);
      return [fetched, cards.make(9) === cards.make(9), cards.has([8, 9, 10, 11]), cards.has([8, 12])];
    }"""
    assert page.evaluate(script) == [["c2-2"], True, True, False]


def test_on_a_small_site_only_the_cards_that_are_shown_are_fetched(open_page: Callable[..., Page]) -> None:
    """A chunk is one card: no neighbour comes with it."""
    page = open_page()
    script = """async () => {
      await Promise.all([cards.load([9, 14]), cards.load([9])]);
      await cards.load([14]);
      return [fetched.sort(), cards.has([9, 14]), [8, 10, 11, 13, 15].filter((number) => cards.has([number]))];
    }"""
    assert page.evaluate(script) == [["c0-14", "c0-9"], True, []]


@pytest.mark.parametrize("bits", [FEW, MANY])
def test_a_chunk_that_does_not_come_rejects_once_and_may_be_asked_again(
    open_page: Callable[..., Page], bits: int
) -> None:
    """The others are in memory by then; nothing is asked for twice that came."""
    page = open_page(bits=bits)
    chunks = [f"c{bits}-{number >> bits}" for number in (2, 9, 14)]
    failing = [True]
    page.route(f"**/data/{chunks[1]}.json", lambda route: route.abort() if failing[0] else route.continue_())
    ask = "() => cards.load([2, 9, 14]).then(() => 'came', () => 'failed')"
    assert page.evaluate(ask) == "failed"
    assert page.evaluate("[cards.has([2, 14]), cards.has([9])]") == [True, False]
    failing[0] = False
    assert page.evaluate(ask) == "came"
    assert page.evaluate("[fetched.sort(), cards.has([9])]") == [sorted([*chunks, chunks[1]]), True]


@pytest.mark.parametrize("content", ["", "null", "[[1]]", "{}", '[["x"]]'])
def test_a_damaged_chunk_is_one_that_did_not_come(open_page: Callable[..., Page], content: str) -> None:
    """Whatever is in it."""
    page = open_page()
    page.route("**/data/c0-9.json", lambda route: route.fulfill(body=content))
    assert page.evaluate("cards.load([2, 9]).then(() => 'came', () => 'failed')") == "failed"
    assert page.evaluate("[cards.has([2]), cards.has([9])]") == [True, False]


# --- cloth and line of why ---


def test_details_are_fetched_only_near_the_view_and_after_painting(open_page: Callable[..., Page]) -> None:
    """Twenty results on a phone: none while they are painted, then those in view, the rest when scrolled to."""
    page = open_page(PHONE)
    numbers = list(range(1, 21))
    page.evaluate("(numbers) => cards.load(numbers)", numbers)
    page.evaluate("fetched.length = 0")
    count = "([numbers, wanted]) => { paint(numbers, wanted); return fetched.length; }"
    assert page.evaluate(count, [numbers, [word("dan")]]) == 0
    page.wait_for_selector(".hang:first-child .hang__why mark")
    page.evaluate(FRAMES)
    near = page.evaluate("fetched.length")
    assert 3 <= near <= 8
    page.locator(".hang").last.scroll_into_view_if_needed()
    page.wait_for_selector(".hang:last-child .cloth svg")
    assert near < page.evaluate("fetched.length") < 20


def test_nothing_moves_when_details_come(open_page: Callable[..., Page]) -> None:
    """Marks come after the answers, cloths and lines later still, into their own places: a layout shift of 0."""
    page = open_page(PHONE)

    def late(route: Route) -> None:
        page.wait_for_timeout(150)
        route.continue_()

    for form, wanted in (("list", [word("dan")]), ("3", [])):
        page.route("**/data/d*.json", late)
        page.evaluate(
            """async ([numbers, wanted, form]) => {
              await cards.load(numbers);
              hang(numbers, wanted, form);
              await document.fonts.ready;
              await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
              window.shift = 0;
              new PerformanceObserver((list) => { for (const one of list.getEntries()) window.shift += one.value; })
                .observe({ type: "layout-shift", buffered: false });
              for (const element of wall.children) details.show(element, wanted);
            }""",
            [[20, 21, 22, 23] if form == "list" else [28, 29, 30, 31], wanted, form],
        )
        page.wait_for_selector(".hang:nth-child(2) .cloth svg")
        page.evaluate(FRAMES)
        assert page.evaluate("window.shift") == 0


def test_lost_details_leave_a_plain_cloth_and_are_asked_for_again(open_page: Callable[..., Page]) -> None:
    """The card stays whole: title, states, and the cloth's own colour."""
    page = open_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/data/d2-*.json", lambda route: route.abort())
    page.evaluate("(wanted) => cards.load([2]).then(() => paint([2], wanted))", [word("dan")])
    wait_until(page, "lost.length > 0")
    colour = page.evaluate("getComputedStyle(document.querySelector('.cloth')).backgroundColor")
    assert (page.locator(".cloth svg").count(), colour) == (0, "rgb(107, 39, 27)")
    page.unroute("**/data/d2-*.json")
    page.evaluate("(wanted) => paint([2], wanted)", [word("dan")])
    page.wait_for_selector(".cloth svg")
    assert errors == []


def test_the_words_of_a_later_query_replace_those_of_the_last(open_page: Callable[..., Page]) -> None:
    """Marks in title, place and line; on the wall none are left, and the card is as it was."""
    page = open_page()
    page.evaluate("cards.load([2])")
    before = page.evaluate("cards.make(2).outerHTML")
    for query, marked in ("huế", ["Huế", "Huế", "Huế"]), ("đô thị", ["đô", "thị", "đô", "thị"]):
        page.evaluate("(wanted) => paint([2], wanted)", words(query))
        wait_until(page, f"document.querySelector('.hang__why mark')?.textContent === {json.dumps(marked[0])}")
        assert page.locator("mark").all_inner_texts() == marked
    page.evaluate("paint([2], [], '3')")
    page.wait_for_selector(".cloth svg")
    assert page.evaluate("cards.make(2).outerHTML.replace(/<svg viewBox=\"-.*?<.svg>/, '')") == before


def test_the_line_has_the_words_that_neither_title_nor_summary_show(open_page: Callable[..., Page]) -> None:
    """SK-0002 won the Sao Khuê, which only its body says; a twin of a typed word is left alone."""
    page = open_page()
    page.evaluate("(wanted) => cards.load([2]).then(() => paint([2], wanted))", words("sao khuê"))
    page.wait_for_selector(".hang__why mark")
    assert page.locator("mark").all_inner_texts() == ["Sao", "Khuê"]
    assert page.locator(".hang__why").inner_text().endswith("Giải Chuyển đổi số Việt Nam 2019 và Sao Khuê 2020.")


def luminance(colour: str) -> float:
    """Relative luminance of "rgb(r, g, b)" (WCAG 2)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marked_words_can_be_read(open_page: Callable[..., Page], scheme: Any) -> None:
    """At least 7 : 1 against their ground, by day and by night."""
    page = open_page()
    page.emulate_media(color_scheme=scheme)
    page.evaluate("(wanted) => cards.load([2]).then(() => paint([2], wanted))", words("huế"))
    style = page.evaluate(
        "(() => { const s = getComputedStyle(document.querySelector('mark')); return [s.color, s.backgroundColor]; })()"
    )
    low, high = sorted(luminance(colour) for colour in style)
    assert (high + 0.05) / (low + 0.05) >= 7


# --- marks.js by itself ---

UBND = {"runs": [words("ubnd"), words("ủy ban nhân dân")]}
MARKED = [
    ("Rác ở Huế", words("rac hue"), "[Rác] ở [Huế]"),
    ("Rác ở Huế", [word("rac"), word("hu", begun=True)], "[Rác] ở [Huế]"),
    ("huệ, Huế", words("huế"), "huệ, [Huế]"),
    ("huệ", [word("huế") | {"twins": True}], "[huệ]"),
    ("Uỷ ban nhân dân xã, UBND tỉnh", [UBND], "[Uỷ ban nhân dân] xã, [UBND] tỉnh"),
    ("ban nhân dân", [UBND], "ban nhân dân"),
    ("Uỷ ban nhân dân", [word("ubnd") | {"twins": True}], "[Uỷ ban nhân dân]"),
    ("Uỷ ban nhân dân", [word("ubnd")], "Uỷ ban nhân dân"),
    ("Thẻ BHYT", [one | {"twins": True} for one in words("thẻ bảo hiểm y tế")], "[Thẻ] [BHYT]"),
    ("HĐND", [one | {"twins": True} for one in words("hội đồng nhân dân")], "[HĐND]"),
    ("TP.HCM và HCM", words("tphcm"), "[TP.HCM] và HCM"),
    ("TP.HCM", [{"runs": [words("tp hcm")]}], "[TP.HCM]"),
    ("TP.HCM mới", [{"runs": [words("tp hcm mới")]}], "[TP.HCM mới]"),
    ("SK-0002 và SK 2", [{"runs": [words("sk 0002")]}], "[SK-0002] và SK 2"),
    ("“một cửa”; cửa một", [{"runs": [words("một cửa")]}], "“[một cửa]”; cửa một"),
    ("Ra\u0301c, ra\u0301c", words("rác"), "[Rác], [rác]"),
    ("hoà", [word("hòa")], "[hoà]"),
    ("<b>rác</b>", words("rác"), "<b>[rác]</b>"),
    ("", words("rác"), ""),
    ("rác", [], "rác"),
]


def show(parts: list[tuple[str, bool]]) -> str:
    """Matches in brackets."""
    return "".join(f"[{text}]" if match else text for text, match in parts)


def test_words_are_marked_where_they_stand(open_page: Callable[..., Page]) -> None:
    """With and without marks, unfinished, in runs, in abbreviations, in NFD; a twin only where it is said."""
    page = open_page()
    answers = page.evaluate(
        "(cases) => cases.map(([text, wanted]) => markText(text, wanted))", [case[:2] for case in MARKED]
    )
    assert [show(parts) for parts in answers] == [case[2] for case in MARKED]


def test_marking_loses_and_adds_nothing(open_page: Callable[..., Page]) -> None:
    """Five hundred hostile texts: the parts make up the normalised text, and no text breaks it."""
    source = random.Random(20210414)
    pieces = [
        *"aăâeêioôơuưđ ",
        "rác",
        "ra\u0301c",
        "TP.HCM",
        "\u0301",
        "\u202e",
        "\ud800",
        "😀",
        "<b>",
        "…",
        "\n",
        "\u0000",
        "İ",
        "ﬁ",
        "１２",
        "-",
    ]
    texts = ["".join(source.choices(pieces, k=source.randrange(60))) for _ in range(500)]
    wanted = [*words("rác tphcm"), word("a", begun=True), {"runs": [words("tp hcm"), words("rác a")]}]
    script = (
        "([texts, wanted]) => texts.every((t) => markText(t, wanted).map((p) => p[0]).join('') === normaliseText(t))"
    )
    page = open_page()
    assert page.evaluate(f"(json) => ({script})(JSON.parse(json))", json.dumps([texts, wanted])) is True


TWO_LINES = (
    "Kết quả: " + "chữ " * 60 + "\nNgười dân phân loại rác. Năm 2020, xã thu gom rác bằng thuyền ở Huế. " + "chữ " * 60
)
LINES: list[tuple[str, dict[str, str], list[dict[str, Any]], str, str]] = [
    (
        "title and summary show all: the summary",
        {"title": "Rác", "summary": "Ở Huế.", "body": "rác ở Huế"},
        words("rác huế"), "summary", "Ở [Huế].",
    ),
    (
        "the title shows all: the beginning of the summary",
        {"title": "Rác", "summary": "Một ngày " + "dài " * 60, "body": "rác"},
        words("rác"), "summary", "Một ngày " + "dài " * 32 + "dài …",
    ),
    (
        "a word is in the body only: the words close together, from the beginning of their sentence",
        {"title": "Huế", "summary": "Không.", "body": TWO_LINES},
        words("rác thuyền huế"), "body",
        "Năm 2020, xã thu gom [rác] bằng [thuyền] ở [Huế]. " + "chữ " * 23 + "chữ …",
    ),
    (
        "the typed marks before a twin, in whichever field they stand",
        {"title": "Hướng dẫn", "summary": "Cán bộ dẫn đường.", "body": "dẫn\nNgười dân"},
        words("dân"), "body", "Người [dân]",
    ),
    (
        "twins where there is nothing better",
        {"title": "Hướng dẫn", "summary": "Cán bộ dẫn đường.", "body": "không"},
        words("dân"), "summary", "Cán bộ [dẫn] đường.",
    ),
    (
        "nothing of it: the beginning of the summary",
        {"title": "Huế", "summary": "Một câu.", "body": "Một thân."},
        words("thuyền"), "summary", "Một câu.",
    ),
    (
        "a word that nothing shows yet before two that the title shows",
        {"title": "Rác ở Huế", "summary": "Không.", "body": "Rác ở Huế.\nThuyền."},
        words("rác huế thuyền"), "body", "[Thuyền].",
    ),
    (
        "cut between words on both sides",
        {"title": "", "summary": "", "body": "chữ " * 50 + "rác " + "dài " * 50},
        words("rác"), "body", "… " + "chữ " * 9 + "[rác] " + "dài " * 24 + "dài …",
    ),
    (
        "nothing there",
        {}, words("rác"), "summary", "",
    ),
    (
        "a word longer than any line",
        {"title": "", "summary": "", "body": "a" * 10_000}, [word("a", begun=True)], "body", "[" + "a" * 140 + "] …",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("details", "wanted", "field", "shown"), [case[1:] for case in LINES], ids=[case[0] for case in LINES]
)
def test_the_line_that_says_most(
    open_page: Callable[..., Page], details: dict[str, str], wanted: list[dict[str, Any]], field: str, shown: str
) -> None:
    """Which field it is from, where it is cut, what is marked; the same again from what was kept."""
    page = open_page()
    script = (
        "([details, wanted]) => [0, 1].map(() => pickLine(details, wanted)).map(({ field, parts }) => [field, parts])"
    )
    answers = page.evaluate(script, [details, wanted])
    assert [(field, show(parts)) for field, parts in answers] == [(field, shown)] * 2


def test_every_line_is_short_and_of_its_text(open_page: Callable[..., Page], site: Site) -> None:
    """Every exhibit under a hundred pairs of its own words: at most 140 characters and two cuts, one match at least."""
    source = random.Random(20210414)
    cases = []
    for one in site.expo.newest:
        body = searched_text(initiative_texts(site.expo, one))
        details = {"title": one.title, "summary": one.summary, "body": body}
        own = [token.exact for token in split_tokens(body)]
        cases.append([details, [[word(text) for text in source.sample(own, 2)] for _ in range(100)]])
    script = "(cases) => cases.map(([details, queries]) => queries.map((wanted) => pickLine(details, wanted)))"
    for (details, queries), lines in zip(cases, open_page().evaluate(script, cases), strict=True):
        for wanted, line in zip(queries, lines, strict=True):
            text = "".join(part for part, _ in line["parts"])
            inner = text.removeprefix("… ").removesuffix(" …")
            assert len(inner) <= 140 and inner in normalise_text(details[line["field"]]), (wanted, text)
            everything = [*line["parts"], *[(details["title"], True)]]
            assert any(match for _, match in everything)
