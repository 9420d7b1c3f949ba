"""Weight: the theme keeps its own numbers, a theme that outgrows them is not published, a long text only reminds.

Most of it is over a small output made here of real files; one build of the whole pipeline shows that nothing is
swapped in. The numbers themselves are read from theme/budgets.yaml, and the issue's are held here.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bench.page_kinds import PAGE_KINDS
from expo.budgets import BUDGETS, KB, OverBudget, Scales, kinds_of, read_budgets, weigh_output
from expo.cache import Cache, Shelf
from expo.cli import main
from expo.config import make_config
from expo.pipeline import load_expo
from expo.problems import format_problem
from expo.render.pages import output_path
from expo.render.site import plan_site
from tests.conftest import PROJECT

SMALL = PROJECT / "tests" / "data" / "small"
HEAD = '<link rel="stylesheet" href="{up}assets/expo-1.css"><script type="module" src="{up}assets/page-1.js"></script>'


def noise(kilobytes: float) -> str:
    """Letters that take about so much when packed; other ones for every size."""
    return random.Random(kilobytes).randbytes(round(0.86 * kilobytes * KB)).hex()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of which only the budgets are asked for."""
    (tmp_path / "project/theme").mkdir(parents=True)
    shutil.copy(PROJECT / BUDGETS, tmp_path / "project/theme")
    return tmp_path / "project"


Weigh = Callable[..., list[str]]


@pytest.fixture
def weigh(tmp_path: Path, project: Path) -> Weigh:
    """Write files (path → text) beside a light page of style and script; what comes of weighing them, in English."""

    def run(files: dict[str, str | bytes], kinds: dict[str, str] | None = None) -> list[str]:
        root = tmp_path / "site"
        shutil.rmtree(root, ignore_errors=True)
        light = {"assets/expo-1.css": "a{}", "assets/page-1.js": "1", "index.html": HEAD.format(up="")}
        for name, content in {**light, **files}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        sizes = {path.relative_to(root).as_posix(): path.stat().st_size for path in root.rglob("*") if path.is_file()}
        try:
            found = weigh_output(project, root, sizes, {"index.html": "home"} | (kinds or {}), "/sub")
        except OverBudget as error:
            return ["not published", *(format_problem(problem, "en") for problem in error.problems)]
        return [format_problem(problem, "en") for problem in found]

    return run


def line_of(text: str) -> int:
    """Where a bound stands in the file."""
    lines = (PROJECT / BUDGETS).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.strip().strip('"').startswith(text))


def test_light_pages_say_nothing(weigh: Weigh) -> None:
    """Nothing to complain of, nothing said."""
    assert weigh({}) == []


def test_a_file_of_the_theme_that_outgrew_its_number_stops_the_build(weigh: Weigh) -> None:
    """Where the number stands, which file, how much, how much it may have, and how to mend it."""
    found = weigh({"assets/gallery-2.js": noise(4)})
    assert found[0] == "not published"
    assert found[1].startswith(
        f"{BUDGETS}:{line_of('/assets/*.js')}: /assets/*.js: /assets/gallery-2.js: the file takes"
    )
    assert "at most 3 KB. Make it lighter, or raise the number on this line with a reason" in found[1]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"assets/expo-1.css": noise(13)}, {"/assets/expo-*.css", "home.style"}),
        ({"assets/page-1.js": noise(2.7), "assets/a-2.js": noise(2.8), "assets/b-3.js": noise(2.9)}, {"home.script"}),
        ({"assets/fonts/a.woff2": random.Random(1).randbytes(12 * KB)}, {"/assets/fonts/*.woff2"}),
        ({"assets/the/x.png": random.Random(1).randbytes(61 * KB)}, {"/assets/the/*.png"}),
        ({"index.html": noise(21)}, {"home.page"}),
    ],
    ids=["style", "scripts together", "font", "share card", "page"],
)
def test_every_part_is_weighed(weigh: Weigh, files: dict[str, str | bytes], expected: set[str]) -> None:
    """Each by its own number."""
    html = HEAD.format(up="") + '<script src="assets/a-2.js"></script><script src="assets/b-3.js"></script>'
    found = weigh({"index.html": html, **files})
    assert found[0] == "not published"
    assert {line.split(": ")[1] for line in found[1:]} == expected


def test_a_heavy_cloth_reminds(weigh: Weigh) -> None:
    """It follows from a number, which whoever adds the exhibit can't choose."""
    found = weigh({"index.html": HEAD.format(up="") + f'<span class="cloth th-a"><svg>{"M0 0" * 400}</svg></span>'})
    assert len(found) == 1 and ": cloth: (warning) /: " in found[0]


