"""The timeline of an exhibit, made from its dates: start, submission, replies, figures. Nothing is dated by guess.

In: an Initiative. Out: Event records, oldest first; what has no date is not on the line (its own section shows it).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from expo.dates import PartialDate
from expo.render.views.ledger import make_when

if TYPE_CHECKING:
    from expo.dates import Period
    from expo.model import Figure, Initiative, Reply
    from expo.render.pages import Site

MOST_FIGURES = 3  # of one date; more are counted, all stand under "Con số"


@dataclass(frozen=True, slots=True)
class Event:
    """A point on the line."""

    when: str
    iso: str
    texts: tuple[str, ...]
    is_reply: bool
    address: str  # "#phan-hoi-…" for a reply, whose first text is the office that it links; else ""


Order = tuple[tuple[int, int, int], int]


def make_timeline(site: Site, initiative: Initiative) -> tuple[Event, ...]:
    """All dated events, oldest first; of one day the start comes before replies, replies before figures."""
    events = [*_beginnings(site, initiative), *_replies(site, initiative), *_figures(site, initiative)]
    return tuple(event for _, event in sorted(events, key=lambda pair: pair[0]))


def _beginnings(site: Site, initiative: Initiative) -> list[tuple[Order, Event]]:
    words, found = site.words, []
    if initiative.started:
        text = words.gettext("Bắt đầu.")
        found.append(_dated(site, initiative.started, 0, (text,)))
    if initiative.submitted:
        text = words.gettext("Gửi tới triển lãm.")
        found.append(_dated(site, initiative.submitted, 1, (text,)))
    return found


def _dated(site: Site, date: PartialDate | Period, rank: int, texts: tuple[str, ...]) -> tuple[Order, Event]:
    iso = date.iso if "/" not in date.iso else ""
    day = date.first_day if rank < 2 and isinstance(date, PartialDate) else date.last_day
    return (day, rank), Event(site.words.date(date), iso, texts, is_reply=False, address="")


def _replies(site: Site, initiative: Initiative) -> list[tuple[Order, Event]]:
    found: list[tuple[Order, Event]] = []
    for reply in initiative.replies:
        if reply.date is None:
            continue
        when = make_when(site, reply)
        text = site.bodies.text(reply.body).replace("\n", " ")  # whole: its second sentence often holds the bad news
        event = Event(when.text, when.iso, _reply_lines(site, reply, text), is_reply=True, address=f"#{reply.anchor}")
        found.append(((reply.date.last_day, 2), event))
    return found


def _reply_lines(site: Site, reply: Reply, text: str) -> tuple[str, str]:
    """Who, and what: only the first is a link, for an answer can be long."""
    words = site.words
    return words.vietnamese(reply.office), text if reply.body_en else words.vietnamese(text)


def _figures(site: Site, initiative: Initiative) -> list[tuple[Order, Event]]:
    by_date: dict[PartialDate | Period, list[Figure]] = {}
    for figure in initiative.figures:
        if figure.as_of:
            by_date.setdefault(figure.as_of, []).append(figure)
    found = []
    for date, figures in by_date.items():
        texts = [_figure_line(site, one) for one in figures[:MOST_FIGURES]]
        if (more := len(figures) - MOST_FIGURES) > 0:
            texts.append(site.words.ngettext("và %(num)s con số khác.", "và %(num)s con số khác.", more, num=more))
        found.append(_dated(site, date, 3, tuple(texts)))
    return found


def _figure_line(site: Site, figure: Figure) -> str:
    words, unit = site.words, site.words.unit(figure)
    amount = words.quantity(figure)
    return f"{words.label(figure)}: {amount}%" if unit == "%" else f"{words.label(figure)}: {amount} {unit}".strip()
