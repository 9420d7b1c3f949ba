"""Words: sentences, dates, numbers and names in Vietnamese and English, and a catalogue with no gaps."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from expo.dates import parse_date_or_period
from expo.model import Figure, Term
from expo.render.words import Words, tie

PROJECT = Path(__file__).resolve().parent.parent


def load_tool() -> ModuleType:
    """tools/update_words.py: a script beside the package, not a part of it."""
    spec = importlib.util.spec_from_file_location("update_words", PROJECT / "tools" / "update_words.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


update_words = load_tool()
VIETNAMESE, ENGLISH = Words("vi"), Words("en")
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|%%")


@pytest.mark.parametrize(
    ("iso", "vietnamese", "english"),
    [
        ("2021-06-18", "18/06/2021", "18 Jun 2021"),
        ("2021-06", "06/2021", "Jun 2021"),
        ("2021", "2021", "2021"),
        ("2016/2020", "2016–2020", "2016–2020"),
        ("2021-01/2021-06-05", "01/2021–05/06/2021", "Jan 2021–5 Jun 2021"),
    ],
)
def test_dates_are_as_precise_as_the_source(iso: str, vietnamese: str, english: str) -> None:
    """A date shows its day, month or year as far as it is known, in the order of the language."""
    date = parse_date_or_period(iso)
    assert (VIETNAMESE.date(date), ENGLISH.date(date)) == (vietnamese, english)


def test_no_date_is_no_text() -> None:
    """None shows nothing: the page says in words that a date is unknown."""
    assert (VIETNAMESE.date(None), VIETNAMESE.time(None)) == ("", "")


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("Quảng Nam (nay là Đà Nẵng)", "Quảng Nam (nay~là~Đà~Nẵng)"),
        ("Bắc Kạn (nay là Thái Nguyên), Đắk Nông", "Bắc Kạn (nay~là~Thái~Nguyên), Đắk Nông"),
        ("GRAC – đặt lịch gom rác", "GRAC~– đặt lịch gom rác"),
        ("2016–2020, Hue-S", "2016–2020, Hue-S"),
        ("Một tên (với một lời giải thích quá dài)", "Một tên (với một lời giải thích quá dài)"),
    ],
)
def test_lines_break_where_they_read_well(text: str, tied: str) -> None:
    """Not within short brackets, not before a dash. The tilde stands for the space that does not break."""
    assert tie(text) == tied.replace("~", "\u00a0")


def test_time_carries_the_machine_readable_date() -> None:
    """A period is two <time> elements, each valid HTML."""
    assert VIETNAMESE.time(parse_date_or_period("2021-06")) == '<time datetime="2021-06">06/2021</time>'
    assert VIETNAMESE.time(parse_date_or_period("2016/2020")) == (
        '<time datetime="2016">2016</time>–<time datetime="2020">2020</time>'
    )


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (58000, "58.000", "58,000"),
        (8088.0, "8.088", "8,088"),
        (77.7, "77,7", "77.7"),
        (1234.5, "1.234,5", "1,234.5"),
        (0, "0", "0"),
        (-3, "-3", "-3"),
    ],
)
def test_numbers_use_the_signs_of_the_language(value: float, vietnamese: str, english: str) -> None:
    """Vietnamese groups with a dot and has a decimal comma; English the other way."""
    assert (VIETNAMESE.number(value), ENGLISH.number(value)) == (vietnamese, english)


def test_quantity_keeps_the_qualifier() -> None:
    """A figure that the source gives as "over" is never shown as exact."""
    figure = Figure("Lượt tải", "Downloads", 58000, "lượt", "downloads", "over", None, "a")
    assert (VIETNAMESE.quantity(figure), ENGLISH.quantity(figure)) == ("hơn 58.000", "over 58,000")
    assert [VIETNAMESE.qualifier(key) for key in ("exact", "over", "nearly", "about", "average")] == [
        "",
        "hơn",
        "gần",
        "khoảng",
        "trung bình",
    ]


def test_names_fall_back_to_vietnamese() -> None:
    """A term that an organizer added without English keeps its name."""
    terms = [Term("y-te", "Y tế", "Health"), Term("moi", "Mới", "")]
    assert [ENGLISH.term_name(term) for term in terms] == ["Health", "Mới"]
    assert [VIETNAMESE.term_name(term) for term in terms] == ["Y tế", "Mới"]


def test_only_what_looks_vietnamese_is_marked_so() -> None:
    """On an English page a name without any Vietnamese letter is read as English; a Vietnamese page marks none."""
    assert ENGLISH.vietnamese("Báo <b>Huế") == '<span lang="vi">Báo &lt;b&gt;Huế</span>'
    assert [ENGLISH.vietnamese(one) for one in ("Da Nang Today", "")] == ["Da Nang Today", ""]
    assert [ENGLISH.published_lang(one) for one in ("Báo Huế", "Da Nang Today")] == ["vi", "en"]
    assert [VIETNAMESE.vietnamese(one) for one in ("Báo Huế", "Da Nang Today")] == ["Báo Huế", "Da Nang Today"]
    assert [VIETNAMESE.published_lang(one) for one in ("Báo Huế", "Da Nang Today")] == ["vi", "vi"]


def test_a_sentence_without_english_stays_vietnamese(tmp_path: Path) -> None:
    """An empty or doubtful translation is not shown."""
    (tmp_path / "en.po").write_text(
        'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '\nmsgid "Tìm"\nmsgstr ""\n\n#, fuzzy\nmsgid "Đóng"\nmsgstr "Near"\n\nmsgid "Sau"\nmsgstr "Next"\n'
        '\nmsgctxt "adverb"\nmsgid "Sau"\nmsgstr "Later"\n'
        '\nmsgid "%(num)s gian"\nmsgid_plural "%(num)s gian"\nmsgstr[0] "%(num)s hall"\nmsgstr[1] "%(num)s halls"\n',
        "utf-8",
    )
    words = Words("en", tmp_path)
    assert [words.gettext(one) for one in ("Tìm", "Đóng", "Sau")] == ["Tìm", "Đóng", "Next"]
    assert words.pgettext("adverb", "Sau") == "Later"
    halls = [words.ngettext("%(num)s gian", "%(num)s gian", count, num=count) for count in (0, 1, 2)]
    assert halls == ["0 halls", "1 hall", "2 halls"]


def test_every_message_has_english() -> None:
    """Whoever adds a sentence to a template or a view adds its English (tools/update_words.py)."""
    assert [f"{one.place}: {one.singular}" for one in update_words.missing_messages()] == []


def test_the_catalogue_holds_nothing_unused() -> None:
    """A sentence that went away goes out of locale/en.po too."""
    assert update_words.unused_ids() == []


def test_english_keeps_the_placeholders() -> None:
    """A translation names the same values as the Vietnamese sentence, or the page would fail or lose a number."""
    assert [message.id for message in _english_messages() if not _same_placeholders(message)] == []


def _english_messages() -> Iterator[Message]:
    with update_words.CATALOGUE.open("rb") as file:
        yield from (message for message in read_po(file, locale="en") if message.id)


def _same_placeholders(message: Message) -> bool:
    wanted = message.id if isinstance(message.id, str) else message.id[0]
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return all(sorted(PLACEHOLDER.findall(wanted)) == sorted(PLACEHOLDER.findall(form)) for form in forms if form)
