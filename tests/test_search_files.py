"""The index as Python makes it: the same bytes for the same content in whatever order, and small changes stay small."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.cache import Cache
from expo.config import make_config
from expo.model import Expo
from expo.search import index, shards
from expo.search.bits import HIGHEST_MARK, encode_postings, rice_parameter
from expo.search.documents import HIGHEST_IMPACT, Document, make_document
from expo.search.index import SearchFiles, make_documents, make_search_files
from expo.search.shards import IMPACT_CODES, IMPACT_ORDER, count_shards, fnv1a, mark_of, shard_of
from expo.text import fold_text
from tests.search_fixtures import MadeUp, write_made_up

PROJECT = Path(__file__).resolve().parent.parent

EXHIBITS = {
    3: MadeUp("Vườn dừa", "Bà con tưới cây. UBND xã cho mượn máy."),
    1: MadeUp("Vườn dứa", "Ủy ban nhân dân (UBND) xã cho mượn máy."),
    7: MadeUp("Bến đò", "Đò ngang, đò dọc.", province="quang-nam"),
    2: MadeUp("Lều bạt", "Dựng lều bạt cạnh chợ.", province="da-nang"),
}

# What one process makes of a content folder, as hashes: of every file of the index, its name or number, and its order.
PRINT_FILES = """
import hashlib, json, sys
from pathlib import Path
from expo.config import make_config
from expo.pipeline import load_expo
from tests.search_fixtures import search_assets
config = make_config(content=Path(sys.argv[1]), environment={"EXPO_CACHE_DIR": sys.argv[2]})
files = search_assets(load_expo(config), config)
print(json.dumps([[name, hashlib.sha256(content).hexdigest()] for name, content in files.items()]))
"""


def run_build(content: Path, cache: Path, hash_seed: str) -> list[list[str]]:
    """Name and hash of every file that the browser may fetch, made by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT_FILES, str(content), str(cache)],
        cwd=PROJECT,
        env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", "PATH": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    made: list[list[str]] = json.loads(done.stdout)
    return made


def with_body(expo: Expo, number: int, body: str) -> Expo:
    """The same exhibits, one with another body."""
    changed = (replace(one, body=body) if one.number == number else one for one in expo.initiatives)
    return replace(expo, initiatives=tuple(changed))


# --- the same bytes ---


def test_hash_seed_and_order_of_files_change_nothing(tmp_path: Path) -> None:
    """Four processes, each with its own seed, over files that were written in four orders: the same names and bytes."""
    made = []
    for at in range(4):
        order = [*EXHIBITS][at:] + [*EXHIBITS][:at]
        write_made_up(tmp_path / f"content-{at}", {number: EXHIBITS[number] for number in order})
        made.append(run_build(tmp_path / f"content-{at}", tmp_path / f"cache-{at}", str(at)))
    assert made == [made[0]] * 4
    assert len(made[0]) > 12


def test_the_real_content_gives_the_same_bytes_under_another_seed(tmp_path: Path) -> None:
    """All of it, twice from nothing."""
    content = make_config().content
    first, second = (run_build(content, tmp_path / seed, seed) for seed in ("1", "4242"))
    assert first == second


def test_the_order_of_exhibits_changes_nothing(real_expo: Expo) -> None:
    """Numbers alone say where an exhibit stands."""
    turned = replace(real_expo, initiatives=real_expo.initiatives[::-1])
    assert make_search_files(turned, None) == make_search_files(real_expo, None)


def test_a_warm_cache_gives_the_bytes_of_none(real_expo: Expo, tmp_path: Path) -> None:
    """Unchanged, after an edit, and after the edit is taken back."""
    cache = Cache(tmp_path)
    edited = with_body(real_expo, 7, real_expo.by_id["SK-0007"].body + "\n\nThêm một câu về thuyền thúng.")
    whole, changed = (make_search_files(expo, None) for expo in (real_expo, edited))
    assert [make_search_files(expo, cache) == whole for expo in (real_expo, real_expo)] == [True, True]
    assert make_search_files(edited, cache) == changed != whole
    assert make_search_files(real_expo, cache) == whole


def test_a_new_definition_of_an_abbreviation_reaches_all_through_the_cache(real_expo: Expo, tmp_path: Path) -> None:
    """One exhibit says what "QXZ" is, another that only has "QXZ" is found by the full form at once."""
    cache = Cache(tmp_path)
    short = with_body(real_expo, 7, "Nhóm QXZ họp mỗi tháng.")
    before = make_documents(short, cache)
    defined = with_body(short, 8, "Quán xanh ziczac (QXZ) mở cửa.")
    after = make_documents(defined, cache)
    assert "ziczac" not in before[7].words
    assert after[7].words["ziczac"] == 2
    assert make_search_files(defined, cache) == make_search_files(defined, None)


# --- an edit changes what it must ---


