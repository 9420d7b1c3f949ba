"""`search` on the command line: filters, colours, what is said of slips, phrases, and queries that mean harm.

Commands run in this process on the real content; terminals and bytes that are no letters in one of their own. Facts
that depend on the content are counted by brute force beside it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expo.cli import main
from expo.config import Config, make_config
from expo.model import Expo, Initiative
from expo.pipeline import load_expo
from expo.search.columns import FACETS, facet_values, initiative_values
from expo.search.excerpts import WIDTH, Wanted, find_excerpt, find_marks
from expo.search.query import MOST_LETTERS, MOST_WORDS, Phrase, list_units, read_query
from expo.search.spelling import find_slips, fold_telex, group_forms
from expo.search.texts import initiative_texts
from expo.search.units import Unit, make_units
from expo.search.whoosh_index import Reader, answer_query, search
from expo.text import Token, fold_text, split_tokens

PROJECT = Path(__file__).resolve().parent.parent

Capture = pytest.CaptureFixture[str]

HOSTILE = {
    "empty": "",
    "blank": " \t\n",
    "only punctuation": "!?…—“”\"'()[]{}*",
    "ten thousand letters": "a" * 10_000,
    "ten thousand words": "rác " * 10_000,
    "marks without letters": "\u0301" * 10_000,
    "controls": "\x01\x07\x1b[31mrác\x1b]0;x\x07",
    "controls in a slip": "\x1bchatbott\x07",
    "bidi": "\u202eрсаr\u2066rác\u2069",
    "lone surrogates": "\ud800rác\udfff",
    "emoji": "👨‍👩‍👧‍👦 rác 🗑️",
    "HTML": '<img src=x onerror="alert(1)">',
    "operators": "rác AND NOT (title:* OR body:[a TO z]) +x -y ~2 ^3 ?*",
    "open quote": '"rác',
    "empty quotes": '"" “” rác',
    "quotes in a row": '"' * 199,
    "a number too long": "SK-" + "9" * 500,
    "number zero": "SK-0000",
}


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An index of our own for all tests here, and no address of a site."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("EXPO_CACHE_DIR", str(folder))
        patch.delenv("EXPO_SITE_URL", raising=False)
        yield folder


@pytest.fixture(scope="module")
def config(cache: Path) -> Config:
    """As the command makes it."""
    return make_config()


@pytest.fixture(scope="module")
def expo(config: Config) -> Expo:
    """The real content."""
    return load_expo(config)


@pytest.fixture(scope="module")
def reader(expo: Expo, config: Config) -> Iterator[Reader]:
    """For many queries."""
    with Reader(expo, config) as found:
        yield found


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `search`."""
    code = main(["search", *arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def rows(capsys: Capture, *arguments: str) -> Any:
    """The rows of --json; nothing is said beside them."""
    code, out, err = run(capsys, *arguments, "--json", "--quiet", "--limit", "1000")
    assert (code, err) == (0, "")
    return json.loads(out)


def numbers(capsys: Capture, *arguments: str) -> list[str]:
    """SK numbers of the rows."""
    return [row["id"] for row in rows(capsys, *arguments)]


def passing(expo: Expo, **filters: set[str]) -> list[str]:
    """Brute force: newest first, those that have one of the values of every facet."""
    return [
        one.id
        for one in expo.newest
        if all(wanted & {*initiative_values(expo, one)[facet.replace("_", "-")]} for facet, wanted in filters.items())
    ]


# --- filters ---


@pytest.mark.parametrize("facet", FACETS)
def test_a_filter_alone_lists_the_exhibits_of_its_value(expo: Expo, capsys: Capture, facet: str) -> None:
    """Each value of each facet, as it stands in an address; newest first, with score 0 and no reason."""
    values = [value for value in facet_values(expo)[facet] if passing(expo, **{facet: {value}})][:4]
    assert values
    for value in values:
        found = rows(capsys, f"--{facet}", value)
        assert [row["id"] for row in found] == passing(expo, **{facet: {value}})
        assert {(row["score"], row["why"]) for row in found} == {(0.0, None)}


def test_values_widen_and_filters_narrow(expo: Expo, capsys: Capture) -> None:
    """Or within an option, and between options."""
    found = numbers(capsys, "--chu-de", "moi-truong", "--chu-de", "y-te", "--tinh", "ho-chi-minh", "--tinh", "da-nang")
    assert found == passing(expo, chu_de={"moi-truong", "y-te"}, tinh={"ho-chi-minh", "da-nang"})
    assert 0 < len(found) < len(passing(expo, chu_de={"moi-truong", "y-te"}))


def test_filters_narrow_a_query_and_keep_its_order(expo: Expo, capsys: Capture) -> None:
    """The best first, as without them; what counts as having all the words does not depend on the filters."""
    every = numbers(capsys, "rác")
    found = numbers(capsys, "rác", "--phan-hoi", "co")
    assert found == [number for number in every if number in passing(expo, phan_hoi={"co"})]
    assert 0 < len(found) < len(every)


@pytest.mark.parametrize(
    ("option", "typed", "value"),
    [
        ("--tinh", "Đà Nẵng", "da-nang"),
        ("--province", unicodedata.normalize("NFD", "ĐÀ NẴNG"), "da-nang"),
        ("--tinh", "thanh pho da nang", "da-nang"),
        ("--tinh", "TP.HCM", "ho-chi-minh"),
        ("--tinh", "Sài Gòn", "ho-chi-minh"),
        ("--tinh", "Thừa Thiên Huế", "hue"),
        ("--tinh", "Cả nước", "toan-quoc"),
        ("--tinh-cu", "tỉnh Bình Dương", "binh-duong"),
        ("--tinh-cu", "Quảng nam", "quang-nam"),
        ("--chu-de", "Môi trường, vệ sinh", "moi-truong"),
        ("--giai-doan", "Thí điểm", "pilot"),
        ("--giai-doan", "PILOT", "pilot"),
    ],
)
def test_a_value_answers_to_its_name(expo: Expo, capsys: Capture, option: str, typed: str, value: str) -> None:
    """In any writing; provinces by their aliases too."""
    facet = option.removeprefix("--").replace("province", "tinh")
    assert numbers(capsys, option, typed) == passing(expo, **{facet: {value}}) != []


@pytest.mark.parametrize(
    ("arguments", "vietnamese", "english"),
    [
        (
            ("--tinh", "đà nặg"),
            "--tinh: không có giá trị “đà nặg”; gần nhất: da-nang.",
            '--tinh: there is no value "đà nặg"; nearest: da-nang.',
        ),
        (
            ("--phong", "xyz"),
            "--phong: không có giá trị “xyz”; dùng: endorsed, community, archive.",
            '--phong: there is no value "xyz"; use: endorsed, community, archive.',
        ),
        (
            ("--tinh", "Bình Dương"),
            (
                "--tinh: “Bình Dương” là tên trước 1/7/2025, nay thuộc Hồ Chí Minh; "
                "dùng --tinh-cu binh-duong, hoặc --tinh ho-chi-minh cho cả tỉnh, thành mới."
            ),
            (
                '--tinh: "Bình Dương" is a name from before 1 July 2025, now part of Ho Chi Minh City; '
                "use --tinh-cu binh-duong, or --tinh ho-chi-minh for all of it."
            ),
        ),
        (
            ("--tinh-cu", "QN"),
            "--tinh-cu: không có giá trị “QN”; gần nhất: quang-nam, quang-ngai, quang-ninh.",
            '--tinh-cu: there is no value "QN"; nearest: quang-nam, quang-ngai, quang-ninh.',
        ),
        (
            ("--phan-hoi", "\x1b[31m" + "x" * 10_000),
            f"--phan-hoi: không có giá trị “[31m{'x' * 75}…”; dùng: co, ket-qua, chua.",
            f'--phan-hoi: there is no value "[31m{"x" * 75}…"; use: co, ket-qua, chua.',
        ),
    ],
    ids=["near", "short list", "former", "initials", "hostile"],
)
def test_an_unknown_value_is_wrong_usage(
    capsys: Capture, arguments: tuple[str, ...], vietnamese: str, english: str
) -> None:
    """It names the option, the value, and the nearest values or all that are allowed; nothing is searched."""
    code, out, err = run(capsys, "rác", *arguments)
    assert (code, out, err.splitlines()[-1]) == (2, "", f"Lỗi: {vietnamese}")
    code, out, err = run(capsys, "rác", *arguments, "--lang", "en")
    assert (code, out, err.splitlines()[-1]) == (2, "", f"Error: {english}")


def test_all_unknown_values_are_told_in_one_run(capsys: Capture) -> None:
    """One line each."""
    code, _, err = run(capsys, "--phong", "x", "--phong", "archive", "--phan-hoi", "y", "--lang", "en")
    assert (code, err.splitlines()[-2:]) == (
        2,
        [
            'Error: --phong: there is no value "x"; use: endorsed, community, archive.',
            '--phan-hoi: there is no value "y"; use: co, ket-qua, chua.',
        ],
    )


def test_neither_query_nor_filter_is_wrong_usage(capsys: Capture) -> None:
    """A query may be left out where there is a filter."""
    assert run(capsys)[0] == 2
    assert run(capsys, "--tinh", "hue")[0] == 0


@pytest.mark.slow
def test_filters_alone_load_no_search_engine(cache: Path) -> None:
    """Nor does a pipe load what draws colours."""
    program = (
        "import sys; from expo.cli import main; main(['search', '--tinh', 'hue', '--quiet']); "
        "print(sorted({'whoosh', 'rich', 'pelican', 'jinja2'} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


# --- what is printed ---


def test_a_pipe_gets_one_plain_line_a_result(expo: Expo, capsys: Capture) -> None:
    """Number, title, places of their time."""
    first = expo.by_id["SK-0002"]
    code, out, err = run(capsys, "SK-0002")
    assert (code, out, err) == (0, f"SK-0002  {first.title} ({', '.join(one.name for one in first.places)})\n", "")


def test_a_row_of_json(expo: Expo, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it lies on the site, how it is filed, and the line that shows why with the spans of what was looked for."""
    (row,) = rows(capsys, "Đống Đa")
    one = next(one for one in expo.initiatives if one.slug == "ca-phe-dich-vu-cong-dong-da")
    start = one.title.index("Đống")
    assert row.pop("score") > 0
    assert row == {
        "id": one.id,
        "slug": one.slug,
        "title": one.title,
        "address": "/sang-kien/ca-phe-dich-vu-cong-dong-da/",
        "places": [place.name for place in one.places],
        "provinces": ["ha-noi"],
        "themes": [theme.slug for theme in one.themes],
        "stage": one.stage.slug,
        "reply": initiative_values(expo, one)["phan-hoi"][0],
        "why": {"field": "title", "text": one.title, "marks": [[start, start + 4], [start + 5, start + 7]]},
    }
    monkeypatch.setenv("EXPO_SITE_URL", "https://example.vn/expo/")
    assert rows(capsys, "Đống Đa")[0]["address"] == "https://example.vn/expo/sang-kien/ca-phe-dich-vu-cong-dong-da/"


def test_nothing_found_is_said_and_no_failure(capsys: Capture) -> None:
    """On stderr, not with --quiet; with filters they are named too."""
    assert run(capsys, "zzzz") == (0, "", "Không tìm thấy gì cho “zzzz”.\n")
    assert run(capsys, "zzzz", "--tinh", "hue", "--lang", "en") == (
        0,
        "",
        'Nothing was found for "zzzz" with these filters.\n',
    )
    assert run(capsys, "zzzz", "--quiet") == (0, "", "")
    assert run(capsys, "zzzz", "--json", "--quiet") == (0, "[]\n", "")


def on_terminal(*arguments: str, **environment: str) -> str:
    """What a terminal of 90 columns is sent on stdout."""
    terminal, end = os.openpty()
    program = [sys.executable, "-c", "import sys; from expo.cli import main; main(sys.argv[1:])", "search", *arguments]
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    with subprocess.Popen(
        program,
        cwd=PROJECT,
        env={**kept, "TERM": "xterm-256color", "COLUMNS": "90", **environment},
        stdout=end,
        stderr=subprocess.DEVNULL,
    ):
        os.close(end)
        sent = b""
        try:
            while part := os.read(terminal, 65536):
                sent += part
        except OSError:  # the other end is closed
            pass
    os.close(terminal)
    return sent.decode().replace("\r\n", "\n")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_a_terminal_gets_colours_places_and_the_reason() -> None:
    """The words are marked in the title and in the line that shows why; NO_COLOR leaves weight alone, no colour."""
    sent = on_terminal("nhựa rác", "--tinh-cu", "quang-nam", "--lang", "en")
    assert "\x1b[36mSK-0033\x1b[0m" in sent
    assert "Hội An hướng tới thành phố không \x1b[1;35mrác\x1b[0m" in sent
    assert "Quang Nam (now Da Nang) · Full scale · answered" in sent
    assert "\x1b[1;35mnhựa\x1b[0m dùng một lần và phân loại \x1b[1;35mrác\x1b[0m" in sent
    without = on_terminal("nhựa rác", "--tinh-cu", "quang-nam", NO_COLOR="1")
    assert {*re.findall(r"\x1b\[[^m]*m", without)} == {"\x1b[0m", "\x1b[1m", "\x1b[2m"}
    assert "\x1b" not in on_terminal("nhựa rác", TERM="dumb")


# --- slips ---


def test_a_slip_is_mended_and_said(capsys: Capture) -> None:
    """Where no exhibit has a word, the results are those of the nearest known one."""
    code, out, err = run(capsys, "chatbott")
    assert (code, out) == (0, run(capsys, "chatbot")[1])
    assert err == (
        "Không tìm thấy “chatbott”. Hiện kết quả cho “chatbot”. Muốn tìm đúng chữ đã gõ, đặt trong ngoặc kép.\n"
    )
    assert run(capsys, '"chatbott"') == (0, "", 'Không tìm thấy gì cho “"chatbott"”.\n')
    assert run(capsys, "chatbott", "--quiet")[1:] == (out, "")


def test_json_stays_a_list_with_a_slip(capsys: Capture) -> None:
    """What was mended is said on stderr."""
    code, out, err = run(capsys, "chatbott", "--json", "--lang", "en")
    assert (code, [row["id"] for row in json.loads(out)]) == (0, numbers(capsys, "chatbot"))
    assert err == 'Nothing for "chatbott"; these are the results for "chatbot". Quote a word to find it as typed.\n'


def test_what_was_perhaps_meant_is_asked_where_mending_finds_nothing_whole(capsys: Capture) -> None:
    """The results have some of the words."""
    code, out, err = run(capsys, "chatbott zzzzz", "--lang", "en")
    assert (code, err.splitlines()[0]) == (0, 'Did you mean "chatbot zzzzz"?')
    assert out == ""
    code, out, err = run(capsys, "rác chatbott zzzzz")
    assert (code, err.splitlines()) == (
        0,
        ["Có phải bạn tìm “rác chatbot zzzzz”?", "Không sáng kiến nào có đủ các từ; dưới đây có một phần."],
    )
    assert {*numbers(capsys, "rác")} == {line.split()[0] for line in out.splitlines()}


def test_a_mended_word_may_complete_the_name_of_a_place(expo: Expo, config: Config) -> None:
    """ "quảng nnam" is Quảng Nam, as far as its exhibits tell, and not the nearer "nnăm"."""
    answer = answer_query(expo, config, "quảng nnam")
    assert (answer.meant, answer.is_mended) == ("quảng nam", True)
    assert answer.hits == answer_query(expo, config, "Quảng Nam").hits


@pytest.mark.parametrize(
    ("typed", "known", "forms"),
    [
        ("doanh", ["doanh", "đoan"], ["doan"]),  # not itself
        ("donah", ["doanh", "đóng"], ["doanh"]),  # neighbours swapped
        ("nóg", ["nóng", "nông", "nong"], ["nóng"]),  # the marks that were typed
        ("nog", ["nóng", "nông"], ["nong"]),  # none were typed
        ("dduwowngf", ["đường"], ["duong"]),  # typed without an input method
        ("nghieepp", ["nghiệp"], ["nghiep"]),  # two in a long word
        ("nghxxx", ["nghiệp"], []),
        ("cà", ["cá", "cài"], []),  # too short
        ("1022", ["1023"], []),
        ("a" * 10_000, ["aaaa"], []),
    ],
)
def test_slips(typed: str, known: list[str], forms: list[str]) -> None:
    """One insertion, deletion, replacement or swap; two from six letters on."""
    (word,) = split_tokens(typed)
    counts: dict[str, int] = {}
    for one in known:
        counts[one] = counts.get(one, 0) + 2
        counts[fold_text(one)] = counts.get(fold_text(one), 0) + (2 if one != fold_text(one) else 0)
    assert [slip.form for slip in find_slips(word, group_forms(counts), 5)] == forms


def test_the_likeliest_slip_comes_first() -> None:
    """The same first letter before other, a letter doubled before one left out, then the most frequent."""
    counts = {"bang": 9, "dang": 1, "dan": 9, "danh": 5, "dang2": 1}
    (word,) = split_tokens("dabg")
    assert [slip.form for slip in find_slips(word, group_forms(counts), 5)] == ["dang"]
    (word,) = split_tokens("dannh")
    assert [slip.form for slip in find_slips(word, group_forms({"danh": 1, "dannhs": 1, "bannh": 9}), 5)] == [
        "dannhs",
        "danh",
        "bannh",
    ]


def test_raw_telex_is_folded() -> None:
    """Doubled letters and w are marks, and s f r x j behind a vowel tones."""
    assert [fold_telex(word) for word in ("dduwowngf", "tieengs", "sar", "rst", "")] == [
        "duong",
        "tieng",
        "sa",
        "rst",
        "",
    ]


# --- reading a query ---


def words_of(text: str, units: tuple[Unit, ...] = ()) -> list[Any]:
    """Parts as plain values: a word, a list for a phrase, a tuple of runs for a name."""
    plain: list[Any] = []
    for part in read_query(text, units).parts:
        if isinstance(part, Token):
            plain.append(part.exact)
        else:
            plain.append([word.exact for word in part.words] if isinstance(part, Phrase) else part.runs)
    return plain


def test_a_query_is_read_in_its_order() -> None:
    """Words, phrases in any kind of quotes, numbers taken out; an open quote is none; spans hold in the whole text."""
    assert words_of('gom “rác thải” "ở" phố «Huế nhỏ» "xanh') == [
        "gom",
        ["rác", "thải"],
        ["ở"],
        "phố",
        ["huế", "nhỏ"],
        "xanh",
    ]
    query = read_query("sk 2, SK-0003 “a b” Huế sk0002", ())
    assert (query.numbers, query.parts[-1]) == ((2, 3), Token("huế", "hue", 20, 23))
    assert query.text[20:23] == "Huế"
    assert read_query("0002", ()).numbers == (2,)
    assert (read_query("task 2 1022", ()).numbers, words_of("task 2 1022")) == ((), ["task", "2", "1022"])


def test_names_are_not_joined_across_a_phrase(expo: Expo) -> None:
    """ "Quảng" and "Nam" with something quoted between are two words."""
    units = make_units(expo)
    assert [type(part) for part in read_query("quảng nam", units).parts] == [Unit]
    assert words_of('quảng "rác" nam', units) == ["quảng", ["rác"], "nam"]


def test_abbreviations_that_read_like_a_syllable_are_words(expo: Expo) -> None:
    """ "ca phe" is coffee and no police; what stands for two things, or is a place, is no unit of its own either."""
    pairs = (("CA", "công an"), ("UBXY", "ủy ban xy"), ("KTX", "kinh tế xanh"), ("KTX", "ký túc xá"), ("TP.HCM", "x y"))
    small = replace(expo, abbreviations=pairs)
    own = [unit.runs for unit in list_units(small) if not unit.places]
    assert own == [("ubxy", "uỷ ban xy")]
    assert words_of("ca phe", list_units(small)) == ["ca", "phe"]


def test_a_long_query_is_cut_and_says_so(capsys: Capture) -> None:
    """Letters and words have a limit, phrases count by their words."""
    assert not read_query("a " * MOST_WORDS, ()).is_cut
    assert read_query("a " * (MOST_WORDS + 1), ()).is_cut
    all_but_one = MOST_WORDS - 1
    assert words_of("a " * all_but_one + '"b c d"') == ["a"] * all_but_one + [["b"]]
    assert read_query("a" * (MOST_LETTERS + 1), ()).is_cut
    assert run(capsys, "rác " * 100, "--lang", "en")[2] == "The query is long: only its first words were looked for.\n"


# --- phrases and ranking ---


def with_texts(expo: Expo, *texts: tuple[str, str]) -> Expo:
    """An expo of the first exhibits with these titles and bodies, and nothing else to be found."""
    bare: dict[str, Any] = {
        "summary": "x", "places": (), "place_text": "", "tags": (), "themes": (), "channels": (), "figures": (),
        "criteria": (), "replies": (), "caveats": "", "province_note": "", "started_note": "", "stage_note": "",
    }  # fmt: skip
    made: list[Initiative] = []
    for one, (title, body) in zip(expo.initiatives, texts, strict=False):
        proposer = replace(one.proposer, name="w", note="")
        made.append(replace(one, title=title, body=body, proposer=proposer, **bare))
    return replace(expo, initiatives=tuple(made))


def titles(expo: Expo, config: Config, query: str) -> list[str]:
    """Titles of what is found, best first."""
    return [hit.initiative.title for hit in search(expo, config, query)]


def test_a_phrase_is_words_side_by_side_with_the_marks_that_were_typed(
    expo: Expo, config: Config, tmp_path: Path
) -> None:
    """In that order, within a sentence or paragraph; what was typed without marks answers to all."""
    small = with_texts(
        expo,
        ("A", "một đống rác to"),
        ("B", "đóng rác lại"),
        ("C", "rác đống"),
        ("D", "đống\n\nrác"),
        ("E", "đống\nrác"),
        ("F đống", "rác"),
    )
    own = replace(config, cache=tmp_path)
    assert sorted(titles(small, own, '"đống rác"')) == ["A", "E"]
    assert sorted(titles(small, own, '"dong rac"')) == ["A", "B", "E"]
    assert titles(small, own, '"đồng rác"') == []
    assert titles(small, own, '"đống rác" to') == ["A"]
    assert sorted(titles(small, own, '"đống rác" lại')) == ["A", "E"]  # the phrase is required, the word no longer


def test_the_words_of_a_full_form_are_looked_for_where_it_stands_nowhere(
    expo: Expo, config: Config, tmp_path: Path
) -> None:
    """ "bảo hiểm y tế" is BHYT as long as some exhibit has either; else its words, at last any of them."""
    own, pairs = replace(config, cache=tmp_path), (("BHYT", "bảo hiểm y tế"),)
    apart = replace(with_texts(expo, ("A", "y tế có bảo hiểm"), ("B", "trạm y tế")), abbreviations=pairs)
    assert titles(apart, own, "bao hiem y te") == ["A"]
    whole = replace(with_texts(expo, ("A", "y tế có bảo hiểm"), ("B", "trạm BHYT")), abbreviations=pairs)
    assert titles(whole, own, "bao hiem y te") == titles(whole, own, "bhyt") == ["B"]
    some = replace(with_texts(expo, ("A", "xã"), ("B", "trạm y tế")), abbreviations=pairs)
    assert titles(some, own, "bao hiem y te") == ["B"]


def test_a_joined_form_has_the_neighbours_of_its_parts(expo: Expo, config: Config, tmp_path: Path) -> None:
    """TP.XY in a text parts nothing."""
    small = with_texts(expo, ("A", "cổng 1022 TP.XY tiếp nhận"))
    own = replace(config, cache=tmp_path)
    for query in ('"1022 TP.XY tiếp nhận"', '"xy tiếp"', '"1022 tp"', '"1022 tpxy"', '"tpxy tiếp"'):
        assert titles(small, own, query.replace("tpxy", "TPXY")) == ["A"], query


def test_words_side_by_side_come_above_words_apart(expo: Expo, config: Config, tmp_path: Path) -> None:
    """The same words, equally often, in a text as long."""
    small = with_texts(expo, ("A", "nước nóng sạch xanh"), ("B", "nước sạch nóng xanh"), ("C", "khác hẳn"))
    assert titles(small, replace(config, cache=tmp_path), "nước sạch") == ["B", "A"]


def test_a_number_comes_first_and_its_words_are_not_looked_for(expo: Expo, capsys: Capture) -> None:
    """ "SK-9999" finds nothing rather than all that bear a number."""
    assert numbers(capsys, "sk2", "rác")[0] == "SK-0002"
    assert numbers(capsys, "SK-9999") == []
    assert numbers(capsys, "sk 2, sk-0003") == ["SK-0002", "SK-0003"]


# --- why ---


def one_word(text: str, **how: bool) -> Wanted:
    """A single word."""
    return Wanted(((text,),), **how)


def test_marks_fit_how_the_word_was_looked_for() -> None:
    """As typed, in any marks, or only begun; a name in any of its runs; overlapping spans are one."""
    text = "Đường dây nóng, đưởng và Bình Dương (BD)"
    assert find_marks(text, [one_word("đường")]) == ((0, 5),)
    assert find_marks(text, [one_word("duong")]) == ((0, 5), (16, 21), (30, 35))
    assert find_marks(text, [one_word("đường", any_marks=True)]) == ((0, 5), (16, 21), (30, 35))
    assert find_marks(text, [one_word("nó", is_begun=True)]) == ((10, 14),)
    assert find_marks(text, [Wanted((("bình", "dương"), ("bd",))), one_word("dương")]) == ((25, 35), (37, 39))
    assert find_marks("U.X.Y", [one_word("uxy"), one_word("x")]) == ((0, 5),)


def test_the_reason_is_the_sentence_with_most_of_the_words() -> None:
    """Title before summary before body where they say as much; marks of Markdown are not shown."""
    texts = {"title": "Rác\nthẻ nước", "summary": "Gom rác. Nước ngọt.", "body": "## Xong\n- **Nước** và `rác` [ở đây]"}
    excerpt = find_excerpt(texts, [one_word("rác"), one_word("nước")])
    assert excerpt and (excerpt.field, excerpt.text) == ("body", "Nước và rác ở đây")
    assert [excerpt.text[start:end] for start, end in excerpt.marks] == ["Nước", "rác"]
    assert find_excerpt(texts, [one_word("rác")]).field == "title"  # type: ignore[union-attr]
    assert find_excerpt(texts, [one_word("nước")]).text == "Nước ngọt."  # type: ignore[union-attr]
    assert find_excerpt(texts, [one_word("gió")]) is None
    apart = {"summary": "Rác ở dưới nước. Rác nước thải."}
    assert find_excerpt(apart, [one_word("rác"), one_word("nước")]).text == "Rác nước thải."  # type: ignore[union-attr]


@pytest.mark.parametrize("before", [0, 30, 200, 2_000])
@pytest.mark.parametrize("letter", ["a ", "a"])
def test_a_long_sentence_is_cut_around_the_word(before: int, letter: str) -> None:
    """The window holds the word with its mark; what is left out shows as "…"."""
    line = f"{letter * before} rác {letter * 500}"
    excerpt = find_excerpt({"summary": line}, [one_word("rác")])
    assert excerpt is not None
    assert len(excerpt.text) <= 2 * WIDTH
    assert [excerpt.text[start:end] for start, end in excerpt.marks] == ["rác"]
    assert excerpt.text.startswith("…") == (line.index("rác") > WIDTH // 4)
    assert excerpt.text.endswith("…")


def test_an_abbreviation_is_marked_for_its_full_form(expo: Expo, config: Config) -> None:
    """And the other way round: both find the same in the same order, with marks or without."""
    whole = answer_query(expo, config, "UBND")
    assert whole.hits
    for query in ("UBND", "ubnd", "ủy ban nhân dân", "uy ban nhan dan"):
        answer = answer_query(expo, config, query)
        assert answer.hits == whole.hits
        assert find_marks("Ủy ban nhân dân", answer.wanted)[0][0] == 0, query
        assert find_marks("Do UBND xã", answer.wanted) == ((3, 7),), query


# --- harm ---


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_queries_do_no_harm(capsys: Capture, query: str) -> None:
    """They find something or nothing; what is said of them holds no letter that a terminal obeys."""
    for more in ([], ["--json"], ["--tinh", query, "--nam", query]):
        code, out, err = run(capsys, *more, "--", query)
        assert code == (2 if "--tinh" in more else 0)
        assert "Traceback" not in err
        assert [letter for letter in out + err if unicodedata.category(letter) in ("Cc", "Cs", "Cf")] == ["\n"] * (
            out + err
        ).count("\n")
        assert len(err) < 3_000


PIECES = [
    "rác",
    "Đống Đa",
    "quảng nam",
    "sk 2",
    "UBND",
    "chatbott",
    "ủy",
    "\u0301",
    '"',
    "“",
    "”",
    "«",
    "*",
    "AND",
    "\ud800",
    "\u202e",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=16).map(" ".join))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_any_query_has_an_answer_whose_marks_lie_in_the_text(expo: Expo, reader: Reader, typed: str) -> None:
    """Every exhibit once; spans in order, none empty, none over another."""
    answer = reader.answer(typed)
    found = [hit.initiative.id for hit in answer.hits]
    assert len({*found}) == len(found)
    for hit in answer.hits[:2]:
        excerpt = find_excerpt(initiative_texts(expo, hit.initiative), answer.wanted)
        edges = [edge for span in excerpt.marks for edge in span] if excerpt else []
        assert edges == sorted(edges)
        assert all(start < end <= len(excerpt.text) for start, end in (excerpt.marks if excerpt else ()))  # type: ignore[union-attr]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="arguments are no bytes there")
def test_bytes_that_are_no_letters_do_no_harm() -> None:
    """An argument in another encoding arrives as lone surrogates."""
    command = [sys.executable.encode(), b"build.py", b"search", b"z\xe1zz \xff", b"--lang", b"en"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == 'Nothing was found for "z\ufffdzz \ufffd".\n'
