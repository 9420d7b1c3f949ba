"""What a build need not do again it does not do, and the site is that of a build from nothing, byte for byte.

Rows of random edits (site_edits.py) by one, two and five processes; `python3 bench/edits.py` makes as many as one
likes.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from expo import pipeline
from expo.cache import Cache
from expo.config import PROJECT, make_config
from expo.inputs import Inputs, hash_inputs, hash_project
from expo.model import Expo
from expo.pipeline import ContentIsWrong, EngineFailed, Report, build, load_expo
from expo.plugin import run_pelican
from expo.render import searched
from expo.render.assets import Assets
from expo.render.fingerprints import Fingerprints, Records, describe_surroundings
from expo.render.pages import Page, Site
from expo.render.site import Plan, plan_site
from expo.render.views import search_data
from expo.render.views.search_data import Packs, SearchData
from expo.render.words import Words
from expo.search.columns import Columns
from expo.shares import CAN_FORK
from expo.write import standing
from tests.site_edits import SMALL, Workshop, change_body, change_template, differing

EDITS_A_ROW = 4
PARTS = (
    "expo/pipeline.py", "theme/templates/base.html", "theme/static/css/base.css", "locale/en.po", "pelicanconf.py",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "jobs"), [(1, 1), (2, 2), (3, 5)])
def test_a_row_of_edits_gives_the_bytes_of_a_build_from_nothing(tmp_path: Path, seed: int, jobs: int) -> None:
    """After each: content, theme, settings, a hand in the output, a cache that is damaged or gone, clocks put back."""
    shop = Workshop(tmp_path, seed, jobs)
    shop.build()
    made = []
    for _ in range(EDITS_A_ROW):
        made.append(shop.edit())
        assert differing(shop.build(), shop.build_anew()) == [], made


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses of the pages that are rendered, whatever is built."""
    found: list[str] = []

    class Listener:
        def enter(self, room: str, count: int) -> None: ...

        def leave(self, room: str) -> None: ...

        def made(self, name: str, seconds: float, elsewhere: bool) -> None:
            if name.endswith(("/", ".html")):
                found.append(name)

    monkeypatch.setattr("expo.progress._listeners", [Listener()])
    return found


@pytest.mark.slow
def test_only_what_an_edit_touches_is_rendered(tmp_path: Path, rendered: list[str]) -> None:
    """Nothing where nothing has changed; a body: its pages, and ordinary ones in English; a template: all."""
    shop = Workshop(tmp_path, 7, 1)
    shop.build()
    every = len(rendered)
    ordinary = {"/en/gioi-thieu/", "/en/quyen-rieng-tu/", "/en/tham-gia/"}
    rendered.clear()
    shop.build()
    assert rendered == []
    rendered.clear()
    change_body(shop)
    shop.build()
    assert 1 <= len({*rendered} - ordinary) < every / 4, rendered
    rendered.clear()
    change_template(shop)
    shop.build()
    assert len(rendered) == every


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Of the small site."""
    folder = tmp_path_factory.mktemp("plan")
    config = make_config(content=SMALL, output=folder / "site", site_url="https://expo.example", environment={})
    config = replace(config, cache=folder / "cache")
    return plan_site(load_expo(config), config)


def test_every_page_but_pelicans_has_a_fingerprint_of_its_own(plan: Plan) -> None:
    """And the same one when it is planned again."""
    sites = (plan.site, plan.english)
    surroundings = describe_surroundings(plan.site.config, sites, plan.twins)
    prints = [Fingerprints(surroundings, sites).of(page) for page in plan.pages]
    assert None not in prints
    assert len({*prints}) == len(plan.pages)
    config = plan.site.config
    again = plan_site(load_expo(config), config)
    sites = (again.site, again.english)
    assert describe_surroundings(config, sites, again.twins) == surroundings
    assert [Fingerprints(surroundings, sites).of(page) for page in again.pages] == prints


def test_no_view_sees_a_body_but_the_page_that_shows_it(plan: Plan) -> None:
    """The records that all views see have none; an exhibit's page names its own among what it is made from."""
    for site, pages in ((plan.site, plan.pages), (plan.english, plan.pages)):
        assert all(not one.body and not (one.english and one.english.body) for one in site.expo.initiatives)
        assert all(site.texts.values())
        shown = {one.slug: f"{site.body_lang_of(one)} {site.body_of(one)}" for one in site.expo.initiatives}
        own = [page for page in pages if page.template == "exhibit.html" and page.lang == site.words.lang]
        assert {page.address.split("/")[-2]: page.beside for page in own} == shown


