"""Abbreviations: a text is found by the other form of what it says; texts define their own; the table is sound."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.config import make_config
from expo.pipeline import load_expo
from expo.search.abbreviations import AbbreviationTable, expand_words, find_defined
from expo.text import canonical_tone, fold_text, split_tokens, split_words

PAIRS = [
    ("UBND", "Ủy ban nhân dân"),
    ("UBMTTQ", "Ủy ban Mặt trận Tổ quốc"),
    ("MTTQ", "Mặt trận Tổ quốc"),
    ("HĐND", "Hội đồng nhân dân"),
    ("TTHC", "thủ tục hành chính"),
    ("KT-XH", "kinh tế - xã hội"),
    ("TT&TT", "Thông tin và Truyền thông"),
    ("VH-TT&DL", "Văn hóa, Thể thao và Du lịch"),
    ("VH&TT", "Văn hóa và Thể thao"),
    ("VH&TT", "Văn hóa và Thông tin"),
    ("KH&CN", "Khoa học và Công nghệ"),
    ("TP", "thành phố"),
    ("CA", "công an"),
    ("DN", "doanh nghiệp"),
    ("ĐN", "đấu nối"),
    ("sổ đỏ", "giấy chứng nhận"),
]
TABLE = AbbreviationTable.from_pairs(PAIRS)


def expand(text: str, table: AbbreviationTable = TABLE) -> str:
    """The words that are added to a text, each once."""
    added = [exact for exact, _ in expand_words(split_words(text), table)]
    return " ".join(dict.fromkeys(added))


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("Ủy ban nhân dân xã", "ubnd"),
        ("uỷ ban nhân dân", "ubnd"),  # tone mark on the other vowel
        ("ỦY BAN NHÂN DÂN", "ubnd"),
        ("uy ban nhan dan", "ubnd"),  # a text without marks
        ("thú tục hành chính", ""),  # other marks than the table's
        ("thủ tục. Hành chính", ""),  # two sentences
        ("thủ tục\nhành chính", "tthc"),  # a line that was wrapped
        ("thủ tục\n\nhành chính", ""),
        ("kinh tế - xã hội", "kt xh ktxh"),
        ("kinh tế, xã hội", "kt xh ktxh"),
        ("KINH TẾ-XÃ HỘI", "kt xh ktxh"),
        ("Sở Thông tin và Truyền thông", "tt tttt"),
        ("thông tin truyền thông", "tt tttt"),  # "và" left out
        ("Ủy ban Mặt trận Tổ quốc Việt Nam", "ubmttq mttq"),  # one in another
        ("giấy chứng nhận", "sổ đỏ sổđỏ"),
        ("công an", "ca"),
    ],
)
def test_a_full_form_adds_every_writing_of_the_short_one(text: str, added: str) -> None:
    """Word for word, in one sentence, in capitals or not; marks that the text has must be the table's."""
    assert expand(text) == canonical_tone(added)


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("UBND xã", "uỷ ban nhân dân"),
        ("ubnd xã", "uỷ ban nhân dân"),  # reads like no syllable
        ("U.B.N.D", "uỷ ban nhân dân"),
        ("12/QĐ-UBND", "uỷ ban nhân dân"),
        ("HDND", "hội đồng nhân dân"),
        ("KT-XH", "kinh tế xã hội"),
        ("KTXH", "kinh tế xã hội"),
        ("kt-xh", "kinh tế xã hội"),
        ("KT. Dòng XH", ""),  # not side by side
        ("KT\nXH", ""),
        ("TT & TT", "thông tin và truyền"),
        ("TTTT", "thông tin và truyền"),
        ("VHTT&DL", "văn hoá thể thao và du lịch"),
        ("VH, TT và DL", "văn hoá và thể thao thông tin"),
        ("VHTT-DL", "văn hoá thể thao và du lịch"),
        ("Phòng VHTT", "văn hoá và thể thao thông tin"),  # two meanings
        ("KHCN", "khoa học và công nghệ"),
        ("Tp. Huế", "thành phố"),
        ("CA xã", "công an"),
        ("ca trực", ""),  # a syllable like any other
        ("Ca trực", ""),
        ("DN", "doanh nghiệp"),
        ("ĐN", "đấu nối"),
        ("dn", "doanh nghiệp"),
    ],
)
def test_a_short_form_adds_the_words_of_the_full_one(text: str, added: str) -> None:
    """In parts or in one; what reads like a syllable counts in capitals only."""
    assert expand(text) == canonical_tone(added)


def test_added_words_have_their_folded_form() -> None:
    """As tokens have; once for every place where they are meant."""
    text = "HĐND tỉnh, HĐND xã"
    words = [("hội", "hoi"), ("đồng", "dong"), ("nhân", "nhan"), ("dân", "dan")]
    assert expand_words(split_words(text), TABLE) == words * 2


def test_a_table_may_hold_nonsense() -> None:
    """Signs only, one form twice, a form that is its own: nothing breaks, nothing is added twice."""
    table = AbbreviationTable.from_pairs([("&", "và"), ("–", "–"), ("X", "xã"), ("X", "Xã"), ("UBND", "UBND")])
    assert expand_words(split_words("và xã & UBND"), table) == [("x", "x"), ("ubnd", "ubnd")]
    assert expand("xã", AbbreviationTable.from_pairs([])) == ""


