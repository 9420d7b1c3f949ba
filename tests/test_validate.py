"""Checking content: each mistake has its message on its line, all of them in one run; right content becomes records.

tests/data/broken/<mistake>/ holds one mistake each (content/) beside the whole output of `check` in both languages.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from expo.cli import main
from expo.cli.new_text import HINT
from expo.config import Config, make_config
from expo.dates import PartialDate, Period
from expo.fields import InitiativeFields, ReplyFields
from expo.model import Expo, Figure
from expo.pipeline import check_content
from expo.places import load_gazetteer
from expo.problem_texts import PROBLEM_TEXTS, YAML_WORDS
from expo.problems import describe_problem, format_problem, make_problem
from expo.prose import render_prose
from expo.read.documents import MAXIMUM_BYTES
from expo.validate import CheckedContent

PROJECT = Path(__file__).resolve().parent.parent
BROKEN = PROJECT / "tests" / "data" / "broken"
MISTAKES = sorted(path.name for path in BROKEN.iterdir())

# Mistakes that can't lie in a repository, and the test that makes them.
MADE_ELSEWHERE = {
    "file-too-large": "test_read: 200,001 bytes",
    "not-regular": "test_read: links and named pipes",
    "twin-name": "test_read: two names that Windows takes for one",
    "name-of-device": "test_read: names that Windows keeps for itself",
    "unreadable": "test_read: files and folders that may not be read",
    "file-unreadable": "test_pictures: a picture that may not be read",
    "picture-too-heavy": "test_pictures: eleven megabytes",
    "picture-tells-place": "test_pictures: a phone's picture",
    "picture-for-print": "test_pictures: CMYK",
    "over-budget": "test_budgets: a theme that outgrew its numbers",
    "long-page": "test_budgets: a long text",
    "bad-budgets": "test_budgets: a file that is no budget",
}

ONLY_REMINDERS = frozenset(
    (
        "curly-quotes", "cut-at-hash", "emptied-by-hash", "footnote-with-blank", "hidden-character", "hint-left",
        "http-address", "joined-lines", "mark-in-field", "no-english-text", "no-text", "odd-line-break", "one-tag",
        "own-words-as-answer", "page-with-quotes", "picture-in-text", "picture-misnamed", "picture-of-nobody",
        "turned-text",
    )
)  # fmt: skip

GOOD = """---
id: SK-0001
title: "Tổng đài góp ý của xã"
summary: "Người dân gọi một số để hỏi và góp ý với xã. Xã trả lời trong ba ngày làm việc."
added: 2026-11-24
province: [an-giang]
themes: [phan-anh-gop-y]
stage: pilot
proposer: {type: citizen, name: "Tổ dân phố số 3"}
origin: compiled
started: 2020
sources:
  - {key: bao, title: "Tổng đài góp ý", address: null, publisher: "Báo tỉnh", date: 2021-06-18, kind: press}
---

Người dân gọi tổng đài.[^bao]
"""


def write(folder: Path, files: dict[str, str]) -> Path:
    """A content folder with these files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def check(folder: Path) -> CheckedContent:
    """Read and validate a folder."""
    return check_content(make_config(content=folder, environment={}))


def messages(checked: CheckedContent, lang: str = "en") -> list[str]:
    """What `check` would print, without the count."""
    return [format_problem(problem, lang) for problem in checked.problems]


