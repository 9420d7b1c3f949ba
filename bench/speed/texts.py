"""The same exhibits for every generator: ours as a content folder, the peers' as files of their own kind.

In: a count. Out: `Record`s, and files. The texts are those of bench/search/corpus.py: the real exhibits and composed
ones up to the count; a count below that of the real ones is composed alone. Peers get what an exhibit's page shows of
an initiative: title, summary, place, themes, stage, proposer, day and all bodies, replies too. Marks of sources are
taken out, as the peers have no sources to lead to.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bench.project import PROJECT
from bench.search import corpus

if TYPE_CHECKING:
    from expo.model import Expo

SOURCE_MARK = re.compile(r"\[\^[^\]\n]*\]")
NO_PLACE = "Chưa rõ"


@dataclass(frozen=True)
class Record:
    """An exhibit as every generator can show it. `body` is Markdown."""

    slug: str
    title: str
    summary: str
    place: str
    themes: tuple[str, ...]
    stage: str
    proposer: str
    day: str  # 2024-05-01
    body: str

    @property
    def page(self) -> str:
        """Where every generator writes it."""
        return f"sang-kien/{self.slug}/index.html"


def make_records(count: int) -> list[Record]:
    """`count` exhibits, the real ones first if all of them are among these."""
    real = list(_real_records()) if count >= len(_real_records()) else []
    names = _names()
    return real + [
        Record(
            one.slug,
            one.title,
            one.summary,
            names[f"{one.scheme}:{one.province}"],
            tuple(names[theme] for theme in one.themes),
            names[one.stage],
            one.proposer,
            one.day,
            SOURCE_MARK.sub("", one.body),
        )
        for one in corpus.make_documents(count - len(real))
    ]


def write_ours(folder: Path, count: int) -> None:
    """A content folder that the project's build accepts."""
    if count >= len(_real_records()):
        corpus.write_content(folder, count)
        return
    for part in ("pages", "vocabularies"):
        shutil.copytree(PROJECT / "content" / part, folder / part)
    (folder / "initiatives").mkdir()
    for one in corpus.make_documents(count):
        (folder / "initiatives" / f"{one.slug}.md").write_text(corpus.front_matter(one), "utf-8")


def write_pelican(folder: Path, records: Sequence[Record]) -> None:
    """Articles with the metadata that Pelican reads. Names of themes hold commas: a semicolon parts them."""
    for one in records:
        head = (
            f"Title: {one.title}\nSlug: {one.slug}\nDate: {one.day}\nCategory: {one.place}\n"
            f"Tags: {'; '.join(one.themes)};\nStage: {one.stage}\nProposer: {one.proposer}\nSummary: {one.summary}\n"
        )
        (folder / f"{one.slug}.md").write_text(f"{head}\n{one.body}\n", "utf-8")


def write_hugo(folder: Path, records: Sequence[Record]) -> None:
    """Pages with YAML front matter; place and themes are taxonomies."""
    for one in records:
        fields = _fields(one) | {"places": [one.place], "themes": list(one.themes)}
        (folder / f"{one.slug}.md").write_text(_with_front_matter(fields, one.body), "utf-8")


def write_eleventy(folder: Path, records: Sequence[Record]) -> None:
    """Templates in Markdown with YAML front matter."""
    for one in records:
        fields = _fields(one) | {"place": one.place, "themes": list(one.themes)}
        (folder / f"{one.slug}.md").write_text(_with_front_matter(fields, one.body), "utf-8")


def _fields(one: Record) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("title", "slug", "summary", "stage", "proposer")} | {"date": one.day}


def _with_front_matter(fields: dict[str, object], body: str) -> str:
    lines = [
        f"{name}: {value if name == 'date' else json.dumps(value, ensure_ascii=False)}"
        for name, value in fields.items()
    ]
    return "\n".join(["---", *lines, "---", "", body, ""])


@cache
def _real_records() -> tuple[Record, ...]:
    found = []
    for one in sorted(_expo().initiatives, key=lambda one: one.number):
        bodies = [text for text in (one.body, *(reply.body for reply in one.replies)) if text]
        day = (one.submitted or one.started or one.added).first_day
        found.append(
            Record(
                one.slug,
                one.title,
                one.summary,
                one.places[0].name if one.places else NO_PLACE,
                tuple(theme.name for theme in one.themes),
                one.stage.name,
                one.proposer.name,
                "{:04d}-{:02d}-{:02d}".format(*day),
                SOURCE_MARK.sub("", "\n\n".join(bodies)),
            )
        )
    return tuple(found)


@cache
def _names() -> dict[str, str]:
    """Keys of places (`63:hue`), slugs of themes and stages, and what they are called."""
    terms = (*_expo().vocabularies["themes"], *_expo().vocabularies["stages"])
    return {key: place.name for key, place in _expo().place_by_key.items()} | {term.slug: term.name for term in terms}


@cache
def _expo() -> Expo:
    """The real content."""
    from expo.config import make_config
    from expo.pipeline import load_expo

    return load_expo(make_config())
