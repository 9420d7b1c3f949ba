"""The share card of every exhibit, place and theme, and one for the site: what stands on it, where it lies, its bytes.
Of very many exhibits none has its own unless a setting wants it (Config.draws_share_cards): they share the site's.

In: a Site. Out: ShareCard values by address of the page. The name of a card carries a hash of all it is drawn from: it
is known before anything is drawn, and a changed card has a new address, for messengers keep pictures by address.
Drawn ahead in processes into the cache; without a known address of the site no page could name them, so there are none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from expo.progress import making
from expo.render import card_drawing, card_shapes, dyes, stitches
from expo.render.card_drawing import HEIGHT, WIDTH, CardText, Strip, draw_card
from expo.render.covers import choose_accent, room_seed
from expo.render.dyes import Dyes, read_dyes
from expo.render.views.cards import exhibit_address, make_card, place_address, place_name, theme_address

if TYPE_CHECKING:
    from expo.cache import Cache
    from expo.model import Initiative, Place, Term
    from expo.render.pages import Site

CARDS_PER_PROCESS = 6  # starting a process costs less than drawing so many
MOST_STRIPS = 3  # cloths of exhibits on the card of a place
HASH_LENGTH = 10


@dataclass(frozen=True)
class ShareCard:
    """A card: a file like `pages.File`, whose bytes come from the cache or are drawn when asked for."""

    name: str  # "sk-0002", "tinh-thanh-hue"
    text: CardText
    strips: tuple[Strip, ...]
    dyes: Dyes
    fonts: Path
    alt: str
    cache: Cache | None

    width = WIDTH
    height = HEIGHT
    kind = "image/png"

    @cached_property
    def digest(self) -> str:
        """Of every word and thread, and of whatever draws them."""
        drawn_from = repr((self.text, self.strips)).encode()
        return hashlib.sha256(_drawing_version(self.fonts) + self.dyes.digest + drawn_from).hexdigest()

    @property
    def address(self) -> str:
        """Where the card lies on the site."""
        return f"/assets/the/{self.name}-{self.digest[:HASH_LENGTH]}.png"

    @property
    def content(self) -> bytes:
        """The PNG."""
        content = self.cache.read(self._kept_as) if self.cache else None
        if content is None:
            with making(self.address):
                content = draw_card(self.text, self.strips, self.dyes, self.fonts)
            if self.cache:
                self.cache.keep(self._kept_as, content)
        return content

    @property
    def is_kept(self) -> bool:
        """Whether the cache has it. One that is damaged there is drawn when it is written."""
        return self.cache is None or self.cache.has(self._kept_as)

    @property
    def _kept_as(self) -> str:
        return f"share-card-{self.digest[:40]}"


@cache
def _drawing_version(fonts: Path) -> bytes:
    """Hash of the code, the fonts and the library: others, other cards."""
    from PIL import __version__

    parts = [Path(module.__file__ or "").read_bytes() for module in (card_drawing, card_shapes, dyes, stitches)]
    parts += [path.read_bytes() for path in sorted(fonts.glob("*.ttf"))]
    return hashlib.sha256(b"".join([*parts, __version__.encode()])).digest()


def plan_share_cards(site: Site) -> dict[str, ShareCard]:
    """Address of a page → its card; "/" is the site's, for every page that has none of its own."""
    if not site.config.site_url:
        return {}
    maker = _Maker(site)
    expo = site.expo
    cards = {"/": maker.of_site()}
    if site.config.draws_share_cards(len(expo.initiatives)):
        cards |= {exhibit_address(one): maker.of_exhibit(one) for one in expo.initiatives}
    for place in (*expo.places_34, *expo.places_63, *expo.special_places):
        cards[place_address(place)] = maker.of_place(place)
    return cards | {theme_address(theme): maker.of_theme(theme) for theme in expo.themes}


