"""What the tests of the catalogue page share: what ought to be found, asked of the model, and what the page shows.

In: an Expo or a Page. Out: SK numbers, counts, texts. Neither columns.py nor the page's own script says what is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from playwright.sync_api import Page, expect

from expo.model import Expo, Initiative

READY = "#catalogue.is-live:not([aria-busy])"

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
        page.wait_for_function("() => document.querySelector('#q[role=combobox]')")
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
    """SK numbers on the wall, or in the list."""
    return page.locator("#wall .no").all_inner_texts()


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
    return [
        " | ".join(part for part in option.locator("> *").all_inner_texts() if part)
        for option in page.locator("#q-list [role=option]").all()
    ]


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
