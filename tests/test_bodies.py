"""Bodies: Markdown of strangers becomes safe HTML with numbered citations, and plain text."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from expo.model import Source
from expo.render.bodies import body_text, render_body

SOURCES = tuple(Source(key, key, None, "", None, "press") for key in ("a", "b_c", "d"))


def render(markdown: str) -> str:
    """HTML of a body that may cite a, b_c and d."""
    return str(render_body(markdown, SOURCES, "x").html)


def test_citations_carry_the_number_of_the_source() -> None:
    """The number is the position in the exhibit's sources; neighbours share one mark, a repeat counts once."""
    body = render_body("Một.[^b_c] Hai.[^a][^d][^a]", SOURCES)
    assert body.html == (
        '<p>Một.<sup class="cite"><a href="#nguon-2">2</a></sup> '
        'Hai.<sup class="cite"><a href="#nguon-1">1</a>, <a href="#nguon-3">3</a></sup></p>'
    )
    assert body.cited == ("b_c", "a", "d")


def test_an_unknown_key_stays_as_written() -> None:
    """The page invents no source; validation reports the key."""
    assert render("Một.[^nobody]") == "<p>Một.[^nobody]</p>"


def test_code_and_escapes_are_no_citations() -> None:
    """What is marked as literal stays literal."""
    assert render("`[^a]` \\[^a]") == "<p><code>[^a]</code> [^a]</p>"


def test_headings_stand_below_those_of_the_page() -> None:
    """A body's h1 and h2 become h3; ids are folded, prefixed and unique."""
    assert render("# Đống Đa\n## Vấn *đề*\n## Vấn đề\n### Sâu hơn\n## ???") == (
        '<h3 id="x-dong-da">Đống Đa</h3>\n<h3 id="x-van-de">Vấn <em>đề</em></h3>\n<h3 id="x-van-de-2">Vấn đề</h3>\n'
        '<h4 id="x-sau-hon">Sâu hơn</h4>\n<h3 id="x-phan">???</h3>'
    )


def test_tables_and_lists_keep_their_shape() -> None:
    """Tables carry no style attribute, which the security policy forbids."""
    assert render("3. ba\n4. bốn\n\n| a | b |\n|--:|---|\n| 1 | 2 |").replace("\n", "") == (
        '<ol start="3"><li>ba</li><li>bốn</li></ol><table><thead><tr><th>a</th><th>b</th></tr></thead>'
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ('a <img src=x onerror="f()"> b', '<p>a &lt;img src=x onerror="f()"&gt; b</p>'),
        ("<div onclick='x'>\nchữ\n</div>", "<p>&lt;div onclick='x'&gt;\nchữ\n&lt;/div&gt;</p>"),
        ("[x](javascript:alert(1))", "<p><a>x</a></p>"),
        ("[x](JaVa&#115;cript:alert(1))", "<p><a>x</a></p>"),
        ("[x](data:text/html,a)", "<p><a>x</a></p>"),
        ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>"),
        ('[x](https://a.b "\\"><script>")', None),
        ("![ảnh <b>](https://a.b/x.png)", "<p><em>ảnh &lt;b&gt;</em></p>"),
        ("&lt;b&gt; &amp;", "<p>&lt;b&gt; &amp;</p>"),
        ("[x]: //evil.example 'onclick=1'\n[x]", None),
    ],
)
def test_nothing_of_a_stranger_runs(markdown: str, html: str | None) -> None:
    """Raw HTML shows as text, addresses that run code are dropped, pictures of other servers are not loaded."""
    rendered = render(markdown)
    assert html is None or rendered == html
    tree = LexborHTMLParser(rendered)
    assert {node.tag for node in tree.css("body *")} <= {"p", "em", "a"}
    assert {name for node in tree.css("a") for name in node.attributes} <= {"href", "title", "rel"}


def test_links_that_leave_the_site_do_not_tell_where_from() -> None:
    """Only they get `rel`; a mail address stays one."""
    assert render("[m](https://a.b/?x=1&y=2) [n](#nguon-1) <a@b.vn>") == (
        '<p><a href="https://a.b/?x=1&amp;y=2" rel="noopener noreferrer">m</a> <a href="#nguon-1">n</a> '
        '<a href="mailto:a@b.vn">a@b.vn</a></p>'
    )


def test_endless_nesting_gives_its_words() -> None:
    """A body nested beyond what the parser can follow does not end the build."""
    assert render("- " * 3000 + "x").startswith("<p>- - - ")


def test_plain_text_has_a_line_for_each_block() -> None:
    """Search and feeds get words without marks, citations or tags."""
    assert body_text("## Giải *pháp*\n\nMột[^a]\nhai & ba <b>.\n\n- x\n- y\n\n| p | q |\n|---|---|\n| 1 | 2 |") == (
        "Giải pháp\nMột\nhai & ba <b>.\nx\ny\np\nq\n1\n2"
    )
