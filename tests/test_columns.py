"""The catalogue's columns: which values an exhibit has, the orders of the list, and the bytes of both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from expo.config import make_config
from expo.dates import PartialDate
from expo.model import Expo, Initiative
from expo.pipeline import load_expo
from expo.search.columns import FACETS, Columns, facet_values, initiative_values, make_columns, pack_columns, pack_order
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


def test_by_name_is_vietnamese_order(expo: Expo) -> None:
    """Every number once, in the order of the titles."""
    numbers = make_columns(expo).by_name
    titles = {initiative.number: initiative.title for initiative in expo.initiatives}
    assert sorted(numbers) == sorted(titles)
    in_order = [titles[number] for number in numbers]
    assert in_order == sorted(in_order, key=collation_key)


def test_by_reply_has_the_newest_first_and_only_what_has_replies(expo: Expo) -> None:
    """Dated replies from the newest down, then exhibits with undated ones alone."""
    by_number = {initiative.number: initiative for initiative in expo.initiatives}
    in_order = [by_number[number] for number in make_columns(expo).by_reply]
    assert {one.id for one in in_order} == {one.id for one in expo.initiatives if one.replies}
    newest = [max((reply.date.last_day for reply in one.replies if reply.date), default=None) for one in in_order]
    dated = [day for day in newest if day]
    assert dated == sorted(dated, reverse=True)
    assert newest[: len(dated)] == dated


def test_equal_keys_leave_the_newest_first(expo: Expo) -> None:
    """Two exhibits of one title, and of replies of one day: the one with the higher number comes first."""
    answered = next(one for one in expo.initiatives if one.replies)
    twins = tuple(replace(answered, id=f"SK-{number:04d}") for number in (2, 1, 3))
    columns = make_columns(replace(expo, initiatives=twins))
    assert (columns.by_name, columns.by_reply) == ((3, 2, 1), (3, 2, 1))


def test_an_exhibit_without_any_date_has_an_unknown_year(expo: Expo) -> None:
    """`nam=khong-ro` holds what has neither start nor submission; a submission's year serves without a start."""
    first = replace(expo.initiatives[0], started=None, submitted=None)
    assert initiative_values(expo, first)["nam"] == ("khong-ro",)
    assert initiative_values(expo, replace(first, submitted=PartialDate(2021)))["nam"] == ("2021",)


def make_small_columns() -> Columns:
    """Three exhibits, numbered with a gap, and two facets; 70 has two themes, 300 none."""
    return Columns(
        numbers=(300, 71, 70),
        values={"phong": ("a", "b"), "chu-de": ("đ", "e")},
        rows={"phong": ((0,), (1,), (0,)), "chu-de": ((), (1,), (1, 0))},
        by_name=(70, 300, 71),
        by_reply=(71,),
    )


def test_columns_are_packed_as_documented() -> None:
    """Header, with the rows of the panel; numbers as zigzag varints of 300, -229 and -1; a byte an exhibit a facet, and
    one further value.
    """
    header = (
        '{"count":3,"facets":{"phong":{"values":["a","b"],"width":1,"more":0},'
        '"chu-de":{"values":["đ","e"],"width":1,"more":1}},'
        '"choices":{"phong":[["a","A",2,"","b"]]}}'
    ).encode()
    numbers = bytes([0xD8, 0x04, 0xC9, 0x03, 0x01])
    facets = bytes([1, 2, 1]) + bytes([0, 2, 2]) + bytes([2, 1])
    choices = {"phong": [["a", "A", 2, "", "b"]]}
    assert pack_columns(make_small_columns(), choices) == len(header).to_bytes(4, "little") + header + numbers + facets


def test_an_order_is_packed_as_documented() -> None:
    """How many, the width, the low bytes, the high bytes; numbers up to 255 take one byte."""
    columns = make_small_columns()
    assert pack_order(columns.by_name) == bytes([3, 2, 70, 44, 71, 0, 1, 0])
    assert pack_order(columns.by_reply) == bytes([1, 1, 71])
    assert pack_order(()) == bytes([0, 1])


def test_the_real_columns_are_small_and_the_same_again(expo: Expo) -> None:
    """About a byte an exhibit a facet beside the header, and the same bytes from the same content."""
    packed = pack_columns(make_columns(expo))
    assert packed == pack_columns(make_columns(load_expo(make_config())))
    header = 4 + int.from_bytes(packed[:4], "little")
    assert len(packed) - header < 2 * len(FACETS) * len(expo.initiatives)
