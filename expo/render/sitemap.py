"""What search engines read: the sitemap and robots.txt.

In: a Site and the addresses of its pages. Out: File values. A sitemap needs absolute addresses, so without a known site
address there is none. Redirects, 404 and single files are left out; only exhibits say when they last changed, as
nothing else has a date in the content.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote
from xml.sax.saxutils import escape

from expo.render.pages import LANGUAGES, File, Site, language_address


def sitemap_file(site: Site, addresses: Iterable[str]) -> File | None:
    """The pages that are to be found: addresses that end in "/", without those that redirect."""
    if not site.config.site_url:
        return None
    redirects = {f"/sang-kien/{one.slug}/" for one in site.expo.redirects}
    changed = {
        language_address(f"/sang-kien/{one.slug}/", lang): one.changed.iso
        for one in site.expo.initiatives
        for lang in LANGUAGES
    }
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for address in sorted(set(addresses) - redirects):
        if address.endswith("/") and not address.startswith("/sk/"):
            location = escape(site.config.site_url + quote(address))
            modified = f"<lastmod>{changed[address]}</lastmod>" if address in changed else ""
            lines.append(f"<url><loc>{location}</loc>{modified}</url>")
    return File("/sitemap.xml", "\n".join([*lines, "</urlset>", ""]).encode())


def robots_file(site: Site) -> File:
    """Everyone may read everything; where the sitemap is, if there is one."""
    lines = ["User-agent: *", "Allow: /"]
    if site.config.site_url:
        lines.append(f"Sitemap: {site.config.site_url}/sitemap.xml")
    return File("/robots.txt", ("\n".join(lines) + "\n").encode())
