"""Bad input to the catalogue in a real Chromium: in the box and in the address.

Nothing breaks, nothing is executed, and something sensible is shown.
"""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect

from expo.model import Expo
from tests.catalogue_page import READY, Catalogue, expect_ids, expected_ids, query_of, shown_ids, submit_query

pytestmark = pytest.mark.browser

HOSTILE = (
    *("<img src=x onerror=document.title=1>", "<script>document.title=1</script>", "a" * 10_000, "rác " * 2_500),
    *("\u0000\u001f\u202e\u2066rác", "!!!", "%", "\\", "💥" * 20, "\u0301" * 3_000, "__proto__", "constructor"),
    *("(" * 500, '"', '""""', "sk", "sk 999999", "sk 0", "SK-0002" * 30, "'; DROP TABLE", "${7*7}", "\u200b\ufeff"),
)


def test_hostile_queries_in_the_box_do_no_harm(catalogue: Catalogue) -> None:
    """Nothing is run, nothing breaks, a count or an empty state is shown, and the page stays usable."""
    page = catalogue.open()
    title = page.title()
    for query in HOSTILE:
        submit = "(q) => { const i = document.getElementById('q'); i.value = q; i.form.requestSubmit(); }"
        page.evaluate(submit, query)
        page.wait_for_selector(READY)
        assert page.locator("#catalogue img, #catalogue script, #notes *:not(p, a)").count() == 0, query
        assert page.locator("#wall .hang").count() > 0 or page.locator("#empty").is_visible(), query
        assert "Tải lại" not in page.locator("#notes").inner_text(), query
    assert page.title() == title
    submit_query(page, "SK-0002")
    expect_ids(page, ["SK-0002"])


ADDRESSES = {
    **{f"?q={quote(query)}": "" for query in HOSTILE if len(quote(query)) < 30_000},
    "?q=%ff%fe%c3%28%ed%a0%80": "",  # no UTF-8, and half a surrogate pair
    "?q=%": "",
    "?q": "",
    "?q=&q=rác": "",
    "?q=SK-0002&q=SK-0014": "",
    "?tinh=": "",
    "?tinh=hue&tinh=hue&tinh=": "",
    "?tinh=<img src=x onerror=document.title=1>": "tinh=<img src=x onerror=document.title=1>",
    "?tinh=%00%1f%e2%80%aeeuh": "tinh=euh.",
    "?tinh=__proto__&chu-de=constructor": "tinh=__proto__, chu-de=constructor.",
    "?tinh=" + "x" * 10_000: "tinh=xxx",
    "?" + "&".join(f"tinh=no{at}" for at in range(1_000)): "tinh=no0, tinh=no1",
    "?trang=0&sap-xep=": "trang=0.",
    "?trang=1e3": "trang=1e3.",
    "?trang=999999": "",
    "?%00=%00&&&=&=": "",
}


def test_hostile_addresses_do_no_harm(catalogue: Catalogue) -> None:
    """Nothing is run, nothing breaks; what is not known is named, and the rest of the address counts."""
    for address, told in ADDRESSES.items():
        page = catalogue.open(address)
        assert page.locator("#catalogue img, #catalogue script, #notes *:not(p, a)").count() == 0, address[:80]
        assert page.locator("#wall .hang").count() > 0 or page.locator("#empty").is_visible(), address[:80]
        assert "Sáng kiến" in page.title(), address[:80]
        notes = page.locator("#notes").inner_text()
        assert "Tải lại" not in notes, address[:80]
        assert ("Bỏ qua điều kiện không có trong danh mục: " + told in notes) if told else "Bỏ qua" not in notes


def test_the_first_of_repeated_queries_counts(catalogue: Catalogue) -> None:
    """As forms that send a field once would have it."""
    expect_ids(catalogue.open("?q=SK-0002&q=SK-0014"), ["SK-0002"])


def test_the_rest_of_an_odd_address_counts(catalogue: Catalogue, real_expo: Expo) -> None:
    """What other sites append to links is nobody's business."""
    page = catalogue.open("?tinh=atlantis&tinh=hue&sap-xep=xyz&trang=abc&utm_source=zalo")
    expect(page.locator("#notes")).to_contain_text(
        "Bỏ qua điều kiện không có trong danh mục: tinh=atlantis, sap-xep=xyz, trang=abc."
    )
    expect_ids(page, expected_ids(real_expo, [("tinh", "hue")]))


def test_a_query_too_long_is_cut_and_said(catalogue: Catalogue) -> None:
    """The first 200 letters count."""
    page = catalogue.open(query_of("rác " * 2_500))
    expect(page.locator("#notes")).to_contain_text("Câu tìm quá dài: chỉ phần đầu được dùng.")
    assert set(shown_ids(page)) == set(shown_ids(catalogue.open(query_of("rác"))))
    page = catalogue.open(query_of("huế " + "x" * 201))
    expect(page.locator("#notes")).to_contain_text("Câu tìm quá dài: chỉ phần đầu được dùng.")


def test_half_a_surrogate_pair_does_no_harm(catalogue: Catalogue) -> None:
    """The address and the index take it as U+FFFD."""
    page = catalogue.open()
    page.evaluate("() => { const i = document.getElementById('q'); i.value = '\\ud800 rác'; i.form.requestSubmit(); }")
    page.wait_for_selector(READY)
    assert len(shown_ids(page)) > 0
    assert parse_qs(urlsplit(page.url).query)["q"] == ["\ufffd rác"]
