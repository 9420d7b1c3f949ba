"""Collections: files become walks, walks become pages, and an exhibit knows its neighbours on each of its walks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from expo.config import make_config
from expo.model import Expo
from expo.pipeline import check_content, load_expo
from expo.problems import format_problem

PROJECT = Path(__file__).resolve().parent.parent
SMALL = PROJECT / "tests" / "data" / "small"
HEAD = (
    'title: "Ba tấm"\nsummary: "Ba sáng kiến treo cạnh nhau vì cùng một câu hỏi về nước."\ncurator: "Ban biên soạn"\n'
)
NUMBERS = ("SK-0001", "SK-0002", "SK-0003")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The small content, to which a test may add collections."""
    folder = tmp_path / "content"
    shutil.copytree(SMALL, folder)
    (folder / "collections").mkdir()
    return folder


def add(content: Path, name: str, exhibits: str, body: str = "Lời dẫn.", more: str = "") -> None:
    """A collection's file."""
    text = f"---\n{HEAD}{more}exhibits: {exhibits}\n---\n\n{body}\n"
    (content / "collections" / f"{name}.md").write_text(text, "utf-8")


def load(content: Path, *, show_drafts: bool = False) -> Expo:
    """The records."""
    return load_expo(make_config(content=content, environment={}, show_drafts=show_drafts))


def small_numbers() -> tuple[str, ...]:
    """Numbers of the small content."""
    return tuple(one.id for one in load(SMALL, show_drafts=True).initiatives)


def page(site: Path, address: str) -> LexborHTMLParser:
    """A page of a built site."""
    return LexborHTMLParser((site / address.strip("/") / "index.html").read_text("utf-8"))


def test_a_walk_keeps_the_order_of_its_file(content: Path) -> None:
    """Exhibits hang as the curator wrote them, numbers and groups mixed; a line of why stays with its exhibit."""
    first, second, third = small_numbers()[:3]
    add(content, "ba-tam", f'[{third}, {{initiative: {first}, why: "Vì nước.", why_en: "For water."}}, {second}]')
    (walk,) = load(content, show_drafts=True).collections
    assert [stop.initiative for stop in walk.stops] == [third, first, second]
    assert [(stop.why, stop.why_en) for stop in walk.stops] == [("", ""), ("Vì nước.", "For water."), ("", "")]
    assert (walk.slug, walk.body, walk.body_en, walk.path) == ("ba-tam", "Lời dẫn.", "", "collections/ba-tam.md")


def test_a_number_may_be_written_as_people_say_it(content: Path) -> None:
    """ "2", "SK-2" and "sk 0002" are SK-0002; the same exhibit twice is told in whatever writing."""
    numbers = small_numbers()[:3]
    plain = [str(int(one[3:])) for one in numbers]
    add(content, "ba-tam", f"[{plain[2]}, {{initiative: SK-{plain[0]}}}, sk 00{plain[1]}]")
    (walk,) = load(content, show_drafts=True).collections
    assert [stop.initiative for stop in walk.stops] == [numbers[2], numbers[0], numbers[1]]
    add(content, "ba-tam", f"[{plain[0]}, {numbers[0]}, {plain[1]}, {plain[2]}, hai, 0]")
    problems = check_content(make_config(content=content, environment={})).problems
    assert {(one.code, one.field) for one in problems} == {
        ("repeated-item", "exhibits[2]"),
        ("bad-id", "exhibits[5]"),
        ("bad-id", "exhibits[6]"),
    }


def test_the_english_introduction_is_a_file_of_its_own(content: Path) -> None:
    """As the English of a reply: a body and nothing else."""
    add(content, "ba-tam", f"[{', '.join(small_numbers()[:3])}]", more='title_en: "Three cloths"\n')
    (content / "collections" / "ba-tam.en.md").write_text("An introduction.\n", "utf-8")
    (walk,) = load(content, show_drafts=True).collections
    assert (walk.title_en, walk.body_en) == ("Three cloths", "An introduction.")


