"""QR codes: black modules and their quiet zone, for whole addresses only."""

from __future__ import annotations

import re

import segno

from expo.render.qr import draw_qr

ADDRESS = "https://expo.example/sub/sk/2/"


def test_without_an_address_nothing_is_drawn() -> None:
    """A code that leads nowhere is worse than none."""
    assert draw_qr("") == ""


def test_a_code_is_one_small_path_with_room_around_it() -> None:
    """29 modules and four of white on each side; no script, no style, under 2 KB; the same for ever."""
    code = draw_qr(ADDRESS)
    assert code == draw_qr(ADDRESS)
    assert (code.startswith('<svg viewBox="0 0 37 37" class="qr__code">'), code.count("<path"), len(code) < 2048) == (
        True, 1, True,
    )  # fmt: skip
    assert re.findall(r"<script|style=|\son\w+=", code) == []


def test_the_three_corners_are_there() -> None:
    """Seven modules square, light around: what a scanner looks for first."""
    rows = [list(row) for row in segno.make_qr(ADDRESS, error="m").matrix]
    size = len(rows)
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        assert all(rows[top][left + at] and rows[top + 6][left + at] for at in range(7))
        assert not any(rows[top + 1][left + at] for at in range(1, 6))
