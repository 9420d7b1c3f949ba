"""Files that strangers might send, for hypothesis: made from the model's own table, then damaged.

In: the table (expo/fields.py). Out: strategies. A file is mostly right, as only then its oddities reach the rooms
behind the check; a few values are of another kind, hostile or absent, and a few lines are cut, doubled or moved.
"""

from __future__ import annotations

import re
from typing import Any, get_args

import yaml
from hypothesis import strategies as st
from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from expo.field_types import InVocabulary
from expo.fields import Fields, Says

HOSTILE_TEXTS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "{{ 7*7 }}{% raw %}", "=1+1",
    "%s %(x)s {value} ${x}", "::error file=a::b", "\x1b[31mđỏ", "a\u202eb", "SK-0001\u200b", "\ud800", "\x00",
    "a\u2028b", "\x85", "＜ｓｃｒｉｐｔ＞", "ŝ̈̃́" * 9, "👩‍👩‍👧", "a" * 5000, "ố " * 400, "]]>", "<!--", "-->", "&amp;#0;",
    "\\", "'", '"', "`" * 9, "[" * 40, "https://u:p@example.vn/", "//example.vn", "data:text/html,x",
    "mailto:a@example.vn", "../../etc/passwd", "con", "nul.md",
)  # fmt: skip
REFUSED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # no text with these passes the check
ODD_SCALARS = (
    "", "~", "null", "no", "yes", "on", "017", "0x1F", "1_000", "1e999", ".nan", ".inf", "-0", "-0.0", "12:30",
    "1.000", "2021-02-31", "2021-13", "31/02/2021", "0000-00-00", "9999", "2031", "2016/2020", "2020/2016", "/",
    "SK-0001", "SK-0000", "SK-999999", "sk 1", "999999999999999999999", "0." + "0" * 30 + "1", "true", "True",
    "unknown", "1022", "²", "٠٠٠١", "١٢",
)  # fmt: skip
YAML_PIECES = (
    "a", "b: ", "- ", "? ", ": ", "\n", "  ", "\t", "[", "]", "{", "}", ",", "&x ", "*x", "!t ", "|\n", ">\n", "'",
    '"', "#", " #1", "%YAML 1.1\n", "---\n", "...\n", "\\", "\x85", "\u2028", "ố", "null", "~", "\ufeff", "<<: ",
    "\x00", "\u202e", "!!python/name:x ",
)  # fmt: skip
MARKDOWN_PIECES = (
    "chữ ", "# ", "## ", "- ", "1. ", "> ", "    ", "\t", "\n", "\n\n", "*", "**", "_", "`", "```\n", "~~~\n", "---\n",
    "| a | b |\n|---|---|\n", "[a]", "(b)", "[^bao]", "[^", "![", "](", ")", "<", ">", "</", "&", "&lt;", "&#x3c;",
    "\\", "[x]: https://example.vn\n", "[x]", "<https://a.vn>", "<a@b.vn>", "[a](javascript:alert(1))", "[a](//a.vn)",
    "![a](https://a.vn/b.png)", "<javascript:x>", "[", "[a", "](javascript:alert(1))", "](&#106;avascript:alert(1))",
    "](java\nscript:x)", "](data:text/html,<script>)", "<svg onload=x>", "<math><mtext>", "<style>*{}</style>", "<!--",
    "-->", "<![CDATA[", "<?php", "\x02klzzwxh:0001\x03", "\x02wzxhzdk:0\x03", "\x02", "\x03", "{: onclick=x }",
    "{#id .class}", '"t"', "' onmouseover='x", "<template>", "<noscript>", "<p id=x>", "\u202e", "\x00",
    "https://a.vn",
)  # fmt: skip
FILE_NAMES = (
    "a", "b-1", "A", "Ă", "a\u0306", "hue s", "trang", "con", ".a", ".DS_Store", "_", "-", "a.en", "ａ", "a" * 101,
    "\udcff", "a\nb", "\x1b[31m", "2021-06-18-ubnd", "themes", "initiatives", "retired",
)  # fmt: skip
FILE_ENDINGS = (
    ".md", ".en.md", ".MD", ".yaml", ".yml", ".png", ".pdf", ".svg", ".html", ".docm", ".zip", "", ".", ".md~", ".md ",
)  # fmt: skip


