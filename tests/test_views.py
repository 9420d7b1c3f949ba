"""What views decide before a template prints: figures in the open, words of states, dates, the door, links."""

from __future__ import annotations

from dataclasses import replace

import pytest

from expo.config import make_config
from expo.dates import PartialDate
from expo.model import Expo, Figure
from expo.pipeline import load_expo
from expo.render.assets import load_assets
from expo.render.environment import make_environment
from expo.render.pages import Later, Page, Site
from expo.render.plan import plan_pages
from expo.render.views.cards import make_card, make_state, name_with_today
from expo.render.views.figures import choose_front, is_unflattering, make_figures, sort_newest
from expo.render.views.home import choose_door
from expo.render.views.ledger import make_when
from expo.render.views.timeline import make_timeline
from expo.render.words import Words

SITE_URL, REPOSITORY = "https://expo.example.org/trien-lam", "https://code.example.org/trien-lam"


@pytest.fixture(scope="module")
def expo() -> Expo:
    """The real content."""
    return load_expo(make_config())


@pytest.fixture(scope="module")
def site(expo: Expo) -> Site:
    """A site whose address and repository are known."""
    config = make_config(site_url=SITE_URL, environment={"EXPO_REPOSITORY_URL": REPOSITORY})
    return Site(expo, config, Words("vi"), load_assets(config.project / "theme" / "static"))


def make_figure(label: str, value: float, as_of: str | None = "2022", unit: str = "%") -> Figure:
    """A figure of a year, exact."""
    date = PartialDate(int(as_of)) if as_of else None
    return Figure(label, label, value, unit, unit, "exact", date, "nguon")


def test_the_newest_figures_stand_in_front_and_undated_ones_last() -> None:
    """Newest first; equals keep the order of the file."""
    old, new, undated = make_figure("cũ", 1, "2019"), make_figure("mới", 2, "2024"), make_figure("không ngày", 3, None)
    assert sort_newest([undated, old, new]) == [new, old, undated]


def test_a_share_is_never_shown_without_the_one_that_completes_it() -> None:
    """Of a date that does not fit whole, pairs that make 100% go before the rest."""
    newest = [make_figure("nhận", 177_000, "2025", "tin"), make_figure("xử lý", 121_000, "2025", "tin")]
    downloads = make_figure("lượt tải", 793_050, unit="lượt")
    pair = [make_figure("hài lòng", 77.7), make_figure("phần còn lại", 22.3)]
    assert choose_front([*newest, downloads, *pair]) == [*newest, *pair]


def test_an_unflattering_figure_is_not_folded_while_a_flattering_one_of_its_day_is_shown() -> None:
    """Five figures of one date: the late ones are among the four in the open."""
    figures = [make_figure(f"đẹp {number}", number, unit="tin") for number in range(4)]
    late = make_figure("Trễ hạn", 125, unit="tin")
    assert choose_front([*figures, late]) == [*figures[:3], late]


@pytest.mark.parametrize(
    ("label", "expected"),
    [("Mức không hài lòng", True), ("Phản ánh trễ hạn", True), ("Kết quả xử lý", False), ("Số hộ được hỗ trợ", False)],
)
def test_an_unflattering_label_is_known_by_its_words(label: str, expected: bool) -> None:
    """By whole words with their marks: "quá hạn" is one, "kết quả" is not."""
    assert is_unflattering(make_figure(label, 1)) is expected


def test_hue_s_shows_dissatisfaction_beside_satisfaction(site: Site) -> None:
    """The two newest totals, then 77.7% and 22.3%; six older figures are folded, none lost."""
    figures = make_figures(site, site.expo.by_id["SK-0002"])
    shown = [(one.qualifier, one.value, one.is_percent) for one in figures.front]
    assert shown == [("hơn", "177.000", False), ("", "121.000", False), ("", "77,7", True), ("", "22,3", True)]
    assert len(figures.rest) == 6


def test_the_reply_state_has_its_words(site: Site, expo: Expo) -> None:
    """Answered, results, none of a submitted and none of a compiled exhibit are four different sentences."""
    texts = {(one.reply_state, one.origin): make_state(site, one).text for one in expo.initiatives}
    assert texts["results", "compiled"] == "Có báo cáo kết quả"
    assert texts["none", "submitted"] == "Chưa có phản hồi được công bố"
    assert texts["none", "compiled"] == "Chưa thấy phản hồi trong các nguồn đã đọc"
    assert texts["answered", "compiled"].startswith("Có ")


def test_a_place_keeps_the_name_of_its_time_and_tells_todays(site: Site, expo: Expo) -> None:
    """Gone and renamed units say what they are now; kept names don't; the city of a person's name has its TP."""
    keys = ("63:quang-nam", "63:thua-thien-hue", "63:da-nang")
    assert {key: name_with_today(site, expo.place_by_key[key]) for key in keys} == {
        "63:quang-nam": "Quảng Nam (nay là Đà Nẵng)",
        "63:thua-thien-hue": "Thừa Thiên Huế (nay là Huế)",
        "63:da-nang": "Đà Nẵng",
    }
    assert name_with_today(site, expo.place_by_key["63:binh-duong"]) == "Bình Dương (nay là TP. Hồ Chí Minh)"


