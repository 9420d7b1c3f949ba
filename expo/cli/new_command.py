"""`new`: ask about an initiative, or take flags, and write content/initiatives/<slug>.md with the next free number.

In: flags; on a terminal also answers, each judged as it is typed. Out: exit code; the path and the next command on
stdout, questions on stderr. The file passes `check` as it is, and is a draft until its `draft` line is taken out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from expo.cli.exit_codes import EXIT_FAILURE, EXIT_USAGE
from expo.cli.new_answers import (
    QUESTIONS,
    SLUG,
    Answer,
    Answers,
    Desk,
    Question,
    allowed_answers,
    find_problems,
    look_at_content,
    make_values,
    missing_problem,
    suggest_slug,
    understand,
)
from expo.cli.new_text import compose_text, place_file
from expo.cli.options import common_options, config_of
from expo.cli.printing import show_command, show_path
from expo.cli.sentences import say
from expo.config import Config
from expo.describe.tables import find_field, help_of, is_list, label_of, says_of
from expo.fields import InitiativeFields
from expo.problems import describe_problem


def make_command(language: str) -> click.Command:
    """The command with its help in a language."""

    @click.command("new", help=say("help-new", language))
    @common_options(language)
    @_question_options(language)
    def new(content: Path | None, quiet: bool, lang: str, **flags: Any) -> int:
        return run_new(config_of(content, quiet, lang), flags)

    return new


def _question_options(lang: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    def decorate(function: Callable[..., int]) -> Callable[..., int]:
        for question in reversed(QUESTIONS):
            several = _takes_several(question)
            option = click.option(
                question.flag, _parameter(question), multiple=several, default=None, metavar="…",
                help=_label(question, lang),
            )  # fmt: skip
            function = option(function)
        return function

    return decorate


def _parameter(question: Question) -> str:
    """The name under which Click hands a flag over."""
    return question.flag.removeprefix("--").replace("-", "_")


def _takes_several(question: Question) -> bool:
    return "." not in question.name and question.name != SLUG and is_list(find_field(InitiativeFields, question.name))


def _label(question: Question, lang: str) -> str:
    """Name and help of a question, from the table."""
    if question.name == SLUG:
        return say("new-slug", lang)
    says = says_of(find_field(InitiativeFields, question.name))
    parts = [label_of(says, lang), help_of(says, lang)]
    group, dot, _ = question.name.partition(".")
    if dot:
        parts[0] = f"{label_of(says_of(find_field(InitiativeFields, group)), lang)}: {parts[0]}"
    return ". ".join(part.rstrip(".") for part in parts if part)


def run_new(config: Config, flags: dict[str, Any]) -> int:
    """Gather answers, write the file. Returns the exit code."""
    desk = look_at_content(config)
    answers, bad = _judge_flags(flags, desk)
    missing = [question for question in QUESTIONS if question.needed and _applies(question, answers)]
    missing = [question for question in missing if question.name not in answers and question.flag not in bad]
    may_ask = sys.stdin.isatty() and not bad
    if missing and not may_ask:
        for question in missing:
            bad[question.flag] = [say("new-missing", config.lang, label=_label(question, config.lang))]
    if bad:
        for flag, sentences in bad.items():
            for sentence in sentences:
                print(f"{flag}: {sentence}", file=sys.stderr)
        return EXIT_USAGE
    if missing:
        answers = _ask_all(answers, desk)
    answers = _with_blanks(answers)
    slug = str(answers.get(SLUG) or suggest_slug(answers["title"]))
    if problems := find_problems(_question(SLUG), slug, answers, desk):
        print(f"--slug: {describe_problem(problems[0], config.lang)}", file=sys.stderr)
        return EXIT_USAGE
    return _write(slug, answers, desk)


def _question(name: str) -> Question:
    return next(one for one in QUESTIONS if one.name == name)


def _applies(question: Question, answers: Answers) -> bool:
    """Some questions are for one origin only; a source that has begun must be whole."""
    of_source = "sources."
    has_source = question.name.startswith(of_source) and any(name.startswith(of_source) for name in answers)
    return has_source or question.only_for in ("", answers.get("origin"))


def _judge_flags(flags: dict[str, Any], desk: Desk) -> tuple[Answers, dict[str, list[str]]]:
    """The good answers among the flags, and the sentences about the bad ones, by flag."""
    answers: Answers = {}
    bad: dict[str, list[str]] = {}
    for question in QUESTIONS:
        given = flags.get(_parameter(question))
        if not given:
            if given == "":
                bad[question.flag] = [describe_problem(missing_problem(question), desk.config.lang)]
            continue
        if _takes_several(question):
            answer: Answer = [one for part in given for one in understand(question, part, desk)]
        else:
            answer = understand(question, given, desk)
        if not answer and not question.needed:  # null, said aloud
            continue
        if problems := find_problems(question, answer, answers, desk):
            bad[question.flag] = [describe_problem(one, desk.config.lang) for one in problems]
        else:
            answers[question.name] = answer
    return answers, bad


def _ask_all(answers: Answers, desk: Desk) -> Answers:
    """Ask what the flags left open, each question until its answer is good."""
    print(say("new-intro", desk.config.lang, number=desk.next_id), file=sys.stderr)
    for question in QUESTIONS:
        if question.name in answers or not _applies(question, answers):
            continue
        answer = _ask(question, answers, desk)
        if answer:
            answers = answers | {question.name: answer}
    return answers


def _ask(question: Question, answers: Answers, desk: Desk) -> Answer:
    """One answer; "" if it was left empty and may be."""
    lang = desk.config.lang
    default = suggest_slug(answers.get("title")) if question.name == SLUG else question.if_blank
    print(f"\n{_label(question, lang)}", file=sys.stderr)
    _show_choices(question, desk)
    hint = "" if question.needed else say("new-optional", lang, default=default or say("new-skipped", lang))
    while True:
        typed = click.prompt(hint, default="", show_default=False, prompt_suffix="> ", err=True)
        answer = understand(question, str(typed), desk) or default
        if not answer and not question.needed:
            return ""
        if not answer:
            problems = [missing_problem(question)]
        else:
            problems = find_problems(question, answer, answers, desk)
        if not problems:
            return answer
        for problem in problems:
            print(f"  {describe_problem(problem, lang)}", file=sys.stderr)


def _show_choices(question: Question, desk: Desk) -> None:
    names = {term.slug: term.name if desk.config.lang == "vi" else term.name_en for term in desk.terms(question)}
    for number, word in enumerate(allowed_answers(question, desk), 1):
        print(f"  {number:2} {word}" + (f" – {names[word]}" if word in names else ""), file=sys.stderr)
    if _takes_several(question):
        print("  " + say("new-several", desk.config.lang), file=sys.stderr)


def _with_blanks(answers: Answers) -> Answers:
    """What was not asked or left empty stands for something where the model wants a value."""
    blanks: Answers = {
        question.name: question.if_blank
        for question in QUESTIONS
        if question.if_blank and _applies(question, answers) and question.name not in answers
    }
    return blanks | answers


def _write(slug: str, answers: Answers, desk: Desk) -> int:
    config = desk.config
    path = desk.folder / f"{slug}.md"
    text = compose_text(make_values(answers, desk), desk.vocabularies.slugs)
    try:
        place_file(text, path)
    except FileExistsError:
        print(say("new-exists", config.lang, path=path), file=sys.stderr)
        return EXIT_USAGE
    except OSError as error:
        print(say("new-not-written", config.lang, path=path, detail=error.strerror or error), file=sys.stderr)
        return EXIT_FAILURE
    print(show_path(path))
    if not config.quiet:
        print(say("new-written", config.lang, number=desk.next_id))
        print(say("new-next", config.lang, command=show_command(config, "check", path)))
    return 0
