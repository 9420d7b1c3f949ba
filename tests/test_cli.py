"""The command line: exit codes, options that every command takes, languages, what goes to stdout and what to stderr.

Commands run in this process through expo.cli.main, as build.py calls it; pipes and imports run in one of their own.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest

from expo.cli import COMMANDS, main
from expo.cli.build_progress import OTHER
from expo.cli.printing import describe_system_error, show_command
from expo.cli.sentences import CLICK_MODULES, CLICK_WORDS, SENTENCES, say, translate_click
from expo.config import make_config
from expo.problems import Problem, format_github, format_problem

PROJECT = Path(__file__).resolve().parent.parent
BROKEN = PROJECT / "tests" / "data" / "broken"
GOOD_CONTENT = BROKEN / "http-address" / "content"  # a reminder, no mistake
BAD_CONTENT = BROKEN / "not-allowed-term" / "content"

Capture = pytest.CaptureFixture[str]

# Click's words that none of our commands can make it say: prompts, files, other kinds of options.
UNREACHABLE = re.compile(
    r"deprecated|UUID|prompt|Repeat|Confirm|confirm|environment|env var|dynamic|clamped|editor|press|Press|boolean|"
    r"format|Choice\(|Choose from|executable|writable|Could not open|Invalid start|shell|takes|two entered|yes/no|"
    r"iterable|defined twice|given|\[y/N\]|version|unknown error|Error: The two|required to have|arguments\.$|"
    r"is not \{choice\}\.|are required|DateTime|decl|--\{name\}|same flag|invalid input|continue|colour|"
    r"No options defined|\{extra_message\}"
)

CLICKS_ENGLISH = set(
    """usage options commands args show this message and exit default required arguments positional the dir path query
    integer range file number of for with""".split()  # noqa: SIM905
)

# As a shell of an organizer has it: text is kept until there is a screenful of it.
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command."""
    code = main(list(arguments))
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture(autouse=True)
def vietnamese_click() -> None:
    """Each test begins with Click as a fresh process has it."""
    translate_click("en")


def test_check_answers_0_for_good_and_1_for_wrong_content(capsys: Capture) -> None:
    """Problems and counts go to stdout, progress to stderr."""
    reminders = (BROKEN / "http-address/expected.vi.txt").read_text("utf-8")
    assert run(capsys, "check", "--content", str(GOOD_CONTENT)) == (0, reminders, "Đang kiểm tra nội dung…\n")
    problems = (BROKEN / "not-allowed-term/expected.en.txt").read_text("utf-8")
    told = run(capsys, "check", "--content", str(BAD_CONTENT), "--lang", "en")
    assert told == (1, problems, "Checking the content…\n")


def test_quiet_leaves_results_only(capsys: Capture) -> None:
    """Nothing on stderr; problems still on stdout."""
    problems = (BROKEN / "not-allowed-term/expected.vi.txt").read_text("utf-8")
    assert run(capsys, "check", "--content", str(BAD_CONTENT), "--quiet") == (1, problems, "")


def test_check_of_paths_tells_their_problems_only(capsys: Capture, tmp_path: Path) -> None:
    """All content is read, as numbers depend on each other; what is wrong elsewhere does not count."""
    content = tmp_path / "content"
    shutil.copytree(BAD_CONTENT, content)
    shutil.copy(content / "initiatives/goi-xa.md", content / "initiatives/xe-om.md")
    bad = run(capsys, "check", "--content", str(content), "--quiet", str(content / "initiatives/xe-om.md"))
    assert bad[0] == 1
    *lines, count, elsewhere = bad[1].splitlines()
    assert [line.split(":")[:2] for line in lines] == [
        ["content/initiatives/xe-om.md", "2"],
        ["content/initiatives/xe-om.md", "8"],
    ]
    assert count == "2 lỗi trong 1 tệp, trên 2 sáng kiến và 0 phản hồi."
    assert elsewhere == "Chỗ khác còn 1 lỗi trong 1 tệp; chạy check không kèm đường dẫn để xem."
    (content / "replies").mkdir()
    good = run(capsys, "check", "--content", str(content), "--quiet", str(content / "replies"))
    told = "Chỗ đã nêu không có lỗi.\nChỗ khác còn 3 lỗi trong 2 tệp; chạy check không kèm đường dẫn để xem.\n"
    assert good == (0, told, "")


