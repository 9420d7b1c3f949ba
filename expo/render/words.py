"""Words for visitors: interface sentences by gettext, and dates, numbers and names as a language writes them.

In: `locale/<lang>.po`, read by Babel when asked for (no .mo files), and values of the model. Out: `Words`, one a
language.
The Vietnamese sentence is itself the message id, so it needs no catalogue; a sentence without its English stays
Vietnamese. Dates and numbers use patterns written here, not those of the machine's locale.
"""

from __future__ import annotations

import gettext as gettext_rules
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from babel.dates import get_month_names
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup

from expo.config import PROJECT
from expo.dates import PartialDate, Period
from expo.model import Figure, Place, Term
from expo.text import has_vietnamese_letter

SOURCE_LANGUAGE = "vi"
NO_BREAK = "\u00a0"
_SHORT_BRACKETS = re.compile(r"\([^()]{1,24}\)")
NUMBER_PATTERN = "#,##0.######"

Catalogue = dict[tuple[str, str], tuple[str, ...]]  # (context, message id) → its plural forms


def tie(text: str) -> str:
    """The same, to be broken into lines well: short brackets stay whole, and no line begins with a dash."""
    whole = _SHORT_BRACKETS.sub(lambda found: found[0].replace(" ", NO_BREAK), text)
    return whole.replace(" – ", f"{NO_BREAK}– ")


class Words:
    """The interface in one language. `folder` holds the .po files."""

    def __init__(self, lang: str = SOURCE_LANGUAGE, folder: Path = PROJECT / "locale") -> None:
        self.lang = lang
        self._catalogue: Catalogue = {}
        self._plural = "0"
        if lang != SOURCE_LANGUAGE:
            self._catalogue, self._plural = _read_catalogue(folder / f"{lang}.po", lang)

    def gettext(self, message: str, **values: object) -> str:
        """The sentence; with values, its `%(name)s` are filled in."""
        return _fill(self._forms("", message, message)[0], values)

    def ngettext(self, singular: str, plural: str, count: int, **values: object) -> str:
        """The sentence for a count. Vietnamese has one form: it takes the plural."""
        forms = self._forms("", singular, plural)
        return _fill(forms[min(_plural_rule(self._plural)(count), len(forms) - 1)], values)

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """The sentence where one Vietnamese wording needs two English ones; the context tells which."""
        return _fill(self._forms(context, message, message)[0], values)

    def _forms(self, context: str, message: str, otherwise: str) -> tuple[str, ...]:
        return self._catalogue.get((context, message)) or (otherwise,)

    # --- dates ---

    def date(self, value: PartialDate | Period | None) -> str:
        """As short as known: "18/06/2021", "06/2021", "2021", "2016–2020"; "" for None."""
        if isinstance(value, Period):
            return f"{self.date(value.start)}–{self.date(value.end)}"
        if value is None:
            return ""
        if self.lang == SOURCE_LANGUAGE:
            return "/".join(f"{part:02d}" for part in (value.day, value.month, value.year) if part is not None)
        month = _month_names(self.lang)[value.month] if value.month else ""
        return " ".join(str(part) for part in (value.day, month, value.year) if part)

    def time(self, value: PartialDate | Period | None) -> Markup:
        """The short date as `<time datetime>`; a period is two of them."""
        if isinstance(value, Period):
            return self.time(value.start) + Markup("–") + self.time(value.end)
        if value is None:
            return Markup("")
        return Markup('<time datetime="{}">{}</time>').format(value.iso, self.date(value))

    # --- numbers ---

    def number(self, value: float) -> str:
        """ "1.234,5" in Vietnamese, "1,234.5" in English; at most six decimals."""
        return format_decimal(value, NUMBER_PATTERN, locale=self.lang)

    def qualifier(self, key: str) -> str:
        """Word before a figure: over → "hơn"; "" for exact."""
        qualifiers = {
            "over": self.gettext("hơn"),
            "nearly": self.gettext("gần"),
            "about": self.gettext("khoảng"),
            "average": self.gettext("trung bình"),
        }
        return qualifiers.get(key, "")

    def quantity(self, figure: Figure) -> str:
        """A figure with its qualifier, without its unit: "hơn 58.000"."""
        return f"{self.qualifier(figure.qualifier)} {self.number(figure.value)}".strip()

    # --- languages ---

    def published_lang(self, text: str) -> str:
        """The language of a name or title as published. One without a Vietnamese letter passes for the page's own."""
        return SOURCE_LANGUAGE if has_vietnamese_letter(text) else self.lang

    def vietnamese(self, text: str) -> Markup | str:
        """Text that has no translation, marked as Vietnamese where it is and the words around it are not."""
        if self.published_lang(text) == self.lang:
            return text
        return Markup('<span lang="vi">{}</span>').format(text)

    # --- names ---

    def term_name(self, term: Term) -> str:
        """Name of a theme, stage, channel …"""
        return term.name if self.lang == SOURCE_LANGUAGE else term.name_en or term.name

    def place_name(self, place: Place) -> str:
        """Name of a province: "Huế"."""
        return place.name if self.lang == SOURCE_LANGUAGE else place.name_en or place.name

    def unit(self, figure: Figure) -> str:
        """Unit of a figure."""
        return figure.unit if self.lang == SOURCE_LANGUAGE else figure.unit_en or figure.unit

    def label(self, figure: Figure) -> str:
        """What a figure counts."""
        return figure.label if self.lang == SOURCE_LANGUAGE else figure.label_en or figure.label


def _fill(sentence: str, values: dict[str, object]) -> str:
    return sentence % values if values else sentence


@cache
def _month_names(lang: str) -> Mapping[int, str]:
    return get_month_names("abbreviated", locale=lang)


@cache
def _plural_rule(expression: str) -> Callable[[int], int]:
    rule: Callable[[int], int] = gettext_rules.c2py(expression)
    return rule


@cache
def _read_catalogue(path: Path, lang: str) -> tuple[Catalogue, str]:
    """Messages that have a translation, and the plural rule."""
    with path.open("rb") as file:
        messages = read_po(file, locale=lang)
    catalogue: Catalogue = {}
    for message in messages:
        strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        forms = tuple(form or "" for form in strings)
        if message.id and all(forms) and not message.fuzzy:
            singular = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
            catalogue[(message.context or "", singular)] = forms
    return catalogue, messages.plural_expr
