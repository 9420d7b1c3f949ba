"""`withdraw NUMBER|SLUG`: take an exhibit down for good, after asking; a run that was cut off is finished by the next.

In: an SK number, slug, path or address, and --yes. Out: exit code; what was done and what is left for people on stdout.
Order: retired.yaml first, each file written whole or not at all, then the exhibit's files, then the cache. Until the
last of its files is gone a build refuses, so nothing half gone is published.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

import click

from expo.cache import empty_cache
from expo.cli.exit_codes import EXIT_FAILURE, EXIT_USAGE
from expo.cli.options import common_options, config_of
from expo.cli.printing import show_command
from expo.cli.sentences import say
from expo.cli.withdraw_plan import CannotWithdraw, Withdrawal, plan_withdrawal, shown_paths
from expo.config import Config
from expo.read import read_content


def make_command(language: str) -> click.Command:
    """The command with its help in a language."""

    @click.command("withdraw", help=say("help-withdraw", language))
    @common_options(language)
    @click.option("--yes", is_flag=True, help=say("help-yes", language))
    @click.option("--id", "number", default="", metavar="SK-0000", help=say("help-number", language))
    @click.argument("exhibit", metavar=say("metavar-exhibit", language), help=say("help-exhibit", language))
    def withdraw(content: Path | None, quiet: bool, lang: str, yes: bool, number: str, exhibit: str) -> int:
        return run_withdraw(config_of(content, quiet, lang), exhibit, number, yes)

    return withdraw


def run_withdraw(config: Config, exhibit: str, number: str, is_sure: bool) -> int:
    """Plan, ask, do, tell. Returns the exit code."""
    try:
        plan = plan_withdrawal(read_content(config.content), exhibit, number, config.today.isoformat())
    except CannotWithdraw as error:
        near = say("withdraw-near", config.lang, near=error.values["near"]) if error.values.get("near") else ""
        print(say(error.code, config.lang, **error.values) + near, file=sys.stderr)
        return EXIT_USAGE
    _tell_plan(plan, config)
    if not is_sure and not _is_confirmed(plan, config):
        return EXIT_USAGE
    try:
        _carry_out(plan, config)
    except OSError as error:
        print(say("withdraw-cut-off", config.lang, detail=error), file=sys.stderr)
        return EXIT_FAILURE
    _tell_rest(plan, config)
    return 0


def _tell_plan(plan: Withdrawal, config: Config) -> None:
    print(say("withdraw-plan", config.lang, number=plan.number, slug=plan.slug))
    for path in shown_paths(plan, config.content):
        print(f"  {path}")
    if plan.mended:
        print(say("withdraw-mended", config.lang, number=plan.number))
        for path, line in sorted(set(plan.mended)):
            print(f"  {path}:{line}")


def _is_confirmed(plan: Withdrawal, config: Config) -> bool:
    """Typing the number is harder to do by mistake than a y."""
    if not sys.stdin.isatty():
        print(say("withdraw-not-asked", config.lang), file=sys.stderr)
        return False
    typed = click.prompt(say("withdraw-ask", config.lang, number=plan.number), default="", show_default=False, err=True)
    if str(typed).strip().upper() == plan.number:
        return True
    print(say("withdraw-left", config.lang), file=sys.stderr)
    return False


def _carry_out(plan: Withdrawal, config: Config) -> None:
    retired = config.content / "retired.yaml"
    for path in sorted(plan.written, key=lambda one: one != retired):
        _replace_file(path, plan.written[path])
    for path in plan.removed:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # the folder of all replies, where this one was the last
        (config.content / "replies").rmdir()
    empty_cache(config.cache)


def _replace_file(target: Path, text: str) -> None:
    """Write a file whole or not at all, over the one that is there."""
    handle, name = tempfile.mkstemp(prefix=".withdraw-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _tell_rest(plan: Withdrawal, config: Config) -> None:
    """What the command cannot do."""
    lang = config.lang
    print(say("withdraw-done", lang, number=plan.number))
    for path in plan.too_short:
        print(say("withdraw-too-short", lang, path=path))
    if plan.by_hand:
        print(say("withdraw-by-hand", lang))
        for path, line in sorted(set(plan.by_hand)):
            print(f"  {path}:{line}")
    print(say("withdraw-next", lang, check=show_command(config, "check"), build=show_command(config, "build")))
    name = config.content.name
    slugs = (plan.slug, *plan.former_slugs)
    paths = [f"{name}/{place}" for slug in slugs for place in _all_places(slug)]
    history = " ".join(f"--path {shlex.quote(path)}" for path in paths)
    print(say("withdraw-elsewhere", lang, command=f"git filter-repo --invert-paths {history}"))


def _all_places(slug: str) -> tuple[str, ...]:
    """Where an exhibit's files lie, in history too, whatever is left of them now."""
    return (f"initiatives/{slug}.md", f"initiatives/{slug}.en.md", f"initiatives/{slug}/", f"replies/{slug}/")
