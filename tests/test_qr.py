"""QR codes: black modules and their quiet zone, for whole addresses only."""

from __future__ import annotations

import io
import random
import re
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Page
from selectolax.lexbor import LexborNode

from expo.cache import Cache
from expo.render.qr import Codes, draw_qr
from expo.render.qr_masks import _count_apart
from expo.render.qr_modules import DIGITS, encode, join, turn
from tests.qr_reading import read_modules, read_text
from tests.test_meta import SITE_URL, make_site, render

ADDRESS = "https://expo.example/sub/sk/2/"


def test_without_an_address_nothing_is_drawn() -> None:
    """A code that leads nowhere is worse than none."""
    assert Codes().get("") == ""


def test_a_code_is_one_small_path_with_room_around_it() -> None:
    """29 modules and four of white on each side; no script, no style, under 2 KB; the same for ever."""
    code = draw_qr(ADDRESS)
    assert code == draw_qr(ADDRESS)
    start = '<svg aria-hidden="true" viewBox="0 0 37 37" class="qr__code">'
    assert (code.startswith(start), code.count("<path"), len(code) < 2048) == (True, 1, True)
    assert re.findall(r"<script|style=|\son\w+=", code) == []


def test_the_three_corners_are_there() -> None:
    """Seven modules square, light around: what a scanner looks for first."""
    rows = [list(row) for row in segno.make_qr(ADDRESS, error="m").matrix]
    size = len(rows)
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        assert all(rows[top][left + at] and rows[top + 6][left + at] for at in range(7))
        assert not any(rows[top + 1][left + at] for at in range(1, 6))


def test_the_mask_is_the_one_that_the_library_chooses() -> None:
    """Of all versions that an address can need, and of the three kinds of text that codes know."""
    letters, dice = "abcdefghijklmnopqrstuvwxyz-/0123456789.", random.Random(7)
    for length in (1, 7, 8, *range(15, 240, 9)):
        text = "".join(dice.choices(letters, k=length))
        for address in (text, text.upper(), re.sub(r"\D", "7", text)):
            code = segno.make_qr(address, error="m")
            svg = code.svg_inline(border=4, omitsize=True, dark="#000", svgclass="qr__code", lineclass=None)
            assert draw_qr(address) == svg.replace("<svg ", '<svg aria-hidden="true" ', 1), address


def test_addresses_that_differ_in_digits_have_the_codes_of_the_library() -> None:
    """The sum of what their digits change is what the library makes of them, in every version that one can need."""
    dice = random.Random(8)
    for length in (1, 14, 27, 43, 63, 85, 107, 123, 153, 181, 214):
        for number in (*range(12), 90, 987, 1024, 6789):
            address = f"https://{'a' * length}.example/{dice.choice('07')}/sk/{number}/"
            expected = segno.make_qr(address, error="m", mask=0)
            code = encode(address)
            rows = [row.translate(DIGITS).decode() for row in expected.matrix]
            assert (code.version, code.error) == (expected.version, expected.error)
            assert (code.across, code.down) == (join(rows), join(turn(rows))), address


def test_patterns_that_share_modules_count_once() -> None:
    """As the library counts them: from the left, each that begins where the last one that counts has ended."""
    assert _count_apart(0b1_0001) == 1
    assert _count_apart(0b100_0001) == 1
    assert _count_apart(0b1000_0001) == 2
    assert _count_apart(0b1_0001_0001_0000_0000) == 2


def test_codes_drawn_in_processes_are_the_same_and_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any number of processes draws the same; what was drawn is not drawn again, in this build or the next."""
    addresses = [f"https://expo.example/sk/{number}/" for number in range(70)]
    many = Codes(Cache(tmp_path))
    many.draw(addresses, jobs=2)
    many.keep()
    expected = [draw_qr(address) for address in addresses]
    monkeypatch.setattr("expo.render.qr.draw_qr", lambda address: pytest.fail(f"{address} was drawn again"))
    assert [Codes(Cache(tmp_path)).get(address) for address in addresses] == expected
    assert [many.get(address) for address in addresses] == expected


def draw_modules(page: Page, svg: str) -> list[list[bool]]:
    """A code as Chromium draws it, eight pixels a module."""
    count = int(re.findall(r'viewBox="0 0 (\d+)', svg)[0])
    page.set_viewport_size({"width": 8 * count, "height": 8 * count})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{8 * count}px}}</style>{svg}")
    return read_modules(Image.open(io.BytesIO(page.screenshot())), count)


def scan(page: Page, svg: str) -> str:
    """What a code says."""
    return read_text(draw_modules(page, svg))


def test_codes_say_the_addresses_they_were_made_of(page: Page) -> None:
    """Short and long ones, in several blocks too, letter by letter as drawn."""
    for length in (24, 40, 60, 90, 120, 150):
        address = ("https://trien-lam.example.gov.vn/" + "sang-kien/" * 12)[:length]
        assert scan(page, draw_qr(address)) == address


def test_one_wrong_module_is_seen(page: Page) -> None:
    """The reader corrects nothing, as a real one would: what is drawn must be right to the last module."""
    modules = draw_modules(page, draw_qr(ADDRESS))
    modules[-5][-5] ^= True  # the first of all, within the quiet zone
    with pytest.raises(AssertionError, match="not in bytes"):
        read_text(modules)


def test_every_code_leads_where_the_page_says(page: Page) -> None:
    """Of an exhibit, on a sheet to pin up and in the kiosk: the code and its words for those who do not see it."""
    site = make_site(SITE_URL)
    one = next(one for one in site.expo.initiatives if one.slug == "cong-gop-y-vi-du")
    short = f"{SITE_URL}/sk/{one.number}/"
    place = next(place for place in site.expo.places_34 if site.expo.at_place(place))
    sheet = f"/tinh-thanh/{place.slug}/"
    for address, target in ((f"/sang-kien/{one.slug}/", short), (f"{sheet}bang-tin/", SITE_URL + sheet)):
        drawn = render(site, address)
        codes = {(scan(page, str(node.css("svg")[0].html)), words_of(node)) for node in drawn.css(".qr")}
        assert codes == {(target, target)}
        assert target in drawn.text()
    slides = render(site, "/trinh-chieu/").css(".slide .qr")
    shown = [scan(page, str(node.css("svg")[0].html)) for node in slides]
    assert shown == [words_of(node) for node in slides]
    assert short in shown


def words_of(node: LexborNode) -> str:
    """The address that a code's label tells."""
    return str(node.attributes["aria-label"]).split()[-1]
