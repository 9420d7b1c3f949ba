"""What the last build into an output rendered: of each page its fingerprint and the hash of its bytes.

In: the cache, and the output's place. Out: the hash of the file that need not be rendered again, by its values or,
where these need not be made either, by all that they are made from (its trace). The folder that is written to looks for
it in the trees that it has; if none has it as it was, the page is rendered. Losing this costs time only. Paths are kept
as hashes: nothing in the cache tells whose it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from expo.cache import Cache, name_by_place

KIND = "rendered"
PATH_HASH_LENGTH = 24


class Row(NamedTuple):
    """Of a page: fingerprint, SHA-256 of its bytes, trace, and the keys of the bodies that its values asked for."""

    fingerprint: str
    digest: str
    trace: str
    bodies: list[str]


Rendered = dict[str, Row]  # by path in the output


class Earlier:
    """Pages of the last build."""

    def __init__(self, cache: Cache | None, output: Path) -> None:
        self._cache = cache
        self._name = name_by_place(KIND, output, ".json")
        kept = cache.read(self._name) if cache else None
        self._known: Mapping[str, list[Any]] = json.loads(kept) if kept else {}

    def find(self, path: str, fingerprint: str | None) -> str:
        """SHA-256 of the file that has this fingerprint, or ""."""
        row = self._known.get(_hide(path))
        return str(row[1]) if row and fingerprint and row[0] == fingerprint else ""

    def find_traced(self, path: str, trace: str) -> Row | None:
        """What is known of a page whose values are made from the same."""
        row = Row(*self._known[_hide(path)]) if trace and _hide(path) in self._known else None
        return row if row and row.trace == trace else None

    def keep(self, rendered: Rendered) -> None:
        """Remember this build's for the next."""
        if self._cache:
            hidden = {_hide(path): row for path, row in rendered.items()}
            self._cache.keep(self._name, json.dumps(hidden, sort_keys=True).encode())


def _hide(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:PATH_HASH_LENGTH]
