"""`search QUERY`: find exhibits on the command line, by words, by filters of the catalogue, or both. Also `--json`.

In: a query, filters, options. Out: results on stdout, what must be said of them on stderr; 0 also when nothing is
found. The index (Whoosh) is made when first asked for; filters alone need none and list newest first.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from expo.cli.exit_codes import EXIT_CONTENT
from expo.cli.options import common_options, config_of, tell
from expo.cli.printing import print_problems
from expo.cli.search_filters import Filters, filter_exhibits, filter_options, filters_of
from expo.cli.search_results import make_result, print_json, print_results
from expo.cli.sentences import say
from expo.config import Config
from expo.problems import shorten_value

if TYPE_CHECKING:
    from expo.search.whoosh_index import Answer


def make_command(language: str) -> click.Command:
    """The command with its help in a language."""

    @click.command("search", help=say("help-search", language))
    @common_options(language)
    @filter_options(language)
    @click.option("--json", "as_json", is_flag=True, help=say("help-json", language))
    @click.option(
        "--limit",
        type=click.IntRange(1, 1000),
        default=20,
        show_default=True,
        help=say("help-limit", language),
    )
    @click.argument("query", nargs=-1, metavar=say("metavar-query", language))
    @click.pass_context
    def search(
        context: click.Context,
        /,
        content: Path | None,
        quiet: bool,
        lang: str,
        as_json: bool,
        limit: int,
        query: tuple[str, ...],
        **options: Any,
    ) -> int:
        filters = filters_of(options)
        if not query and not filters:
            missing = next(one for one in context.command.params if one.name == "query")
            raise click.MissingParameter(ctx=context, param=missing)
        return run_search(config_of(content, quiet, lang), " ".join(query), limit, as_json, filters)

    return search


def run_search(config: Config, query: str, limit: int, as_json: bool, filters: Filters | None = None) -> int:
    """Search and print. Returns the exit code."""
    from expo.pipeline import ContentIsWrong, load_expo

    try:
        expo = load_expo(config)
    except ContentIsWrong as error:
        print_problems(error.checked, error.checked.problems, config)
        return EXIT_CONTENT
    passing = filter_exhibits(expo, filters or {}, config.lang)
    answer = None
    found = [(initiative, 0.0) for initiative in passing]
    if query.strip() or not filters:
        from expo.search.whoosh_index import answer_query

        answer = answer_query(expo, config, query)
        numbers = {initiative.id for initiative in passing}
        found = [(hit.initiative, hit.score) for hit in answer.hits if hit.initiative.id in numbers]
        _tell_of_answer(query, answer, bool(found), config)
    wanted = answer.wanted if answer else ()
    results = [make_result(expo, initiative, score, wanted) for initiative, score in found[:limit]]
    if as_json:
        print_json(expo, results, config)
        return 0
    print_results(expo, results, wanted, config)
    _tell_how_many(query, len(found), limit, filters or {}, config)
    return 0


def _tell_of_answer(query: str, answer: Answer, found: bool, config: Config) -> None:
    """What was looked for in place of what was typed."""
    values = {"query": shorten_value(query), "meant": shorten_value(answer.meant)}
    if answer.is_cut:
        tell(say("search-cut", config.lang), config)
    if answer.is_mended and found:
        tell(say("search-mended", config.lang, **values), config)
    elif answer.meant:
        tell(say("search-meant", config.lang, **values), config)
    if answer.is_partial and found:
        tell(say("search-partial", config.lang), config)


def _tell_how_many(query: str, found: int, limit: int, filters: Mapping[str, Any], config: Config) -> None:
    if not found:
        key = "no-results-filtered" if filters else "no-results"
        tell(say(key, config.lang, query=shorten_value(query)), config)
    elif found > limit and sys.stdout.isatty():
        tell(say("search-more", config.lang, shown=limit, found=found), config)
