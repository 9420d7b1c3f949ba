"""What `new` asks, and what an answer must be: the same table, rules and sentences that `check` has.

In: answers as typed or given by flags, and what the content folder holds already (Desk). Out: Problems of one answer,
and the values of a front matter. Mistakes in the other files of the folder are none of its business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from expo.config import Config
from expo.describe.tables import allowed_words, find_field, is_list, vocabulary_of
from expo.fields import InitiativeFields
from expo.model import Term
from expo.places import load_gazetteer
from expo.problems import Problem, make_problem
from expo.read import RawContent, RawDocument, read_content
from expo.read.documents import RESERVED_SLUGS
from expo.read.values import NULL_TEXTS
from expo.text import fold_name, make_slug, normalise_text
from expo.validate.across import next_free_id
from expo.validate.field_values import example_of, validate_fields
from expo.validate.lists import TERM_VOCABULARIES, Vocabularies
from expo.validate.privacy import check_values
from expo.validate.retired import validate_retired
from expo.validate.rules import PRIVATE, check_initiative
from expo.validate.vocabularies import validate_vocabularies

Answer: TypeAlias = str | list[str]
Answers: TypeAlias = dict[str, Answer]  # by the name of the question

SLUG = "slug"
LONGEST_CHOICE = 4  # digits of the number of an allowed answer
NUMBER_IN_FILE = re.compile(rb"^id:[ \t]*[\"']?(SK-\d{4,6})\b", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """One thing that `new` wants to know. `name` is the field's dotted name, or "slug"."""

    name: str
    flag: str
    needed: bool = False
    only_for: str = ""  # the origin that it belongs to
    if_blank: str = ""  # what an empty answer stands for


QUESTIONS = (
    Question("title", "--title", needed=True),
    Question(SLUG, "--slug"),
    Question("summary", "--summary", needed=True),
    Question("origin", "--origin", needed=True),
    Question("aim", "--aim", only_for="submitted", if_blank="unknown"),
    Question("submitted", "--submitted", only_for="submitted", if_blank="unknown"),
    Question("started", "--started"),
    Question("province", "--province", needed=True),
    Question("place", "--place"),
    Question("themes", "--theme", needed=True),
    Question("stage", "--stage", needed=True),
    Question("proposer.type", "--proposer-type", needed=True),
    Question("proposer.name", "--proposer-name", needed=True),
    Question("channels", "--channel"),
    Question("sources.title", "--source-title", needed=True, only_for="compiled"),
    Question("sources.publisher", "--source-publisher", needed=True, only_for="compiled"),
    Question("sources.kind", "--source-kind", needed=True, only_for="compiled"),
    Question("sources.address", "--source-address", only_for="compiled"),
    Question("sources.date", "--source-date", only_for="compiled"),
    Question("sources.key", "--source-key", only_for="compiled", if_blank="nguon_1"),
)


@dataclass(frozen=True)
class Desk:
    """What the content folder holds already, as far as it can be read."""

    config: Config
    vocabularies: Vocabularies
    next_id: str
    taken: dict[str, str]  # slug → the file that has it, now or formerly
    today: str

    @property
    def folder(self) -> Path:
        """Where initiatives lie."""
        return self.config.content / "initiatives"

    def terms(self, question: Question) -> tuple[Term, ...]:
        """The vocabulary of a question; () where it has none."""
        marked = None if question.name == SLUG else vocabulary_of(find_field(InitiativeFields, question.name))
        return self.vocabularies.terms.get(marked.name, ()) if marked else ()


def look_at_content(config: Config) -> Desk:
    """Read the folder, broken files included: their numbers and addresses are taken all the same."""
    raw = read_content(config.content)
    retired = validate_retired(raw.retired)
    used = set(retired.ids)
    taken = {slug: "retired.yaml" for entry in retired.entries for slug in entry.slugs}
    for document in raw.initiatives:
        used |= numbers_of(document)
        former = (document.values or {}).get("former_slugs")
        for slug in former if isinstance(former, list) else [former]:
            taken.setdefault(str(slug), document.shown)
        taken[document.slug] = document.shown
    return Desk(config, _read_vocabularies(raw, config), next_free_id(used), taken, config.today.isoformat())


def numbers_of(document: RawDocument) -> set[str]:
    """The number of a file; of one that is no YAML, what stands behind `id:`."""
    given = (document.values or {}).get("id")
    if isinstance(given, str):
        return {given}
    try:
        return {found.decode() for found in NUMBER_IN_FILE.findall(document.path.read_bytes())}
    except OSError:
        return set()


