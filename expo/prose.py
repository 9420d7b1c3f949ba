"""Texts of strangers: Markdown → HTML that is safe to print, plain text, and the links that were taken out.

In: Markdown, and the keys of the sources that it may cite. Out: Prose, or text. One parser, whose grammar has no raw
HTML, so that it shows as text; then one HTML5 sanitiser with an allow-list of what the parser can make, as the last
step: nothing changes its HTML any more. Pictures give way to their words. A link that links.py forbids loses its
address and keeps its words. An id has "--" after its prefix, which no id of the page itself has: nobody's heading takes
the place of a part of the page. One parser reads all texts, reset before each; after any error there is another.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from expo.links import OUTSIDE_REL, SCHEMES, find_fault, leaves_site
from expo.text import make_slug, normalise_text

CITATION = r"((?:\[\^[^\]\s]+\])+)"
CITATION_PRIORITY = 175  # after code and escapes, before links, whose text it would become
CODE_PRIORITY = 80  # that of Python-Markdown's code blocks, whose name and place is taken: after items of lists
LAST = -10  # tree processors run from high to low; the one that takes escapes back has 0
BODY_HEADING = 3  # the page has its h1, the column its h2
PAGE_HEADING = 2
LOWEST_HEADING = 6
HEADING = re.compile(r"h([1-6])")
# Bounded, as Python turns no text of more than 4,300 digits into a number. What lacks its ";" the writer escapes.
ENTITY = re.compile(r"&(?:#[0-9]{1,4000}|#[xX][0-9a-fA-F]{1,4000}|[A-Za-z][A-Za-z0-9]{1,31});")
END_OF_BLOCK = re.compile(r"<(?:/(?:p|h\d|li|tr|td|th|blockquote)|br|hr)\b[^>]*>")

# What the parser makes, and no more: without raw HTML nothing else can be meant.
TAGS = frozenset(
    (
        "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "strong", "sup",
        "table", "tbody", "td", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    **{f"h{level}": {"id"} for level in range(PAGE_HEADING, LOWEST_HEADING + 1)},
}
VALUES = {"a": {"rel": {OUTSIDE_REL}}, "sup": {"class": {"cite"}}}


@dataclass(frozen=True, slots=True)
class RefusedLink:
    """A link that was taken out: its address as written, what a browser would make of it, and why (a code)."""

    written: str
    address: str
    code: str


@dataclass(frozen=True, slots=True)
class Prose:
    """HTML to print as it is; the keys of the sources that it cites, by first mention; the links that were refused."""

    html: str
    cited: tuple[str, ...]
    refused: tuple[RefusedLink, ...]


def render_prose(
    markdown: str, source_keys: Sequence[str] = (), id_prefix: str = "bai", top: int = BODY_HEADING
) -> Prose:
    """Safe HTML of a text. Its highest heading is h`top`; ids are `<id_prefix>--<heading>`.

    A citation `[^key]` becomes the number of the source in the list of the page, linked to it; a key without a source
    stays as written.
    """
    citations, tree = _Citations(source_keys), _Tree(id_prefix, top)
    text = _convert(markdown, citations, tree)
    return Prose(_sanitiser().clean(text), tuple(citations.cited), tuple(tree.refused))


def plain_text(markdown: str) -> str:
    """Words of a text without citations and form: a line for each paragraph, heading, list item and cell."""
    text = _convert(markdown, None, _Tree("", BODY_HEADING))
    plain = html.unescape(nh3.clean(END_OF_BLOCK.sub("\n", text), tags=set()))
    return "\n".join(line for line in (" ".join(line.split()) for line in plain.splitlines()) if line)


@cache
def _sanitiser() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        tag_attribute_values=VALUES,
        # No filter of ours: an interrupt that meets a function called from there is lost. _Tree has settled the links.
        url_schemes=set(SCHEMES),
        link_rel=None,  # set in the tree, and only on links that leave the site
    )


class _Citations:
    """Numbers of the sources that can be cited, and which of them were."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.numbers = {key: number for number, key in enumerate(keys, 1)}
        self.cited: dict[str, None] = {}


class _CitationPattern(InlineProcessor):
    """One or more `[^key]` in a row → one <sup>; without citations (plain text) → nothing."""

    def __init__(self) -> None:
        super().__init__(CITATION)
        self.citations: _Citations | None = None

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        keys = list(dict.fromkeys(re.findall(r"\[\^([^\]]+)\]", m[0])))
        citations = self.citations
        if citations is None:
            return "", m.start(0), m.end(0)
        if not all(key in citations.numbers for key in keys):
            return None, None, None
        mark = Element("sup", {"class": "cite"})
        for index, key in enumerate(keys):
            citations.cited[key] = None
            link = SubElement(mark, "a", {"href": f"#nguon-{citations.numbers[key]}"})
            link.text = str(citations.numbers[key])
            link.tail = ", " if index + 1 < len(keys) else None
        return mark, m.start(0), m.end(0)


