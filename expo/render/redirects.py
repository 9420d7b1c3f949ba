"""Addresses that lead on: the short one printed on paper (/sk/2/) and those of former slugs.

In: a Site. Out: Page values for the template redirect.html, which takes `target` (an address of the site) and `title`.
A static host answers no 301, so they are small pages with a refresh, a link, and the target as canonical address.
"""

from __future__ import annotations

from expo.render.pages import Page, Site


def plan_redirects(site: Site) -> list[Page]:
    """One page for each number and for each former slug whose exhibit still hangs."""
    pages: list[Page] = []
    for initiative in site.expo.initiatives:
        values = {"target": f"/sang-kien/{initiative.slug}/", "title": initiative.title}
        former = [f"/sang-kien/{slug}/" for slug, number in site.expo.redirects if number == initiative.id]
        addresses = (f"/sk/{initiative.number}/", *former)
        pages.extend(Page(address, "redirect.html", values, site.words.lang) for address in addresses)
    return pages
