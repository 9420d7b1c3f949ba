"""Dates as precise as a source gives them: a year, a month, a day, or a period between two of these.

In: ISO text (`2021-06-18`, `2021-06`, `2021`, `2016/2020`) and the Vietnamese way (`18/06/2021`, `06/2021`).
Out: frozen values that sort and print themselves. Knows nothing of languages: wording belongs to the pages.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

ISO_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
VIETNAMESE_DATE = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day: as precise as known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """`2021`, `2021-06` or `2021-06-18`."""
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def precision(self) -> str:
        """`year`, `month` or `day`."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first_day(self) -> tuple[int, int, int]:
        """(year, month, day) of the earliest day it can mean."""
        return (self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> tuple[int, int, int]:
        """(year, month, day) of the latest day it can mean; newest-first lists sort by it."""
        month = self.month or 12
        return (self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return self.iso


@dataclass(frozen=True, slots=True)
class Period:
    """From one date to another, both included."""

    start: PartialDate
    end: PartialDate

    @property
    def iso(self) -> str:
        """ISO 8601 interval, `2016/2020`."""
        return f"{self.start.iso}/{self.end.iso}"

    @property
    def last_day(self) -> tuple[int, int, int]:
        """(year, month, day) of the latest day it can mean."""
        return self.end.last_day

    def __str__(self) -> str:
        return self.iso


@lru_cache(maxsize=4096)  # exhibits share years and days
def parse_partial_date(text: str) -> PartialDate:
    """Read a year, month or day.

    Raises ValueError: "form" if unreadable, "year", "month" or "calendar" if there is no such year, month or day.
    """
    text = text.strip()
    if match := ISO_DATE.fullmatch(text):
        year, month, day = match.groups()
    elif match := VIETNAMESE_DATE.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise ValueError("form")
    return _checked_date(int(year), int(month) if month else None, int(day) if day else None)


def _checked_date(year: int, month: int | None, day: int | None) -> PartialDate:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError("year")
    if month is not None and not 1 <= month <= 12:
        raise ValueError("month")
    if day is not None and month is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError("calendar")
    return PartialDate(year, month, day)


def parse_date_or_period(text: str) -> PartialDate | Period:
    """Read a date or an ISO interval `start/end`. Raises ValueError as `parse_partial_date` does, or "order"."""
    if VIETNAMESE_DATE.fullmatch(text.strip()) or "/" not in text:
        return parse_partial_date(text)
    start_text, _, end_text = text.partition("/")
    start, end = parse_partial_date(start_text), parse_partial_date(end_text)
    if start.first_day > end.last_day:
        raise ValueError("order")
    return Period(start, end)
