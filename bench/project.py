"""The Python that benches run in: the project's own, made ready by build.py itself.

In: the project, EXPO_VENV. Out: the path of that Python, or this process changed to it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def python_of_project() -> str:
    """The locked environment's Python."""
    subprocess.run(
        [sys.executable, str(PROJECT / "build.py"), "check", "--quiet"], check=True, stdout=subprocess.DEVNULL
    )
    home = Path(os.environ.get("EXPO_VENV") or PROJECT)
    return str(home / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def enter_environment() -> None:
    """Go on in the locked environment, unless this is its Python."""
    python = python_of_project()
    if not Path(sys.prefix).samefile(Path(python).parent.parent):
        os.execv(python, [python, *sys.argv])


def enter_test_environment() -> None:
    """Go on in the locked environment of the tests, which has the browser's driver."""
    import build

    _, testing = build.environments()
    build.make_ready(testing, quiet=False, offline=False)
    if not testing.is_running():
        os.execv(testing.python, [str(testing.python), *sys.argv])
