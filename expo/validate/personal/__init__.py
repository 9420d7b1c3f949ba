"""Any text → the personal data in it: phone numbers, identity cards, e-mails, bank accounts, homes, coordinates.

In: a text of a field or a body. Out: Findings, each with its kind and its span in that text. Pure functions that know
nothing of files or fields (privacy.py does). Told apart by classes: what agencies publish (hotlines, landlines, role
mail boxes, addresses of offices) and what only looks alike (decrees, money, ISBN, dates) is no finding. Names of people
are not looked for: no rule tells a person's name from a street's.
"""

from __future__ import annotations

from expo.validate.personal.mails import find_mails
from expo.validate.personal.numbers import find_accounts, find_identity_numbers, find_named_accounts, find_phones
from expo.validate.personal.places import find_coordinates, find_homes
from expo.validate.personal.plain import Finding, Plain, make_plain

__all__ = ["KINDS", "Finding", "find_personal_data", "mask_value"]

# Kind → what people call it, Vietnamese and English.
KINDS = {
    "phone": ("số điện thoại riêng", "a private phone number"),
    "identity": ("số giấy tờ tùy thân", "the number of an identity paper"),
    "mail": ("thư điện tử cá nhân", "a personal e-mail address"),
    "account": ("số tài khoản ngân hàng", "a bank account"),
    "home": ("địa chỉ nhà", "a home address"),
    "coordinates": ("tọa độ của một nơi", "a point on the map"),
}
FEWEST_DIGITS = 6  # of a number that is somebody's; most texts have fewer and need no closer look
SHOWN_AT_START, SHOWN_AT_END = 3, 2


def find_personal_data(text: str, *, of_an_office: bool = False) -> list[Finding]:
    """What a text tells of persons, by position. `of_an_office`: a field for an office's own contact, so that a street
    or a point on a map is the office's; a mobile number is somebody's even there.
    """
    plain = make_plain(text)
    digits = sum(map(str.isdigit, text)) if "&" not in text else len(text)  # an entity may be one
    finders = (
        [find_named_accounts, find_identity_numbers, find_phones, find_accounts] if digits >= FEWEST_DIGITS else []
    )
    finders.append(find_mails)
    if not of_an_office:
        finders += [find_coordinates, find_homes] if digits else [find_homes]
    found: list[Finding] = []
    for find in finders:
        for one in find(plain):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    return sorted((_in_text(one, plain) for one in found), key=lambda one: one.start)


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
