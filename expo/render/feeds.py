"""Atom feeds: one for the whole, one for each place, theme and collection that has exhibits.

In: a Site. Out: File values beside the page they follow ("/chu-de/y-te/" → "/chu-de/y-te/feed.xml"), the last changed
first. Feeds need absolute addresses, so without a known site address there are none. An entry's id is its permanent
number's address; times are midnight in Viet Nam, as the content knows days only. Same content, same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from expo.dates import PartialDate
from expo.model import Initiative
from expo.render.pages import Site
from expo.render.views.collections import choose_text, collection_address

LONGEST_FEED = 30
VIETNAM = timezone(timedelta(hours=7))
HTML_SUMMARY = '<summary type="html">'  # as the library begins each; no text holds this, as "<" becomes an entity


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds; `page` is the address of the page it follows."""

    page: str
    title: str
    initiatives: tuple[Initiative, ...]

    @property
    def address(self) -> str:
        """`/feed.xml`, `/tinh-thanh/<slug>/feed.xml`, `/chu-de/<slug>/feed.xml`."""
        return f"{self.page}feed.xml"


def plan_feeds(site: Site) -> list[Feed]:
    """The feeds of a site; none without a site address, none that would be empty."""
    if not site.config.site_url:
        return []
    expo, words = site.expo, site.words
    whole = words.gettext("Triển lãm số Sáng kiến Đổi mới sáng tạo vì người dân")
    feeds = [Feed("/", whole, expo.initiatives)]
    for place in (*expo.places_34, *expo.special_places):
        title = f"{words.place_name(place)} – {whole}"
        feeds.append(Feed(f"/tinh-thanh/{place.slug}/", title, expo.at_place(place)))
    for theme in expo.themes:
        title = f"{words.term_name(theme)} – {whole}"
        feeds.append(Feed(f"/chu-de/{theme.slug}/", title, expo.of_theme(theme)))
    for one in expo.collections:
        title = f"{choose_text(site, one.title, one.title_en).text} – {whole}"
        feeds.append(Feed(collection_address(one), title, tuple(expo.by_id[stop.initiative] for stop in one.stops)))
    return [feed for feed in feeds if feed.initiatives]


def feed_addresses(site: Site) -> frozenset[str]:
    """Addresses of all feeds, for pages that point to theirs."""
    return frozenset(feed.address for feed in plan_feeds(site))


@dataclass(frozen=True)
class FeedFile:
    """A file like `pages.File`, whose bytes are made when they are asked for: of the records that all views see."""

    site: Site
    feed: Feed

    @property
    def address(self) -> str:
        """That of the feed."""
        return self.feed.address

    @property
    def content(self) -> bytes:
        """The feed as Atom."""
        return render_feed(self.site, self.feed)


def feed_files(site: Site) -> list[FeedFile]:
    """All feeds."""
    return [FeedFile(site, feed) for feed in plan_feeds(site)]


def render_feed(site: Site, feed: Feed) -> bytes:
    """One feed as Atom."""
    from feedgenerator import Atom1Feed  # only where one has changed

    words, site_url = site.words, site.config.site_url
    newest = sorted(feed.initiatives, key=lambda one: (one.changed.first_day, one.number), reverse=True)[:LONGEST_FEED]
    atom = Atom1Feed(
        title=feed.title,
        link=site_url + feed.page,
        description=None,
        language=words.lang,
        author_name=words.gettext("Ban biên soạn Triển lãm số"),
        feed_url=site_url + feed.address,
        feed_guid=site_url + feed.page,
        subtitle=words.gettext("Sáng kiến của người dân và câu trả lời của chính quyền"),
    )
    for initiative in newest:
        atom.add_item(
            title=initiative.title,
            link=f"{site_url}/sang-kien/{initiative.slug}/",
            description=initiative.summary,
            unique_id=f"{site_url}/sk/{initiative.number}/",
            pubdate=_midnight(initiative.added),
            updateddate=_midnight(initiative.changed),
            categories=[words.term_name(theme) for theme in initiative.themes],
        )
    return str(atom.writeString("utf-8")).replace(HTML_SUMMARY, "<summary>").encode()


def _midnight(date: PartialDate) -> datetime:
    return datetime(*date.first_day, tzinfo=VIETNAM)
