"""`serve`: build, show the site on this computer, rebuild when files change, reload the browser.

In: options. Out: the address and problems on stdout, progress on stderr; ends by Ctrl-C with 130. Each build is a
process of its own: changed templates, words and Python code are read anew, Pelican's settings and signals start
clean, and a crash there leaves the server and the last good pages standing. That takes seconds. So a process that has
everything in memory (preview_glance.py) looks first at each edit of the content: it tells mistakes at once, and makes
the pages that are open, which are shown in front of the last build until the next is ready.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import TypeAlias

import click

from expo.cli.exit_codes import EXIT_INTERRUPTED, EXIT_USAGE
from expo.cli.options import common_options, config_of, tell
from expo.cli.preview_glance import GlanceProcess
from expo.cli.preview_server import PreviewServer, PreviewWords
from expo.cli.sentences import say
from expo.config import Config

DEFAULT_PORT, PORTS_TRIED = 8000, 20
WATCHED = ("theme", "expo", "locale", "pelicanconf.py")  # of the project, beside the content
SHOWN_PROBLEMS = 50
MOMENT = 0.5  # seconds
FIRST_LOOK = 200  # milliseconds until the watcher answers that nothing has changed

Burst: TypeAlias = Set[tuple[int, str]]  # what happened, and where


def make_command(language: str) -> click.Command:
    """The command with its help in a language."""

    @click.command("serve", help=say("help-serve", language))
    @common_options(language)
    @click.option("--port", type=click.IntRange(0, 65535), default=None, help=say("help-port", language))
    def serve(content: Path | None, quiet: bool, lang: str, port: int | None) -> int:
        return run_serve(config_of(content, quiet, lang), port)

    return serve


def run_serve(config: Config, port: int | None) -> int:
    """Serve until Ctrl-C. Returns the exit code."""
    try:
        server = open_server(config, port)
    except OSError as error:
        detail = error.strerror or str(error)
        print(say("serve-port-taken", config.lang, port=port, detail=detail), file=sys.stderr)
        return EXIT_USAGE
    place = config.cache / "preview" / str(server.server_address[1])  # the port is ours, so the folder is too
    stopped, glance = threading.Event(), GlanceProcess(config)
    try:
        shutil.rmtree(place, ignore_errors=True)
        print(say("serve-address", config.lang, address=server.address), flush=True)
        changes = watch_changes(config, stopped)
        next(changes)  # watching begins before the first build reads a file: no change falls between them
        rebuild(config, server, place)
        glance.start()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        watcher = Watcher(config, server, glance)
        threading.Thread(target=watcher.follow, args=(changes,), daemon=True).start()
        while True:
            if watcher.wait_for_build():
                tell(say("serve-rebuilding", config.lang), config)
                rebuild(config, server, place, watcher.is_latest)
    except KeyboardInterrupt:
        pass
    finally:
        stopped.set()
        glance.stop()
        server.server_close()
        shutil.rmtree(place, ignore_errors=True)
    print("\n" + say("serve-stopped", config.lang), file=sys.stderr)
    return EXIT_INTERRUPTED


class Watcher:
    """Sees changes in a thread of its own, also while a build runs, and tells when another is wanted."""

    def __init__(self, config: Config, server: PreviewServer, glance: GlanceProcess) -> None:
        self._config, self._server, self._glance = config, server, glance
        self._wanted = threading.Event()
        self._seen = self._built = 0  # bursts of changes, and those of them that the last build began after

    def follow(self, changes: Iterable[Burst]) -> None:
        """Look at every burst of changes."""
        for burst in changes:
            self._seen += 1
            if any(not Path(path).is_relative_to(self._config.content) for _, path in burst):
                self._glance.stop()  # it has the old code in memory
            elif self._is_wrong():
                continue
            self._wanted.set()

    def _is_wrong(self) -> bool:
        """Look at the content, and show what there is to see; a build of mistakes would only say them again."""
        seen = self._glance.look(self._server.open_pages())
        if seen.complaints:
            complain(self._config, self._server, seen.complaints)
            return True
        self._server.show_early(seen.pages)
        return False

    def wait_for_build(self) -> bool:
        """True when a build is wanted. Comes back now and then, as a waiting process may not hear Ctrl-C."""
        if not self._wanted.wait(MOMENT):
            return False
        self._wanted.clear()
        self._built = self._seen
        return True

    def is_latest(self) -> bool:
        """Whether nothing has changed since the last build began."""
        return self._built == self._seen


def open_server(config: Config, port: int | None, first: int = DEFAULT_PORT) -> PreviewServer:
    """A server on the port asked for, else on the first free one. Raises OSError."""
    words = PreviewWords(
        lang=config.lang,
        heading=say("serve-problems", config.lang),
        note=say("serve-kept", config.lang),
        close=say("serve-close", config.lang),
    )
    if port is not None:
        return PreviewServer(port, words)
    for candidate in range(first, min(first + PORTS_TRIED, 65536)):
        try:
            return PreviewServer(candidate, words)
        except OSError:
            continue
    return PreviewServer(0, words)


def rebuild(config: Config, server: PreviewServer, place: Path, is_latest: Callable[[], bool] = lambda: True) -> None:
    """Build beside what is served, then show it; on failure the problems are shown instead."""
    # Two folders by turns: the one that is served is never the one that is replaced.
    output = place / ("b" if server.state.folder == place / "a" else "a")
    output.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    built = subprocess.run(build_command(config, output), capture_output=True, encoding="utf-8", errors="replace")
    if built.returncode == 0:
        server.show(output, is_latest=is_latest())
        tell(say("serve-rebuilt", config.lang, seconds=f"{time.monotonic() - started:.1f}"), config)
        return
    lines = [line for line in (built.stdout + built.stderr).splitlines() if line.strip()]
    complain(config, server, lines if built.stdout.strip() else ["\n".join(lines)])


def complain(config: Config, server: PreviewServer, lines: Sequence[str]) -> None:
    """Say what is wrong, here and over the open pages."""
    print("\n".join(lines), flush=True)
    tell(say("serve-kept", config.lang), config)
    server.complain(lines[:SHOWN_PROBLEMS])


def build_command(config: Config, output: Path) -> Sequence[str]:
    """The ordinary build with drafts, without an address: links are then relative and work on any host name."""
    return (
        sys.executable, str(config.project / "build.py"), "build", "--quiet", "--drafts", f"--lang={config.lang}",
        f"--content={config.content}", f"--output={output}", "--site-url=",
    )  # fmt: skip


def watch_changes(config: Config, stopped: threading.Event) -> Iterator[Burst]:
    """Yields once as soon as it watches, then after every burst of changes, also those made during a build."""
    from watchfiles import watch

    paths = [config.content, *(config.project / name for name in WATCHED)]
    existing = [path for path in paths if path.exists()]
    bursts = watch(
        *existing, debounce=400, step=50, rust_timeout=FIRST_LOOK, yield_on_timeout=True, stop_event=stopped,
        raise_interrupt=False,
    )  # fmt: skip
    yield next(bursts)
    yield from (burst for burst in bursts if burst)
