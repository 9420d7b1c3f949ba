"""Whole folders: two names swapped in one step, a claim that dies with its process, removal of what is locked.

Real folders and processes. Root has all permissions, so a test of one runs in a child that has given root up.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from expo.write.folders import claim, exchange, is_claimed, remove_folder
from tests.unprivileged import as_nobody

PROJECT = Path(__file__).resolve().parent.parent

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="this system's call is another one")
on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks")


def make(folder: Path, text: str) -> Path:
    """A folder with one file."""
    folder.mkdir()
    (folder / "x").write_text(text)
    return folder


@on_linux
def test_two_folders_change_places(tmp_path: Path) -> None:
    """Each is then under the other's name."""
    one, other = make(tmp_path / "one", "1"), make(tmp_path / "other", "2")
    assert exchange(one, other) is True
    assert ((one / "x").read_text(), (other / "x").read_text()) == ("2", "1")


@on_linux
def test_a_reader_always_finds_one_of_them(tmp_path: Path) -> None:
    """Read without a pause while they are swapped 2,000 times: never nothing, never half."""
    one, other = make(tmp_path / "one", "1"), make(tmp_path / "other", "2")
    done, seen = threading.Event(), set()

    def read() -> None:
        while not done.is_set():
            try:
                seen.add((one / "x").read_text())
            except OSError as error:
                seen.add(str(error.errno))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(2000):
        exchange(one, other)
    done.set()
    reader.join()
    assert seen == {"1", "2"}


@on_linux
def test_a_name_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """As with any other renaming, with both names in it."""
    with pytest.raises(FileNotFoundError) as caught:
        exchange(make(tmp_path / "one", "1"), tmp_path / "other")
    assert caught.value.filename2 == str(tmp_path / "other")


def test_a_disk_that_cannot_swap_says_so(tmp_path: Path) -> None:
    """Two disks have no names in common: the caller takes another way."""
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == tmp_path.stat().st_dev:
        other = Path("/proc/self")
    assert exchange(make(tmp_path / "one", "1"), other) is False
    assert (tmp_path / "one/x").read_text() == "1"


@on_posix
def test_a_claim_is_seen_and_ends(tmp_path: Path) -> None:
    """By anybody who asks, for as long as it is held."""
    with claim(tmp_path):
        assert is_claimed(tmp_path)
    assert not is_claimed(tmp_path)


@on_posix
def test_a_claim_follows_its_folder(tmp_path: Path) -> None:
    """It is the folder that is held and not its name."""
    folder = make(tmp_path / "one", "1")
    with claim(folder):
        folder.rename(tmp_path / "other")
        assert is_claimed(tmp_path / "other")


@on_posix
def test_a_killed_process_claims_nothing(tmp_path: Path) -> None:
    """Nor does it leave anything that would have to be removed."""
    program = "import sys, time; from pathlib import Path; from expo.write.folders import claim\n"
    program += "with claim(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", program, tmp_path], cwd=PROJECT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    assert is_claimed(tmp_path)
    process.kill()
    process.communicate()
    assert not is_claimed(tmp_path)
    assert list(tmp_path.iterdir()) == []


@on_posix
def test_what_cannot_be_claimed_is_nobodys(tmp_path: Path) -> None:
    """A link, a file, nothing: none of them is followed or made."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link", "nothing"):
        with claim(tmp_path / name):
            assert not is_claimed(tmp_path / name)
    assert not (tmp_path / "nothing").exists()


@on_posix
def test_a_folder_that_is_locked_is_removed_by_its_owner(tmp_path: Path) -> None:
    """At any depth, and what a link in it leads to is left as it was."""

    def remove(place: Path) -> None:
        outside = make(place / "outside", "mine")
        outside.chmod(0o500)
        folder = make(place / "folder", "1")
        make(folder / "inner", "2").joinpath("link").symlink_to(outside)
        (folder / "inner").chmod(0o500)
        folder.chmod(0o500)
        remove_folder(folder)
        assert not folder.exists()
        assert ((outside / "x").read_text(), outside.stat().st_mode & 0o777) == ("mine", 0o500)

    as_nobody(tmp_path, remove)


@on_posix
def test_a_folder_that_cannot_be_removed_stays_in_silence(tmp_path: Path) -> None:
    """The next build tries again."""

    def remove(place: Path) -> None:
        folder = make(place / "folder", "1")
        place.chmod(0o500)
        remove_folder(folder)
        assert folder.is_dir()
        place.chmod(0o700)

    as_nobody(tmp_path, remove)


@on_linux
def test_a_refusal_is_an_error_with_its_reason(tmp_path: Path) -> None:
    """Only what the disk can't do at all is answered by False."""

    def swap(place: Path) -> None:
        one, other = make(place / "one", "1"), make(place / "other", "2")
        place.chmod(0o500)
        with pytest.raises(PermissionError) as caught:
            exchange(one, other)
        assert caught.value.errno == errno.EACCES
        place.chmod(0o700)

    as_nobody(tmp_path, swap)
