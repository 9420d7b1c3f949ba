"""The kiosk in a real Chromium: it moves on, stops when told, obeys keys, and goes on without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from expo.model import Expo
from tests.conftest import ServeFolder

HALL = {"width": 1920, "height": 1080}


@pytest.fixture(scope="module")
def address(built_site: Path, serve_folder: ServeFolder) -> str:
    """Where the kiosk is."""
    return serve_folder(built_site) + "trinh-chieu/"


@pytest.fixture
def hall(page: Page) -> Iterator[Page]:
    """A projector's page whose clock the test winds. An error in the page fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_viewport_size(HALL)
    page.clock.install()
    yield page
    assert errors == []


def shown(page: Page) -> str:
    """The count in the bar: which slide of how many."""
    return page.locator(".kiosk__count").text_content() or ""


def test_it_moves_on_by_itself(hall: Page, address: str, real_expo: Expo) -> None:
    """Every fifteen seconds the next exhibit, and not before."""
    hall.goto(address)
    assert shown(hall) == f"0/{len(real_expo.initiatives)}"
    hall.clock.run_for(14_000)
    assert shown(hall) == f"0/{len(real_expo.initiatives)}"
    hall.clock.run_for(1_500)
    expect(hall.locator(".kiosk__count")).to_have_text(f"1/{len(real_expo.initiatives)}")


def test_the_visible_button_stops_it_and_starts_it_again(hall: Page, address: str) -> None:
    """WCAG 2.2.2: what moves by itself can be paused; the button says what it will do."""
    hall.goto(address)
    hall.get_by_role("button", name="Tạm dừng").click()
    before = shown(hall)
    hall.clock.run_for(60_000)
    assert shown(hall) == before
    hall.get_by_role("button", name="Chạy").click()
    hall.clock.run_for(16_000)
    expect(hall.locator(".kiosk__count")).not_to_have_text(before)


def test_the_button_of_the_full_screen_says_what_it_will_do(hall: Page, address: str) -> None:
    """In full screen it leads out, also when the browser's own key has led out before it."""
    hall.goto(address)
    hall.get_by_role("button", name="Toàn màn hình", exact=True).click()
    expect(hall.get_by_role("button", name="Thoát toàn màn hình")).to_be_visible()
    hall.evaluate("document.exitFullscreen()")
    expect(hall.get_by_role("button", name="Toàn màn hình", exact=True)).to_be_visible()


def test_arrow_keys_turn_the_leaves_and_go_round(hall: Page, address: str, real_expo: Expo) -> None:
    """Right goes on; left of the first is the last."""
    total = len(real_expo.initiatives)
    hall.goto(address)
    hall.keyboard.press("ArrowRight")
    expect(hall.locator(".kiosk__count")).to_have_text(f"1/{total}")
    hall.keyboard.press("ArrowLeft")
    expect(hall.locator(".kiosk__count")).to_have_text(f"0/{total}")
    hall.keyboard.press("ArrowLeft")
    expect(hall.locator(".kiosk__count")).to_have_text(f"{total}/{total}")
    hall.keyboard.press("ArrowRight")
    expect(hall.locator(".kiosk__count")).to_have_text(f"0/{total}")


def test_keys_may_be_faster_than_the_track(hall: Page, address: str, real_expo: Expo) -> None:
    """Each press counts, also while the slide of the one before is still gliding in; a hand on the track ends that."""
    total = len(real_expo.initiatives)
    hall.goto(address)
    for _ in range(4):
        hall.keyboard.press("ArrowRight")
    expect(hall.locator(".kiosk__count")).to_have_text(f"4/{total}")
    for _ in range(3):
        hall.get_by_role("button", name="Tấm trước").click()
    expect(hall.locator(".kiosk__count")).to_have_text(f"1/{total}")
    hall.keyboard.press("ArrowRight")
    hall.locator(".kiosk__track").dispatch_event("touchstart")
    hall.locator(".kiosk__track").evaluate("(track) => track.scrollTo({ left: 0, behavior: 'instant' })")
    hall.keyboard.press("ArrowRight")
    expect(hall.locator(".kiosk__count")).to_have_text(f"1/{total}")


def test_focus_inside_a_slide_stops_it(hall: Page, address: str) -> None:
    """Nothing moves away under someone who reads with the keyboard."""
    hall.goto(address)
    hall.locator(".slide--start nav a").first.focus()
    expect(hall.get_by_role("button", name="Chạy")).to_be_visible()


def test_where_motion_is_unwelcome_it_waits(browser: Browser, address: str) -> None:
    """With reduced motion nothing moves until somebody presses the button."""
    context = browser.new_context(reduced_motion="reduce", viewport=HALL)
    page = context.new_page()
    page.clock.install()
    page.goto(address)
    before = shown(page)
    page.clock.run_for(60_000)
    assert shown(page) == before
    page.get_by_role("button", name="Chạy").click()
    page.clock.run_for(16_000)
    expect(page.locator(".kiosk__count")).not_to_have_text(before)
    context.close()


