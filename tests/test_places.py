"""The 63 and the 34: every name leads somewhere, by date, by prefix; what leads nowhere gets a suggestion."""

from __future__ import annotations

import pytest

from expo.dates import PartialDate
from expo.model import Place
from expo.places import Gazetteer, PlaceNotFound, load_gazetteer

BEFORE, AFTER = PartialDate(2025, 6, 30), PartialDate(2025, 7, 1)


@pytest.fixture
def gazetteer() -> Gazetteer:
    """Both lists."""
    return load_gazetteer()


def names_of(place: Place) -> list[str]:
    """Every name under which a place is known."""
    return [place.slug, place.name, place.full_name, place.name_en, *place.aliases]


def refused(gazetteer: Gazetteer, text: str, date: PartialDate | None = None) -> tuple[str, tuple[str, ...]]:
    """Code and choices of a name that leads to no single place."""
    with pytest.raises(PlaceNotFound) as caught:
        gazetteer.resolve(text, date)
    return caught.value.code, caught.value.choices


def test_there_are_63_and_34(gazetteer: Gazetteer) -> None:
    """63 units before July 2025, 34 since, with 5 and 9 of them cities, all slugs and keys distinct."""
    assert (len(gazetteer.places_63), len(gazetteer.places_34)) == (63, 34)
    cities = [sum(place.kind == "thanh-pho" for place in one) for one in (gazetteer.places_63, gazetteer.places_34)]
    assert cities == [5, 9]
    keys = [place.key for place in (*gazetteer.places_63, *gazetteer.places_34, *gazetteer.special)]
    assert len(set(keys)) == 63 + 34 + 2


def test_every_one_of_the_63_leads_into_one_of_the_34(gazetteer: Gazetteer) -> None:
    """`into` and `members` say the same from both sides."""
    into = {place.slug: place.into for place in gazetteer.places_63}
    members = {slug: place.slug for place in gazetteer.places_34 for slug in place.members}
    assert into == members


@pytest.mark.parametrize("scheme", ["63", "34"])
def test_every_name_and_alias_leads_to_its_place(gazetteer: Gazetteer, scheme: str) -> None:
    """With its list's prefix every slug, name, full name, English name and alias gives the one place."""
    places = gazetteer.places_63 if scheme == "63" else gazetteer.places_34
    wrong = [
        (name, place.key)
        for place in places
        for name in names_of(place)
        if gazetteer.resolve(f"{scheme}:{name}", None) is not place
    ]
    assert wrong == []


def test_every_name_alone_leads_to_its_place_by_date(gazetteer: Gazetteer) -> None:
    """Without a prefix, a name means its own list at that list's time, however it is typed."""
    wrong = [
        (name, place.key, found.key)
        for places, date in ((gazetteer.places_63, BEFORE), (gazetteer.places_34, AFTER))
        for place in places
        for name in names_of(place)
        for typed in (name, name.upper(), f"  {name} ")
        if (found := gazetteer.resolve(typed, date)) is not place
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "date", "key"),
    [
        ("da-nang", BEFORE, "63:da-nang"),
        ("da-nang", AFTER, "34:da-nang"),
        ("Đà Nẵng", PartialDate(2019), "63:da-nang"),
        ("63:da-nang", AFTER, "63:da-nang"),
        ("34:da-nang", BEFORE, "34:da-nang"),
        ("34: Đà Nẵng", None, "34:da-nang"),
        ("Bình Dương", None, "63:binh-duong"),
        ("Bình Dương", AFTER, "63:binh-duong"),
        ("thua thien hue", BEFORE, "63:thua-thien-hue"),
        ("thua thien hue", AFTER, "34:hue"),
        ("TP.HCM", BEFORE, "63:ho-chi-minh"),
        ("Sài Gòn", AFTER, "34:ho-chi-minh"),
        ("tỉnh Quảng Ninh", BEFORE, "63:quang-ninh"),
        ("toan-quoc", None, "toan-quoc"),
        ("Cả nước", None, "toan-quoc"),
        ("Toàn quốc", AFTER, "toan-quoc"),
        ("lien-tinh", None, "lien-tinh"),
    ],
)
def test_a_name_means_the_list_of_its_time(gazetteer: Gazetteer, text: str, date: PartialDate | None, key: str) -> None:
    """A prefix wins, then the only list that has the name, then the date: the 34 from 1 July 2025 on."""
    assert gazetteer.resolve(text, date).key == key


def test_a_year_that_holds_the_merger_counts_as_before_it(gazetteer: Gazetteer) -> None:
    """ "2025" begins before 1 July; "2026" does not."""
    assert [gazetteer.resolve("da-nang", PartialDate(year)).scheme for year in (2025, 2026)] == ["63", "34"]


def test_a_name_of_both_lists_without_a_date_asks_which(gazetteer: Gazetteer) -> None:
    """The two ways of saying which list are offered."""
    assert refused(gazetteer, "Đà Nẵng") == ("province-in-both-lists", ("63:da-nang", "34:da-nang"))


@pytest.mark.parametrize("initials", ["QN", "qn", "BD", "BT", "DN", "HG", "LC", "TN"])
def test_initials_of_several_provinces_are_refused_with_all_of_them(gazetteer: Gazetteer, initials: str) -> None:
    """QN may be Quảng Nam, Quảng Ngãi or Quảng Ninh, whatever the date."""
    assert refused(gazetteer, initials, BEFORE) == ("shared-initials", gazetteer.initials[initials.upper()])


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Đà Nắgn", ("da-nang",)),
        ("quang binhh", ("quang-binh",)),
        ("Paris", ()),
        ("", ()),
        ("63:Paris", ()),
        ("x" * 9999, ()),
    ],
)
def test_an_unknown_name_gets_the_nearest_one_or_none(
    gazetteer: Gazetteer, text: str, suggestion: tuple[str, ...]
) -> None:
    """A slip leads to a suggestion; what is like no province does not."""
    assert refused(gazetteer, text, BEFORE) == ("unknown-province", suggestion)


def test_a_name_of_one_list_is_not_found_under_the_other_prefix(gazetteer: Gazetteer) -> None:
    """There is no Bình Dương among the 34."""
    assert refused(gazetteer, "34:binh-duong")[0] == "unknown-province"


def test_the_archipelagos_belong_to_their_provinces(gazetteer: Gazetteer) -> None:
    """Hoàng Sa is Đà Nẵng's and Trường Sa is Khánh Hòa's, in both lists and on the tile map."""
    assert [(one["slug"], one["province_63"], one["province_34"]) for one in gazetteer.archipelagos] == [
        ("hoang-sa", "da-nang", "da-nang"),
        ("truong-sa", "khanh-hoa", "khanh-hoa"),
    ]
    assert [tile.slug for tile in gazetteer.archipelago_tiles] == ["hoang-sa", "truong-sa"]


def test_every_tile_is_a_province_and_no_two_share_a_cell(gazetteer: Gazetteer) -> None:
    """34 tiles, one for each of the 34."""
    assert sorted(tile.slug for tile in gazetteer.tiles_34) == sorted(place.slug for place in gazetteer.places_34)
    assert len({(tile.row, tile.column) for tile in gazetteer.tiles_34}) == 34