class _IndentedBlock(BlockProcessor):
    """A block that begins with blanks → the same without them: in texts from Word they begin a paragraph, not code.

    What belongs to the item of a list has been taken before.
    """

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith(" ")

    def run(self, parent: Element, blocks: list[str]) -> None:
        width = len(blocks[0]) - len(blocks[0].lstrip(" "))
        blocks[0] = re.sub(f"^ {{1,{width}}}", "", blocks[0], flags=re.MULTILINE)


class _Tree:
    """Headings below the page's own, with ids; pictures as their words; links by the policy of links.py."""

    def __init__(self, id_prefix: str, top: int) -> None:
        self._id_prefix, self._top = id_prefix, top
        self._ids: set[str] = set()
        self.refused: list[RefusedLink] = []

    def run(self, root: Element) -> None:
        for element in root.iter():
            if match := HEADING.fullmatch(str(element.tag)):
                level = min(max(int(match[1]) + self._top - PAGE_HEADING, self._top), LOWEST_HEADING)
                element.tag = f"h{level}"
                element.set("id", self._make_id("".join(element.itertext())))
            elif element.tag == "img":
                words = element.get("alt", "")
                element.attrib.clear()
                element.tag, element.text = "em", words
            elif element.tag == "a":
                self._settle_link(element)

    def _settle_link(self, element: Element) -> None:
        """Writes the address as the browser would read it; an element without one is taken out by the sanitiser."""
        written = element.get("href", "").replace(AMP_SUBSTITUTE, "&")
        address = ENTITY.sub(_decode, written).strip().replace(" ", "%20")
        code = find_fault(address, SCHEMES, relative=True)
        if code:
            self.refused.append(RefusedLink(written, address, code))
            element.tag = "span"
            element.attrib.clear()
            return
        element.set("href", address)
        if leaves_site(address):
            element.set("rel", OUTSIDE_REL)

    def _make_id(self, text: str) -> str:
        wanted = f"{self._id_prefix}--{make_slug(text) or 'phan'}"
        found, number = wanted, 2
        while found in self._ids:
            found, number = f"{wanted}-{number}", number + 1
        self._ids.add(found)
        return found


def _convert(markdown: str, citations: _Citations | None, tree: _Tree) -> str:
    parser = _parser()
    try:
        return parser.read(_drop_hidden(markdown), citations, tree)
    except BaseException as error:
        _parser.cache_clear()  # whoever was interrupted may be anywhere
        if isinstance(error, RecursionError):  # some hundred lists within each other: nobody's text, so its words alone
            return f"<p>{html.escape(markdown)}</p>"
        raise


def _drop_hidden(markdown: str) -> str:
    """Without entities for what expo.text takes out of every text: controls, zero width, turns of direction.

    Those that appear when others are gone give way to a blank, which makes no more of them.
    """
    first = ENTITY.sub(lambda match: match[0] if _is_seen(match) else "", markdown)
    return ENTITY.sub(lambda match: match[0] if _is_seen(match) else " ", first)


def _is_seen(entity: re.Match[str]) -> bool:
    return bool(normalise_text(_decode(entity)))


def _decode(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])


class _TreeStep(Treeprocessor):
    """Hands the tree of the present text on."""

    tree: _Tree

    def run(self, root: Element) -> None:
        self.tree.run(root)


class _Parser:
    """The grammar, set up once."""

    def __init__(self) -> None:
        self._markdown = Markdown(extensions=[TableExtension(), SaneListExtension()], output_format="html")
        self._citations, self._tree = _CitationPattern(), _TreeStep()
        self._markdown.preprocessors.deregister("html_block")
        self._markdown.inlinePatterns.deregister("html")
        self._markdown.parser.blockprocessors.register(_IndentedBlock(self._markdown.parser), "code", CODE_PRIORITY)
        self._markdown.inlinePatterns.register(self._citations, "citation", CITATION_PRIORITY)
        self._markdown.treeprocessors.register(self._tree, "tree", LAST)

    def read(self, markdown: str, citations: _Citations | None, tree: _Tree) -> str:
        """HTML of a text, not yet safe."""
        self._citations.citations, self._tree.tree = citations, tree
        return self._markdown.reset().convert(markdown)


@cache
def _parser() -> _Parser:
    return _Parser()
