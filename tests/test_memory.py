"""What checking remembers: the same problems and records as without memory, after any edit and any damage."""

from __future__ import annotations

import marshal
import os
import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from expo.cache import DIGEST_LENGTH, MOST_VERSIONS
from expo.config import PROJECT, Config, make_config
from expo.model import Expo
from expo.pipeline import check_content
from expo.problems import Problem
from expo.read import RawDocument, read_content
from expo.validate import Memory, judging, validate_content
from tests.site_edits import SMALL

BROKEN = sorted(path.name for path in (PROJECT / "tests" / "data" / "broken").iterdir())
INITIATIVE = "initiatives/may-loc-nuoc-vi-du.md"

Seen = tuple[list[Problem], tuple[str, ...], tuple[str, ...], Expo | None]


def look(config: Config, *, with_memory: bool = True) -> Seen:
    """All that a check tells, and the records."""
    if with_memory:
        checked = check_content(config)
    else:
        checked = validate_content(read_content(config.content), config)
    expo = checked.expo
    if with_memory:
        checked.remember()  # the records, too
    return checked.problems, checked.drafts, checked.used_ids, expo


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A copy of the small content, with a cache of its own."""
    content = tmp_path / "content"
    shutil.copytree(SMALL, content)
    return replace(make_config(content=content, environment={}), cache=tmp_path / "cache")


def change(config: Config, name: str, old: str, new: str) -> None:
    """Replace a text in a file of the content."""
    path = config.content / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Kinds and files that were judged anew."""
    seen: list[str] = []
    judge = judging.Judge.judge

    def note(self: judging.Judge, kind: str, document: RawDocument, *more: RawDocument | None) -> object:
        seen.append(f"{kind} {document.path.name}")
        return judge(self, kind, document, *more)

    monkeypatch.setattr(judging.Judge, "judge", note)
    return seen


def test_what_has_not_changed_is_not_judged_again(config: Config, judged: list[str]) -> None:
    """Nor is an exhibit whose text alone has changed; one whose front matter has is, and its replies with it."""
    first = look(config)
    assert judged
    judged.clear()
    assert look(config) == first == look(config, with_memory=False)
    judged.clear()
    change(config, INITIATIVE, "\n## ", "\nThêm một câu.\n\n## ")
    assert look(config) == look(config, with_memory=False) != first
    assert "exhibit may-loc-nuoc-vi-du.md" in judged  # by the second of the two, which remembers nothing
    judged.clear()
    look(config)
    assert judged == []
    change(config, INITIATIVE, 'title: "', 'title: "Mới: ')
    look(config)
    assert judged[0] == "exhibit may-loc-nuoc-vi-du.md"
    assert {row.partition(" ")[0] for row in judged} <= {"exhibit", "reply"}


def test_an_edit_of_a_text_has_only_the_text_judged(config: Config, judged: list[str]) -> None:
    """A footnote that leads nowhere is told on its line, and what was told of the front matter stays."""
    change(config, INITIATIVE, "\nadded:", "\nlinks: [http://vi-du.example]\nadded:")
    look(config)
    judged.clear()
    change(config, INITIATIVE, "\n## ", "\nMột câu.[^khong-co] Gọi 0912 345 678.\n\n## ")
    seen = look(config)
    assert judged == []
    assert [problem.code for problem in seen[0]] == ["http-address", "personal-data", "unknown-footnote"]
    assert seen == look(config, with_memory=False)
    judged.clear()
    for path in sorted((config.content / "initiatives").glob("*.md")):  # one after the other
        path.write_text(path.read_text("utf-8") + "\nThêm một câu.\n", "utf-8")
        look(config)
    assert judged == []


@pytest.mark.parametrize("mistake", BROKEN)
def test_problems_are_told_again_as_they_were(mistake: str, tmp_path: Path) -> None:
    """Every folder of one mistake, three times with memory and once without."""
    folder = PROJECT / "tests" / "data" / "broken" / mistake / "content"
    config = replace(make_config(content=folder, environment={}), cache=tmp_path)
    fresh = look(config, with_memory=False)
    assert look(config) == look(config) == look(config) == fresh


def test_a_word_of_a_vocabulary_concerns_all(config: Config, judged: list[str]) -> None:
    """A stage that is gone is missed in files that have not changed."""
    shutil.copytree(PROJECT / "content" / "vocabularies", config.content / "vocabularies", dirs_exist_ok=True)
    first = look(config)
    assert first[0] == []
    judged.clear()
    change(config, "vocabularies/stages.yaml", "slug: pilot", "slug: pilot-two")
    assert look(config) == look(config, with_memory=False)
    assert "not-allowed" in {problem.code for problem in look(config)[0]}


def test_rules_between_files_see_outlines(config: Config) -> None:
    """A second file with a number, and a consent that is given or taken away."""
    look(config)
    text = (config.content / INITIATIVE).read_text("utf-8")
    (config.content / "initiatives" / "ban-sao.md").write_text(text, "utf-8")
    seen = look(config)
    assert "id-used" in {problem.code for problem in seen[0]} and seen == look(config, with_memory=False)
    (config.content / "initiatives" / "ban-sao.md").unlink()
    change(config, INITIATIVE, "\n## ", "\nGọi 0912 345 678.\n\n## ")
    assert [problem.code for problem in look(config)[0]] == ["personal-data"]
    change(config, INITIATIVE, "\nadded:", "\nconsent: 12/GX-2026\nadded:")
    assert look(config)[0] == []
    change(config, INITIATIVE, "\nconsent: 12/GX-2026\n", "\n")
    assert [problem.code for problem in look(config)[0]] == ["personal-data"]


