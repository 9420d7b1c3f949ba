"""A process beside `serve` that has everything loaded: checks an edit and makes the open pages before a build could.

In: a line of JSON for each glance, the addresses of open pages. Out: a line of JSON: the pages, or what is wrong, or
neither where this can't tell; then the build will. `GlanceProcess` is its end in `serve`. It is started anew when code,
theme or words have changed, as it has the old ones in memory. A bug in it is told on stderr.
"""

from __future__ import annotations

import contextlib
import io
import json
import queue
import subprocess
import sys
import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from expo.cache import Cache
from expo.cli.printing import print_problems
from expo.cli.sentences import say
from expo.config import Config, make_config
from expo.problems import has_errors

PATIENCE = 10.0  # seconds; by then a build is about as quick
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from expo.cli.preview_glance import main; main(sys.argv[2:])"


@dataclass(frozen=True)
class Glance:
    """What was seen: pages by address, or what would be printed of mistakes."""

    pages: dict[str, str] = field(default_factory=dict)
    complaints: tuple[str, ...] = ()


class GlanceProcess:
    """Started when it is first asked, or ahead by `start`. Whatever goes wrong with it, nothing was seen."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()

    def start(self) -> subprocess.Popen[str]:
        """Load everything now, unless that is done."""
        process = self._process
        if process is not None and process.poll() is None:
            return process
        command = [sys.executable, "-c", PROGRAM]
        command += [str(self._config.project), str(self._config.content), self._config.lang]
        self._answers = queue.Queue()
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
        )
        self._process = process
        threading.Thread(target=_pass_on, args=(process, self._answers), daemon=True).start()
        return process

    def look(self, addresses: Sequence[str]) -> Glance:
        """At the content as it is now."""
        try:
            asked = self.start().stdin
            assert asked is not None
            asked.write(json.dumps(list(addresses)) + "\n")
            asked.flush()
            told = json.loads(self._answers.get(timeout=PATIENCE))
        except (OSError, ValueError, queue.Empty):
            self.stop()
            return Glance()
        if "failed" in told:  # a mistake of ours, and not of who edits: the build goes on without a glance
            print(told["failed"], end="", file=sys.stderr)
        return Glance(told.get("pages", {}), tuple(told.get("complaints", ())))

    def stop(self) -> None:
        """End it; the next look starts another. May be called by two threads at once."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()


def _pass_on(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        answers.put(line)
    answers.put("")  # it has ended: nobody need wait


def main(arguments: Sequence[str]) -> None:
    """The process itself: a line in, a line out, until nobody asks any more."""
    content, lang = Path(arguments[0]), arguments[1]
    with contextlib.suppress(KeyboardInterrupt):
        with contextlib.suppress(Exception):  # whatever it is, it will be told when somebody asks
            look(content, lang, ["/"])
        for line in sys.stdin:
            try:
                told = look(content, lang, json.loads(line))
            except OSError:  # a file that comes or goes meanwhile: the build that follows will say what it is
                told = {}
            except Exception:
                told = {"failed": traceback.format_exc()}
            print(json.dumps(told), flush=True)


def look(content: Path, lang: str, addresses: Sequence[str]) -> dict[str, Any]:
    """One glance, with the settings of a preview."""
    from expo.pipeline import look_at_content, make_expo
    from expo.render.glance import render_glance

    config = make_config(content=content, lang=lang, quiet=True, site_url="", show_drafts=True)
    checked = look_at_content(config)
    if has_errors(checked.problems):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            print_problems(checked, checked.problems, config)
            print(say("left-as-it-was", lang))
        return {"complaints": said.getvalue().splitlines()}
    return {"pages": render_glance(make_expo(checked, Cache(config.cache)), config, addresses)}
