"""The file that `new` writes: front matter with a comment over every field, the headings, a hint under each.

In: values of a front matter, the vocabularies. Out: the text, and the file on the disk: whole or not at all, never over
another. Comments are Vietnamese: they are for the people who write the content.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic.fields import FieldInfo

from expo.describe.tables import Terms, allowed_words, is_list, nested_table, says_of
from expo.fields import Fields, InitiativeFields
from expo.read.values import NULL_TEXTS
from expo.validate.marks import HINT_MARK

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*|https?://[^\s#\"'{}\[\],&*]+")

DRAFT_LINES = (
    "# Bản nháp: chưa hiện trên trang công bố. Viết xong thì xóa dòng draft này.",
    "draft: true",
)
OTHER_FIELDS = "# Các trường khác: bỏ dấu # ở đầu dòng để dùng. Giải thích: docs/truong-du-lieu.md"
SUBMITTED_ONLY = ("aim", "submitted", "endorsement")
NOT_OFFERED = ("former_slugs", "updated", "draft")  # for later, or there already

HEADINGS = (
    ("Vấn đề", "Chuyện gì làm khó người dân, ở đâu, từ bao giờ."),
    ("Giải pháp", "Ai làm gì, người dân dùng thế nào. Câu nào có số liệu hay sự việc thì dẫn nguồn."),
    ("Kết quả", "Kết quả đo được, kèm ngày; ghi cả điều chưa tốt."),
    ("Nhân rộng", "Nơi khác muốn làm theo thì cần gì: người, tiền, điều kiện."),
)
CITE_HINT = "Dẫn nguồn bằng cách viết khóa của nó ở cuối câu, như thế này[^{key}]"
HINT = f"*{HINT_MARK}: {{hint}})*"


def compose_text(values: Mapping[str, Any], terms: Terms) -> str:
    """The whole file."""
    lines = ["---", *_given_lines(InitiativeFields, values, terms, ""), *DRAFT_LINES, "", OTHER_FIELDS]
    lines += _offered_lines(values, terms)
    lines.append("---")
    for heading, hint in HEADINGS:
        lines += ["", f"## {heading}", "", HINT.format(hint=hint)]
    if values.get("sources"):
        lines += ["", HINT.format(hint=CITE_HINT.format(key=values["sources"][0]["key"]))]
    return "\n".join(lines) + "\n"


def _given_lines(table: type[Fields], values: Mapping[str, Any], terms: Terms, indent: str) -> Iterator[str]:
    """A comment and a line for every value that is there."""
    for name, field in table.model_fields.items():
        if name not in values:
            continue
        yield f"{indent}# {_explain(field, terms)}"
        inside, value = nested_table(field), values[name]
        if inside is None:
            yield f"{indent}{name}: {_yaml(value, field)}"
        elif isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _given_lines(inside, value, terms, indent + "  ")
        else:
            yield f"{indent}{name}:"
            for item in value:
                yield from _item_lines(_given_lines(inside, item, terms, ""), indent)


def _item_lines(lines: Iterator[str], indent: str) -> Iterator[str]:
    """Lines of a group as an item of a list: the dash stands before the first value, comments keep their place."""
    dash = "- "
    for line in lines:
        if line.startswith("#"):
            yield f"{indent}    {line}"
        else:
            yield f"{indent}  {dash}{line}"
            dash = "  "


def _explain(field: FieldInfo, terms: Terms) -> str:
    """Name, help and allowed words in one line."""
    says = says_of(field)
    text = f"{says.vi}. {says.help_vi}".strip()
    words = allowed_words(field, terms)
    if words and not any(word in says.help_vi for word in words[:2]):
        text += f" Dùng: {', '.join(words)}."
    return text


def _yaml(value: Any, field: FieldInfo) -> str:
    """A value as YAML: texts of people in quotes, words of the machine bare."""
    if value is None:
        return "null"
    if isinstance(value, list):
        return "[" + ", ".join(_quote(one, always=False) for one in value) + "]"
    return _quote(str(value), always=says_of(field).example.startswith('"'))


def _quote(text: str, *, always: bool) -> str:
    if not always and PLAIN.fullmatch(text) and text not in NULL_TEXTS:
        return text
    quoted = yaml.dump(text, Dumper=yaml.SafeDumper, default_style='"', allow_unicode=True, width=10**9)
    return str(quoted).rstrip("\n")


def _offered_lines(values: Mapping[str, Any], terms: Terms) -> Iterator[str]:
    """Fields that may be added, each as a comment that becomes right when its # is taken away."""
    passed_over = (*values, *NOT_OFFERED, *(SUBMITTED_ONLY if values.get("origin") == "compiled" else ()))
    for name, field in InitiativeFields.model_fields.items():
        if name in passed_over:
            continue
        inside, says = nested_table(field), says_of(field)
        if inside is None:
            yield f"# {name}: {says.example}  # {_explain(field, terms)}"
            continue
        yield f"# {name}:  # {_explain(field, terms)}"
        needed = [(key, one) for key, one in inside.model_fields.items() if one.is_required()]
        for number, (key, one) in enumerate(needed or list(inside.model_fields.items())):
            dash = ("  " if number else "- ") if is_list(field) else ""
            yield f"#   {dash}{key}: {says_of(one).example}  # {_explain(one, terms)}"


def place_file(text: str, target: Path) -> None:
    """Write a file whole. Raises FileExistsError rather than replace one, OSError if the disk will not have it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # Under a name that read/files.py passes over: a check or a preview at the same moment sees no half of a file.
    handle, name = tempfile.mkstemp(prefix=".#new-", dir=target.parent.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        try:
            os.link(temporary, target)  # unlike a rename it fails where a file is
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if target.exists():
                raise FileExistsError(target) from None
            temporary.replace(target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
