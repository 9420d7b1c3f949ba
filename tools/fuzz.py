"""Try the properties of tests/test_fuzz.py on new examples as long as one likes: `python3 tools/fuzz.py --minutes 10`.

In: minutes, and a part of a test's name if only some are meant. Out: pytest's report of the first failure, made small,
with the seed that finds it again; exit code 1. Needs the test environment, which `python3 build.py test` makes.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PYTHON = PROJECT / ".venv-test" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LONGEST_TEST = 1800  # seconds; what takes longer hangs, and its stack is printed


def main() -> int:
    """Rounds with new seeds until the time is up or something fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--only", default="", help="a part of the name of a test")
    parser.add_argument("--seed", type=int, help="a seed that failed before; one round")
    options = parser.parse_args()
    if not PYTHON.exists():
        print("first run: python3 build.py test tests/test_fuzz.py", file=sys.stderr)
        return 2
    end = time.monotonic() + options.minutes * 60
    rounds = 0
    while rounds == 0 or time.monotonic() < end:
        seed = options.seed if options.seed is not None else random.SystemRandom().randrange(2**32)
        code = _run_round(seed, options.only, end)
        if code is None:
            print(f"{rounds} whole rounds and a part of one, nothing found")
            return 0
        if code != 0:
            print(f"again: python3 tools/fuzz.py --seed {seed} --only '{options.only}'")
            return 1
        rounds += 1
        if options.seed is not None:
            break
    print(f"{rounds} rounds, nothing found")
    return 0


def _run_round(seed: int, only: str, end: float) -> int | None:
    """One run of pytest → its exit code; None where the time was up first, or somebody pressed Ctrl-C."""
    command = [
        str(PYTHON), "-m", "pytest", "tests/test_fuzz.py", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly",
        "--hypothesis-profile=fuzz", f"--hypothesis-seed={seed}", "-o", f"faulthandler_timeout={LONGEST_TEST}",
        *(["-k", only] if only else []),
    ]  # fmt: skip
    print(f"seed {seed}", flush=True)
    process = subprocess.Popen(command, cwd=PROJECT)
    try:
        return process.wait(max(1.0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.terminate()
        process.wait()
        return None
    except KeyboardInterrupt:
        process.wait()
        return None


if __name__ == "__main__":
    sys.exit(main())
