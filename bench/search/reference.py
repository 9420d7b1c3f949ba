"""The browser's ranking against the build side's: NDCG@10 over the real exhibits, by class of query.

In: the real content, the queries of queries.py, and the first two words of every title. Out: a table; nothing is
judged, for the two may differ in taste. The reference is Whoosh's ranking (expo/search/whoosh_index.py), its first ten
worth 10 … 1: 1.00 means the same ten in the same order. The browser's is that of the modules in theme/static/js/search/
in a real Chromium, the query as sent. Many queries have one answer only: those with several count by themselves too.

    python3 bench/search/reference.py
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log2, nan
from pathlib import Path
from typing import TYPE_CHECKING

PROJECT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(PROJECT))

if TYPE_CHECKING:
    from expo.config import Config
    from expo.model import Expo

BEST = 10
SEVERAL = 3
MOST_PER_KIND = 60

# What catalogue.js does with a query, without a page: look, fetch what is missing, look again.
ASK = """async ([base, root, asked]) => {
  const load = (name) => import(`${base}js/search/${name}.js`);
  const [{ openStore }, { parseQuery }, { rankQuery }] = await Promise.all(["store", "query", "rank"].map(load));
  const stores = (globalThis.openedStores ??= {});
  const store = (stores[root] ??= await openStore(base + root));
  const answers = [];
  for (const [text, typing] of JSON.parse(asked)) {
    let found = null;
    let started = 0;
    for (let round = 0; !found; round += 1) {
      if (round > 9) throw new Error(`no end of fetching for ${JSON.stringify(text)}`);
      if (round > 0) await store.fetchMissing();
      store.missing.clear();
      started = performance.now();
      found = rankQuery(store, parseQuery(text, store.units), typing);
    }
    const { numbers, mended, most, cut, places } = found;
    answers.push({ numbers, mended, most, cut, places, milliseconds: performance.now() - started });
  }
  return JSON.stringify(answers);
}"""

Rank = Callable[[Sequence[str]], list[list[int]]]  # texts → numbers, best first


def write_search_files(expo: Expo, config: Config, folder: Path) -> str:
    """A folder to serve: the search's files as a site has them, and the modules. Returns the root file's path in it."""
    from expo.cache import Cache
    from expo.render.assets import Assets
    from expo.render.covers import Loom
    from expo.render.pages import Site
    from expo.render.views.search_data import add_search_data
    from expo.render.words import Words
    from expo.search.columns import make_columns

    site = Site(expo, config, Words("vi"), Assets(), Loom(Cache(config.cache)))
    data = add_search_data(site, make_columns(expo))
    for file in site.assets.files():
        path = folder / file.address.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    shutil.copytree(PROJECT / "theme" / "static" / "js", folder / "js")
    (folder / "blank.html").write_text("<!doctype html><title>.</title>", "utf-8")
    return data.root.lstrip("/")


def ndcg(ranked: Sequence[int], reference: Sequence[int]) -> float:
    """Of the first ten, against a reference that finds something: its first is worth 10, its tenth 1, others none."""
    worth = {number: BEST - at for at, number in enumerate(reference[:BEST])}
    return _gain(worth.get(number, 0) for number in ranked[:BEST]) / _gain(worth.values())


def _gain(worths: Iterable[int]) -> float:
    return sum(worth / log2(place + 1) for place, worth in enumerate(worths, 1))


@dataclass(frozen=True)
class Figure:
    """NDCG@10 of one query, and how many the reference finds, at most ten."""

    ndcg: float
    found: int


def compare(rank: Rank, expo: Expo, config: Config, per_kind: int = 0) -> dict[str, list[Figure]]:
    """Class of query → figures; queries for which the reference finds nothing are left out. `per_kind` 0: all."""
    from bench.search.queries import make_queries
    from expo.search.whoosh_index import Reader

    kinds: dict[str, list[str]] = {}
    for query in make_queries(len(expo.initiatives), MOST_PER_KIND):
        kinds.setdefault(query.kind, []).append(query.text)
    kinds["two-words"] = [" ".join(one.title.split()[:2]) for one in expo.initiatives]
    asked = [(kind, text) for kind, texts in kinds.items() for text in texts[: per_kind or None]]
    figures: dict[str, list[Figure]] = {}
    with Reader(expo, config) as reader:
        for (kind, text), ranked in zip(asked, rank([text for _, text in asked]), strict=True):
            reference = [hit.initiative.number for hit in reader.answer(text).hits[:BEST]]
            if reference:
                figures.setdefault(kind, []).append(Figure(ndcg(ranked, reference), len(reference)))
    return figures


def mean_of(figures: Iterable[Figure], at_least: int = 1) -> float:
    """Over the queries for which the reference finds so many; NaN where there are none."""
    chosen = [figure.ndcg for figure in figures if figure.found >= at_least]
    return sum(chosen) / len(chosen) if chosen else nan


def main() -> None:
    """Print the table."""
    from bench.project import enter_test_environment

    enter_test_environment()
    from bench.search.chromium import open_browser
    from bench.search.host import Host
    from expo.config import make_config
    from expo.pipeline import load_expo

    config = make_config()
    expo = load_expo(config)
    with tempfile.TemporaryDirectory() as name, open_browser() as browser:
        root = write_search_files(expo, config, Path(name))
        with Host(Path(name)) as host:
            page, base = browser.new_page(), host.address + "/"
            page.goto(base + "blank.html")

            def rank(texts: Sequence[str]) -> list[list[int]]:
                asked = json.dumps([[text, False] for text in texts])
                return [one["numbers"] for one in json.loads(page.evaluate(ASK, [base, root, asked]))]

            figures = compare(rank, expo, config)
    print(f"| class of query | NDCG@10 | queries | NDCG@10 where {SEVERAL} or more | queries |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for kind, row in [*figures.items(), ("all", list(chain(*figures.values())))]:
        several = sum(one.found >= SEVERAL for one in row)
        print(f"| {kind} | {mean_of(row):.3f} | {len(row)} | {mean_of(row, SEVERAL):.3f} | {several} |")


if __name__ == "__main__":
    main()
