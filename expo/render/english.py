"""The expo as English pages see it: the same records, with their English texts where there are any.

In: an Expo. Out: an Expo with the same exhibits, places and terms in the same order, under the same numbers and slugs.
What has no English keeps its Vietnamese, and `english`, `body_en` or `date_text_en` of the record still says so: views
mark it as such. The English of an exhibit may be without a text (`has_english_body`). Figures stay as they are (views
order them by their Vietnamese words); Words has their English. Nothing is translated here; names of provinces come from
the reference data.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from expo.model import Expo, Figure, Initiative, Place, Reply, Term


def english_expo(expo: Expo) -> Expo:
    """An Expo for the English pages."""
    places = {key: _english_place(place) for key, place in expo.place_by_key.items()}
    return replace(
        expo,
        initiatives=tuple(_english_initiative(one, places) for one in expo.initiatives),
        places_63=tuple(places[place.key] for place in expo.places_63),
        places_34=tuple(places[place.key] for place in expo.places_34),
        special_places=tuple(places[place.key] for place in expo.special_places),
        themes=tuple(map(_english_term, expo.themes)),
        vocabularies={name: tuple(map(_english_term, terms)) for name, terms in expo.vocabularies.items()},
    )


def has_english_body(one: Initiative) -> bool:
    """Whether there is a text beside the English title and summary."""
    return bool(one.english and one.english.body.strip())


def searched_in_english(english: Expo, original: Expo) -> Expo:
    """The same for the search alone: with figures in English, and Vietnamese titles as if those were keywords."""
    pairs = zip(english.initiatives, original.initiatives, strict=True)
    return replace(english, initiatives=tuple(_searched(one, other.title) for one, other in pairs))


def _searched(one: Initiative, title: str) -> Initiative:
    if not (one.english or one.figures):
        return one
    tags = (*one.tags, title) if one.english else one.tags
    return replace(one, tags=tags, figures=tuple(map(_english_figure, one.figures)))


def _english_place(place: Place) -> Place:
    """Its English name; the Vietnamese ones are still names that it is found by."""
    name = place.name_en or place.name
    kind = {"tinh": " Province", "thanh-pho": " City"}.get(place.kind, "")
    return replace(
        place,
        name=name,
        full_name=name if name.endswith(kind) else name + kind,
        region_name=place.region_name_en or place.region_name,
        aliases=tuple(dict.fromkeys((place.name, place.full_name, *place.aliases))),
    )


@lru_cache(maxsize=1024)  # thousands of exhibits share a few dozen
def _english_term(term: Term) -> Term:
    return replace(term, name=term.name_en or term.name, help=term.help_en)


def _english_figure(figure: Figure) -> Figure:
    return replace(figure, label=figure.label_en or figure.label, unit=figure.unit_en or figure.unit)


def _english_reply(reply: Reply, places: dict[str, Place]) -> Reply:
    return replace(
        reply,
        place=places[reply.place.key],
        date_text=reply.date_text_en or reply.date_text,
        body=reply.body_en or reply.body,
    )


def _english_initiative(one: Initiative, places: dict[str, Place]) -> Initiative:
    text = one.english or one
    return replace(
        one,
        title=text.title,
        summary=text.summary,
        body=text.body if has_english_body(one) else one.body,
        places=tuple(places[place.key] for place in one.places),
        themes=tuple(map(_english_term, one.themes)),
        stage=_english_term(one.stage),
        channels=tuple(map(_english_term, one.channels)),
        replies=tuple(_english_reply(reply, places) for reply in one.replies),
    )