def test_a_trace_tells_all_that_a_page_is_made_from(plan: Plan) -> None:
    """Body and page of one exhibit, a record and all pages, other inputs and all; no inputs, none."""
    sites = (plan.site, plan.english)

    def trace(apart: str = "x", among: Sequence[Site] = sites, body: str = "") -> dict[str, str]:
        prints = Fingerprints(b"", among, apart)
        first = next(page for page in plan.pages if page.template == "exhibit.html")
        pages = [replace(page, beside=body) if body and page is first else page for page in plan.pages]
        return {page.address: prints.trace(page) for page in pages}

    def changed(other: dict[str, str]) -> set[str]:
        return {address for address, one in trace().items() if one != other[address]}

    assert len({*trace().values()}) == len(plan.pages)
    assert {*trace("").values()} == {""}
    assert changed(trace()) == set()
    assert len(changed(trace(body="Khác."))) == 1
    assert changed(trace("y")) == {*trace()}
    first, *rest = plan.site.expo.initiatives
    expo = replace(plan.site.expo, initiatives=(replace(first, summary="Khác."), *rest))
    records = Records(expo, ())
    others = [replace(site, records=records) for site in sites]
    assert changed(trace(among=others)) == {*trace()}


def known_bodies(shop: Workshop) -> dict[str, Any]:
    """What the cache has of them."""
    kept = Cache(shop.cache).read(next(shop.cache.glob("bodies-*")).name)
    assert kept
    return dict(json.loads(kept))


@pytest.mark.slow
def test_values_are_made_of_pages_that_an_edit_reaches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body: those of its two pages and of the catalogue's first; a picture or a title: of all. Bodies that nobody
    asks for meanwhile stay known, and the one that was edited away does not.
    """
    made: list[str] = []
    make = Page.made

    def note(page: Page) -> Page:
        made.append(page.address)
        return make(page)

    monkeypatch.setattr(Page, "made", note)
    shop = Workshop(tmp_path, 7, 1)
    shop.build()
    every, before = len(made), known_bodies(shop)
    path = shop.documents("initiatives")[0]
    for text in ("Thuyền thúng.", "Xe lam."):
        path.write_text(path.read_text("utf-8").replace("Thuyền thúng.", "") + f"\n{text}\n", "utf-8")
        made.clear()
        shop.build()
        exhibit = f"/sang-kien/{path.stem}/"
        ordinary = {"/en/gioi-thieu/", "/en/quyen-rieng-tu/", "/en/tham-gia/"}
        assert {*made} - ordinary == {exhibit, f"/en{exhibit}", "/sang-kien/", "/en/sang-kien/"}
    after = known_bodies(shop)
    assert "Xe lam." in str(after) and "Thuyền thúng." not in str(after)
    assert len(after) == len(before) and len(after.keys() & before.keys()) > len(after) / 2
    for place in (path, shop.content / "vocabularies" / "themes.yaml"):
        place.write_text(place.read_text("utf-8").replace("title: ", "title: Một ").replace('name: "', 'name: "Mới '))
        made.clear()
        shop.build()
        assert len(made) == every


def test_a_record_counts_whole(plan: Plan) -> None:
    """Whatever a template may read of it; equal records that are two objects count the same."""
    sites = (plan.site, plan.english)
    one = plan.site.expo.initiatives[0]

    def look(value: Any) -> str | None:
        return Fingerprints(b"", sites).of(Page("/x/", "x.html", {"cards": [value, value]}))

    others = [replace(one, **{name: "khác"}) for name in ("title", "body", "contact", "evidence", "path")]
    assert len({look(one), *map(look, others)}) == 1 + len(others)
    assert look(replace(one)) == look(one)


def test_a_page_that_holds_what_cannot_be_hashed_has_none(plan: Plan) -> None:
    """It is rendered each time: too much, never too little."""
    prints = Fingerprints(b"", (plan.site, plan.english))
    values: list[Any] = [plan.site, plan.site.expo, lambda: 1]
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    ring: list[Any] = []
    ring.append(ring)
    assert [prints.of(Page("/x/", "x.html", {"value": value})) for value in (*values, deep, ring)] == [None] * 5


def test_what_other_processes_compile_is_no_input(tmp_path: Path) -> None:
    """Such a file may be gone before it is read."""
    shutil.copytree(PROJECT / "expo", tmp_path / "expo", ignore=shutil.ignore_patterns("__pycache__"))
    before = hash_project(tmp_path)
    compiled = tmp_path / "expo" / "__pycache__"
    compiled.mkdir()
    (compiled / "dates.cpython-311.pyc.140213465137200").symlink_to("gone")
    (compiled / "model.cpython-311.pyc.140213465137201").write_bytes(b"half")
    assert hash_project(tmp_path) == before


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_project_counts(tmp_path: Path, part: str) -> None:
    """One letter more in code, templates, styles, words, settings, and all that is made of them is another."""
    for name in PARTS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((PROJECT / name).read_bytes())
    before = hash_project(tmp_path)
    assert hash_project(tmp_path) == before
    (tmp_path / part).write_bytes((tmp_path / part).read_bytes() + b"\n")
    assert hash_project(tmp_path) != before


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Languages whose search data were made and not taken over."""
    languages: list[str] = []
    make = searched.add_search_data

    def count(site: Site, columns: Columns, packs: Packs) -> SearchData:
        languages.append(site.words.lang)
        return make(site, columns, packs)

    monkeypatch.setattr(searched, "add_search_data", count)
    return languages


