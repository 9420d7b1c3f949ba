"""Letters: the vectors that Python and the browser share, properties of any text, the order of sorting, names."""

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import TypedDict
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.text import (
    Token,
    canonical_tone,
    collation_key,
    fold_name,
    fold_text,
    has_vietnamese_letter,
    make_slug,
    normalise_text,
    split_tokens,
)


class Vector(TypedDict):
    """One case of tests/vectors/text.json; a token is its exact form, its folded form and what it spans."""

    about: str
    input: str
    normalised: str
    canonical: str
    folded: str
    tokens: list[list[str]]


VECTORS: list[Vector] = json.loads((Path(__file__).parent / "vectors" / "text.json").read_text(encoding="utf-8"))

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
HOSTILE = (
    "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u034f\u00ad\u200b\u200d\u200f\u202e\u2066\ufeff\r\n\u2028\x00"
)
# Half Vietnamese, a quarter separators and what hides, the rest anything at all, lone surrogates too.
texts = st.lists(
    st.one_of(
        st.sampled_from(VIETNAMESE + VIETNAMESE.upper()),
        st.sampled_from(["hòa", "Thúy", "qúy", "TP.HCM", "SK-0002", "khoẻ", "NĐ-CP"]),
        st.sampled_from(" -./–’',0129" + HOSTILE),
        st.characters(),
    ),
    max_size=30,
).map("".join)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["about"])
def test_vector(vector: Vector) -> None:
    """Every shared case comes out as written by hand."""
    canonical = canonical_tone(vector["input"])
    assert {
        "normalised": normalise_text(vector["input"]),
        "canonical": canonical,
        "folded": fold_text(vector["input"]),
        "tokens": [[t.exact, t.folded, canonical[t.start : t.end]] for t in split_tokens(vector["input"])],
    } == {key: vector[key] for key in ("normalised", "canonical", "folded", "tokens")}


def test_vectors_are_many_and_differ() -> None:
    """The shared cases are not thinned out by accident, and none is there twice."""
    assert len(VECTORS) >= 395
    assert len({vector["input"] for vector in VECTORS}) == len(VECTORS)


def test_token_positions() -> None:
    """A token tells where it stands; the joined form spans the whole abbreviation."""
    assert split_tokens("Hỏi TP.HCM") == [
        Token("hỏi", "hoi", 0, 3),
        Token("tp", "tp", 4, 6),
        Token("hcm", "hcm", 7, 10),
        Token("tphcm", "tphcm", 4, 10),
    ]


