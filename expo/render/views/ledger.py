"""The book of replies: who answered what and when, wherever replies are listed away from their exhibit.

In: Reply records. Out: Entry records, newest first, the undated last and marked. A source's own words for a date are
kept ("đầu tháng 12/2019"), on English pages in English or marked as Vietnamese; a figure that looks bad is printed as
it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from expo.render.views.cards import Card, make_card

if TYPE_CHECKING:
    from expo.model import Reply, Source
    from expo.render.pages import Site


@dataclass(frozen=True, slots=True)
class When:
    """A date as it is shown: its words (marked where only Vietnamese), and the machine's form ("" if unknown)."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One reply in the book."""

    when: When
    newest: bool
    office: str
    verdict: str  # name of the verdict, "" where no source says
    text: str
    lang: str  # of the text
    sources: str
    card: Card
    address: str  # of the reply on its exhibit's page


def make_when(site: Site, reply: Reply) -> When:
    """The source's words if it has any, else the date as precise as known, else that it is unknown."""
    words = site.words
    told = reply.date_text if reply.date_text_en else words.vietnamese(reply.date_text)
    if reply.date is None:
        return When(told or words.gettext("không rõ ngày"), "")
    return When(told or words.date(reply.date), reply.date.iso)


def reply_lang(site: Site, reply: Reply) -> str:
    """The language that the reply's text is shown in."""
    return site.words.lang if reply.body_en else "vi"


def verdict_name(site: Site, reply: Reply) -> str:
    """Name of the verdict from the vocabulary."""
    names = {term.slug: site.words.term_name(term) for term in site.expo.vocabularies.get("verdicts", ())}
    return names.get(reply.verdict, reply.verdict)


def cite_sources(site: Site, sources: Iterable[Source]) -> str:
    """Publishers and dates: Dân Việt, 27/05/2022; Sài Gòn Giải Phóng. As published, whatever the page's language."""
    words = site.words
    parts = (
        Markup("{}{}").format(words.vietnamese(one.publisher), f", {words.date(one.date)}" if one.date else "")
        for one in sources
    )
    return Markup("; ").join(dict.fromkeys(parts))


def make_entries(site: Site, replies: Iterable[Reply], *, mark_newest: bool = False) -> tuple[Entry, ...]:
    """The given replies as entries, in the order given; `mark_newest` marks the first if it is dated."""
    return tuple(
        Entry(
            when=make_when(site, reply),
            newest=mark_newest and index == 0 and reply.date is not None,
            office=reply.office,
            verdict=verdict_name(site, reply),
            text=site.bodies.text(reply.body),
            lang=reply_lang(site, reply),
            sources=cite_sources(site, reply.sources),
            card=(card := make_card(site, site.expo.by_id[reply.initiative])),
            address=f"{card.address}#{reply.anchor}",
        )
        for index, reply in enumerate(replies)
    )
