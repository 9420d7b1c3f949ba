"""The catalogue: pages that are whole without script, and the data with which a script makes them live.

In: a Site. Out: /sang-kien/ and /sang-kien/trang/<n>/ as Pages; what the script fetches goes to the site's assets
(search_data.py). Only /sang-kien/ itself comes alive.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from expo.config import PAGE_SIZE
from expo.model import Initiative, Place
from expo.render.pages import Later, Page, Site
from expo.render.views.card_data import make_blank
from expo.render.views.cards import make_cards, place_address, place_name, sort_places, theme_address
from expo.render.views.facets import make_facets
from expo.render.views.search_data import SearchData, add_search_data

ADDRESS = "/sang-kien/"
NEIGHBOURS = 1  # that the pager names on each side
RESULTS_PAGE_SIZE = 10  # answers to a query on one page: a list to be read from the top


@dataclass(frozen=True, slots=True)
class Link:
    """A place or theme that has exhibits, for the lists that stand in for the filters."""

    name: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the pager; no address where it is the one shown. Number 0 stands for those that are not named."""

    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Data:
    """Addresses of what the script loads, and the words that it says."""

    search: SearchData
    results_page_size: int
    words: dict[str, str]


def plan_catalogue(site: Site, search: SearchData | None = None) -> list[Page]:
    """Every page of the catalogue. Without search data it makes them, and adds the files to the site's assets."""
    newest = site.expo.newest
    walls = [newest[start : start + PAGE_SIZE] for start in range(0, len(newest), PAGE_SIZE)] or [()]
    columns = site.columns
    shared = {
        "total": len(newest),
        "page_size": PAGE_SIZE,
        "places": _place_links(site),
        "themes": _theme_links(site),
        "data": None,
        "facets": (),
        "blank": None,
    }
    live: dict[str, object] = {}
    if newest:
        data = Data(search or add_search_data(site, columns), RESULTS_PAGE_SIZE, _script_words(site))
        live = {"data": data, "facets": make_facets(site, columns), "blank": make_blank(site)}
    return [
        _wall_page(site, number, len(walls), wall, shared | (live if number == 1 else {}))
        for number, wall in enumerate(walls, 1)
    ]


def _wall_page(site: Site, number: int, last: int, wall: tuple[Initiative, ...], shared: dict[str, object]) -> Page:
    def make() -> dict[str, object]:
        return {
            **shared,
            "cards": make_cards(site, wall),
            "number": number,
            "steps": _make_steps(number, last) if last > 1 else (),
            "previous": _wall_address(number - 1) if number > 1 else "",
            "next": _wall_address(number + 1) if number < last else "",
        }

    beside = repr(shared["data"])  # which names the files of the search, made of all texts
    return Page(_wall_address(number), "catalogue.html", Later(make), site.words.lang, beside)


def _make_steps(number: int, last: int) -> tuple[Step, ...]:
    """First, last, this one and its neighbours, as theme/static/js/facets/pager.js shows them; gaps between."""
    near = range(number - NEIGHBOURS, number + NEIGHBOURS + 1)
    shown = sorted({1, last}.union(one for one in near if 1 <= one <= last))
    steps: list[Step] = []
    for before, step in pairwise((0, *shown)):
        if step - before > 1:
            steps.append(Step(0, ""))
        steps.append(Step(step, _wall_address(step) if step != number else ""))
    return tuple(steps)


def _wall_address(number: int) -> str:
    return ADDRESS if number == 1 else f"{ADDRESS}trang/{number}/"


def _place_links(site: Site) -> tuple[Link, ...]:
    """Today's provinces that have exhibits, in Vietnamese order, then the special places."""
    provinces = sort_places(site.expo.places_34, site.words)
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
        "unknown": _("Không sáng kiến nào có “{typed}”."),
        "exactly": _("Chỉ tìm đúng như đã gõ"),
        "most": _("Dưới đây có cả những sáng kiến chỉ có phần lớn các từ đã gõ."),
        "partial": _("Một phần dữ liệu tìm kiếm không tải được, nên kết quả có thể còn thiếu."),
        "retry": _("Tải lại"),
        "cut": _("Câu tìm quá dài: chỉ phần đầu được dùng."),
        "ignored": _("Bỏ qua điều kiện không có trong danh mục: {values}."),
        "empty_filters": _("Không có sáng kiến nào khớp với mọi điều kiện đã chọn."),
        "empty_query": _("Không tìm thấy sáng kiến nào với những từ này."),
        "clear_filters": _("Bỏ hết bộ lọc"),
        "see_all": _("Xem tất cả sáng kiến"),
        "failed": _(
            "Không tải được dữ liệu để tìm và lọc. Hãy thử lại, hoặc xem theo tỉnh, thành và theo chủ đề ở cuối trang."
        ),
        "suggestions": _("Gợi ý"),
        "suggestions_count": _("{count} gợi ý. Mũi tên lên, xuống để chọn; Enter để tìm những chữ đã gõ."),
        "enter_opens": _("Nhấn Enter để mở."),
        "enter_filters": _("Nhấn Enter để lọc."),
        "place": _("Tỉnh, thành"),
        "theme": _("Chủ đề"),
        "exhibit": _("Sáng kiến"),
        "page": _("Trang {page}"),
        "previous": _("Trước"),
        "next": _("Sau"),
    }
