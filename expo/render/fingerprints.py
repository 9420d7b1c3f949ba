"""Everything that the bytes of a page depend on, as one hash: with the hash of last time it is the page of last time.

In: a Site, what else templates can ask, and Pages. Out: a hex digest for each page, or None for one that holds what
can't be hashed (Pelican's own objects), which is then rendered. The values of a page are hashed as they are, whatever
they are; what templates look up beside them (environment.py) depends on what `describe_surroundings` names: code,
theme, words, libraries, settings, ordinary pages, vocabularies, which addresses there are. If in doubt a thing belongs
there: then a change renders too much, never too little.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from expo.inputs import hash_files, list_files
from expo.model import Expo, Initiative, Place, Term
from expo.render.feeds import FeedFile, feed_addresses
from expo.render.pages import Page, Site, plain_address
from expo.render.pictures import PictureFile
from expo.render.views.cards import Card
from expo.render.views.tiles import TileMap

if TYPE_CHECKING:
    from expo.config import Config

TRACE_LENGTH = 32
SHARED = (Initiative, Place, Term, Card, TileMap)  # many pages hold the same ones: each is hashed once


def describe_surroundings(config: Config, sites: Iterable[Site], twins: frozenset[str]) -> bytes:
    """A hash of what all pages of a build have in common."""
    sites = list(sites)
    settings = (config.site_url, config.repository_url, config.repository_branch, config.contact)
    looked_up = [
        (
            sorted(feed_addresses(site)),
            bool(site.expo.collections),
            bool(site.expo.initiatives),
            site.made_by,
            {name: [hash_record(term) for term in terms] for name, terms in sorted(site.expo.vocabularies.items())},
        )
        for site in sites
    ]
    told = repr((settings, looked_up, sorted(twins))).encode()
    return hashlib.sha256(hash_files(list_files(config.content / "pages")) + told).digest()


class Fingerprints:
    """Hashes of the pages of one build."""

    def __init__(self, surroundings: bytes, sites: Iterable[Site], apart: str = "") -> None:
        self._surroundings = surroundings
        self._apart = apart
        self._sites = {site.words.lang: site for site in sites}
        self.reducers = _page_reducers(self)
        self._records_of = {lang: find_records(site) for lang, site in self._sites.items()}
        self._records: dict[int, tuple[object, bytes]] = {}  # the record is held, so that its id stays its own

    def of(self, page: Page) -> str | None:
        """The digest of a page, or None."""
        cards = self._sites[page.lang].cards
        card = cards.get(plain_address(page.address)) or cards.get("/")
        shown_card = (card.address, card.alt) if card else ()
        told = (page.address, page.template, page.lang, shown_card, dict(page.context))
        try:
            content = self._pack(told)
        except (TypeError, ValueError, AttributeError, RecursionError, pickle.PicklingError):
            return None
        return hashlib.sha256(self._surroundings + content).hexdigest()

    def trace(self, page: Page) -> str:
        """A hash of all that the values of a page are made from, without making them; "" where that is not known.

        The records without bodies as a whole, so that one that is changed changes it for all pages.
        """
        if page.beside is None or not self._apart:
            return ""
        return self._trace(page.lang, (page.address, page.template, page.beside))

    def trace_feed(self, file: FeedFile) -> str:
        """The same of a feed."""
        return self._trace(file.site.words.lang, (file.address,)) if self._apart else ""

    def _trace(self, lang: str, own: tuple[str, ...]) -> str:
        told = self._shared_traces[lang].copy()
        told.update(_join(own))
        return told.hexdigest()[:TRACE_LENGTH]

    @cached_property
    def _shared_traces(self) -> dict[str, hashlib._Hash]:
        """By language what the traces of all its pages have in common, hashed once."""
        found = {}
        for lang, records in self._records_of.items():
            told = repr((self._apart, lang)).encode("utf-8", "replace")
            found[lang] = hashlib.sha256(self._surroundings + records.shown + told)
        return found

    def _pack(self, value: object) -> bytes:
        target = io.BytesIO()
        packer = _Packer(target, self)
        packer.fast = True  # equal values are equal bytes, whether or not they are one object
        packer.dump(value)
        return target.getvalue()

    def hash_shared(self, record: object) -> bytes:
        """Of a record that many pages hold, by its fields."""
        known = self._records.get(id(record))
        if known is None:
            kind: type = type(record)
            digest = hashlib.sha256(self._pack((kind.__qualname__, *_fields_of(kind)(record)))).digest()
            known = self._records[id(record)] = (record, digest)
        return known[1]


class _Packer(pickle.Pickler):
    """Values → bytes, for hashing alone."""

    def __init__(self, target: io.BytesIO, prints: Fingerprints) -> None:
        super().__init__(target, protocol=pickle.HIGHEST_PROTOCOL)
        self.dispatch_table = prints.reducers


def _page_reducers(prints: Fingerprints) -> _Reducers:
    reducers = _Reducers({PictureFile: _tell_picture, Site: _refuse, Expo: _refuse, Markup: _tell_markup})
    reducers.update(dict.fromkeys(SHARED, lambda record: (bytes, (prints.hash_shared(record),))))
    return reducers


def _tell_picture(picture: PictureFile) -> tuple[Any, ...]:
    return str, (f"{picture.address} {picture.width}",)  # what a page shows


def _tell_markup(text: Markup) -> tuple[Any, ...]:
    return tuple, (("Markup", str(text)),)  # is printed otherwise than the same string


def _refuse(value: object) -> tuple[Any, ...]:
    raise TypeError("a page holds the whole site: every change would change it")


class _Reducers(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """How values of each type are told, found out once a type; pickle's own way where it is not among them."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        if not (is_dataclass(kind) and "__slots__" in vars(kind)):
            raise KeyError(kind)
        name, read = kind.__qualname__, _fields_of(kind)  # pickle's own way asks Python for each of their fields
        self[kind] = lambda record: (tuple, ((name, *read(record)),))
        return self[kind]


