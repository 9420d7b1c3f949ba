"""Dates as precise as their sources: what is read, what is refused, how they sort. No files."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.dates import PartialDate, Period, parse_date_or_period, parse_partial_date

READ = {
    "2021-06-18": PartialDate(2021, 6, 18),
    "2021-6-8": PartialDate(2021, 6, 8),
    "18/06/2021": PartialDate(2021, 6, 18),
    "8/6/2021": PartialDate(2021, 6, 8),
    "2021-06": PartialDate(2021, 6),
    "06/2021": PartialDate(2021, 6),
    "2021": PartialDate(2021),
    " 2021 ": PartialDate(2021),
    "2020-02-29": PartialDate(2020, 2, 29),
}
NO_DATE = ["", "hôm qua", "2021-06-18T10:00", "18-06-2021", "2021/06/18", "21", "20210618", "2021-", "/2021", "٢٠٢١"]
NO_SUCH_DATE = {
    "calendar": ["2021-02-31", "31/02/2021", "2021-02-29", "2021-06-00"],
    "month": ["2021-13", "13/2021", "2021-00-01", "0/2021", "2021-18-06", "06/18/2021"],
    "year": ["1899", "2101", "0000-00-00"],
}


@pytest.mark.parametrize(("text", "date"), READ.items())
def test_iso_and_vietnamese_dates_are_read(text: str, date: PartialDate) -> None:
    """A year, a month or a day is read from ISO text and from day/month/year."""
    assert parse_partial_date(text) == date


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_date_is_refused_for_its_form(text: str) -> None:
    """Text that has no form of a date is refused with "form"."""
    with pytest.raises(ValueError, match=r"^form$"):
        parse_partial_date(text)


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in NO_SUCH_DATE.items() for text in texts])
def test_a_day_that_is_in_no_calendar_is_refused(code: str, text: str) -> None:
    """31 February, month 13, and years outside 1900–2100, each by its own name."""
    with pytest.raises(ValueError, match=f"^{code}$"):
        parse_partial_date(text)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2016/2020", Period(PartialDate(2016), PartialDate(2020))),
        ("2019-07/2021-06-18", Period(PartialDate(2019, 7), PartialDate(2021, 6, 18))),
        ("2021/2021-03", Period(PartialDate(2021), PartialDate(2021, 3))),
        ("06/2021", PartialDate(2021, 6)),
    ],
)
def test_an_interval_is_a_period_and_a_vietnamese_month_is_not(text: str, period: PartialDate | Period) -> None:
    """`2016/2020` is a period; `06/2021` stays a month."""
    assert parse_date_or_period(text) == period


@pytest.mark.parametrize(
    ("text", "reason"),
    [("2020/2016", "order"), ("2016/", "form"), ("2016/2020/2021", "form"), ("2016/2021-13", "month")],
)
def test_a_wrong_period_says_what_is_wrong(text: str, reason: str) -> None:
    """Ends that are turned around, missing, or in no calendar have their own reason."""
    with pytest.raises(ValueError, match=f"^{reason}$"):
        parse_date_or_period(text)


def test_precision_first_and_last_day_follow_from_what_is_known() -> None:
    """A year runs from January to December, a month to its last day, a day is itself."""
    dates = [PartialDate(2020), PartialDate(2020, 2), PartialDate(2020, 2, 10)]
    assert [(date.precision, date.first_day, date.last_day) for date in dates] == [
        ("year", (2020, 1, 1), (2020, 12, 31)),
        ("month", (2020, 2, 1), (2020, 2, 29)),
        ("day", (2020, 2, 10), (2020, 2, 10)),
    ]


def test_a_period_ends_on_the_last_day_of_its_end() -> None:
    """2016 to February 2020 ends on the 29th, and prints as an ISO interval."""
    period = Period(PartialDate(2016), PartialDate(2020, 2))
    assert (period.last_day, period.iso, str(period)) == ((2020, 2, 29), "2016/2020-02", "2016/2020-02")


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 12, 31)))
def test_every_day_reads_back_from_both_ways_of_writing(day: datetime.date) -> None:
    """What `iso` prints is read as the same date, and so is day/month/year."""
    date = PartialDate(day.year, day.month, day.day)
    assert parse_partial_date(date.iso) == date
    assert parse_partial_date(f"{day.day}/{day.month}/{day.year}") == date


@given(st.text(max_size=30))
def test_no_text_raises_anything_but_value_error(text: str) -> None:
    """Any text is a date, a period, or a ValueError with one of three reasons."""
    try:
        parse_date_or_period(text)
    except ValueError as error:
        assert str(error) in {"form", "calendar", "order"}
