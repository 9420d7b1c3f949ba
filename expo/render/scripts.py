"""ES modules → one module for each entry script, so that a page asks for one file instead of a chain of imports.

In: theme/static/js. Out: a text for each entry, a file directly in that folder: all that it imports, each module once
and before those that use it, in one scope. An entry that another one fetches while it runs (FETCHED_BY) has only the
modules that the other lacks, and takes the names of the rest from it by `globalThis.expo`. `import` and `export` go
out, rjsmin takes comments and blanks; nothing is renamed, so top-level names must differ. No parser: it reads lines,
and refuses what it knows that it or rjsmin would get wrong. The grammar that our modules keep to:
- a comment of several lines begins a line; imports come first, each `import { a, b } from "./file.js";`, broken or not;
- top level is not indented, all else is; names there are
  `[export ]function|class a`, `[export ]const|let a = …`, `let a, b;`;
- a template literal ends on its line and holds no other; no regular expression comes right after `=>`.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

import rjsmin  # type: ignore[import-untyped]

BLOCK_COMMENT = re.compile(r"^[ \t]*/\*.*?\*/", re.MULTILINE | re.DOTALL)
IMPORT = re.compile(r'\s*(?://.*\n\s*)*import\s*\{([^{}]*)\}\s*from\s*"([^"\n]+)";')
DECLARATION = re.compile(
    r"(?P<export>export )?"
    r"(?:(?:async )?(?:function\*?|class) |(?:const|let) (?=[\w$, ]+[=;]))"
    r"(?P<names>[\w$]+(?:, [\w$]+)*)"
)
DECLARES = re.compile(r"(?:async function|function|class|const|let|var|export)\b")
REFUSED = (
    (re.compile(r"\s*import\b(?!\s*[.(])"), 'imports come first, each as: import { name } from "./file.js";'),
    (re.compile(r".*(?<![\w$.])import\s*[.(]"), "import(…) and import.meta mean nothing in a joined file"),
    (re.compile(r"[^`]*`(?:[^`]*`[^`]*`)*[^`]*$"), "a template literal must end on its line"),
    (
        re.compile(r"[^`]*(?:`[^`]*`[^`]*)*`[^`]*\$\{[^`}]*`"),
        "a template literal must not hold another; name the inner one",
    ),
    (re.compile(r".*=>\s*/(?![/*])"), "a regular expression right after => is not understood; name it"),
)
FETCHED_BY = {"extras.js": "catalogue.js"}
HOW_TO_DECLARE = "write [export ]function|class name, [export ]const|let name = …, or let a, b;"


class ScriptMistake(Exception):
    """A module of the theme cannot be joined: our own mistake, never the content's."""


class ScriptsClash(ScriptMistake):
    """Two modules of one file declare the same name."""


@dataclass(frozen=True)
class Module:
    """A module read: what it takes from which other modules, what it declares at top level, and its text, minified."""

    path: str  # "search/text.js"
    imports: dict[str, tuple[str, ...]]  # path → names
    declared: frozenset[str]
    exported: frozenset[str]
    text: str


def join_scripts(folder: Path) -> dict[str, str]:
    """{"catalogue.js": text, …}. Raises ScriptMistake, naming file and line."""
    known: dict[str, Module] = {}
    entries = {path.name: find_modules(folder, path.name, known) for path in sorted(folder.glob("*.js"))}
    joined = {name: join_modules(modules) for name, modules in entries.items()}
    for later, first in FETCHED_BY.items():
        if later in entries and first in entries:
            joined[first], joined[later] = share_modules(entries[first], entries[later])
    return joined


