"""What a unit was called and when: before 1 July 2025, at that day, and where its type changed later.

In: a Place. Out: Name rows, oldest first, one of them marked as today's. Facts come from the reference data (types
as of its date); dates without a source there are not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from expo.dates import PartialDate
from expo.places import MERGER_DAY
from expo.render.views.cards import place_address, place_name

if TYPE_CHECKING:
    from expo.model import Place
    from expo.render.pages import Site
    from expo.render.words import Words

MERGER_RESOLUTION = "202/2025/QH15"


@dataclass(frozen=True, slots=True)
class Name:
    """A name and its time."""

    when: str
    iso: str
    text: str
    address: str  # "" for the page's own unit
    note: str
    is_now: bool = False


def make_names(site: Site, place: Place) -> tuple[tuple[Name, ...], ...]:
    """Rows for a unit of either list, those of one time together; none for the special places."""
    if place.scheme == "special":
        return ()
    names = _names_of_former(site, place) if place.scheme == "63" else _names_of_today(site, place)
    return tuple(tuple(of_one_time) for _, of_one_time in groupby(names, key=lambda name: name.when))


def _names_of_former(site: Site, place: Place) -> tuple[Name, ...]:
    today = site.expo.today_of(place)
    here = place_address(today)
    changed = _changed_before_mergers(today)
    end = changed or date(*MERGER_DAY)
    own = Name(_until(site.words, end), "", place.full_name, "", _region_note(site.words, place))
    if changed:  # Huế was renamed half a year before the mergers
        return own, _since(site.words, changed, today.full_name, here, _kind(site.words, today), True)
    return (own, *_names_since_merger(site, today, here))


def _names_of_today(site: Site, place: Place) -> tuple[Name, ...]:
    words, merger = site.words, date(*MERGER_DAY)
    early = _changed_before_mergers(place)
    rows = [
        Name(_until(words, early or merger), "", one.full_name, place_address(one), _region_note(words, one))
        for one in site.expo.members_of(place)
    ]
    if early:
        rows.append(_since(words, early, place.full_name, "", _kind(words, place), True))
        kept = words.gettext("Giữ nguyên địa giới")
        return (*rows, Name(_text(words, merger), merger.isoformat(), kept, "", _merger(site, place)))
    return (*rows, *_names_since_merger(site, place, ""))


def _names_since_merger(site: Site, today: Place, address: str) -> tuple[Name, ...]:
    """The name at the mergers and, where the type changed after them, the one since."""
    words, merger = site.words, date(*MERGER_DAY)
    merged = _since(words, merger, _at_merger(words, today), address, _merger(site, today), not today.kind_since)
    if not today.kind_since:
        return (merged,)
    changed = date.fromisoformat(today.kind_since)
    return merged, _since(words, changed, today.full_name, address, _kind(words, today), True)


def _changed_before_mergers(place: Place) -> date | None:
    """Day on which the type changed, if that was before the mergers."""
    changed = date.fromisoformat(place.kind_since) if place.kind_since else None
    return changed if changed and changed < date(*MERGER_DAY) else None


def _at_merger(words: Words, place: Place) -> str:
    """Full name on 1 July 2025: the type may have changed since."""
    if place.kind_since and not _changed_before_mergers(place):
        name = words.gettext("Tỉnh %(name)s", name=place.name)
        return name if place.kind_before == "tinh" else words.gettext("Thành phố %(name)s", name=place.name)
    return place.full_name


def _merger(site: Site, place: Place) -> str:
    words, region = site.words, place.region_name
    if place.status == "merged":
        names = ", ".join(place_name(one, words) for one in site.expo.members_of(place))
        return words.gettext(
            "Hợp nhất từ %(names)s theo Nghị quyết %(resolution)s. Nay thuộc vùng %(region)s.",
            names=names,
            resolution=MERGER_RESOLUTION,
            region=region,
        )
    return words.gettext(
        "Không sáp nhập theo Nghị quyết %(resolution)s; số liệu trước và sau so được với nhau."
        " Nay thuộc vùng %(region)s.",
        resolution=MERGER_RESOLUTION,
        region=region,
    )


def _kind(words: Words, place: Place) -> str:
    return words.gettext(
        "Thành phố trực thuộc trung ương, theo Nghị quyết %(resolution)s.", resolution=place.kind_resolution
    )


def _region_note(words: Words, place: Place) -> str:
    return words.gettext("Vùng %(region)s; trong danh sách 63 tỉnh, thành.", region=place.region_name)


def _text(words: Words, day: date) -> str:
    return words.date(PartialDate(day.year, day.month, day.day))


def _until(words: Words, next_day: date) -> str:
    return words.gettext("đến %(day)s", day=_text(words, next_day - timedelta(days=1)))


def _since(words: Words, day: date, text: str, address: str, note: str, is_now: bool) -> Name:
    when = words.gettext("từ %(day)s", day=_text(words, day))
    return Name(when, day.isoformat(), text, address, note, is_now)
