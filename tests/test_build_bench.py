"""The bench of builds: its texts, bounds and tables, what it forgets before a build from nothing; and a tiny run."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from bench import build as bench
from bench import growth
from bench.speed import contenders, measure, tables, texts
from bench.speed.contenders import ELEVENTY, HUGO, OURS, PAGEFIND, PELICAN, clear_cache
from bench.speed.measure import CommandFailed, Cost
from bench.speed.tables import COLD, EDITED, Measured, find_bound, judge, make_growth, make_table
from expo.config import make_config
from expo.pipeline import check_content

TINY = 12


def costs(*walls: float) -> list[Cost]:
    """Runs of so many seconds, all of one core."""
    return [Cost(wall, wall) for wall in walls]


def test_all_generators_get_the_same_exhibits(tmp_path: Path) -> None:
    """Each file of a peer holds title, day, place, themes and body of its record; ours is accepted by our check."""
    records = texts.make_records(TINY)
    for name, write in (("pelican", texts.write_pelican), ("hugo", texts.write_hugo), ("node", texts.write_eleventy)):
        (tmp_path / name).mkdir()
        write(tmp_path / name, records)
    texts.write_ours(tmp_path / "content", TINY)
    checked = check_content(make_config(content=tmp_path / "content", quiet=True))
    assert checked.expo is not None
    assert [one.slug for one in checked.expo.initiatives] == [one.slug for one in records]
    for record, ours in zip(records, checked.expo.initiatives, strict=True):
        assert (record.title, record.summary, record.place) == (ours.title, ours.summary, ours.places[0].name)
        assert record.themes == tuple(theme.name for theme in ours.themes)
        files = [(tmp_path / name / f"{record.slug}.md").read_text("utf-8") for name in ("pelican", "hugo", "node")]
        assert [record.body in file for file in files] == [True] * 3
        front = yaml.safe_load(files[1].split("---\n")[1])
        assert (front["title"], front["places"], front["themes"]) == (record.title, [record.place], list(record.themes))
        assert yaml.safe_load(files[2].split("---\n")[1])["place"] == record.place
        assert f"\nTags: {'; '.join(record.themes)};\n" in files[0]


def test_with_enough_exhibits_the_real_ones_are_among_them() -> None:
    """They come first, with the texts of their replies and without marks of sources."""
    records = texts.make_records(80)
    slugs = {path.stem for path in Path("content/initiatives").glob("*.md") if not path.name.endswith(".en.md")}
    assert len(records) == 80
    assert {one.slug for one in records[: len(slugs)]} == slugs
    assert len({one.slug for one in records}) == 80
    assert [one.slug for one in records if "[^" in one.body] == []


def test_a_build_from_nothing_finds_pictures_and_share_cards_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the note of what was taken down, without which a build would empty its cache. The rest waits."""
    home, tmp_path = tmp_path / "home", tmp_path / "cache"
    tmp_path.mkdir()
    monkeypatch.setenv("EXPO_CACHE_DIR", str(home))
    names = ["bodies-0123456789ab", "picture-0123456789ab", "share-card-0123456789ab", "withdrawn.json"]
    for folder in (tmp_path, tmp_path / "en", tmp_path / "spare"):
        folder.mkdir(exist_ok=True)
        for name in names:
            (folder / name).write_text("")
    clear_cache(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["en", *names[1:]]
    assert sorted(path.name for path in (tmp_path / "en").iterdir()) == names[1:]
    clear_cache(tmp_path / "none")
    aside = home / "bench" / "build" / "aside"
    waiting = sorted(path.name for path in aside.rglob("*"))
    assert [name for name in waiting if not name.startswith("tmp")] == [names[0], names[0], *sorted([*names, "spare"])]
    contenders.remove_what_is_aside()
    assert not aside.exists()


def test_a_bound_is_judged_at_its_own_count_alone() -> None:
    """Nothing is promised at other counts, or against others."""
    bound = find_bound(COLD, PAGEFIND)
    assert bound and (judge(0.8, bound.most.get(1000), bound.stretch.get(1000))) == "≤ 0.8 ✓ (stretch 0.6)"
    assert judge(0.81, 0.8, 0.6) == "≤ 0.8 ✗ (stretch 0.6)"
    assert judge(0.6, 0.8, 0.6) == "≤ 0.8 ✓ (stretch 0.6 ✓)"
    assert judge(9, bound.most.get(100), bound.stretch.get(100)) == ""
    assert find_bound(COLD, HUGO) is None


def test_the_table_compares_medians_and_counts_broken_bounds() -> None:
    """Ours at 3 s against 4 and 2 s: one bound holds, one breaks; an edit and memory break one each."""
    measured = Measured(
        1000,
        {
            COLD: {OURS: costs(9, 3, 2), PAGEFIND: costs(4, 4, 8), PELICAN: costs(2, 2, 2), HUGO: costs(1, 1, 1)},
            EDITED: {OURS: costs(3, 3, 3), HUGO: costs(2, 2, 2)},
        },
        memory={OURS: 201.0, HUGO: 900.0},
        sizes={OURS: (2_500, 2**20), HUGO: (1_200, 2**19)},
    )
    table = make_table(measured)
    text = "\n".join(table.lines)
    assert table.broken == 3
    assert "| from nothing: hugo+pagefind | 4.00 (4.00–8.00) | 4.00 | 0.75 | 0.75 | ≤ 0.8 ✓ (stretch 0.6) |" in text
    assert "| from nothing: pelican | 2.00 (2.00–2.00) | 2.00 | 1.50 | 1.50 | ≤ 0.8 ✗ (stretch 0.5) |" in text
    assert "| from nothing: hugo | 1.00 (1.00–1.00) | 1.00 | 3.00 | 3.00 |  |" in text
    assert "| one exhibit edited: hugo | 2.00 (2.00–2.00) | 2.00 | 1.50 | 1.50 | ≤ 0.7 ✗ (stretch 0.4) |" in text
    assert "| ours | 201 | ≤ 200 ✗ (stretch 150) |" in text
    assert "| hugo | 900 |  |" in text
    assert "| ours | 2,500 | 1.0 |" in text


def test_growth_is_judged_where_both_counts_were_measured() -> None:
    """CPU a document, not wall."""
    small = Measured(1_000, {COLD: {OURS: [Cost(1, 2)]}})
    large = Measured(10_000, {COLD: {OURS: [Cost(9, 24)]}})
    assert (make_growth([small]).lines, make_growth([small]).broken) == ([], 0)
    growth = make_growth([small, large])
    assert growth.lines == ["CPU a document, 10,000 : 1,000 exhibits: 1.20 ≤ 1.15 ✗ (stretch 1.05)"]
    assert growth.broken == 1


def test_every_bound_names_a_situation_and_both_counts() -> None:
    """No bound can be passed over because of a name that is written otherwise."""
    for bound in tables.BOUNDS:
        assert bound.situation in tables.SITUATIONS
        assert bound.peer in (*contenders.TOOLS, tables.IMPORT)
        assert set(bound.most) == set(bound.stretch) == set(bench.COUNTS)


def test_a_run_is_timed_with_all_that_it_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The CPU of a child counts; a failure tells what was said."""
    burn = "import time; end = time.process_time() + 0.2\nwhile time.process_time() < end: pass"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    cost = measure.time_command([sys.executable, "-c", child], tmp_path, {})
    assert cost.cpu >= 0.2
    assert cost.wall >= 0.2
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    forbidden = "import sys; sys.exit(sys.dont_write_bytecode)"
    measure.time_command([sys.executable, "-c", forbidden], tmp_path, {})  # as for who has not forbidden it
    with pytest.raises(CommandFailed, match="no such thing"):
        measure.time_command([sys.executable, "-c", "import sys; sys.exit('no such thing')"], tmp_path, {})


@pytest.mark.skipif(not measure.can_see_memory(), reason="only Linux tells the PSS of processes")
def test_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    """40 MB in a process and 40 in its child are more than 80."""
    child = "import time; held = bytearray(b'x' * 40_000_000); time.sleep(0.6)"
    held = "import subprocess, sys; held = bytearray(b'x' * 40_000_000)"
    parent = f"{held}; subprocess.run([sys.executable, '-c', {child!r}])"
    assert measure.peak_memory([sys.executable, "-c", parent], tmp_path, {}) > 80


def test_a_tiny_race(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ours and Pelican over twelve exhibits: both have all pages, follow an edit, and the results are kept."""
    monkeypatch.setenv("EXPO_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(bench, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(bench, "PROJECT", tmp_path)
    arguments = ["--count", str(TINY), "--tools", f"{OURS},{PELICAN}", "--situations", EDITED, "--runs", "1", "--keep"]
    assert bench.main([*arguments, "--no-memory"]) == 0
    printed = capsys.readouterr().out
    assert f"### {TINY} exhibits" in printed
    assert "| one exhibit edited: pelican |" in printed
    (kept,) = (tmp_path / "results").glob("*.json")
    result = json.loads(kept.read_text("utf-8"))
    assert result["count"] == TINY
    assert set(result["wall and CPU seconds"][EDITED]) == {OURS, PELICAN}
    assert result["pages and bytes"][OURS][0] > result["pages and bytes"][PELICAN][0] > TINY
    assert result["versions"][PELICAN].startswith("4.")
    assert {"cores", "load before", "load after"} <= set(result["machine"])


def test_a_peer_that_cannot_be_had_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without Node the rest still runs."""
    monkeypatch.setenv("EXPO_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(contenders.shutil, "which", lambda name: None)
    records = texts.make_records(TINY)
    found, pagefind = bench.lay_out([PELICAN, ELEVENTY], TINY, records)
    assert [one.name for one in found] == [PELICAN]
    assert pagefind is None
    assert "eleventy is left out: there is no Node.js with npm." in capsys.readouterr().out


def test_a_name_that_is_not_known_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Else a misspelt peer would be left out in silence."""
    assert bench.parse_arguments(["--tools", "ours,hugo+pagefind"]).tools == [OURS, PAGEFIND]
    assert tuple(bench.parse_arguments([]).situations) == tuple(tables.SITUATIONS)
    with pytest.raises(SystemExit):
        bench.parse_arguments(["--tools", "ours,hugoo"])
    assert "'hugoo' is none of ours, pelican" in capsys.readouterr().err


def test_a_machine_is_described() -> None:
    """Cores and load stand beside every figure."""
    assert {"cpu", "cores", "memory", "system", "load before"} == set(bench.describe_machine())


SMALL = growth.Size(100, 2.0, 3.0, 100.0, 900, 10 * 2**20, 2**20)
LARGE = growth.Size(1_000, 10.0, 15.0, 150.0, 3_000, 50 * 2**20, 5 * 2**20)


def test_growth_tells_what_an_exhibit_costs() -> None:
    """Half the CPU for each at ten times as many is 0.5 of the first."""
    assert growth.make_rows([SMALL, LARGE])[2:] == [
        "| 100 | 2.00 | 3.00 | 30.0 | 100 | 900 | 10.0 | 1.00 |",
        "| 1,000 | 10.00 | 15.00 | 15.0 | 150 | 3,000 | 50.0 | 5.00 |",
    ]
    assert growth.share_of_first([SMALL, LARGE])["CPU"] == [1.0, 0.5]


def test_the_plot_has_a_line_and_a_label_for_each() -> None:
    """It is an XML file of its own, with labels that do not lie upon each other."""
    root = ElementTree.fromstring(growth.draw([SMALL, LARGE]))
    space = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{space}polyline")) == 5
    labels = [text for text in root.findall(f"{space}text") if text.get("fill")]
    heights = sorted(float(text.attrib["y"]) for text in labels)
    assert len(labels) == 5
    assert all(after - before >= growth.LABEL_HEIGHT for before, after in pairwise(heights))


def test_growth_tells_what_was_measured_before_a_build_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rows of the smaller counts, then what the build said."""

    def measure_small(count: int, runs: int) -> growth.Size:
        if count > 100:
            raise CommandFailed("too many")
        return growth.Size(count, 1.0, 2.0, 50.0, 900, 2**20, 2**19)

    monkeypatch.setattr(growth, "measure", measure_small)
    with pytest.raises(SystemExit, match="too many"):
        growth.main(["--count", "200", "100"])
    assert "| 100 | 1.00 | 2.00 | 20.0 | 50 | 900 | 1.0 | 0.50 |" in capsys.readouterr().out
