"""The catalogue in a real Chromium where something is missing: files, the network, storage, parts of the browser.

On the real site. A plain notice with a retry, results from what there is, and the static page behind it all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from expo.cli.preview_server import FolderHandler, FolderServer
from expo.config import PAGE_SIZE
from expo.model import Expo
from tests.catalogue_page import (
    READY,
    WAIT_FOR_REST,
    Catalogue,
    expect_count,
    expect_ids,
    expected_ids,
    query_of,
    settle,
    shown_ids,
    submit_query,
    wait_until,
)

pytestmark = pytest.mark.browser

SUBMIT = "(text) => { const box = document.getElementById('q'); box.value = text; box.form.requestSubmit(); }"
PARTIAL = "Một phần dữ liệu tìm kiếm không tải được, nên kết quả có thể còn thiếu. Tải lại"
FAILED = (
    "Không tải được dữ liệu để tìm và lọc. Hãy thử lại, hoặc xem theo tỉnh, thành và theo chủ đề ở cuối trang. Tải lại"
)
SEARCH = "**/assets/search/"
# How many files of details were asked for, and how many of them have come or not.
COUNT_DETAILS = """
const fetchFile = window.fetch;
window.asked = window.over = 0;
window.fetch = (address, ...rest) => {
  const promise = fetchFile(address, ...rest);
  if (!String(address).includes("/search/d/")) return promise;
  window.asked += 1;
  const count = () => (window.over += 1);
  promise.then((response) => response.clone().arrayBuffer()).then(count, count);
  return promise;
};
"""


def answer_404(route: Route) -> None:
    """As a host answers for what it does not have."""
    route.fulfill(status=404, body="<h1>404</h1>", content_type="text/html")


def drop(route: Route) -> None:
    """As a network that is gone."""
    route.abort()


def answer_with(route: Route, change: Callable[[bytes], bytes]) -> None:
    """Under the kind that the file has."""
    answer = route.fetch()
    kind = answer.headers["content-type"]
    with suppress(Error):  # the page has gone elsewhere in the meantime
        route.fulfill(status=200, body=change(answer.body()), content_type=kind)


def flip(route: Route) -> None:
    """Half of its bytes turned over."""
    answer_with(route, lambda body: bytes(byte ^ 255 for byte in body[: len(body) // 2]) + body[len(body) // 2 :])


def cut(route: Route) -> None:
    """The second half has not come."""
    answer_with(route, lambda body: body[: len(body) // 2])


def empty(route: Route) -> None:
    """Nothing in it."""
    answer_with(route, lambda body: b"")


WAYS = {"404": answer_404, "network": drop, "flip": flip, "cut": cut, "empty": empty}


@pytest.fixture(params=WAYS)
def break_files(request: pytest.FixtureRequest, page: Page) -> Callable[[str], None]:
    """Gives `break_files(pattern)`, in turn in every way that files fail."""
    return lambda pattern: page.route(SEARCH + pattern, WAYS[request.param])


@pytest.fixture(params=["404", "cut"])
def break_some(request: pytest.FixtureRequest, page: Page) -> Callable[[str], None]:
    """The same in one way of not coming and one of coming damaged, for files that are fetched by the same means."""
    return lambda pattern: page.route(SEARCH + pattern, WAYS[request.param])


def wanted_ids(catalogue: Catalogue, browser: Browser, text: str) -> list[str]:
    """What a query lists where all is well."""
    page = browser.new_page()
    page.goto(catalogue.address + query_of(text))
    page.wait_for_selector(READY)
    ids = shown_ids(page)
    assert ids
    page.close()
    return ids


# --- files ---


def test_a_missing_shard_leaves_results_and_heals(
    catalogue: Catalogue, browser: Browser, break_files: Callable[[str], None]
) -> None:
    """One word's file does not come: the other word still finds; "Tải lại" asks again and brings all, focus stays."""
    asked: list[str] = []
    catalogue.page.on("request", lambda request: asked.append(request.url) if "/w/" in request.url else None)
    page = catalogue.open(query_of("chatbot"))
    [known] = asked
    page.goto("about:blank")
    page.context.clear_cookies()
    break_files("w/" + known.split("/")[-1])
    page = catalogue.open(query_of("chatbot huế"))
    expect(page.locator("#notes p").first).to_have_text(PARTIAL)
    assert len(shown_ids(page)) > 0
    page.unroute_all()
    page.get_by_role("button", name="Tải lại").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Tải lại")).to_have_count(0)
    expect_ids(page, wanted_ids(catalogue, browser, "chatbot huế"))
    expect(page.locator("#count")).to_be_focused()