class _Maker:
    """What all cards of a site share."""

    def __init__(self, site: Site) -> None:
        self.site, self.words = site, site.words
        theme = site.config.project / "theme"
        self.dyes, self.fonts = read_dyes(theme / "static"), theme / "fonts"
        self.brand = (self.words.gettext("Triển lãm số"), self.words.gettext("Sáng kiến đổi mới vì người dân"))

    def _card(self, name: str, text: CardText, strips: Sequence[Strip], alt: str) -> ShareCard:
        lang = "" if self.words.lang == "vi" else f"-{self.words.lang}"
        return ShareCard(f"{name}{lang}", text, tuple(strips), self.dyes, self.fonts, alt, self.site.cache)

    def _strip(self, seed: str, theme: str) -> Strip:
        return Strip(self.site.loom.threads(seed), theme, choose_accent(seed, theme))

    def _strip_of(self, initiative: Initiative) -> Strip:
        return self._strip(initiative.id, initiative.themes[0].slug if initiative.themes else "")

    def _counts(self, initiatives: Sequence[Initiative]) -> tuple[str, ...]:
        """How many there are, and of how many an answer is known."""
        if not initiatives:
            return (self.words.gettext("Chưa có sáng kiến nào được treo."),)
        count, replied = len(initiatives), sum(one.reply_state != "none" for one in initiatives)
        first = self.words.ngettext("%(num)s sáng kiến", "%(num)s sáng kiến", count, num=count)
        second = self.words.gettext("%(num)s có phản hồi hoặc báo cáo kết quả được công bố", num=replied)
        return (first, second)

    def of_exhibit(self, initiative: Initiative) -> ShareCard:
        """Number, title, place of its time, theme, stage and reply."""
        card = make_card(self.site, initiative)
        themes = " · ".join(self.words.term_name(theme) for theme in initiative.themes[:1])
        lines = tuple(line for line in (card.place, themes) if line)
        stage = card.stage.slug if card.stage.slug in card_shapes.SHAPES else "unknown"
        states = ((stage, card.stage_name), (card.state.kind, card.state.text))
        text = CardText(card.number, card.title, lines, states, card.state.hem, self.brand)
        alt = ". ".join((f"{card.number}: {card.title}", *lines, card.stage_name, card.state.text))
        return self._card(card.number.lower(), text, [self._strip_of(initiative)], alt)

    def of_place(self, place: Place) -> ShareCard:
        """Its name, its counts, and the cloths of its newest exhibits; bare warp where it has none."""
        initiatives = self.site.expo.at_place(place)
        name = place_name(place, self.words)
        label = self.words.gettext("Tỉnh, thành")
        if place.scheme == "63":
            label = self.words.gettext("Tỉnh, thành trước 1/7/2025")
        lines = self._counts(initiatives)
        text = CardText(label, name, lines, (), "", self.brand)
        strips = [self._strip_of(one) for one in initiatives[:MOST_STRIPS]]
        file = f"{'truoc-2025' if place.scheme == '63' else 'tinh-thanh'}-{place.slug}"
        return self._card(file, text, strips, ". ".join((f"{label}: {name}", *lines)))

    def of_theme(self, theme: Term) -> ShareCard:
        """Its name, its counts, the cloth of its room."""
        name, label = self.words.term_name(theme), self.words.gettext("Chủ đề")
        lines = self._counts(self.site.expo.of_theme(theme))
        text = CardText(label, name, lines, (), "", self.brand)
        strip = self._strip(room_seed(theme.slug), theme.slug)
        return self._card(f"chu-de-{theme.slug}", text, [strip], ". ".join((f"{label}: {name}", *lines)))

    def of_site(self) -> ShareCard:
        """What the exhibition is, and the cloths of its first rooms."""
        title = self.words.gettext("Sáng kiến của người dân, treo cạnh câu trả lời của chính quyền.")
        lines = self._counts(self.site.expo.initiatives)
        text = CardText(self.brand[0], title, lines, (), "", self.brand)
        strips = [self._strip(room_seed(theme.slug), theme.slug) for theme in self.site.expo.themes[:MOST_STRIPS]]
        return self._card("trien-lam", text, strips, f"{self.brand[0]}: {title}")