def check_one(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    """Messages about the good initiative with some of its text changed."""
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return messages(check(write(tmp_path / "content", {"initiatives/goi-xa.md": text})))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_prints_its_message_and_nothing_else(
    mistake: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole output of `check` is as expected; the exit code is 1, or 0 for a mere reminder."""
    code = main(["check", "--content", str(BROKEN / mistake / "content"), "--lang", lang, "--quiet"])
    expected = (BROKEN / mistake / f"expected.{lang}.txt").read_text("utf-8")
    assert capsys.readouterr().out == expected
    assert code == (0 if mistake in ONLY_REMINDERS else 1)


def test_every_code_has_an_example() -> None:
    """Each code of the table of sentences is raised by a folder of tests/data/broken or made by a named test."""
    raised = {problem.code for mistake in MISTAKES for problem in check(BROKEN / mistake / "content").problems}
    assert set(PROBLEM_TEXTS) - raised - set(MADE_ELSEWHERE) == set()
    assert set(MADE_ELSEWHERE) - set(PROBLEM_TEXTS) == set()


@pytest.mark.parametrize("code", sorted(PROBLEM_TEXTS))
def test_every_code_speaks_both_languages_and_is_raised_somewhere(code: str) -> None:
    """Two sentences that differ, and the code stands in the source outside the table."""
    texts = PROBLEM_TEXTS[code]
    assert sorted(texts) == ["en", "vi"]
    assert texts["vi"] != texts["en"]
    sources = [path.read_text("utf-8") for path in (PROJECT / "expo").rglob("*.py") if path.name != "problem_texts.py"]
    assert any(f'"{code}"' in source for source in sources)


def test_both_languages_tell_the_same_values() -> None:
    """What one sentence fills in the other does too; pairs that end in _en are the English of the first."""
    for code, texts in PROBLEM_TEXTS.items():
        named = [
            {name.removesuffix("_en") for name in yaml_names(texts[lang]) if name not in ("suggestion", "allowed")}
            for lang in ("vi", "en")
        ]
        assert named[0] == named[1], code


def yaml_names(sentence: str) -> list[str]:
    """Names between braces."""
    return [part.split("}")[0] for part in sentence.replace("{{", "").replace("}}", "").split("{")[1:]]


def test_the_words_of_the_yaml_library_have_a_vietnamese_meaning() -> None:
    """No Vietnamese message holds the library's English, none is so long that it would be cut."""
    assert [words for words in YAML_WORDS.values() if len(words) > 80] == []
    assert all(any(ord(letter) > 127 for letter in words) for words in YAML_WORDS.values())


def test_ten_mistakes_in_one_file_are_ten_messages(capsys: pytest.CaptureFixture[str]) -> None:
    """Mistakes of form, of fields, of citing and of pictures are all told at once, in the order of their lines."""
    content = BROKEN / "ten-mistakes" / "content"
    assert len({problem.code for problem in check(content).problems}) == 9  # two of them are unknown terms
    for lang in ("vi", "en"):
        assert main(["check", "--content", str(content), "--lang", lang, "--quiet"]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert [int(line.split(":")[1]) for line in lines[:-1]] == [2, 5, 6, 7, 8, 11, 15, 18, 21, 33]


def test_a_thousand_mistakes_are_all_told(tmp_path: Path) -> None:
    """1,000 figures with a wrong value each, and 1,000 unknown keys, each with its line."""
    figures = "".join(
        f'  - {{label: "Con số", value: x{number}, unit: "lần", as_of: 2021, source: bao}}\n' for number in range(1000)
    )
    keys = "".join(f"stagee{number}: x\n" for number in range(1000))
    found = check_one(tmp_path, ("sources:\n", f"figures:\n{figures}{keys}sources:\n"))
    assert sum("is not a number; write digits" in message for message in found) == 1000
    assert len({message.split(":")[1] for message in found}) == 2000
    assert sum("there is no such field" in message for message in found) == 1000


def test_three_bad_files_among_the_real_content_are_all_told(tmp_path: Path) -> None:
    """One file that can't be read does not hide the next, and does not make its replies wrong."""
    content = tmp_path / "content"
    shutil.copytree(PROJECT / "content", content)
    (content / "initiatives/hue-s.md").write_bytes(b"---\nid: \xff\n---\n")
    atm = content / "initiatives/atm-gao.md"
    atm.write_text(atm.read_text("utf-8").replace("\nstage: ", "\nstage: x", 1), "utf-8")
    reply = content / "replies/mgreen/2020-ubnd-tp-vung-tau.md"
    reply.write_text(reply.read_text("utf-8").replace("\ndate: 2020", "\ndate: 2020-13", 1), "utf-8")
    errors = [problem for problem in check(content).problems if not problem.is_warning]
    assert [(problem.path, problem.code) for problem in errors] == [
        ("content/initiatives/atm-gao.md", "not-allowed"),
        ("content/initiatives/hue-s.md", "not-utf8"),
        ("content/replies/mgreen/2020-ubnd-tp-vung-tau.md", "no-such-month"),
    ]


BAD_FILES: dict[str, bytes] = {
    "rong.md": b"",
    "nhi-phan.md": bytes(range(128, 256)) * 9,
    "utf-16.md": GOOD.encode("utf-16"),
    "khong-khai-bao.md": b"# Ch\xe1\xbb\xaf\n",
    "khong-dong.md": b"---\nid: SK-0001\n",
    "neo.md": b"---\nid: &a SK-0001\n---\n",
    "the.md": b"---\nid: !!python/object:os.system x\n---\n",
    "hai-tai-lieu.md": b"---\nid: SK-0001\n...\nx\n---\n",
    "sau.md": b"---\nid: " + b"[" * 30_000 + b"\n---\n",
    "danh-sach.md": b"---\n- id\n---\n",
    "chu-tron.md": b"---\nid\n---\n",
    "ngoac.md": b"---\nid: 'SK-0001\n---\n",
    "Chu Hoa.md": GOOD.encode(),
    "trang.md": GOOD.encode(),
    "bang.xlsx": b"PK\x03\x04",
    "trang.html": b"<script>alert(1)</script>",
    ".an.md": GOOD.encode(),
}


def test_a_folder_of_bad_files_gets_a_message_for_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of each class beside a good one, and the good one is looked at as well: all in one run."""
    content = write(tmp_path / "content", {"initiatives/tot.md": GOOD.replace("pilot", "pliot")})
    for name, data in BAD_FILES.items():
        (content / "initiatives" / name).write_bytes(data)
    assert main(["check", "--content", str(content), "--quiet", "--lang", "en"]) == 1
    *lines, count = capsys.readouterr().out.splitlines()
    named = [line.removeprefix("content/initiatives/").split(":")[0] for line in lines]
    assert sorted(named) == sorted([*BAD_FILES, "tot.md"])
    assert count.startswith(f"{len(BAD_FILES) + 1} problems in {len(BAD_FILES) + 1} files")


# What right content becomes


@pytest.fixture(scope="module")
def real_expo() -> Expo:
    """The project's own content."""
    expo = check(PROJECT / "content").expo
    assert expo is not None
    return expo


def test_the_real_content_has_nothing_wrong(real_expo: Expo) -> None:
    """The first 54 initiatives, each with its English, and 49 replies on 38 of them; organizers add to these."""
    first = [one for one in real_expo.initiatives if one.number <= 54]
    assert [one.number for one in first] == list(range(1, 55))
    assert all(one.english for one in first)
    assert len(real_expo.replies) >= 49
    assert sum(bool(one.replies) for one in first) >= 38


def test_the_proposers_own_words_are_no_answer(real_expo: Expo) -> None:
    """Where the proposer itself speaks, be it an agency or a public company, it reports."""
    own = [
        (one.id, reply.verdict)
        for one in real_expo.initiatives
        for reply in one.replies
        if reply.office == one.proposer.name
    ]
    assert {verdict for _, verdict in own} == {"results"}, own
    assert [real_expo.by_id[number].reply_state for number in ("SK-0034", "SK-0052")] == ["results", "results"]


def test_values_are_typed_as_the_table_says(real_expo: Expo) -> None:
    """Dates, periods, numbers, terms and places of Hue-S."""
    hue = real_expo.by_id["SK-0002"]
    assert (hue.slug, hue.room, hue.submitted, hue.started) == (
        "hue-s", "community", PartialDate(2021), PartialDate(2019, 7),
    )  # fmt: skip
    assert [place.key for place in hue.places] == ["63:thua-thien-hue"]
    assert hue.figures[0] == Figure(
        "Phản ánh nhận được (đến đầu tháng 12/2019)", "Reports received (by early December 2019)", 8088.0, "phản ánh",
        "reports", "exact", PartialDate(2019, 12), "hue_tth",
    )  # fmt: skip


def test_a_blank_line_is_a_field_left_out(tmp_path: Path) -> None:
    """`channels:` with nothing behind it is no mistake: forms leave such lines."""
    assert check_one(tmp_path, ("started: 2020", "started: 2020\nchannels:\nfigures:\ndraft:\naim:\ncover:")) == []


def test_a_field_that_must_be_there_may_be_null_where_that_says_unknown(tmp_path: Path) -> None:
    """A source's `date: null` is right; leaving `date` out is not."""
    assert check_one(tmp_path, ("date: 2021-06-18", "date: null")) == []
    assert check_one(tmp_path, (", date: 2021-06-18", "")) == [
        "content/initiatives/goi-xa.md:13: sources[1].date: this required field is missing. Example: date: 2019-12-20"
    ]


@pytest.mark.parametrize("written", ["SK-0000", "SK-00001", "SK-012345", "SK-٠٠٠١", "sk-0001", "SK-1234567"])
def test_a_number_is_written_in_one_way_only(tmp_path: Path, written: str) -> None:
    """SK-0001 and SK-00001 would be one exhibit at the address /sk/1/."""
    found = check_one(tmp_path, ("SK-0001", written))
    assert [message.split(": ")[1] for message in found] == ["id"]


@pytest.mark.parametrize("written", ["SK-0001", "SK-9999", "SK-10000", "SK-123456"])
def test_numbers_may_grow_past_9999(tmp_path: Path, written: str) -> None:
    """Four digits with leading zeros, then as many as it takes."""
    assert check_one(tmp_path, ("SK-0001", written)) == []


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "42.304",
            '"42.304" may mean 42304 or a decimal; write it without a separator: 42304. Write a decimal as 42.3040',
        ),
        (
            "-1,500",
            '"-1,500" may mean -1500 or a decimal; write it without a separator: -1500. Write a decimal as -1.5000',
        ),
        ("1.234.567", '"1.234.567" has separators; write the digits alone: 1234567'),
        ("42.3040", ""),
    ],
)
def test_a_decimal_of_three_places_is_told_how_to_be_one(tmp_path: Path, written: str, told: str) -> None:
    """A score of 42.304 is no 42304, and what is offered for it is taken."""
    figure = f'figures:\n  - {{label: "Điểm", value: "{written}", unit: "điểm", as_of: 2021, source: bao}}\n'
    found = check_one(tmp_path, ("sources:\n", f"{figure}sources:\n"))
    assert [message.partition("value: ")[2] for message in found] == ([told] if told else [])


