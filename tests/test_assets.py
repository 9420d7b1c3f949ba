"""Assets: one style sheet, one file an entry script, fonts and data files, each with its content's hash in the name."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from expo.render.assets import AssetNotFound, Assets, content_hash, load_assets


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A small theme/static."""
    files = {
        "css/base.css": "/* why */ @layer base { a { color: light-dark(#fff, #000); } }",
        "css/tokens.css": "@layer tokens, base;\n:root { --s: calc(1px + 2px); }",
        "css/fonts.css": '@font-face { src: url("../fonts/a.woff2") format("woff2"); }',
        "css/components/hang.css": ".hang { &:hover { top: 0; } }",
        "js/catalogue.js": 'import { fold } from "./search/text.js"; // reason\nexport const a = `x // y`;\n',
        "js/search/text.js": "export function fold(text) {\n  return text; /* why */\n}\n",
        "fonts/a.woff2": "font",
        "fonts/OFL.txt": "licence",
        "favicon.svg": "<svg/>",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def contents(assets: Assets) -> dict[str, str]:
    """Address → text of every file."""
    return {file.address: file.content.decode() for file in assets.files()}


def test_the_style_sheet_is_one_file_in_the_declared_order(static: Path) -> None:
    """Fonts, tokens, base, layout, components; comments out, new syntax untouched, fonts by their hashed names."""
    assets = load_assets(static)
    font = content_hash(b"font")
    assert contents(assets)[assets.address("css")] == (
        f'@font-face{{src:url(fonts/a.{font}.woff2) format("woff2")}}@layer tokens,base;:root{{--s:calc(1px + 2px)}}'
        "@layer base{a{color:light-dark(#fff,#000)}}.hang{&:hover{top:0}}"
    )
    assert assets.address("fonts/a.woff2") == f"/assets/fonts/a.{font}.woff2"


def test_an_entry_script_is_one_file_with_what_it_imports(static: Path) -> None:
    """Its address carries the hash of that file; what it imports has no address of its own."""
    assets = load_assets(static)
    joined = "function fold(text){return text;};\nconst a=`x // y`;"
    assert assets.address("js/catalogue.js") == f"/assets/catalogue-{content_hash(joined.encode())}.js"
    assert contents(assets)[assets.address("js/catalogue.js")] == joined
    assert [address for address in contents(assets) if address.endswith(".js")] == [assets.address("js/catalogue.js")]


def test_a_change_in_a_module_renames_the_file(static: Path) -> None:
    """A browser never mixes the scripts of two releases; entries that do not import it keep their names."""
    (static / "js/page.js").write_text("print();", "utf-8")
    before = load_assets(static)
    (static / "js/search/text.js").write_text("export function fold(text) { return text + text; }", "utf-8")
    after = load_assets(static)
    assert after.address("js/catalogue.js") != before.address("js/catalogue.js")
    assert after.address("js/page.js") == before.address("js/page.js")


def test_the_same_theme_gives_the_same_files(static: Path) -> None:
    """Two readings agree in names and bytes."""
    assert load_assets(static).files() == load_assets(static).files()


def test_icons_stand_where_browsers_look(static: Path) -> None:
    """favicon.svg is at the root; icons that the theme lacks are left out."""
    addresses = [file.address for file in load_assets(static).files()]
    assert "/favicon.svg" in addresses
    assert "/favicon.ico" not in addresses


def test_data_files_carry_their_hash() -> None:
    """The same name with other content gets another address."""
    assets = Assets()
    first, second = assets.add("search.json", b"1"), assets.add("search.json", b"2")
    assert (first, second) == (f"/assets/search-{content_hash(b'1')}.json", f"/assets/search-{content_hash(b'2')}.json")


def test_a_missing_asset_is_named() -> None:
    """A template that asks for what is not there learns what there is."""
    assets = Assets()
    assets.add("search.json", b"1")
    with pytest.raises(AssetNotFound, match=r'^no asset "js/x.js"; there are: search.json$'):
        assets.address("js/x.js")


def test_the_theme_has_what_every_page_asks_for(project: Path) -> None:
    """Style sheet, the preloaded font and the icons; two fonts of text take at most 25 KB."""
    assets = load_assets(project / "theme" / "static")
    by_address = {file.address: file.content for file in assets.files()}
    fonts = [by_address[assets.address(f"fonts/be-vietnam-pro-{weight}.woff2")] for weight in (400, 700)]
    assert sum(len(font) for font in fonts) <= 25_000
    assert {"/favicon.svg", "/favicon.ico", "/apple-touch-icon.png"} <= set(by_address)
    assert len(gzip.compress(by_address[assets.address("css")], mtime=0)) <= 25_000
