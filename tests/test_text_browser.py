"""Letters in the browser: text.js in a real Chromium gives what expo/text.py gives, on the vectors and on noise."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import Page

from expo.text import canonical_tone, fold_text, normalise_text, split_tokens

pytestmark = pytest.mark.browser

# Texts travel as JSON with escapes: half a surrogate pair is not text that a pipe between processes can carry.
RUN = """async ([module, texts]) => {
  const { normaliseText, canonicalTone, foldText, splitTokens } = await import(module);
  return JSON.stringify(JSON.parse(texts).map((text) => {
    const canonical = canonicalTone(text);
    return {
      normalised: normaliseText(text),
      canonical,
      folded: foldText(text),
      tokens: splitTokens(text).map((t) => [t.exact, t.folded, canonical.slice(t.start, t.end)]),
    };
  }));
}"""

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
HOSTILE = [
    *"\u0300\u0301\u0302\u0303\u0306\u0308\u0309\u031b\u0323\u034f\u00ad\u200b\u200d\u200f\u202e\u2028\u2066\ufeff\r\n\x00\x1f",
    *"\ud800\udbff\udc00\udfff\U0001f642\U0001d400\U000e0041\ufffe\uffff",
    *"İıſßŉΣςΑΌЙйЁᾳǅﬁªº²½Ⅳ٣三한\u1112\u1161\u11ab\u0915\u093cक़ก็\u212a\u212b\u2126ＡＺ０９＜",
    *"<>&\"'`\\/_-–—‑.,;’ \u00a0\t",
    *["TP.HCM", "SK-0002", "hòa", "THÚY", "qúy", "khoẻ", "quí", "NĐ-CP", "18/06/2021"],
]


def make_noise(count: int) -> list[str]:
    """The same strings on every run: plain Vietnamese, the same taken apart, and a hostile mixture."""
    source = random.Random(20210414)
    letters = VIETNAMESE + VIETNAMESE.upper() + "    -./0123456789"
    strings: list[str] = []
    for number in range(count):
        plain = "".join(source.choices(letters, k=source.randrange(1, 25)))
        if number % 3 == 1:
            plain = normalize("NFD", plain)
        elif number % 3 == 2:
            plain = "".join(source.choices([*plain, *HOSTILE], k=source.randrange(1, 25)))
        # Two halves that met by chance are one character in the browser, so they must be one here.
        strings.append(plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass"))
    return strings


def analyse(text: str) -> dict[str, Any]:
    """What Python makes of a text, in the shape of the vectors."""
    canonical = canonical_tone(text)
    return {
        "normalised": normalise_text(text),
        "canonical": canonical,
        "folded": fold_text(text),
        "tokens": [[t.exact, t.folded, canonical[t.start : t.end]] for t in split_tokens(text)],
    }


@pytest.fixture
def analyse_in_browser(page: Page, project: Path, serve_folder: Callable[..., str]) -> Callable[[list[str]], Any]:
    """Returns a function that hands texts to text.js in one call."""
    base = serve_folder(project / "theme" / "static")
    page.goto(base + "favicon.svg")
    return lambda texts: json.loads(page.evaluate(RUN, [base + "js/search/text.js", json.dumps(texts)]))


def test_vectors_in_the_browser(analyse_in_browser: Callable[[list[str]], Any], project: Path) -> None:
    """Every shared case comes out in the browser as written by hand."""
    vectors = json.loads((project / "tests" / "vectors" / "text.json").read_text(encoding="utf-8"))
    answers = analyse_in_browser([vector["input"] for vector in vectors])
    assert answers == [{key: vector[key] for key in answers[0]} for vector in vectors]


def test_noise_in_the_browser(analyse_in_browser: Callable[[list[str]], Any]) -> None:
    """Two thousand strings, many of them hostile, come out of both engines the same."""
    noise = make_noise(2_000)
    answers = analyse_in_browser(noise)
    differing = [
        (text, mine, theirs) for text, theirs in zip(noise, answers, strict=True) if (mine := analyse(text)) != theirs
    ]
    assert differing == []
