"""Letters in the browser: text.js in a real Chromium gives what expo/text.py gives.

Held by the shared vectors, by a hundred thousand generated strings in one run, and by drawn strings that shrink to
the letter at fault. Strings are typed as people type: with and without marks, taken apart, half done, hostile.
"""

import json
import random
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from unicodedata import category, normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from expo.text import canonical_tone, fold_text, normalise_text, split_tokens

pytestmark = pytest.mark.browser

# Texts travel as JSON with escapes: half a surrogate pair is not text that a pipe between processes can carry.
# An answer is one string, its parts joined by U+0000, which no normalised text holds.
RUN = """async ([module, texts]) => {
  const { normaliseText, canonicalTone, foldText, splitTokens } = await import(module);
  return JSON.stringify(JSON.parse(texts).map((text) => {
    const canonical = canonicalTone(text);
    const tokens = splitTokens(text).flatMap((t) => [t.exact, t.folded, canonical.slice(t.start, t.end)]);
    return [normaliseText(text), canonical, foldText(text), ...tokens].join("\\0");
  }));
}"""

ONSETS = str.split("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x")
RIMES = str.split(
    "a ac ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăt âm ân âng ât âu ây e em en eo ê êm ên ênh êt êu i ia iên "
    "iêng iêt iêu im in inh it iu o oa oai oan oang oay oăn oe oen oi om on ong ô ôi ôn ông ơ ơi ơn u ua uân uât uây "
    "uê ui um un ung uôi uôn uông uơ uy uya uyên uyêt uynh ư ưa ưng ươi ươn ương ưu y yên yêu"
)
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VOWELS = "aăâeêioôơuưy"

# What keyboards send for a mark: after its letter, or after the whole word.
TELEX = {"\u0306": "w", "\u031b": "w", "\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
VNI = {"\u0306": "8", "\u031b": "7", "\u0302": "6", "\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3",
       "\u0323": "5"}  # fmt: skip

HOSTILE = [
    *"\u0300\u0301\u0302\u0303\u0306\u0308\u0309\u031b\u0323\u034f\u00ad\u200b\u200d\u200f\u202e\u2028\u2066\ufeff\r\n\x00\x1f",
    *"\ud800\udbff\udc00\udfff\U0001f642\U0001d400\U000e0041\ufffe\uffff",
    *"İıſßŉΣςΑΌЙйЁᾳǅﬁªº²½Ⅳ٣三한\u1112\u1161\u11ab\u0915\u093cक़ก็\u212a\u212b\u2126ＡＺ０９＜",
    *["<b>", "</script>", "<img src=x onerror=alert(1)>", "&lt;", "&#0;", "%00", "\\u0000", "👨‍👩‍👧", "🇻🇳", "❤️"],
    *[
        "\u0301" * 40,
        "đ\u0301",
        "D\u0335",
        "ô\u0323\u0309",
        "a\u0323\u0302",
        "a\u0302\u0323",
        "ﷺ",
        "𝓗à",
        "\u202eTP.HCM",
    ],
]
SEPARATORS = [" "] * 24 + [*"-‐‑‒–—./'’,;&_()\"`\t\n", "", "", " - ", ". ", "\u00a0", "\r\n", "\u200b", " \u0301"]
# What rules turn on: parts in capitals, numbers, open syllables in both styles, q before them.
TELLING = [
    "TP.HCM",
    "SK-0002",
    "NĐ-CP",
    "18/06/2021",
    "KT-XH",
    "TT&TT",
    "Hue-S",
    "covid-19",
    "U.B.N.D",
    "A.B.C.D.E.F.G",
]
TELLING += ["hòa", "hoà", "THÚY", "Thuỷ", "khỏe", "KHOẺ", "qúy", "QÚY", "Quý", "quí", "qủa", "Qùe", "ủy", "UỶ", "hòan"]

# Small letters whose capitals came into Unicode later: an engine of before and one of after differ on them (text.py).
LATER_CAPITALS = "\u019b\u0264\ua7d3\ua7d5"


def compose_syllable(source: random.Random) -> str:
    """An onset, a rime and a tone on one of its vowels: on the usual one, on the old one, or where none belongs."""
    onset, rime, tone = source.choice(["", *ONSETS]), source.choice(RIMES), source.choice(TONES)
    at = source.choice([at for at, letter in enumerate(rime) if letter in VOWELS])
    syllable = normalize("NFC", onset + rime[: at + 1] + tone + rime[at + 1 :])
    return source.choice([syllable, syllable, syllable, syllable.capitalize(), syllable.upper()])


def type_keys(word: str, source: random.Random, keys_of: dict[str, str], applied: float) -> str:
    """The word as its keys, marks after their letters or behind the word; some letters already have their marks."""
    typed, behind = "", ""
    for letter in word:
        if source.random() < applied:
            typed += letter
            continue
        base, *marks = normalize("NFD", letter)
        if letter in "đĐ":
            base, marks = "d", ["đ"]
        typed += base
        for mark in marks:
            key = keys_of.get(mark, base.lower())  # aa, ee, oo, dd: the letter again
            if mark in TONES and source.random() < 0.7:
                behind += key
            else:
                typed += key
    return typed + behind


def shuffle_marks(word: str, source: random.Random) -> str:
    """Taken apart; now and then the marks in another order, or one on the wrong letter."""
    if source.random() < 0.5:
        return normalize("NFD", word)
    letters: list[str] = []
    for letter in normalize("NFD", word):
        letters.insert(len(letters) - (source.random() < 0.2), letter)
    return "".join(letters)


def widen(word: str, source: random.Random) -> str:
    """Full-width where there is such a letter, as some phones type."""
    word = source.choice([word, normalize("NFD", word)])
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in word)


