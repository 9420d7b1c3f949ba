"""Finds the Chromium that the tests drive, and fetches one where that can be done without asking.

In: the environment and the disk. Out: the path of a browser, or BrowserMissing with the ways out in both languages.
The order: EXPO_CHROMIUM; a Chromium, Chrome or Edge on PATH or in its usual place; one that Playwright fetched before;
`apt-get install chromium` as root on Debian; `playwright install chromium`. It never answers "skip the browser tests".
Does not start the browser: tests/conftest.py does, with `launch_flags`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
MAC_PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_PLACES = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
FLAGS = (
    # Nothing leaves the machine on the browser's own account, so a request to another host is the site's.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    # Machines that test have no graphics card; the software path is the same everywhere.
    "--disable-gpu",
    # Letters as wide as their font says: the build without windows would fit them to whole pixels, a tenth wider.
    "--font-render-hinting=none",
)
SHELL = "chromium-headless-shell"  # Debian's build without windows, of the same version: tests take a third less time
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""

FOUR_WAYS = {
    "vi": """Không có trình duyệt để kiểm thử; các bài kiểm thử cần một Chromium thật. Chọn một trong bốn cách:
  1. Đặt EXPO_CHROMIUM=/đường/dẫn/tới/chromium (Chrome và Edge cũng được).
  2. Cài Chromium, Google Chrome hoặc Microsoft Edge vào chỗ thường lệ, rồi chạy lại.
  3. Trên Debian, với quyền root: apt-get update && apt-get install -y chromium
  4. {playwright}""",
    "en": """There is no browser to test with; the tests need a real Chromium. Choose one of four ways:
  1. Set EXPO_CHROMIUM=/path/to/chromium (Chrome and Edge will do).
  2. Install Chromium, Google Chrome or Microsoft Edge in its usual place and run again.
  3. On Debian, as root: apt-get update && apt-get install -y chromium
  4. {playwright}""",
}
NOT_A_FILE = {
    "vi": 'EXPO_CHROMIUM: "{path}" không phải là tệp chạy được; hãy ghi đường dẫn đầy đủ của trình duyệt.',
    "en": 'EXPO_CHROMIUM: "{path}" is not a file that can be run; give the full path of a browser.',
}
FETCHING = {
    "vi": "Chưa có trình duyệt; đang lấy Chromium ({way})…",
    "en": "There is no browser; getting Chromium ({way})…",
}


class BrowserMissing(Exception):
    """No browser was found or could be fetched; the message says what to do."""


def launch_flags() -> list[str]:
    """The flags every test browser starts with."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    # Chromium refuses to start its sandbox as root, as in most containers.
    return [*FLAGS, "--no-sandbox"] if is_root else list(FLAGS)


def find_chromium(lang: str = "vi") -> Path | None:
    """The browser that is there already, or None. Raises BrowserMissing when EXPO_CHROMIUM names none."""
    named = os.environ.get("EXPO_CHROMIUM")
    if named:
        path = Path(named)
        if path.is_file() and os.access(path, os.X_OK):
            return path
        raise BrowserMissing(NOT_A_FILE[lang].format(path=named))
    return next((path for path in _candidates() if path.is_file() and not _is_snap(path)), None)


def find_shell(browser: Path) -> Path:
    """The build without windows that lies beside a browser, or the browser itself.

    Letters are drawn a little differently there, so pictures that are compared are taken by the browser.
    """
    shell = browser.with_name(SHELL)
    return shell if browser.name == NAMES[0] and shell.is_file() and os.access(shell, os.X_OK) else browser


def ensure_chromium(lang: str = "vi", quiet: bool = False) -> Path:
    """Finds a browser or fetches one. Raises BrowserMissing with the four ways when neither works."""
    found = find_chromium(lang)
    if found:
        return found
    for way in _ways_to_fetch():
        if not quiet:
            print(FETCHING[lang].format(way=" ".join(way[-1])), file=sys.stderr, flush=True)
        if all(_runs(command) for command in way):
            found = find_chromium(lang)
            if found:
                return found
    playwright = f'"{sys.executable}" -m playwright install chromium --with-deps'
    raise BrowserMissing(FOUR_WAYS[lang].format(playwright=playwright))


def _candidates() -> Iterator[Path]:
    """Where a browser may lie, best first."""
    for name in NAMES:
        on_path = shutil.which(name)
        if on_path:
            yield Path(on_path)
    if sys.platform == "darwin":
        yield from map(Path, MAC_PLACES)
    elif sys.platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            folder = os.environ.get(variable)
            if folder:
                yield from (Path(folder) / place for place in WINDOWS_PLACES)
    else:
        yield from (Path("/usr/bin") / name for name in NAMES)
        yield Path("/opt/google/chrome/chrome")
    yield from _fetched_by_playwright()


def _fetched_by_playwright() -> Iterator[Path]:
    """The Chromium of this Playwright's version, where it would be if it had been fetched."""
    # In a process of its own: a test run may have started Playwright already, and two in one process don't mix.
    done = subprocess.run([sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, encoding="utf-8")
    if done.returncode == 0 and done.stdout.strip():
        yield Path(done.stdout.strip())


def _is_snap(path: Path) -> bool:
    """Ubuntu's package is a script that starts a snap, whose browser can't see folders of tests."""
    if "snap" in path.resolve().parts:
        return True
    with path.open("rb") as file:
        return b"/snap/" in file.read(4096)


def _ways_to_fetch() -> list[list[list[str]]]:
    """Each way is a list of commands. None without a network."""
    if os.environ.get("EXPO_OFFLINE"):
        return []
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    if not is_root:
        # --with-deps calls sudo, which would stop and ask for a password.
        return [[playwright]]
    if _is_debian():
        install = ["apt-get", "install", "-y", "chromium"]
        return [[["apt-get", "update"], [*install, SHELL]], [install], [[*playwright, "--with-deps"]]]
    return [[[*playwright, "--with-deps"]]]


def _is_debian() -> bool:
    """True on Debian itself; Ubuntu, whose chromium is a snap, names itself ubuntu."""
    release = Path("/etc/os-release")
    lines = release.read_text(encoding="utf-8").splitlines() if release.is_file() else []
    return "ID=debian" in (line.replace('"', "") for line in lines)


def _runs(command: list[str]) -> bool:
    """Runs a command that fetches; its words go to stderr only when it fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    except OSError as error:
        print(error, file=sys.stderr)
        return False
    if done.returncode:
        print("\n".join((done.stdout + done.stderr).strip().splitlines()[-8:]), file=sys.stderr)
    return done.returncode == 0
