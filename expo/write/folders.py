"""What one can do to whole folders: swap two in one step, claim one for this process, remove one for good.

In: paths. Out: a folder that changed its place, or not; never one that is half there. The system's own calls are used
where it has them (Linux and macOS swap two names in one step, POSIX locks vanish with their process); where it has
none, the answer says so and the caller does without.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CURRENT_FOLDER, RENAME_EXCHANGE = -100, 2  # linux/fcntl.h: AT_FDCWD; linux/fs.h
RENAME_SWAP = 2  # macOS: sys/stdio.h
NOT_OFFERED = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV)  # by this file system


def exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step, so that nobody ever finds neither. False where the system can't. Raises OSError."""
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(CURRENT_FOLDER, first, CURRENT_FOLDER, second, RENAME_EXCHANGE)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(first, second, RENAME_SWAP)
    else:
        return False
    number = ctypes.get_errno()
    if failed and number not in NOT_OFFERED:
        raise OSError(number, os.strerror(number), str(one), None, str(other))
    return not failed


@contextmanager
def claim(folder: Path) -> Iterator[None]:
    """Hold a folder as long as this process, or one that it forked, lives: a kill frees it too."""
    handle = _lock(folder)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def is_claimed(folder: Path) -> bool:
    """Whether somebody else holds it, in this container or another one. False where the disk keeps no such locks."""
    try:
        handle = _lock(folder)
    except BlockingIOError:
        return True
    if handle is not None:
        os.close(handle)
    return False


def _lock(folder: Path) -> int | None:
    """A descriptor that holds the lock; None where there is none to be had. Raises BlockingIOError if it is taken."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:  # a network disk that locks only files
        os.close(handle)
        return None
    return handle


def remove_folder(folder: Path) -> None:
    """Remove it whole, also what its owner may not write to; what still can't be removed stays where it is."""
    shutil.rmtree(folder, ignore_errors=True)
    if not folder.is_dir() or folder.is_symlink():
        return
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
        for place, names, _ in os.walk(folder):
            for name in names:
                inside = Path(place, name)
                if not inside.is_symlink():
                    inside.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)
