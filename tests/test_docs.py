"""The docs: every link in them leads somewhere, and they speak of the project alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

PROJECT = Path(__file__).resolve().parent.parent
DOCS = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md"), PROJECT / "bench" / "README.md"])

README_PAIR = ("README.md", "README.vi.md")

CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:work|tmp|home|root|Users|opt|mnt)/\S*|[A-Z]:\\\S+")
HOST = re.compile(r"(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|dev|io|net|org|sh|vn)\b(?!\()")
KNOWN_HOSTS = re.compile(
    r"docs\.astral\.sh|keepachangelog\.com|creativecommons\.org|python\.org|1022\.dongthap\.gov\.vn"
    r"|(?:[\w.-]*\.)?example\.[\w.]+|[\w-]+\.github\.io"
)

each_doc = pytest.mark.parametrize("path", DOCS, ids=lambda path: path.relative_to(PROJECT).as_posix())


def prose(path: Path) -> str:
    """A document without its code, where brackets are no links."""
    return CODE.sub("", path.read_text("utf-8"))


def anchor(heading: str) -> str:
    """The id that code hosts give a heading: lower case, signs out, spaces to hyphens, marks kept."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors(path: Path) -> set[str]:
    """Every heading of a document as a place to link to."""
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return {anchor(heading) for heading in HEADING.findall(text)}


def links(path: Path) -> Iterator[tuple[str, str]]:
    """(file, anchor) of every link that stays in the project."""
    for target in LINK.findall(prose(path)):
        if not re.match(r"[a-z]+:", target):
            file, _, fragment = unquote(target).partition("#")
            yield file, fragment


def test_the_documents_of_the_project_are_there() -> None:
    """What a newcomer looks for."""
    names = {path.relative_to(PROJECT).as_posix() for path in DOCS}
    wanted = {"README.md", "README.vi.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"}
    assert wanted - names == set()


@each_doc
def test_every_link_leads_to_a_file_of_the_project(path: Path) -> None:
    """A moved file must not leave a dead link behind."""
    assert [file for file, _ in links(path) if file and not (path.parent / file).exists()] == []


@each_doc
def test_every_anchor_is_a_heading(path: Path) -> None:
    """Tables of contents follow their headings."""
    targets = [(path.parent / file if file else path, fragment) for file, fragment in links(path) if fragment]
    wrong = [fragment for target, fragment in targets if target.suffix == ".md" and fragment not in anchors(target)]
    assert wrong == []


@each_doc
def test_every_picture_says_what_it_shows(path: Path) -> None:
    """A reader who can't see it is told."""
    assert [file for alt, file in PICTURE.findall(prose(path)) if len(alt) < 20] == []


@each_doc
def test_no_document_names_a_machine_or_a_host_that_is_not_known(path: Path) -> None:
    """Docs hold on every machine: no folder of somebody's computer, no address of where its packages came from."""
    text = path.read_text("utf-8")
    hosts = [host for host in HOST.findall(text) if not KNOWN_HOSTS.fullmatch(host)]
    assert [*MACHINE_PATH.findall(text), *hosts] == []


def test_both_readmes_promise_the_same() -> None:
    """Commands, options and variables are in the English and the Vietnamese README alike."""
    promise = re.compile(r"EXPO_[A-Z_]+|--[a-z-]+|build\.py \w+|(?<=`)\w+/(?=`)")
    english, vietnamese = (set(promise.findall((PROJECT / name).read_text("utf-8"))) for name in README_PAIR)
    assert english == vietnamese
    assert {"--content", "--quiet", "--lang", "--output", "--site-url", "EXPO_CACHE_DIR", "EXPO_WHEELS"} <= english
