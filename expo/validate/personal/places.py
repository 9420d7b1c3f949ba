"""Where persons live: addresses of homes, and coordinates in any writing.

In: a Plain text. Out: Findings. An address counts as a home's unless an office, a company or a place open to all is
named before it in the same sentence; words of living ("thường trú tại", "nhà bà") make it one all the same, unless
people in general live there and no house is numbered. A hamlet or a lane alone is no home. Coordinates: decimal degrees
with four places or more (a house; three are a hundred metres), degrees, minutes and seconds (ISO 6709), and the
addresses of maps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

from expo.validate.personal.plain import Finding, Plain
from expo.validate.personal.words import (
    LIVING,
    LIVING_OF_ONE,
    MANY,
    NAMED_OFFICE,
    NUMBERED_THING,
    OFFICE,
    SEAT,
    TITLE,
)

CAPITAL = "[" + "".join(chr(code) for code in range(0x41, 0x1EFA) if chr(code).isupper()) + "]"
NUMBER = r"\d{1,4}[A-Za-z]?(?:[/-]\d{1,4}[A-Za-z]?){0,4}"
WAY = r"(?:đường|(?<![Tt]hành )phố|ngõ|ngách|hẻm|kiệt|quốc lộ|tỉnh lộ|QL|ĐT)"
HAMLET = r"(?:thôn|ấp|bản|buôn|xóm|khóm|khu phố|KP|tổ dân phố|TDP|tổ|làng|phum|sóc|đội)"
UNIT = r"(?:phường|xã|thị trấn|P\.|X\.|khu tập thể|KTT|khu đô thị|KĐT)"
NAMED = rf"(?:số[ ])?(?:\d|{CAPITAL})"
LIVING_WORDS = re.compile(LIVING, re.IGNORECASE)
OFFICE_WORDS = re.compile(rf"(?i:{OFFICE})|(?<!Hải )\b{NAMED_OFFICE} {CAPITAL}")
OFFICE_AFTER = re.compile(
    rf"^[^.;\n]{{0,60}}?(?:\((?:là )?|, (?:là )?(?:nơi đặt )?|là (?:nơi đặt )?|– |- ){SEAT}", re.IGNORECASE
)
NUMBERED = re.compile(rf"{NUMBERED_THING}\s+$", re.IGNORECASE)

HOMES = (
    re.compile(
        rf"(?:\b[Ss]ố[ ]?nhà|\b[Nn]hà[ ]số|\bSN\b|\bS/N\b)[ :.]{{0,3}}{NUMBER}[ ,.–-]{{1,4}}"
        rf"(?:{WAY}\b|{HAMLET}\b|{UNIT}|{CAPITAL})[^.;\n]{{0,30}}"
    ),
    re.compile(rf"\b[Ss]ố[ ]{NUMBER}[ ,–-]{{1,3}}(?:{WAY}|{HAMLET})[ ]{NAMED}[^.;,\n]{{0,25}}"),
    re.compile(rf"\b(?:[Nn]hà|[Đđ]ịa chỉ:?)[ ]{NUMBER}[ ,]{{1,3}}{WAY}[ ]{NAMED}[^.;,\n]{{0,25}}"),
    re.compile(
        rf"\b(?:[Nn]gõ|[Nn]gách|[Hh]ẻm|[Kk]iệt)[ ]\d{{1,4}}[^.;\n]{{0,40}}?\b(?:số nhà|nhà số|nhà)[ ]{NUMBER}\b"
    ),
    re.compile(
        rf"\b[Cc]ăn hộ(?: số)?[ ]{NUMBER}(?:\.\d+)?[ ,–-]{{1,3}}(?:tầng|tòa|toà|chung cư|block|nhà|CT|lô)\b"
        rf"[^.;,\n]{{0,25}}"
    ),
    re.compile(
        rf"(?i:\b(?:house|home|apartment|flat))[ ](?:(?i:no\.?|number)[ ]?)?{NUMBER},?[ ]"
        rf"(?:[^\s,.;]+[ ,]{{1,2}}){{0,5}}?"
        rf"(?i:street|st\.|road|lane|alley|hamlet|avenue|village)"
    ),
    re.compile(
        rf"\b(?:No\.?|no\.|number)[ ]?{NUMBER},?[ ](?:[^\s,.;]+[ ,]{{1,2}}){{1,4}}?(?i:street|road|lane|alley|avenue)\b"
    ),
)
# Behind a word of living less will do: a street, a number with a name; of one person a hamlet with its name.
LIVED_IN = re.compile(
    rf"(?:(?i:{LIVING_OF_ONE})[^.;\n\d]{{0,30}}?\b(?:{HAMLET}|{WAY})[ ]{NAMED}"
    rf"|(?i:{LIVING})[^.;\n\d]{{0,30}}?(?:\b(?<!khu ){WAY}[ ]{NAMED}"
    rf"|(?<!phố )(?<!tổ )(?<!thôn )(?<!khóm )\b{NUMBER}[ ,]{{1,3}}(?:{WAY}[ ])?{CAPITAL}\w+"
    rf"|(?i:hamlet|alley|lane|village)[ ]\d))[^.;\n]{{0,30}}"
)
# Who lives there, and whether a number of it is that of a house.
OF_MANY = re.compile(MANY, re.IGNORECASE)
OF_ONE = re.compile(rf"(?i:{TITLE})\b|{CAPITAL}\w* {CAPITAL}\w*")
HOME_OF_ONE = re.compile(r"nhà(?! ở)|địa chỉ|home|his|her|their|house", re.IGNORECASE)
STREET = re.compile(rf"\b(?:{HAMLET}|{WAY}|hamlet|alley|lane|village)[ ]")
NUMBER_OF_STREET = re.compile(rf"{STREET.pattern}(?:số[ ])?\d{{1,4}}(?![\w/-])")
HOUSE_BEHIND = re.compile(r"^[^.;\n]{0,100}?\b(?:số|nhà|căn hộ|ngõ|ngách|hẻm|kiệt)[ ]\d", re.IGNORECASE)

PLACES = r"\d{4,15}"
LATITUDE, LONGITUDE = rf"(?:[6-9]|1\d|2[0-4])[.]{PLACES}", rf"1[01]\d[.]{PLACES}"  # Viet Nam with its seas
COMMA_LATITUDE, COMMA_LONGITUDE = LATITUDE.replace("[.]", ","), LONGITUDE.replace("[.]", ",")
DEGREES = r"\d{1,3}[ ]?(?:[°ºo˚]|độ)[ ]?[0-5]?\d(?:[.,]\d+)?[ ]?(?:['′’ʹ]|phút)"
SECONDS = r"(?:[ ]?[0-5]?\d(?:[.,]\d+)?[ ]?(?:[\"″”]|''|′′|’’|giây))?"
SIDE = r"(?:[ ]?(?:vĩ độ |kinh độ )?(?:Bắc|Nam|Đông|Tây|[NSEWBĐ])\b)?"
COORDINATES = (
    re.compile(rf"(?<![\d.]){LATITUDE}°?[ ]?[NB]?[\s,;/]{{1,4}}{LONGITUDE}°?(?:[ ]?[EĐ]\b)?(?!\d)"),
    re.compile(rf"(?<![\d.]){LONGITUDE}°?[ ]?[EĐ]?[\s,;/]{{1,4}}{LATITUDE}°?(?:[ ]?[NB]\b)?(?!\d)"),
    re.compile(rf"(?<![\d,]){COMMA_LATITUDE}°?[ ]?[NB]?[\s;/]{{1,4}}{COMMA_LONGITUDE}(?!\d)"),
    re.compile(
        rf"(?:vĩ độ|kinh độ|latitude|longitude|\blat\b|\blng\b|\blong?\b|tọa độ|toạ độ)\s*[:=]?\s*"
        rf"(?:[XYNEB]\s*[:=]\s*)?"
        rf"-?\d{{1,3}}[.,]{PLACES}°?(?:.{{1,25}}?\d{{1,3}}[.,]{PLACES})?",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![\d.,]){DEGREES}{SECONDS}{SIDE}(?:[\s,;–-]{{1,4}}{DEGREES}{SECONDS}{SIDE})?"),
)
MAP_LINK = re.compile(
    r"(?:@|(?:[?&](?:q|query|ll|sll|center|destination|daddr|saddr|cp)=)|!3d|geo:|#map=\d+/|mlat=|/place/|/search/|/dir/[^\s]*?)"
    r"(?:loc:)?-?\d{1,2}\.\d{4,}(?:,|%2C|~|/|!4d|&mlon=|,\+|%2C\+|\+)+-?\d{1,3}\.\d{4,}[\w.,!/~-]*",
    re.IGNORECASE,
)


# How the words of living begin: to look for these, and to match there, is many times quicker than to search.
LIVING_STARTS = (
    "nhà ", "địa chỉ ", "nơi ở", "chỗ ở", "thường trú", "tạm trú", "trú ", "cư ", "ngụ", "hộ khẩu", "sống ",
    "home address", "live", "living ", "resid", "his ho", "her ho", "their ho", "house of ",
)  # fmt: skip
# What stands right before the first number of each of HOMES.
BEFORE_A_HOUSE = (
    "nhà", "số", "sn", "s/n", "ngõ", "ngách", "hẻm", "kiệt", "hộ", "chỉ", "house", "home", "apartment", "flat", "no",
    "number",
)  # fmt: skip
LONGEST_BEFORE = 14  # characters that are looked at
BLANKS_BEFORE = " :."
LAST_LETTERS = "".join(sorted({word[-1] for word in BEFORE_A_HOUSE}))
# A number, in small letters, behind what may be such a word. What it begins with comes first, for that is looked for.
NUMBER_BEHIND = re.compile(rf"[0-9](?<=[{BLANKS_BEFORE}{LAST_LETTERS}].)")
COORDINATES_HINT = re.compile(r"[0-9](?:[.,][0-9]{4}| ?(?:[°ºo˚]|độ))")


def find_homes(plain: Plain) -> Iterator[Finding]:
    """Addresses that are no office's."""
    end = 0
    for start in _living_starts(plain):
        if start >= end and (lived := LIVED_IN.match(plain.text, start)):
            if not _is_of_many(plain, lived):
                yield Finding("home", *lived.span())
            end = lived.end()
    if not _has_house_number(plain):
        return
    for pattern in HOMES:
        for match in pattern.finditer(plain.text):
            before = plain.before(match.start())
            if NUMBERED.search(before) or OFFICE_AFTER.search(plain.text[match.end() : match.end() + 100]):
                continue
            if not _is_of_an_office(before) and not _is_of_an_office(match[0]):
                yield Finding("home", *match.span())


