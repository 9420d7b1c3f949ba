"""How `search` prints what it found: lines for a pipe, colours for a terminal, rows for a program.

In: Results. Out: lines on stdout. A pipe gets one plain line a result, number first; a terminal also places, stage,
reply and the line that shows why, with the words marked; JSON is a list, and keys are added, never taken away. Letters
that a terminal would obey are taken out of the lines.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from expo.cli.sentences import say
from expo.config import Config
from expo.model import Expo, Initiative
from expo.problems import shorten_value
from expo.search.columns import REPLY_VALUES
from expo.search.excerpts import Excerpt, Wanted, find_excerpt, find_marks
from expo.search.texts import initiative_texts
from expo.text import normalise_text

if TYPE_CHECKING:
    from rich.text import Text

REPLY_SENTENCES = {"answered": "reply-answered", "results": "reply-results", "none": "reply-none"}
LONGEST_LINE = 1000
MARK, NUMBER, NOTE = "bold magenta", "cyan", "dim"


@dataclass(frozen=True, slots=True)
class Result:
    """An exhibit with its score, and why it was found: None where only filters were asked for, or its number."""

    initiative: Initiative
    score: float
    why: Excerpt | None


def make_result(expo: Expo, initiative: Initiative, score: float, wanted: Sequence[Wanted]) -> Result:
    """Look for the line that shows why."""
    return Result(initiative, score, find_excerpt(initiative_texts(expo, initiative), wanted) if wanted else None)


def print_json(expo: Expo, results: Sequence[Result], config: Config) -> None:
    """A list, best first; `marks` are spans in `text`."""
    print(json.dumps([_make_row(expo, result, config) for result in results], ensure_ascii=False, indent=2))


def _make_row(expo: Expo, result: Result, config: Config) -> dict[str, Any]:
    initiative, why = result.initiative, result.why
    return {
        "id": initiative.id,
        "slug": initiative.slug,
        "title": initiative.title,
        "address": f"{config.site_url}/sang-kien/{initiative.slug}/",
        "places": [place.name for place in initiative.places],
        "provinces": list(dict.fromkeys(expo.today_of(place).slug for place in initiative.places)),
        "themes": [theme.slug for theme in initiative.themes],
        "stage": initiative.stage.slug,
        "reply": REPLY_VALUES[initiative.reply_state],
        "score": round(result.score, 3),
        "why": {"field": why.field, "text": why.text, "marks": [list(span) for span in why.marks]} if why else None,
    }


def print_results(expo: Expo, results: Sequence[Result], wanted: Sequence[Wanted], config: Config) -> None:
    """Lines for whoever reads."""
    if sys.stdout.isatty():
        _print_coloured(expo, results, wanted, config.lang)
        return
    for result in results:
        places = ", ".join(place.name for place in result.initiative.places)
        print(f"{result.initiative.id}  {shorten_value(f'{result.initiative.title} ({places})', LONGEST_LINE)}")


def _print_coloured(expo: Expo, results: Sequence[Result], wanted: Sequence[Wanted], lang: str) -> None:
    from rich.console import Console, Group
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    for result in results:
        title = normalise_text(result.initiative.title)
        lines = [_mark(title, find_marks(title, wanted)), Text(_describe(expo, result.initiative, lang), style=NOTE)]
        if result.why and result.why.field not in ("title", "place"):
            lines.append(_mark(result.why.text, result.why.marks))
        table.add_row(Text(result.initiative.id, style=NUMBER), Group(*lines, ""))
    if results:
        Console(file=sys.stdout).print(table)


def _mark(text: str, spans: Sequence[tuple[int, int]]) -> Text:
    from rich.text import Text

    marked = Text(text)
    for start, end in spans:
        marked.stylize(MARK, start, end)
    return marked


def _describe(expo: Expo, initiative: Initiative, lang: str) -> str:
    """Places with their name of today, stage, reply."""
    places = []
    for place in initiative.places:
        own, today = ((one.name, one.name_en)[lang == "en"] for one in (place, expo.today_of(place)))
        places.append(own if own == today else say("place-now", lang, name=own, today=today))
    stage = initiative.stage.name if lang == "vi" else initiative.stage.name_en
    parts = [", ".join(places), stage, say(REPLY_SENTENCES[initiative.reply_state], lang)]
    return normalise_text(" · ".join(part for part in parts if part))
