"""The panel of filters in words: every facet and choice with its label, its notes and the names it answers to.

In: a Site and the columns of the catalogue. Out: Facet records for templates/components/facet.html, which prints the
choices in view; rows of all choices of long lists, which come with the columns; what must be said of a place that was
merged or renamed once it is chosen or named in a search.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from expo.model import Place, Term
from expo.render.pages import Site
from expo.render.views.cards import place_name, sort_places
from expo.search.columns import SAME_TERRITORY, UNKNOWN_YEAR, Columns
from expo.text import fold_text

FEW_PLACES, FEW_THEMES = 6, 7  # choices in view before "see all"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be ticked. `note` stands under the label, `told` above the results once it is chosen."""

    value: str
    label: str
    count: int
    note: str = ""
    told: str = ""
    names: str = ""  # other folded names that the find box knows it by, "|" between


@dataclass(frozen=True, slots=True)
class List:
    """The choices of one parameter of the address."""

    name: str
    choices: tuple[Choice, ...]
    limit: int = 0  # how many are in view at first; 0: all
    title: str = ""  # on the switch between two lists
    more: str = ""
    is_printed: bool = True

    @property
    def printed(self) -> tuple[Choice, ...]:
        """What stands in the page: the choices in view at first. The script adds the others when it opens the panel."""
        return self.choices[: self.limit or None] if self.is_printed else ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of the panel: one list, or the two of the provinces."""

    title: str
    lists: tuple[List, ...]
    is_open: bool


def make_facets(site: Site, columns: Columns) -> tuple[Facet, ...]:
    """All facets in the order of the panel."""
    _ = site.words.gettext
    return (
        Facet(_("Tỉnh, thành"), (_today_list(site, columns), _old_list(site, columns)), True),
        Facet(_("Chủ đề"), (_theme_list(site, columns),), True),
        Facet(_("Phản hồi của chính quyền"), (_fixed_list("phan-hoi", _reply_labels(site), columns),), True),
        Facet(_("Giai đoạn"), (_term_list(site, "giai-doan", "stages", columns),), True),
        Facet(_("Người đề xuất"), (_term_list(site, "nguoi", "proposers", columns),), False),
        Facet(_("Phòng trưng bày"), (_fixed_list("phong", _room_labels(site), columns),), False),
        Facet(_("Năm bắt đầu"), (_year_list(site, columns),), False),
    )


def make_rows(facets: Iterable[Facet]) -> dict[str, list[list[object]]]:
    """The choices of lists that the page has in part, in order, by name of list: value, label, count, note, names."""
    lists = [listed for facet in facets for listed in facet.lists if listed.limit]
    return {
        listed.name: [[one.value, one.label, one.count, one.note, one.names] for one in listed.choices]
        for listed in lists
    }


def make_told(facets: Iterable[Facet]) -> dict[str, str]:
    """By "facet/value" the sentence above the results where that place is chosen or named in a search."""
    lists = [listed for facet in facets for listed in facet.lists]
    return {f"{listed.name}/{one.value}": one.told for listed in lists for one in listed.choices if one.told}


def _today_list(site: Site, columns: Columns) -> List:
    counts = columns.counts("tinh")
    places = sort_places(site.expo.places_34, site.words)
    choices = [_today_choice(site, place, counts[place.slug]) for place in (*places, *site.expo.special_places)]
    return List(
        "tinh",
        tuple(sorted(choices, key=attrgetter("count"), reverse=True)),
        FEW_PLACES,
        site.words.gettext("34 từ 1/7/2025"),
        site.words.gettext("Xem cả %(num)s tỉnh, thành", num=len(places)),
    )


def _today_choice(site: Site, place: Place, count: int) -> Choice:
    name = place_name(place, site.words)
    before = [one for one in site.expo.members_of(place) if one.name != place.name]
    merged = ", ".join(place_name(one, site.words) for one in before) if place.status == "merged" else ""
    note = told = ""
    if merged:
        note = site.words.gettext("gồm %(old)s trước 1/7/2025", old=merged)
        told = site.words.gettext(
            "Từ 1/7/2025, %(old)s nhập vào %(new)s. Kết quả gồm cả sáng kiến của nơi cũ, ghi theo tên tỉnh lúc ấy.",
            old=merged,
            new=name,
        )
    return Choice(place.slug, name, count, note, told, _other_names(name, place, *before))


def _old_list(site: Site, columns: Columns) -> List:
    counts = columns.counts("tinh-cu")
    places = sort_places(site.expo.places_63, site.words)
    choices = [_old_choice(site, place, counts[place.slug]) for place in places]
    return List(
        "tinh-cu",
        tuple(sorted(choices, key=attrgetter("count"), reverse=True)),
        FEW_PLACES,
        site.words.gettext("63 trước đó"),
        site.words.gettext("Xem cả %(num)s tỉnh, thành", num=len(places)),
        is_printed=False,
    )


def _old_choice(site: Site, place: Place, count: int) -> Choice:
    today = site.expo.today_of(place)
    name, new = place_name(place, site.words), place_name(today, site.words)
    note = told = ""
    if place.status == "renamed":
        note = site.words.gettext("nay là %(new)s", new=new)
        told = site.words.gettext("%(old)s nay là %(new)s.", old=name, new=new)
    elif place.name != today.name:
        note = site.words.gettext("nay thuộc %(new)s", new=new)
        told = site.words.gettext("%(old)s nay thuộc %(new)s.", old=name, new=new)
    elif place.status not in SAME_TERRITORY:
        note = site.words.gettext("địa giới trước 1/7/2025")
    return Choice(place.slug, name, count, note, told, _other_names(name, place, today))


def _other_names(label: str, *places: Place) -> str:
    """All but the label, which the page shows; "tỉnh" or "thành phố" is taken off what is typed instead."""
    names = dict.fromkeys(_spaced(name) for place in places for name in (place.name, place.name_en, *place.aliases))
    names.pop(_spaced(label), None)
    return "|".join(names)


def _spaced(name: str) -> str:
    """Folded, one space between words."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold_text(name)).split())