FIGURE = '{{label: "Điểm", value: 7, unit: "điểm", as_of: "{day}", source: bao}}'


@pytest.mark.parametrize(
    ("old", "new", "suggestion"),
    [
        ("sources:\n", f"figures:\n  - {FIGURE.format(day='2016-2020')}\nsources:\n", "2016/2020"),
        ("sources:\n", f"figures:\n  - {FIGURE.format(day='06/2016 – 2020')}\nsources:\n", "2016-06/2020"),
        ("sources:\n", f"figures:\n  - {FIGURE.format(day='chưa rõ')}\nsources:\n", "null"),
        ("date: 2021-06-18", "date: không rõ", "null"),
        ("date: 2021-06-18", "date: N/A", "null"),
        ("address: null", "address: không có", "null"),
        ("address: null", "address: Không", "null"),
        ("started: 2020", "started: chưa biết", "null"),
        ("started: 2020", "started: 2016-2020", ""),  # no field for a period
        ("added: 2026-11-24", "added: không rõ", ""),  # must be known
        ("origin: compiled", "origin: submitted\naim: unknown\nsubmitted: không rõ", "unknown"),
    ],
)
def test_what_is_not_known_has_its_word(tmp_path: Path, old: str, new: str, suggestion: str) -> None:
    """Who writes so is told how a period is written, and what stands for no date or no address."""
    (message,) = check_one(tmp_path, (old, new))
    assert message.partition("Did you mean ")[2] == (f'"{suggestion}"?' if suggestion else "")


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [
        ("related: SK-0002, SK-0003", "[SK-0002, SK-0003]"),
        ("adapted_from: SK-0002;SK-0003", "[SK-0002, SK-0003]"),
        ("channels: app, web", "[app, web]"),
        ("former_slugs: mot, hai", "[mot, hai]"),
        ("links: https://a.vn, https://b.vn", "[https://a.vn, https://b.vn]"),
        ('channels: ["app, wep"]', ""),  # brackets are there
    ],
)
def test_several_values_without_brackets_are_told_of_them(tmp_path: Path, line: str, suggestion: str) -> None:
    """As a lone value may stand for a list, a line of several is taken for one."""
    (message,) = check_one(tmp_path, ("started: 2020", f"started: 2020\n{line}"))
    assert message.partition("Did you mean ")[2] == (f'"{suggestion}"?' if suggestion else "")


