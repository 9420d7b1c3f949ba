"""E-mail addresses of persons; those of agencies and of roles (lienhe@, toasoan@, ubnd…@) are published on purpose.

In: a Plain text. Out: Findings. The form is that of RFC 5321 without quoted parts; what stands before "@" in a web
address is none. "(at)" and "[a còng]" count as @.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from expo.validate.personal.plain import Finding, Plain
from expo.validate.personal.words import OFFICE_START, ROLE, STATE_DOMAIN

AT = r"[ ]?(?:@|[\[(][ ]?(?:at|a còng|@)[ ]?[\])])[ ]?"
MAIL = re.compile(
    rf"(?<![\w.+%-])([a-z0-9_.+%-]{{1,64}}){AT}((?:[a-z0-9-]{{1,63}}\.){{1,5}}[a-z]{{2,24}})(?![\w-])",
    re.IGNORECASE,
)
WRITTEN_OUT = re.compile(r"[\[(][ ]?(?:at|a còng)[ ]?[\])]")
OF_A_WEB_ADDRESS = re.compile(r"://[^\s/]*$")  # user and password, of which links.py complains
OF_THE_STATE = re.compile(rf"(?:.*\.)?{STATE_DOMAIN}", re.IGNORECASE)
OF_AN_OFFICE = re.compile(rf"{OFFICE_START}.*|{ROLE}[0-9]*(?:[._+-].*)?", re.IGNORECASE)


def may_have_mails(plain: Plain) -> bool:
    """False where a glance shows that there is no address."""
    return "@" in plain.text or WRITTEN_OUT.search(plain.lower) is not None


def find_mails(plain: Plain) -> Iterator[Finding]:
    """Addresses whose owner is no office."""
    if not may_have_mails(plain):
        return
    for match in MAIL.finditer(plain.text):
        if OF_A_WEB_ADDRESS.search(plain.just_before(match.start(), 80)):
            continue
        if not OF_THE_STATE.fullmatch(match[2]) and not OF_AN_OFFICE.fullmatch(match[1]):
            yield Finding("mail", *match.span())
