"""`new`: the file that it writes passes `check`, has the next number, and never takes another's place.

The command runs as people run it, in a process of its own; questions are answered through a real terminal.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from expo.cli.new_answers import QUESTIONS, suggest_slug
from expo.cli.new_text import compose_text, place_file
from expo.fields import InitiativeFields
from expo.read import read_content, read_document
from expo.validate.field_values import validate_fields

TITLE = "Đèn đường ở thôn 3"
SUMMARY = "Người dân báo đèn đường hỏng bằng điện thoại và xã cử người đến sửa. Đây là nội dung để thử."

SUBMITTED = {
    "--title": TITLE,
    "--summary": SUMMARY,
    "--origin": "submitted",
    "--province": "Tây Ninh",
    "--started": "2019-07",
    "--theme": "giao-thong-do-thi",
    "--stage": "pilot",
    "--proposer-type": "state-agency",
    "--proposer-name": "UBND xã thử nghiệm",
}
COMPILED = SUBMITTED | {
    "--origin": "compiled",
    "--source-title": "Đèn #3: sáng “lại”",
    "--source-publisher": "Nơi đăng để thử",
    "--source-kind": "press",
}


def flags_of(flags: dict[str, str]) -> list[str]:
    """Command-line arguments of a table of flags."""
    return [part for pair in flags.items() for part in pair]


def run(project: Path, *arguments: str, content: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run build.py with nobody at the keyboard."""
    place = ["--content", str(content)] if content else []
    return subprocess.run(
        [sys.executable, str(project / "build.py"), *arguments, *place],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        cwd=project,
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """An empty content folder."""
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def read_front_matter(path: Path) -> dict[str, object]:
    """The front matter, every scalar as text."""
    values = yaml.load(path.read_text(encoding="utf-8").split("---\n")[1], Loader=yaml.BaseLoader)
    assert isinstance(values, dict)
    return values


def test_a_compiled_entry_passes_check_and_holds_what_was_given(project: Path, content: Path) -> None:
    """Every value lands in its field, as written; the day is the day in Viet Nam; it is a draft."""
    before = (datetime.now(UTC) + timedelta(hours=7)).date().isoformat()
    done = run(
        project, "new", *flags_of(COMPILED), "--theme", "moi-truong", "--channel", "zalo, hotline", content=content
    )
    path = content / "initiatives" / "den-duong-o-thon-3.md"
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"{path}\n"
        "Đã ghi SK-0001, còn là bản nháp. Viết bài dưới các tiêu đề, rồi xóa dòng draft.\n"
        f"Kiểm tra: python3 build.py check --content {content} {path}\n"
    )
    values = read_front_matter(path)
    assert before <= str(values.pop("added")) <= (datetime.now(UTC) + timedelta(hours=7)).date().isoformat()
    assert values == {
        "id": "SK-0001",
        "title": TITLE,
        "summary": SUMMARY,
        "province": ["Tây Ninh"],
        "themes": ["giao-thong-do-thi", "moi-truong"],
        "stage": "pilot",
        "proposer": {"type": "state-agency", "name": "UBND xã thử nghiệm"},
        "origin": "compiled",
        "started": "2019-07",
        "channels": ["zalo", "hotline"],
        "sources": [
            {
                "key": "nguon_1",
                "title": "Đèn #3: sáng “lại”",
                "address": "null",
                "publisher": "Nơi đăng để thử",
                "date": "null",
                "kind": "press",
            }
        ],
        "draft": "true",
    }
    checked = run(project, "check", "--quiet", content=content)
    assert (checked.stdout, checked.returncode) == ("1 sáng kiến, 0 phản hồi: không có lỗi.\n", 0)


def test_a_submitted_entry_passes_check_with_what_is_not_known_marked(project: Path, content: Path) -> None:
    """Aim and day of a submitted entry are unknown unless given; no source is asked for."""
    assert run(project, "new", *flags_of(SUBMITTED), content=content).returncode == 0
    values = read_front_matter(content / "initiatives" / "den-duong-o-thon-3.md")
    assert (values["aim"], values["submitted"], "sources" in values) == ("unknown", "unknown", False)
    assert run(project, "check", content=content).returncode == 0


def test_the_body_has_the_four_headings_each_with_a_hint_to_delete(project: Path, content: Path) -> None:
    """Vấn đề, Giải pháp, Kết quả, Nhân rộng; what stands below them says that it is to go."""
    assert run(project, "new", *flags_of(SUBMITTED), content=content).returncode == 0
    body = read_document(content / "initiatives" / "den-duong-o-thon-3.md", content).body
    assert re.findall("^## (.+)$", body, re.MULTILINE) == ["Vấn đề", "Giải pháp", "Kết quả", "Nhân rộng"]
    others = [line for line in body.splitlines() if line and not line.startswith("## ")]
    assert len(others) == 4
    assert all(line.startswith("*(Gợi ý, viết xong thì xóa dòng này: ") for line in others)