def _theme_list(site: Site, columns: Columns) -> List:
    """Themes by number of exhibits; equal ones in the order of the vocabulary."""
    listed = _term_list(site, "chu-de", "themes", columns).choices
    return List(
        "chu-de",
        tuple(sorted(listed, key=attrgetter("count"), reverse=True)),
        FEW_THEMES,
        more=site.words.gettext("Xem cả %(num)s chủ đề", num=len(listed)) if len(listed) > FEW_THEMES else "",
    )


def _term_list(site: Site, facet: str, vocabulary: str, columns: Columns) -> List:
    counts = columns.counts(facet)
    terms: tuple[Term, ...] = site.expo.themes if vocabulary == "themes" else site.expo.vocabularies[vocabulary]
    return List(facet, tuple(Choice(term.slug, site.words.term_name(term), counts[term.slug]) for term in terms))


def _fixed_list(facet: str, labels: dict[str, tuple[str, str]], columns: Columns) -> List:
    counts = columns.counts(facet)
    return List(facet, tuple(Choice(value, label, counts[value], note) for value, (label, note) in labels.items()))


def _reply_labels(site: Site) -> dict[str, tuple[str, str]]:
    _ = site.words.gettext
    return {
        "co": (_("Có phản hồi"), ""),
        "ket-qua": (_("Có báo cáo kết quả"), _("cơ quan đề xuất tự báo")),
        "chua": (_("Chưa thấy phản hồi"), ""),
    }


def _room_labels(site: Site) -> dict[str, tuple[str, str]]:
    _ = site.words.gettext
    return {
        "endorsed": (_("Có xác nhận của địa phương"), _("văn bản ký, đóng dấu")),
        "community": (_("Cộng đồng"), _("chưa thấy văn bản xác nhận")),
        "archive": (_("Tư liệu"), _("do ban biên soạn sưu tầm")),
    }


def _year_list(site: Site, columns: Columns) -> List:
    counts = columns.counts("nam")
    unknown = site.words.gettext("Không rõ năm")
    years = columns.values["nam"]
    return List("nam", tuple(Choice(year, unknown if year == UNKNOWN_YEAR else year, counts[year]) for year in years))
