"""Style sheet, scripts, fonts, icons and data files with their content's hash in the name, so that they cache for ever.

In: theme/static (css, js, fonts, icons). Out: `Assets`: File values and, by name, their addresses. The style sheet is
one file, its parts in a declared order; what few pages need stands in css/pages/, a file each, which may import
components: those are left out of the common one. Each entry script is
one file with the modules that it imports (`scripts`). Comments go out, nothing is renamed. Rooms that make data files
(search, cards) add them while the site is planned; nothing is written here.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from pathlib import Path

import rcssmin  # type: ignore[import-untyped]

from expo.render.pages import File
from expo.render.scripts import join_scripts

CSS_ORDER = ("fonts.css", "tokens.css", "base.css", "layout.css")  # then components/*.css by name
ROOT_FILES = ("favicon.svg", "favicon.ico", "apple-touch-icon.png")
FONT_URL = re.compile(r"""url\((["']?)\.\./fonts/([\w.-]+)\1\)""")
CSS_IMPORT = re.compile(r'^@import "([./\w-]+\.css)";$', re.MULTILINE)
HASH_LENGTH = 10


class AssetNotFound(LookupError):
    """A template or module asks for an asset that the theme does not have: our own mistake, never the content's."""


class Assets:
    """The assets of a theme. Names: "css", "css/kiosk.css", "js/page.js", "fonts/….woff2", those of added files."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}  # address → bytes
        self._addresses: dict[str, str] = {}  # name → address

    def address(self, name: str) -> str:
        """Address of an asset on the site. Raises AssetNotFound."""
        try:
            return self._addresses[name]
        except KeyError:
            raise AssetNotFound(f'no asset "{name}"; there are: {", ".join(sorted(self._addresses))}') from None

    def files(self) -> list[File]:
        """Every file, added ones too, by address."""
        return [File(address, content) for address, content in sorted(self._contents.items())]

    def list_all(self) -> list[tuple[str, str, bytes]]:
        """Name, address and content of every file."""
        return [(name, address, self._contents[address]) for name, address in self._addresses.items()]

    def add(self, name: str, content: bytes) -> str:
        """Add a data file, "search.json" → "/assets/search-<hash>.json", and return its address."""
        stem, dot, ending = name.partition(".")
        return self.keep(name, f"/assets/{stem}-{content_hash(content)}{dot}{ending}", content)

    def keep(self, name: str, address: str, content: bytes) -> str:
        """Add a file whose address is settled already."""
        self._addresses[name] = address
        self._contents[address] = content
        return address


def load_assets(static: Path) -> Assets:
    """Read theme/static. Parts that are missing are left out; asking for one of them is the mistake."""
    assets = Assets()
    _add_fonts(assets, static / "fonts")
    _add_css(assets, static / "css")
    _add_js(assets, static / "js")
    for name in ROOT_FILES:
        if (static / name).is_file():
            assets.keep(name, f"/{name}", (static / name).read_bytes())
    return assets


def _add_fonts(assets: Assets, folder: Path) -> None:
    for path in sorted(folder.glob("*")):
        content = path.read_bytes()
        name = path.name if path.suffix == ".txt" else f"{path.stem}.{content_hash(content)}{path.suffix}"
        assets.keep(f"fonts/{path.name}", f"/assets/fonts/{name}", content)


def _add_css(assets: Assets, folder: Path) -> None:
    pages = {path: _join_imports(path) for path in sorted((folder / "pages").glob("*.css"))}
    apart = {path for _, imported in pages.values() for path in imported}
    components = [path for path in sorted((folder / "components").glob("*.css")) if path.resolve() not in apart]
    paths = [folder / name for name in CSS_ORDER] + components
    text = rcssmin.cssmin("\n".join(path.read_text("utf-8") for path in paths if path.is_file()))

    def font_url(match: re.Match[str]) -> str:
        return f"url({posixpath.relpath(assets.address(f'fonts/{match[2]}'), '/assets')})"

    content = FONT_URL.sub(font_url, text).encode()
    assets.keep("css", f"/assets/expo-{content_hash(content)}.css", content)
    for path, (text, _) in pages.items():
        content = rcssmin.cssmin(text).encode()
        assets.keep(f"css/{path.name}", f"/assets/{path.stem}-{content_hash(content)}.css", content)


def _join_imports(path: Path) -> tuple[str, list[Path]]:
    """A style sheet with those that it imports in their places, and which these are."""
    imported: list[Path] = []

    def read(match: re.Match[str]) -> str:
        imported.append((path.parent / match[1]).resolve())
        return imported[-1].read_text("utf-8")

    return CSS_IMPORT.sub(read, path.read_text("utf-8")), imported


def _add_js(assets: Assets, folder: Path) -> None:
    for name, text in join_scripts(folder).items():
        content = text.encode()
        assets.keep(f"js/{name}", f"/assets/{Path(name).stem}-{content_hash(content)}.js", content)


def content_hash(content: bytes) -> str:
    """The first characters of a SHA-256: enough that no two files of a site share a name."""
    return hashlib.sha256(content).hexdigest()[:HASH_LENGTH]