def test_a_collection_is_shown_in_its_order(hall: Page, address: str, real_expo: Expo) -> None:
    """`?bo-suu-tap=` narrows to the walk, and its name stands on the first slide."""
    walk = real_expo.collections[-1]
    hall.goto(f"{address}?bo-suu-tap={walk.slug}")
    numbers = hall.eval_on_selector_all(".slide:not(.slide--start)", "all => all.map(one => one.ariaLabel)")
    assert numbers == [stop.initiative for stop in walk.stops]
    assert hall.locator(".slide--start h2").text_content() == walk.title


def test_a_province_is_shown_alone(hall: Page, address: str, real_expo: Expo) -> None:
    """`?tinh=` narrows to a unit of today, those of its former parts included."""
    hall.goto(f"{address}?tinh=hue")
    numbers = hall.eval_on_selector_all(".slide:not(.slide--start)", "all => all.map(one => one.ariaLabel)")
    assert numbers == [one.id for one in real_expo.at_place(real_expo.place_by_key["34:hue"])]


def test_what_nobody_has_is_said(hall: Page, address: str) -> None:
    """An unknown name leaves the first slide, a sentence and a way to everything."""
    hall.goto(f"{address}?tinh=khong-co")
    assert hall.locator(".slide").count() == 1
    expect(hall.get_by_text("Ở đây chưa có tấm nào như bạn chọn.")).to_be_visible()
    hall.get_by_role("link", name="Xem cả triển lãm").click()
    assert hall.locator(".slide").count() > 1


def test_once_loaded_it_needs_no_network(hall: Page, context: BrowserContext, address: str, real_expo: Expo) -> None:
    """Offline the whole round still shows every exhibit."""
    hall.emulate_media(reduced_motion="reduce")  # no gliding from slide to slide
    hall.goto(address, wait_until="networkidle")
    context.set_offline(True)
    asked: list[str] = []
    hall.on("request", lambda request: asked.append(request.url))
    for place in range(1, len(real_expo.initiatives) + 1):
        hall.keyboard.press("ArrowRight")
        expect(hall.locator(".kiosk__count")).to_have_text(f"{place}/{len(real_expo.initiatives)}")
    assert asked == []


def test_without_script_it_is_a_row_to_push(browser: Browser, address: str, real_expo: Expo) -> None:
    """Every slide is there, each fills the screen, and no control stands about that does nothing."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(address)
    assert page.locator(".slide").count() == len(real_expo.initiatives) + 1
    expect(page.locator(".kiosk__bar")).to_be_hidden()
    box = page.locator(".slide").nth(1).bounding_box()
    assert box and (box["x"], box["width"]) == (360, 360)
    context.close()


def test_the_bar_of_a_phone_keeps_its_height(page: Page, address: str) -> None:
    """Running or paused, at the first slide or at the last: nothing moves under a finger."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    bar, run = page.locator(".kiosk__bar"), page.locator("[data-run]")
    heights = set()
    for key in ("Home", "ArrowLeft"):
        page.keyboard.press(key)
        for _ in range(2):
            run.click()
            heights.add((bar.bounding_box() or {})["height"])
    assert len(heights) == 1


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1024, 768), (360, 640)])
def test_targets_are_large_and_nothing_scrolls_aside(page: Page, address: str, width: int, height: int) -> None:
    """Buttons of at least 44 px; the page itself never scrolls sideways, whatever the screen."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    sizes = page.eval_on_selector_all(
        ".kiosk__bar .btn", "all => all.filter(one => one.offsetParent).map(one => [one.offsetWidth, one.offsetHeight])"
    )
    assert all(side >= 44 for size in sizes for side in size)


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1280, 720)])
def test_the_answer_shows_before_anyone_scrolls(page: Page, address: str, width: int, height: int) -> None:
    """On a phone and on a low projector every slide has its answer, or its absence, on the screen at once."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address)
    expect(page.locator(".kiosk__bar")).to_be_visible()
    under = page.locator(".slide__answer").evaluate_all(
        """(all) => all.filter((one) => {
          const { bottom } = one.closest(".slide").getBoundingClientRect();
          return one.firstElementChild.getBoundingClientRect().bottom > bottom;
        }).map((one) => one.closest(".slide").id)"""
    )
    assert under == []


def test_a_number_stands_beside_the_last_word_of_its_link(page: Page, address: str) -> None:
    """On a phone, where names of collections break: within the link's own box, not on a line below it."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    page.evaluate("document.fonts.ready.then(() => 0)")
    page.locator(".slide--start summary").click()
    outside = page.locator(".slide--start .links .n").evaluate_all(
        "(all) => all.filter((one) => one.getBoundingClientRect().bottom"
        " > one.closest('a').getBoundingClientRect().bottom + 1).map((one) => one.closest('a').textContent)"
    )
    assert outside == []
