"""The rendered pages of the real content: sound HTML, one outline, true numbers, nothing that the policy forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from justhtml import JustHTML
from selectolax.lexbor import LexborHTMLParser, LexborNode

from expo.config import make_config
from expo.model import Expo
from expo.pipeline import load_expo
from expo.render.pages import output_path
from expo.render.security import CONTENT_SECURITY_POLICY

OWN_HOST = "http://own.test"
VOID = frozenset(("meta", "link", "input", "br", "img", "hr"))

Trees = dict[str, LexborHTMLParser]  # address → page


@pytest.fixture(scope="module")
def expo() -> Expo:
    """The real content."""
    return load_expo(make_config())


@pytest.fixture(scope="module")
def trees(built_site: Path) -> Trees:
    """Every page by its address."""
    return {
        "/" + path.relative_to(built_site).as_posix().removesuffix("index.html"): LexborHTMLParser(
            path.read_text("utf-8")
        )
        for path in sorted(built_site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def pages(trees: Trees) -> Trees:
    """Pages that people read: all but redirects."""
    return {address: tree for address, tree in trees.items() if not tree.css_first("meta[http-equiv=refresh]")}


def attribute(node: LexborHTMLParser, selector: str, name: str) -> str:
    """An attribute of the first match; "" if there is none."""
    found = node.css_first(selector)
    return (found.attributes.get(name) if found else None) or ""


def text_of(node: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    """Texts of what matches, white space folded."""
    return [" ".join(one.text().split()) for one in node.css(selector)]


def test_every_page_parses_without_an_error(built_site: Path) -> None:
    """One page of each kind has not a single HTML parse error."""
    kinds = (
        "index.html",
        "404.html",
        "sang-kien/hue-s/index.html",
        "sang-kien/ca-phe-dich-vu-cong-dong-da/index.html",
        "sk/2/index.html",
        "tinh-thanh/index.html",
        "tinh-thanh/hue/index.html",
        "tinh-thanh/hai-phong/index.html",
        "tinh-thanh/toan-quoc/index.html",
        "tinh-thanh/truoc-2025/index.html",
        "tinh-thanh/truoc-2025/quang-nam/index.html",
        "tinh-thanh/hue/moi-truong/index.html",
        "chu-de/index.html",
        "chu-de/moi-truong/index.html",
        "phan-hoi/index.html",
        "gioi-thieu/index.html",
    )
    errors = {}
    for kind in kinds:
        if found := JustHTML((built_site / kind).read_text("utf-8"), collect_errors=True).errors:
            errors[kind] = [str(error) for error in found]
    assert errors == {}


class Balance(HTMLParser):
    """Notes elements that are not closed in order, and attributes given twice; a browser would mend both in silence."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.problems.append(f"{self.getpos()}: {tag} has an attribute twice")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A self-closed element of an SVG."""

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"{self.getpos()}: </{tag}> closes something else")


def test_every_element_is_closed_in_order(built_site: Path) -> None:
    """What the templates open they close, on every page, and no attribute is given twice."""
    wrong = {}
    for path in built_site.rglob("*.html"):
        balance = Balance()
        balance.feed(path.read_text("utf-8"))
        if balance.problems or balance.open:
            wrong[path.relative_to(built_site).as_posix()] = balance.problems[:1] or balance.open
    assert wrong == {}


def test_the_addresses_of_the_issue_are_there(trees: Trees, expo: Expo) -> None:
    """Every exhibit and its short address, 63 + 34 + 2 places, every theme, and the single pages."""
    expected = {"/", "/404.html", "/sang-kien/", "/tinh-thanh/", "/tinh-thanh/truoc-2025/", "/chu-de/", "/phan-hoi/"}
    expected |= {"/gioi-thieu/", "/tham-gia/", "/quyen-rieng-tu/", "/tinh-thanh/toan-quoc/", "/tinh-thanh/lien-tinh/"}
    expected |= {f"/sang-kien/{one.slug}/" for one in expo.initiatives} | {
        f"/sk/{one.number}/" for one in expo.initiatives
    }
    expected |= {f"/tinh-thanh/truoc-2025/{place.slug}/" for place in expo.places_63}
    expected |= {f"/tinh-thanh/{place.slug}/" for place in expo.places_34}
    expected |= {f"/chu-de/{theme.slug}/" for theme in expo.themes}
    assert (len(expo.places_63), len(expo.places_34)) == (63, 34)
    assert expected - trees.keys() == set()


