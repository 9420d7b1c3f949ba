"""Build beside, swap when whole: an output folder is replaced in one step or not at all.

In: the Config's output path. Out: OutputFolder, a staging folder that takes files by address. When the block ends well
a manifest with the hash of every file is added and the folders are swapped (folders.py); on any error, Ctrl-C included,
staging is removed and the old output stays. What a killed run leaves is cleared by the next one, and two runs at once
each have a staging of their own: the last to end is what stays. The tree that was replaced becomes the spare
(spare.py), into which the next build writes. Nothing is forced to the disk: a power cut is not provided for.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import time
from collections.abc import Collection, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from expo.config import Config
from expo.write.folders import claim, exchange, is_claimed, remove_folder
from expo.write.manifest import MANIFEST, Written, is_inside, make_manifest
from expo.write.seen import Seen, Stamp, stamp_of
from expo.write.spare import keep_spare, remove_strays, take_spare

NEW, OLD = "moi", "cu"  # .output.moi-123 is being written; .output.cu-123 was the output a moment ago
LONGEST_BUILD = 3600  # seconds
SIZE = 2  # where it stands in a Stamp


class OutputRefused(Exception):
    """The output folder can't be used. `code` is foreign, inside or unwritable; `detail` is the system's word."""

    def __init__(self, code: str, path: Path, detail: str = "") -> None:
        super().__init__(f"{code}: {path} {detail}")
        self.code, self.path, self.detail = code, path, detail


@dataclass
class OutputFolder:
    """A folder that takes files by their path on the site and remembers what it took."""

    root: Path
    written: Written = field(default_factory=dict)
    is_reused: bool = False  # it holds an older tree, of which some files may be right already
    published: Path | None = None  # the present tree, of which most files will be right
    seen: Seen = field(default_factory=Seen)
    stamps: dict[str, Stamp] = field(default_factory=dict)  # of the files that are known, by path
    _folders: set[str] = field(default_factory=set)  # that are there, for what was made is not made again

    def write(self, path: str, content: bytes) -> None:
        """Write one file. Raises ValueError if the path would leave the folder or was written before."""
        if not is_inside(path):
            raise ValueError(f"not a path inside the output: {path!r}")
        if path in self.written:
            raise ValueError(f"two pages have one address: {path}")
        digest = hashlib.sha256(content).hexdigest()
        if not (self.is_reused and (self._is_seen(path, digest) or self._holds(path, content))):
            self._put(path, content)
        self.written[path] = (len(content), digest)

    def _put(self, path: str, content: bytes) -> None:
        """Without a Path: thousands of files are written, and it would cost as much as the system's own work."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(f"{self.root}/{folder}", exist_ok=True)  # noqa: PTH103 - see above
            self._folders.add(folder)
        with open(f"{self.root}/{path}", "wb") as file:  # noqa: PTH123 - see above
            file.write(content)
            file.flush()
            self.stamps[path] = stamp_of(os.fstat(file.fileno()))

    def adopt(self, path: str, digest: str) -> bool:
        """Take a file with this SHA-256 from the older tree or from the published one. False where neither has it.

        Raises ValueError as `write` does.
        """
        if not is_inside(path):
            raise ValueError(f"not a path inside the output: {path!r}")
        if self.is_reused and path not in self.written and self._is_seen(path, digest):
            self.written[path] = (self.stamps[path][SIZE], digest)
            return True
        for tree in ([self.root] if self.is_reused else []) + ([self.published] if self.published else []):
            try:
                content, stamp = _read(tree, path)
            except OSError:
                continue
            if hashlib.sha256(content).hexdigest() == digest:
                if tree == self.root and path not in self.written:
                    self.written[path] = (len(content), digest)
                    self.stamps[path] = stamp
                else:
                    self.write(path, content)
                return True
        return False

    def _is_seen(self, path: str, digest: str) -> bool:
        """Whether the older tree has the file, untouched since it was written: then it is not read."""
        found = self.seen.find(f"{self.root}/{path}")
        if found is None or found[1] != digest:
            return False
        self.stamps[path] = found[0]
        return True

    def _holds(self, path: str, content: bytes) -> bool:
        """Whether the older tree has the very file; makes room where it has something else in its place.

        Another file is made, the old one never written into: a server may be sending it, a copy may be linked to it.
        """
        try:
            held, stamp = _read(self.root, path)
            if held == content:
                self.stamps[path] = stamp
                return True
            (self.root / path).unlink()
            return False
        except FileNotFoundError:
            return False
        except OSError:  # a folder now to be a file, or a file to be a folder
            target = self.root / path
            for place in (target, *target.parents):
                if place == self.root:
                    break
                if place == target and place.is_dir():
                    remove_folder(place)
                elif place.is_file():
                    place.unlink()
            return False

    def remember(self) -> None:
        """Note what its files hold, for the builds to come."""
        self.seen.keep({stamp: self.written[path][1] for path, stamp in self.stamps.items() if path in self.written})

    def note(self, path: str) -> None:
        """Remember a file that another hand (Pelican's writer) put into the folder."""
        content, self.stamps[path] = _read(self.root, path)
        self.written[path] = (len(content), hashlib.sha256(content).hexdigest())

    def written_since(self, before: Container[str]) -> tuple[Written, dict[str, Stamp]]:
        """What was written but those paths, to be handed to another process, and what is known of the files."""
        written = {path: row for path, row in self.written.items() if path not in before}
        return written, {path: self.stamps[path] for path in written if path in self.stamps}

    def join(self, written: Written, stamps: Mapping[str, Stamp]) -> None:
        """Take over what another process wrote into the same folder. Raises ValueError where two wrote one path."""
        self.stamps.update(stamps)
        for path, row in written.items():
            if self.written.setdefault(path, row) != row:
                raise ValueError(f"two pages have one address: {path}")