def test_a_draft_is_not_on_the_site(project: Path, content: Path, tmp_path: Path) -> None:
    """A file as `new` leaves it puts no page, and none of its hints, into the published site."""
    assert run(project, "new", *flags_of(SUBMITTED), content=content).returncode == 0
    built = run(project, "build", "--quiet", "--output", str(tmp_path / "output"), content=content)
    assert built.returncode == 0, built.stdout + built.stderr
    pages = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "output").rglob("*.html"))
    assert "Gợi ý, viết xong" not in pages
    assert TITLE not in pages


def test_the_number_is_after_the_highest_ever_used(project: Path, content: Path) -> None:
    """Numbers of other files, of retired ones, and of a file that can't even be read are never given again."""
    folder = content / "initiatives"
    folder.mkdir()
    (folder / "hong.md").write_bytes(b'---\nid: "SK-0041"\ntitle: \xff\n---\n')
    (folder / "hong-hai.md").write_text("---\nid: SK-0007\ntitle: [\n---\n")
    (content / "retired.yaml").write_text("- id: SK-0040\n  slug: cu\n  withdrawn: 2026-01-02\n")
    assert run(project, "new", *flags_of(SUBMITTED), content=content).returncode == 0
    assert read_front_matter(folder / "den-duong-o-thon-3.md")["id"] == "SK-0042"


def test_a_broken_vocabulary_of_the_folder_does_not_stop_it(project: Path, content: Path) -> None:
    """The project's own words serve until the folder's are mended."""
    (content / "vocabularies").mkdir()
    (content / "vocabularies" / "themes.yaml").write_text("- slug: [\n")
    assert run(project, "new", *flags_of(SUBMITTED), content=content).returncode == 0


def test_it_never_overwrites_nor_takes_an_address_that_was_used(project: Path, content: Path) -> None:
    """A file that is there stays as it is, byte for byte; a former address and a retired one are taken too."""
    folder = content / "initiatives"
    folder.mkdir()
    other = folder / "den-duong-o-thon-3.md"
    other.write_text("của người khác: chưa xong", encoding="utf-8")
    (folder / "khac.md").write_text("---\nid: SK-0001\nformer_slugs: [ten-cu]\n---\n")
    (content / "retired.yaml").write_text("- id: SK-0002\n  slug: da-rut\n  withdrawn: 2026-01-02\n")
    owners = {"den-duong-o-thon-3": "content/initiatives/den-duong-o-thon-3.md"}
    owners |= {"ten-cu": "content/initiatives/khac.md", "da-rut": "retired.yaml"}
    for slug, owner in owners.items():
        done = run(project, "new", *flags_of(SUBMITTED | {"--slug": slug}), content=content)
        said = f"--slug: địa chỉ “{slug}” đã dùng ở {owner}; mỗi địa chỉ chỉ cho một sáng kiến\n"
        assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
    assert other.read_text(encoding="utf-8") == "của người khác: chưa xong"
    assert sorted(path.name for path in folder.iterdir()) == ["den-duong-o-thon-3.md", "khac.md"]


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    """A second file of the same name is refused at the last moment, and no temporary file is left."""
    target = tmp_path / "initiatives" / "a.md"
    place_file("một\n", target)
    with pytest.raises(FileExistsError):
        place_file("hai\n", target)
    assert target.read_text(encoding="utf-8") == "một\n"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.md", "initiatives"]


def test_a_day_that_has_not_come_is_refused_as_check_does(project: Path, content: Path) -> None:
    """Of a start and of a source; else what `new` has written would be sent back by `check`."""
    days = {"--started": "2099-01", "--source-date": "2098"}
    place = {"--province": "63:da-nang"}  # of one list, whatever the day
    done = run(project, "new", *flags_of(COMPILED | days | place), "--lang", "en", content=content)
    assert (done.returncode, list(content.iterdir())) == (2, [])
    assert done.stderr.splitlines() == [
        f'{flag}: "{day}" has not come yet; a date in the past belongs here, today at the latest. Look at the year'
        for flag, day in days.items()
    ]


