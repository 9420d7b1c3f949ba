"""Facets in the browser: columns.js in a real Chromium filters, counts and sorts as plain sets in Python do."""

from __future__ import annotations

import base64
import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from expo.config import make_config
from expo.model import Expo
from expo.pipeline import load_expo
from expo.search.columns import Columns, facet_values, initiative_values, make_columns, pack_columns, pack_order

pytestmark = pytest.mark.browser

Filters = dict[str, list[str]]
Case = tuple[Filters, list[int] | None]  # what is chosen, and the numbers that a search found

# Scores end with the highest number found, as those of a search may.
FILTER = """async ([module, packed, cases]) => {
  const { openColumns, filterRows } = await import(module);
  const columns = openColumns(Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0)));
  return cases.map(([filters, numbers]) => {
    const found = numbers && new Float32Array(Math.max(-1, ...numbers) + 1);
    for (const number of numbers || []) found[number] = 0.5;
    const { rows, counts } = filterRows(columns, new Map(Object.entries(filters)), found);
    return [rows, Object.fromEntries(counts)];
  });
}"""

# Every damaged file in turn; what was thrown, or null.
OPEN_DAMAGED = """async ([module, packed, orders]) => {
  const { openColumns, openOrder } = await import(module);
  const read = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const attempt = (open) => {
    try {
      open();
      return null;
    } catch (error) {
      return error instanceof Error;
    }
  };
  const columns = openColumns(read(packed[0]));
  return [
    packed.map((text) => attempt(() => openColumns(read(text)))),
    orders.map((text) => attempt(() => openOrder(read(text), columns))),
  ];
}"""

SORT = """async ([module, packed, orders, rows, scored]) => {
  const { openColumns, openOrder, sortRows } = await import(module);
  const read = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const columns = openColumns(read(packed));
  const [name, reply] = orders.map((text) => openOrder(read(text), columns));
  const scores = new Float32Array(Math.max(...rows) + 1);
  for (const [number, score] of scored) scores[number] = score;
  const given = JSON.stringify(rows);
  const sorted = {
    "phu-hop": sortRows(columns, rows, "phu-hop", scores, null),
    "phu-hop without a query": sortRows(columns, rows, "phu-hop", null, null),
    moi: sortRows(columns, rows, "moi", scores, name),
    ten: sortRows(columns, rows, "ten", scores, name),
    "ten not loaded": sortRows(columns, rows, "ten", scores, undefined),
    "phan-hoi": sortRows(columns, rows, "phan-hoi", null, reply),
  };
  return [sorted, JSON.stringify(rows) === given];
}"""


@dataclass(frozen=True)
class Collection:
    """Exhibits as plain sets: the oracle, which knows nothing of columns' layout."""

    newest: list[int]
    values: dict[str, tuple[str, ...]]
    holders: dict[str, dict[str, set[int]]]  # facet → value → numbers

    def passing(self, case: Case, without: str = "") -> set[int]:
        """What a search found and every facet lets through, one facet left out."""
        filters, found = case
        left = set(self.newest if found is None else found)
        for facet, chosen in filters.items():
            if facet != without:
                left &= set().union(*(self.holders[facet][value] for value in chosen))
        return left

    def answer(self, case: Case) -> tuple[list[int], dict[str, list[int]]]:
        """Numbers that pass, newest first, and the count of every value."""
        passing = self.passing(case)
        counts = {}
        for facet, listed in self.values.items():
            others = self.passing(case, without=facet)
            counts[facet] = [len(others & self.holders[facet][value]) for value in listed]
        return [number for number in self.newest if number in passing], counts


def collect(rows: Iterable[tuple[int, dict[str, tuple[str, ...]]]], values: dict[str, tuple[str, ...]]) -> Collection:
    """From exhibits, newest first, with their values by facet."""
    newest = []
    holders: dict[str, dict[str, set[int]]] = {facet: defaultdict(set) for facet in values}
    for number, own in rows:
        newest.append(number)
        for facet, listed in own.items():
            for value in listed:
                holders[facet][value].add(number)
    return Collection(newest, values, holders)


@pytest.fixture(scope="module")
def expo() -> Expo:
    """The real content."""
    return load_expo(make_config())


def make_real(expo: Expo) -> tuple[Columns, Collection]:
    """The real exhibits, from the packed side and from their records."""
    rows = ((one.number, initiative_values(expo, one)) for one in expo.newest)
    return make_columns(expo), collect(rows, facet_values(expo))


