"""How problems are printed at the end of a check or a failed build.

In: what was checked, and the problems to show. Out: lines on stdout, the count last.
"""

from __future__ import annotations

from collections.abc import Sequence

from expo.cli.sentences import say
from expo.config import Config
from expo.problems import Problem, format_github, format_problem
from expo.validate import CheckedContent


def print_problems(checked: CheckedContent, problems: Sequence[Problem], config: Config, style: str = "text") -> None:
    """Every problem, then how many there are in how many files."""
    for problem in problems:
        print(format_problem(problem, config.lang))
    if style == "github":  # annotations after the plain lines, which stay readable in the log
        for problem in problems:
            print(format_github(problem, config.lang))
    errors = [problem for problem in problems if not problem.is_warning]
    counts = {"initiatives": checked.initiative_count, "replies": checked.reply_count}
    if errors:
        files = len({problem.path for problem in errors})
        print(say("content-bad", config.lang, problems=len(errors), files=files, **counts))
    else:
        print(say("content-good", config.lang, **counts))
