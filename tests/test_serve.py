"""`serve`: a real server on loopback, real builds, a real browser.

One server for the file: each test leaves the content as it found it. Changes are noticed within moments, so every wait
has an end and says what it waited for.
"""

from __future__ import annotations

import _thread
import errno
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Page, expect

from expo.cli import serve_command
from expo.cli.preview_glance import GlanceProcess
from expo.cli.preview_server import FolderHandler, FolderServer, PreviewServer, PreviewWords
from expo.cli.serve_command import open_server
from expo.config import Config, make_config

pytestmark = pytest.mark.slow

LONGEST_WAIT = 180.0  # seconds, on a machine that has other things to do

INITIATIVE = """---
id: SK-0001
title: "{title}"
summary: "Người dân báo đèn đường hỏng bằng điện thoại và xã cử người đến sửa. Đây là nội dung để thử."
added: 2026-11-24
province: [tay-ninh]
themes: [giao-thong-do-thi]
stage: {stage}
proposer:
  type: state-agency
  name: "UBND xã thử nghiệm"
origin: compiled
started: 2019
sources:
  - key: thu
    title: "Nguồn để thử"
    address: null
    publisher: "Nơi đăng để thử"
    date: null
    kind: press
---

## Giải pháp

Nội dung để thử.[^thu]
"""


@dataclass
class Preview:
    """A running `serve` and the one exhibit that it shows."""

    process: subprocess.Popen[str]
    address: str
    content: Path
    cache: Path

    @property
    def exhibit(self) -> str:
        """Address of the exhibit."""
        return f"{self.address}sang-kien/den-duong/"

    def write(self, title: str = "Đèn đường ở thôn 3", stage: str = "pilot") -> None:
        """Change the exhibit's file."""
        path = self.content / "initiatives" / "den-duong.md"
        path.write_text(INITIATIVE.format(title=title, stage=stage), encoding="utf-8")


def make_content(folder: Path, title: str = "Đèn đường ở thôn 3", stage: str = "pilot") -> Path:
    """A content folder with one exhibit."""
    (folder / "content" / "initiatives").mkdir(parents=True)
    path = folder / "content" / "initiatives" / "den-duong.md"
    path.write_text(INITIATIVE.format(title=title, stage=stage), encoding="utf-8")
    return folder / "content"


