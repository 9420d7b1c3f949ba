"""Pictures and passing on in a real Chromium: the whole picture opens in place, and without the script it is a link.

The page is that of a small site with three pictures made here, built by the real pipeline.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from expo.cli import main
from tests.catalogue_page import wait_until
from tests.conftest import ServeFolder
from tests.test_pictures import SLUG, draw, encode, make_content


@pytest.fixture(scope="module")
def exhibit(tmp_path_factory: pytest.TempPathFactory, serve_folder: ServeFolder) -> str:
    """Address of an exhibit with two pictures, of a site that knows its own address."""
    folder = tmp_path_factory.mktemp("gallery")
    content = make_content(folder)
    (content / "initiatives" / SLUG / "ban-do.png").write_bytes(encode(draw((1700, 900)), "PNG"))
    output = folder / "output"
    command = [
        "build",
        "--content",
        str(content),
        "--output",
        str(output),
        "--site-url",
        "https://expo.example",
        "--quiet",
    ]
    assert main(command) == 0
    return serve_folder(output) + f"sang-kien/{SLUG}/"


def test_the_keyboard_walks_through_the_pictures(page: Page, exhibit: str) -> None:
    """Enter opens, arrows lead on and round, Esc closes; focus is back at the picture looked at last."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(exhibit)
    links = page.locator(".gallery a")
    links.first.focus()
    page.keyboard.press("Enter")
    zoom = page.locator("dialog.zoom")
    expect(zoom).to_be_visible()
    expect(zoom.locator("p")).to_contain_text("Cổng mẫu")
    expect(page.get_by_role("button", name="Đóng ảnh")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(zoom.locator("p")).to_contain_text("Bản đồ mẫu")
    page.keyboard.press("ArrowRight")
    expect(zoom.locator("p")).to_contain_text("Cổng mẫu")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    expect(zoom).to_be_hidden()
    expect(links.nth(1)).to_be_focused()
    assert errors == []


def test_a_swipe_leads_on(browser: Browser, exhibit: str) -> None:
    """To the left the next, to the right the one before; a small move is none."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(exhibit)
    page.locator(".gallery a").first.tap()
    about = page.locator("dialog.zoom p")
    expect(about).to_contain_text("Cổng mẫu")
    for distance, words in ((-10, "Cổng mẫu"), (-120, "Bản đồ mẫu"), (120, "Cổng mẫu")):
        page.evaluate(
            """(distance) => {
              const zoom = document.querySelector("dialog.zoom");
              const touch = (x) => new Touch({ identifier: 1, target: zoom, clientX: x, clientY: 300 });
              zoom.dispatchEvent(new TouchEvent("touchstart", { touches: [touch(180)], changedTouches: [touch(180)] }));
              zoom.dispatchEvent(new TouchEvent("touchend", { touches: [], changedTouches: [touch(180 + distance)] }));
            }""",
            distance,
        )
        expect(about).to_contain_text(words)
    sizes = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    targets = [box for button in page.locator("dialog.zoom button").all() if (box := button.bounding_box())]
    assert sizes[0] <= sizes[1] and min(box["height"] for box in targets) >= 44
    context.close()


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1440, 900), (800, 360)])
def test_the_whole_picture_fits_above_its_words(page: Page, exhibit: str, width: int, height: int) -> None:
    """Picture, words and buttons below each other, all in view, nothing over anything."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(exhibit)
    page.locator(".gallery a").nth(1).click()
    wait_until(page, "document.querySelector('dialog.zoom img').naturalWidth > 0")
    boxes = [page.locator(f"dialog.zoom {part}").bounding_box() for part in ("img", "p", ".actions")]
    assert all(boxes)
    edges = [(round(box["y"]), round(box["y"] + box["height"])) for box in boxes if box]
    assert edges[0][0] >= 0 and edges[0][1] <= edges[1][0] and edges[1][1] <= edges[2][0] and edges[2][1] <= height
    assert boxes[0] is not None and boxes[0]["width"] <= width


def test_without_a_script_a_picture_is_a_link(browser: Browser, exhibit: str) -> None:
    """It leads to the whole picture, and the space of each is known."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(exhibit)
    page.locator(".gallery a").nth(1).click()
    page.wait_for_url("**/ban-do.png")
    context.close()


def test_a_browser_takes_the_smallest_format_it_knows(page: Page, exhibit: str) -> None:
    """AVIF, in the width that the column needs, once the picture is near the view; nothing moves when it comes."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(exhibit)
    image = page.locator(".gallery img").nth(1)
    box = image.bounding_box()
    image.scroll_into_view_if_needed()
    image.evaluate("(image) => image.decode()")
    shown = str(image.evaluate("(image) => image.currentSrc"))
    after = image.bounding_box()
    assert box and after and (box["width"], box["height"]) == (after["width"], after["height"])
    assert shown.rsplit("/", 1)[1] in ("ban-do.400w.avif", "ban-do.800w.avif")


def test_who_saves_data_gets_the_smallest_pictures(browser: Browser, exhibit: str) -> None:
    """Whatever the screen could show; the link still leads to the whole picture."""
    taken = {}
    for saves in (True, False):
        context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=3)
        context.add_init_script(
            f"navigator.connection.__proto__.__defineGetter__('saveData', () => {str(saves).lower()})"
        )
        page = context.new_page()
        page.goto(exhibit)
        image = page.locator(".gallery img").nth(1)
        image.scroll_into_view_if_needed()
        image.evaluate("(image) => image.decode()")
        taken[saves] = str(image.evaluate("(image) => image.currentSrc")).rsplit("/", 1)[1]
        context.close()
    assert taken == {True: "ban-do.400w.avif", False: "ban-do.1600w.avif"}


def test_the_words_to_paste_are_copied(browser: Browser, exhibit: str) -> None:
    """Line by line, and the page says so."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(exhibit)
    page.get_by_role("button", name="Chép lời này").click()
    expect(page.locator(".share__caption:has(#loi-dan) [role=status]")).to_have_text("Đã chép lời giới thiệu.")
    lines = str(page.evaluate("navigator.clipboard.readText()")).splitlines()
    assert (len(lines), lines[-1].split(" · ")[1].startswith("https://expo.example/sk/")) == (3, True)
    context.close()


def test_an_exhibit_without_pictures_loads_nothing_for_them(exhibit: str, page: Page) -> None:
    """Neither the script nor the style of the gallery."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    page.goto(exhibit.replace(SLUG, "may-loc-nuoc-vi-du"))
    assert [name for name in asked if name.startswith("gallery")] == []
