"""What the tests of the search engine share: its files without a whole site, and its modules asked in a real Chromium.

In: an Expo, or made-up exhibits. Out: a folder to serve, and `Engine`, which answers queries as the catalogue would,
without its page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from bench.search.reference import ASK, write_search_files
from expo.cache import Cache
from expo.config import Config, make_config
from expo.model import Expo
from expo.pipeline import load_expo
from expo.render.assets import Assets
from expo.render.covers import Loom
from expo.render.pages import Site
from expo.render.views.search_data import add_search_data
from expo.render.words import Words
from expo.search.columns import make_columns


@dataclass(frozen=True)
class Found:
    """The answer to one query; `mended` are pairs typed → used, `places` facet and value."""

    numbers: list[int]
    mended: list[list[str]]
    most: bool
    cut: bool
    places: list[list[str]]
    milliseconds: float


@dataclass(frozen=True)
class Engine:
    """The modules over one index. `page` is any page of the host that serves it."""

    page: Page
    base: str
    root: str

    def ask_all(self, texts: Sequence[str], typing: bool = False) -> list[Found]:
        """Every query in turn. They travel as JSON with escapes, so that lone surrogates arrive as they are."""
        asked = json.dumps([[text, typing] for text in texts])
        return [Found(**one) for one in json.loads(self.page.evaluate(ASK, [self.base, self.root, asked]))]

    def ask(self, text: str, typing: bool = False) -> Found:
        """One query. `typing`: its last word may go on."""
        return self.ask_all([text], typing)[0]

    def numbers(self, text: str, typing: bool = False) -> list[int]:
        """What one query finds, best first."""
        return self.ask(text, typing).numbers

    def run(self, script: str, *values: Any) -> Any:
        """A function of the page; its first two values are the folder of the modules and the address of the root."""
        return self.page.evaluate(script, [f"{self.base}js/search/", self.base + self.root, *values])


@dataclass(frozen=True)
class SearchFolder:
    """A folder with the search's files and modules, to be served, and what they were made of."""

    folder: Path
    root: str
    expo: Expo

    def open(self, page: Page, serve: Callable[..., str], sub_path: str = "") -> Engine:
        """An engine over it in this page."""
        base = serve(self.folder, sub_path)
        page.goto(base + "blank.html")
        return Engine(page, base, self.root)


def lay_out(expo: Expo, config: Config, folder: Path) -> SearchFolder:
    """The search's files of a model."""
    return SearchFolder(folder, write_search_files(expo, config, folder), expo)


def search_assets(expo: Expo, config: Config, cache: Cache | None = None) -> dict[str, bytes]:
    """The same files by their path below /assets/search/."""
    site = Site(expo, config, Words("vi"), Assets(), Loom(Cache(config.cache)), cache=cache)
    add_search_data(site, make_columns(expo))
    return {file.address.removeprefix("/assets/search/"): file.content for file in site.assets.files()}


# --- made-up exhibits ---


@dataclass(frozen=True)
class MadeUp:
    """An exhibit that a test makes up; every word of it is there on purpose."""

    title: str
    body: str = "Không có gì thêm."
    summary: str = "Nội dung này được bịa ra để kiểm thử tìm kiếm."
    province: str = "soc-trang"


def write_made_up(folder: Path, exhibits: dict[int, MadeUp]) -> None:
    """A content folder of exhibits by number, without vocabularies of its own: the project's serve it."""
    target = folder / "initiatives"
    target.mkdir(parents=True)
    for number, one in exhibits.items():
        head = {
            "id": f"SK-{number:04d}",
            "title": one.title,
            "summary": one.summary,
            "added": "2026-01-05",
            "province": [one.province],
            "themes": ["moi-truong"],
            "aim": "unknown",
            "stage": "idea",
            "proposer": {"type": "citizen", "name": "Nhóm Mẫu"},
            "origin": "submitted",
            "submitted": "2024-11",
        }
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
        text = "\n".join(["---", *lines, "---", "", "## Vấn đề", "", one.body, "", "## Giải pháp", "", "Như trên."])
        (target / f"bia-{number}.md").write_text(text + "\n", "utf-8")


def load_made_up(folder: Path, exhibits: dict[int, MadeUp], cache: Path) -> tuple[Expo, Config]:
    """The model of made-up exhibits, checked like any content."""
    write_made_up(folder, exhibits)
    config = replace(make_config(content=folder), cache=cache)
    return load_expo(config), config
