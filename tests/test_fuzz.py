"""Properties that hold whatever strangers send: whole files, YAML, Markdown, pictures, papers, folders, whole builds.

Here each is tried a few dozen times with the same examples in every run, so that a pull request is judged by what it
changes. `tools/fuzz.py --minutes N` tries new ones for as long as one likes. The readers of the search index in the
browser are tried with damaged bytes in test_engine_browser.py.
"""

from __future__ import annotations

import io
import os
import shutil
import stat
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from expo.cli import main
from expo.config import PROJECT, make_config
from expo.fields import (
    AbbreviationFields,
    CollectionFields,
    EnglishFields,
    Fields,
    InitiativeFields,
    ReplyFields,
    RetiredFields,
    SameWordsFields,
    TermFields,
)
from expo.pipeline import check_content, make_expo
from expo.problems import Problem, format_github, format_problem, has_errors
from expo.prose import plain_text, render_prose
from expo.read import RawContent, read_content
from expo.read.files import LEFT_ABOUT
from expo.read.yaml_values import parse_yaml
from expo.render.pictures import find_size, make_picture
from expo.text import normalise_text
from expo.validate import papers
from expo.validate.pictures import look_at_picture
from tests import fuzzing

IS_LONG = settings.get_current_profile_name() == "fuzz"
SLUG = "cong-gop-y-vi-du"
INITIATIVE = f"initiatives/{SLUG}.md"
REPLY = f"replies/{SLUG}/2020-05-04-ubnd-thanh-pho-mau.md"
PLACES: dict[str, tuple[str, type[Fields], bool]] = {  # path, table, whether it is a list
    "initiative": (INITIATIVE, InitiativeFields, False),
    "english": (f"initiatives/{SLUG}.en.md", EnglishFields, False),
    "reply": (REPLY, ReplyFields, False),
    "collection": ("collections/di-xem.md", CollectionFields, False),
    "retired": ("retired.yaml", RetiredFields, True),
    "themes": ("vocabularies/themes.yaml", TermFields, True),
    "abbreviations": ("vocabularies/abbreviations.yaml", AbbreviationFields, True),
    "same words": ("vocabularies/same-words.yaml", SameWordsFields, True),
}


