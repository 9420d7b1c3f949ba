"""The search bench: this project's search against five others, in one run, in a real Chromium.

In: the project, its generated texts and queries. Out: tables in Markdown of quality, bytes, latency and build time,
with the bounds; exit 1 if a bound is broken. README.md of this folder says what is measured and how.

    python3 bench/search/run.py --count 1000
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

PROJECT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(PROJECT))

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from bench.search.chromium import Latency
    from bench.search.engines import Site
    from bench.search.queries import Query
    from bench.search.tables import Outcome, Weights

PARTS = ("quality", "bytes", "latency", "build")
NAMES = ("ours", "pagefind", "minisearch", "flexsearch", "lunr", "orama")
SMALL = 100  # below, only engines whose index comes in parts are worth comparing
TYPED_LENGTH = 48  # letters at most of a query that is typed key by key


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--count", type=int, nargs="+", default=[1000], metavar="N", help="documents; several sizes in turn"
    )
    parser.add_argument("--engines", default=",".join(NAMES), help=f"of {','.join(NAMES)}")
    parser.add_argument("--part", default=",".join(PARTS), help=f"of {','.join(PARTS)}")
    parser.add_argument("--queries-per-class", type=int, default=0, metavar="K", help="at most; 0: all")
    parser.add_argument("--typed", type=int, default=20, metavar="K", help="queries typed for bytes and latency")
    parser.add_argument("--runs", type=int, default=3, help="times that an index is made; the median counts")
    parser.add_argument("--reuse", action="store_true", help="keep sites of an earlier run (their build time too)")
    parser.add_argument("--misses", action="store_true", help="list our queries without a hit")
    parser.add_argument("--report", type=Path, metavar="FILE.md", help="write the tables there too")
    arguments = parser.parse_args()
    for chosen, known in ((arguments.engines, NAMES), (arguments.part, PARTS)):
        if unknown := set(chosen.split(",")) - set(known):
            parser.error(f"{', '.join(sorted(unknown))}: not one of {', '.join(known)}")
    return arguments


def choose_typed(asked: Sequence[Query], count: int) -> list[str]:
    """Texts to type: one of each kind in turn, none twice, none too long to wait for."""
    kinds: dict[str, list[str]] = {}
    for query in asked:
        if len(query.text) <= TYPED_LENGTH and query.kind != "title-nfd":  # no keyboard types NFD
            kinds.setdefault(query.kind, []).append(query.text)
    texts = dict.fromkeys(text for row in zip_longest(*kinds.values()) for text in row if text)
    return list(texts)[:count]


def measure_quality(
    browser: Browser,
    sites: Sequence[Site],
    asked: Sequence[Query],
    outcome: Outcome,
    args: argparse.Namespace,
    count: int,
) -> None:
    """Every query through every page."""
    from bench.search.chromium import TooSlow, rank
    from bench.search.engines import OURS
    from bench.search.queries import score
    from bench.search.tables import add_quality

    scores: dict[str, dict[str, tuple[float, float, int]] | str] = {}
    misses: list[str] = []
    for site in sites:
        tell(f"quality, {site.engine.name}")
        try:
            rankings = rank(browser, site, [query.text for query in asked])
        except TooSlow as error:
            scores[site.engine.name] = f"no results in time {error}"
            continue
        kinds: dict[str, list[tuple[float, float]]] = {}
        for query, ranked in zip(asked, rankings, strict=True):
            kinds.setdefault(query.kind, []).append(found := score(query, ranked))
            if site.engine is OURS and not found[0]:
                misses.append(f"- {query.kind}: {query.text} · wants {query.want} · got {ranked[:5]}")
        scores[site.engine.name] = {
            kind: (sum(hit for hit, _ in rows) / len(rows), sum(mrr for _, mrr in rows) / len(rows), len(rows))
            for kind, rows in kinds.items()
        }
    add_quality(outcome, count, scores)
    if args.misses:
        outcome.lines += ["", *misses]


def measure_bytes(browser: Browser, sites: Sequence[Site], texts: Sequence[str], outcome: Outcome, count: int) -> None:
    """First queries and later ones. An index that comes whole leaves nothing for later queries: a few show it."""
    from bench.search.chromium import TooSlow, weigh_first_by_address, weigh_first_typed, weigh_later
    from bench.search.tables import add_bytes

    weights: dict[str, Weights | str] = {}
    for site in sites:
        tell(f"bytes, {site.engine.name}")
        first = texts[: 10 if site.engine.is_sharded else 2]
        later = texts[1 : None if site.engine.is_sharded else 4]
        try:
            weights[site.engine.name] = (
                weigh_first_by_address(browser, site, first),
                weigh_first_typed(browser, site, first[:5]),
                weigh_later(browser, site, texts[0], later),
            )
        except TooSlow as error:
            weights[site.engine.name] = f"no results in time {error}"
    add_bytes(outcome, count, weights)


def measure_latency(
    browser: Browser, sites: Sequence[Site], texts: Sequence[str], outcome: Outcome, count: int
) -> None:
    """Pagefind works in a worker, which the browser can't slow; so it is timed without one too."""
    from bench.search.chromium import TooSlow, time_keys
    from bench.search.engines import PAGEFIND
    from bench.search.tables import SLOW, add_latency

    times: dict[tuple[str, int], Latency | str] = {}
    contenders = [(site.engine.name, site) for site in sites]
    contenders += [
        ("pagefind, no worker", replace(site, engine=replace(PAGEFIND, at_once="wait=0&worker=no")))
        for site in sites
        if site.engine is PAGEFIND
    ]
    for slower in (1, SLOW):
        for name, site in contenders:
            tell(f"latency {slower}×, {name}")
            try:
                times[name, slower] = time_keys(browser, site, texts, slower)
            except TooSlow as error:
                times[name, slower] = f"no results in time {error}"
    add_latency(outcome, count, times)


