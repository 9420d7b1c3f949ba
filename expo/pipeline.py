"""The whole flow, each room called once and in order: read → validate → enrich → plan → render → weigh → write.

In: a Config, and the engine that renders (plugin.run_pelican, handed in so that nothing here imports Pelican).
Out: a Report. Raises ContentIsWrong with every problem, or OverBudget; the published output is then left as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from expo.cache import forget_withdrawn
from expo.config import Config
from expo.model import Expo
from expo.problems import Problem, has_errors
from expo.progress import room
from expo.read import read_content
from expo.validate import CheckedContent, validate_content
from expo.write import MANIFEST, OutputFolder, write_output

if TYPE_CHECKING:
    from expo.render.site import Plan

Engine = Callable[[Config, "Plan", OutputFolder], None]


class ContentIsWrong(Exception):
    """The content has mistakes; `checked.problems` holds them all."""

    def __init__(self, checked: CheckedContent) -> None:
        super().__init__(f"{len(checked.problems)} problems")
        self.checked = checked


@dataclass(frozen=True)
class Report:
    """What a build made."""

    output: Path
    exhibits: int
    replies: int
    pages: int
    files: int
    size: int  # bytes of all files
    manifest_sha256: str  # vouches for the manifest, which vouches for every file
    warnings: tuple[Problem, ...]
    site_url: str


def build(config: Config, run_engine: Engine) -> Report:
    """Build the site into `config.output`, swapped in whole at the end."""
    from expo.render.site import plan_site  # templates and Markdown are not loaded to check content only

    checked = check_content(config)
    expo = make_expo(checked)
    forget_withdrawn(config.cache, expo.withdrawn)
    with room("plan"):
        plan = plan_site(expo, config)
    with room("swap"), write_output(config, tombstones(plan)) as folder:
        with room("engine"):
            run_engine(config, plan, folder)
        with room("weigh"):
            reminders = weigh(config, plan, folder)
    written = folder.written
    return Report(
        output=config.output,
        exhibits=len(expo.initiatives),
        replies=len(expo.replies),
        pages=sum(address.endswith(".html") for address in written),
        files=len(written),
        size=sum(size for size, _ in written.values()),
        manifest_sha256=written[MANIFEST][1],
        warnings=(*(problem for problem in checked.problems if problem.is_warning), *reminders),
        site_url=config.site_url,
    )


def tombstones(plan: Plan) -> list[str]:
    """Paths of the pages that stand where an exhibit was taken down."""
    from expo.render.pages import output_path
    from expo.render.views.exhibit import TOMBSTONE

    return [output_path(page.address) for page in plan.pages if page.template == TOMBSTONE]


def weigh(config: Config, plan: Plan, folder: OutputFolder) -> list[Problem]:
    """Reminders of pages that are long. Raises OverBudget where the theme is too heavy to be published."""
    from expo.budgets import kinds_of, weigh_output
    from expo.render.pages import output_path

    kinds = kinds_of((output_path(page.address), page.template) for page in plan.pages)
    sizes = {path: size for path, (size, _) in folder.written.items()}
    return weigh_output(config.project, folder.root, sizes, kinds, config.site_path)


def check_content(config: Config) -> CheckedContent:
    """Read and validate everything; never stops at the first mistake."""
    with room("read"):
        raw = read_content(config.content)
    with room("validate"):
        return validate_content(raw, config)


def make_expo(checked: CheckedContent) -> Expo:
    """The records with what is derived from them. Raises ContentIsWrong."""
    if checked.expo is None or has_errors(checked.problems):
        raise ContentIsWrong(checked)
    from expo.enrich import add_related

    with room("enrich"):
        return add_related(checked.expo)


def load_expo(config: Config) -> Expo:
    """Read, validate, enrich: for commands that need the records and build nothing. Raises ContentIsWrong."""
    return make_expo(check_content(config))
