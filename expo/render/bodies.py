"""Bodies: the Markdown of exhibits and replies → safe HTML, or plain text for search and feeds.

In: Markdown by strangers, and the sources that it may cite. Out: Body. Raw HTML shows as text, pictures give way to
their words, and nh3 has the last word with an allow-list of our own. A citation `[^key]` becomes the source's number in
the exhibit's list of sources, linked to it; there is no second list of footnotes. A key without a source stays as
written: validate/ reports it. A fresh parser a body costs no more than resetting one, and shares nothing.
"""

from __future__ import annotations

import hashlib
import html
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

import expo.text
from expo.cache import Cache, Shelf
from expo.model import Source
from expo.text import make_slug

CITATION = r"((?:\[\^[^\]\s]+\])+)"
CITATION_PRIORITY = 175  # after code and escapes, before links, whose text it would become
AFTER_INLINE = 15  # tree processors run from high to low; inline patterns have 20, output 10
TOP_HEADING = 3  # the page has its h1, the column its h2
LOWEST_HEADING = 6
HEADING = re.compile(r"h([1-6])")

TAGS = frozenset(
    "a blockquote br code em h3 h4 h5 h6 hr li ol p pre strong sup table tbody td th thead tr ul".split()  # noqa: SIM905
)
ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "ol": {"start"},
    "sup": {"class"},
    **{f"h{level}": {"id"} for level in range(TOP_HEADING, LOWEST_HEADING + 1)},
}
SCHEMES = frozenset(("https", "http", "mailto", "tel"))

END_OF_BLOCK = re.compile(r"<(?:/(?:p|h\d|li|tr|td|th|pre|blockquote)|br|hr)\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Body:
    """A body to show, and the keys of the sources it cites, in the order of their first mention."""

    html: Markup
    cited: tuple[str, ...]


def render_body(markdown: str, sources: Sequence[Source], id_prefix: str = "muc") -> Body:
    """Safe HTML of a body. Ids of headings begin with `id_prefix`, which must be unique on the page."""
    citations = _Citations([source.key for source in sources])
    text = _convert(markdown, citations, id_prefix)
    return Body(Markup(_clean(text)), tuple(citations.cited))


class Bodies:
    """Bodies remembered from one build to the next: parsing Markdown is dear, and most bodies do not change."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._shelf = Shelf(cache, "bodies", sys.modules[__name__], expo.text)

    def render(self, markdown: str, sources: Sequence[Source], id_prefix: str = "muc") -> Body:
        """`render_body`, remembered."""
        keys = [source.key for source in sources]

        def make() -> tuple[str, tuple[str, ...]]:
            body = render_body(markdown, sources, id_prefix)
            return str(body.html), body.cited

        clean_html, cited = self._shelf.get(_digest(id_prefix, *keys, markdown), make)
        return Body(Markup(clean_html), tuple(cited))

    def text(self, markdown: str) -> str:
        """`body_text`, remembered."""
        return str(self._shelf.get(_digest("text", markdown), lambda: body_text(markdown)))

    def keep(self) -> None:
        """Remember this build's bodies for the next."""
        self._shelf.keep()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def body_text(markdown: str) -> str:
    """Plain text of a body without citations: a line for each paragraph, heading, list item and cell."""
    text = _convert(markdown, None, "")
    plain = html.unescape(nh3.clean(END_OF_BLOCK.sub("\n", text), tags=set()))
    return "\n".join(line for line in (" ".join(line.split()) for line in plain.splitlines()) if line)


class _Citations:
    """Numbers of the sources that can be cited, and which of them were."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.numbers = {key: number for number, key in enumerate(keys, 1)}
        self.cited: dict[str, None] = {}


class _CitationPattern(InlineProcessor):
    """One or more `[^key]` in a row → one <sup>; without citations (plain text) → nothing."""

    def __init__(self, citations: _Citations | None) -> None:
        super().__init__(CITATION)
        self._citations = citations

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        keys = list(dict.fromkeys(re.findall(r"\[\^([^\]]+)\]", m[0])))
        if self._citations is None:
            return "", m.start(0), m.end(0)
        if not all(key in self._citations.numbers for key in keys):
            return None, None, None
        mark = Element("sup", {"class": "cite"})
        for index, key in enumerate(keys):
            self._citations.cited[key] = None
            link = SubElement(mark, "a", {"href": f"#nguon-{self._citations.numbers[key]}"})
            link.text = str(self._citations.numbers[key])
            link.tail = ", " if index + 1 < len(keys) else None
        return mark, m.start(0), m.end(0)


class _Tree(Treeprocessor):
    """Headings below the page's own, with ids; pictures as their words; links that tell no one where from."""

    def __init__(self, id_prefix: str) -> None:
        super().__init__()
        self._id_prefix = id_prefix
        self._ids: set[str] = set()

    def run(self, root: Element) -> None:
        for element in root.iter():
            if match := HEADING.fullmatch(str(element.tag)):
                element.tag = f"h{min(max(int(match[1]) + 1, TOP_HEADING), LOWEST_HEADING)}"
                element.set("id", self._make_id("".join(element.itertext())))
            elif element.tag == "img":
                words = element.get("alt", "")
                element.attrib.clear()
                element.tag, element.text = "em", words
            elif element.tag == "a" and element.get("href", "").startswith(("http:", "https:", "//")):
                element.set("rel", "noopener noreferrer")

    def _make_id(self, text: str) -> str:
        wanted = f"{self._id_prefix}-{make_slug(text) or 'phan'}"
        found, number = wanted, 2
        while found in self._ids:
            found, number = f"{wanted}-{number}", number + 1
        self._ids.add(found)
        return found


def _convert(markdown: str, citations: _Citations | None, id_prefix: str) -> str:
    try:
        return _make_parser(citations, id_prefix).convert(markdown)
    except RecursionError:  # some hundred lists within each other: nobody's text, so its words without their form
        return f"<p>{html.escape(markdown)}</p>"


def _make_parser(citations: _Citations | None, id_prefix: str) -> Markdown:
    parser = Markdown(extensions=[TableExtension(), SaneListExtension()], output_format="html")
    parser.preprocessors.deregister("html_block")
    parser.inlinePatterns.deregister("html")
    parser.inlinePatterns.register(_CitationPattern(citations), "citation", CITATION_PRIORITY)
    parser.treeprocessors.register(_Tree(id_prefix), "tree", AFTER_INLINE)
    return parser


def clean_page(text: str) -> Markup:
    """HTML of an ordinary page (content/pages), whose headings begin at h2: what is not on the list is taken out."""
    return Markup(_clean(text, headings=("h2",)))


def _clean(text: str, headings: Sequence[str] = ()) -> str:
    return nh3.clean(
        text,
        tags={*TAGS, *headings},
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()} | {tag: {"id"} for tag in headings},
        url_schemes=set(SCHEMES),
        link_rel=None,  # set in the tree, and only on links that leave the site
    )