def start_serve(project: Path, content: Path, cache: Path) -> Preview:
    """Start the command and wait for the address that it prints."""
    process = subprocess.Popen(
        [sys.executable, str(project / "build.py"), "serve", "--port", "0", "--quiet", "--content", str(content)],
        env={**os.environ, "EXPO_CACHE_DIR": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("Xem thử tại http://127.0.0.1:"), line
    return Preview(process, line.split()[3], content, cache)


def stop_serve(preview: Preview) -> tuple[str, int]:
    """Press Ctrl-C; what was said on stderr, and the exit code."""
    os.killpg(preview.process.pid, signal.SIGINT)
    _, said = preview.process.communicate(timeout=LONGEST_WAIT)
    return said, preview.process.returncode


@pytest.fixture(scope="module")
def preview(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A running `serve` over a small content folder."""
    folder = tmp_path_factory.mktemp("serve")
    running = start_serve(project, make_content(folder), folder / "cache")
    yield running
    stop_serve(running)


def get(address: str) -> tuple[int, str, str]:
    """Status, content type and text of an address."""
    try:
        with urllib.request.urlopen(address, timeout=LONGEST_WAIT) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()


def open_events(address: str) -> HTTPResponse:
    """The event stream of a preview."""
    opened = urllib.request.urlopen(address + ".preview/events", timeout=LONGEST_WAIT)
    assert isinstance(opened, HTTPResponse)
    return opened


def wait_for_state(events: HTTPResponse, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first state that is wanted."""
    until = time.monotonic() + LONGEST_WAIT
    last: dict[str, Any] = {}
    while time.monotonic() < until:
        line = events.readline().decode()
        if line.startswith("data: "):
            last = json.loads(line.removeprefix("data: "))
            if wanted(last):
                return last
    raise AssertionError(f"no such state came; the last was {last}")


def test_a_page_is_served_with_the_reload_script_as_a_file(preview: Preview) -> None:
    """The script and its style come from addresses of the preview, none stands in the page, so the CSP holds."""
    status, kind, text = get(preview.exhibit)
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert '<script defer src="/.preview/reload.js" data-events="/.preview/events" data-build="' in text
    assert '<link rel="stylesheet" href="/.preview/preview.css">' in text
    assert get(preview.address + ".preview/reload.js")[:2] == (200, "text/javascript; charset=utf-8")
    assert get(preview.address + ".preview/preview.css")[:2] == (200, "text/css; charset=utf-8")


def test_a_missing_page_gets_the_sites_own_404_with_the_script(preview: Preview) -> None:
    """Someone who mends a broken link sees the reload on the 404 page too."""
    status, kind, text = get(preview.address + "khong-co/")
    assert (status, kind) == (404, "text/html; charset=utf-8")
    assert "/.preview/reload.js" in text


def test_nothing_outside_the_built_site_is_served(preview: Preview) -> None:
    """Addresses that climb, and unknown ones of the preview, lead nowhere."""
    for path in (
        "../serve_command.py",
        "%2e%2e/%2e%2e/serve_command.py",
        ".preview/../../serve_command.py",
        ".preview/x",
    ):
        assert get(preview.address + path)[0] == 404


def test_a_changed_file_is_built_and_told(preview: Preview) -> None:
    """After a change of the content an event names a new build, and the page has the new words."""
    events = open_events(preview.address)
    first = wait_for_state(events, lambda state: True)
    preview.write(title="Đèn đường đã đổi tên")
    changed = wait_for_state(events, lambda state: state["build"] != first["build"])
    assert changed["problems"] == []
    assert "Đèn đường đã đổi tên" in get(preview.exhibit)[2]
    preview.write()
    wait_for_state(events, lambda state: state["build"] != changed["build"])


def test_a_mistake_is_told_and_the_old_page_stays(preview: Preview) -> None:
    """A wrong file leaves the build as it was; its problems are told in Vietnamese, whole, until it is mended."""
    events = open_events(preview.address)
    first = broken = wait_for_state(events, lambda state: True)
    preview.write(title="Tên của bản hỏng", stage="pliot")
    while not broken["problems"]:  # the whole build that follows a quick look of the test before may end meanwhile
        first, broken = broken, wait_for_state(events, lambda state: True)
    assert broken["build"] == first["build"]
    assert broken["heading"] == "Chưa dựng được trang"
    assert broken["problems"][0] == (
        "content/initiatives/den-duong.md:8: stage: “pliot” không có trong danh sách; "
        "dùng: idea, pilot, full-scale, ended, unknown. Có phải ý bạn là “pilot”?"
    )
    status, _, text = get(preview.exhibit)
    assert status == 200
    assert "Đèn đường ở thôn 3" in text
    assert "Tên của bản hỏng" not in text
    preview.write(title="Đèn đường đã mắc xong")
    wait_for_state(events, lambda state: not state["problems"] and state["build"] != first["build"])
    assert "Đèn đường đã mắc xong" in get(preview.exhibit)[2]
    preview.write()
    while "Đèn đường ở thôn 3" not in get(preview.exhibit)[2]:  # the whole build after a quick look is told, too
        wait_for_state(events, lambda state: True)


@pytest.mark.browser
def test_the_browser_shows_mistakes_over_the_page_and_reloads(preview: Preview, page: Page) -> None:
    """In a real browser, under the site's policy: a panel on a mistake, as text and not as HTML; gone when mended."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(preview.exhibit)
    preview.write(stage="<img src=x>")
    panel = page.locator("#expo-preview")
    expect(panel).to_contain_text("stage: “<img src=x>” không có trong danh sách", timeout=LONGEST_WAIT * 1000)
    expect(panel.get_by_role("heading")).to_have_text("Chưa dựng được trang")
    expect(panel.locator("img")).to_have_count(0)
    expect(page.locator("h1")).to_contain_text("Đèn đường ở thôn 3")
    assert panel.evaluate("panel => getComputedStyle(panel).position") == "fixed"
    panel.get_by_role("button", name="Đóng").click()
    expect(panel).to_have_count(0)
    preview.write(title="Đèn đường đã sửa xong")
    expect(page.locator("h1")).to_contain_text("Đèn đường đã sửa xong", timeout=LONGEST_WAIT * 1000)
    assert [one for one in complaints if "Content Security Policy" in one or "Refused" in one] == []
    preview.write()
    expect(page.locator("h1")).to_contain_text("Đèn đường ở thôn 3", timeout=LONGEST_WAIT * 1000)


def test_wrong_content_from_the_start_is_a_page_of_problems_until_mended(project: Path, tmp_path: Path) -> None:
    """With nothing built yet every address says what is wrong, escaped; Ctrl-C ends with 130 and leaves nothing."""
    running = start_serve(project, make_content(tmp_path, stage="<b>"), tmp_path / "cache")
    status, kind, text = get(running.exhibit)
    assert (status, kind) == (503, "text/html; charset=utf-8")
    assert "stage: “&lt;b&gt;” không có trong danh sách" in text
    assert "<b>" not in text
    events = open_events(running.address)
    running.write()
    wait_for_state(events, lambda state: state["build"] != 0)
    assert get(running.exhibit)[0] == 200
    assert stop_serve(running) == ("\nĐã dừng xem thử.\n", 130)
    assert [path.name for path in (running.cache / "preview").iterdir()] == []


def test_a_change_during_the_first_build_is_built_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Watching begins before the content is first read."""
    content = make_content(tmp_path)
    builds: list[str] = []

    def fake_rebuild(config: Config, *_: object) -> None:
        builds.append("built")
        if len(builds) == 2:
            raise KeyboardInterrupt
        with (config.content / "initiatives" / "den-duong.md").open("a", encoding="utf-8") as file:
            file.write("\nThêm một câu.\n")

    monkeypatch.setattr(serve_command, "rebuild", fake_rebuild)
    patience = threading.Timer(LONGEST_WAIT, _thread.interrupt_main)
    patience.start()
    config = make_config(content=content, quiet=True, environment={"EXPO_CACHE_DIR": str(tmp_path / "cache")})
    assert serve_command.run_serve(config, 0) == 130
    patience.cancel()
    assert builds == ["built", "built"]


def make_words() -> PreviewWords:
    """Words of a panel."""
    return PreviewWords("vi", "Lỗi", "Bản trước", "Đóng")


def test_a_taken_port_is_refused_when_asked_for_and_passed_over_when_not(project: Path) -> None:
    """--port means that port; without it the next free one serves. Only this computer can reach either."""
    config = make_config(environment={})
    with PreviewServer(0, make_words()) as taken:
        port = taken.server_address[1]
        assert taken.server_address[0] == "127.0.0.1"
        done = subprocess.run(
            [sys.executable, str(project / "build.py"), "serve", "--port", str(port)],
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr == (
            f"Cổng {port} không mở được ({os.strerror(errno.EADDRINUSE)}); "
            "chọn cổng khác bằng --port, hoặc bỏ --port.\n"
        )
        with open_server(config, None, first=port) as other:
            assert other.server_address[0] == "127.0.0.1"
            assert other.server_address[1] != port


def test_one_answer_comes_from_one_build(tmp_path: Path) -> None:
    """Page and script tag of an answer are of one build, also when another is shown while it is asked for."""
    with PreviewServer(0, make_words()) as server:
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "index.html").write_text(f"<html><head></head><body>{name}</body></html>")
        server.show(tmp_path / "a")
        first = server.state.build
        with socket.create_connection(("127.0.0.1", server.server_address[1])) as asking:
            server.show(tmp_path / "b")
            asking.sendall(b"GET / HTTP/1.0\r\n\r\n")
            server.handle_request()
            answer = b""
            while part := asking.recv(65536):
                answer += part
        assert answer.decode().endswith("<body>b</body></html>")
        assert f'data-build="{server.state.build}"' in answer.decode()
        assert server.state.build > first


class Faulty(FolderHandler):
    """Has a bug."""

    def list_directory(self, path: Any) -> Any:
        """Where it is."""
        raise KeyError("ours")


def test_a_browser_that_goes_away_early_is_no_failure(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed of it; a fault of our own still is, with its traceback."""
    (tmp_path / "long").write_bytes(bytes(20_000_000))
    said = []
    with FolderServer(("127.0.0.1", 0), partial(Faulty, directory=str(tmp_path))) as server:
        for request in (b"GET /long HTTP/1.0\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n"):
            before = set(threading.enumerate())
            asking = socket.create_connection(server.server_address[:2])
            asking.sendall(request)
            server.handle_request()
            asking.recv(100)
            asking.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset, not an end
            asking.close()
            for thread in set(threading.enumerate()) - before:
                thread.join(LONGEST_WAIT)
            said.append(capfd.readouterr().err)
    assert said[0] == ""
    assert "Traceback" in said[1] and "KeyError: 'ours'" in said[1]


def test_an_open_page_is_made_before_the_build_and_is_the_one_of_the_build(preview: Preview) -> None:
    """A page that says that it is open is new at once; when the build has the same one, nothing is loaded again."""
    address = preview.exhibit.removeprefix(preview.address.rstrip("/"))
    other = urllib.request.urlopen(f"{preview.address}.preview/events?page=/en{address}", timeout=LONGEST_WAIT)
    events = urllib.request.urlopen(f"{preview.address}.preview/events?page={address}", timeout=LONGEST_WAIT)
    first = wait_for_state(events, lambda state: True)
    preview.write(title="Đèn đường vừa sửa")
    early = wait_for_state(events, lambda state: state["build"] != first["build"])
    pages = [get(preview.exhibit)[2], get(f"{preview.address}en{address}")[2]]
    assert all("Đèn đường vừa sửa" in page for page in pages)
    built = wait_for_state(events, lambda state: True)
    assert built == early
    assert [get(preview.exhibit)[2], get(f"{preview.address}en{address}")[2]] == pages
    assert "Đèn đường vừa sửa" in get(preview.address)[2]
    other.close()
    preview.write()
    wait_for_state(events, lambda state: state["build"] != built["build"])
    wait_for_state(events, lambda state: True)


def test_early_pages_stand_before_the_folder_until_it_has_them(tmp_path: Path) -> None:
    """A build of older content replaces the folder behind them; one of the newest ends them."""
    with PreviewServer(0, make_words()) as server:
        server.show_early({"/": "too early"})
        assert server.state.folder is None and not server.state.early
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "index.html").write_text(name)
        server.show(tmp_path / "a")
        first = server.state.build
        server.show_early({"/": "new"})
        early = server.state
        assert early.build > first and early.early == {"/": b"new"}
        server.complain(["x"])
        server.show(tmp_path / "b", is_latest=False)
        assert (server.state.build, server.state.early, server.state.problems) == (early.build, early.early, ("x",))
        (tmp_path / "a" / "index.html").write_text("new")
        server.note_open("/", 1)
        server.show(tmp_path / "a")
        assert (server.state.build, server.state.early, server.state.problems) == (early.build, {}, ())
        server.show_early({"/": "newer"})
        server.note_open("/khac/", 1)  # of which nothing early is known
        server.show(tmp_path / "a")
        assert server.state.build > early.build + 1
        server.note_open("/khac/", -1)
        assert server.open_pages() == ["/"]


def test_two_may_end_a_glance_at_once() -> None:
    """Ctrl-C ends the process, whereupon the thread that waits for its answer ends it, too."""

    class Process:
        """Whose end is noticed by another while it is brought about."""

        ended = 0

        def kill(self) -> None:
            """The other one calls in between."""
            glance.stop()

        def wait(self) -> None:
            """Once."""
            self.ended += 1

    process: Any = Process()
    glance = GlanceProcess(make_config(environment={}))
    glance._process = process
    glance.stop()
    assert (process.ended, glance._process) == (1, None)


def test_a_glance_that_fails_has_seen_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It is killed, or has a bug, which is told: the build follows. The next look starts another."""
    config = make_config(content=make_content(tmp_path), environment={"EXPO_CACHE_DIR": str(tmp_path / "cache")})
    glance = GlanceProcess(config)
    try:
        seen = glance.look(["/sang-kien/den-duong/", "/khong-co/"])
        assert list(seen.pages) == ["/sang-kien/den-duong/"] and seen.complaints == ()
        assert glance._process is not None
        glance._process.kill()
        glance._process.wait()
        assert glance.look(["/sang-kien/den-duong/"]).pages
        assert capfd.readouterr().err == ""
        no_address: Any = ["no address"]  # what no page can be found by, so that looking fails
        assert glance.look([no_address]).pages == {}
        assert "Traceback" in capfd.readouterr().err
        (config.content / "initiatives" / "hong.md").write_text("x")
        seen = glance.look(["/sang-kien/den-duong/"])
        assert seen.pages == {} and seen.complaints[0].startswith("content/initiatives/hong.md:1: ")
    finally:
        glance.stop()
