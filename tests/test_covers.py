"""Covers: the cloth of a number never changes, is small, and can hang many times on a page."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from expo.cache import Cache
from expo.render.covers import (
    ACCENT_DISTANCE,
    ACCENT_HUES,
    CARD_BOX,
    LONGEST,
    THEME_HUES,
    Loom,
    choose_accent,
    weave_threads,
)

FROZEN = json.loads((Path(__file__).parent / "vectors" / "covers.json").read_text("utf-8"))
NUMBERS = [f"SK-{number:04d}" for number in range(1, 201)]


def test_the_first_two_hundred_cloths_are_frozen() -> None:
    """The drawing of SK-0001 … SK-0200 is the one of the opening, byte for byte. Never make this file anew."""
    drawn = {seed: hashlib.sha256(Loom().cover_svg(seed, "0").encode()).hexdigest()[:16] for seed in FROZEN}
    assert list(FROZEN) == NUMBERS
    assert drawn == FROZEN


def test_accents_are_frozen() -> None:
    """The accent thread follows from number and theme."""
    themes = ("dich-vu-cong", "phan-anh-gop-y", "y-te", "giao-duc")
    assert [choose_accent(seed, theme) for seed, theme in zip(NUMBERS, themes, strict=False)] == [
        "la",
        "la",
        "son",
        "nghe",
    ]


def test_accents_keep_away_from_the_dye() -> None:
    """More than 50 degrees of hue lie between accent and theme; a theme without a dye may have any."""
    hues = dict(ACCENT_HUES)
    for theme, hue in THEME_HUES.items():
        for seed in NUMBERS[:40]:
            distance = abs(hues[choose_accent(seed, theme)] - hue) % 360
            assert min(distance, 360 - distance) > ACCENT_DISTANCE
    assert {choose_accent(seed, "a-new-theme") for seed in NUMBERS} == set(hues)


def test_every_cloth_is_within_the_budget_and_its_own() -> None:
    """Two thousand numbers: none over 1,500 characters, no two alike, and all as they were first drawn."""
    drawn = [str(Loom().cover_svg(f"SK-{number:04d}", "0000")) for number in range(1, 2001)]
    assert max(len(svg) for svg in drawn) <= LONGEST
    assert len(set(drawn)) == len(drawn)
    assert hashlib.sha256("".join(drawn).encode()).hexdigest()[:16] == "391ece2be1afaf25"


@pytest.mark.parametrize("box", [CARD_BOX, "-18 -18 37 37", "-150 -30 301 61"])
def test_only_the_view_box_changes_with_the_place(box: str) -> None:
    """Tile, card and banner show the same threads."""
    svg = str(Loom().cover_svg("SK-0002", "2", box))
    assert all(threads in svg for threads in weave_threads("SK-0002"))
    assert svg.startswith(f'<svg viewBox="{box}" ')


def test_two_copies_on_a_page_share_no_id() -> None:
    """Ids are made of the key, so that one cloth does not paint with another's pattern."""
    ids = [re.findall(r'id="([^"]+)"', str(Loom().cover_svg("SK-0002", key))) for key in ("2", "2-k")]
    assert ids == [["p2", "q2", "h2"], ["p2-k", "q2-k", "h2-k"]]


def test_the_cloth_is_decoration_and_escapes_what_it_is_given() -> None:
    """Screen readers skip it; a strange theme slug can't break out of the class."""
    cloth = Loom().cover_cloth("SK-0002", 'x" onload="y', "2", extra="big")
    assert cloth.startswith('<span class="cloth th-x&#34; onload=&#34;y ac-')
    assert ' big" aria-hidden="true"><svg ' in cloth


def test_cloths_drawn_in_processes_are_the_same_and_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any number of processes draws the same; what was drawn is not drawn again, in this build or the next."""
    seeds = [f"SK-{number:04d}" for number in range(1, 18)]
    alone, many = Loom(), Loom(Cache(tmp_path))
    many.draw(seeds, jobs=2)
    many.keep()
    expected = [alone.threads(seed) for seed in seeds]
    monkeypatch.setattr("expo.render.covers.weave_threads", lambda seed: pytest.fail(f"{seed} was drawn again"))
    again = Loom(Cache(tmp_path))
    again.draw(seeds, jobs=2)
    assert [many.threads(seed) for seed in seeds] == [again.threads(seed) for seed in seeds] == expected
