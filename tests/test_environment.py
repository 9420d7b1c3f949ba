"""What templates can call: links that work anywhere, words, covers; and mistakes in templates that do not pass."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader, UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from expo.config import make_config
from expo.model import Expo
from expo.places import load_gazetteer
from expo.render.assets import Assets
from expo.render.environment import ENVIRONMENT_OPTIONS, make_environment, make_link, page_address
from expo.render.pages import Site
from expo.render.words import Words


@pytest.fixture
def site() -> Site:
    """An empty expo under a sub-path."""
    gazetteer = load_gazetteer()
    expo = Expo((), gazetteer.places_63, gazetteer.places_34, gazetteer.special, (), {})
    assets = Assets()
    assets.keep("css", "/assets/expo-1.css", b"")
    environment = {"EXPO_REPOSITORY_URL": "https://git.example/o/r"}
    config = make_config(site_url="https://expo.example/sub", environment=environment)
    return Site(expo, config, Words("en"), assets)


def render(site: Site, template: str, **context: object) -> str:
    """A template of the test, rendered for the page /a/b/."""
    return make_environment(site, []).from_string(template).render({"here": "/a/b/", **context})


@pytest.mark.parametrize(
    ("here", "address", "link"),
    [
        ("/", "/", "./"),
        ("/", "/a/", "a/"),
        ("/", "/feed.xml", "feed.xml"),
        ("/a/b/", "/", "../../"),
        ("/a/b/", "/a/", "../../a/"),
        ("/a/b/", "/a/b/", "../../a/b/"),
        ("/a/b/", "/a/b/#muc", "#muc"),
        ("/a/b/", "/a/c/#muc", "../../a/c/#muc"),
        ("/a/b/", "/a/?tinh=hue&q=//#x", "../../a/?tinh=hue&q=//#x"),
        ("/a/b/", "/assets/x.css", "../../assets/x.css"),
        ("/a/b/", "#muc", "#muc"),
        ("/a/b/", "https://a.b/c", "https://a.b/c"),
        ("/a/b/", "mailto:a@b.vn", "mailto:a@b.vn"),
        ("/404.html", "/a/", "/sub/a/"),
        ("/404.html", "/", "/sub/"),
    ],
)
def test_links_are_relative_to_the_page(here: str, address: str, link: str) -> None:
    """So the site works at a root, under a sub-path and from a disk; 404.html is served at any depth, so it is not."""
    assert make_link(here, address, "/sub") == link


def test_an_address_that_is_none_is_our_mistake() -> None:
    """A link without its leading slash would work on one page and not on the next."""
    with pytest.raises(ValueError, match=r'^"sang-kien/" is no address of the site: it must start with "/"$'):
        make_link("/a/", "sang-kien/")


@pytest.mark.parametrize(
    ("context", "address"),
    [
        ({"here": "/sang-kien/"}, "/sang-kien/"),
        ({"output_file": "gioi-thieu/index.html"}, "/gioi-thieu/"),
        ({"output_file": "index.html"}, "/"),
        ({"output_file": "404.html"}, "/404.html"),
    ],
)
def test_pages_of_both_kinds_know_where_they_are(context: dict[str, str], address: str) -> None:
    """Our pages say `here`; Pelican's say which file they become."""
    assert page_address(context) == address


def test_macros_link_from_the_page_that_is_rendered(site: Site, tmp_path: Path) -> None:
    """They are made ready once and know no context; each page in turn, from wherever it stands, gets its own links."""
    (tmp_path / "way.html").write_text(
        "{% macro way() %}{{ link('/a/') }} {{ link('/a/#b') }} {{ asset('css') }}{% endmacro %}"
    )
    (tmp_path / "page.html").write_text('{% from "way.html" import way %}{{ way() }}')
    (tmp_path / "whole.html").write_text('{% include "page.html" %}')
    environment = make_environment(site, [tmp_path])
    expected = {
        "/": "a/ a/#b assets/expo-1.css",
        "/x/y/": "../../a/ ../../a/#b ../../assets/expo-1.css",
        "/a/": "../a/ #b ../assets/expo-1.css",
        "/x/": "../a/ ../a/#b ../assets/expo-1.css",
        "/404.html": "/sub/a/ /sub/a/#b /sub/assets/expo-1.css",
    }
    for name in ("page.html", "whole.html"):
        template = environment.get_template(name)
        assert {here: template.render(here=here) for here in expected} == expected
    assert environment.get_template("page.html").render(output_file="x/index.html") == expected["/x/"]


def test_a_link_from_nowhere_ends_the_build(site: Site) -> None:
    """A page that does not say where it stands would have the links of another."""
    with pytest.raises(LookupError, match="has neither `here` nor `output_file`"):
        make_environment(site, []).from_string("{{ link('/a/') }}").render()


def test_templates_link_to_pages_and_assets(site: Site) -> None:
    """Absolute addresses only where the site's own is known."""
    template = (
        "{{ link('/a/') }} {{ asset('css') }} {{ absolute('/tinh-thanh/huế/?q=a') }} {{ source_address('pages/x.md') }}"
    )
    assert render(site, template) == (
        "../../a/ ../../assets/expo-1.css https://expo.example/sub/tinh-thanh/hu%E1%BA%BF/?q=a "
        "https://git.example/o/r/blob/main/content/pages/x.md"
    )
    nowhere = replace(site, config=make_config(site_url="", environment={}))
    assert render(nowhere, "[{{ absolute('/a/') }}{{ source_address('x') }}{{ feed_of('/') }}]") == "[]"


