"""Where a stranger's link may lead: schemes, hosts, and what a browser would read otherwise than a person."""

from __future__ import annotations

import pytest

from expo.links import SCHEMES, find_fault, leaves_site, mend_address


@pytest.mark.parametrize(
    "address",
    [
        *("https://hue.gov.vn", "http://a.b:8080/x?y=1&z=2#w", "HTTPS://A.B/", "https://1.2.3.4/", "https://[::1]:80/"),
        *("https://vi.wikipedia.org/wiki/Đà_Nẵng_(phường)", "https://a.b/?u=http://c@d", "https://a_b.c/'|{}[]^"),
        *("https://tên-miền.vn", "https://xn--tn-min-sta8r.vn", "https://københavn.dk", "https://a.b."),
    ],
)
def test_a_web_address_is_good(address: str) -> None:
    """Also with the letters of Vietnamese, and with what people copy from their browser."""
    assert find_fault(address) == ""
    assert leaves_site(address)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        *(
            (scheme + "x", "bad-address")
            for scheme in ("javascript:", "JAVASCRIPT:", "data:", "vbscript:", "file:", "blob:")
        ),
        *(
            (one, "bad-address")
            for one in ("https:a.b", "https:/a.b", "https:///a.b", "https://", "ftp://a.b", "a.b", "/x")
        ),
        *(
            (one, "bad-address")
            for one in ("https://a..b", "https://a.b:x/", "https://a.b:99999", "https://[::1", "https://%61.b")
        ),
        *(
            (one, "address-with-user")
            for one in ("https://u:p@a.b", "https://a.b@c.d/", "https://a.b:80@c.d", "https://@a.b")
        ),
        *(
            (one, "address-characters")
            for one in ("https:\\\\a.b", "https://a.b\\@c.d", "java\tscript:x", "https://a.b/\n", " https://a.b")
        ),
        *(
            (one, "address-characters")
            for one in (
                "https://a.b/\u202egnp",
                "https://a\u200b.b",
                'https://a.b/"',
                "https://a.b/<x>",
                "\x01javascript:x",
            )
        ),
        *(
            (one, "address-letters")
            for one in (
                "https://аpple.com",
                "https://xn--pple-43d.com",
                "https://ɡoogle.com",
                "https://ⅼ.com",
                "https://xn--a",
            )
        ),
    ],
)
def test_an_address_that_is_no_such_thing_is_refused(address: str, code: str) -> None:
    """Or one that a browser reads otherwise than a person."""
    assert find_fault(address) == code


@pytest.mark.parametrize(
    ("address", "is_good"),
    [
        *(
            ("mailto:a@b.vn", True),
            ("mailto:a@b.vn?subject=x", True),
            ("mailto:a@b.vn?bcc=c@d.e", False),
            ("mailto:", False),
        ),
        *(("tel:1022", True), ("tel:+84-24-3333", True), ("tel:1;ext=javascript", False), ("sms:1022", False)),
        *(
            ("#nguon-1", True),
            ("../hue-s/", True),
            ("/sang-kien/?tinh=hue&q=rác#x", True),
            ("?q=1", True),
            ("ke-hoach.pdf", True),
        ),
        *(
            ("//a.b", False),
            ("/\\a.b", False),
            ("a:b", False),
            ("./a:b", False),
            ("www.a.vn", False),
            ("hue.gov.vn/x", False),
        ),
        *(("{attach}/x", False), ("&#106;avascript:x", False), ("x&colon;y", False), ("a@b.vn", False)),
    ],
)
def test_a_text_may_also_link_to_mail_telephones_and_this_site(address: str, is_good: bool) -> None:
    """But to no other host without its scheme, and with nothing that an entity could turn into one."""
    assert (find_fault(address, SCHEMES, relative=True) == "") == is_good
    assert not leaves_site(address)


def test_what_was_meant_is_offered() -> None:
    """A host without its scheme, an address of mail; nothing for what cannot be mended."""
    offers = {
        one: mend_address(one) for one in ("www.a.vn/x", "//a.b", "hue.gov.vn", "a@b.vn", "javascript:x", "//a@b")
    }
    assert offers == {
        "www.a.vn/x": "https://www.a.vn/x",
        "//a.b": "https://a.b",
        "hue.gov.vn": "https://hue.gov.vn",
        "a@b.vn": "mailto:a@b.vn",
        "javascript:x": "",
        "//a@b": "",
    }


def test_a_long_address_takes_no_time() -> None:
    """No pattern goes back and forth over a hundred thousand letters."""
    for letters in ("a", "a.", "a/", "/", "-", "á"):
        assert find_fault(letters * 100_000 + ":", SCHEMES, relative=True) in ("bad-address", "")
        find_fault("https://" + letters * 100_000 + " ", SCHEMES)
