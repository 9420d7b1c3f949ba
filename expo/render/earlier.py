"""What the last build into an output rendered: of each page its fingerprint and the hash of its bytes.

In: the cache, and the output's place. Out: the hash of the file that need not be rendered again. The folder that is
written to looks for it in the trees that it has; if none has it as it was, the page is rendered. Losing this costs
time only. Paths are kept as hashes: nothing in the cache tells whose it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from expo.cache import Cache, name_by_place

Rendered = dict[str, tuple[str, str]]  # path in the output → fingerprint, SHA-256
PATH_HASH_LENGTH = 24


class Earlier:
    """Pages of the last build."""

    def __init__(self, cache: Cache | None, output: Path) -> None:
        self._cache = cache
        self._name = name_by_place("pages", output, ".json")
        kept = cache.read(self._name) if cache else None
        self._known: Mapping[str, list[str]] = json.loads(kept) if kept else {}

    def find(self, path: str, fingerprint: str | None) -> str:
        """SHA-256 of the file that has this fingerprint, or ""."""
        known, digest = self._known.get(_hide(path), ("", ""))
        return digest if fingerprint and known == fingerprint else ""

    def keep(self, rendered: Rendered) -> None:
        """Remember this build's for the next."""
        if self._cache:
            hidden = {_hide(path): row for path, row in rendered.items()}
            self._cache.keep(self._name, json.dumps(hidden, sort_keys=True).encode())


def _hide(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:PATH_HASH_LENGTH]