def test_a_reply_is_dated_in_the_words_of_its_source(site: Site, expo: Expo) -> None:
    """ "đầu tháng 12/2019" stays; a reply without a date says so."""
    hue = {make_when(site, reply).text for reply in expo.by_id["SK-0002"].replies}
    assert "đầu tháng 12/2019" in hue
    undated = next(reply for reply in expo.replies if reply.date is None)
    assert (make_when(site, undated).text, make_when(site, undated).iso) == ("không rõ ngày", "")
    reviewed = make_when(site, replace(undated, date_text="không rõ ngày (sơ kết)"))
    assert (reviewed.text, reviewed.iso) == ("không rõ ngày (sơ kết)", "")


def test_the_timeline_runs_from_oldest_to_newest(site: Site) -> None:
    """Hue-S: begins in 07/2019, ends with the totals of 09/2025; replies are marked and lead to themselves."""
    events = make_timeline(site, site.expo.by_id["SK-0002"])
    assert (events[0].when, events[0].texts, events[-1].when) == ("07/2019", ("Bắt đầu.",), "09/2025")
    assert [event.address.startswith("#") for event in events if event.is_reply] == [True, True]


def test_at_the_door_stands_who_waits_longest(expo: Expo) -> None:
    """The first submitted exhibit without an answer; the newest where nobody waits; nobody in an empty expo."""
    assert choose_door(expo) == expo.by_id["SK-0001"]
    others = replace(expo, initiatives=tuple(one for one in expo.initiatives if one.id != "SK-0001"))
    assert choose_door(others) == others.newest[0]
    assert choose_door(replace(expo, initiatives=())) is None


def render(site: Site, address: str) -> str:
    """One page of a site, as its template gives it."""
    page = next(page for page in plan_pages(site) if page.address == address)
    environment = make_environment(site, [site.config.project / "theme" / "templates"])
    return environment.get_template(page.template).render({**page.context, "here": page.address, "lang": page.lang})


def test_with_a_known_address_an_exhibit_can_be_shared_and_reported(site: Site) -> None:
    """Canonical link, Zalo, Facebook, the source file and the report link are there."""
    html = render(site, "/sang-kien/hue-s/")
    shared = "https%3A%2F%2Fexpo.example.org%2Ftrien-lam%2Fsang-kien%2Fhue-s%2F"
    expected = (
        f'<link rel="canonical" href="{SITE_URL}/sang-kien/hue-s/">',
        'href="https://chat.zalo.me/"',
        f'href="https://www.facebook.com/sharer/sharer.php?u={shared}"',
        f'href="{REPOSITORY}/blob/main/content/initiatives/hue-s.md"',
        f'href="{REPOSITORY}/issues/new?title=Sai+s%C3%B3t+%E1%BB%9F+SK-0002"',
    )
    assert [one for one in expected if one not in html] == []


def test_without_addresses_links_that_need_one_are_left_out(expo: Expo) -> None:
    """No canonical, share, report or source link, and none of them empty."""
    config = make_config(environment={})
    bare = Site(expo, config, Words("vi"), load_assets(config.project / "theme" / "static"))
    html = render(bare, "/sang-kien/hue-s/")
    needing = ("canonical", "zalo.me/share", "sharer.php", "/blob/", "issues/new", 'href=""')
    assert [one for one in needing if one in html] == []


def test_strangers_text_is_shown_as_text(site: Site, expo: Expo) -> None:
    """Markup in a title, summary, place or caveat is escaped on its page and on the wall."""
    evil = '<script>alert("x")</script>'
    changed = replace(expo.by_id["SK-0002"], title=evil, summary=evil, place_text=evil, caveats=evil, stage_note=evil)
    others = tuple(changed if one.id == changed.id else one for one in expo.initiatives)
    evil_site = replace(site, expo=replace(expo, initiatives=others))
    for address in ("/sang-kien/hue-s/", "/chu-de/phan-anh-gop-y/", "/tinh-thanh/hue/", "/phan-hoi/"):
        assert "<script>alert" not in render(evil_site, address), address


def test_an_expo_without_exhibits_still_has_its_pages(site: Site, expo: Expo) -> None:
    """Every page of an empty content folder renders."""
    empty = replace(site, expo=replace(expo, initiatives=(), collections=()))
    environment = make_environment(empty, [site.config.project / "theme" / "templates"])
    for page in plan_pages(empty):
        environment.get_template(page.template).render({**page.context, "here": page.address, "lang": page.lang})


def test_a_withdrawn_exhibit_leaves_a_notice(site: Site, expo: Expo) -> None:
    """Both of its addresses say that it was taken down."""
    gone = replace(site, expo=replace(expo, withdrawn=(("SK-0099", "da-go"),)))
    for address in ("/sk/99/", "/sang-kien/da-go/"):
        assert "<h1>SK-0099 đã được gỡ</h1>" in render(gone, address)


def test_a_card_counts_places_beyond_two(site: Site, expo: Expo) -> None:
    """Thirteen provinces are a number on a card."""
    assert make_card(site, expo.by_id["SK-0035"]).place == f"{len(expo.by_id['SK-0035'].places)} tỉnh, thành"


def test_values_of_many_pages_are_made_when_they_are_wanted() -> None:
    """And not kept: only who looks inside without asking for the page as it is made has them once."""
    made: list[int] = []

    def make() -> dict[str, object]:
        made.append(1)
        return {"title": "x"}

    page = Page("/a/", "a.html", Later(make)).with_default("updated_on", 2).with_default("title", "y")
    assert made == []
    assert [dict(page.made().context) for _ in range(2)] == [{"title": "x", "updated_on": 2}] * 2
    assert len(made) == 2
    assert (page.context["title"], len(page.context), len(made)) == ("x", 2, 3)
