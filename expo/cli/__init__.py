"""The command line: one module a command; each parses, calls a room, prints, and answers with an exit code.

In: arguments without the program's name. Out: 0 good, 1 content is wrong, 2 wrong usage or an output that can't be
written, 3 disk, network, browser or our own failure, 130 interrupted. Results and problems go to stdout, progress to
stderr. A command's module is imported when it is called, so that none loads what it does not use.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from importlib import import_module
from types import FrameType

import click

from expo.cli.exit_codes import EXIT_FAILURE, EXIT_INTERRUPTED, EXIT_USAGE
from expo.cli.sentences import say, translate_click
from expo.config import SettingRefused
from expo.problems import shorten_value

MOMENT = 0.01  # seconds
COMMANDS = ("build", "check", "new", "search", "serve", "test", "verify", "withdraw")


class LazyCommands(click.Group):
    """Commands made by expo.cli.<name>_command.make_command(lang), imported when called."""

    lang = "vi"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Click suggests near names from `self.commands`, which is empty here: nothing is imported to find a slip."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand:
            raise click.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Without loading any: what each is for stands with all other sentences."""
        told: dict[str, click.Command] = {
            name: click.Command(name, help=say(f"help-{name}", self.lang)) for name in COMMANDS
        }
        click.Group(commands=told).format_commands(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"expo.cli.{cmd_name}_command").make_command(self.lang)
        assert isinstance(command, click.Command)
        command.options_metavar = say("metavar-options", self.lang)
        for parameter in command.params:
            if isinstance(parameter.type, click.IntRange):
                parameter.metavar = say("metavar-number", self.lang)
        return command


def main(arguments: list[str]) -> int:
    """Run one command; never raises for the user's mistakes. Our own bugs keep their traceback (exit 3)."""
    lang = _language_of(arguments)
    translate_click(lang)
    if arguments[:1] in (["--help"], ["-h"]):
        arguments = ["--help"]
    elif not arguments or arguments[0].startswith("-"):
        arguments = ["build", *arguments]
    previous, hook = signal.signal(signal.SIGTERM, _interrupt), sys.unraisablehook
    sys.unraisablehook = _interrupt_again
    try:
        answer = _make_group(lang)(arguments, prog_name="build.py", standalone_mode=False)
        sys.stdout.flush()
        return answer if isinstance(answer, int) else 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show(sys.stderr)
        return EXIT_USAGE
    except SettingRefused as error:
        print(say("bad-source-date", lang, name=error.name, value=shorten_value(error.value)), file=sys.stderr)
        return EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        print(say("interrupted", lang), file=sys.stderr)
        return EXIT_INTERRUPTED
    except (BrokenPipeError, SystemExit):  # `… | head` has seen enough; Click then gives up by SystemExit
        # Python would complain when it empties its buffer.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILURE
    except OSError as error:  # a folder that can't be listed, a disk that is full
        from expo.cli.printing import describe_system_error

        print(describe_system_error(error, "system-failed", lang), file=sys.stderr)
        return EXIT_FAILURE
    except Exception:  # our own bug: show where it is
        import traceback

        traceback.print_exc()
        return EXIT_FAILURE
    finally:
        signal.signal(signal.SIGTERM, previous)
        sys.unraisablehook = hook


def _interrupt(number: int, frame: FrameType | None) -> None:
    """A polite kill cleans up as Ctrl-C does."""
    raise KeyboardInterrupt


def _interrupt_again(lost: sys.UnraisableHookArgs) -> None:
    """An interrupt in a function that C calls, which can't pass it on, would be lost: it comes again a moment later."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        threading.Timer(MOMENT, _thread.interrupt_main).start()
    else:
        sys.__unraisablehook__(lost)


def _language_of(arguments: list[str]) -> str:
    """The language is needed before the arguments are parsed, for the parser's own words."""
    for index, argument in enumerate(arguments):
        if argument == "--lang=en" or (argument == "--lang" and arguments[index + 1 : index + 2] == ["en"]):
            return "en"
    return "vi"


def _make_group(lang: str) -> click.Group:
    group = LazyCommands(
        name="build.py",
        help=say("help-program", lang),
        context_settings={"help_option_names": ["-h", "--help"]},
        options_metavar="",  # options stand after the command
        subcommand_metavar=say("metavar-command", lang),
    )
    group.lang = lang
    return group