@given(texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    """Normalised text is at rest, is NFC and can be written to a file."""
    normalised = normalise_text(text)
    assert normalise_text(normalised) == normalised
    assert normalize("NFC", normalised) == normalised
    assert normalised.encode("utf-8").decode("utf-8") == normalised


@given(texts)
def test_canonical_tone_twice_changes_nothing(text: str) -> None:
    """The canonical place is at rest, and finding it never changes the length, so that spans hold for both."""
    canonical = canonical_tone(text)
    assert canonical_tone(canonical) == canonical
    assert len(canonical) == len(normalise_text(text))


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    """Folded text is at rest, whatever came in."""
    assert fold_text(fold_text(text)) == fold_text(text)


@given(texts)
def test_composition_does_not_matter(text: str) -> None:
    """NFC, NFD and the text as typed give the same tokens."""
    tokens = split_tokens(text)
    assert split_tokens(normalise_text(text)) == tokens
    assert split_tokens(normalize("NFD", normalise_text(text))) == tokens


@given(texts)
def test_tone_place_does_not_matter_for_folding(text: str) -> None:
    """Old and new tone styles fold alike."""
    assert fold_text(canonical_tone(text)) == fold_text(text)


@given(texts)
def test_tokens_lie_inside_the_text(text: str) -> None:
    """Spans are inside the normalised text, start at a letter or digit, never run backwards, and are not empty."""
    canonical = canonical_tone(text)
    tokens = split_tokens(text)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(canonical)
        assert canonical[token.start].isalnum()
        assert token.exact
        assert token.folded == fold_text(token.exact)
    assert all(before.end <= after.end for before, after in pairwise(tokens))


@given(texts)
def test_every_letter_is_in_a_token(text: str) -> None:
    """No letter or digit is lost."""
    covered = {index for token in split_tokens(text) for index in range(token.start, token.end)}
    canonical = canonical_tone(text)
    assert [c for index, c in enumerate(canonical) if c.isalnum() and index not in covered] == []


@given(st.lists(texts, max_size=8))
def test_sorting_is_a_total_order(strings: list[str]) -> None:
    """Any texts can be sorted, the result does not depend on where they stood, and equal keys mean equal texts."""
    normalised = list(set(map(normalise_text, strings)))
    backwards = normalised[::-1]
    assert sorted(strings, key=collation_key, reverse=True) is not None
    assert sorted(normalised, key=collation_key) == sorted(backwards, key=collation_key)
    assert len(set(map(collation_key, strings))) == len(normalised)


@given(texts)
def test_slugs_are_safe(text: str) -> None:
    """A slug has only a-z, 0-9 and single inner hyphens, and is its own slug."""
    slug = make_slug(text)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slug.strip("-")
    assert "--" not in slug
    assert make_slug(slug) == slug


SORTED_NAMES = """
, dấu phẩy
2 xã
10 xã
010 xã
100 xã
a
A
à
À
ả
ã
á
ạ
An Giang
ă
ằ
â
ậ
Bà Rịa – Vũng Tàu
Bạc Liêu
Bắc Giang
Bắc Kạn
Bắc Ninh
Bến Tre
Bình Dương
Bình Định
Bình Phước
Cà Mau
Cao Bằng
Cần Thơ
da
dạ
dạng
Dân
đa
Đa
Đà Nẵng
Đắk Lắk
Đắk Nông
Điện Biên
Đồng Nai
em
ê
Gia Lai
Hà Nội
hoa
hoà
hòa
hoá
hoạ
Hòa Bình
Hoà Vang
Hồ Chí Minh
Huế
Kon Tum
ma
mà
mả
mã
má
mạ
Ninh Bình
o
ô
ổ
ơ
ợ
Phú Thọ
Quảng Nam
Quảng Ngãi
thang
thàng
tháng
thang máy
Thanh Hóa
thành phố
Thừa Thiên Huế
u
ư
Vĩnh Long
y tế
Yên Bái
zalo
Хуэ
越南
""".strip().split("\n")


@pytest.mark.parametrize(
    ("text", "has_one"),
    [
        ("Huế", True),
        ("Hue\u0302\u0301", True),
        ("ĐÀO", True),
        ("lao đao", True),
        ("Da Nang Today", False),
        ("“Thieu” lychees – 2022", False),
        ("", False),
    ],
)
def test_vietnamese_letters(text: str, has_one: bool) -> None:
    """Those with a mark, composed or not, and đ; quotes and dashes are none."""
    assert has_vietnamese_letter(text) == has_one


def test_vietnamese_order() -> None:
    """Alphabet first (a ă â … d đ …), then ngang huyền hỏi ngã sắc nặng, then case; numbers by value."""
    shuffled = random.Random(2021).sample(SORTED_NAMES, len(SORTED_NAMES))
    assert sorted(shuffled, key=collation_key) == SORTED_NAMES


def test_sorting_ignores_composition() -> None:
    """A name typed in NFD stands where the same name in NFC stands."""
    assert collation_key(normalize("NFD", "Đắk Lắk")) == collation_key("Đắk Lắk")


def test_long_numbers_sort() -> None:
    """A number of ten thousand digits is sorted, not refused."""
    assert collation_key("9" * 9_999) < collation_key("1" * 10_000)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        (
            "Điểm truy cập dịch vụ công ở quán cà phê, quận Đống Đa",
            "diem-truy-cap-dich-vu-cong-o-quan-ca-phe-quan-dong-da",
        ),
        ("Hue-S", "hue-s"),
        ("TP.HCM  (1022)", "tp-hcm-1022"),
        ("../../etc/passwd", "etc-passwd"),
        ("  –  ", ""),
        ("越南", ""),
    ],
)
def test_slug(text: str, slug: str) -> None:
    """A slug is the folded words joined by hyphens; nothing of a path or of another script stays."""
    assert make_slug(text) == slug


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Tỉnh Thừa Thiên Huế", "thuathienhue"),
        ("thành phố Đà Nẵng", "danang"),
        ("TP. Hồ Chí Minh", "hochiminh"),
        ("TP Huế", "hue"),
        ("TP.HCM", "tphcm"),
        ("Bà Rịa - Vũng Tàu", "bariavungtau"),
        ("BÀ RỊA–VŨNG TÀU", "bariavungtau"),
        ("Đắk Lắk", "daklak"),
        ("Tỉnh", "tinh"),
        ("Tĩnh Gia", "gia"),
        ("Thanh Hóa", "thanhhoa"),
        ("thua-thien-hue", "thuathienhue"),
    ],
)
def test_province_name(name: str, folded: str) -> None:
    """A province is looked up by letters and digits alone, without the word for what it is."""
    assert fold_name(name) == folded
