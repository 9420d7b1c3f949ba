"""Words ready to paste where an exhibit is passed on or cited: title, one sentence or the date, number and address.

In: the Site, an Initiative. Out: lines. The sentence is the first of the summary, as it stands; nothing is made up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from expo.model import Initiative
    from expo.render.pages import Site

# A full stop ends a sentence where a capital follows after a space, and no short form ("TP.", "Tp.") stands before it.
SENTENCE_END = re.compile(r'(?<!\bTP)(?<!\bTp)(?<!\bTS)(?<!\bNo)[.!?…]["”]?(?=\s+["“]?[A-ZĐÀ-ỸƠƯ0-9])')


def make_caption(site: Site, initiative: Initiative) -> tuple[str, ...]:
    """The lines. Without a known address of the site the last one is the number alone."""
    address = f"{site.config.site_url}/sk/{initiative.number}/" if site.config.site_url else ""
    last = f"{initiative.id} · {address}" if address else initiative.id
    return initiative.title, first_sentence(initiative.summary), last


def make_citation(site: Site, initiative: Initiative) -> str:
    """How to name the exhibit as a source: what it is called, where, when its text last changed, its permanent address.

    The title is given as the page has it, so that whoever looks it up finds it.
    """
    words = site.words
    place = words.gettext("Triển lãm số Sáng kiến Đổi mới sáng tạo vì người dân")
    date = words.date(initiative.changed)
    text = words.gettext(
        "%(number)s. %(title)s. %(place)s, cập nhật %(date)s.",
        title=initiative.title,
        place=place,
        number=initiative.id,
        date=date,
    )
    address = f"{site.config.site_url}/sk/{initiative.number}/" if site.config.site_url else ""
    return f"{text} {address}".rstrip()


def first_sentence(text: str) -> str:
    """Up to the first full stop that ends a sentence."""
    found = SENTENCE_END.search(text)
    return text[: found.end()] if found else text
