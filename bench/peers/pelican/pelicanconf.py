"""The peer of bench/build.py: exhibits as articles, listings by place and theme of 24, home, one feed, a sitemap.

EXPO_PELICAN_CACHE=1 turns on Pelican's own cache of what it has read, as its documentation advises for rebuilding.
"""

import os

SITENAME = "Triển lãm sáng kiến"
SITEURL = "https://example.org"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
DEFAULT_DATE_FORMAT = "%d/%m/%Y"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PAGE_PATHS = []
STATIC_PATHS = []
ARTICLE_PATHS = [""]
ARTICLE_URL = "sang-kien/{slug}/"
ARTICLE_SAVE_AS = "sang-kien/{slug}/index.html"
CATEGORY_URL = "tinh-thanh/{slug}/"
CATEGORY_SAVE_AS = "tinh-thanh/{slug}/index.html"
TAG_URL = "chu-de/{slug}/"
TAG_SAVE_AS = "chu-de/{slug}/index.html"
AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"tag": 24, "category": 24}
DEFAULT_PAGINATION = 24
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/trang/{number}/", "{base_name}/trang/{number}/index.html"),
]
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
CACHE_CONTENT = LOAD_CONTENT_CACHE = bool(os.environ.get("EXPO_PELICAN_CACHE"))
