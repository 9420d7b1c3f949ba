#!/usr/bin/env python3
"""Random rows of edits: does a build that remembers give the bytes of one that does not?

In: how many rows, edits a row, a seed. Out: a line for each row that differs, and right / tried; exit code 1 if any
differs. Rows go by one, two and five processes in turns, and every second one has an address of the site.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from bench.project import enter_test_environment  # noqa: E402

JOBS = (1, 2, 5)


def run_row(seed: int, edits: int) -> list[str]:
    """What was edited before the bytes differed, and where they do; nothing where they never did."""
    from tests.site_edits import SITE_URL, Workshop, differing

    with tempfile.TemporaryDirectory() as name:
        shop = Workshop(Path(name), seed, JOBS[seed % len(JOBS)], SITE_URL if seed % 2 else "")
        shop.build()
        made = []
        for _ in range(edits):
            made.append(shop.edit())
            if paths := differing(shop.build(), shop.build_anew()):
                return [*made, "→", *paths[:5]]
    return []


def main() -> int:
    """Run the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--edits", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    enter_test_environment()
    wrong = 0
    for seed in range(options.seed, options.seed + options.rows):
        if told := run_row(seed, options.edits):
            wrong += 1
            print(f"row {seed}: {' '.join(told)}", flush=True)
    print(f"{options.rows - wrong} of {options.rows} rows of {options.edits} edits: the bytes of a build from nothing")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
