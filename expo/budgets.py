"""The finished pages on the scales: what a visitor's line has to carry, against the numbers of theme/budgets.yaml.

In: the folder that a build has written, the names and sizes of its files, and which template made which page. Out:
Problems; raises OverBudget where the theme itself is too heavy. Cheap enough for every build: of each kind only the
shortest and the longest page are packed, as the sizes of all are known, and each asset once. Changes no file.
"""

from __future__ import annotations

import gzip
import posixpath
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import translate
from pathlib import Path
from typing import Any

import yaml

from expo.cache import Cache, Shelf
from expo.problems import Problem, make_problem, sort_problems

BUDGETS = "theme/budgets.yaml"
KB = 1024
LEVEL = 6  # of gzip: what plain hosts use
PACKED = (".html", ".css", ".js", ".svg", ".json", ".xml", ".txt")
ORDINARY = "page"  # the template of what Pelican writes by itself
PARTS = ("page", "style", "script", "font", "whole")  # of a page that have bounds
GROWING = ("text", "exhibits")  # with which a page may get longer
KEPT_AS = "weights"
FEW = 3  # pages of a kind, below which even the shortest may be a long one
TAG = re.compile(r"<(link|script|img)\b([^>]*)>")
ATTRIBUTE = re.compile(r"""([\w-]+)=(?:"([^"]*)"|([^\s">]+))""")
FONT = re.compile(r"""url\(["']?([^)"']+\.woff2)["']?\)""")
CLOTH = re.compile(r'class="cloth\b[^>]*>(<svg.*?</svg>)', re.DOTALL)
KINDS = {".css": "style", ".js": "script", ".woff2": "font"}
# What is weighed, Vietnamese and English.
WORDS = {
    "page": ("HTML của trang", "its HTML"),
    "style": ("kiểu dáng (CSS)", "its style"),
    "script": ("mã chạy trong trang (script)", "its scripts"),
    "font": ("phông chữ", "its fonts"),
    "whole": ("cả trang ở lần mở đầu", "all of a first visit"),
    "file": ("tệp", "the file"),
    "cloth": ("tấm vải hoa văn trên trang", "a cloth on it"),
}

Sizes = Mapping[str, int]  # path in the output → bytes


