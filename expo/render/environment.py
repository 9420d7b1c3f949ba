"""What templates can call: links, assets, covers, words, dates and numbers. One set for Pelican's Jinja2 and for tests.

In: a Site. Out: globals, filters and options of a Jinja2 environment: autoescape, strict undefined, gettext.
Links are relative to the page (`here`), so that the same files work at a root, under a sub-path and from a disk; only
404.html, which a host serves at any depth, uses absolute paths. Templates print with these; nothing is decided here.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from expo.links import OUTSIDE_REL
from expo.model import Initiative
from expo.render.bodies import render_page
from expo.render.covers import CARD_BOX, room_seed
from expo.render.feeds import feed_addresses
from expo.render.jinja_runtime import QuickContext, QuickTemplate
from expo.render.linked_data import describe_exhibit, describe_place, describe_site, describe_theme
from expo.render.pages import SOURCE_LANGUAGE, Site, language_address, plain_address
from expo.render.security import CONTENT_SECURITY_POLICY
from expo.render.share_cards import ShareCard
from expo.render.words import Words, tie

NOT_FOUND = "/404.html"

ENVIRONMENT_OPTIONS: Mapping[str, Any] = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ("jinja2.ext.i18n",),
    "cache_size": -1,  # all templates, in a plain dictionary
}


def make_environment(site: Site, folders: Iterable[Path], twins: frozenset[str] = frozenset()) -> Environment:
    """An environment of our own over template folders: for tests and whatever runs without Pelican."""
    loader = FileSystemLoader([str(folder) for folder in folders])
    environment = Environment(loader=loader, **ENVIRONMENT_OPTIONS)
    prepare_environment(environment, site, twins)
    return environment


def prepare_environment(environment: Environment, site: Site, twins: frozenset[str] = frozenset()) -> None:
    """Give an environment (Pelican's, say) the words, globals and filters of a site. Before any template is loaded.

    `twins` are the addresses that are there in both languages: links lead to the page in the site's own.
    """
    words = site.words
    environment.auto_reload = False  # templates do not change while a build runs; asking the disk each time costs 10 %
    environment.bytecode_cache = _bytecode_cache(site.config.cache / "templates")
    environment.policies["ext.i18n.trimmed"] = True
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "sort_keys": True,
    }  # "ế" is shorter than "\\u1ebf"
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension puts it there
        words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext
    )
    environment.globals.update(gettext=_make_gettext(words), _=_make_gettext(words))
    links = Links(site, twins)
    environment.context_class = note_pages(links)
    environment.template_class = QuickTemplate
    environment.globals.update(make_globals(site, links))
    environment.filters.update(make_filters(site))


def _make_gettext(words: Words) -> Callable[..., Markup]:
    """What the i18n extension's newstyle gettext does, each sentence without values only once: a fifth of rendering."""
    plain: dict[str, Markup] = {}

    def gettext(message: str, /, **values: object) -> Markup:
        if values:
            return Markup(words.gettext(message)) % values
        if message not in plain:
            plain[message] = Markup(words.gettext(message)) % {}
        return plain[message]

    return gettext


def load_templates(environment: Environment, folder: Path) -> None:
    """Compile all templates of a folder now: processes that are forked later need not each do it again."""
    for path in sorted(folder.rglob("*.html")):
        environment.get_template(path.relative_to(folder).as_posix())


class CompiledTemplates(FileSystemBytecodeCache):
    """Jinja's own, but that a disk which is full costs time only."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _bytecode_cache(folder: Path) -> FileSystemBytecodeCache | None:
    """Compiled templates, kept by the hash of their source: a tenth of a build. None where nothing can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return CompiledTemplates(str(folder)) if os.access(folder, os.W_OK) else None


class Links:
    """Links as they are on the page that is being rendered.

    Which page that is, every context tells that knows it (`note_pages`): macros are imported without the context of
    their page, so that a component is made ready once and not for each page. Pages at one depth share their links.
    """

    def __init__(self, site: Site, twins: frozenset[str]) -> None:
        self._site, self._twins = site, twins
        self._here = ""
        self._known: dict[str, str] = {}  # links and assets of pages as deep as this one
        self._by_depth: dict[str, dict[str, str]] = {}

    def stand_at(self, here: str) -> None:
        """The page at this address is rendered from now on."""
        if here != self._here:
            self._here = here
            self._known = self._by_depth.setdefault(make_link(here, "/", self._site.config.site_path), {})

    def link(self, address: str) -> str:
        """To an address without its language: the page in the language of this one, if there is one."""
        known = self._known.get(address)
        if known is None:
            known = self._make(self.in_own_language(address))
            if "#" not in address:  # else it depends on the page
                self._known[address] = known
        return known

    def link_in(self, other: str, address: str) -> str:
        """The page of an address in another language; "" where it has none."""
        return self._make(language_address(address, other)) if address in self._twins else ""

    def asset(self, name: str) -> str:
        """To a file of the theme; a name never begins as an address does."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._make(self._site.assets.address(name))
        return known

    def has_twin(self, address: str) -> bool:
        """Whether a page is there in both languages."""
        return address in self._twins

    def in_own_language(self, address: str) -> str:
        """The address of the page in the site's language, if it is there."""
        lang = self._site.words.lang
        is_other = lang != SOURCE_LANGUAGE and _path(address) in self._twins
        return language_address(address, lang) if is_other else address

    def _make(self, address: str) -> str:
        if not self._here:
            raise LookupError("a template asks for a link, but its context has neither `here` nor `output_file`")
        return make_link(self._here, address, self._site.config.site_path)


def note_pages(links: Links) -> type[QuickContext]:
    """The class of contexts that tell where the page stands: the first of a page, before anything of it is printed."""

    class PageContext(QuickContext):
        """The usual, but for that, and without a look for globals that an import may lack."""

        def __init__(
            self,
            environment: Environment,
            parent: dict[str, Any],
            name: str | None,
            blocks: dict[str, Callable[..., Iterator[str]]],
            globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja calls it so
        ) -> None:
            # Told of globals, every import would look for new ones among them; those of an environment never change.
            super().__init__(environment, parent, name, blocks)
            if here := page_address(parent):
                links.stand_at(here)

    return PageContext


def make_globals(site: Site, links: Links) -> dict[str, Any]:
    """Functions and values that every template has."""
    config, lang = site.config, site.words.lang

    @cache
    def absolute(address: str, other: str = "") -> str:
        there = language_address(address, other) if other else links.in_own_language(address)
        return config.site_url + quote(there, safe="/?&=#%") if config.site_url else ""

    def cover(initiative: Initiative, box: str = CARD_BOX, suffix: str = "", extra: str = "") -> Markup:
        key = f"{initiative.number}-{suffix}" if suffix else str(initiative.number)
        return site.loom.cover_cloth(initiative.id, initiative.themes[0].slug, key, box, extra)

    def source_address(path: str) -> str:
        base = config.repository_url
        return f"{base}/blob/{quote(config.repository_branch)}/content/{quote(path)}" if base else ""

    remembered: dict[tuple[object, ...], str] = {}

    def remember(*key: object, caller: Callable[[], str]) -> str:
        """For `{% call remember(…) %}`: its inside is rendered once for each key, which names all it depends on."""
        if key not in remembered:
            remembered[key] = caller()
        return remembered[key]

    def once(macro: Callable[..., str], key: object, *values: object) -> str:
        """What a macro prints, called once for each key: as `remember`, without a block that is set up each time."""
        return remember(macro, key, caller=partial(macro, *values))

    own: tuple[object, tuple[str, ...]] = (None, ())

    def own_urls(pages: Sequence[Any]) -> tuple[str, ...]:
        """Of the ordinary pages, as Pelican tells them; each time it is asked it makes them anew."""
        nonlocal own
        if own[0] is not pages:
            own = (pages, tuple(str(page.url) for page in pages))
        return own[1]

    @cache
    def marked(text_lang: str = SOURCE_LANGUAGE) -> Markup:
        """The attribute of an element in another language than its page: by default one that is always Vietnamese."""
        return Markup("") if text_lang == lang else Markup(' lang="{}"').format(text_lang)

    def share_card(address: str) -> ShareCard | None:
        return site.cards.get(address) or site.cards.get("/")

    feeds = feed_addresses(site)

    def feed_of(address: str) -> str:
        feed = f"{address}feed.xml"
        return feed if feed in feeds else ""

    return {
        "link": links.link,
        "link_in": links.link_in,
        "has_twin": links.has_twin,
        "plain_address": plain_address,
        "marked": marked,
        "asset": links.asset,
        "absolute": absolute,
        "cover": cover,
        "cloth": site.loom.cover_cloth,
        "room_seed": room_seed,
        "feed_of": feed_of,
        "remember": remember,
        "once": once,
        "own_urls": own_urls,
        "source_address": source_address,
        "lang": lang,
        "site_url": config.site_url,
        "outside_rel": OUTSIDE_REL,
        "content_security_policy": Markup(CONTENT_SECURITY_POLICY),  # of ours, and easier to read with plain quotes
        "share_card": share_card,
        "qr_code": lambda address: site.codes.get(absolute(address)),
        "describe_site": partial(describe_site, site),
        "describe_exhibit": partial(describe_exhibit, site),
        "describe_place": partial(describe_place, site),
        "describe_theme": partial(describe_theme, site),
        "has_collections": bool(site.expo.collections),
        "has_kiosk": bool(site.expo.initiatives),
        "repository_url": config.repository_url,
        "contact": config.contact,
    }


def make_filters(site: Site) -> dict[str, Callable[..., Any]]:
    """Filters by name; all but `render_page` and `tied` speak the site's language."""
    words = site.words
    return {
        "time": words.time,
        "number": words.number,
        "term_name": words.term_name,
        "vietnamese": words.vietnamese,
        "render_page": render_page,
        "tied": tie,
    }


def page_address(values: Mapping[str, Any]) -> str:
    """Address of the page with these values: `here` of our own pages, the output file of Pelican's; "" of no page."""
    here = values.get("here")
    if here:
        return str(here)
    output = values.get("output_file")
    return "/" + re.sub(r"(^|/)index\.html$", r"\1", str(output)) if output else ""


def make_link(here: str, address: str, site_path: str = "") -> str:
    """A link from the page `here` to an address of the site; other sites' addresses and bare fragments stay."""
    if not address.startswith("/"):
        if address.startswith("#") or urlsplit(address).scheme:
            return address
        raise ValueError(f'"{address}" is no address of the site: it must start with "/"')
    if here == NOT_FOUND:
        return site_path + address
    path = _path(address)
    rest = address[len(path) :]
    if path == here and rest.startswith("#"):
        return rest
    return ("../" * (here.count("/") - 1) + path[1:] or "./") + rest


def _path(address: str) -> str:
    """An address without query and fragment."""
    return address[: min((at for mark in "?#" if (at := address.find(mark)) >= 0), default=len(address))]