def test_without_any_shard_the_page_says_so(catalogue: Catalogue, break_some: Callable[[str], None]) -> None:
    """Nothing is found, nothing is claimed to be complete, and filters go on working."""
    break_some("w/*")
    page = catalogue.open(query_of("rác"))
    expect(page.locator("#notes p").first).to_have_text(PARTIAL)
    expect(page.locator("#empty")).to_be_visible()
    page.locator("#empty a").click()
    expect(page.locator("#wall .hang")).to_have_count(PAGE_SIZE)


def test_without_the_root_the_static_wall_stays(
    catalogue: Catalogue, real_expo: Expo, break_files: Callable[[str], None]
) -> None:
    """A notice with a retry; wall, pager and links as the build made them. Then the query is answered."""
    break_files("root-*")
    page = catalogue.page
    page.goto(catalogue.address + query_of("Đống Đa"))
    expect(page.locator("#notes")).to_have_text(FAILED)
    assert shown_ids(page) == [one.id for one in real_expo.newest][:PAGE_SIZE]
    assert page.locator("#pager a[rel=next]").get_attribute("href")
    expect(page.locator(".catalogue__links a").first).to_be_visible()
    expect(page.locator("#catalogue")).not_to_have_attribute("aria-busy", "true")
    page.unroute_all()
    page.get_by_role("button", name="Tải lại").click()
    expect(page.locator("#notes")).to_be_hidden()
    expect(page.locator("#wall .no").first).to_have_text("SK-0001")


def test_without_facets_a_query_is_answered(
    catalogue: Catalogue, browser: Browser, break_some: Callable[[str], None]
) -> None:
    """Results stand, a notice says what is missing; a retry brings the counts."""
    break_some("facets-*")
    page = catalogue.open(query_of("rác"))
    expect(page.locator("#notes")).to_have_text(FAILED)
    expect_ids(page, wanted_ids(catalogue, browser, "rác"))
    page.unroute_all()
    page.get_by_role("button", name="Tải lại").click()
    expect(page.locator("#notes")).to_be_hidden()
    expect(page.locator("#facets label.opt--zero").first).to_be_attached()


def test_without_facets_the_wall_stays(catalogue: Catalogue, break_some: Callable[[str], None]) -> None:
    """Filters of the address cannot be honoured: said, with the wall and its links as they were."""
    break_some("facets-*")
    page = catalogue.page
    page.goto(catalogue.address + "?tinh=hue")
    expect(page.locator("#notes")).to_have_text(FAILED)
    expect(page.locator("#wall .hang")).to_have_count(PAGE_SIZE)
    submit_query(page, "SK-0002")


def test_without_some_cards_the_others_are_shown(
    catalogue: Catalogue, browser: Browser, break_some: Callable[[str], None]
) -> None:
    """The exhibits of one file of cards lack in the list, which says so; a retry brings them in their places."""
    ids = wanted_ids(catalogue, browser, "huế")
    page = catalogue.open()
    bits = int(str(page.locator("#catalogue").get_attribute("data-chunk-bits")))
    on_page = set(shown_ids(page))  # cards that the page came with need no file
    chunk = next(int(one[3:]) >> bits for one in ids if one not in on_page)
    lost = {one for one in ids if int(one[3:]) >> bits == chunk and one not in on_page}
    break_some(f"c/{chunk}-*")
    submit_query(page, "huế")
    expect(page.locator("#notes p").first).to_have_text(PARTIAL)
    expect_ids(page, [one for one in ids if one not in lost])
    page.unroute_all()
    page.get_by_role("button", name="Tải lại").click()
    expect(page.get_by_role("button", name="Tải lại")).to_have_count(0)
    expect_ids(page, ids)