def _is_of_many(plain: Plain, lived: re.Match[str]) -> bool:
    """Whether those who live there are people in general, or live along all of a street, and no house is numbered."""
    said = NUMBER_OF_STREET.sub("", plain.without_quantities[lived.start() : lived.end()])
    if any(one.isdigit() for one in said) or HOUSE_BEHIND.search(plain.text[lived.end() : lived.end() + 120]):
        return False
    if "hai bên" in said:
        return True
    street = STREET.search(lived[0])
    who = plain.before(lived.start()) + lived[0][: street.start() if street else None]
    return bool(OF_MANY.search(who)) and not OF_ONE.search(who) and not HOME_OF_ONE.match(lived[0])


def may_have_places(plain: Plain) -> bool:
    """False where a glance shows that neither finder of this module can find anything."""
    if COORDINATES_HINT.search(plain.text) or _has_house_number(plain):
        return True
    return any(LIVED_IN.match(plain.text, start) for start in _living_starts(plain))


def _living_starts(plain: Plain) -> list[int]:
    """Where words of living may begin, ascending."""
    if len(plain.lower) != len(plain.text):  # a letter whose small form is two
        return [match.start() for match in LIVING_WORDS.finditer(plain.text)]
    starts: set[int] = set()
    for words in LIVING_STARTS:
        at = plain.lower.find(words)
        while at >= 0:
            starts.add(at)
            at = plain.lower.find(words, at + 1)
    return sorted(starts)


def _has_house_number(plain: Plain) -> bool:
    text = plain.lower
    starts = [number.start() for number in NUMBER_BEHIND.finditer(text)]
    return any(
        text[max(0, start - LONGEST_BEFORE) : start].rstrip(BLANKS_BEFORE).endswith(BEFORE_A_HOUSE) for start in starts
    )


def find_coordinates(plain: Plain) -> Iterator[Finding]:
    """Points on a map that are no office's."""
    if not COORDINATES_HINT.search(plain.text):
        return
    for pattern in (MAP_LINK, *COORDINATES):
        for match in pattern.finditer(plain.text):
            if not _is_of_an_office(unquote_plus(plain.before(match.start(), 160))):
                yield Finding("coordinates", *match.span())


def _is_of_an_office(before: str) -> bool:
    """Whether the last that is said before an address is an office, not somebody's living there."""
    offices = [match.end() for match in OFFICE_WORDS.finditer(before)]
    living = [match.start() for match in LIVING_WORDS.finditer(before)]
    return bool(offices) and (not living or max(living) < max(offices))
