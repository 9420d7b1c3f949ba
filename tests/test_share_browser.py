"""Passing an exhibit on by Zalo in a real Chromium: each device gets the link that Zalo's app or page understands.

The page is rendered by the real templates for a site that knows its address, and served with the theme's real script.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ServeFolder
from tests.test_meta import SITE_URL, make_site, render

ADDRESS = "/sang-kien/cong-gop-y-vi-du/"
WHOLE = SITE_URL + ADDRESS
PACKED = "https%3A%2F%2Fexpo.example%2Fsub%2Fsang-kien%2Fcong-gop-y-vi-du%2F"
ANDROID = "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve_folder: ServeFolder) -> str:
    """Where the exhibit is."""
    folder, site = tmp_path_factory.mktemp("share"), make_site(SITE_URL)
    files: list[tuple[str, bytes]] = [(one.address, one.content) for one in site.assets.files()]
    files.append((ADDRESS + "index.html", str(render(site, ADDRESS).html).encode()))
    for name, content in files:
        path = Path(f"{folder}{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return serve_folder(folder) + ADDRESS.lstrip("/")


@pytest.mark.parametrize(
    ("device", "start", "end"),
    [
        (ANDROID, "intent://zaloapp.com/#Intent;action=android.intent.action.SEND;", f"TEXT={PACKED};B.hidePostFeed"),
        (IPHONE, f"zaloshareext://shareext?url={PACKED}&", "&type=8&version=1"),
    ],
    ids=["Android", "iPhone"],
)
def test_a_phone_hands_the_address_to_the_app(
    browser: Browser, address: str, device: str, start: str, end: str
) -> None:
    """The links of Zalo's own button; on Android Zalo's page opens where the app is missing."""
    context = browser.new_context(user_agent=device)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#zalo")).not_to_have_attribute("href", "https://chat.zalo.me/")
    link = page.locator("#zalo").get_attribute("href") or ""
    assert (link.startswith(start), end in link) == (True, True), link
    assert ("S.browser_fallback_url=https%3A%2F%2Fchat.zalo.me%2F;end" in link) == (device == ANDROID)
    context.close()


def test_elsewhere_the_address_is_copied_to_be_pasted(browser: Browser, address: str) -> None:
    """Zalo's page opens beside; the page that stays says what to do. Without script the link leads there too."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.route("https://chat.zalo.me/**", lambda route: route.fulfill(body="Zalo"))
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#zalo")).to_have_attribute("target", "_blank")
    with context.expect_page():
        page.click("#zalo")
    expect(page.locator("#zalo-said")).to_have_text("Đã chép đường dẫn: dán vào Zalo.")
    page.bring_to_front()
    assert page.evaluate("navigator.clipboard.readText()") == WHOLE
    context.close()