def test_tags_without_brackets_are_one_tag_and_a_reminder_says_so(tmp_path: Path) -> None:
    """A tag may be any text, so nothing else would tell."""
    found = check_one(tmp_path, ("started: 2020", "started: 2020\ntags: loa, xã"))
    assert found == [
        'content/initiatives/goi-xa.md:12: tags: (warning) "loa, xã" is one tag. Did you mean "[loa, xã]"?'
    ]
    assert check_one(tmp_path, ("started: 2020", 'started: 2020\ntags: ["loa, xã"]')) == []


def test_a_province_named_twice_is_told_however_it_is_written(tmp_path: Path) -> None:
    """Name, slug and alias are one place, which a page would show as many times."""
    found = check_one(tmp_path, ("[an-giang]", '[Cần Thơ, can-tho, hue, "TP Cần Thơ"]'))
    assert found == [
        f'content/initiatives/goi-xa.md:6: province[{at}]: "{name}" and "Cần Thơ" are one place; keep one'
        for at, name in ((2, "can-tho"), (4, "TP Cần Thơ"))
    ]
    assert check_one(tmp_path, ("[an-giang]", "[an-giang, an-giang]")) == [
        'content/initiatives/goi-xa.md:6: province: "an-giang" stands twice in the list'
    ]


def test_quotes_of_a_word_processor_are_not_put_into_quotes(tmp_path: Path) -> None:
    """They would be published; those within a text stay."""
    for written, mended in (
        ("“Tổng đài: góp ý của xã”", '"Tổng đài: góp ý của xã"'),
        ("Tổng đài: “góp ý” của xã", '"Tổng đài: “góp ý” của xã"'),
        ("“Tổng đài”: nghe “góp ý”", '"“Tổng đài”: nghe “góp ý”"'),
    ):
        (message,) = check_one(tmp_path, ('"Tổng đài góp ý của xã"', written))
        assert message.endswith(f"Write: title: {mended}")


