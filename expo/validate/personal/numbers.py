"""Numbers that belong to persons: phones, identity papers, bank accounts.

In: a Plain text. Out: Findings. Sources of the forms:
- phones: the numbering plan, circular 22/2014/TT-BTTTT, mobile numbers as changed in September 2018 (03, 05, 07, 08, 09
  and eight more digits; before that 012, 016, 018, 019 and eight); 02 is a landline, 1800 and 1900 are services.
  Before 2017 landlines were (04) and (08) with eight digits, (030) to (079) with seven that mostly began with 3;
- identity: twelve digits of decree 137/2015/NĐ-CP, art. 13, and circular 59/2021/TT-BCA: province of birth 001–096,
  century and sex, year of birth, six at random; before that nine digits (decree
  05/1999/NĐ-CP); passports have a letter and seven;
- accounts: no common form (6–19 digits), so a label or a bank's name must stand beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from expo.validate.personal.plain import HIDDEN, Finding, Plain
from expo.validate.personal.words import AT_HOME, BANK, IDENTITY, PHONE

SEPARATOR = r"(?:[\s.()‐-―−·•_/|-]{0,3}|,)"
MOBILE = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?:(?:\+[ ]?84|\(\+?84\)|0084){SEPARATOR}\(?0?\)?|0)"
    rf"{SEPARATOR}(?:[35789](?:{SEPARATOR}\d){{8}}|1{SEPARATOR}[2689](?:{SEPARATOR}\d){{8}})(?!\d)"
)
MOBILE_WITHOUT_PLUS = re.compile(rf"(?<!\d)(?<!\d[.,])84(?:[ -]?[35789])(?:{SEPARATOR}\d){{8}}(?!\d)")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
DECIMAL = re.compile(r"0[.,]\d+")
MESSENGER = re.compile(
    r"(?:zalo\.me/|wa\.me/|whatsapp\.com/send/?\?phone=|viber://\w+\?number=|t\.me/)((?:%2B|\+)?\d{9,13})(?!\d)",
    re.IGNORECASE,
)
PHONE_LABEL = re.compile(rf"{PHONE}\W{{0,3}}(?:số|riêng|cá nhân|number|no)?[\W_]{{0,4}}$", re.IGNORECASE)
BARE_PHONE = re.compile(
    rf"(?<![\d+])(?:\+[1-9]\d{{0,2}}{SEPARATOR}\d(?:{SEPARATOR}\d){{6,11}}|[35789](?:{SEPARATOR}\d){{8}})(?!\d)"
)
LANDLINE = re.compile(rf"(?<!\d)(?:(?:\+?84|0084){SEPARATOR}\(?0?\)?|\(?0)2(?:{SEPARATOR}\d){{8,9}}(?!\d)")
# As written up to 2017, with the code of the area in brackets; without them it cannot be told from a mobile number.
OLD_LANDLINE = re.compile(rf"\((?:0[48]\){SEPARATOR}[2-7]|0[3567]\d\){SEPARATOR}3)(?:{SEPARATOR}\d){{6,7}}(?!\d)")
MOBILE_LABEL = re.compile(r"di động|ĐTDĐ|zalo|viber|whatsapp|mobile|cell", re.IGNORECASE)
SAID_TO_BE_AT_HOME = re.compile(AT_HOME, re.IGNORECASE)

TWELVE = re.compile(
    r"(?<![\d+])(?<!\d[.,])(?:\d{12}|\d{3}([ .-])\d{3}\1\d{3}\1\d{3}|\d{4}([ .-])\d{4}\2\d{4}|\d{6}[ .-]\d{6}"
    r"|\d{3}[ .-]\d{9}|\d{3}([ .-])\d\3\d\d\3\d{6})(?!\d)(?![.,]\d)"
)
NINE = re.compile(r"(?<![\d+])(?<!\d[.,])(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{2}([ .-])\d{3}\2\d{4})(?!\d)(?![.,]\d)")
LABELLED = re.compile(r"(?<![\d+])\d(?:[\s.-]{0,2}\d){11}(?!\d)|(?<![\d+])\d(?:[\s.-]{0,2}\d){8}(?!\d)")
PASSPORT = re.compile(r"\b[A-Z]\d{7}(?!\d)")
PASSPORT_LABEL = re.compile(r"(?:hộ chiếu|passport)[^\d\n]{0,25}$", re.IGNORECASE)
IDENTITY_LABEL = re.compile(rf"{IDENTITY}[^\d\n]{{0,30}}$", re.IGNORECASE)
PROVINCES_OF_BIRTH = range(1, 97)
NEWEST_BIRTH = 39  # of this century; nobody is born yet who would need more

DIGITS = re.compile(r"(?<![\d+])(?<!\d[.,])\d(?:[ .-]?\d){5,18}(?![\d])")
ACCOUNT_NAMED = re.compile(
    r"(?:\bSTK|\bTKNH|(?P<countable>số\s+(?:tài khoản|TK))|tài khoản\s+số|account\s+(?:number|no\.?|num))\b"
    r"(?P<between>[^\d\n]{0,45})$",
    re.IGNORECASE,
)
ONLINE = r"(?! (?:định danh|vneid|dịch vụ|đăng nhập|mạng|facebook|youtube|tiktok|người dùng|điện tử))"
ACCOUNT_LABEL = re.compile(rf"(?:tài khoản|\bTK|bank account)\b{ONLINE}(?P<between>[^\d\n]{{0,40}})$", re.IGNORECASE)
BANK_BEFORE = re.compile(BANK + r"[^\d\n]{0,30}$", re.IGNORECASE)
BANK_AFTER = re.compile(r"^[\s,;:()–-]{0,4}(?:tại |ở |at )?" + BANK, re.IGNORECASE)
HOW_MANY = re.compile(
    r"\b(?:hơn|gần|khoảng|đạt|kích hoạt|mở mới|đăng ký|tăng|lên|trên|over|about|nearly)\b", re.IGNORECASE
)
WORD = re.compile(r"\w")
TREASURY = re.compile(r"kho bạc|state treasury", re.IGNORECASE)
SERVICE_NUMBER = re.compile(r"1[89]00")


def find_phones(plain: Plain) -> Iterator[Finding]:
    """Mobile numbers, and landlines that are said to be of a home."""
    for match in MESSENGER.finditer(plain.text):
        if MOBILE.fullmatch(match[1]) or MOBILE_WITHOUT_PLUS.fullmatch(match[1].removeprefix("%2B").removeprefix("+")):
            yield Finding("phone", *match.span(1))
    for match in plain.numbers(MOBILE, counted=True):
        if not DECIMAL.fullmatch(match[0]) and not _is_old_landline(plain, match):
            yield Finding("phone", *match.span())
    for match in plain.numbers(MOBILE_WITHOUT_PLUS):
        if not THOUSANDS.fullmatch(match[0]):
            yield Finding("phone", *match.span())
    for match in plain.numbers(BARE_PHONE, counted=True):
        if PHONE_LABEL.search(plain.just_before(match.start(), 40)) and not LANDLINE.fullmatch(match[0]):
            yield Finding("phone", *match.span())
    for match in plain.numbers(LANDLINE, counted=True):
        if SAID_TO_BE_AT_HOME.search(plain.before(match.start(), 60)):
            yield Finding("phone", *match.span())


def _is_old_landline(plain: Plain, match: re.Match[str]) -> bool:
    """Whether what has the form of a mobile number is a landline of before 2017, and none of a home."""
    before = plain.before(match.start(), 60)
    is_written_so = OLD_LANDLINE.match(plain.text, max(0, match.start() - 1))
    return bool(is_written_so) and not MOBILE_LABEL.search(before) and not SAID_TO_BE_AT_HOME.search(before)


def find_identity_numbers(plain: Plain) -> Iterator[Finding]:
    """Of twelve digits by their form or their label, of nine by their label or a 0 in front, and passports."""
    for match in plain.numbers(LABELLED, counted=True):
        if IDENTITY_LABEL.search(plain.just_before(match.start(), 60)):
            yield Finding("identity", *match.span())
    for match in plain.numbers(TWELVE):
        if is_citizen_number(_digits(match[0])):
            yield Finding("identity", *match.span())
    for match in plain.numbers(NINE):
        if match[0].startswith("0") and not MOBILE.match(plain.without_public, match.start()):
            yield Finding("identity", *match.span())
    for match in PASSPORT.finditer(plain.text):
        if PASSPORT_LABEL.search(plain.just_before(match.start(), 40)):
            yield Finding("identity", *match.span())


def is_citizen_number(digits: str) -> bool:
    """Whether twelve digits can be a personal number: 001–096, 0–3 for century and sex, a year of birth in it."""
    if int(digits[:3]) not in PROVINCES_OF_BIRTH or digits[3] not in "0123":
        return False
    return digits[3] in "01" or int(digits[4:6]) <= NEWEST_BIRTH


def find_named_accounts(plain: Plain) -> Iterator[Finding]:
    """Numbers that a label calls an account."""
    for match in plain.numbers(DIGITS, counted=True):
        label = ACCOUNT_NAMED.search(plain.just_before(match.start(), 80))
        if label and not _is_no_account(label, match[0]) and not _is_treasury(plain, match):
            yield Finding("account", *match.span())


def _is_no_account(label: re.Match[str], number: str) -> bool:
    """ "Số tài khoản" may tell how many there are ("số tài khoản mở mới: 217.000"); another label may stand between."""
    between = label["between"]
    is_count = label["countable"] and (
        HOW_MANY.search(between) or (THOUSANDS.fullmatch(number) and WORD.search(between))
    )
    return bool(is_count or IDENTITY_LABEL.search(between))


def find_accounts(plain: Plain) -> Iterator[Finding]:
    """Numbers beside "tài khoản" or the name of a bank that are no money, hotline or landline."""
    for match in plain.numbers(DIGITS):
        before, after = plain.just_before(match.start(), 80), plain.text[match.end() : match.end() + 40]
        beside = ACCOUNT_LABEL.search(before) or BANK_BEFORE.search(before) or BANK_AFTER.search(after)
        looks_public = (
            len(_digits(match[0])) < 8
            or THOUSANDS.fullmatch(match[0])
            or SERVICE_NUMBER.match(match[0])
            or LANDLINE.fullmatch(match[0])
        )
        if beside and not looks_public and not _is_treasury(plain, match):
            yield Finding("account", *match.span())


def _is_treasury(plain: Plain, match: re.Match[str]) -> bool:
    """Accounts at the state treasury are an agency's."""
    start = max(0, match.start() - 80)
    return bool(TREASURY.search(plain.text, start, match.end() + 50)) or HIDDEN in match[0]


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdigit())
