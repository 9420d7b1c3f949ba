"""Plain Pelican, as it comes: its own theme, articles, categories, tags and one feed. For bench/audit.py only."""

SITENAME = "Pelican"
SITEURL = "https://example.org"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
PATH = "content"
OUTPUT_PATH = "output"
FEED_ALL_ATOM = "feed.xml"
