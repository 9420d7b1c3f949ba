"""The bytes of a picture or scan beside an initiative's file: content/initiatives/<slug>/<name>.

In: the content folder, a slug, a file's name. Out: bytes. Regular files only; no link is followed, on no level, and no
other folder can be named. What the bytes are is validate/'s and render/'s business.
"""

from __future__ import annotations

import stat
from pathlib import Path

from expo.read.files import NotRegular, read_regular_file

MEGABYTE = 1_000_000
LARGEST = 25 * MEGABYTE  # what code hosts take in the browser; validate/ is stricter with PDFs


def read_file_beside(content: Path, slug: str, name: str) -> bytes:
    """The whole file. Raises ValueError for a name that is none, OSError where there is no regular file."""
    if any(part in ("", ".", "..") or "/" in part or "\\" in part for part in (slug, name)):
        raise ValueError(f"not a file beside an initiative: {slug!r}, {name!r}")
    for folder in (content / "initiatives", content / "initiatives" / slug):
        if not stat.S_ISDIR(mode := folder.lstat().st_mode):
            raise NotRegular(folder, mode)
    return read_regular_file(content / "initiatives" / slug / name, LARGEST)
