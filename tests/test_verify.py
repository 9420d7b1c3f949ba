"""`verify`: every difference between a published site and its manifest is named; nothing is changed, nothing hangs.

Real folders, a real web server; sites are made by the room that makes all sites.
"""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.cli import main
from expo.config import make_config
from expo.write import ManifestBroken, write_output
from expo.write.manifest import make_manifest, read_manifest
from expo.write.verify import Difference, NotPublished, verify_address, verify_folder
from tests.conftest import ServeFolder
from tests.unprivileged import as_nobody

FILES = {"index.html": "a", "sang-kien/mot/index.html": "b", "assets/tiếng việt.css": "c", "_headers": "d", "empty": ""}
Capture = pytest.CaptureFixture[str]


def make_site(folder: Path) -> Path:
    """A site of a few files, built into a new folder."""
    (folder / "content").mkdir()
    config = make_config(
        content=folder / "content", output=folder / "site", environment={"EXPO_CACHE_DIR": str(folder / "cache")}
    )
    with write_output(config) as output:
        for path, text in FILES.items():
            output.write(path, text.encode())
    return config.output


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The same, for each test anew."""
    return make_site(tmp_path)


def put(text: str) -> Callable[[Path], object]:
    """What writes a text into a file, whatever folders it needs."""

    def write(path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    return write


def replace_by_folder(path: Path) -> None:
    """A folder of the file's name."""
    path.unlink()
    path.mkdir()


def replace_by_link(path: Path) -> None:
    """A link to a copy with the same bytes, outside."""
    path.rename(path.parent.parent / "copy")
    path.symlink_to(path.parent.parent / "copy")


def replace_by_pipe(path: Path) -> None:
    """Opening it would wait for ever."""
    path.unlink()
    os.mkfifo(path)


def link_folder_away(path: Path) -> None:
    """The folder's files are still found through the link."""
    path.rename(path.parent.parent / "moved")
    path.symlink_to(path.parent.parent / "moved")


def test_a_site_as_it_was_built_is_good(site: Path) -> None:
    """All files but the manifest are compared."""
    found = verify_folder(site)
    assert (found.files, found.differences, found.left_out) == (len(FILES), (), ())


@pytest.mark.parametrize(
    ("path", "change", "expected"),
    [
        ("index.html", Path.unlink, ("index.html", "missing")),
        ("index.html", put("x"), ("index.html", "changed")),
        ("index.html", put("longer"), ("index.html", "changed")),
        ("empty", put("x"), ("empty", "changed")),
        ("index.html", replace_by_folder, ("index.html", "odd")),
        ("index.html", replace_by_link, ("index.html", "odd")),
        ("index.html", replace_by_pipe, ("index.html", "odd")),
        ("extra.html", put("x"), ("extra.html", "foreign")),
        ("sang-kien/mot/extra", put("x"), ("sang-kien/mot/extra", "foreign")),
        ("sang-kien/hai/a/b", put("x"), ("sang-kien/hai/", "foreign")),
        ("Index.html", put("x"), ("Index.html", "foreign")),
        (".git/config", put("x"), (".git/", "foreign")),
        ("sang-kien/CNAME", put("x"), ("sang-kien/CNAME", "foreign")),
        ("sang-kien", link_folder_away, ("sang-kien", "foreign")),
    ],
)
def test_one_change_is_one_difference(
    site: Path, path: str, change: Callable[[Path], object], expected: tuple[str, str]
) -> None:
    """Named by its path, and nothing else is."""
    change(site / path)
    assert verify_folder(site).differences == (Difference(*expected),)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """As such, and the others are compared all the same."""

    def try_it(place: Path) -> None:
        site = make_site(place)
        (site / "index.html").chmod(0)
        (site / "empty").unlink()
        assert verify_folder(site).differences == (
            Difference("empty", "missing"),
            Difference("index.html", "unreadable", "Permission denied"),
        )

    as_nobody(tmp_path, try_it)


def test_what_hosts_add_is_left_out(site: Path) -> None:
    """At the root of the site only; it is told, not judged."""
    for name in ("CNAME", ".nojekyll", ".well-known/security.txt"):
        put("x")(site / name)
    found = verify_folder(site)
    assert (found.differences, found.left_out) == ((), (".nojekyll", ".well-known/", "CNAME"))


def test_a_folder_that_no_build_made_is_no_site(site: Path) -> None:
    """Nor is one whose manifest is a link."""
    with pytest.raises(NotPublished):
        verify_folder(site / "sang-kien")
    with pytest.raises(NotPublished):
        verify_folder(site / "index.html")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        "\ufeff{}",
        "[]",
        "{}",
        '{"version": 2, "files": {}}',
        '{"version": 1, "files": []}',
        '{"version": 1, "files": {"a": 1}}',
        '{"version": 1, "files": {"a": {"bytes": true, "sha256": "' + "0" * 64 + '"}}}',
        '{"version": 1, "files": {"a": {"bytes": -1, "sha256": "' + "0" * 64 + '"}}}',
        '{"version": 1, "files": {"a": {"bytes": 1, "sha256": "' + "0" * 63 + '"}}}',
        '{"version": 1, "files": {"a": {"bytes": 1, "sha256": 0}}}',
        *(
            json.dumps({"version": 1, "files": {path: {"bytes": 1, "sha256": "0" * 64}}})
            for path in ("../a", "/etc/passwd", "a/../../b", "", ".", "a//b", "a\\b", "a\0b", "manifest.json")
        ),
    ],
    ids=lambda text: text[:60],
)
def test_a_manifest_that_is_none_is_refused(site: Path, text: str) -> None:
    """Above all one that leads out of the folder."""
    (site / "manifest.json").write_text(text)
    with pytest.raises(ManifestBroken):
        verify_folder(site)


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\/\0"), min_size=1).filter(
            lambda name: name not in (".", "..", "manifest.json")
        ),
        st.tuples(st.integers(min_value=0), st.text("0123456789abcdef", min_size=64, max_size=64)),
    )
)
def test_a_manifest_is_read_as_it_was_made(rows: dict[str, tuple[int, str]]) -> None:
    """Whatever files are called, and the same bytes whatever the order they were written in."""
    assert read_manifest(make_manifest(rows)) == rows
    assert make_manifest(dict(reversed(rows.items()))) == make_manifest(rows)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail(content: bytes) -> None:
    """There is a manifest or a refusal."""
    try:
        read_manifest(content)
    except ManifestBroken:
        pass


