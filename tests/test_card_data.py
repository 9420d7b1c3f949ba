"""The data that the catalogue's script makes cards of: rows of chunks, details, the blank card."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from expo.cache import Cache
from expo.config import make_config
from expo.model import Expo
from expo.pipeline import load_expo
from expo.render.assets import load_assets
from expo.render.covers import Loom
from expo.render.environment import Links, make_globals
from expo.render.pages import Site
from expo.render.views.card_data import card_chunks, card_details, chunk_bits, make_blank, searched_text
from expo.render.words import Words
from expo.search.texts import initiative_texts
from expo.text import split_tokens


@pytest.fixture(scope="module")
def site() -> Site:
    """The real exhibits."""
    config = make_config()
    assets = load_assets(config.project / "theme" / "static")
    return Site(load_expo(config), config, Words("vi"), assets, Loom(Cache(config.cache)))


@pytest.fixture(scope="module")
def details(site: Site) -> dict[int, bytes]:
    """The details of all."""
    return dict(card_details(site))


def count_bytes(content: bytes) -> str:
    """Stands for a hash, so that a test can say which bytes were asked about."""
    return f"{len(content)} bytes"


def test_a_row_has_what_a_card_shows(site: Site, details: dict[int, bytes]) -> None:
    """SK-0002: its words, the keys of its states, its colours, and the hash of its details."""
    assert json.loads(card_chunks(site, details, count_bytes)[0])[1] == [
        2,
        "hue-s",
        "Hue-S\u00a0– phản ánh hiện trường và dịch vụ đô thị thông minh",
        "Thừa Thiên Huế (nay\u00a0là\u00a0Huế)",
        "Cơ quan nhà nước · 2019",
        "full-scale",
        "results",
        "phan-anh-gop-y",
        "la",
        f"{len(details[2])} bytes",
    ]


def make_crowd(site: Site, count: int) -> Site:
    """The site with copies of its newest exhibit, up to so many."""
    one = site.expo.newest[0]
    highest = max(each.number for each in site.expo.newest)
    copies = [replace(one, id=f"SK-{highest + at:04}") for at in range(1, count - len(site.expo.newest) + 1)]
    return replace(site, expo=replace(site.expo, initiatives=(*site.expo.initiatives, *copies)))


@pytest.mark.parametrize(("count", "bits"), [(54, 3), (100, 3), (101, 0), (2000, 0), (2001, 2)])
def test_every_exhibit_is_in_the_chunk_of_its_number(
    site: Site, details: dict[int, bytes], count: int, bits: int
) -> None:
    """Once, in order: with neighbours where there are few or very many, else alone; its keys are the blank card's."""
    crowd = make_crowd(site, count)
    assert (len(crowd.expo.initiatives), chunk_bits(crowd.expo)) == (count, bits)
    blank = make_blank(crowd)
    stages = [stage.slug for stage in blank.stages]
    all_details = {one.number: details.get(one.number, b"") for one in crowd.expo.newest}
    packed = card_chunks(crowd, all_details, count_bytes)
    chunks = {chunk: json.loads(content) for chunk, content in packed.items()}
    placed = [(row[0], chunk) for chunk, rows in chunks.items() for row in rows]
    assert placed == [(number, number >> bits) for number in sorted(all_details)]
    assert all(row[5] in stages and row[6] in blank.states for rows in chunks.values() for row in rows)


def test_the_cloth_is_that_of_the_template(site: Site, details: dict[int, bytes]) -> None:
    """What `cover()` prints on a wall, without its span."""
    cover: Callable[..., Any] = make_globals(site, Links(site, frozenset()))["cover"]
    for one in site.expo.newest:
        printed = re.fullmatch(r"<span [^>]*>(.*)</span>", cover(one))
        assert printed
        assert json.loads(details[one.number])["cover"] == printed[1]


def test_details_have_the_summary_and_every_searched_word(site: Site, details: dict[int, bytes]) -> None:
    """Title and place stand on the card; of all other fields no word is lost or added, the numbers of lists aside."""
    for one in site.expo.newest:
        texts = initiative_texts(site.expo, one)
        answer = json.loads(details[one.number])
        searched = "\n".join(texts[field] for field in ("body", "replies", "filing"))
        wanted = [token.exact for token in split_tokens(searched)]
        assert [token.exact for token in split_tokens(answer["body"])] == wanted, one.id
        assert (list(answer), answer["summary"]) == (["cover", "summary", "body"], one.summary)


MARKDOWN = """## Vấn đề

Rác[^nguon] **nhựa** ở _kênh_ `A_B`, xem [báo cáo](https://vi.du/bao-cao_1 "Tên").

### Ai làm?
- Người dân
* [ ] Xã
1. Đo
2) Ghi
> Lời của dân, -5 độ
-7 độ

| Năm | Tấn |
|-----|----:|
| 2020 | 12 |

2021 là năm 3 * 4 < 13.
"""

PLAIN = """Vấn đề: Rác nhựa ở kênh A_B, xem báo cáo.
Ai làm?
Người dân
Xã
Đo
Ghi
Lời của dân, -5 độ
-7 độ
Năm · Tấn
2020 · 12
2021 là năm 3 4 < 13."""


def test_the_searched_text_can_be_read(site: Site) -> None:
    """Signs of Markdown go, headings stand before their text, every item and row keeps its line."""
    one = replace(site.expo.newest[0], body=MARKDOWN, replies=(), figures=(), criteria=())
    assert searched_text(initiative_texts(site.expo, one)).startswith(PLAIN + "\n")


def test_the_same_exhibits_give_the_same_bytes(site: Site, details: dict[int, bytes]) -> None:
    """Twice, and in whatever order they were hung."""
    expo: Expo = replace(site.expo, initiatives=tuple(reversed(site.expo.initiatives)))
    other = replace(site, expo=expo)
    assert dict(card_details(other)) == details
    assert card_chunks(other, details, count_bytes) == card_chunks(site, details, count_bytes)
    assert make_blank(other) == make_blank(site)


def test_a_reply_state_of_one_key_has_one_text(site: Site) -> None:
    """Keys and words of the blank card: what the editors compiled says only that none was seen."""
    assert {key: (state.text, state.hem) for key, state in make_blank(site).states.items()} == {
        "answered-1": ("Có 1 phản hồi", "woven"),
        "answered-2": ("Có 2 phản hồi", "woven"),
        "none-compiled": ("Chưa thấy phản hồi trong các nguồn đã đọc", "open"),
        "none-submitted": ("Chưa có phản hồi được công bố", "open"),
        "results": ("Có báo cáo kết quả", "woven"),
    }