def test_check_of_paths_of_a_folder_without_mistakes_says_so_of_all(capsys: Capture) -> None:
    """As nothing is wrong elsewhere either."""
    good = run(capsys, "check", "--content", str(GOOD_CONTENT), "--quiet", str(GOOD_CONTENT / "initiatives"))
    assert good[1].endswith(" 0 phản hồi: không có lỗi.\n")


def test_check_of_a_path_outside_the_content_is_wrong_usage(capsys: Capture) -> None:
    """It names both places."""
    code, out, err = run(capsys, "check", "--content", str(GOOD_CONTENT), str(PROJECT / "build.py"), "--lang", "en")
    assert (code, out) == (2, "")
    assert err == f'"{PROJECT / "build.py"}" is not inside the content folder {GOOD_CONTENT}.\n'


def test_content_without_initiatives_is_said(capsys: Capture, tmp_path: Path) -> None:
    """An empty folder has no mistakes, but may be the wrong folder."""
    code, out, err = run(capsys, "check", "--content", str(tmp_path), "--lang", "en", "--quiet")
    assert (code, out) == (0, "0 initiatives, 0 replies: no mistakes.\n")
    assert err == f"The folder {tmp_path} holds no initiatives (initiatives/*.md is needed).\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["chekc"], "Lỗi: Không có lệnh 'chekc'. Có phải 'check'?"),
        (["chekc", "--lang", "en"], "Error: No such command 'chekc'. Did you mean 'check'?"),
        (["serach"], "Lỗi: Không có lệnh 'serach'. Có phải 'search'?"),
        (["xyz"], "Lỗi: Không có lệnh 'xyz'."),
        (["check", "--conten", "x"], "Lỗi: Không có tùy chọn '--conten'. Có phải '--content'?"),
        (["check", "--quiet=1"], "Lỗi: Tùy chọn '--quiet' không có giá trị đi kèm."),
        (["check", "--content"], "Lỗi: Tùy chọn '--content' cần một giá trị."),
        (["check", "--content", "nope"], "Lỗi: Giá trị của '--content' không đúng: không có 'nope'."),
        (["check", "nope"], "Lỗi: Giá trị của '[ĐƯỜNG-DẪN…]' không đúng: không có 'nope'."),
        (["check", "--lang", "fr"], "Lỗi: Giá trị của '--lang' không đúng: 'fr' không phải một trong 'vi', 'en'."),
        (["search"], "Lỗi: Thiếu giá trị 'CÂU-TÌM…'."),
        (["search", "--limit", "x", "a"], "Lỗi: Giá trị của '--limit' không đúng: 'x' không phải số nguyên."),
        (
            ["search", "--limit", "0", "a"],
            "Lỗi: Giá trị của '--limit' không đúng: 0 không nằm trong khoảng 1<=x<=1000.",
        ),
        (["build", "x"], "Lỗi: Thừa giá trị (x)"),
        (["--nope"], "Lỗi: Không có tùy chọn '--nope'."),
        (["--lang", "en", "--nope"], "Error: No such option '--nope'."),
    ],
)
def test_wrong_usage_is_one_sentence_and_2(capsys: Capture, arguments: list[str], sentence: str) -> None:
    """The last line on stderr says what is wrong, in the language asked for; no traceback, nothing on stdout."""
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.splitlines()[-1]) == (2, "", sentence)
    assert "Traceback" not in err


