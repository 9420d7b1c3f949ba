"""The documents and queries of the search bench: the same each time, as large as said, accepted by our own build."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from unicodedata import normalize

import pytest
import yaml

from bench.search import corpus
from bench.search.corpus import (
    make_document,
    make_documents,
    plain_body,
    plain_documents,
    write_content,
)
from bench.search.queries import (
    KINDS,
    Collection,
    Query,
    hit_at_1,
    make_queries,
    mrr_at_10,
)
from bench.search.words import CONCEPTS, TWINS
from bench.search.words_filled import count_syllables
from bench.search.words_places import rare_words
from bench.search.words_typed import is_within_one_slip, swap_tone_place
from expo.config import make_config
from expo.pipeline import check_content
from expo.text import fold_text
from expo.validate.personal import find_personal_data


@pytest.fixture(scope="module")
def queries() -> list[Query]:
    """Those over a thousand documents."""
    return make_queries(1000)


def test_a_document_does_not_depend_on_how_many_are_made() -> None:
    """Document 30 is the same alone, among 31 and among 60."""
    assert make_document(30) == make_documents(31)[30] == make_documents(60)[30]


def test_other_seeds_give_other_documents() -> None:
    """The seed is the only source of chance."""
    assert make_document(3, "a") != make_document(3, "b")


def test_documents_have_the_sizes_that_are_promised() -> None:
    """Bodies have about 420 syllables, titles 5 to 16, summaries 25 to 50 and at most 320 characters."""
    documents = make_documents(300)
    bodies = [count_syllables(plain_body(one.body)) for one in documents]
    assert 380 <= sum(bodies) / len(bodies) <= 460
    assert min(bodies) >= 300
    assert {one.number for one in documents if not 5 <= count_syllables(one.title) <= 16} == set()
    assert {one.number for one in documents if not 25 <= count_syllables(one.summary) <= 50} == set()
    assert max(len(one.summary) for one in documents) <= 320


def test_the_vocabulary_is_as_wide_as_that_of_a_language() -> None:
    """A thousand documents have over 1,300 different syllables without marks, numbers aside."""
    words: set[str] = set()
    for one in plain_documents(1000):
        words.update(re.findall(r"[^\W\d_]+", fold_text(f"{one['title']} {one['summary']} {one['body']}")))
    assert len(words) > 1300


def test_twins_differ_in_marks_alone() -> None:
    """The second twin folds to the same text as the first; title and body differ."""
    first, second = make_document(10), make_document(11)
    assert (first.twin, second.twin) == (second.number, first.number)
    assert first.title != second.title
    assert first.body != second.body
    assert fold_text(first.title) == fold_text(second.title)
    assert fold_text(first.body) == fold_text(second.body)


def test_pairs_of_twins_fold_to_the_same() -> None:
    """Every minimal pair of the list is one."""
    assert [pair for pair in TWINS if fold_text(pair[0]) != fold_text(pair[1]) or pair[0] == pair[1]] == []


def test_a_document_writes_an_abbreviation_or_its_full_form_never_both() -> None:
    """What `concepts` says is what stands in the text."""
    short = {concept.short: concept for concept in CONCEPTS}
    for one in make_documents(100):
        text = f"{one.title} {one.summary} {one.body}"
        for name, is_short in one.concepts:
            has_full = fold_text(short[name].full) in fold_text(text)
            assert (name in text, has_full) == (is_short, not is_short), (one.number, name)


def test_rare_syllables_of_places_differ_without_marks() -> None:
    """No two syllables of invented places are a minimal pair by accident."""
    assert len({fold_text(word) for word in rare_words()}) == len(rare_words()) > 500


def test_the_build_accepts_the_content(tmp_path: Path) -> None:
    """80 initiatives, the real ones among them, are checked without a single error."""
    write_content(tmp_path / "content", 80)
    checked = check_content(make_config(content=tmp_path / "content", output=tmp_path / "output", quiet=True))
    assert [str(problem) for problem in checked.problems if not problem.is_warning] == []
    assert checked.expo is not None
    assert len(checked.expo.initiatives) == 80


def test_plain_documents_are_the_real_ones_and_then_the_composed() -> None:
    """Numbers and addresses are those of the site."""
    documents = plain_documents(60)
    assert [one["number"] for one in documents] == [*range(1, 55), *range(1001, 1007)]
    assert documents[1]["url"] == "/sang-kien/hue-s/"
    assert str(documents[54]["url"]).startswith("/sang-kien/thu-1001-")
    assert [one["number"] for one in documents if "[^" in str(one["body"]) or "##" in str(one["body"])] == []


def test_queries_are_the_same_each_time_and_enough(queries: list[Query]) -> None:
    """At least 600 in all and 30 of each kind; a second run gives the same."""
    assert queries == make_queries(1000)
    assert len(queries) >= 600
    counts = Counter(query.kind for query in queries)
    assert tuple(counts) == KINDS
    assert min(counts.values()) >= 30
    assert min(counts["need"], counts["need-no-marks"]) >= 60


def test_what_queries_want_exists(queries: list[Query]) -> None:
    """Every wanted number, and every twin to be above, is a document of the collection."""
    numbers = {int(one["number"]) for one in plain_documents(1000)}
    asked = {number for query in queries for number in (*query.want, *([query.above] if query.above else []))}
    assert asked - numbers == set()
    assert [query for query in queries if (query.above is not None) != (query.kind == "twin")] == []


def test_queries_are_typed_as_their_kind_says(queries: list[Query]) -> None:
    """Without marks means folded; NFD is NFD; a rare pair is two words that one document alone has."""
    collection = Collection(1000)
    for query in queries:
        if query.kind.endswith("no-marks"):
            assert query.text == fold_text(query.text)
        if query.kind == "title-nfd":
            assert query.text == normalize("NFD", query.text) != normalize("NFC", query.text)
        if query.kind == "rare-pair":
            assert collection.with_all(fold_text(query.text).split()) == set(query.want)


def test_needs_are_not_titles() -> None:
    """No need is part of the title that it wants; all ask for real exhibits; there are sixty or more."""
    rows = yaml.safe_load((Path(__file__).parent.parent / "bench/search/needs.yaml").read_text("utf-8"))
    titles = {one["number"]: fold_text(str(one["title"])) for one in plain_documents(54)}
    assert len(rows) >= 60
    assert [row for row in rows if any(fold_text(row["text"]) in titles[number] for number in row["want"])] == []


@pytest.mark.parametrize(
    ("one", "other"), [("hòa", "hoà"), ("Thủy lợi", "Thuỷ lợi"), ("khỏe khoắn", "khoẻ khoắn"), ("quý", "quý")]
)
def test_the_place_of_the_tone_is_swapped_both_ways(one: str, other: str) -> None:
    """Old style becomes new, new becomes old; qu is left alone."""
    assert (swap_tone_place(one), swap_tone_place(other)) == (other, one)


@pytest.mark.parametrize(
    ("typed", "word", "near"),
    [
        ("nuoc", "nuoc", True),
        ("nuc", "nuoc", True),
        ("nuooc", "nuoc", True),
        ("nupc", "nuoc", True),
        ("nuco", "nuoc", True),
        ("ncuo", "nuoc", False),
        ("nu", "nuoc", False),
        ("nuocab", "nuoc", False),
    ],
)
def test_one_slip_is_told_from_two(typed: str, word: str, near: bool) -> None:
    """A deletion, insertion, replacement or swap of neighbours, once."""
    assert is_within_one_slip(typed, word) is near


def test_scores() -> None:
    """The first place counts, or with a twin the order of the two; MRR looks at ten."""
    plain, twin = Query("title", "x", (1, 2)), Query("twin", "x", (1,), 2)
    assert [hit_at_1(plain, ranked) for ranked in ([2, 1], [3, 1], [])] == [True, False, False]
    assert [hit_at_1(twin, ranked) for ranked in ([3, 1, 2], [2, 1], [3], [1])] == [True, False, False, True]
    assert [mrr_at_10(plain, ranked) for ranked in ([3, 1], [*range(10, 20), 1])] == [0.5, 0.0]
    assert [mrr_at_10(twin, ranked) for ranked in ([3, 1, 2], [2, 1])] == [0.5, 0.0]


@pytest.mark.parametrize("number", [31717, 43854, 50854])
def test_no_composed_title_is_taken_for_a_home(number: int) -> None:
    """As the first throw of these would be: with them a build of 50,000 would stop."""
    composed = corpus.make_document(number - corpus.FIRST_NUMBER)
    assert composed.number == number
    assert find_personal_data(composed.title) == []
