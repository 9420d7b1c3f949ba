"""What strangers write, through every output: each field of the model's table, each hostile text, every file.

Two sites are built by the real command from tests/hostile_content.py: one holds the hostile texts, its twin harmless
ones in the same places. Nothing is live if both have the same elements and attributes on every page. Then the hostile
one is opened in a real Chromium with the security policy taken away, so that escaping alone is judged: nothing runs,
nobody else is asked for anything, nothing appears that was not there. One file, as the site is dear to build.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from expo.config import make_config
from expo.fields import Fields
from expo.pipeline import check_content
from expo.prose import TAGS
from expo.read import RawDocument
from expo.validate.field_values import validate_value
from tests.catalogue_page import READY
from tests.conftest import ServeFolder
from tests.hostile_content import (
    HARMLESS,
    HOSTILE,
    MARK,
    OWASP,
    TABLES,
    Filler,
    build_from,
    build_hostile_site,
    leaf_fields,
    make_content,
    takes,
    variants,
    write,
)

pytestmark = pytest.mark.slow

VOCABULARIES = {
    name: {"x": "x"} for name in ("themes", "aims", "stages", "proposers", "channels", "verdicts", "proposer-types")
}
# Line ends and tabs may stand in files; what turns a line around, is not seen, or no XML may hold, may not.
UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exhibit for each hostile text, in all its fields."""
    return build_hostile_site(tmp_path_factory)


@pytest.fixture(scope="module")
def harmless_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its twin."""
    texts = tuple(f"{HARMLESS} {number}" for number in range(len(HOSTILE)))
    return build_from(tmp_path_factory, "harmless-site", texts, (HARMLESS,) * len(OWASP))


def files(site: Path, ending: str) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every file with an ending."""
    for path in sorted(site.rglob(f"*{ending}")):
        yield path.relative_to(site).as_posix(), path.read_bytes()


def shape(html: bytes) -> Counter[tuple[str, ...]]:
    """Every element of a page with the names of its attributes, counted; but for bodies and the threads of cloths."""
    tree = LexborHTMLParser(html.decode())
    for node in tree.css(".prose > *, .reply__what > *, svg > *"):
        node.decompose()
    return Counter((str(node.tag), *sorted(node.attributes)) for node in tree.css("*"))


def test_no_page_has_an_element_more(hostile_site: Path, harmless_site: Path) -> None:
    """Page for page the same elements with the same attributes: what was written stayed text."""
    twins = dict(files(harmless_site, ".html"))
    pages = dict(files(hostile_site, ".html"))
    assert pages.keys() == twins.keys()
    wrong = {
        name: (shape(html) - shape(twins[name]), shape(twins[name]) - shape(html))
        for name, html in pages.items()
        if shape(html) != shape(twins[name])
    }
    assert wrong == {}


def test_bodies_hold_what_markdown_makes(hostile_site: Path) -> None:
    """And their links are good ones."""
    for name, html in files(hostile_site, ".html"):
        for node in LexborHTMLParser(html.decode()).css(".prose *, .reply__what *"):
            assert node.tag in {*TAGS, "span"}, name
            assert node.attributes.keys() <= {"href", "title", "rel", "id", "start", "class", "lang"}, name


def test_addresses_lead_where_fields_of_addresses_say(hostile_site: Path) -> None:
    """No attribute that a browser follows holds a hostile text; no attribute's name does."""
    follows = ("href", "src", "srcset", "action", "formaction", "content", "poster", "data", "cite")
    hosts = set()
    for name, html in files(hostile_site, ".html"):
        for node in LexborHTMLParser(html.decode()).css("*"):
            assert MARK not in str(node.tag) + "".join(node.attributes), name
            for attribute in follows:
                value = node.attributes.get(attribute) or ""
                if node.tag == "meta" and node.attributes.get("http-equiv") != "refresh":
                    continue  # a description
                assert MARK not in value, (name, node.tag, attribute, value)
                hosts |= {urlsplit(value).netloc} if "://" in value else set()
    assert hosts == {
        "expo.example",
        "example.vn",
        "1022.dongthap.gov.vn",
        "chat.zalo.me",
        "www.facebook.com",
        "creativecommons.org",
    }


