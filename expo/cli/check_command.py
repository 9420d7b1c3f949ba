"""`check [PATH…]`: read and validate all content, print every mistake with its line; 1 if there is one.

In: options, and paths whose problems alone are wanted (all content is read all the same, as numbers and replies depend
on each other). Out: exit code; problems on stdout. Never imports Pelican or Whoosh.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from expo.cli.exit_codes import EXIT_CONTENT, EXIT_USAGE
from expo.cli.options import common_options, config_of, tell
from expo.cli.printing import print_problems
from expo.cli.sentences import say
from expo.config import Config
from expo.problems import Problem, has_errors


def make_command(language: str) -> click.Command:
    """The command with its help in a language."""

    @click.command("check", help=say("help-check", language))
    @common_options(language)
    @click.option(
        "--format", "style", type=click.Choice(["text", "github"]), default="text", help=say("help-format", language)
    )
    @click.argument(
        "paths",
        nargs=-1,
        type=click.Path(exists=True, path_type=Path),
        metavar=say("metavar-paths", language),
        help=say("help-check-paths", language),
    )
    def check(content: Path | None, quiet: bool, lang: str, style: str, paths: tuple[Path, ...]) -> int:
        return run_check(config_of(content, quiet, lang), paths, style)

    return check


def run_check(config: Config, paths: Sequence[Path], style: str) -> int:
    """Check and print. Returns the exit code."""
    from expo.pipeline import check_content

    wanted = [path.resolve() for path in paths]
    for path, given in zip(wanted, paths, strict=True):
        if not path.is_relative_to(config.content):
            print(say("outside-content", config.lang, path=given, content=config.content), file=sys.stderr)
            return EXIT_USAGE
    tell(say("checking", config.lang), config)
    checked = check_content(config)
    problems = [problem for problem in checked.problems if _is_wanted(problem, wanted, config)]
    print_problems(checked, problems, config, style)
    if not checked.initiative_count:
        print(say("no-content", config.lang, content=config.content), file=sys.stderr)
    return EXIT_CONTENT if has_errors(problems) else 0


def _is_wanted(problem: Problem, wanted: Sequence[Path], config: Config) -> bool:
    if not wanted:
        return True
    path = config.content.parent / problem.path
    return any(path.is_relative_to(one) for one in wanted)
