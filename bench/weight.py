"""Weigh a first visit: what a page of every kind loads, over the wire.

In: the project; builds the real content into a temporary folder and follows what each page names. Out: a table of KB
(1,024 bytes) by kind of file; exit 1 if a page outgrows its bound. Headers are not counted.
"""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin, urlsplit

PROJECT = Path(__file__).resolve().parent.parent
PAGES = [
    "/",
    "/sang-kien/",
    "/sang-kien/hue-s/",
    "/tinh-thanh/",
    "/tinh-thanh/da-nang/",
    "/tinh-thanh/truoc-2025/quang-nam/",
    "/chu-de/",
    "/chu-de/moi-truong/",
    "/phan-hoi/",
    "/gioi-thieu/",
    "/404.html",
]
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")
BOUND_ALL, BOUND_CODE = 70, 25  # KB, for the home page and any exhibit without photographs


class Loads(HTMLParser):
    """Addresses that a page loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Style sheets, preloads, icons, scripts and pictures."""
        values = dict(attrs)
        rel = (values.get("rel") or "").split()
        if tag == "link" and {"stylesheet", "preload", "modulepreload", "icon"} & set(rel):
            self.addresses.append(values.get("href") or "")
        elif tag in ("script", "img", "source") and values.get("src"):
            self.addresses.append(values["src"] or "")


def wire_size(path: Path) -> int:
    """Bytes as a plain host sends them."""
    data = path.read_bytes()
    return len(gzip.compress(data, 6, mtime=0)) if path.suffix in COMPRESSED else len(data)


def fonts_of(path: Path) -> list[str]:
    """Font files a style sheet names; the digits' face loads only where tables use it, and is counted all the same."""
    return re.findall(r"url\(([^)]+\.woff2)\)", path.read_text("utf-8").replace('"', "").replace("'", ""))


def weigh(root: Path, address: str) -> dict[str, int]:
    """Bytes by kind for one page."""
    page = root / (address.lstrip("/") + ("index.html" if address.endswith("/") else ""))
    kinds = {"html": wire_size(page), "css": 0, "js": 0, "font": 0, "other": 0}
    parser = Loads()
    parser.feed(page.read_text("utf-8"))
    waiting, seen = [urljoin(address, one) for one in parser.addresses], set()
    while waiting:
        one = urlsplit(waiting.pop()).path
        if one in seen:
            continue
        seen.add(one)
        path = root / one.lstrip("/")
        suffix = PurePosixPath(one).suffix
        kind = {".css": "css", ".js": "js", ".woff2": "font"}.get(suffix, "other")
        kinds[kind] += wire_size(path)
        if suffix == ".css":
            waiting += [urljoin(one, other) for other in fonts_of(path)]
    return kinds


def main() -> int:
    """Build, weigh, print."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "site"
        command = [sys.executable, str(PROJECT / "build.py"), "build", "--output", str(root), "--quiet"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"EXPO_SITE_URL": ""})
        print(f"{'page':34}" + "".join(f"{kind:>8}" for kind in ("html", "css", "js", "font", "other", "all KB")))
        too_heavy = False
        for address in PAGES:
            kinds = weigh(root, address)
            total = sum(kinds.values())
            print(f"{address:34}" + "".join(f"{size / 1024:8.1f}" for size in (*kinds.values(), total)))
            if address in ("/", "/sang-kien/hue-s/"):
                too_heavy |= total > BOUND_ALL * 1024 or kinds["css"] + kinds["js"] > BOUND_CODE * 1024
    print(f"bounds for home and exhibit: {BOUND_ALL} KB in all, {BOUND_CODE} KB script and style")
    return 1 if too_heavy else 0


if __name__ == "__main__":
    sys.exit(main())
