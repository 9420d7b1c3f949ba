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
from collections.abc import Collection
from pathlib import Path

from expo.cache import hash_place
from expo.config import Config
from expo.write.folders import remove_folder

MOST_SPARES = 2  # of different output folders; builds into many would fill the cache


def take_spare(config: Config, staging: Path) -> bool:
    """Move the spare of this output to `staging`. False where there is none to use; `staging` is then not there."""
    try:
        _home(config).rename(staging)
    except OSError:  # none yet, or the cache is on another disk
        return False
    if _is_plain(staging):
        return True
    remove_folder(staging)
    return False


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


def remove_strays(root: Path, wanted: Collection[str]) -> None:
    """Remove every file of a tree that is not wanted, and folders that are then empty."""
    for place, _, names in os.walk(root, topdown=False):
        inside = place[len(str(root)) :].replace(os.sep, "/").lstrip("/")
        for name in names:
            if (f"{inside}/{name}" if inside else name) not in wanted:
                Path(place, name).unlink()
        if inside and not os.listdir(place):  # noqa: PTH208 - the cheapest way to ask
            Path(place).rmdir()


def _home(config: Config) -> Path:
    return config.cache / "spare" / hash_place(config.output)


def _is_plain(folder: Path) -> bool:
    """Whether a tree holds plain files only, in folders that can be written."""
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return False
    with os.scandir(folder) as entries:
        return all(
            entry.is_file(follow_symlinks=False)
            or (entry.is_dir(follow_symlinks=False) and _is_plain(Path(entry.path)))
            for entry in entries
        )
