"""What search engines read: JSON-LD of schema.org, only with facts that the record holds.

In: the Site and a record. Out: a `<script type="application/ld+json">` element, which no policy has to allow, for it is
data and never runs; nothing where the site's address is unknown. `<`, `>` and `&` are written as escapes, so no text
of anyone's can end the element.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup

from expo.render.pages import language_address
from expo.render.views.cards import exhibit_address, place_address, place_name, theme_address

if TYPE_CHECKING:
    from expo.model import Initiative, Place
    from expo.render.pages import Site

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ESCAPES = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def describe_site(site: Site) -> Markup:
    """The exhibition."""
    name = site.words.gettext("Triển lãm số")
    described = {"@type": "WebSite", "name": name, "url": _absolute(site, "/"), "inLanguage": site.words.lang}
    return _write(site, described)


def describe_exhibit(site: Site, initiative: Initiative, title: str) -> Markup:
    """An article about an initiative: dates, themes, places of its time, sources on the web; and its breadcrumbs."""
    address = exhibit_address(initiative)
    card = site.cards.get(address)
    article = {
        "@type": "Article",
        "@id": _absolute(site, f"/sk/{initiative.number}/"),
        "identifier": initiative.id,
        "headline": title,
        "description": initiative.summary,
        "url": _absolute(site, address),
        "image": _absolute(site, card.address) if card else None,
        "datePublished": initiative.added.iso,
        "dateModified": initiative.changed.iso,
        "inLanguage": site.words.lang if initiative.english else "vi",
        "license": LICENCE,
        "about": [{"@type": "Thing", "name": site.words.term_name(theme)} for theme in initiative.themes],
        "spatialCoverage": [_place(site, one) for one in initiative.places if one.scheme != "special"],
        "citation": [
            {"@type": "CreativeWork", "name": one.title, "url": one.address}
            for one in initiative.sources
            if one.address
        ],
    }
    first = [(theme_address(one), site.words.term_name(one)) for one in initiative.themes[:1]]
    trail = [("/sang-kien/", site.words.gettext("Sáng kiến")), *first, (address, title)]
    return _write(site, article, _breadcrumbs(site, trail))


def describe_place(site: Site, scheme: str, slug: str) -> Markup:
    """A province, unless it is one of the two that are none; and its breadcrumbs."""
    key = slug if scheme == "special" else f"{scheme}:{slug}"
    place = site.expo.place_by_key[key]
    former = [("/tinh-thanh/truoc-2025/", site.words.gettext("Trước 1/7/2025"))] if scheme == "63" else []
    own = (place_address(place), place_name(place, site.words))
    trail = [("/tinh-thanh/", site.words.gettext("Tỉnh, thành")), *former, own]
    found = [] if scheme == "special" else [{**_place(site, place), "url": _absolute(site, place_address(place))}]
    return _write(site, *found, _breadcrumbs(site, trail))


def describe_theme(site: Site, slug: str) -> Markup:
    """A page that collects exhibits; and its breadcrumbs."""
    theme = next(one for one in site.expo.themes if one.slug == slug)
    name, address = site.words.term_name(theme), theme_address(theme)
    page = {"@type": "CollectionPage", "name": name, "url": _absolute(site, address), "inLanguage": site.words.lang}
    return _write(site, page, _breadcrumbs(site, [("/chu-de/", site.words.gettext("Chủ đề")), (address, name)]))


def _place(site: Site, place: Place) -> dict[str, Any]:
    full = place.full_name if site.words.lang == "vi" else ""
    country = {"@type": "Country", "name": "Việt Nam" if site.words.lang == "vi" else "Viet Nam"}
    described = {"@type": "AdministrativeArea", "name": place_name(place, site.words), "containedInPlace": country}
    return described | ({"alternateName": full} if full and full != described["name"] else {})


def _breadcrumbs(site: Site, trail: list[tuple[str, str]]) -> dict[str, Any]:
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": _absolute(site, address)}
        for position, (address, name) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _absolute(site: Site, address: str) -> str:
    fixed = address.startswith(("/sk/", "/assets/"))  # the same in every language
    return site.config.site_url + quote(address if fixed else language_address(address, site.words.lang), safe="/")


def _write(site: Site, *things: dict[str, Any]) -> Markup:
    if not site.config.site_url:
        return Markup("")
    known = [{key: value for key, value in thing.items() if value not in (None, "", [])} for thing in things]
    data = {"@context": "https://schema.org", "@graph": known}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, escape in ESCAPES:  # much quicker than str.translate, where most letters are not ASCII
        text = text.replace(character, escape)
    return Markup(f'<script type="application/ld+json">{text}</script>')
