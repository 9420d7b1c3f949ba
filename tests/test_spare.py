"""The spare tree: the next build writes into it only what changed, and trusts nothing it finds there."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from expo.config import Config, make_config
from expo.write import Stamp, output, write_output
from expo.write.spare import MOST_SPARES


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """An output and a cache of its own."""
    made = make_config(content=tmp_path / "content", output=tmp_path / "site", environment={})
    return replace(made, cache=tmp_path / "cache")


def build(config: Config, files: dict[str, str]) -> dict[str, str]:
    """Build a site of these files; what the output then holds, but for the manifest."""
    with write_output(config) as folder:
        for path, text in files.items():
            folder.write(path, text.encode())
    found = (path for path in config.output.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(config.output).as_posix(): path.read_text() for path in found}


def test_every_build_gives_what_it_was_asked_for(config: Config) -> None:
    """Changed, new, gone and unchanged files are right, build after build."""
    for files in ({"a/x": "1", "b": "2"}, {"a/x": "1", "c/d/e": "3"}, {"b": "4"}, {"a": "5", "b/x": "6"}, {"a/x": "7"}):
        assert build(config, files) == files


def test_an_unchanged_file_keeps_its_date(config: Config) -> None:
    """Hosts and mirrors that go by dates send only what changed."""
    build(config, {"same": "1", "other": "1"})
    build(config, {"same": "1", "other": "2"})
    first = {name: (config.output / name).stat().st_ino for name in ("same", "other")}
    build(config, {"same": "1", "other": "3"})
    build(config, {"same": "1", "other": "4"})
    assert {name: (config.output / name).stat().st_ino == first[name] for name in first} == {
        "same": True,
        "other": True,
    }
    assert (config.output / "same").stat().st_mtime_ns < (config.output / "other").stat().st_mtime_ns


def test_a_file_that_somebody_changed_is_written_again(config: Config) -> None:
    """An output edited by hand becomes a spare; its changes never come back."""
    build(config, {"a": "right"})
    (config.output / "a").write_text("wrong")
    (config.output / "stray").write_text("stray")
    build(config, {"a": "right"})
    assert build(config, {"a": "right"}) == {"a": "right"}


def test_a_file_that_nobody_touched_is_not_read_again(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is known by inode, size and both times; one of the same size whose date was set back is read, and mended."""
    read: list[str] = []
    look = output._read

    def note(tree: Path, path: str) -> tuple[bytes, Stamp]:
        read.append(path)
        return look(tree, path)

    monkeypatch.setattr(output, "_read", note)
    files = {"a": "right", "b/c": "1", "d": "2"}
    for _ in range(3):
        build(config, files)
    assert read == ["manifest.json"]  # looked for in the spare, which has none any more
    times = (config.output / "a").stat()
    (config.output / "a").write_text("wrong")
    os.utime(config.output / "a", ns=(times.st_atime_ns, times.st_mtime_ns))
    build(config, files)
    read.clear()
    assert build(config, files) == files
    assert read == ["a", "manifest.json"]


def test_what_a_file_held_is_forgotten_with_the_cache(config: Config) -> None:
    """Then files are read, and the site is right all the same."""
    for files in ({"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"a": "3", "b": "1"}):
        assert build(config, files) == files
        for path in config.cache.glob("seen-*"):
            path.write_bytes(path.read_bytes()[:-1])


def test_a_link_in_the_output_leads_writing_nowhere(config: Config, tmp_path: Path) -> None:
    """A spare with a link in it is thrown away."""
    outside = tmp_path / "outside"
    outside.write_text("mine")
    build(config, {"a": "1"})
    (config.output / "a").unlink()
    (config.output / "a").symlink_to(outside)
    build(config, {"a": "2"})
    build(config, {"a": "3"})
    assert (outside.read_text(), (config.output / "a").is_symlink()) == ("mine", False)


def test_a_failed_build_leaves_no_spare_half_written(config: Config) -> None:
    """The spare it wrote into is gone; the next build is right all the same."""
    build(config, {"a": "1", "b": "1"})
    build(config, {"a": "2", "b": "2"})
    with pytest.raises(RuntimeError), write_output(config) as folder:
        folder.write("a", b"3")
        raise RuntimeError
    assert (config.output / "a").read_text() == "2"
    assert [path.name for path in config.output.parent.iterdir() if path.name.startswith(".site")] == []
    assert build(config, {"b": "4"}) == {"b": "4"}


def test_spares_do_not_fill_the_cache(config: Config, tmp_path: Path) -> None:
    """Builds into many folders leave the spares of the last few."""
    for number in range(MOST_SPARES + 3):
        other = replace(config, output=tmp_path / f"site-{number}")
        for text in "12":
            build(other, {"a": text})
    assert len(list((config.cache / "spare").iterdir())) == MOST_SPARES


def test_a_cache_that_cannot_be_written_is_no_reason_to_stop(config: Config) -> None:
    """The old tree is then removed, as ever."""
    config.cache.write_text("not a folder")
    build(config, {"a": "1"})
    assert build(config, {"a": "2"}) == {"a": "2"}
    assert sorted(path.name for path in config.output.parent.iterdir()) == ["cache", "site"]
