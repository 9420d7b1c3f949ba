"""Questions to the field table: what is said about a field, which table it holds, which words it allows.

In: pydantic's FieldInfo of fields.py. Out: plain values for the schemas, the docs and the file that `new` writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias, get_args, get_origin

from pydantic.fields import FieldInfo

from expo.field_types import InVocabulary
from expo.fields import Fields, Says

Terms: TypeAlias = Mapping[str, Mapping[str, str]]  # vocabulary → slug → name

SAYS_NOTHING = Says("", "", "")


def says_of(field: FieldInfo) -> Says:
    """Label, help and example of a field."""
    return next((one for one in field.metadata if isinstance(one, Says)), SAYS_NOTHING)


def label_of(says: Says, lang: str) -> str:
    """The name of a field for people."""
    return says.vi if lang == "vi" else says.en


def help_of(says: Says, lang: str) -> str:
    """The explanation of a field; "" where its name says all."""
    return says.help_vi if lang == "vi" else says.help_en


def nested_table(field: FieldInfo) -> type[Fields] | None:
    """The table whose fields stand inside this field: one group, or each item of a list."""
    for part in _parts(field.annotation):
        if isinstance(part, type) and issubclass(part, Fields):
            return part
    return None


def is_list(field: FieldInfo) -> bool:
    """True where a field holds several values."""
    return any(get_origin(part) is tuple for part in _parts(field.annotation))


def vocabulary_of(field: FieldInfo) -> InVocabulary | None:
    """The vocabulary that a field's words come from."""
    parts = (*field.metadata, *_parts(field.annotation))
    return next((part for part in parts if isinstance(part, InVocabulary)), None)


def allowed_words(field: FieldInfo, terms: Terms) -> tuple[str, ...]:
    """Every word that a field takes, in the vocabulary's order; () where it takes any text."""
    if marked := vocabulary_of(field):
        return (*terms.get(marked.name, ()), *marked.also)
    choices = next((part for part in _parts(field.annotation) if get_origin(part) is Literal), None)
    return get_args(choices) if choices else ()


def find_field(table: type[Fields], name: str) -> FieldInfo:
    """The field of a dotted name: `proposer.type`, `sources.key`."""
    first, _, rest = name.partition(".")
    field = table.model_fields[first]
    if not rest:
        return field
    inside = nested_table(field)
    assert inside is not None, name
    return find_field(inside, rest)


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and everything inside it: members of unions, items of lists, what Annotated carries."""
    yield annotation
    if get_origin(annotation) is Literal:
        return
    inside = list(get_args(annotation))
    for part in (*inside, *getattr(annotation, "__metadata__", ())):
        yield from _parts(part)