def test_a_lone_value_may_stand_for_a_list(tmp_path: Path) -> None:
    """`province: an-giang` is `province: [an-giang]`."""
    assert check_one(tmp_path, ("[an-giang]", "an-giang"), ("[phan-anh-gop-y]", "phan-anh-gop-y")) == []


def test_the_date_decides_between_the_lists(tmp_path: Path) -> None:
    """`started`, else `submitted`; a date that is itself wrong is one mistake, not two."""
    changed = ("[an-giang]", "[da-nang]")
    assert check_one(tmp_path, changed) == []
    assert check_one(tmp_path, changed, ("started: 2020", "started: 2020-99")) == [
        (
            'content/initiatives/goi-xa.md:11: started: "2020-99": a month is 1 to 12, '
            "and stands after the year (2021-06-18) or after the day (18/06/2021)"
        )
    ]


def test_a_start_that_is_no_date_is_one_mistake(tmp_path: Path) -> None:
    """ "unknown" is a word of `submitted` only; that no date decides between the lists is not told as well."""
    (message,) = check_one(tmp_path, ("[an-giang]", "[da-nang]"), ("started: 2020", "started: unknown"))
    assert message.startswith('content/initiatives/goi-xa.md:11: started: "unknown" is not a date; ')


def test_a_value_of_the_wrong_form_is_told_once(tmp_path: Path) -> None:
    """A number that can't be one is not also "the number of no exhibit", a bad key not also an unknown source."""
    found = check_one(tmp_path, ("started: 2020", "started: 2020\nrelated: [SK-1, SK-0007]"))
    assert [message.split(": ")[1:3] for message in found] == [
        ["related[1]", '"SK-1" is not an exhibit number; write SK-0012. Did you mean "SK-0001"?'],
        ["related[2]", '"SK-0007" is the number of no exhibit'],
    ]


def test_odd_values_where_slugs_and_numbers_belong_are_told(tmp_path: Path) -> None:
    """A list inside a list, and digits that are none, neither raise nor count as numbers that were used."""
    assert check_one(tmp_path, ("started: 2020", "started: 2020\nformer_slugs: [[a]]")) == [
        "content/initiatives/goi-xa.md:12: former_slugs[1]: must be text, this is a list"
    ]
    for odd in ("SK-²", "SK-" + "9" * 5000):
        files = {f"initiatives/{name}.md": GOOD for name in ("a", "b")} | {
            "initiatives/c.md": GOOD.replace("SK-0001", odd)
        }
        found = messages(check(write(tmp_path / "odd", files)))
        assert found[0] == (
            'odd/initiatives/b.md:2: id: "SK-0001" is already used by odd/initiatives/a.md:2. '
            "The next free number: SK-0002"
        )
        assert "is not an exhibit number" in found[1]
        assert len(found) == 2


def test_the_number_stays_with_the_file_that_was_added_first(tmp_path: Path) -> None:
    """However its day is written; one without a day is the newcomer."""
    days = {"a": "2026-11-25", "b": "24/11/2026", "c": "hôm qua"}
    added = next(line for line in GOOD.splitlines() if line.startswith("added: "))
    files = {f"initiatives/{name}.md": GOOD.replace(added, f"added: {day}") for name, day in days.items()}
    found = messages(check(write(tmp_path / "odd", files)))
    assert [one.partition(". ")[0] for one in found if "already used" in one] == [
        f'odd/initiatives/{name}.md:2: id: "SK-0001" is already used by odd/initiatives/b.md:2' for name in "ac"
    ]


def test_nothing_is_proposed_that_would_be_refused(tmp_path: Path) -> None:
    """A mail address is no link of an exhibit, with or without its scheme."""
    found = check_one(tmp_path, ("started: 2020", "started: 2020\nlinks: [a@b.vn]"))
    assert any("links[1]" in one for one in found)
    assert not any("mailto" in one for one in found)


