"""A content folder in which every field of the model's table holds a hostile text, made from the table itself.

In: a text. Out: values for a table of expo/fields.py, or a whole folder that passes `check`: one exhibit for each text,
with replies, English, pictures, a collection, pages and vocabularies. A field that takes the text gets it, whatever it
is for; one that refuses it gets its own example. So a new field is tried as soon as it is in the table. FITTING holds
what ties records together: numbers, slugs, sources.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

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
    Says,
    StopFields,
    TermFields,
)
from expo.prose import render_prose
from tests.conftest import build_once
from tests.test_pictures import PDF, draw, encode

PROJECT = Path(__file__).resolve().parent.parent
SITE_URL = "https://expo.example/sub"
MARK = "zzqx"  # stands in every hostile text, and nowhere else
# Control characters are not among them: the check refuses them (test_read.py).
# Like the hostile ones without a Vietnamese letter: on English pages those have another element.
HARMLESS = f"chu thuong {MARK}"
HOSTILE = (
    f"<script>window.{MARK}=1</script>",
    f"</script><script src=//{MARK}.example></script>",
    f"</title></textarea></style></noscript><img src=x onerror={MARK}()>",
    f'" onmouseover="{MARK}()" style="x:{MARK}',
    f"' autofocus onfocus='{MARK}()",
    f"` onclick={MARK}() `x",
    f"<svg/onload={MARK}()><math><mi//xlink:href='data:x'>",
    f"<!-- {MARK} --> <![CDATA[ {MARK} ]]> ]]> --!> <?xml?>",
    f"<iframe srcdoc='&lt;script&gt;{MARK}()'><base href=//{MARK}.example>",
    f"javascript:{MARK}()",
    f"data:text/html,<script>{MARK}()</script>",
    f"//{MARK}.example/x",
    f"{{{{7*7}}}}{{% {MARK} %}} %}} }}}} {{# #}}",
    f"${{7*7}} #{{7*7}} <%= {MARK} %> %({MARK})s {{{MARK}}} %s %",
    f'=HYPERLINK("//{MARK}","x")',
    *(f"{sign}cmd|' /C {MARK}'!A0" for sign in "+-@"),
    f"&lt;script&gt;{MARK}()&lt;/script&gt; &#60;b&#62; &amp;lt;i&gt;",
    f"{MARK}\u202eabc\u2066d\u200be\ufefff\u00adg",
    f"{MARK}\u2028a\u2029b\u0085c\ufffed\uffffe",
    f"{MARK}\r\nSet-Cookie: a=b\r\n\r\n<b>\tc",
    f"[{MARK}](javascript:{MARK}()) ![z](//{MARK}.example/x.png) [^{MARK}]",
    f"\\u003cscript\\u003e{MARK}()\\x3c/script\\x3e \\",
    f"__proto__ constructor {MARK}",
    f"../../../{MARK}/%2e%2e/\\..\\{MARK}",
)  # fmt: skip
# The classes of the OWASP page on filter evasion, as bodies, apart by "%%"; some are links and pictures of Markdown.
OWASP = tuple((PROJECT / "tests/data/hostile/owasp.md").read_text("utf-8").removesuffix("\n").split("\n%%\n"))
# By these Pelican would publish a file that lies beside the content, also from within a title.
PLACEHOLDERS = (
    """<a href="{attach}/../secret.txt">, <img src='{static}../../secret.txt'>, """
    """[x](../ "a href='{static}/../secret.txt'")"""
)
PADDING = " va them may chu cho du dai"

# Values that must agree between records; by table and field. They get the number of the exhibit.
FITTING: dict[str, Callable[[int], Any]] = {
    "InitiativeFields.id": lambda number: f"SK-{number:04d}",
    "InitiativeFields.former_slugs": lambda number: [f"cu-{number}"],
    "InitiativeFields.province": lambda _: ["thua-thien-hue"],
    "InitiativeFields.adapted_from": lambda number: ["SK-0001"] if number > 1 else [],
    "InitiativeFields.related": lambda number: ["SK-0002"] if number > 2 else [],
    "InitiativeFields.draft": lambda _: "false",
    "InitiativeFields.started": lambda _: "2019-07",
    "ReplyFields.province": lambda _: "hue",
    "ReplyFields.initiative": lambda number: f"SK-{number:04d}",
    "ReplyFields.verdict": lambda _: "results",  # as office and proposer have one name
    "StopFields.initiative": lambda number: f"SK-{number:04d}",
    "RetiredFields.id": lambda number: f"SK-{9000 + number}",
    "RetiredFields.slug": lambda number: f"bo-{number}",
    "RetiredFields.merged_into": lambda _: None,
    "PageFields.slug": lambda number: f"trang-{number}",
}


@dataclass
class Filler:
    """Fills tables with a text; notes which fields took it."""

    text: str
    number: int = 1
    took: set[str] = field(default_factory=set)

    def fill(self, table: type[Fields]) -> dict[str, Any]:
        """A value for every field of a table."""
        return {name: self.value_of(table, name) for name in table.model_fields}

    def value_of(self, table: type[Fields], name: str) -> Any:
        """The text where the field takes it; groups and lists of groups filled likewise; else the field's example."""
        where = f"{table.__name__}.{name}"
        if where in FITTING:
            return FITTING[where](self.number)
        found = table.model_fields[name]
        is_list = get_origin(found.annotation) is tuple
        if nested := nested_table(found.annotation):
            if nested is StopFields:
                return [Filler(self.text, number, self.took).fill(StopFields) for number in (1, 2, 3)]
            return [self.fill(nested)] if is_list else self.fill(nested)
        for text in variants(self.text):
            value = [text, text + "2"] if table is SameWordsFields else [text] if is_list else text
            if takes(table, name, value):
                self.took.add(where)
                return value
        return example(found)


