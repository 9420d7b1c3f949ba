"""The exhibits as data, from which the catalogue's script makes cards that equal those of components/hang.html.

In: a Site. Out: chunks of a few neighbouring SK numbers, with the words of a card; for each exhibit its details (cloth,
summary, searched text), which are fetched once its card is seen; and a Blank, which components/card-blank.html prints.
Bytes of JSON: packing and naming the files is left to the caller. The index of words is made elsewhere.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from expo.model import Expo, Initiative, Term
from expo.render.covers import choose_accent
from expo.render.pages import Site
from expo.render.views.cards import State, make_card, make_state
from expo.render.words import tie
from expo.search.texts import initiative_texts

FEW = 100  # up to so many exhibits eight numbers share a file; the newest are on the page anyway
SINGLE = 2000  # up to so many, a card is a file: the names of the files, which the page loads first, stay a few KB
ADDRESS = "/sang-kien/"

SHOWN_FIELDS = ("body", "replies", "filing")  # of the searched ones, those that a card does not show anyway

_HEADING = re.compile(r"^#{1,6} (.*)\n+", re.MULTILINE)
_LINE_MARKS = re.compile(r"^(?: ?(?:[>|]|(?:[-*+]|\d{1,3}[.)])(?= )))+ ?", re.MULTILINE)
_RULE = re.compile(r"^[ |:*_-]+$|\|$", re.MULTILINE)
# Each way begins with its letter, by which Python's engine skips all that is none: a fourth of the time.
_SIGNS = re.compile(r"\*\**|``*|~~|__*(?!\w)|_(?<!\w_)_*|\[|\]")
_GAP = re.compile(r" (?=[.,;:!?)](?:\s|$))")  # where a citation or an address stood


@dataclass(frozen=True, slots=True)
class Blank:
    """A card without words, and every stage and reply state by the key that the rows of the chunks have."""

    stages: tuple[Term, ...]
    states: Mapping[str, State]
    address: str = ADDRESS
    number: str = ""
    title: str = ""
    lang: str = "vi"
    place: str = ""
    who: str = ""


def make_blank(site: Site) -> Blank:
    """The parts of all cards of a site."""
    states = {_state_key(one): make_state(site, one) for one in site.expo.newest}
    return Blank(site.expo.vocabularies["stages"], dict(sorted(states.items())))


def card_details(site: Site, known: Collection[int] = ()) -> Iterator[tuple[int, bytes]]:
    """SK number, {"cover": SVG of the cloth, "summary": text, "body": searched text, a line for each paragraph}.

    They follow from the number and the texts of an exhibit alone. Those that are `known` are left out.
    """
    expo = site.searched or site.expo
    return ((one.number, _make_detail(site, expo, one)) for one in expo.newest if one.number not in known)


def _make_detail(site: Site, expo: Expo, one: Initiative) -> bytes:
    texts = initiative_texts(expo, one)
    cover, body = site.loom.cover_svg(one.id, str(one.number)), searched_text(texts)
    return _to_json({"cover": cover, "summary": texts["summary"], "body": body})


def chunk_bits(expo: Expo) -> int:
    """Numbers that differ in their last so many bits only share a chunk."""
    count = len(expo.initiatives)
    if count <= FEW:
        return 3
    return 0 if count <= SINGLE else 2


def card_chunks(site: Site, details: Mapping[int, bytes], detail_hash: Callable[[bytes], str]) -> dict[int, bytes]:
    """Number of the chunk (SK number >> chunk_bits) → rows of its exhibits. `detail_hash` names their details."""
    bits = chunk_bits(site.expo)
    chunks: dict[int, list[list[object]]] = defaultdict(list)
    for one in sorted(site.expo.newest, key=lambda one: one.number):
        chunks[one.number >> bits].append([*_card_row(site, one), detail_hash(details[one.number])])
    return {chunk: _to_json(rows) for chunk, rows in chunks.items()}


def searched_text(texts: Mapping[str, str]) -> str:
    """Words that are searched but not on the card, to be read: no signs of Markdown, headings before their text.

    `texts` are those of expo/search/texts.py.
    """
    text = _tidy_lines("\n".join(texts[field] for field in SHOWN_FIELDS)) + "\n"
    text = _SIGNS.sub("", _RULE.sub("", _LINE_MARKS.sub("", _HEADING.sub(_open_heading, text))))
    return _tidy_lines(_GAP.sub("", text.replace(" | ", " · ")))


def _tidy_lines(text: str) -> str:
    """One space between words, no empty lines."""
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)


def _open_heading(heading: re.Match[str]) -> str:
    """Before the text that follows it; one that ends as a sentence does keeps its line."""
    words = heading[1].rstrip("# ")
    return words + ("\n" if words.endswith((".", ":", "?", "!")) else ": ")


def _card_row(site: Site, initiative: Initiative) -> list[object]:
    card = make_card(site, initiative)
    accent = choose_accent(initiative.id, card.theme)
    words = [initiative.slug, tie(card.title), tie(card.place), card.who]
    return [initiative.number, *words, card.stage.slug, _state_key(initiative), card.theme, accent]


def _state_key(initiative: Initiative) -> str:
    """Reply states of one key have the same words: see make_state."""
    match initiative.reply_state:
        case "answered":
            return f"answered-{len(initiative.replies)}"
        case "none":
            return f"none-{initiative.origin}"
        case state:
            return state


def _to_json(values: object) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