# Over the network


def test_a_published_address_is_compared(site: Path, serve_folder: ServeFolder) -> None:
    """What the server gives out for each file; settings of hosts are not asked for."""
    address = serve_folder(site, "expo")
    found = verify_address(address)
    assert (found.files, found.differences, found.left_out) == (len(FILES) - 1, (), ("_headers",))
    put("x")(site / "index.html")
    put("longer")(site / "empty")
    (site / "assets/tiếng việt.css").unlink()
    assert verify_address(address.rstrip("/")).differences == (
        Difference("assets/tiếng việt.css", "missing", "HTTP 404"),
        Difference("empty", "changed"),
        Difference("index.html", "changed"),
    )
    with pytest.raises(NotPublished):
        verify_address(address + "sang-kien")


def test_an_address_with_vietnamese_letters_is_compared(site: Path, serve_folder: ServeFolder) -> None:
    """As people read and copy it; one that leads nowhere is a failure of the network, and no fault of ours."""
    address = serve_folder(site, quote("triển-lãm"))
    assert verify_address(unquote(address)).differences == verify_address(address).differences == ()
    with pytest.raises(OSError, match="label"):
        verify_address("https://vi-du..github.io/")


def test_a_redirection_to_a_file_of_this_machine_is_not_followed(tmp_path: Path) -> None:
    """A hostile server can't make us read one."""
    secret = tmp_path / "manifest.json"
    secret.write_bytes(make_manifest({}))

    class Redirecting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", secret.as_uri())
            self.end_headers()

        def log_request(self, *_: object) -> None:
            """Nothing is logged."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Redirecting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(OSError, match="302"):
            verify_address(f"http://127.0.0.1:{server.server_address[1]}/")
        server.shutdown()


# The command


def run(capsys: Capture, *arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `verify`, without its progress."""
    code = main(["verify", *map(str, arguments), "--lang", "en", "--quiet"])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_the_command_tells_the_hash_of_the_manifest(site: Path, capsys: Capture) -> None:
    """So that it can be compared with what `build` printed, by eye or by option, in either case."""
    digest = verify_folder(site).manifest_sha256
    good = f"All {len(FILES)} files are there and right.\n"
    assert run(capsys, site) == (0, f"{good}SHA-256 of manifest.json: {digest}\n", "")
    assert run(capsys, site, "--manifest-sha256", digest.upper()) == (0, good, "")


def test_another_manifest_is_told_even_if_all_files_fit_it(site: Path, capsys: Capture) -> None:
    """Whoever changes a file may change the manifest as well."""
    wanted, digest = "0" * 64, verify_folder(site).manifest_sha256
    sentence = (
        f"manifest.json: is another one; SHA-256 {wanted} is wanted, here it is {digest}. "
        "This is another build, or the manifest was changed.\n"
    )
    assert run(capsys, site, "--manifest-sha256", wanted) == (1, sentence, "")


def test_every_difference_is_a_line_and_the_code_is_1(site: Path, capsys: Capture) -> None:
    """Names of strangers' files come without what a terminal would obey."""
    (site / "index.html").unlink()
    put("x")(site / "empty")
    put("x")(site / "a\x1b[31m\nb")
    replace_by_link(site / "_headers")
    code, out, err = run(capsys, site)
    assert (code, err) == (1, "")
    assert out.splitlines()[:-1] == [
        "_headers: is a link, a folder or something else, not a plain file.",
        "a[31m b: is not in the manifest; build did not make it.",
        "empty: is not what was built.",
        "index.html: is missing.",
        f"4 differ, of {len(FILES)} files in the manifest. Build again and publish the whole folder.",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere"], "nowhere: there is no manifest.json of build (No such file or directory); name the folder or "),
        (["ftp://expo.example"], '"ftp://expo.example" is no address of a site; write all of it, such as '),
        (["--manifest-sha256", "12"], '--manifest-sha256: "12" is no SHA-256; copy all 64 digits that build printed.'),
    ],
)
def test_a_place_that_is_none_ends_with_2(capsys: Capture, arguments: list[str], sentence: str) -> None:
    """One sentence with the way out."""
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(sentence)


def test_a_broken_manifest_ends_with_2(site: Path, capsys: Capture) -> None:
    """It can't tell right from wrong."""
    (site / "manifest.json").write_text("{}")
    code, out, err = run(capsys, site)
    assert (code, out) == (2, "")
    assert err == f"{site}: manifest.json is damaged or not made by build (version); build again.\n"


def test_a_server_that_does_not_answer_ends_with_3(capsys: Capture) -> None:
    """The network's fault, in the system's word."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
    code, out, err = run(capsys, address)
    assert (code, out) == (3, "")
    assert "Connection refused" in err and "Traceback" not in err
