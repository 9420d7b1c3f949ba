"""Any text → the personal data in it: phone numbers, identity cards, e-mails, bank accounts, homes, coordinates.

In: a text of a field or a body. Out: Findings, each with its kind and its span in that text. Pure functions that know
nothing of files or fields (privacy.py does). Told apart by classes: what agencies publish (hotlines, landlines, role
mail boxes, addresses of offices) and what only looks alike (decrees, money, ISBN, dates) is no finding. Names of people
are not looked for: no rule tells a person's name from a street's.
"""

from __future__ import annotations

import re

from expo.validate.personal.mails import find_mails, may_have_mails
from expo.validate.personal.numbers import find_accounts, find_identity_numbers, find_named_accounts, find_phones
from expo.validate.personal.places import find_coordinates, find_homes, may_have_places
from expo.validate.personal.plain import Finding, Plain, make_plain

__all__ = ["KINDS", "Finding", "find_personal_data", "mask_value", "may_tell_of_persons"]

# Kind → what people call it, Vietnamese and English.
KINDS = {
    "phone": ("số điện thoại riêng", "a private phone number"),
    "identity": ("số giấy tờ tùy thân", "the number of an identity paper"),
    "mail": ("thư điện tử cá nhân", "a personal e-mail address"),
    "account": ("số tài khoản ngân hàng", "a bank account"),
    "home": ("địa chỉ nhà", "a home address"),
    "coordinates": ("tọa độ của một nơi", "a point on the map"),
}
# Digits near enough to be one number. Most texts have too few of them for somebody's; a label lets a shorter one be an
# account or a passport. For a look it is enough that a text has a part of the label: "cb" is that of five banks.
NUMBER = re.compile(r"[0-9](?:[\W_]{0,3}[0-9]){8}")
SHORT_NUMBER = re.compile(r"[0-9](?:[\W_]{0,3}[0-9]){5}")
LABELS_OF_SHORT = (
    "tài khoản", "stk", " tk", "tknh", "account", "hộ chiếu", "passport", "ngân hàng", "bank", "cb", "bidv", "shb",
    "vib", "msb", "momo", "hsbc",
)  # fmt: skip
SHOWN_AT_START, SHOWN_AT_END = 3, 2


def find_personal_data(text: str, *, of_an_office: bool = False) -> list[Finding]:
    """What a text tells of persons, by position. `of_an_office`: a field for an office's own contact, so that a street
    or a point on a map is the office's; a mobile number is somebody's even there.
    """
    plain = make_plain(text)
    finders = [find_mails]
    if _may_have_number(plain):
        finders = [find_named_accounts, find_identity_numbers, find_phones, find_accounts, *finders]
    if not of_an_office:
        finders += [find_coordinates, find_homes]
    found: list[Finding] = []
    for find in finders:
        for one in find(plain):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    return sorted((_in_text(one, plain) for one in found), key=lambda one: one.start)


def may_tell_of_persons(text: str) -> bool:
    """False where a glance shows that nothing can be found in a text, or in any of the texts that it is joined of."""
    plain = make_plain(text)
    return _may_have_number(plain) or may_have_mails(plain) or may_have_places(plain)


def _may_have_number(plain: Plain) -> bool:
    if NUMBER.search(plain.text):
        return True
    is_labelled = any(label in plain.lower for label in LABELS_OF_SHORT)
    return is_labelled and SHORT_NUMBER.search(plain.without_public) is not None


def _in_text(found: Finding, plain: Plain) -> Finding:
    """The span in the text as it was given."""
    return Finding(found.kind, plain.positions[found.start], plain.positions[found.end - 1] + 1)


def mask_value(found: Finding, text: str) -> str:
    """What was found, with its middle dotted out: a message lands in public logs, and must not be one more copy."""
    value = text[found.start : found.end]
    if found.kind in ("home", "coordinates"):
        return "".join("•" if one.isdigit() else one for one in value)
    places = [index for index, one in enumerate(value) if one.isalnum()]
    hidden = set(places[SHOWN_AT_START:-SHOWN_AT_END])
    if found.kind == "mail":
        hidden = {index for index in places[SHOWN_AT_START:] if index < max(value.find("@"), value.find("("), 0)}
    return "".join("•" if index in hidden else one for index, one in enumerate(value))
