"""Finding the browser, and the small server that pages are tested on.

Real files and a real Chromium; only the environment and the ways to fetch are set by the test.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from expo.cli import chromium

PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8">
<title>Đống Đa</title><script type="module" src="a.js"></script>"""


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without a browser and without a network; returns the only folder on its PATH."""
    monkeypatch.delenv("EXPO_CHROMIUM", raising=False)
    monkeypatch.setenv("EXPO_OFFLINE", "1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "_candidates", lambda: iter(tmp_path.glob("chrom*")))
    return tmp_path


def make_program(path: Path, text: str = "#!/bin/sh\n") -> Path:
    """A file that can be run."""
    path.write_text(text)
    path.chmod(0o755)
    return path


def test_expo_chromium_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The browser that was named is taken, whatever else is there."""
    named = make_program(tmp_path / "mine")
    monkeypatch.setenv("EXPO_CHROMIUM", str(named))
    assert chromium.find_chromium() == named


def test_a_wrong_expo_chromium_is_an_error_and_not_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Who names a browser wants that one."""
    monkeypatch.setenv("EXPO_CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(chromium.BrowserMissing) as caught:
        chromium.ensure_chromium("en")
    path = tmp_path / "none"
    assert str(caught.value) == (
        f'EXPO_CHROMIUM: "{path}" is not a file that can be run; give the full path of a browser.'
    )


def test_a_snap_is_passed_over(no_browser: Path) -> None:
    """Ubuntu's script starts a browser that can't see the tests' folders."""
    make_program(no_browser / "chromium", "#!/bin/sh\nexec /snap/bin/chromium\n")
    assert chromium.find_chromium() is None


def test_the_shell_beside_a_browser_is_found(tmp_path: Path) -> None:
    """Debian's, beside Debian's; a browser of another name, and a shell that cannot be run, stand alone."""
    browser, other = make_program(tmp_path / "chromium"), make_program(tmp_path / "google-chrome")
    assert chromium.find_shell(browser) == browser
    shell = make_program(tmp_path / chromium.SHELL)
    assert (chromium.find_shell(browser), chromium.find_shell(other)) == (shell, other)
    shell.chmod(0o644)
    assert chromium.find_shell(browser) == browser


def test_without_a_browser_the_four_ways_are_written_out(no_browser: Path) -> None:
    """It fails, it does not skip; the message holds all four ways."""
    with pytest.raises(chromium.BrowserMissing) as caught:
        chromium.ensure_chromium("en", quiet=True)
    lines = str(caught.value).splitlines()
    assert lines[0] == "There is no browser to test with; the tests need a real Chromium. Choose one of four ways:"
    assert [line[:5] for line in lines[1:]] == ["  1. ", "  2. ", "  3. ", "  4. "]


def test_root_starts_without_a_sandbox_and_others_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where Chromium would refuse to start is its sandbox given up."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "--no-sandbox" in chromium.launch_flags()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "--no-sandbox" not in chromium.launch_flags()


def test_a_page_below_a_sub_path_runs_its_script(page: Page, serve_folder: Callable[..., str], tmp_path: Path) -> None:
    """The real browser loads a module with the right type and shows what it wrote."""
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.js").write_text("document.title += ' / dong da'", encoding="utf-8")
    page.goto(serve_folder(tmp_path, "expo"))
    assert page.url.endswith("/expo/")
    assert page.title() == "Đống Đa / dong da"


def test_what_is_missing_answers_404_with_the_sites_own_page(serve_folder: Callable[..., str], tmp_path: Path) -> None:
    """As on the hosts: 404.html for a missing page, nothing outside the sub-path, a slash added after a folder."""
    (tmp_path / "404.html").write_text("own page")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "index.html").write_text("inside")
    base = serve_folder(tmp_path, "expo")
    with pytest.raises(HTTPError) as caught:
        urlopen(base + "none/")
    assert (caught.value.code, caught.value.read()) == (404, b"own page")
    with pytest.raises(HTTPError) as caught:
        urlopen(base.replace("/expo/", "/else/") + "folder/")
    assert caught.value.code == 404
    with urlopen(base + "folder") as answer:
        assert (answer.url, answer.read()) == (base + "folder/", b"inside")
