"""Reading files: values as text with their lines, bounds against hostile YAML, names and kinds of files.

Mistakes that can lie in a repository stand in tests/data/broken; here are those that can't (links, sizes, odd names).
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from expo.config import make_config
from expo.problems import Problem, format_problem
from expo.read import RawContent, read_content, read_document, read_list
from expo.read.yaml_values import MAXIMUM_DEPTH, is_plainly_safe, parse_yaml
from expo.text import normalise_text

GOOD = """---
id: SK-0001
proposer:
  type: citizen
  name: 'Tổ dân phố số 3'
channels: [zalo, hotline]
figures:
  - label: "Ý kiến"
    value: 8088
    as_of: null
  - label: Khác
    value: 77.7
note:
---

## Giải pháp

Bài.
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """An empty content folder."""
    folder = tmp_path / "content"
    (folder / "initiatives").mkdir(parents=True)
    return folder


def write(content: Path, name: str, data: str | bytes) -> Path:
    """A file below the content folder."""
    path = content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def lines_of(problems: list[Problem], lang: str = "en") -> list[str]:
    """The messages as printed."""
    return [format_problem(problem, lang) for problem in problems]


def all_problems(raw: RawContent) -> list[str]:
    """Every message of a read folder, sorted."""
    documents = [*raw.initiatives, *raw.english, *raw.replies, *raw.replies_english, *raw.vocabularies]
    found = [*raw.problems, *(problem for document in documents for problem in document.problems)]
    return sorted(lines_of(found))


def test_scalars_stay_text_and_every_value_has_its_line(content: Path) -> None:
    """Numbers and dates are not guessed at; null and nothing are None; keys and items know their line."""
    document = read_document(write(content, "initiatives/goi-xa.md", GOOD), content)
    assert document.problems == []
    assert document.values == {
        "id": "SK-0001",
        "proposer": {"type": "citizen", "name": "Tổ dân phố số 3"},
        "channels": ["zalo", "hotline"],
        "figures": [{"label": "Ý kiến", "value": "8088", "as_of": None}, {"label": "Khác", "value": "77.7"}],
        "note": None,
    }
    assert document.lines == {
        (): 2,
        ("id",): 2,
        ("proposer",): 3,
        ("proposer", "type"): 4,
        ("proposer", "name"): 5,
        ("channels",): 6,
        ("channels", 0): 6,
        ("channels", 1): 6,
        ("figures",): 7,
        ("figures", 0): 8,
        ("figures", 0, "label"): 8,
        ("figures", 0, "value"): 9,
        ("figures", 0, "as_of"): 10,
        ("figures", 1): 11,
        ("figures", 1, "label"): 11,
        ("figures", 1, "value"): 12,
        ("note",): 13,
    }
    assert (document.body, document.body_line, document.slug) == ("## Giải pháp\n\nBài.", 16, "goi-xa")


def test_a_value_that_is_not_there_has_the_line_of_what_should_hold_it(content: Path) -> None:
    """A missing key is shown at its group, an item's missing key at the item."""
    document = read_document(write(content, "initiatives/goi-xa.md", GOOD), content)
    assert [document.line_of(where) for where in [("stage",), ("proposer", "note"), ("figures", 1, "unit")]] == [
        2,
        3,
        11,
    ]


@pytest.mark.parametrize(
    ("written", "body", "line"),
    [
        ("---\na: 1\n---\nBài.", "Bài.", 4),
        ("---\na: 1\n---\n\n\n  \nBài.\n\n", "  \nBài.", 6),
        ("---\na: 1\n---", "", 4),
    ],
)
def test_the_body_knows_the_line_it_begins_on(content: Path, written: str, body: str, line: int) -> None:
    """Empty lines before the body are left out and counted."""
    document = read_document(write(content, "initiatives/a.md", written), content)
    assert (document.body, document.body_line) == (body, line)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_byte_order_mark_of_other_systems_change_nothing(content: Path, end: str) -> None:
    """The same file saved by Notepad reads the same."""
    plain = read_document(write(content, "initiatives/a.md", GOOD), content)
    other = read_document(
        write(content, "initiatives/b.md", b"\xef\xbb\xbf" + GOOD.replace("\n", end).encode()), content
    )
    assert (other.values, other.lines, other.body) == (plain.values, plain.lines, plain.body)


