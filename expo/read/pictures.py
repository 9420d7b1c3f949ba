"""The bytes of a picture or scan beside an initiative's file: content/initiatives/<slug>/<name>.

In: the content folder, a slug, a file's name. Out: bytes. Regular files only; no link is followed, on no level, and no
other folder can be named. What the bytes are is validate/'s and render/'s business.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

NOT_FOLLOWED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # a named pipe would wait for ever
AS_IT_IS = getattr(os, "O_BINARY", 0)  # Windows would change line ends


def read_file_beside(content: Path, slug: str, name: str) -> bytes:
    """The whole file. Raises ValueError for a name that is none, OSError where there is no regular file."""
    if any(part in ("", ".", "..") or "/" in part or "\\" in part for part in (slug, name)):
        raise ValueError(f"not a file beside an initiative: {slug!r}, {name!r}")
    folder = content / "initiatives" / slug
    path = folder / name
    if not stat.S_ISDIR(folder.lstat().st_mode) or not stat.S_ISREG(path.lstat().st_mode):
        raise OSError(f"not a regular file: {path}")
    with os.fdopen(os.open(path, os.O_RDONLY | NOT_FOLLOWED | AS_IT_IS), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"not a regular file: {path}")
        return file.read()
