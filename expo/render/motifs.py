"""The motifs of the brocade: what a weaver chooses from. Medallions, fields, bands and thread orders, as data.

In: a stitch (x, y) and the motif's height. Out: 0 for the band's ground, 1 to 3 for its threads. x runs from one
mirror line (0) to the next (HALF), y outward from the middle (medallions) or from the band's inner edge (bands).
Frozen: any change here, even of order in a list, gives exhibits another cloth. New motifs need a new plan of their own.
"""

from __future__ import annotations

from collections.abc import Callable

HALF = 12  # stitches from one mirror line to the next; every repeat divides it
GROUND, FIGURE, COTTON, ACCENT, INDIGO = "gfctk"  # the theme's two threads; then those that cloths share or choose

Motif = Callable[[int, int, int], int]
Inks = tuple[str, str, str, str]  # a band's ground, then the motif's three threads

G, F, C, T, K = GROUND, FIGURE, COTTON, ACCENT, INDIGO


def fold(x: int, half: int) -> int:
    """Distance from the nearest mirror line when the motif repeats every 2 * half stitches."""
    x %= 2 * half
    return min(x, 2 * half - x)


def corner(x: int, y: int, height: int) -> int:
    """What stands between medallions: a small diamond where four of them meet."""
    distance = HALF - x + abs(height - 1 - y)
    if distance <= 1:
        return 2
    return 1 if distance in (3, 4) else 0


def star(x: int, y: int, height: int) -> int:
    """Sao tám cánh: the eight-pointed star, petals parted on axes and diagonals."""
    far, near = max(x, y), min(x, y)
    if near <= 4 and far - near <= 4:
        if far <= 1:
            return 3
        if far == near:
            return 0
        return 2 if near == 0 and far < 4 else 1
    return 2 if x == HALF and y % 2 == 0 and y < 5 else corner(x, y, height)


def great_star(x: int, y: int, height: int) -> int:
    """The same star, larger, its petals in two threads."""
    far, near = max(x, y), min(x, y)
    if near <= 5 and far - near <= 5:
        if far <= 1:
            return 3
        if far == near or near == 0:
            return 0
        return 1 if x > y else 2
    return corner(x, y, height)


def framed_star(x: int, y: int, height: int) -> int:
    """A star within a diamond."""
    far, near, distance = max(x, y), min(x, y), x + y
    if near <= 3 and far - near <= 3:
        if far <= 1:
            return 3
        return 0 if far == near else 1
    if distance in (11, 12):
        return 2
    return 1 if distance > 14 and distance % 2 == 0 else 0


def nested(x: int, y: int, height: int) -> int:
    """Quả trám lồng nhau: nested diamonds."""
    distance = x + y
    if distance < 13:
        return (3, 3, 0, 1, 1, 0, 2, 0, 1, 1, 1, 0, 2)[distance]
    return (0, 1, 1, 0, 3, 0, 1, 1, 0, 2, 2, 2)[min(distance - 13, 11)]


def hooked(x: int, y: int, height: int) -> int:
    """Quả trám móc câu: a diamond set with latch hooks."""
    distance = x + y
    if distance <= 6:
        return (3, 3, 0, 2, 0, 1, 1)[distance]
    if (y % 3 == 0 and distance <= 9) or (y % 3 == 1 and y > 1 and distance in (9, 10)):
        return 1
    return 2 if x == HALF and y < 2 else corner(x, y, height)


def diamond_grid(x: int, y: int, height: int) -> int:
    """Ô trám: four small diamonds make a large one."""
    distance = abs(x - 6) + y if y <= 6 else x + (HALF - y)
    if y > 6 and x > 6:
        distance = HALF - x + abs(HALF - y)
    return (3, 3, 0, 1, 1, 0, 2)[distance] if distance < 7 else 0


