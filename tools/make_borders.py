"""Make expo/data/borders.topojson, from which the build draws the map of the provinces.

In: the boundaries beside this tool (tools/borders/: the 63 units, the 34, both archipelagos; licence in the README
there). Out: TopoJSON on a grid of 0.005 degrees: each border once, as an arc that both its neighbours use, so that
simplifying never opens a gap between them; the same bytes from the same input. It does not run in a build.
To run it: `.venv/bin/python tools/make_borders.py` (Windows: `.venv\\Scripts\\python tools\\make_borders.py`).
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
SOURCE = PROJECT / "tools" / "borders"
TARGET = PROJECT / "expo" / "data" / "borders.topojson"

# A step of the grid is 0.005 degrees of latitude, and as long on the ground both ways at 16° N: the drawing needs no
# other projection. The corner leaves room for the names at the edges.
WEST, SOUTH, STEP = 101.8, 7.2, 0.005
SCALE = (STEP / math.cos(math.radians(16)), STEP)
SMALLEST = 28.0  # points whose triangle with their neighbours is smaller (in squares of the grid) go

Point = tuple[float, float]
Cell = tuple[int, int]
Arc = tuple[Point, ...]


def read_rings(name: str) -> tuple[dict[str, list[Arc]], dict[str, dict[str, Any]]]:
    """Rings of each unit (closed, the last point is the first again), and the properties of every feature."""
    data = json.loads((SOURCE / name).read_text("utf-8"))
    rings: dict[str, list[Arc]] = {}
    properties: dict[str, dict[str, Any]] = {}
    for feature in data["features"]:
        slug, geometry = feature["properties"]["slug"], feature["geometry"]
        properties[slug] = feature["properties"] | {"points": geometry["coordinates"]}
        if geometry["type"] != "MultiPoint":
            polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
            rings[slug] = [tuple((x, y) for x, y in ring) for polygon in polygons for ring in polygon]
    return rings, properties


def find_junctions(rings: Iterable[Arc]) -> set[Point]:
    """Points where other than two borders meet: there arcs begin and end."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in pairwise(ring):
            neighbours[one].add(other)
            neighbours[other].add(one)
    return {point for point, around in neighbours.items() if len(around) != 2}


def cut_ring(ring: Arc, junctions: set[Point]) -> Iterator[Arc]:
    """The arcs of a ring, in its direction. One without a junction, an island, begins at its least point."""
    body = ring[:-1]
    starts = [at for at, point in enumerate(body) if point in junctions] or [body.index(min(body))]
    turned = body[starts[0] :] + body[: starts[0]]
    ends = [at - starts[0] for at in starts] + [len(body)]
    for first, last in pairwise(ends):
        yield (*turned[first:last], turned[last % len(body)])


def snap(arc: Arc) -> list[Cell]:
    """An arc on the grid, without steps of no length. An islet smaller than the grid stays, as a diamond."""
    cells = [to_cell(point) for point in arc]
    cells = [cells[0], *(two for one, two in pairwise(cells) if one != two)]
    if arc[0] == arc[-1] and not area(cells):
        x, y = cells[0]
        return [(x - 1, y), (x, y + 1), (x + 1, y), (x, y - 1), (x - 1, y)]
    return cells


def simplify(arcs: list[list[Cell]]) -> None:
    """Drop the point that makes the smallest triangle with its neighbours until none is small (Visvalingam).

    One with another point in its triangle stays: without it that point would change sides, and borders would cross.
    """
    for cells in arcs:
        kept: set[Cell] = set()
        while len(cells) > (5 if cells[0] == cells[-1] else 2):
            triples = zip(cells, cells[1:], cells[2:], strict=False)
            areas = [(abs(cross(*three)) / 2, at, three) for at, three in enumerate(triples) if three[1] not in kept]
            least, at, three = min(areas, default=(SMALLEST, 0, None))
            if three is None or least >= SMALLEST:
                break
            if any(is_inside(cell, three) for other in arcs for cell in other if cell not in three):
                kept.add(three[1])
            else:
                del cells[at + 1]


def is_inside(cell: Cell, triangle: tuple[Cell, Cell, Cell]) -> bool:
    """Whether a point lies in a triangle or on its edge."""
    one, two, three = triangle
    sides = [cross(one, two, cell), cross(two, three, cell), cross(three, one, cell)]
    return min(sides) >= 0 or max(sides) <= 0


def area(ring: Sequence[Cell]) -> int:
    """Twice the area of a closed ring, signed."""
    return sum(cross((0, 0), one, two) for one, two in pairwise(ring))


def cross(one: Cell, two: Cell, three: Cell) -> int:
    """Twice the area of a triangle, positive when it turns left."""
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])


def find_crossings(arcs: Sequence[Sequence[Cell]]) -> list[tuple[Cell, Cell, Cell, Cell]]:
    """Pairs of segments that cross: simplifying must not make any."""
    segments = [segment for arc in arcs for segment in pairwise(arc)]
    boxes = [(min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])) for a, b in segments]
    found = []
    for (one, box), (other, near) in combinations(zip(segments, boxes, strict=True), 2):
        if box[0] <= near[1] and near[0] <= box[1] and box[2] <= near[3] and near[2] <= box[3]:
            a, b, c, d = *one, *other
            if cross(a, b, c) * cross(a, b, d) < 0 and cross(c, d, a) * cross(c, d, b) < 0:
                found.append((a, b, c, d))
    return found