def test_feeds_and_the_sitemap_are_sound(hostile_site: Path) -> None:
    """A parser of XML takes them; texts are texts in them."""
    seen = 0
    for name, content in files(hostile_site, ".xml"):
        root = ElementTree.fromstring(content)  # our own output
        assert MARK not in "".join(str(node.tag) for node in root.iter()), name
        for node in root.iter():
            assert not any(MARK in value for key, value in node.attrib.items() if key in ("href", "src")), name
        seen += sum(MARK in (node.text or "") for node in root.iter())
    assert seen > len(HOSTILE)


def texts_of(value: Any) -> Iterator[str]:
    """Every text within a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inside in value.values() if isinstance(value, dict) else value:
            yield from texts_of(inside)


def test_linked_data_is_json_that_no_text_ends(hostile_site: Path) -> None:
    """One whole value in each script of data, and no "<" in it."""
    seen = 0
    for name, html in files(hostile_site, ".html"):
        for node in LexborHTMLParser(html.decode()).css("script:not([src])"):
            assert node.attributes.get("type") in ("application/ld+json", "application/json"), name
            text = node.text()
            assert "<" not in text, name
            seen += any(MARK in one for one in texts_of(json.loads(text)))
    assert seen > len(HOSTILE)


def test_files_of_the_search_hold_texts_and_clean_cloths(hostile_site: Path) -> None:
    """What the catalogue's script takes for HTML is drawn from numbers; all else it prints as text."""
    covers = seen = 0
    for name, content in files(hostile_site, ".bin"):
        try:
            value = json.loads(zlib.decompress(content))
        except ValueError:  # a binary file of the index
            continue
        seen += any(MARK in one for one in texts_of(value))
        for one in value.values() if isinstance(value, dict) and name.startswith("assets/search/c/") else [value]:
            if isinstance(one, dict) and "cover" in one:
                covers += 1
                drawn = LexborHTMLParser(one["cover"]).css("body *")
                assert {node.tag for node in drawn} <= {
                    "svg",
                    "path",
                    "rect",
                    "use",
                    "g",
                    "defs",
                    "symbol",
                    "pattern",
                }, name
                assert MARK not in one["cover"], name
    assert covers >= len(HOSTILE)
    assert seen >= len(HOSTILE)


def test_nothing_unseen_is_published(hostile_site: Path) -> None:
    """No control character, nothing of no width, nothing that turns a line around, in any text file or value."""
    for ending in (".html", ".xml", ".json", ".txt", "_headers"):
        for name, content in files(hostile_site, ending):
            assert UNSEEN.search(content.decode()) is None, name
    for name, html in files(hostile_site, ".html"):
        for node in LexborHTMLParser(html.decode()).css("script:not([src])"):
            assert not any(UNSEEN.search(one) for one in texts_of(json.loads(node.text()))), name


def test_no_page_publishes_a_file_that_it_names(hostile_site: Path) -> None:
    """A page asks for a file beside the content, in each way that Pelican knows."""
    assert [path for path in hostile_site.rglob("*") if path.name.startswith("secret")] == []


