"""The whole of a content folder: every mistake in one list, and the Expo when there is none.

In: RawContent and Config. Out: CheckedContent. Calls the other modules of this room in order: fields of each file,
rules within a file, rules between files. A file with mistakes never stops the rest from being looked at; records are
made only when nothing is wrong anywhere, so that nothing that makes them has to doubt what it gets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from expo.config import Config
from expo.fields import CollectionFields, EnglishFields, Fields, InitiativeFields, PageFields, ReplyFields
from expo.model import EnglishText, Expo, Initiative, Redirect, Reply
from expo.places import Gazetteer, load_gazetteer
from expo.problems import Problem, has_errors, sort_problems
from expo.read import RawContent, RawDocument
from expo.validate.across import (
    Retired,
    check_collection,
    check_companions,
    check_ids,
    check_references,
    check_reply_owners,
    check_retired_targets,
    check_slugs,
    validate_retired,
)
from expo.validate.field_values import validate_fields
from expo.validate.pictures import Pictures
from expo.validate.privacy import check_privacy
from expo.validate.records import make_collection, make_initiative, make_reply
from expo.validate.rules import check_collection_text, check_english, check_initiative, check_page, check_reply
from expo.validate.vocabularies import Vocabularies, validate_vocabularies

Table = TypeVar("Table", bound=Fields)


@dataclass
class CheckedContent:
    """What checking found. `expo` is None if a mistake forbids building."""

    problems: list[Problem]
    initiative_count: int
    reply_count: int
    used_ids: tuple[str, ...]
    expo: Expo | None = None
    drafts: tuple[str, ...] = ()


@dataclass
class _Work:
    raw: RawContent
    vocabularies: Vocabularies
    retired: Retired
    gazetteer: Gazetteer
    show_drafts: bool
    latest_day: date
    problems: list[Problem] = field(default_factory=list)
    said: set[tuple[str, int, str]] = field(default_factory=set)  # path, line, field
    initiatives: list[tuple[InitiativeFields, RawDocument]] = field(default_factory=list)
    english: dict[str, EnglishText] = field(default_factory=dict)  # by slug
    replies: list[tuple[ReplyFields, RawDocument, str]] = field(default_factory=list)
    collections: list[tuple[CollectionFields, RawDocument, str]] = field(default_factory=list)
    pictures: Pictures = field(default_factory=Pictures)

    def add(self, found: Iterable[Problem]) -> None:
        """Keep what was found, but one complaint only about one field on one line: the first is the nearest."""
        for problem in found:
            place = (problem.path, problem.line, problem.field)
            if problem.field and place in self.said:
                continue
            self.said.add(place)
            self.problems.append(problem)


def validate_content(raw: RawContent, config: Config) -> CheckedContent:
    """Check everything; build the Expo if nothing is wrong."""
    vocabularies = validate_vocabularies(raw, config)
    retired = validate_retired(raw.retired)
    work = _Work(raw, vocabularies, retired, load_gazetteer(), config.show_drafts, config.latest_day)
    work.add([*raw.problems, *vocabularies.problems, *retired.problems])
    _validate_initiatives(work)
    _validate_replies(work)
    _validate_other_pictures(work)
    _validate_collections(work)
    _validate_pages(work)
    _validate_across(work)
    work.problems += check_privacy(raw)
    used = tuple(sorted({*_owners(raw), *retired.ids}))
    checked = CheckedContent(sort_problems(work.problems), len(raw.initiatives), len(raw.replies), used)
    if not has_errors(checked.problems):
        checked.expo, checked.drafts = _make_expo(work)
    return checked


def _owners(raw: RawContent) -> dict[str, RawDocument]:
    """SK number → the first file that bears it, as written, whatever else may be wrong there."""
    owners: dict[str, RawDocument] = {}
    for document in raw.initiatives:
        number = document.values.get("id") if document.values else None
        if isinstance(number, str):
            owners.setdefault(number, document)
    return owners


def _validate_document(document: RawDocument, table: type[Table], work: _Work) -> Table | None:
    """The typed values of a document; None, with its problems told, if anything in them is wrong."""
    work.add(document.problems)
    if document.values is None:
        return None
    fields, found = validate_fields(document, table, work.vocabularies.slugs, work.latest_day)
    work.add(found)
    return fields


def _validate_initiatives(work: _Work) -> None:
    originals = {document.slug: document for document in work.raw.initiatives}
    for document in work.raw.initiatives:
        fields = _validate_document(document, InitiativeFields, work)
        if document.values is None:
            continue
        work.add(check_initiative(document, work.gazetteer) + work.pictures.check_named(document, document))
        if fields is not None:
            work.initiatives.append((fields, document))
    for document in work.raw.english:
        text = _validate_document(document, EnglishFields, work)
        original = originals.get(document.slug)
        if original is not None and original.values is not None:
            work.add(check_english(document, original))
        if text is not None:
            path = document.path.relative_to(document.path.parents[1]).as_posix()
            work.english[document.slug] = EnglishText(text.title, text.summary, document.body, path)


def _validate_replies(work: _Work) -> None:
    owners = _owners(work.raw)
    english = {(document.path.parent, document.slug): document for document in work.raw.replies_english}
    for document in work.raw.replies:
        fields = _validate_document(document, ReplyFields, work)
        translation = english.get((document.path.parent, document.slug))
        if document.values is None:
            continue
        owner = owners.get(str(document.values.get("initiative")))
        work.add(check_reply(document, translation, owner, work.gazetteer))
        if owner is not None:
            work.add(work.pictures.check_named(document, owner))
        if fields is not None:
            work.replies.append((fields, document, translation.body if translation else ""))
    for document in work.raw.replies_english:
        work.add(document.problems)


def _validate_other_pictures(work: _Work) -> None:
    """Files beside exhibits that nothing names. Where a file could not be read, nobody knows what it names."""
    raw = work.raw
    slugs = {document.slug for document in raw.initiatives}
    files = [path for path in raw.pictures if path.parent.name in slugs]  # else their folder is complained of
    kept = None
    if raw.numbers_are_known and all(document.values is not None for document in raw.replies):
        consents = (document.values.get("consent") for document in raw.initiatives)
        kept = {name for name in consents if isinstance(name, str)}  # papers that are meant to lie there unseen
    work.add(work.pictures.check_others(files, raw.folder, kept))


def _validate_collections(work: _Work) -> None:
    """Each walk by itself; that its exhibits exist is looked at with what else leads from file to file."""
    english = {document.slug: document for document in work.raw.collections_english}
    for document in work.raw.collections:
        fields = _validate_document(document, CollectionFields, work)
        if document.values is None:
            continue
        work.add(check_collection_text(document))
        if fields is not None:
            translation = english.get(document.slug)
            work.collections.append((fields, document, translation.body if translation else ""))
    for document in work.raw.collections_english:
        work.add(document.problems + check_collection_text(document))


def _validate_pages(work: _Work) -> None:
    """Pages are read and rendered by Pelican, which would only log what is wrong with them."""
    for document in work.raw.pages + work.raw.pages_english:
        _validate_document(document, PageFields, work)
        if document.values is not None:
            work.add(check_page(document))


def _validate_across(work: _Work) -> None:
    documents = work.raw.initiatives
    slugs = {number: document.slug for number, document in _owners(work.raw).items()}
    work.add(check_ids(documents, work.retired))
    work.add(check_slugs(documents, work.retired))
    work.add(check_companions(work.raw))
    known = slugs if work.raw.numbers_are_known else None
    for document in work.raw.collections:
        work.add(check_collection(document, known, work.retired))
    if work.raw.numbers_are_known:
        work.add(check_references(documents, slugs))
        work.add(check_reply_owners(work.raw.replies, slugs))
        work.add(check_retired_targets(work.retired, slugs))


def _make_expo(work: _Work) -> tuple[Expo, tuple[str, ...]]:
    """The records of content in which nothing is wrong, and the numbers of drafts."""
    everyone: dict[str, Initiative] = {}
    for fields, document in work.initiatives:
        text = work.english.get(document.slug)
        everyone[fields.id] = make_initiative(fields, document, text, work.vocabularies, work.gazetteer)
    replies: dict[str, list[Reply]] = {number: [] for number in everyone}
    for reply_fields, document, body_en in work.replies:
        owner = everyone[reply_fields.initiative]
        replies[owner.id].append(make_reply(reply_fields, document, body_en, owner, work.gazetteer))
    shown = [
        replace(one, replies=tuple(sorted(replies[one.id], key=lambda reply: reply.sort_key, reverse=True)))
        for one in sorted(everyone.values(), key=lambda one: one.number)
        if work.show_drafts or not one.draft
    ]
    redirects = [Redirect(slug, "", one.id) for one in shown for slug in one.former_slugs]
    shown_ids = {one.id for one in shown}
    redirects += [
        Redirect(slug, entry.id if slug == entry.slug else "", entry.merged_into)
        for entry in work.retired.entries
        if entry.merged_into and entry.merged_into in shown_ids
        for slug in entry.slugs
    ]
    expo = Expo(
        initiatives=tuple(shown),
        places_63=work.gazetteer.places_63,
        places_34=work.gazetteer.places_34,
        special_places=work.gazetteer.special,
        themes=work.vocabularies.terms["themes"],
        vocabularies=work.vocabularies.terms,
        abbreviations=work.vocabularies.abbreviations,
        same_words=work.vocabularies.same_words,
        redirects=tuple(redirects),
        withdrawn=tuple((entry.id, slug) for entry in work.retired.entries if entry.withdrawn for slug in entry.slugs),
        collections=tuple(walk for one in work.collections if (walk := make_collection(*one, shown_ids)).stops),
    )
    return expo, tuple(one.id for one in everyone.values() if one.draft)
