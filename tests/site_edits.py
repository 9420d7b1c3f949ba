"""A site that people work on: random edits of content, theme, settings, output and cache, and builds after them.

After every edit a build that remembers all before it must give the bytes of one that remembers nothing. Used by
test_incremental.py for a few rows of edits, and by bench/edits.py for as many as one likes.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from expo.config import PROJECT, Config, make_config
from expo.pipeline import build
from expo.plugin import run_pelican

SMALL = PROJECT / "tests" / "data" / "small"
SITE_URL = "https://expo.example/sub"
PROVINCES = ("Huế", "Đà Nẵng", "Hà Giang", "Sóc Trăng", "Cần Thơ")
WORDS = ("nước", "đường", "trường", "loa", "thùng rác", "cây xanh", "bến xe", "hố ga")


class Workshop:
    """A copy of the small content and of the theme, an output, a cache, and how it is built."""

    def __init__(self, folder: Path, seed: int, jobs: int, site_url: str = "") -> None:
        self.folder, self.dice, self.jobs = folder, random.Random(seed), jobs
        self.content, self.project = folder / "content", folder / "project"
        shutil.copytree(SMALL, self.content)
        shutil.copytree(PROJECT / "theme", self.project / "theme", ignore=shutil.ignore_patterns("examples"))
        shutil.copytree(PROJECT / "content" / "vocabularies", self.project / "content" / "vocabularies")
        shutil.copytree(PROJECT / "content" / "pages", self.content / "pages")
        shutil.copy(PROJECT / "pelicanconf.py", self.project)
        self.site_url, self.drafts, self.count = site_url, False, 0
        self.output, self.cache = folder / "site", folder / "cache"

    def config(self, output: Path, cache: Path, jobs: int) -> Config:
        """Of a build with the present settings."""
        config = make_config(
            content=self.content, output=output, site_url=self.site_url, show_drafts=self.drafts, environment={}
        )
        return replace(config, project=self.project, cache=cache, jobs=jobs)

    def build(self) -> dict[str, bytes]:
        """The site after what has been built before, by its bytes."""
        build(self.config(self.output, self.cache, self.jobs), run_pelican)
        return files_of(self.output)

    def build_anew(self) -> dict[str, bytes]:
        """The site of somebody who has only just come. The cards of places, which are dear, are not drawn anew."""
        place = self.folder / "anew"
        shutil.rmtree(place, ignore_errors=True)
        for lang in ("", "en"):
            (place / "cache" / lang).mkdir(parents=True, exist_ok=True)
            for kept in (self.folder / "cards" / lang).glob("share-card-*"):
                shutil.copy(kept, place / "cache" / lang)
        build(self.config(place / "site", place / "cache", 1), run_pelican)
        for lang in ("", "en"):
            (self.folder / "cards" / lang).mkdir(parents=True, exist_ok=True)
            for kept in (place / "cache" / lang).glob("share-card-*"):
                shutil.copy(kept, self.folder / "cards" / lang)
        return files_of(place / "site")

    def edit(self) -> str:
        """One edit of any kind that is possible now; says which."""
        while True:
            edit = self.dice.choice(EDITS)
            if edit(self):
                return edit.__name__

    # What edits are made of.

    def documents(self, folder: str) -> list[Path]:
        """Files of a kind, in order."""
        return sorted((self.content / folder).rglob("*.md"))

    def added(self) -> list[Path]:
        """Exhibits that an edit has added: nothing refers to them."""
        return [path for path in self.documents("initiatives") if path.name.startswith("moi-")]

    def sentence(self) -> str:
        """Something new to say."""
        self.count += 1
        return f"Câu thứ {self.count} nói về {self.dice.choice(WORDS)}."

    def change(self, path: Path, pattern: str, new: str) -> bool:
        """Replace the first place where a pattern stands."""
        text = path.read_text("utf-8")
        changed = re.sub(pattern, lambda _: new, text, count=1, flags=re.MULTILINE)
        path.write_text(changed, "utf-8")
        return changed != text


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Paths that only one has, or that differ."""
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


def change_body(shop: Workshop) -> bool:
    """A sentence more in an exhibit."""
    path = shop.dice.choice(shop.documents("initiatives"))
    path.write_text(path.read_text("utf-8") + f"\n{shop.sentence()}\n", "utf-8")
    return True


def change_title(shop: Workshop) -> bool:
    """Which stands on cards of many pages."""
    path = shop.dice.choice(shop.documents("initiatives"))
    return shop.change(path, "^title: .*$", f'title: "{shop.sentence()[:-1]}"')


def change_reply(shop: Workshop) -> bool:
    """A sentence more of an authority."""
    path = shop.dice.choice(shop.documents("replies"))
    path.write_text(path.read_text("utf-8") + f"\n{shop.sentence()}\n", "utf-8")
    return True


def remove_reply(shop: Workshop) -> bool:
    """The state of an exhibit may change by it."""
    replies = shop.documents("replies")
    if len(replies) < 2:
        return False
    path = shop.dice.choice(replies)
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
    return True


def move(shop: Workshop) -> bool:
    """To another province."""
    path = shop.dice.choice(shop.documents("initiatives"))
    return shop.change(path, "^province: .*$", f'province: ["{shop.dice.choice(PROVINCES)}"]')


