"""The index after an edit: amended, it is the one that is made of the whole, byte for byte, row after row of edits."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.cache import Cache
from expo.model import Expo, Initiative
from expo.search import amending
from expo.search.amending import Before, amend_search_files
from expo.search.bits import HIGHEST_MARK, decode_numbers, decode_postings, encode_postings
from expo.search.index import IndexState, SearchFiles, make_search_files
from expo.search.shards import pack_lines, unpack_lines

PLACES = ("Huế", "Bắc Giang", "tỉnh Hà Nam", "thành phố Hồ Chí Minh", "Đà Nẵng")


class Shelf:
    """An index, as builds keep it, and what it becomes."""

    def __init__(self, expo: Expo, folder: Path) -> None:
        self.cache = Cache(folder)
        self.take_whole(expo)

    def take_whole(self, expo: Expo) -> SearchFiles:
        """Made of all exhibits."""
        whole = make_search_files(expo, self.cache)
        assert whole.state
        self.words, self.phrases, self.state = dict(whole.words), dict(whole.phrases), whole.state
        return whole

    def amend(self, expo: Expo) -> SearchFiles | None:
        """Amended, where it can be."""
        state = IndexState.from_bytes(self.state.to_bytes())
        before = Before(state, lambda at: self.words.get(at, b""), lambda at: self.phrases.get(at, b""))
        made = amend_search_files(expo, self.cache, before)
        if made and made.state:
            for shards, changed in ((self.words, made.words), (self.phrases, made.phrases)):
                shards.update(changed)
                for number in [number for number, content in changed.items() if not content]:
                    del shards[number]
            self.state = made.state
        return made


def edit(one: Initiative, others: Sequence[Initiative], dice: random.Random) -> Initiative:
    """Words come, go and change; now and then another title, another place, names of places."""
    words = one.body.split(" ")
    known = dice.choice(others).body.split()
    for _ in range(dice.choice((1, 3, 30))):
        at = dice.randrange(len(words) + 1)
        match dice.randrange(4):
            case 0:
                words.insert(at, dice.choice(known))
            case 1:
                del words[at : at + 1]
            case 2:
                words.insert(at, dice.choice((*PLACES, f"mới{dice.randrange(9)}")))
            case _:
                words[at : at + 1] = [dice.choice(known)]
    one = replace(one, body=" ".join(words))
    if dice.random() < 0.3:
        one = replace(one, title=dice.choice(others).title)
    if dice.random() < 0.3:
        one = replace(one, places=dice.choice(others).places)
    return one


def edit_some(expo: Expo, most: int, dice: random.Random) -> Expo:
    """None, one or a few exhibits."""
    initiatives = list(expo.initiatives)
    for at in dice.sample(range(len(initiatives)), dice.randint(0, most)):
        initiatives[at] = edit(initiatives[at], initiatives, dice)
    return replace(expo, initiatives=tuple(initiatives))


@pytest.mark.parametrize(("count", "most", "rounds", "few"), [(8, 1, 20, 40), (30, 3, 10, 2), (54, 4, 5, 2)])
def test_an_amended_index_is_that_of_the_whole(
    real_expo: Expo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, most: int, rounds: int, few: int
) -> None:
    """Few exhibits: words become common and rare at each edit; more: neighbours take turns in being the rarer."""
    monkeypatch.setattr(amending, "FEW", few)
    dice = random.Random(count)
    expo = replace(real_expo, initiatives=real_expo.initiatives[:count])
    shelf = Shelf(expo, tmp_path / "cache")
    for at in range(rounds):
        expo = edit_some(expo, most, dice)
        amended = shelf.amend(expo)
        whole = make_search_files(expo, Cache(tmp_path / "other"))
        assert amended and amended.is_part, at
        assert (amended.root, shelf.state) == (whole.root, whole.state)
        assert (shelf.words, shelf.phrases) == (whole.words, whole.phrases)


def test_a_word_that_changes_hands_is_counted_with_its_twins(real_expo: Expo, tmp_path: Path) -> None:
    """As many exhibits have it as before, but one more has it or a word that differs in marks."""
    first, second, *others = real_expo.initiatives

    def state(*added: str) -> Expo:
        bodies = zip((first, second), added, strict=True)
        edited = (replace(one, body=f"{one.body}\n\n{words}") for one, words in bodies)
        return replace(real_expo, initiatives=(*edited, *others))

    shelf = Shelf(state("Quạtmo quátmo.", "Khác."), tmp_path / "cache")
    after = state("Quátmo.", "Khác quạtmo.")
    amended = shelf.amend(after)
    assert amended and amended.root == make_search_files(after, Cache(tmp_path / "other")).root


def test_only_shards_that_an_edit_reaches_are_made(real_expo: Expo, tmp_path: Path) -> None:
    """A word that was nowhere, once: its own shard, and that of the word that comes to stand behind it."""
    shelf = Shelf(real_expo, tmp_path)
    first = real_expo.initiatives[0]
    edited = replace(first, body=f"{first.body}\n\nQuạtmo.")
    made = shelf.amend(replace(real_expo, initiatives=(edited, *real_expo.initiatives[1:])))
    assert made and len(made.words) <= 2 and len(made.phrases) < len(shelf.phrases)


def test_what_concerns_every_exhibit_is_left_to_the_whole(real_expo: Expo, tmp_path: Path) -> None:
    """Another exhibit, one less, a wording, an abbreviation that a text defines, a name of a place, many edits at once,
    documents that are lost.
    """
    first, *others = real_expo.initiatives
    shelf = Shelf(real_expo, tmp_path)

    def amend(body: str = first.body, **changes: object) -> SearchFiles | None:
        values = {"initiatives": (replace(first, body=body), *others), **changes}
        return shelf.amend(replace(real_expo, **values))

    another = replace(first, id="SK-0999", slug="khac")
    place = replace(real_expo.places_34[0], aliases=("Xứ Mới",))
    assert amend(initiatives=(first, *others, another)) is None
    assert amend(initiatives=tuple(others)) is None
    assert amend(same_words=(("heo", "lợn"),)) is None
    assert amend(f"{first.body}\n\nHội đồng quạt mo (HĐQM) lên tiếng.") is None
    assert amend(places_34=(place, *real_expo.places_34[1:])) is None
    assert amend(initiatives=tuple(replace(one, body="Khác.") for one in (first, *others))) is None
    for path in tmp_path.glob("documents-*"):
        path.unlink()
    assert amend("Khác.") is None


def test_what_was_edited_away_is_forgotten(real_expo: Expo, tmp_path: Path) -> None:
    """Personal data that somebody took out of a text do not stay in the documents that are kept."""
    first, *others = real_expo.initiatives
    shelf = Shelf(replace(real_expo, initiatives=(replace(first, body="Gặp bà Quạtmo."), *others)), tmp_path)
    kept = next(tmp_path.glob("documents-*"))
    assert "quạtmo".encode() in kept.read_bytes()
    assert shelf.amend(real_expo)
    assert "quạtmo".encode() not in kept.read_bytes()


@st.composite
def postings(draw: st.DrawFn) -> tuple[list[int], list[int], dict[int, list[int]], int]:
    """Numbers, their values, marks and the highest number."""
    highest = draw(st.integers(0, 120))
    numbers = sorted(draw(st.sets(st.integers(0, highest))))
    values = draw(st.lists(st.integers(0, 14), min_size=len(numbers), max_size=len(numbers)))
    some = st.sets(st.sampled_from(numbers), min_size=1).map(sorted) if numbers else st.nothing()
    marks = draw(st.dictionaries(st.integers(0, HIGHEST_MARK), some)) if numbers else {}
    return numbers, values, marks, highest


@given(postings())
def test_what_was_encoded_is_decoded(told: tuple[list[int], list[int], dict[int, list[int]], int]) -> None:
    """Sets that are dense, sparse, empty and full."""
    numbers, values, marks, highest = told
    content = encode_postings(numbers, values, marks, highest)
    assert decode_postings(content, len(numbers), highest) == (numbers, values, marks)
    assert decode_numbers(content, len(numbers), highest) == numbers


@given(st.dictionaries(st.text("aơ@/ ", min_size=1), st.tuples(st.integers(1, 99), st.binary(max_size=8)), min_size=1))
def test_lines_of_a_shard_are_read_back(lines: dict[str, tuple[int, bytes]]) -> None:
    """Whatever bytes their lists have, line ends too."""
    listed = sorted((key, *line) for key, line in lines.items())
    assert unpack_lines(pack_lines({0: reversed(listed)})[0]) == listed
