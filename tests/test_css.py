"""The style sheets as written: nothing in them that minifying would change, and no value outside the tokens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rcssmin  # type: ignore[import-untyped]

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SELECTORS = re.compile(r"[^{};]*(?=\{)")
PARTS_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]|\"[^\"]*\"")


def style_sheets(project: Path) -> list[Path]:
    """Every style sheet of the theme."""
    return sorted((project / "theme" / "static" / "css").rglob("*.css"))


def selectors_of(text: str) -> list[str]:
    """What stands before each opening brace, at-rules aside."""
    found = (match.strip() for match in SELECTORS.findall(COMMENT.sub("", text)))
    return [one for one in found if one and not one.startswith("@")]


def bare_pseudo_classes(text: str) -> list[str]:
    """Selectors with a descendant that begins with ":": the minifier drops the space before it, and `.a :is(b)`
    would become `.a:is(b)`, which is another thing, inside a layer as all of ours are."""
    return [one for one in selectors_of(text) if re.search(r"[^\s,>+~]\s+:", PARTS_IN_BRACKETS.sub("()", one))]


@pytest.mark.parametrize(
    ("selector", "found"),
    [(".a :is(h2, h3)", 1), (".a > :first-child", 0), (".a, :root", 0), (".a *:is(h2)", 0), (".a:has(b :hover)", 0)],
)
def test_the_trap_is_seen(selector: str, found: int) -> None:
    """A pseudo-class after a space is found; after a combinator or a comma it is no descendant of its own."""
    assert len(bare_pseudo_classes(f"@layer x {{ {selector} {{ color: red; }} }}")) == found


def test_the_minifier_has_the_trap() -> None:
    """What these tests guard against is still so; when it no longer is, they may go."""
    assert rcssmin.cssmin("@layer x { .a :is(h2) { color: red; } }") == "@layer x{.a:is(h2){color:red}}"


def test_no_descendant_begins_with_a_pseudo_class(project: Path) -> None:
    """No style sheet has a selector that the minifier would change."""
    sheets = style_sheets(project)
    assert sheets
    wrong = {path.name: found for path in sheets if (found := bare_pseudo_classes(path.read_text("utf-8")))}
    assert wrong == {}


def test_colours_are_tokens(project: Path) -> None:
    """Outside tokens.css no colour is written as a number but those on pictures, masks and paper."""
    allowed = {"print.css": {"#fff"}}
    found = {
        path.name: set(re.findall(r"#[0-9a-fA-F]{3,8}\b", COMMENT.sub("", path.read_text("utf-8"))))
        for path in style_sheets(project)
        if path.name != "tokens.css"
    }
    assert {name: colours for name, colours in found.items() if colours - allowed.get(name, set())} == {}
