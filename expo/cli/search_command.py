"""`search QUERY`: find exhibits on the command line; one result a line, number first. Also `--json`.

In: a query, options. Out: results on stdout; 0 also when nothing is found. The index (Whoosh) is made when
first asked for.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from expo.cli.exit_codes import EXIT_CONTENT
from expo.cli.options import common_options, config_of
from expo.cli.printing import print_problems
from expo.cli.sentences import say
from expo.config import Config


def make_command(language: str) -> click.Command:
    """The command with its help in a language."""

    @click.command("search", help=say("help-search", language))
    @common_options(language)
    @click.option("--json", "as_json", is_flag=True, help=say("help-json", language))
    @click.option(
        "--limit",
        type=click.IntRange(1, 1000),
        default=20,
        show_default=True,
        help=say("help-limit", language),
    )
    @click.argument("query", nargs=-1, required=True, metavar=say("metavar-query", language))
    def search(content: Path | None, quiet: bool, lang: str, as_json: bool, limit: int, query: tuple[str, ...]) -> int:
        return run_search(config_of(content, quiet, lang), " ".join(query), limit, as_json)

    return search


def run_search(config: Config, query: str, limit: int, as_json: bool) -> int:
    """Search and print. Returns the exit code."""
    from expo.pipeline import ContentIsWrong, load_expo
    from expo.search.whoosh_index import search

    try:
        expo = load_expo(config)
    except ContentIsWrong as error:
        print_problems(error.checked, error.checked.problems, config)
        return EXIT_CONTENT
    hits = search(expo, config, query, limit)
    if as_json:
        rows = [
            {
                "id": hit.initiative.id,
                "slug": hit.initiative.slug,
                "title": hit.initiative.title,
                "places": [place.name for place in hit.initiative.places],
                "score": round(hit.score, 3),
            }
            for hit in hits
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for hit in hits:
        places = ", ".join(place.name for place in hit.initiative.places)
        print(f"{hit.initiative.id}  {hit.initiative.title} ({places})")
    if not hits and not config.quiet:
        print(say("no-results", config.lang, query=query), file=sys.stderr)
    return 0
