"""Writing output: a whole new folder or the old one untouched, whatever happens in between; nothing is left behind.

Real folders, real processes, real signals. Root has every permission, so tests of one run in a child that has given
root up; a disk that is full is a limit on the size of files here, and a small disk in bench/faults.py.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.cli import main
from expo.config import Config, make_config
from expo.write import OutputFolder, OutputRefused, write_output
from expo.write.folders import claim, remove_folder
from expo.write.verify import verify_folder
from tests.unprivileged import as_nobody

PROJECT = Path(__file__).resolve().parent.parent
OLD_FILES = {"index.html": b"old", "sang-kien/index.html": b"old list"}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A site of its own in an empty folder, `web/output`."""
    (tmp_path / "content").mkdir()
    (tmp_path / "web").mkdir()
    return make_config(content=tmp_path / "content", output=tmp_path / "web/output", environment={})


@pytest.fixture
def built(config: Config) -> Config:
    """The same with an output that a build has made."""
    with write_output(config) as folder:
        for path, content in OLD_FILES.items():
            folder.write(path, content)
    return config


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, without the manifest."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.name != "manifest.json"}


def beside(output: Path) -> list[str]:
    """What lies in the output's parent."""
    return sorted(path.name for path in output.parent.iterdir())


def refusal(config: Config) -> str:
    """Why a build may not begin."""
    with pytest.raises(OutputRefused) as caught, write_output(config):
        raise AssertionError("the build began")
    return caught.value.code


def test_a_build_makes_the_folder_with_a_manifest(built: Config) -> None:
    """Every file stands in manifest.json with its size and hash, sorted."""
    assert files_of(built.output) == OLD_FILES
    manifest = json.loads((built.output / "manifest.json").read_bytes())
    assert manifest == {
        "version": 1,
        "files": {
            path: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for path, content in sorted(OLD_FILES.items())
        },
    }
    assert list(manifest["files"]) == sorted(OLD_FILES)
    assert beside(built.output) == ["output"]


def test_a_new_build_replaces_the_folder_whole(built: Config) -> None:
    """Files that are no longer made are gone, and only the output lies there."""
    with write_output(built) as folder:
        folder.write("a/b.html", b"new")
        assert files_of(built.output) == OLD_FILES
    assert files_of(built.output) == {"a/b.html": b"new"}
    assert beside(built.output) == ["output"]


def test_missing_parents_are_made(config: Config, tmp_path: Path) -> None:
    """`--output a/b/c` works in an empty folder."""
    deep = make_config(content=config.content, output=tmp_path / "a/b/c", environment={})
    with write_output(deep) as folder:
        folder.write("x", b"")
    assert files_of(tmp_path / "a/b/c") == {"x": b""}


def test_an_empty_folder_is_taken(config: Config) -> None:
    """It holds nothing that could be lost."""
    config.output.mkdir()
    with write_output(config) as folder:
        folder.write("x", b"")
    assert files_of(config.output) == {"x": b""}


@pytest.mark.parametrize("error", [ValueError, OSError, KeyboardInterrupt, SystemExit])
def test_a_build_that_fails_leaves_the_old_output(built: Config, error: type[BaseException]) -> None:
    """Byte for byte, and no temporary files, whatever was raised."""
    manifest = (built.output / "manifest.json").read_bytes()
    with pytest.raises(error), write_output(built) as folder:
        folder.write("a.html", b"new")
        raise error
    assert files_of(built.output) == OLD_FILES
    assert (built.output / "manifest.json").read_bytes() == manifest
    assert beside(built.output) == ["output"]


def test_a_first_build_that_fails_leaves_nothing(config: Config) -> None:
    """Not even an empty folder."""
    with pytest.raises(ValueError, match="broken"), write_output(config) as folder:
        folder.write("a.html", b"new")
        raise ValueError("broken")
    assert beside(config.output) == []


def test_a_folder_that_no_build_made_is_refused(config: Config) -> None:
    """Without a manifest it may be anything, and stays as it is."""
    config.output.mkdir()
    (config.output / "diary.txt").write_text("mine")
    assert refusal(config) == "foreign"
    assert files_of(config.output) == {"diary.txt": b"mine"}


def test_a_file_or_a_link_in_place_of_the_output_is_refused(config: Config, tmp_path: Path) -> None:
    """Neither is replaced, and what the link leads to is not touched."""
    config.output.write_text("mine")
    assert refusal(config) == "foreign"
    config.output.unlink()
    (tmp_path / "elsewhere").mkdir()
    config.output.symlink_to(tmp_path / "elsewhere")
    assert refusal(config) == "foreign"
    assert beside(config.output) == ["output"]


