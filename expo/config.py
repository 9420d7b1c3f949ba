"""Settings of one run: where content lies, where output goes, what addresses are known.

In: command line, environment (EXPO_SITE_URL, EXPO_REPOSITORY_URL, EXPO_REPOSITORY_BRANCH, EXPO_CONTACT, EXPO_CACHE_DIR,
EXPO_JOBS, EXPO_SHARE_CARDS, SOURCE_DATE_EPOCH), the project's folder and the clock. Out: a frozen Config handed to
every room. These and the clock are read here and nowhere else (but for pelicanconf.py, where Pelican is called by its
own name): whoever needs a "today" takes Config.today, so that a build can be repeated. Whether a date has come is
judged by Config.latest_day; no byte of the site depends on it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent

DEFAULT_CONTENT = "content"
DEFAULT_OUTPUT = "output"
PAGE_SIZE = 24  # exhibits on one page of the catalogue
SIMILAR_COUNT = 3
VIETNAM_AHEAD = timedelta(hours=7)  # Asia/Ho_Chi_Minh has had no summer time since 1975; Windows has no zone files
EARLIEST_AHEAD = timedelta(hours=14)  # where the sun rises first (Kiribati)
MOST_JOBS, JOBS_DIGITS = 256, 3
MOST_SHARE_CARDS = 2_000  # exhibits; two cards each, drawn in about 15 ms of CPU: a minute
ALL = "all"
MOMENT_DIGITS = 11  # seconds until the year 5138
# A clock that tells an earlier day is wrong: an old board without a battery, or a build that is given a day of its own.
EARLIEST_TODAY = date(2026, 11, 24)


class SettingRefused(Exception):
    """A variable of the environment that can't be followed. `name`, `value`."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"{name}={value}")
        self.name, self.value = name, value


@dataclass(frozen=True, slots=True)
class Config:
    """What a run needs to know of the world."""

    project: Path
    content: Path
    output: Path
    cache: Path
    today: date  # in Viet Nam
    latest_day: date  # that it can be anywhere
    site_url: str = ""  # "https://host/sub/path", without a closing slash; "" when unknown
    repository_url: str = ""  # "https://host/owner/name"; "" hides report, edit and source links
    repository_branch: str = "main"
    contact: str = ""
    quiet: bool = False
    lang: str = "vi"
    jobs: int = 1  # processes at most
    show_drafts: bool = False  # in previews
    all_share_cards: bool = False  # also of very many exhibits

    def draws_share_cards(self, exhibits: int) -> bool:
        """Whether each of so many exhibits has a share card of its own."""
        return self.all_share_cards or exhibits <= MOST_SHARE_CARDS

    @property
    def site_path(self) -> str:
        """Path part of the site's address: "" at a root, "/expo" under a sub-path."""
        return urlsplit(self.site_url).path.rstrip("/") if self.site_url else ""

    @property
    def vocabularies_fallback(self) -> Path:
        """The project's own vocabularies serve a content folder that has none."""
        return self.project / DEFAULT_CONTENT / "vocabularies"


def make_config(
    *,
    content: Path | None = None,
    output: Path | None = None,
    site_url: str | None = None,
    quiet: bool = False,
    lang: str = "vi",
    show_drafts: bool = False,
    jobs: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> Config:
    """Put command line and environment together; the command line wins. Raises SettingRefused."""
    env = os.environ if environment is None else environment
    cache = env.get("EXPO_CACHE_DIR")
    told = env.get("EXPO_JOBS", "")
    now, moment = datetime.now(UTC), _read_moment(env.get("SOURCE_DATE_EPOCH", ""))
    return Config(
        project=PROJECT,
        content=_place_of(content or PROJECT / DEFAULT_CONTENT),
        output=_place_of(output or PROJECT / DEFAULT_OUTPUT),
        cache=Path(cache).resolve() if cache else PROJECT / ".cache",
        site_url=(site_url if site_url is not None else env.get("EXPO_SITE_URL", "")).rstrip("/"),
        repository_url=env.get("EXPO_REPOSITORY_URL", "").rstrip("/"),
        repository_branch=env.get("EXPO_REPOSITORY_BRANCH", "main"),
        contact=env.get("EXPO_CONTACT", ""),
        quiet=quiet,
        lang=lang,
        show_drafts=show_drafts,
        all_share_cards=env.get("EXPO_SHARE_CARDS") == ALL,
        today=((moment or now) + VIETNAM_AHEAD).date(),
        latest_day=_find_latest_day(now, moment),
        jobs=jobs or _read_jobs(told) or _count_cores(),
    )


def _place_of(path: Path) -> Path:
    """An absolute path. A link in the folder's own place is left for read/ and write/ to refuse."""
    target = Path(os.path.normpath(Path.cwd() / path))
    return target.parent.resolve() / target.name


def _read_jobs(given: str) -> int:
    """Processes that the environment allows, MOST_JOBS at most; 0 where that is no number of one to three digits."""
    return min(int(given), MOST_JOBS) if given.isascii() and given.isdigit() and len(given) <= JOBS_DIGITS else 0


def _read_moment(given: str) -> datetime | None:
    """SOURCE_DATE_EPOCH (reproducible-builds.org: seconds since 1970). Raises SettingRefused if it is anything else."""
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= MOMENT_DIGITS):
        raise SettingRefused("SOURCE_DATE_EPOCH", given)
    return datetime.fromtimestamp(int(given), UTC)


def _find_latest_day(now: datetime, moment: datetime | None) -> date:
    """The day where the sun rises first. A set moment can only put it off: it dates a build, not what is true."""
    return max((max(now, moment or now) + EARLIEST_AHEAD).date(), EARLIEST_TODAY)


def _count_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