def _read_vocabularies(raw: RawContent, config: Config) -> Vocabularies:
    """The folder's vocabularies; one that is broken is replaced by the project's own, as if it were missing."""
    found = validate_vocabularies(raw, config)
    if all(found.terms.get(name) for name in TERM_VOCABULARIES):
        return found
    own = validate_vocabularies(RawContent(config.content), config)
    return Vocabularies({name: found.terms.get(name) or own.terms[name] for name in TERM_VOCABULARIES})


def understand(question: Question, text: str, desk: Desk) -> Answer:
    """A typed line as an answer: words of a list by number or name, several values apart by commas."""
    text = " ".join(normalise_text(text).split())
    if text in NULL_TEXTS:  # the help of some fields says: null if there is none
        return ""
    if question.name == SLUG or not is_list(find_field(InitiativeFields, question.name)):
        return _as_term(question, text, desk)
    return _split_terms(question, [part.strip() for part in text.split(",") if part.strip()], desk)


def _split_terms(question: Question, parts: list[str], desk: Desk) -> list[str]:
    """Terms of a line cut at its commas; a name may hold commas itself ("Y tế, sức khỏe"), so the longest wins."""
    slugs = {term.slug for term in desk.terms(question)}
    answer = []
    while parts:
        lengths = range(len(parts), 0, -1)
        length = next((one for one in lengths if _as_term(question, ", ".join(parts[:one]), desk) in slugs), 1)
        answer.append(_as_term(question, ", ".join(parts[:length]), desk))
        parts = parts[length:]
    return answer


def _as_term(question: Question, text: str, desk: Desk) -> str:
    terms, words = desk.terms(question), allowed_answers(question, desk)
    if text.isdecimal() and len(text) <= LONGEST_CHOICE and 1 <= int(text) <= len(words):
        return words[int(text) - 1]
    return next((one.slug for one in terms if fold_name(text) in (fold_name(one.name), fold_name(one.name_en))), text)


def find_problems(question: Question, answer: Answer, answers: Answers, desk: Desk) -> list[Problem]:
    """What is wrong with one answer, those before it being right."""
    if question.name == SLUG:
        return _slug_problems(str(answer), desk)
    document = RawDocument(desk.folder, "", values=make_values(answers | {question.name: answer}, desk))
    slugs, latest = desk.vocabularies.slugs, desk.config.latest_day
    _, problems = validate_fields(document, InitiativeFields, slugs, latest)
    problems += check_initiative(document, load_gazetteer()) + check_values(document, PRIVATE)
    return [one for one in problems if _belongs(one, question) and not one.is_warning]


def missing_problem(question: Question) -> Problem:
    """The sentence for a needed answer that was left empty."""
    return make_problem("", 1, "", "missing", example=example_of(InitiativeFields, tuple(question.name.split("."))))


def _belongs(problem: Problem, question: Question) -> bool:
    """True if a problem's field, `sources[1].key` say, is the question's."""
    return re.sub(r"\[\d+\]", "", problem.field) == question.name


def _slug_problems(slug: str, desk: Desk) -> list[Problem]:
    document = RawDocument(desk.folder, "", values={"former_slugs": [slug]})
    _, problems = validate_fields(document, InitiativeFields, {})
    problems = [one for one in problems if one.field.startswith("former_slugs")]
    if problems:
        return problems
    if slug in RESERVED_SLUGS:
        return [make_problem("", 1, "", "reserved-slug", value=slug)]
    path = desk.folder / f"{slug}.md"
    other = desk.taken.get(slug) or (f"{desk.config.content.name}/initiatives/{slug}.md" if path.exists() else "")
    return [make_problem("", 1, "", "slug-used", value=slug, other=other)] if other else []


def suggest_slug(title: Answer | None) -> str:
    """An address from a title, of at most 60 characters, cut between words."""
    slug = make_slug(title if isinstance(title, str) else "")
    return slug if len(slug) <= 60 else slug[:61].rpartition("-")[0]


def make_values(answers: Answers, desk: Desk) -> dict[str, Any]:
    """The values of the front matter, in the table's order. Only what was answered, the number and the day."""
    values: dict[str, Any] = {"id": desk.next_id, "added": desk.today}
    source: dict[str, Answer | None] = {}
    for name, answer in answers.items():
        first, _, rest = name.partition(".")
        if first == "sources":
            source[rest] = answer or None
        elif rest:
            values.setdefault(first, {})[rest] = answer
        elif name != SLUG:
            values[name] = answer
    if source:
        names = ("key", "title", "address", "publisher", "date", "kind")
        values["sources"] = [{name: source.get(name) for name in names}]
    return {name: values[name] for name in InitiativeFields.model_fields if name in values}


def allowed_answers(question: Question, desk: Desk) -> Sequence[str]:
    """The words that a question takes; () where it takes any text."""
    if question.name == SLUG:
        return ()
    return allowed_words(find_field(InitiativeFields, question.name), desk.vocabularies.slugs)
