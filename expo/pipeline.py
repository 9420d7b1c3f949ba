"""The whole flow, each room called once and in order: read → validate → enrich → plan → render → weigh → write.

In: a Config, and the engine that renders (plugin.run_pelican, handed in so that nothing here imports Pelican).
Out: a Report. Raises ContentIsWrong with every problem, or OverBudget; the published output is then left as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expo.cache import Cache, forget_withdrawn, prune_versions
from expo.config import Config
from expo.inputs import Inputs, hash_inputs
from expo.memory_use import give_back_large_blocks, nothing_collected
from expo.problems import Problem, has_errors
from expo.progress import room

if TYPE_CHECKING:
    from expo.model import Expo
    from expo.render.site import Plan
    from expo.validate import CheckedContent
    from expo.write import OutputFolder, Stamp, Standing

MANY_FILES = 20_000  # to look at them takes longer than to start a process
NOTED = ("exhibits", "replies", "pages", "files", "size", "manifest_sha256", "warnings")  # of a Report
Engine = Callable[[Config, "Plan", "OutputFolder"], None]
Tree = dict[str, "Stamp"]  # what is known of every file of a site by its path


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
    is_standing: bool = False  # nothing has changed since the last build, whose site is left as it is


class EngineFailed(Exception):
    """The engine reported errors; the message holds its words."""


def build(config: Config, run_engine: Engine, load_engine: Callable[[], object] = lambda: None) -> Report:
    """Build the site into `config.output`, swapped in whole at the end, unless it stands there already.

    `load_engine` gets it ready to run, and is called at a moment when another process is at work.
    """
    from expo.write import find_standing, note_standing, refuse_bad_places  # `check` writes nothing

    give_back_large_blocks()
    with room("inputs"):
        refuse_bad_places(config)
        standing = find_standing(config.cache, config.output)
        with _looking_at(standing, config.jobs) as is_whole:
            inputs = hash_inputs(config)  # before anything is read: what changes meanwhile is another key next time
            told = standing.told if standing and standing.key == inputs.key and is_whole() else None
    if told and told["latest_day"] <= config.latest_day.isoformat():
        return _make_report(config, told, is_standing=True)
    report, tree = _build_anew(config, inputs, run_engine, load_engine)
    note_standing(config.cache, config.output, inputs.key, _note(config, report), tree)
    _prune(config)
    return report


def _looking_at(standing: Standing | None, jobs: int) -> AbstractContextManager[Callable[[], bool]]:
    """Of many files a process of its own looks whether the last site is whole, while the inputs are read."""
    if standing is None:
        return nullcontext(lambda: False)
    if standing.told["files"] < MANY_FILES:
        return nullcontext(standing.is_whole)
    from expo.shares import working_beside

    return working_beside(standing.is_whole, jobs)


def _prune(config: Config) -> None:
    """What the English site keeps lies apart."""
    from expo.render.pages import ENGLISH  # only a build that made something

    for folder in (config.cache, config.cache / ENGLISH):
        prune_versions(folder)


def _note(config: Config, report: Report) -> dict[str, Any]:
    """A report as JSON can hold it, and the last day that a date of the content may have: later is right as well."""
    told = {name: value for name, value in asdict(report).items() if name in NOTED}
    return {**told, "latest_day": config.latest_day.isoformat()}


def _make_report(config: Config, told: Mapping[str, Any], *, is_standing: bool) -> Report:
    warnings = tuple(
        Problem(**{**row, "values": tuple((name, value) for name, value in row["values"])}) for row in told["warnings"]
    )
    counts = {name: told[name] for name in NOTED if name != "warnings"}
    return Report(config.output, warnings=warnings, site_url=config.site_url, is_standing=is_standing, **counts)


def _build_anew(
    config: Config, inputs: Inputs, run_engine: Engine, load_engine: Callable[[], object]
) -> tuple[Report, Tree]:
    expo, problems = _take_records(config)
    try:
        with room("plan"):
            from expo.render.site import plan_site  # templates and Markdown are not loaded to check content only

            plan = plan_site(expo, config, inputs.apart, load_engine)
        return _make_site(config, run_engine, plan, expo, problems)
    finally:  # what another build forgot meanwhile, this one may have kept again: the next one is to know
        forget_withdrawn(config.cache, expo.withdrawn)


def _take_records(config: Config) -> tuple[Expo, list[Problem]]:
    """The records, and what checking found; all else that was read is let go, as it is as large again."""
    checked = look_at_content(config)
    try:
        forget_withdrawn(config.cache, _records_of(checked).withdrawn)  # before anything new is kept
        return make_expo(checked, Cache(config.cache)), checked.problems
    finally:
        checked.remember()


def _make_site(
    config: Config, run_engine: Engine, plan: Plan, expo: Expo, problems: Iterable[Problem]
) -> tuple[Report, Tree]:
    from expo.write import MANIFEST, write_output

    with room("swap"), write_output(config, tombstones(plan)) as folder:
        with room("engine"):
            run_engine(config, plan, folder)
        with room("weigh"):
            reminders = weigh(config, plan, folder)
    written = folder.written
    report = Report(
        output=config.output,
        exhibits=len(expo.initiatives),
        replies=len(expo.replies),
        pages=sum(address.endswith(".html") for address in written),
        files=len(written),
        size=sum(size for size, _ in written.values()),
        manifest_sha256=written[MANIFEST][1],
        warnings=(*(problem for problem in problems if problem.is_warning), *reminders),
        site_url=config.site_url,
    )
    return report, folder.stamps


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
    digests = {path: digest for path, (_, digest) in folder.written.items()}
    return weigh_output(config.project, folder.root, sizes, kinds, config.site_path, digests, Cache(config.cache))


def check_content(config: Config) -> CheckedContent:
    """Read and validate everything that has changed since the last time; never stops at the first mistake."""
    checked = look_at_content(config)
    checked.remember()
    return checked


def look_at_content(config: Config) -> CheckedContent:
    """The same, and nothing is remembered unless it is asked to."""
    from expo.read import read_content  # a third of the start-up, which a site that stands as it was does not need
    from expo.validate import Memory, validate_content

    with nothing_collected():
        with room("read"):
            memory = Memory(config)
            raw = read_content(config.content, memory.outlines)
        with room("validate"):
            return validate_content(raw, config, memory)


def make_expo(checked: CheckedContent, cache: Cache | None = None) -> Expo:
    """The records with what is derived from them. Raises ContentIsWrong."""
    records = _records_of(checked)
    from expo.enrich import add_related

    with room("enrich"):
        return add_related(records, cache)


def _records_of(checked: CheckedContent) -> Expo:
    if checked.expo is None or has_errors(checked.problems):
        raise ContentIsWrong(checked)
    return checked.expo


def load_expo(config: Config) -> Expo:
    """Read, validate, enrich: for commands that need the records and build nothing. Raises ContentIsWrong."""
    checked = look_at_content(config)
    try:
        return make_expo(checked, Cache(config.cache))
    finally:
        checked.remember()
