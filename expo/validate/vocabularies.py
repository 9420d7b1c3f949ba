"""content/vocabularies/*.yaml → Terms by vocabulary, each entry checked like every other field.

In: raw lists; a vocabulary that the folder lacks comes from the project's own. Out: Terms, abbreviations, groups of
same words, problems.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from expo.config import Config
from expo.fields import AbbreviationFields, SameWordsFields, TermFields
from expo.model import Term
from expo.problems import Problem, make_problem
from expo.read import RawContent, RawDocument, read_list
from expo.text import split_words
from expo.validate.field_values import nearest_word, validate_value

TERM_VOCABULARIES = ("themes", "aims", "stages", "channels", "proposers", "verdicts")
ABBREVIATIONS = "abbreviations"
# A theme has a page in each province, `/tinh-thanh/<province>/<theme>/`; these stand there already.
BESIDE_CROSSINGS = frozenset(("bang-tin",))
SAME_WORDS = "same-words"


@dataclass
class Vocabularies:
    """Terms in the order of their files, (short, full) pairs, and groups of wordings that mean the same."""

    terms: dict[str, tuple[Term, ...]] = field(default_factory=dict)
    abbreviations: tuple[tuple[str, str], ...] = ()
    same_words: tuple[tuple[str, ...], ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def slugs(self) -> dict[str, dict[str, str]]:
        """Allowed values by vocabulary, each with its Vietnamese name."""
        return {name: {term.slug: term.name for term in terms} for name, terms in self.terms.items()}

    def term(self, name: str, slug: str) -> Term:
        """The term of a checked slug."""
        return next(term for term in self.terms[name] if term.slug == slug)


def validate_vocabularies(raw: RawContent, config: Config) -> Vocabularies:
    """Check and type every vocabulary."""
    found = {document.slug: document for document in raw.vocabularies}
    vocabularies = Vocabularies()
    known = (*TERM_VOCABULARIES, ABBREVIATIONS, SAME_WORDS)
    for name, document in found.items():
        if name not in known:
            nearest = nearest_word(name, known)
            vocabularies.problems.append(
                make_problem(
                    document.shown, 1, "", "unexpected-file", value=document.path.name,
                    allowed_kinds="danh sách nào có tên sẵn của nó", allowed_kinds_en="each list has its own name",
                    allowed=[f"{one}.yaml" for one in known],
                    suggestion=f"{nearest}.yaml" if nearest else "",
                )
            )  # fmt: skip
    for name in known:
        document = found.get(name) or _own_list(name, config)
        vocabularies.problems += document.problems
        if name == ABBREVIATIONS:
            vocabularies.abbreviations = _abbreviations(document, vocabularies.problems)
        elif name == SAME_WORDS:
            vocabularies.same_words = _same_words(document, vocabularies.problems)
        else:
            reserved = BESIDE_CROSSINGS if name == "themes" else frozenset[str]()
            vocabularies.terms[name] = _terms(document, reserved, vocabularies.problems)
    return vocabularies


def _own_list(name: str, config: Config) -> RawDocument:
    folder = config.vocabularies_fallback
    return read_list(folder / f"{name}.yaml", folder.parent)


def _terms(document: RawDocument, reserved: frozenset[str], problems: list[Problem]) -> tuple[Term, ...]:
    terms: dict[str, Term] = {}
    for index, value in enumerate(document.values or []):
        values, found = validate_value(document, (index,), value, TermFields, {})
        problems += found
        if values is None:
            continue
        line = document.line_of((index,))
        if values.slug in reserved:
            problems.append(
                make_problem(document.shown, line, f"[{index + 1}].slug", "reserved-slug", value=values.slug)
            )
        if values.slug in terms:
            problems.append(
                make_problem(document.shown, line, f"[{index + 1}].slug", "repeated-item", value=values.slug)
            )
        terms[values.slug] = Term(values.slug, values.name, values.name_en, values.help or "", values.help_en or "")
    return tuple(terms.values())


def _abbreviations(document: RawDocument, problems: list[Problem]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for index, value in enumerate(document.values or []):
        values, found = validate_value(document, (index,), value, AbbreviationFields, {})
        problems += found
        if values is not None:
            pairs.append((values.short, values.full))
    return tuple(pairs)


def _same_words(document: RawDocument, problems: list[Problem]) -> tuple[tuple[str, ...], ...]:
    """Groups whose wordings have words; none stands in two, however it is written."""
    groups = []
    first_lines: dict[tuple[str, ...], int] = {}
    for index, value in enumerate(document.values or []):
        values, found = validate_value(document, (index,), value, SameWordsFields, {})
        problems += found
        if values is None:
            continue
        groups.append(values.words)
        for at, wording in enumerate(values.words):
            line, where = document.line_of((index, "words", at)), f"[{index + 1}].words[{at + 1}]"
            words = tuple(split_words(wording).exact)
            if not words:
                problems.append(make_problem(document.shown, line, where, "no-words", value=wording))
            elif words in first_lines:
                first = first_lines[words]
                problems.append(
                    make_problem(document.shown, line, where, "same-words-twice", value=wording, first=first)
                )
            else:
                first_lines[words] = line
    return tuple(groups)
