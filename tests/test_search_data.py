"""The files that the catalogue's script fetches: names that carry hashes, and tables that name every one of them."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from expo.cache import Cache
from expo.config import make_config
from expo.model import Expo
from expo.render.assets import content_hash
from expo.render.views.card_data import chunk_bits
from expo.search.index import make_search_files
from expo.search.shards import HASH_SIZE, SHARED_BITS
from tests.search_fixtures import search_assets

NUMBERED = re.compile(r"([wpcd])/(\d+)-([0-9a-f]{6})\.bin")
NAMED = re.compile(r"(root|facets|phrases|by-name|by-reply)-([0-9a-f]{10})\.bin")


@pytest.fixture(scope="module")
def files(real_expo: Expo) -> dict[str, bytes]:
    """Path below /assets/search/ → bytes, of the real content."""
    return search_assets(real_expo, make_config())


@dataclass(frozen=True)
class Root:
    """The root file, opened as the browser opens it."""

    told: dict[str, Any]
    tables: dict[str, bytes]


def open_root(files: dict[str, bytes]) -> Root:
    """Its JSON, and the tables of hashes behind it and in the phrases' directory."""
    content = zlib.decompress(files[named(files, "root")])
    length = int.from_bytes(content[:4], "little")
    told = json.loads(content[4 : 4 + length])
    hashes = content[4 + length :]
    words = (told["words"] >> SHARED_BITS["w"]) * HASH_SIZE
    return Root(told, {"w": hashes[:words], "c": hashes[words:], "p": zlib.decompress(files[told["directory"]])})


def named(files: dict[str, bytes], kind: str) -> str:
    """The one file of its kind."""
    (name,) = [name for name in files if name.startswith(f"{kind}-")]
    return name


def names_in(table: bytes, kind: str) -> set[str]:
    """Files that a table says there may be; of words each of them is there."""
    shared = 1 << SHARED_BITS[kind]
    hashes = [table[at : at + HASH_SIZE].hex() for at in range(0, len(table), HASH_SIZE)]
    return {
        f"{kind}/{at * shared + inside}-{short}.bin"
        for at, short in enumerate(hashes)
        for inside in range(shared)
        if short.strip("0")
    }


def of_kind(files: dict[str, bytes], kind: str) -> set[str]:
    """Files that there are."""
    return {name for name in files if name.startswith(f"{kind}/")}


def shared_hash(files: dict[str, bytes], kind: str, number: str) -> str:
    """Of a file, or of those that share it with the file, in order of their numbers."""
    shared = SHARED_BITS.get(kind, 0)
    members = {int(name[2:].split("-")[0]): files[name] for name in of_kind(files, kind)}
    contents = [content for at, content in sorted(members.items()) if at >> shared == int(number) >> shared]
    if not shared:
        return hashlib.sha256(contents[0]).hexdigest()[:6]
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()[:6]


def test_every_name_carries_the_hash_of_its_file(files: dict[str, bytes]) -> None:
    """Three bytes beside a number, five in a name on its own; nothing else is in the folder."""
    for name, content in files.items():
        if match := NUMBERED.fullmatch(name):
            assert match[3] == shared_hash(files, match[1], match[2]), name
        else:
            match = NAMED.fullmatch(name)
            assert match, name
            assert match[2] == content_hash(content), name


@pytest.mark.parametrize("kind", ["w", "c", "p"])
def test_a_table_names_the_files_that_there_are(files: dict[str, bytes], kind: str) -> None:
    """Each of them, and no other; but that of cards, which says only where there are some."""
    named_there, there = names_in(open_root(files).tables[kind], kind), of_kind(files, kind)
    assert there != set()
    assert there <= named_there if kind == "c" else there == named_there


