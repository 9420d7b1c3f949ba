"""Rules that tie the values of one file together, and what it cites, names and shows.

In: raw documents, so that a file with other mistakes is looked at all the same; the gazetteer. Out: a Problem for every
broken rule: what submitted and compiled entries need, sources cited but not listed, places that name no single unit.
A value of the wrong form is passed over: field_values.py has complained of it. Rules between files are across.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from expo.dates import EARLIEST_YEAR, PartialDate, parse_partial_date
from expo.names import is_reference
from expo.places import Gazetteer, PlaceNotFound
from expo.problems import Problem, make_problem
from expo.read import RawDocument
from expo.read.values import Value, ValuePath, format_path
from expo.text import make_slug
from expo.validate.links import check_links
from expo.validate.marks import check_marks
from expo.validate.slips import nearest_word, put_in_brackets

FOOTNOTE = re.compile(r"\[\^([^\]\[\s]{1,60})\]")  # bounded: a body of brackets must not take minutes

CONSENT = "consent"  # the field that lifts what forbids personal data
# Whose a document is, as far as personal data goes: of an exhibit, of one that names a consent, of nobody.
PRIVATE, CONSENTED, COMMON = "private", "consented", "common"
MOST_BRACKETS = 300  # in one paragraph; the most in a real one is under 20
# First parts of the addresses that the expo makes or has promised (docs/architecture.md).
OWN_ADDRESSES = frozenset(
    (
        "sang-kien", "sk", "tinh-thanh", "chu-de", "phan-hoi", "bo-suu-tap", "trinh-chieu", "so-lieu", "man-hinh", "en",
        "api", "assets",
    )
)  # fmt: skip
LONG_AGO = PartialDate(EARLIEST_YEAR)  # stands for a date that can't be told, where another complaint tells of it


class Complaints:
    """Problems of one document, each put on its line."""

    def __init__(self, document: RawDocument) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def add(self, where: ValuePath, code: str, *, warning: bool = False, **values: object) -> None:
        """A problem with a field."""
        line = self.document.line_of(where)
        self.problems.append(
            make_problem(self.document.shown, line, format_path(where), code, warning=warning, **values)
        )


def listed(value: Value) -> list[Any]:
    """The items of a list; one value counts as a list of one, as in the table of fields."""
    return value if isinstance(value, list) else [] if value is None else [value]


def grouped(value: Value) -> dict[str, Any]:
    """The group of a value; what is no group is an empty one."""
    return value if isinstance(value, dict) else {}


def source_keys(document: RawDocument) -> tuple[str, ...]:
    """The keys of a document's own sources."""
    keys = (grouped(source).get("key") for source in listed(grouped(document.values).get("sources")))
    return tuple(key for key in keys if isinstance(key, str))


def has_consent(document: RawDocument) -> bool:
    """Whether an exhibit names a consent; one of the wrong form has its own complaint, and lifts nothing."""
    reference = grouped(document.values).get(CONSENT)
    return isinstance(reference, str) and is_reference(reference)


def is_draft(document: RawDocument) -> bool:
    """Whether an exhibit is kept off the site."""
    return bool(grouped(document.values).get("draft") == "true")


def check_initiative(document: RawDocument, gazetteer: Gazetteer) -> list[Problem]:
    """What the rules say of the values of one initiative's file."""
    complaints, values = Complaints(document), grouped(document.values)
    _check_origin(values, complaints)
    _check_repeated_sources(values, complaints)
    keys = source_keys(document)
    for index, figure in enumerate(listed(values.get("figures"))):
        key = grouped(figure).get("source")
        if isinstance(key, str) and key not in keys:
            _complain_source(("figures", index, "source"), key, keys, complaints)
    _check_encryption(values, complaints)
    tags = values.get("tags")
    if isinstance(tags, str) and (several := put_in_brackets(tags)):
        complaints.add(("tags",), "one-tag", warning=True, value=tags, suggestion=several)
    _check_places(values, _first_date(values, "started", "submitted"), gazetteer, complaints)
    return complaints.problems


