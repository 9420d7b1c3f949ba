"""A store of what is expensive to make and the same for ever: files by name, each with the hash of its content.

In: a folder (EXPO_CACHE_DIR or .cache/). Out: bytes, or None where nothing was kept, the file is damaged, or the folder
can't be read. Names carry what the content was made from, so nothing is ever out of date. Losing it costs time only.
What was made of an exhibit that was taken down must not stay, and few names tell whose it is: all is lost then.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

# What builds keep, by name: EXPO_CACHE_DIR may name a folder that holds other things, which are left alone.
OWN_FILE = re.compile(r"[a-z-]+-[0-9a-f]{12,64}(?:\.json)?(?:\.\d+)?")
OWN_FOLDERS = ("en", "preview", "spare", "whoosh")
WITHDRAWN = "withdrawn.json"  # which exhibits nothing is kept of
Value = TypeVar("Value")

DIGEST_LENGTH = hashlib.sha256().digest_size
LENGTH_SIZE = 4  # bytes that tell how long a content is


@dataclass(frozen=True)
class Cache:
    """Kept files of one folder."""

    folder: Path

    def read(self, name: str) -> bytes | None:
        """What was kept under a name, if it is whole."""
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        digest, content = data[:DIGEST_LENGTH], data[DIGEST_LENGTH:]
        return content if _hash_kept(name, content) == digest else None

    def keep(self, name: str, content: bytes) -> None:
        """Keep a file, whole or not at all; a folder that can't be written is no reason to stop."""
        target = self.folder / name
        beside = target.with_name(f"{name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                beside.write_bytes(_hash_kept(name, content) + content)
                beside.replace(target)
            finally:
                beside.unlink(missing_ok=True)


def _hash_kept(name: str, content: bytes) -> bytes:
    """Also of the name: a file that was put in another's place is none."""
    found = hashlib.sha256(name.encode() + b"\0")
    found.update(content)
    return found.digest()


def name_by_place(kind: str, place: Path, ending: str = "") -> str:
    """Of what is kept for one output folder: "pages-0123456789ab.json"."""
    return f"{kind}-{hash_place(place)}{ending}"


def hash_place(place: Path) -> str:
    """A short hash of where something lies."""
    return hashlib.sha256(str(place).encode()).hexdigest()[:12]


def forget_withdrawn(folder: Path, withdrawn: Iterable[tuple[str, str]]) -> None:
    """Empty the cache if it may hold something of an exhibit that has been taken down since it was last used.

    `withdrawn` are the numbers and slugs that are gone now. Raises OSError where something can't be removed: a build
    must not go on as if it were.
    """
    record = Cache(folder)  # of hashes: it need not tell what is not to be told
    gone = sorted(hashlib.sha256(f"{number} {slug}".encode()).hexdigest() for number, slug in withdrawn)
    kept = record.read(WITHDRAWN)
    known = json.loads(kept) if kept else []
    if set(gone) - set(known):
        empty_cache(folder)
    if gone != known:
        record.keep(WITHDRAWN, json.dumps(gone).encode())


def empty_cache(folder: Path) -> None:
    """Remove all that builds keep in a folder. Raises OSError."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name in OWN_FOLDERS and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif OWN_FILE.fullmatch(path.name) and path.is_file():
            path.unlink()


class Shelf:
    """Answers of one pure function by key, remembered from one build to the next for as long as its code is the same.

    Answers must be what JSON can hold. Only those that a build asked for stay, so a shelf never outgrows the content.
    """

    def __init__(self, cache: Cache | None, name: str, *modules: ModuleType) -> None:
        self._cache = cache
        self._name = f"{name}-{_code_version(modules)}.json"
        kept = cache.read(self._name) if cache else None
        self._known: dict[str, Any] = json.loads(kept) if kept else {}
        self._used: dict[str, Any] = {}

    def get(self, key: str, make: Callable[[], Any]) -> Any:
        """The answer for a key, made only if it is not known."""
        if key not in self._used:
            self._used[key] = self._known[key] if key in self._known else make()
        return self._used[key]

    def knows(self, key: str) -> bool:
        """Whether the answer for a key would not have to be made."""
        return key in self._used or key in self._known

    def used(self) -> dict[str, Any]:
        """What was asked for."""
        return dict(self._used)

    def absorb(self, used: dict[str, Any]) -> None:
        """Take over what another process was asked for."""
        self._used.update(used)

    def keep_all(self) -> None:
        """Let everything that is known stay: what would have asked for it was not done again."""
        self._used = {**self._known, **self._used}

    def keep(self) -> None:
        """Remember this build's answers for the next."""
        if self._cache and self._used.keys() != self._known.keys():
            content = json.dumps(self._used, sort_keys=True, ensure_ascii=False)
            self._cache.keep(self._name, content.encode())
            self._known = dict(self._used)


class Pack:
    """Rows of text under keys in one file, of which each is read only when it is asked for.

    Rows that were not asked for since the file was opened are gone when it is kept again.
    """

    def __init__(self, cache: Cache | None, name: str) -> None:
        self._cache, self._name = cache, name
        kept = cache.read(name) if cache else None
        self._rows = memoryview(kept or b"")
        self._known: dict[str, tuple[int, int]] = {}
        if kept:
            end = LENGTH_SIZE + int.from_bytes(kept[:LENGTH_SIZE], "big")
            for key, length in json.loads(kept[LENGTH_SIZE:end]).items():
                self._known[key] = (end, end + length)
                end += length
        self._used: dict[str, bytes] = {}

    def get(self, key: str) -> str | None:
        """A row that was kept or put."""
        if key not in self._used:
            if key not in self._known:
                return None
            start, end = self._known[key]
            self._used[key] = bytes(self._rows[start:end])
        return self._used[key].decode()

    def put(self, key: str, row: str) -> None:
        """A row to be kept."""
        self._used[key] = row.encode()

    def keep(self) -> None:
        """Remember the rows that were asked for or put."""
        if self._cache and self._used.keys() != self._known.keys():
            head = json.dumps({key: len(row) for key, row in self._used.items()}).encode()
            self._cache.keep(self._name, b"".join([len(head).to_bytes(LENGTH_SIZE, "big"), head, *self._used.values()]))


def keep_newest(cache: Cache, kind: str, most: int) -> None:
    """Remove the oldest of the files of a kind (the first part of their names), so that they do not pile up."""
    with contextlib.suppress(OSError):
        files = [path for path in cache.folder.iterdir() if path.name.startswith(f"{kind}-")]
        for path in sorted(files, key=lambda path: -path.stat().st_mtime)[most:]:
            path.unlink(missing_ok=True)


class Chest:
    """Contents of one pure function by what they are made from, remembered like the answers of a Shelf, but bytes."""

    def __init__(self, cache: Cache | None, name: str, *modules: ModuleType) -> None:
        self._cache = cache
        self._name = f"{name}-{_code_version(modules)}"
        kept = cache.read(self._name) if cache else None
        self._known = dict(_open_chest(kept)) if kept else {}
        self._used: dict[bytes, bytes] = {}

    def get(self, tell: Callable[[], bytes], make: Callable[[], bytes]) -> bytes:
        """The content, made only if none is known. `tell` says what it is made from; without a cache nobody asks."""
        if self._cache is None:
            return make()
        digest = hashlib.sha256(tell()).digest()
        content = self._used.get(digest) or self._known.get(digest) or make()
        self._used[digest] = content
        return content

    def get_value(
        self,
        tell: Callable[[], bytes],
        make: Callable[[], Value],
        pack: Callable[[Value], bytes],
        unpack: Callable[[bytes], Value],
    ) -> Value:
        """The same of a value that can be packed; one that was made just now need not be unpacked."""
        fresh: list[Value] = []

        def make_content() -> bytes:
            fresh.append(make())
            return pack(fresh[0])

        if self._cache is None:
            return make()
        content = self.get(tell, make_content)
        return fresh[0] if fresh else unpack(content)

    def keep(self) -> None:
        """Remember this build's contents for the next: those that it asked for."""
        if self._cache and self._used.keys() != self._known.keys():
            parts = chain.from_iterable(
                (digest, len(content).to_bytes(LENGTH_SIZE, "big"), content) for digest, content in self._used.items()
            )
            self._cache.keep(self._name, b"".join(parts))


def _open_chest(kept: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(kept):
        start = at + DIGEST_LENGTH + LENGTH_SIZE
        end = start + int.from_bytes(kept[at + DIGEST_LENGTH : start], "big")
        yield kept[at : at + DIGEST_LENGTH], kept[start:end]
        at = end


def _code_version(modules: tuple[ModuleType, ...]) -> str:
    """Hash of the code that makes the answers: other code, another shelf."""
    sources = [Path(module.__file__ or "").read_bytes() for module in modules]
    return hashlib.sha256(b"".join(sources)).hexdigest()[:12]
