"""Pelican's settings. Values only: what the site does with them is expo/'s.

`python3 build.py` overrides PATH, OUTPUT_PATH and SITEURL; `pelican content` builds the same site with these.
"""

import os

from expo.render.environment import ENVIRONMENT_OPTIONS

SITENAME = "Triển lãm số Sáng kiến Đổi mới sáng tạo vì người dân"
AUTHOR = "Ban biên soạn"
SITEURL = os.environ.get("EXPO_SITE_URL", "")
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
LOCALE = ["C.UTF-8", "C"]  # every machine has one of them: pages don't follow the locale of whoever builds
DEFAULT_DATE_FORMAT = "%d/%m/%Y"

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGINS = ["expo.plugin"]

# Ordinary pages are Pelican's; initiatives are not articles but records of their own (docs/architecture.md).
PAGE_PATHS = ["pages"]
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
PAGE_LANG_URL = "{lang}/{slug}/"
PAGE_LANG_SAVE_AS = "{lang}/{slug}/index.html"
FILENAME_METADATA = r"[a-z0-9-]+\.(?P<lang>en)$"  # content/pages/<slug>.en.md
ARTICLE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
DISPLAY_PAGES_ON_MENU = False

# Feeds, categories and archives of articles: there are no articles.
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
CATEGORY_SAVE_AS = ""
TAG_SAVE_AS = ""
AUTHOR_SAVE_AS = ""
ARCHIVES_SAVE_AS = ""

JINJA_ENVIRONMENT = dict(ENVIRONMENT_OPTIONS)