def documents(table: type[Fields]) -> st.SearchStrategy[str]:
    """A whole file of a table: front matter, of which some is odd, and a body; sometimes damaged as text."""
    whole = st.tuples(groups(table).flatmap(_write_values), markdown()).map(_join_parts)
    return st.one_of(whole, whole, whole.flatmap(_damaged))


def odd_but_right(original: bytes, table: type[Fields]) -> st.SearchStrategy[bytes]:
    """A good file in which free texts end in something hostile, within their bounds, and the body is any Markdown."""
    _, head, body = original.decode().split("---\n", 2)
    values = _with_nulls(yaml.load(head, yaml.BaseLoader))
    spoiled = _spoil_texts(values, table).map(lambda group: yaml.dump(group, allow_unicode=True, sort_keys=False))
    bodies = st.one_of(st.just(body), markdown().filter(lambda text: not REFUSED.search(text.replace("\n", ""))))
    return st.tuples(spoiled, bodies).map(lambda parts: _join_parts(parts).encode("utf-8", "replace"))


def _with_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_nulls(one) for key, one in value.items()}
    return [_with_nulls(one) for one in value] if isinstance(value, list) else None if value == "null" else value


def _join_parts(parts: tuple[str, str]) -> str:
    return f"---\n{parts[0]}---\n\n{parts[1]}\n"


def lists(table: type[Fields]) -> st.SearchStrategy[str]:
    """A vocabulary: a list of groups."""
    whole = st.lists(groups(table), max_size=4).flatmap(_write_values)
    return st.one_of(whole, whole.flatmap(_damaged))


def markdown() -> st.SearchStrategy[str]:
    """A body of pieces that mean something to Markdown or to a browser."""
    return st.lists(st.sampled_from(MARKDOWN_PIECES), max_size=30).map("".join)


def yaml_texts() -> st.SearchStrategy[str]:
    """Pieces of YAML in any order."""
    return st.lists(st.sampled_from(YAML_PIECES), max_size=30).map("".join)


def plain_values(depth: int = 3) -> st.SearchStrategy[Any]:
    """What YAML can hold: texts, lists and groups of texts."""
    texts = st.one_of(st.sampled_from((*HOSTILE_TEXTS, *ODD_SCALARS)), st.text(max_size=20))
    keys = st.text(min_size=1, max_size=8)
    return st.recursive(
        texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=8
    )


def groups(table: type[Fields]) -> st.SearchStrategy[dict[str, Any]]:
    """The fields of a table: required ones nearly always, others now and then, each mostly right."""
    parts: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in table.model_fields.items():
        says = next((one for one in field.metadata if isinstance(one, Says)), None)
        right = _value_of(field.annotation, says.example if says else '"chữ"')
        odd = st.one_of(st.sampled_from((*HOSTILE_TEXTS, *ODD_SCALARS)), plain_values())
        often = 12 if field.is_required() else 1
        parts[name] = st.one_of(
            *[right] * (often + 1), st.just(_ABSENT) if often == 1 else odd, odd if often == 1 else right
        )
    extra = st.dictionaries(
        st.sampled_from(("titel", "<<", "", "1", "save_as", "template", "a: b", "\x00")), st.just("x"), max_size=1
    )
    most = st.fixed_dictionaries(parts).map(
        lambda group: {key: value for key, value in group.items() if value is not _ABSENT}
    )
    return st.one_of(most, most, most, st.tuples(most, extra).map(lambda both: both[0] | both[1]))


_ABSENT = object()


