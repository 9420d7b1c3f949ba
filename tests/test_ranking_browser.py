"""The browser's ranking against the reference of the build side, over the real exhibits: NDCG@10 stays above a floor.

The two are made of different stuff and may differ in taste; bench/search/reference.py prints the whole table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from math import isnan
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bench.search.reference import SEVERAL, Figure, compare, mean_of, ndcg
from expo.config import make_config
from expo.model import Expo
from tests.conftest import ServeFolder
from tests.search_fixtures import lay_out

PER_KIND = 12
FLOOR, FLOOR_OF_SEVERAL = 0.91, 0.62  # measured: 0.948, 0.703; with the order turned around: 0.892, 0.510


def test_ndcg_by_hand() -> None:
    """The same order is 1, nothing of it 0; the best two exchanged lose a little, a missing first one much."""
    reference = [5, 3, 9]
    assert ndcg([5, 3, 9], reference) == ndcg([5, 3, 9, 77], reference) == 1
    assert ndcg([], reference) == ndcg([1, 2], reference) == 0
    assert 0.95 < ndcg([3, 5, 9], reference) < 1
    assert 0.5 < ndcg([3, 9], reference) < 0.75
    assert ndcg([1, 2, 5], [5]) == 0.5  # third: 1 / log2(4)
    assert ndcg([*range(10, 20), 5], [5]) == 0  # eleventh
    assert isnan(mean_of([]))
    assert mean_of([Figure(0.5, 1), Figure(1.0, SEVERAL)], SEVERAL) == 1


@pytest.mark.browser
@pytest.mark.slow
def test_the_browser_ranks_much_as_the_reference_does(
    page: Page, real_expo: Expo, serve_folder: ServeFolder, tmp_path: Path
) -> None:
    """Over all classes of query, and over the queries that several exhibits answer."""
    config = replace(make_config(), cache=tmp_path / "cache")
    engine = lay_out(real_expo, config, tmp_path / "site").open(page, serve_folder)

    def rank(texts: Sequence[str]) -> list[list[int]]:
        return [found.numbers for found in engine.ask_all(texts)]

    figures = compare(rank, real_expo, config, PER_KIND)
    whole = mean_of(chain(*figures.values()))
    several = mean_of(chain(*figures.values()), SEVERAL)
    assert min(len(row) for kind, row in figures.items() if kind != "title-tone-place") >= PER_KIND - 2
    assert (whole > FLOOR, several > FLOOR_OF_SEVERAL) == (True, True), f"{whole:.3f}, {several:.3f}"
