"""The kinds of value that fields hold: text, dates, numbers, slugs, vocabulary terms … each with its own check.

In: text as the YAML reader leaves it. Out: typed values, or a PydanticCustomError whose type is a code of
problem_texts.py and whose context fills its sentence. Which field has which kind is fields.py's table.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from expo.dates import PartialDate, Period, parse_date_or_period, parse_partial_date
from expo.links import find_fault, mend_address
from expo.names import (
    ID_IN_ANY_WRITING,
    ID_PATTERN,
    LONGEST_SLUG,
    PICTURE_ENDINGS,
    SCAN_ENDINGS,
    SLUG_PATTERN,
    is_reference,
    mend_file_name,
    whole_id,
)
from expo.text import fold_text, make_slug

LONGEST_ADDRESS = 2_000
MOST_DIGITS = 15  # what a float keeps, and the browser too

KEY_PATTERN = re.compile(r"[a-z0-9][a-z0-9_-]*")
NUMBER_PATTERN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
LEADING_ZEROS = re.compile(r"^(-?)0+(?=[0-9])")
GROUPED_NUMBER = re.compile(r"-?[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")
PERIOD_WITH_DASH = re.compile(r"((?:[0-9]{1,2}/)?[0-9]{4}) ?[-–—] ?((?:[0-9]{1,2}/)?[0-9]{4})")
NOTHING = re.compile(r"(?:khong|chua)(?:-[a-z-]+)?|none|unknown|n-a|no|trong|")  # as slugs: "không rõ", "N/A", "?"

Item = TypeVar("Item")


def refuse(code: str, **values: object) -> PydanticCustomError:
    """An error whose type is one of our problem codes."""
    return PydanticCustomError(code.replace("-", "_"), "{code}", {"code": code, **values})


@dataclass(frozen=True, slots=True)
class InVocabulary:
    """Marks a text whose value is a slug of content/vocabularies/<name>.yaml, or one of a few words beside it."""

    name: str
    also: tuple[str, ...] = ()

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Called by pydantic: the check runs after the text's own."""
        return core_schema.with_info_after_validator_function(self.check_term, handler(source))

    def check_term(self, value: str, info: ValidationInfo) -> str:
        """The value, if the vocabularies of the run allow it; None is one of which nobody knows what it allows."""
        names: dict[str, str] | None = (info.context or {}).get("vocabularies", {}).get(self.name, {})
        if names is None:
            return value
        allowed = (*names, *self.also)
        if value not in allowed:
            wanted = fold_text(value)  # people write the name that they see on the site
            named = next((slug for slug, name in names.items() if fold_text(name) == wanted), "")
            raise refuse("not-allowed", value=value, allowed=list(allowed), named=named)
        return value


@dataclass(frozen=True, slots=True)
class NotInFuture:
    """Marks a date of something that has happened. Years and months count from their first day."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Called by pydantic: the check runs after the date's own."""
        return core_schema.with_info_after_validator_function(self.check_date, handler(source))

    def check_date(self, value: PartialDate | Period | None, info: ValidationInfo) -> PartialDate | Period | None:
        """The value, unless it begins after the latest day that it can be anywhere."""
        latest: date | None = (info.context or {}).get("latest_day")
        start = value.start if isinstance(value, Period) else value
        if latest and start and start.first_day > (latest.year, latest.month, latest.day):
            raise refuse("future-date", value=start.iso)
        return value


DATE_PROBLEMS = {  # by what the readers of dates raise
    "form": "bad-date",
    "year": "no-such-year",
    "month": "no-such-month",
    "calendar": "no-such-date",
    "order": "period-order",
    "day": "day-needed",
}