@pytest.mark.parametrize("way", ["network", "cut"])
def test_without_the_second_script_results_stand(
    page: Page, catalogue_address: str, browser: Browser, way: str
) -> None:
    """Filters, suggestions and lines of why lack, which is said; a retry brings them."""
    catalogue = Catalogue(page, catalogue_address)  # half a script is an error in the page, which is none of ours
    page.route("**/assets/extras-*", WAYS[way])
    page.goto(catalogue.address + query_of("rác"))
    expect(page.locator("#notes")).to_have_text(FAILED)
    expect_ids(page, wanted_ids(catalogue, browser, "rác"))
    page.unroute_all()
    page.get_by_role("button", name="Tải lại").click()
    expect(page.locator("#facets label.opt--zero").first).to_be_attached()
    expect(page.locator("#notes")).to_be_hidden()
    expect(page.locator("#wall mark").first).to_be_visible()


def test_without_details_results_stand(catalogue: Catalogue, break_some: Callable[[str], None]) -> None:
    """Cloths and lines of why are extras; nobody is told of them."""
    break_some("d/*")
    catalogue.page.add_init_script(COUNT_DETAILS)
    page = catalogue.open(query_of("rác"))
    expect(page.locator("#wall mark").first).to_be_visible()
    wait_until(page, "window.asked > 0 && window.asked === window.over")
    page.evaluate(WAIT_FOR_REST)
    expect(page.locator("#notes")).to_be_hidden()


def test_without_an_order_the_list_stays(catalogue: Catalogue, break_some: Callable[[str], None]) -> None:
    """And another order can be chosen."""
    break_some("by-name-*")
    page = catalogue.open(query_of("rác"))
    ids = shown_ids(page)
    page.select_option("#sort", "ten")
    expect(page.locator("#notes")).to_have_text(FAILED)
    expect_ids(page, ids)
    page.select_option("#sort", "moi")
    expect(page.locator("#notes")).to_be_hidden()
    page.wait_for_selector(READY)
    assert set(shown_ids(page)) == set(ids)


@pytest.mark.parametrize("pattern", ["p/*", "phrases-*"])
def test_without_pairs_a_phrase_says_so(catalogue: Catalogue, break_some: Callable[[str], None], pattern: str) -> None:
    """Quoted words need files of their own, and one that names these."""
    break_some(pattern)
    page = catalogue.open(query_of('"Đống Đa"'))
    expect(page.locator("#notes p").first).to_have_text(PARTIAL)
    page.unroute_all()
    page.get_by_role("button", name="Tải lại").click()
    expect(page.locator("#notes")).to_be_hidden()
    expect_ids(page, ["SK-0001"])


class Flaky(FolderHandler):
    """A host that lets files be kept for ten minutes, and sends those of words damaged until it is `well`."""

    well = threading.Event()

    def end_headers(self) -> None:
        """Content-hashed names may be kept."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Damage what is under /w/."""
        body = source.read()
        outputfile.write(bytes(len(body)) if "/w/" in self.path and not self.well.is_set() else body)


