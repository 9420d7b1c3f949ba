"""The records of the expo: frozen, typed, ready to show. What templates and every other room see.

In: clean values from validate/. Out: Initiative, Reply, Place …, and Expo, which holds them with its look-ups.
No reading, no writing, no wording: format (files) and model are two things. Plain dataclasses, cheap to pickle.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from expo.dates import PartialDate, Period

Scheme = Literal["63", "34", "special"]
Room = Literal["endorsed", "community", "archive"]
ReplyState = Literal["answered", "results", "none"]


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a vocabulary that organizers edit: theme, stage, channel …"""

    slug: str
    name: str
    name_en: str
    help: str = ""
    help_en: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A province of the 63 or the 34, or one of the two special places (whole country, several provinces)."""

    scheme: Scheme
    slug: str
    name: str
    full_name: str
    name_en: str
    kind: str  # "tinh", "thanh-pho"; "" for special places
    region: str  # slug of the region in its own scheme; "" for special places
    region_name: str
    region_name_en: str
    status: str  # 63: unchanged, renamed, name-kept, merged; 34: unchanged, merged; "" for special places
    into: str  # of the 63: slug of today's unit; else ""
    members: tuple[str, ...]  # of the 34: slugs of the 63 it was made of; else ()
    aliases: tuple[str, ...]
    kind_before: str = ""  # of the 34: what the unit was before its type last changed
    kind_since: str = ""  # ISO day of that change
    kind_resolution: str = ""  # number of the resolution, "36/2026/QH16"

    @property
    def key(self) -> str:
        """`63:da-nang`, `34:da-nang`, `toan-quoc`: unique over both lists."""
        return self.slug if self.scheme == "special" else f"{self.scheme}:{self.slug}"


@dataclass(frozen=True, slots=True)
class Proposer:
    """Who proposed: never a private person's name without consent."""

    type: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A published source; figures, replies and footnotes cite its key."""

    key: str
    title: str
    address: str | None
    publisher: str
    date: PartialDate | None
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number with its date and source."""

    label: str
    label_en: str
    value: float
    unit: str
    unit_en: str
    qualifier: str  # exact, over, nearly, about, average
    as_of: PartialDate | Period | None
    source: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or scan beside the initiative's file."""

    file: str
    alt: str
    credit: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Endorsement:
    """Evidence that a local authority signed and stamped the form."""

    authority: str
    document: str
    date: PartialDate
    scan: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """What an authority promised, by when, and what came of it."""

    what: str
    by: PartialDate | None = None
    done: PartialDate | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """An authority's published answer, or its own report of results."""

    initiative: str  # SK number
    office: str
    place: Place
    date: PartialDate | None
    date_text: str  # the source's own words, "" if the date says it all
    date_text_en: str
    sources: tuple[Source, ...]
    document: str
    verdict: str  # "" where no source says
    next_step: str
    due: PartialDate | None
    commitments: tuple[Commitment, ...]
    body: str  # Markdown
    body_en: str
    path: str  # source file, relative to the content folder, "/" between parts
    anchor: str  # id of the reply on its exhibit's page
    document_file: str = ""  # scan of the document, beside the exhibit's file

    @property
    def is_results(self) -> bool:
        """True where the proposer is itself the authority that reports."""
        return self.verdict == "results"

    @property
    def sort_key(self) -> tuple[tuple[int, int, int], str]:
        """Oldest first; undated replies come before all dated ones."""
        return (self.date.last_day if self.date else (0, 0, 0), self.path)


@dataclass(frozen=True, slots=True)
class EnglishText:
    """The English of an initiative."""

    title: str
    summary: str
    body: str
    path: str


@dataclass(frozen=True, slots=True)
class Initiative:
    """One exhibit."""

    id: str
    slug: str
    former_slugs: tuple[str, ...]
    title: str
    summary: str
    added: PartialDate
    updated: PartialDate | None
    places: tuple[Place, ...]
    province_note: str
    place_text: str
    themes: tuple[Term, ...]
    aim: str
    stage: Term
    stage_note: str
    proposer: Proposer
    origin: Literal["submitted", "compiled"]
    submitted: PartialDate | None
    started: PartialDate | None
    started_note: str
    channels: tuple[Term, ...]
    endorsement: Endorsement | None
    figures: tuple[Figure, ...]
    criteria: tuple[tuple[str, str], ...]
    cover: Picture | None
    gallery: tuple[Picture, ...]
    links: tuple[str, ...]
    video: str
    sources: tuple[Source, ...]
    evidence: str
    caveats: str
    adapted_from: tuple[str, ...]
    related: tuple[str, ...]
    contact: str
    tags: tuple[str, ...]
    draft: bool
    body: str  # Markdown
    english: EnglishText | None
    path: str  # source file, relative to the content folder
    replies: tuple[Reply, ...] = ()
    similar: tuple[str, ...] = field(default=())  # SK numbers, best first (enrich)

    @property
    def number(self) -> int:
        """2 for SK-0002."""
        return int(self.id[3:])

    @property
    def room(self) -> Room:
        """Computed from origin and evidence, never typed."""
        if self.origin == "compiled":
            return "archive"
        return "endorsed" if self.endorsement else "community"

    @property
    def reply_state(self) -> ReplyState:
        """answered; results (only the proposing authority's own reports); none seen."""
        if any(not reply.is_results for reply in self.replies):
            return "answered"
        return "results" if self.replies else "none"

    @property
    def year(self) -> int | None:
        """Year of the start, else of the submission: the catalogue's `nam` filter."""
        date = self.started or self.submitted
        return date.year if date else None

    @property
    def changed(self) -> PartialDate:
        """The last change in substance."""
        return self.updated or self.added