def test_no_command_is_build(capsys: Capture, tmp_path: Path) -> None:
    """Options alone belong to `build`."""
    output = tmp_path / "output"
    arguments = ["--content", str(BAD_CONTENT), "--output", str(output), "--quiet"]
    assert run(capsys, *arguments) == run(capsys, "build", *arguments)
    assert not output.exists()


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_wholly_vietnamese(capsys: Capture, command: str) -> None:
    """No word of Click's own English is left, and no placeholder in English capitals."""
    code, out, err = run(capsys, *filter(None, [command, "--help"]))
    assert (code, err) == (0, "")
    assert out.startswith("Cách dùng: build.py")
    assert {word.lower() for word in re.findall(r"[A-Za-z]+", out)} & CLICKS_ENGLISH == set()


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_wholly_english_when_asked(capsys: Capture, command: str) -> None:
    """No Vietnamese letter, save in examples of values."""
    code, out, _ = run(capsys, *filter(None, [command, "--help", "--lang", "en"]))
    assert code == 0
    assert out.startswith("Usage: build.py")
    assert re.findall("[ăâđêôơưĂÂĐÊÔƠƯạảấầậắặẹẻếềệịọốồộớờợụủứừựỳ]", out) == []


def test_every_command_takes_the_promised_options(capsys: Capture) -> None:
    """--content, --quiet and --lang are a promise; build has two more, search one."""
    for command in COMMANDS:
        _, out, _ = run(capsys, command, "--help", "--lang", "en")
        for option in ("--content", "--quiet", "--lang"):
            assert option in out, command
    assert all(option in run(capsys, "build", "--help")[1] for option in ("--output", "--site-url"))
    assert "--json" in run(capsys, "search", "--help")[1]


def test_every_word_of_click_that_we_can_hear_is_translated() -> None:
    """A new Click with new sentences fails here, not in front of an organizer."""
    said = set()
    for name in CLICK_MODULES:
        source = Path(str(import_module(f"click.{name}").__file__)).read_text("utf-8")
        for call in re.findall(r"\b(?:_|ngettext)\(\s*((?:\"(?:[^\"\\]|\\.)*\",?\s*)+)", source):
            said |= set(re.findall(r"\"((?:[^\"\\]|\\.)*)\"", call))
    heard = {sentence for sentence in said if not UNREACHABLE.search(sentence)}
    names_of_kinds = {"file", "directory", "path", "", "{missing}{param_hint}.{msg}", "({label})"}
    assert heard - set(CLICK_WORDS) - names_of_kinds == set()
    assert len(heard) > 20


def sources_of(folder: str) -> str:
    """Every module of a room."""
    return "".join(path.read_text("utf-8") for path in (PROJECT / folder).rglob("*.py"))


def test_every_sentence_is_said_somewhere() -> None:
    """No sentence of the commands is left over, and each has both languages."""
    sources = sources_of("expo/cli")
    unused = {key for key in SENTENCES if sources.count(f'"{key}"') < 2}
    unused -= {"output-foreign", "output-inside", "output-unwritable"}  # these follow OutputRefused.code
    rooms = {f"room-{name}" for name in re.findall(r'\broom\(\s*"(\w+)"', sources_of("expo"))}
    assert unused == {*rooms, f"room-{OTHER}"}  # these follow expo.progress
    assert [key for key, (vi, en) in SENTENCES.items() if not vi or not en] == []


# Annotations on a pull request


def test_github_format_adds_annotations_to_the_plain_lines(capsys: Capture) -> None:
    """The log stays readable; each problem is also a workflow command on its line."""
    code, out, _ = run(capsys, "check", "--content", str(BAD_CONTENT), "--format", "github", "--lang", "en", "--quiet")
    sentence = 'stage: "pliot" is not one of the allowed values; use: idea, pilot, full-scale, ended, unknown.'
    assert code == 1
    assert out.splitlines() == [
        f'content/initiatives/goi-xa.md:8: {sentence} Did you mean "pilot"?',
        f'::error file=content/initiatives/goi-xa.md,line=8::{sentence} Did you mean "pilot"?',
        "1 problem in 1 file, of 1 initiative and 0 replies.",
    ]


def test_a_reminder_is_a_warning_annotation(capsys: Capture) -> None:
    """It does not fail the check."""
    code, out, _ = run(capsys, "check", "--content", str(GOOD_CONTENT), "--format", "github", "--quiet")
    assert code == 0
    assert sum(line.startswith("::warning file=content/initiatives/goi-xa.md,line=") for line in out.splitlines()) == 2


