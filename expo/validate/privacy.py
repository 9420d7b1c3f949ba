"""Personal data in any text of a content folder: an error, unless the exhibit names a consent.

In: a raw document, and whose it is. Out: a Problem for everything found, with its line and kind. Every value of a file
is looked at, whatever its name, so a new field of the table is covered by itself; so are bodies and the file's own
name, which becomes an address. What is personal is personal/'s to say. A consent lifts it for the exhibit, its English
and its replies, never for the reference itself; collections, pages and vocabularies belong to nobody who could consent.
"""

from __future__ import annotations

from collections.abc import Iterator

from expo.problems import Problem, make_problem
from expo.read import RawDocument
from expo.read.values import ValuePath, find_texts, format_path
from expo.validate.personal import KINDS, Finding, find_personal_data, mask_value, may_tell_of_persons
from expo.validate.rules import COMMON, CONSENT, CONSENTED

APART = "\n\n\n\n"  # more than may stand within a number
OF_AN_OFFICE = frozenset(("contact",))  # fields that are there to publish how an office is reached


def check_values(document: RawDocument, kind: str) -> list[Problem]:
    """Everything personal in the values and the name of a file. A consent lifts it, but for the reference itself."""
    return [
        _make(where, line, found, text, document, kind)
        for where, line, found, text in _find_in_values(document)
        if kind != CONSENTED or where == (CONSENT,)
    ]


def check_body(document: RawDocument, kind: str) -> list[Problem]:
    """The same of its body."""
    body = document.body
    if kind == CONSENTED or not may_tell_of_persons(body):
        return []
    return [
        _make((), document.body_line + body.count("\n", 0, found.start), found, body, document, kind)
        for found in find_personal_data(body)
    ]


def _find_in_values(document: RawDocument) -> Iterator[tuple[ValuePath, int, Finding, str]]:
    """What is found: path of the field (() for the file's name), line, finding, text around it."""
    texts = list(find_texts(document.values))
    parts = document.slug.split("-")
    if not may_tell_of_persons(APART.join([*parts, *(text for _, text in texts)])):
        return  # most documents tell of nobody, and one look at all of it is quicker than one at each text
    for part in parts:
        for found in find_personal_data(part):
            yield (), 1, found, part
    for where, text in texts:
        for found in find_personal_data(text, of_an_office=where[0] in OF_AN_OFFICE):
            yield where, document.line_of(where), found, text


def _make(where: ValuePath, line: int, found: Finding, text: str, document: RawDocument, whose: str) -> Problem:
    code = "personal-data-here" if whose == COMMON else "personal-data"
    kind, kind_en = KINDS[found.kind]
    shown = mask_value(found, text)
    return make_problem(document.shown, line, format_path(where), code, value=shown, kind=kind, kind_en=kind_en)
