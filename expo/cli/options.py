"""Options that every command takes, and the Config they make.

In: Click's parsed values. Out: a Config. --content, --quiet and --lang are a promise: others script against them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from expo.cli.sentences import say
from expo.config import Config, make_config

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def common_options(lang: str) -> Callable[[Decorated], Decorated]:
    """Add --content DIR, --quiet and --lang vi|en to a command."""

    def decorate(function: Decorated) -> Decorated:
        folder = click.Path(exists=True, file_okay=False, path_type=Path)
        function = click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", help=say("help-lang", lang))(
            function
        )
        function = click.option("--quiet", is_flag=True, help=say("help-quiet", lang))(function)
        return click.option(
            "--content", type=folder, default=None, metavar=say("metavar-folder", lang), help=say("help-content", lang)
        )(function)

    return decorate


def config_of(content: Path | None, quiet: bool, lang: str, **others: Any) -> Config:
    """The Config of a command's options."""
    return make_config(content=content, quiet=quiet, lang=lang, **others)


def tell(message: str, config: Config) -> None:
    """Progress: to stderr, unless --quiet."""
    if not config.quiet:
        print(message, file=sys.stderr, flush=True)
