"""The English pages of the real content: a twin for every page, links that stay, nothing Vietnamese left unmarked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

from expo.cli import main
from expo.config import make_config
from expo.dates import PartialDate
from expo.model import Expo, Initiative
from expo.render.english import english_expo
from expo.render.environment import make_environment
from expo.render.site import plan_site
from expo.render.views.answers import make_answers
from expo.render.views.ledger import make_when
from expo.render.words import Words, tie
from expo.text import has_vietnamese_letter
from tests.conftest import PROJECT, ServeFolder

SITE_URL = "https://expo.example"
HOST = "http://own.test"
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-done")
TOUCH = 44

Trees = dict[str, LexborHTMLParser]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content under a known address."""
    output = tmp_path_factory.mktemp("english") / "site"
    assert main(["build", "--output", str(output), "--site-url", SITE_URL, "--quiet"]) == 0
    return output


@pytest.fixture(scope="module")
def trees(site: Path) -> Trees:
    """Every page by its address."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        address = "/" + path.relative_to(site).as_posix().removesuffix("index.html")
        found[address] = LexborHTMLParser(path.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def english(trees: Trees) -> Trees:
    """The English pages."""
    return {address: tree for address, tree in trees.items() if address.startswith("/en/")}


def interface_parts() -> set[str]:
    """What stands between the gaps of every Vietnamese sentence whose English is another."""
    with (PROJECT / "locale" / "en.po").open("rb") as file:
        messages = read_po(file, locale="en")
    parts = set()
    for message in messages:
        vietnamese = message.id if isinstance(message.id, str) else message.id[0]
        told = message.string if isinstance(message.string, str) else message.string[0]
        if vietnamese and vietnamese != told:
            parts |= {part.strip(" .,:;()“”") for part in re.split(r"%\(\w+\)s|\{\w+\}", vietnamese)}
    return parts - {""}


def english_texts(node: LexborNode) -> Iterator[str]:
    """Texts and spoken attributes of what is not marked as Vietnamese."""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield " ".join(child.text().split())
        elif child.tag not in ("script", "style") and child.attributes.get("lang") != "vi":
            yield from (value for name in SPOKEN if (value := child.attributes.get(name)))
            yield from english_texts(child)


def test_every_page_has_its_english_twin(trees: Trees, english: Trees) -> None:
    """All but 404 and short addresses, which know no language; no English page is without a Vietnamese one."""
    vietnamese = {one for one in trees if not one.startswith(("/en/", "/sk/")) and one != "/404.html"}
    assert {one.removeprefix("/en") for one in english} == vietnamese
    assert {tree.css_first("html").attributes["lang"] for tree in english.values()} == {"en"}


def test_links_of_english_pages_stay_english(trees: Trees, english: Trees) -> None:
    """Only the language switch leads out; what else does so has no language."""
    leaving = set()
    for address, tree in english.items():
        for node in tree.css("a[href], form[action]"):
            to = urlsplit(urljoin(HOST + address, node.attributes.get("href") or node.attributes.get("action") or ""))
            path = unquote(to.path)
            is_own = to.netloc == urlsplit(HOST).netloc and path in trees
            if is_own and not path.startswith(("/en/", "/sk/")) and node.attributes.get("hreflang") != "vi":
                leaving.add((address, path))
    assert leaving == set()


def test_languages_name_each_other(trees: Trees) -> None:
    """Every page with a twin names both and the default, whole and the same from either side; others name none.

    A sheet to pin up names those of its province, which it has for its own address.
    """
    for address, tree in trees.items():
        if tree.css_first("meta[http-equiv=refresh]"):
            continue
        plain = address.removeprefix("/en") if address.startswith("/en/") else address
        plain = plain.removesuffix("bang-tin/")
        named = {one.attributes["hreflang"]: one.attributes["href"] for one in tree.css("link[hreflang]")}
        both = {"vi": SITE_URL + plain, "en": f"{SITE_URL}/en{plain}", "x-default": SITE_URL + plain}
        assert named == (both if f"/en{plain}" in trees else {}), address


def test_the_switch_stays_on_the_page(trees: Trees) -> None:
    """One link in the masthead to the twin, in the other's own name; from a page without a twin it leads home."""
    for address, tree in trees.items():
        if tree.css_first("meta[http-equiv=refresh]"):
            continue
        plain, lang = (address.removeprefix("/en"), "vi") if address.startswith("/en/") else (f"/en{address}", "en")
        wanted = plain if plain in trees else "/en/"
        (switch,) = tree.css("header a[hreflang]")
        assert urlsplit(urljoin(HOST + address, switch.attributes["href"])).path == wanted
        assert (switch.attributes["hreflang"], switch.attributes["lang"]) == (lang, lang)
        assert switch.css_first("span").text() == {"vi": "Tiếng Việt", "en": "English"}[lang]


