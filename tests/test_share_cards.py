"""Share cards: 1200 × 630, small, the same for ever from the same words, legible however long the title is.

References are kept at a quarter of the size and compared with a tolerance: edges of letters may differ by a shade
between versions of the library, a letter that is missing or lies elsewhere may not.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from PIL import Image, ImageChops, ImageStat

from expo import config
from expo.cache import Cache
from expo.cli import main
from expo.config import make_config
from expo.inputs import hash_inputs
from expo.pipeline import load_expo
from expo.render import card_drawing
from expo.render.ahead import make_ahead
from expo.render.assets import Assets
from expo.render.card_drawing import LEFT, RIGHT, TITLE_SIZES, CardText, Strip, _font, draw_card, lay_out_title
from expo.render.covers import ROWS, Loom, choose_accent, weave_threads
from expo.render.dyes import Dyes, read_dyes
from expo.render.motifs import HALF
from expo.render.pages import Site
from expo.render.share_cards import CARDS_PER_PROCESS, ShareCard, plan_share_cards
from expo.render.stitches import read_stitches, thread_at
from expo.render.views.cards import exhibit_address, theme_address
from expo.render.words import Words

PROJECT = Path(__file__).resolve().parent.parent
REFERENCES = Path(__file__).resolve().parent / "data" / "share-cards"
SMALL = Path(__file__).resolve().parent / "data" / "small"
FONTS = PROJECT / "theme" / "fonts"
BOLD = str(FONTS / "be-vietnam-pro-700.ttf")
BRAND = ("Triển lãm số", "Sáng kiến đổi mới vì người dân")
LONG = (
    "Ứng dụng tiếp nhận, phân loại và trả lời phản ánh của người dân vùng sâu, vùng xa, biên giới và hải đảo tỉnh Mẫu, "
)
LONG = (LONG * 2)[:140]
TITLES = {
    "marks": "Ẫ ộ ỗ Ổ Ệ Ự ẵ ặ ữ: Cổng góp ý của người dân",
    "long": LONG,
    "word": "Ẫ" * 140,
    "capitals": "TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG XÃ MẪU: ĐƯỜNG DÂY NÓNG, HỘP THƯ GÓP Ý, NGỘ ĐỘC, "
    "LỖ HỔNG, ĐỀ XUẤT, ẤP VĂN HÓA, ĐỔI MỚI VÌ NGƯỜI DÂN VÀ CƠ SỞ",
}


@pytest.fixture(scope="module")
def dyes() -> Dyes:
    """The colours of the style sheet."""
    return read_dyes(PROJECT / "theme" / "static")


def make_text(title: str, **others: object) -> CardText:
    """The words of a card of an exhibit that nobody has answered."""
    text = CardText(
        label="SK-0002",
        title=title,
        lines=("Thừa Thiên Huế (nay là Huế)", "Phản ánh, góp ý của người dân"),
        states=(("pilot", "Thí điểm"), ("none", "Chưa thấy phản hồi trong các nguồn đã đọc")),
        hem="open",
        brand=BRAND,
    )
    return replace(text, **others)  # type: ignore[arg-type]


def make_strip(seed: str = "SK-0002", theme: str = "y-te") -> Strip:
    """A cloth and its dyes."""
    return Strip(weave_threads(seed), theme, choose_accent(seed, theme))


def look(content: bytes) -> Image.Image:
    """What came out, decoded."""
    return Image.open(io.BytesIO(content)).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of a colour's part, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


CARDS = {
    **{name: make_text(title) for name, title in TITLES.items()},
    "answered": make_text(
        "Hue-S", states=(("full-scale", "Triển khai rộng"), ("answered", "Có 2 phản hồi")), hem="woven"
    ),
    "place": make_text("Bà Rịa – Vũng Tàu", states=(), hem="", lines=("3 sáng kiến",)),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_looks_as_it_was_approved(name: str, dyes: Dyes) -> None:
    """Every kind of card, and every kind of title that is hard to set, is like the picture that was looked at."""
    strips = [make_strip(), make_strip("SK-0007", "moi-truong")] if name == "place" else [make_strip()]
    content = draw_card(CARDS[name], strips, dyes, FONTS)
    picture = look(content)
    assert (picture.size, len(content) < 61_440) == ((1200, 630), True)
    small = picture.resize((300, 158), Image.Resampling.BOX)
    with Image.open(REFERENCES / f"{name}.png") as reference:
        assert difference(small, reference.convert("RGB")) < 1.2


def test_a_mark_that_is_missing_is_seen(dyes: Dyes) -> None:
    """The tolerance is narrow enough for what it guards: one title without its marks is too far off."""
    plain = make_text("A o o O E U a a u: Cong gop y cua nguoi dan")
    small = look(draw_card(plain, [make_strip()], dyes, FONTS)).resize((300, 158), Image.Resampling.BOX)
    with Image.open(REFERENCES / "marks.png") as reference:
        assert difference(small, reference.convert("RGB")) > 1.2


def test_the_same_words_give_the_same_bytes(dyes: Dyes) -> None:
    """However they were typed: letters with loose marks come out as the precomposed ones."""
    once = draw_card(make_text(TITLES["marks"]), [make_strip()], dyes, FONTS)
    assert draw_card(make_text(TITLES["marks"]), [make_strip()], dyes, FONTS) == once
    assert draw_card(make_text(normalize("NFD", TITLES["marks"])), [make_strip()], dyes, FONTS) == once


@pytest.mark.parametrize("name", TITLES)
def test_a_title_of_140_characters_keeps_within_its_room(name: str) -> None:
    """No line is wider than the card, all lines fit, and no letter is lost."""
    size, height, lines = lay_out_title(TITLES[name], BOLD, 220, TITLE_SIZES)
    assert len(lines) * height <= 220
    assert max(_font(BOLD, size).getlength(line) for line in lines) <= RIGHT - LEFT
    assert "".join(lines).replace(" ", "") == TITLES[name].replace(" ", "")


def test_letters_that_the_font_lacks_leave_no_boxes() -> None:
    """Foreign marks are kept where the font has them; a picture letter or a Chinese one goes."""
    assert lay_out_title("Šiška 漢 😀 → <b>&", BOLD, 220, (40,))[2] == ["Šiška <b>&"]


def test_a_long_line_ends_in_dots() -> None:
    """Nothing but the title may take more than its line."""
    size, words = card_drawing._fit("Thừa Thiên Huế (nay là Huế), " * 4, BOLD, (27, 21))
    assert (size, words[-1]) == (21, "…")
    assert _font(BOLD, size).getlength(words) <= RIGHT - LEFT


def test_a_cloth_is_read_back_stitch_by_stitch() -> None:
    """The card shows the cloth of the page: mirrored about its middle, repeated to both sides."""
    cloth = read_stitches(weave_threads("SK-0002"))
    assert (len(cloth), {len(row) for row in cloth}, set("".join(cloth)) <= set("gfctk")) == (ROWS, {HALF + 1}, True)
    for y in (0, 9, 30):
        row = "".join(thread_at(cloth, x, y) for x in range(-24, 25))
        assert (row, row[:24]) == (row[::-1], row[24:48])
        assert row == "".join(thread_at(cloth, x, -y) for x in range(-24, 25))


def test_the_stitches_are_those_that_a_browser_draws(page: object, dyes: Dyes) -> None:
    """The same cloth as SVG in Chromium and as stitches here: the colour in the middle of each is the same."""
    from playwright.sync_api import Page

    assert isinstance(page, Page)
    svg = Loom().cover_svg("SK-0011", "1", "-12 -15 25 31")
    threads = dyes.threads("y-te", "la")
    style = "".join(f".w{name}{{stroke:rgb{colour}}}" for name, colour in threads.items())
    page.set_viewport_size({"width": 250, "height": 310})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:250px;height:310px}}{style}</style>{svg}")
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    cloth = read_stitches(weave_threads("SK-0011"))
    wrong = [
        (x, y)
        for y in range(-15, 16)
        for x in range(-12, 13)
        if shown.getpixel(((x + 12) * 10 + 5, (y + 15) * 10 + 5)) != threads[thread_at(cloth, x, y)]
    ]
    assert wrong == []


def make_site(cache: Path, site_url: str = "https://expo.example") -> Site:
    """The small site, of which only the cards are asked for."""
    config = replace(make_config(content=SMALL, site_url=site_url, environment={}), cache=cache)
    return Site(load_expo(config), config, Words("vi"), Assets(), cache=Cache(cache))


def test_every_exhibit_place_and_theme_has_a_card(tmp_path: Path) -> None:
    """And one for the site; the words in `alt` say what the picture does."""
    site = make_site(tmp_path)
    cards = plan_share_cards(site)
    expo = site.expo
    assert len(cards) == 1 + len(expo.initiatives) + 34 + 63 + len(expo.special_places) + len(expo.themes)
    assert len({card.address for card in cards.values()}) == len(cards)
    first = cards[f"/sang-kien/{expo.initiatives[0].slug}/"]
    assert first.alt.startswith(f"{first.text.label}: {first.text.title}. ")
    assert first.alt.endswith(first.text.states[-1][1])


def test_without_an_address_of_the_site_there_are_no_cards(tmp_path: Path) -> None:
    """No page could name them."""
    assert plan_share_cards(make_site(tmp_path, "")) == {}


def test_very_many_exhibits_have_cards_only_if_a_setting_wants_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages of exhibits name the site's; places and themes keep theirs."""
    site = make_site(tmp_path)
    monkeypatch.setattr(config, "MOST_SHARE_CARDS", len(site.expo.initiatives) - 1)
    few = plan_share_cards(site)
    assert "/" in few and theme_address(site.expo.themes[0]) in few
    assert not [one for one in site.expo.initiatives if exhibit_address(one) in few]
    wanted = make_config(environment={"EXPO_SHARE_CARDS": "all"}, site_url=site.config.site_url)
    assert all(exhibit_address(one) in plan_share_cards(replace(site, config=wanted)) for one in site.expo.initiatives)
    assert hash_inputs(wanted) != hash_inputs(replace(wanted, all_share_cards=False))


