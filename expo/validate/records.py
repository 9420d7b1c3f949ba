"""Clean fields → Initiative, Reply and Collection records.

In: typed fields of a file that rules.py has nothing against, its raw document, vocabularies, the gazetteer.
Out: records. Complains of nothing: whoever calls has made sure that names lead to places and keys to sources.
"""

from __future__ import annotations

from expo.fields import CollectionFields, InitiativeFields, PictureFields, ReplyFields, SourceFields, StopFields
from expo.model import (
    Collection,
    Commitment,
    Endorsement,
    EnglishText,
    Figure,
    Initiative,
    Picture,
    Proposer,
    Reply,
    Source,
    Stop,
)
from expo.places import Gazetteer
from expo.read import RawDocument
from expo.validate.lists import Vocabularies


def make_initiative(
    fields: InitiativeFields,
    document: RawDocument,
    english: EnglishText | None,
    vocabularies: Vocabularies,
    gazetteer: Gazetteer,
) -> Initiative:
    """The record of one file. `replies` and `similar` are still empty."""
    proposer, endorsement = fields.proposer, fields.endorsement
    criteria = fields.criteria.model_dump(exclude_none=True) if fields.criteria else {}
    date = fields.started or fields.submitted
    return Initiative(
        id=fields.id,
        slug=document.slug,
        former_slugs=fields.former_slugs,
        title=fields.title,
        summary=fields.summary,
        added=fields.added,
        updated=fields.updated,
        places=tuple(gazetteer.resolve(name, date) for name in fields.province),
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
        endorsement=Endorsement(**dict(endorsement)) if endorsement else None,
        figures=tuple(
            Figure(**dict(one) | {"label_en": one.label_en or "", "unit_en": one.unit_en or ""})
            for one in fields.figures
        ),
        criteria=tuple(criteria.items()),
        cover=_make_picture(fields.cover) if fields.cover else None,
        gallery=tuple(_make_picture(one) for one in fields.gallery),
        links=fields.links,
        video=fields.video or "",
        sources=tuple(_make_source(one) for one in fields.sources),
        evidence=fields.evidence or "",
        caveats=fields.caveats or "",
        adapted_from=fields.adapted_from,
        related=fields.related,
        contact=fields.contact or "",
        tags=fields.tags,
        draft=fields.draft,
        body=document.body,
        english=english,
        path="/".join(document.path.parts[-2:]),
    )


def _make_picture(fields: PictureFields) -> Picture:
    return Picture(fields.file, fields.alt, fields.credit or "", fields.licence or "")


def _make_source(fields: SourceFields) -> Source:
    return Source(
        fields.key, fields.title, fields.address, fields.publisher, fields.date, fields.kind, fields.note or ""
    )


def make_reply(
    fields: ReplyFields, document: RawDocument, body_en: str, initiative: Initiative, gazetteer: Gazetteer
) -> Reply:
    """The record of a reply to its initiative."""
    date = fields.date or initiative.started or initiative.submitted
    known = {source.key: source for source in initiative.sources}
    return Reply(
        initiative=fields.initiative,
        office=fields.office,
        place=gazetteer.resolve(fields.province, date),
        date=fields.date,
        date_text=fields.date_text or "",
        date_text_en=fields.date_text_en or "",
        sources=tuple(_make_source(one) if isinstance(one, SourceFields) else known[one] for one in fields.sources),
        document=fields.document.number if fields.document else "",
        verdict=fields.verdict or "",
        next_step=fields.next_step or "",
        due=fields.due,
        commitments=tuple(Commitment(one.what, one.by, one.done, one.evidence or "") for one in fields.commitments),
        body=document.body,
        body_en=body_en,
        path="/".join(document.path.parts[-3:]),
        anchor=f"phan-hoi-{document.slug}",
        document_file=(fields.document.file or "") if fields.document else "",
    )


def make_collection(fields: CollectionFields, document: RawDocument, body_en: str) -> Collection:
    """The record of a walk, also with exhibits that are not shown."""
    stops = (
        Stop(one.initiative, one.why or "", one.why_en or "") if isinstance(one, StopFields) else Stop(one)
        for one in fields.exhibits
    )
    return Collection(
        slug=document.slug,
        title=fields.title,
        title_en=fields.title_en or "",
        summary=fields.summary,
        summary_en=fields.summary_en or "",
        curator=fields.curator,
        stops=tuple(stops),
        body=document.body,
        body_en=body_en,
        path=document.path.relative_to(document.path.parents[1]).as_posix(),
    )
