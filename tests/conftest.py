"""What the tests share: the project's folder, a real Chromium, a small web server, and the real site built once.

The browser comes from `build.py test` (EXPO_CHROMIUM) or is looked for as that command does; a missing one fails
the test. Nothing here fakes a part of the project.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from build import only_one_run
from expo.cli.chromium import ensure_chromium, launch_flags

PROJECT = Path(__file__).resolve().parent.parent

ServeFolder = Callable[..., str]


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser to drive."""
    return ensure_chromium("en", quiet=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium_path: Path) -> dict[str, Any]:
    """How pytest-playwright starts the browser: the one found, not one of its own."""
    return {**browser_type_launch_args, "executable_path": str(chromium_path), "args": launch_flags()}


class StaticHandler(SimpleHTTPRequestHandler):
    """Serves a folder below a path, as a plain static host does: 404.html for what is missing, nothing logged."""

    # Spelled out, because the system's own table differs from machine to machine.
    extensions_map = {
        "": "application/octet-stream",
        ".avif": "image/avif",
        ".bin": "application/octet-stream",
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".gz": "application/gzip",
        ".html": "text/html; charset=utf-8",
        ".ico": "image/x-icon",
        ".ics": "text/calendar; charset=utf-8",
        ".jpg": "image/jpeg",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".mjs": "text/javascript; charset=utf-8",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".ttf": "font/ttf",
        ".txt": "text/plain; charset=utf-8",
        ".webmanifest": "application/manifest+json",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }

    def __init__(self, *arguments: Any, prefix: str, **keywords: Any) -> None:
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
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_header(self, keyword: str, value: str) -> None:
        """A redirect to a folder's slash must keep the sub-path."""
        if keyword == "Location" and value.startswith("/"):
            value = self.prefix + value.removeprefix("/")
        super().send_header(keyword, value)

    def log_message(self, *arguments: Any) -> None:
        """Says nothing: the tests' output is for tests."""


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[ServeFolder]:
    """Returns `serve(folder, sub_path="")`, which answers with the base address, ending in a slash."""
    servers: list[ThreadingHTTPServer] = []

    def serve(folder: Path, sub_path: str = "") -> str:
        prefix = f"/{sub_path.strip('/')}/" if sub_path.strip("/") else "/"
        handler = partial(StaticHandler, directory=str(folder), prefix=prefix)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}{prefix}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content, built once by the real pipeline for all test processes together. Tests only read it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    output = shared / "built-site"
    done = shared / "built-site.done"
    with only_one_run(shared / "built-site.lock"):
        if not done.exists():
            from expo.cli import main

            code = main(["build", "--output", str(output), "--quiet"])
            assert code == 0, f"the build of the real content ended with {code}"
            done.touch()
    return output
