"""The content security policy and the headers that go with it: one place, as strict as the pages allow."""

from __future__ import annotations

import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser

from expo.render.security import CONTENT_SECURITY_POLICY, HEADERS, RULES
from tests.conftest import ServeFolder

PROJECT = Path(__file__).resolve().parent.parent


def test_the_policy_allows_this_site_and_no_more() -> None:
    """Nothing inline, nothing evaluated, no other host; frames are forbidden where a header can say so."""
    assert CONTENT_SECURITY_POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'"
    )
    assert HEADERS["Content-Security-Policy"] == CONTENT_SECURITY_POLICY + "; frame-ancestors 'none'"


def test_pictures_within_style_are_really_used() -> None:
    """Else `data:` would have to go."""
    assert any('url("data:image/svg' in path.read_text("utf-8") for path in PROJECT.glob("theme/static/css/**/*.css"))


def test_no_template_writes_a_policy_of_its_own() -> None:
    """It stands in security.py, and templates print it."""
    for path in PROJECT.glob("theme/**/*.html"):
        assert "default-src" not in path.read_text("utf-8"), path.name


def test_no_template_declares_a_text_safe() -> None:
    """What a template prints is escaped, unless Python made it: no |safe, no Markup, no block without escaping."""
    wrong = re.compile(r"\|\s*safe\b|Markup|autoescape|\|\s*(?:urlize|xmlattr)|\|\s*tojson(?!\s*}})")
    templates = PROJECT.glob("theme/templates/**/*.html")
    assert [path.name for path in templates if wrong.search(path.read_text("utf-8"))] == []


def test_every_markup_of_python_has_been_looked_at() -> None:
    """A module that declares a text safe is on this list, with the reason why that text is."""
    reasons = {
        "render/bodies.py": "comes from the sanitiser",
        "render/covers.py": "numbers and a key that is escaped",
        "render/environment.py": "sentences whose values are escaped; a language; the policy",
        "render/examples.py": "examples of components, never published",
        "render/linked_data.py": "JSON in which <, > and & are escapes",
        "render/qr.py": "numbers",
        "render/views/answers.py": "a sentence whose values are escaped",
        "render/views/exhibit.py": "joins parts that are escaped",
        "render/views/ledger.py": "formats and joins parts that are escaped",
        "render/words.py": "elements around parts that are escaped",
    }
    found = {
        path.relative_to(PROJECT / "expo").as_posix()
        for path in PROJECT.glob("expo/**/*.py")
        if re.search(r"\bMarkup\(", path.read_text("utf-8"))
    }
    assert found == reasons.keys()


def read_rules(text: str) -> dict[str, dict[str, str]]:
    """A `_headers` file as hosts read it: a line with a path, under it lines with a header, set in."""
    rules: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if not line.startswith(" "):
            rules[line] = {}
        else:
            name, _, value = line.strip().partition(": ")
            rules[list(rules)[-1]][name] = value
    return rules


def test_hosts_that_take_headers_get_them(built_site: Path) -> None:
    """In the form of Netlify and Cloudflare Pages, and within the limits of the latter."""
    text = (built_site / "_headers").read_text("utf-8")
    assert read_rules(text) == RULES
    assert max(map(len, text.splitlines())) <= 2000
    assert all(path.startswith("/") and path.count("*") <= 1 for path in RULES)
    headers = [name for rule in RULES.values() for name in rule]
    assert len(headers) == len(set(headers))


def test_what_never_expires_carries_its_hash(built_site: Path) -> None:
    """A file that a browser keeps for a year must not change under its name; but for the licence of the fonts."""
    kept = [path.name for path in (built_site / "assets").rglob("*") if path.is_file()]
    assert [name for name in kept if not re.search(r"[.-][0-9a-f]{6,}\.", name)] == ["OFL.txt"]


def test_the_preview_sends_them(built_site: Path, serve_folder: ServeFolder) -> None:
    """So that what a host would refuse is refused on an organizer's own computer."""
    with urllib.request.urlopen(serve_folder(built_site)) as answer:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.browser
def test_pages_live_under_it(page: Page, built_site: Path, serve_folder: ServeFolder) -> None:
    """A page of each kind is used in Chromium, and nothing of it is refused."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    site = serve_folder(built_site)
    addresses = (
        "",
        "sang-kien/?q=rác",
        "sang-kien/hue-s/",
        "tinh-thanh/",
        "tinh-thanh/hue/",
        "trinh-chieu/",
        "phan-hoi/",
    )
    for address in (*addresses, "sk/2/", "tinh-thanh/hue/bang-tin/", "en/chu-de/"):
        page.goto(site + address, wait_until="networkidle")
    assert said == []


@pytest.mark.browser
def test_no_other_site_can_frame_a_page(
    page: Page, built_site: Path, serve_folder: ServeFolder, tmp_path: Path
) -> None:
    """A frame of a page stays empty."""
    site = serve_folder(built_site)
    (tmp_path / "index.html").write_text(f"<iframe src='{site}'></iframe>", "utf-8")
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto((tmp_path / "index.html").as_uri())


def test_a_redirect_and_the_page_for_what_is_missing_are_under_it(built_site: Path) -> None:
    """Small pages are pages, too."""
    for name in ("sk/2/index.html", "404.html", "trinh-chieu/index.html"):
        tree = LexborHTMLParser((built_site / name).read_text("utf-8"))
        (policy,) = tree.css("meta[http-equiv=Content-Security-Policy]")
        assert policy.attributes["content"] == CONTENT_SECURITY_POLICY
