"""How numbers, addresses and files are named: patterns and bounds that hold wherever a name is written.

In: text. Out: whether it is a name, or the one way to write it. Kept apart from field_types.py, whose engine takes
longer to load than all files of a folder take to be looked at.
"""

from __future__ import annotations

import re
from typing import Any

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


def is_reference(value: str) -> bool:
    """Whether a text can lead to a paper that is kept somewhere, and is no address of one that is public."""
    return bool(REFERENCE.fullmatch(value.strip()))
