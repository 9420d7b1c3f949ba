"""The organizers' guide: its model files pass the real check, and the messages it quotes are those that people get."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from expo.cli import main
from expo.config import make_config
from expo.pipeline import check_content
from expo.problems import format_problem

PROJECT = Path(__file__).resolve().parent.parent
GUIDE = (PROJECT / "docs" / "huong-dan-nguoi-to-chuc.md").read_text("utf-8")
MODEL = "content/initiatives/loa-hai-chieu-xa-vi-du.md"
ENGLISH = "content/initiatives/loa-hai-chieu-xa-vi-du.en.md"
REPLY = "content/replies/loa-hai-chieu-xa-vi-du/2026-10-12-so-van-hoa.md"
REPLY_ENGLISH = "content/replies/loa-hai-chieu-xa-vi-du/2026-10-12-so-van-hoa.en.md"
RETIRED = "content/retired.yaml"
PAGE = "content/pages/hoi-dap.md"
OTHERS = {  # what stands in the real content beside the model: its number is taken, and the highest one is SK-0054
    "content/initiatives/ca-phe-dich-vu-cong-dong-da.md": "---\nid: SK-0001\nadded: 2026-11-24\n---\n",
    "content/initiatives/khac.md": "---\nid: SK-0054\n---\n",
}

NAMED_BLOCK = re.compile(r"^Tệp `(content/[^`]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SNIPPET = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MESSAGE = re.compile(r"^content/\S+:\d+: .+$", re.MULTILINE)

Change = Callable[[str], str]


def model_files() -> dict[str, str]:
    """The files of the guide by their path."""
    return dict(NAMED_BLOCK.findall(GUIDE))


def write_files(folder: Path, files: dict[str, str]) -> Path:
    """Lay files out below a folder; the content folder."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return folder / "content"


def printed(content: Path) -> set[str]:
    """The lines that `check` prints for a content folder, in Vietnamese."""
    checked = check_content(make_config(content=content, environment={}))
    return {format_problem(problem, "vi") for problem in checked.problems}


def test_the_guide_holds_every_kind_of_file() -> None:
    """An exhibit, a reply, both in English, the list of retired numbers, and an ordinary page."""
    assert sorted(model_files()) == sorted((MODEL, ENGLISH, REPLY, REPLY_ENGLISH, RETIRED, PAGE))


