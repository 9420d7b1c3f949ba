"""What checking found in documents that have not changed since: outlines, problems, records.

In: the cache, the content folder, the day. Out: answers by keys that hold the hash of all that they depend on beside
the code, which is in the name of the file. Damage, another code or another folder mean that nothing is remembered.
A date that had not come yet may have come since, so what complains of one is never remembered; on a day before that of
the memory nothing is.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from expo.cache import Cache, Chest, hash_place, prune_versions
from expo.config import Config
from expo.inputs import hash_code
from expo.problems import Problem
from expo.read import RawDocument
from expo.read.documents import NOTHING_KNOWN, Outlines

KINDS = ("checked", "records")  # of files: what every check needs, and what only builds do
NOT_YET = "future-date"
VERSION_LENGTH = 12  # as other names in the cache


class Memory:
    """The answers of earlier runs over one content folder. Made of nothing it remembers nothing."""

    def __init__(self, config: Config | None = None) -> None:
        self._cache = Cache(config.cache) if config else None
        self._day = config.latest_day.isoformat() if config else ""
        self._names: tuple[str, ...] = KINDS
        if config:
            version = hashlib.sha256(f"{hash_code()} {hash_place(config.content)}".encode()).hexdigest()
            self._names = tuple(f"{kind}-{version[:VERSION_LENGTH]}" for kind in KINDS)
        self._known, self.outlines = self._read()
        self._used: dict[str, Any] = {}
        self._records: Chest | None = None

    def _read(self) -> tuple[Mapping[str, Any], Outlines]:
        kept = self._cache.read(self._names[0]) if self._cache else None
        told = marshal.loads(kept) if kept else {}
        if not told or told["day"] > self._day:
            return {}, NOTHING_KNOWN
        return told["answers"], Outlines(told["fronts"], told["outlines"])

    def recall(self, key: str, make: Callable[[], Any], is_lasting: Callable[[Any], bool] = lambda answer: True) -> Any:
        """What JSON can hold, made only if it is not known; one that may not last is made again the next time."""
        if key in self._used:
            return self._used[key]
        answer = self._known[key] if key in self._known else make()
        if is_lasting(answer):
            self._used[key] = answer
        return answer

    def recall_problems(self, kind: str, key: str, make: Callable[[], list[Problem]]) -> list[Problem]:
        """What is wrong with a document. Without a key it can't be remembered."""
        name = f"{kind} {key}"
        rows = self._used.get(name, self._known.get(name)) if key else None
        if rows is None:
            problems = make()
            if key and not any(problem.code == NOT_YET for problem in problems):
                self._used[name] = [_to_row(problem) for problem in problems]
            return problems
        self._used[name] = rows
        return [_from_row(row) for row in rows]

    def retain(self, kind: str, key: str) -> None:
        """Let an answer stay that nobody asks for now, because a greater one that holds it is known."""
        name = f"{kind} {key}"
        if name in self._known:
            self._used.setdefault(name, self._known[name])

    def find_before(self, document: RawDocument) -> str:
        """The digest that a document had with the same front matter when it was last remembered; "" for none."""
        return self._digests.get(document.front, "")

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {front: digest for digest, front in self.outlines.fronts.items()}

    @property
    def records(self) -> Chest:
        """JSON by key, for what only a build needs."""
        if self._records is None:
            self._records = Chest(self._cache, self._names[1])
        return self._records

    def keep(self, documents: Sequence[RawDocument]) -> None:
        """Remember this run's answers for the next, and the outlines of what it read."""
        if self._cache is None:
            return
        fronts = {one.digest: one.front for one in documents if one.digest}
        if self._used.keys() == self._known.keys() and fronts == self.outlines.fronts:
            return
        outlines = {one.front: one.outline for one in documents if one.digest}
        told = {"day": self._day, "answers": self._used, "fronts": fronts, "outlines": outlines}
        self._cache.keep(self._names[0], marshal.dumps(told))  # a third of the time of JSON; the name tells the Python
        prune_versions(self._cache.folder)


def _to_row(problem: Problem) -> list[Any]:
    return [problem.path, problem.line, problem.field, problem.code, problem.values, problem.is_warning]


def _from_row(row: list[Any]) -> Problem:
    path, line, field, code, values, is_warning = row
    return Problem(path, line, field, code, tuple((name, value) for name, value in values), is_warning)
