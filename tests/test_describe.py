"""What is made from the field table: the committed schemas and docs are fresh, and the schemas fit the content.

jsonschema judges, an implementation that is not ours. Values are read as editors read YAML: dates stay text.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from expo.describe.docs import describe_fields
from expo.describe.schemas import KINDS, EditorLoader, make_schemas
from expo.describe.tables import nested_table, says_of
from expo.fields import Fields, FigureFields, InitiativeFields, ReplyFields

PROJECT = Path(__file__).resolve().parent.parent
TERMS = {"themes": ("moi-truong", "y-te"), "stages": ("idea", "pilot"), "proposers": ("citizen",)}
TERMS |= {"aims": ("quan-tri-dien-tu",), "channels": ("zalo", "hotline"), "verdicts": ("accepted",)}


def made_files() -> dict[str, str]:
    """What tools/describe.py would write, by path."""
    spec = importlib.util.spec_from_file_location("describe_tool", PROJECT / "tools" / "describe.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    files = module.describe()
    assert isinstance(files, dict)
    return files


def without_terms(name: str, text: str) -> str:
    """A schema or page of docs with the words of vocabularies left out."""
    if not name.endswith(".json"):
        return re.sub(r"(`vocabularies/\w+\.yaml`): `[^`]*`(?:, `[^`]*`)*", r"\1", text)

    def leave_out(made: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in made.items() if not (key == "enum" and "x-vocabulary" in made)}

    return json.dumps(json.loads(text or "{}", object_hook=leave_out))


@pytest.mark.parametrize("name", sorted(made_files()))
def test_the_committed_file_is_what_the_table_says(name: str) -> None:
    """A change of the table goes with its schemas and docs. A new theme may come alone: organizers work in browsers."""
    path = PROJECT / name
    committed = path.read_text(encoding="utf-8") if path.is_file() else ""
    fresh = without_terms(name, committed) == without_terms(name, made_files()[name])
    assert fresh, f"{name} is stale; run: .venv/bin/python tools/describe.py (Windows: .venv\\Scripts\\python)"


def test_only_the_words_of_vocabularies_are_left_out_of_the_comparison() -> None:
    """Another theme changes nothing; another field, bound or word of the table's own does."""
    more = {**TERMS, "themes": (*TERMS["themes"], "van-hoa"), "stages": ("ended",)}
    few, many = make_schemas(TERMS), make_schemas(more)
    assert few["initiative"] != many["initiative"]
    assert without_terms("a.json", few["initiative"]) == without_terms("a.json", many["initiative"])
    for own in ('"submitted"', '"minLength"', '"x-vocabulary"'):
        assert own in without_terms("a.json", few["initiative"]), own
    for lang in ("vi", "en"):
        short, long = describe_fields(lang, TERMS), describe_fields(lang, more)
        assert short != long
        assert without_terms("a.md", short) == without_terms("a.md", long)
        assert "`submitted`, `compiled`" in without_terms("a.md", short)


def test_no_other_schema_is_committed() -> None:
    """A kind of file that is gone leaves no schema behind."""
    committed = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "schema").iterdir()}
    assert committed == {name for name in made_files() if name.startswith("schema/")}