def test_a_first_visit_counts_what_style_and_page_name(weigh: Weigh) -> None:
    """Fonts through the style sheet, relative to it; icons; what is only preloaded; each once, addresses of 404 too."""
    html = '<link rel="preload" href="/sub/assets/fonts/a.woff2"><link rel=stylesheet href="/sub/assets/expo-1.css">'
    css = "@font-face{src:url(fonts/a.woff2)}@font-face{src:url(fonts/b.woff2)}@font-face{src:url(fonts/c.woff2)}"
    font = random.Random(1).randbytes(9 * KB)
    files: dict[str, str | bytes] = {f"assets/fonts/{name}.woff2": font for name in "abc"}
    found = weigh({"404.html": html, "assets/expo-1.css": css, **files}, {"404.html": "404"})
    assert [line.split(": ")[1] for line in found[1:]] == ["404.font", "home.font"]
    assert "its fonts takes 27.0 KB" in found[1]


def test_style_for_paper_and_photographs_are_no_part_of_it(weigh: Weigh) -> None:
    """Paper is a part of the whole alone; photographs come when somebody scrolls to them."""
    html = HEAD.format(up="../../") + '<link rel="stylesheet" media="print" href="../../assets/poster-1.css">'
    html += '<img src="lon.jpg">'
    files = {"sang-kien/a/index.html": html, "assets/poster-1.css": noise(1.9), "assets/expo-1.css": noise(11)}
    page = {"sang-kien/a/lon.jpg": random.Random(1).randbytes(90 * KB)}
    assert weigh({**files, **page}, {"sang-kien/a/index.html": "exhibit"}) == []


@pytest.mark.parametrize(("others", "size"), [(0, 20), (1, 20), (5, 5)])
def test_a_long_text_is_published_and_reminds(weigh: Weigh, others: int, size: int) -> None:
    """Whoever wrote much is not kept off the wall, be it one of few exhibits; the line says which page."""
    pages = {f"sang-kien/{at}/index.html": HEAD.format(up="../../") + noise(size) for at in range(others)}
    pages["sang-kien/dai/index.html"] = HEAD.format(up="../../") + noise(30)
    found = weigh(pages, dict.fromkeys(pages, "exhibit"))
    assert len(found) == 1 and found[0].startswith(
        f"{BUDGETS}:{line_of('exhibit:')}: exhibit.page: (warning) /sang-kien/dai/:"
    )
    assert "it is published all the same" in found[0]


def test_exhibits_that_are_all_too_heavy_are_the_theme_s_doing(weigh: Weigh) -> None:
    """Where even the shortest of several breaks the number, it is not the texts."""
    pages = {f"sang-kien/{at}/index.html": HEAD.format(up="../../") + noise(17) for at in range(3)}
    found = weigh(pages, dict.fromkeys(pages, "exhibit"))
    assert found[0] == "not published" and found[1].split(": ")[1] == "exhibit.page"


def test_the_hundredth_exhibit_of_a_province_stops_nothing(weigh: Weigh) -> None:
    """A list that grows with the exhibition is a reminder only."""
    found = weigh(
        {"tinh-thanh/hue/index.html": HEAD.format(up="../../") + noise(50)}, {"tinh-thanh/hue/index.html": "place"}
    )
    assert [line.split(": ")[1:3] for line in found] == [["place.page", "(warning) /tinh-thanh/hue/"]]


@pytest.mark.parametrize("text", [b"headers: 1", b"headers: x: y", b"every: {page: -3}", b"- 1", b"", b"\xff"])
def test_a_file_that_is_no_budget_says_so(project: Path, weigh: Weigh, text: bytes) -> None:
    """A slip in the numbers is no licence."""
    (project / BUDGETS).write_bytes(text)
    assert_refused(weigh)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cloth: 1.5", "cloth: yes"), ("cloth: 1.5", 'cloth: "1.5"'), ("headers: 0.4", "headers: -1"),
        ("home: {page: 20}", "home: {page: -1}"), ("home: {page: 20}", "home: {pages: 20}"), ("whole: 60}", "}"),
        ("whole: 60}", "whole: 60, more: 1}"), ("grows_with: text", "grows_with: words"),
        ("home: {page: 20}", "home: 20"), ("home: {page: 20}", "home: {page: 0}"),
    ],
)  # fmt: skip
def test_a_slip_in_a_number_says_so(project: Path, weigh: Weigh, old: str, new: str) -> None:
    """Of any part: what is no number, no name of a part, or nothing that a page grows with."""
    text = (project / BUDGETS).read_text("utf-8")
    assert old in text
    (project / BUDGETS).write_text(text.replace(old, new, 1), "utf-8")
    assert_refused(weigh)


