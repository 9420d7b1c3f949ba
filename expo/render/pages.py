"""The page plan is data: every file of the site is one Page or File, known before anything is rendered.

In: nothing. Out: the small types that the rest of render/, the plugin and write/ share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from expo.cache import Cache
from expo.render.bodies import Bodies
from expo.render.covers import Loom
from expo.render.qr import Codes
from expo.search.columns import Columns, make_columns

if TYPE_CHECKING:
    from expo.config import Config
    from expo.model import Expo, Initiative
    from expo.render.assets import Assets
    from expo.render.fingerprints import Records
    from expo.render.share_cards import ShareCard
    from expo.render.views.cards import Card
    from expo.render.views.tiles import TileMap
    from expo.render.words import Words


SOURCE_LANGUAGE = "vi"
ENGLISH = "en"
LANGUAGES = (SOURCE_LANGUAGE, ENGLISH)


class Later(Mapping[str, object]):
    """Values of a page that are made when they are wanted: those of thousands of pages are most of a build's memory.

    `make` makes them each time; who looks inside finds them made once.
    """

    def __init__(self, make: Callable[[], Mapping[str, object]]) -> None:
        self.make = make

    @cached_property
    def _made(self) -> Mapping[str, object]:
        return self.make()

    def __getitem__(self, name: str) -> object:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


@dataclass(frozen=True)
class Page:
    """A page to render: its address on the site ("/sang-kien/hue-s/", "/404.html"), its template, its values."""

    address: str
    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    lang: str = SOURCE_LANGUAGE
    # What the values are made from beside a site's `expo`, its settings and files that are no records. None: not known.
    beside: str | None = ""

    def made(self) -> Page:
        """With its values made, for as long as the caller holds it."""
        return replace(self, context=self.context.make()) if isinstance(self.context, Later) else self

    def with_default(self, name: str, value: object) -> Page:
        """With one value more, unless it has it."""
        context = self.context
        if isinstance(context, Later):
            make = context.make
            context = Later(lambda: {name: value, **make()})
        else:
            context = {name: value, **context}
        return Page(self.address, self.template, context, self.lang, self.beside)


@dataclass(frozen=True)
class File:
    """A finished file: its address on the site ("/feed.xml") and its bytes."""

    address: str
    content: bytes


@dataclass(frozen=True)
class Site:
    """What every view gets: records, settings, words in the page's language, and the addresses of assets.

    There is one for each language. `expo` has no bodies where `texts` has them: then only the page that shows one
    depends on it. `searched` is set where the search index is made of more words than `expo` has.
    """

    expo: Expo
    config: Config
    words: Words
    assets: Assets
    loom: Loom = field(default_factory=Loom)
    bodies: Bodies = field(default_factory=Bodies)
    codes: Codes = field(default_factory=Codes)
    cache: Cache | None = None
    searched: Expo | None = None
    made_by: str = ""  # hash of the project's code, theme and words (inputs.py)
    data_made_by: str = ""  # the same without templates: of what makes data files
    texts: Mapping[str, str] = field(default_factory=dict)  # SK number → body
    untranslated: frozenset[str] = frozenset()  # SK numbers of those whose body is not in the site's language
    records: Records | None = None  # that the sites of all languages are made from
    cards: dict[str, ShareCard] = field(default_factory=dict)  # by address of the page; filled when the site is planned
    hung: dict[str, Card] = field(default_factory=dict, init=False)  # SK number → what walls show of it, once asked for
    maps: dict[str, TileMap] = field(default_factory=dict, init=False)  # by scheme, likewise

    @cached_property
    def columns(self) -> Columns:
        """The facets of all its exhibits, for the data of the search and for the catalogue's pages."""
        return make_columns(self.expo)

    def body_of(self, initiative: Initiative) -> str:
        """Markdown."""
        return self.texts.get(initiative.id, initiative.body)

    def body_lang_of(self, initiative: Initiative) -> str:
        """The language that its body is written in."""
        return SOURCE_LANGUAGE if initiative.id in self.untranslated else self.words.lang

    def keep(self) -> None:
        """Remember what was dear to make for the next build."""
        self.loom.keep()
        self.bodies.keep()
        self.codes.keep()


def language_address(address: str, lang: str) -> str:
    """Where the page of an address is in a language: "/chu-de/" → "/en/chu-de/"."""
    return address if lang == SOURCE_LANGUAGE else f"/{lang}{address}"


def plain_address(address: str) -> str:
    """The address without its language: "/en/chu-de/" → "/chu-de/". Templates and views know only these."""
    return address.removeprefix("/en") if address.startswith("/en/") else address


def output_path(address: str) -> str:
    """Path of an address inside the output folder: "/a/" → "a/index.html", "/404.html" → "404.html"."""
    path = address.lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path