@pytest.mark.parametrize("place", ["content", "content/out", "content/a/b", ".", "link/out", "link"])
def test_an_output_in_the_content_or_around_it_is_refused(config: Config, tmp_path: Path, place: str) -> None:
    """Also when a link leads there: the content would be replaced or published into itself."""
    (tmp_path / "link").symlink_to(config.content)
    bad = make_config(content=config.content, output=tmp_path / place, environment={})
    assert refusal(bad) == "inside"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "link", "web"]


def test_the_root_of_the_disk_is_refused(config: Config) -> None:
    """It has no name and no folder beside it."""
    assert refusal(make_config(content=config.content, output=Path("/"), environment={})) == "inside"


def test_a_place_that_cannot_be_written_is_refused(config: Config, tmp_path: Path) -> None:
    """A folder can't be made below a regular file."""
    (tmp_path / "file").write_text("x")
    bad = make_config(content=config.content, output=tmp_path / "file/output", environment={})
    assert refusal(bad) == "unwritable"


@pytest.mark.parametrize(
    "path", ["", "/", "/etc/passwd", "../x", "a/../x", "a/..", ".", "./a", "a//b", "a/", "a\\..\\x", "a/./b"]
)
def test_a_path_that_leaves_the_output_is_refused(tmp_path: Path, path: str) -> None:
    """Only plain names between slashes."""
    folder = OutputFolder(tmp_path / "out")
    with pytest.raises(ValueError, match="not a path inside the output"):
        folder.write(path, b"x")
    assert list(tmp_path.iterdir()) == []


@given(path=st.text(alphabet="ab./\\~ \x00", max_size=12))
def test_no_path_leaves_the_output(tmp_path_factory: pytest.TempPathFactory, path: str) -> None:
    """Whatever is written lies below the folder."""
    parent = tmp_path_factory.mktemp("any")
    try:
        OutputFolder(parent / "out").write(path, b"x")
    except (ValueError, OSError):
        pass
    assert [name.name for name in parent.iterdir()] in ([], ["out"])


def test_two_pages_of_one_address_are_an_error(tmp_path: Path) -> None:
    """The second does not overwrite the first in silence."""
    folder = OutputFolder(tmp_path)
    folder.write("a/index.html", b"first")
    with pytest.raises(ValueError, match=r"^two pages have one address: a/index\.html$"):
        folder.write("a/index.html", b"second")
    assert files_of(tmp_path) == {"a/index.html": b"first"}


# Runs that were killed


@pytest.fixture
def dead_process() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_an_output_that_was_moved_away_comes_back(built: Config, dead_process: int) -> None:
    """A run killed between the two renames is undone by the next, even if that one fails."""
    built.output.rename(built.output.with_name(f".output.cu-{dead_process}"))
    (built.output.with_name(f".output.moi-{dead_process}")).mkdir()
    with pytest.raises(ValueError, match="broken"), write_output(built):
        raise ValueError("broken")
    assert files_of(built.output) == OLD_FILES
    assert beside(built.output) == ["output"]


def test_leftovers_of_killed_runs_are_removed(built: Config, dead_process: int) -> None:
    """Staging and spare of a dead process go; the output stays until it is replaced."""
    for role in ("moi", "cu"):
        leftover = built.output.with_name(f".output.{role}-{dead_process}")
        leftover.mkdir()
        (leftover / "x").write_text("x")
    with write_output(built) as folder:
        folder.write("x", b"new")
    assert files_of(built.output) == {"x": b"new"}
    assert beside(built.output) == ["output"]


def test_what_belongs_to_others_stays(built: Config, dead_process: int) -> None:
    """A build that still runs keeps its staging; files with like names are not ours."""
    running = f".output.moi-{os.getppid()}"
    others = [running, f".other.moi-{dead_process}", f".output.x-{dead_process}", ".output.moi-", ".output.moi-1a"]
    for name in others:
        (built.output.parent / name).mkdir()
    with write_output(built) as folder:
        folder.write("x", b"new")
    assert beside(built.output) == sorted([*others, "output"])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks")
