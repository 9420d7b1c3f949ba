"""One raw document + its table of fields → clean values, or a Problem for every mistake in it.

In: a RawDocument, a pydantic class of fields.py, the vocabularies. Out: (values or None, problems). pydantic finds all
errors at once; here each gets its line, and its code of problem_texts.py with what the sentence needs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from expo.field_types import says_nothing
from expo.fields import Fields, Says
from expo.problems import Problem, make_problem
from expo.read import RawDocument
from expo.read.values import Value, ValuePath, format_path
from expo.validate.slips import nearest_word, put_in_brackets

Table = TypeVar("Table", bound=Fields)

TYPE_NAMES = {
    str: ("một dòng chữ", "text"),
    list: ("một danh sách", "a list"),
    dict: ("một nhóm “tên: giá trị”", "a group of name: value"),
    type(None): ("giá trị trống", "empty"),
}
EXPECTED = {
    "string_type": TYPE_NAMES[str],
    "tuple_type": TYPE_NAMES[list],
    "model_type": TYPE_NAMES[dict],
    "model_attributes_type": TYPE_NAMES[dict],
}
# Of kinds of value for which null says that there is none, or that nobody knows it.
MAY_BE_NULL = frozenset(("bad-date", "bad-address", "address-characters"))
LENGTH_CODES = {
    "string_too_short": ("too-short", "min_length"),
    "string_too_long": ("too-long", "max_length"),
    "too_short": ("too-few", "min_length"),
    "too_long": ("too-many", "max_length"),
}


def validate_fields(
    document: RawDocument,
    table: type[Table],
    vocabularies: Mapping[str, Mapping[str, str] | None],
    latest_day: date | None = None,
) -> tuple[Table | None, list[Problem]]:
    """Type a document's values. The values are None if anything in them is wrong."""
    return validate_value(document, (), document.values, table, vocabularies, latest_day)


def validate_value(
    document: RawDocument,
    where: ValuePath,
    value: Value,
    table: type[Table],
    vocabularies: Mapping[str, Mapping[str, str] | None],
    latest_day: date | None = None,
) -> tuple[Table | None, list[Problem]]:
    """The same for a part of a document, such as one entry of a list."""
    try:
        return table.model_validate(value, context={"vocabularies": vocabularies, "latest_day": latest_day}), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems: dict[tuple[int, str], Problem] = {}
    for detail in details:
        if _is_of_the_other_kind(value, detail):
            continue
        problem = _make_problem(document, where, value, detail, table)
        problems.setdefault((problem.line, problem.field), problem)  # a value of two kinds says its first mistake only
    return None, list(problems.values())


def _make_problem(
    document: RawDocument, where: ValuePath, value: Value, detail: ErrorDetails, table: type[Fields]
) -> Problem:
    inside = _real_path(value, detail)
    path = (*where, *inside)
    line = document.line_of(path)
    code, values = _describe(detail, inside, table)
    return make_problem(document.shown, line, format_path(path), code, **values)


def _real_path(value: Value, detail: ErrorDetails) -> ValuePath:
    """pydantic names the members of a union in its path; keep the parts that stand in the file, and a missing key."""
    path: list[str | int] = []
    for part in detail["loc"]:
        in_list = isinstance(value, list) and isinstance(part, int) and part < len(value)
        if in_list or (isinstance(value, dict) and part in value):
            value = value[part]
            path.append(part)
    return (*path, detail["loc"][-1]) if detail["type"] == "missing" else tuple(path)


def _is_of_the_other_kind(value: Value, detail: ErrorDetails) -> bool:
    """Whether a group is told to be no text where it may be either: what is wrong with the group is told beside."""
    is_in_union = len(_real_path(value, detail)) < len(detail["loc"])
    return is_in_union and detail["type"] == "string_type" and isinstance(detail["input"], dict)


def _describe(detail: ErrorDetails, inside: ValuePath, table: type[Fields]) -> tuple[str, dict[str, Any]]:
    kind, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    if "code" in context:
        code, values = _describe_own(dict(context), given, inside, table)
        is_lone = isinstance(detail["loc"][-1], int) and isinstance(inside[-1], str)  # where a list may be
        if is_lone and isinstance(given, str) and (several := put_in_brackets(given)):
            values["suggestion"] = several
        return code, values
    if kind == "extra_forbidden":
        return "unknown-key", {"suggestion": nearest_word(str(inside[-1]), tuple(_table_at(table, inside[:-1])))}
    is_field = bool(inside) and isinstance(inside[-1], str)
    if kind == "missing" or (given is None and is_field):
        return "missing", {"example": example_of(table, inside)}
    if kind in LENGTH_CODES:
        code, bound = LENGTH_CODES[kind]
        return code, {"length": len(given), "limit": context[bound]}
    if kind == "literal_error":
        allowed = re.findall("'([^']*)'", context["expected"])
        return "not-allowed", {"value": given, "allowed": allowed, "suggestion": nearest_word(str(given), allowed)}
    expected = EXPECTED.get(kind, TYPE_NAMES[str])
    found = TYPE_NAMES.get(type(given), TYPE_NAMES[str])
    return "wrong-type", {"expected": expected[0], "expected_en": expected[1], "found": found[0], "found_en": found[1]}


def _describe_own(
    context: dict[str, Any], given: object, inside: ValuePath, table: type[Fields]
) -> tuple[str, dict[str, Any]]:
    code = context.pop("code")
    if code == "wrong-type":
        if given is None and isinstance(inside[-1], str):
            return "missing", {"example": example_of(table, inside)}
        context["found"], context["found_en"] = TYPE_NAMES.get(type(given), TYPE_NAMES[str])
    if code == "not-allowed":
        named = context.pop("named", "")
        context["suggestion"] = named or nearest_word(str(given), context["allowed"])
    if code in MAY_BE_NULL and not context.get("suggestion") and says_nothing(str(given)):
        field = _table_at(table, inside[:-1]).get(str(inside[-1]))
        context["suggestion"] = "null" if field and type(None) in get_args(field.annotation) else ""
    return code, context


def _table_at(table: type[Fields], inside: ValuePath) -> Mapping[str, Any]:
    """The fields of the table that a path leads into (items of lists skipped)."""
    for part in inside:
        if isinstance(part, int):
            continue
        field = table.model_fields.get(part)
        nested = _nested_table(field.annotation) if field else None
        if nested is None:
            return {}
        table = nested
    return table.model_fields


def _nested_table(annotation: Any) -> type[Fields] | None:
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if nested := _nested_table(part):
            return nested
    return None


def example_of(table: type[Fields], inside: ValuePath) -> str:
    """`stage: pilot`, from the table."""
    field = _table_at(table, inside[:-1]).get(str(inside[-1])) if inside else None
    says = next((one for one in field.metadata if isinstance(one, Says)), None) if field else None
    return f"{inside[-1]}: {says.example}" if says else ""
