"""content/vocabularies/*.yaml → Terms by vocabulary, each entry checked like every other field.

In: raw lists; a vocabulary that the folder lacks comes from the project's own. Out: Terms, abbreviations, groups of
same words, problems.
"""

from __future__ import annotations

from expo.config import Config
from expo.fields import AbbreviationFields, SameWordsFields, TermFields
from expo.model import Term
from expo.problems import Problem, has_errors, make_problem
from expo.read import RawContent, RawDocument
from expo.text import split_words
from expo.validate.field_values import validate_value
from expo.validate.lists import ABBREVIATIONS, LISTS, SAME_WORDS, Vocabularies, find_lists
from expo.validate.slips import nearest_word

# A theme has a page in each province, `/tinh-thanh/<province>/<theme>/`; these stand there already.
BESIDE_CROSSINGS = frozenset(("bang-tin",))


def validate_vocabularies(raw: RawContent, config: Config) -> Vocabularies:
    """Check and type every vocabulary."""
    vocabularies = Vocabularies()
    for document in raw.vocabularies:
        if document.slug not in LISTS:
            nearest = nearest_word(document.slug, LISTS)
            vocabularies.problems.append(
                make_problem(
                    document.shown, 1, "", "unexpected-file", value=document.path.name,
                    allowed_kinds="danh sách nào có tên sẵn của nó", allowed_kinds_en="each list has its own name",
                    allowed=[f"{one}.yaml" for one in LISTS],
                    suggestion=f"{nearest}.yaml" if nearest else "",
                )
            )  # fmt: skip
    for name, found in find_lists(raw, config).items():
        document = found.whole
        problems = list(document.problems)
        if name == ABBREVIATIONS:
            vocabularies.abbreviations = _abbreviations(document, problems)
        elif name == SAME_WORDS:
            vocabularies.same_words = _same_words(document, problems)
        else:
            reserved = BESIDE_CROSSINGS if name == "themes" else frozenset[str]()
            vocabularies.terms[name] = _terms(document, reserved, problems)
        vocabularies.problems += problems
        if has_errors(problems):
            vocabularies.broken.add(name)
    return vocabularies


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
