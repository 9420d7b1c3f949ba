"""The audit's own judgement: what breaks a bound, and which of several runs counts. The tools are run by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bench.audit import CATEGORIES, LEAST, NOT_JUDGED, TOOLS, Audit, read_report
from bench.page_kinds import PAGE_KINDS

GOOD = Audit((98, 100, 100, 100), 1500, 0.0, 0)


def report(scores: Sequence[float | None] = (0.98, 1, 1, 1), **values: float) -> dict[str, Any]:
    """The parts of Lighthouse's JSON that are read."""
    audits = {"largest-contentful-paint": 1500.4, "cumulative-layout-shift": 0.0049, "total-blocking-time": 0.4}
    return {
        "categories": {name: {"score": score} for name, score in zip(CATEGORIES, scores, strict=True)},
        "audits": {name: {"numericValue": values.get(name.replace("-", "_"), value)} for name, value in audits.items()},
    }


def test_a_page_at_its_bounds_is_good() -> None:
    """Milliseconds are whole, a shift has two places, a score is per cent."""
    assert (read_report(report()), GOOD.broken) == (GOOD, ())


def test_every_bound_is_named_that_is_broken() -> None:
    """A score that Lighthouse could not give counts as none."""
    poor = read_report(report((0.97, 0.99, 1, None), largest_contentful_paint=1501, total_blocking_time=1))
    assert poor.broken == ("performance", "accessibility", "seo", "LCP", "TBT")
    assert read_report(report(cumulative_layout_shift=0.005001)).broken == ("CLS",)


def test_what_is_not_judged_breaks_nothing() -> None:
    """Only scores, and only of kinds that there are."""
    assert read_report(report((1, 1, 1, 0.63)), ("seo",)).broken == ()
    assert set(NOT_JUDGED) <= set(PAGE_KINDS) and {name for names in NOT_JUDGED.values() for name in names} <= set(
        LEAST
    )


def test_of_several_runs_the_best_counts() -> None:
    """Fewest broken bounds first, then scores, then times."""
    busy = Audit((99, 100, 100, 100), 1400, 0.0, 60)
    slower = Audit((98, 100, 100, 100), 1499, 0.0, 0)
    assert max((busy, GOOD, slower), key=lambda audit: audit.rank) is slower


def test_the_tools_are_pinned() -> None:
    """To a version and a hash, every package of them."""
    wanted = json.loads((TOOLS / "package.json").read_text("utf-8"))["dependencies"]
    packages = json.loads((TOOLS / "package-lock.json").read_text("utf-8"))["packages"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, package in packages.items() if name and not package.get("integrity")] == []