def add_exhibit(shop: Workshop) -> bool:
    """With the next number."""
    shop.count += 1
    text = (SMALL / "initiatives" / "may-loc-nuoc-vi-du.md").read_text("utf-8")
    text = text.replace("SK-0001", f"SK-{100 + shop.count:04d}").replace("Máy lọc nước", f"Máy số {shop.count}")
    (shop.content / "initiatives" / f"moi-{shop.count}.md").write_text(text, "utf-8")
    return True


def remove_exhibit(shop: Workshop) -> bool:
    """One that an edit has added."""
    for path in shop.added()[:1]:
        path.unlink()
        return True
    return False


def rename_exhibit(shop: Workshop) -> bool:
    """Its address changes, the old one leads on."""
    for path in shop.added()[-1:]:
        shop.count += 1
        known = re.search("^former_slugs: .*$", path.read_text("utf-8"), re.MULTILINE)
        former = [path.stem, *re.findall(r"moi-\d+", known[0] if known else "")]
        shop.change(path, "^former_slugs: .*\n", "")
        shop.change(path, "^title:", f"former_slugs: [{', '.join(former)}]\ntitle:")
        path.rename(path.with_name(f"moi-{shop.count}.md"))
        return True
    return False


def toggle_draft(shop: Workshop) -> bool:
    """An exhibit that is not to be shown yet, or is at last."""
    for path in shop.added()[:1]:
        return shop.change(path, "^draft: true\n", "") or shop.change(path, "^title:", "draft: true\ntitle:")
    return False


def toggle_drafts(shop: Workshop) -> bool:
    """A preview."""
    shop.drafts = not shop.drafts
    return True


def change_theme_name(shop: Workshop) -> bool:
    """A vocabulary."""
    shop.count += 1
    return shop.change(shop.content / "vocabularies" / "themes.yaml", 'name: "[^"]*"', f'name: "Chủ đề {shop.count}"')


def change_page(shop: Workshop) -> bool:
    """An ordinary page, which Pelican reads."""
    path = shop.dice.choice(shop.documents("pages"))
    path.write_text(path.read_text("utf-8") + f"\n{shop.sentence()}\n", "utf-8")
    return True


def remove_page(shop: Workshop) -> bool:
    """Navigation shows only pages that exist."""
    pages = [path for path in shop.documents("pages") if not path.name.endswith(".en.md")]
    if len(pages) < 2:
        return False
    path = shop.dice.choice(pages)
    path.unlink()
    path.with_suffix(".en.md").unlink(missing_ok=True)
    return True


def change_template(shop: Workshop) -> bool:
    """Of one kind of page, or of all."""
    shop.count += 1
    path = shop.dice.choice([*sorted((shop.project / "theme" / "templates" / "components").glob("*.html"))])
    path.write_text(path.read_text("utf-8") + f"{{# {shop.count} #}}", "utf-8")
    return shop.change(shop.project / "theme/templates/base.html", "</title>", f" {shop.count}</title>")


def change_style(shop: Workshop) -> bool:
    """The style sheet's name carries its hash."""
    shop.count += 1
    path = shop.project / "theme" / "static" / "css" / "base.css"
    path.write_text(path.read_text("utf-8") + f"\n.so-{shop.count} {{ order: {shop.count} }}\n", "utf-8")
    return True


def change_address(shop: Workshop) -> bool:
    """Of the site, which feeds, cards and canonical links need."""
    shop.site_url = "" if shop.site_url else SITE_URL
    return True


def spoil_output(shop: Workshop) -> bool:
    """Somebody's hand in the published tree: a file that is changed, gone, or too much."""
    files = [path for path in sorted(shop.output.rglob("*.html")) if path.is_file()]
    if not files:
        return False
    path = shop.dice.choice(files)
    stray = path.with_name("lạ.txt")
    ways: list[Callable[[], object]] = [path.unlink, lambda: path.write_bytes(b"x"), lambda: stray.write_text("x")]
    shop.dice.choice(ways)()
    return True


def spoil_cache(shop: Workshop) -> bool:
    """Files of the cache that are cut off, overwritten, gone, or not theirs."""
    files = [path for path in sorted(shop.cache.rglob("*")) if path.is_file()]
    if len(files) < 2:
        return False
    path, other = shop.dice.sample(files, 2)
    ways: list[Callable[[], object]] = [
        path.unlink,
        lambda: path.write_bytes(path.read_bytes()[:-1]),
        lambda: path.write_bytes(b"\0" * 100),
        lambda: path.write_bytes(other.read_bytes()),
    ]
    shop.dice.choice(ways)()
    return True


def lose_cache(shop: Workshop) -> bool:
    """All of it."""
    shutil.rmtree(shop.cache, ignore_errors=True)
    return True


def age_files(shop: Workshop) -> bool:
    """Clocks that run backwards: nothing goes by the dates of files."""
    for path in [*shop.content.rglob("*.md"), *shop.output.rglob("*.html")]:
        os.utime(path, (0, 0))
    return True


def do_nothing(shop: Workshop) -> bool:
    """And build again."""
    return True


EDITS: tuple[Callable[[Workshop], bool], ...] = (
    change_body, change_body, change_title, change_reply, remove_reply, move, add_exhibit, add_exhibit,
    remove_exhibit, rename_exhibit, toggle_draft, toggle_drafts, change_theme_name, change_page, remove_page,
    change_template, change_style, change_address, spoil_output, spoil_cache, lose_cache, age_files, do_nothing,
)  # fmt: skip