def octagon(x: int, y: int, height: int) -> int:
    """Mặt trời: rings and rays."""
    ring = max(x, y, (x + y) * 3 // 4)
    if ring <= 6:
        return (3, 3, 0, 2, 0, 1, 1)[ring]
    if ring <= 9 and (x == 0 or y == 0 or x == y or x == 2 * y or y == 2 * x):
        return 1
    return corner(x, y, height)


def sun_square(x: int, y: int, height: int) -> int:
    """Two squares, one turned: the star of bronze drums."""
    far, distance = max(x, y), x + y
    if far <= 6 or distance <= 9:
        if not ((far <= 4 and distance <= 9) or distance <= 6):
            return 1
        return (3, 3, 0, 2, 2)[distance] if distance <= 4 else 0
    return 2 if x == HALF and y < 3 else corner(x, y, height)


def ladder(x: int, y: int, height: int) -> int:
    """Thang: a diamond of bars."""
    distance = x + y
    if distance > 11:
        return corner(x, y, height)
    if distance <= 1:
        return 3
    if distance >= 10:
        return 1
    if distance == 9 or y % 2:
        return 0
    return 2 if distance >= 6 else 1


def lattice(x: int, y: int, height: int) -> int:
    """Mắt lưới: a net with a diamond in each mesh."""
    return (3, 0, 1, 1, 0, 0, 2, 0, 0, 1, 1, 0, 3)[fold(x, 6) + fold(y, 6)]


def wide_lattice(x: int, y: int, height: int) -> int:
    """The same with larger meshes, a double net and a ring in each."""
    distance = x + fold(y, 12)
    return (3, 3, 0, 1, 0, 1, 1, 0, 0, 2, 0, 2, 2)[min(distance, 24 - distance)]


def tree(x: int, y: int, height: int) -> int:
    """Cây rừng: stems with branches."""
    x = fold(x, 6)
    if x == 0:
        return 2
    if x == 6:
        return 3 if y % 4 == 1 else 0
    return 1 if (x + y) % 4 < 2 and x < 5 else 0


def chevron(x: int, y: int, height: int) -> int:
    """Sóng nước: broad chevrons."""
    return (1, 1, 0, 2, 0, 3, 0)[(x + y) % 7]


def flower(x: int, y: int, height: int) -> int:
    """Hoa: a stepped cross flower."""
    far, near = max(x, y), min(x, y)
    if far <= 1:
        return 3
    if near <= 1 and far <= 8:
        return 1
    if (far, near) in ((4, 2), (4, 3), (3, 3), (4, 4), (3, 2), (7, 2), (6, 2)):
        return 2
    return corner(x, y, height)


def butterfly(x: int, y: int, height: int) -> int:
    """Bướm: triangles nose to nose."""
    if x + y <= 1:
        return 3
    if y < x - 1 and x < 9 and (x + y) % 3:
        return 1
    if y > x + 1 and (y - x) % 3:
        return 2
    return 2 if HALF - x + y <= 2 else 0


def zigzag(half: int) -> Motif:
    """A zigzag line with a dot in each valley."""
    return lambda x, y, height: 1 if fold(x, half) in (y, y + 1) else 2 if fold(x, half) == half and y == 0 else 0


def teeth(half: int) -> Motif:
    """Tam giác: a row of triangles."""
    return lambda x, y, height: 1 if fold(x, half) + y * half // height < half else 0


def peaks(half: int) -> Motif:
    """Núi: triangles one within another."""
    rings = (1, 1, 0, 2, 2, 0, 3, 3, 0, 1, 1, 0, 2)
    return lambda x, y, height: rings[fold(x, half) + y] if fold(x, half) + y <= half else 0


def hourglass(half: int) -> Motif:
    """Triangles tip to tip, a dot between two."""

    def motif(x: int, y: int, height: int) -> int:
        x, y = fold(x, half), abs(y - height // 2)
        return 1 if x <= y else 2 if x == half and y == 0 else 0

    return motif


def beads(half: int) -> Motif:
    """Hạt cườm: a row of diamonds with eyes."""

    def motif(x: int, y: int, height: int) -> int:
        x, y = fold(x, half), abs(y - height // 2)
        if x + y == 0:
            return 2
        if x + y <= height // 2:
            return 1
        return 3 if x == half and y == 0 else 0

    return motif


def comb(half: int) -> Motif:
    """Răng lược: teeth off a bar."""
    return lambda x, y, height: 1 if y == 0 or fold(x, half) % 2 == 0 else 0


def hooks(x: int, y: int, height: int) -> int:
    """Móc câu: hooks in facing pairs."""
    x = fold(x, 6)
    if y == 0 or x == 1 or (y == height - 1 and 1 <= x <= 4) or (x == 4 and y >= 2):
        return 1
    return 2 if x == 6 and y >= 2 else 0


def stairs(x: int, y: int, height: int) -> int:
    """Bậc thang."""
    x = fold(x, 6)
    if x // 2 in (height - 1 - y, height - 2 - y):
        return 1
    return 2 if x == 6 and y == height - 1 else 0


def saltires(x: int, y: int, height: int) -> int:
    """Dấu nhân: a row of crosses."""
    x, y = fold(x, 3), abs(y - height // 2)
    return 1 if x == y else 2 if x == 3 and y == 0 else 0


def twill(x: int, y: int, height: int) -> int:
    """Chéo: a fine diagonal."""
    return 1 if (fold(x, 6) + y) % 3 == 0 else 0


def dashes(x: int, y: int, height: int) -> int:
    """A row of single stitches."""
    return 1 if fold(x, 2) == 0 else 0


PLANS = ("medallion", "medallion", "field", "twin")
MEDALLIONS: tuple[tuple[Motif, int], ...] = (
    (star, 12), (great_star, 13), (framed_star, 13), (nested, 13), (nested, 12), (hooked, 13),
    (sun_square, 12), (ladder, 13), (flower, 11), (butterfly, 11), (octagon, 12), (diamond_grid, 13),
)  # fmt: skip
TWINS = tuple(one for one in MEDALLIONS if one[0] not in (nested, butterfly, diamond_grid, ladder))
FIELDS: tuple[tuple[Motif, int], ...] = (
    (lattice, 19), (wide_lattice, 19), (wide_lattice, 16), (tree, 15), (chevron, 15), (nested, 18),
)  # fmt: skip
BANDS: tuple[tuple[Motif, int], ...] = (
    (zigzag(4), 5), (zigzag(6), 7), (zigzag(3), 4), (teeth(4), 4), (teeth(6), 6), (peaks(6), 7), (peaks(12), 9),
    (hourglass(4), 5), (hourglass(3), 5), (beads(4), 5), (beads(6), 7), (beads(3), 5), (comb(12), 3), (hooks, 5),
    (stairs, 5), (saltires, 5),
)  # fmt: skip
FINE_BANDS: tuple[tuple[Motif, int], ...] = (
    (dashes, 1), (twill, 3), (teeth(3), 3), (comb(12), 3), (zigzag(3), 4), (dashes, 1),
)  # fmt: skip
CENTRE_INKS: tuple[Inks, ...] = (
    (G, F, C, T), (K, F, C, T), (G, C, F, T), (K, C, F, T), (G, C, T, F), (K, F, T, C), (G, F, T, C),
)  # fmt: skip
BAND_INKS: tuple[Inks, ...] = (
    (K, F, C, T), (G, C, F, T), (K, C, T, F), (G, F, C, C), (F, K, G, C), (T, C, K, K), (K, T, C, F),
    (F, G, C, K), (G, T, C, F),
)  # fmt: skip
STRIPES = ((T,), (C,), (K, C, K), (C, K, C), (K, T, K), (T, K, T), (C, T, C), (K, F, K))