def tell(text: str) -> None:
    """Progress, on stderr."""
    print(f"… {text}", file=sys.stderr, flush=True)


def measure(count: int, args: argparse.Namespace, outcome: Outcome) -> None:
    """All parts at one size."""
    from bench.search.chromium import open_browser
    from bench.search.engines import ENGINES, lay_out
    from bench.search.queries import PER_KIND, make_queries
    from bench.search.tables import add_build

    parts = args.part.split(",")
    engines = [ENGINES[name] for name in args.engines.split(",")]
    if count < SMALL:
        engines = [engine for engine in engines if engine.is_sharded]
    sites = []
    for engine in engines:
        tell(f"site of {engine.name}, {count} documents")
        sites.append(lay_out(engine, count, args.runs if "build" in parts and count <= 1000 else 1, args.reuse))
    working = [site for site in sites if not site.failure]
    asked = make_queries(count, args.queries_per_class or PER_KIND)
    if args.queries_per_class:
        kinds: dict[str, list[Query]] = {}
        for query in asked:
            kinds.setdefault(query.kind, []).append(query)
        asked = [query for rows in kinds.values() for query in rows[: args.queries_per_class]]
    texts = choose_typed(asked, args.typed)
    outcome.lines += ["", f"## N = {count:,}", "", *(f"- {s.engine.name}: {s.failure}" for s in sites if s.failure)]
    with open_browser() as browser:
        if "quality" in parts:
            measure_quality(browser, working, asked, outcome, args, count)
            print_new(outcome, args)
        if "bytes" in parts:
            measure_bytes(browser, working, texts, outcome, count)
            print_new(outcome, args)
        if "latency" in parts:
            measure_latency(browser, working, texts[: max(1, args.typed // 2)], outcome, count)
            print_new(outcome, args)
    if "build" in parts:
        add_build(outcome, count, sites)
        print_new(outcome, args)


def print_new(outcome: Outcome, args: argparse.Namespace) -> None:
    """What has been added: a run takes long, and what it has seen is not lost if it is stopped."""
    print("\n".join(outcome.lines[outcome.printed :]), flush=True)
    outcome.printed = len(outcome.lines)
    if args.report:
        args.report.write_text("\n".join(outcome.lines).strip() + "\n", "utf-8")


def main() -> int:
    """Measure at every size, print, and judge."""
    args = read_arguments()
    from bench.project import enter_test_environment

    enter_test_environment()
    from bench.search.tables import Outcome

    outcome = Outcome()
    for count in args.count:
        measure(count, args, outcome)
    outcome.lines += ["", *(f"- ✗ {sentence}" for sentence in outcome.broken)]
    if not outcome.broken:
        outcome.lines.append("All bounds kept.")
    print_new(outcome, args)
    return 1 if outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main())
