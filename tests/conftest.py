"""What the tests share: the project's folder, a real Chromium, a small web server, and the real site built once.

The browser comes from `build.py test` (EXPO_CHROMIUM, EXPO_CHROMIUM_SHELL) or is looked for as that command does; a
missing one fails the test. Nothing here fakes a part of the project.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Page, expect

from build import only_one_run
from expo.cli.chromium import ensure_chromium, find_shell, launch_flags
from expo.cli.preview_server import FolderHandler, FolderServer
from expo.config import make_config
from expo.model import Expo
from expo.pipeline import load_expo
from tests.catalogue_page import PATIENCE, Catalogue

PROJECT = Path(__file__).resolve().parent.parent

# A busy machine is no failure: how long an example takes is the benches' business. What is right ends a wait at once.
settings.register_profile("expo", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fuzz", parent=settings.get_profile("expo"))  # of tools/fuzz.py: see tests/test_fuzz.py
settings.load_profile("expo")
LAUNCH_PATIENCE = 120_000  # milliseconds for the browser to start
expect.set_options(timeout=PATIENCE)

ServeFolder = Callable[..., str]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`build.py test tests/test_looks_browser.py --refresh-looks` keeps what the pages look like now."""
    parser.addoption("--refresh-looks", action="store_true", help="keep pictures anew where they look different")


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser to drive where pictures are compared."""
    return ensure_chromium("en", quiet=True)


@pytest.fixture(scope="session")
def shell_path(chromium_path: Path) -> Path:
    """The browser to drive everywhere else: its build without windows, if there is one."""
    named = os.environ.get("EXPO_CHROMIUM_SHELL")
    if named or os.environ.get("EXPO_CHROMIUM"):
        return Path(named) if named else chromium_path
    return find_shell(chromium_path)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], shell_path: Path) -> dict[str, Any]:
    """How pytest-playwright starts the browser: the one found, not one of its own."""
    own = {"executable_path": str(shell_path), "args": launch_flags(), "timeout": LAUNCH_PATIENCE}
    return {**browser_type_launch_args, **own}


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[ServeFolder]:
    """Returns `serve(folder, sub_path="")`, which answers with the base address, ending in a slash."""
    servers: list[FolderServer] = []

    def serve(folder: Path, sub_path: str = "") -> str:
        prefix = f"/{sub_path.strip('/')}/" if sub_path.strip("/") else "/"
        handler = partial(FolderHandler, directory=str(folder), prefix=prefix)
        server = FolderServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}{prefix}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder of all test processes of a run together."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def build_once(factory: pytest.TempPathFactory, name: str, make_arguments: Callable[[Path], list[str]]) -> Path:
    """A site built by the real pipeline, once for all test processes together; arguments are made beside it."""
    shared = shared_folder(factory)
    output = shared / name
    done = shared / f"{name}.done"
    with only_one_run(shared / f"{name}.lock"):
        if not done.exists():
            from expo.cli import main

            (shared / f"{name}-made").mkdir(exist_ok=True)
            arguments = make_arguments(shared / f"{name}-made")
            code = main(["build", "--output", str(output), "--quiet", *arguments])
            assert code == 0, f"the build of {name} ended with {code}"
            done.touch()
    return output


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content, built once. Tests only read it."""
    return build_once(tmp_path_factory, "built-site", lambda _: [])


@pytest.fixture(scope="session")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three made-up exhibits: one with pictures, none in English, a number that was withdrawn. Tests only read it."""

    def make_arguments(folder: Path) -> list[str]:
        from tests.test_pictures import make_content

        return ["--content", str(make_content(folder)), "--site-url", "https://expo.example"]

    return build_once(tmp_path_factory, "odd-site", make_arguments)


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gallery of components and the site of its content, built once for all test processes together."""
    shared = shared_folder(tmp_path_factory)
    output, done = shared / "gallery", shared / "gallery.done"
    with only_one_run(shared / "gallery.lock"):
        if not done.exists():
            from tools.make_gallery import build_gallery

            build_gallery(output)
            done.touch()
    return output


@pytest.fixture(scope="session")
def real_expo() -> Expo:
    """The real content, as a model."""
    return load_expo(make_config())


@pytest.fixture(scope="session")
def catalogue_address(built_site: Path, serve_folder: ServeFolder) -> str:
    """Address of the real catalogue."""
    return serve_folder(built_site) + "sang-kien/"


@pytest.fixture
def catalogue(page: Page, catalogue_address: str) -> Iterator[Catalogue]:
    """The real catalogue on a wide screen. An error in the page, whenever, fails the test."""
    page.set_viewport_size({"width": 1440, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Catalogue(page, catalogue_address)
    assert errors == []
