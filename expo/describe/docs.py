"""fields.py → the field docs, Vietnamese and English: a table for each kind of file and for each group inside it.

In: the tables, the vocabularies, a language. Out: Markdown text. Written to docs/ by tools/describe.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from annotated_types import MaxLen, MinLen
from pydantic.fields import FieldInfo

from expo.describe.tables import Terms, allowed_words, help_of, is_list, label_of, nested_table, says_of, vocabulary_of
from expo.fields import (
    AbbreviationFields,
    CollectionFields,
    EnglishFields,
    Fields,
    InitiativeFields,
    PageFields,
    ReplyFields,
    RetiredFields,
    SameWordsFields,
    TermFields,
)

WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "title": "Các trường dữ liệu",
        "intro": (
            "Trang này do `tools/describe.py` viết ra từ bảng trong `expo/fields.py`; đừng sửa tay. Luật giữa các "
            "trường (sáng kiến sưu tầm phải có nguồn, số không dùng lại…) do `python3 build.py check` nói. "
            "Trường lạ là lỗi. Trường không bắt buộc mà chưa biết thì bỏ cả dòng."
        ),
        "field": "trường",
        "required": "bắt buộc",
        "allowed": "giá trị",
        "meaning": "ý nghĩa",
        "example": "ví dụ",
        "yes": "có",
        "group": "nhóm, xem [{name}](#{anchor})",
        "groups": "danh sách nhóm, xem [{name}](#{anchor})",
        "list": "danh sách: {inner}",
        "keys_or_groups": "danh sách khóa nguồn hoặc nhóm, xem [{name}](#{anchor})",
        "ids_or_groups": "danh sách số sáng kiến hoặc nhóm, xem [{name}](#{anchor})",
        "vocabulary": "`vocabularies/{name}.yaml`: {words}",
        "characters": "{least}–{most} ký tự",
        "items": "{least}–{most} mục",
        "inside": "Nhóm: {name}",
        "text": "chữ",
        "date": "năm, tháng hoặc ngày",
        "day": "ngày đầy đủ",
        "period": "năm, tháng, ngày hoặc giai đoạn",
        "unknown_date": "năm, tháng, ngày hoặc `unknown`",
        "number": "số",
        "flag": "`true`, `false`",
        "id": "`SK-` và bốn đến sáu chữ số",
        "any_id": "`SK-` và chữ số, hay chỉ chữ số",
        "slug": "a-z, 0-9, gạch nối",
        "key": "a-z, 0-9, gạch nối, gạch dưới",
        "address": "địa chỉ https://",
        "null": "hoặc `null`",
    },
    "en": {
        "title": "The fields",
        "intro": (
            "This page is written by `tools/describe.py` from the table in `expo/fields.py`; do not edit it by hand. "
            "Rules between fields (a compiled exhibit needs a source, numbers are used once …) are told by "
            "`python3 build.py check`. Unknown fields are mistakes. "
            "Leave out the whole line of an optional field that is not known."
        ),
        "field": "field",
        "required": "required",
        "allowed": "value",
        "meaning": "meaning",
        "example": "example",
        "yes": "yes",
        "group": "a group, see [{name}](#{anchor})",
        "groups": "a list of groups, see [{name}](#{anchor})",
        "list": "a list: {inner}",
        "keys_or_groups": "a list of source keys or groups, see [{name}](#{anchor})",
        "ids_or_groups": "a list of exhibit numbers or groups, see [{name}](#{anchor})",
        "vocabulary": "`vocabularies/{name}.yaml`: {words}",
        "characters": "{least}–{most} characters",
        "items": "{least}–{most} items",
        "inside": "Group: {name}",
        "text": "text",
        "date": "a year, month or day",
        "day": "a full day",
        "period": "a year, month, day or period",
        "unknown_date": "a year, month, day or `unknown`",
        "number": "a number",
        "flag": "`true`, `false`",
        "id": "`SK-` and four to six digits",
        "any_id": "`SK-` and digits, or digits alone",
        "slug": "a-z, 0-9, hyphens",
        "key": "a-z, 0-9, hyphens, underscores",
        "address": "an https:// address",
        "null": "or `null`",
    },
}

KINDS: tuple[tuple[type[Fields], str, str, str], ...] = (
    (InitiativeFields, "Sáng kiến", "An initiative", "content/initiatives/<slug>.md"),
    (EnglishFields, "Bản tiếng Anh của sáng kiến", "The English of an initiative", "content/initiatives/<slug>.en.md"),
    (ReplyFields, "Phản hồi", "A reply", "content/replies/<slug>/<YYYY-MM-DD | khong-ro-ngay>-<office>.md"),
    (CollectionFields, "Bộ sưu tập", "A collection", "content/collections/<slug>.md"),
    (PageFields, "Trang thường", "An ordinary page", "content/pages/<slug>.md"),
    (RetiredFields, "Số đã rút", "A retired number", "content/retired.yaml"),
    (TermFields, "Mục từ vựng", "A vocabulary entry", "content/vocabularies/*.yaml"),
    (AbbreviationFields, "Chữ viết tắt", "An abbreviation", "content/vocabularies/abbreviations.yaml"),
    (SameWordsFields, "Cách nói cùng nghĩa", "Words that mean the same", "content/vocabularies/same-words.yaml"),
)

# The name of a group, by the first field that holds it.
Groups = dict[type[Fields], str]

ANY_ID = "^(?:[Ss]"
# From the pattern or type that a kind of value has in the schema to its word above.
SCHEMA_WORDS = (
    ("^SK-", "id"),
    (ANY_ID, "any_id"),
    ("^[a-z0-9]+(-", "slug"),
    ("^[a-z0-9][", "key"),
    ("^https", "address"),
)


def describe_fields(lang: str, terms: Terms) -> str:
    """The whole page."""
    words = WORDS[lang]
    parts = [f"# {words['title']}", words["intro"]]
    groups: Groups = {}
    for table, name_vi, name_en, path in KINDS:
        parts += [f"## {name_vi if lang == 'vi' else name_en}: `{path}`"]
        parts += [_make_table(table, lang, terms, groups)]
        for inside in [one for one in groups if one not in _told(parts, groups, words)]:
            parts += [f"### {words['inside'].format(name=groups[inside])}"]
            parts += [_make_table(inside, lang, terms, groups)]
    return "\n\n".join(parts) + "\n"


def _told(parts: Sequence[str], groups: Groups, words: dict[str, str]) -> list[type[Fields]]:
    """Groups that have their table already."""
    return [table for table, name in groups.items() if f"### {words['inside'].format(name=name)}" in parts]


def _make_table(table: type[Fields], lang: str, terms: Terms, groups: Groups) -> str:
    words = WORDS[lang]
    heads = [words[one] for one in ("field", "required", "allowed", "meaning", "example")]
    rows = ["| " + " | ".join(heads) + " |", "|---|---|---|---|---|"]
    properties = table.model_json_schema(mode="validation")["properties"]
    for name, field in table.model_fields.items():
        says = says_of(field)
        meaning = ". ".join(part.rstrip(".") for part in (label_of(says, lang), help_of(says, lang)) if part)
        required = words["yes"] if field.is_required() else ""
        allowed = _allowed(name, field, properties[name], lang, terms, groups)
        example = f"`{name}: {says.example}`"
        rows.append("| " + " | ".join(_cell(one) for one in (f"`{name}`", required, allowed, meaning, example)) + " |")
    return "\n".join(rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _allowed(name: str, field: FieldInfo, schema: Any, lang: str, terms: Terms, groups: Groups) -> str:
    """What a field takes, in words."""
    words = WORDS[lang]
    inside = nested_table(field)
    if inside is not None:
        title = groups.setdefault(inside, name)
        mixed = "SourceKey" in str(schema) or "anyOf" in schema.get("items", {})
        shape = ("ids_or_groups" if ANY_ID in str(schema) else "keys_or_groups") if mixed else "groups"
        heading = words["inside"].format(name=title)
        text = words[shape if is_list(field) else "group"].format(name=title, anchor=_anchor(heading))
        return _with_bounds(text, field, lang) if is_list(field) else text
    text = _value_words(field, schema, lang, terms)
    if is_list(field):
        text = words["list"].format(inner=text)
    text = _with_bounds(text, field, lang)
    return f"{text}, {words['null']}" if field.is_required() and "null" in str(schema) else text


def _value_words(field: FieldInfo, schema: Any, lang: str, terms: Terms) -> str:
    words = WORDS[lang]
    allowed = allowed_words(field, terms)
    if allowed:
        listed = ", ".join(f"`{one}`" for one in allowed)
        marked = vocabulary_of(field)
        return words["vocabulary"].format(name=marked.name, words=listed) if marked else listed
    return words[_value_kind(schema)]


def _value_kind(schema: Any) -> str:
    """The key of WORDS for a property of pydantic's schema."""
    text = str(schema)
    if "const" in text:
        return "unknown_date"
    if "boolean" in text or "number" in text:
        return "flag" if "boolean" in text else "number"
    patterns = re.findall(r"'pattern': '([^']*)'", text)
    if not patterns:
        return "text"
    if found := next((kind for start, kind in SCHEMA_WORDS if patterns[0].startswith(start)), ""):
        return found
    return "day" if "integer" not in text else "period" if ")?(/" in patterns[0] else "date"


def _with_bounds(text: str, field: FieldInfo, lang: str) -> str:
    least = next((one.min_length for one in field.metadata if isinstance(one, MinLen)), 0)
    most = next((one.max_length for one in field.metadata if isinstance(one, MaxLen)), None)
    if most is None:
        return text
    unit = WORDS[lang]["items" if is_list(field) else "characters"]
    return f"{text}, {unit.format(least=least, most=most)}"


def _anchor(heading: str) -> str:
    """The address that code hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