def assert_refused(weigh: Weigh) -> None:
    """The file has no bounds to weigh against."""
    found = weigh({})
    assert found[0] == "not published" and found[1].startswith(f"{BUDGETS}:1: the bounds cannot be read: ")


def test_a_file_is_packed_once_for_its_hash(tmp_path: Path) -> None:
    """Another hash is another file; without a hash each is packed."""
    (tmp_path / "a.css").write_text("a{}" * 100)
    sizes, cache = {"a.css": 300}, Cache(tmp_path / "cache")
    shelf = Shelf(cache, "weights")
    first = Scales(tmp_path, sizes, digests={"a.css": "1"}, shelf=shelf).file("a.css")
    shelf.keep()
    (tmp_path / "a.css").write_text("b{}" * 100 + "c{d:e}")
    assert Scales(tmp_path, sizes, digests={"a.css": "1"}, shelf=Shelf(cache, "weights")).file("a.css") == first
    assert Scales(tmp_path, sizes, digests={"a.css": "2"}, shelf=Shelf(cache, "weights")).file("a.css") > first
    assert Scales(tmp_path, sizes).file("a.css") > first


def test_what_is_over_budget_is_not_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole pipeline with smaller numbers: exit code 3, the lines, and the old output as it was."""
    project = tmp_path / "project"
    (project / "theme").mkdir(parents=True)
    for path in (PROJECT / "theme").iterdir():
        if path.name != "budgets.yaml":
            (project / "theme" / path.name).symlink_to(path)
    for name in ("build.py", "locale", "pelicanconf.py", "expo", "content"):
        (project / name).symlink_to(PROJECT / name)
    text = (PROJECT / BUDGETS).read_text("utf-8")
    (project / BUDGETS).write_text(text.replace("script: 6,", "script: 0.1,"), "utf-8")
    output = tmp_path / "site"
    command = ["build", "--content", str(SMALL), "--output", str(output), "--quiet", "--lang", "vi"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("expo.config.PROJECT", project)
        assert main(command) == 3
    said = capsys.readouterr().out
    line = rf"theme/budgets\.yaml:{line_of('every:')}: home\.script: /: mã chạy trong trang \(script\) nặng [\d.]+ KB; "
    assert re.search(line + r"tối đa 0\.1 KB\. Làm nhẹ đi", said), said
    assert "Trang đã công bố vẫn như cũ." in said
    assert (output.exists(), list(tmp_path.glob(".site.*"))) == (False, [])


def test_the_numbers_are_those_that_were_promised() -> None:
    """Raising one of these is a decision about visitors, not a way to make a build pass."""
    budgets = read_budgets(PROJECT)
    assert [budgets.most("home", "whole"), budgets.most("exhibit", "whole"), budgets.most("places", "page")] == [
        60,
        50,
        40,
    ]
    assert {budgets.most(kind, "style") for kind in budgets.pages} == {12}
    assert (budgets.most("exhibit", "script"), budgets.cloth, budgets.headers > 0) == (6, 1.5, True)


def test_every_template_has_its_line_and_the_real_site_keeps_all(built_site: Path) -> None:
    """Every page of the plan has a line or is an ordinary one; the longest pages break nothing, not even a reminder."""
    config = make_config(site_url="")
    plan = plan_site(load_expo(config), config)
    kinds = kinds_of((output_path(page.address), page.template) for page in plan.pages)
    named = yaml.safe_load((PROJECT / BUDGETS).read_text("utf-8"))["pages"]
    assert set(named) - set(kinds.values()) - {"page"} == set()
    sizes = {
        path.relative_to(built_site).as_posix(): path.stat().st_size for path in built_site.rglob("*") if path.is_file()
    }
    assert [format_problem(problem, "en") for problem in weigh_output(PROJECT, built_site, sizes, kinds, "")] == []
    scales = Scales(built_site, sizes, read_budgets(PROJECT).headers)
    weights = {name: scales.page(output_path("/" + address.split("?")[0])) for name, address in PAGE_KINDS.items()}
    del weights["redirect"]  # plain on purpose
    assert min(weight.font for weight in weights.values()) > 20 * KB  # fonts are found through the style sheet
    assert min(weight.script for weight in weights.values()) > 500
