"""The second column of an exhibit: what the authority answered, or reports, or that nothing is known.

In: an Initiative with its replies. Out: Answers, with a heading true to who speaks: "Chính quyền trả lời", or "Cơ quan
báo kết quả" where the proposer is itself the authority. The column never goes away when it is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from expo.render.views.cards import exhibit_address, make_state
from expo.render.views.ledger import When, cite_sources, make_when, reply_lang, verdict_name

if TYPE_CHECKING:
    from expo.model import Commitment, Initiative, Reply
    from expo.render.pages import Site


@dataclass(frozen=True, slots=True)
class Promise:
    """What an authority said it would do, by when, and what came of it."""

    what: str
    by: str
    done: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply in full."""

    anchor: str
    office: str
    when: When
    verdict: str
    html: Markup
    lang: str  # of the text
    sources: str
    source_numbers: tuple[int, ...]  # of those that the exhibit lists
    document: str
    document_address: str  # of its file; "" where none is published
    next_step: str
    due: str
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest answer, or its absence, for those who read only the top of the page."""

    kind: str
    heading: str
    text: str
    link: str  # words of the link to the column; "" if there is nothing to read
    lang: str = ""  # of the text


@dataclass(frozen=True, slots=True)
class Answers:
    """The column."""

    heading: str
    replies: tuple[ReplyView, ...]
    none_text: str
    none_note: str
    latest: Latest


def make_answers(site: Site, initiative: Initiative) -> Answers:
    """Newest reply first, undated last."""
    words = site.words
    results = initiative.reply_state == "results"
    replies = sorted(initiative.replies, key=lambda reply: reply.sort_key, reverse=True)
    submitted = initiative.origin == "submitted"
    return Answers(
        heading=words.gettext("Cơ quan báo kết quả") if results else words.gettext("Chính quyền trả lời"),
        replies=tuple(_view(site, initiative, reply) for reply in replies),
        none_text=make_state(site, initiative).text if not replies else "",
        none_note=words.gettext("Không có nghĩa là cơ quan chưa trả lời; chỉ là chưa thấy văn bản nào được công bố.")
        if submitted
        else words.gettext(
            "Không có nghĩa là không ai trả lời: tư liệu này chỉ dựa trên các nguồn ghi ở trang của sáng kiến."
        ),
        latest=_latest(site, initiative, replies),
    )


def _latest(site: Site, initiative: Initiative, replies: list[Reply]) -> Latest:
    words, state = site.words, make_state(site, initiative)
    if not replies:
        return Latest("none", state.text, "", "")
    newest = replies[0]
    speaker = words.gettext("Cơ quan báo kết quả") if newest.is_results else words.gettext("Chính quyền trả lời")
    count = len(replies)
    link = words.ngettext("Đọc cả %(num)s phản hồi", "Đọc cả %(num)s phản hồi", count, num=count)
    return Latest(
        initiative.reply_state,
        Markup(words.gettext("%(who)s, %(when)s")) % {"who": speaker, "when": make_when(site, newest).text},
        site.bodies.text(newest.body),
        link if count > 1 else words.gettext("Đọc cả phản hồi"),
        reply_lang(site, newest),
    )


def _view(site: Site, initiative: Initiative, reply: Reply) -> ReplyView:
    words = site.words
    keys = [one.key for one in initiative.sources]
    return ReplyView(
        anchor=reply.anchor,
        office=reply.office,
        when=make_when(site, reply),
        verdict=verdict_name(site, reply),
        html=site.bodies.render(reply.body, initiative.sources, reply.anchor).html,
        lang=reply_lang(site, reply),
        sources=cite_sources(site, reply.sources),
        source_numbers=tuple(keys.index(one.key) + 1 for one in reply.sources if one in initiative.sources),
        document=reply.document,
        document_address=exhibit_address(initiative) + reply.document_file if reply.document_file else "",
        next_step=reply.next_step,
        due=words.date(reply.due) if reply.due else "",
        promises=tuple(_promise(site, one) for one in reply.commitments),
    )


def _promise(site: Site, one: Commitment) -> Promise:
    words = site.words
    return Promise(
        one.what, words.date(one.by) if one.by else "", words.date(one.done) if one.done else "", one.evidence
    )
