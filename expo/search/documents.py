"""An exhibit as the search sees it: its words with their impact, and which words follow each other where.

In: the texts of an exhibit by field. Out: Document, small values that a cache can hold. Impacts are whole numbers from
1 to 15: the weight of the best field the word stands in, more in a short title, and a little for every doubling of how
often it occurs. Words that only mean what the text says in others (same_words.py) weigh less, and have no neighbours.
Knows nothing of files or shards.
"""

from __future__ import annotations

import marshal
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from expo.search.abbreviations import AbbreviationTable, expand_words
from expo.search.same_words import NO_SAME_WORDS, SameWords
from expo.search.texts import FIELD_WEIGHTS, RUNNING_TEXT
from expo.text import Words, split_words

READ_EVERYWHERE = 4  # version of marshal that every Python from 3.4 on reads
HIGHEST_IMPACT = 15
SHORT_TITLE = 16  # a title of n words weighs 16 // n more, at most MOST_FOR_SHORT
MOST_FOR_SHORT = 4
# Half, but no less than a word of the body that stands there once: the text's own words come first, found are both.
SAME_WEIGHTS = {field: max(weight // 2, min(weight, FIELD_WEIGHTS["body"])) for field, weight in FIELD_WEIGHTS.items()}


Run = tuple[int, list[str]]  # the position of the first word, words as written


@dataclass(frozen=True, slots=True)
class Document:
    """Words as written (`exact`, in lower case) → impact; words that follow each other, in the title and in all else,
    by ascending position.
    """

    words: dict[str, int]
    title: list[Run]
    rest: list[Run]

    def to_bytes(self) -> bytes:
        """For a cache: marshal keeps each word as one string, wherever it stands, and is read back at once."""
        return marshal.dumps((self.words, self.title, self.rest), READ_EVERYWHERE)

    @classmethod
    def from_bytes(cls, content: bytes) -> Document:
        """The document whose to_bytes these are."""
        return cls(*marshal.loads(content))

    @property
    def phrases(self) -> dict[str, list[int]]:
        """Neighbours as written "a b" → positions of the first, ascending."""
        found: dict[str, list[int]] = defaultdict(list)
        for position, run in (*self.title, *self.rest):
            for at, pair in enumerate(pairwise(run), position):
                found[" ".join(pair)].append(at)
        return dict(found)


def make_document(texts: Mapping[str, str], table: AbbreviationTable, same: SameWords = NO_SAME_WORDS) -> Document:
    """What is found of one exhibit. `texts` has the fields of FIELD_WEIGHTS, the title first."""
    fields = {field: split_words(text) for field, text in texts.items()}
    title: list[Run] = []
    rest: list[Run] = []
    found: dict[str, list[str]] = {}
    position = 0
    for field, words in fields.items():
        joined = [exact for exact, _, _ in words.joined]
        found[field] = [*words.exact, *joined, *(exact for exact, _ in expand_words(words, table))]
        (title if field == "title" else rest).extend(_make_runs(words, field in RUNNING_TEXT, position))
        position += len(words.exact) + len(joined) + 1
    weights = _weigh(found, _short_title_bonus(fields["title"]))
    for field, words in fields.items():
        for word in same.expand(words):
            weights[word] = max(weights.get(word, 0), SAME_WEIGHTS[field])
    return Document(weights, title, rest)


def _short_title_bonus(title: Words) -> int:
    """The title is the first line of its field; tags follow."""
    end = next((at for at, gap in title.gaps.items() if "\n" in gap), len(title.exact))
    length = end + sum(first < end for _, first, _ in title.joined)
    return min(MOST_FOR_SHORT, SHORT_TITLE // max(1, length))


def _weigh(found: Mapping[str, list[str]], in_short_title: int) -> dict[str, int]:
    best: dict[str, int] = {}
    often: Counter[str] = Counter()
    for field in sorted(found, key=FIELD_WEIGHTS.__getitem__):  # the title, heaviest, comes last
        best |= dict.fromkeys(found[field], FIELD_WEIGHTS[field] + (in_short_title if field == "title" else 0))
        often.update(found[field])
    for word in [word for word, count in often.items() if count > 1]:
        best[word] = min(HIGHEST_IMPACT, best[word] + min(3, often[word].bit_length() - 1))
    return best


def _make_runs(words: Words, running: bool, position: int) -> Iterator[Run]:
    """Words that follow each other in one line or, in running text, in one paragraph; a word alone has no neighbour."""
    breaks = [at for at, gap in words.gaps.items() if gap.count("\n") > running]
    for start, end in pairwise([0, *breaks, len(words.exact)]):
        if end - start > 1:
            yield position + start, words.exact[start:end]