def test_a_check_at_the_same_moment_sees_no_half_of_a_file(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not finished lies beside it under a name that is passed over."""
    seen: list[tuple[list[str], list[object]]] = []

    def look(_: int) -> None:
        raw = read_content(content)
        seen.append(([path.name for path in content.iterdir()], [*raw.problems, *raw.initiatives]))

    monkeypatch.setattr("os.fsync", look)
    place_file("một\n", content / "initiatives" / "a.md")
    ((names, found),) = seen
    assert len(names) == 2
    assert found == []


def test_all_bad_and_missing_flags_are_told_at_once_and_nothing_is_written(project: Path, content: Path) -> None:
    """The sentences are those of `check`, each behind its flag; exit code 2."""
    done = run(
        project, "new", "--title", "Đèn", "--summary", SUMMARY, "--origin", "compiled", "--stage", "pliot",
        "--started", "31/02/2019", "--province", "Hồ Chí Min", "--theme", "y-te, khong-co", "--aim", "unknown",
        "--slug", "Đèn Đường", "--proposer-type", "citizen", "--source-title", "Nguồn", "--source-address", "trang.vn",
        content=content,
    )  # fmt: skip
    vocabulary = project / "content" / "vocabularies" / "themes.yaml"  # organizers add to it
    themes = [entry["slug"] for entry in yaml.safe_load(vocabulary.read_text("utf-8"))]
    assert done.stderr.splitlines() == [
        "--title: có 3 ký tự; cần ít nhất 4",
        (
            "--slug: “Đèn Đường” không dùng được trong địa chỉ; chỉ chữ thường không dấu a-z, số và dấu gạch nối. "
            "Có phải ý bạn là “den-duong”?"
        ),
        "--aim: chỉ dùng khi origin là submitted; bỏ trường này",
        (
            "--started: “31/02/2019” không có trong lịch; viết ngày/tháng/năm (18/06/2021) hoặc năm-tháng-ngày "
            "(2021-06-18)"
        ),
        (
            "--province: “Hồ Chí Min” không phải tên một tỉnh, thành của danh sách 63 hay 34; không ghi cấp dưới tỉnh, "
            "không ghép nhiều tỉnh vào một tên. Có phải ý bạn là “ho-chi-minh”?"
        ),
        f"--theme: “khong-co” không có trong danh sách; dùng: {', '.join(themes)}",
        (
            "--stage: “pliot” không có trong danh sách; dùng: idea, pilot, full-scale, ended, unknown. "
            "Có phải ý bạn là “pilot”?"
        ),
        (
            "--source-address: “trang.vn” không phải địa chỉ trang; phải bắt đầu bằng https://. "
            "Có phải ý bạn là “https://trang.vn”?"
        ),
        "--proposer-name: thiếu; cần: Bên đề xuất: Tên. Không nêu tên người dân khi chưa có đồng ý bằng văn bản",
        "--source-publisher: thiếu; cần: Nguồn: Nơi đăng",
        (
            "--source-kind: thiếu; cần: Nguồn: Loại nguồn. primary: người trong cuộc; official: cơ quan; "
            "press: báo chí; repost: đăng lại"
        ),
    ]
    assert (done.returncode, done.stdout, list(content.iterdir())) == (2, "", [])


def test_an_unknown_flag_is_wrong_usage(project: Path, content: Path) -> None:
    """Click's own words are translated too."""
    done = run(project, "new", "--titel", "x", content=content)
    assert done.returncode == 2
    assert "Không có tùy chọn" in done.stderr
    assert "--title" in done.stderr


def test_a_name_in_both_lists_goes_by_the_date_and_is_refused_without_one(project: Path, content: Path) -> None:
    """Đà Nẵng is in both lists: with a start it is told apart, without it the two ways to write it are named."""
    flags = SUBMITTED | {"--province": "da-nang"}
    assert run(project, "new", *flags_of(flags), content=content).returncode == 0
    del flags["--started"]
    done = run(project, "new", *flags_of(flags), "--slug", "khac", content=content)
    assert done.returncode == 2
    assert done.stderr == (
        "--province: “da-nang” có ở cả hai danh sách mà sáng kiến không có ngày; ghi rõ danh sách; "
        "dùng: 63:da-nang, 34:da-nang\n"
    )


def test_english_is_spoken_when_asked_for(project: Path, content: Path) -> None:
    """Labels and sentences follow --lang."""
    del (flags := dict(SUBMITTED))["--stage"]
    done = run(project, "new", "--lang", "en", *flags_of(flags), content=content)
    assert (done.returncode, done.stderr) == (2, "--stage: is missing; needed: Stage\n")


def talk(project: Path, content: Path, lines: list[str], *arguments: str) -> tuple[int, str]:
    """Run `new` on a terminal and type the lines; the exit code and what was on the screen."""
    keyboard, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, str(project / "build.py"), "new", "--content", str(content), *arguments],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=project,
    )
    os.close(terminal)
    os.write(keyboard, "".join(line + "\n" for line in lines).encode())
    try:
        output, _ = process.communicate(timeout=120)
    finally:
        process.kill()
        os.close(keyboard)
    return process.returncode, output.decode()


