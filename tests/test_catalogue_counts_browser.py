"""Facet counts never lie: what the catalogue shows in a real Chromium against a brute-force count over the records.

Filters are judged by the model. What a query finds is what the page itself lists for it without filters, through all
its result pages: whether that is the right set is the business of the search's own tests.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page

from expo.config import PAGE_SIZE
from expo.model import Expo
from tests.catalogue_page import WAIT_FOR_REST, Catalogue, Filters, has_value

pytestmark = pytest.mark.browser

RESULTS_SIZE = 10
COMBINATIONS = 1000

# Many results and few, all words and most, marks and none, slips, numbers, places, phrases, beginnings, nothing.
QUERIES = (
    *(
        "",
        "rác",
        "rac",
        "người dân",
        "nguoi dan",
        "Đống Đa",
        "dong da",
        "chatbot",
        "chatbott",
        "chatbot qqqqq",
        "qqqqq",
    ),
    *("SK-0002", "sk 2 sk 14 sk 33", "Bình Dương", "tỉnh binh duong", "da nang", "Huế", "ubnd", "Ủy ban nhân dân"),
    *('"phản ánh"', '"dịch vụ công" huế', "tham nhũn", "du lich", "y tế", "công khai ngân sách", "1022", "2021"),
    *("thành phố không rác cho người dân ở mọi tỉnh", "phan anh hien truong", "<b>rác</b>", "!!!", "💥", "a", "du an"),
)

# Goes from state to state as Back and Forward do, and reads what then stands in the page.
WALK = """
async (states) => {
  const root = document.getElementById("catalogue");
  const pause = () => new Promise((done) => setTimeout(done, 0));
  const read = [];
  for (const state of states) {
    history.replaceState(null, "", location.pathname + state);
    dispatchEvent(new PopStateEvent("popstate"));
    while (root.hasAttribute("aria-busy")) await pause();
    await (WAIT_FOR_REST)(); // which the counts are part of
    read.push({
      count: document.getElementById("count").textContent,
      notes: document.getElementById("notes").textContent,
      numbers: [...document.querySelectorAll("#wall .no")].map((one) => one.textContent),
      choices: [...document.querySelectorAll("#facets input[type=checkbox]")].map((input) => [
        input.name, input.value, Number(input.closest("li").querySelector(".n").textContent), input.checked,
        input.closest("label").classList.contains("opt--zero"),
      ]),
    });
  }
  return read;
}
""".replace("WAIT_FOR_REST", WAIT_FOR_REST)


def walk(page: Page, states: Sequence[str]) -> list[dict[str, Any]]:
    """What the page shows in each state."""
    return list(page.evaluate(WALK, list(states)))


def list_found(page: Page, every: int) -> dict[str, list[str]]:
    """What each query lists, page after page; for no query nothing, which stands for all."""
    found = {}
    for query in QUERIES:
        [first] = walk(page, [f"?q={quote(query)}"])
        count = int(first["count"].split()[0])
        rest = [f"?q={quote(query)}&trang={at}" for at in range(2, -(-count // RESULTS_SIZE) + 1)]
        found[query] = first["numbers"] + [one for shown in walk(page, rest) for one in shown["numbers"]]
        assert not query or len(found[query]) == len(set(found[query])) == count <= every, query
    return found


def random_filters(values: dict[str, list[str]], source: random.Random) -> Filters:
    """None to six choices, several of a facet among them."""
    facets = source.sample(list(values), source.choice((0, 1, 1, 2, 2, 3)))
    return [(facet, value) for facet in facets for value in source.sample(values[facet], source.randint(1, 2))]


class Oracle:
    """Which exhibits have which values, asked of the model once."""

    def __init__(self, expo: Expo, choices: Sequence[Sequence[Any]]) -> None:
        self.newest = [one.id for one in expo.newest]
        self.having = {
            (facet, value): {one.id for one in expo.newest if has_value(expo, one, facet, value)}
            for facet, value, *_ in choices
        }

    def passing(self, ids: Sequence[str], filters: Filters, without: str = "") -> list[str]:
        """Those that have a wanted value in every facet, in the order given."""
        sets: dict[str, set[str]] = {}
        for facet, value in filters:
            if facet != without:
                sets[facet] = sets.get(facet, set()) | self.having[facet, value]
        return [one for one in ids if all(one in having for having in sets.values())]

    def expected(self, listed: Sequence[str] | None, filters: Filters) -> dict[str, Any]:
        """All that the page ought to show."""
        ids = self.newest if listed is None else listed
        rows = self.passing(ids, filters)
        every = len(self.newest)
        facets = {facet for facet, _ in self.having}
        others = {facet: set(self.passing(ids, filters, without=facet)) for facet in facets}
        counts = {(facet, value): len(having & others[facet]) for (facet, value), having in self.having.items()}
        return {
            "count": f"{len(rows)} sáng kiến" if len(rows) == every else f"{len(rows)} trong {every} sáng kiến",
            "numbers": rows[: PAGE_SIZE if listed is None else RESULTS_SIZE],
            "choices": [[*one, count, one in filters, count == 0] for one, count in counts.items()],
        }


def test_a_thousand_combinations_agree_with_brute_force(catalogue: Catalogue, real_expo: Expo) -> None:
    """Query and filters at random: heading, list in its order, and every count, tick and dimming of the panel."""
    page = catalogue.open()
    walk(page, ["?phong=endorsed"])
    page.locator("#facets [name=tinh-cu]").nth(62).wait_for(state="attached")  # the long lists come in parts
    [start] = walk(page, [""])
    oracle = Oracle(real_expo, start["choices"])
    values: dict[str, list[str]] = {}
    for facet, value, *_ in start["choices"]:
        values.setdefault(facet, []).append(value)
    found = list_found(page, len(real_expo.initiatives))
    source = random.Random(20210414)
    combinations = [(source.choice(QUERIES), random_filters(values, source)) for _ in range(COMBINATIONS)]
    states = ["?" + urlencode([("q", query)] * bool(query) + filters) for query, filters in combinations]
    for (query, filters), shown in zip(combinations, walk(page, states), strict=True):
        assert "Tải lại" not in shown.pop("notes")
        assert shown == oracle.expected(found[query] if query else None, filters), (query, filters)
    assert len({len(ids) for ids in found.values()}) > 8  # the queries find little, much and nothing
