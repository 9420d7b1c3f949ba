"""Borders of the provinces as outlines to draw: the 63, the 34, and the main islands of both archipelagos.

In: expo/data/borders.topojson (made by tools/make_borders.py; CC BY-SA 4.0, see the README there). Out: `Borders`, in
whole units of one drawing whose corner is the north-west. The grid of the file is square on the ground, so nothing is
projected here. Knows no names and no counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

HEIGHT = 3260  # of the drawing: 23.5° to 7.2° N in steps of 0.005°
WIDTH = 2630  # 101.8° to 115.5° E

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Outline:
    """A unit: the path around it (SVG), and where a number fits best."""

    path: str
    label: Spot


@dataclass(frozen=True, slots=True)
class Islands:
    """The main islands of an archipelago, and the slugs of the units that administer it in either list."""

    slug: str
    owners: dict[str, str]
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Borders:
    """Outlines by scheme ("63", "34") and slug."""

    outlines: dict[str, dict[str, Outline]]
    islands: tuple[Islands, ...]


@cache
def load_borders() -> Borders:
    """Read the file (once a process; it never changes while one runs)."""
    data = json.loads((resources.files("expo") / "data" / "borders.topojson").read_text("utf-8"))
    arcs = [_walk(arc) for arc in data["arcs"]]
    shapes = {scheme: data["objects"][scheme]["geometries"] for scheme in ("63", "34")}
    return Borders(
        outlines={scheme: {one["id"]: _make_outline(one, arcs) for one in listed} for scheme, listed in shapes.items()},
        islands=tuple(
            Islands(
                slug=one["id"],
                owners={scheme: one["properties"][f"province_{scheme}"] for scheme in ("63", "34")},
                spots=tuple(sorted({_turn(spot) for spot in one["coordinates"]})),
            )
            for one in data["objects"]["isles"]["geometries"]
        ),
    )


def _walk(arc: list[list[int]]) -> list[Spot]:
    """Points of an arc: in the file all but the first are steps, and north is up."""
    x, y = 0, 0
    spots = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        spots.append(_turn((x, y)))
    return spots


def _turn(spot: Iterable[int]) -> Spot:
    x, y = spot
    return x, HEIGHT - y


def _make_outline(shape: dict[str, Any], arcs: list[list[Spot]]) -> Outline:
    path = "".join(_draw_ring(ring, arcs) for polygon in shape["arcs"] for ring in polygon)
    return Outline(path, _turn(shape["properties"]["label"]))


def _draw_ring(ring: list[int], arcs: list[list[Spot]]) -> str:
    """One closed line, in steps: "M645 2601l3-4 2 5z"."""
    spots: list[Spot] = []
    for number in ring:
        spots += (arcs[number] if number >= 0 else arcs[~number][::-1])[bool(spots) :]
    steps = " ".join(f"{two[0] - one[0]} {two[1] - one[1]}" for one, two in pairwise(spots[:-1]))
    return f"M{spots[0][0]} {spots[0][1]}l{steps.replace(' -', '-')}z"
