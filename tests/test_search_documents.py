"""The quick way from a text to a Document finds the same as the tokens do, one by one."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from expo.search.abbreviations import AbbreviationTable, expand_words
from expo.search.documents import HIGHEST_IMPACT, make_document
from expo.search.texts import FIELD_WEIGHTS, RUNNING_TEXT
from expo.search.units import split_parts
from expo.text import Token, normalise_text, split_tokens, split_words

TABLE = AbbreviationTable.from_pairs([("UBND", "Ủy ban nhân dân"), ("TP", "thành phố"), ("U.B", "ủy ban")])
WORDS = ["Ủy", "ban", "nhân", "dân", "UBND", "TP.HCM", "U.B", "hòa", "thúy", "quỳ", "covid-19", "ß"]
PIECES = [*WORDS, "A\u030a", "\u0323"]
BETWEEN = [" ", " ", " ", "\n", "\n\n", ". ", ".", "-", "’", "\n- \n", "\u200b", "_"]
TEXTS = st.lists(st.sampled_from([*PIECES, *BETWEEN]), max_size=24).map("".join)
FIELDS = st.tuples(*[TEXTS] * len(FIELD_WEIGHTS)).map(lambda texts: dict(zip(FIELD_WEIGHTS, texts, strict=True)))


@given(TEXTS)
@example("ở TP.HCM.")
def test_split_words_are_the_tokens_as_lists(text: str) -> None:
    """Words and joined forms apart; what is written and what stands between make up the normalised text."""
    tokens, words, normal = split_tokens(text), split_words(text), normalise_text(text)
    parts = split_parts(tokens)
    assert words.exact == [one.exact for one in parts]
    assert words.written == [normal[one.start : one.end] for one in parts]
    between = [(one.end, other.start) for one, other in pairwise(parts)]
    whole = [(0, parts[0].start), *between, (parts[-1].end, len(normal))] if parts else [(0, len(normal))]
    assert words.gaps == {at: gap for at, (start, end) in enumerate(whole) if (gap := normal[start:end]) != " "}
    joined = [(one.exact, one.start, one.end) for one in tokens if one not in parts]
    assert joined == [(exact, parts[first].start, parts[end - 1].end) for exact, first, end in words.joined]


def test_a_joined_form_before_the_last_full_stop_is_found() -> None:
    """Nothing but a sign follows."""
    assert [token.exact for token in split_tokens("ở TP.HCM.")] == ["ở", "tp", "hcm", "tphcm"]


@given(FIELDS)
@example({**dict.fromkeys(FIELD_WEIGHTS, ""), "title": "ban nhân dân TP.HCM"})
def test_a_document_is_what_its_tokens_say(texts: dict[str, str]) -> None:
    """Impacts and neighbours, counted here token by token."""
    found: dict[str, list[str]] = defaultdict(list)
    phrases: dict[str, list[int]] = defaultdict(list)
    position = 0
    for field, text in texts.items():
        tokens, normal = split_tokens(text), normalise_text(text)
        for exact in [one.exact for one in tokens] + [exact for exact, _ in expand_words(split_words(text), TABLE)]:
            found[exact].append(field)
        parts = split_parts(tokens)
        for at in range(1, len(parts)):
            breaks = normal.count("\n", parts[at - 1].end, parts[at].start)
            if breaks < (2 if field in RUNNING_TEXT else 1):
                phrases[f"{parts[at - 1].exact} {parts[at].exact}"].append(position + at - 1)
        position += len(tokens) + 1
    bonus = short_title_bonus(normalise_text(texts["title"]), split_tokens(texts["title"]))
    document = make_document(texts, TABLE)
    assert document.phrases == phrases
    assert document.words == {word: weigh(fields, bonus) for word, fields in found.items()}


def short_title_bonus(title: str, tokens: list[Token]) -> int:
    """At most 4, for a first line of up to four tokens; none for one of more than sixteen."""
    length = sum(one.start < len(title.partition("\n")[0]) for one in tokens)
    return min(4, 16 // max(1, length))


def weigh(fields: list[str], bonus: int) -> int:
    """The best field, and one more for every doubling."""
    often = min(3, len(fields).bit_length() - 1)
    return min(HIGHEST_IMPACT, max(map(FIELD_WEIGHTS.__getitem__, fields)) + often + bonus * ("title" in fields))
