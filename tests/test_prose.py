"""Texts of strangers: Markdown becomes safe HTML with numbered citations, and plain text; forbidden links are told."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from expo.links import OUTSIDE_REL, SCHEMES, find_fault, leaves_site
from expo.prose import ATTRIBUTES, PAGE_HEADING, TAGS, VALUES, RefusedLink, _parser, plain_text, render_prose

KEYS = ("a", "b_c", "d")


def render(markdown: str) -> str:
    """HTML of a body that may cite a, b_c and d."""
    return render_prose(markdown, KEYS, "x").html


def test_citations_carry_the_number_of_the_source() -> None:
    """The number is the position in the exhibit's sources; neighbours share one mark, a repeat counts once."""
    body = render_prose("Một.[^b_c] Hai.[^a][^d][^a]", KEYS)
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
        '<h3 id="x--dong-da">Đống Đa</h3>\n<h3 id="x--van-de">Vấn <em>đề</em></h3>\n<h3 id="x--van-de-2">Vấn đề</h3>\n'
        '<h4 id="x--sau-hon">Sâu hơn</h4>\n<h3 id="x--phan">???</h3>'
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
        ("    Đoạn thụt đầu dòng.[^a]", '<p>Đoạn thụt đầu dòng.<sup class="cite"><a href="#nguon-1">1</a></sup></p>'),
        ("\tMột câu\nhai dòng.\n\n\t\tĐoạn sau.", "<p>Một câu\nhai dòng.</p><p>Đoạn sau.</p>"),
        ("Một.\n\n     - a\n     - b", "<p>Một.</p><ul><li>a</li><li>b</li></ul>"),
        ("  ## Kết quả", '<h3 id="x--ket-qua">Kết quả</h3>'),
        ("- a\n\n    b\n\n- c\n    - d", "<ul><li><p>a</p><p>b</p></li><li><p>c</p><ul><li>d</li></ul></li></ul>"),
    ],
)
def test_blanks_before_a_block_mean_nothing(markdown: str, html: str) -> None:
    """Word begins paragraphs with a tab: they are no code. In a list, blanks still say what belongs to an item."""
    assert re.sub(r"\n(?=<)|(?<=>)\n", "", render(markdown)) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ('a <img src=x onerror="f()"> b', '<p>a &lt;img src=x onerror="f()"&gt; b</p>'),
        ("<div onclick='x'>\nchữ\n</div>", "<p>&lt;div onclick='x'&gt;\nchữ\n&lt;/div&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>x</p>"),
        ("[x](JaVa&#115;cript:alert(1))", "<p>x</p>"),
        ("[x](data:text/html,a)", "<p>x</p>"),
        ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>"),
        ('[x](https://a.b "\\"><script>")', None),
        ("[x](https://a.b 't' onclick='f()')", None),
        ("[x](//evil.example)", "<p>x</p>"),
        ("[x](https://u:p@evil.example)", "<p>x</p>"),
        ("[x](/\\\\evil.example)", "<p>x</p>"),
        ("<svg/onload=f()><math><style>*{}</style></math>", None),
        ("a&#8238;b&#82&zwj;38;c&shy;", "<p>ab c</p>"),
        (f"&#{'9' * 5000};", "<p>\ufffd</p>"),
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
        '<p><a href="https://a.b/?x=1&amp;y=2" rel="nofollow ugc noopener noreferrer">m</a> <a href="#nguon-1">n</a> '
        '<a href="mailto:a@b.vn">a@b.vn</a></p>'
    )


def test_endless_nesting_gives_its_words() -> None:
    """A body nested beyond what the parser can follow does not end the build."""
    assert render("- " * 3000 + "x").startswith("<p>- - - ")


def test_plain_text_has_a_line_for_each_block() -> None:
    """Search and feeds get words without marks, citations or tags."""
    assert plain_text("## Giải *pháp*\n\nMột[^a]\nhai & ba <b>.\n\n- x\n- y\n\n| p | q |\n|---|---|\n| 1 | 2 |") == (
        "Giải pháp\nMột\nhai & ba <b>.\nx\ny\np\nq\n1\n2"
    )


def test_a_refused_link_is_told_as_written_and_as_read() -> None:
    """So that `check` can name its line; its words stay."""
    prose = render_prose("Xem [*đây*](JaVa&#115;cript:x) và <https://a@b.vn/>.")
    assert prose.html == "<p>Xem <em>đây</em> và https://a@b.vn/.</p>"
    assert prose.refused == (
        RefusedLink("JaVa&#115;cript:x", "JaVascript:x", "bad-address"),
        RefusedLink("https://a@b.vn/", "https://a@b.vn/", "address-with-user"),
    )


