"""A web server for one computer: a folder as a plain static host serves it, and with it the preview's reload.

In: a folder, a port, perhaps pages that are newer than the folder. Out: pages on 127.0.0.1 only. PreviewServer also
puts its script into every page and tells open pages of each new build by Server-Sent Events; the script and its style
are files at /.preview/, so the site's strict content security policy holds. Builds nothing: serve_command.py does, and
calls `show`.
"""

from __future__ import annotations

import html
import json
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from expo.render.security import HEADERS

HOST = "127.0.0.1"
PREVIEW = "/.preview/"  # no page of the site begins with a dot
PREVIEW_FILES = Path(__file__).resolve().parent / "preview"
KEEP_ALIVE = 15.0  # seconds between two comments on an event stream, so that dead ones are noticed

# Spelled out, because the system's own table differs from machine to machine.
MIME_TYPES = {
    "": "application/octet-stream",
    ".avif": "image/avif",
    ".bin": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


class FolderHandler(SimpleHTTPRequestHandler):
    """Serves a folder below a path, as a plain static host does: 404.html for what is missing, nothing logged."""

    extensions_map = MIME_TYPES

    def __init__(self, *arguments: Any, prefix: str = "/", **keywords: Any) -> None:
        self.prefix = prefix
        super().__init__(*arguments, **keywords)

    def send_head(self) -> Any:
        """Takes the sub-path off; what lies outside it does not exist."""
        if not self.path.startswith(self.prefix):
            self.send_error(404)
            return None
        self.path = "/" + self.path[len(self.prefix) :]
        return super().send_head()

    def list_directory(self, path: Any) -> Any:
        """A folder without index.html is missing, as on the hosts the site is published on."""
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answers 404 with the site's own page when it has one."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        self.answer(404, MIME_TYPES[".html"], page.read_bytes())

    def answer(self, code: int, kind: str, body: bytes) -> None:
        """Send a whole answer."""
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_header(self, keyword: str, value: str) -> None:
        """A redirect to a folder's slash must keep the sub-path."""
        if keyword == "Location" and value.startswith("/"):
            value = self.prefix + value.removeprefix("/")
        super().send_header(keyword, value)

    def end_headers(self) -> None:
        """As a host sends them that reads the site's `_headers`."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *arguments: Any) -> None:
        """Says nothing: what is printed is for people."""


class FolderServer(ThreadingHTTPServer):
    """A thread for each connection. A browser that goes away before it has its answer is no failure."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of connections that were closed; prints the traceback of everything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@dataclass(frozen=True)
class PreviewState:
    """What open pages should know: which build is served, and what is wrong with a newer one."""

    build: int = 0  # differs from build to build, also of other runs; 0: nothing could be built yet
    folder: Path | None = None
    problems: tuple[str, ...] = ()
    early: Mapping[str, bytes] = field(default_factory=dict)  # pages that are newer than the folder, by address


@dataclass(frozen=True)
class PreviewWords:
    """What the panel says, in the language of the command."""

    lang: str
    heading: str
    note: str
    close: str


class PreviewServer(FolderServer):
    """Serves the newest good build. `show` and `complain` are called by the one who builds, from another thread."""

    allow_reuse_address = os.name == "posix"  # on Windows it would let two servers share a port

    def __init__(self, port: int, words: PreviewWords) -> None:
        super().__init__((HOST, port), PreviewHandler)
        self.words = words
        self.state = PreviewState()
        self.changed = threading.Condition()
        self._open: Counter[str] = Counter()

    @property
    def address(self) -> str:
        """Where the site is, with a slash at the end."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def show(self, folder: Path, *, is_latest: bool = True) -> None:
        """Serve a folder from now on; open pages reload, unless they had been shown as they are in it already.

        Where the content has changed since (not `is_latest`), what is known of the newer stays in front of it.
        """
        state = self.state
        if state.folder and not is_latest:
            self._change(replace(state, folder=folder))
        elif self._has_shown(folder):
            self._change(PreviewState(state.build, folder))
        else:
            self._change(PreviewState(self._next_build(), folder))

    def show_early(self, pages: Mapping[str, str]) -> None:
        """Serve some pages in front of the folder, until it has them, too; open pages reload."""
        if self.state.folder and pages:
            early = {address: page.encode() for address, page in pages.items()}
            self._change(PreviewState(self._next_build(), self.state.folder, early=early))

    def complain(self, problems: Sequence[str]) -> None:
        """Keep what is served and lay problems over it."""
        self._change(replace(self.state, problems=tuple(problems)))

    def open_pages(self) -> list[str]:
        """Addresses of the pages that somebody has open."""
        with self.changed:
            return [address for address in self._open if address.startswith("/")]

    def note_open(self, address: str, count: int) -> None:
        """One more, or one less."""
        with self.changed:
            self._open[address] += count
            self._open = +self._open  # those that are closed again are forgotten

    def _has_shown(self, folder: Path) -> bool:
        """Whether all open pages are early ones, and these the same as in a folder."""
        early = self.state.early
        if not early or not set(self.open_pages()) <= early.keys():
            return False
        return all(_read_page(folder, address) == page for address, page in early.items())

    def _next_build(self) -> int:
        milliseconds = int(time.time() * 1000)  # a page of an earlier run on this port must not take it for its own
        return max(milliseconds, self.state.build + 1)

    def _change(self, state: PreviewState) -> None:
        with self.changed:
            self.state = state
            self.changed.notify_all()


def _read_page(folder: Path, address: str) -> bytes | None:
    try:
        return (folder / address.lstrip("/") / "index.html").read_bytes()
    except OSError:
        return None


class PreviewHandler(FolderHandler):
    """Pages with the preview's script in them, the script itself, and the event stream."""

    server: PreviewServer

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        server: PreviewServer = arguments[2]
        self.state = server.state  # one answer comes from one build
        super().__init__(*arguments, directory=str(self.state.folder or PREVIEW_FILES), **keywords)

    def send_head(self) -> Any:
        """The preview's own addresses, then pages, then every other file."""
        path = urlsplit(self.path).path
        if path.startswith(PREVIEW):
            return self._send_own(path.removeprefix(PREVIEW))
        if self.state.folder is None:
            self.answer(503, MIME_TYPES[".html"], self._page_of_problems())
            return None
        if path in self.state.early:
            self.answer(200, MIME_TYPES[".html"], self.state.early[path])
            return None
        file = Path(self.translate_path(self.path))
        if path.endswith("/"):
            file /= "index.html"
        if file.suffix == ".html" and file.is_file():
            self.answer(200, MIME_TYPES[".html"], file.read_bytes())
            return None
        return super().send_head()

    def answer(self, code: int, kind: str, body: bytes) -> None:
        """Put the script into every page."""
        super().answer(code, kind, self._with_script(body) if kind == MIME_TYPES[".html"] else body)

    def end_headers(self) -> None:
        """Nothing is kept by the browser: the next build may differ."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def _with_script(self, body: bytes) -> bytes:
        tags = (
            f'<link rel="stylesheet" href="{PREVIEW}preview.css">'
            f'<script defer src="{PREVIEW}reload.js" data-events="{PREVIEW}events" data-build="{self.state.build}">'
            "</script>"
        ).encode()
        before, end_of_head, after = body.partition(b"</head>")
        return before + tags + end_of_head + after if end_of_head else tags + body

    def _send_own(self, name: str) -> None:
        if name == "events":
            self._send_events()
        elif name in ("reload.js", "preview.css"):
            self.answer(200, MIME_TYPES[Path(name).suffix], (PREVIEW_FILES / name).read_bytes())
        else:
            self.send_error(404)

    def _send_events(self) -> None:
        """The state now and after every change, until the page is closed. The page tells its own address."""
        address = parse_qs(urlsplit(self.path).query).get("page", [""])[0]
        self.server.note_open(address, 1)
        try:
            self._tell_states()
        finally:
            self.server.note_open(address, -1)

    def _tell_states(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        told: PreviewState | None = None
        try:
            while self.command != "HEAD":
                server = self.server
                with server.changed:
                    if server.state is told:
                        server.changed.wait(KEEP_ALIVE)
                    state = server.state
                self.wfile.write(b": still here\n\n" if state is told else self._event(state))
                self.wfile.flush()
                told = state
        except OSError:  # the page was closed
            return

    def _event(self, state: PreviewState) -> bytes:
        words = self.server.words
        data = {"build": state.build, "problems": state.problems, **vars(words)}
        return f"event: state\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()

    def _page_of_problems(self) -> bytes:
        """A page while nothing could be built yet; reads without script too."""
        words = self.server.words
        items = "".join(f"<li>{html.escape(problem)}</li>" for problem in self.state.problems)
        return (
            f'<!doctype html>\n<html lang="{words.lang}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{html.escape(words.heading)}</title></head>'
            f"<body><h1>{html.escape(words.heading)}</h1><ol>{items}</ol></body></html>\n"
        ).encode()
