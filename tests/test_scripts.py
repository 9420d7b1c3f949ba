"""Scripts: the modules of an entry become one file that a browser runs as it would have run them apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from expo.render.scripts import (
    FETCHED_BY,
    Module,
    ScriptMistake,
    ScriptsClash,
    find_modules,
    join_scripts,
    read_module,
)

COMMENT = re.compile(r"/\*.*?\*/|(?:^|(?<=\s))//\s.*?$", re.DOTALL | re.MULTILINE)
TEMPLATE = re.compile(r"`[^`\n]*`")
EXPRESSION = re.compile(r"(?:(?<=[=,:?&|] )|(?<=[(\[]))/(?![/*\s])[^\n]+?/[a-z]*(?=[;,)\]. ])")

HANDING = re.compile(r"^(?:globalThis\.expo=\{[\w,]+\};|const\{[\w,]+\}=globalThis\.expo;)\n", re.MULTILINE)

WriteModules = Callable[..., Path]


@pytest.fixture
def write_modules(tmp_path: Path) -> WriteModules:
    """Returns a function that writes modules, given as path = text, and gives their folder."""

    def write(modules: dict[str, str]) -> Path:
        for path, text in modules.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        return tmp_path

    return write


@pytest.fixture(scope="module")
def scripts(project: Path) -> Path:
    """The scripts of the theme."""
    return project / "theme" / "static" / "js"


def test_modules_stand_once_and_before_those_that_use_them(write_modules: WriteModules) -> None:
    """In the order in which a browser runs them; each ends in a semicolon, so that no statement runs into the next."""
    folder = write_modules(
        {
            "a.js": '/* Why.\n   import { x } from "./nowhere.js"; */\n\nimport { c } from "./parts/c.js"; // first\n'
            'import {\n  b,\n} from "./parts/b.js";\n\n[b, c].forEach((one) => one());\n',
            "parts/b.js": '// reason\nimport { c } from "./c.js";\nexport const b = () => c`x  ${c} // y`\n',
            "parts/c.js": "/** Says it. */\nexport function c() {\n  return /[\"' ]  +/.test(name); // why\n}\n",
            "parts/alone.js": "export default 1;\n",
        }
    )
    assert join_scripts(folder) == {
        "a.js": "function c(){return/[\"' ]  +/.test(name);};\n"
        "const b=()=>c`x  ${c} // y`;\n"
        "[b,c].forEach((one)=>one());"
    }


def test_what_two_entries_share_is_in_both(write_modules: WriteModules) -> None:
    """A page may load both; neither sees the names of the other."""
    part = "export const shared = 1;\n"
    folder = write_modules(
        {
            "a.js": 'import { shared } from "./c.js";\nconst own = shared;\n',
            "b.js": 'import { shared } from "./c.js";\nlet own, other;\n',
            "c.js": part,
        }
    )
    assert join_scripts(folder) == {
        "a.js": "const shared=1;\nconst own=shared;",
        "b.js": "const shared=1;\nlet own,other;",
        "c.js": "const shared=1;",
    }


def test_an_entry_that_another_fetches_takes_from_it_what_both_need(write_modules: WriteModules) -> None:
    """It has only what the first lacks; names are handed over before the first one runs."""
    folder = write_modules(
        {
            "catalogue.js": 'import { one, two } from "./parts/c.js";\none(two);\n',
            "extras.js": 'import { two } from "./parts/c.js";\nimport { three } from "./parts/d.js";\nthree(two);\n',
            "parts/c.js": "export const one = print;\nexport const two = 2;\n",
            "parts/d.js": "export const three = print;\n",
        }
    )
    assert join_scripts(folder) == {
        "catalogue.js": "const one=print;const two=2;\nglobalThis.expo={two};\none(two);",
        "extras.js": "const{two}=globalThis.expo;\nconst three=print;\nthree(two);",
    }


@pytest.mark.parametrize(
    "declaration",
    ["let other, find;", "const find = 1;", "async function find() {}", "class find {}", "function* find() {}"],
)
def test_two_modules_of_a_file_must_not_declare_one_name(write_modules: WriteModules, declaration: str) -> None:
    """The mistake names both files and the name."""
    folder = write_modules(
        {"a.js": f'import {{ b }} from "./b.js";\n{declaration}\n', "b.js": "const find = 1;\nexport function b() {}\n"}
    )
    with pytest.raises(ScriptsClash) as mistake:
        join_scripts(folder)
    assert str(mistake.value) == 'js/b.js and js/a.js both declare "find"; rename one, as they share a file'


def test_names_inside_functions_may_be_the_same(write_modules: WriteModules) -> None:
    """What is indented has a scope of its own."""
    folder = write_modules(
        {"a.js": 'import { b } from "./b.js";\nconst c = 1;\n', "b.js": "export function b() {\n  const c = 2;\n}\n"}
    )
    assert join_scripts(folder)["a.js"] == "function b(){const c=2;};\nconst c=1;"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('import { b as c } from "./b.js";', 'js/a.js:1: "b as c": imports keep their names in a joined file'),
        ('\nimport { b } from "./c.js";', 'js/a.js:2: "./c.js" is not a file of the theme\'s scripts'),
        ('import { b } from "../a.js";', 'js/a.js:1: "../a.js" is not a file of the theme\'s scripts'),
        ('import { b } from "b.js";', 'js/a.js:1: "b.js" is not a file of the theme\'s scripts'),
        ('import { b, c, d } from "./b.js";', "js/a.js: imports c, d, which js/b.js does not export"),
        ('import { a } from "./a.js";', "modules import each other in a circle: a.js → a.js"),
        ('import { d } from "./d.js";', "modules import each other in a circle: d.js → e.js → d.js"),
        ('import b from "./b.js";', 'js/a.js:1: imports come first, each as: import { name } from "./file.js";'),
        (
            'const c = 1;\nimport { b } from "./b.js";',
            'js/a.js:2: imports come first, each as: import { name } from "./file.js";',
        ),
        ('const b = await import("./b.js");', "js/a.js:1: import(…) and import.meta mean nothing in a joined file"),
        ("const b = import.meta.url;", "js/a.js:1: import(…) and import.meta mean nothing in a joined file"),
        ("const a = 1;\nexport default a;", "js/a.js:2: HOW"),
        ("const a = 1;\nexport { a };", "js/a.js:2: HOW"),
        ('export * from "./b.js";', "js/a.js:1: HOW"),
        ("const { a } = b;", "js/a.js:1: HOW"),
        ("var a = 1;", "js/a.js:1: HOW"),
        ("const a = `\n`;", "js/a.js:1: a template literal must end on its line"),
        ("a = `x` + `y${b ? `  -  ` : 0}`;", "js/a.js:1: a template literal must not hold another; name the inner one"),
        ("a = () => /'  b/;", "js/a.js:1: a regular expression right after => is not understood; name it"),
    ],
)
def test_what_would_be_joined_wrongly_is_refused(write_modules: WriteModules, text: str, message: str) -> None:
    """Each mistake is told with its file and line before anything is written."""
    folder = write_modules(
        {
            "a.js": text + "\n",
            "b.js": "export const b = 1;\n",
            "d.js": 'import { e } from "./e.js";\nexport const d = 1;\n',
            "e.js": 'import { d } from "./d.js";\nexport const e = 1;\n',
        }
    )
    with pytest.raises(ScriptMistake) as mistake:
        find_modules(folder, "a.js")
    how = "write [export ]function|class name, [export ]const|let name = …, or let a, b;"
    assert str(mistake.value) == message.replace("HOW", how)


def read_theme(scripts: Path) -> dict[str, list[Module]]:
    """The modules of every entry of the theme."""
    return {path.name: find_modules(scripts, path.name) for path in sorted(scripts.glob("*.js"))}


def test_every_module_of_the_theme_stands_in_its_file_in_order(scripts: Path) -> None:
    """From the first byte to the last, a file is the texts of its modules, and the handing over of names."""
    joined = join_scripts(scripts)
    assert {"catalogue.js", "extras.js", "page.js"} <= set(joined)
    for entry, modules in read_theme(scripts).items():
        rest = HANDING.sub("", joined[entry])
        first = FETCHED_BY.get(entry)
        elsewhere = {module.path for module in find_modules(scripts, first)} if first else set()
        for module in modules:
            assert module.text
            if module.path in elsewhere:
                assert module.text not in rest
                continue
            assert rest.startswith(module.text), (entry, module.path)
            rest = rest[len(module.text) :].removeprefix("\n")
        assert rest == ""


def test_literals_of_the_theme_stay_as_written(scripts: Path) -> None:
    """Template literals and regular expressions keep every blank."""
    found = 0
    for path in sorted(scripts.rglob("*.js")):
        source = COMMENT.sub("", path.read_text("utf-8"))
        text = read_module(scripts, path.relative_to(scripts).as_posix()).text
        literals = TEMPLATE.findall(source) + EXPRESSION.findall(source)
        assert [literal for literal in literals if literal not in text] == [], path.name
        found += len(literals)
    assert found > 0


@pytest.mark.browser
def test_a_page_asks_for_one_file_an_entry(page: Page, built_site: Path, serve_folder: Callable[..., str]) -> None:
    """A query runs on one script and the extras that follow, without an error; no module is asked for by itself."""
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "script" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(serve_folder(built_site) + "sang-kien/?q=rac")
    page.wait_for_selector("#wall mark")
    page.wait_for_load_state("networkidle")
    names = sorted(re.sub(r"^.*/(\w+)-[0-9a-f]{10}\.js$", r"\1", address) for address in asked)
    assert (names, errors) == (["catalogue", "extras"], [])


@pytest.mark.browser
def test_a_browser_understands_every_file(page: Page, built_site: Path, serve_folder: Callable[..., str]) -> None:
    """A name declared twice or a statement cut in two is a syntax error. (Scripts of other pages may miss elements.)"""
    base = serve_folder(built_site)
    page.goto(base + "sang-kien/")
    files = [path.relative_to(built_site).as_posix() for path in sorted(built_site.glob("assets/*.js"))]
    assert files
    kinds = page.evaluate(
        "(addresses) => Promise.all(addresses.map((one) => import(one).then(() => '', (error) => error.name)))",
        [base + file for file in files],
    )
    assert [file for file, kind in zip(files, kinds, strict=True) if kind == "SyntaxError"] == []


def takes_from_outside(text: str, name: str) -> bool:
    """True where a minified text uses a name that it seems not to declare, neither as a variable nor as a parameter."""
    used = rf"(?<![\w$.#\"'])(?<!\.\.\.){name}(?![\w$\"':])"
    declared = rf"(?:const|let|function) {name}\b|[(,{{\[]{name}\b[^()]*\)(?:=>|{{)|\b{name}=>"
    return bool(re.search(used, text)) and not re.search(declared, text)


@pytest.mark.browser
def test_no_module_hides_what_another_takes_from_the_browser(page: Page, scripts: Path) -> None:
    """In one scope, a function `print` of ours would be called where window.print is meant."""
    hidden = []
    for modules in read_theme(scripts).values():
        names = sorted({name for module in modules for name in module.declared})
        names_of_window = set(page.evaluate("(names) => names.filter((name) => name in window)", names))
        for module in modules:
            foreign = names_of_window - module.declared.union(*module.imports.values())
            hidden += [(module.path, name) for name in sorted(foreign) if takes_from_outside(module.text, name)]
    assert hidden == []