def make_synthetic(count: int = 2_000) -> tuple[Columns, Collection]:
    """Numbers with gaps in no order at all; skewed values, none to four an exhibit; 300 places, two bytes each."""
    source = random.Random(20210414)
    sizes = {"tinh": 300, "chu-de": 12, "giai-doan": 5, "nguoi": 7, "phong": 3, "phan-hoi": 3, "nam": 255, "mot": 1}
    values = {facet: tuple(f"{facet}-{at}" for at in range(size)) for facet, size in sizes.items()}
    numbers = source.sample(range(1, 3 * count), count)
    rows: dict[str, list[tuple[int, ...]]] = {facet: [] for facet in sizes}
    for _ in numbers:
        for facet, size in sizes.items():
            wanted = source.choice((0, 1, 1, 1, 1, 2, 4))
            rows[facet].append(tuple(dict.fromkeys(int(size * source.random() ** 3) for _ in range(wanted))))
    columns = Columns(
        numbers=tuple(numbers),
        values=values,
        rows={facet: tuple(listed) for facet, listed in rows.items()},
        by_name=tuple(source.sample(numbers, count)),
        by_reply=tuple(source.sample(numbers, count // 3)),
    )
    named = (
        (number, {facet: tuple(values[facet][at] for at in rows[facet][row]) for facet in sizes})
        for row, number in enumerate(numbers)
    )
    return columns, collect(named, values)


def make_cases(collection: Collection, count: int) -> list[Case]:
    """Up to four facets with up to three values each, and everything, something or nothing found."""
    source = random.Random(7)
    cases: list[Case] = []
    for _ in range(count):
        facets = source.sample(list(collection.values), source.choice((0, 1, 1, 2, 2, 3, 4)))
        filters = {
            facet: source.sample(listed, min(len(listed), source.choice((1, 1, 2, 3))))
            for facet in facets
            for listed in (collection.values[facet],)
        }
        share = source.choice((None, None, 0, 0.02, 0.3, 0.9))
        found = None if share is None else source.sample(collection.newest, round(share * len(collection.newest)))
        cases.append((filters, found))
    return cases


def as_text(packed: bytes) -> str:
    """Bytes as they travel to the browser."""
    return base64.b64encode(packed).decode()


@pytest.fixture
def run(page: Page, project: Path, serve_folder: Callable[..., str]) -> Callable[..., Any]:
    """Returns a function that runs a script with the address of columns.js and what else it is given."""
    base = serve_folder(project / "theme" / "static")
    page.goto(base + "favicon.svg")
    return lambda script, *values: page.evaluate(script, [base + "js/facets/columns.js", *values])


def assert_answers(run: Callable[..., Any], columns: Columns, collection: Collection, count: int) -> None:
    """Rows and every count of so many cases are those of the oracle."""
    cases = make_cases(collection, count)
    answers = run(FILTER, as_text(pack_columns(columns)), cases)
    for case, (numbers, counts) in zip(cases, answers, strict=True):
        assert (numbers, counts) == collection.answer(case), case[0]


def test_a_thousand_combinations_over_the_real_exhibits(run: Callable[..., Any], expo: Expo) -> None:
    """Rows and every count equal those counted over the records."""
    assert_answers(run, *make_real(expo), 1_000)


def test_a_thousand_combinations_over_two_thousand_exhibits(run: Callable[..., Any]) -> None:
    """The same with gaps between numbers, with no value and with several, and with more values than a byte holds."""
    assert_answers(run, *make_synthetic(), 1_000)


def test_no_exhibits_at_all(run: Callable[..., Any]) -> None:
    """An empty exhibition has empty columns."""
    empty = Columns(numbers=(), values={"phong": ("a",)}, rows={"phong": ()}, by_name=(), by_reply=())
    assert run(FILTER, as_text(pack_columns(empty)), [({"phong": ["a"]}, None)]) == [[[], {"phong": [0]}]]


def test_what_the_address_needs_is_there(run: Callable[..., Any], expo: Expo) -> None:
    """Names of facets in their order, values, and where each stands."""
    columns = make_columns(expo)
    script = """async ([module, packed]) => {
      const { openColumns } = await import(module);
      const columns = openColumns(Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0)));
      const position = [...columns.position].map(([facet, places]) => [facet, [...places]]);
      return [columns.count, [...columns.numbers], columns.facets, columns.values, position];
    }"""
    assert run(script, as_text(pack_columns(columns))) == [
        len(columns.numbers),
        list(columns.numbers),
        list(columns.values),
        {facet: list(listed) for facet, listed in columns.values.items()},
        [[facet, [[value, at] for at, value in enumerate(listed)]] for facet, listed in columns.values.items()],
    ]


def test_every_sort(run: Callable[..., Any]) -> None:
    """By score, equal ones by number as rank.js has them; by age, by name, by reply with the others last, equal ones
    newest first; what was given stays.
    """
    columns, _ = make_synthetic(600)
    source = random.Random(3)
    rows = source.sample(columns.numbers, 400)
    score = {number: source.randint(1, 5) / 4 for number in rows}
    age = {number: at for at, number in enumerate(columns.numbers)}
    name = {number: at for at, number in enumerate(columns.by_name)}
    reply = {number: at for at, number in enumerate(columns.by_reply)}
    newest = sorted(rows, key=age.__getitem__)
    orders = [as_text(pack_order(order)) for order in (columns.by_name, columns.by_reply)]
    sorted_rows, untouched = run(SORT, as_text(pack_columns(columns)), orders, rows, list(score.items()))
    assert sorted_rows == {
        "phu-hop": sorted(rows, key=lambda number: (-score[number], -number)),
        "phu-hop without a query": newest,
        "moi": newest,
        "ten": sorted(newest, key=name.__getitem__),
        "ten not loaded": newest,
        "phan-hoi": sorted(newest, key=lambda number: reply.get(number, len(rows) * 9)),
    }
    assert untouched


def test_bytes_cut_short_or_drawn_out_throw(run: Callable[..., Any], expo: Expo) -> None:
    """Wherever a file ends too early or goes on too long there is an error, and an end."""
    columns = make_columns(expo)
    whole, order = pack_columns(columns), pack_order(columns.by_name)
    files = [whole, *(whole[:end] for end in range(len(whole))), whole + b"\x00"]
    orders = [order, *(order[:end] for end in range(len(order))), order + b"\x00"]
    answers = run(OPEN_DAMAGED, *([as_text(part) for part in parts] for parts in (files, orders)))
    assert answers == [[None] + [True] * (len(files) - 1), [None] + [True] * (len(orders) - 1)]


def test_what_contradicts_itself_throws(run: Callable[..., Any]) -> None:
    """A number twice or too high, a value that is not listed, an order that names an exhibit that is not there."""
    good = Columns(numbers=(3, 2), values={"phong": ("a",)}, rows={"phong": ((0,), ())}, by_name=(2, 3), by_reply=())
    bad = [
        replace(good, numbers=(3, 3)),
        replace(good, numbers=(1_000_000, 2)),
        replace(good, rows={"phong": ((1,), ())}),
        replace(good, rows={"phong": ((0, 1), ())}),
    ]
    further_row = pack_columns(replace(good, rows={"phong": ((0,), (0, 0))}))
    files = [*(pack_columns(columns) for columns in (good, *bad)), further_row[:-2] + bytes([2, 1])]
    orders = [pack_order(order) for order in ((2, 3), (2, 1), (2, 4), (2, 300))]
    answers = run(OPEN_DAMAGED, *([as_text(part) for part in parts] for parts in (files, orders)))
    assert answers == [[None, True, True, True, True, True], [None, True, True, True]]


def test_random_damage_ends(run: Callable[..., Any]) -> None:
    """A thousand files with some bytes overwritten open or throw; none hangs or takes memory without end."""
    columns, _ = make_synthetic(300)
    source = random.Random(11)
    whole, order = pack_columns(columns), pack_order(columns.by_name)
    files = [whole, *(_overwrite(whole, source) for _ in range(1_000))]
    orders = [_overwrite(order, source) for _ in range(1_000)]
    answers = run(OPEN_DAMAGED, *([as_text(part) for part in parts] for parts in (files, orders)))
    assert [set(outcomes) <= {None, True} for outcomes in answers] == [True, True]


def _overwrite(packed: bytes, source: random.Random) -> bytes:
    """Up to four bytes replaced, at the front more often than elsewhere."""
    damaged = bytearray(packed)
    for _ in range(source.randint(1, 4)):
        damaged[int(len(packed) * source.random() ** 2)] = source.randrange(256)
    return bytes(damaged)