def bounded(examples: int) -> settings:
    """So many examples, the same in every run; under tools/fuzz.py twenty times as many, always others."""
    return settings(
        max_examples=examples * 20 if IS_LONG else examples,
        derandomize=not IS_LONG,
        phases=(Phase.generate, Phase.shrink) if IS_LONG else (Phase.generate,),  # making it small may take minutes
        database=None,
        deadline=60_000 if IS_LONG else None,  # milliseconds: nothing that anybody sends may take a minute
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small content folder. Whoever changes it puts it back."""
    folder = tmp_path_factory.mktemp("small") / "content"
    shutil.copytree(PROJECT / "tests" / "data" / "small", folder)
    return folder


def lay_down(folder: Path, name: str, text: str | bytes) -> Path:
    """A file of any text: what UTF-8 cannot hold becomes bytes that are not UTF-8."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return path


def assert_told_well(problems: list[Problem], content: Path) -> None:
    """Each names a file and a line of it, in one plain line in both languages; no command of theirs gets through."""
    for problem in problems:
        path = content.parent / problem.path
        if path.is_file():
            text = normalise_text(path.read_bytes().decode("utf-8", "replace"))
            assert 1 <= problem.line <= text.count("\n") + 1, problem
        for lang in ("vi", "en"):
            message, command = format_problem(problem, lang), format_github(problem, lang)
            assert message.isprintable(), message
            assert command.isprintable(), command
            assert command.split("::")[1].startswith(("error file=content", "warning file=content"))
            message.encode()


@pytest.mark.parametrize("place", PLACES)
@bounded(15)
@given(data=st.data())
def test_any_file_is_checked_or_complained_of(small: Path, place: str, data: st.DataObject) -> None:
    """Nothing is raised; a file that cannot be read is told of; what passes becomes records and safe HTML."""
    name, table, is_list = PLACES[place]
    before = (small / name).read_bytes() if (small / name).exists() else None
    lay_down(small, name, data.draw(fuzzing.lists(table) if is_list else fuzzing.documents(table)))
    try:
        checked = check_content(make_config(content=small, environment={}))
        assert_told_well(checked.problems, small)
        assert (checked.expo is None) == has_errors(checked.problems)
        if checked.expo is not None:
            for initiative in make_expo(checked).initiatives:
                assert_harmless(render_prose(initiative.body, [source.key for source in initiative.sources]).html)
    finally:
        (small / name).unlink() if before is None else (small / name).write_bytes(before)


@bounded(400)
@given(text=fuzzing.yaml_texts())
def test_yaml_that_passes_means_what_the_library_says(text: str) -> None:
    """Either there is a problem, or the values are those of PyYAML's own text-only loader, hidden characters apart."""
    text = normalise_text(text)
    parsed = parse_yaml(text, "a.md", 1)
    assert all(1 <= problem.line <= text.count("\n") + 2 for problem in parsed.problems)
    if not parsed.problems:
        assert parsed.value == without_hidden(yaml.load(text, yaml.CBaseLoader), parsed.value)


@bounded(200)
@given(values=st.dictionaries(st.text(min_size=1, max_size=8), fuzzing.plain_values(), max_size=4))
def test_values_come_back_as_they_were_written(values: dict[str, Any]) -> None:
    """What a program writes between quotes is read letter for letter, or complained of."""
    written = yaml.dump(values, default_style='"', allow_unicode=True)
    parsed = parse_yaml(normalise_text(written), "a.md", 1)
    if not has_errors(parsed.problems):
        assert parsed.value == without_hidden(values, parsed.value)


def without_hidden(value: Any, read: Any) -> Any:
    """A value as the reader leaves it; nothing and null are None where the reader took them for that."""
    if isinstance(value, dict):
        known = read if isinstance(read, dict) else {}
        keys = {key: normalise_text(str(key).strip()).strip() for key in value}
        return {keys[key]: without_hidden(one, known.get(keys[key])) for key, one in value.items()}
    if isinstance(value, list):
        others = read if isinstance(read, list) else []
        return [without_hidden(one, other) for one, other in zip(value, others, strict=True)]
    text = normalise_text(str(value or "").strip()).strip()
    return None if read is None and text in ("", "~", "null", "Null", "NULL") else text


TEXT_ELEMENTS = frozenset(
    (
        "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "strong", "sup",
        "table", "tbody", "td", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
TEXT_ATTRIBUTES = frozenset(("class", "href", "id", "rel", "start", "title"))


def assert_harmless(html: str) -> None:
    """As a browser would read it: known elements and attributes, known schemes, own ids; and read again, the same."""
    tree = LexborHTMLParser(f"<body>{html}</body>")
    assert tree.body is not None
    for node in tree.body.traverse(include_text=False):
        if node.tag in ("body", "-comment"):
            assert node.tag == "body", html
            continue
        assert node.tag in TEXT_ELEMENTS, (node.tag, html)
        assert set(node.attributes) <= TEXT_ATTRIBUTES, (node.attributes, html)
        assert (node.attributes.get("id") or "bai--").startswith("bai--"), html
        parts = urlsplit((node.attributes.get("href") or "").strip())
        assert parts.scheme in ("", "http", "https", "mailto", "tel"), html
        assert bool(parts.netloc) == (parts.scheme in ("http", "https")), html
        assert "@" not in parts.netloc, html
        assert ("nofollow" in (node.attributes.get("rel") or "")) == bool(parts.netloc), html
    again = LexborHTMLParser(f"<body>{tree.body.inner_html}</body>")
    assert again.body is not None
    assert again.body.inner_html == tree.body.inner_html


@bounded(250)
@given(markdown=fuzzing.markdown())
def test_any_markdown_becomes_harmless_text(markdown: str) -> None:
    """The whole chain, parser and sanitiser; as plain text no tag is left that was not typed."""
    for text in (markdown, normalise_text(markdown)):
        assert_harmless(render_prose(text, ["bao"]).html)
        plain_text(text).encode()


def _encode(file_format: str, **options: Any) -> bytes:
    target = io.BytesIO()
    picture = Image.radial_gradient("L").resize((40, 30)).convert(options.pop("mode", "RGB"))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Máy"
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 2.0, 3.0)})
    picture.save(target, file_format, exif=exif, **options)
    return target.getvalue()


PICTURES = (
    _encode("JPEG"), _encode("JPEG", progressive=True), _encode("JPEG", mode="CMYK"), _encode("PNG"),
    _encode("PNG", mode="P"), _encode("PNG", mode="LA"), _encode("WEBP"), _encode("WEBP", lossless=True, mode="RGBA"),
    _encode("GIF"), b"<svg/>", b"MZ",
)  # fmt: skip
ENGLISH = b"""---
title: "A gate for comments"
summary: "People send a comment from their phone. The ward answers within five working days."
---

The English text.
"""
PAPERS = (
    b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
    b"%PDF-1.5\n1 0 obj\n<</Type /ObjStm /First 2>>\nstream\nx\x9c\x03\x00\x00\x00\x00\x01\nendstream\nendobj\n%%EOF",
    b"%PDF-1.7\n1 0 obj\n<</S /J#61vaScript /AA <</O 2 0 R>>>>\nendobj\n%%EOF\n",
)


