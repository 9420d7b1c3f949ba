"""The whole of a content folder: every mistake in one list, and the Expo when there is none.

In: RawContent and Config. Out: CheckedContent. Calls the other modules of this room in order; a file with mistakes is
left out of what follows it, but never stops the rest from being looked at.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from expo.config import Config
from expo.fields import EnglishFields, InitiativeFields, ReplyFields
from expo.model import EnglishText, Expo, Initiative, Reply
from expo.places import load_gazetteer
from expo.problems import Problem, has_errors, sort_problems
from expo.read import RawContent, RawDocument
from expo.validate.across import (
    Retired,
    check_companions,
    check_ids,
    check_references,
    check_reply_owners,
    check_slugs,
    validate_retired,
)
from expo.validate.field_values import validate_fields
from expo.validate.pictures import check_pictures
from expo.validate.records import Complaints, check_footnotes, make_initiative, make_reply
from expo.validate.vocabularies import Vocabularies, validate_vocabularies


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
    problems: list[Problem] = field(default_factory=list)
    initiatives: dict[str, Initiative] = field(default_factory=dict)  # by number
    replies: dict[str, list[Reply]] = field(default_factory=lambda: defaultdict(list))


def validate_content(raw: RawContent, config: Config) -> CheckedContent:
    """Check everything; build the Expo if nothing is wrong."""
    vocabularies = validate_vocabularies(raw, config)
    retired = validate_retired(raw.retired)
    work = _Work(raw, vocabularies, retired, [*raw.problems, *vocabularies.problems, *retired.problems])
    _validate_initiatives(work)
    _validate_across(work)
    _validate_replies(work)
    used = tuple(sorted({*_raw_ids(raw.initiatives), *retired.ids}))
    checked = CheckedContent(sort_problems(work.problems), len(raw.initiatives), len(raw.replies), used)
    if not has_errors(checked.problems):
        checked.expo = _assemble(work)
        checked.drafts = tuple(one.id for one in work.initiatives.values() if one.draft)
    return checked


def _raw_ids(documents: list[RawDocument]) -> list[str]:
    return [
        document.values["id"]
        for document in documents
        if document.values and isinstance(document.values.get("id"), str)
    ]


def _validate_initiatives(work: _Work) -> None:
    english = {document.slug: document for document in work.raw.english}
    for document in work.raw.initiatives:
        work.problems += document.problems
        translation = _validate_english(english.get(document.slug), work)
        if document.values is None:
            continue
        fields, found = validate_fields(document, InitiativeFields, work.vocabularies.slugs)
        work.problems += found
        if fields is None:
            continue
        initiative, found = make_initiative(fields, document, translation, work.vocabularies, load_gazetteer())
        complaints = Complaints(document)
        check_pictures(fields, complaints)
        work.problems += found + complaints.problems
        if translation is not None:
            companion = Complaints(english[document.slug])
            check_footnotes(english[document.slug], tuple(source.key for source in initiative.sources), companion)
            work.problems += companion.problems
        work.initiatives.setdefault(initiative.id, initiative)


def _validate_english(document: RawDocument | None, work: _Work) -> EnglishText | None:
    if document is None:
        return None
    work.problems += document.problems
    if document.values is None:
        return None
    fields, found = validate_fields(document, EnglishFields, {})
    work.problems += found
    if fields is None:
        return None
    path = document.path.relative_to(document.path.parents[1]).as_posix()
    return EnglishText(fields.title, fields.summary, document.body, path)


def _validate_across(work: _Work) -> None:
    documents = work.raw.initiatives
    slugs = {document.values["id"]: document.slug for document in documents if document.values and _raw_ids([document])}
    work.problems += check_ids(documents, work.retired)
    work.problems += check_slugs(documents, work.retired)
    work.problems += check_references(documents, slugs)
    work.problems += check_reply_owners(work.raw.replies, slugs)
    work.problems += check_companions(work.raw)


def _validate_replies(work: _Work) -> None:
    english = {(document.path.parent, document.slug): document for document in work.raw.replies_english}
    for document in work.raw.replies:
        work.problems += document.problems
        translation = english.get((document.path.parent, document.slug))
        if translation is not None:
            work.problems += translation.problems
        if document.values is None:
            continue
        fields, found = validate_fields(document, ReplyFields, work.vocabularies.slugs)
        work.problems += found
        initiative = work.initiatives.get(fields.initiative) if fields else None
        if fields is None or initiative is None or initiative.slug != document.path.parent.name:
            continue
        body_en = translation.body if translation else ""
        reply, found = make_reply(fields, document, body_en, initiative, load_gazetteer())
        work.problems += found
        if reply is not None:
            work.replies[initiative.id].append(reply)


def _assemble(work: _Work) -> Expo:
    gazetteer = load_gazetteer()
    shown = []
    for initiative in sorted(work.initiatives.values(), key=lambda one: one.number):
        replies = sorted(work.replies[initiative.id], key=lambda reply: reply.sort_key, reverse=True)
        if not initiative.draft:
            shown.append(replace(initiative, replies=tuple(replies)))
    redirects = [(slug, one.id) for one in shown for slug in one.former_slugs]
    redirects += [(entry.slug, entry.merged_into) for entry in work.retired.entries if entry.merged_into]
    return Expo(
        initiatives=tuple(shown),
        places_63=gazetteer.places_63,
        places_34=gazetteer.places_34,
        special_places=gazetteer.special,
        themes=work.vocabularies.terms["themes"],
        vocabularies=work.vocabularies.terms,
        abbreviations=work.vocabularies.abbreviations,
        redirects=tuple(redirects),
        withdrawn=tuple((entry.id, entry.slug) for entry in work.retired.entries if entry.withdrawn),
    )
