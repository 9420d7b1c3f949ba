"""What a build tells of itself: --profile, --jobs, the bar on a terminal. Real builds of the small content."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from expo.cli import main
from expo.cli.build_progress import MOST_FILES, OTHER, Profile
from expo.cli.sentences import say
from expo.config import MOST_JOBS, make_config
from expo.progress import listening, making, room
from expo.shares import run_shares

PROJECT = Path(__file__).resolve().parent.parent
SMALL = PROJECT / "tests" / "data" / "small"


def test_a_profile_tells_rooms_and_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On stderr, so that stdout stays the result; shares add up to the whole; other processes are heard too."""
    monkeypatch.setenv("EXPO_CACHE_DIR", str(tmp_path / "cache"))
    arguments = ["--content", str(SMALL), "--output", str(tmp_path / "site"), "--site-url", "https://expo.example"]
    assert main(["build", "--quiet", "--profile", "--jobs", "2", "--lang", "en", *arguments]) == 0
    told = capsys.readouterr()
    assert "Time by room" not in told.out
    rows = re.findall(r"^ +(\d+\.\d\d) +(\d+\.\d)%  (.+)$", told.err, re.MULTILINE)
    assert {"reading the content", "checking", "rendering pages", "drawing share cards"} <= {name for *_, name in rows}
    assert 99 < sum(float(share) for _, share, _ in rows) < 101
    seconds = [float(one) for one, *_ in rows]
    assert seconds == sorted(seconds, reverse=True)
    files = re.findall(r"^ +\d+\.\d{3}  (/\S*)$", told.err, re.MULTILINE)
    assert len(files) == MOST_FILES == len(set(files))


def test_rooms_within_rooms_count_once() -> None:
    """Each second belongs to one room only."""
    profile = Profile()
    with listening(profile):
        with room("plan"), room("index"):
            pass
        with room("plan"), making("/a/"):
            pass
    with room("render"):  # nobody listens any more
        pass
    assert list(profile.rooms) == [OTHER, "plan", "index"]
    assert [name for _, name in profile.slowest] == ["/a/"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one process does it all there")
def test_what_other_processes_make_is_told() -> None:
    """With the time that it took them; an error leaves nothing behind."""

    def work(items: Sequence[int]) -> None:
        for item in items:
            with making(str(item)):
                pass

    profile = Profile()
    with listening(profile):
        run_shares([1, 2, 3, 4], work, 3)
    assert sorted(name for _, name in profile.slowest) == ["1", "2", "3", "4"]


def test_jobs_of_the_command_line_win(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Over EXPO_JOBS, and that over the cores; none is no number of processes."""
    environment = {"EXPO_JOBS": "3"}
    assert make_config(environment=environment, jobs=5).jobs == 5
    assert make_config(environment=environment).jobs == 3
    assert make_config(environment={"EXPO_JOBS": "999"}).jobs == MOST_JOBS
    assert make_config(environment={}).jobs >= 1
    for odd in ("²", "9" * 5000, "-1", "0", "two"):
        assert make_config(environment={"EXPO_JOBS": odd}).jobs == make_config(environment={}).jobs
    assert main(["build", "--jobs", "0", "--output", str(tmp_path / "site")]) == 2
    assert "--jobs" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_a_terminal_sees_a_bar(tmp_path: Path, quiet: list[str]) -> None:
    """While it works, gone at the end; with --quiet nothing."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "build.py", "build", "--content", str(SMALL), "--output", str(tmp_path / "site"), *quiet]
    own = {"EXPO_CACHE_DIR": str(tmp_path / "cache"), "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(
        command, cwd=PROJECT, env={**os.environ, **own}, stdout=subprocess.PIPE, stderr=theirs, encoding="utf-8"
    ) as process:
        os.close(theirs)
        seen = bytearray()
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # Linux says so when nobody writes any more
                break
            if not part:
                break
            seen += part
        assert process.stdout is not None
        out = process.stdout.read()
    os.close(ours)
    assert process.returncode == 0, seen.decode()
    assert (say("room-render", "vi") in seen.decode()) == (not quiet)
    assert "Đã dựng" in out if not quiet else "Đã dựng" not in out
