"""The catalogue: pages that are whole without script, and the data with which a script makes them live.

In: a Site. Out: /sang-kien/ and /sang-kien/trang/<n>/ as Pages; the columns, the search index and the card fragments go
to the site's assets under hashed names (page data, no promise). Cards are rendered here, by the template that also
makes the walls, because their file's name carries the hash of the bytes. Only /sang-kien/ itself comes alive.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import expo.search.index
import expo.search.texts
import expo.search.units
import expo.text
from expo.cache import Shelf
from expo.config import PAGE_SIZE
from expo.model import Initiative, Place
from expo.render.environment import make_environment
from expo.render.pages import Page, Site
from expo.render.views.cards import make_cards, place_address, place_name, theme_address
from expo.render.views.facets import make_facets
from expo.search.columns import Columns, make_columns
from expo.search.index import make_index
from expo.search.texts import initiative_texts
from expo.text import collation_key

ADDRESS = "/sang-kien/"
CARDS_PER_FILE = 12


@dataclass(frozen=True, slots=True)
class Link:
    """A place or theme that has exhibits, for the lists that stand in for the filters."""

    name: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the pager; no address where it is the one shown."""

    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Data:
    """Addresses of what the script loads, and the words that it says."""

    columns: str
    index: str
    words: dict[str, str]


def plan_catalogue(site: Site) -> list[Page]:
    """Every page of the catalogue; adds its data to the site's assets."""
    newest = site.expo.newest
    walls = [newest[start : start + PAGE_SIZE] for start in range(0, len(newest), PAGE_SIZE)] or [()]
    columns = make_columns(site.expo)
    shared = {
        "total": len(newest),
        "page_size": PAGE_SIZE,
        "places": _place_links(site),
        "themes": _theme_links(site),
        "data": None,
        "facets": (),
    }
    live = {"data": _add_data(site, columns), "facets": make_facets(site, columns)} if newest else {}
    return [
        _wall_page(site, number, len(walls), wall, shared | (live if number == 1 else {}))
        for number, wall in enumerate(walls, 1)
    ]


def _wall_page(site: Site, number: int, last: int, wall: tuple[Initiative, ...], shared: dict[str, object]) -> Page:
    steps = tuple(Step(step, _wall_address(step) if step != number else "") for step in range(1, last + 1))
    context = {
        **shared,
        "cards": make_cards(site, wall),
        "number": number,
        "steps": steps if last > 1 else (),
        "previous": _wall_address(number - 1) if number > 1 else "",
        "next": _wall_address(number + 1) if number < last else "",
    }
    return Page(_wall_address(number), "catalogue.html", context, site.words.lang)


def _wall_address(number: int) -> str:
    return ADDRESS if number == 1 else f"{ADDRESS}trang/{number}/"


def _place_links(site: Site) -> tuple[Link, ...]:
    """Today's provinces that have exhibits, in Vietnamese order, then the special places."""
    provinces = sorted(site.expo.places_34, key=lambda place: collation_key(place.name))
    return tuple(
        Link(place_name(place, site.words), place_address(place), count)
        for place in (*provinces, *site.expo.special_places)
        if (count := _count_place(site, place))
    )


def _count_place(site: Site, place: Place) -> int:
    return len(site.expo.at_place(place))


def _theme_links(site: Site) -> tuple[Link, ...]:
    return tuple(
        Link(site.words.term_name(theme), theme_address(theme), count)
        for theme in site.expo.themes
        if (count := len(site.expo.of_theme(theme)))
    )


def _add_data(site: Site, columns: Columns) -> Data:
    fragments = _render_cards(site)
    chunks = [fragments[start : start + CARDS_PER_FILE] for start in range(0, len(fragments), CARDS_PER_FILE)]
    cards = [_add_json(site, f"cards-{at}.json", chunk) for at, chunk in enumerate(chunks)]
    values = {
        "numbers": columns.numbers,
        "values": columns.values,
        "rows": columns.rows,
        "by_name": columns.by_name,
        "by_reply": columns.by_reply,
        "per_file": CARDS_PER_FILE,
        "cards": [address.rsplit("/", 1)[1] for address in cards],  # they lie beside this file
    }
    return Data(
        columns=_add_json(site, "catalogue.json", values),
        index=site.assets.add("search.json", _index_content(site)),
        words=_script_words(site),
    )


def _index_content(site: Site) -> bytes:
    """The search index, made anew only when one of the texts it is made from has changed."""
    shelf = Shelf(site.cache, "index", expo.search.index, expo.search.texts, expo.search.units, expo.text)
    texts = [[initiative_texts(site.expo, one), [place.key for place in one.places]] for one in site.expo.newest]
    places = repr((site.expo.places_63, site.expo.places_34, site.expo.special_places))
    key = hashlib.sha256(_to_json([texts, places, site.expo.abbreviations]).encode()).hexdigest()
    content = shelf.get(key, lambda: _to_json(make_index(site.expo)))
    shelf.keep()
    return str(content).encode()


def _to_json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _add_json(site: Site, name: str, values: object) -> str:
    """Put a data file among the assets; the same values give the same bytes. Returns its address."""
    return site.assets.add(name, _to_json(values).encode())


def _render_cards(site: Site) -> list[str]:
    """Every exhibit as it hangs on the wall of /sang-kien/, newest first."""
    environment = make_environment(site, [site.config.project / "theme" / "templates"])
    template = environment.get_template("components/card-fragment.html")
    cards = make_cards(site, site.expo.newest)
    return [template.render(here=ADDRESS, lang=site.words.lang, card=card).strip() for card in cards]


def _script_words(site: Site) -> dict[str, str]:
    """The sentences that the script says; it fills the {places}."""
    _ = site.words.gettext
    return {
        "count": _("{found} trong {all} sáng kiến"),
        "count_all": _("{all} sáng kiến"),
        "show": _("Xem {found} kết quả"),
        "filters": _("Bộ lọc"),
        "filters_count": _("Bộ lọc ({count})"),
        "remove": _("bỏ lọc"),
        "clear": _("Bỏ hết"),
        "slip": _("Không tìm thấy “{typed}”. Hiện kết quả cho “{used}”."),
        "most": _("Không sáng kiến nào có đủ mọi từ đã gõ. Dưới đây là những sáng kiến có nhiều từ nhất."),
        "cut": _("Câu tìm quá dài: chỉ phần đầu được dùng."),
        "ignored": _("Bỏ qua điều kiện không có trong danh mục: {values}."),
        "empty_filters": _("Không có sáng kiến nào khớp với mọi điều kiện đã chọn."),
        "empty_query": _("Không tìm thấy sáng kiến nào với những từ này."),
        "clear_filters": _("Bỏ hết bộ lọc"),
        "see_all": _("Xem tất cả sáng kiến"),
        "failed": _(
            "Không tải được dữ liệu để tìm và lọc. Hãy tải lại trang, "
            "hoặc xem theo tỉnh, thành và theo chủ đề ở cuối trang."
        ),
        "page": _("Trang {page}"),
        "previous": _("Trước"),
        "next": _("Sau"),
    }
