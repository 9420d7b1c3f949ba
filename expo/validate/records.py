"""Clean fields → Initiative and Reply records, with the rules that tie the fields of one file together.

In: typed fields, their raw document, vocabularies, the gazetteer. Out: a record and a Problem for every broken rule:
what submitted and compiled entries need, sources that are cited but not listed, places that name no single unit.
Rules between files are across.py's; pictures are pictures.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from expo.dates import PartialDate
from expo.fields import InitiativeFields, ReplyFields, SourceFields
from expo.model import (
    Commitment,
    Endorsement,
    EnglishText,
    Figure,
    Initiative,
    Picture,
    Place,
    Proposer,
    Reply,
    Source,
)
from expo.places import Gazetteer, PlaceNotFound
from expo.problems import Problem, make_problem
from expo.read import RawDocument
from expo.read.yaml_values import ValuePath, format_path
from expo.validate.field_values import nearest_word
from expo.validate.vocabularies import Vocabularies

FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")


class Complaints:
    """Problems of one document, each put on its line."""

    def __init__(self, document: RawDocument) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def add(self, where: ValuePath, code: str, *, warning: bool = False, **values: object) -> None:
        """A problem with a field."""
        line = self.document.line_of(where)
        self.problems.append(
            make_problem(self.document.shown, line, format_path(where), code, warning=warning, **values)
        )


def make_initiative(
    fields: InitiativeFields,
    document: RawDocument,
    english: EnglishText | None,
    vocabularies: Vocabularies,
    gazetteer: Gazetteer,
) -> tuple[Initiative, list[Problem]]:
    """The record of one file and what its rules say. `replies` and `similar` are still empty."""
    complaints = Complaints(document)
    _check_origin(fields, complaints)
    keys = _check_sources(fields.sources, (), complaints)
    for index, figure in enumerate(fields.figures):
        if figure.source not in keys:
            _complain_source(("figures", index, "source"), figure.source, keys, complaints)
    check_footnotes(document, keys, complaints)
    for index, link in enumerate(fields.links):
        if link.startswith("http://"):
            complaints.add(("links", index), "http-address", warning=True, value=link)
    reference = fields.started or fields.submitted
    places = resolve_places(fields.province, reference, gazetteer, complaints)
    return _build_initiative(fields, document, english, vocabularies, places), complaints.problems


def _build_initiative(
    fields: InitiativeFields,
    document: RawDocument,
    english: EnglishText | None,
    vocabularies: Vocabularies,
    places: tuple[Place, ...],
) -> Initiative:
    proposer, endorsement = fields.proposer, fields.endorsement
    criteria = fields.criteria.model_dump(exclude_none=True) if fields.criteria else {}
    return Initiative(
        id=fields.id,
        slug=document.slug,
        former_slugs=fields.former_slugs,
        title=fields.title,
        summary=fields.summary,
        added=fields.added,
        updated=fields.updated,
        places=places,
        province_note=fields.province_note or "",
        place_text=fields.place or "",
        themes=tuple(vocabularies.term("themes", slug) for slug in fields.themes),
        aim=fields.aim or "",
        stage=vocabularies.term("stages", fields.stage),
        stage_note=fields.stage_note or "",
        proposer=Proposer(proposer.type, proposer.name, proposer.note or ""),
        origin=fields.origin,
        submitted=fields.submitted,
        started=fields.started,
        started_note=fields.started_note or "",
        channels=tuple(vocabularies.term("channels", slug) for slug in fields.channels),
        endorsement=Endorsement(**endorsement.model_dump() | {"date": endorsement.date}) if endorsement else None,
        figures=tuple(
            Figure(
                one.label,
                one.label_en or "",
                one.value,
                one.unit,
                one.unit_en or "",
                one.qualifier,
                one.as_of,
                one.source,
                one.weak,
            )
            for one in fields.figures
        ),
        criteria=tuple(criteria.items()),
        cover=_make_picture(fields.cover) if fields.cover else None,
        gallery=tuple(_make_picture(one) for one in fields.gallery),
        links=fields.links,
        video=fields.video or "",
        sources=tuple(make_source(one) for one in fields.sources),
        evidence=fields.evidence or "",
        caveats=fields.caveats or "",
        adapted_from=fields.adapted_from,
        related=fields.related,
        contact=fields.contact or "",
        tags=fields.tags,
        draft=fields.draft,
        body=document.body,
        english=english,
        path=document.path.relative_to(document.path.parents[1]).as_posix(),
    )


def _make_picture(fields: object) -> Picture:
    file, alt, credit, licence = (getattr(fields, name) or "" for name in ("file", "alt", "credit", "licence"))
    return Picture(file, alt, credit, licence)


def make_source(fields: SourceFields) -> Source:
    """A Source record of its fields."""
    return Source(
        fields.key, fields.title, fields.address, fields.publisher, fields.date, fields.kind, fields.note or ""
    )


def _check_origin(fields: InitiativeFields, complaints: Complaints) -> None:
    """What submitted entries must and compiled ones must not have (content model, `aim`, `submitted`, `sources`)."""
    given = complaints.document.values
    if fields.origin == "submitted":
        for name in ("aim", "submitted"):
            if given.get(name) is None:
                complaints.add((name,), "needed-when-submitted")
        return
    for name in ("aim", "submitted", "endorsement"):
        if given.get(name) is not None:
            complaints.add((name,), "only-when-submitted")
    if not fields.sources:
        complaints.add(("sources",), "needed-when-compiled")


def _check_sources(sources: Sequence[SourceFields], where: ValuePath, complaints: Complaints) -> tuple[str, ...]:
    """Keys are used once; the keys."""
    first_lines: dict[str, int] = {}
    for index, source in enumerate(sources):
        here = (*where, "sources", index, "key")
        if source.key in first_lines:
            complaints.add(here, "repeated-source", value=source.key, first=first_lines[source.key])
        first_lines.setdefault(source.key, complaints.document.line_of(here))
    return tuple(first_lines)


def _complain_source(where: ValuePath, key: str, keys: tuple[str, ...], complaints: Complaints) -> None:
    complaints.add(where, "unknown-source", value=key, allowed=list(keys), suggestion=nearest_word(key, keys))


def find_footnotes(body: str) -> Iterator[tuple[int, str]]:
    """(line from 0, key) of every [^key] in a body."""
    for number, line in enumerate(body.split("\n")):
        for match in FOOTNOTE.finditer(line):
            yield number, match[1]


def check_footnotes(document: RawDocument, keys: tuple[str, ...], complaints: Complaints) -> None:
    """Every [^key] of a body names a source."""
    for number, key in find_footnotes(document.body):
        if key not in keys:
            line = document.body_line + number
            complaints.problems.append(
                make_problem(
                    document.shown, line, "", "unknown-footnote", value=key, suggestion=nearest_word(key, keys)
                )
            )


def resolve_places(
    names: Sequence[str], date: PartialDate | None, gazetteer: Gazetteer, complaints: Complaints
) -> tuple[Place, ...]:
    """The places that `province` names; those that can't be found are complained of and left out."""
    places = []
    for index, name in enumerate(names):
        where: ValuePath = ("province", index) if ("province", index) in complaints.document.lines else ("province",)
        try:
            places.append(gazetteer.resolve(name, date))
        except PlaceNotFound as error:
            several = len(error.choices) > 1
            complaints.add(
                where, error.code, value=name,
                allowed=list(error.choices) if several else (),
                suggestion=error.choices[0] if len(error.choices) == 1 else "",
            )  # fmt: skip
    return tuple(places)


