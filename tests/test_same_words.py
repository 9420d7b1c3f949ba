"""Same words: a text is found by what others call the same thing, with and without marks, once, and behind the text
that has the very words; the table is sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from expo.cache import Cache
from expo.config import make_config
from expo.model import Expo
from expo.search.abbreviations import AbbreviationTable
from expo.search.documents import Document, make_document
from expo.search.index import make_documents, make_search_files
from expo.search.same_words import SameWords
from expo.search.texts import FIELD_WEIGHTS
from expo.search.whoosh_index import search
from expo.text import canonical_tone, fold_text, split_words

GROUPS = [
    ("kẹt xe", "tắc đường", "ùn tắc"),
    ("lợn", "heo"),
    ("ô tô", "ôtô", "xe hơi"),
    ("ni lông", "nilon"),
    ("túi ni lông", "túi nilon", "bao ni lông"),
    ("tàu hỏa", "xe lửa"),
]
SAME = SameWords.from_groups(GROUPS)
PLAIN = AbbreviationTable.from_pairs([])


def expand(text: str, same: SameWords = SAME) -> str:
    """The words that are added to a text."""
    return " ".join(same.expand(split_words(text)))


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("bớt kẹt xe", "tắc đường ùn"),
        ("BỚT ÙN TẮC", "kẹt xe đường"),
        ("bot ket xe", "tắc đường ùn"),  # a text without marks
        ("két xe", ""),  # other marks than the table's
        ("nuôi heo", "lợn"),
        ("nuôi lợn", "heo"),
        ("nuoi lon", ""),  # a word alone without its marks is another word
        ("ô-tô", "ôtô xe hơi"),
        ("ô\ntô", "ôtô xe hơi"),  # a line that was wrapped
        ("ô\n\ntô", ""),
        ("ô, tô", ""),
        ("kẹt. Xe", ""),
        ("tàu hoả", "xe lửa"),  # tone mark on the other vowel
        ("kẹt", ""),
        ("xe", ""),
        ("", ""),
    ],
)
def test_a_text_is_found_by_the_others_of_a_group(text: str, added: str) -> None:
    """Every way; its words side by side; none of its own words is added."""
    assert expand(text) == canonical_tone(added)


def test_a_run_in_another_adds_each_word_once() -> None:
    """Both groups apply, neither to what the other added."""
    assert sorted(expand("túi ni lông, túi ni lông").split()) == ["bao", "nilon"]
    assert expand("đi xe", SameWords.from_groups([("đi xe", "chạy xe"), ("chạy", "lái"), ("lái", "bẻ")])) == "chạy"


words = st.sampled_from([*dict.fromkeys(" ".join(chain.from_iterable(GROUPS)).split()), "bao", "x"])
runs = st.lists(words, min_size=1, max_size=3).map(" ".join)
groups = st.lists(st.lists(runs, min_size=1, max_size=4), max_size=6)


@given(groups, st.lists(words, max_size=12).map(" ".join))
@example([["a", "a b"], ["a b", "a"]], "a b a")
def test_what_is_added_is_what_the_groups_say_and_no_more(table: Sequence[Sequence[str]], text: str) -> None:
    """Whatever the groups: one step from the text, found here by plain search; it ends, and order changes nothing."""
    wanted: set[str] = set()
    for group in table:
        for run in group:
            if f" {run} " in f" {text} " or (" " in run and any(_fits(run, text, at) for at in range(len(text)))):
                wanted |= {word for one in group for word in one.split()} - set(run.split())
    wanted = {canonical_tone(word) for word in wanted}
    for order in (table, table[::-1]):
        added = SameWords.from_groups(order).expand(split_words(text))
        assert set(added) == wanted
        assert len(set(added)) == len(added)


def _fits(run: str, text: str, at: int) -> bool:
    """Whether a run of several words stands here, each with its marks or without any."""
    if at and text[at - 1] != " ":
        return False
    own, here = run.split(), text[at:].split()[: len(run.split())]
    return len(own) == len(here) and all(two in (one, fold_text(one)) for one, two in zip(own, here, strict=True))


@given(st.text(max_size=80))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    """Neither as a text nor as a wording."""
    same = SameWords.from_groups([*GROUPS, [text, "heo quay"], [text[:9], text[9:]]])
    for word in same.expand(split_words(text)):
        assert word == word.lower()


def document_of(same: SameWords, **texts: str) -> Document:
    """A document with these texts."""
    return make_document(dict.fromkeys(FIELD_WEIGHTS, "") | texts, PLAIN, same)


def test_the_very_words_weigh_more() -> None:
    """In every field; and what a text has itself weighs what it weighs without the table."""
    for field in FIELD_WEIGHTS:
        if field == "replies":  # weighs 1, as low as it goes
            continue
        said, meant = (document_of(SAME, **{field: f"{word} quay"}).words for word in ("heo", "lợn"))
        assert 0 < meant["heo"] <= said["heo"]
        assert meant["lợn"] == said["heo"]
    title = document_of(SAME, title="Chống ùn tắc ở ngã tư", body="kẹt xe mỗi sáng")
    assert title.words["kẹt"] == 4
    assert title.words["tắc"] == document_of(SameWords.from_groups([]), title="Chống ùn tắc ở ngã tư").words["tắc"]
    assert document_of(SAME, title="heo").words["lợn"] < document_of(SAME, title="lợn").words["lợn"]


def test_neighbours_are_those_of_the_text() -> None:
    """What is added stands beside nothing: it is no phrase, and no part of a title."""
    texts = {"title": "Hết kẹt xe", "body": "Đường ùn tắc"}
    with_them, without = document_of(SAME, **texts), document_of(SameWords.from_groups([]), **texts)
    assert (with_them.title, with_them.rest) == (without.title, without.rest)


def with_body(expo: Expo, number: int, body: str) -> Expo:
    """The same exhibits, one with another body."""
    changed = (replace(one, body=body) if one.number == number else one for one in expo.initiatives)
    return replace(expo, initiatives=tuple(changed))


def test_a_new_group_reaches_all_through_the_cache(real_expo: Expo, tmp_path: Path) -> None:
    """The table is part of the key: an exhibit is found at once by the words of a new group, and no longer without."""
    cache = Cache(tmp_path)
    expo = with_body(real_expo, 7, "Họp ở quán zalopi mỗi tháng.")
    grouped = replace(expo, same_words=(*expo.same_words, ("zalopi", "qwerti")))
    before, after, again = (make_documents(one, cache)[7].words for one in (expo, grouped, expo))
    assert "qwerti" not in before
    assert after["qwerti"] == 2
    assert again == before
    assert make_search_files(grouped, cache) == make_search_files(grouped, None)


@pytest.mark.parametrize("query", ["kẹt xe", "ket xe", "tắc đường", "tac duong", "TẮC ĐƯỜNG"])
def test_the_command_line_finds_them(real_expo: Expo, tmp_path: Path, query: str) -> None:
    """ "tac duong" finds a text that says "kẹt xe", and the other way round; what has neither is not found."""
    bare: dict[str, Any] = {
        "summary": "x", "body": "y", "places": (), "place_text": "", "tags": (), "themes": (), "channels": (),
        "figures": (), "criteria": (), "replies": (), "caveats": "", "province_note": "", "started_note": "",
        "stage_note": "",
    }  # fmt: skip
    titles = ("Bớt kẹt xe ở cầu", "Hết tắc đường ở chợ", "Đường hoa cho xe lăn")
    made = tuple(
        replace(one, title=title, proposer=replace(one.proposer, name="w", note=""), **bare)
        for one, title in zip(real_expo.initiatives, titles, strict=False)
    )
    config = replace(make_config(), cache=tmp_path)
    found = search(replace(real_expo, initiatives=made), config, query)
    very = titles[0] if fold_text(query) == "ket xe" else titles[1]
    assert found[0].initiative.title == very
    assert {hit.initiative.title for hit in found} == {titles[0], titles[1]}
    alone = search(replace(real_expo, initiatives=made, same_words=()), config, query)
    assert [hit.initiative.title for hit in alone] == [very]


def test_the_table_of_the_project_is_sound(real_expo: Expo) -> None:
    """Enough groups; every wording finds all others, with and without marks; everyday talk stays as it is."""
    groups = real_expo.same_words
    assert len(groups) >= 100
    same = SameWords.from_groups(groups)
    for group in groups:
        others = {word: set(split_words(word).exact) for word in group}
        for wording, own in others.items():
            for written in (wording, fold_text(wording)) if len(own) > 1 else (wording,):
                assert set().union(*others.values()) <= {*expand(written, same).split()} | own, written
    everyday = "người dân đi làm về nhà ăn cơm, xem tin, nghe đài, trồng lúa, lo việc nước việc nhà, xe chạy đường làng"
    assert expand(everyday, same) == expand(fold_text(everyday), same) == ""
