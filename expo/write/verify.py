"""A published site against its manifest: what is missing, what was changed, what does not belong to it.

In: a folder or an address. Out: a Verification, every difference in it by name. It reads and changes nothing, follows
no link, waits for no pipe. Over the network only files that the manifest names can be asked for, so foreign ones show
in a folder alone. Whoever changes a file can change the manifest too: compare its own hash with the one `build` told.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import stat
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from expo.write.manifest import MANIFEST, Written, read_manifest

# What hosts and their users lay into a published folder; named, not judged.
OF_HOSTS = ("CNAME", ".nojekyll", ".well-known")
READ_BY_HOSTS = ("_headers", "_redirects")  # settings, which a host that knows them does not give out
LARGEST_MANIFEST = 64 * 1024 * 1024
CONNECTIONS, PATIENCE = 8, 30  # at once; seconds for one answer
NOT_THERE = (404, 410)


class NotPublished(Exception):
    """There is no manifest at the place: no build made it, or it is not whole. `detail` is the system's word."""

    def __init__(self, place: str, detail: str) -> None:
        super().__init__(f"{place}: {detail}")
        self.detail = detail


@dataclass(frozen=True, order=True)
class Difference:
    """One file that is not as the manifest says. `kind`: missing, changed, foreign, odd (no plain file), unreadable."""

    path: str
    kind: str
    detail: str = ""


@dataclass(frozen=True)
class Verification:
    """What was compared, and all differences by path."""

    files: int
    manifest_sha256: str
    differences: tuple[Difference, ...]
    left_out: tuple[str, ...]  # what hosts added, or keep to themselves


def verify_folder(folder: Path) -> Verification:
    """Compare a folder. Raises NotPublished, ManifestBroken, OSError."""
    try:
        content = _read_plain(folder / MANIFEST)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotPublished(str(folder), error.strerror or str(error)) from error
    rows = read_manifest(content)
    foreign: list[str] = []
    left_out: list[str] = []
    for path in _find_others(folder, rows):
        (left_out if path.split("/")[0] in OF_HOSTS else foreign).append(path)
    found = [Difference(path, "foreign") for path in foreign]
    found += [row for path in rows if (row := _compare_file(folder, path, rows[path]))]
    return Verification(len(rows), hashlib.sha256(content).hexdigest(), tuple(sorted(found)), tuple(sorted(left_out)))


def verify_address(address: str) -> Verification:
    """Compare what a web server gives out. Raises NotPublished, ManifestBroken, OSError."""
    parts = urlsplit(address.rstrip("/") + "/")
    base = parts._replace(path=quote(parts.path, safe="/%")).geturl()
    try:
        content = _fetch(base + MANIFEST, LARGEST_MANIFEST)
    except urllib.error.HTTPError as error:
        if error.code in NOT_THERE:
            raise NotPublished(address, f"HTTP {error.code}") from error
        raise
    rows = read_manifest(content)
    asked = [path for path in rows if path not in READ_BY_HOSTS]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        answers = pool.map(lambda path: _compare_answer(base, path, rows[path]), asked)
        found = sorted(answer for answer in answers if answer)
    left_out = tuple(path for path in rows if path in READ_BY_HOSTS)
    return Verification(len(asked), hashlib.sha256(content).hexdigest(), tuple(found), left_out)


def _read_plain(path: Path) -> bytes:
    """A regular file's bytes; a link is not followed, a pipe not waited for. Raises OSError."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"not a regular file: {path}")
        return file.read(LARGEST_MANIFEST)


def _compare_file(folder: Path, path: str, row: tuple[int, str]) -> Difference | None:
    target = folder / path
    try:
        known = target.lstat()
        if not stat.S_ISREG(known.st_mode):
            return Difference(path, "odd")
        if known.st_size != row[0]:
            return Difference(path, "changed")
        with target.open("rb") as file:
            return None if hashlib.file_digest(file, "sha256").hexdigest() == row[1] else Difference(path, "changed")
    except (FileNotFoundError, NotADirectoryError):
        return Difference(path, "missing")
    except OSError as error:
        return Difference(path, "unreadable", error.strerror or str(error))


def _find_others(folder: Path, rows: Written) -> Iterator[str]:
    """What the manifest does not name. A folder in which it names nothing is one find, ending in a slash."""
    known = {"", *(path[:at] for path in rows for at, sign in enumerate(path) if sign == "/")}
    for place, names, files in os.walk(folder):
        inside = "" if Path(place) == folder else Path(place).relative_to(folder).as_posix()
        prefix = f"{inside}/" if inside else ""
        for name in list(names):
            if prefix + name in rows:
                continue
            if Path(place, name).is_symlink():
                yield prefix + name
            elif prefix + name not in known:
                names.remove(name)
                yield f"{prefix}{name}/"
        yield from (prefix + name for name in files if prefix + name not in rows and prefix + name != MANIFEST)


def _make_opener() -> urllib.request.OpenerDirector:
    """The web and nothing else: a redirection to a file of this machine is not followed."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler, urllib.request.HTTPHandler, urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler, urllib.request.HTTPErrorProcessor, urllib.request.HTTPDefaultErrorHandler,
    ):  # fmt: skip
        opener.add_handler(handler())
    return opener


def _fetch(address: str, most: int) -> bytes:
    """What an address gives out, one byte more than the most at most. Raises OSError."""
    request = urllib.request.Request(address, headers={"User-Agent": "expo-verify", "Cache-Control": "no-cache"})
    try:
        with _make_opener().open(request, timeout=PATIENCE) as answer:
            content: bytes = answer.read(most + 1)
    except (http.client.HTTPException, UnicodeError) as error:  # no HTTP, less than was promised, no name of a host
        raise OSError(f"{type(error).__name__}: {error}") from error
    return content


def _compare_answer(base: str, path: str, row: tuple[int, str]) -> Difference | None:
    try:
        content = _fetch(base + quote(path), row[0])
    except urllib.error.HTTPError as error:
        kind = "missing" if error.code in NOT_THERE else "unreadable"
        return Difference(path, kind, f"HTTP {error.code}")
    except OSError as error:
        return Difference(path, "unreadable", str(error))
    is_right = len(content) == row[0] and hashlib.sha256(content).hexdigest() == row[1]
    return None if is_right else Difference(path, "changed")
