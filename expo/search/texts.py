"""What is searched of an exhibit: its words by field, heaviest field first, as plain text.

In: an Initiative and its Expo. Out: field name → text. The browser's index and the command line's both take their words
from here, so that they find the same. Markdown is not parsed: marks of form carry no letters, and what does (addresses
of links, keys of sources, names of picture files) is cut out.
"""

from __future__ import annotations

import re

from expo.model import Expo, Initiative, Place

# Weights of the fields. Title over place and number, over summary, over body, over replies (architecture); between
# place and body stand the words by which an exhibit is filed: who proposed it, its themes and channels.
FIELD_WEIGHTS = {"title": 8, "place": 6, "summary": 4, "filing": 3, "body": 2, "replies": 1}
RUNNING_TEXT = ("summary", "body", "replies")  # of the fields: a line break parts nothing, an empty line does

_SOURCE_MARK = re.compile(r"\[\^[^\]\n]*\]:?")
_ADDRESS = re.compile(r"\]\([^)\s]*(?:\s[^)]*)?\)|<?https?://\S+")


def plain_text(markdown: str) -> str:
    """Markdown without source marks and addresses; the words of links stay."""
    if "[^" in markdown:
        markdown = _SOURCE_MARK.sub(" ", markdown)
    return _ADDRESS.sub(" ", markdown) if "](" in markdown or "://" in markdown else markdown


def initiative_texts(expo: Expo, initiative: Initiative) -> dict[str, str]:
    """The text of each field of `FIELD_WEIGHTS`; newlines part what is no one sentence."""
    return {
        "title": _join(initiative.title, *initiative.tags),
        "place": _join(*_place_names(expo, initiative.places), initiative.place_text, initiative.id),
        "summary": initiative.summary,
        "filing": _join(
            initiative.proposer.name,
            *(term.name for term in (*initiative.themes, *initiative.channels)),
        ),
        "body": _join(
            plain_text(initiative.body),
            *(figure.label for figure in initiative.figures),
            *(text for _, text in initiative.criteria),
            initiative.proposer.note,
            initiative.province_note,
            initiative.started_note,
            initiative.stage_note,
            initiative.caveats,
        ),
        "replies": _join(
            *(_join(reply.office, plain_text(reply.body), reply.next_step) for reply in initiative.replies)
        ),
    }


def _place_names(expo: Expo, places: tuple[Place, ...]) -> list[str]:
    """Names of their time and of today, each once."""
    names = [name for place in places for name in (place.name, expo.today_of(place).name)]
    return list(dict.fromkeys(names))


def _join(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