def test_the_model_files_pass_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever copies all of them has nothing to mend."""
    content = write_files(tmp_path, model_files())
    assert main(["check", "--quiet", "--content", str(content)]) == 0
    assert capsys.readouterr().out == "1 sáng kiến, 1 phản hồi: không có lỗi.\n"


def test_beside_the_real_content_only_the_number_of_the_model_is_wrong(tmp_path: Path) -> None:
    """The guide says to leave SK-0001 until the check has told the next free number."""
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    content = write_files(tmp_path, {MODEL: model_files()[MODEL]})
    checked = check_content(make_config(content=content, environment={}))
    assert [(problem.path, problem.code) for problem in checked.problems if not problem.is_warning] == [
        (MODEL, "id-used")
    ]


def test_the_model_is_a_draft(tmp_path: Path) -> None:
    """Somebody who sends it unchanged hangs nothing made up on the wall."""
    content = write_files(tmp_path, model_files())
    checked = check_content(make_config(content=content, environment={}))
    assert checked.drafts == ("SK-0001",)


def test_the_snippets_pass_the_check(tmp_path: Path) -> None:
    """The lines to add for a picture, a new name, a theme, an abbreviation and same words are right as they stand."""
    cover, former, theme, short, same = (one for one in SNIPPET.findall(GUIDE) if not one.startswith("# Mỗi mục"))
    files = model_files()
    files[MODEL] = files[MODEL].replace("draft: true\n", cover + former)
    files = {path.replace("loa-hai-chieu-xa-vi-du", "loa-moi"): text for path, text in files.items()}
    for name, entry in (("themes", theme), ("abbreviations", short), ("same-words", same)):
        path = f"content/vocabularies/{name}.yaml"
        files[path] = (PROJECT / path).read_text("utf-8") + entry
    content = write_files(tmp_path, files)
    picture = content / "initiatives" / "loa-moi" / "loa-thon-1.jpg"
    picture.parent.mkdir()
    _write_picture(picture)
    assert printed(content) == set()


def test_a_picture_sent_apart_from_its_exhibit_fails(tmp_path: Path) -> None:
    """As the guide says of two pull requests: the file misses the picture, the folder misses the file."""
    cover = next(one for one in SNIPPET.findall(GUIDE) if one.startswith("cover:"))
    text = model_files()[MODEL].replace("draft: true\n", cover)
    alone = write_files(tmp_path / "text", {MODEL: text})
    assert [problem.code for problem in check_content(make_config(content=alone, environment={})).problems] == [
        "missing-picture"
    ]
    picture = tmp_path / "picture" / MODEL.removesuffix(".md") / "loa-thon-1.jpg"
    picture.parent.mkdir(parents=True)
    _write_picture(picture)
    apart = tmp_path / "picture" / "content"
    assert [problem.code for problem in check_content(make_config(content=apart, environment={})).problems] == [
        "folder-of-nobody"
    ]


def test_the_table_of_contents_names_every_part() -> None:
    """In their order."""
    parts = re.findall(r"^## (.+)$", re.sub(r"^```.*?^```$", "", GUIDE, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    assert re.findall(r"^- \[(.+)\]\(#", GUIDE, re.MULTILINE) == parts


def _write_picture(path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (8, 8)).save(path)


def replace(old: str, new: str) -> Change:
    """A slip of one person: `old` stands once in the model and becomes `new`."""

    def change(text: str) -> str:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the model"
        return text.replace(old, new)

    return change


def without(text: str, line: str) -> str:
    """The model without a line."""
    return replace(line + "\n", "")(text)


SLIPS: dict[str, Change] = {
    "number taken": lambda text: text,
    "misspelt key": replace('title: "Loa tr', 'titel: "Loa tr'),
    "stage": replace("stage: pilot", "stage: pliot"),
    "summary": lambda text: re.sub(r"^summary: .*$", 'summary: "Loa biết nghe"', text, flags=re.MULTILINE),
    "started": replace("started: 2026-03", "started: tháng 3 năm 2026"),
    "added": replace("added: 2026-11-24", "added: 2026-11-31"),
    "value": replace("value: 120", "value: 1.200"),
    "province misspelt": replace('["Cần Thơ"]', '["Cần Thớt"]'),
    "province undated": lambda text: without(text, "started: 2026-03"),
    "province initials": replace('["Cần Thơ"]', "[QN]"),
    "source": replace("    source: bao_vi_du", "    source: bao_vidu"),
    "footnote": replace("mới góp ý được.[^bao_vi_du]", "mới góp ý được.[^bao_vidu]"),
    "address": replace("https://bao.example.vn", "bao.example.vn"),
    "colon": replace('"Loa truyền thanh hai chiều ở xã Ví Dụ"', "Loa truyền thanh: hai chiều"),
    "tab": replace('  name: "UBND xã Ví Dụ"', '\tname: "UBND xã Ví Dụ"'),
    "no front matter": lambda text: text.removeprefix("---\n"),
    "twice": lambda text: re.sub(r"^(title: .*\n)", r"\1\1", text, flags=re.MULTILINE),
    "contact": replace("# Bản nháp", 'contact: "0912 345 678"\n# Bản nháp'),
    "list": replace("có 120 ý kiến.[^bao_vi_du] Bốn thôn", "có:\n- 120 ý kiến;[^bao_vi_du]\n- bốn thôn"),
    "picture": replace("Chưa rõ có nơi nào khác làm theo.", "![Hộp loa](loa-thon-1.jpg)"),
    "cover": replace("# Bản nháp", 'cover:\n  file: loa-thon-1.jpg\n  alt: "Hộp loa"\n# Bản nháp'),
}


@pytest.fixture(scope="module")
def lines_of_slips(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every line that the check prints for one slip at a time."""
    files = model_files()
    lines: set[str] = set()
    for name, change in SLIPS.items():
        folder = tmp_path_factory.mktemp(name.replace(" ", "-"))
        lines |= printed(write_files(folder, {**OTHERS, MODEL: change(files[MODEL])}))
    folder = tmp_path_factory.mktemp("reply-to-nobody")
    wrong = files[REPLY].replace("initiative: SK-0001", "initiative: SK-0900")
    return lines | printed(write_files(folder, {MODEL: files[MODEL], REPLY: wrong}))


def test_every_quoted_message_is_what_the_check_prints(lines_of_slips: set[str]) -> None:
    """People search for the message they got: the guide must have it word for word, with the model's line."""
    quoted = MESSAGE.findall(GUIDE)
    assert len(quoted) >= 20
    assert [line for line in quoted if line not in lines_of_slips] == []
