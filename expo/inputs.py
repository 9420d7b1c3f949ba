"""Everything that a site is made of, as hashes: the project, the content, the settings.

In: folders and a Config. Out: hex digests, by names and contents of files, never by their dates. What depends on the
whole project (a page, search data) names `hash_project`; whether anything at all has changed, `hash_inputs`.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from expo.config import Config

PARTS = ("expo", "theme", "locale", "pelicanconf.py")  # of the project
TEMPLATES = "theme/templates"  # what is no page is not made by them
INSTALLED = ".dist-info"  # ends the name of a library's folder, which holds its version
COMPILED = "__pycache__"  # a folder of Python's own, in which files of other processes come and go
RECORDS = ("initiatives", "replies")  # of the content


def hash_project(project: Path, left_out: str = "") -> str:
    """Of code, theme, words and libraries: of whatever makes a site out of content. A folder may be left out."""
    own = [path for part in PARTS for path in list_files(project / part)]
    if left_out:
        own = [path for path in own if not path.is_relative_to(project / left_out)]
    return hashlib.sha256(hash_files(own) + hash_libraries()).hexdigest()


def hash_code() -> str:
    """Of the code that runs and of its libraries: of whatever makes answers out of the same content."""
    return hashlib.sha256(hash_files(list_files(Path(__file__).parent)) + hash_libraries()).hexdigest()


@cache
def hash_libraries() -> bytes:
    """Of Python, its zlib, and the names and versions of all that is installed, which a process sees once."""
    names = {
        path.name
        for folder in map(Path, sys.path)
        if folder.is_dir()
        for path in folder.iterdir()
        if path.name.endswith(INSTALLED)
    }
    return hashlib.sha256(repr((sys.version, zlib.ZLIB_RUNTIME_VERSION, sorted(names))).encode()).digest()


@dataclass(frozen=True)
class Inputs:
    """Hashes of all that a build reads, "" where something cannot be hashed: a link, a pipe, a file that may not be
    read. `apart` leaves out the texts of RECORDS, which views know as records alone.
    """

    key: str = ""
    apart: str = ""


def hash_inputs(config: Config) -> Inputs:
    """Of everything, and of what is no record."""
    folders = {str(config.content), str(config.vocabularies_fallback)}
    try:
        content = [(path, hash_files([path])) for path in sorted(path for one in folders for path in _list_plain(one))]
    except OSError:
        return Inputs()
    settings = (
        config.site_url, config.repository_url, config.repository_branch, config.contact, config.show_drafts,
        config.all_share_cards, str(config.content), str(config.output),
    )  # fmt: skip
    rest = hash_project(config.project) + repr(settings)
    places = tuple(f"{config.content}{os.sep}{folder}{os.sep}" for folder in RECORDS)
    records = {path for path, _ in content if path.endswith(".md") and path.startswith(places)}
    return Inputs(
        _join([told for _, told in content], rest),
        _join([told for path, told in content if path not in records], rest),
    )


def _join(told: Iterable[bytes], rest: str) -> str:
    return hashlib.sha256(b"".join(told) + rest.encode()).hexdigest()


def hash_files(paths: Iterable[Path | str]) -> bytes:
    """Of names and contents."""
    found = hashlib.sha256()
    for path in paths:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - most are plain names, of which no Path is made
            content = file.read()
        found.update(f"{path}\0".encode("utf-8", "surrogateescape"))
        found.update(hashlib.sha256(content).digest())
    return found.digest()


def list_files(place: Path) -> list[Path]:
    """A file, or all files below a folder, by path; none where nothing is. What Python compiled is left out."""
    if place.is_file():
        return [place]
    found = []
    for folder, _, names in os.walk(place):  # half the time of a Path for each name, and a link is not followed either
        if Path(folder).name != COMPILED:
            found += [path for name in names if (path := Path(folder, name)).is_file()]
    return sorted(found)


def _list_plain(folder: str) -> Iterable[str]:
    """All files below a folder. Raises OSError if anything else is there than plain files and folders."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _list_plain(entry.path)
            elif entry.is_file(follow_symlinks=False):
                yield entry.path
            else:
                raise OSError(f"not a plain file: {entry.path}")
