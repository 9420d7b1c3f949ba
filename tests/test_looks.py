"""How pictures are compared and kept; the pictures themselves are in test_looks_browser.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests import looks

PAPER, INK = (251, 247, 239), (29, 27, 22)


def draw(ink: tuple[int, int, int] = INK, top: float = 8, height: int = 160) -> Image.Image:
    """A sheet with a block on it."""
    sheet = Image.new("RGB", (120, height), PAPER)
    ImageDraw.Draw(sheet).rectangle((8, top, 71, top + 32), fill=ink)
    return sheet


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of kept sheets with one in it."""
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "one.webp").write_bytes(looks.encode(draw()))
    (folder / "CHROMIUM").write_text("100.0\n", "utf-8")
    monkeypatch.setattr(looks, "KEPT", folder)
    monkeypatch.setattr(looks, "VERSION_FILE", folder / "CHROMIUM")
    return folder


def test_a_move_a_colour_and_a_longer_page_are_seen() -> None:
    """The same sheet is not."""
    assert looks.compare(draw(), draw()) == looks.Distance(0, 0)
    assert looks.compare(draw(), draw(top=9)).is_seen
    assert looks.compare(draw(), draw(ink=(60, 50, 45))).is_seen
    assert looks.compare(draw(), draw(height=164)).is_seen


def test_edges_drawn_a_little_differently_are_not_seen() -> None:
    """A shade of an edge is not what a block is."""
    other = draw()
    ImageDraw.Draw(other).line((8, 8, 71, 8), fill=(50, 47, 41))
    assert not looks.compare(draw(), other).is_seen


def test_a_difference_leaves_a_picture_and_says_how_to_refresh(kept: Path, tmp_path: Path) -> None:
    """Before, now and difference, one above the other; the release that took the sheet is named where it is another."""
    told = looks.check("one", draw(top=20), tmp_path / "left", "101.0", refresh=False)
    assert told.startswith("one looks different: ")
    assert "kept ones are of Chromium 100.0, this is 101.0" in told
    assert "--refresh-looks" in told
    with Image.open(tmp_path / "left" / "one.png") as picture:
        assert picture.size == (120, 160 * 3 + looks.GAP * 4)


def test_the_same_look_says_nothing_and_leaves_nothing(kept: Path, tmp_path: Path) -> None:
    """Whatever the release."""
    assert looks.check("one", draw(), tmp_path / "left", "101.0", refresh=False) == ""
    assert not (tmp_path / "left").exists()


def test_a_picture_that_is_missing_is_a_failure(kept: Path, tmp_path: Path) -> None:
    """A new component gets its picture by a person who looks at it."""
    assert looks.check("two", draw(), tmp_path, "100.0", refresh=False).startswith("there is no picture of two yet")


def test_refreshing_writes_only_what_looks_different(kept: Path, tmp_path: Path) -> None:
    """A sheet that a visitor could not tell from the kept one leaves its file as it is."""
    before = (kept / "one.webp").stat().st_mtime_ns
    assert looks.check("one", draw(), tmp_path, "101.0", refresh=True) == ""
    assert (kept / "one.webp").stat().st_mtime_ns == before
    assert looks.check("one", draw(top=20), tmp_path, "101.0", refresh=True) == ""
    assert looks.check("one", draw(top=20), tmp_path, "101.0", refresh=False) == ""
    assert looks.check("two", draw(), tmp_path, "101.0", refresh=True) == ""
    assert (kept / "two.webp").exists()