@pytest.fixture
def flaky(built_site: Path) -> Iterator[str]:
    """Address of such a host."""
    Flaky.well.clear()
    server = FolderServer(("127.0.0.1", 0), partial(Flaky, directory=str(built_site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def test_a_retry_is_not_answered_from_the_cache(page: Page, flaky: str) -> None:
    """A damaged file that the browser keeps is asked for anew."""
    page.goto(flaky + "sang-kien/" + query_of("Đống Đa"))
    expect(page.locator("#notes p").first).to_have_text(PARTIAL)
    Flaky.well.set()
    page.get_by_role("button", name="Tải lại").click()
    expect(page.locator("#notes")).to_be_hidden()
    expect(page.locator("#wall .no").first).to_have_text("SK-0001")


# --- browser and network ---


def test_a_browser_that_cannot_unpack_keeps_the_static_page(catalogue: Catalogue, real_expo: Expo) -> None:
    """Without DecompressionStream the page says that it cannot search, and shows what the build made."""
    catalogue.page.add_init_script("delete globalThis.DecompressionStream")
    page = catalogue.page
    page.goto(catalogue.address)
    page.fill("#q", "rác")
    page.press("#q", "Enter")
    expect(page.locator("#notes")).to_have_text(FAILED)
    assert shown_ids(page) == [one.id for one in real_expo.newest][:PAGE_SIZE]
    page.locator("#pager a[rel=next]").click()
    expect(page).to_have_url(catalogue.address + "trang/2/")


def test_without_storage_all_works(catalogue: Catalogue, real_expo: Expo) -> None:
    """Storage that throws, as where cookies are blocked, is not missed."""
    for name in ("localStorage", "sessionStorage", "indexedDB", "caches"):
        catalogue.page.add_init_script(
            f"Object.defineProperty(window, '{name}', {{ get() {{ throw new DOMException('no', 'SecurityError'); }} }})"
        )
    page = catalogue.open(query_of("Đống Đa"))
    assert shown_ids(page)[0] == "SK-0001"
    page = catalogue.open("?tinh=hue")
    assert shown_ids(page) == expected_ids(real_expo, [("tinh", "hue")])


def test_without_webassembly_and_workers_all_works(catalogue: Catalogue) -> None:
    """Neither is used."""
    catalogue.page.add_init_script("delete globalThis.WebAssembly; delete globalThis.Worker")
    assert shown_ids(catalogue.open(query_of("Đống Đa")))[0] == "SK-0001"


def test_offline_after_a_first_query(catalogue: Catalogue, real_expo: Expo) -> None:
    """The same words, and fewer of them, are answered without a network, filters too; new ones say what is missing."""
    page = catalogue.open(query_of("rác huế"))
    ids = shown_ids(page)
    assert ids
    expect(page.locator("#facets label.opt--zero").first).to_be_attached()
    submit_query(page, "")
    page.context.set_offline(True)
    page.evaluate(SUBMIT, "rác huế")  # at once: while it is typed, longer words with this beginning are looked for
    expect_ids(page, ids)
    page.wait_for_selector(READY)
    expect(page.locator("#notes")).to_be_hidden()
    submit_query(page, "")
    page.locator("input[name=giai-doan][value=pilot]").check()
    expect_count(page, len(expected_ids(real_expo, [("giai-doan", "pilot")])), real_expo)
    page.locator(".chips__clear").click()
    submit_query(page, "nước sạch")
    expect(page.locator("#notes p").first).to_have_text(PARTIAL)
    page.context.set_offline(False)
    page.get_by_role("button", name="Tải lại").click()
    expect(page.get_by_role("button", name="Tải lại")).to_have_count(0)


def test_a_sub_path_is_as_good(page: Page, built_site: Path, serve_folder: Callable[..., str], real_expo: Expo) -> None:
    """Search, suggestions, filters and links below /trien-lam/vi/."""
    address = serve_folder(built_site, "trien-lam/vi") + "sang-kien/"
    page.goto(address + query_of("Đống Đa"))
    page.wait_for_selector(READY)
    assert shown_ids(page)[0] == "SK-0001"
    page.locator("#wall a").first.click()
    expect(page).to_have_url(address + real_expo.by_id["SK-0001"].slug + "/")
    page.go_back()
    page.wait_for_selector(READY)
    page.fill("#q", "")
    page.locator("#q").press_sequentially("binh duong")
    settle(page)
    page.locator("#q-list [role=option]").first.click()
    expect(page).to_have_url(address + "?tinh-cu=binh-duong")
    page.locator(".chips__clear").click()
    expect(page).to_have_url(address)
    expect_count(page, len(real_expo.initiatives), real_expo)