def test_text_is_escaped_and_sentences_are_translated(site: Site) -> None:
    """A value inside a translated sentence is escaped like any other."""
    assert render(site, "{{ name }} {{ _('hơn') }}", name="<b>") == "&lt;b&gt; over"
    template = "{{ _('%(theme)s ở %(place)s', theme=name, place=html) }}"
    assert render(site, template, name="<i>", html=Markup("<b>x</b>")) == "&lt;i&gt; in <b>x</b>"


def test_a_missing_value_ends_the_build(site: Site) -> None:
    """A page with a hole is worse than no page."""
    with pytest.raises(UndefinedError, match="'nothing' is undefined"):
        render(site, "{{ nothing }}")


def test_compiled_templates_that_cannot_be_kept_cost_time_only(site: Site, tmp_path: Path) -> None:
    """A cache on a full disk, or one that goes away during a build, ends none."""
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/a.html").write_text("{{ here }}")
    environment = make_environment(replace(site, config=replace(site.config, cache=tmp_path / "cache")), [])
    environment.loader = FileSystemLoader(tmp_path / "theme")
    shutil.rmtree(tmp_path / "cache")
    assert environment.get_template("a.html").render({"here": "x"}) == "x"


class Sign:
    """An object that knows its own HTML."""

    def __html__(self) -> str:
        return "<hr>"


@pass_context
def where(context: Context, suffix: str) -> str:
    """A function that wants the context."""
    return f"{context['here']}{suffix}"


class Where:
    """A method that wants it, and an object that is called and does."""

    @pass_context
    def ask(self, context: Context, suffix: str = "") -> str:
        return f"{context['here']}{suffix}"

    @pass_context
    def __call__(self, context: Context) -> str:
        return f"called at {context['here']}"

    def plain(self, one: str, two: str = "") -> str:
        return one + two


@pytest.mark.parametrize(
    "template",
    [
        "{{ text }}|{{ safe }}|{{ number }}|{{ none }}|{{ sign }}|{{ text ~ safe ~ number }}|{{ text|upper }}",
        "{% set both %}{{ text }}{{ safe }}{% endset %}{{ both }}|{{ [both, text]|join('<') }}",
        "{% macro tell(one, two='<') %}{{ one }}{{ two }}{% endmacro %}{{ tell(text) }}|{{ tell(safe, two=sign) }}",
        "{% macro p(one) %}{{ one }}{{ caller(text) }}{% endmacro %}{% call(two) p(safe) %}{{ two }}{% endcall %}",
        "{{ where('<') }}|{{ asker.ask(suffix='&') }}|{{ asker() }}|{{ asker.plain(text, two=safe) }}",
        "{% for one in [text, safe] %}{{ where(one) }}{{ asker.plain(one) }}{{ loop.last }}{% endfor %}",
        "{% block part %}{% set own = text %}{{ where(own) }}{{ asker.plain(own) }}{{ dict(a=1).a }}{% endblock %}",
        "{% autoescape false %}{{ text }}{{ safe }}{{ asker.plain(text) }}{% endautoescape %}{{ text }}",
        "{% macro tell() %}{{ where(text) }}{% endmacro %}{{ tell() }}{{ namespace(a=text).a }}{{ partly('b') }}",
    ],
)
def test_templates_print_and_call_as_jinja_itself_does(site: Site, template: str) -> None:
    """What is left out on the way to a value that is printed or called changes no character."""
    values = {
        "text": "<a & 'b'>", "safe": Markup("<b>"), "number": 3, "none": None, "sign": Sign(), "where": where,
        "asker": Where(), "partly": partial(Where().plain, "a"), "here": "/a/b/",
    }  # fmt: skip
    usual = Environment(**ENVIRONMENT_OPTIONS).from_string(template).render(values)
    assert render(site, template, **values) == usual


def test_a_macro_that_is_called_once_is_remembered_by_its_key(site: Site) -> None:
    """The second page gets the words of the first; another key or another macro does not."""
    environment = make_environment(site, [])
    template = environment.from_string(
        "{% macro bold(word) %}<b>{{ word }}</b>{% endmacro %}"
        "{% macro thin(word) %}<i>{{ word }}</i>{% endmacro %}"
        "{{ once(bold, 1, word) }}{{ once(bold, 1, 'other') }}{{ once(bold, 2, 'other') }}{{ once(thin, 1, 'other') }}"
    )
    assert template.render(here="/a/b/", word="<a>") == "<b>&lt;a&gt;</b><b>&lt;a&gt;</b><b>other</b><i>other</i>"


def test_ordinary_pages_are_asked_for_their_addresses_once(site: Site) -> None:
    """Pelican makes the address of a page anew each time; another list is looked at again."""
    environment = make_environment(site, [])
    template = environment.from_string("{{ own_urls(pages)|join(' ') }}")
    page = SimpleNamespace(url="a/")
    pages = [page]
    assert template.render(here="/", pages=pages) == "a/"
    page.url = "b/"
    assert template.render(here="/", pages=pages) == "a/"
    assert template.render(here="/", pages=list(pages)) == "b/"
