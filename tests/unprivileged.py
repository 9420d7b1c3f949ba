"""Runs a part of a test without root's rights, which no permission holds back.

In: a folder and a function of it. Out: nothing, or the function's error, raised here. Whoever is no root runs it as is.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from pathlib import Path

NOBODY = 65534


def as_nobody(folder: Path, work: Callable[[Path], None]) -> None:
    """Call `work(folder / "own")`, a new folder of the user `nobody`, in a process of that user."""
    own = folder / "own"
    own.mkdir()
    if os.geteuid() != 0:
        work(own)
        return
    os.chown(own, NOBODY, NOBODY)
    for parent in folder.parents:  # pytest's folders are for root's eyes alone
        if parent.owner() == "root" and parent.stat().st_mode & 0o777 == 0o700:
            parent.chmod(0o711)
    folder.chmod(0o711)
    reader, writer = os.pipe()
    process = os.fork()
    if not process:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            work(own)
        except BaseException:
            os.write(writer, traceback.format_exc().encode()[-60_000:])
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        told = pipe.read()
    os.waitpid(process, 0)
    assert not told, told