@dataclass(frozen=True, slots=True)
class Stop:
    """An exhibit of a collection, with a line of why it hangs there ("" if nobody wrote one)."""

    initiative: str  # SK number
    why: str = ""
    why_en: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """A curated walk through exhibits, in the order of `stops`. Those that are not shown (drafts) are left out."""

    slug: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    curator: str
    stops: tuple[Stop, ...]
    body: str  # Markdown
    body_en: str
    path: str  # source file, relative to the content folder


class Redirect(NamedTuple):
    """What an address of former days leads to."""

    slug: str
    number: str  # SK number that is gone too; "" where an exhibit only changed its slug
    target: str  # SK number of the exhibit that is shown instead


@dataclass(frozen=True)
class Expo:
    """Everything that is shown, with its look-ups. `initiatives` are in the order of their numbers, drafts left out."""

    initiatives: tuple[Initiative, ...]
    places_63: tuple[Place, ...]
    places_34: tuple[Place, ...]
    special_places: tuple[Place, ...]
    themes: tuple[Term, ...]
    vocabularies: dict[str, tuple[Term, ...]]  # "themes", "aims", "stages", "channels", "proposers", …
    abbreviations: tuple[tuple[str, str], ...] = ()  # (short form, full form), applied both ways in search
    same_words: tuple[tuple[str, ...], ...] = ()  # groups of wordings, each of which search finds by the others
    redirects: tuple[Redirect, ...] = ()
    withdrawn: tuple[tuple[str, str], ...] = ()  # (SK number, slug), for each slug of exhibits taken down
    collections: tuple[Collection, ...] = ()  # by slug

    @cached_property
    def by_id(self) -> dict[str, Initiative]:
        """SK number → exhibit."""
        return {initiative.id: initiative for initiative in self.initiatives}

    @cached_property
    def replies(self) -> tuple[Reply, ...]:
        """All replies, newest first, undated last."""
        every = [reply for initiative in self.initiatives for reply in initiative.replies]
        return tuple(sorted(every, key=lambda reply: reply.sort_key, reverse=True))

    @cached_property
    def walks_by_id(self) -> dict[str, list[tuple[Collection, int]]]:
        """SK number → the collections that it hangs in, each with its place there, counted from 0."""
        found: dict[str, list[tuple[Collection, int]]] = {}
        for collection in self.collections:
            for place, stop in enumerate(collection.stops):
                found.setdefault(stop.initiative, []).append((collection, place))
        return found

    @cached_property
    def newest(self) -> tuple[Initiative, ...]:
        """Newest first: by the day it was hung, then by number (content model)."""
        return tuple(sorted(self.initiatives, key=lambda one: (one.added.last_day, one.number), reverse=True))

    @cached_property
    def place_by_key(self) -> dict[str, Place]:
        """`63:da-nang` → Place."""
        return {place.key: place for place in (*self.places_63, *self.places_34, *self.special_places)}

    def today_of(self, place: Place) -> Place:
        """The unit of the 34 that a place belongs to now (itself for the 34 and special places)."""
        return self.place_by_key[f"34:{place.into}"] if place.scheme == "63" else place

    def members_of(self, place: Place) -> tuple[Place, ...]:
        """The units of the 63 that one of the 34 was made of."""
        return tuple(self.place_by_key[f"63:{slug}"] for slug in place.members)

    def at_place(self, place: Place) -> tuple[Initiative, ...]:
        """Exhibits of a place, newest first.

        One of the 34 shows its own and those of its former members; one of the 63 its own, and those of today's unit
        only where the territory is unchanged (architecture, addresses).
        """
        return self._exhibits_by_place[place.key]

    @cached_property
    def _exhibits_by_place(self) -> dict[str, tuple[Initiative, ...]]:
        placed = [(one, {where.key for where in one.places}) for one in self.newest]
        found = {}
        for place in self.place_by_key.values():
            keys = {place.key}
            if place.scheme == "34":
                keys |= {f"63:{slug}" for slug in place.members}
            elif place.scheme == "63" and place.status in ("unchanged", "renamed"):
                keys.add(f"34:{place.into}")
            found[place.key] = tuple(one for one, its_keys in placed if keys & its_keys)
        return found

    def of_theme(self, theme: Term) -> tuple[Initiative, ...]:
        """Exhibits of a theme, be it their first or not, newest first."""
        return self._exhibits_by_theme.get(theme.slug, ())

    @cached_property
    def _exhibits_by_theme(self) -> dict[str, tuple[Initiative, ...]]:
        return _by_theme(self.newest)

    def at_crossing(self, place: Place, theme: Term) -> tuple[Initiative, ...]:
        """Exhibits of a place under a theme, newest first."""
        return self._exhibits_by_crossing[place.key].get(theme.slug, ())

    @cached_property
    def _exhibits_by_crossing(self) -> dict[str, dict[str, tuple[Initiative, ...]]]:
        return {key: _by_theme(initiatives) for key, initiatives in self._exhibits_by_place.items()}


def _by_theme(initiatives: Iterable[Initiative]) -> dict[str, tuple[Initiative, ...]]:
    found: dict[str, list[Initiative]] = {}
    for one in initiatives:
        for slug in dict.fromkeys(theme.slug for theme in one.themes):
            found.setdefault(slug, []).append(one)
    return {slug: tuple(those) for slug, those in found.items()}
