"""Bodies: Markdown of exhibits, replies, collections and pages, ready for a template, remembered between builds.

In: Markdown by strangers, and the sources that it may cite. Out: Body, or plain text. What makes it safe is prose.py's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

import expo.links
import expo.prose
import expo.text
from expo.cache import Cache, Shelf
from expo.model import Source
from expo.prose import PAGE_HEADING, plain_text, render_prose
from expo.render.ahead import fill_shelf

PREFIX = "bai"
BODIES_PER_PROCESS = 40  # starting a process costs less than rendering so many


@dataclass(frozen=True, slots=True)
class Body:
    """A body to show, and the keys of the sources it cites, in the order of their first mention."""

    html: Markup
    cited: tuple[str, ...]


class Bodies:
    """Bodies remembered from one build to the next: parsing Markdown is dear, and most bodies do not change."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._shelf = Shelf(cache, "bodies", expo.prose, expo.links, expo.text)

    def render(self, markdown: str, sources: Sequence[Source], id_prefix: str = PREFIX) -> Body:
        """Safe HTML of a body. Ids of headings are `<id_prefix>--…`; the prefix must be unique on the page."""
        keys = [source.key for source in sources]
        digest = _digest(id_prefix, *keys, markdown)
        clean_html, cited = self._shelf.get(digest, lambda: _render(markdown, keys, id_prefix))
        return Body(Markup(clean_html), tuple(cited))

    def render_ahead(self, wanted: Iterable[tuple[str, Sequence[Source]]], jobs: int) -> None:
        """Render bodies in processes, each once: one for pages of each language would else do it in both."""
        parts = {}
        for markdown, sources in wanted:
            keys = [source.key for source in sources]
            parts[_digest(PREFIX, *keys, markdown)] = (markdown, keys)
        fill_shelf(self._shelf, parts, lambda digest: _render(*parts[digest], PREFIX), BODIES_PER_PROCESS, jobs)

    def text(self, markdown: str) -> str:
        """Its words, a line for each block."""
        return str(self._shelf.get(_digest("text", markdown), lambda: plain_text(markdown)))

    @contextmanager
    def noting(self) -> Iterator[set[str]]:
        """Keys of what is asked for inside."""
        with self._shelf.noting() as keys:
            yield keys

    def retain(self, keys: Iterable[str]) -> None:
        """Let these stay for the next build: the page that asks for them need not be made in this one."""
        self._shelf.retain(keys)

    def used(self, known: Container[str] = ()) -> dict[str, Any]:
        """Those that were asked for but these keys, to be handed to another process."""
        return {key: body for key, body in self._shelf.used().items() if key not in known}

    def absorb(self, used: dict[str, Any]) -> None:
        """Take over those that another process was asked for."""
        self._shelf.absorb(used)

    def keep_all(self) -> None:
        """Let all stay for the next build: what asks for them has not been done in this one."""
        self._shelf.keep_all()

    def keep(self) -> None:
        """Remember this build's bodies for the next."""
        self._shelf.keep()


def render_page(markdown: str) -> Markup:
    """An ordinary page (content/pages): its headings begin at h2, and it cites no sources."""
    return Markup(render_prose(markdown, top=PAGE_HEADING).html)


def _render(markdown: str, keys: Sequence[str], id_prefix: str) -> tuple[str, tuple[str, ...]]:
    prose = render_prose(markdown, keys, id_prefix)
    return prose.html, prose.cited


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