separators = st.sampled_from([" ", " ", " ", ", ", " - ", "-", "&", "\n", ". ", "; ", " (", "\n\n"])
run_words = st.one_of(st.none(), st.sampled_from(["thủ", "tục", "hành", "chính", "hanh", "hạnh", "và", "UBND", ""]))


@given(st.lists(separators, min_size=5, max_size=5), run_words, st.integers(min_value=0, max_value=3))
def test_a_full_form_is_found_where_it_stands(between: list[str], other: str | None, at: int) -> None:
    """The short form is added if and only if a plain pattern finds the full one, whatever stands between its words."""
    run = ["thủ", "tục", "hành", "chính"]
    if other is not None:
        run[at] = other
    text = "".join(chain.from_iterable(zip(["x", *run], between, strict=True))) + "y"
    pattern = r"(?<!\w)thủ(?: |, | - |-|&|\n)tục(?: |, | - |-|&|\n)(?:hành|hanh)(?: |, | - |-|&|\n)chính(?!\w)"
    assert ("tthc" in expand(text).split()) == bool(re.search(pattern, text))


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Ủy ban nhân dân (UBND) xã", [("UBND", "uỷ ban nhân dân")]),
        ("phát triển kinh tế - xã hội (KT-XH)", [("KT-XH", "kinh tế xã hội")]),
        ("Sở Tài nguyên và Môi trường (TN&MT)", [("TN&MT", "tài nguyên và môi trường")]),
        ("Giáo dục, Đào tạo ( GDĐT )", [("GDĐT", "giáo dục đào tạo")]),
        ("Nhà văn hóa và truyền thông (NVHVTT)", [("NVHVTT", "nhà văn hoá và truyền thông")]),
        ("thủ tục hành chính (sau đây gọi tắt là TTHC)", [("TTHC", "thủ tục hành chính")]),
        ("**Hội đồng nhân dân** (“HĐND”)", [("HĐND", "hội đồng nhân dân")]),
        ("trung tâm điều\nhành (TTĐH)", [("TTĐH", "trung tâm điều hành")]),
        ("Ủy ban nhân dân xã (UBND)", []),  # not the words before the bracket
        ("Ủy ban nhân dân (ubnd)", []),
        ("Ủy ban nhân dân – (UBND)", []),
        ("cơ sở. Dữ liệu (CSDL)", []),  # two sentences
        ("Ban An ninh (BAN)", []),  # reads like a syllable
        ("việc hỗ trợ (HT2)", []),
        ("xã (X), một hai ba bốn năm sáu bảy tám chín (MHBBNSBTC)", []),  # too short, too long
        ("(UBND)", []),
    ],
)
def test_a_text_defines_its_abbreviations(text: str, pairs: list[tuple[str, str]]) -> None:
    """The initials of the words before a bracket spell it; "và" may be passed over."""
    assert find_defined(text) == pairs


def test_what_one_text_defines_another_is_found_by() -> None:
    """The pairs go into the table as the organizers' do."""
    table = AbbreviationTable.from_pairs(find_defined("Lập đội tưới đêm mùa hạn (ĐTĐMH)."))
    assert expand("Họ gọi đội tưới đêm mùa hạn.", table) == "đtđmh"
    assert expand("ĐTĐMH làm tới sáng.", table) == "đội tưới đêm mùa hạn"


@given(
    st.text(alphabet=st.sampled_from("(()) là tắt:“”\nUBNDubndđĐ&-.\ud800\u0301İ1"), max_size=60), st.text(max_size=60)
)
def test_nothing_that_is_typed_breaks_it(brackets: str, text: str) -> None:
    """Any text has tokens, definitions and additions, and what it defines can be a table."""
    for one in (brackets, text, brackets + text):
        table = AbbreviationTable.from_pairs([*PAIRS, *find_defined(one)])
        for exact, folded in expand_words(split_words(one), table):
            assert folded == fold_text(exact)


def test_long_hostile_texts_take_no_time() -> None:
    """Brackets without an end are walked through once."""
    source = random.Random(1975)
    for text in ("(" * 100_000, "(là " * 50_000, "(U" * 50_000, "".join(source.choices("(UBND là)", k=200_000))):
        assert len(find_defined(text)) < 100


def test_the_table_of_the_project_is_sound(tmp_path: Path) -> None:
    """Enough entries, none twice, each found both ways, and none that would make a common syllable an abbreviation."""
    pairs = load_expo(replace(make_config(), cache=tmp_path)).abbreviations
    assert len(pairs) >= 150
    assert len({(fold_text(short), fold_text(full)) for short, full in pairs}) == len(pairs)
    table = AbbreviationTable.from_pairs(pairs)
    for short, full in pairs:
        assert {token.exact for token in split_tokens(full)} <= set(expand(short, table).split()), short
        assert {token.exact for token in split_tokens(short)} <= set(expand(full, table).split()), short
    everyday = "ai ca ban bà tư tu ủy hội y tế xã an bộ đi có hai te ta thi ô tô ở u nông dân thành đô"
    assert expand(everyday, table) == ""
    assert expand(fold_text(everyday), table) == ""