def test_where_to_move_a_reply_is_said_with_the_folders_own_name(tmp_path: Path) -> None:
    """Whoever checks another folder than content/ is not sent there."""
    reply = (
        "---\ninitiative: SK-0001\noffice: UBND xã\nprovince: an-giang\ndate: 2021\nsources: [bao]\n---\n\nĐồng ý.\n"
    )
    files = {"initiatives/goi-xa.md": GOOD, "replies/goi-tinh/2021-ubnd.md": reply}
    assert messages(check(write(tmp_path / "kho", files))) == [
        (
            'kho/replies/goi-tinh/2021-ubnd.md:2: initiative: SK-0001 has the address "goi-xa" but the file lies in '
            '"goi-tinh"; move it to kho/replies/goi-xa/'
        )
    ]


def test_a_draft_is_checked_but_not_shown(tmp_path: Path) -> None:
    """The Expo leaves it out, with redirects that would lead to it; its mistakes count."""
    retired = "- {id: SK-0007, slug: ten-cu, merged_into: SK-0001}\n"
    draft = GOOD.replace("started: 2020", "started: 2020\ndraft: true")
    checked = check(write(tmp_path / "content", {"initiatives/goi-xa.md": draft, "retired.yaml": retired}))
    assert checked.expo is not None
    assert (checked.expo.initiatives, checked.expo.redirects, checked.drafts) == ((), (), ("SK-0001",))


def test_former_and_retired_addresses_become_redirects_and_tombstones(tmp_path: Path) -> None:
    """Each former slug leads on, and a merged exhibit by slug and number; a withdrawn one is named."""
    retired = "- {id: SK-0007, slug: nhap, merged_into: SK-0001}\n- {id: SK-0008, slug: rut, withdrawn: 2027-02-01}\n"
    text = GOOD.replace("started: 2020", "started: 2020\nformer_slugs: [cu, cu-hon]")
    checked = check(write(tmp_path / "content", {"initiatives/goi-xa.md": text, "retired.yaml": retired}))
    assert checked.expo is not None
    assert checked.expo.redirects == (
        ("cu", "", "SK-0001"),
        ("cu-hon", "", "SK-0001"),
        ("nhap", "SK-0007", "SK-0001"),
    )
    assert checked.expo.withdrawn == (("SK-0008", "rut"),)
    assert checked.used_ids == ("SK-0001", "SK-0007", "SK-0008")


def test_addresses_before_the_last_one_are_gone_or_lead_on_too(tmp_path: Path) -> None:
    """Of a merged exhibit to the one that took it in, of a withdrawn one to nothing; nobody may use them again."""
    retired = (
        "- {id: SK-0007, slug: nhap, former_slugs: [nhap-cu], merged_into: SK-0001}\n"
        "- {id: SK-0008, slug: rut, former_slugs: [rut-cu], withdrawn: 2027-02-01}\n"
    )
    content = write(tmp_path / "content", {"initiatives/goi-xa.md": GOOD, "retired.yaml": retired})
    expo = check(content).expo
    assert expo is not None
    assert expo.redirects == (("nhap", "SK-0007", "SK-0001"), ("nhap-cu", "", "SK-0001"))
    assert expo.withdrawn == (("SK-0008", "rut"), ("SK-0008", "rut-cu"))
    used_again = GOOD.replace("started: 2020", "started: 2020\nformer_slugs: rut-cu")
    (message,) = messages(check(write(content, {"initiatives/goi-xa.md": used_again})))
    assert message.startswith(
        'content/initiatives/goi-xa.md:12: former_slugs: the address "rut-cu" is already used by retired.yaml'
    )
    twice = retired.replace("[rut-cu]", "[nhap-cu]")
    assert messages(check(write(content, {"initiatives/goi-xa.md": GOOD, "retired.yaml": twice}))) == [
        'content/retired.yaml:2: [2].former_slugs[1]: "nhap-cu" stands twice in the list'
    ]


def test_a_folders_own_vocabulary_replaces_the_projects(tmp_path: Path) -> None:
    """Only the lists that the folder holds; the rest come from the project."""
    stages = "- {slug: thu, name: Thử, name_en: Trial}\n"
    files = {"initiatives/goi-xa.md": GOOD.replace("pilot", "thu"), "vocabularies/stages.yaml": stages}
    checked = check(write(tmp_path / "content", files))
    assert checked.expo is not None
    assert checked.expo.initiatives[0].stage.name == "Thử"


def test_a_theme_may_not_take_the_address_of_a_notice(tmp_path: Path) -> None:
    """`/tinh-thanh/hue/bang-tin/` is the sheet to pin up; a stage may be called so, it has no page."""
    term = "- {slug: bang-tin, name: Bảng tin, name_en: Notices}\n"
    files = {"initiatives/goi-xa.md": GOOD, "vocabularies/themes.yaml": "- {slug: y-te, name: Y, name_en: H}\n" + term}
    (problem,) = (one for one in check(write(tmp_path / "content", files)).problems if one.code == "reserved-slug")
    assert (problem.path, problem.line, problem.field) == ("content/vocabularies/themes.yaml", 2, "[2].slug")
    files = {"initiatives/goi-xa.md": GOOD.replace("pilot", "bang-tin"), "vocabularies/stages.yaml": term}
    assert messages(check(write(tmp_path / "other", files))) == []


