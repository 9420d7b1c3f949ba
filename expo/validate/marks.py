"""Texts that the page would show otherwise than their writer meant: reminders, as none of it stops a page.

In: a document, the keys that its text may cite. Out: Problems with their lines. These are slips of people who know
Word better than Markdown, told by their form; what Markdown makes of a text in the end only prose.py knows, which is
not loaded for this. So a line that begins like a list by accident is told of too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from expo.problems import Problem, make_problem
from expo.read import RawDocument
from expo.read.values import find_texts, format_path
from expo.validate.slips import nearest_word

HINT_MARK = "(Gợi ý, viết xong thì xóa dòng này"  # begins every hint that `new` writes

LIST_ITEM = re.compile(r"\s*(?:[*+-]|\d{1,2}\.)\s+\S")
OTHER_ITEM = re.compile(r"\s*(?:[•·▪●○◦]|(?:\d{1,2}|[a-zđ])\)\s)\s*\S")  # what Word begins items with
TABLE_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
END_OF_PARAGRAPH = re.compile(r"#|\s*(?:[-*_=]\s*)*$")  # a heading, a rule, the line under a heading, a blank line

CODE = re.compile(r"`[^`]+`")
PICTURE = re.compile(r"(?<!\\)!\[([^\]]{0,200})\][(\[]")
MARK_OF_TEXT = re.compile(r"\[\^[^\]\[]{1,60}\]|\*\*(?=\S)[^*]+(?<=\S)\*\*")  # a citation, bold letters
FOOTNOTE_WITH_BLANK = re.compile(r"(?<!\\)\[\^(?=[^\]\[\s]*\s)([^\]\[]{1,60})\]")


def check_marks(document: RawDocument, keys: tuple[str, ...], *, is_draft: bool = False) -> list[Problem]:
    """Reminders of what the page would not show as it was meant; a draft may still hold the hints of `new`."""
    if not document.body.strip():
        code = "no-english-text" if document.path.name.endswith(".en.md") else "no-text"
        return [make_problem(document.shown, 1, "", code, warning=True)]
    lines = document.body.split("\n")
    found = [
        *((number, "joined-lines", {}) for number in _find_joined(lines)),
        *_find_in_lines(lines, keys),
        *((number, "hint-left", {}) for number, line in enumerate(lines) if not is_draft and HINT_MARK in line),
    ]
    return [
        make_problem(document.shown, document.body_line + number, "", code, warning=True, **values)
        for number, code, values in found
    ]


def check_plain_fields(document: RawDocument) -> list[Problem]:
    """Reminders of citations and bold letters in front matter, whose fields are shown as they are typed."""
    return [
        make_problem(
            document.shown, document.line_of(where), format_path(where), "mark-in-field", warning=True, value=match[0]
        )
        for where, text in find_texts(document.values)
        if (match := MARK_OF_TEXT.search(text))
    ]


def _find_joined(lines: list[str]) -> Iterator[int]:
    """Lines (from 0) where a list or a table begins within a paragraph, which takes them in; one of a paragraph."""
    first, is_list = 0, False  # of the paragraph
    for number, line in enumerate(lines):
        if END_OF_PARAGRAPH.match(line):
            first = number + 1
        elif first == number:
            is_list = bool(LIST_ITEM.match(line))
        elif first < number - 1 and TABLE_RULE.fullmatch(line) and "|" in lines[number - 1]:
            yield number - 1
            first, is_list = number - 1, True
        elif not is_list and (LIST_ITEM.match(line) or OTHER_ITEM.match(line)):
            yield number
            is_list = True


def _find_in_lines(lines: list[str], keys: tuple[str, ...]) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Pictures, and marks of citations that are none: line from 0, code, values."""
    for number, line in enumerate(lines):
        if "[" not in line:
            continue
        text = CODE.sub("", line)
        for match in PICTURE.finditer(text):
            yield number, "picture-in-text", {"value": match[1]}
        for match in FOOTNOTE_WITH_BLANK.finditer(text):
            yield number, "footnote-with-blank", {"value": match[0], "suggestion": nearest_word(match[1], keys)}
