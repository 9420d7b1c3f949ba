"""How numbers, addresses and files are named: patterns and bounds that hold wherever a name is written.

In: text. Out: whether it is a name, or the one way to write it. Kept apart from field_types.py, whose engine takes
longer to load than all files of a folder take to be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from expo.text import make_slug

PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
SCAN_ENDINGS = (*PICTURE_ENDINGS, ".pdf")
LONGEST_SLUG = 100  # characters: with what the site adds, every name of a file stays far below the 255 bytes of disks

ID_PATTERN = re.compile(r"SK-(?!0000)(?:[0-9]{4}|[1-9][0-9]{4,5})")  # one way to write a number
ID_IN_ANY_WRITING = re.compile(r"(?:[Ss][Kk][ -]?)?0*([1-9][0-9]{0,5})")
SLUG_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What a filed paper is called has letters and a number or date: "yes", "đồng ý" and "2026" lead to no paper.
REFERENCE = re.compile(r"(?=.*\d)(?=.*[^\W\d_].*[^\W\d_])(?!.*://)(?!.*@).{4,}")


def whole_id(value: Any) -> Any:
    """ "2", "SK-2" and "sk 0002" as "SK-0002"; anything else comes back as it is."""
    found = ID_IN_ANY_WRITING.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"SK-{int(found[1]):04d}" if found else value


def mend_file_name(name: str, endings: Iterable[str]) -> str:
    """The name that a file should have, with one of these endings: "Ảnh_1.JPG" is "anh-1.jpg"; "" if that is not clear.

    Notepad puts .txt behind a name without asking: "hue-s.md.txt" is "hue-s.md".
    """
    whole = re.split(r"[/\\]", name.lower())[-1].removesuffix(".txt")
    ending = next((one for one in endings if whole.endswith(one)), None)
    slug = "" if ending is None else make_slug(whole.removesuffix(ending))[:LONGEST_SLUG].strip("-")
    return f"{slug}{ending}" if slug else ""


def is_reference(value: str) -> bool:
    """Whether a text can lead to a paper that is kept somewhere, and is no address of one that is public."""
    return bool(REFERENCE.fullmatch(value.strip()))
