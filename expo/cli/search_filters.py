"""The filters of `search`: one option for each facet of the catalogue, under the name that it has in an address.

In: what was typed after the options. Out: the exhibits that pass, newest first; or every value that is unknown, each in
one sentence with the nearest ones or all that are allowed. Several values of one option widen, several options narrow,
as ticks in the catalogue do. Provinces and terms answer to their names too, in any writing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from expo.cli.sentences import say
from expo.model import Expo, Initiative, Place, Term
from expo.places import load_gazetteer
from expo.problems import shorten_value
from expo.search.columns import FACETS, facet_values, initiative_values
from expo.text import fold_text, make_slug

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

HELP = {
    "tinh": "help-filter-province",
    "tinh-cu": "help-filter-former",
    "chu-de": "help-filter-theme",
    "giai-doan": "help-filter-stage",
    "nguoi": "help-filter-proposer",
    "phong": "help-filter-room",
    "phan-hoi": "help-filter-reply",
    "nam": "help-filter-year",
}
ALSO_CALLED = {"tinh": "--province"}
SCHEMES = {"tinh": ("34", "special"), "tinh-cu": ("63",)}
LONGEST_NAME = 100  # a longer value is no name
NEAR = 70  # of 100, where two values may be one with a slip
MOST_NEAR = 3

Filters = Mapping[str, Sequence[str]]


def filter_options(lang: str) -> Callable[[Decorated], Decorated]:
    """Add an option for every facet; its values arrive under the name of the facet, "_" for "-"."""

    def decorate(function: Decorated) -> Decorated:
        for facet in reversed(FACETS):
            names = [f"--{facet}", *([ALSO_CALLED[facet]] if facet in ALSO_CALLED else []), facet.replace("-", "_")]
            option = click.option(
                *names, multiple=True, metavar=say("metavar-value", lang), help=say(HELP[facet], lang)
            )
            function = option(function)
        return function

    return decorate


def filters_of(options: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The facets that are filtered."""
    typed = {facet: tuple(options[facet.replace("-", "_")]) for facet in FACETS}
    return {facet: values for facet, values in typed.items() if values}


def filter_exhibits(expo: Expo, filters: Filters, lang: str) -> list[Initiative]:
    """The exhibits that have one of the values of every facet. Raises UsageError for values that no facet has."""
    allowed = facet_values(expo)
    chosen: dict[str, set[str]] = {facet: set() for facet in filters}
    wrong: list[str] = []
    for facet, values in filters.items():
        for value in values:
            if found := _find_value(expo, facet, value, allowed[facet]):
                chosen[facet].add(found)
            else:
                wrong.append(_describe_unknown(expo, facet, value, allowed[facet], lang))
    if wrong:
        raise click.UsageError("\n".join(wrong), ctx=click.get_current_context(silent=True))
    return [one for one in expo.newest if _has_all(initiative_values(expo, one), chosen)]


def _has_all(values: Mapping[str, tuple[str, ...]], chosen: Mapping[str, set[str]]) -> bool:
    return all(not wanted.isdisjoint(values[facet]) for facet, wanted in chosen.items())


def _find_value(expo: Expo, facet: str, typed: str, allowed: Sequence[str]) -> str:
    """As it stands in an address, else by name; "" where there is none."""
    slug = make_slug(typed[:LONGEST_NAME])
    if slug in allowed:
        return slug
    if facet in SCHEMES:
        found = load_gazetteer().find(typed[:LONGEST_NAME])
        return next((found[scheme].slug for scheme in SCHEMES[facet] if scheme in found), "")
    return _names(expo, facet).get(slug, "")


def _names(expo: Expo, facet: str) -> dict[str, str]:
    """Slug of a name in either language → value, for terms and provinces."""
    known: dict[str, Sequence[Term | Place]] = {
        "tinh": (*expo.places_34, *expo.special_places),
        "tinh-cu": expo.places_63,
        "chu-de": expo.themes,
        "giai-doan": expo.vocabularies["stages"],
        "nguoi": expo.vocabularies["proposers"],
    }
    return {make_slug(name): one.slug for one in known.get(facet, ()) for name in (one.name, one.name_en)}


def _describe_unknown(expo: Expo, facet: str, typed: str, allowed: Sequence[str], lang: str) -> str:
    option, value = f"--{facet}", shorten_value(typed)
    if facet == "tinh" and (former := load_gazetteer().find(typed[:LONGEST_NAME]).get("63")):
        return _describe_former(expo, option, value, former, lang)
    if near := _find_near(expo, facet, typed, allowed):
        return say("search-value-near", lang, option=option, value=value, near=", ".join(near))
    return say("search-value-unknown", lang, option=option, value=value, allowed=", ".join(allowed))


def _describe_former(expo: Expo, option: str, value: str, former: Place, lang: str) -> str:
    today = expo.today_of(former)
    name = today.name if lang == "vi" else today.name_en
    return say("search-former-place", lang, option=option, value=value, today=name, old=former.slug, new=today.slug)


def _find_near(expo: Expo, facet: str, typed: str, allowed: Sequence[str]) -> list[str]:
    """The values that were perhaps meant: those that share initials (QN), else the most alike by value or name."""
    if facet in SCHEMES and (shared := load_gazetteer().initials.get(fold_text(typed[:LONGEST_NAME]).upper())):
        return [slug for slug in shared if slug in allowed]
    from rapidfuzz import fuzz, process  # imported when a mistake is being explained, not before

    names = {**_names(expo, facet), **{value: value for value in allowed}}
    slug = make_slug(typed[:LONGEST_NAME])
    found = process.extract(slug, names.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_NEAR)
    return list(dict.fromkeys(names[name] for name, _, _ in found))