def test_on_a_terminal_it_asks_and_asks_again_after_a_bad_answer(project: Path, content: Path) -> None:
    """Answers are judged as they are typed; words of a list may be given by number or by name, Enter skips."""
    typed = [TITLE, "", "ngắn quá", SUMMARY, "compield", "compiled", "", "Tây Ninh", "Bình Dương", ""]
    typed += ["7, 99", "7, Y tế, sức khỏe", "2", "state-agency", "", "UBND xã thử nghiệm", ""]
    typed += ["Nguồn để thử", "Nơi đăng", "press", "", "", ""]
    code, screen = talk(project, content, typed)
    assert code == 0, screen
    assert "có 8 ký tự; cần ít nhất 40" in screen
    assert "“compield” không có trong danh sách; dùng: submitted, compiled. Có phải ý bạn là “compiled”?" in screen
    assert "dùng: 63:tay-ninh, 34:tay-ninh" in screen
    assert "“99” không có trong danh sách" in screen
    assert 'thiếu trường bắt buộc. Ví dụ: name: "UBND phường An Khê"' in screen
    values = read_front_matter(content / "initiatives" / "den-duong-o-thon-3.md")
    assert values["themes"] == ["giao-thong-do-thi", "y-te"]
    assert (values["stage"], values["province"]) == ("pilot", ["Bình Dương"])
    assert "started" not in values
    assert run(project, "check", content=content).returncode == 0


def test_personal_data_is_refused_before_anything_is_written(project: Path, content: Path) -> None:
    """As `check` would refuse it afterwards."""
    flags = {**SUBMITTED, "--place": "nhà chị A, 0912 345 678"}
    done = run(project, "new", "--lang", "en", *flags_of(flags), content=content)
    assert done.returncode == 2
    assert done.stderr.startswith('--place: "091• ••• •78" is a private phone number')
    assert list(content.iterdir()) == []


def test_on_a_terminal_only_what_the_flags_left_open_is_asked(project: Path, content: Path) -> None:
    """With every needed flag nothing is asked at all."""
    code, screen = talk(project, content, [], "--quiet", *flags_of(SUBMITTED))
    assert (code, screen) == (0, f"{content}/initiatives/den-duong-o-thon-3.md\n")


def test_leaving_in_the_middle_writes_nothing(project: Path, content: Path) -> None:
    """The end of the input (Ctrl-D) ends with 130, as Ctrl-C does."""
    code, screen = talk(project, content, [TITLE, "\x04"])
    assert code == 130, screen
    assert list(content.iterdir()) == []


@pytest.mark.parametrize("origin", ["submitted", "compiled"])
def test_every_field_that_is_offered_is_right_once_its_mark_is_taken_away(
    project: Path, tmp_path: Path, origin: str
) -> None:
    """Each commented field, uncommented alone, is what the table wants ("…" stands for words still to be found)."""
    values = {"id": "SK-0001", "title": TITLE, "summary": SUMMARY, "added": "2026-11-24", "province": ["tay-ninh"]}
    values |= {"themes": ["y-te"], "stage": "pilot", "proposer": {"type": "citizen", "name": "Tên"}, "origin": origin}
    text = compose_text(values, {})
    head, _, rest = text.partition("# Các trường khác")
    offered = re.findall(r"^# (\w+:.*(?:\n#   .*)*)", rest.split("\n---\n")[0], re.MULTILINE)
    names = [block.partition(":")[0] for block in offered]
    assert len(names) > 15
    assert set(names) <= set(InitiativeFields.model_fields)
    words = {"themes": ("y-te",), "stages": ("pilot",), "proposers": ("citizen",), "channels": ("zalo", "hotline")}
    words["aims"] = ("quan-tri-dien-tu",)
    path = tmp_path / "content" / "initiatives" / "a.md"
    path.parent.mkdir(parents=True)
    for block in offered:
        path.write_text(
            f"{head}{block.replace(chr(10) + '# ', chr(10))}\n---\n".replace("…", "Một câu"), encoding="utf-8"
        )
        document = read_document(path, tmp_path / "content")
        assert document.problems == [], block
        assert validate_fields(document, InitiativeFields, words)[1] == [], block


def test_an_address_is_made_of_the_title_and_cut_between_words() -> None:
    """Letters without marks; at most 60 characters."""
    assert suggest_slug("Đèn đường (thôn 3)") == "den-duong-thon-3"
    long = suggest_slug("Sáng kiến có một cái tên rất dài " * 4)
    assert long == "sang-kien-co-mot-cai-ten-rat-dai-sang-kien-co-mot-cai-ten"


def test_every_question_is_of_the_table() -> None:
    """A renamed field would leave its question behind: the names are looked up."""
    from expo.describe.tables import find_field, says_of

    for question in QUESTIONS:
        if question.name != "slug":
            assert says_of(find_field(InitiativeFields, question.name)).vi
