"""Settings of one run: where content lies, where output goes, what addresses are known.

In: command line, environment (EXPO_SITE_URL, EXPO_REPOSITORY_URL, EXPO_REPOSITORY_BRANCH, EXPO_CONTACT, EXPO_CACHE_DIR,
EXPO_JOBS, SOURCE_DATE_EPOCH) and the project's folder. Out: a frozen Config handed to every room. The environment and
the day are read here and nowhere else: whoever needs a "today" takes Config.today, so that a build can be repeated.
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
PAGE_SIZE = 24  # exhibits on one page of the catalogue (look.md: pages beyond 24)
SIMILAR_COUNT = 3
VIETNAM_AHEAD = timedelta(hours=7)  # Asia/Ho_Chi_Minh has had no summer time since 1975; Windows has no zone files
MOMENT_DIGITS = 11  # seconds until the year 5138


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
    site_url: str = ""  # "https://host/sub/path", without a closing slash; "" when unknown
    repository_url: str = ""  # "https://host/owner/name"; "" hides report, edit and source links
    repository_branch: str = "main"
    contact: str = ""
    quiet: bool = False
    lang: str = "vi"
    jobs: int = 1  # processes at most
    show_drafts: bool = False  # in previews

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
    environment: Mapping[str, str] | None = None,
) -> Config:
    """Put command line and environment together; the command line wins. Raises SettingRefused."""
    env = os.environ if environment is None else environment
    cache = env.get("EXPO_CACHE_DIR")
    jobs = env.get("EXPO_JOBS", "")
    target = Path(os.path.normpath(Path.cwd() / (output or PROJECT / DEFAULT_OUTPUT)))
    return Config(
        project=PROJECT,
        content=(content or PROJECT / DEFAULT_CONTENT).resolve(),
        output=target.parent.resolve() / target.name,  # a link in its own place is refused by write/, not followed
        cache=Path(cache).resolve() if cache else PROJECT / ".cache",
        today=_find_today(env.get("SOURCE_DATE_EPOCH", "")),
        site_url=(site_url if site_url is not None else env.get("EXPO_SITE_URL", "")).rstrip("/"),
        repository_url=env.get("EXPO_REPOSITORY_URL", "").rstrip("/"),
        repository_branch=env.get("EXPO_REPOSITORY_BRANCH", "main"),
        contact=env.get("EXPO_CONTACT", ""),
        quiet=quiet,
        lang=lang,
        show_drafts=show_drafts,
        jobs=int(jobs) if jobs.isdigit() and int(jobs) else _count_cores(),
    )


def _find_today(moment: str) -> date:
    """The day of a moment (reproducible-builds.org: seconds since 1970), else of now."""
    if not moment:
        return (datetime.now(UTC) + VIETNAM_AHEAD).date()
    if not (moment.isascii() and moment.isdigit() and len(moment) <= MOMENT_DIGITS):
        raise SettingRefused("SOURCE_DATE_EPOCH", moment)
    return (datetime.fromtimestamp(int(moment), UTC) + VIETNAM_AHEAD).date()


def _count_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