def test_text_is_normalised_once_when_read(content: Path) -> None:
    """NFD becomes NFC, hidden characters go, also those written as escapes; tone style stays as written."""
    written = "---\na: " + unicodedata.normalize("NFD", "Đống Đa hoà") + '\u200b\nb: "\\e[31mđỏ\\u202e"\n---\n'
    document = read_document(write(content, "initiatives/a.md", written), content)
    assert document.values == {"a": "Đống Đa hoà", "b": "[31mđỏ"}


def test_a_hash_is_kept_within_quotes_and_blocks(content: Path) -> None:
    """Only what YAML drops is told as dropped: of texts over several lines, those without quotes."""
    text = (
        '---\na: |\n  xem mục #3\n\n  dòng #4\nb: "x\n  y #5"\nc: >-\n  w #6\nd: e #7\n'
        "f:\n  - 'g\n    h #8'\n  - i\n    k #9\n---\n"
    )
    document = read_document(write(content, "initiatives/a.md", text), content)
    assert document.values["a"] == "xem mục #3\n\ndòng #4"
    assert document.values["f"] == ["g h #8", "i k"]
    assert [(problem.line, dict(problem.values)["value"]) for problem in document.problems] == [(10, "#7"), (15, "#9")]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_of_32000_levels_is_refused_at_once(opening: str) -> None:
    """The scan stops at the 21st level: the C loader, given the whole, would bring the process down."""
    parsed = parse_yaml("a: " + opening * 32_000 if opening in "[{a: " else opening * 32_000, "a.md", 2)
    assert [problem.code for problem in parsed.problems] == ["yaml-deep"]


def test_a_billion_laughs_is_refused_before_it_grows() -> None:
    """Aliases are complained of, each on its line, and never followed."""
    text = "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    parsed = parse_yaml(text, "a.md", 2)
    assert parsed.value is None
    assert [(problem.line, dict(problem.values)["value"]) for problem in parsed.problems] == [
        (2, "&a"), (3, "&b"), (3, "*a"), (3, "*a"), (4, "*b"), (4, "*b"),
    ]  # fmt: skip


def test_a_file_that_is_one_long_repetition_fills_no_screen() -> None:
    """A log or a table that was saved as front matter: a hundred lines say it."""
    parsed = parse_yaml("a: b\n" * 30_000, "a.md", 1)
    assert {problem.code for problem in parsed.problems} == {"duplicate-key"}
    assert len(parsed.problems) == 100


def test_a_merge_key_is_refused_unless_it_is_quoted() -> None:
    """`<<` merges nothing; between quotes it is a name like any other, which no table has."""
    assert [problem.code for problem in parse_yaml("<<: {a: b}\n", "a.md", 1).problems] == ["yaml-merge"]
    assert parse_yaml("'<<': {a: b}\n", "a.md", 1).value == {"<<": {"a": "b"}}


def test_a_file_over_200000_bytes_is_refused_unread(content: Path) -> None:
    """The size is told, and the limit."""
    document = read_document(write(content, "initiatives/a.md", b"a" * 200_001), content)
    assert lines_of(document.problems) == ["content/initiatives/a.md:1: the file has 200001 bytes; the limit is 200000"]


def test_a_link_is_refused_wherever_it_leads(content: Path, tmp_path: Path) -> None:
    """Links to files, to folders and to nothing are named and not followed."""
    secret = write(tmp_path, "secret.md", GOOD)
    (content / "initiatives/a.md").symlink_to(secret)
    (content / "initiatives/b.md").symlink_to(tmp_path / "nothing.md")
    (content / "initiatives/c").symlink_to(tmp_path)
    (content / "retired.yaml").symlink_to(tmp_path / "nothing.yaml")
    raw = read_content(content)
    assert all_problems(raw) == [
        'content/initiatives/a.md:1: "a.md" is a symbolic link, not a regular file; replace it by a real file',
        'content/initiatives/b.md:1: "b.md" is a symbolic link, not a regular file; replace it by a real file',
        'content/initiatives/c:1: "c" is a symbolic link, not a regular file; replace it by a real file',
    ]
    assert raw.retired is not None
    assert [problem.code for problem in raw.retired.problems] == ["not-regular"]


