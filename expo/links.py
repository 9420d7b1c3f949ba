"""Where a link of a stranger may lead: one policy for fields that hold addresses and for links within texts.

In: an address as the reader's browser would get it, entities decoded. Out: the code of what is wrong with it
(problem_texts.py), or "". A browser drops tabs and line ends within an address, takes a backslash for "/" and "//host"
for another host, and a person takes what stands before "@" for the host: all of these are refused rather than mended.
Letters of a host are Latin with Vietnamese marks, as Cyrillic or Greek ones look like them. Nothing is fetched.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize
from urllib.parse import urlsplit

WEB_SCHEMES = frozenset(("https", "http"))
SCHEMES = WEB_SCHEMES | {"mailto", "tel"}
# For links that strangers write: search engines give them no weight, and the other side learns nothing of this one.
OUTSIDE_REL = "nofollow ugc noopener noreferrer"

_FORBIDDEN = frozenset('\\<>"`')
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?")
_ALSO_LATIN = frozenset("đĐøØłŁæÆœŒß")  # letters of their own, not a letter with a mark
_IP6 = re.compile(r"\[[0-9A-Fa-f:.]+\]")
_MAIL = re.compile(r"[^@?&#%/:,;()\[\]]+@([^@?#/:]+)(?:\?subject=[^&#]*)?")
_PHONE = re.compile(r"\+?[0-9][0-9().-]*")
# A path within the site. It has no ":", and "&" stands in its query only, so that no entity can begin another address.
_RELATIVE = re.compile(r"(?!//)/?(?:[\w.~%+-]+/)*[\w.~%+-]*(?:\?[^#]*)?(?:#[^#]*)?")
_BARE_HOST = re.compile(r"(?://|www\.)|[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|info|edu)(?:[/:?#]|$)", re.IGNORECASE)


def find_fault(address: str, schemes: frozenset[str] = WEB_SCHEMES, *, relative: bool = False) -> str:
    """The code of what forbids an address, or "". `relative` allows paths and fragments of the site itself."""
    if any(character in _FORBIDDEN or category(character)[0] in "CZ" for character in address):
        return "address-characters"
    scheme = _SCHEME.match(address)
    if scheme is None:
        is_own = relative and _RELATIVE.fullmatch(address) and not _BARE_HOST.match(address)
        return "" if is_own else "bad-address"
    kind, rest = scheme[1].lower(), address[scheme.end() :]
    if kind not in schemes:
        return "bad-address"
    if kind in WEB_SCHEMES:
        return _find_web_fault(address) if re.match(r"//[^/]", rest) else "bad-address"
    if kind == "tel":
        return "" if _PHONE.fullmatch(rest) else "bad-address"
    mail = _MAIL.fullmatch(rest)
    return _find_host_fault(mail[1]) if mail else "bad-address"


def mend_address(address: str) -> str:
    """What was probably meant by an address without its scheme, with it: "https://www.a.vn" for "www.a.vn"; or ""."""
    if _MAIL.fullmatch(address):
        return "mailto:" + address
    if not _BARE_HOST.match(address):
        return ""
    better = "https://" + address.removeprefix("//")
    return "" if find_fault(better) else better


def leaves_site(address: str) -> bool:
    """Whether a good address leads to another site."""
    scheme = _SCHEME.match(address)
    return scheme is not None and scheme[1].lower() in WEB_SCHEMES


def _find_web_fault(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # a port that is no number, brackets that do not match
        return "address-with-user" if "@" in address else "bad-address"
    if "@" in parts.netloc:
        return "address-with-user"
    if port == 0:
        return "bad-address"
    host = parts.netloc if port is None else parts.netloc.rpartition(":")[0]
    return _find_host_fault(host.removesuffix(":"))


def _find_host_fault(host: str) -> str:
    if _IP6.fullmatch(host):
        return ""
    if not _HOST.fullmatch(host):
        return "bad-address"
    return "" if all(_is_latin(label) for label in host.split(".")) else "address-letters"


def _is_latin(label: str) -> bool:
    """ASCII, or Latin letters with marks; the `xn--` writing of a label is looked at as what it stands for."""
    if label.lower().startswith("xn--"):
        try:
            label = label[4:].encode("ascii").decode("punycode")
        except (UnicodeError, ValueError):
            return False
        if not label or label.isascii():
            return False
    return all(one.isascii() or "\u0300" <= one <= "\u036f" or one in _ALSO_LATIN for one in normalize("NFD", label))