def share_modules(first: list[Module], later: list[Module]) -> tuple[str, str]:
    """The texts of two entries of which the first fetches the other: what both import stands in the first alone.

    It hands the names over before its own last module, the entry itself, begins to run.
    """
    shared = {module.path for module in first}
    own = [module for module in later if module.path not in shared]
    names = {name for module in own for path, wanted in module.imports.items() if path in shared for name in wanted}
    listed = ",".join(sorted(names))
    handing = f"globalThis.expo={{{listed}}};"
    return (
        "\n".join([join_modules(first[:-1]), handing, first[-1].text]),
        "\n".join([f"const{{{listed}}}=globalThis.expo;", join_modules(own)]),
    )


def join_modules(modules: list[Module]) -> str:
    """The text of modules in order. Raises ScriptsClash."""
    owners: dict[str, str] = {}
    for module in modules:
        for name in sorted(module.declared):
            if name in owners:
                raise ScriptsClash(
                    f'js/{owners[name]} and js/{module.path} both declare "{name}"; rename one, as they share a file'
                )
            owners[name] = module.path
    return "\n".join(module.text for module in modules if module.text)


def find_modules(folder: Path, entry: str, known: dict[str, Module] | None = None) -> list[Module]:
    """An entry and all that it imports, in the order in which a browser runs them. What is read goes to `known`."""
    known = {} if known is None else known
    ordered: dict[str, Module] = {}

    def visit(path: str, way: tuple[str, ...]) -> None:
        if path in way:
            raise ScriptMistake("modules import each other in a circle: " + " → ".join([*way[way.index(path) :], path]))
        if path in ordered:
            return
        module = known[path] if path in known else known.setdefault(path, read_module(folder, path))
        for other, names in module.imports.items():
            visit(other, (*way, path))
            if missing := sorted(set(names) - ordered[other].exported):
                raise ScriptMistake(f"js/{path}: imports {', '.join(missing)}, which js/{other} does not export")
        ordered[path] = module

    visit(entry, ())
    return list(ordered.values())


def read_module(folder: Path, path: str) -> Module:
    """Read one module. Raises ScriptMistake where it is not written as this joiner understands."""
    source = (folder / path).read_text("utf-8")
    text = BLOCK_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source)
    imports: dict[str, tuple[str, ...]] = {}
    start = 0
    while found := IMPORT.match(text, start):
        start = found.end()
        line = text.count("\n", 0, start) + 1
        names = tuple(name.strip() for name in found[1].split(",") if name.strip())
        if renamed := [name for name in names if not re.fullmatch(r"[\w$]+", name)]:
            raise ScriptMistake(f'js/{path}:{line}: "{renamed[0]}": imports keep their names in a joined file')
        other = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[2]))
        if not found[2].startswith(("./", "../")) or other.startswith("../") or not (folder / other).is_file():
            raise ScriptMistake(f'js/{path}:{line}: "{found[2]}" is not a file of the theme\'s scripts')
        imports[other] = imports.get(other, ()) + names
    declared, exported = _read_declarations(path, text, start)
    return Module(path, imports, frozenset(declared), frozenset(exported), _minify(text[start:]))


def _read_declarations(path: str, text: str, start: int) -> tuple[set[str], set[str]]:
    """Names that the lines after the imports declare at top level, and those of them that are exported."""
    declared: set[str] = set()
    exported: set[str] = set()
    for number, line in enumerate(text[start:].split("\n"), text.count("\n", 0, start) + 1):
        if line.lstrip().startswith("//"):
            continue
        for pattern, reason in REFUSED:
            if pattern.match(line):
                raise ScriptMistake(f"js/{path}:{number}: {reason}")
        if found := DECLARATION.match(line):
            names = found["names"].split(", ")
            declared.update(names)
            exported.update(names if found["export"] else ())
        elif DECLARES.match(line):
            raise ScriptMistake(f"js/{path}:{number}: {HOW_TO_DECLARE}")
    return declared, exported


def _minify(text: str) -> str:
    """Without `export`, comments and spaces; ends in a semicolon, so that the next module begins a statement."""
    minified = str(rjsmin.jsmin(re.sub(r"^export ", "", text, flags=re.MULTILINE))).strip().rstrip(";")
    return minified and minified + ";"