def test_a_day_to_come_is_asked_for_again(config: Config) -> None:
    """What had not come yet may have come; on an earlier day nothing is remembered."""
    change(config, INITIATIVE, "\nadded: ", "\nupdated: 2030-05-05\nadded: ")
    early, late = (replace(config, latest_day=day) for day in (date(2029, 1, 1), date(2031, 1, 1)))
    assert [problem.code for problem in look(early)[0]] == ["future-date"]
    assert look(late)[0] == []
    assert look(late)[0] == []
    assert [problem.code for problem in look(early)[0]] == ["future-date"]


def test_a_picture_that_once_could_not_be_decoded_is_decoded_again(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was the machine that had no memory; a good one is not decoded again."""
    folder = config.content / INITIATIVE.removesuffix(".md")
    folder.mkdir(exist_ok=True)
    Image.new("RGB", (9, 9)).save(folder / "may-loc.png")

    def refuse(*_: object, **__: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(Image, "open", refuse)
        assert [problem.code for problem in look(config)[0]] == ["not-a-picture"]
    assert [problem.code for problem in look(config)[0]] == ["file-of-nobody"]
    monkeypatch.setattr(Image, "open", refuse)
    assert [problem.code for problem in look(config)[0]] == ["file-of-nobody"]


def spoil(path: Path, dice: random.Random) -> None:
    """Cut a file off, change one of its bytes, or put zeros there."""
    content = bytearray(path.read_bytes())
    ways: list[Callable[[], bytes]] = [
        lambda: bytes(content[: dice.randrange(len(content))]),
        lambda: bytes(content[:50]) + b"x" + bytes(content[51:]),
        lambda: b"\0" * 100,
        lambda: b"",
    ]
    path.write_bytes(dice.choice(ways)())


def test_damage_costs_time_only(config: Config) -> None:
    """One of the files or both, in any way, or one in the place of the other."""
    fresh = look(config)
    kept = sorted(config.cache.iterdir())
    assert len(kept) == 2
    for seed in range(12):
        dice = random.Random(seed)
        for path in kept if seed % 3 else [dice.choice(kept)]:
            spoil(path, dice)
        assert look(config) == fresh == look(config)
    shutil.copy(kept[0], kept[1])
    assert look(config) == fresh
    shutil.copy(kept[1], kept[0])
    assert look(config) == fresh
    shutil.rmtree(config.cache)
    assert look(config) == fresh


def test_other_code_and_other_folders_remember_nothing_of_each_other(
    config: Config, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    look(config)
    judged.clear()
    monkeypatch.setattr("expo.validate.memory.hash_code", lambda: "other")
    look(config)
    assert judged


def test_what_was_known_of_other_folders_goes_in_the_end(config: Config) -> None:
    """Of many folders only the latest are remembered."""
    for number in range(MOST_VERSIONS + 2):
        folder = config.content.parent / f"content-{number}"
        shutil.copytree(config.content, folder)
        look(replace(config, content=folder))
    assert len(list(config.cache.glob("checked-*"))) == MOST_VERSIONS


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_a_folder_whose_name_is_no_text_is_remembered_too(config: Config, judged: list[str]) -> None:
    """On Linux a name may be any bytes."""
    odd = replace(config, content=config.content.with_name(os.fsdecode(b"c\xff")))
    shutil.copytree(config.content, odd.content)
    fresh = look(odd)
    assert fresh == look(odd, with_memory=False)
    judged.clear()
    assert look(odd) == fresh
    assert judged == []


def test_a_memory_that_cannot_be_kept_is_none(config: Config) -> None:
    """A file where the cache should be."""
    fresh = look(config)
    shutil.rmtree(config.cache)
    config.cache.write_text("a file")
    assert look(config) == look(config) == fresh


def test_records_come_back_as_they_were(config: Config) -> None:
    """Of the real content, and with terms and places that are the very ones of the lists."""
    real = replace(make_config(environment={}), cache=config.cache)
    first, second = look(real)[3], look(real)[3]
    assert first == second is not None
    (one, *_) = second.initiatives
    assert one.stage is next(term for term in second.vocabularies["stages"] if term.slug == one.stage.slug)
    assert all(place is second.place_by_key[place.key] for place in one.places)


def test_a_record_with_another_text_is_mended(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own text, that of its English, or both; where the front matter has changed it is made anew."""
    english = INITIATIVE.replace(".md", ".en.md")
    told = 'title: "A water filter"\nsummary: "People bring the water of a well and have it cleaned for an hour."'
    (config.content / english).write_text(f"---\n{told}\n---\n\n## Problem\n\nIron.\n", "utf-8")
    before = look(config)
    for names in ([INITIATIVE], [english], [INITIATIVE, english]):
        for name in names:
            change(config, name, "\n## ", "\nThêm một câu.\n\n## ")
        with monkeypatch.context() as patch:
            patch.setattr(judging.Judge, "make", lambda *_: 1 / 0)
            seen = look(config)
        assert seen == look(config, with_memory=False) != before
        before = seen
    change(config, INITIATIVE, 'title: "', 'title: "Mới: ')
    assert look(config) == look(config, with_memory=False) != before
    (config.content / english).unlink()
    assert look(config) == look(config, with_memory=False)


def test_nothing_in_the_cache_is_run(config: Config) -> None:
    """What is kept are plain values behind a hash."""
    look(config)
    (checked,) = config.cache.glob("checked-*")
    assert set(marshal.loads(checked.read_bytes()[DIGEST_LENGTH:])) == {"day", "answers", "fronts", "outlines"}
    assert isinstance(Memory(config).outlines.told, dict)