def _parse_with(parse: Callable[[str], Any], suggest: Callable[[str], str] | None = None) -> Callable[[Any], Any]:
    def parse_value(value: Any) -> Any:
        if not isinstance(value, str):
            raise refuse("wrong-type", expected="ngày", expected_en="a date", found=value)
        try:
            return parse(value)
        except PydanticCustomError:
            raise
        except ValueError as error:
            better = suggest(value) if suggest else ""
            raise refuse(DATE_PROBLEMS.get(str(error), "bad-date"), value=value, suggestion=better) from None

    return parse_value


def _parse_day(text: str) -> PartialDate:
    date = parse_partial_date(text)
    if date.precision != "day":
        raise ValueError("day")
    return date


def _parse_iso_day(text: str) -> PartialDate:
    """Pelican reads it again, and would take 03/04 for the fourth of March."""
    date = _parse_day(text)
    if "/" in text:
        raise refuse("iso-day-needed", value=text, suggestion=date.iso)
    return date


def _parse_date_or_unknown(text: str) -> PartialDate | None:
    return None if text.strip() == "unknown" else parse_partial_date(text)


def _suggest_period(value: str) -> str:
    """ "2016-2020" is 2016/2020."""
    found = PERIOD_WITH_DASH.fullmatch(value.strip())
    if not found:
        return ""
    try:
        return parse_date_or_period("/".join(parse_partial_date(one).iso for one in found.groups())).iso
    except ValueError:
        return ""


def _suggest_unknown(value: str) -> str:
    return "unknown" if says_nothing(value) else ""


def says_nothing(value: str) -> bool:
    """Whether a text says that something is not known, or is not there."""
    return bool(NOTHING.fullmatch(make_slug(value)))


def _parse_number(value: Any) -> float:
    if not isinstance(value, str):
        raise refuse("wrong-type", expected="một số", expected_en="a number", found=value)
    text = value.strip()
    if GROUPED_NUMBER.fullmatch(text):
        first, *groups = re.split("[.,]", text)
        plain, decimal = "".join((first, *groups)), f"{first}.{groups[0]}0"  # a fourth place makes it a decimal
        if len(groups) > 1:
            raise refuse("grouped-number", value=text, plain=plain)
        raise refuse("grouped-or-decimal", value=text, plain=plain, decimal=decimal)
    if not NUMBER_PATTERN.fullmatch(text):
        raise refuse("not-a-number", value=value)
    if (plain := LEADING_ZEROS.sub(r"\1", text)) != text:
        raise refuse("number-from-zero", value=text, plain=plain)
    if (count := len(text.replace(".", "").lstrip("-"))) > MOST_DIGITS:
        raise refuse("number-too-long", value=text, length=count, limit=MOST_DIGITS)
    return float(text) or 0.0  # there is no -0


def _parse_flag(value: Any) -> bool:
    if not isinstance(value, str):
        raise refuse("wrong-type", expected="true hoặc false", expected_en="true or false", found=value)
    if value in ("true", "false"):
        return value == "true"
    raise refuse("not-true-false", value=value)


def _match(pattern: re.Pattern[str], code: str, suggest: Callable[[str], str] | None = None) -> Callable[[str], str]:
    def check_pattern(value: str) -> str:
        if not pattern.fullmatch(value):
            better = suggest(value) if suggest else ""
            raise refuse(code, value=value, suggestion=better if better and better != value else "")
        return value

    return check_pattern


def _suggest_id(value: str) -> str:
    digits = re.sub(r"[^0-9]", "", value)
    return f"SK-{int(digits):04d}" if digits and len(digits) <= 6 and int(digits) else ""


def _check_file(endings: tuple[str, ...]) -> Callable[[str], str]:
    def check_name(value: str) -> str:
        stem, dot, ending = value.rpartition(".")
        if f"{dot}{ending}" not in endings or not SLUG_PATTERN.fullmatch(stem) or len(stem) > LONGEST_SLUG:
            better = mend_file_name(value, endings)
            raise refuse("bad-picture-name", value=value, endings=", ".join(endings), suggestion=better)
        return value

    return check_name


