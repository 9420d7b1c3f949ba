"""Same input, same bytes: a site does not tell where, when, in which language or by how many processes it was built.

Real builds of the small content by the real command, each with all circumstances changed at once that go together;
a difference is told file by file. What a build could read of the clock is looked for in the sources.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from expo.cli import main
from expo.config import SettingRefused, make_config
from tests.test_new import SUBMITTED, flags_of

PROJECT = Path(__file__).resolve().parent.parent
SMALL = PROJECT / "tests" / "data" / "small"
PARTS = (
    "build.py", "pelicanconf.py", "requirements.lock", "requirements-test.lock",
    "content", "expo", "locale", "schema", "theme",
)  # fmt: skip
MEMORY_DISK = Path("/dev/shm")  # lists a folder newest first: the order of copying shows

# Modules that may read the clock, and what for.
CLOCK_READERS = {
    "config.py": "the one `today`, which SOURCE_DATE_EPOCH sets",
    "cli/build_command.py": "seconds that a build took, printed",
    "cli/serve_command.py": "seconds that a build took, printed",
    "cli/preview_server.py": "the number of a preview's reload",
    "cli/test_command.py": "seconds",
    "write/output.py": "age of a leftover on Windows",
}
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "ctime", "strftime", "fromtimestamp"}


@dataclass(frozen=True)
class Circumstances:
    """How a build is run; nothing of it may show."""

    variables: dict[str, str] = field(default_factory=dict)
    umask: int = 0o022
    is_reversed: bool = False  # files were laid in reverse order, with dates of the future
    is_elsewhere: bool = False  # a checkout at another path


PLAIN = Circumstances({"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "EXPO_JOBS": "1"})
OTHERS = {
    "east, C, two processes": Circumstances(
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "EXPO_JOBS": "2", "SOURCE_DATE_EPOCH": "1"},
        umask=0o077,
    ),
    "west, Turkish, five processes, elsewhere": Circumstances(
        {
            "TZ": "Etc/GMT+12", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr",
            "PYTHONHASHSEED": "4294967295", "EXPO_JOBS": "5", "SOURCE_DATE_EPOCH": "4102444800",
        },
        umask=0,
        is_reversed=True,
        is_elsewhere=True,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def disk() -> Iterator[Path]:
    """A folder where the order of listing follows that of writing, if there is such a disk."""
    with tempfile.TemporaryDirectory(dir=MEMORY_DISK if MEMORY_DISK.is_dir() else None) as name:
        yield Path(name)


def lay(source: Path, target: Path, is_reversed: bool) -> Path:
    """A copy, file by file, in an order and with dates of our own."""
    paths = sorted(path for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    for path in reversed(paths) if is_reversed else paths:
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        os.utime(copy, (4_000_000_000, 4_000_000_000) if is_reversed else (1, 1))
    return target


def lay_project(disk: Path, one: Circumstances) -> Path:
    """This checkout, or a copy of what builds need of it."""
    if not one.is_elsewhere:
        return PROJECT
    target = disk / "một nơi khác" / "expo"
    for name in reversed(PARTS):
        if (PROJECT / name).is_dir():
            lay(PROJECT / name, target / name, one.is_reversed)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / name, target / name)
    return target


def build(project: Path, content: Path, output: Path, one: Circumstances) -> dict[str, bytes]:
    """The files of a site, built by the real command in a process of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "EXPO_WHEELS", "SYSTEMROOT") if name in os.environ}
    own = {"EXPO_VENV": str(Path(sys.prefix).parent), "EXPO_CACHE_DIR": str(output.with_name("cache"))}
    done = subprocess.run(
        [sys.executable, "build.py", "build", "--quiet", "--site-url", "https://expo.example/trien-lam",
         "--content", str(content), "--output", str(output)],
        cwd=project, env={**kept, **own, **one.variables}, umask=one.umask,
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Paths of files that only one of them has, or that differ."""
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


@pytest.fixture(scope="module")
def plain_site(disk: Path) -> dict[str, bytes]:
    """What every other build is compared with: cold, in one process."""
    return build(PROJECT, lay(SMALL, disk / "plain" / "content", False), disk / "plain" / "output", PLAIN)


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHERS)
def test_circumstances_do_not_show(disk: Path, plain_site: dict[str, bytes], name: str) -> None:
    """Zone, locale, seed of hashes, processes, umask, dates and order of files, place of the checkout; all cold."""
    one = OTHERS[name]
    home = disk / name
    content = lay(SMALL, home / "content", one.is_reversed)
    if one.is_reversed and MEMORY_DISK.is_dir():
        first, second = (
            [entry.name for entry in os.scandir(folder / "initiatives")] for folder in (content, disk / "plain/content")
        )
        assert first == second[::-1], "the copies are listed in the same order, so that the test shows nothing"
    assert differing(build(lay_project(home, one), content, home / "output", one), plain_site) == []


@pytest.mark.slow
def test_what_was_built_before_does_not_show(disk: Path, plain_site: dict[str, bytes]) -> None:
    """After a build of other texts, with its cache and its spare, in two processes."""
    home = disk / "incremental"
    content = lay(SMALL, home / "content", False)
    one = Circumstances({"EXPO_JOBS": "2", "EXPO_CACHE_DIR": str(disk / "plain" / "cache")})
    path = next(iter(sorted((content / "initiatives").glob("*.md"))))
    text = path.read_text("utf-8")
    for body in (text + "\nMột câu nữa.\n", text + "\nCâu khác.\n"):
        path.write_text(body, "utf-8")
        assert differing(build(PROJECT, content, home / "output", one), plain_site) != []
    path.write_text(text, "utf-8")
    assert differing(build(PROJECT, content, home / "output", one), plain_site) == []


def test_the_clock_is_read_only_where_it_does_not_show() -> None:
    """A page that needs the day takes it from Config.today, which can be set; nothing else in a build asks for it."""
    readers = set()
    for path in (PROJECT / "expo").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id in ("time", "datetime", "date"):
                    readers.add(path.relative_to(PROJECT / "expo").as_posix())
    assert readers - set(CLOCK_READERS) == set()


# SOURCE_DATE_EPOCH


@pytest.mark.parametrize(
    ("seconds", "day"),
    [("0", "1970-01-01"), ("61199", "1970-01-01"), ("61200", "1970-01-02"), ("1750000000", "2025-06-15")],
)
def test_today_can_be_set(seconds: str, day: str) -> None:
    """It is the day in Viet Nam, seven hours ahead, of that moment."""
    assert make_config(environment={"SOURCE_DATE_EPOCH": seconds}).today.isoformat() == day


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "٣", "9" * 30, " 1"])
def test_a_moment_that_is_none_is_refused(value: str) -> None:
    """Rather than to build for another day than was asked for."""
    with pytest.raises(SettingRefused):
        make_config(environment={"SOURCE_DATE_EPOCH": value})


def test_the_command_says_so_and_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, in the language asked for."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert main(["check", "--lang", "en", "--quiet"]) == 2
    assert capsys.readouterr().err == (
        'SOURCE_DATE_EPOCH: "yesterday" is no moment; '
        "write whole seconds since 1970, such as 1750000000, or leave it unset.\n"
    )


def test_new_takes_the_day_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The one place where a day of the clock enters a file."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    assert main(["new", *flags_of(SUBMITTED), "--content", str(tmp_path), "--quiet"]) == 0
    capsys.readouterr()
    written = [path.read_text("utf-8") for path in tmp_path.rglob("*.md")]
    assert [text for text in written if "added: 2025-06-15" in text] == written != []