PLACES = (
    "notes.md", "retired.yaml", "initiatives", "initiatives/a.md", "initiatives/a", "initiatives/good/anh.png",
    "initiatives/good/van-ban.pdf", "replies", "replies/a", "replies/good/2020-a.md", "collections", "collections/a.md",
    "pages", "pages/a.md", "vocabularies", "vocabularies/themes.yaml",
)  # fmt: skip
SPECIAL = {"a symbolic link": None, "a named pipe": stat.S_IFIFO, "a socket": stat.S_IFSOCK}
if hasattr(os, "geteuid") and os.geteuid() == 0:
    SPECIAL["a device"] = stat.S_IFCHR


@pytest.mark.skipif(os.name == "nt", reason="Windows has none of these in folders")
@pytest.mark.parametrize("kind", SPECIAL)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_file_is_named_wherever_it_lies(content: Path, tmp_path: Path, place: str, kind: str) -> None:
    """One message each, on the very path; nothing waits for it, and what a link leads to is not read."""
    write(content, "initiatives/good.md", GOOD)
    secret = write(tmp_path, "secret/a.md", "BÍ MẬT")
    path = content / place
    if path.is_dir():
        path.rename(tmp_path / "before")
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = SPECIAL[kind]
    if mode is None:
        path.symlink_to(secret.parent if not path.suffix else secret)
    else:
        os.mknod(path, mode | 0o600, os.makedev(1, 5))  # /dev/zero, which never ends
    raw = read_content(content)
    documents = [*raw.initiatives, *raw.replies, *raw.collections, *raw.pages, *raw.vocabularies]
    documents += [raw.retired] if raw.retired else []
    found = lines_of([*raw.problems, *(problem for document in documents for problem in document.problems)])
    wanted = "folder" if place in ("initiatives", "replies", "collections", "pages", "vocabularies") else "regular file"
    assert found == [
        f'content/{place}:1: "{path.name}" is {kind}, not a {wanted}; replace it by a real {wanted.split()[-1]}'
    ]
    assert not any("BÍ MẬT" in f"{document.values}{document.body}" for document in documents)


def test_a_content_folder_that_is_a_link_is_refused(content: Path, tmp_path: Path) -> None:
    """A pull request could make it one, to anywhere."""
    write(content, "initiatives/a.md", GOOD)
    (tmp_path / "noi-dung").symlink_to(content)
    config = make_config(content=tmp_path / "noi-dung", environment={})
    raw = read_content(config.content)
    assert lines_of(raw.problems) == [
        'noi-dung:1: "noi-dung" is a symbolic link, not a folder; replace it by a real folder'
    ]
    assert raw.initiatives == []


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has other permissions")
def test_what_may_not_be_read_is_a_message() -> None:
    """A file and a folder without the right to read, and the rest is read."""
    with tempfile.TemporaryDirectory() as place:  # pytest's own folders are closed to everybody else
        content = Path(place) / "content"
        Path(place).chmod(0o755)
        for name in ("initiatives/a.md", "initiatives/b.md", "pages/a.md"):
            write(content, name, GOOD)
        (content / "initiatives/a.md").chmod(0)
        (content / "pages").chmod(0)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)  # root may read everything
        try:
            raw = read_content(content)
        finally:
            if is_root:
                os.seteuid(0)
            (content / "pages").chmod(0o755)
        assert all_problems(raw) == [
            f"content/{name}:1: this cannot be read: Permission denied. Look at the permissions of this file or folder"
            for name in ("initiatives/a.md", "pages")
        ]
        assert raw.initiatives[1].values is not None


