"""The bounds, and the tables that the bench prints: Markdown, with a mark where a bound is broken.

In: figures by engine. Out: lines of text, and the sentences of broken bounds. Bounds are for our engine alone, those
of quality at 1,000 documents; times are bounded by a peer of the same run, but for one.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bench.search.chromium import Latency, Weight
from bench.search.engines import OURS, PAGEFIND, Site

KB = 1024
HIT_AT_1 = {
    "title": 0.98,
    "title-no-marks": 0.98,
    "title-nfd": 0.98,
    "title-tone-place": 0.98,
    "title-hoi-nga": 0.98,
    "slip-marks": 0.97,
    "slip-no-marks": 0.97,
    "unfinished-marks": 0.98,
    "unfinished-no-marks": 0.98,
    "rare-pair": 0.97,
    "twin": 0.97,
    "abbreviation": 0.85,
    "full-form": 0.85,
    "need": 0.80,
    "need-no-marks": 0.80,
}
QUALITY_COUNT = BUILD_COUNT = 1000
FIRST, LATER, AFTER = {54: 25, 1000: 40, 10_000: 80}, {54: 5, 1000: 10, 10_000: 25}, {54: 15, 1000: 15, 10_000: 60}
SLOW, SLOW_P95, SLOW_COUNT = 4, 50, 10_000  # CPU slowed so many times, milliseconds, documents


@dataclass
class Outcome:
    """All that a run prints."""

    lines: list[str] = field(default_factory=list)
    printed: int = 0  # of the lines
    broken: list[str] = field(default_factory=list)

    def judge(self, is_good: bool, sentence: str) -> str:
        """A mark for the table; the sentence is kept when the bound is broken."""
        if not is_good:
            self.broken.append(sentence)
        return "" if is_good else " **✗**"

    def table(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a Markdown table."""
        self.lines += ["", f"### {title}", "", _row(head), _row(["---"] * len(head)), *map(_row, rows)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def bound_for(bounds: Mapping[int, int], count: int) -> int:
    """That of the smallest size which is not below the count."""
    return next((bound for size, bound in bounds.items() if count <= size), list(bounds.values())[-1])


def add_quality(
    outcome: Outcome, count: int, scores: Mapping[str, Mapping[str, tuple[float, float, int]] | str]
) -> None:
    """`scores`: engine → kind → hit@1, MRR@10, queries; or why there are none."""
    kinds = list(next((kinds for kinds in scores.values() if not isinstance(kinds, str)), {}))
    rows = []
    for kind in kinds:
        cells = []
        for name, found in scores.items():
            if isinstance(found, str):
                cells.append("–")
                continue
            hit, mrr, _ = found[kind]
            mark = ""
            if name == OURS.name and count == QUALITY_COUNT:
                bound = HIT_AT_1[kind]
                mark = outcome.judge(hit >= bound, f"{count}: {kind}: hit@1 {hit:.3f} is under {bound:.2f}")
            cells.append(f"{hit:.2f} · {mrr:.2f}{mark}")
        number = next(found[kind][2] for found in scores.values() if not isinstance(found, str))
        rows.append([f"{kind} ({number})", f"≥ {HIT_AT_1[kind]:.2f}", *cells])
    outcome.table(f"Quality at N = {count:,}: hit@1 · MRR@10", ["class (queries)", "bound", *scores], rows)
    outcome.lines += ["", *(f"- {name}: {found}" for name, found in scores.items() if isinstance(found, str))]


def _kilobytes(values: Sequence[int]) -> str:
    return f"{statistics.median(values) / KB:.1f} · {max(values) / KB:.1f}" if values else "–"


Weights = tuple[list[Weight], list[Weight], list[Weight]]  # first by address, first typed, later typed


def add_bytes(outcome: Outcome, count: int, weights: Mapping[str, Weights | str]) -> None:
    """Rows: what came until the results, and what came around them."""
    rows = [
        ("first query, by link", 0, "needed", FIRST),
        ("first query, typed", 1, "needed", FIRST),
        ("later query", 2, "needed", LATER),
        ("after the first, by link", 0, "after", AFTER),
        ("after the first, typed", 1, "after", AFTER),
        ("after a later one", 2, "after", AFTER),
        ("filters, after the first, by link", 0, "controls", None),
        ("filters, after the first, typed", 1, "controls", None),
        ("on opening, before a query", 1, "opening", None),
    ]
    table = []
    for label, part, attribute, bounds in rows:
        bound = bound_for(bounds, count) if bounds else 0
        cells = []
        for name, found in weights.items():
            values = [] if isinstance(found, str) else [getattr(weight, attribute) for weight in found[part]]
            mark = ""
            if name == OURS.name and bounds and values:
                # Of a later query the bound speaks of the median; of a first one it says nothing, so the worst counts.
                value = (max(values) if bounds is FIRST else statistics.median(values)) / KB
                mark = outcome.judge(value <= bound, f"{count}: {label}: {value:.1f} KB is over {bound} KB")
            cells.append(_kilobytes(values) + mark)
        table.append([label, f"≤ {bound}" if bounds else "", *cells])
    outcome.table(f"KB on the wire at N = {count:,}: median · most", ["what", "bound", *weights], table)
    outcome.lines += ["", *(f"- {name}: {found}" for name, found in weights.items() if isinstance(found, str))]


def add_latency(outcome: Outcome, count: int, times: Mapping[tuple[str, int], Latency | str]) -> None:
    """`times`: engine and how many times the CPU was slowed → figures."""
    rows = []
    for (name, slower), found in times.items():
        peer = times.get((PAGEFIND.name, slower))
        if isinstance(found, str):
            rows.append([name, f"{slower}×", "–", "–", "–", "", found])
            continue
        mark, ratio = "", ""
        if isinstance(peer, Latency):
            ratio = f"{found.p95 / peer.p95:.2f}"
            if name == OURS.name:
                sentence = f"{count}: p95 at {slower}× is {found.p95:.0f} ms, that of Pagefind {peer.p95:.0f} ms"
                mark += outcome.judge(found.p95 < peer.p95, sentence)
        if name == OURS.name and slower == SLOW and count == SLOW_COUNT:
            sentence = f"{count}: p95 at {slower}× is {found.p95:.0f} ms, not under {SLOW_P95} ms"
            mark += outcome.judge(found.p95 < SLOW_P95, sentence)
        note = f"{found.samples} keys" + (f", {found.missed} without a paint" if found.missed else "")
        figures = [f"{found.median:.0f}", f"{found.p95:.0f}{mark}", f"{found.listed:.0f}"]
        rows.append([name, f"{slower}×", *figures, ratio, note])
    head = ["engine", "CPU slowed", "p50 ms", "p95 ms", "p95 to the list, unpainted", "p95 × Pagefind", "of"]
    outcome.table(f"From key to painted results at N = {count:,}, index warm", head, rows)


def add_build(outcome: Outcome, count: int, sites: Sequence[Site]) -> None:
    """CPU seconds of the index of each engine."""
    peer = next((site.cpu for site in sites if site.engine is PAGEFIND and not site.failure), 0.0)
    rows = []
    for site in sites:
        if site.failure or not site.cpu:
            rows.append([site.engine.name, "–", "", "", site.failure or site.detail])
            continue
        mark = ""
        if site.engine is OURS and peer and count >= BUILD_COUNT:
            sentence = f"{count}: the index takes {site.cpu:.2f} s of CPU, that of Pagefind {peer:.2f} s"
            mark = outcome.judge(site.cpu <= peer, sentence)
        ratio = f"{site.cpu / peer:.2f}" if peer else ""
        per_thousand = f"{site.cpu * 1000 / count:.2f}"
        rows.append([site.engine.name, f"{site.cpu:.2f}{mark}", per_thousand, ratio, site.detail])
    head = ["engine", "CPU s", "per 1,000", "× Pagefind", ""]
    outcome.table(f"Making the index at N = {count:,}", head, rows)
