"""`build.py test`: every check of the code, then every test, with a real browser.

In: the project folder and what was asked. Out: an exit code: 0 all passed, 1 something failed, 2 pytest was called
wrongly, 3 no browser. A browser that is missing is a failure, never a reason to skip.
With arguments for pytest (`test tests/test_text.py -k fold`) only pytest runs: the short loop of someone at work.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from expo.cli.chromium import BrowserMissing, ensure_chromium, find_shell
from expo.cli.exit_codes import EXIT_FAILED, EXIT_FAILURE, EXIT_GOOD, EXIT_USAGE

PYTEST_USAGE_ERROR = 4

FAILED = {"vi": "HỎNG: {name}", "en": "FAILED: {name}"}
ALL_GOOD = {"vi": "Mọi bước đều đạt.", "en": "All steps passed."}
SOME_FAILED = {"vi": "Chưa đạt: {names}.", "en": "Not passed: {names}."}
PYTEST_NAME = {"vi": "các bài kiểm thử (pytest)", "en": "the tests (pytest)"}


@dataclass(frozen=True)
class Step:
    """One check that runs a tool over the code; `command` follows `python -m`."""

    name: Mapping[str, str]
    command: tuple[str, ...]


STEPS = (
    Step({"vi": "quy tắc viết mã (ruff check)", "en": "lint (ruff check)"}, ("ruff", "check", "--quiet", ".")),
    Step(
        {"vi": "trình bày mã (ruff format --check)", "en": "format (ruff format --check)"},
        ("ruff", "format", "--check", "--quiet", "."),
    ),
    Step({"vi": "kiểu dữ liệu (mypy --strict)", "en": "types (mypy --strict)"}, ("mypy", "--strict", "expo")),
    Step(
        {"vi": "khuôn trang (djlint)", "en": "templates (djlint)"},
        ("djlint", "theme/templates", "--profile=jinja", "--lint", "--quiet"),
    ),
)


def run_tests(project: Path, quiet: bool, lang: str, pytest_args: list[str]) -> int:
    """Runs all steps, also after one that failed, and returns the exit code for all of them together."""
    is_named = bool(os.environ.get("EXPO_CHROMIUM"))
    try:
        browser = ensure_chromium(lang, quiet)
    except BrowserMissing as error:
        print(error)
        return EXIT_FAILURE
    steps = () if pytest_args else STEPS
    failed = [step.name[lang] for step in steps if not _passes(step, project, quiet, lang)]
    code = _run_pytest(project, quiet, browser, browser if is_named else find_shell(browser), pytest_args)
    if code:
        failed.append(PYTEST_NAME[lang])
    if failed:
        print(SOME_FAILED[lang].format(names=", ".join(failed)))
        return EXIT_USAGE if code == PYTEST_USAGE_ERROR else EXIT_FAILED
    if not quiet:
        print(ALL_GOOD[lang])
    return EXIT_GOOD


def _passes(step: Step, project: Path, quiet: bool, lang: str) -> bool:
    """Runs one tool; its words are shown only when it fails."""
    if not quiet:
        print(f"· {step.name[lang]}", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, "-m", *step.command],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        print(FAILED[lang].format(name=step.name[lang]), done.stdout.rstrip(), sep="\n", flush=True)
    return done.returncode == 0


def _run_pytest(project: Path, quiet: bool, browser: Path, shell: Path, pytest_args: list[str]) -> int:
    """Runs pytest with the paths of the browser and of its shell; its own last line says how many tests ran."""
    # One file stays in one process, so what a file prepares is made once; a browser a process bounds the memory.
    spread = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
    command = [sys.executable, "-m", "pytest", *spread, *(["-q"] if quiet else []), *pytest_args]
    environment = {**os.environ, "EXPO_CHROMIUM": str(browser), "EXPO_CHROMIUM_SHELL": str(shell)}
    sys.stdout.flush()
    return subprocess.run(command, cwd=project, env=environment).returncode
