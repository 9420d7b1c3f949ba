"""On paper: every exhibit is one A4 poster, every province's sheet one A4 page, and nothing essential is cut off."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page

from expo.cli import main
from expo.model import Expo
from tests.conftest import PROJECT, ServeFolder

ADDRESS = ("--site-url", "https://trien-lam-so-cua-mot-thanh-pho-rat-dai.example.gov.vn")
A4 = {"width": 794, "height": 1123}
SIZE = re.compile(rb"/MediaBox ?\[([^\]]*)\]")
PAGE = re.compile(rb"/Type ?/Page\b(?!s)")
LONGEST_WORD = "Nghiêngnghiêng" * 10


def print_page(page: Page) -> bytes:
    """The page as PDF, on the paper that its style asks for."""
    return page.pdf(prefer_css_page_size=True, print_background=True)


def measure(page: Page, selector: str) -> dict[str, object]:
    """How much of a sheet hangs over its edge, below and aside, once its parts are laid out for paper."""
    page.set_viewport_size(A4)
    page.emulate_media(media="print")
    found = page.evaluate(
        """(selector) => {
            const sheet = document.querySelector(selector);
            const edge = sheet.getBoundingClientRect();
            const parts = [...sheet.querySelectorAll("h1, h2, p, dd, dt, b, .hem")].filter((one) => one.offsetParent);
            return {
                below: sheet.scrollHeight - sheet.clientHeight,
                aside: sheet.scrollWidth - sheet.clientWidth,
                outside: parts.filter((one) => one.getBoundingClientRect().bottom > edge.bottom + 1).length,
            };
        }""",
        selector,
    )
    page.emulate_media(media="null")
    assert isinstance(found, dict)
    return found


WHOLE = {"below": 0, "aside": 0, "outside": 0}


def test_every_exhibit_prints_on_one_page(
    page: Page, built_site: Path, serve_folder: ServeFolder, real_expo: Expo
) -> None:
    """One A4 page for each, title, summary, placard, idea, answer, figures and address within its edges."""
    base = serve_folder(built_site)
    wrong = {}
    for one in real_expo.initiatives:
        page.goto(f"{base}sang-kien/{one.slug}/")
        pdf = print_page(page)
        found = (
            len(PAGE.findall(pdf)),
            [float(edge) for edge in SIZE.search(pdf)[1].split()][2:],
            measure(page, ".exhibit"),
        )  # type: ignore[index]
        if found[0] != 1 or [round(edge) for edge in found[1]] != [595, 842] or found[2] != WHOLE:
            wrong[one.slug] = found
    assert wrong == {}


def test_the_poster_gives_idea_and_answer_the_same_room(
    page: Page, built_site: Path, serve_folder: ServeFolder
) -> None:
    """Two columns of one width, headings and first lines of one size; where nobody answered the column stays."""
    page.set_viewport_size(A4)
    for slug in ("hue-s", "ca-phe-dich-vu-cong-dong-da"):
        page.goto(f"{serve_folder(built_site)}sang-kien/{slug}/")
        page.emulate_media(media="print")
        idea, answer = page.eval_on_selector_all(
            ".parity > section",
            "all => all.map(one => { const {top, width} = one.getBoundingClientRect();"
            " return [Math.round(top), Math.round(width), getComputedStyle(one.querySelector('h2')).fontSize,"
            " getComputedStyle(one.querySelector('.prose p, .reply__what')).fontSize]; })",
        )
        assert idea == answer
        page.emulate_media(media="null")


@pytest.fixture(scope="module")
def extremes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The longest that the content model allows: 140 characters, one word, long texts, eight in a province."""
    folder = tmp_path_factory.mktemp("extremes")
    shutil.copytree(PROJECT / "tests" / "data" / "small", folder / "content")
    model = (folder / "content" / "initiatives" / "cong-gop-y-vi-du.md").read_text("utf-8")
    titles = ["Ễ ộ " * 34, LONGEST_WORD[:140], "VIẾT HOA TOÀN BỘ " * 8, '"<script>" & ' * 10, *["Dài " * 35] * 4]
    for number, title in enumerate(titles, 90):
        text = re.sub(
            r"^title: .*$", lambda _, title=title: "title: '" + title.strip()[:140] + "'", model, flags=re.MULTILINE
        )  # type: ignore[misc]
        text = re.sub(
            r"^summary: .*$",
            'summary: "' + ("Chữ nghiêng ngả dài dòng. " * 12)[:318].strip() + '"',
            text,
            flags=re.MULTILINE,
        )
        text = re.sub(r"^id: .*$", f"id: SK-{number:04d}", text, flags=re.MULTILINE)
        text = re.sub(r"^former_slugs: .*\n", "", text, flags=re.MULTILINE)
        text = text.split("\n---\n")[0] + "\n---\n\n" + "Một đoạn văn rất dài để thử. " * 90 + "\n"
        (folder / "content" / "initiatives" / f"dai-{number}.md").write_text(text, "utf-8")
    assert (
        main(["build", "--content", str(folder / "content"), "--output", str(folder / "site"), "--quiet", *ADDRESS])
        == 0
    )
    return folder / "site"


def test_the_longest_texts_still_fit_one_page(page: Page, extremes: Path, serve_folder: ServeFolder) -> None:
    """The cloth gives way, then the longest running texts are shortened; the address at the foot stays."""
    base = serve_folder(extremes)
    wrong = {}
    for folder in sorted((extremes / "sang-kien").glob("dai-*")):
        page.goto(f"{base}sang-kien/{folder.name}/")
        found = (len(PAGE.findall(print_page(page))), measure(page, ".exhibit"))
        if found != (1, WHOLE):
            wrong[folder.name] = found
    assert wrong == {}


def test_every_sheet_prints_on_one_page(
    page: Page, built_site: Path, extremes: Path, serve_folder: ServeFolder
) -> None:
    """Each province of today with exhibits has a sheet of one A4 page."""
    wrong = {}
    for site in (built_site, extremes):
        base = serve_folder(site)
        sheets = sorted((site / "tinh-thanh").glob("*/bang-tin"))
        assert sheets
        for folder in sheets:
            page.goto(f"{base}tinh-thanh/{folder.parent.name}/bang-tin/")
            found = (len(PAGE.findall(print_page(page))), measure(page, ".board"))
            if found != (1, WHOLE):
                wrong[folder.parent.name] = found
    assert wrong == {}


def test_what_does_not_fit_a_sheet_is_counted(built_site: Path, real_expo: Expo) -> None:
    """Six exhibits at most, answered ones first, then how many more; the province's page leads to the sheet."""
    city = real_expo.place_by_key["34:ho-chi-minh"]
    count = len(real_expo.at_place(city))
    html = (built_site / "tinh-thanh" / city.slug / "bang-tin" / "index.html").read_text("utf-8")
    assert html.count('<p class="board__what"') == 6
    assert f"và {count - 6} sáng kiến nữa ở:" in html
    assert 'href="../../tinh-thanh/ho-chi-minh/bang-tin/"' in (
        built_site / "tinh-thanh" / city.slug / "index.html"
    ).read_text("utf-8")


def test_only_provinces_of_today_with_exhibits_have_a_sheet(built_site: Path, real_expo: Expo) -> None:
    """Nobody prints an empty sheet."""
    sheets = {one.parent.name for one in (built_site / "tinh-thanh").glob("*/bang-tin")}
    assert sheets == {one.slug for one in real_expo.places_34 if real_expo.at_place(one)}
