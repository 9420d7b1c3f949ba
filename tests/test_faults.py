"""Faults at random moments, a small series of bench/faults.py: the site is whole each time, the next build right.

The bench runs fifty kills and twenty full disks on the real content; here the small one and a few of each kind.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.faults import Place, open_place, prepare, run_series

PROJECT = Path(__file__).resolve().parent.parent
SEED = 4

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")]


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """A place with its clean sites."""
    with open_place(PROJECT / "tests" / "data" / "small", sys.executable, SEED) as opened:
        prepare(opened)
        yield opened


@pytest.mark.parametrize(("kind", "tries"), [("kill", 2), ("worker", 1), ("full disk", 2), ("two builds", 1)])
def test_a_fault_at_any_moment_is_survived(place: Place, kind: str, tries: int) -> None:
    """By `verify` the old site or the new one, whole; the next build gives the bytes of a clean one."""
    assert (run_series(place, kind, tries), place.failures) == (tries, [])
