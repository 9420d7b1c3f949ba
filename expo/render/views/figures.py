"""Figures of an exhibit: four newest in the open, the rest folded, and nothing unflattering folded away by its own kin.

In: Figure records in file order. Out: FigureView records, ready to print. What is never done: leaving one out, joining
two into a third, or guessing a date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from expo.text import split_tokens

if TYPE_CHECKING:
    from expo.model import Figure, Initiative
    from expo.render.pages import Site

IN_THE_OPEN = 4
# Words in the label of a figure that looks bad. A hint for the order only: no figure is dropped or coloured by it.
UNFLATTERING = frozenset(("không", "chưa", "trễ", "muộn", "quá", "chối", "ngừng", "dừng", "hỏng", "lỗi"))
WHOLE, ROUNDING = 100.0, 0.05


@dataclass(frozen=True, slots=True)
class FigureView:
    """A published number with its words, date and source."""

    label: str
    qualifier: str
    value: str
    unit: str
    unit_in_label: bool  # "Phản ánh nhận được: 8.088" needs no second "phản ánh"
    is_percent: bool
    as_of: str
    iso: str  # "" for a period or an unknown day
    source: str
    source_number: int
    weak: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Those in the open and those folded."""

    front: tuple[FigureView, ...]
    rest: tuple[FigureView, ...]


def make_figures(site: Site, initiative: Initiative) -> Figures:
    """Choose, order and word the figures of an exhibit."""
    ordered = sort_newest(initiative.figures)
    front = choose_front(ordered)
    rest = [one for one in ordered if one not in front]
    return Figures(
        tuple(_view(site, initiative, one) for one in front), tuple(_view(site, initiative, one) for one in rest)
    )


def sort_newest(figures: Sequence[Figure]) -> list[Figure]:
    """Newest first, undated last; equals stay in file order."""
    return sorted(figures, key=lambda one: one.as_of.last_day if one.as_of else (0, 0, 0), reverse=True)


def choose_front(ordered: Sequence[Figure], count: int = IN_THE_OPEN) -> list[Figure]:
    """The newest `count`; where the last date of them does not fit whole, its pairs and bad figures go first."""
    chosen: list[Figure] = []
    for _, group in groupby(ordered, key=lambda one: one.as_of):
        of_date = list(group)
        room = count - len(chosen)
        if len(of_date) > room:
            first = _pairs(of_date) + [one for one in of_date if is_unflattering(one)]
            picked = list(dict.fromkeys([*first, *of_date]))[:room]
            of_date = [one for one in of_date if one in picked]
        chosen += of_date
        if len(chosen) == count:
            break
    return chosen


def _pairs(figures: Sequence[Figure]) -> list[Figure]:
    """Shares that make up a whole ("77,7% hài lòng", "22,3% không hài lòng"): one is not shown without the other."""
    pairs = combinations((one for one in figures if one.unit == "%"), 2)
    return [one for pair in pairs if abs(sum(part.value for part in pair) - WHOLE) < ROUNDING for one in pair]


def is_unflattering(figure: Figure) -> bool:
    """Whether the label has a word such as "không", "trễ", "từ chối"."""
    return bool(UNFLATTERING & {token.exact for token in split_tokens(figure.label)})


def _view(site: Site, initiative: Initiative, figure: Figure) -> FigureView:
    words = site.words
    keys = [one.key for one in initiative.sources]
    unit = words.unit(figure)
    source = initiative.sources[keys.index(figure.source)] if figure.source in keys else None
    return FigureView(
        label=words.label(figure),
        qualifier=words.qualifier(figure.qualifier),
        value=words.number(figure.value),
        unit="" if unit == "%" else unit,
        unit_in_label=unit.casefold() in words.label(figure).casefold(),
        is_percent=unit == "%",
        as_of=words.date(figure.as_of) if figure.as_of else words.gettext("không rõ ngày"),
        iso=figure.as_of.iso if figure.as_of and "/" not in figure.as_of.iso else "",
        source=source.publisher if source else "",
        source_number=keys.index(figure.source) + 1 if source else 0,
        weak=figure.weak,
    )