def check_text(document: RawDocument, original: RawDocument) -> list[Problem]:
    """What the rules say of an exhibit's text, or of its English: what it cites is among the original's sources."""
    complaints = Complaints(document)
    _check_footnotes(complaints, source_keys(original), is_draft=is_draft(original))
    return complaints.problems


def check_page(document: RawDocument) -> list[Problem]:
    """A page's address is its file's name, and none that the expo itself makes."""
    complaints, slug = Complaints(document), grouped(document.values).get("slug")
    if isinstance(slug, str) and slug != document.slug:
        complaints.add(("slug",), "slug-not-file", value=slug, name=document.slug)
    elif slug in OWN_ADDRESSES:
        complaints.add(("slug",), "reserved-slug", value=slug)
    _check_body(complaints)
    return complaints.problems


def check_collection_text(document: RawDocument) -> list[Problem]:
    """The introduction of a collection: it has no sources of its own, so it can cite none."""
    complaints = Complaints(document)
    _check_footnotes(complaints, ())
    return complaints.problems


def check_reply(
    document: RawDocument, english: RawDocument | None, owner: RawDocument | None, gazetteer: Gazetteer
) -> list[Problem]:
    """What the rules say of a reply and its English. `owner` is the initiative's file, None if it isn't known."""
    complaints, values = Complaints(document), grouped(document.values)
    _check_repeated_sources(values, complaints)
    if owner is None:
        _check_places(values, _first_date(values, "date") or LONG_AGO, gazetteer, complaints)
        return complaints.problems
    owner_values = grouped(owner.values)
    date = _first_date(values, "date") or _first_date(owner_values, "started", "submitted")
    _check_places(values, date, gazetteer, complaints)
    known = source_keys(owner)
    for index, source in enumerate(listed(values.get("sources"))):
        if isinstance(source, str) and source not in known:
            _complain_source(("sources", index), source, known, complaints)
    _check_footnotes(complaints, (*known, *source_keys(document)))
    _check_speaker(values, grouped(owner_values.get("proposer")), complaints)
    if english is None:
        return complaints.problems
    companion = Complaints(english)
    _check_footnotes(companion, (*known, *source_keys(document)))
    return complaints.problems + companion.problems


def _check_speaker(values: dict[str, Any], proposer: dict[str, Any], complaints: Complaints) -> None:
    """The proposer's own words are results, and results are its own; of agencies many offices may report them."""
    office, is_results = values.get("office"), values.get("verdict") == "results"
    is_own = bool(office) and make_slug(str(office)) == make_slug(str(proposer.get("name")))
    if is_own and not is_results:
        complaints.add(("office",), "own-words-as-answer", warning=True, value=office)
    elif is_results and not is_own and proposer.get("type") not in (None, "state-agency"):
        complaints.add(("verdict",), "results-not-by-agency")


def _check_origin(values: dict[str, Any], complaints: Complaints) -> None:
    """What submitted entries must and compiled ones must not have (content model, `aim`, `submitted`, `sources`)."""
    if values.get("origin") == "submitted":
        for name in ("aim", "submitted"):
            if values.get(name) is None:
                complaints.add((name,), "needed-when-submitted")
    elif values.get("origin") == "compiled":
        for name in ("aim", "submitted", "endorsement"):
            if values.get(name) is not None:
                complaints.add((name,), "only-when-submitted")
        if not listed(values.get("sources")):
            complaints.add(("sources",), "needed-when-compiled")


def _check_repeated_sources(values: dict[str, Any], complaints: Complaints) -> None:
    first_lines: dict[str, int] = {}
    for index, source in enumerate(listed(values.get("sources"))):
        key, where = grouped(source).get("key"), ("sources", index, "key")
        if not isinstance(key, str):
            continue
        if key in first_lines:
            complaints.add(where, "repeated-source", value=key, first=first_lines[key])
        first_lines.setdefault(key, complaints.document.line_of(where))


