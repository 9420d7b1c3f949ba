"""`serve`: build, show the site on this computer, rebuild when files change, reload the browser.

In: options. Out: the address and problems on stdout, progress on stderr; ends by Ctrl-C with 130. Each build is a
process of its own: changed templates, words and Python code are read anew, Pelican's settings and signals start
clean, and a crash there leaves the server and the last good pages standing. It costs a second of start-up.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from expo.cli.exit_codes import EXIT_INTERRUPTED, EXIT_USAGE
from expo.cli.options import common_options, config_of, tell
from expo.cli.preview_server import PreviewServer, PreviewWords
from expo.cli.sentences import say
from expo.config import Config

DEFAULT_PORT, PORTS_TRIED = 8000, 20
WATCHED = ("theme", "expo", "locale", "pelicanconf.py")  # of the project, beside the content
SHOWN_PROBLEMS = 50
FIRST_LOOK = 200  # milliseconds until the watcher answers that nothing has changed


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
    try:
        shutil.rmtree(place, ignore_errors=True)
        print(say("serve-address", config.lang, address=server.address), flush=True)
        changes = watch_changes(config)
        next(changes)  # watching begins before the first build reads a file: no change falls between them
        rebuild(config, server, place)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for _ in changes:
            tell(say("serve-rebuilding", config.lang), config)
            rebuild(config, server, place)
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
        shutil.rmtree(place, ignore_errors=True)
    print("\n" + say("serve-stopped", config.lang), file=sys.stderr)
    return EXIT_INTERRUPTED


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


def rebuild(config: Config, server: PreviewServer, place: Path) -> None:
    """Build beside what is served, then show it; on failure the problems are shown instead."""
    # Two folders by turns: the one that is served is never the one that is replaced.
    output = place / ("b" if server.state.folder == place / "a" else "a")
    output.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    built = subprocess.run(build_command(config, output), capture_output=True, encoding="utf-8", errors="replace")
    if built.returncode == 0:
        server.show(output)
        tell(say("serve-rebuilt", config.lang, seconds=f"{time.monotonic() - started:.1f}"), config)
        return
    lines = [line for line in (built.stdout + built.stderr).splitlines() if line.strip()]
    print("\n".join(lines), flush=True)
    tell(say("serve-kept", config.lang), config)
    server.complain(lines[:SHOWN_PROBLEMS] if built.stdout.strip() else ["\n".join(lines)])


def build_command(config: Config, output: Path) -> Sequence[str]:
    """The ordinary build with drafts, without an address: links are then relative and work on any host name."""
    return (
        sys.executable, str(config.project / "build.py"), "build", "--quiet", "--drafts", f"--lang={config.lang}",
        f"--content={config.content}", f"--output={output}", "--site-url=",
    )  # fmt: skip


def watch_changes(config: Config) -> Iterator[object]:
    """Yields once as soon as it watches, then after every burst of changes, also those made during a build."""
    from watchfiles import watch

    paths = [config.content, *(config.project / name for name in WATCHED)]
    existing = [path for path in paths if path.exists()]
    bursts = watch(*existing, debounce=400, step=50, rust_timeout=FIRST_LOOK, yield_on_timeout=True)
    yield next(bursts)
    yield from (burst for burst in bursts if burst)