def _value_of(annotation: Any, example: str) -> st.SearchStrategy[Any]:
    """What fits a kind of value: the table's own example, or parts of it made anew."""
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return groups(annotation)
    nested = [one for one in _inner_types(annotation) if isinstance(one, type) and issubclass(one, Fields)]
    if "tuple" in str(annotation):
        if nested:
            return st.lists(groups(nested[0]), max_size=3)
        return st.just(yaml.load(example, yaml.BaseLoader))
    if nested:
        return groups(nested[0])
    text = yaml.load(example, yaml.BaseLoader)
    longer = st.sampled_from(HOSTILE_TEXTS).map(lambda odd: f"{text} {odd}"[:150])
    return (
        st.one_of(st.just(text), st.just(text), longer)
        if annotation is str or str in get_args(annotation)
        else st.just(text)
    )


def _inner_types(annotation: Any) -> list[Any]:
    """An annotation and every type inside it."""
    return [annotation, *(inner for part in get_args(annotation) for inner in _inner_types(part))]


@st.composite
def _spoil_texts(draw: st.DrawFn, values: dict[str, Any], table: type[Fields]) -> dict[str, Any]:
    """Free texts with something hostile behind; what is no free text stays."""
    spoiled: dict[str, Any] = {}
    for name, value in values.items():
        field = table.model_fields[name]
        nested = [one for one in _inner_types(field.annotation) if isinstance(one, type) and issubclass(one, Fields)]
        most = next((bound for one in field.metadata if (bound := getattr(one, "max_length", None))), 0)
        if isinstance(value, dict):
            spoiled[name] = draw(_spoil_texts(value, nested[0]))
        elif isinstance(value, list) and nested and all(isinstance(one, dict) for one in value):
            spoiled[name] = [draw(_spoil_texts(one, nested[0])) for one in value]
        elif isinstance(value, str) and most and len(value) < most - 12 and _is_free(field):
            odd = draw(st.sampled_from(("", "", *(text for text in HOSTILE_TEXTS if not REFUSED.search(text)))))
            spoiled[name] = f"{value} {odd}".strip()[:most]
        else:
            spoiled[name] = value
    return spoiled


def _is_free(field: FieldInfo) -> bool:
    """A text of which only the length is bounded."""
    return field.annotation in (str, str | None) and not any(
        isinstance(one, AfterValidator | InVocabulary) for one in field.metadata
    )


@st.composite
def _write_values(draw: st.DrawFn, values: Any) -> str:
    """YAML in one of the styles that people and programs write."""
    quote = draw(st.sampled_from((None, None, '"', "'")))
    return str(yaml.dump(values, allow_unicode=True, sort_keys=False, default_style=quote, width=1000))


@st.composite
def _damaged(draw: st.DrawFn, text: str) -> str:
    """Lines cut, doubled, moved, and pieces of YAML or Markdown put in anywhere."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        what = draw(st.sampled_from(("cut", "double", "swap", "insert", "indent")))
        if what == "cut" and len(lines) > 1:
            del lines[at]
        elif what == "double":
            lines.insert(other, lines[at])
        elif what == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif what == "indent":
            lines[at] = draw(st.sampled_from((" ", "\t", "- ", "? ", "# "))) + lines[at]
        else:
            where = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:where] + draw(st.sampled_from(YAML_PIECES + MARKDOWN_PIECES)) + lines[at][where:]
    return "\n".join(lines)


@st.composite
def damaged_bytes(draw: st.DrawFn, originals: tuple[bytes, ...]) -> bytes:
    """One of some files with bytes changed, cut out, put in, or a part of another behind."""
    data = bytearray(draw(st.sampled_from(originals)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        what = draw(st.sampled_from(("change", "cut", "insert", "end", "repeat", "join")))
        if what == "change" and data:
            data[at] = draw(st.integers(0, 255))
        elif what == "cut":
            del data[at : at + draw(st.integers(1, 50))]
        elif what == "insert":
            data[at:at] = draw(st.binary(max_size=12))
        elif what == "end":
            del data[at:]
        elif what == "repeat":
            data[at:at] = data[at : at + draw(st.integers(1, 200))]
        else:
            data += draw(st.sampled_from(originals))
    return bytes(data)
