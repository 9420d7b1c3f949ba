"""Similar exhibits: the documented formula, its calm under edits, and a comparison with Whoosh."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from expo.config import SIMILAR_COUNT, make_config
from expo.enrich import add_related
from expo.model import Expo
from expo.pipeline import load_expo
from expo.search.whoosh_index import find_similar

MARGIN = 3  # times what chance would give; 4.5 times were measured on the first 54 exhibits (41 shared, 9.2 by chance)


@pytest.fixture(scope="module")
def expo() -> Expo:
    """The real content, related."""
    return add_related(load_expo(make_config()))


def test_no_exhibit_is_like_itself(expo: Expo) -> None:
    """Lists are short, hold other exhibits only, and none twice."""
    for initiative in expo.initiatives:
        assert initiative.id not in initiative.similar
        assert len(set(initiative.similar)) == len(initiative.similar) <= SIMILAR_COUNT


def test_twins_find_each_other(expo: Expo) -> None:
    """The two M-Score exhibits name each other first, and so do the two of Đồng Tháp's entrepreneurs and farmers."""
    first = {initiative.slug: expo.by_id[initiative.similar[0]].slug for initiative in expo.initiatives}
    assert first["m-score-quang-tri"] == "m-score-quang-binh"
    assert first["m-score-quang-binh"] == "m-score-quang-tri"


def test_likeness_is_the_formula(expo: Expo) -> None:
    """Four exhibits of made-up words: the same first theme gives 12, another shared theme 4, equals go by number."""
    base = expo.initiatives[:4]
    one, two = expo.themes[:2]
    small = replace(
        expo,
        initiatives=tuple(
            replace(initiative, title=word, summary=word, themes=themes)
            for initiative, word, themes in zip(
                base, ("anh", "binh", "cuong", "dung"), ((one, two), (two,), (one,), (one,)), strict=True
            )
        ),
    )
    a, b, c, d = (initiative.id for initiative in base)
    similar = [initiative.similar for initiative in add_related(small).initiatives]
    assert similar == [(c, d, b), (a,), (a, d), (a, c)]


def test_an_edit_of_one_summary_changes_few_lists(expo: Expo) -> None:
    """Ten words more in one exhibit leave nine lists of ten as they were."""
    edited = replace(expo.initiatives[20], summary=expo.initiatives[20].summary + " Thêm một câu ngắn để thử xem sao.")
    other = replace(expo, initiatives=(*expo.initiatives[:20], edited, *expo.initiatives[21:]))
    pairs = zip(expo.initiatives, add_related(other).initiatives, strict=True)
    changed = sum(before.similar != after.similar for before, after in pairs)
    assert changed <= len(expo.initiatives) // 10


def test_lists_do_not_depend_on_the_order_of_files(expo: Expo) -> None:
    """The same exhibits in any order give the same lists."""
    turned = add_related(replace(expo, initiatives=tuple(reversed(expo.initiatives))))
    assert {one.id: one.similar for one in turned.initiatives} == {one.id: one.similar for one in expo.initiatives}


def test_an_expo_of_one_or_none_has_nothing_similar(expo: Expo) -> None:
    """No division by nothing."""
    assert add_related(replace(expo, initiatives=())).initiatives == ()
    assert add_related(replace(expo, initiatives=expo.initiatives[:1])).initiatives[0].similar == ()


def test_whoosh_finds_the_same_neighbours(expo: Expo, tmp_path: Path) -> None:
    """Overlap with Whoosh's `more_like` is at least MARGIN times what random lists of the same length would share."""
    config = replace(make_config(), cache=tmp_path)
    oracle = find_similar(expo, config, SIMILAR_COUNT)
    shared = sum(len({*initiative.similar} & {*oracle[initiative.id]}) for initiative in expo.initiatives)
    by_chance = sum(
        len(initiative.similar) * len(oracle[initiative.id]) / (len(expo.initiatives) - 1)
        for initiative in expo.initiatives
    )
    assert shared >= MARGIN * by_chance, f"{shared} shared, {by_chance:.1f} by chance"