def _complain_source(where: ValuePath, key: str, keys: tuple[str, ...], complaints: Complaints) -> None:
    complaints.add(where, "unknown-source", value=key, allowed=list(keys), suggestion=nearest_word(key, keys))


def find_footnotes(body: str) -> Iterator[tuple[int, str]]:
    """(line from 0, key) of every [^key] in a body."""
    if "[^" not in body:
        return
    for number, line in enumerate(body.split("\n")):
        for match in FOOTNOTE.finditer(line):
            yield number, match[1]


def _check_footnotes(complaints: Complaints, keys: tuple[str, ...], *, is_draft: bool = False) -> None:
    """Every [^key] of the body names a source."""
    document = complaints.document
    _check_body(complaints, keys, is_draft=is_draft)
    for number, key in find_footnotes(document.body):
        if key not in keys:
            line, suggestion = document.body_line + number, nearest_word(key, keys)
            complaints.problems.append(
                make_problem(document.shown, line, "", "unknown-footnote", value=key, suggestion=suggestion)
            )


def _check_body(complaints: Complaints, keys: tuple[str, ...] = (), *, is_draft: bool = False) -> None:
    """What holds for every text. Its links are looked at only where nothing can make that long."""
    complaints.problems += check_marks(complaints.document, keys, is_draft=is_draft)
    if not _check_brackets(complaints):
        complaints.problems += check_links(complaints.document)


def _check_brackets(complaints: Complaints) -> bool:
    """Python-Markdown looks for the end of a link from every "[" of a paragraph: with 8,000, for half a minute."""
    is_wrong = False
    document, line = complaints.document, complaints.document.body_line
    if document.body.count("[") <= MOST_BRACKETS:
        return False
    for paragraph in re.split(r"(\n[ \t]*\n)", document.body):
        count = paragraph.count("[")
        if count > MOST_BRACKETS:
            is_wrong = True
            complaints.problems.append(
                make_problem(document.shown, line, "", "too-many-brackets", count=count, limit=MOST_BRACKETS)
            )
        line += paragraph.count("\n")
    return is_wrong


def _check_encryption(values: dict[str, Any], complaints: Complaints) -> None:
    """Links and video may be plain http, with a reminder (content model); sources keep the address they had."""
    for name in ("links", "video"):
        for index, address in enumerate(listed(values.get(name))):
            if isinstance(address, str) and address.startswith("http://"):
                where: ValuePath = (name, index) if name == "links" else (name,)
                complaints.add(where, "http-address", warning=True, value=address)


def _first_date(values: dict[str, Any], *names: str) -> PartialDate | None:
    """The first date that is given. One that can't be read counts as long ago: it has its own complaint."""
    no_dates = {"submitted": (None, "unknown")}  # the only field that has the word
    given = next((values[name] for name in names if values.get(name) not in no_dates.get(name, (None,))), None)
    if given is None:
        return None
    try:
        return parse_partial_date(given if isinstance(given, str) else "")
    except ValueError:
        return LONG_AGO


def _check_places(
    values: dict[str, Any], date: PartialDate | None, gazetteer: Gazetteer, complaints: Complaints
) -> None:
    """Every name in `province` leads to one place, and to one that no other name leads to."""
    is_list = isinstance(values.get("province"), list)
    first_names: dict[str, str] = {}  # by the key of the place
    for index, name in enumerate(listed(values.get("province"))):
        if not isinstance(name, str):
            continue
        try:
            first = first_names.setdefault(gazetteer.resolve(name, date).key, name)
            if first != name:
                complaints.add(("province", index), "same-place-twice", value=name, other=first)
        except PlaceNotFound as error:
            several = len(error.choices) > 1
            complaints.add(
                ("province", index) if is_list else ("province",), error.code, value=name,
                allowed=list(error.choices) if several else (),
                suggestion=error.choices[0] if len(error.choices) == 1 else "",
            )  # fmt: skip
