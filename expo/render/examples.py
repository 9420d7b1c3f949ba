"""The gallery of components: every example of theme/examples/ printed by the very templates that the site uses.

In: a Plan of the frozen content in theme/examples/content, and one YAML file for each component. Out: pages under
`/thanh-phan/`, each component once in light and once in dark. An example names a page of that content, whose values it
takes from the same views as the site, and says which macro to print; no markup is copied. Only ids are changed, so that
many examples can stand on one page. Never part of a site: tools/make_gallery.py and the tests alone ask for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from markupsafe import Markup

from expo.render.environment import make_environment
from expo.render.pages import File
from expo.render.plan import plan_pages
from expo.render.views.catalogue import plan_catalogue

if TYPE_CHECKING:
    from jinja2 import Environment

    from expo.render.site import Plan

GALLERY = "/thanh-phan/"
DARK = "toi/"
EXAMPLES = Path("theme") / "examples"
CONTENT = EXAMPLES / "content"
PAGE = "gallery.html"

# Addresses that examples know: with them codes, links to share, to report and to the source are shown.
SITE_URL = "https://trien-lam.example"
REPOSITORY_URL = "https://kho.example/trien-lam"
OWN_PAGES = ("gioi-thieu/", "tham-gia/", "quyen-rieng-tu/")

ID = re.compile(r'\bid="([^"]+)"')
USES_OF_IDS = re.compile(
    r'(\b(?:id|for|aria-labelledby|aria-describedby|aria-controls|data-copy)="|\bhref="#|url\(#)([^")]+)'
)


@dataclass(frozen=True)
class Example:
    """One example: its name, the page whose values it takes ("" for none), values of its own, what it prints."""

    name: str
    page: str
    values: Mapping[str, Any]
    source: str  # Jinja


@dataclass(frozen=True)
class Component:
    """A component and its examples; `unseen` says why one has none, "" for all others."""

    name: str
    about: str
    unseen: str
    styles: tuple[str, ...]  # of css/pages/, which the pages that use it load
    scripts: tuple[str, ...]
    examples: tuple[Example, ...]

    @property
    def address(self) -> str:
        """`/thanh-phan/hang/`."""
        return f"{GALLERY}{self.name}/"


def read_components(project: Path) -> tuple[Component, ...]:
    """Every file of theme/examples/, by name. Raises KeyError, TypeError or ValueError where one lacks a part."""
    return tuple(_read_component(path) for path in sorted((project / EXAMPLES).glob("*.yaml")))


def _read_component(path: Path) -> Component:
    told = yaml.safe_load(path.read_text("utf-8"))
    examples = tuple(
        Example(one["name"], one.get("page", ""), one.get("values", {}), one.get("print") or told["print"])
        for one in told.get("examples", ())
    )
    if bool(examples) == ("unseen" in told):
        raise ValueError(f"{path.name}: give either examples, or under `unseen` the reason why there are none")
    return Component(
        path.stem,
        told["about"],
        told.get("unseen", ""),
        tuple(told.get("styles", ())),
        tuple(told.get("scripts", ())),
        examples,
    )


def render_gallery(plan: Plan) -> Iterator[File]:
    """The pages of the gallery as finished files; their links and assets are those of the plan's site."""
    config = replace(plan.site.config, site_url=SITE_URL, repository_url=REPOSITORY_URL)
    site = replace(plan.site, config=config)
    folders = (config.project / "theme" / "templates", config.project / EXAMPLES)
    environment = make_environment(site, folders, plan.twins)
    values = {page.address: page.context for page in (*plan_pages(site), *plan_catalogue(site))}
    components = read_components(config.project)
    template = environment.get_template(PAGE)
    for address, scheme, component in _addresses(components):
        shown = () if component is None else _print_examples(environment, component, address, values)
        html = template.render(
            here=address, scheme=scheme, component=component, components=components, shown=shown, gallery=GALLERY
        )
        yield File(address, html.encode())


def _addresses(components: tuple[Component, ...]) -> Iterator[tuple[str, str, Component | None]]:
    """(address, scheme, component) of every page; the list of all has no component."""
    yield GALLERY, "", None
    for component in components:
        if component.examples:
            yield component.address, "light", component
            yield component.address + DARK, "dark", component


def _print_examples(
    environment: Environment, component: Component, here: str, values: Mapping[str, Mapping[str, object]]
) -> list[tuple[str, Markup]]:
    """(name, HTML) of every example of a component."""
    shown = []
    for number, example in enumerate(component.examples, 1):
        context = {
            "here": here,
            "at": example.page or "/",
            "own_pages": OWN_PAGES,
            **(values[example.page] if example.page else {}),
            **example.values,
        }
        html = environment.from_string(example.source).render(context)
        shown.append((example.name, Markup(part_ids(html, f"--{number}"))))
    return shown


def part_ids(html: str, ending: str) -> str:
    """Give every id of a piece of HTML an ending, and whatever in the piece refers to it."""
    own = set(ID.findall(html))

    def rename(match: re.Match[str]) -> str:
        names = [name + ending if name in own else name for name in match[2].split(" ")]
        return match[1] + " ".join(names)

    return USES_OF_IDS.sub(rename, html)