def _read(tree: Path, path: str) -> tuple[bytes, Stamp]:
    """What a file holds, and its stamp from before it was read: whoever writes into it meanwhile changes that."""
    with open(f"{tree}/{path}", "rb") as file:  # noqa: PTH123 - as `_put` does
        stamp = stamp_of(os.fstat(file.fileno()))
        return file.read(), stamp


@contextmanager
def write_output(config: Config, tombstones: Collection[str] = ()) -> Iterator[OutputFolder]:
    """Staging for one build. Raises OutputRefused before anything is made if the output can't be replaced.

    `tombstones` are paths where something was taken down: a tree that has something else there is not kept.
    """
    output = config.output
    refuse_bad_places(config)
    staging, moved = _beside(output, NEW), _beside(output, OLD)
    is_replaced = False
    try:
        try:
            _clear_leftovers(output)
            listed = take_spare(config, staging)
            is_reused = listed is not None
            staging.mkdir(parents=True, exist_ok=is_reused)
        except OSError as error:
            raise OutputRefused("unwritable", output, error.strerror or str(error)) from error
        with claim(staging):
            folder = OutputFolder(staging, is_reused=is_reused, published=output, seen=Seen(config))
            yield folder
            remove_strays(staging, listed or (), folder.written)
            folder.write(MANIFEST, make_manifest(folder.written))
            _swap(staging, output, moved)
            is_replaced = True
            folder.remember()
    finally:
        if output.exists() and moved.exists():
            _remove(moved)
        may_keep = is_replaced and staging.exists() and not _tells_what_is_gone(staging, output, tombstones)
        if not (may_keep and keep_spare(config, staging)):
            _remove(staging)


def _tells_what_is_gone(old: Path, new: Path, tombstones: Collection[str]) -> bool:
    """Whether an old tree is from before something was taken down, which may then stand anywhere in it."""
    return any(
        not (old / path).is_file() or (old / path).read_bytes() != (new / path).read_bytes() for path in tombstones
    )


def _remove(folder: Path) -> None:
    """Remove it whole even if Ctrl-C is pressed meanwhile, and only then pass it on."""
    interruption: KeyboardInterrupt | None = None
    while True:
        try:
            remove_folder(folder)
            break
        except KeyboardInterrupt as error:
            interruption = error
    if interruption is not None:
        raise interruption


def _beside(output: Path, role: str) -> Path:
    return output.with_name(f".{output.name}.{role}-{os.getpid()}")


def refuse_bad_places(config: Config) -> None:
    """Never replace a folder that a build did not make, and never one that holds the content. Raises OutputRefused."""
    output = config.output
    real = output.resolve()
    if not output.name or real.is_relative_to(config.content) or config.content.is_relative_to(real):
        raise OutputRefused("inside", output)
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise OutputRefused("foreign", output)
    try:
        is_foreign = output.is_dir() and any(output.iterdir()) and not (output / MANIFEST).is_file()
    except OSError as error:
        raise OutputRefused("unwritable", output, error.strerror or str(error)) from error
    if is_foreign:
        raise OutputRefused("foreign", output)
    if output.is_dir() and not os.access(output, os.W_OK):  # its names could be swapped, but somebody locked it
        raise OutputRefused("unwritable", output, os.strerror(errno.EACCES))


def _clear_leftovers(output: Path) -> None:
    """Undo what runs left that were killed: bring back an output that was moved away, remove dead staging."""
    if not output.parent.is_dir():
        return
    leftover = re.compile(rf"\.{re.escape(output.name)}\.({NEW}|{OLD})-([0-9]{{1,9}})")
    for path in sorted(output.parent.iterdir()):
        match = leftover.fullmatch(path.name)
        if not match or _is_running(int(match[2]), path):
            continue
        if match[1] == OLD and not output.exists():
            path.rename(output)
        else:
            remove_folder(path)


def _is_running(process: int, folder: Path) -> bool:
    """Whether the build that made a folder may still be at work, or a process that it has left behind."""
    if os.name == "nt":  # os.kill ends processes there: go by age
        return process != os.getpid() and time.time() - folder.stat().st_mtime < LONGEST_BUILD
    return _is_process(process) or is_claimed(folder)


def _is_process(process: int) -> bool:
    """Whether there is another process of this number."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's process, or a system that can't tell
        return True
    return True


def _swap(staging: Path, output: Path, moved: Path) -> None:
    """Put staging in the place of the output, and the old tree, if there is one, in that of staging.

    One step where the system can (folders.exchange), so that the address never leads nowhere; else two renames, of
    which the first is undone if the second fails, or by the next build if this one is killed between them.
    """
    if not output.exists():
        try:
            staging.rename(output)
            return
        except OSError:
            if not output.exists():
                raise  # else another first build was quicker
    if not exchange(staging, output):
        try:
            output.rename(moved)
            staging.rename(output)
        except BaseException:  # Ctrl-C between any two steps too: look at the folders, not at how far it came
            if moved.exists() and not output.exists():
                moved.rename(output)
            raise
        moved.rename(staging)