def test_search_data_are_taken_over_until_a_record_changes(tmp_path: Path, made: list[str]) -> None:
    """The very files, without being made; a body, a word's other name, other code, and they are made."""
    config = replace(make_config(content=SMALL, environment={}), cache=tmp_path)
    expo = load_expo(config)

    def plan(records: Expo, **changes: str) -> list[tuple[str, str, bytes]]:
        site = Site(records, config, Words("vi"), Assets(), cache=Cache(config.cache), **changes)
        made.clear()
        searched.add_search([site], 1, lambda: None)
        return site.assets.list_all()

    first = plan(expo)
    assert made == ["vi"]
    assert (plan(expo), made) == (first, [])
    others = [replace(expo.initiatives[0], body="Khác"), *expo.initiatives[1:]]
    assert plan(replace(expo, initiatives=tuple(others))) != first and made
    renamed = (*expo.places_34[:-1], replace(expo.places_34[-1], name="Khác"))
    for other in (replace(expo, same_words=(("a", "b"),)), replace(expo, places_34=renamed)):
        plan(expo)
        plan(other)
        assert made == ["vi"]
    plan(expo)
    plan(expo, made_by="other code")
    assert made == ["vi"]


@pytest.mark.slow
def test_a_template_is_nothing_to_the_search(tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are those of a build from nothing, taken over; a word of the interface makes them anew."""
    monkeypatch.setattr(searched, "run_shares", lambda items, work, shares, apart: [work(items)])
    shop = Workshop(tmp_path, 7, 1)
    shutil.copytree(PROJECT / "locale", shop.project / "locale")
    shop.build()
    made.clear()
    change_template(shop)
    assert (differing(shop.build(), shop.build_anew()), made) == ([], ["vi", "en"])  # those of the build from nothing
    made.clear()
    words = shop.project / "locale" / "en.po"
    words.write_text(words.read_text("utf-8") + "\n", "utf-8")
    shop.build()
    assert made == ["vi", "en"]


def test_only_files_that_changed_are_compressed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an edit: the exhibit's card and details, shards of its words and phrases, the root and the directory."""
    config = replace(make_config(content=SMALL, environment={}), cache=tmp_path)
    expo = load_expo(config)
    packed: list[bytes] = []
    compress = zlib.compress

    def note(content: bytes, level: int) -> bytes:
        packed.append(content)
        return compress(content, level)

    monkeypatch.setattr(search_data.zlib, "compress", note)

    def plan(records: Expo, cache: Path) -> list[tuple[str, str, bytes]]:
        site = Site(records, replace(config, cache=cache), Words("vi"), Assets(), cache=Cache(cache))
        packed.clear()
        searched.add_search([site], 1, lambda: None)
        return site.assets.list_all()

    before = plan(expo, tmp_path)
    edited = replace(expo, initiatives=(replace(expo.initiatives[0], body="Thuyền thúng"), *expo.initiatives[1:]))
    after = plan(edited, tmp_path)
    assert len(packed) == len({content for *_, content in after} - {content for *_, content in before})
    assert 0 < len(packed) < len(after) / 2
    assert after == plan(edited, tmp_path / "other")


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    """A site that was built once."""
    made = Workshop(tmp_path, 7, 1)
    made.build()
    return made


def build_again(shop: Workshop, **changes: Any) -> Report:
    """By an engine that fails: only what stands already can be told."""

    def fail(*_: object) -> None:
        raise EngineFailed("it was called")

    return build(replace(shop.config(shop.output, shop.cache, 1), **changes), fail)


@pytest.mark.slow
def test_what_stands_is_left_as_it_stands(shop: Workshop) -> None:
    """Without a look at the engine; the report is that of the build, with its reminders."""
    before = {path: path.stat().st_mtime_ns for path in shop.output.rglob("*")}
    report = build_again(shop)
    assert report.is_standing and report.manifest_sha256 and report.exhibits > 1
    assert {path: path.stat().st_mtime_ns for path in shop.output.rglob("*")} == before
    assert build_again(shop, latest_day=date(2999, 1, 1)).is_standing  # what is right once stays right


@pytest.mark.slow
def test_what_was_touched_does_not_stand(shop: Workshop) -> None:
    """A letter of the same size and date, a file more, one less, an earlier day, another address: all is looked at."""
    page = shop.output / "index.html"
    content, times = page.read_bytes(), page.stat()
    with pytest.raises(EngineFailed):
        build_again(shop, site_url="https://other.example")
    with pytest.raises(ContentIsWrong):
        build_again(shop, latest_day=date(2026, 1, 1))
    page.write_bytes(content.replace(b"t", b"T", 1))
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(EngineFailed):
        build_again(shop)
    assert differing(shop.build(), shop.build_anew()) == []
    assert build_again(shop).is_standing
    (shop.output / "more.txt").write_text("x")
    with pytest.raises(EngineFailed):
        build_again(shop)


@pytest.mark.slow
@pytest.mark.skipif(not CAN_FORK, reason="one process does it all on this system")
def test_of_many_files_a_process_of_its_own_looks(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it finds is the same."""
    monkeypatch.setattr(pipeline, "MANY_FILES", 1)
    with monkeypatch.context() as patch:
        here = os.getpid()
        patch.setattr(standing.Standing, "is_whole", lambda _: os.getpid() != here)
        assert build_again(shop, jobs=2).is_standing
    assert build_again(shop, jobs=2).is_standing
    (shop.output / "more.txt").write_text("x")
    with pytest.raises(EngineFailed):
        build_again(shop, jobs=2)


@pytest.mark.slow
def test_reminders_are_told_each_time(shop: Workshop) -> None:
    """A link without encryption stays worth a word, also where nothing is built."""
    path = shop.documents("initiatives")[0]
    assert shop.change(path, "^added:", "links: [http://vi-du.example]\nadded:")
    config = shop.config(shop.output, shop.cache, 1)
    first = build(config, run_pelican)
    assert first.warnings and not first.is_standing
    assert (build_again(shop).warnings, build_again(shop).is_standing) == (first.warnings, True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes")
def test_what_cannot_be_hashed_is_always_built(shop: Workshop) -> None:
    """A pipe is not waited for, a link not followed: there is no key, and the build says what is wrong."""
    config = shop.config(shop.output, shop.cache, 1)
    assert hash_inputs(config) == hash_inputs(config) != Inputs()
    os.mkfifo(shop.content / "pipe")
    assert hash_inputs(config) == Inputs()
    (shop.content / "pipe").unlink()
    (shop.content / "link").symlink_to("/etc/passwd")
    assert hash_inputs(config) == Inputs()