class Topology:
    """Arcs, each once; rings are lists of their numbers, ~number for one that is walked backwards."""

    def __init__(self, rings: Iterable[Arc]) -> None:
        self.junctions = find_junctions(rings)
        self.arcs: list[list[Cell]] = []
        self._numbers: dict[Arc, int] = {}

    def add_ring(self, ring: Arc) -> list[int]:
        """The ring as numbers of arcs."""
        return [self._number(arc) for arc in cut_ring(ring, self.junctions)]

    def _number(self, arc: Arc) -> int:
        if arc[::-1] in self._numbers:
            return ~self._numbers[arc[::-1]]
        if arc not in self._numbers:
            self._numbers[arc] = len(self.arcs)
            self.arcs.append(snap(arc))
        return self._numbers[arc]

    def add_union(self, members: Iterable[list[list[int]]]) -> list[list[int]]:
        """Rings around several units: their arcs but those that two of them share, joined end to end."""
        mine = {arc for rings in members for ring in rings for arc in ring}
        outer = {arc for arc in mine if ~arc not in mine}
        by_start = defaultdict(list)
        for arc in sorted(outer):
            by_start[self.ends(arc)[0]].append(arc)
        rings = []
        while outer:
            ring = [min(outer)]
            while self.ends(ring[-1])[1] != self.ends(ring[0])[0]:
                ring.append(next(arc for arc in by_start[self.ends(ring[-1])[1]] if arc in outer and arc not in ring))
            outer -= set(ring)
            rings.append(ring)
        return rings

    def ends(self, arc: int) -> tuple[Cell, Cell]:
        """Where an arc begins and ends, in the direction meant."""
        cells = self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]
        return cells[0], cells[-1]


def make_topology() -> dict[str, Any]:
    """The whole file."""
    rings_63, units_63 = read_rings("provinces-63.geojson")
    rings_34, units_34 = read_rings("provinces-34.geojson")
    topology = Topology(ring for rings in rings_63.values() for ring in rings)
    drawn_63 = {slug: [topology.add_ring(ring) for ring in rings] for slug, rings in rings_63.items()}
    members = {slug: units_34[slug]["members"] for slug in rings_34}
    drawn_34 = {slug: topology.add_union(drawn_63[one] for one in members[slug]) for slug in rings_34}
    simplify(topology.arcs)
    check(topology, drawn_34, rings_34)
    isles = {slug: one for slug, one in units_34.items() if one["kind"] == "archipelago"}
    return {
        "type": "Topology",
        "license": "CC-BY-SA-4.0",
        "attribution": "Boundaries: Open Development Vietnam (CC BY-SA 4.0), simplified",
        "transform": {"scale": list(SCALE), "translate": [WEST, SOUTH]},
        "objects": {
            "63": collect(make_shape(slug, rings, units_63) for slug, rings in drawn_63.items()),
            "34": collect(make_shape(slug, rings, units_34) for slug, rings in drawn_34.items()),
            "isles": collect(make_isles(slug, one) for slug, one in isles.items()),
        },
        "arcs": [encode(arc) for arc in topology.arcs],
    }


def check(topology: Topology, drawn_34: dict[str, list[list[int]]], rings_34: dict[str, list[Arc]]) -> None:
    """The 34 drawn from the 63 are those of their own file, nothing crosses, no ring has collapsed."""
    for slug, rings in drawn_34.items():
        if len(rings) != len(rings_34[slug]):
            raise SystemExit(f"{slug}: {len(rings)} rings, its file has {len(rings_34[slug])}")
        for ring in rings:
            cells = [cell for arc in ring for cell in (topology.arcs[arc] if arc >= 0 else topology.arcs[~arc][::-1])]
            if not area([*cells, cells[0]]):
                raise SystemExit(f"{slug}: a ring has no area left")
    if found := find_crossings(topology.arcs):
        raise SystemExit(f"borders cross: {found}")


def collect(shapes: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Shapes as one object of the file."""
    return {"type": "GeometryCollection", "geometries": list(shapes)}


def make_shape(slug: str, rings: list[list[int]], units: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A unit; each ring is a part of its own, as no unit lies inside another."""
    label = list(to_cell(units[slug]["label"]))
    return {"type": "MultiPolygon", "id": slug, "properties": {"label": label}, "arcs": [[ring] for ring in rings]}


def make_isles(slug: str, one: dict[str, Any]) -> dict[str, Any]:
    """An archipelago: its main islands as points, and the unit that administers it, in either list."""
    owners = {key: one[key] for key in ("province_63", "province_34")}
    cells = [list(to_cell(point)) for point in one["points"]]
    return {"type": "MultiPoint", "id": slug, "properties": owners, "coordinates": cells}


def to_cell(point: Sequence[float]) -> Cell:
    """The nearest point of the grid."""
    return round((point[0] - WEST) / SCALE[0]), round((point[1] - SOUTH) / SCALE[1])


def encode(arc: Sequence[Cell]) -> list[list[int]]:
    """As TopoJSON keeps arcs: the first point, then steps."""
    steps = [[two[0] - one[0], two[1] - one[1]] for one, two in pairwise(arc)]
    return [list(arc[0]), *(step for step in steps if step != [0, 0])]


def main() -> None:
    """Write the file and print its size."""
    text = json.dumps(make_topology(), ensure_ascii=False, separators=(",", ":")).replace('{"type"', '\n{"type"')
    TARGET.write_text(text.strip() + "\n", "utf-8")
    print(f"{TARGET.stat().st_size:6d}  {TARGET.relative_to(PROJECT)}")


if __name__ == "__main__":
    main()
