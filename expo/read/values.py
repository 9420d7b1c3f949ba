"""What a document says, as it stands there: text, lists and groups, and where in the document each of them is.

In: nothing. Out: types, the writings of "nothing" and of quotes, how a place is shown, and all texts of a value. Loads
no reader of YAML, so that those who look at remembered values need none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

CURLY_QUOTES = "[“„][^“”„]*”|‘[^‘’]*’"  # all of a text: those of Word, which no format takes for quotes
NULL_TEXTS = frozenset(("", "~", "null", "Null", "NULL"))

Value: TypeAlias = Any  # str, None, list of Value, or dict of str to Value
ValuePath: TypeAlias = tuple[str | int, ...]


def format_path(where: ValuePath) -> str:
    """`figures[3].as_of`: items are counted from 1, as people count."""
    text = ""
    for part in where:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def find_texts(value: Value, where: ValuePath = ()) -> Iterator[tuple[ValuePath, str]]:
    """Every text of a value, whatever its name, and where it stands."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from find_texts(item, (*where, index))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from find_texts(item, (*where, name))