def test_a_draft_is_left_out_of_a_walk(content: Path) -> None:
    """What is not shown does not hang in a collection either, and nothing is wrong with the file."""
    numbers = small_numbers()[:3]
    path = next(one for one in (content / "initiatives").glob("*.md") if f"id: {numbers[0]}" in one.read_text("utf-8"))
    text = re.sub(r"^draft: .*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text.replace("---\n", "---\ndraft: true\n", 1), "utf-8")
    add(content, "ba-tam", f"[{', '.join(numbers)}]")
    shown = load(content)
    (walk,) = shown.collections
    assert numbers[0] not in [stop.initiative for stop in walk.stops]
    assert numbers[0] not in shown.walks_by_id


def test_an_unreadable_exhibit_is_not_called_unknown(content: Path) -> None:
    """While a file can't be read its number is not known, so nobody is told that it is missing."""
    numbers = small_numbers()[:3]
    path = next(one for one in (content / "initiatives").glob("*.md") if f"id: {numbers[0]}" in one.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").removeprefix("---\n"), "utf-8")
    add(content, "ba-tam", f"[{', '.join(numbers)}]")
    codes = {(one.path.rsplit("/", 1)[-1], one.code) for one in _problems(content)}
    assert codes == {(path.name, "no-front-matter")}


def _problems(content: Path):  # type: ignore[no-untyped-def]
    return check_content(make_config(content=content, environment={})).problems


def test_the_collection_of_the_guide_is_right(tmp_path: Path) -> None:
    """Whoever copies it from the organizers' guide beside the real content has nothing to mend."""
    guide = (PROJECT / "docs" / "huong-dan-nguoi-to-chuc.md").read_text("utf-8")
    block = re.search(r"## Thêm bộ sưu tập.*?```markdown\n(.*?)^```$", guide, re.DOTALL | re.MULTILINE)
    assert block
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    (tmp_path / "content" / "collections" / "vi-du.md").write_text(block[1], "utf-8")
    problems = [format_problem(one, "vi") for one in _problems(tmp_path / "content") if not one.is_warning]
    assert problems == []


def test_the_real_collections_have_introductions_of_60_to_120_words(real_expo: Expo) -> None:
    """Three of them, each with an English title, summary and introduction and a line for every exhibit."""
    assert len(real_expo.collections) == 3
    for one in real_expo.collections:
        assert 60 <= len(one.body.split()) <= 125, one.slug
        assert one.title_en and one.summary_en and one.body_en, one.slug
        assert all(stop.why and stop.why_en for stop in one.stops), one.slug


def test_every_figure_of_a_line_stands_in_the_exhibits_files(real_expo: Expo) -> None:
    """A curator adds no number: each one in `why` is in the exhibit's own file or its replies."""
    for collection in real_expo.collections:
        for stop in collection.stops:
            exhibit = real_expo.by_id[stop.initiative]
            files = [exhibit.path, *(reply.path for reply in exhibit.replies)]
            known = " ".join((PROJECT / "content" / one).read_text("utf-8") for one in files)
            known = known.replace("[", " ").replace(".", "").replace(",", "")
            numbers = re.findall(r"\d[\d.,/%]*", stop.why.replace("SK-", ""))
            numbers = [one.rstrip(".,%").replace(".", "").replace(",", "") for one in numbers]
            assert [one for one in numbers if one not in known] == [], (stop.initiative, stop.why)


def test_the_pages_of_collections(built_site: Path, real_expo: Expo) -> None:
    """The index leads to each; each hangs its exhibits in order, numbered, with their lines."""
    index = page(built_site, "/bo-suu-tap/")
    leads = [one.attributes["href"] for one in index.css(".collection__title a")]
    assert leads == [f"../bo-suu-tap/{one.slug}/" for one in real_expo.collections]
    for collection in real_expo.collections:
        tree = page(built_site, f"/bo-suu-tap/{collection.slug}/")
        hung = [one.text(strip=True) for one in tree.css(".walk > li .hang .no")]
        assert hung == [stop.initiative for stop in collection.stops]
        assert [one.text() for one in tree.css(".walk__why")] == [stop.why for stop in collection.stops]


def test_an_exhibit_knows_its_neighbours_on_the_walk(built_site: Path, real_expo: Expo) -> None:
    """Plain links to the one before and the one after; none beyond the ends."""
    for collection in real_expo.collections:
        slugs = [real_expo.by_id[stop.initiative].slug for stop in collection.stops]
        for place, slug in enumerate(slugs):
            tree = page(built_site, f"/sang-kien/{slug}/")
            walks = [one for one in tree.css(".walks__one") if f"/{collection.slug}/" in one.html]
            assert len(walks) == 1
            found = {rel: walks[0].css_first(f"a[rel={rel}]") for rel in ("prev", "next")}
            wanted = {"prev": slugs[place - 1] if place else None, "next": (slugs[place + 1 :] or [None])[0]}
            leads = {rel: one.attributes["href"].split("/")[-2] if one else None for rel, one in found.items()}
            assert leads == wanted


def test_the_home_page_and_the_foot_lead_to_collections(built_site: Path) -> None:
    """Two ways in."""
    home = page(built_site, "/")
    assert len(home.css(".collections > li")) == 3
    assert "bo-suu-tap/" in [one.attributes["href"] for one in home.css(".foot a")]


def test_without_collections_nothing_leads_there(tmp_path: Path) -> None:
    """Navigation shows only pages that exist."""
    from expo.cli import main

    assert main(["build", "--content", str(SMALL), "--output", str(tmp_path / "site"), "--quiet"]) == 0
    assert not (tmp_path / "site" / "bo-suu-tap").exists()
    assert "bo-suu-tap" not in (tmp_path / "site" / "index.html").read_text("utf-8")