def _check_address(value: str) -> str:
    if code := find_fault(value):
        better = mend_address(value)
        raise refuse(code, value=value, suggestion="" if find_fault(better) else better)
    return value


def _check_reference(value: str) -> str:
    if not is_reference(value):
        raise refuse("no-reference", value=value)
    return value


def _listed(value: Any) -> Any:
    """One value where a list is asked for is a list of one."""
    return [value] if isinstance(value, str) else value


def _no_repeats(values: tuple[Item, ...]) -> tuple[Item, ...]:
    for index, value in enumerate(values):
        if isinstance(value, str) and value in values[:index]:
            raise refuse("repeated-item", value=value)
    return values


ISO_DATE_SCHEMA = {"type": ["string", "integer"], "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?|(\d{1,2}/)?\d{1,2}/\d{4})$"}
PERIOD_SCHEMA = {
    "type": ["string", "integer"],
    "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?|(\d{1,2}/)?\d{1,2}/\d{4})$",
}
DAY_SCHEMA = {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})$"}

Text: TypeAlias = str
DatePart: TypeAlias = Annotated[
    PartialDate, PlainValidator(_parse_with(parse_partial_date)), WithJsonSchema(ISO_DATE_SCHEMA)
]
DateOrPeriod: TypeAlias = Annotated[
    PartialDate | Period,
    PlainValidator(_parse_with(parse_date_or_period, _suggest_period)),
    WithJsonSchema(PERIOD_SCHEMA),
]
Day: TypeAlias = Annotated[PartialDate, PlainValidator(_parse_with(_parse_day)), WithJsonSchema(DAY_SCHEMA)]
IsoDay: TypeAlias = Annotated[PartialDate, PlainValidator(_parse_with(_parse_iso_day)), WithJsonSchema(DAY_SCHEMA)]
DateOrUnknown: TypeAlias = Annotated[
    PartialDate | None,
    PlainValidator(_parse_with(_parse_date_or_unknown, _suggest_unknown)),
    WithJsonSchema({"anyOf": [ISO_DATE_SCHEMA, {"const": "unknown"}]}),
]
Number: TypeAlias = Annotated[float, PlainValidator(_parse_number), WithJsonSchema({"type": "number"})]
Flag: TypeAlias = Annotated[bool, PlainValidator(_parse_flag), WithJsonSchema({"type": "boolean"})]
InitiativeId: TypeAlias = Annotated[
    str,
    AfterValidator(_match(ID_PATTERN, "bad-id", _suggest_id)),
    WithJsonSchema({"type": "string", "pattern": f"^{ID_PATTERN.pattern}$"}),
]
AnyInitiativeId: TypeAlias = Annotated[
    InitiativeId,
    BeforeValidator(whole_id),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{ID_IN_ANY_WRITING.pattern}$", "minimum": 1}),
]
Slug: TypeAlias = Annotated[
    str,
    Field(max_length=LONGEST_SLUG),
    AfterValidator(_match(SLUG_PATTERN, "bad-slug", make_slug)),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": LONGEST_SLUG}),
]
SourceKey: TypeAlias = Annotated[
    str,
    AfterValidator(_match(KEY_PATTERN, "bad-key")),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"}),
]
Address: TypeAlias = Annotated[
    str,
    Field(max_length=LONGEST_ADDRESS),
    AfterValidator(_check_address),
    WithJsonSchema({"type": "string", "pattern": "^https?://", "maxLength": LONGEST_ADDRESS}),
]
PictureName: TypeAlias = Annotated[str, AfterValidator(_check_file(PICTURE_ENDINGS))]
ScanName: TypeAlias = Annotated[str, AfterValidator(_check_file(SCAN_ENDINGS))]
Reference: TypeAlias = Annotated[str, AfterValidator(_check_reference)]
Items: TypeAlias = Annotated[tuple[Item, ...], BeforeValidator(_listed), AfterValidator(_no_repeats)]
