"""Build beside, swap when whole: an output folder is replaced by rename or not at all.

In: the Config's output path. Out: OutputFolder, a staging folder that takes files by address. When the block ends well
a manifest with the hash of every file is added and the folders are swapped; on any error, Ctrl-C included, staging is
removed and the old output stays. A run killed between the two renames is undone by the next one. The tree that was
replaced becomes the spare (spare.py), into which the next build writes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from expo.config import Config
from expo.write.spare import keep_spare, remove_strays, take_spare

MANIFEST = "manifest.json"

Written = dict[str, tuple[int, str]]  # path → (bytes, sha256)
NEW, OLD = "moi", "cu"  # .output.moi-123 is being written, .output.cu-123 is about to be removed
LONGEST_BUILD = 3600  # seconds


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

    def write(self, path: str, content: bytes) -> None:
        """Write one file. Raises ValueError if the path would leave the folder or was written before."""
        parts = path.split("/")
        if not path or path.startswith("/") or any(part in ("", ".", "..") for part in parts) or "\\" in path:
            raise ValueError(f"not a path inside the output: {path!r}")
        if path in self.written:
            raise ValueError(f"two pages have one address: {path}")
        target = self.root.joinpath(*parts)
        if not (self.is_reused and self._holds(target, content)):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        self.note(path, content)

    def _holds(self, target: Path, content: bytes) -> bool:
        """Whether the older tree has the very file; makes room where it has something else in its place."""
        try:
            return target.read_bytes() == content
        except FileNotFoundError:
            return False
        except OSError:  # a folder now to be a file, or a file to be a folder
            for path in (target, *target.parents):
                if path == self.root:
                    break
                if path == target and path.is_dir():
                    shutil.rmtree(path)
                elif path.is_file():
                    path.unlink()
            return False

    def note(self, path: str, content: bytes) -> None:
        """Remember a file that another hand (Pelican's writer) put into the folder."""
        self.written[path] = (len(content), hashlib.sha256(content).hexdigest())

    def join(self, written: Written) -> None:
        """Take over what another process wrote into the same folder. Raises ValueError where two wrote one path."""
        for path, row in written.items():
            if self.written.setdefault(path, row) != row:
                raise ValueError(f"two pages have one address: {path}")

    def manifest(self) -> bytes:
        """Every file with its size and hash, sorted: same site, same bytes."""
        files = {path: {"bytes": size, "sha256": digest} for path, (size, digest) in sorted(self.written.items())}
        return (json.dumps({"version": 1, "files": files}, indent=0, ensure_ascii=False) + "\n").encode()


@contextmanager
def write_output(config: Config) -> Iterator[OutputFolder]:
    """Staging for one build. Raises OutputRefused before anything is made if the output can't be replaced."""
    output = config.output
    _refuse_bad_places(config)
    staging, spare = _beside(output, NEW), _beside(output, OLD)
    try:
        try:
            _clear_leftovers(output)
            is_reused = take_spare(config, staging)
            staging.mkdir(parents=True, exist_ok=is_reused)
        except OSError as error:
            raise OutputRefused("unwritable", output, error.strerror or str(error)) from error
        folder = OutputFolder(staging, is_reused=is_reused)
        yield folder
        if is_reused:
            remove_strays(staging, folder.written)
        folder.write(MANIFEST, folder.manifest())
        _swap(staging, output, spare)
    finally:
        if output.exists() and spare.exists() and keep_spare(config, spare):
            _remove(staging)
        else:
            _remove(staging, spare if output.exists() else staging)


def _remove(*folders: Path) -> None:
    """Remove them whole even if Ctrl-C is pressed meanwhile, and only then pass it on."""
    interruption: KeyboardInterrupt | None = None
    waiting = list(folders)
    while waiting:
        try:
            shutil.rmtree(waiting[0], ignore_errors=True)
            waiting.pop(0)
        except KeyboardInterrupt as error:
            interruption = error
    if interruption is not None:
        raise interruption


def _beside(output: Path, role: str) -> Path:
    return output.with_name(f".{output.name}.{role}-{os.getpid()}")


def _refuse_bad_places(config: Config) -> None:
    """Never replace a folder that a build did not make, and never one that holds the content."""
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
            shutil.rmtree(path)


def _is_running(process: int, folder: Path) -> bool:
    """Whether the build that made a folder may still be at work."""
    if process == os.getpid():
        return False
    if os.name == "nt":  # os.kill ends processes there: go by age
        return time.time() - folder.stat().st_mtime < LONGEST_BUILD
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's process, or a system that can't tell
        return True
    return True


def _swap(staging: Path, output: Path, spare: Path) -> None:
    """Two renames; if the second fails the first is undone."""
    try:
        if output.exists():
            output.rename(spare)
        staging.rename(output)
    except BaseException:  # Ctrl-C between any two steps too: look at the folders, not at how far it came
        if spare.exists() and not output.exists():
            spare.rename(output)
        raise
