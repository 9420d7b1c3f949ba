"""content/retired.yaml → the numbers that are gone for good, each merged into another or withdrawn on a day.

In: the raw list, or None. Out: Retired, with a Problem for every mistake in it. Whether what a number was merged into
exists is across.py's to say.
"""

from __future__ import annotations

from expo.fields import RetiredFields
from expo.problems import Problem, make_problem
from expo.read import RawDocument
from expo.read.values import ValuePath, format_path
from expo.validate.field_values import validate_value
from expo.validate.lists import Retired, RetiredEntry


def validate_retired(document: RawDocument | None) -> Retired:
    """Check content/retired.yaml: each entry is merged into another or withdrawn on a day."""
    retired = Retired()
    if document is None:
        return retired
    retired.problems += document.problems
    for index, value in enumerate(document.values or []):
        fields, found = validate_value(document, (index,), value, RetiredFields, {})
        retired.problems += found
        if fields is None:
            continue
        is_withdrawn = fields.withdrawn is not None
        entry = RetiredEntry(fields.id, fields.slug, fields.former_slugs, fields.merged_into, is_withdrawn)
        retired.problems += _repeats(document, index, entry, retired.entries)
        if (entry.merged_into is None) == (not is_withdrawn):
            line = document.line_of((index,))
            retired.problems.append(make_problem(document.shown, line, f"[{index + 1}]", "retired-needs-one"))
        retired.entries.append(entry)
        if entry.merged_into:
            line = document.line_of((index, "merged_into"))
            retired.targets.append((document.shown, line, index, entry.merged_into))
    return retired


def _repeats(document: RawDocument, index: int, entry: RetiredEntry, before: list[RetiredEntry]) -> list[Problem]:
    """A number or address that an entry before it has too: two pages would want one address."""
    given: list[tuple[ValuePath, str]] = [(("id",), entry.id), (("slug",), entry.slug)]
    is_list = isinstance(document.values[index].get("former_slugs"), list)
    given += [
        (("former_slugs", at) if is_list else ("former_slugs",), slug) for at, slug in enumerate(entry.former_slugs)
    ]
    taken = {entry.id for entry in before} | {slug for entry in before for slug in entry.slugs}
    return [
        make_problem(
            document.shown,
            document.line_of((index, *where)),
            format_path((index, *where)),
            "repeated-item",
            value=value,
        )
        for place, (where, value) in enumerate(given)
        if value in taken or value in [other for _, other in given[:place]]
    ]
