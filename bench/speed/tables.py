"""Costs → the table that is printed, and the bounds that must hold.

In: for one count, seconds by situation and contender, memory, sizes. Out: lines of Markdown, and how many bounds are
broken. A bound is a ratio of medians of wall time, ours : peer, in one run; memory alone is MB.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.speed.contenders import HUGO, OURS, PAGEFIND, PELICAN
from bench.speed.measure import Cost

COLD, NOTHING, EDITED, TEMPLATE, CHECK = "cold", "nothing", "edited", "template", "check"
IMPORT = "import pelican"
SITUATIONS = {
    COLD: "from nothing",
    NOTHING: "nothing changed",
    EDITED: "one exhibit edited",
    TEMPLATE: "base template edited",
    CHECK: "check of one changed file",
}


@dataclass(frozen=True)
class Bound:
    """At most so many times a peer's wall time; by count, and further where we want to get."""

    situation: str
    peer: str
    most: Mapping[int, float]
    stretch: Mapping[int, float]


BOUNDS = (
    Bound(COLD, PAGEFIND, {1_000: 0.8, 10_000: 0.7}, {1_000: 0.6, 10_000: 0.5}),
    Bound(COLD, PELICAN, {1_000: 0.8, 10_000: 0.6}, {1_000: 0.5, 10_000: 0.35}),
    Bound(EDITED, HUGO, {1_000: 0.7, 10_000: 0.15}, {1_000: 0.4, 10_000: 0.10}),
    Bound(NOTHING, HUGO, {1_000: 0.5, 10_000: 0.12}, {1_000: 0.3, 10_000: 0.08}),
    Bound(TEMPLATE, HUGO, {1_000: 1.0, 10_000: 0.7}, {1_000: 0.7, 10_000: 0.45}),
    Bound(CHECK, IMPORT, {1_000: 1.3, 10_000: 3.0}, {1_000: 1.0, 10_000: 2.0}),
)
MOST_MEMORY = {1_000: 200, 10_000: 500}  # MB, all processes together
MEMORY_STRETCH = {1_000: 150, 10_000: 300}
GROWTH_PAIR = (1_000, 10_000)
MOST_GROWTH = 1.15  # CPU seconds a document, the larger against the smaller
GROWTH_STRETCH = 1.05

Times = dict[str, dict[str, list[Cost]]]  # situation → contender → runs


@dataclass
class Measured:
    """All that was measured at one count."""

    count: int
    times: Times
    memory: dict[str, float] = field(default_factory=dict)  # MB
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)  # pages, bytes


@dataclass(frozen=True)
class Table:
    """Lines of Markdown and how many bounds do not hold."""

    lines: Sequence[str]
    broken: int


def middle(costs: Sequence[Cost]) -> Cost:
    """Medians of wall and of CPU."""
    return Cost(median(one.wall for one in costs), median(one.cpu for one in costs))


def find_bound(situation: str, peer: str) -> Bound | None:
    """The bound against a peer in a situation."""
    return next((one for one in BOUNDS if (one.situation, one.peer) == (situation, peer)), None)


def judge(value: float, most: float | None, stretch: float | None) -> str:
    """`≤ 0.8 ✓ (stretch 0.6)`; "" where nothing was promised."""
    if most is None:
        return ""
    aim = "" if stretch is None else f" (stretch {stretch:g}{' ✓' if value <= stretch else ''})"
    return f"≤ {most:g} {'✓' if value <= most else '✗'}{aim}"


def make_table(measured: Measured) -> Table:
    """Times, memory and outputs of one count."""
    count, lines, broken = measured.count, [f"### {measured.count:,} exhibits", ""], 0
    lines += ["| | wall s (least–most) | CPU s | ours : it, wall | CPU | bound |", "|---|---|---|---|---|---|"]
    for situation, runs in measured.times.items():
        ours = middle(runs[OURS]) if runs.get(OURS) else None
        for name, costs in runs.items():
            if not costs:
                continue
            cost = middle(costs)
            spread = f"{min(one.wall for one in costs):.2f}–{max(one.wall for one in costs):.2f}"
            ratios, verdict = ("", ""), ""
            if ours and name != OURS:
                bound, ratio = find_bound(situation, name), ours.wall / cost.wall
                ratios = (f"{ratio:.2f}", f"{ours.cpu / cost.cpu:.2f}")
                verdict = judge(ratio, bound.most.get(count), bound.stretch.get(count)) if bound else ""
                broken += "✗" in verdict
            lines.append(
                f"| {SITUATIONS[situation]}: {name} | {cost.wall:.2f} ({spread}) | {cost.cpu:.2f} "
                f"| {ratios[0]} | {ratios[1]} | {verdict} |"
            )
    if measured.memory:
        lines += ["", "| peak memory from nothing, all processes (PSS) | MB | bound |", "|---|---|---|"]
        for name, size in measured.memory.items():
            verdict = judge(size, MOST_MEMORY.get(count), MEMORY_STRETCH.get(count)) if name == OURS else ""
            broken += "✗" in verdict
            lines.append(f"| {name} | {size:.0f} | {verdict} |")
    lines += ["", "| output | HTML pages | files of all kinds, MB |", "|---|---|---|"]
    lines += [f"| {name} | {pages:,} | {size / 2**20:.1f} |" for name, (pages, size) in measured.sizes.items()]
    return Table([*lines, ""], broken)


def make_growth(all_measured: Sequence[Measured]) -> Table:
    """CPU a document of our build from nothing, where both counts were measured."""
    cpu = {one.count: middle(one.times[COLD][OURS]).cpu for one in all_measured if one.times.get(COLD, {}).get(OURS)}
    small, large = GROWTH_PAIR
    if not {small, large} <= cpu.keys():
        return Table([], 0)
    ratio = (cpu[large] / large) / (cpu[small] / small)
    verdict = judge(ratio, MOST_GROWTH, GROWTH_STRETCH)
    return Table([f"CPU a document, {large:,} : {small:,} exhibits: {ratio:.2f} {verdict}"], int("✗" in verdict))