@pytest.mark.parametrize("number", [1, 7, 29, 54])
def test_an_edit_changes_only_the_shards_of_its_words(real_expo: Expo, number: int) -> None:
    """A new sentence and a word less: shards of words that came, went, weigh otherwise, or have other neighbours.

    That two words are neighbours is kept with the rarer one, so a word that became rarer or less rare touches those
    that stand beside it anywhere.
    """
    body = real_expo.by_id[f"SK-{number:04d}"].body
    paragraphs = body.split("\n\n")
    edited = with_body(real_expo, number, "\n\n".join([*paragraphs[:-1], "Thuyền thúng chở lều bạt qua kênh."]))
    documents = [make_documents(expo, None) for expo in (real_expo, edited)]
    files = [make_search_files(expo, None) for expo in (real_expo, edited)]
    changed = changed_shards(files[0].words, files[1].words)
    came_or_went = set(documents[0][number].words) ^ set(documents[1][number].words)
    assert "thuyền" in came_or_went
    assert shards_of(came_or_went, files[0]) <= changed <= shards_of(touched_words(documents, number), files[0])
    assert len(changed) < len(files[0].words) / 2
    phrases = [one[number].phrases for one in documents]
    turned = {phrase for phrase in {**phrases[0], **phrases[1]} if phrases[0].get(phrase) != phrases[1].get(phrase)}
    wanted = {shard_of(fold_text(phrase), files[0].phrase_shards) for phrase in turned}
    assert changed_shards(files[0].phrases, files[1].phrases) == wanted


