"""Personal data in any text of a content folder: an error, unless the exhibit names a consent.

In: raw documents. Out: a Problem for everything found, with its line and kind. Every value of a file is looked at,
whatever its name, so a new field of the table is covered by itself; so are bodies and the file's own name, which
becomes an address. What is personal is personal/'s to say. A consent lifts it for the exhibit, its English and its
replies, never for the reference itself; collections, pages and vocabularies belong to nobody who could consent.
"""

from __future__ import annotations

from collections.abc import Iterator

from expo.field_types import is_reference
from expo.problems import Problem, make_problem
from expo.read import RawContent, RawDocument
from expo.read.yaml_values import Value, ValuePath, format_path
from expo.validate.personal import KINDS, Finding, find_personal_data, mask_value, may_tell_of_persons
from expo.validate.rules import grouped

CONSENT = "consent"
APART = "\n\n\n\n"  # more than may stand within a number
OF_AN_OFFICE = frozenset(("contact",))  # fields that are there to publish how an office is reached


def check_privacy(raw: RawContent) -> list[Problem]:
    """Everything personal that is said without consent, in all documents of a folder."""
    owners = {document.slug: document for document in raw.initiatives}
    problems: list[Problem] = []
    for document in (*raw.initiatives, *raw.english):
        problems += check_exhibits_privacy(document, owners.get(document.slug))
    for document in (*raw.replies, *raw.replies_english):
        problems += check_exhibits_privacy(document, owners.get(document.path.parent.name))
    others = (*raw.collections, *raw.collections_english, *raw.pages, *raw.pages_english, *raw.vocabularies)
    for document in (*others, *((raw.retired,) if raw.retired else ())):
        problems += [_make(*one, document, "personal-data-here") for one in _find_in(document)]
    return problems


def check_exhibits_privacy(document: RawDocument, owner: RawDocument | None) -> list[Problem]:
    """The same for a file of an exhibit. `owner` is the exhibit's own file, which may name a consent, or None."""
    is_lifted = owner is not None and has_consent(owner)
    return [
        _make(where, line, found, text, document, "personal-data")
        for where, line, found, text in _find_in(document)
        if not is_lifted or where == (CONSENT,)
    ]


def has_consent(document: RawDocument) -> bool:
    """Whether an exhibit names a consent; one of the wrong form has its own complaint, and lifts nothing."""
    reference = grouped(document.values).get(CONSENT)
    return isinstance(reference, str) and is_reference(reference)


def _find_in(document: RawDocument) -> Iterator[tuple[ValuePath, int, Finding, str]]:
    """What is found in a document: path of the field (() for file name and body), line, finding, text around it."""
    texts = list(_texts_of(document.values, ()))
    parts = document.slug.split("-")
    if not may_tell_of_persons(APART.join([*parts, *(text for _, text in texts), document.body])):
        return  # most documents tell of nobody, and one look at all of it is quicker than one at each text
    for part in parts:
        for found in find_personal_data(part):
            yield (), 1, found, part
    for where, text in texts:
        for found in find_personal_data(text, of_an_office=where[0] in OF_AN_OFFICE):
            yield where, document.line_of(where), found, text
    for found in find_personal_data(document.body):
        yield (), document.body_line + document.body.count("\n", 0, found.start), found, document.body


def _texts_of(value: Value, where: ValuePath) -> Iterator[tuple[ValuePath, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts_of(item, (*where, index))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts_of(item, (*where, name))


def _make(where: ValuePath, line: int, found: Finding, text: str, document: RawDocument, code: str) -> Problem:
    kind, kind_en = KINDS[found.kind]
    shown = mask_value(found, text)
    return make_problem(document.shown, line, format_path(where), code, value=shown, kind=kind, kind_en=kind_en)
