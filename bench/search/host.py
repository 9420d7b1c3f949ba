"""A plain static host on this machine that remembers what it sent.

In: a folder. Out: an address, and the log of every answer: path, when it was asked for, bytes on the wire with headers.
It does what simple hosts do: HTTP/1.1 with keep-alive, gzip level 6 for text, ten minutes of caching, no compression of
other files. Counting here sees the requests of workers too, which the page's own network events leave out.
"""

from __future__ import annotations

import gzip
import mimetypes
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote, urlsplit

TEXT = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt", ".webmanifest"}
LEVEL = 6


@dataclass(frozen=True)
class Answer:
    """One answer; `at` is the wall clock in seconds when the request came in."""

    path: str
    at: float
    size: int


class Host:
    """Serves one folder while it is open: `with Host(folder) as host: … host.address`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.answers: list[Answer] = []
        self.busy = 0
        self._packed: dict[Path, bytes] = {}
        self._lock = threading.Lock()
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                host._answer(self)

            def log_message(self, *_words: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Host:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        at = time.time()
        with self._lock:
            self.busy += 1
        try:
            path = unquote(urlsplit(handler.path).path)
            head, body = self._read(path)
            handler.wfile.write(head + body)
        except OSError:  # the browser has gone on to another page
            return
        finally:
            with self._lock:
                self.busy -= 1
        with self._lock:
            self.answers.append(Answer(path, at, len(head) + len(body)))

    def _read(self, path: str) -> tuple[bytes, bytes]:
        """Head and body of an answer."""
        file = (self.folder / path.lstrip("/")).resolve()
        if file.is_dir():
            file /= "index.html"
        if not file.is_relative_to(self.folder) or not file.is_file():
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", b""
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        lines = ["HTTP/1.1 200 OK", "Server: bench", f"Content-Type: {kind}", "Cache-Control: max-age=600"]
        lines += [f'ETag: "{file.stat().st_mtime_ns:x}"']
        if file.suffix in TEXT:
            if file not in self._packed:
                self._packed[file] = gzip.compress(file.read_bytes(), LEVEL, mtime=0)
            body = self._packed[file]
            lines += ["Content-Encoding: gzip", "Vary: Accept-Encoding"]
        else:
            body = file.read_bytes()
        lines += [f"Content-Length: {len(body)}", "", ""]
        return "\r\n".join(lines).encode("latin-1"), body