def test_a_build_in_another_container_keeps_its_staging(built: Config, dead_process: int) -> None:
    """Its number means nothing here, but its claim is seen; so is that of a process that a killed build left behind."""
    running = built.output.with_name(f".output.moi-{dead_process}")
    running.mkdir()
    with claim(running):
        with write_output(built) as folder:
            folder.write("x", b"new")
        assert beside(built.output) == [running.name, "output"]
    with write_output(built) as folder:
        folder.write("x", b"new")
    assert beside(built.output) == ["output"]


def test_a_name_with_signs_is_only_a_name(config: Config, dead_process: int) -> None:
    """`--output "a[1]*"` is no pattern."""
    odd = make_config(content=config.content, output=config.output.with_name("a[1]*"), environment={})
    leftover = odd.output.with_name(f".a[1]*.moi-{dead_process}")
    leftover.mkdir()
    with write_output(odd) as folder:
        folder.write("x", b"new")
    assert beside(odd.output) == ["a[1]*"]


@pytest.fixture(params=["one step", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How folders are swapped: as this system can, and as on a disk that can't do it in one step."""
    if request.param == "two renames":
        monkeypatch.setattr("expo.write.output.exchange", lambda one, other: False)
    return str(request.param)


def test_either_way_of_swapping_gives_the_new_site_and_a_spare(built: Config, way: str) -> None:
    """Only the moment between two renames differs."""
    cached = replace(built, cache=built.output.parent.parent / "cache")
    for text in (b"2", b"3", b"4"):
        with write_output(cached) as folder:
            folder.write("x", text)
        assert (files_of(cached.output), beside(cached.output)) == ({"x": text}, ["output"])
    assert len(list((cached.cache / "spare").iterdir())) == 1


@contextmanager
def interruption_at(number: int) -> Iterator[None]:
    """Presses Ctrl-C at the number-th step inside the room."""
    room = str(PROJECT / "expo" / "write" / "output.py")
    steps = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        if frame.f_code.co_filename == room and event == "line":
            steps += 1
            if steps == number:
                raise KeyboardInterrupt
        return count

    sys.settrace(count)
    try:
        yield
    finally:
        sys.settrace(None)


def test_ctrl_c_at_any_step_leaves_a_whole_output(tmp_path: Path, way: str) -> None:
    """Before, between or after the renames there is the old site or the new one; the next run leaves nothing else."""
    content = tmp_path / "content"
    content.mkdir()
    seen = set()
    number, interrupted = 0, True
    while interrupted:
        number += 1
        config = make_config(content=content, output=tmp_path / str(number) / "output", environment={})
        with write_output(config) as folder:
            folder.write("x", b"old")
        interrupted = build_interrupted_at(number, config)
        seen.add(files_of(config.output)["x"])
        with write_output(config) as folder:
            folder.write("x", b"last")
        assert beside(config.output) == ["output"], number
        assert files_of(config.output) == {"x": b"last"}
    assert number > 40
    assert seen == {b"old", b"new"}


def build_interrupted_at(number: int, config: Config) -> bool:
    """Build with Ctrl-C pressed at a step; False if it was over before."""
    try:
        with interruption_at(number), write_output(config) as folder:
            folder.write("x", b"new")
    except KeyboardInterrupt:
        return True
    return False


def kill_at(number: int, config: Config) -> bool:
    """Build in a process that is killed at the number-th step inside the room; False if it was over before."""
    process = os.fork()
    if not process:
        room, steps = str(PROJECT / "expo" / "write"), 0

        def count(frame: FrameType, event: str, argument: Any) -> Any:
            nonlocal steps
            if frame.f_code.co_filename.startswith(room) and event == "line":
                steps += 1
                if steps == number:
                    os.kill(os.getpid(), signal.SIGKILL)
            return count

        sys.settrace(count)
        with write_output(config) as folder:
            folder.write("x", b"new")
            folder.write("a/y", b"new")
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no such signal")
def test_a_kill_at_any_step_leaves_a_whole_output(tmp_path: Path, way: str) -> None:
    """With a spare to write into: the old site or the new one, each as its manifest says; the next build is right.

    Where a disk can't swap in one step there is a moment without an output: the next build brings the old site back,
    even one that fails.
    """
    content = tmp_path / "content"
    content.mkdir()
    number, killed, missing, seen = 0, True, 0, set()
    while killed:
        number += 1
        made = make_config(content=content, output=tmp_path / str(number) / "output", environment={})
        config = replace(made, cache=tmp_path / str(number) / "cache")
        for text in (b"older", b"old"):
            with write_output(config) as folder:
                folder.write("x", text)
        killed = kill_at(number, config)
        missing += not config.output.exists()
        with pytest.raises(ValueError, match="broken"), write_output(config):
            raise ValueError("broken")
        assert verify_folder(config.output).differences == (), number
        seen.add(files_of(config.output)["x"])
        with write_output(config) as folder:
            folder.write("x", b"last")
        assert (beside(config.output), files_of(config.output)) == (["cache", "output"], {"x": b"last"}), number
    assert number > 100
    assert seen == {b"old", b"new"}
    assert (missing == 0) == (way == "one step")


# Permissions


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize("locked", ["output", "."])
def test_a_place_without_permission_is_refused_at_once(tmp_path: Path, locked: str) -> None:
    """The output itself or the folder it lies in: nothing is made, the old site stays, and afterwards all is well."""

    def try_it(place: Path) -> None:
        config = make_config(content=tmp_path / "content", output=place / "output", environment={})
        config = replace(config, cache=place.parent / "no-cache")
        with write_output(config) as folder:
            folder.write("x", b"old")
        (place / locked).chmod(0o500)
        assert refusal(config) == "unwritable"
        assert (files_of(config.output), beside(config.output)) == ({"x": b"old"}, ["output"])
        (place / locked).chmod(0o700)
        with write_output(config) as folder:
            folder.write("x", b"new")
        assert (files_of(config.output), beside(config.output)) == ({"x": b"new"}, ["output"])

    as_nobody(tmp_path, try_it)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_folder_below_that_is_locked_holds_no_build_up(tmp_path: Path) -> None:
    """The old tree goes, whether it became a spare or not; a spare that can't be written into is not used."""

    def try_it(place: Path) -> None:
        config = make_config(content=tmp_path / "content", output=place / "output", environment={})
        for cache in (place / "cache", place / "output-is-no-folder" / "cache"):
            for text in (b"1", b"2", b"3", b"4"):
                with write_output(replace(config, cache=cache)) as folder:
                    folder.write("a/b/x", text)
                assert files_of(config.output) == {"a/b/x": text}
                (config.output / "a/b/x").chmod(0)
                (config.output / "a/b").chmod(0o500)
                (config.output / "a").chmod(0o500)
            remove_folder(config.output)
            assert [name for name in beside(config.output) if name.startswith(".output")] == []
            (place / "output-is-no-folder").write_text("x")

    as_nobody(tmp_path, try_it)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    """Spares in it can't be taken or kept; every build is right."""

    def try_it(place: Path) -> None:
        made = make_config(content=tmp_path / "content", output=place / "web" / "output", environment={})
        config = replace(made, cache=place / "cache")
        folders = (config.cache, config.cache / "spare")
        (config.cache / "spare").mkdir(parents=True)
        for mode, text in ((0o700, b"1"), (0o700, b"2"), (0o500, b"3"), (0o500, b"4"), (0, b"5"), (0o700, b"6")):
            for folder in reversed(folders):
                folder.chmod(mode)
            with write_output(config) as output:
                output.write("x", text)
            for folder in folders:
                folder.chmod(0o700)
            assert (files_of(config.output), beside(config.output)) == ({"x": text}, ["output"])

    as_nobody(tmp_path, try_it)


def test_a_file_that_others_are_linked_to_is_not_written_into(built: Config, tmp_path: Path) -> None:
    """A copy of the output made by links (`cp -al`) stays as it is, and so does what a server is sending."""
    config = replace(built, cache=tmp_path / "cache")
    copy = tmp_path / "copy.html"
    os.link(config.output / "index.html", copy)
    for text in (b"2", b"3"):
        with write_output(config) as folder:
            folder.write("index.html", text)
    assert copy.read_bytes() == OLD_FILES["index.html"]


# The command

LONGEST_WAIT = 300.0  # seconds for a build, on a machine that has other things to do


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with an output of some earlier build, of which only the manifest counts."""
    output = tmp_path / "web" / "output"
    output.mkdir(parents=True)
    for name in ("index.html", "manifest.json"):
        (output / name).write_text("old")
    return output


def start_build(output: Path, **options: Any) -> subprocess.Popen[str]:
    """The real command on the real content, in a process of its own."""
    command = [sys.executable, str(PROJECT / "build.py"), "build", "--output", str(output)]
    environment = {**os.environ, "EXPO_CACHE_DIR": str(output.parent.parent / "cache")}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", **options
    )


def wait_for_files(output: Path, process: subprocess.Popen[str], least: int) -> None:
    """Until the staging folder of a build holds so many files, or the build is over."""
    while process.poll() is None:
        staging = output.with_name(f".output.moi-{process.pid}")
        if sum(len(files) for _, _, files in os.walk(staging)) >= least:
            return
        time.sleep(0.005)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("least", [0, 1, 60, 300])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_stopped_leaves_the_old_site(site: Path, number: signal.Signals, least: int) -> None:
    """Exit code 130, one sentence, the old bytes, nothing beside them: at the start and in the midst of writing."""
    process = start_build(site)
    assert process.stderr is not None
    assert process.stderr.readline() == "Đang dựng trang…\n"
    wait_for_files(site, process, least)
    process.send_signal(number)
    told = process.communicate(timeout=LONGEST_WAIT)[1]
    assert told.strip() == "Đã dừng. Trang đã công bố vẫn như cũ."
    assert process.returncode == 130
    assert files_of(site) == {"index.html": b"old"}
    assert beside(site) == ["output"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_build_that_is_killed_is_cleaned_up_by_the_next(site: Path) -> None:
    """SIGKILL leaves a staging folder; the next build removes it and makes the site."""
    process = start_build(site)
    wait_for_files(site, process, 10)
    process.kill()
    process.communicate(timeout=LONGEST_WAIT)
    assert beside(site) == [f".output.moi-{process.pid}", "output"]
    assert files_of(site) == {"index.html": b"old"}
    assert start_build(site).communicate(timeout=LONGEST_WAIT)[1] == "Đang dựng trang…\n"
    assert beside(site) == ["output"]
    assert (site / "index.html").read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")
def test_a_full_disk_ends_with_3_and_the_old_site(site: Path) -> None:
    """A file that can't be written in full: exit code 3, the system's reason, nothing left."""
    import resource

    process = start_build(site, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)))
    told = process.communicate(timeout=LONGEST_WAIT)[1]
    assert process.returncode == 3
    assert "Không ghi được tệp: [Errno 27]" in told
    assert "Traceback" not in told
    assert files_of(site) == {"index.html": b"old"}
    assert beside(site) == ["output"]


def test_wrong_content_ends_with_1_and_the_old_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The problems, and that the site was left as it was."""
    broken = PROJECT / "tests/data/broken/not-allowed-term"
    assert main(["build", "--content", str(broken / "content"), "--output", str(site), "--quiet"]) == 1
    told = capsys.readouterr()
    assert told.out == (broken / "expected.vi.txt").read_text("utf-8") + "Trang đã công bố vẫn như cũ.\n"
    assert told.err == ""
    assert files_of(site) == {"index.html": b"old"}
    assert beside(site) == ["output"]


def test_an_empty_site_is_built_but_not_without_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the last exhibit was taken down it is right; whoever named the wrong folder is told, each time."""
    content = tmp_path / "content"
    shutil.copytree(PROJECT / "tests/data/broken/http-address/content", content)
    arguments = ["build", "--content", str(content), "--output", str(tmp_path / "site"), "--lang", "en", "--quiet"]
    assert main(arguments) == 0
    assert capsys.readouterr().err == ""
    shutil.rmtree(content / "initiatives")
    for _ in range(2):
        assert main(arguments) == 0
        assert capsys.readouterr().err == (
            f"The site has no exhibits, as {content} holds none, or drafts only. If you did not mean that, don't "
            "publish it; look at --content, mend it and build again.\n"
        )


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("file/output", "cannot be written (Not a directory); choose another place with --output."),
        ("foreign", "this folder was not made by build, so it is not replaced; choose an empty one with --output."),
        (".", "the output must neither hold the content nor lie in it; choose another place with --output."),
    ],
)
def test_an_output_that_cannot_be_used_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str, sentence: str
) -> None:
    """One sentence on stderr that names the place and the way out."""
    shutil.copytree(PROJECT / "tests/data/broken/http-address/content", tmp_path / "content")
    (tmp_path / "file").write_text("x")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign/diary.txt").write_text("mine")
    output = tmp_path / place
    arguments = ["build", "--content", str(tmp_path / "content"), "--output", str(output), "--lang", "en", "--quiet"]
    assert main(arguments) == 2
    assert capsys.readouterr().err == f"{output}: {sentence}\n"
    assert (tmp_path / "foreign/diary.txt").read_text() == "mine"