def test_names_of_files_and_rules_of_hosts_hold_no_text(hostile_site: Path) -> None:
    """A name is made of letters, digits and three signs, whatever a field says."""
    for path in hostile_site.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9_.-]+", path.name), path.name
        assert MARK not in path.name
    for name in ("_headers", "robots.txt"):
        assert MARK not in (hostile_site / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("table", "name"),
    sorted({leaf for table in TABLES for leaf in leaf_fields(table)}, key=str),
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_a_field_takes_a_text_or_says_that_it_does_not(table: type[Fields], name: str) -> None:
    """Each hostile text is taken, and then shown above, or refused with a message that names the field."""
    filled = Filler(HARMLESS).fill(table)
    for text in HOSTILE:
        for value in variants(text):
            given = [value] if isinstance(filled[name], list) else value
            if takes(table, name, given):
                break
            document = RawDocument(Path("x.md"), "content/x.md", values={**filled, name: given})
            _, problems = validate_value(document, (), document.values, table, VOCABULARIES)
            assert [one for one in problems if one.field.split("[")[0] == name], (text, problems)


# --- in a browser ---


@pytest.fixture(scope="module")
def site(hostile_site: Path, serve_folder: ServeFolder) -> str:
    """Its address."""
    return serve_folder(hostile_site)


@pytest.fixture
def watched(browser: Browser, site: str) -> Iterator[Page]:
    """A page without policy. A dialog, an error, a request to anyone else or a mark in the window fails the test."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("request", lambda one: None if one.url.startswith((site, "data:image/svg+xml")) else wrong.append(one.url))
    page.on("popup", lambda one: wrong.append(f"popup: {one.url}"))
    yield page
    assert wrong == []
    context.close()


NEVER = (
    "[onerror], [onload], [onclick], [onmouseover], [style], iframe, object, embed, base, math, form[id=body],"
    f" main script:not([type]), img[src*={MARK}], a[href^=javascript]"
)
ODD = f"() => window.{MARK} !== undefined || !!document.querySelector({NEVER!r})"
WHOLE = "() => ['querySelector', 'getElementById', 'body'].map((one) => typeof document[one]).join()"


@pytest.mark.browser
def test_no_exhibit_runs_what_it_holds(watched: Page, site: str) -> None:
    """Each hostile text in each field, and each class of the OWASP page on filter evasion as a body."""
    for number in range(1, len(HOSTILE) + len(OWASP) + 1):
        watched.goto(f"{site}sang-kien/xau-{number}/")
        assert not watched.evaluate(ODD), number
        assert watched.evaluate(WHOLE) == "function,function,object", number


@pytest.mark.browser
def test_no_other_page_runs_it(watched: Page, site: str) -> None:
    """Lists, replies, notices, the slide show, English, and what scripts add to them."""
    addresses = ("", "sang-kien/", "phan-hoi/", "chu-de/", "tinh-thanh/", "tinh-thanh/hue/", "tinh-thanh/hue/bang-tin/")
    more = ("bo-suu-tap/", "bo-suu-tap/bo-xau/", "trinh-chieu/", "en/", "en/sang-kien/", "en/sang-kien/xau-4/", "sk/1/")
    plain = [f"trang-{number}/" for number in range(1, len(HOSTILE) + 1, 3)]
    for address in (*addresses, *more, *plain):
        watched.goto(site + address, wait_until="load" if address in plain else "networkidle")
        assert not watched.evaluate(ODD), address


@pytest.mark.browser
def test_the_catalogue_shows_what_it_finds_as_text(watched: Page, site: str) -> None:
    """Cards, marked words, lines of why and suggestions are made by script from hostile texts."""
    for query in (MARK, "script", "onerror img", "xau", "7*7", "__proto__ constructor"):
        watched.goto(f"{site}sang-kien/?q={quote(query)}")
        watched.wait_for_selector(READY)
        watched.mouse.wheel(0, 4000)
        watched.wait_for_load_state("networkidle")
        assert not watched.evaluate(ODD), query
    watched.locator("#q").fill(MARK)
    watched.wait_for_load_state("networkidle")
    assert not watched.evaluate(ODD)


@pytest.mark.browser
def test_nothing_of_the_address_becomes_part_of_a_page(watched: Page, site: str) -> None:
    """Hostile values of every name of a query, and of the fragment: on the catalogue, and on slide show or map."""
    names = ("q", "tinh", "tinh-cu", "chu-de", "nguoi", "nam", "sap-xep", "trang", "bo-suu-tap")
    for number, text in enumerate(HOSTILE):
        value = quote(text.encode("utf-8"))
        query = "&".join(f"{name}={value}" for name in names)
        for address in ("sang-kien/", ("trinh-chieu/", "tinh-thanh/")[number % 2]):
            watched.goto(f"{site}{address}?{query}#{value}")
            if address == "sang-kien/":
                watched.wait_for_selector(READY)
            assert not watched.evaluate(ODD), (address, text)


@pytest.mark.browser
def test_a_body_whose_link_is_refused_is_told(tmp_path: Path) -> None:
    """Those of the OWASP bodies that no page shows: `check` names file and line, and what is written there."""
    make_content(tmp_path / "content", HOSTILE[:3])
    refused = [body for body in OWASP if body.startswith("[x]")]
    for body in refused:
        path = tmp_path / "content/initiatives/xau-2.en.md"
        front = path.read_text("utf-8").split("\n---\n")[0]
        write(path, f"{front}\n---\n\nMột dòng.\n\n{body}\n")
        line = f"{front}\n---\n\nMột dòng.\n\n".count("\n") + 1
        problems = check_content(make_config(content=tmp_path / "content", environment={})).problems
        assert [(one.path, one.line) for one in problems] == [("content/initiatives/xau-2.en.md", line)], body
    assert len(refused) > 10