HOSTILE = [
    "\n::error::x",
    "\r::stop-commands::x",
    "%0A::error::x",
    "\u2028::set-output name=a::b",
    "\x0b::x",
    "\x85::x",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_content_cannot_give_commands_to_the_code_host(capsys: Capture, tmp_path: Path, hostile: str) -> None:
    """A value or a key with a line break stays inside its own annotation, in plain lines as well."""
    content = tmp_path / "content"
    shutil.copytree(BAD_CONTENT, content)
    path = content / "initiatives/goi-xa.md"
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in hostile)
    text = path.read_text("utf-8").replace("stage: pliot", f'stage: "pilot{escaped}"\n"khoa{escaped}": 1')
    path.write_text(text, "utf-8")
    _, out, _ = run(capsys, "check", "--content", str(content), "--format", "github", "--quiet")
    commands = [line for line in re.split("[\r\n]", out) if line.lstrip().startswith("::")]
    assert [
        re.match(r"::error file=content/initiatives/goi-xa\.md,line=[89]::", line) is None for line in commands
    ] == [
        False,
        False,
    ]
    assert all(line.count("%0A") == 0 for line in commands)


def test_an_annotation_escapes_what_has_a_meaning_there() -> None:
    """Per cent, line breaks, and in the path also colon and comma, are encoded as GitHub's runner decodes them."""
    problem = Problem("a,b:c%.md", 3, "title", "bad-slug", (("value", "100%\r\n::error::x"),))
    assert format_github(problem, "en") == (
        "::error file=a%2Cb%3Ac%25.md,line=3::"
        'title: "100%25%0D%0A::error::x" cannot stand in an address; only a-z, digits and hyphens'
    )
    assert format_problem(problem, "en").startswith("a,b:c%.md:3: title: ")


# A process of its own


