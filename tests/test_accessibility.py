"""Every kind of page in a real Chromium: axe on a desktop, on a phone in light and dark and at 400 %, targets, reflow,
text spacing, large letters, the menu and the sheet, paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserType, Locator, Page, Route, expect

from bench.page_kinds import PAGE_KINDS
from expo.cli.chromium import launch_flags
from tests.catalogue_page import READY, settle
from tests.conftest import LAUNCH_PATIENCE
from tests.test_pictures import SLUG

pytestmark = pytest.mark.browser

ODD_KINDS = {
    "gone": "sk/5/",
    "exhibit-pictures": f"sang-kien/{SLUG}/",
    "exhibit-untranslated-en": f"en/sang-kien/{SLUG}/",
    "catalogue-small": "sang-kien/",
}
GROUPS = 6  # of kinds; each is a test, so that processes share the work
# Name, width, height, scheme, touch, rules of axe. A window 1280 px wide, zoomed to 400 %, has 320 px. Contrast takes
# most of the time: in the dark nothing else can be wrong that is right on a light phone, at 400 % nothing is dyed anew.
SCREENS: tuple[tuple[str, int, int, Literal["light", "dark"], bool, str], ...] = (
    ("desktop", 1280, 900, "light", False, "all"),
    ("dark", 360, 740, "dark", True, "colours"),
    ("phone", 360, 740, "light", True, "all"),
    ("400 %", 320, 256, "light", True, "no colours"),
)
# English pages come from the same templates: what differs is the length of words, on the widest and the narrowest.
ENGLISH_SCREENS = ((*SCREENS[0][:-1], "no colours"), SCREENS[3])
# All rules that axe runs by itself, best practice too, and the size of targets, which it does not unless asked. Slides
# of the kiosk beside the screen are there for nobody; each has the template of the one that is shown.
RUN_AXE = """async (which) => {
  const targets = { "target-size": { enabled: true } };
  const all = { "color-contrast": { enabled: which !== "no colours" }, ...targets };
  const options = which === "colours" ? { runOnly: ["cat.color"] } : { rules: all };
  const shown = { exclude: [["[inert]"]] };
  const { violations } = await axe.run(shown, { resultTypes: ["violations"], ...options });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.target).slice(0, 3).join(" | ")}`);
}"""
OVERFLOWING = """() => [...document.querySelectorAll("body *:not(svg *, .vh, .kiosk__track *)")]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((one) => `${one.localName}.${one.className}`).slice(0, 5)"""
# What is under so many px in a direction. A press counts wherever it lands on the target, a label or a child of it.
# Left out: links in the middle of running text (WCAG says so too); what is off the screen until it has the focus; the
# units of the drawn map, for each of which the list beside it has a link, and on a phone the tiles stand in its place.
SMALL = r"""(least) => {
  const words = (node, block) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches("a, button, .vh, .no")) return "";
    if (node !== block && getComputedStyle(node).display !== "inline") return "";
    return [...node.childNodes].map((one) => words(one, block)).join("");
  };
  const inText = (link) => {
    if (getComputedStyle(link).display !== "inline") return false;
    let block = link.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    return /[\p{L}\p{N}]/u.test(words(block, block));
  };
  const reach = (area, box, dx, dy) => {
    const hits = (step) => {
      const x = (box.left + box.right) / 2 + dx * step;
      const found = document.elementFromPoint(x, (box.top + box.bottom) / 2 + dy * step);
      return found !== null && area.contains(found);
    };
    let [before, after] = [0, 0];
    while (before < least && hits(-before - 1)) before += 1;
    while (after < least && hits(after + 1)) after += 1;
    return before + after + 1;
  };
  const small = [];
  const inReach = document.querySelector("dialog:modal") ?? document;
  for (const one of inReach.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")) {
    const isShown = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    if (!isShown || one.closest(".skip, svg, [inert]") || inText(one)) continue;
    const area = one.closest("label") ?? one;
    const whole = area.getBoundingClientRect();
    if (!whole.width || Math.min(whole.width, whole.height) > least - .1) continue;
    area.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const [box] = area.getClientRects();
    const size = [reach(area, box, 1, 0), reach(area, box, 0, 1)];
    if (Math.min(...size) < least) small.push(`${one.localName}.${one.className} "${one.innerText}" ${size.join("×")}`);
  }
  return small;
}"""
# WCAG 1.4.12: a reader's own spacing.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
# Text outside the box that hides what overflows it, or outside its tile or button. Left out: what is hidden from the
# eye on purpose, what scrolls, and the two lines of why something was found, which end in an ellipsis.
CUT = r"""() => {
  const cut = new Set();
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    const isShown = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    if (!isShown || one.closest("svg, option, noscript, [inert], .skip")) continue;
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    if (!box.width || !walker.currentNode.data.trim()) continue;
    for (let frame = one; frame !== document.documentElement; frame = frame.parentElement) {
      const style = getComputedStyle(frame);
      const hides = style.overflowX !== "visible" || frame.matches(".tile, .btn, .chip, summary, .tongue");
      if (style.clipPath !== "none" || style.webkitLineClamp !== "none" || /auto|scroll/.test(style.overflow)) break;
      if (style.display === "inline" || !hides) continue;
      const edge = frame.getBoundingClientRect();
      const over = Math.max(box.right - edge.right, edge.left - box.left, box.bottom - edge.bottom - 2);
      if (over > 1) cut.add(`${frame.localName}.${frame.className}: ${one.innerText.slice(0, 40)} ${over.toFixed(0)}`);
    }
  }
  return [...cut].slice(0, 5);
}"""
HEAVY_REFRESH = re.compile(r'<meta http-equiv="refresh"[^>]*>')


@pytest.fixture(scope="module")
def base(built_site: Path, serve_folder: Callable[..., str]) -> str:
    """Address of the site."""
    return serve_folder(built_site)


@pytest.fixture(scope="module")
def odd_base(odd_site: Path, serve_folder: Callable[..., str]) -> str:
    """Address of the site of odd pages."""
    return serve_folder(odd_site)


@pytest.fixture(scope="module")
def kinds(base: str, odd_base: str) -> dict[str, str]:
    """Every kind of page → its address."""
    real = {kind: base + address for kind, address in PAGE_KINDS.items()}
    return {**real, **{kind: odd_base + address for kind, address in ODD_KINDS.items()}}


def open_settled(page: Page, address: str) -> None:
    """Open a page, laid out to its foot; the catalogue shows what the address asks, to the last chip."""
    page.goto(address)
    expect(page.locator(".lazy")).to_have_count(0)
    if "/sang-kien/?" in address:
        settle(page)
    elif address.endswith("/sang-kien/"):
        page.wait_for_selector(READY)


def open_sheet(page: Page) -> None:
    """Open the sheet of filters; what it needs is fetched first, and it may come in gently."""
    page.click("#open-sheet")
    expect(page.locator("#sheet")).to_be_visible()
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")


def stay(route: Route) -> None:
    """A page that leads on at once, without that."""
    answer = route.fetch()
    route.fulfill(response=answer, body=HEAVY_REFRESH.sub("", answer.text()))


def look_at(page: Page, axe_script: str, kind: str, address: str) -> dict[str, list[str]]:
    """All that is wrong with a page, by screen and kind of fault."""
    screens = ENGLISH_SCREENS if kind.endswith("-en") else SCREENS
    touch = page.context.new_cdp_session(page)
    found: dict[str, list[str]] = {}
    for name, width, height, scheme, is_touched, rules in screens:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        touch.send("Emulation.setTouchEmulationEnabled", {"enabled": is_touched})
        if name == "desktop":
            open_settled(page, address)
            page.evaluate(axe_script)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        found[f"axe, {name}"] = page.evaluate(RUN_AXE, rules)
        if is_touched and scheme == "light":
            found[f"targets, {name}"] = page.evaluate(SMALL, 44)
    page.set_viewport_size({"width": 320, "height": 640})
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        found["sideways"] = page.evaluate(OVERFLOWING)
    page.add_style_tag(content=SPACING)
    found["spacing"] = page.evaluate(CUT)
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        found["sideways, spacing"] = page.evaluate(OVERFLOWING)
    touch.detach()
    return {fault: where for fault, where in found.items() if where}


@pytest.mark.parametrize("group", range(GROUPS))
def test_every_kind_of_page(browser: Browser, kinds: dict[str, str], group: int) -> None:
    """No violation of axe on any screen; 44 px for a thumb; nothing sideways at 320 px; own spacing cuts nothing."""
    context = browser.new_context(bypass_csp=True)
    context.route(re.compile(r"/sk/2/$"), stay)
    page, script = context.new_page(), Axe().axe_script
    found = {kind: look_at(page, script, kind, kinds[kind]) for kind in sorted(kinds)[group::GROUPS]}
    context.close()
    assert {kind: faults for kind, faults in found.items() if faults} == {}


def open_lightbox(page: Page) -> Locator:
    """The whole picture over the page."""
    page.locator(".gallery a").first.click()
    return page.locator("dialog.zoom")


def open_suggestions(page: Page) -> Locator:
    """What the search box proposes."""
    page.locator("#q").press_sequentially("hu")
    return page.locator("#q-list [role=option]").first


def open_menu(page: Page) -> Locator:
    """The ways in, on a phone."""
    page.locator(".nav summary").click()
    return page.locator(".nav details > ul")


def open_figures(page: Page) -> Locator:
    """The older figures."""
    page.locator(".more summary").click()
    return page.locator(".record").first


def open_slide(page: Page) -> Locator:
    """The first exhibit of the kiosk."""
    page.keyboard.press("ArrowRight")
    return page.locator(".slide:not([inert]) h2")


def open_choices(page: Page) -> Locator:
    """The provinces that the kiosk can narrow to."""
    page.locator(".slide--start summary").click()
    return page.locator(".slide--start details a").first


OPENERS = (
    ("exhibit-pictures", open_lightbox),
    ("catalogue", open_suggestions),
    ("exhibit-answered", open_menu),
    ("exhibit-answered", open_figures),
    ("kiosk", open_slide),
    ("kiosk", open_choices),
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_on_a_phone(browser: Browser, kinds: dict[str, str], scheme: Literal["light", "dark"]) -> None:
    """The sheet of filters, the menu, suggestions, folded figures, a whole picture, a slide: axe, and 44 px."""
    screen = {"width": 360, "height": 740}
    context = browser.new_context(
        viewport=screen, has_touch=True, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )
    page, script, found = context.new_page(), Axe().axe_script, {}
    for kind, opener in OPENERS:
        open_settled(page, kinds[kind])
        expect(opener(page)).to_be_visible()
        page.evaluate(script)
        found[kind, opener.__name__] = [*page.evaluate(RUN_AXE), *page.evaluate(SMALL, 44)]
    open_settled(page, kinds["catalogue-filtered"])
    open_sheet(page)
    page.evaluate(script)
    found["sheet", ""] = [*page.evaluate(RUN_AXE), *page.evaluate(SMALL, 44)]
    context.close()
    assert {state: faults for state, faults in found.items() if faults} == {}


@pytest.fixture
def large_letters(browser_type: BrowserType, shell_path: Path) -> Iterator[Browser]:
    """A browser whose owner asked for letters twice as large."""
    flags = [*launch_flags(), "--blink-settings=defaultFontSize=32"]
    found = browser_type.launch(executable_path=str(shell_path), args=flags, timeout=LAUNCH_PATIENCE)
    yield found
    found.close()


def test_letters_twice_as_large_fit_a_phone(large_letters: Browser, kinds: dict[str, str]) -> None:
    """At 360 px nothing is cut off or scrolls sideways. The English pages are made from the same templates."""
    page = large_letters.new_page(viewport={"width": 360, "height": 740})
    found = {}
    for kind, address in kinds.items():
        if kind.endswith("-en") or kind == "redirect":
            continue
        open_settled(page, address)
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            found[kind] = page.evaluate(OVERFLOWING)
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_wants_more_contrast_gets_it(page: Page, base: str, scheme: Literal["light", "dark"]) -> None:
    """Secondary text and borders of controls take the colour of the text, in both schemes; on paper nothing changes."""
    page.emulate_media(color_scheme=scheme)
    page.goto(base + "sang-kien/")
    colours = """() => {
        const soft = getComputedStyle(document.querySelector(".page-head .soft")).color;
        const edge = getComputedStyle(document.querySelector(".tools select")).borderTopColor;
        return [soft, edge, getComputedStyle(document.body).color];
    }"""
    assert len(set(page.evaluate(colours))) == 3
    page.emulate_media(color_scheme=scheme, contrast="more")
    assert len(set(page.evaluate(colours))) == 1
    page.emulate_media(color_scheme=scheme, contrast="more", media="print")
    assert len(set(page.evaluate(colours))) == 3


def test_the_example_searches_find_all_their_words(page: Page, base: str) -> None:
    """What the home page proposes to try never ends in an excuse."""
    page.goto(base)
    for link in [one.get_attribute("href") or "" for one in page.locator(".tries a").all()]:
        open_settled(page, base + link)
        assert page.locator("#wall .hang").count() > 0, link
        assert "Không sáng kiến nào có đủ mọi từ" not in (page.locator("#notes").text_content() or ""), link


def test_the_menu_closes_with_esc_and_elsewhere(page: Page, base: str) -> None:
    """Esc gives the focus back to the menu's button; a press beside the menu closes it too."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(base + "sang-kien/hue-s/")
    menu, button = page.locator(".nav details"), page.locator(".nav summary")
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(button).to_be_focused()
    button.click()
    page.mouse.click(180, 700)
    expect(menu).not_to_have_attribute("open", "")


@pytest.mark.parametrize("address", ["", "sang-kien/", "404.html"])
def test_slash_goes_to_the_search_box(page: Page, base: str, address: str) -> None:
    """Wherever there is one; the stroke itself is not typed."""
    open_settled(page, base + address)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("")


def test_first_stop_of_the_keyboard_is_the_way_past_the_head(page: Page, base: str) -> None:
    """The skip link comes into view with the focus and leads to the content."""
    page.goto(base + "sang-kien/hue-s/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#noi-dung")).to_be_focused()


def test_the_sheet_keeps_the_focus_and_leads_to_the_results(page: Page, base: str) -> None:
    """Tab goes round inside; "show N results" ends at the heading that counts them."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(reduced_motion="reduce")
    open_settled(page, base + "sang-kien/")
    open_sheet(page)
    for _ in range(50):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#sheet')")
    page.click("#show-results")
    expect(page.locator("#count")).to_be_focused()
    expect(page.locator("#count")).to_be_in_viewport()


def test_an_exhibit_can_be_passed_on_and_printed(browser: Browser, base: str) -> None:
    """The button copies the address; the short address is written out; without script neither button shows."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(base + "sang-kien/hue-s/?utm_source=zalo")
    page.evaluate("() => { Object.defineProperty(navigator, 'share', { value: undefined, configurable: true }) }")
    page.click("#share")
    expect(page.locator("#shared")).to_have_text("Đã chép đường dẫn.")
    assert page.evaluate("navigator.clipboard.readText()") == base + "sang-kien/hue-s/"
    expect(page.locator("#print")).to_be_visible()
    expect(page.locator("#chia-se a[data-whole]")).to_have_text(base + "sk/2/")
    context.close()
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(base + "sang-kien/hue-s/")
    expect(page.locator("#share")).to_be_hidden()
    expect(page.locator("#print")).to_be_hidden()
    expect(page.locator("#chia-se a[data-whole]")).to_have_text("/sk/2/")
    plain.close()


def test_paper_has_the_number_and_the_address(page: Page, base: str) -> None:
    """A printed exhibit says where it comes from; what can only be pressed stays off the paper."""
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 without margins
    page.goto(base + "sang-kien/hue-s/")
    page.emulate_media(media="print")
    expect(page.locator(".poster-foot a[data-whole]")).to_have_text(base + "sk/2/")
    expect(page.locator(".poster-foot a[data-whole]")).to_be_visible()
    expect(page.locator(".exhibit__title > .no")).to_be_visible()
    for gone in (".nav", ".exhibit__title .actions", ".crumbs", ".nearby"):
        expect(page.locator(gone).first).to_be_hidden()