@pytest.mark.parametrize(
    ("markdown", "address"),
    [
        ("[x](https://a.b/?p=1&copy=2)", "https://a.b/?p=1&copy=2"),
        ("[x](https://vi.wikipedia.org/wiki/Đà Nẵng)", "https://vi.wikipedia.org/wiki/Đà%20Nẵng"),
        ("[x](<https://a.b/(c)>)", "https://a.b/(c)"),
        ("[x](../tham-gia/#gui)", "../tham-gia/#gui"),
        ("[x](tel:1022)", "tel:1022"),
        ("<gop-y@xa.example>", "mailto:gop-y@xa.example"),
        ("[x][y]\n\n[y]: https://a.b 'z'", "https://a.b"),
    ],
)
def test_an_honest_link_stays(markdown: str, address: str) -> None:
    """With its address as it was meant."""
    (link,) = LexborHTMLParser(render(markdown)).css("a")
    assert link.attributes["href"] == address


PIECES = st.sampled_from(
    [
        *(
            "[",
            "](",
            ")",
            "![",
            "]: ",
            "<",
            ">",
            "`",
            "*",
            "_",
            "\\",
            "\n",
            "\n\n",
            "# ",
            "> ",
            "- ",
            "| a | b |\n|--|--|\n",
            "    ",
        ),
        *(
            "&",
            "#",
            ";",
            "&#106;",
            "&#x6a;",
            "&colon;",
            "&Tab;",
            "&NewLine;",
            "&amp;",
            "&zwj;",
            "&#8238;",
            "\x02",
            "\x03",
            "0",
        ),
        *(
            "javascript:",
            "data:text/html,",
            "vbscript:",
            "https://",
            "http:",
            "//",
            "/",
            "\\/",
            "mailto:",
            "tel:",
            "@",
            "x",
            "a.b",
        ),
        *(
            "<script>",
            "</script>",
            "<img src=x onerror=f()>",
            "<svg onload=f()>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<style>",
        ),
        *(" ", '"', "'", "onclick=f() ", "style=x ", "[^a]", "\u2028", "\u202e", "ừ", "href=", "{attach}/x"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
@example("[x](&#38;#104;ttps://a.b)")
@example("[x](&#0000000000104;ttps://a.b)")
@example("[x](\\\\/evil)")
def test_whatever_is_written_nothing_is_live(markdown: str) -> None:
    """Only what is on the list; only good links; what leaves the site says so; ids keep their prefix."""
    tree = LexborHTMLParser(render(markdown))
    for node in tree.css("body *"):
        assert node.tag in TAGS, markdown
        allowed = ATTRIBUTES.get(node.tag, set()) | VALUES.get(node.tag, {}).keys()
        assert node.attributes.keys() <= allowed, markdown
        href = node.attributes.get("href")
        if href is not None:
            assert find_fault(href, SCHEMES, relative=True) == "", markdown
            assert (node.attributes.get("rel") == OUTSIDE_REL) == leaves_site(href), markdown
        assert (node.attributes.get("id") or "x--").startswith("x--"), markdown
    plain_text(markdown)


TEXTS = (
    "[nguồn]: https://a.vn\n\nXem [nguồn] và [khác].",
    "Xem [nguồn] và [khác].\n\n[khác]: https://b.vn",
    "3. ba\n4. bốn\n\n- a\n\n    b",
    "1. một\n2. hai\n\n7. bảy",
    "*nghiêng **đậm* hở** _a `b",
    "**đậm _cả hai_** `mã` \\* &amp; a  \nb",
    "a[^x] và [^y]\n\n## Đầu\n\n## Đầu",
    "| a | b |\n|---|---|\n| 1 | *2* |",
    "> " * 400 + "sâu",
    "Câu thường.",
)


def test_the_parser_knows_nothing_of_the_text_before() -> None:
    """One parser reads all: links, lists, emphasis and ids of a text are not those of another, nor after an error."""
    for before in TEXTS:
        for text in TEXTS:
            _parser.cache_clear()
            fresh = render_prose(text, ["x"])
            render_prose(before, ["y"], "khac", PAGE_HEADING)
            assert render_prose(text, ["x"]) == fresh, (before, text)