def test_titles_of_english_sources_are_not_called_vietnamese(english: Trees) -> None:
    """A voice that reads Vietnamese makes nothing of an English title; one with Vietnamese letters keeps it."""
    sources = english["/en/sang-kien/m-score-quang-tri/"].css(".sources a")
    marked = {node.text(): node.attributes.get("lang") for node in sources}
    assert {has_vietnamese_letter(title) for title in marked} == {True, False}
    assert marked == {title: "vi" if has_vietnamese_letter(title) else None for title in marked}


def test_links_to_a_feed_say_that_it_is_vietnamese(english: Trees) -> None:
    """There is no English one: words and `hreflang` say so, for people and for what reads the head."""
    for address, tree in english.items():
        for node in tree.css("a[href$='feed.xml']"):
            assert (node.attributes.get("hreflang"), "in Vietnamese" in node.text()) == ("vi", True), address
        for node in tree.css("link[type='application/atom+xml']"):
            assert "in Vietnamese" in str(node.attributes["title"]), address
    assert english["/en/tinh-thanh/hue/"].css(".place__take a[href$='feed.xml']")


def test_no_vietnamese_sentence_is_left_on_english_pages(english: Trees) -> None:
    """No message of the interface stands in its Vietnamese form outside what is marked; the expo's own name may."""
    parts = interface_parts()
    long_parts = [part for part in parts if len(part.split()) > 2 and not part.startswith("Triển lãm số")]
    left = set()
    for address, tree in english.items():
        for text in english_texts(tree.body):
            if text.strip(" .,:;()") in parts or any(part in text for part in long_parts):
                left.add((address, text))
    assert left == set()


def test_what_is_not_found_is_said_in_both_languages(trees: Trees) -> None:
    """Hosts serve one 404 for all addresses, those under /en/ too: it says so in English and leads there."""
    page = trees["/404.html"]
    told = page.css_first(".page-head [lang=en]")
    assert told is not None and Words("en").gettext("Chỗ này chưa treo gì") in told.text()
    assert [one.attributes["href"] for one in told.css("a[hreflang=en]")] == ["/en/sang-kien/"]


def test_dates_and_numbers_are_written_the_english_way(english: Trees) -> None:
    """Day, month by name, year; commas between thousands, a point before decimals."""
    exhibit = english["/en/sang-kien/hue-s/"]
    amounts = {one.text() for one in exhibit.css(".figures dd b, td.amount")}
    assert {"793,050 downloads", "77.7%"} <= amounts, amounts
    times = {one.text() for one in exhibit.css("time")}
    told = {"early Dec 2019", "27 May 2022 (three-year review)"}
    assert told < times and all(re.fullmatch(r"(?:(?:\d{1,2} )?[A-Z][a-z]{2} )?\d{4}", one) for one in times - told)


def test_a_rough_date_stays_as_rough_in_english(english: Trees, real_expo: Expo, tmp_path: Path) -> None:
    """In the book and on the exhibit as its source has it; where nobody has put that into English, as it is, marked."""
    book = {one.text() for one in english["/en/phan-hoi/"].css(".ledger__date")}
    assert {"around 2010", "early spring 2021", "28 May – 25 Aug 2021", "date unknown (interim review)"} <= book
    assert not [one for one in real_expo.replies if bool(one.date_text) != bool(one.date_text_en)]
    about_2010 = next(one for one in real_expo.by_id["SK-0046"].replies if one.date_text)
    bare = replace(real_expo.by_id["SK-0046"], replies=(replace(about_2010, date_text_en=""),))
    expo = replace(real_expo, initiatives=tuple(bare if one.id == bare.id else one for one in real_expo.initiatives))
    site = plan_site(expo, make_config(output=tmp_path / "site")).english
    marked = '<span lang="vi">khoảng 2010</span>'
    (english_reply,) = site.expo.by_id["SK-0046"].replies
    assert make_when(site, english_reply).text == marked
    assert make_answers(site, site.expo.by_id["SK-0046"]).latest.heading.endswith(f", {marked}")


def render_english(real_expo: Expo, changed: Initiative, folder: Path, *addresses: str) -> Trees:
    """Pages of the site as if one exhibit were another."""
    initiatives = tuple(changed if one.id == changed.id else one for one in real_expo.initiatives)
    plan = plan_site(replace(real_expo, initiatives=initiatives), make_config(output=folder, site_url=SITE_URL))
    environment = make_environment(plan.english, [PROJECT / "theme" / "templates"], plan.twins)
    shown = {}
    for page in plan.pages:
        if page.address in addresses:
            values = {**page.context, "here": page.address, "lang": "en", "pages": []}
            shown[page.address] = LexborHTMLParser(environment.get_template(page.template).render(values))
    return shown