class OverBudget(Exception):
    """The theme is heavier than it may be; `problems` says where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} bounds broken")
        self.problems = problems


@dataclass(frozen=True)
class PageBudget:
    """KB for the pages of one template, by part; a part that is not there is as on every page."""

    most: Mapping[str, float]
    grows_with: str | None = None


@dataclass(frozen=True)
class Budgets:
    """The file."""

    headers: float
    cloth: float
    files: Mapping[str, float]
    every: Mapping[str, float]  # by part
    pages: Mapping[str, PageBudget]

    def most(self, kind: str, part: str) -> float:
        """KB that a part of a page of a kind may have."""
        own = self.pages[kind].most if kind in self.pages else {}
        return own.get(part, self.every[part])

    def grows_with(self, kind: str) -> str | None:
        """What makes a page of a kind longer that is not the theme."""
        return self.pages[kind].grows_with if kind in self.pages else None


@dataclass(frozen=True)
class Weight:
    """One page, in bytes over the wire; `cloth` is its heaviest cloth as it stands in the HTML."""

    page: int
    style: int
    script: int
    font: int
    other: int
    paper: int
    headers: int
    cloth: int

    @property
    def whole(self) -> int:
        """A first visit."""
        return self.page + self.style + self.script + self.font + self.other + self.paper + self.headers


@dataclass
class Scales:
    """Weighs the files of one output folder, each at most once, and once for ever where a cache knows their hashes."""

    root: Path
    sizes: Sizes
    headers: float = 0.0  # KB of an answer
    site_path: str = ""  # in front of addresses that begin with a slash
    digests: Mapping[str, str] = field(default_factory=dict)  # SHA-256 by path
    shelf: Shelf = field(default_factory=lambda: Shelf(None, KEPT_AS))
    _known: dict[str, int] = field(default_factory=dict)

    def file(self, path: str) -> int:
        """Bytes over the wire, headers aside."""
        if path not in self._known:
            is_packed = path.endswith(PACKED)
            self._known[path] = self._weigh_packed(path) if is_packed else self.sizes[path]
        return self._known[path]

    def _weigh_packed(self, path: str) -> int:
        def pack() -> int:
            return len(gzip.compress((self.root / path).read_bytes(), LEVEL, mtime=0))

        if path not in self.digests:
            return pack()
        return int(self.shelf.get(f"{LEVEL} {self.digests[path]}", pack))

    def page(self, path: str) -> Weight:
        """A page with all that it names and a browser fetches by itself."""
        named, cloth = self._look_inside(path)
        totals = dict.fromkeys(("style", "script", "font", "other", "paper"), 0)
        loads = list(self._loads(path, named))
        for part, loaded in loads:
            totals[part] += self.file(loaded)
        totals["headers"] = round((1 + len(loads)) * self.headers * KB)
        return Weight(page=self.file(path), cloth=cloth, **totals)

    def _look_inside(self, path: str) -> tuple[list[tuple[str, bool]], int]:
        """What a page names, and the bytes of its heaviest cloth."""

        def look() -> list[Any]:
            html = (self.root / path).read_text("utf-8")
            cloths = (len(match[1].encode()) for match in CLOTH.finditer(html))
            return [list(_named(html)), max(cloths, default=0)]

        named, cloth = self.shelf.get(f"inside {self.digests[path]}", look) if path in self.digests else look()
        return [(address, is_paper) for address, is_paper in named], cloth

    def _loads(self, path: str, named: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, str]]:
        seen: set[str] = set()
        waiting = list(named)
        origin = {name: path for name, _ in waiting}
        while waiting:
            name, is_paper = waiting.pop(0)
            found = self._resolve(name, origin[name])
            if found in seen or found not in self.sizes or _is_photograph(found):
                continue
            seen.add(found)
            ending = posixpath.splitext(found)[1]
            yield "paper" if is_paper else KINDS.get(ending, "other"), found
            if ending == ".css":
                for font in FONT.findall((self.root / found).read_text("utf-8")):
                    waiting.append((font, False))
                    origin[font] = found

    def _resolve(self, name: str, origin: str) -> str:
        """The path in the output of an address that stands in a file."""
        if name.startswith("/"):
            return name.removeprefix(self.site_path).lstrip("/")
        return posixpath.normpath(posixpath.join(posixpath.dirname(origin), name))


def _named(html: str) -> Iterator[tuple[str, bool]]:
    """Addresses that a page makes a browser fetch, and whether only for paper."""
    for tag, text in TAG.findall(html):
        values = {name: quoted or bare for name, quoted, bare in ATTRIBUTE.findall(text)}
        if tag == "link":
            if {"stylesheet", "preload", "modulepreload", "icon"} & set(values.get("rel", "").split()):
                yield values.get("href", ""), values.get("media") == "print"
        elif "src" in values and values.get("loading") != "lazy":
            yield values["src"], False


def _is_photograph(path: str) -> bool:
    return path.startswith("sang-kien/") and not path.endswith(".html")


def read_budgets(project: Path) -> Budgets:
    """The file of the theme. Raises OverBudget with what is wrong in it."""
    try:
        return make_budgets(yaml.safe_load((project / BUDGETS).read_text("utf-8")))
    except (yaml.YAMLError, ValueError) as error:
        raise OverBudget([make_problem(BUDGETS, 1, "", "bad-budgets", detail=error)]) from error


def make_budgets(told: object) -> Budgets:
    """Budgets of what the file says. Raises ValueError."""
    parts = _take(told, "budgets", ("headers", "cloth", "files", "every", "pages"), ())
    headers, cloth = _number(parts["headers"], "headers", or_zero=True), _number(parts["cloth"], "cloth")
    files = {name: _number(size, name) for name, size in _take(parts["files"], "files").items()}
    every = {part: _number(size, part) for part, size in _take(parts["every"], "every", PARTS, ()).items()}
    pages = {kind: _make_page_budget(kind, page) for kind, page in _take(parts["pages"], "pages").items()}
    return Budgets(headers, cloth, files, every, pages)


def _make_page_budget(kind: str, told: object) -> PageBudget:
    parts = dict(_take(told, kind, (), (*PARTS, "grows_with")))
    grows_with = parts.pop("grows_with", None)
    if grows_with not in (None, *GROWING):
        raise ValueError(f"{kind}.grows_with: {grows_with!r}")
    return PageBudget({part: _number(size, f"{kind}.{part}") for part, size in parts.items()}, grows_with)


def _take(
    told: object, where: str, needed: Collection[str] = (), optional: Collection[str] | None = None
) -> dict[str, Any]:
    """A group with the names that it must and may have; any, where nothing is said of those it may have."""
    if not isinstance(told, dict):
        raise ValueError(f"{where}: not a group")
    missing, given = set(needed) - told.keys(), {str(name) for name in told}
    if missing or (optional is not None and given - set(needed) - set(optional)):
        raise ValueError(f"{where}: missing {sorted(missing)}, given {sorted(given)}")
    return {str(name): value for name, value in told.items()}


def _number(told: object, where: str, *, or_zero: bool = False) -> float:
    """What is above zero, or zero where that may be."""
    if isinstance(told, bool) or not isinstance(told, int | float) or told < 0 or (told == 0 and not or_zero):
        raise ValueError(f"{where}: {told!r}")
    return float(told)


def weigh_output(
    project: Path,
    root: Path,
    sizes: Sizes,
    kinds: Mapping[str, str],
    site_path: str,
    digests: Mapping[str, str] | None = None,
    cache: Cache | None = None,
) -> list[Problem]:
    """Reminders. Raises OverBudget if the theme is too heavy. `kinds`: path of a page → name of its template.

    With a cache no file is packed that one of the same hash was weighed for before.
    """
    budgets = read_budgets(project)
    lines = (project / BUDGETS).read_text("utf-8").splitlines()
    shelf = Shelf(cache, KEPT_AS, sys.modules[__name__])
    scales = Scales(root, sizes, budgets.headers, site_path, digests or {}, shelf)

    def complain(where: str, part: str, name: str, size: int, most: float, is_reminder: bool = False) -> Problem:
        is_own = where in budgets.pages and part in budgets.pages[where].most
        anchor = "every" if part in PARTS and not is_own else where
        line = next((at for at, text in enumerate(lines, 1) if text.strip().strip('"').startswith(anchor)), 1)
        words, words_en = WORDS[part]
        return make_problem(
            BUDGETS, line, f"{where}.{part}" if part in PARTS else where,
            "long-page" if is_reminder else "over-budget", warning=is_reminder,
            name=name, what=words, what_en=words_en, size=f"{size / KB:.1f}", most=f"{most:g}",
        )  # fmt: skip

    found = [*_weigh_files(budgets, scales, complain), *_weigh_pages(budgets, scales, kinds, complain)]
    scales.shelf.keep()
    if errors := [problem for problem in found if not problem.is_warning]:
        raise OverBudget(sort_problems(errors))
    return sort_problems(found)


Complain = Callable[..., Problem]


def _weigh_files(budgets: Budgets, scales: Scales, complain: Complain) -> Iterator[Problem]:
    """The heaviest file of every pattern."""
    patterns = [(address, re.compile(translate(address))) for address in budgets.files]
    groups: dict[str, list[str]] = {}
    for path in scales.sizes:
        if path.endswith(".html"):
            continue
        fitting = next((address for address, pattern in patterns if pattern.match(f"/{path}")), None)
        if fitting:
            groups.setdefault(fitting, []).append(path)
    for address, paths in groups.items():
        heaviest = max(paths, key=scales.file if paths[0].endswith(PACKED) else scales.sizes.__getitem__)
        if (size := scales.file(heaviest)) > budgets.files[address] * KB:
            yield complain(address, "file", f"/{heaviest}", size, budgets.files[address])


def _weigh_pages(budgets: Budgets, scales: Scales, kinds: Mapping[str, str], complain: Complain) -> Iterator[Problem]:
    """The shortest and the longest page of every kind: of what is the theme's, all have the same."""
    groups: dict[str, list[str]] = {}
    for path in scales.sizes:
        if path.endswith(".html"):
            groups.setdefault(kinds.get(path, ORDINARY), []).append(path)
    for kind, paths in groups.items():
        paths.sort(key=lambda path: (scales.sizes[path], path))
        shortest, longest = (scales.page(path) for path in (paths[0], paths[-1]))
        name = f"/{paths[-1]}".removesuffix("index.html")
        for part in ("style", "script", "font"):
            size = max(getattr(shortest, part), getattr(longest, part))
            if size > budgets.most(kind, part) * KB:
                yield complain(kind, part, name, size, budgets.most(kind, part))
        if longest.cloth > budgets.cloth * KB:
            # Drawn from the exhibit's number: nobody who adds one can mend it. Tests hold the theme to it.
            yield complain("cloth", "cloth", name, longest.cloth, budgets.cloth, is_reminder=True)
        for part in ("page", "whole"):
            most = budgets.most(kind, part)
            is_theme = {
                None: True,
                "text": len(paths) >= FEW and getattr(shortest, part) > most * KB,
                "exhibits": False,
            }[budgets.grows_with(kind)]
            if (size := getattr(longest, part)) > most * KB:
                yield complain(kind, part, name, size, most, is_reminder=not is_theme)


def kinds_of(pages: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Path in the output → name of the template, from paths and files of templates."""
    return {path: posixpath.splitext(template)[0] for path, template in pages}