def test_a_build_says_when_exhibits_share_a_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And their pages name it."""
    monkeypatch.setattr(config, "MOST_SHARE_CARDS", 1)
    monkeypatch.setenv("EXPO_CACHE_DIR", str(tmp_path / "cache"))
    command = [
        "build",
        "--content",
        str(SMALL),
        "--output",
        str(tmp_path / "site"),
        "--site-url",
        "https://expo.example",
    ]
    page = tmp_path / "site" / "sang-kien" / load_expo(make_config(content=SMALL)).initiatives[0].slug / "index.html"
    for setting, is_said in (("", True), ("all", False)):
        monkeypatch.setenv("EXPO_SHARE_CARDS", setting)
        assert main(command) == 0
        assert ("EXPO_SHARE_CARDS=all" in capsys.readouterr().out) is is_said
        assert ("/assets/the/trien-lam-" in page.read_text("utf-8")) is is_said


def test_a_card_has_a_new_address_when_its_words_change(tmp_path: Path) -> None:
    """Messengers keep pictures by address; what did not change keeps its own."""
    card = plan_share_cards(make_site(tmp_path))["/"]
    again = plan_share_cards(make_site(tmp_path))["/"]
    other = replace(card, text=replace(card.text, title="Khác"))
    assert (again.address, other.address != card.address) == (card.address, True)


def test_cards_are_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ahead, in processes, into the cache; a second build draws none."""
    cards = list(plan_share_cards(make_site(tmp_path)).values())[:14]
    make_ahead(cards, CARDS_PER_PROCESS, 2)
    kept = [card.content for card in cards]

    def fail(*_: object) -> bytes:
        raise AssertionError("drawn again")

    monkeypatch.setattr("expo.render.share_cards.draw_card", fail)
    again: list[ShareCard] = list(plan_share_cards(make_site(tmp_path)).values())[:14]
    make_ahead(again, CARDS_PER_PROCESS, 2)
    assert [card.content for card in again] == kept
