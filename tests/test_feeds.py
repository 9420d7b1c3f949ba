"""Feeds, sitemap, robots.txt and redirects: what machines and old addresses get."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from expo.config import make_config
from expo.dates import PartialDate
from expo.model import Expo, Initiative, Place, Proposer, Redirect, Term
from expo.places import load_gazetteer
from expo.render.assets import Assets
from expo.render.feeds import LONGEST_FEED, feed_addresses, feed_files
from expo.render.pages import Site
from expo.render.redirects import plan_redirects
from expo.render.sitemap import robots_file, sitemap_file
from expo.render.words import Words

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HEALTH, WASTE, EMPTY = (
    Term("y-te", "Y tế", "Health"),
    Term("moi-truong", "Môi trường", ""),
    Term("du-lich", "Du lịch", ""),
)


def make_initiative(number: int, place: Place, theme: Term, added: PartialDate, title: str = "Tên") -> Initiative:
    """An exhibit with the least that a record can have."""
    return Initiative(
        id=f"SK-{number:04d}", slug=f"sang-kien-{number}", former_slugs=(), title=title, summary=f"Tóm tắt {number}.",
        added=added, updated=None, places=(place,), province_note="", place_text="", themes=(theme,), aim="",
        stage=Term("pilot", "Thí điểm", "Pilot"), stage_note="", proposer=Proposer("citizen", ""), origin="compiled",
        submitted=None, started=None, started_note="", channels=(), endorsement=None, figures=(), criteria=(),
        cover=None, gallery=(), links=(), video="", sources=(), evidence="", caveats="", adapted_from=(), related=(),
        contact="", tags=(), draft=False, body="", english=None, path=f"initiatives/sang-kien-{number}.md",
    )  # fmt: skip


@pytest.fixture
def site() -> Site:
    """Three exhibits: one of old Quảng Nam (now Đà Nẵng), one nationwide, one renamed."""
    gazetteer = load_gazetteer()
    quang_nam = gazetteer.find("Quảng Nam")["63"]
    nationwide = gazetteer.special[0]
    initiatives = (
        replace(
            make_initiative(1, quang_nam, WASTE, PartialDate(2026, 11, 1), "Rác & <b>nước</b>"),
            summary="Rác & <i>tóm tắt</i>.",
        ),
        replace(make_initiative(2, nationwide, HEALTH, PartialDate(2026, 11, 3)), updated=PartialDate(2026, 12, 1)),
        make_initiative(3, nationwide, HEALTH, PartialDate(2026, 11, 3)),
    )
    expo = Expo(
        initiatives, gazetteer.places_63, gazetteer.places_34, gazetteer.special, (HEALTH, WASTE, EMPTY), {},
        redirects=(
            Redirect("ten-cu", "", "SK-0003"),
            Redirect("da-go", "", "SK-0099"),
            Redirect("nhap", "SK-0012", "SK-0003"),
        ),
    )  # fmt: skip
    return Site(expo, make_config(site_url="https://expo.example/sub", environment={}), Words("vi"), Assets())


def without_address(site: Site) -> Site:
    """The same site where nobody said at what address it will stand."""
    return replace(site, config=make_config(site_url="", environment={}))


def read_feed(site: Site, address: str) -> ElementTree.Element:
    """A feed of the site, parsed."""
    return ElementTree.fromstring({file.address: file.content for file in feed_files(site)}[address])


def test_whole_places_and_themes_with_exhibits_have_feeds(site: Site) -> None:
    """An exhibit of a former province is in the feed of today's; what is empty has none."""
    assert sorted(feed_addresses(site)) == [
        "/chu-de/moi-truong/feed.xml",
        "/chu-de/y-te/feed.xml",
        "/feed.xml",
        "/tinh-thanh/da-nang/feed.xml",
        "/tinh-thanh/toan-quoc/feed.xml",
    ]


def test_the_last_changed_comes_first(site: Site) -> None:
    """A correction brings an exhibit up; the id is the number's address, so that a new slug is no new entry."""
    feed = read_feed(site, "/feed.xml")
    assert [entry.findtext("a:id", None, ATOM) for entry in feed.findall("a:entry", ATOM)] == [
        f"https://expo.example/sub/sk/{number}/" for number in (2, 3, 1)
    ]
    assert feed.findtext("a:updated", None, ATOM) == "2026-12-01T00:00:00+07:00"