def test_a_folder_in_place_of_a_reply_is_refused(content: Path) -> None:
    """`replies/<slug>/x.md` must be a file."""
    (content / "replies/goi-xa/x.md").mkdir(parents=True)
    assert all_problems(read_content(content)) == [
        'content/replies/goi-xa/x.md:1: "x.md" is a folder, not a regular file; replace it by a real file'
    ]


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("Hue-S.md", "hue-s.md"),
        ("huế.md", "hue.md"),
        (unicodedata.normalize("NFD", "huế.md"), "hue.md"),
        ("hue s.md", "hue-s.md"),
        ("hue_s.en.md", "hue-s.en.md"),
        ("hue-s.MD", "hue-s.md"),
        ("hue-s.EN.md", "hue-s.en.md"),
        ("hue--s.md", "hue-s.md"),
        ("đường.md", "duong.md"),
    ],
)
def test_a_file_name_that_no_address_can_have_gets_a_better_one(content: Path, name: str, suggestion: str) -> None:
    """Capitals, marks (NFC or NFD), spaces and underscores are refused with the name to take."""
    write(content, f"initiatives/{name}", GOOD)
    shown = unicodedata.normalize("NFC", name)
    assert all_problems(read_content(content)) == [
        (
            f'content/initiatives/{shown}:1: the file name "{shown}" cannot be used; only small letters a-z, '
            f'digits and hyphens. Did you mean "{suggestion}"?'
        )
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names itself")
@pytest.mark.parametrize("name", [b"a\n::error::x.md", b"\xff\xfe.md", b"\x1b[31m.md"])
def test_a_hostile_file_name_prints_as_one_plain_line(content: Path, name: bytes) -> None:
    """Line breaks, terminal commands and bytes that are no UTF-8 do not reach the screen."""
    Path(os.fsdecode(os.fsencode(content / "initiatives") + b"/" + name)).write_text(GOOD)
    (message,) = all_problems(read_content(content))
    assert message.isprintable()
    message.encode()


def test_what_systems_leave_about_is_passed_over(content: Path) -> None:
    """Files of Finder, Windows, Git and editors are no mistakes of the organizer, wherever they lie."""
    names = (
        ".gitkeep", ".DS_Store", "._hue-s.md", "Thumbs.db", "desktop.ini", ".hue-s.md.swp", ".#hue-s.md",
        ".~lock.hue-s.md#", ".gitignore",
    )  # fmt: skip
    for name in names:
        for folder in ("", "initiatives/", "replies/", "pages/", "vocabularies/", "collections/", "initiatives/a/"):
            write(content, folder + name, "x")
    raw = read_content(content)
    assert (raw.problems, raw.initiatives) == ([], [])


@pytest.mark.parametrize("name", [".hue-s.md", ".htaccess", ".env", ".ssh", "..md"])
def test_other_hidden_files_are_refused(content: Path, name: str) -> None:
    """Nobody sees them in a folder, so nobody would look for what they bring in."""
    write(content, f"initiatives/{name}", GOOD)
    better = name.lstrip(".")
    (message,) = all_problems(read_content(content))
    assert message == (
        f'content/initiatives/{name}:1: "{name}" is hidden (its name begins with a dot) and cannot be used here; '
        f'rename or delete it. Did you mean "{better}"?'
    )


@pytest.mark.skipif(sys.platform != "linux", reason="Windows and macOS hold only one of them")
@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("hue-s.md", "Hue-S.md"), {"Hue-S.md": "twin-name"}),
        (("Hue-S.md", "HUE-S.md"), {"HUE-S.md": "bad-file-name", "Hue-S.md": "twin-name"}),
        (("huế.md", "hue\u0302\u0301.md"), {"huế.md": "twin-name"}),
        (("hue.md", "huế.md"), {"huế.md": "bad-file-name"}),
        (("hue/anh.png", "hue/Anh.png"), {"Anh.png": "twin-name"}),
        (("hue/anh.png", "hue/ANH.PNG"), {"ANH.PNG": "twin-name"}),
    ],
)
def test_names_that_some_disks_take_for_one_are_told(
    content: Path, names: tuple[str, ...], expected: dict[str, str]
) -> None:
    """The better one stays; a better name is never suggested where another file has it."""
    for name in names:
        write(content, f"initiatives/{name}", GOOD)
    raw = read_content(content)
    found = {problem.path.rpartition("/")[2]: problem for problem in raw.problems}
    assert {name: problem.code for name, problem in found.items() if name in expected} == expected
    suggested = {dict(problem.values).get("suggestion") for problem in raw.problems}
    assert not suggested & set(names)


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names itself")
@pytest.mark.parametrize("name", ["con.md", "nul.en.md", "com1.md", "aux"])
def test_a_name_that_windows_keeps_for_itself_is_refused(content: Path, name: str) -> None:
    """With such a file nobody on Windows could even fetch the repository."""
    path = content / "initiatives" / name
    path.mkdir() if name == "aux" else path.write_text(GOOD)
    assert all_problems(read_content(content)) == [
        f'content/initiatives/{name}:1: Windows allows no file of the name "{name}"; add a word to it'
    ]


