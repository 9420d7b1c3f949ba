"""Records ↔ JSON, for memory.py: exhibits, replies, walks, and what the lists of a folder say.

In: a record, or what `pack` made of one, and the terms and places that records refer to. Out: JSON as bytes, or an
equal record. Terms and places are written as references and come back as the very ones of the lists, so that all
records share them. A tuple within a tuple is named, as JSON has lists only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from expo import model
from expo.dates import PartialDate, Period
from expo.model import Place, Term
from expo.validate.lists import Vocabularies

RECORDS = [one for one in vars(model).values() if isinstance(one, type) and one.__module__ == model.__name__]
KINDS: list[type] = [PartialDate, Period, *filter(is_dataclass, RECORDS)]
BY_NAME = {kind.__name__: kind for kind in KINDS}
FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in KINDS}
TERM, PLACE, INNER = "#", "@", "()"
PLAIN = (str, int, float, bool, type(None))


class Packer:
    """Writes and reads the records of one folder."""

    def __init__(self, vocabularies: Vocabularies, places: Mapping[str, Place]) -> None:
        self._vocabularies = vocabularies
        self._places = places
        self._vocabulary_of = {term: name for name, terms in vocabularies.terms.items() for term in terms}

    def pack(self, record: object) -> bytes:
        """A record as JSON."""
        return json.dumps(self._to_plain(record), ensure_ascii=False, separators=(",", ":")).encode()

    def unpack(self, packed: bytes) -> Any:
        """The record that was packed."""
        return json.loads(packed, object_hook=self._make)

    def _to_plain(self, value: Any) -> Any:
        kind = type(value)
        if kind in PLAIN:
            return value
        if kind is tuple:
            return [{INNER: self._to_plain(one)} if type(one) is tuple else self._to_plain(one) for one in value]
        if kind is Place:
            return {PLACE: value.key}
        if kind is Term:
            return {TERM: [self._vocabulary_of[value], value.slug]}
        return {kind.__name__: [self._to_plain(getattr(value, name)) for name in FIELDS[kind]]}

    def _make(self, told: dict[str, Any]) -> Any:
        ((name, value),) = told.items()
        if name == PLACE:
            return self._places[value]
        if name == TERM:
            return self._vocabularies.term(*value)
        if name == INNER:
            return tuple(value)
        return BY_NAME[name](*[tuple(one) if type(one) is list else one for one in value])


def pack_lists(vocabularies: Vocabularies) -> bytes:
    """Vocabularies without their problems, as JSON."""
    terms = {
        name: [(one.slug, one.name, one.name_en, one.help, one.help_en) for one in those]
        for name, those in vocabularies.terms.items()
    }
    told = [terms, vocabularies.abbreviations, vocabularies.same_words, sorted(vocabularies.broken)]
    return json.dumps(told, ensure_ascii=False).encode()


def unpack_lists(packed: bytes) -> Vocabularies:
    """The same vocabularies."""
    terms, abbreviations, same_words, broken = json.loads(packed)
    return Vocabularies(
        terms={name: tuple(Term(*row) for row in rows) for name, rows in terms.items()},
        abbreviations=tuple((short, full) for short, full in abbreviations),
        same_words=tuple(tuple(words) for words in same_words),
        broken=set(broken),
    )
