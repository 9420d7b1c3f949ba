"""What messengers and search engines read: Open Graph, the card of Twitter, JSON-LD; and captions to paste.

The pages are rendered by the real templates; the JSON is parsed as a browser would hand it out.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from expo.config import make_config
from expo.model import Expo
from expo.pipeline import load_expo
from expo.render.assets import Assets, load_assets
from expo.render.environment import make_environment
from expo.render.linked_data import describe_exhibit
from expo.render.pages import Site
from expo.render.plan import plan_pages
from expo.render.share_cards import plan_share_cards
from expo.render.views.captions import first_sentence, make_caption, make_citation
from expo.render.words import Words

PROJECT = Path(__file__).resolve().parent.parent
SMALL = Path(__file__).resolve().parent / "data" / "small"
SITE_URL = "https://expo.example/sub"
HOSTILE = '</script><script>alert(1)</script> "\u2028&'


@pytest.fixture(scope="module")
def site() -> Site:
    """The small site, at an address."""
    return make_site(SITE_URL)


def make_site(site_url: str, expo: Expo | None = None) -> Site:
    """A site that knows its address, or one that does not."""
    config = make_config(content=SMALL, site_url=site_url, environment={})
    site = Site(expo or load_expo(config), config, Words("vi"), load_assets(PROJECT / "theme" / "static"))
    site.cards.update(plan_share_cards(site))
    return site


def render(site: Site, address: str) -> LexborHTMLParser:
    """A page by its address."""
    page = next(page for page in plan_pages(site) if page.address == address)
    environment = make_environment(site, [PROJECT / "theme" / "templates"])
    html = environment.get_template(page.template).render({**page.context, "here": page.address, "lang": page.lang})
    return LexborHTMLParser(html)


def meta(page: LexborHTMLParser) -> dict[str, str]:
    """Content of every meta element by its name or property."""
    found = {}
    for node in page.css("meta[content]"):
        values = node.attributes
        found[str(values.get("property") or values.get("name"))] = str(values["content"])
    return found


def linked(page: LexborHTMLParser) -> list[dict[str, Any]]:
    """Things that the JSON-LD of a page describes."""
    (node,) = page.css('script[type="application/ld+json"]')
    things: list[dict[str, Any]] = json.loads(node.text())["@graph"]
    return things


@pytest.mark.parametrize(
    "address",
    ["/sang-kien/cong-gop-y-vi-du/", "/tinh-thanh/hue/", "/tinh-thanh/truoc-2025/quang-nam/", "/chu-de/y-te/"],
)
def test_a_page_shows_its_own_card(site: Site, address: str) -> None:
    """By its whole address, with size, kind and words for those who cannot see it."""
    found, card = meta(render(site, address)), site.cards[address]
    shown = {name: found[name] for name in found if name.startswith("og:image")}
    assert shown == {
        "og:image": SITE_URL + card.address,
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": card.alt,
    }
    assert found["twitter:card"] == "summary_large_image"


def test_other_pages_show_the_card_of_the_site(site: Site) -> None:
    """A link is never shared without a picture."""
    assert meta(render(site, "/chu-de/"))["og:image"] == SITE_URL + site.cards["/"].address


def test_without_an_address_nothing_is_said() -> None:
    """No relative addresses where only whole ones are understood."""
    nowhere = make_site("")
    page = render(nowhere, "/sang-kien/cong-gop-y-vi-du/")
    assert [name for name in meta(page) if name.startswith(("og:", "article:", "twitter:"))] == []
    assert page.css('script[type="application/ld+json"]') == []


def test_an_exhibit_is_described_by_its_record(site: Site) -> None:
    """Every value is in the file; what is not known is left out."""
    page = render(site, "/sang-kien/cong-gop-y-vi-du/")
    one = next(i for i in site.expo.initiatives if i.slug == "cong-gop-y-vi-du")
    article, crumbs = linked(page)
    assert article == {
        "@type": "Article",
        "@id": f"{SITE_URL}/sk/{one.number}/",
        "identifier": one.id,
        "headline": one.title,
        "description": one.summary,
        "url": f"{SITE_URL}/sang-kien/{one.slug}/",
        "image": SITE_URL + site.cards[f"/sang-kien/{one.slug}/"].address,
        "datePublished": one.added.iso,
        "dateModified": one.changed.iso,
        "inLanguage": "vi",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "about": [{"@type": "Thing", "name": theme.name} for theme in one.themes],
        **({"spatialCoverage": article["spatialCoverage"]} if "spatialCoverage" in article else {}),
        **({"citation": article["citation"]} if "citation" in article else {}),
    }
    assert [place["name"] for place in article.get("spatialCoverage", [])] == [
        place.name for place in one.places if place.scheme != "special"
    ]
    assert [source["url"] for source in article.get("citation", [])] == [s.address for s in one.sources if s.address]
    assert [step["item"] for step in crumbs["itemListElement"]] == [
        f"{SITE_URL}/sang-kien/", f"{SITE_URL}/chu-de/{one.themes[0].slug}/", article["url"],
    ]  # fmt: skip
    assert (meta(page)["article:published_time"], meta(page)["article:modified_time"]) == (
        one.added.iso,
        one.changed.iso,
    )


def test_a_province_is_a_place(site: Site) -> None:
    """One of the two that are none has breadcrumbs only."""
    place, crumbs = linked(render(site, "/tinh-thanh/hue/"))
    assert (place["@type"], place["name"], place["url"]) == (
        "AdministrativeArea", "Huế", f"{SITE_URL}/tinh-thanh/hue/",
    )  # fmt: skip
    assert crumbs["@type"] == "BreadcrumbList"
    assert [thing["@type"] for thing in linked(render(site, "/tinh-thanh/toan-quoc/"))] == ["BreadcrumbList"]


@pytest.mark.parametrize("address", ["/tinh-thanh/hue/", "/tinh-thanh/truoc-2025/quang-nam/", "/chu-de/y-te/"])
def test_breadcrumbs_are_those_that_the_page_shows(site: Site, address: str) -> None:
    """All that are links, with the same words; then the page itself."""
    page = render(site, address)
    shown = [
        (node.text(), urljoin(f"{SITE_URL}{address}", str(node.attributes["href"]))) for node in page.css(".crumbs a")
    ]
    steps = [(step["name"], step["item"]) for step in linked(page)[-1]["itemListElement"]]
    assert steps[:-1] == shown
    assert steps[-1][1] == SITE_URL + address


def test_no_text_ends_the_script(site: Site) -> None:
    """A title with `</script>` stays a title."""
    one = replace(site.expo.initiatives[0], summary=HOSTILE)
    element = str(describe_exhibit(site, one, HOSTILE))
    inside = element.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028") & set(inside)
    assert json.loads(inside)["@graph"][0]["headline"] == HOSTILE


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Một câu. Hai câu.", "Một câu."),
        ("Ở TP. Huế có cổng góp ý. Người dân gửi ảnh.", "Ở TP. Huế có cổng góp ý."),
        ("Đạt 1.234,5 lượt. Đến 2025 thì hết.", "Đạt 1.234,5 lượt."),
        ("Không có dấu chấm", "Không có dấu chấm"),
        ("Ông nói: “Được rồi.” Ai cũng mừng.", "Ông nói: “Được rồi.”"),
    ],
)
def test_a_caption_takes_the_first_sentence(text: str, first: str) -> None:
    """Not cut at a short form or within a number."""
    assert first_sentence(text) == first


def test_a_caption_is_ready_to_paste(site: Site) -> None:
    """Title, one sentence, number and the address for ever; the number alone where no address is known."""
    one = site.expo.initiatives[0]
    last = f"{one.id} · {SITE_URL}/sk/{one.number}/"
    assert make_caption(site, one) == (one.title, first_sentence(one.summary), last)
    nowhere = replace(site, config=make_config(content=SMALL, site_url="", environment={}), assets=Assets())
    assert make_caption(nowhere, one)[-1] == one.id
    page = render(site, f"/sang-kien/{one.slug}/")
    shown = page.css_first("#loi-dan")
    assert shown is not None and one.title in shown.text()


def test_a_citation_says_what_where_and_when(site: Site) -> None:
    """Title, exhibition, number, date of the last change, permanent address; without a known address it ends before."""
    one = site.expo.initiatives[0]
    place = "Triển lãm số Sáng kiến Đổi mới sáng tạo vì người dân"
    text = f"{one.id}. {one.title}. {place}, cập nhật {site.words.date(one.changed)}."
    assert make_citation(site, one) == f"{text} {SITE_URL}/sk/{one.number}/"
    nowhere = replace(site, config=make_config(content=SMALL, site_url="", environment={}), assets=Assets())
    assert make_citation(nowhere, one) == text
    shown = render(site, f"/sang-kien/{one.slug}/").css_first("#loi-trich")
    assert shown is not None and shown.text() == make_citation(site, one)


def test_share_links_are_plain(site: Site) -> None:
    """Facebook by a link with the address, Zalo, which has none, by its own page; no script of theirs, no request."""
    page = render(site, "/sang-kien/cong-gop-y-vi-du/")
    address = "https%3A%2F%2Fexpo.example%2Fsub%2Fsang-kien%2Fcong-gop-y-vi-du%2F"
    links = [str(node.attributes["href"]) for node in page.css("#chia-se .actions a")][:2]
    assert links == [
        "https://chat.zalo.me/",
        f"https://www.facebook.com/sharer/sharer.php?u={address}",
    ]
    assert [
        str(node.attributes.get("src")) for node in page.css("script[src]") if "//" in str(node.attributes["src"])
    ] == []