def test_an_edit_makes_anew_what_it_must(real_expo: Expo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of the one exhibit, and the postings of the words that it touches."""
    read: list[str] = []
    encoded: list[list[int]] = []

    def note_read(texts: dict[str, str], *tables: Any) -> Document:
        read.append(texts["title"])
        return make_document(texts, *tables)

    def note_encoded(numbers: list[int], *others: Any) -> bytes:
        encoded.append(numbers)
        return encode_postings(numbers, *others)

    monkeypatch.setattr(index, "make_document", note_read)
    monkeypatch.setattr(shards, "encode_postings", note_encoded)
    cache, edited = Cache(tmp_path), with_body(real_expo, 7, real_expo.by_id["SK-0007"].body + "\n\nThuyền thúng.")
    make_search_files(real_expo, cache)
    assert len(read) == len(real_expo.initiatives)
    every = len(encoded)
    read.clear()
    encoded.clear()
    make_search_files(edited, cache)
    assert [title.partition("\n")[0] for title in read] == [edited.by_id["SK-0007"].title]
    touched = touched_words([make_documents(expo, None) for expo in (real_expo, edited)], 7)
    assert 0 < len(encoded) <= len(touched) < every / 4


def changed_shards(before: dict[int, bytes], after: dict[int, bytes]) -> set[int]:
    """Numbers of the shards that are not the same bytes."""
    return {shard for shard in before.keys() | after.keys() if before.get(shard) != after.get(shard)}


def shards_of(words: set[str], files: SearchFiles) -> set[int]:
    """Where these words are kept."""
    return {shard_of(fold_text(word), files.word_shards) for word in words}


def touched_words(documents: list[dict[int, Document]], number: int) -> set[str]:
    """Words of the exhibit that are not as they were, their neighbours, and neighbours anywhere of words whose count
    changed.
    """
    before, after = (one[number] for one in documents)
    touched = {word for word in {**before.words, **after.words} if before.words.get(word) != after.words.get(word)}
    for phrase in before.phrases.keys() ^ after.phrases.keys():
        touched.update(phrase.split())
    counts = [Counter(word for document in one.values() for word in document.words) for one in documents]
    recounted = {word for word in {**counts[0], **counts[1]} if counts[0][word] != counts[1][word]}
    for one in documents:
        for document in one.values():
            for phrase in document.phrases:
                if recounted & set(phrase.split()):
                    touched.update(phrase.split())
    return touched


def test_an_edit_that_moves_no_word_between_exhibits_changes_no_word_shard(real_expo: Expo) -> None:
    """Two paragraphs that change places: the same words with the same weight and neighbours; phrases move."""
    one = next(one for one in real_expo.initiatives if one.body.count("\n\n") > 4)
    first, second, *rest = one.body.split("\n\n")
    turned = with_body(real_expo, one.number, "\n\n".join([second, first, *rest]))
    files = [make_search_files(expo, None) for expo in (real_expo, turned)]
    assert files[0].words == files[1].words
    assert files[0].root == files[1].root
    assert files[0].phrases != files[1].phrases


# --- impacts ---


def test_impacts_are_in_bounds_and_heavier_fields_weigh_more(real_expo: Expo) -> None:
    """1 to 15; a word of the title weighs more than one that only the body has."""
    documents = make_documents(real_expo, None)
    weights = [impact for document in documents.values() for impact in document.words.values()]
    assert (min(weights), max(weights) <= HIGHEST_IMPACT) == (1, True)
    document = documents[1]
    assert document.words["đống"] > document.words["sk0001"] > 0


def test_positions_of_neighbours_ascend(real_expo: Expo) -> None:
    """As bits.py needs them, each once."""
    for document in make_documents(real_expo, None).values():
        for phrase, positions in document.phrases.items():
            assert positions == sorted(set(positions)), phrase


# --- bits and hashes ---


def test_places_are_the_same_once_a_document_needs_the_wide_step() -> None:
    """What was inverted before it, too."""
    document = Document({"một": 3, "hai": 1}, [(0, ["một", "hai"])], [(7, ["hai", "một", "hai"])])
    far = index.NARROW_STEP - 1
    found = index.invert([(2, document), (9, replace(document, rest=[(far - 1, ["hai", "một"])])), (far, document)])
    assert found.step == index.WIDE_STEP
    assert {pair: [divmod(place, found.step) for place in places] for pair, places in found.pairs.items()} == {
        ("một", "hai"): [(2, 0), (2, 8), (9, 0), (far, 0), (far, 8)],
        ("hai", "một"): [(2, 7), (9, far - 1), (far, 7)],
    }
    assert index.invert([(2, document)]).step == index.NARROW_STEP


def test_every_impact_has_its_own_code() -> None:
    """The codes are 0 to 14, one for each of 1 to 15."""
    assert sorted(IMPACT_ORDER) == list(range(1, HIGHEST_IMPACT + 1))
    assert sorted(IMPACT_CODES.values()) == list(range(HIGHEST_IMPACT))


def test_bits_of_a_small_list_by_hand() -> None:
    """Numbers 2 and 5 of 0 … 5, codes 0 and 2, mark 3 of 5.

    k is 1, so the numbers are 01·0 01·0. One of two (01) has a code above 0, the second (k is 0: 01); one of one (1) a
    code above 1, all of them, which need no bit; none (0) above 2. One mark (010), 3 (k is 5: 1·00011), of one number
    (1), the second (01).
    """
    assert rice_parameter(5, 2) == rice_parameter(2, 1) == 1
    bits = "010 010 01 01 1 0 010 100011 1 01".replace(" ", "")
    content = int(bits.ljust(24, "0"), 2).to_bytes(3, "big")
    assert encode_postings([2, 5], [0, 2], {3: [5]}, 5) == content


@given(st.integers(0, 10**6), st.data())
def test_a_list_takes_no_more_bits_than_it_must(highest: int, data: st.DataObject) -> None:
    """With k of its density, gaps cost at most k + 1 bits each and the number of k-sized steps up to the highest."""
    numbers = sorted(data.draw(st.sets(st.integers(0, highest), min_size=1, max_size=50)))
    parameter = rice_parameter(highest, len(numbers))
    bits = len(numbers) * (parameter + 3) + ((highest + 1) >> parameter)
    assert len(encode_postings(numbers, [0] * len(numbers), {}, highest)) * 8 <= bits + 24


def test_the_hash_is_fnv_with_its_high_bits_mixed_in() -> None:
    """Of "" the offset, of "a" and "foobar" what RFC 9923 lists, before the mixing."""
    known = {"": 0x811C9DC5, "a": 0xE40C292C, "foobar": 0xBF9CF968}
    assert {word: fnv1a(word) for word in known} == {word: value ^ value >> 15 for word, value in known.items()}


@given(st.text(), st.integers(0, 14))
def test_shards_and_marks_are_in_bounds(word: str, power: int) -> None:
    """Of any text, lone surrogates too."""
    assert 0 <= shard_of(word, 1 << power) < 1 << power
    assert 0 <= mark_of(word) <= HIGHEST_MARK


def test_words_are_spread_over_the_shards(real_expo: Expo) -> None:
    """No shard is empty-handed for long: the fullest has a few times the mean of bytes."""
    files = make_search_files(real_expo, None)
    sizes = [len(content) for content in files.words.values()]
    assert max(sizes) < 6 * sum(sizes) / len(sizes)
    assert len(files.words) > 0.9 * files.word_shards


@pytest.mark.parametrize("per_root", [16, 32])
def test_shards_grow_with_the_root_of_the_exhibits(per_root: int) -> None:
    """A power of two, never fewer than before, ten times as many for a hundred times the exhibits, give or take."""
    counts = [count_shards(exhibits, per_root) for exhibits in (0, 1, 54, 100, 1_000, 10_000, 100_000)]
    assert counts == sorted(counts)
    assert all(count & (count - 1) == 0 for count in counts)
    assert 4 <= counts[5] / counts[3] <= 16


# --- content that is little ---


def test_no_exhibits_give_an_index_without_words(real_expo: Expo) -> None:
    """A new room of the expo has nothing yet, and a search that says so."""
    empty = replace(real_expo, initiatives=())
    files = make_search_files(empty, None)
    assert (files.words, files.phrases, files.highest) == ({}, {}, 0)
    told = {key: files.root[key] for key in ("count", "highest", "numbers", "core")}
    assert told == {"count": 0, "highest": 0, "numbers": [], "core": ""}


def test_the_root_tells_the_numbers_as_runs(real_expo: Expo) -> None:
    """1 to 54 is one run; without the tenth it is two."""
    assert make_search_files(real_expo, None).root["numbers"] == [1, len(real_expo.initiatives)]
    fewer = tuple(one for one in real_expo.initiatives if one.number != 10)
    gap = make_search_files(replace(real_expo, initiatives=fewer), None).root["numbers"]
    assert gap == [1, 9, 11, len(real_expo.initiatives) - 10]
