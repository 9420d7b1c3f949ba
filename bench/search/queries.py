"""Queries with known answers, made from the documents by rules that look at no engine.

In: a count of documents. Out: `make_queries(count)`, the same for the same count; `score`, `hit_at_1`, `mrr_at_10`. A
rule drops a query as soon as another document is as right as the wanted one: texts are compared without marks, over
what a page shows of a document (title, summary, body, replies, place, themes, proposer). Everyday needs: needs.yaml.

    python3 bench/search/queries.py --count 1000
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from pathlib import Path
from unicodedata import normalize

PROJECT = Path(__file__).resolve().parent.parent.parent
if str(PROJECT) not in sys.path:  # run as a script
    sys.path.insert(0, str(PROJECT))
if __name__ == "__main__" and importlib.util.find_spec("yaml") is None:  # not the project's Python: change to it
    from bench.project import python_of_project

    own_python = python_of_project()
    os.execv(own_python, [own_python, *sys.argv])

import yaml  # noqa: E402

from bench.search.corpus import Document, make_documents, plain_body, real_documents  # noqa: E402
from bench.search.words import CONCEPTS, Concept  # noqa: E402
from bench.search.words_typed import is_within_one_slip, make_slip, swap_hoi_nga, swap_tone_place  # noqa: E402
from expo.places import load_gazetteer  # noqa: E402
from expo.text import canonical_tone, fold_text  # noqa: E402

SEED = "cau-hoi-1"
PER_KIND = 50
KINDS = (
    "title",
    "title-no-marks",
    "title-nfd",
    "title-tone-place",
    "title-hoi-nga",
    "slip-marks",
    "slip-no-marks",
    "unfinished-marks",
    "unfinished-no-marks",
    "rare-pair",
    "twin",
    "abbreviation",
    "full-form",
    "need",
    "need-no-marks",
)
RARE_SHARE = 0.015  # a rare word stands in at most this share of the documents
APART = 12  # words between the two of a rare pair, at least
REAL_SHARE = 0.3  # of the queries from titles, those about real exhibits
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Query:
    """`want`: numbers that are right; one of them must come first, or, with `above`, before that one."""

    kind: str
    text: str
    want: tuple[int, ...]
    above: int | None = None


@dataclass(frozen=True)
class Entry:
    """A document as the rules see it."""

    number: int
    title: str
    summary: str
    body: str
    filing: str
    document: Document | None  # None: a real exhibit

    @cached_property
    def title_words(self) -> list[str]:
        """Folded, in order."""
        return fold_words(self.title)

    @cached_property
    def body_words(self) -> list[str]:
        """As written, in order."""
        return _WORD.findall(self.body)

    @cached_property
    def all_words(self) -> frozenset[str]:
        """Folded words of everything."""
        return frozenset(fold_words(f"{self.title}\n{self.summary}\n{self.body}\n{self.filing}"))


def fold_words(text: str) -> list[str]:
    """Words without marks, small."""
    return _WORD.findall(fold_text(text))


class Collection:
    """All documents, with look-ups by folded word."""

    def __init__(self, count: int) -> None:
        real = real_documents()[:count]
        entries = [
            Entry(
                int(one["number"]), str(one["title"]), str(one["summary"]), str(one["body"]), str(one["filing"]), None
            )
            for one in real
        ]
        entries += [_composed_entry(one) for one in make_documents(max(0, count - len(real)))]
        self.entries = {entry.number: entry for entry in entries}
        self.by_word: dict[str, set[int]] = {}
        self.by_title_word: dict[str, set[int]] = {}
        for entry in entries:
            for word in entry.all_words:
                self.by_word.setdefault(word, set()).add(entry.number)
            for word in entry.title_words:
                self.by_title_word.setdefault(word, set()).add(entry.number)

    def with_all(self, words: Sequence[str]) -> set[int]:
        """Numbers of the documents that hold every folded word, anywhere."""
        return _meet(self.by_word, words, self.entries)

    def titled(self, words: Sequence[str]) -> set[int]:
        """Numbers of the documents whose title holds every folded word."""
        return _meet(self.by_title_word, words, self.entries)


@cache
def _theme_names() -> dict[str, str]:
    rows = yaml.safe_load((PROJECT / "content/vocabularies/themes.yaml").read_text("utf-8"))
    return {row["slug"]: row["name"] for row in rows}


def _composed_entry(one: Document) -> Entry:
    gazetteer = load_gazetteer()
    place = gazetteer.find(one.province)[one.scheme]
    today = gazetteer.find(place.into)["34"] if place.into else place
    themes = "\n".join(_theme_names()[theme] for theme in one.themes)
    return Entry(
        one.number,
        one.title,
        one.summary,
        plain_body(one.body),
        f"{place.name}\n{today.name}\n{themes}\n{one.proposer}",
        one,
    )


def _meet(table: dict[str, set[int]], words: Sequence[str], everything: dict[int, Entry]) -> set[int]:
    found = [table.get(word, set()) for word in words]
    return set.intersection(*sorted(found, key=len)) if found else set(everything)


Rule = Callable[[Collection, Entry, random.Random], Query | None]


def make_queries(count: int, per_kind: int = PER_KIND, seed: str = SEED) -> list[Query]:
    """Up to `per_kind` queries of each kind (needs: all that apply), in the order of `KINDS`."""
    collection = Collection(count)
    made: list[Query] = []
    for kind, rule in _RULES.items():
        chance = random.Random(f"{seed}:{count}:{kind}")
        found: list[Query] = []
        for entry in _candidates(collection, chance, per_kind):
            if len(found) == per_kind:
                break
            if (query := rule(collection, entry, chance)) is not None:
                found.append(query)
        made += found
    return made + list(_needs(collection))


def _candidates(collection: Collection, chance: random.Random, per_kind: int) -> Iterator[Entry]:
    """Every document once: a share of real ones first, then the others, each in an order of chance."""
    real = [entry for entry in collection.entries.values() if entry.document is None]
    composed = [entry for entry in collection.entries.values() if entry.document is not None]
    chance.shuffle(real)
    chance.shuffle(composed)
    ahead = int(per_kind * REAL_SHARE) if composed else len(real)
    yield from real[:ahead]
    yield from composed
    yield from real[ahead:]


def _is_only(collection: Collection, entry: Entry) -> bool:
    return collection.titled(entry.title_words) == {entry.number}


def _whole_title(kind: str, change: Callable[[str], str]) -> Rule:
    """The title, changed; dropped where nothing changes (but for "title") or another title has all the words."""

    def rule(collection: Collection, entry: Entry, _chance: random.Random) -> Query | None:
        text = change(entry.title)
        if not _is_only(collection, entry) or (kind != "title" and text == entry.title):
            return None
        return Query(kind, text, (entry.number,))

    return rule


def _hoi_nga(collection: Collection, entry: Entry, chance: random.Random) -> Query | None:
    """The title with one hỏi written as ngã or the other way round."""
    typed = swap_hoi_nga(entry.title, chance)
    if typed == entry.title or not _is_only(collection, entry):
        return None
    return Query("title-hoi-nga", typed, (entry.number,))


def _slip(kind: str, change: Callable[[str], str]) -> Rule:
    """The title with one slip in a word of four letters or more: a letter gone, added, hit beside its key, or swapped.

    Dropped where another title has all the other words and one that is as near to what was typed.
    """

    def rule(collection: Collection, entry: Entry, chance: random.Random) -> Query | None:
        title = change(entry.title)
        spots = [match for match in _WORD.finditer(title) if len(match[0]) >= 4 and match[0].isalpha()]
        if not spots:
            return None
        spot = chance.choice(spots)
        typed = make_slip(spot[0], chance)
        others = list(entry.title_words)
        others.remove(fold_text(spot[0]))
        for number in collection.titled(others) - {entry.number}:
            words = set(collection.entries[number].title_words)
            if any(is_within_one_slip(fold_text(typed), word) for word in words):
                return None
        return Query(kind, title[: spot.start()] + typed + title[spot.end() :], (entry.number,))

    return rule


def _unfinished(kind: str, change: Callable[[str], str]) -> Rule:
    """The beginning of the title, three words or more, the last cut after two letters or more.

    As long as chance has it, but no other title has all these words.
    """

    def rule(collection: Collection, entry: Entry, chance: random.Random) -> Query | None:
        title = change(entry.title)
        spots = list(_WORD.finditer(title))
        for index in chance.sample(range(2, len(spots)), max(0, len(spots) - 2)):
            word = spots[index][0]
            if len(word) < 3:
                continue
            cut = word[: chance.randint(2, len(word) - 1)]
            others = collection.titled([fold_text(spot[0]) for spot in spots[:index]])
            start = fold_text(cut)
            fits = {
                number for number in others if any(w.startswith(start) for w in collection.entries[number].title_words)
            }
            if fits == {entry.number}:
                return Query(kind, title[: spots[index].start()] + cut, (entry.number,))
        return None

    return rule


def _rare_pair(collection: Collection, entry: Entry, chance: random.Random) -> Query | None:
    """Two rare words of one body, apart from each other; no other document has both. As written, in small letters."""
    limit = max(3, RARE_SHARE * len(collection.entries))
    head = set(entry.title_words) | set(fold_words(entry.summary))
    spots: dict[str, tuple[int, str]] = {}
    for index, word in enumerate(entry.body_words):
        folded = fold_text(word)
        if folded.isalpha() and len(folded) > 1 and folded not in head and len(collection.by_word[folded]) <= limit:
            spots.setdefault(folded, (index, word.lower()))
    names = sorted(spots)
    chance.shuffle(names)
    for index, left in enumerate(names):
        for right in names[index + 1 :]:
            apart = abs(spots[left][0] - spots[right][0]) > APART
            if apart and collection.with_all([left, right]) == {entry.number}:
                return Query("rare-pair", f"{spots[left][1]} {spots[right][1]}", (entry.number,))
    return None


def _twin(collection: Collection, entry: Entry, _chance: random.Random) -> Query | None:
    """The phrase that sets two twins apart, as this one writes it, and their commune; no third title has them all."""
    one = entry.document
    if one is None or one.twin is None or one.twin not in collection.entries:
        return None
    other = collection.entries[one.twin]
    pair = canonical_tone(one.pair.lower()).split()
    other_words = set(_WORD.findall(canonical_tone(f"{other.title}\n{other.summary}\n{other.body}".lower())))
    if other_words.issuperset(pair):  # the other twin has these very words by chance
        return None
    if collection.titled(fold_words(f"{one.pair} {one.commune}")) - {one.number, one.twin}:
        return None
    return Query("twin", f"{one.pair} {one.commune}", (one.number,), one.twin)


def _abbreviation(kind: str) -> Rule:
    """One form of an abbreviation where the document has the other, beside two or three consecutive words of it.

    Those words stand in at least two documents, so that they alone single out none; the abbreviation, in either form,
    leaves one. A document with all syllables of the full form, scattered, counts as holding it.
    """

    def rule(collection: Collection, entry: Entry, chance: random.Random) -> Query | None:
        one = entry.document
        if one is None or one.twin is not None:
            return None
        wanted = [short for short, is_short in one.concepts if is_short == (kind == "full-form")]
        for concept in (concept for concept in CONCEPTS if concept.short in wanted):
            if (phrase := _phrase_beside(collection, entry, concept, chance)) is None:
                continue
            typed = concept.full if kind == "full-form" else concept.short
            typed = typed.lower() if chance.random() < 0.5 else typed
            parts = [typed, phrase] if chance.random() < 0.5 else [phrase, typed]
            return Query(kind, " ".join(parts), (one.number,))
        return None

    return rule


def _phrase_beside(collection: Collection, entry: Entry, concept: Concept, chance: random.Random) -> str | None:
    short, full = fold_words(concept.short), fold_words(concept.full)
    holders = collection.with_all(short) | collection.with_all(full)
    text = f"{entry.title}. {entry.summary} {entry.body}"
    runs = [run.split() for run in re.split(r"[^\w\s]+|\d+", text)]
    for _ in range(80):
        run = chance.choice(runs)
        length = chance.choice((2, 2, 3))
        if len(run) < length:
            continue
        start = chance.randrange(len(run) - length + 1)
        phrase = run[start : start + length]
        folded = [fold_text(word) for word in phrase]
        if len(set(folded)) < length or set(folded) & {*short, *full} or min(map(len, folded)) < 2:
            continue
        around = collection.with_all(folded)
        if len(around) >= 2 and around & holders == {entry.number}:
            return " ".join(phrase)
    return None


def _needs(collection: Collection) -> Iterator[Query]:
    """needs.yaml, with marks and without; dropped where title and summary of a composed document hold all the words."""
    rows = yaml.safe_load((PROJECT / "bench/search/needs.yaml").read_text("utf-8"))
    heads = [
        frozenset(fold_words(f"{entry.title} {entry.summary}"))
        for entry in collection.entries.values()
        if entry.document is not None
    ]
    usable = [
        row
        for row in rows
        if set(row["want"]) <= collection.entries.keys()
        and not any(head.issuperset(fold_words(row["text"])) for head in heads)
    ]
    for row in usable:
        yield Query("need", row["text"], tuple(row["want"]))
    for row in usable:
        yield Query("need-no-marks", fold_text(row["text"]), tuple(row["want"]))


_RULES: dict[str, Rule] = {
    "title": _whole_title("title", str),
    "title-no-marks": _whole_title("title-no-marks", fold_text),
    "title-nfd": _whole_title("title-nfd", lambda text: normalize("NFD", text)),
    "title-tone-place": _whole_title("title-tone-place", swap_tone_place),
    "title-hoi-nga": _hoi_nga,
    "slip-marks": _slip("slip-marks", str),
    "slip-no-marks": _slip("slip-no-marks", fold_text),
    "unfinished-marks": _unfinished("unfinished-marks", str),
    "unfinished-no-marks": _unfinished("unfinished-no-marks", fold_text),
    "rare-pair": _rare_pair,
    "twin": _twin,
    "abbreviation": _abbreviation("abbreviation"),
    "full-form": _abbreviation("full-form"),
}


def hit_at_1(query: Query, ranked: Sequence[int]) -> bool:
    """Whether a right number comes first; with `above`, whether it comes, and before that one."""
    if query.above is None:
        return bool(ranked) and ranked[0] in query.want
    for number in ranked:
        if number in query.want:
            return True
        if number == query.above:
            return False
    return False


def mrr_at_10(query: Query, ranked: Sequence[int]) -> float:
    """One over the place of the first right number among the first ten; 0 without, or below `above`."""
    if query.above is not None and not hit_at_1(query, ranked):
        return 0.0
    return next((1 / place for place, number in enumerate(ranked[:10], 1) if number in query.want), 0.0)


def score(query: Query, ranked: Sequence[int]) -> tuple[float, float]:
    """hit@1 and MRR@10 of one query."""
    return float(hit_at_1(query, ranked)), mrr_at_10(query, ranked)


def main() -> None:
    """Print the queries as JSON lines, and to stderr how many of each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000, help="documents in all, the real ones among them")
    queries = make_queries(parser.parse_args().count)
    for query in queries:
        print(json.dumps(asdict(query), ensure_ascii=False))
    for kind, number in Counter(query.kind for query in queries).items():
        print(f"{kind:20} {number:4}", file=sys.stderr)


if __name__ == "__main__":
    main()
