"""What is wrong with the content: one frozen Problem for each mistake, printed as `path:line: field: sentence`.

In: a code with its values (problem_texts.py holds the sentences, Vietnamese and English). Out: text for people, or
annotations for a code host. Does not decide what is wrong; the rooms read/ and validate/ do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from expo.problem_texts import FIX, LISTING, PROBLEM_TEXTS
from expo.text import normalise_text

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake at a place. Sorts by path, then line. A warning does not stop a build."""

    path: str  # relative to the content folder's parent, as the person typed it: content/initiatives/hue-s.md
    line: int  # from 1; 1 for a mistake about the whole file
    field: str  # dotted: figures[2].as_of; "" for the whole file
    code: str
    values: Values = ()
    is_warning: bool = False

    @property
    def sort_key(self) -> tuple[str, int, str, str]:
        """By path and line, then by field and code, so that every run prints the same."""
        return (self.path, self.line, self.field, self.code)


def make_problem(path: str, line: int, field: str, code: str, *, warning: bool = False, **values: object) -> Problem:
    """A Problem with its values as text, shortened where someone pasted a novel."""
    kept = tuple((key, shorten_value(value)) for key, value in values.items() if value not in (None, "", (), []))
    return Problem(shorten_value(path, 300), line, shorten_value(field), code, kept, warning)


def shorten_value(value: object, limit: int = 80) -> str:
    """One line of at most `limit` characters; lists keep all their members, as they are allowed values."""
    if isinstance(value, tuple | list):
        return ", ".join(shorten_value(one, limit) for one in value)
    text = normalise_text(str(value)[: 10 * limit])  # a terminal must not obey what a stranger's file says
    text = "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text.split()))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def describe_problem(problem: Problem, lang: str) -> str:
    """The sentence: what is wrong; what is allowed; how to mend it. `lang` is "vi" or "en"."""
    values = dict(problem.values)
    text = PROBLEM_TEXTS[problem.code][lang].format_map(_Missing(values))
    if "allowed" in values:
        text += LISTING[lang].format(allowed=values["allowed"])
    if "suggestion" in values:
        text += FIX[lang].format(suggestion=values["suggestion"])
    return text


class _Missing(dict[str, str]):
    """A value that was empty prints as nothing rather than raising."""

    def __missing__(self, key: str) -> str:
        return ""


def format_problem(problem: Problem, lang: str) -> str:
    """`path:line: field: sentence`."""
    field_part = f"{problem.field}: " if problem.field else ""
    mark = {"vi": "(nhắc nhở) ", "en": "(warning) "}[lang] if problem.is_warning else ""
    return f"{problem.path}:{problem.line}: {field_part}{mark}{describe_problem(problem, lang)}"


def format_github(problem: Problem, lang: str) -> str:
    """A workflow command that puts the sentence on the line of a pull request."""
    kind = "warning" if problem.is_warning else "error"
    sentence = (f"{problem.field}: " if problem.field else "") + describe_problem(problem, lang)
    path, text = _escape_command(problem.path, ":,"), _escape_command(sentence)
    return f"::{kind} file={path},line={problem.line}::{text}"


def _escape_command(text: str, also: str = "") -> str:
    """Percent-encode what would end or split a workflow command, so that content cannot give commands of its own."""
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """By path and line."""
    return sorted(problems, key=lambda problem: problem.sort_key)


def has_errors(problems: Iterable[Problem]) -> bool:
    """True if any of them stops a build."""
    return any(not problem.is_warning for problem in problems)
