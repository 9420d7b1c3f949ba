"""A store of what is expensive to make and the same for ever: files by name, each with the hash of its content.

In: a folder (EXPO_CACHE_DIR or .cache/). Out: bytes, or None where nothing was kept, the file is damaged, or the folder
can't be read. Names carry what the content was made from, so nothing is ever out of date. Losing it costs time only.
What was made of an exhibit that was taken down must not stay, and few names tell whose it is: all is lost then.
A Shelf (answers, as JSON) and a Chest (bytes, read one by one) remember in one file what functions made for many keys.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from expo.inputs import hash_libraries

# What builds keep, by name: EXPO_CACHE_DIR may name a folder that holds other things, which are left alone.
OWN_FILE = re.compile(r"[a-z-]+-[0-9a-f]{12,64}(?:\.json)?(?:\.\d+)?")
VERSIONED = re.compile(r"([a-z-]+)-[0-9a-f]{12}(?:\.json)?")  # by code or place: name_by_code, name_by_place
MOST_VERSIONS, LONGEST_KEPT = 4, 30 * 24 * 3600  # seconds
OWN_FOLDERS = ("en", "preview", "spare", "whoosh")
WITHDRAWN = "withdrawn.json"  # which exhibits nothing is kept of
MOST_TRIES = 1000  # to remove a folder that another build writes into
Value = TypeVar("Value")

DIGEST_LENGTH = hashlib.sha256().digest_size
LENGTH_SIZE = 4  # bytes that tell how long the head of a chest is


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
        return content if _hash_kept(name, [content]) == digest else None

    def has(self, name: str) -> bool:
        """Whether something was kept under a name; that it is whole only reading it can tell."""
        return (self.folder / name).is_file()

    def keep(self, name: str, *parts: bytes) -> None:
        """Keep a file of one or more parts, whole or not at all; a folder that can't be written is no reason to stop.

        Parts are never joined: some are large.
        """
        target = self.folder / name
        beside = target.with_name(f"{name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                with beside.open("wb") as file:
                    file.write(_hash_kept(name, parts))
                    file.writelines(parts)
                beside.replace(target)
            finally:
                beside.unlink(missing_ok=True)


def _hash_kept(name: str, parts: Iterable[bytes]) -> bytes:
    """Also of the name: a file that was put in another's place is none."""
    found = hashlib.sha256(name.encode() + b"\0")
    for part in parts:
        found.update(part)
    return found.digest()


def name_by_place(kind: str, place: Path, ending: str = "") -> str:
    """Of what is kept for one output folder: "rendered-0123456789ab.json"."""
    return f"{kind}-{hash_place(place)}{ending}"


def name_by_code(kind: str, *modules: ModuleType, ending: str = "") -> str:
    """Of what these modules made: "codes-0123456789ab.json". Other code, libraries and layouts look elsewhere."""
    sources = [Path(file).read_bytes() for file in (__file__, *(module.__file__ or "" for module in modules))]
    return f"{kind}-{hashlib.sha256(b''.join([*sources, hash_libraries()])).hexdigest()[:12]}{ending}"