def test_the_tables_are_as_long_as_the_root_says(files: dict[str, bytes], real_expo: Expo) -> None:
    """A hash for every shard there can be, and for every chunk of cards."""
    root = open_root(files)
    lengths = {kind: len(table) // HASH_SIZE for kind, table in root.tables.items()}
    assert lengths == {
        "w": root.told["words"] >> SHARED_BITS["w"],
        "p": root.told["phrases"],
        "c": (root.told["highest"] >> chunk_bits(real_expo) + SHARED_BITS["c"]) + 1,
    }


def test_the_root_names_orders_and_the_directory_that_there_are(files: dict[str, bytes]) -> None:
    """Files named by the root, by the page (root and facets), and by rows of cards are all that there are."""
    root = open_root(files)
    rows = [row for name in of_kind(files, "c") for row in json.loads(zlib.decompress(files[name]))]
    details = {f"d/{row[0]}-{row[-1]}.bin" for row in rows}
    assert details == of_kind(files, "d")
    of_tables = {name for kind, table in root.tables.items() for name in names_in(table, kind)} & set(files)
    of_root = {root.told["directory"], *root.told["orders"].values()}
    assert {named(files, "root"), named(files, "facets"), *of_root, *of_tables, *details} == set(files)


def test_shards_are_those_of_the_index(files: dict[str, bytes], real_expo: Expo) -> None:
    """Compressed with zlib, whole, under their numbers."""
    index = make_search_files(real_expo, None)
    for kind, shards in (("w", index.words), ("p", index.phrases)):
        opened = {int(name[2:].split("-")[0]): zlib.decompress(files[name]) for name in of_kind(files, kind)}
        assert {number: content for number, content in opened.items() if content} == shards
    told = open_root(files).told
    assert {key: told[key] for key in index.root} == json.loads(json.dumps(index.root))


def test_a_repeat_gives_the_same_files(files: dict[str, bytes], real_expo: Expo, tmp_path: Path) -> None:
    """From nothing, and with what the first run kept."""
    config, cache = replace(make_config(), cache=tmp_path), Cache(tmp_path)
    assert search_assets(real_expo, config, cache) == files
    assert search_assets(real_expo, config, cache) == files


def test_an_edit_of_a_body_changes_few_names(files: dict[str, bytes], real_expo: Expo) -> None:
    """Its details, the chunk of its card, which names them, with those that share its hash, the shards of its words;
    the root and the directory, which name those. Facets and orders stay, so does all of every other exhibit.
    """
    one = real_expo.by_id["SK-0029"]
    edited = replace(one, body=one.body + "\n\nThuyền thúng chở lều bạt.")
    others = tuple(edited if other.id == one.id else other for other in real_expo.initiatives)
    after = search_assets(replace(real_expo, initiatives=others), make_config())
    gone = set(files) - set(after)
    kinds = {kind: {name.split("-")[0] for name in gone & of_kind(files, kind)} for kind in "wpcd"}
    group = 29 >> chunk_bits(real_expo) >> SHARED_BITS["c"]
    chunks = {name.split("-")[0] for name in of_kind(files, "c")}
    together = {name for name in chunks if int(name[2:]) >> SHARED_BITS["c"] == group}
    assert (kinds["d"], kinds["c"]) == ({"d/29"}, together)
    assert 1 <= len(kinds["w"]) <= 40
    assert 1 <= len(kinds["p"]) <= 60  # what stands behind the body moves
    assert gone - of_kind(files, "w") - of_kind(files, "p") - of_kind(files, "c") - of_kind(files, "d") == {
        named(files, "root"),
        named(files, "phrases"),
    }


def test_the_built_site_has_these_files(files: dict[str, bytes], built_site: Path) -> None:
    """Byte for byte, under /assets/search/ beside those in English; its catalogue names the root and the facets."""
    folder = built_site / "assets" / "search"
    built = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    built = {name: content for name, content in built.items() if not name.startswith("en/")}
    assert built == files
    page = (built_site / "sang-kien" / "index.html").read_text("utf-8")
    assert {name for name in files if name in page} == {named(files, "root"), named(files, "facets")}