def variants(text: str) -> tuple[str, ...]:
    """The text, longer and shorter, for fields with bounds."""
    return (text, text + PADDING * 2, text[:60], text[:40])


def nested_table(annotation: Any) -> type[Fields] | None:
    """The table within a field's type, if it is one of groups."""
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return annotation
    if get_origin(annotation) in (tuple, Union, UnionType, Annotated):
        return next((found for part in get_args(annotation) if (found := nested_table(part))), None)
    return None


@cache
def adapter(table: type[Fields], name: str) -> TypeAdapter[Any]:
    """What checks one field."""
    found = table.model_fields[name]
    return TypeAdapter(Annotated[found.annotation, *found.metadata])


def takes(table: type[Fields], name: str, value: Any) -> bool:
    """Whether a field takes a value."""
    try:
        adapter(table, name).validate_python(value, context={"vocabularies": {}})
    except ValidationError:
        return False
    return True


def example(found: FieldInfo) -> Any:
    """The example of the table, as a file would have it."""
    (says,) = (one for one in found.metadata if isinstance(one, Says))
    value = yaml.load(says.example, Loader=yaml.BaseLoader)
    return None if value == "null" else value


def leaf_fields(table: type[Fields]) -> Iterator[tuple[type[Fields], str]]:
    """Every field that is no group, with the table it stands in."""
    for name, found in table.model_fields.items():
        nested = nested_table(found.annotation)
        if nested:
            yield from leaf_fields(nested)
        else:
            yield table, name


TABLES = (
    InitiativeFields, EnglishFields, ReplyFields, CollectionFields, PageFields, RetiredFields, TermFields,
    AbbreviationFields, SameWordsFields,
)  # fmt: skip


def front_matter(values: Any) -> str:
    """YAML in which every text is quoted, its odd characters written as escapes."""
    return json.dumps(values, indent=1)  # which YAML is a superset of