def hash_place(place: Path) -> str:
    """A short hash of where something lies."""
    return hashlib.sha256(os.fsencode(place)).hexdigest()[:12]


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
    """Remove all that builds keep in a folder, with another that does the same or alone. Raises OSError."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name in OWN_FOLDERS and path.is_dir() and not path.is_symlink():
            _remove_folder(path)
        elif OWN_FILE.fullmatch(path.name) and path.is_file():
            path.unlink(missing_ok=True)


def _remove_folder(path: Path) -> None:
    """Until it is gone, though another may remove from it, or write into it, at the same time."""
    for _ in range(MOST_TRIES):
        try:
            shutil.rmtree(path)
        except FileNotFoundError:  # another removed something that was looked for
            pass
        except OSError as error:
            if error.errno != errno.ENOTEMPTY:  # which is where another has just written
                raise
        if not path.is_dir():
            return
    shutil.rmtree(path)


def prune_versions(folder: Path) -> None:
    """Remove what older code kept, and builds into older outputs: of each kind all but the newest few, and whatever is
    much older than the newest of all: a text may stand in it that was edited since. What is still of use is made again.
    """
    kinds: dict[str, list[tuple[float, Path]]] = {}
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if (match := VERSIONED.fullmatch(entry.name)) and entry.is_file(follow_symlinks=False):
                kinds.setdefault(match[1], []).append((entry.stat().st_mtime, Path(entry.path)))
        newest = max((written for versions in kinds.values() for written, _ in versions), default=0)
        for versions in kinds.values():
            for at, (written, path) in enumerate(sorted(versions, reverse=True)):
                if at >= MOST_VERSIONS or written < newest - LONGEST_KEPT:
                    path.unlink(missing_ok=True)


class Shelf:
    """Answers of one pure function by key, remembered from one build to the next for as long as its code is the same.

    Its code is that of the modules it is told, and of all libraries: what an older sanitizer let pass is made anew.
    Answers must be what JSON can hold. Only those that a build asked for stay, so a shelf never outgrows the content.
    """

    def __init__(self, cache: Cache | None, name: str, *modules: ModuleType) -> None:
        self._cache = cache
        self._name = name_by_code(name, *modules, ending=".json")
        kept = cache.read(self._name) if cache else None
        self._known: dict[str, Any] = json.loads(kept) if kept else {}
        self._used: dict[str, Any] = {}
        self._noted: set[str] = set()

    def get(self, key: str, make: Callable[[], Any]) -> Any:
        """The answer for a key, made only if it is not known."""
        self._noted.add(key)
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

    @contextlib.contextmanager
    def noting(self) -> Iterator[set[str]]:
        """Keys that are asked for inside."""
        before, self._noted = self._noted, set()
        try:
            yield self._noted
        finally:
            self._noted = before

    def retain(self, keys: Iterable[str]) -> None:
        """Let these stay, as far as they are known."""
        self._used.update((key, self._known[key]) for key in keys if key in self._known)

    def keep_all(self) -> None:
        """Let everything that is known stay: what would have asked for it was not done again."""
        self._used = {**self._known, **self._used}

    def keep(self) -> None:
        """Remember this build's answers for the next."""
        if self._cache and self._used.keys() != self._known.keys():
            content = json.dumps(self._used, sort_keys=True, ensure_ascii=False)
            self._cache.keep(self._name, content.encode())
            self._known = dict(self._used)


class Chest:
    """Contents under keys in one file, of which each is read only when it is asked for.

    The file: the length of its head, the head (JSON: key → length of the content), the contents in the same order. What
    was neither asked for nor put since it was opened is gone when it is kept again: it never outgrows the content.
    """

    def __init__(self, cache: Cache | None, name: str) -> None:
        self._cache, self._name = cache, name
        self._kept = (cache.read(name) if cache else None) or b""
        self._known = _find_contents(self._kept)
        self._used: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """A content that was kept or put."""
        content = self._used.get(key)
        if content is None and key in self._known:
            start, end = self._known[key]
            content = self._used[key] = self._kept[start:end]
        return content

    def put(self, key: str, content: bytes) -> None:
        """A content to be kept. Of the same key it must be the same."""
        self._used[key] = content

    def recall(self, tell: Callable[[], bytes], make: Callable[[], bytes]) -> bytes:
        """What a pure function makes, made only if it is not known. `tell` says what from, and is the key as a hash."""
        return self.recall_value(tell, make, bytes, bytes)

    def recall_value(
        self,
        tell: Callable[[], bytes],
        make: Callable[[], Value],
        pack: Callable[[Value], bytes],
        unpack: Callable[[bytes], Value],
    ) -> Value:
        """The same of a value that can be packed. Without a cache nobody asks what it is made from."""
        if self._cache is None:
            return make()
        key = hashlib.sha256(tell()).hexdigest()
        content = self.get(key)
        if content is not None:
            return unpack(content)
        value = make()
        self.put(key, pack(value))
        return value

    def keep_only(self, keys: Iterable[str]) -> None:
        """Remember these, whether or not anybody asked for them."""
        kept = {key: self.get(key) for key in keys}
        self._used = {key: content for key, content in kept.items() if content is not None}
        self.keep()

    def keep(self) -> None:
        """Remember what was asked for or put, for the next build."""
        if self._cache and self._used.keys() != self._known.keys():
            head = json.dumps({key: len(content) for key, content in self._used.items()}).encode()
            self._cache.keep(self._name, len(head).to_bytes(LENGTH_SIZE, "big"), head, *self._used.values())


def _find_contents(kept: bytes) -> dict[str, tuple[int, int]]:
    """Key → where its content begins and ends."""
    if not kept:
        return {}
    start = LENGTH_SIZE + int.from_bytes(kept[:LENGTH_SIZE], "big")
    lengths: dict[str, int] = json.loads(kept[LENGTH_SIZE:start])
    return dict(zip(lengths, pairwise(accumulate(lengths.values(), initial=start)), strict=True))
