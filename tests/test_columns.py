"""The catalogue's columns: which values an exhibit has, and the orders of the list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from expo.config import make_config
from expo.dates import PartialDate
from expo.model import Expo, Initiative
from expo.pipeline import load_expo
from expo.search.columns import FACETS, facet_values, initiative_values, make_columns
from expo.text import collation_key


@pytest.fixture(scope="module")
def expo() -> Expo:
    """The real content."""
    return load_expo(make_config())


def at(expo: Expo, initiative: Initiative, *keys: str) -> dict[str, tuple[str, ...]]:
    """The values of an exhibit as if it lay elsewhere."""
    return initiative_values(expo, replace(initiative, places=tuple(expo.place_by_key[key] for key in keys)))


def test_every_facet_has_its_values_in_order(expo: Expo) -> None:
    """36 places of today, 63 of old, every term, and years from the newest down with the unknown last."""
    values = facet_values(expo)
    assert list(values) == list(FACETS)
    assert [len(values[facet]) for facet in ("tinh", "tinh-cu")] == [36, 63]
    for facet, vocabulary in (("chu-de", "themes"), ("giai-doan", "stages"), ("nguoi", "proposers")):
        assert values[facet] == tuple(term.slug for term in expo.vocabularies[vocabulary])
    assert values["phong"] == ("endorsed", "community", "archive")
    assert values["phan-hoi"] == ("co", "ket-qua", "chua")
    assert values["nam"][-1] == "khong-ro"
    assert list(values["nam"][:-1]) == sorted(values["nam"][:-1], reverse=True)


def test_an_exhibit_of_the_63_answers_to_both_lists(expo: Expo) -> None:
    """Bình Dương is in tinh=ho-chi-minh and in tinh-cu=binh-duong."""
    values = at(expo, expo.initiatives[0], "63:binh-duong")
    assert (values["tinh"], values["tinh-cu"]) == (("ho-chi-minh",), ("binh-duong",))


def test_an_exhibit_of_the_34_answers_to_the_63_only_where_the_territory_is_the_same(expo: Expo) -> None:
    """Huế is what Thừa Thiên Huế was; Đà Nẵng of today is not Đà Nẵng of then."""
    first = expo.initiatives[0]
    assert at(expo, first, "34:hue")["tinh-cu"] == ("thua-thien-hue",)
    assert at(expo, first, "34:da-nang")["tinh-cu"] == ()
    assert at(expo, first, "34:cao-bang")["tinh-cu"] == ("cao-bang",)


def test_special_places_are_values_of_today(expo: Expo) -> None:
    """The whole country is no province of old."""
    values = at(expo, expo.initiatives[0], "toan-quoc")
    assert (values["tinh"], values["tinh-cu"]) == (("toan-quoc",), ())


def test_counts_are_those_of_the_pages_of_places(expo: Expo) -> None:
    """Each count equals the number of exhibits on the place's own page."""
    columns = make_columns(expo)
    today = {place.slug: len(expo.at_place(place)) for place in (*expo.places_34, *expo.special_places)}
    old = {place.slug: len(expo.at_place(place)) for place in expo.places_63}
    assert columns.counts("tinh") == today
    assert columns.counts("tinh-cu") == old
    assert columns.counts("chu-de") == {theme.slug: len(expo.of_theme(theme)) for theme in expo.themes}


def test_rows_are_newest_first(expo: Expo) -> None:
    """All were hung on one day, so numbers count down."""
    assert make_columns(expo).numbers == tuple(initiative.number for initiative in expo.newest)


def test_ranks_by_name_follow_vietnamese_order(expo: Expo) -> None:
    """Sorting rows by `by_name` sorts the titles."""
    columns = make_columns(expo)
    titles = [expo.newest[row].title for row in sorted(range(len(expo.newest)), key=columns.by_name.__getitem__)]
    assert titles == sorted(titles, key=collation_key)


def test_ranks_by_reply_put_the_newest_first(expo: Expo) -> None:
    """Dated replies from the newest down, then exhibits with undated ones alone, then those without."""
    columns = make_columns(expo)
    in_order = [expo.newest[row] for row in sorted(range(len(expo.newest)), key=columns.by_reply.__getitem__)]
    newest = [max((reply.date.last_day for reply in one.replies if reply.date), default=None) for one in in_order]
    dated = [day for day in newest if day]
    assert dated == sorted(dated, reverse=True)
    assert newest[: len(dated)] == dated
    kinds = [bool(one.replies) for one in in_order[len(dated) :]]
    assert kinds == sorted(kinds, reverse=True)


def test_an_exhibit_without_any_date_has_an_unknown_year(expo: Expo) -> None:
    """`nam=khong-ro` holds what has neither start nor submission; a submission's year serves without a start."""
    first = replace(expo.initiatives[0], started=None, submitted=None)
    assert initiative_values(expo, first)["nam"] == ("khong-ro",)
    assert initiative_values(expo, replace(first, submitted=PartialDate(2021)))["nam"] == ("2021",)