def test_an_exhibit_without_english_says_so(real_expo: Expo, tmp_path: Path) -> None:
    """Its notice is English; title, summary and text stand there in Vietnamese, marked; others have no notice."""
    bare = replace(real_expo.by_id["SK-0002"], english=None, similar=(), related=(), adapted_from=())
    addresses = ("/en/sang-kien/hue-s/", "/en/sang-kien/grac/", "/en/chu-de/phan-anh-gop-y/")
    shown = render_english(real_expo, bare, tmp_path / "site", *addresses)
    tree = shown["/en/sang-kien/hue-s/"]
    notice = Words("en").gettext("Sáng kiến này chưa có bài tiếng Anh. Dưới đây là bài tiếng Việt.")
    assert [one.text() for one in tree.css(".notice")] == [notice]
    assert shown["/en/sang-kien/grac/"].css(".notice") == []
    for selector in ("h1", ".exhibit__summary", ".prose"):
        assert tree.css_first(selector).attributes.get("lang") == "vi", selector
    assert tree.css_first("h1").text() == tie(bare.title)
    assert tree.css_first("#sang-kien").text() == "The initiative"
    titles = {one.text(): one.attributes.get("lang") for one in shown["/en/chu-de/phan-anh-gop-y/"].css(".hang__title")}
    assert [title for title, lang in titles.items() if lang == "vi"] == [tie(bare.title)]


def test_an_exhibit_with_an_english_title_alone_shows_the_vietnamese_text(real_expo: Expo, tmp_path: Path) -> None:
    """And says so: the title is English, the text stands there marked, and only it is spoken of."""
    whole = real_expo.by_id["SK-0002"]
    assert whole.english is not None
    titled = replace(whole, english=replace(whole.english, body="\n"))
    tree = render_english(real_expo, titled, tmp_path / "site", "/en/sang-kien/hue-s/")["/en/sang-kien/hue-s/"]
    notice = Words("en").gettext("Bài viết của sáng kiến này chưa có bản tiếng Anh và hiện bằng tiếng Việt.")
    assert [one.text() for one in tree.css(".notice")] == [notice]
    assert "lang" not in tree.css_first("h1").attributes
    prose = tree.css_first("#sang-kien + .prose")
    assert prose.attributes.get("lang") == "vi"
    assert "Hue-S là ứng dụng" in prose.text()


def test_an_english_expo_keeps_numbers_places_and_themes_apart_as_they_were(real_expo: Expo) -> None:
    """Look-ups give the same exhibits; names are English; a province still answers to its Vietnamese name."""
    english = english_expo(real_expo)
    for place in (*real_expo.places_63, *real_expo.places_34, *real_expo.special_places):
        twin = english.place_by_key[place.key]
        assert [one.id for one in english.at_place(twin)] == [one.id for one in real_expo.at_place(place)]
        assert twin.name == place.name_en and place.name in twin.aliases
    assert [[one.id for one in english.of_theme(theme)] for theme in english.themes] == [
        [one.id for one in real_expo.of_theme(theme)] for theme in real_expo.themes
    ]
    assert english.place_by_key["63:quang-nam"].full_name == "Quang Nam Province"
    assert english.by_id["SK-0002"].title == real_expo.by_id["SK-0002"].english.title  # type: ignore[union-attr]
    assert Words("en").date(PartialDate(2021, 6, 18)) == "18 Jun 2021"


def test_a_visitor_searches_filters_and_switches_in_english(
    site: Path, serve_folder: ServeFolder, page: BrowserPage
) -> None:
    """English words, province names without marks and Vietnamese titles find exhibits; the switch leads to the twin."""
    base = serve_folder(site)
    page.set_viewport_size({"width": 360, "height": 740})
    for query in ("waste sorting", "Quang Nam", "tổng đài"):
        page.goto(f"{base}en/sang-kien/?q={query}")
        expect(page.locator("#count")).to_have_text(re.compile(r"^[1-9]\d* of \d+ initiatives$"))
    page.locator(".hang__title a").first.click()
    page.wait_for_url(f"{base}en/sang-kien/*/")
    here = page.url
    switch = page.locator("header a[hreflang=vi]")
    box = switch.bounding_box()
    assert box is not None and min(box["width"], box["height"]) >= TOUCH
    switch.click()
    page.wait_for_url(here.replace("/en/", "/"))
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.locator("header a[hreflang=en]").click()
    page.wait_for_url(here)
