"""One address for every kind of page, and for the states of a kind that look different. Read by benches and tests.

In: nothing. Out: PAGE_KINDS, name → address on the site, without the leading slash, in the order of a visit.
"""

from __future__ import annotations

PAGE_KINDS = {
    "home": "",
    "catalogue": "sang-kien/",
    "catalogue-filtered": "sang-kien/?tinh=hue",
    "catalogue-found": "sang-kien/?q=phan+loai+rac",
    "catalogue-nothing": "sang-kien/?q=qqqqqq",
    "catalogue-page-2": "sang-kien/trang/2/",
    "exhibit-answered": "sang-kien/hue-s/",
    "exhibit-unanswered": "sang-kien/ca-phe-dich-vu-cong-dong-da/",
    "exhibit-results": "sang-kien/tram-do-mua-vrain/",
    "places": "tinh-thanh/",
    "place": "tinh-thanh/bac-ninh/",
    "place-empty": "tinh-thanh/hai-phong/",
    "places-before-2025": "tinh-thanh/truoc-2025/",
    "place-before-2025": "tinh-thanh/truoc-2025/quang-nam/",
    "place-nationwide": "tinh-thanh/toan-quoc/",
    "crossing": "tinh-thanh/da-nang/moi-truong/",
    "themes": "chu-de/",
    "theme": "chu-de/moi-truong/",
    "replies": "phan-hoi/",
    "about": "gioi-thieu/",
    "take-part": "tham-gia/",
    "not-found": "404.html",
    "collections": "bo-suu-tap/",
    "collection": "bo-suu-tap/song-voi-nuoc/",
    "kiosk": "trinh-chieu/",
    "notice": "tinh-thanh/da-nang/bang-tin/",
    "home-en": "en/",
    "catalogue-en": "en/sang-kien/?q=waste",
    "exhibit-en": "en/sang-kien/hue-s/",
    "places-en": "en/tinh-thanh/",
}
