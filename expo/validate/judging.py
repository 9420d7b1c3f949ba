"""One document, with what it depends on → what is wrong with it, and its record.

In: whole documents, the lists, the day. Out: Problems of form, fields and rules, in the order in which they are told;
records of documents that have none. Nothing is remembered here but typed fields, so that a record is made of what was
typed to find the problems. Loads the table of fields and its engine: content.py asks only for documents that changed.
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from expo.fields import CollectionFields, EnglishFields, Fields, InitiativeFields, PageFields, ReplyFields
from expo.model import Collection, EnglishText, Initiative, Reply
from expo.places import Gazetteer
from expo.problems import Problem
from expo.read import RawDocument
from expo.validate.field_values import validate_fields
from expo.validate.lists import Vocabularies
from expo.validate.marks import check_plain_fields
from expo.validate.records import make_collection, make_initiative, make_reply
from expo.validate.rules import check_collection_text, check_initiative, check_page, check_reply

Table = TypeVar("Table", bound=Fields)


class Judge:
    """Judges the documents of one folder."""

    def __init__(self, vocabularies: Vocabularies, gazetteer: Gazetteer, latest_day: date) -> None:
        self._vocabularies, self._gazetteer, self._latest_day = vocabularies, gazetteer, latest_day
        self._slugs = vocabularies.known_slugs
        self._ways = {
            "exhibit": self._judge_exhibit,
            "english": self._judge_english,
            "collection": self._judge_collection,
            "text": self._judge_text,
            "page": self._judge_page,
            "form": self._judge_form,
        }
        self._typed: dict[str, tuple[Fields | None, list[Problem]]] = {}  # by path as shown

    def judge(
        self,
        kind: str,
        document: RawDocument,
        english: RawDocument | None = None,
        owner: RawDocument | None = None,
    ) -> list[Problem]:
        """What is wrong with a document of a kind. `owner` is the file of the exhibit whose number a reply names.

        Of an exhibit and its English: with the front matter. The rest can be told without all this (content.py).
        """
        if kind == "reply":
            return self._judge_reply(document, english, owner)
        return self._ways[kind](document)

    def make(
        self, kind: str, document: RawDocument, english: RawDocument | None, exhibit: Initiative | None
    ) -> Initiative | Reply | Collection:
        """The record of a document that is right, with its translation, and for a reply with its exhibit."""
        if kind == "exhibit":
            return self._make_initiative(document, english)
        body_en = english.body if english else ""
        if exhibit is not None:
            return make_reply(self._fields(document, ReplyFields), document, body_en, exhibit, self._gazetteer)
        return make_collection(self._fields(document, CollectionFields), document, body_en)

    def _judge_exhibit(self, document: RawDocument) -> list[Problem]:
        problems = [*document.front_problems, *self._find_in_fields(document, InitiativeFields)]
        return problems if document.values is None else problems + check_initiative(document, self._gazetteer)

    def _judge_english(self, document: RawDocument) -> list[Problem]:
        return [*document.front_problems, *self._find_in_fields(document, EnglishFields)]

    def _judge_reply(
        self, document: RawDocument, english: RawDocument | None, owner: RawDocument | None
    ) -> list[Problem]:
        problems = self._judge_fields(document, ReplyFields)
        if document.values is None:
            return problems
        return problems + check_reply(document, english, owner, self._gazetteer)

    def _judge_collection(self, document: RawDocument) -> list[Problem]:
        problems = self._judge_fields(document, CollectionFields)
        return problems if document.values is None else problems + check_collection_text(document)

    def _judge_page(self, document: RawDocument) -> list[Problem]:
        problems = self._judge_fields(document, PageFields)
        return problems if document.values is None else problems + check_page(document)

    def _judge_text(self, document: RawDocument) -> list[Problem]:
        return [*document.problems, *check_collection_text(document)]

    def _judge_form(self, document: RawDocument) -> list[Problem]:
        return list(document.problems)

    def _make_initiative(self, document: RawDocument, english: RawDocument | None) -> Initiative:
        fields = self._fields(document, InitiativeFields)
        text = None
        if english is not None:
            typed = self._fields(english, EnglishFields)
            path = english.path.relative_to(english.path.parents[1]).as_posix()
            text = EnglishText(typed.title, typed.summary, english.body, path)
        return make_initiative(fields, document, text, self._vocabularies, self._gazetteer)

    def _judge_fields(self, document: RawDocument, table: type[Table]) -> list[Problem]:
        return [*document.problems, *self._find_in_fields(document, table)]

    def _find_in_fields(self, document: RawDocument, table: type[Table]) -> list[Problem]:
        if document.values is None:
            return []
        return [*self._type(document, table)[1], *check_plain_fields(document)]

    def _fields(self, document: RawDocument, table: type[Table]) -> Table:
        fields, problems = self._type(document, table)
        if fields is None:
            raise ValueError(f"{document.shown} is no record: {problems}")
        return fields

    def _type(self, document: RawDocument, table: type[Table]) -> tuple[Table | None, list[Problem]]:
        if document.shown not in self._typed:
            self._typed[document.shown] = validate_fields(document, table, self._slugs, self._latest_day)
        fields, problems = self._typed[document.shown]
        assert fields is None or isinstance(fields, table)
        return fields, problems
