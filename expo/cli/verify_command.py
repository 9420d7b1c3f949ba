"""`verify [FOLDER | URL]`: compare a published site with its manifest.json; each file that differs is named.

In: options, a folder (the output by default) or an address. Out: 0 all as the manifest says, 1 something differs, 2 no
such place or no manifest of a build there, 3 something could not be read. Differences on stdout; nothing is changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from expo.cli.build_command import is_web_address
from expo.cli.exit_codes import EXIT_DIFFERS, EXIT_FAILURE, EXIT_GOOD, EXIT_USAGE
from expo.cli.options import common_options, config_of, tell
from expo.cli.printing import show_path
from expo.cli.sentences import say
from expo.config import Config
from expo.problems import shorten_value
from expo.write import ManifestBroken
from expo.write.verify import Difference, NotPublished, Verification, verify_address, verify_folder

SHA256_LETTERS = 64
LONGEST_NAME = 300


def make_command(language: str) -> click.Command:
    """The command with its help in a language."""

    @click.command("verify", help=say("help-verify", language))
    @common_options(language)
    @click.option(
        "--manifest-sha256", metavar=say("metavar-hash", language), default=None, help=say("help-manifest", language)
    )
    @click.argument("place", default="", metavar=say("metavar-place", language), help=say("help-place", language))
    def verify(content: Path | None, quiet: bool, lang: str, manifest_sha256: str | None, place: str) -> int:
        return run_verify(config_of(content, quiet, lang), place, manifest_sha256)

    return verify


def run_verify(config: Config, place: str, wanted: str | None) -> int:
    """Compare and say what differs. Returns the exit code."""
    lang = config.lang
    if wanted is not None and (len(wanted) != SHA256_LETTERS or set(wanted.lower()) - set("0123456789abcdef")):
        print(say("verify-no-hash", lang, value=show_name(wanted)), file=sys.stderr)
        return EXIT_USAGE
    shown = place or show_path(config.output)
    if "://" in place and not is_web_address(place):
        print(say("verify-no-address", lang, address=show_name(place)), file=sys.stderr)
        return EXIT_USAGE
    tell(say("verifying", lang, place=shown), config)
    try:
        found = verify_address(place) if "://" in place else verify_folder(Path(place) if place else config.output)
    except NotPublished as error:
        print(say("verify-nothing", lang, place=shown, detail=error.detail), file=sys.stderr)
        return EXIT_USAGE
    except ManifestBroken as error:
        print(say("verify-broken", lang, place=shown, detail=show_name(str(error))), file=sys.stderr)
        return EXIT_USAGE
    return tell_verification(found, config, wanted)


def show_name(text: str) -> str:
    """A name that others gave, whole but for what a terminal would obey."""
    return shorten_value(text, LONGEST_NAME)


def tell_verification(found: Verification, config: Config, wanted: str | None) -> int:
    """Print every difference, the count and the manifest's own hash. Returns the exit code."""
    lang = config.lang
    for row in found.differences:
        print(_describe(row, lang))
    if found.left_out:
        tell(say("verify-left-out", lang, names=shorten_value([show_name(name) for name in found.left_out])), config)
    is_other = wanted is not None and wanted.lower() != found.manifest_sha256
    if is_other:
        print(say("verify-other", lang, wanted=wanted, found=found.manifest_sha256))
    if found.differences:
        print(say("verify-bad", lang, count=len(found.differences), files=found.files))
    elif not is_other:
        print(say("verify-good", lang, files=found.files))
    if wanted is None:
        print(say("verify-manifest", lang, digest=found.manifest_sha256))
    if any(row.kind == "unreadable" for row in found.differences):
        return EXIT_FAILURE
    return EXIT_DIFFERS if found.differences or is_other else EXIT_GOOD


def _describe(row: Difference, lang: str) -> str:
    """A line for one file: its name, and what is wrong with it."""
    sentence = {
        "missing": "verify-missing",
        "changed": "verify-changed",
        "foreign": "verify-foreign",
        "odd": "verify-odd",
        "unreadable": "verify-unreadable",
    }[row.kind]
    return say(sentence, lang, path=show_name(row.path), detail=row.detail)
