"""The gallery of components: every component has its examples and its style, and what they print is sound HTML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from justhtml import JustHTML

from expo.render.examples import EXAMPLES, part_ids, read_components
from tests.conftest import PROJECT

THEME = PROJECT / "theme"
STYLES = THEME / "static" / "css"
COMPONENTS = {one.name: one for one in read_components(PROJECT)}
SHOWN = [one for one in COMPONENTS.values() if one.examples]

# Components without a style sheet of their name, and why.
NO_STYLE = {
    "card-blank": "a <template>; what is made from it is a hang",
    "few": "words in a description",
    "icon": "sized by what it stands in",
    "meta": "stands in the head",
}
# Style sheets in components/ that no component has, and why.
NO_TEMPLATE = {
    "button": "buttons, pagers and lists of links, written wherever they stand",
    "catalogue": "the page of that name",
    "cloth": "what cover() draws",
    "exhibit": "the page of that name",
    "numbers": "home and replies",
    "place": "the page of that name",
    "print": "paper, for all of them",
    "prose": "what Markdown becomes",
    "suggest": "made by search/combobox.js",
}
# Of css/pages/: styles of a page or of paper, not of a component.
PAGES_ONLY = {"catalogue", "kiosk", "notice", "poster"}


def names(folder: Path, ending: str) -> set[str]:
    """Names of the files of a folder, without their ending."""
    return {path.stem for path in folder.glob(f"*{ending}")}


def test_every_component_has_examples_and_nothing_else_has() -> None:
    """One file of examples for each template, of the same name; one without examples says why."""
    assert set(COMPONENTS) == names(THEME / "templates" / "components", ".html")
    assert all(one.about for one in COMPONENTS.values())


def test_every_component_has_a_style_of_its_name_and_the_reverse() -> None:
    """Under the same name in css/components/, or in css/pages/ where few pages load it; exceptions have a reason."""
    common, own = names(STYLES / "components", ".css"), names(STYLES / "pages", ".css")
    assert set(COMPONENTS) - common - own == set(NO_STYLE)
    assert common - set(COMPONENTS) == set(NO_TEMPLATE)
    assert own - set(COMPONENTS) == PAGES_ONLY


def test_a_component_is_shown_with_the_styles_and_scripts_of_its_name() -> None:
    """Those that few pages load are named by the file of examples."""
    for one in SHOWN:
        own = {one.name} & names(STYLES / "pages", ".css")
        assert own <= set(one.styles), one.name
        scripts = {one.name} & names(THEME / "static" / "js", ".js")
        assert scripts == set(one.scripts), one.name


def test_the_hard_cases_are_there() -> None:
    """A title of 140 characters, one very long word, only capitals, quotes and tags, twelve figures, nothing at all."""
    content = THEME / "examples" / "content" / "initiatives"
    heads = [re.findall(r"^title: (.+)$", path.read_text("utf-8"), re.M) for path in content.glob("*.md")]
    titles = [found[0].strip('"') for found in heads]
    assert any(len(title) == 140 for title in titles)
    assert any(len(title) > 60 and " " not in title for title in titles)
    assert any(len(title) > 20 and title == title.upper() for title in titles)
    assert any("<script>" in title and '"' in title for title in titles)
    assert sum(text.count("- label:") == 12 for path in content.glob("*.md") if (text := path.read_text("utf-8"))) == 1
    for name in ("hang", "placard", "parity", "share"):
        assert any("ten-dai-het-muc" in one.page for one in COMPONENTS[name].examples), name


def test_every_page_of_the_gallery_parses_without_an_error(gallery: Path) -> None:
    """Light pages; a dark one differs in an attribute."""
    wrong = {}
    for path in [gallery / "thanh-phan" / "index.html", *gallery.glob("thanh-phan/*/index.html")]:
        page = JustHTML(path.read_bytes(), sanitize=False, collect_errors=True)
        if page.errors:
            wrong[path.parent.name] = [str(error) for error in page.errors[:3]]
    assert wrong == {}


def test_ids_are_unique_on_a_page_of_the_gallery(gallery: Path) -> None:
    """Many examples stand on one page."""
    for one in SHOWN:
        html = (gallery / "thanh-phan" / one.name / "index.html").read_text("utf-8")
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert sorted(ids) == sorted(set(ids)), one.name


def test_ids_are_told_apart_with_all_that_refers_to_them() -> None:
    """References to what is not in the piece stay."""
    html = '<h2 id="a">x</h2><p aria-labelledby="a b"><a href="#a">x</a><path fill="url(#a)"/><a href="#c">x</a>'
    told = '<h2 id="a--1">x</h2><p aria-labelledby="a--1 b"><a href="#a--1">x</a><path fill="url(#a--1)"/>'
    assert part_ids(html, "--1") == told + '<a href="#c">x</a>'


def test_what_strangers_type_is_escaped_in_every_example(gallery: Path) -> None:
    """The title with <script> in it never becomes one."""
    pages = [path.read_text("utf-8") for path in gallery.glob("thanh-phan/*/index.html")]
    assert any("&lt;script&gt;alert(1)" in page for page in pages)
    assert not any("<script>alert" in page for page in pages)


def test_a_file_of_examples_must_say_something(tmp_path: Path) -> None:
    """Neither examples nor a reason is a slip, and so are both."""
    folder = tmp_path / EXAMPLES
    folder.mkdir(parents=True)
    (folder / "one.yaml").write_text("about: x\n", "utf-8")
    with pytest.raises(ValueError, match="give either examples"):
        read_components(tmp_path)


def test_the_site_never_has_the_gallery(built_site: Path) -> None:
    """It is for maintainers."""
    assert not (built_site / "thanh-phan").exists()
