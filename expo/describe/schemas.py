"""fields.py → JSON Schemas (draft 2020-12) of each kind of file, as text ready to be written.

In: the tables and the vocabularies. Out: {"initiative": text, …}. Titles and descriptions are Vietnamese, the English
stands beside them as x-title-en and x-description-en. What the reader accepts the schemas accept: one value where a
list is asked for, a number where a text is, since YAML sees 2021 as a number. Rules between fields stay check's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeAlias, get_args

import yaml
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from expo.describe.tables import Terms, nested_table, says_of
from expo.field_types import NUMBER_PATTERN, InVocabulary, Items
from expo.fields import (
    AbbreviationFields,
    CollectionFields,
    EnglishFields,
    Fields,
    InitiativeFields,
    ReplyFields,
    RetiredFields,
    SameWordsFields,
    Says,
    TermFields,
)

Schema: TypeAlias = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
TAKES_ONE = get_args(Items)[1].func  # the validator that makes one value a list of one

# name of the schema → (tables, whether the file is a list of them, what the file is in both languages)
KINDS: dict[str, tuple[Sequence[type[Fields]], bool, str, str]] = {
    "initiative": ((InitiativeFields,), False, "Sáng kiến: content/initiatives/<slug>.md", "An initiative"),
    "english": ((EnglishFields,), False, "Bản tiếng Anh: content/initiatives/<slug>.en.md", "Its English"),
    "reply": ((ReplyFields,), False, "Phản hồi của chính quyền: content/replies/<slug>/<tệp>.md", "A reply"),
    "collection": ((CollectionFields,), False, "Bộ sưu tập: content/collections/<slug>.md", "A collection"),
    "vocabulary": (
        (TermFields, AbbreviationFields, SameWordsFields),
        True,
        "Từ vựng: content/vocabularies/*.yaml",
        "A vocabulary; abbreviations.yaml and same-words.yaml have entries of their own kinds",
    ),
    "retired": ((RetiredFields,), True, "Số đã rút: content/retired.yaml", "Numbers that are gone"),
}


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do (version 1.2): dates stay text, numbers and true or false do not."""

    yaml_implicit_resolvers = {
        letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def make_schemas(terms: Terms) -> dict[str, str]:
    """Every schema as JSON text with a line break at its end."""
    return {kind: json.dumps(_make_schema(kind, terms), ensure_ascii=False, indent=2) + "\n" for kind in KINDS}


def _make_schema(kind: str, terms: Terms) -> Schema:
    tables, is_list, title, title_en = KINDS[kind]
    definitions: Schema = {}
    for table in tables:
        made = table.model_json_schema(schema_generator=_generator(terms), mode="validation")
        definitions |= made.pop("$defs", {})
        definitions[table.__name__] = made
    for table in _all_tables(tables):
        _name_fields(definitions[table.__name__], table)
    references = [{"$ref": f"#/$defs/{table.__name__}"} for table in tables]
    lists = [{"type": "array", "items": reference} for reference in references]
    schema: Schema = {"$schema": DRAFT, "$id": f"{kind}.schema.json", "title": title, "x-title-en": title_en}
    if len(references) > 1:
        schema["anyOf"] = lists
    elif is_list:
        schema |= lists[0]
    else:
        schema |= references[0]
    return schema | {"$defs": {name: definitions[name] for name in sorted(definitions)}}


def _all_tables(tables: Sequence[type[Fields]]) -> list[type[Fields]]:
    found = list(tables)
    for table in found:  # grows while it is walked
        found += [one for field in table.model_fields.values() if (one := nested_table(field)) and one not in found]
    return found


def _generator(terms: Terms) -> type[GenerateJsonSchema]:
    """pydantic's generator, taught our vocabularies, what YAML makes of a text, and lists of one."""

    class TableSchema(GenerateJsonSchema):
        def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> Schema:
            marked = getattr(schema["function"]["function"], "__self__", None)
            if isinstance(marked, InVocabulary):
                return {"enum": [*terms.get(marked.name, ()), *marked.also], "x-vocabulary": marked.name}
            return super().function_after_schema(schema)

        def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Schema:
            made = super().function_before_schema(schema)
            return _or_one(made) if schema["function"]["function"] is TAKES_ONE else made

    return TableSchema


def _or_one(array: Schema) -> Schema:
    """A list, or one of its scalar items."""
    items = array["items"]
    scalars = [one for one in items.get("anyOf", [items]) if "$ref" not in one]
    return {"anyOf": [array, *scalars]}


def _name_fields(schema: Schema, table: type[Fields]) -> None:
    """Give every property its label, help and example, and mend what pydantic can't know."""
    schema.pop("title", None)
    schema.pop("description", None)
    schema["x-description-en"] = (table.__doc__ or "").strip()
    for name, field in table.model_fields.items():
        made = _loosen(_mend(schema["properties"][name]))
        for key in ("title", "default"):
            made.pop(key, None)
        if not field.is_required():
            made = _or_blank(made)
        says = says_of(field)
        named: Schema = {"title": says.vi, "x-title-en": says.en}
        if says.help_vi:
            named |= {"description": says.help_vi, "x-description-en": says.help_en}
        schema["properties"][name] = named | made | _examples(says)


def _or_blank(made: Schema) -> Schema:
    """A line left blank counts as left out, where the field need not be there."""
    branches = made.get("anyOf", [made])
    return {"anyOf": [*(one for one in branches if one.get("type") != "null"), {"type": "null"}]}


def _mend(made: Schema) -> Schema:
    """Bounds behind a validator of ours come out as bounds of a text; on a list they are bounds of its items."""
    bounds = {key: made.pop(key) for key in ("minLength", "maxLength") if key in made and "anyOf" in made}
    for branch in made.get("anyOf", ()):
        if branch.get("type") == "array":
            renamed = {key.replace("Length", "Items"): value for key, value in bounds.items() if value}
            branch |= renamed
    return made


def _loosen(made: Any) -> Any:
    """The reader keeps every scalar as text, so a text may look like a number to YAML, and a number be quoted."""
    if isinstance(made, list):
        return [_loosen(one) for one in made]
    if not isinstance(made, dict):
        return made
    loose = {key: _loosen(value) for key, value in made.items()}
    pattern = str(loose.get("pattern", ""))
    if loose.get("type") == "number":
        loose |= {"type": ["number", "string"], "pattern": f"^{NUMBER_PATTERN.pattern}$"}
    elif loose.get("type") == "boolean":
        loose |= {"type": ["boolean", "string"], "pattern": "^(true|false)$"}
    elif loose.get("type") == "string" and pattern.startswith("^[a-z0-9]"):
        loose["type"] = ["string", "integer"]
    elif loose.get("type") == "string" and not pattern and "enum" not in loose:
        loose["type"] = ["string", "number", "boolean"]
    return loose


def _examples(says: Says) -> Schema:
    """The table's example, as YAML reads it; the ones that only hint at a shape are left out."""
    if "…" in says.example:
        return {}
    return {"examples": [yaml.load(says.example, Loader=EditorLoader)]}
