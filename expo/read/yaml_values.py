"""YAML → plain values and the line of each: scalars stay text; duplicates, anchors, tags, merging, bulk are refused.

In: the text of a front matter and the line it starts on. Out: ParsedYaml, whose `lines` maps the path of a key or item
(("figures", 2, "as_of")) to its line in the file. Events are scanned first, because the C loader crashes on deep
nesting before any Python code could stop it (seen with 32,000 nested lists). Types and meaning are validate/'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from expo.problem_texts import YAML_WORDS, YAML_WORDS_ELSE
from expo.problems import Problem, make_problem
from expo.read.hidden import CONTROLS, UNSEEN, name_character
from expo.read.values import CURLY_QUOTES, NULL_TEXTS, Value, ValuePath, format_path
from expo.text import normalise_text

MAXIMUM_DEPTH = 20
MAXIMUM_NODES = 10_000  # keys, values and groups; the largest vocabulary has about 800
MOST_REPEATS = 100
MERGE_KEY = "<<"
# What may begin an anchor, an alias or a tag stands where a value may begin; a document or directive begins a line.
SUSPICIOUS = re.compile(r"(?:^|[\s\[\]{},:?-])[&*!]|^(?:---|\.\.\.|%)|[\u0085\u2028\u2029]", re.MULTILINE)
# Without one of these there is nothing suspicious: to look for nine is quicker than to search for the pattern.
SUSPICIOUS_SIGNS = ("&", "*", "!", "---", "...", "%", "\u0085", "\u2028", "\u2029")
# Block nesting needs a column a level, be it of blanks or of "- " and "? " in a row; a list may stand under its key.
INDENT = re.compile(r"^[ \t?-]+", re.MULTILINE)
# `title: Dự án: giai đoạn 2`: the value that YAML takes for a name, with what stands before it.
UNQUOTED_COLON = re.compile(r"""(\s*(?:- )?[\w-]+:\s+)([^"'\[{|>&*!%@`#\s].*?:\s.*)""")
# A blank of Word or Zalo before a name or behind its sign, where YAML knows no blank but the plain one.
ODD_BLANK = re.compile("[ -]*(?:[\\w-]+:)?([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])")
# What opened above, where libyaml tells of the line on which it gave up.
EARLIER = ("while scanning a quoted scalar", "while scanning a simple key", "while parsing a flow")
OPEN_QUOTE = re.compile(r"""\s*(?:- )?(?:[\w-]+:\s+)?(?:"(?:[^"\\]|\\.)*|'(?:[^']|'')*)""")  # all of a line
TAB = re.compile(r"[ -]*\t")
NOT_CLOSED = "found unexpected end of stream"
CURLY = re.compile(CURLY_QUOTES)
SHOWN_OF_VALUE = 50  # characters: a message keeps 80 of what it quotes
BOUNDS = {"yaml-deep": MAXIMUM_DEPTH, "yaml-large": MAXIMUM_NODES}


@dataclass
class ParsedYaml:
    """Values as text, the line of every key and item, and what was wrong with the form."""

    value: Value = None
    lines: dict[ValuePath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    inside: set[int] = field(default_factory=set)  # lines that go on with a quoted or block text, where # is a letter


def parse_yaml(text: str, path: str, first_line: int) -> ParsedYaml:
    """Parse one document. `first_line` is the line of the file on which `text` begins (from 1)."""
    parsed = ParsedYaml()
    try:
        if not is_plainly_safe(text):
            refused = [_refuse(event, path, first_line) for event in _scan_events(text)]
            parsed.problems += [problem for problem in refused if problem]
        if not parsed.problems:
            node = yaml.compose(text, Loader=_TextLoader)
            if node is not None:
                parsed.value = _walk(node, (), parsed, path, first_line)
    except _Refusal as refusal:
        parsed.value = None
        parsed.problems.append(
            make_problem(
                path, first_line + refusal.line, "", refusal.code, limit=BOUNDS.get(refusal.code), value=refusal.value
            )
        )
    except yaml.YAMLError as error:
        parsed.problems.append(_syntax_problem(error, text, path, first_line))
    return parsed


def is_plainly_safe(text: str) -> bool:
    """True where a glance shows that nothing can be refused: no sign of an anchor, tag or second document, no depth.

    Half the time of reading goes into looking at every event, and hardly a file needs it. May say False of a safe text.
    """
    if any(sign in text for sign in SUSPICIOUS_SIGNS) and SUSPICIOUS.search(text):
        return False
    indent = max((len(match[0]) for match in INDENT.finditer(text)), default=0)
    return text.count("[") + text.count("{") + indent + 2 <= MAXIMUM_DEPTH


class _TextLoader(yaml.CBaseLoader):
    """Composes nodes without asking what kind of value a text may be: here every one stays text."""

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:
        """The tag of a node, which nobody reads."""
        return ""


class _Refusal(Exception):
    def __init__(self, code: str, line: int, value: str = "") -> None:
        super().__init__(code)
        self.code, self.line, self.value = code, line, value


def _scan_events(text: str) -> Iterator[yaml.Event]:
    """All events; raises _Refusal as soon as the nesting is too deep or a second document starts."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAXIMUM_DEPTH:
                raise _Refusal("yaml-deep", _line_of(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Refusal("yaml-documents", _line_of(event))
        yield event


def _refuse(event: yaml.Event, path: str, first_line: int) -> Problem | None:
    """Anchors, aliases and tags: features that surprise people and hide values."""
    if not isinstance(event, yaml.NodeEvent):
        return None
    line = first_line + _line_of(event)
    if event.anchor:
        mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
        return make_problem(path, line, "", "yaml-anchor", value=mark + event.anchor)
    tag = getattr(event, "tag", None)
    if tag:
        return make_problem(path, line, "", "yaml-tag", value=tag)
    return None


def _walk(node: yaml.Node, where: ValuePath, parsed: ParsedYaml, path: str, first_line: int) -> Value:
    if where not in parsed.lines:
        parsed.lines[where] = first_line + _line_of(node)
    if len(parsed.lines) + len(parsed.problems) > MAXIMUM_NODES:
        raise _Refusal("yaml-large", _line_of(node))
    if isinstance(node, yaml.ScalarNode):
        text = _text_of(node, where, parsed, path, first_line)
        if node.style:
            parsed.inside.update(first_line + line for line in _lines_after_first(node))
        return None if not node.style and text in NULL_TEXTS else text
    if isinstance(node, yaml.SequenceNode):
        return [_walk(item, (*where, index), parsed, path, first_line) for index, item in enumerate(node.value)]
    values: dict[str, Value] = {}
    for key_node, value_node in node.value:
        line = first_line + _line_of(key_node)
        if odd := ODD_BLANK.match(key_node.value) if isinstance(key_node, yaml.ScalarNode) else None:
            raise _Refusal("odd-blank", _line_of(key_node), name_character(odd[1]))
        key = _text_of(key_node, where, parsed, path, first_line) if isinstance(key_node, yaml.ScalarNode) else ""
        here = (*where, key)
        if not key or (key == MERGE_KEY and not key_node.style):
            code = "yaml-merge" if key else "key-not-text"
            parsed.problems.append(make_problem(path, line, format_path(where), code))
        elif key in values:
            first = parsed.lines[here]
            parsed.problems.append(make_problem(path, line, format_path(here), "duplicate-key", first=first))
            if len(parsed.problems) >= MOST_REPEATS:  # a file of another kind: thousands of lines would bury the rest
                break
        else:
            parsed.lines[here] = line
            values[key] = _walk(value_node, here, parsed, path, first_line)
    return values


def _text_of(node: yaml.ScalarNode, where: ValuePath, parsed: ParsedYaml, path: str, first_line: int) -> str:
    """Only double quotes can bring in, as escapes, what the reader took out of the file: control characters, NFD."""
    text: str = node.value.strip()
    if node.style != '"':
        if not node.style and CURLY.fullmatch(text):
            mended = _in_straight_quotes(text[1:-1])
            line = first_line + _line_of(node)
            parsed.problems.append(
                make_problem(path, line, format_path(where), "curly-quotes", warning=True, mended=mended)
            )
        return text
    for pattern, code in ((CONTROLS, "control-character"), (UNSEEN, "hidden-character")):
        if match := pattern.search(text):
            line, value = first_line + _line_of(node), name_character(match[0])
            is_warning = code == "hidden-character"
            parsed.problems.append(make_problem(path, line, format_path(where), code, warning=is_warning, value=value))
    return normalise_text(text).strip()


def _lines_after_first(node: yaml.ScalarNode) -> range:
    """Lines from 0; a block ends where the line behind it begins."""
    last = node.end_mark.line if node.end_mark.column else node.end_mark.line - 1
    return range(_line_of(node) + 1, last + 1)


def _line_of(marked: yaml.Event | yaml.Node) -> int:
    """Line from 0; the C loader always gives a mark."""
    return marked.start_mark.line if marked.start_mark else 0


def _syntax_problem(error: yaml.YAMLError, text: str, path: str, first_line: int) -> Problem:
    lines = text.splitlines()
    line, detail = _find_fault(error, lines)
    here = lines[line] if line < len(lines) else ""
    for number in (line, line - 1):  # a name with an odd blank is no name, and the next line is the one to be wrong
        if 0 <= number < len(lines) and (odd := ODD_BLANK.match(lines[number])):
            return make_problem(path, first_line + number, "", "odd-blank", value=name_character(odd[1]))
    if TAB.match(here):
        return make_problem(path, first_line + line, "", "yaml-tab")
    if match := UNQUOTED_COLON.fullmatch(here):
        mended = f"{match[1].strip()} {_in_straight_quotes(_without_curly_quotes(match[2].strip()))}"
        return make_problem(path, first_line + line, "", "unquoted-colon", mended=mended)
    words = YAML_WORDS.get(detail, YAML_WORDS_ELSE)
    return make_problem(path, first_line + line, "", "yaml-syntax", detail=words, detail_en=detail)


def _find_fault(error: yaml.YAMLError, lines: list[str]) -> tuple[int, str]:
    """Line (from 0) of the fault itself, and what libyaml says of it."""
    mark, context_mark = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    detail = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    if context_mark and str(getattr(error, "context", "")).startswith(EARLIER):
        return context_mark.line, detail
    if not mark:
        return 0, detail
    if detail == "did not find expected key":  # behind a quote that only the next one closed
        for number in range(context_mark.line if context_mark else 0, min(mark.line, len(lines))):
            if OPEN_QUOTE.fullmatch(lines[number]):
                return number, NOT_CLOSED
    return mark.line, detail


def _without_curly_quotes(text: str) -> str:
    """Where they stand around all of it: straight ones take their place."""
    return text[1:-1] if CURLY.fullmatch(text) else text


def _in_straight_quotes(text: str) -> str:
    """A value as it should be written, shortened for a message."""
    value = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{value}"' if len(value) <= SHOWN_OF_VALUE else f'"{value[:SHOWN_OF_VALUE]}…"'