def test_a_reply_may_bring_its_own_source(tmp_path: Path) -> None:
    """Own entries and keys of the initiative's stand side by side, and both may be cited; the place goes by date."""
    reply = (
        "---\ninitiative: SK-0001\noffice: UBND\nprovince: da-nang\ndate: 2026-03\nsources:\n  - bao\n"
        "  - {key: rieng, title: Công văn, address: null, publisher: UBND xã, date: null, kind: official}\n"
        "---\n\nĐã trả lời.[^bao][^rieng]\n"
    )
    checked = check(
        write(tmp_path / "content", {"initiatives/goi-xa.md": GOOD, "replies/goi-xa/2026-03-ubnd.md": reply})
    )
    assert messages(checked) == []
    assert checked.expo is not None
    (shown,) = checked.expo.replies
    assert ([source.key for source in shown.sources], shown.place.key) == (["bao", "rieng"], "34:da-nang")


def test_a_body_of_brackets_is_searched_in_one_pass(tmp_path: Path) -> None:
    """A body that would keep Markdown busy for hours is refused, and refusing it does not take as long."""
    count = MAXIMUM_BYTES // 3
    assert check_one(tmp_path, ("Người dân gọi tổng đài", "[^" * count)) == [
        (
            f'content/initiatives/goi-xa.md:16: this paragraph has {count + 1} times "["; at most 300. '
            "Split it or take some out"
        )
    ]


# Whatever is written, nothing raises

FIELD_NAMES = st.sampled_from([*InitiativeFields.model_fields, *ReplyFields.model_fields, "key", "file", "type", "xyz"])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=12),
    st.sampled_from(
        [
            "SK-0001",
            "SK-0002",
            "SK-²",
            "SK-" + "9" * 5000,
            "da-nang",
            "QN",
            "toan-quoc",
            "bao",
            "2021-02-31",
            "2020/2016",
            "8.088",
            "unknown",
            "pilot",
            "compiled",
            "submitted",
            "results",
            "goi-xa",
            "trang",
            "../x.jpg",
            "anh.jpg",
            "x.pdf",
            "http://a.vn",
            "https://[",
            "0912345678",
            "A",
            "press",
            "citizen",
            "true",
        ]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(FIELD_NAMES, inner, max_size=3)),
    max_leaves=6,
)
RIGHT_VALUES: dict[str, Any] = yaml.safe_load(GOOD.split("---\n")[1])


@st.composite
def front_matters(draw: st.DrawFn) -> str:
    """The good front matter with some of its fields, and others of the model, set to anything."""
    values = RIGHT_VALUES | draw(st.dictionaries(FIELD_NAMES, VALUES, max_size=5))
    for name in draw(st.lists(st.sampled_from(list(RIGHT_VALUES)), max_size=2)):
        values.pop(name, None)
    text: str = yaml.safe_dump(values, allow_unicode=draw(st.booleans()), sort_keys=False)
    return f"---\n{text}---\n\n{draw(st.text(max_size=20))}[^{draw(st.sampled_from(['bao', 'x', '', ']']))}]\n"


@pytest.fixture(scope="module")
def any_config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """A folder that each example fills anew."""
    content = tmp_path_factory.mktemp("any") / "content"
    (content / "initiatives").mkdir(parents=True)
    yield make_config(content=content, environment={})


@settings(deadline=None, max_examples=200)
@given(first=front_matters(), second=front_matters(), reply=front_matters(), retired=VALUES)
def test_any_values_give_problems_or_an_expo(
    any_config: Config, first: str, second: str, reply: str, retired: object
) -> None:
    """Fields of any shape in any file never raise, and every problem prints as one line in both languages."""
    files = {
        "initiatives/goi-xa.md": first,
        "initiatives/xe-om.md": second,
        "initiatives/goi-xa.en.md": reply,
        "replies/goi-xa/2021-ubnd.md": reply,
        "retired.yaml": yaml.safe_dump(retired if isinstance(retired, list) else [retired]),
    }
    checked = check_content(make_config(content=write(any_config.content, files), environment={}))
    errors = [problem for problem in checked.problems if not problem.is_warning]
    assert (checked.expo is None) == bool(errors)
    for problem in checked.problems:
        for lang in ("vi", "en"):
            line = format_problem(problem, lang)
            assert not {unicodedata.category(letter) for letter in line} & {"Cc", "Zl", "Zp", "Cs"}, problem