def make_content(folder: Path, texts: tuple[str, ...], bodies: tuple[str, ...] = ()) -> set[str]:
    """Write the folder; returns the fields that took a text. `bodies` are further bodies, an exhibit each."""
    took: set[str] = set()
    sources = Filler(HARMLESS).fill(InitiativeFields)["sources"]
    keys = [source["key"] for source in sources]
    everything = [*((text, text) for text in texts), *((HARMLESS, body) for body in bodies)]
    for number, (text, body) in enumerate(everything, 1):
        safe_body = body if not render_prose(body).refused and "[^" not in body else HARMLESS
        written = (
            f"## {safe_body}\n\n{safe_body}\n\n- {safe_body}[^{keys[0]}]\n\n| a | b |\n|---|---|\n| x | {safe_body} |\n"
        )
        if body is not text:
            written = safe_body + "\n"
        _make_exhibit(folder, Filler(text, number, took), written)
    last = Filler(texts[0], 1, took)
    write(folder / "collections/bo-xau.md", f"---\n{front_matter(last.fill(CollectionFields))}\n---\n\n{HARMLESS}\n")
    write(folder / "retired.yaml", front_matter([last.fill(RetiredFields)]))
    for number, text in enumerate(texts, 1):
        values = Filler(text, number, took).fill(PageFields)
        lines = [f"{name}: {' '.join(str(value).splitlines())}" for name, value in values.items() if value]
        write(folder / f"pages/trang-{number}.md", "\n".join(lines) + f"\n\n{HARMLESS} {PLACEHOLDERS}\n")
    write(folder.parent / "secret.txt", MARK)
    _make_vocabularies(folder / "vocabularies", texts, took)
    return took


def build_from(factory: pytest.TempPathFactory, name: str, texts: tuple[str, ...], bodies: tuple[str, ...]) -> Path:
    """A site of such content, built once for all test processes together."""

    def make_arguments(folder: Path) -> list[str]:
        make_content(folder / "content", texts, bodies)
        return ["--content", str(folder / "content"), "--site-url", SITE_URL]

    return build_once(factory, name, make_arguments)


def build_hostile_site(factory: pytest.TempPathFactory) -> Path:
    """An exhibit for each hostile text, in all its fields, and one for each body of the OWASP classes."""
    return build_from(factory, "hostile-site", HOSTILE, OWASP)


def _make_exhibit(folder: Path, filler: Filler, body: str) -> None:
    slug = f"xau-{filler.number}"
    write(folder / f"initiatives/{slug}.md", f"---\n{front_matter(filler.fill(InitiativeFields))}\n---\n\n{body}")
    write(folder / f"initiatives/{slug}.en.md", f"---\n{front_matter(filler.fill(EnglishFields))}\n---\n\n{body}")
    reply = filler.fill(ReplyFields)
    for source in reply["sources"]:
        source["key"] = "rieng"
    write(folder / f"replies/{slug}/2021-04-ubnd.md", f"---\n{front_matter(reply)}\n---\n\n{body}")
    write(folder / f"replies/{slug}/2021-04-ubnd.en.md", body)
    beside = folder / f"initiatives/{slug}"
    beside.mkdir(exist_ok=True)
    for name in {*_file_names(filler.fill(InitiativeFields)), *_file_names(reply)}:
        is_scan = name.endswith(".pdf")
        (beside / name).write_bytes(PDF if is_scan else encode(draw(), "PNG" if name.endswith(".png") else "JPEG"))


def _file_names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inside in value.items():
            if name in ("file", "scan") and isinstance(inside, str):
                yield inside
            yield from _file_names(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _file_names(inside)


def _make_vocabularies(folder: Path, texts: tuple[str, ...], took: set[str]) -> None:
    for path in sorted((PROJECT / "content/vocabularies").glob("*.yaml")):
        if path.stem == "abbreviations":
            made: list[Any] = [Filler(text, 1, took).fill(AbbreviationFields) for text in texts[:1]]
        elif path.stem == "same-words":
            made = [Filler(texts[0], 1, took).fill(SameWordsFields)]
        else:
            slugs = [one["slug"] for one in yaml.safe_load(path.read_text("utf-8"))]
            pairs = zip(slugs, texts * len(slugs), strict=False)
            made = [{**Filler(text, 1, took).fill(TermFields), "slug": slug} for slug, text in pairs]
        write(folder / path.name, front_matter(made))


def write(path: Path, text: str) -> None:
    """A file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")
