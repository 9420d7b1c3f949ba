"""What the tests of the catalogue page share: what ought to be found, asked of the model, and what the page shows.

In: an Expo or a Page. Out: SK numbers, counts, texts. Neither columns.py nor the page's own script says what is right.
The page draws in moments: READY says that heading, notes, wall, pager and order are drawn; chips, suggestions, texts of
the sheet, marks and counts of the filters come after it, so a test expects them, or reads them after `settle`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

from expo.model import Expo, Initiative

PATIENCE = 30_000  # milliseconds that a page may take to show what a test expects

READY = "#catalogue.is-live:not([aria-busy])"
EXTRAS = "#q[role=combobox]"  # the second script is here

# Timers end in the order of their ends: after a pause longer than the one after a key, what that one lets go has begun.
WAIT_FOR_KEYS = "() => new Promise((done) => setTimeout(() => setTimeout(done, 250)))"
# The page draws its rest a frame and a few timers after its answers; what is asked for later in the same way, a few
# timers more, comes after it.
WAIT_FOR_REST = """() => new Promise((done) => {
  const wait = (timers) => setTimeout(() => timers ? wait(timers - 1) : done());
  requestAnimationFrame(() => wait(4));
})"""

Filters = list[tuple[str, str]]


@dataclass
class Catalogue:
    """The catalogue at an address of its own."""

    page: Page
    address: str

    def open(self, query: str = "") -> Page:
        """The catalogue in a state, live."""
        self.page.goto(self.address + query)
        self.page.wait_for_selector(READY)
        return self.page

    def open_filters(self, query: str = "") -> Page:
        """The same with its filters ready: their script comes later, on the plain wall when the panel is first used."""
        page = self.open(query)
        with page.expect_response("**/assets/extras-*"):
            page.locator("#facets").dispatch_event("pointerover")
            page.focus("#find-place")
        page.wait_for_selector(EXTRAS)
        return page


def query_of(text: str) -> str:
    """The address part of a query."""
    return f"?q={quote(text)}"


def has_value(expo: Expo, initiative: Initiative, facet: str, value: str) -> bool:
    """Whether an exhibit has a value."""
    places = {place.key: place for place in (*expo.places_63, *expo.places_34, *expo.special_places)}
    match facet:
        case "tinh":
            place = places.get(f"34:{value}") or places[value]
            return initiative in expo.at_place(place)
        case "tinh-cu":
            return initiative in expo.at_place(places[f"63:{value}"])
        case "chu-de":
            return value in {theme.slug for theme in initiative.themes}
        case "giai-doan":
            return value == initiative.stage.slug
        case "nguoi":
            return value == initiative.proposer.type
        case "phong":
            return value == initiative.room
        case "phan-hoi":
            return {"co": "answered", "ket-qua": "results", "chua": "none"}[value] == initiative.reply_state
        case "nam":
            return value == ("khong-ro" if initiative.year is None else str(initiative.year))
    raise AssertionError(facet)


def expected_ids(expo: Expo, filters: Filters, without: str = "") -> list[str]:
    """Exhibits that pass: any value within a facet, every facet; newest first."""
    wanted: dict[str, list[str]] = {}
    for facet, value in filters:
        wanted.setdefault(facet, []).append(value)
    wanted.pop(without, None)
    return [
        one.id
        for one in expo.newest
        if all(any(has_value(expo, one, facet, value) for value in values) for facet, values in wanted.items())
    ]


def shown_ids(page: Page) -> list[str]:
    """SK numbers on the wall, or in the list, as they are now: see `expect_ids` for what is still to come."""
    return [text.strip() for text in page.locator("#wall .no").all_text_contents()]


def expect_ids(page: Page, ids: Sequence[str]) -> None:
    """The wall, or the list, has these in this order, once it has settled."""
    expect(page.locator("#wall .no")).to_have_text(list(ids))


def settle(page: Page) -> None:
    """Wait until all that was typed or chosen is drawn, chips, suggestions and marks too; the second script must come.

    Only lines of why and cloths, which come with files of their own, may still be on their way.
    """
    page.wait_for_selector(EXTRAS)
    page.evaluate(WAIT_FOR_KEYS)
    page.wait_for_selector(READY)
    page.evaluate(WAIT_FOR_REST)


def wait_until(page: Page, condition: str) -> None:
    """Until an expression is true in the page. Playwright's own way fails, at its second look, on a strict policy."""
    page.evaluate(
        f"""(limit) => new Promise((done, failed) => {{
          const look = () => {{
            if ({condition}) done();
            else if (performance.now() > limit) failed(new Error("never true"));
            else setTimeout(look, 20);
          }};
          limit += performance.now();
          look();
        }})""",
        PATIENCE,
    )


def follow(link: Locator) -> None:
    """Click a link to another page; until that page is whole."""
    with link.page.expect_navigation():
        link.click()


def count_of(page: Page) -> str:
    """What the heading says."""
    return page.locator("#count").inner_text()


def submit_query(page: Page, text: str) -> None:
    """Put a text into the box, press Enter, and wait until its answer is there: a page that fetches is busy at once."""
    page.fill("#q", text)
    page.press("#q", "Enter")
    page.wait_for_selector(READY)


def shown_options(page: Page) -> list[str]:
    """The suggestions, an option a line, its parts apart."""
    return list(
        page.locator("#q-list [role=option]").evaluate_all(
            """(all) => all.map((one) => {
              return [...one.children].map((part) => part.innerText).filter((text) => text).join(" | ");
            })"""
        )
    )


def shown_choices(page: Page) -> list[tuple[str, str, int, bool]]:
    """Facet, value, count and tick of every choice of the panel."""
    rows = page.evaluate(
        """() => [...document.querySelectorAll("#facets input[type=checkbox]")].map((input) => {
          return [input.name, input.value, Number(input.closest("li").querySelector(".n").textContent), input.checked];
        })"""
    )
    return [tuple(row) for row in rows]


def expect_count(page: Page, found: int, of: Expo) -> None:
    """The heading says how many, once it has settled."""
    every = len(of.initiatives)
    text = f"{found} sáng kiến" if found == every else f"{found} trong {every} sáng kiến"
    expect(page.locator("#count")).to_have_text(text)