def test_the_random_front_matters_can_be_right(any_config: Config) -> None:
    """The property above is not empty: unchanged, its front matter makes an Expo."""
    text: str = yaml.safe_dump(RIGHT_VALUES, allow_unicode=True)
    for path in sorted(any_config.content.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    checked = check(write(any_config.content, {"initiatives/goi-xa.md": f"---\n{text}---\nBài.\n"}))
    assert (messages(checked), checked.expo is not None) == ([], True)


def test_places_of_every_record_are_known(real_expo: Expo) -> None:
    """No exhibit and no reply lies outside the gazetteer."""
    known = set(load_gazetteer().places_63) | set(load_gazetteer().places_34) | set(load_gazetteer().special)
    assert all(place in known for one in real_expo.initiatives for place in one.places)
    assert all(reply.place in known for reply in real_expo.replies)


def test_a_period_reaches_the_record(tmp_path: Path) -> None:
    """`as_of: 2016/2020` is a Period."""
    figure = 'figures:\n  - {label: "Ý kiến", value: 77.7, unit: "%", as_of: 2016/2020, source: bao}\nsources:\n'
    folder = write(tmp_path / "content", {"initiatives/goi-xa.md": GOOD.replace("sources:\n", figure)})
    expo = check(folder).expo
    assert expo is not None
    assert expo.initiatives[0].figures[0].as_of == Period(PartialDate(2016), PartialDate(2020))


def test_a_value_that_is_a_novel_is_shortened() -> None:
    """80 characters of a value are enough to find it."""
    problem = make_problem("content/x.md", 1, "title", "bad-slug", value="a" * 5000)
    shown = "a" * 79 + "…"
    assert describe_problem(problem, "en") == f'"{shown}" cannot stand in an address; only a-z, digits and hyphens'


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Ba cách:\n- gọi\n- nhắn", 17),
        ("Ba cách:\n\n- gọi\n- nhắn", 0),
        ("## Ba cách\n1. gọi\n2. nhắn", 0),
        ("Ba cách\n===\n* gọi", 0),
        ("- gọi\n  còn nữa\n- nhắn\n    - con", 0),
        ("- gọi\n\n    Hai cách:\n    - nhắn", 19),
        ("Bảng:\n| a | b |\n|---|---|\n| 1 | 2 |", 17),
        ("- gọi\n\n| a | b |\n|---|---|\n| 1 | 2 |", 0),
        ("a | b\n--|:-:\n1 | 2", 0),
        ("• gọi\n• nhắn", 17),
        ("Năm\n2019. Sau đó - và - nay.", 0),
    ],
)
def test_a_list_is_told_of_where_the_page_runs_it_on(tmp_path: Path, body: str, line: int) -> None:
    """And only there: the parser that makes the page is asked too."""
    found = check_one(tmp_path, ("Người dân gọi tổng đài.[^bao]", body))
    assert [message.split(":")[1] for message in found] == ([str(line)] if line else [])
    shown = LexborHTMLParser(render_prose(body).html)
    joined = [node.text() for node in shown.css("p, li") if re.search(r"\n(?:[-*|•]|1\.) ?", node.text(deep=False))]
    assert bool(joined) == bool(line)


def test_a_draft_may_hold_the_hints_of_new(tmp_path: Path) -> None:
    """They are told of once the exhibit is to be shown."""
    hint = ("Người dân gọi tổng đài.", f"{HINT.format(hint='Ai làm gì.')}\n\nNgười dân gọi tổng đài.")
    assert check_one(tmp_path, hint, ("stage:", "draft: true\nstage:")) == []
    assert check_one(tmp_path, hint) == [
        'content/initiatives/goi-xa.md:16: (warning) a hint that "new" wrote is still here; delete this line'
    ]


def test_a_reminder_hides_no_mistake_of_its_field(tmp_path: Path) -> None:
    """A page would be made of a value that is wrong."""
    told = check_one(tmp_path, ("pilot", "“pilot”"))
    assert [message[:55] for message in told] == [
        "content/initiatives/goi-xa.md:8: stage: (warning) the v",
        'content/initiatives/goi-xa.md:8: stage: "“pilot”" is no',
    ]


def test_lines_are_counted_as_editors_count_them(tmp_path: Path) -> None:
    """A line break that only some programs know starts no line: what comes after it is told where people look."""
    breaks = ("của xã", "của\u2028xã"), ("gọi tổng", "gọi\u000b\u0085tổng")
    found = check_one(tmp_path, *breaks, ("đài.[^bao]", "đài.\n\n[^baao]"))
    assert [message.split(":")[1] for message in found] == ["3", "18"]
