"""The documents that the search bench runs over: the real exhibits, and as many composed ones as are asked for.

In: a count, word lists (words*.py), the real content. Out: documents as records, as a content folder that the build
accepts, or as plain texts for other engines. Document i depends on the seed and on i alone. On purpose there are twins
(two documents that differ in the marks of one phrase), rare things far apart in one body, and abbreviations or full
forms, never both in one document.

    python3 bench/search/corpus.py --count 1000 --output FOLDER
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import os
import random
import re
import shutil
import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
if str(PROJECT) not in sys.path:  # run as a script
    sys.path.insert(0, str(PROJECT))
if __name__ == "__main__" and importlib.util.find_spec("yaml") is None:  # not the project's Python: change to it
    from bench.project import python_of_project

    own_python = python_of_project()
    os.execv(own_python, [own_python, *sys.argv])

from bench.search import words  # noqa: E402
from bench.search.words_filled import SKEW, Composer, count_syllables  # noqa: E402
from expo.text import canonical_tone, make_slug  # noqa: E402
from expo.validate.personal import find_personal_data  # noqa: E402

SEED = "suu-tap-1"
FIRST_NUMBER = 1001
SLUG_PREFIX = "thu-"
TWIN_EVERY, TWIN_PLACE = 20, 10  # of each 20 documents, numbers 10 and 11 are twins
NEW_TONE_SHARE = 0.25  # documents that write hoà, not hòa


@dataclass(frozen=True)
class Document:
    """A composed initiative; `body` is Markdown. Twins name each other and the phrase that sets them apart."""

    number: int
    slug: str
    title: str
    summary: str
    body: str
    province: str  # slug in the list that `scheme` names
    themes: tuple[str, ...]
    scheme: str = "63"
    proposer: str = ""
    proposer_type: str = "citizen"
    stage: str = "pilot"
    day: str = "2024-05-01"
    concepts: tuple[tuple[str, bool], ...] = ()  # abbreviation, and whether the document writes it short
    twin: int | None = None
    pair: str = ""
    commune: str = ""

    @property
    def identifier(self) -> str:
        """SK-1001."""
        return f"SK-{self.number:04d}"


def make_documents(count: int, seed: str = SEED) -> list[Document]:
    """The first `count` composed documents, numbered from SK-1001."""
    return [make_document(index, seed) for index in range(count)]


def make_document(index: int, seed: str = SEED) -> Document:
    """Document `index`, from 0. The second of two twins is the first with the other phrase of the pair."""
    place = index % TWIN_EVERY
    number = FIRST_NUMBER + index
    if place == TWIN_PLACE:
        return replace(_compose(index, seed, 0), twin=number + 1)
    if place == TWIN_PLACE + 1:
        other = _compose(index - 1, seed, 1)
        return replace(other, number=number, slug=_slug(number, other.title), twin=number - 1)
    return _compose(index, seed, None)


def _slug(number: int, title: str) -> str:
    return f"{SLUG_PREFIX}{number}-{make_slug(title)[:50].strip('-')}"


def _compose(index: int, seed: str, side: int | None) -> Document:
    """Thrown again while `check` takes the title, or that of the twin, for a home: three in 50,000 are."""
    for attempt in itertools.count():
        thrown = f"{seed}:{index}:{attempt}" if attempt else f"{seed}:{index}"
        sides = {one: _throw(index, thrown, one) for one in ((None,) if side is None else (0, 1))}
        if not any(find_personal_data(one.title) for one in sides.values()):
            return sides[side]
    raise AssertionError("count() never ends")


def _throw(index: int, thrown: str, side: int | None) -> Document:
    chance = random.Random(thrown)
    pair = "" if side is None else words.TWINS[index // TWIN_EVERY % len(words.TWINS)][side]
    composer = Composer(chance, pair)
    concepts: list[tuple[words.Concept, bool]] = []
    while len(concepts) < 3:
        concept = words.CONCEPTS[int(len(words.CONCEPTS) * chance.random() ** SKEW)]
        if concept not in [used for used, _ in concepts]:
            concepts.append((concept, chance.random() < 0.5))
    texts = [composer.title(), composer.summary(), composer.body(concepts)]
    if chance.random() < NEW_TONE_SHARE:
        texts = [canonical_tone(text) for text in texts]
    proposer, kind = chance.choice(
        (
            ("Chính quyền xã {}", "state-agency"),
            ("Hội nông dân xã {}", "social-organisation"),
            ("Một hộ dân ở xã {}", "citizen"),
        )
    )
    number = FIRST_NUMBER + index
    return Document(
        number=number,
        slug=_slug(number, texts[0]),
        title=texts[0],
        summary=texts[1],
        body=texts[2],
        province=composer.province,
        themes=composer.topic.themes,
        scheme=composer.scheme,
        proposer=proposer.format(composer.commune),
        proposer_type=kind,
        stage=chance.choice(("idea", "pilot", "full-scale", "ended", "unknown")),
        day=f"{chance.randint(2016, 2026)}-{chance.randint(1, 9):02d}-{chance.randint(1, 28):02d}",
        concepts=tuple((concept.short, is_short) for concept, is_short in concepts),
        pair=pair,
        commune=composer.commune,
    )


def front_matter(document: Document) -> str:
    """The document as a file of content/initiatives."""
    quoted = {
        name: json.dumps(getattr(document, name), ensure_ascii=False) for name in ("title", "summary", "proposer")
    }
    return (
        f"---\nid: {document.identifier}\ntitle: {quoted['title']}\nsummary: {quoted['summary']}\nadded: 2026-11-24\n"
        f'province: ["{document.scheme}:{document.province}"]\nthemes: [{", ".join(document.themes)}]\n'
        f"stage: {document.stage}\n"
        f"proposer:\n  type: {document.proposer_type}\n  name: {quoted['proposer']}\n"
        f"origin: submitted\nsubmitted: {document.day}\naim: unknown\n---\n\n{document.body}\n"
    )


def write_content(folder: Path, count: int) -> int:
    """Write a content folder of `count` initiatives, the real ones among them. Returns how many were composed."""
    shutil.copytree(PROJECT / "content", folder, dirs_exist_ok=True)
    place = folder / "initiatives"
    real = sum(1 for path in place.glob("*.md") if not path.name.endswith(".en.md"))
    documents = make_documents(max(0, count - real))
    for document in documents:
        (place / f"{document.slug}.md").write_text(front_matter(document), "utf-8")
    return len(documents)


def plain_body(markdown: str) -> str:
    """Text without marks of form, source marks and addresses."""
    text = re.sub(r"\[\^[^\]\n]*\]:?", "", markdown)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^(?:#+|[-*]|\d+\.|>)\s+", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{2,}", "\n", text.replace("**", "")).strip()


@cache
def real_documents() -> tuple[dict[str, str | int], ...]:
    """The real exhibits as plain documents, with the place, themes and proposer as "filing".

    The body holds the replies too, as the page does.
    """
    from expo.config import make_config
    from expo.pipeline import load_expo

    expo = load_expo(make_config())
    found: list[dict[str, str | int]] = []
    for one in sorted(expo.initiatives, key=lambda one: one.id):
        bodies = [one.body, *(reply.body for reply in one.replies)]
        places = [name for place in one.places for name in (place.name, expo.today_of(place).name)]
        filing = [*places, one.place_text, one.proposer.name, *(term.name for term in (*one.themes, *one.channels))]
        found.append(
            {
                "number": int(one.id.removeprefix("SK-")),
                "url": f"/sang-kien/{one.slug}/",
                "title": one.title,
                "summary": one.summary,
                "body": "\n".join(plain_body(body) for body in bodies if body),
                "filing": "\n".join(filing),
            }
        )
    return tuple(found)


def plain_documents(count: int) -> list[dict[str, str | int]]:
    """`count` documents for other engines: number, url, title, summary, body without Markdown; real ones first."""
    real = [{name: value for name, value in one.items() if name != "filing"} for one in real_documents()[:count]]
    return real + [
        {
            "number": one.number,
            "url": f"/sang-kien/{one.slug}/",
            "title": one.title,
            "summary": one.summary,
            "body": plain_body(one.body),
        }
        for one in make_documents(max(0, count - len(real)))
    ]


def main() -> None:
    """Write a content folder and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000, help="initiatives in all, the real ones among them")
    parser.add_argument("--output", type=Path, required=True, help="folder for the content")
    options = parser.parse_args()
    composed = write_content(options.output, options.count)
    bodies = [plain_body(one.body) for one in make_documents(composed)]
    syllables = sum(map(count_syllables, bodies)) / max(1, composed)
    print(
        f"{options.output}: {options.count} initiatives, {composed} of them composed, {syllables:.0f} syllables a body"
    )


if __name__ == "__main__":
    main()
