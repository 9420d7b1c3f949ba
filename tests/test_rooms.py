"""The rooms of expo/ in the order in which data walks through them: each imports only rooms before it.

The order stands in ROOMS alone; docs/architecture.md tells it in words. Imports inside functions count too.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
EXPO = PROJECT / "expo"

# Shared by all, and importing each other only in this order.
SHARED = [
    "progress",
    "memory_use",
    "text",
    "names",
    "links",
    "dates",
    "problem_texts",
    "problems",
    "config",
    "field_types",
    "fields",
]
# As data walks. The model, the gazetteer and prose come before validate/, which makes records, resolves places and asks
# which links of a text are refused; inputs and the cache before validate/, search/ and render/, which keep in it what
# is dear to make, and the shares before render/, which draws by them.
ROOMS = [
    "describe",
    "model",
    "places",
    "read",
    "prose",
    "inputs",
    "cache",
    "validate",
    "enrich",
    "shares",
    "search",
    "render",
    "write",
    "budgets",
    "pipeline",
    "plugin",
    "cli",
]
ORDER = [*SHARED, *ROOMS]

# Engines that only one room may touch.
OWNERS = {
    "pelican": {"plugin"},
    "whoosh": {"search"},
    "jinja2": {"render", "plugin"},
    "markdown": {"prose"},
    "nh3": {"prose"},
    "click": {"cli"},
}


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(path for path in EXPO.rglob("*.py") if path != EXPO / "__init__.py")


def room_of(path: Path) -> str:
    """`read` for expo/read/documents.py, `dates` for expo/dates.py."""
    return path.relative_to(EXPO).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Every module that a module imports, at the top, inside functions, and for types only."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: write imports in full"
            found.add(str(node.module))
            found |= {f"{node.module}.{alias.name}" for alias in node.names if node.module == "expo"}
    return found


def rooms_used_by(path: Path) -> set[str]:
    """The rooms of the project that a module imports."""
    return {name.split(".")[1] for name in imports_of(path) if name.startswith("expo.")}


def test_every_room_has_its_place_in_the_order() -> None:
    """A new module is put into the list when it is made."""
    assert {room_of(path) for path in modules()} - set(ORDER) == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(EXPO).as_posix())
def test_a_room_imports_only_rooms_before_it(path: Path) -> None:
    """What comes later is not known yet; so every room can be read with only the ones before it in mind."""
    own = ORDER.index(room_of(path))
    later = {room for room in rooms_used_by(path) if ORDER.index(room) > own}
    assert later == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(EXPO).as_posix())
def test_an_engine_is_imported_only_where_it_is_owned(path: Path) -> None:
    """Pelican by the plugin, Whoosh by search, Click by the command line: each can be replaced in one place."""
    libraries = {name.split(".")[0] for name in imports_of(path)}
    assert {library for library in libraries & set(OWNERS) if room_of(path) not in OWNERS[library]} == set()


def test_the_door_imports_the_standard_library_and_the_command_line_only() -> None:
    """build.py runs before anything is installed."""
    names = {name.split(".")[0] for name in imports_of(PROJECT / "build.py")}
    assert names - set(sys.stdlib_module_names) == {"expo"}


def loaded_by(*arguments: str, **environment: str) -> set[str]:
    """The top-level modules in memory after a command, run in a process of its own."""
    program = (
        "import sys; from expo.cli import main; "
        f"code = main({list(arguments)!r}); "
        "print('|'.join(sorted({name.split('.')[0] for name in sys.modules})), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split("|"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["check", "--quiet"], {"pelican", "whoosh", "jinja2", "markdown", "nh3", "PIL", "rich", "babel"}),
        (["check", "--help"], {"pelican", "whoosh", "jinja2", "markdown", "nh3", "PIL", "rich", "babel"}),
        (["--help"], {"pelican", "whoosh", "jinja2", "markdown", "nh3", "PIL", "rich", "babel", "pydantic", "yaml"}),
        (["new", "--help"], {"pelican", "whoosh", "jinja2", "markdown", "nh3", "PIL", "rich", "babel"}),
        (["search", "--help"], {"pelican", "jinja2", "whoosh"}),
        (["search", "--quiet", "rác"], {"pelican", "jinja2"}),
    ],
)
def test_a_command_loads_only_what_it_uses(arguments: list[str], heavy: set[str]) -> None:
    """Checking content starts in a blink because no engine is loaded for it."""
    assert loaded_by(*arguments) & heavy == set()


@pytest.mark.slow
def test_a_check_after_an_edit_of_a_text_loads_no_engine(tmp_path: Path) -> None:
    """Neither YAML nor the table of fields: what they say of all front matter is remembered."""
    content = tmp_path / "content"
    shutil.copytree(PROJECT / "tests" / "data" / "small", content)
    (content / "retired.yaml").unlink()  # which is never remembered
    arguments = ("check", "--quiet", "--content", str(content))
    heavy = {"pydantic", "yaml", "rapidfuzz", "subprocess"}
    assert loaded_by(*arguments, EXPO_CACHE_DIR=str(tmp_path / "cache")) & heavy == {"pydantic", "yaml"}
    path = content / "initiatives" / "may-loc-nuoc-vi-du.md"
    path.write_text(path.read_text("utf-8") + "\nThêm một câu.\n", "utf-8")
    assert loaded_by(*arguments, EXPO_CACHE_DIR=str(tmp_path / "cache")) & heavy == set()