def test_a_page_has_one_first_heading_and_skips_no_level(pages: Trees) -> None:
    """One h1, and no heading more than one level below the one before."""
    wrong = {}
    for address, tree in pages.items():
        levels = [int((node.tag or "h0")[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
        jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        if levels.count(1) != 1 or levels[0] != 1 or jumps:
            wrong[address] = levels
    assert wrong == {}


def test_a_page_has_landmarks_and_a_way_past_them(pages: Trees) -> None:
    """Language, one main, header, footer, named navigation, and the skip link leads to main."""
    wrong = []
    for address, tree in pages.items():
        skip = tree.css_first("body > a.skip")
        whole = (
            attribute(tree, "html", "lang") == ("en" if address.startswith("/en/") else "vi")
            and [len(tree.css(one)) for one in ("main", "body > header", "body > footer")] == [1, 1, 1]
            and all(node.attributes.get("aria-label") for node in tree.css("nav"))
            and skip is not None
            and tree.css_first(f"main{skip.attributes['href']}") is not None
        )
        if not whole:
            wrong.append(address)
    assert wrong == []


def test_ids_are_unique_and_fragments_lead_somewhere(pages: Trees) -> None:
    """No id twice on a page; every #fragment, also of covers' <use> and of aria-labelledby, has its target."""
    wrong = {}
    for address, tree in pages.items():
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        asked = {href[1:] for node in tree.css("a[href^='#'], use[href^='#']") if (href := node.attributes["href"])}
        asked |= {
            one for node in tree.css("[aria-labelledby]") for one in (node.attributes["aria-labelledby"] or "").split()
        }
        if len(ids) != len(set(ids)) or asked - set(ids):
            wrong[address] = ([one for one in ids if ids.count(one) > 1], asked - set(ids))
    assert wrong == {}


def test_links_within_the_site_lead_to_pages_and_their_parts(built_site: Path, trees: Trees) -> None:
    """Every relative link, style sheet, icon and font is a file of the site, and its fragment an id there."""
    ids = {address: {node.attributes["id"] for node in tree.css("[id]")} for address, tree in trees.items()}
    dead = set()
    for address, tree in trees.items():
        for node in tree.css("[href], [src]"):
            link = node.attributes.get("href") or node.attributes.get("src") or ""
            parts = urlsplit(urljoin(OWN_HOST + address, link))
            if f"{parts.scheme}://{parts.netloc}" != OWN_HOST or node.tag == "use":
                continue
            exists = (built_site / output_path(parts.path)).is_file()
            if not exists or (parts.fragment and parts.fragment not in ids[parts.path]):
                dead.add((address, link))
    assert dead == set()


def test_nothing_that_the_security_policy_forbids(trees: Trees) -> None:
    """No style attribute or element, no inline script or handler, nothing loaded from another host."""
    wrong = []
    for address, tree in trees.items():
        data = ("application/json", "application/ld+json")
        scripts = [one.attributes for one in tree.css("script") if one.attributes.get("type") not in data]
        inline = [one for one in scripts if "src" not in one]
        handlers = [one for one in tree.css("*") if any(name.startswith("on") for name in one.attributes)]
        links = tree.css("link:not([rel=canonical]):not([rel=alternate])")
        loaded = [one.attributes.get("href") or "" for one in links]
        loaded += [one.attributes["src"] or "" for one in tree.css("[src]")]
        policy = [one.attributes["content"] for one in tree.css("head > meta[http-equiv=Content-Security-Policy]")]
        first = tree.css_first("script, link, meta[http-equiv]")  # what stands before the policy is not under it
        is_kept = policy == [CONTENT_SECURITY_POLICY] and first is not None and "content" in first.attributes
        framed = tree.css("iframe, frame, object, embed, base, applet, portal")
        if (
            tree.css("[style], style")
            or inline
            or handlers
            or framed
            or not is_kept
            or any("//" in one for one in loaded)
        ):
            wrong.append(address)
    assert wrong == []


def test_the_numbers_of_the_home_page_are_those_of_the_model(pages: Trees, expo: Expo) -> None:
    """Exhibits, provinces of the 34, exhibits with a reply, and how many of these the proposer itself reports."""
    places = sum(bool(expo.at_place(place)) for place in expo.places_34)
    states = [one.reply_state for one in expo.initiatives]
    replied = len(states) - states.count("none")
    assert text_of(pages["/"], ".hero__numbers b") == [str(len(states)), f"{places}/34", f"{replied}/{len(states)}"]
    told = f"trong đó {states.count('results')} do chính cơ quan đề xuất tự báo kết quả"
    assert text_of(pages["/"], ".hero__numbers small")[-1] == told


def test_the_map_counts_what_the_pages_of_provinces_show(pages: Trees, expo: Expo) -> None:
    """Each tile's number is the number of exhibits on the page it leads to; both archipelagos are named."""
    counts = {}
    for tile in pages["/"].css(".map a.tile"):
        page = pages[urlsplit(urljoin(OWN_HOST + "/", tile.attributes["href"] or "")).path]
        counts[tile.attributes["href"]] = (int(re.findall(r"\d+", tile.text())[0]), len(page.css(".bytheme .hang")))
    assert len(counts) == 34
    assert {href: pair for href, pair in counts.items() if pair[0] != pair[1]} == {}
    assert text_of(pages["/"], ".map .isles") == ["Quần đảo Hoàng Sa(Đà Nẵng)", "Quần đảo Trường Sa(Khánh Hòa)"]


def test_every_reply_stands_on_its_exhibit_and_in_the_book(pages: Trees, expo: Expo) -> None:
    """Each reply is on its exhibit's page and once in /phan-hoi/, newest first, undated last and marked."""
    shown = {one.slug: len(pages[f"/sang-kien/{one.slug}/"].css(".answer .reply")) for one in expo.initiatives}
    answered = sum(bool(one.replies) for one in expo.initiatives)
    assert (sum(shown.values()), sum(count > 0 for count in shown.values())) == (len(expo.replies), answered)
    offices = text_of(pages["/phan-hoi/"], ".ledger__who")
    assert offices == [" ".join(reply.office.split()) for reply in expo.replies]
    undated = [reply for reply in expo.replies if reply.date is None]
    dates = text_of(pages["/phan-hoi/"], ".ledger__date")
    assert [date for date in dates if date.startswith("không rõ ngày")] == dates[len(dates) - len(undated) :]


def exhibit_pages(pages: Trees, expo: Expo) -> Iterator[tuple[str, LexborHTMLParser]]:
    """(number, page) of every exhibit."""
    return ((one.id, pages[f"/sang-kien/{one.slug}/"]) for one in expo.initiatives)


def test_what_was_compiled_says_so_and_only_that(pages: Trees, expo: Expo) -> None:
    """The two submitted name CPII; the other 52 say they were compiled and that nobody endorsed them."""
    origins = {number: text_of(page, ".exhibit__title > .origin")[0] for number, page in exhibit_pages(pages, expo)}
    taking_part = "Một trong các sáng kiến tham gia CPII năm 2021."
    submitted = {number for number, text in origins.items() if text.startswith(taking_part)}
    collected = "Tư liệu công khai do ban biên soạn sưu tầm"
    compiled = {number for number, text in origins.items() if text.startswith(collected)}
    assert submitted == {"SK-0001", "SK-0002"}
    assert compiled == origins.keys() - submitted


def test_the_second_column_never_goes_away(pages: Trees, expo: Expo) -> None:
    """Headed by who speaks; where nobody does, the column says so in the words that fit the origin."""
    for number, page in exhibit_pages(pages, expo):
        initiative = expo.by_id[number]
        results = initiative.reply_state == "results"
        assert text_of(page, ".answer h2") == ["Cơ quan báo kết quả" if results else "Chính quyền trả lời"], number
        if not initiative.replies:
            submitted = initiative.origin == "submitted"
            sentence = "Chưa có phản hồi được công bố." if submitted else "Chưa thấy phản hồi trong các nguồn đã đọc."
            assert text_of(page, ".answer .empty .reply__what") == [sentence], number


def test_every_figure_and_source_is_on_its_page(pages: Trees, expo: Expo) -> None:
    """No figure is left out, each is dated or says that it is not; sources stand numbered in file order."""
    for number, page in exhibit_pages(pages, expo):
        initiative = expo.by_id[number]
        labels = [*text_of(page, "dl.figures dt"), *text_of(page, "table.record th[scope=row]")]
        assert len(labels) == len(initiative.figures), number
        assert all(any(label.startswith(figure.label) for label in labels) for figure in initiative.figures), number
        ids = [node.attributes["id"] for node in page.css("ol.sources > li")]
        assert ids == [f"nguon-{index}" for index in range(1, len(initiative.sources) + 1)], number
    undated = sum(figure.as_of is None for one in expo.initiatives for figure in one.figures)
    text = [one for _, page in exhibit_pages(pages, expo) for one in text_of(page, ".figures .src, .record td")]
    assert sum(one.startswith("không rõ ngày") for one in text) == undated


def test_every_crossing_holds_something_and_none_is_missing(pages: Trees, expo: Expo) -> None:
    """/tinh-thanh/<34>/<theme>/ exists exactly where the two share an exhibit, and shows all of them."""
    expected = {
        f"/tinh-thanh/{place.slug}/{theme.slug}/": {one.title for one in expo.at_place(place) if theme in one.themes}
        for place in expo.places_34
        for theme in expo.themes
    }
    slugs = {place.slug for place in expo.places_34}
    shown = {
        address: set(text_of(page, ".hang h2"))
        for address, page in pages.items()
        if (match := re.fullmatch(r"/tinh-thanh/([^/]+)/(?!bang-tin)[^/]+/", address)) and match[1] in slugs
    }
    assert shown == {address: titles for address, titles in expected.items() if titles}


def test_a_page_of_the_63_tells_its_territory_from_today(pages: Trees) -> None:
    """Đà Nẵng is in both lists with two territories; Quảng Nam is gone into it; Hà Nội is the same."""
    former = pages["/tinh-thanh/truoc-2025/da-nang/"]
    assert text_of(former, "h1") == ["Đà Nẵng trước 1/7/2025"]
    assert "Đà Nẵng ngày nay rộng hơn, có trang riêng" in text_of(former, ".origin")[0]
    gone = pages["/tinh-thanh/truoc-2025/quang-nam/"]
    assert text_of(gone, ".names b") == ["Tỉnh Quảng Nam", "Thành phố Đà Nẵnghiện nay"]
    assert "rộng hơn" not in text_of(pages["/tinh-thanh/truoc-2025/ha-noi/"], ".origin")[0]


def test_names_before_and_since_follow_the_changes_of_type(pages: Trees) -> None:
    """Huế became a city before the mergers, Bắc Ninh after them; Đà Nẵng was made of two."""
    assert text_of(pages["/tinh-thanh/hue/"], ".names b") == [
        "Tỉnh Thừa Thiên Huế",
        "Thành phố Huếhiện nay",
        "Giữ nguyên địa giới",
    ]
    assert text_of(pages["/tinh-thanh/bac-ninh/"], ".names b") == [
        "Tỉnh Bắc Ninh",
        "Tỉnh Bắc Giang",
        "Tỉnh Bắc Ninh",
        "Thành phố Bắc Ninhhiện nay",
    ]
    assert text_of(pages["/tinh-thanh/bac-ninh/"], ".names__when") == [
        "đến 30/06/2025",
        "từ 01/07/2025",
        "từ 20/09/2026",
    ]


def test_the_city_of_a_persons_name_has_its_tp_and_stands_under_h(pages: Trees) -> None:
    """Also among those that it was made of; the kiosk lists places as the catalogue does, the two special ones last."""
    assert "Hợp nhất từ TP. Hồ Chí Minh, " in text_of(pages["/tinh-thanh/ho-chi-minh/"], ".names p")[-1]
    shown = text_of(pages["/trinh-chieu/"], "details li a span:first-child")
    assert [one for one in shown if one.startswith(("H", "TP."))] == ["Hà Nội", "Hà Tĩnh", "TP. Hồ Chí Minh", "Huế"]
    assert shown[-2:] == ["Toàn quốc", "Liên tỉnh"]


def test_one_of_the_63_leads_to_the_name_of_now(pages: Trees) -> None:
    """A province that was merged into what became a city later tells both; one that is as it was, one row."""
    for former in ("bac-ninh", "bac-giang"):
        page = pages[f"/tinh-thanh/truoc-2025/{former}/"]
        assert text_of(page, ".names b")[1:] == ["Tỉnh Bắc Ninh", "Thành phố Bắc Ninhhiện nay"]
        assert text_of(page, ".names__when")[1:] == ["từ 01/07/2025", "từ 20/09/2026"]
    assert text_of(pages["/tinh-thanh/truoc-2025/ha-noi/"], ".names b")[1:] == ["Thành phố Hà Nộihiện nay"]


def test_the_unit_of_now_is_called_the_same_in_both_lists(pages: Trees, expo: Expo) -> None:
    """The name marked as today's on a page of the 63 is the one on the page of today's unit."""
    for place in expo.places_63:
        today = pages[f"/tinh-thanh/{expo.today_of(place).slug}/"]
        former = pages[f"/tinh-thanh/truoc-2025/{place.slug}/"]
        assert now_of(former) == now_of(today) != [], place.slug


def now_of(page: LexborHTMLParser) -> list[str]:
    """Names that a page marks as today's."""
    return [text for text in text_of(page, ".names b") if text.endswith("hiện nay")]


def test_no_place_counts_nothing(pages: Trees, expo: Expo) -> None:
    """Where no office of the place answered, its page says that none was seen, also if others did; never "0"."""
    heads = {address: " ".join(text_of(page, ".exhibit__summary")) for address, page in pages.items()}
    assert [address for address, told in heads.items() if re.search(r"\b0 (sáng kiến|phản hồi)", told)] == []
    central = [one for one in expo.at_place(expo.place_by_key["34:tuyen-quang"]) if one.replies]
    told = heads["/tinh-thanh/tuyen-quang/"]
    assert central and told.endswith("chưa thấy phản hồi được công bố của cơ quan trên địa bàn.")


def test_an_empty_province_says_so_and_offers_one_thing(pages: Trees, expo: Expo) -> None:
    """Provinces without an exhibit have a sentence and a link instead of a bare page."""
    empty = [place for place in expo.places_34 if not expo.at_place(place)]
    assert len(empty) == 6
    for place in empty:
        page = pages[f"/tinh-thanh/{place.slug}/"]
        assert "Chưa có sáng kiến nào của" in text_of(page, ".empty p")[0], place.slug
        assert text_of(page, ".empty a") == ["Gửi sáng kiến đầu tiên"], place.slug


def test_a_short_address_leads_on_without_script(trees: Trees) -> None:
    """/sk/2/ refreshes to Hue-S, links to it, and asks not to be indexed."""
    page = trees["/sk/2/"]
    assert attribute(page, "meta[http-equiv=refresh]", "content") == "0; url=../../sang-kien/hue-s/"
    assert attribute(page, "main a", "href") == "../../sang-kien/hue-s/"
    assert attribute(page, "meta[name=robots]", "content") == "noindex"


def test_the_record_of_deadlines_claims_nothing(pages: Trees, expo: Expo) -> None:
    """No exhibit has a day received and a deadline: a province that has any says once that figures do not suffice."""
    for place in expo.places_34:
        page = pages[f"/tinh-thanh/{place.slug}/"]
        told = text_of(page, "main")[0].count("Chưa đủ số liệu")
        assert told == bool(expo.at_place(place)), place.slug


def test_titles_and_descriptions_are_for_people_who_come_from_outside(pages: Trees, expo: Expo) -> None:
    """No two pages share a title; a description is a sentence that names what is there, never "0 sáng kiến"."""
    titles = [text_of(page, "title")[0] for page in pages.values()]
    assert sorted(titles) == sorted(set(titles))
    told = {address: attribute(page, "meta[name=description]", "content") for address, page in pages.items()}
    assert [address for address, text in told.items() if len(text) < 40 or text.startswith("0 ")] == []
    former = {one for one in told if one.startswith("/tinh-thanh/truoc-2025/") and one != "/tinh-thanh/truoc-2025/"}
    others = {text for address, text in told.items() if address not in former}
    assert [one for one in former if told[one] in others or "(trước 1/7/2025)" not in told[one]] == []
    assert text_of(pages["/tinh-thanh/hue/"], "title") == ["Sáng kiến ở Huế – Triển lãm số"]
    assert text_of(pages["/tinh-thanh/toan-quoc/"], "title") == ["Sáng kiến toàn quốc – Triển lãm số"]
    assert told["/tinh-thanh/hue/"].startswith("3 sáng kiến ở Huế: ")


def test_an_exhibit_leads_to_its_neighbours(pages: Trees, expo: Expo) -> None:
    """What else is there of its theme and its provinces, with true counts, and nothing that holds only itself."""
    for number, page in exhibit_pages(pages, expo):
        here = f"{OWN_HOST}/sang-kien/{expo.by_id[number].slug}/"
        for link in page.css(".nearby a"):
            target = pages[urlsplit(urljoin(here, link.attributes["href"] or "")).path]
            shown = len(target.css("article.hang"))
            count = link.css_first(".n")
            assert count is not None
            assert int(count.text()) == shown, (number, link.text())
            assert shown > 1, (number, link.text())