def make_reply(
    fields: ReplyFields,
    document: RawDocument,
    body_en: str,
    initiative: Initiative,
    gazetteer: Gazetteer,
) -> tuple[Reply | None, list[Problem]]:
    """The record of a reply to a known initiative; None where its place can't be told."""
    complaints = Complaints(document)
    date = fields.date or initiative.started or initiative.submitted
    places = resolve_places((fields.province,), date, gazetteer, complaints)
    sources = _reply_sources(fields, initiative, complaints)
    if fields.verdict == "results" and initiative.proposer.type != "state-agency":
        complaints.add(("verdict",), "results-not-by-agency")
    if not places:
        return None, complaints.problems
    reply = Reply(
        initiative=fields.initiative,
        office=fields.office,
        place=places[0],
        date=fields.date,
        date_text=fields.date_text or "",
        sources=sources,
        document=fields.document.number if fields.document else "",
        verdict=fields.verdict or "",
        next_step=fields.next_step or "",
        due=fields.due,
        commitments=tuple(Commitment(one.what, one.by, one.done, one.evidence or "") for one in fields.commitments),
        body=document.body,
        body_en=body_en,
        path=document.path.relative_to(document.path.parents[2]).as_posix(),
        anchor=f"phan-hoi-{document.slug}",
    )
    return reply, complaints.problems


def _reply_sources(fields: ReplyFields, initiative: Initiative, complaints: Complaints) -> tuple[Source, ...]:
    known = {source.key: source for source in initiative.sources}
    sources = []
    for index, one in enumerate(fields.sources):
        if isinstance(one, SourceFields):
            sources.append(make_source(one))
        elif one in known:
            sources.append(known[one])
        else:
            _complain_source(("sources", index), one, tuple(known), complaints)
    return tuple(sources)