@bounded(150)
@given(data=fuzzing.damaged_bytes(PICTURES), ending=st.sampled_from((".jpg", ".png", ".webp")))
def test_a_damaged_picture_is_refused_or_can_be_published(data: bytes, ending: str) -> None:
    """What the check lets through the making of pictures can do, and nothing of the camera is left."""
    fault, _ = look_at_picture(data, ending)
    if fault is None:
        width, height = find_size(data)
        assert (width, height) > (0, 0)
        made = make_picture(data, {".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP"}[ending])
        assert not dict(Image.open(io.BytesIO(made)).getexif())


@bounded(200)
@given(data=fuzzing.damaged_bytes(PAPERS))
def test_a_damaged_paper_is_judged(data: bytes) -> None:
    """A reason that fits into a message, or none."""
    fault = papers.find_fault(data)
    assert fault is None or all(0 < len(reason) <= 80 for reason in fault)


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses many of these names itself")
@bounded(60)
@given(data=st.data())
def test_nothing_in_a_folder_is_passed_over_in_silence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Every entry is read, left by some system, or named in a problem; whatever it is and wherever it lies."""
    content = tmp_path_factory.mktemp("any") / "content"
    content.mkdir()
    places = ("", "initiatives", "initiatives/a", "replies", "replies/a", "pages", "collections", "vocabularies")
    kinds = ("file", "file", "file", "folder", "link", "pipe")
    entries = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from(places), st.sampled_from(fuzzing.FILE_NAMES), st.sampled_from(fuzzing.FILE_ENDINGS),
                st.sampled_from(kinds),
            ),
            max_size=12,
        )
    )  # fmt: skip
    laid = [path for place, name, ending, kind in entries if (path := _lay_kind(content / place, name + ending, kind))]
    raw = read_content(content)
    accounted, refused = _accounted_for(raw), {problem.path for problem in raw.problems}
    for path in laid:
        shown = normalise_text(path.relative_to(content.parent).as_posix())
        is_left = any(Path(path.name).match(pattern) for pattern in LEFT_ABOUT)
        inside_refused = any(part in refused for part in _parents(shown))
        assert is_left or " ".join(shown.split()) in accounted or inside_refused, (shown, accounted)


def _parents(shown: str) -> list[str]:
    return [" ".join(parent.as_posix().split()) for parent in Path(shown).parents][:-2]


def _lay_kind(folder: Path, name: str, kind: str) -> Path | None:
    """Something of a kind; None where there is something of that name, or nothing to lay it into."""
    path = folder / name
    if not name or name in (".", "..") or os.path.lexists(path) or (os.path.lexists(folder) and not folder.is_dir()):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "folder":
        (path / "x").mkdir(parents=True)
        (path / "x" / "y").write_text("x")
    elif kind == "link":
        path.symlink_to(folder)
    elif kind == "pipe":
        os.mknod(path, stat.S_IFIFO | 0o600)
    else:
        path.write_text("---\nid: SK-0001\n---\n", "utf-8")
    return path


def _accounted_for(raw: RawContent) -> set[str]:
    documents = [
        *raw.initiatives, *raw.english, *raw.replies, *raw.replies_english, *raw.vocabularies, *raw.pages,
        *raw.pages_english, *raw.collections, *raw.collections_english, *([raw.retired] if raw.retired else []),
    ]  # fmt: skip
    read = {document.shown for document in documents}
    read |= {f"content/{path.relative_to(raw.folder).as_posix()}" for path in (*raw.pictures, *raw.picture_folders)}
    folders = {f"content/{name}" for name in ("initiatives", "replies", "pages", "collections", "vocabularies")}
    replies = {
        f"content/replies/{one.name}" for one in raw.folder.glob("replies/*") if one.is_dir() and not one.is_symlink()
    }
    return read | {problem.path for problem in raw.problems} | folders | replies


@pytest.mark.slow
@bounded(2)
@given(data=st.data())
def test_odd_texts_in_every_field_still_make_a_site(
    small: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """A whole build ends with a site or with complaints of content, never with a failure of ours."""
    changed = {name: (small / name).read_bytes() for name in (INITIATIVE, REPLY)}
    changed[f"initiatives/{SLUG}.en.md"] = ENGLISH
    tables = (InitiativeFields, ReplyFields, EnglishFields)
    try:
        for (name, original), table in zip(changed.items(), tables, strict=True):
            lay_down(small, name, data.draw(fuzzing.odd_but_right(original, table)))
        output = tmp_path_factory.mktemp("site") / "output"
        code = main(
            ["build", "--content", str(small), "--output", str(output), "--quiet", "--site-url", "https://a.vn"]
        )
        assert code in (0, 1)
        assert (output / "index.html").exists() == (code == 0)
    finally:
        for name, original in changed.items():
            lay_down(small, name, original)
        (small / f"initiatives/{SLUG}.en.md").unlink()