def start(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """The real command."""
    command = [sys.executable, str(PROJECT / "build.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.slow
def test_the_door_passes_on_exit_codes() -> None:
    """0, 1 and 2 reach the shell through build.py."""
    codes = [
        start("check", "--content", str(GOOD_CONTENT)).returncode,
        start("check", "--content", str(BAD_CONTENT)).returncode,
        start("chekc").returncode,
    ]
    assert codes == [0, 1, 2]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a shell's pipe")
@pytest.mark.parametrize("number", [1, 9, 3000])
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path, number: int) -> None:
    """`check | head -1` ends without a word on stderr, whether one line or a megabyte is left unread."""
    content = tmp_path / "content"
    shutil.copytree(BAD_CONTENT, content)
    path = content / "initiatives/goi-xa.md"
    keys = "".join(f"khoa{count}: 1\n" for count in range(number))
    path.write_text(path.read_text("utf-8").replace("stage: pliot\n", keys + "stage: pliot\n"), "utf-8")
    script = f'"{sys.executable}" "{PROJECT}/build.py" check --quiet --content "{content}" | head -1'
    done = subprocess.run(
        ["sh", "-c", script], env=BUFFERED, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.stdout.startswith("content/initiatives/goi-xa.md:8: khoa0: ")
    assert done.stderr == ""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such descriptor")
@pytest.mark.parametrize("buffering", ["", "1"])
def test_a_closed_pipe_does_not_hide_wrong_content(buffering: str) -> None:
    """Where the output can't be delivered the code is still not 0, whether that shows at once or at the end."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, str(PROJECT / "build.py"), "check", "--quiet", "--content", str(BAD_CONTENT)]
    environment = {**BUFFERED, "PYTHONUNBUFFERED": buffering}
    done = subprocess.run(
        command, env=environment, stdout=writer, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (3, "")


def test_our_own_bug_shows_its_traceback_and_3(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content mistakes never show one; ours always do."""
    monkeypatch.setattr("expo.read.read_content", lambda *_: 1 / 0)
    code, _, err = run(capsys, "check", "--quiet")
    assert code == 3
    assert "ZeroDivisionError" in err


class Interrupted:
    """An interrupt meets it where Python can pass no exception on: as it is taken away, and in functions C calls."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGTERM)


def test_an_interrupt_is_never_lost(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the build would go on and publish, after a person said to stop."""

    def read(folder: Path, outlines: object) -> None:
        Interrupted()
        for _ in range(3000):
            time.sleep(0.01)

    monkeypatch.setattr("expo.read.read_content", read)
    code, out, err = run(capsys, "check", "--quiet", "--lang", "en")
    assert (code, out, err.strip()) == (130, "", say("interrupted", "en"))


def test_a_system_that_fails_is_one_sentence_and_3(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that can't be listed is not our bug: no traceback."""

    def fail(folder: Path, outlines: object) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr("expo.read.read_content", fail)  # root may list everything
    code, out, err = run(capsys, "check", "--quiet", "--lang", "en")
    assert (code, out) == (3, "")
    assert err == f"The system reported: [Errno 13] Permission denied: '{PROJECT / 'content'}'\n"


def test_a_sentence_is_filled_in_both_languages() -> None:
    """`say` picks the language and puts values in."""
    assert say("no-results", "vi", query="rác") == "Không tìm thấy gì cho “rác”."
    assert say("no-results", "en", query="rác") == 'Nothing was found for "rác".'


@pytest.mark.parametrize(
    "address", ["user.github.io/expo", "ftp://example.vn", "https:///x", "http://[", "https://a.vn/?x"]
)
def test_an_address_below_which_nothing_can_stand_is_refused(address: str, capsys: Capture, tmp_path: Path) -> None:
    """Wrong usage, before anything is made: feeds and canonical links would lead nowhere."""
    told = run(capsys, "build", "--site-url", address, "--output", str(tmp_path / "o"), "--content", str(GOOD_CONTENT))
    assert told == (
        2,
        "",
        (
            f"“{address}” không phải địa chỉ công bố; viết đủ như https://vi-du.github.io/expo "
            "(--site-url hoặc EXPO_SITE_URL).\n"
        ),
    )
    assert not (tmp_path / "o").exists()


def test_check_tells_which_numbers_are_drafts(capsys: Capture, tmp_path: Path) -> None:
    """As progress: somebody who looks for their page learns why it is not there."""
    shutil.copytree(GOOD_CONTENT, tmp_path / "content")
    path = tmp_path / "content/initiatives/goi-xa.md"
    path.write_text(path.read_text("utf-8").replace("\n---", "\ndraft: true\n---", 1), "utf-8")
    code, _, told = run(capsys, "check", "--content", str(path.parent.parent), "--lang", "en")
    assert (code, told.splitlines()[1:]) == (
        0,
        ["Drafts that are not on the site (1): SK-0001. Delete the draft line to show one."],
    )
    assert run(capsys, "check", "--content", str(path.parent.parent), "--quiet")[2] == ""


@pytest.mark.skipif(os.name == "nt", reason="the other shell quotes otherwise")
def test_a_command_to_copy_holds_where_the_person_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blanks are in quotes, build.py is named from there, another content folder goes along."""
    content = tmp_path / "nội dung"
    content.mkdir()
    monkeypatch.chdir(tmp_path)
    given = make_config(content=content, environment={})
    assert show_command(given, "check", content / "a.md") == (
        f"python3 {shlex.quote(str(PROJECT / 'build.py'))} check --content 'nội dung' 'nội dung/a.md'"
    )
    monkeypatch.chdir(PROJECT)
    assert show_command(make_config(environment={}), "serve") == "python3 build.py serve"


def test_a_cache_that_cannot_be_written_names_the_way_out(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 3, and the variable that puts it elsewhere; other failures of the disk keep the system's own words."""
    (tmp_path / "file").write_text("x")
    cache = tmp_path / "file" / "cache"
    monkeypatch.setenv("EXPO_CACHE_DIR", str(cache))
    assert run(capsys, "search", "rác", "--lang", "en") == (
        3,
        "",
        (
            f"{cache}: cannot be written (Not a directory); set EXPO_CACHE_DIR to a folder that can be. "
            "The published site is as it was.\n"
        ),
    )
    other = OSError(28, "No space left on device", str(tmp_path / "output"))
    assert describe_system_error(other, "system-failed", "en") == f"The system reported: {other}"
