"""Addresses that lead on: the short one printed on paper (/sk/2/), those of former slugs, both of a merged exhibit.

In: a Site. Out: Page values for the template redirect.html, which takes `target` (an address of the site) and `title`.
A static host answers no 301, so they are small pages with a refresh, a link, and the target as canonical address.
"""

from __future__ import annotations

from expo.render.pages import Page, Site


def plan_redirects(site: Site) -> list[Page]:
    """One page for each number and for each former slug or number whose exhibit still hangs."""
    former: dict[str, list[str]] = {}
    for one in site.expo.redirects:
        addresses = former.setdefault(one.target, [])
        addresses.append(f"/sang-kien/{one.slug}/")
        if one.number:
            addresses.append(f"/sk/{int(one.number[3:])}/")
    pages: list[Page] = []
    for initiative in site.expo.initiatives:
        values = {"target": f"/sang-kien/{initiative.slug}/", "title": initiative.title}
        addresses = [f"/sk/{initiative.number}/", *former.get(initiative.id, ())]
        pages.extend(Page(address, "redirect.html", values, site.words.lang) for address in addresses)
    return pages
