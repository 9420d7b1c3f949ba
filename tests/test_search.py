"""Search on the build side: what is searched, names of places, and the command line's Whoosh index."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from expo.config import Config, make_config
from expo.model import Expo
from expo.pipeline import load_expo
from expo.search.texts import initiative_texts, plain_text
from expo.search.units import find_units, make_runs, make_units, split_parts
from expo.search.whoosh_index import open_index, search
from expo.text import split_tokens


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Real content, a cache of our own."""
    return replace(make_config(), cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def expo(config: Config) -> Expo:
    """The real content."""
    return load_expo(config)


def find(expo: Expo, config: Config, query: str) -> list[str]:
    """Slugs that the command line would print."""
    return [hit.initiative.slug for hit in search(expo, config, query, 10)]


# --- what is searched ---


def test_plain_text_leaves_out_source_marks_and_addresses() -> None:
    """Keys of sources and addresses of links are not words of the text."""
    markdown = "Xem [trang này](https://example.org/abc) và <https://example.org>.[^nguon]\n\n[^nguon]: x"
    assert [token.exact for token in split_tokens(plain_text(markdown))] == ["xem", "trang", "này", "và", "x"]


def test_the_place_field_holds_both_names(expo: Expo) -> None:
    """An exhibit of Bình Dương is found by the name of today too."""
    place = initiative_texts(expo, next(one for one in expo.initiatives if one.id == "SK-0014"))["place"]
    assert {"Bình Dương", "Hồ Chí Minh", "SK-0014"} <= set(place.split("\n"))


# --- units ---


def test_a_name_in_capitals_and_parts_also_runs_joined() -> None:
    """TP.HCM is typed in three ways; a hyphen in a name joins nothing."""
    assert make_runs("TP.HCM") == ("tp hcm", "tphcm")
    assert make_runs("TT&TT") == ("tt tt", "tttt")
    assert make_runs("Bà Rịa-Vũng Tàu") == ("bà rịa vũng tàu",)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("Bình Dương", ["binh-duong"]),
        ("tỉnh bình dương", ["binh-duong"]),
        ("BINH DUONG", ["binh-duong"]),
        ("TP. Huế", ["hue"]),
        ("Thừa Thiên Huế", ["thua-thien-hue"]),
        ("rác ở Sài Gòn", ["rác", "ở", "ho-chi-minh"]),
        ("bình đường", ["bình", "đường"]),  # other marks than the province's
        ("Quảng Nam Đà Nẵng", ["quang-nam", "da-nang"]),
    ],
)
def test_names_of_places_count_as_one_word(expo: Expo, query: str, names: list[str]) -> None:
    """Of either list, by alias, with or without "tỉnh", with or without marks; but typed marks must fit."""
    found = find_units(split_parts(split_tokens(query)), make_units(expo))
    assert [piece.leads_to.slug if not hasattr(piece, "exact") else piece.exact for piece in found] == names  # type: ignore[union-attr]


def test_no_two_units_share_a_run(expo: Expo) -> None:
    """The browser looks a run up in one table."""
    runs = [run for unit in make_units(expo) for run in unit.runs]
    assert len(set(runs)) == len(runs)


# --- the command line's index ---


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("dong da", "ca-phe-dich-vu-cong-dong-da"),
        ("Đống Đa", "ca-phe-dich-vu-cong-dong-da"),
        ("đống đa", "ca-phe-dich-vu-cong-dong-da"),
        ("SK-0002", "hue-s"),
        ("sk 2", "hue-s"),
        ("sk2", "hue-s"),
        ("0002", "hue-s"),
        ("Bình Dương", "tong-dai-1022-binh-duong"),
        ("tinh binh duong", "tong-dai-1022-binh-duong"),
        ("m-score quảng trị", "m-score-quang-tri"),
    ],
)
def test_the_command_line_finds(expo: Expo, config: Config, query: str, first: str) -> None:
    """With and without marks, by number in any writing, by a name that is gone."""
    assert find(expo, config, query)[0] == first


def test_short_and_full_form_find_the_same(expo: Expo, config: Config) -> None:
    """UBND and Ủy ban nhân dân, tone mark on either vowel."""
    assert find(expo, config, "UBND") == find(expo, config, "Ủy ban nhân dân") == find(expo, config, "uỷ ban nhân dân")
    assert find(expo, config, "UBND") != []


def test_typed_marks_bind_where_an_exhibit_bears_them(expo: Expo, config: Config) -> None:
    """ "Đống Đa" finds its one exhibit; without marks its folded twins come too, and marks that nothing bears fold."""
    assert find(expo, config, "Đống Đa") == ["ca-phe-dich-vu-cong-dong-da"]
    assert len(find(expo, config, "dong da")) > 1
    assert find(expo, config, "chátbọt") == find(expo, config, "chatbot") != []


def test_a_beginning_finds_where_no_whole_word_does(expo: Expo, config: Config) -> None:
    """ "chatb" finds what has "chatbot"; a word that nothing begins with leaves the others."""
    assert sorted(find(expo, config, "chatb")) == sorted(find(expo, config, "chatbot"))
    assert find(expo, config, "chatbot qqqqq") == find(expo, config, "chatbot")


@pytest.mark.parametrize(
    "query",
    ["", " ", "!!!", "zzzzz", "\x00\x1f\u202e", "\ud800\udc00\ud800", "<script>alert(1)</script>" * 40, "a" * 10_000,
     "AND OR NOT", '"', "title:*", "(", "*", "?" * 50, "\u0301" * 5_000],
)  # fmt: skip
def test_hostile_queries_do_no_harm(expo: Expo, config: Config, query: str) -> None:
    """They find something or nothing, and raise never."""
    assert isinstance(search(expo, config, query, 5), list)


def test_the_index_is_made_once_and_again_when_the_content_differs(expo: Expo, tmp_path: Path) -> None:
    """One folder in the cache, kept while the texts are the same, replaced when one changes."""
    config = replace(make_config(), cache=tmp_path)
    open_index(expo, config)
    (first,) = (tmp_path / "whoosh").iterdir()
    made = first.stat().st_mtime_ns
    open_index(expo, config)
    assert [folder.stat().st_mtime_ns for folder in (tmp_path / "whoosh").iterdir()] == [made]
    edited = replace(expo, initiatives=(replace(expo.initiatives[0], title="Tên khác"), *expo.initiatives[1:]))
    assert search(edited, config, "tên khác", 1)[0].initiative.id == expo.initiatives[0].id
    (second,) = (tmp_path / "whoosh").iterdir()
    assert second != first


def test_a_damaged_index_is_made_anew(expo: Expo, tmp_path: Path) -> None:
    """A cache that something has cut short is no reason to fail."""
    config = replace(make_config(), cache=tmp_path)
    open_index(expo, config)
    for path in next((tmp_path / "whoosh").iterdir()).iterdir():
        path.unlink() if path.suffix == ".toc" else path.write_bytes(b"")
    assert find(expo, config, "Đống Đa")[0] == "ca-phe-dich-vu-cong-dong-da"