@cache
def _fields_of(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """Reads all fields of a record at once."""
    names = [field.name for field in fields(kind)]
    read = attrgetter(*names)
    return read if len(names) > 1 else lambda value: (read(value),)


class Records:
    """Hashes of the records that the sites of all languages are made from, each made once, if anybody asks."""

    def __init__(self, shown: Expo, bodies: Iterable[str]) -> None:
        self._shown, self._bodies = shown, bodies

    @cached_property
    def shown(self) -> bytes:
        """Of all that every view sees, not of what an Expo remembers of look-ups."""
        return _hash_expo(self._shown)

    @cached_property
    def whole(self) -> bytes:
        """With the bodies."""
        return hashlib.sha256(self.shown + _join(self._bodies)).digest()


def _join(texts: Iterable[str]) -> bytes:
    """Texts as bytes that no other texts give; `repr` takes ten times as long over Vietnamese."""
    told = [text.encode("utf-8", "replace") for text in texts]
    return b"".join(b"%d %b" % (len(one), one) for one in told)


def find_records(site: Site) -> Records:
    """Of a site that was made of an expo, or of the records that it holds itself."""
    return site.records or Records(site.expo, [_hash_expo(site.searched).hex()] if site.searched else [])


def _hash_expo(expo: Expo) -> bytes:
    return hash_record([getattr(expo, field.name) for field in fields(expo)])


RECORD_REDUCERS = _Reducers()


def hash_record(record: object) -> bytes:
    """Of a record as it is; equal ones have one hash, whether or not they share parts."""
    target = io.BytesIO()
    packer = pickle.Pickler(target, protocol=pickle.HIGHEST_PROTOCOL)
    packer.fast = True
    packer.dispatch_table = RECORD_REDUCERS
    packer.dump(record)
    return hashlib.sha256(target.getvalue()).digest()