def test_a_folder_with_nothing_in_it_is_empty_content(tmp_path: Path) -> None:
    """Missing sub-folders are empty."""
    assert read_content(tmp_path) == RawContent(tmp_path)


def test_files_are_read_in_the_order_of_their_names(content: Path) -> None:
    """Whatever order the disk gives them in."""
    for name in ("c", "a", "b-1", "b"):
        write(content, f"initiatives/{name}.md", GOOD)
        write(content, f"initiatives/{name}.en.md", GOOD)
    raw = read_content(content)
    assert [document.slug for document in raw.initiatives] == ["a", "b-1", "b", "c"]
    assert [document.slug for document in raw.english] == ["a", "b-1", "b", "c"]


def test_a_list_file_keeps_lines_and_refuses_a_group(content: Path) -> None:
    """Vocabularies are lists; lines count from the file's first."""
    good = read_list(write(content, "vocabularies/a.yaml", "# lời\n- slug: a\n- slug: b\n"), content)
    assert (good.values, good.lines[(1, "slug")]) == ([{"slug": "a"}, {"slug": "b"}], 3)
    bad = read_list(write(content, "vocabularies/b.yaml", "slug: a\n"), content)
    assert lines_of(bad.problems) == [
        'content/vocabularies/b.yaml:1: this file must be a list of items that start with "- "'
    ]


@settings(deadline=None)
@given(data=st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Any file is read or complained of; nothing is raised, and no message breaks its line."""
    content = tmp_path_factory.mktemp("any") / "content"
    for written in (data, b"---\n" + data + b"\n---\n" + data):
        path = write(content, "initiatives/a.md", written)
        for document in (read_document(path, content), read_list(path, content)):
            assert document.values is not None or document.problems
            assert all(len(message.splitlines()) == 1 for message in lines_of(document.problems))


YAML_PIECES = st.sampled_from(
    [
        "a",
        "b: ",
        "- ",
        "? ",
        ": ",
        "\n",
        "  ",
        "\t",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&x",
        "*x",
        "!t ",
        "|",
        ">",
        "'",
        '"',
        "#",
        "%YAML 1.1",
        "---",
        "...",
        "\\",
        "\x85",
        "\u2028",
        "ố",
        "null",
        "~",
        "\ufeff",
        "<<",
    ]
)


@settings(deadline=None)
@given(text=st.lists(YAML_PIECES, max_size=30).map("".join))
def test_no_yaml_makes_the_parser_fail(text: str) -> None:
    """Pieces of YAML in any order give values or problems with a line inside the text."""
    text = normalise_text(text)  # as the reader does
    parsed = parse_yaml(text, "a.md", 1)
    assert all(1 <= problem.line <= text.count("\n") + 3 for problem in parsed.problems)


@given(st.text(alphabet="ab:- \n[]{},&*!?#'\"|>%.\t", max_size=80))
def test_a_glance_never_hides_what_the_scan_refuses(text: str) -> None:
    """Texts that look plainly safe are read as if every event had been looked at."""
    if is_plainly_safe(text):
        with contextlib.suppress(yaml.YAMLError):
            events = list(yaml.parse(text, Loader=yaml.CSafeLoader))
            depth = deepest = 0
            for event in events:
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                deepest = max(deepest, depth)
            nodes = [event for event in events if isinstance(event, yaml.NodeEvent)]
            assert not any(event.anchor or getattr(event, "tag", None) for event in nodes)
            assert sum(isinstance(event, yaml.DocumentStartEvent) for event in events) <= 1
            assert deepest <= MAXIMUM_DEPTH
