"""`test [PYTEST ARGUMENTS…]`: every test of the project. The work is run_tests'.

In: options and arguments for pytest. Out: exit code.
"""

from __future__ import annotations

from pathlib import Path

import click

from expo.cli.options import common_options, config_of
from expo.cli.sentences import say


def make_command(language: str) -> click.Command:
    """The command with its help in a language."""

    @click.command("test", help=say("help-test", language), context_settings={"ignore_unknown_options": True})
    @common_options(language)
    @click.argument("pytest_args", nargs=-1, type=click.UNPROCESSED, metavar="[PYTEST…]")
    def test(content: Path | None, quiet: bool, lang: str, pytest_args: tuple[str, ...]) -> int:
        from expo.cli.test import run_tests

        config = config_of(content, quiet, lang)
        return run_tests(config.project, quiet, lang, list(pytest_args))

    return test