def read_schema(kind: str) -> dict[str, Any]:
    """A committed schema."""
    schema = json.loads((PROJECT / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    assert isinstance(schema, dict)
    return schema


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_schema_is_good_draft_2020_12(kind: str) -> None:
    """The meta-schema has nothing against it."""
    Draft202012Validator.check_schema(read_schema(kind))


def content_values(kind: str) -> Iterator[tuple[Path, Any]]:
    """Every real file of a kind with its values as an editor sees them."""
    content = PROJECT / "content"
    if kind in ("vocabulary", "retired"):
        for path in content.glob("vocabularies/*.yaml" if kind == "vocabulary" else "retired.yaml"):
            yield path, yaml.load(path.read_text(encoding="utf-8"), Loader=EditorLoader)
        return
    patterns = {"reply": "replies/*/*.md", "collection": "collections/*.md"}
    for path in sorted(content.glob(patterns.get(kind, "initiatives/*.md"))):
        if path.name.endswith(".en.md") == (kind == "english"):
            front_matter = path.read_text(encoding="utf-8").split("\n---\n")[0].removeprefix("---\n")
            yield path, yaml.load(front_matter, Loader=EditorLoader)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_real_file_fits_its_schema(kind: str) -> None:
    """What `check` accepts an editor accepts too, once tools/describe.py has heard of a new theme."""
    judge = Draft202012Validator(json.loads(made_files()[f"schema/{kind}.schema.json"]))
    values = list(content_values(kind))
    assert values or kind == "retired"
    complaints = [
        f"{path.name}: {error.json_path}: {error.message}" for path, one in values for error in judge.iter_errors(one)
    ]
    assert complaints == []


def judge_of(kind: str) -> Draft202012Validator:
    """A validator with a few words only, so that these tests do not hang on the real vocabularies."""
    return Draft202012Validator(json.loads(make_schemas(TERMS)[kind]))


def initiative(**changes: object) -> dict[str, object]:
    """A small initiative as an editor sees it."""
    values: dict[str, object] = {"id": "SK-0001", "title": "Tên sáng kiến", "summary": "Hai câu giản dị. " * 3}
    values |= {"added": "2026-11-24", "province": ["hue"], "themes": ["y-te"], "stage": "pilot", "origin": "submitted"}
    return values | {"proposer": {"type": "citizen", "name": "Nhóm hộ"}} | changes


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"themes": "y-te"},
        {"themes": ["y-te", "moi-truong"]},
        {"title": 20212022},
        {"place": True},
        {"started": 2019},
        {"started": "7/2019"},
        {"started": None},
        {"submitted": "unknown"},
        {"aim": "unknown"},
        {"channels": None},
        {"former_slugs": [2021]},
        {"draft": True},
        {"draft": "true"},
        {"province": ["63:da-nang", "Tỉnh lạ"]},
    ],
)
def test_the_schema_takes_what_the_reader_takes(changes: dict[str, object]) -> None:
    """One value for a list, a number for a text, a blank for what is optional; provinces are any text."""
    assert [error.message for error in judge_of("initiative").iter_errors(initiative(**changes))] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "12"},
        {"id": None},
        {"title": "Tên"},
        {"summary": "Ngắn."},
        {"themes": []},
        {"themes": ["y-te", "moi-truong", "y-te", "y-te"]},
        {"themes": "khong-co"},
        {"stage": "pliot"},
        {"stage": None},
        {"added": "2026-11"},
        {"started": "hôm qua"},
        {"links": ["trang.vn"]},
        {"draft": "yes"},
        {"titel": "Tên sáng kiến"},
        {"proposer": "Nhóm hộ"},
        {"proposer": {"type": "citizen"}},
        {"figures": [{"label": "Tên"}]},
    ],
)
def test_the_schema_refuses_what_check_refuses(changes: dict[str, object]) -> None:
    """Each of these has its complaint at the field that is wrong."""
    field = next(iter(changes))
    complaints = list(judge_of("initiative").iter_errors(initiative(**changes)))
    assert [field in (error.json_path + error.message) for error in complaints] == [True]


def test_a_reply_cites_keys_or_sources_of_its_own() -> None:
    """Both forms, and one key without a list, are taken; a nameless source is not."""
    reply = {"initiative": "SK-0001", "office": "UBND xã", "province": "hue", "date": None}
    source = {"key": "bao", "title": "Bài báo", "address": None, "publisher": "Báo", "date": 2019, "kind": "press"}
    for sources in (["bao"], "bao", [source], ["bao", source]):
        assert judge_of("reply").is_valid(reply | {"sources": sources}), sources
    for sources in ([], [{"key": "bao"}], None, source):
        assert not judge_of("reply").is_valid(reply | {"sources": sources}), sources


def all_tables() -> list[type[Fields]]:
    """Every table and every group inside one."""
    tables = [table for tables, *_ in KINDS.values() for table in tables]
    for table in tables:
        tables += [one for field in table.model_fields.values() if (one := nested_table(field)) and one not in tables]
    return tables


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.__name__)
def test_every_field_has_its_label_in_both_languages_in_the_schema_and_fitting_examples(table: type[Fields]) -> None:
    """An example that the schema itself refuses would teach a mistake."""
    terms = {name: (*words, "gui-y-kien") for name, words in TERMS.items()}
    schemas = [json.loads(text) for text in make_schemas(terms).values()]
    schema = next(one for one in schemas if table.__name__ in one["$defs"])
    for name, field in table.model_fields.items():
        made, says = schema["$defs"][table.__name__]["properties"][name], says_of(field)
        assert (made["title"], made["x-title-en"]) == (says.vi, says.en)
        judge = Draft202012Validator({"$defs": schema["$defs"], **made})
        assert [error.message for one in made.get("examples", []) for error in judge.iter_errors(one)] == []


def test_the_docs_say_what_is_required_allowed_and_meant() -> None:
    """A row of each kind, whole, in both languages."""
    vietnamese, english = describe_fields("vi", TERMS), describe_fields("en", TERMS)
    assert "| `stage` | có | `vocabularies/stages.yaml`: `idea`, `pilot` | Giai đoạn | `stage: pilot` |" in vietnamese
    assert "| `figures` |  | a list of groups, see [figures](#group-figures), 0–60 items | Figures | " in english
    assert "| `submitted` |  | năm, tháng, ngày hoặc `unknown` | Ngày gửi." in vietnamese
    assert "| `as_of` | yes | a year, month, day or period, or `null` | As of." in english
    for table in (InitiativeFields, ReplyFields, FigureFields):
        for name in table.model_fields:
            assert f"| `{name}` |" in vietnamese
            assert f"| `{name}` |" in english
