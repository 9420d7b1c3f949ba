"""`build`: check the content, then build the site into the output folder, swapped in whole.

In: options. Out: exit code; what it made and the next command on stdout, problems on stdout, progress on stderr.
"""

from __future__ import annotations

import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from expo.cli.build_progress import Profile, following
from expo.cli.exit_codes import EXIT_CONTENT, EXIT_FAILURE, EXIT_USAGE
from expo.cli.options import common_options, config_of, tell
from expo.cli.printing import describe_system_error, print_problems, show_command
from expo.cli.sentences import say
from expo.config import MOST_JOBS, MOST_SHARE_CARDS, Config
from expo.problems import format_problem
from expo.write import OutputFolder, OutputRefused

if TYPE_CHECKING:
    from expo.pipeline import Engine, Report
    from expo.render.site import Plan


def make_command(language: str) -> click.Command:
    """The command with its help in a language."""

    @click.command("build", help=say("help-build", language))
    @common_options(language)
    @click.option(
        "--output",
        type=click.Path(path_type=Path),
        default=None,
        metavar=say("metavar-folder", language),
        help=say("help-output", language),
    )
    @click.option(
        "--site-url", default=None, metavar=say("metavar-address", language), help=say("help-site-url", language)
    )
    @click.option("--drafts", is_flag=True, help=say("help-drafts", language))
    @click.option("--jobs", type=click.IntRange(1, MOST_JOBS), default=None, help=say("help-jobs", language))
    @click.option("--profile", is_flag=True, help=say("help-profile", language))
    def build(
        content: Path | None,
        quiet: bool,
        lang: str,
        output: Path | None,
        site_url: str | None,
        drafts: bool,
        jobs: int | None,
        profile: bool,
    ) -> int:
        config = config_of(content, quiet, lang, output=output, site_url=site_url, show_drafts=drafts, jobs=jobs)
        return run_build(config, Profile() if profile else None)

    return build


def run_build(config: Config, profile: Profile | None = None) -> int:
    """Build and say what came of it, and to a profile where the time went. Returns the exit code."""
    if config.site_url and not is_web_address(config.site_url):
        print(say("bad-site-url", config.lang, address=config.site_url), file=sys.stderr)
        return EXIT_USAGE
    tell(say("building", config.lang), config)
    started = time.monotonic()
    from expo.budgets import OverBudget
    from expo.pipeline import ContentIsWrong, EngineFailed, build
    from expo.shares import ShareLost

    try:
        with following(config, profile):
            report = build(config, run_engine, load_engine)
    except ContentIsWrong as error:
        print_problems(error.checked, error.checked.problems, config)
        print(say("left-as-it-was", config.lang))
        return EXIT_CONTENT
    except OverBudget as error:
        for problem in error.problems:
            print(format_problem(problem, config.lang))
        print(say("left-as-it-was", config.lang))
        return EXIT_FAILURE
    except OutputRefused as error:
        print(say(f"output-{error.code}", config.lang, path=error.path, detail=error.detail), file=sys.stderr)
        return EXIT_USAGE
    except EngineFailed as error:
        print(say("engine-failed", config.lang, detail=error), file=sys.stderr)
        return EXIT_FAILURE
    except ShareLost:
        print(say("share-lost", config.lang), file=sys.stderr)
        return EXIT_FAILURE
    except OSError as error:
        print(describe_system_error(error, "disk-failed", config.lang), file=sys.stderr)
        return EXIT_FAILURE
    except Exception:  # our own bug: say that nothing was lost, and show where it is
        traceback.print_exc()
        print(say("left-as-it-was", config.lang), file=sys.stderr)
        return EXIT_FAILURE
    _tell_report(report, config, time.monotonic() - started)
    if profile:
        print(*profile.lines(config.lang), sep="\n", file=sys.stderr)
    return 0


def load_engine() -> Engine:
    """Pelican, imported only where something must be built."""
    from expo.plugin import run_pelican

    return run_pelican


def run_engine(config: Config, plan: Plan, folder: OutputFolder) -> None:
    """The same, run."""
    load_engine()(config, plan, folder)


def is_web_address(text: str) -> bool:
    """Whether pages can be linked below it: a scheme, a host, perhaps a path, and nothing behind that."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and text == f"{parts.scheme}://{parts.netloc}{parts.path}"
    )


def _tell_report(report: Report, config: Config, seconds: float) -> None:
    for problem in report.warnings:
        print(format_problem(problem, config.lang))
    if not report.exhibits:  # the wrong folder, maybe; it is no mistake where the last exhibit was taken down
        print(say("built-empty", config.lang, content=config.content), file=sys.stderr)
    if config.quiet:
        return
    told = say(
        "standing" if report.is_standing else "built", config.lang, exhibits=report.exhibits, replies=report.replies,
        pages=report.pages, files=report.files, size=round(report.size / 1024), seconds=f"{seconds:.1f}",
        output=report.output,
    )  # fmt: skip
    print(told)
    print(say("verify-manifest", config.lang, digest=report.manifest_sha256))
    if not report.site_url:
        print(say("no-site-url", config.lang))
    elif not config.draws_share_cards(report.exhibits):
        print(say("no-share-cards", config.lang, most=MOST_SHARE_CARDS, variable="EXPO_SHARE_CARDS=all"))
    print(say("next-command", config.lang, command=show_command(config, "serve")))
