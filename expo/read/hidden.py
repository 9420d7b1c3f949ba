"""Characters that nobody sees: controls of damaged or hostile files, marks that turn a line around, odd line breaks.

In: the text of a file as it was decoded. Out: Problems. All of them are taken out of the text in any case
(text.normalise_text, blank_odd_breaks); here their sender is told. Zero-width characters slip into bodies whenever
something is copied from a web page, and do no harm there: they are told of in front matter only.
"""

from __future__ import annotations

import re

from expo.problems import Problem, make_problem

CONTROLS = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]")
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e007f"
_ZERO_WIDTH = "\u034f\u180e\u200b-\u200d\u2060-\u2065\ufeff"
TURNING = re.compile(f"[{_TURNING}]")
UNSEEN = re.compile(f"[{_TURNING}{_ZERO_WIDTH}]")
LINE_END = re.compile("\r\n|[\r\n]")  # what editors and code hosts count
ODD_BREAK = re.compile("[\u000b\u000c\u0085\u2028\u2029]")  # a line of Word (Shift+Enter), page or design program


def find_hidden(text: str, shown: str) -> list[Problem]:
    """One complaint of control characters and one reminder of each other kind, each on the line of the first."""
    if text.replace("\n", " ").isprintable():  # no more than a look; nearly every text is
        return []
    problems = []
    if match := CONTROLS.search(text):
        problems.append(_complain(text, match, shown, "control-character"))
    head = len(text) if (end := text.find("\n---")) < 0 else end
    if match := UNSEEN.search(text, 0, head) or TURNING.search(text, head):
        problems.append(_complain(text, match, shown, "hidden-character", warning=True))
    if match := ODD_BREAK.search(text):
        problems.append(_complain(text, match, shown, "odd-line-break", warning=True))
    return problems


def blank_odd_breaks(text: str) -> str:
    """With a blank for each break that starts a line for some programs only: lines are counted as editors do."""
    return ODD_BREAK.sub(" ", text)


def _complain(text: str, match: re.Match[str], shown: str, code: str, *, warning: bool = False) -> Problem:
    line = 1 + sum(1 for _ in LINE_END.finditer(text, 0, match.start()))
    return make_problem(shown, line, "", code, warning=warning, value=name_character(match[0]))


def name_character(character: str) -> str:
    """`U+202E`."""
    return f"U+{ord(character):04X}"
