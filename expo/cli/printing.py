"""How problems are printed at the end of a check or a failed build, and how a command is shown that may be copied.

In: what was checked, and the problems to show. Out: lines on stdout, the count last; drafts are told as progress.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from expo.cli.options import tell
from expo.cli.sentences import say
from expo.config import Config, make_config
from expo.problems import Problem, format_github, format_problem, shorten_value

if TYPE_CHECKING:
    from expo.validate import CheckedContent


def print_problems(checked: CheckedContent, problems: Sequence[Problem], config: Config, style: str = "text") -> None:
    """Every problem, then how many there are in how many files, and how many more in those that were not asked for."""
    for problem in problems:
        print(format_problem(problem, config.lang))
    if style == "github":  # annotations after the plain lines, which stay readable in the log
        for problem in problems:
            print(format_github(problem, config.lang))
    shown = set(problems)
    errors = [problem for problem in problems if not problem.is_warning]
    elsewhere = [problem for problem in checked.problems if not problem.is_warning and problem not in shown]
    lang = config.lang
    counts = {
        "initiatives": count_things(checked.initiative_count, "initiative", "initiatives", lang),
        "replies": count_things(checked.reply_count, "reply", "replies", lang),
    }
    if errors:
        print(say("content-bad", lang, **_count_problems(errors, lang), **counts))
    else:
        print(say("content-good-here" if elsewhere else "content-good", lang, **counts))
    if elsewhere:
        print(say("errors-elsewhere", lang, **_count_problems(elsewhere, lang)))
    if checked.drafts:
        tell(
            say("drafts", config.lang, numbers=shorten_value(sorted(checked.drafts)), count=len(checked.drafts)), config
        )


def _count_problems(errors: Sequence[Problem], lang: str) -> dict[str, str]:
    return {
        "problems": count_things(len(errors), "problem", "problems", lang),
        "files": count_things(len({problem.path for problem in errors}), "file", "files", lang),
    }


def count_things(number: int, one: str, many: str, lang: str) -> str:
    """A number with its English noun; Vietnamese nouns have no plural and stand in the sentence."""
    return str(number) if lang == "vi" else f"{number} {one if number == 1 else many}"


def describe_system_error(error: OSError, sentence: str, lang: str) -> str:
    """What the system refused; where it is the cache, the way out."""
    cache = make_config().cache
    if isinstance(error.filename, str) and Path(error.filename).is_relative_to(cache):
        return say("cache-failed", lang, path=cache, detail=error.strerror or error)
    return say(sentence, lang, detail=error)


def show_path(path: Path) -> str:
    """Relative to where the person is, if the file lies below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def show_command(config: Config, *arguments: str | Path) -> str:
    """A command to copy: right in the folder where the person is, its content folder named, blanks in quotes."""
    own = config.content == config.project / "content"
    command, *rest = arguments
    words = ["python3", config.project / "build.py", command, *([] if own else ["--content", config.content]), *rest]
    shown = [show_path(word) if isinstance(word, Path) else str(word) for word in words]
    if os.name == "nt":
        from subprocess import list2cmdline

        return list2cmdline(shown)
    from shlex import join

    return join(shown)