def break_up(word: str, source: random.Random) -> str:
    """Something hostile after the first letter."""
    return word[:1] + source.choice(HOSTILE) + word[1:]


# Ways of typing a word: as it is, without marks, raw and half-applied Telex and VNI, a key left over, …
WAYS: list[Callable[[str, random.Random], str]] = [
    lambda word, _: word,
    lambda word, _: fold_text(word),
    shuffle_marks,
    lambda word, source: type_keys(word, source, TELEX, 0),
    lambda word, source: type_keys(word, source, TELEX, 0.5),
    lambda word, source: type_keys(word, source, VNI, 0),
    lambda word, source: type_keys(word, source, VNI, 0.5),
    lambda word, source: word + source.choice("fsrxjwz0123456789"),
    widen,
    break_up,
]


def generate_texts(count: int, seed: int) -> list[str]:
    """So many different strings, the same on every run; half are of one kind of word, half mix all kinds."""
    source = random.Random(seed)
    plain = [compose_syllable(source) for _ in range(5_000)]
    pools = [[way(word, source) for word in plain] for way in WAYS]
    pools += [HOSTILE, TELLING, [*filter(is_settled, map(chr, source.sample(range(0x110000), 20_000)))]]
    texts: dict[str, None] = {}
    while len(texts) < count:
        own = source.choice(pools)
        pieces = []
        for _ in range(source.randrange(1, 7)):
            pieces += [source.choice(own if source.random() < 0.7 else source.choice(pools)), source.choice(SEPARATORS)]
        texts[join_halves("".join(pieces[: source.choice([-1, None])]))] = None
    return list(texts)


def is_settled(text: str) -> bool:
    """Every letter has been in Unicode for long enough that all engines know it."""
    return all(category(letter) != "Cn" and letter not in LATER_CAPITALS for letter in text)


def join_halves(text: str) -> str:
    """Two halves that met by chance are one character in the browser, so they must be one here."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def analyse(text: str) -> str:
    """What Python makes of a text, in the shape of RUN."""
    canonical = canonical_tone(text)
    parts = [normalise_text(text), canonical, fold_text(text)]
    for token in split_tokens(text):
        parts += (token.exact, token.folded, canonical[token.start : token.end])
    return "\0".join(parts)


AnalyseInBrowser = Callable[[list[str]], list[str]]


@pytest.fixture
def analyse_in_browser(page: Page, project: Path, serve_folder: Callable[..., str]) -> AnalyseInBrowser:
    """Returns a function that hands texts to text.js in one call."""
    base = serve_folder(project / "theme" / "static")
    page.goto(base + "favicon.svg")

    def run(texts: list[str]) -> list[str]:
        answers: list[str] = json.loads(page.evaluate(RUN, [base + "js/search/text.js", json.dumps(texts)]))
        return answers

    return run


def test_vectors_in_the_browser(analyse_in_browser: AnalyseInBrowser, project: Path) -> None:
    """Every shared case comes out in the browser as written by hand."""
    vectors = json.loads((project / "tests" / "vectors" / "text.json").read_text(encoding="utf-8"))
    expected = [
        "\0".join([one["normalised"], one["canonical"], one["folded"], *chain.from_iterable(one["tokens"])])
        for one in vectors
    ]
    assert analyse_in_browser([one["input"] for one in vectors]) == expected


def test_a_hundred_thousand_strings_in_the_browser(analyse_in_browser: AnalyseInBrowser) -> None:
    """Vietnamese typed in every way, raw keys of two keyboards, and hostile mixtures come out of both engines alike."""
    texts = generate_texts(100_000, seed=20210414)
    assert len(set(texts)) == 100_000
    differing = []
    for start in range(0, len(texts), 10_000):
        batch = texts[start : start + 10_000]
        answers = analyse_in_browser(batch)
        differing += [(text, theirs) for text, theirs in zip(batch, answers, strict=True) if analyse(text) != theirs]
    assert differing == []


@st.composite
def drawn_words(draw: st.DrawFn) -> str:
    """A syllable typed in one of the ways, which shrinks towards a plain one."""
    source = draw(st.randoms(use_true_random=False))
    return draw(st.sampled_from(WAYS))(compose_syllable(source), source)


drawn_texts = (
    st.lists(st.one_of(drawn_words(), st.sampled_from(SEPARATORS + HOSTILE + TELLING), st.characters()))
    .map("".join)
    .filter(is_settled)
    .map(join_halves)
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(text=drawn_texts)
def test_any_string_in_the_browser(analyse_in_browser: AnalyseInBrowser, text: str) -> None:
    """Whatever is drawn comes out of both engines the same; a failure shrinks to the letters at fault."""
    assert analyse_in_browser([text]) == [analyse(text)]