def test_an_entry_says_what_and_when(site: Site) -> None:
    """Title and summary are text: what looks like a tag stays visible."""
    entry = read_feed(site, "/tinh-thanh/da-nang/feed.xml").find("a:entry", ATOM)
    assert entry is not None
    link, category = entry.find("a:link", ATOM), entry.find("a:category", ATOM)
    assert link is not None and category is not None
    assert [entry.find(f"a:{tag}", ATOM).get("type", "text") for tag in ("title", "summary")] == ["text", "text"]
    texts = [entry.findtext(f"a:{tag}", None, ATOM) for tag in ("title", "summary", "published", "updated")]
    assert texts == [
        "Rác & <b>nước</b>",
        "Rác & <i>tóm tắt</i>.",
        "2026-11-01T00:00:00+07:00",
        "2026-11-01T00:00:00+07:00",
    ]
    assert link.get("href") == "https://expo.example/sub/sang-kien/sang-kien-1/"
    assert category.get("term") == "Môi trường"


def test_a_feed_names_itself_and_its_page(site: Site) -> None:
    """Readers find back to the page, and subscribe to the feed's own address. The expo has the name of citations."""
    feed = read_feed(site, "/chu-de/y-te/feed.xml")
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert feed.findtext("a:title", None, ATOM) == "Y tế – Triển lãm số Sáng kiến Đổi mới sáng tạo vì người dân"
    assert links == {
        "alternate": "https://expo.example/sub/chu-de/y-te/",
        "self": "https://expo.example/sub/chu-de/y-te/feed.xml",
    }


def test_a_feed_is_bounded(site: Site) -> None:
    """Thirty entries, however many exhibits hang."""
    place = site.expo.special_places[0]
    many = tuple(make_initiative(number, place, HEALTH, PartialDate(2026, 11, 1)) for number in range(1, 41))
    crowded = replace(site, expo=replace(site.expo, initiatives=many))
    assert len(read_feed(crowded, "/feed.xml").findall("a:entry", ATOM)) == LONGEST_FEED


def test_the_same_content_gives_the_same_feeds(site: Site) -> None:
    """No time of building is in them."""
    assert [one.content for one in feed_files(site)] == [one.content for one in feed_files(site)]


def test_without_an_address_there_is_no_feed_and_no_sitemap(site: Site) -> None:
    """Both need absolute addresses; robots.txt does without."""
    nowhere = without_address(site)
    assert (feed_files(nowhere), sitemap_file(nowhere, ["/"])) == ([], None)
    assert robots_file(nowhere).content == b"User-agent: *\nAllow: /\n"
    assert robots_file(site).content.endswith(b"Allow: /\nSitemap: https://expo.example/sub/sitemap.xml\n")


def test_the_sitemap_lists_pages_once_and_no_redirect(site: Site) -> None:
    """Exhibits carry the day they changed; 404, short addresses and former slugs are left out."""
    addresses = [
        "/",
        "/sang-kien/sang-kien-2/",
        "/sang-kien/ten-cu/",
        "/sang-kien/nhap/",
        "/sk/2/",
        "/404.html",
        "/",
        "/gioi-thieu/",
    ]
    file = sitemap_file(site, addresses)
    assert file is not None
    assert file.content.decode() == (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<url><loc>https://expo.example/sub/</loc></url>\n"
        "<url><loc>https://expo.example/sub/gioi-thieu/</loc></url>\n"
        "<url><loc>https://expo.example/sub/sang-kien/sang-kien-2/</loc><lastmod>2026-12-01</lastmod></url>\n"
        "</urlset>\n"
    )


def test_numbers_and_former_slugs_lead_to_the_exhibit(site: Site) -> None:
    """So do both addresses of what was merged into it; a former slug of an exhibit that is gone has no page here."""
    assert [(page.address, page.template, page.context["target"]) for page in plan_redirects(site)] == [
        ("/sk/1/", "redirect.html", "/sang-kien/sang-kien-1/"),
        ("/sk/2/", "redirect.html", "/sang-kien/sang-kien-2/"),
        ("/sk/3/", "redirect.html", "/sang-kien/sang-kien-3/"),
        ("/sang-kien/ten-cu/", "redirect.html", "/sang-kien/sang-kien-3/"),
        ("/sang-kien/nhap/", "redirect.html", "/sang-kien/sang-kien-3/"),
        ("/sk/12/", "redirect.html", "/sang-kien/sang-kien-3/"),
    ]
