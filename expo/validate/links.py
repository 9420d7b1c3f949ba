"""Links within texts: each that the page would take out is a mistake, told with its line.

In: a RawDocument. Out: problems. What a link is only the parser knows, so prose.py is asked, the same that renders the
page: what is refused here is what is taken out there. But it is loaded only for a text with a link that is not plainly
good, which few texts have; so `check` stays quick. A link that stands on several lines is told on its first.
"""

from __future__ import annotations

import re
from collections import Counter

from expo.links import mend_address
from expo.problems import Problem, make_problem
from expo.read import RawDocument

# Every link of Markdown has one of these; the second pattern is of those that need no second look.
LINK_MARK = re.compile(r"\]\(|\]:|<(?=[^\s<])")
LINK_SIGNS = ("](", "]:", "<")  # few texts have any, and to look for three is quicker than to search for the pattern
PLAIN_LINK = re.compile(
    r"\]\((?:https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?=[/)])|\.{0,2}(?=/[A-Za-z0-9.]))[A-Za-z0-9/._~%?=+-]*\)"
)


def check_links(document: RawDocument) -> list[Problem]:
    """A problem for every link of the body that links.py forbids."""
    if not any(sign in document.body for sign in LINK_SIGNS):
        return []
    if len(LINK_MARK.findall(document.body)) == len(PLAIN_LINK.findall(document.body)):
        return []
    from expo.prose import render_prose

    seen: Counter[str] = Counter()
    problems = []
    for link in render_prose(document.body).refused:
        line = document.body_line + _line_of(document.body, link.written, seen[link.written])
        seen[link.written] += 1
        code = "bad-link" if link.code == "bad-address" else link.code
        suggestion = mend_address(link.address)
        problems.append(make_problem(document.shown, line, "", code, value=link.address, suggestion=suggestion))
    return problems


def _line_of(body: str, written: str, before: int) -> int:
    """Line (from 0) of an address that stands in the body; `before` of the same came earlier. 0 if it is not found."""
    at = -1
    for _ in range(before + 1):
        found = body.find(written, at + 1)
        if found < 0:
            break
        at = found
    return body.count("\n", 0, max(at, 0))
