"""The tree before the present one, kept in the cache: the next build writes into it only what has changed.

In: the Config and folders of write/output.py. Out: a folder that was moved, or not. Making and removing some hundred
folders costs more than comparing their files, and an unchanged file keeps its date, which hosts and mirrors go by.
Nothing in a spare is trusted: every file is compared with what it should hold, and one with anything but plain files
and folders in it (a link would lead writing elsewhere), or a folder that may not be written, is thrown away. Losing a
spare costs time only.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from expo.cache import hash_place
from expo.config import Config
from expo.write.folders import remove_folder

MOST_SPARES = 2  # of different output folders; builds into many would fill the cache


def take_spare(config: Config, staging: Path) -> list[str] | None:
    """Move the spare of this output to `staging`, and list its files and folders, the latter with a slash at their end.

    None where there is none to use; `staging` is then not there.
    """
    try:
        _home(config).rename(staging)
    except OSError:  # none yet, or the cache is on another disk
        return None
    listed = _list_plain(str(staging))
    if listed is None:
        remove_folder(staging)
    return listed


def keep_spare(config: Config, old: Path) -> bool:
    """Move an old tree into the cache. False where it can't be kept; it is then still in its place."""
    home = _home(config)
    with contextlib.suppress(OSError):
        home.parent.mkdir(parents=True, exist_ok=True)
        old.rename(home)
        os.utime(home)
        for other in sorted(home.parent.iterdir(), key=lambda path: -path.stat().st_mtime)[MOST_SPARES:]:
            remove_folder(other)
        return True
    return False


def remove_strays(root: Path, listed: Iterable[str], wanted: Collection[str]) -> None:
    """Remove every file that was listed and is not wanted, and folders in which nothing is."""
    for path in listed:
        if not path.endswith("/") and path not in wanted:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # something else stands there now
                (root / path).unlink()
    full = {folder for path in wanted for folder in _folders_of(path)}
    for path in sorted((path for path in listed if path.endswith("/")), reverse=True):  # the inner ones first
        if path not in full:
            with contextlib.suppress(OSError):  # nor is it one of ours any more where something else was put into it
                (root / path).rmdir()


def _folders_of(path: str) -> Iterator[str]:
    """a/b/c → a/b/, a/"""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield f"{path}/"


def _home(config: Config) -> Path:
    return config.cache / "spare" / hash_place(config.output)


def _list_plain(root: str) -> list[str] | None:
    """What lies in a tree, if it holds plain files only, in folders that can be written."""
    found: list[str] = []
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        if not os.access(f"{root}/{inside}", os.R_OK | os.W_OK | os.X_OK):
            return None
        with os.scandir(f"{root}/{inside}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{inside}{entry.name}/")
                elif entry.is_file(follow_symlinks=False):
                    found.append(f"{inside}{entry.name}")
                else:
                    return None
        if inside:
            found.append(inside)
    return found
