"""Several words that count as one: names of places of both lists.

In: an Expo. Out: Units; and for the words of a query, which of them are units ("Hà Nam" is a place, and not whatever
holds "hà" and "nam"). theme/static/js/search/query.js does the same to a query. Abbreviations are no units: texts are
indexed under both of their forms (abbreviations.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from expo.model import Expo, Place
from expo.text import Token, fold_text, split_tokens

BEFORE_PLACE = (("thanh", "pho"), ("tinh",), ("tp",))  # these say nothing of their own before a place


@dataclass(frozen=True, slots=True)
class Unit:
    """Runs are exact words with a space between. Of a name of a place: all that bear it, and the one it leads to."""

    runs: tuple[str, ...]
    places: tuple[Place, ...] = ()
    leads_to: Place | None = None


def make_units(expo: Expo) -> tuple[Unit, ...]:
    """All units; no two share a run."""
    return tuple(_place_units(expo))


def _place_units(expo: Expo) -> Iterator[Unit]:
    """A unit for every set of places that share names."""
    places_of: dict[str, list[Place]] = defaultdict(list)
    exact_of: dict[str, str] = {}
    for place in (*expo.places_63, *expo.places_34, *expo.special_places):
        names = (place.name, place.full_name, *place.aliases, place.name_en)  # with marks before without
        for run in [run for name in names for run in make_runs(name)]:
            folded = fold_text(run)
            exact_of.setdefault(folded, run)
            if place not in places_of[folded]:
                places_of[folded].append(place)
    groups: dict[tuple[Place, ...], list[str]] = defaultdict(list)
    for folded, places in places_of.items():
        if any(folded.removeprefix(" ".join(title) + " ") in places_of.keys() - {folded} for title in BEFORE_PLACE):
            continue  # "tỉnh Bắc Ninh" is Bắc Ninh, whichever kind of unit it is today
        groups[_leading_place(places, folded), *places].append(exact_of[folded])
    for (leads_to, *bearers), runs in groups.items():
        yield Unit(tuple(runs), tuple(bearers), leads_to)


def _leading_place(places: list[Place], folded: str) -> Place:
    """The place so called, today's before that of old; for an alias today's."""
    today_first = sorted(places, key=lambda place: place.scheme == "63")
    named = (place for place in today_first if folded in (fold_text(place.name), fold_text(place.full_name)))
    return next(named, today_first[0])


def make_runs(name: str) -> tuple[str, ...]:
    """A name as exact words with spaces between; all in capitals and in parts also joined: "tp hcm", "tphcm"."""
    parts = [token.exact for token in split_parts(split_tokens(name))]
    if name.upper() == name and len(parts) > 1:
        return " ".join(parts), "".join(parts)
    return (" ".join(parts),) if parts else ()


def split_parts(tokens: Iterable[Token]) -> list[Token]:
    """The tokens without the joined forms, which stand behind the parts that they span."""
    parts: list[Token] = []
    for token in tokens:
        if not parts or token.start >= parts[-1].end:
            parts.append(token)
    return parts


def find_units(words: Sequence[Token], units: Iterable[Unit]) -> list[Token | Unit]:
    """The words of a query with the longest units in place of theirs; typed marks must be the unit's own."""
    known: dict[str, tuple[list[str], Unit]] = {}
    for unit in units:
        for run in unit.runs:
            known.setdefault(fold_text(run), (run.split(), unit))
    longest = max((len(run) for run, _ in known.values()), default=0)
    pieces: list[Token | Unit] = []
    at = 0
    while at < len(words):
        found, length = _find_unit(words[at : at + longest], known)
        if found and found.places:
            _drop_title(pieces)
        pieces.append(found or words[at])
        at += length
    return pieces


def _find_unit(words: Sequence[Token], known: Mapping[str, tuple[list[str], Unit]]) -> tuple[Unit | None, int]:
    for length in range(len(words), 0, -1):
        run = words[:length]
        found = known.get(" ".join(word.folded for word in run))
        if found and all(word.exact in (word.folded, own) for word, own in zip(run, found[0], strict=True)):
            return found[1], length
    return None, 1


def _drop_title(pieces: list[Token | Unit]) -> None:
    for title in BEFORE_PLACE:
        last = pieces[-len(title) :]
        if tuple(piece.folded if isinstance(piece, Token) else "" for piece in last) == title:
            del pieces[-len(title) :]
            return
