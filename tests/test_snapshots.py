"""Snapshots on two levels, so that a failure tells which one moved: the model that files become, the HTML it becomes.

The content is tests/data/small, with vocabularies of its own and nothing real in it. A wanted change is accepted with
`python3 build.py test tests/test_snapshots.py --snapshot-update`; read the difference before it is committed.
Brocades are frozen elsewhere (test_covers.py) and shown here as an empty <svg>; what changes with every build (hashes
in names of assets) does not stand in <main> but for the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from expo.cli import main
from expo.config import make_config
from expo.dates import PartialDate, Period
from expo.model import Expo, Initiative, Place, Term
from expo.pipeline import load_expo

SMALL = Path(__file__).resolve().parent / "data" / "small"

# Sent in and unanswered; collected, with many figures and two replies; an authority that reports its own results.
EXHIBITS = ("may-loc-nuoc-vi-du", "cong-gop-y-vi-du", "tram-canh-bao-vi-du")
PAGES = {
    "home": "",
    "exhibit-unanswered": "sang-kien/may-loc-nuoc-vi-du/",
    "exhibit-answered": "sang-kien/cong-gop-y-vi-du/",
    "exhibit-results": "sang-kien/tram-canh-bao-vi-du/",
    "place": "tinh-thanh/da-nang/",
    "place-of-the-63": "tinh-thanh/truoc-2025/da-nang/",
    "theme": "chu-de/moi-truong/",
}


class OneFile(SingleFileSnapshotExtension):
    """A text file for each snapshot, named after the test and its case."""

    _write_mode = WriteMode.TEXT


class ModelFile(OneFile):
    """Records as YAML."""

    file_extension = "yaml"


class PageFile(OneFile):
    """The main part of a page, a tag a line."""

    file_extension = "html"


@pytest.fixture(scope="module")
def expo() -> Expo:
    """The small content as records, with what is derived from them."""
    return load_expo(make_config(content=SMALL, environment={}))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small content as a site that knows neither its address nor a repository."""
    output = tmp_path_factory.mktemp("small") / "output"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("EXPO_SITE_URL", "EXPO_REPOSITORY_URL", "EXPO_CONTACT"):
            patch.delenv(name, raising=False)
        assert main(["build", "--content", str(SMALL), "--output", str(output), "--quiet"]) == 0
    return output


def plain(value: Any) -> Any:
    """A record as plain values: places by key, terms by slug, dates as ISO text; what is empty is left out."""
    if isinstance(value, Place):
        return value.key
    if isinstance(value, Term):
        return value.slug
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, Period):
        return str(value)
    if is_dataclass(value):
        every = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: plain(one) for name, one in every.items() if one not in (None, "", ()) and one is not False}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value


def show_initiative(initiative: Initiative) -> str:
    """The record, then what it says of itself when asked."""
    asked = {
        "number": initiative.number,
        "room": initiative.room,
        "reply_state": initiative.reply_state,
        "year": initiative.year,
        "changed": initiative.changed.iso,
    }
    return show({"record": plain(initiative), "asked": asked})


class Dumper(yaml.SafeDumper):
    """Texts of several lines keep their lines."""


Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


def show(values: dict[str, Any]) -> str:
    """YAML for people: letters as they are, one value a line, in the order of the record."""
    return yaml.dump(values, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def show_html(node: LexborNode, indent: str = "") -> Iterator[str]:
    """A tag a line; runs of blank space count as one; a drawing is shown by its tag alone."""
    if node.tag == "-text":
        text = " ".join((node.text_content or "").split())
        if text:
            yield f"{indent}{text}"
        return
    attributes = "".join(f' {name}="{value}"' if value else f" {name}" for name, value in node.attributes.items())
    yield f"{indent}<{node.tag}{attributes}>"
    if node.tag != "svg":
        for child in node.iter(include_text=True):
            yield from show_html(child, indent + "  ")


@pytest.mark.parametrize("slug", EXHIBITS)
def test_the_model_of_an_exhibit(expo: Expo, snapshot: SnapshotAssertion, slug: str) -> None:
    """What its files become, replies and similar ones included. If this moved, reading, checking or enriching did."""
    initiative = next(one for one in expo.initiatives if one.slug == slug)
    assert show_initiative(initiative) == snapshot(extension_class=ModelFile)


def test_the_model_of_old_addresses(expo: Expo, snapshot: SnapshotAssertion) -> None:
    """What leads on, and what is gone."""
    values = {"redirects": [one._asdict() for one in expo.redirects], "withdrawn": plain(expo.withdrawn)}
    assert show(values) == snapshot(extension_class=ModelFile)


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_the_main_part_of_a_page(pages: Path, snapshot: SnapshotAssertion, name: str) -> None:
    """What visitors read. If this moved and the model did not, views, templates or words did."""
    page = LexborHTMLParser((pages / PAGES[name] / "index.html").read_text("utf-8"))
    (node,) = page.css("main")
    assert "\n".join(show_html(node)) + "\n" == snapshot(extension_class=PageFile)
