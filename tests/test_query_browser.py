"""What was typed, read in the browser: query.js in a real Chromium reads as expo/search/query.py does.

Abbreviations apart, which only the command line takes as one. What is then found is test_engine_browser.py's business.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from expo.model import Expo
from expo.search.index import list_units, unit_key
from expo.search.query import MOST_LETTERS, MOST_WORDS, Phrase, read_query
from expo.search.units import Unit

pytestmark = pytest.mark.browser

READ = """async ([module, units, texts]) => {
  const { openUnits, parseQuery } = await import(module);
  const known = openUnits(units);
  return texts.map((text) => {
    const { numbers, parts, cut } = parseQuery(text, known);
    const plain = parts.map(({ word, unit, phrase }) => word?.exact ?? [unit?.key ?? phrase.map(({ exact }) => exact)]);
    return [[...new Set(numbers)], plain, cut];
  });
}"""

# What reading turns on: names in one word and in several, their titles, quotes of every kind, numbers in every writing.
PIECES = str.split(
    "rác p huế hue hà nội nam định tỉnh tp TP. TPHCM TP.HCM covid-19 sk - , 2 0002 sk-2 SK-0002 sK–12 sk1234567"
)
PIECES += [
    "thành phố",
    "ha noi",
    "Hà Nội",
    "Thừa Thiên Huế",
    "bà rịa - vũng tàu",
    "hồ chí minh",
    "sk 2",
    "a b c d e f g",
]
PIECES += [*'"""“”„«»', '""']

ReadInBrowser = Callable[[Iterable[str]], list[Any]]


@pytest.fixture
def read_in_browser(page: Page, project: Path, real_expo: Expo, serve_folder: Callable[..., str]) -> ReadInBrowser:
    """Returns a function that has queries read by query.js: numbers, parts as plain values, whether it was cut."""
    base = serve_folder(project / "theme" / "static")
    page.goto(base + "favicon.svg")
    units = [[unit_key(unit), *unit.runs] for unit in list_units(real_expo)]
    return lambda texts: list(page.evaluate(READ, [base + "js/search/query.js", units, list(texts)]))


def read(text: str, units: list[Unit]) -> list[Any]:
    """What Python makes of a query, in the shape of READ: a text for a word, a list for a name or a phrase."""
    query = read_query(text, units)
    plain: list[Any] = []
    for part in query.parts:
        if isinstance(part, Unit):
            plain.append([unit_key(part)])
        else:
            plain.append([[word.exact for word in part.words]] if isinstance(part, Phrase) else part.exact)
    return [list(query.numbers), plain, query.is_cut]


def compose_queries(count: int, seed: int) -> list[str]:
    """So many queries of some pieces each, the same on every run."""
    source = random.Random(seed)
    return [
        "".join(source.choice(PIECES) + source.choice([" ", " ", "", " , "]) for _ in range(source.randint(1, 9)))
        for _ in range(count)
    ]


def test_queries_are_read_alike(read_in_browser: ReadInBrowser, real_expo: Expo) -> None:
    """Numbers, then words, names and phrases in their order, of whatever mixture."""
    units = list_units(real_expo)
    texts = compose_queries(3_000, seed=34)
    pairs = zip(texts, read_in_browser(texts), strict=True)
    assert [(text, theirs, read(text, units)) for text, theirs in pairs if theirs != read(text, units)] == []


def test_long_queries_are_cut_alike(read_in_browser: ReadInBrowser, real_expo: Expo) -> None:
    """At so many letters or words, those within phrases counted."""
    words = ["a " * (MOST_WORDS + more) for more in (-1, 0, 1)]
    phrases = [before + f'"{"b " * size}" c' for before in ("", *words) for size in (1, 2, MOST_WORDS, MOST_WORDS + 1)]
    texts = [*words, *phrases, "a" * MOST_LETTERS, "a" * (MOST_LETTERS + 1)]
    units = list_units(real_expo)
    assert read_in_browser(texts) == [read(text, units) for text in texts]
