"""The cache: what was kept comes back whole or not at all, and losing it is never an error.

A permission can't be tested (root has them all): a folder that can't be read or written is one below a regular file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import expo.cache
import expo.dates
import expo.text
from expo.cache import DIGEST_LENGTH, Cache, Chest, Shelf, empty_cache, name_by_code, prune_versions

PROJECT = Path(__file__).resolve().parent.parent


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    """Folders are made when first needed; nothing else is left in them; a second keeping replaces the first."""
    cache = Cache(tmp_path / "a" / "cache")
    assert cache.read("page") is None
    cache.keep("page", b"one")
    cache.keep("page", b"hai\r\n")
    cache.keep("empty", b"")
    assert (cache.read("page"), cache.read("empty")) == (b"hai\r\n", b"")
    assert sorted(path.name for path in cache.folder.iterdir()) == ["empty", "page"]


@given(st.binary(min_size=1, max_size=200), st.data())
def test_a_damaged_file_is_as_good_as_none(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, data: st.DataObject
) -> None:
    """Cut off anywhere, or one bit changed anywhere."""
    cache = Cache(tmp_path_factory.mktemp("cache"))
    cache.keep("x", content)
    whole = (cache.folder / "x").read_bytes()
    cut = data.draw(st.integers(min_value=0, max_value=len(whole) - 1))
    (cache.folder / "x").write_bytes(whole[:cut])
    assert cache.read("x") is None
    bit = data.draw(st.integers(min_value=0, max_value=8 * len(whole) - 1))
    damaged = bytearray(whole)
    damaged[bit // 8] ^= 1 << bit % 8
    (cache.folder / "x").write_bytes(damaged)
    assert cache.read("x") is None
    (cache.folder / "x").write_bytes(whole)
    assert cache.read("x") == content


def test_a_folder_that_cannot_be_used_costs_time_only(tmp_path: Path) -> None:
    """Neither reading nor keeping says anything."""
    (tmp_path / "file").write_text("a file")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        cache = Cache(folder)
        cache.keep("x", b"content")
        assert cache.read("x") is None
    assert (tmp_path / "file").read_text() == "a file"
    (tmp_path / "cache" / "x").mkdir(parents=True)
    cache = Cache(tmp_path / "cache")
    cache.keep("x", b"content")
    assert cache.read("x") is None
    assert [path.name for path in cache.folder.iterdir()] == ["x"]


def test_a_writer_that_is_cut_off_leaves_the_file_before(tmp_path: Path) -> None:
    """A disk that fills up in the midst of it: a limit on the size of files."""
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from expo.cache import Cache\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "Cache(Path(sys.argv[1])).keep('x', b'n' * 5000)\n"
    )
    cache = Cache(tmp_path)
    cache.keep("x", b"before")
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=PROJECT, check=True)
    assert cache.read("x") == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.slow
def test_many_at_once_never_see_half_a_file(tmp_path: Path) -> None:
    """Four processes keep and read one name; each reads what one of them wrote, whole."""
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from expo.cache import Cache\n"
        "cache, own = Cache(Path(sys.argv[1])), sys.argv[2].encode() * 50_000\n"
        "for _ in range(40):\n"
        "    cache.keep('x', own)\n"
        "    found = cache.read('x')\n"
        "    assert found is not None and len(set(found)) == 1 and len(found) == 50_000, found and len(found)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    processes = [subprocess.Popen([*command, letter], cwd=PROJECT, stderr=subprocess.PIPE) for letter in "abcd"]
    assert [process.communicate(timeout=180)[1] for process in processes] == [b""] * 4
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


class Counter:
    """Makes upper-case letters and remembers which it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def maker(self, key: str) -> Callable[[], str]:
        """What to call when the answer is not known."""

        def make() -> str:
            self.asked.append(key)
            return key.upper()

        return make


def ask(cache: Cache | None, keys: str, *modules: ModuleType) -> tuple[list[str], list[str]]:
    """What one build gets for its keys, and what it had to make for that."""
    shelf, counter = Shelf(cache, "letters", *(modules or (expo.text,))), Counter()
    answers = [shelf.get(key, counter.maker(key)) for key in keys]
    shelf.keep()
    return answers, counter.asked


def test_a_folder_goes_while_another_build_writes_into_it(tmp_path: Path) -> None:
    inner = Cache(tmp_path / "en")
    for _ in range(10):
        ended = threading.Event()

        def write(name: str, ended: threading.Event = ended) -> None:
            number = 0
            while not ended.is_set():
                number += 1
                inner.keep(f"{name}-{number % 50}", b"x")

        writers = [threading.Thread(target=write, args=(name,)) for name in ("a", "b")]
        for writer in writers:
            writer.start()
        try:
            empty_cache(tmp_path)
        finally:
            ended.set()
            for writer in writers:
                writer.join()
    empty_cache(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_shelf_remembers_from_one_build_to_the_next(tmp_path: Path) -> None:
    """Each answer is made once; asked for twice in one build, once too."""
    cache = Cache(tmp_path)
    assert ask(cache, "abca") == (["A", "B", "C", "A"], ["a", "b", "c"])
    assert ask(cache, "cab") == (["C", "A", "B"], [])
    assert ask(cache, "abd") == (["A", "B", "D"], ["d"])


def test_a_shelf_forgets_what_a_build_did_not_ask_for(tmp_path: Path) -> None:
    """So it never outgrows the content."""
    cache = Cache(tmp_path)
    ask(cache, "abc")
    ask(cache, "ab")
    assert ask(cache, "abc") == (["A", "B", "C"], ["c"])


def test_other_code_begins_with_an_empty_shelf(tmp_path: Path) -> None:
    """What a module made before it was changed is not asked for again; the old code finds its answers still."""
    cache = Cache(tmp_path)
    ask(cache, "a", expo.text)
    assert ask(cache, "a", expo.text, expo.dates) == (["A"], ["a"])
    assert ask(cache, "a", expo.text) == (["A"], [])


def test_a_changed_module_is_other_code(tmp_path: Path) -> None:
    """It is the bytes of the source that count."""
    module = ModuleType("drawing")
    module.__file__ = str(tmp_path / "drawing.py")
    (tmp_path / "drawing.py").write_text("COLOUR = 1\n")
    cache = Cache(tmp_path / "cache")
    assert ask(cache, "a", module)[1] == ["a"]
    assert ask(cache, "a", module)[1] == []
    (tmp_path / "drawing.py").write_text("COLOUR = 2\n")
    assert ask(cache, "a", module)[1] == ["a"]


def test_another_library_or_another_layout_is_other_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bodies are what a sanitizer let pass: where a newer one lets less pass, they are made again."""
    cache = Cache(tmp_path / "cache")
    ask(cache, "a")
    name = name_by_code("words")
    with monkeypatch.context() as patch:
        patch.setattr("expo.cache.hash_libraries", lambda: b"newer")
        assert ask(cache, "a")[1] == ["a"]
        assert name_by_code("words") != name
    (tmp_path / "cache.py").write_text("LENGTH_SIZE = 8\n")
    with monkeypatch.context() as patch:
        patch.setattr("expo.cache.__file__", str(tmp_path / "cache.py"))
        assert ask(cache, "a")[1] == ["a"]
        assert name_by_code("words") != name


def test_a_damaged_shelf_is_an_empty_one(tmp_path: Path) -> None:
    """Its answers are made again and kept again."""
    cache = Cache(tmp_path)
    ask(cache, "ab")
    shelf = next(tmp_path.iterdir())
    shelf.write_bytes(shelf.read_bytes()[:-1])
    assert ask(cache, "ab")[1] == ["a", "b"]
    assert ask(cache, "ab")[1] == []


def test_a_shelf_without_a_cache_works_for_one_build() -> None:
    """Tests and one-off pages need no folder."""
    assert ask(None, "aba") == (["A", "B", "A"], ["a", "b"])
    assert ask(None, "a") == (["A"], ["a"])


def test_the_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    """In whatever order they were asked for, with letters as they are; a build that asks the same writes nothing."""
    first, second = Cache(tmp_path / "first"), Cache(tmp_path / "second")
    ask(first, "đab")
    ask(second, "bađ")
    shelf = next(first.folder.iterdir())
    assert shelf.read_bytes() == (second.folder / shelf.name).read_bytes()
    assert json.loads(shelf.read_bytes()[DIGEST_LENGTH:]) == {"a": "A", "b": "B", "đ": "Đ"}
    before = shelf.stat().st_mtime_ns
    ask(first, "abđ")
    assert shelf.stat().st_mtime_ns == before


CHEST = "rows-0123456789ab"


def open_chest(cache: Cache | None) -> Chest:
    """What the next build would find."""
    return Chest(cache, CHEST)


@pytest.mark.parametrize("content", [b"", b"\x00\xff", "đ".encode()])
def test_a_chest_gives_back_what_was_put(tmp_path: Path, content: bytes) -> None:
    """At once and in the next build, whatever lies before and behind it; nothing for a key that nobody put."""
    chest = open_chest(Cache(tmp_path))
    for key, one in (("a", b"before"), ("đ b", content), ("c", b"behind")):
        assert chest.get(key) is None
        chest.put(key, one)
    chest.keep()
    for found in (chest, open_chest(Cache(tmp_path))):
        assert [found.get(key) for key in ("c", "đ b", "a", "d")] == [b"behind", content, b"before", None]


def test_a_chest_forgets_what_a_build_did_not_ask_for(tmp_path: Path) -> None:
    """So it never outgrows the content; what was asked for stays as what was put does."""
    cache = Cache(tmp_path)
    first = open_chest(cache)
    first.put("a", b"1")
    first.put("b", b"2")
    first.keep()
    second = open_chest(cache)
    second.get("b")
    second.put("c", b"3")
    second.keep()
    third = open_chest(cache)
    assert [third.get(key) for key in "abc"] == [None, b"2", b"3"]


def test_a_chest_of_the_same_keys_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In whatever order they were asked for."""
    first = open_chest(Cache(tmp_path))
    first.put("a", b"1")
    first.put("b", b"2")
    first.keep()
    written: list[str] = []
    monkeypatch.setattr(Cache, "keep", lambda _cache, name, *_parts: written.append(name))
    second = open_chest(Cache(tmp_path))
    assert (second.get("b"), second.get("a")) == (b"2", b"1")
    second.keep()
    assert written == []
    second.put("c", b"3")
    second.keep()
    assert written == [CHEST]


def fetch(cache: Cache | None, words: str, *modules: ModuleType) -> tuple[list[str], str, str]:
    """What one build gets of a chest for each letter, as a value that is packed in it; what it made, and unpacked."""
    chest, made, unpacked = Chest(cache, name_by_code("letters", *modules)), list[str](), list[str]()

    def fetch_one(letter: str) -> str:
        def make() -> str:
            made.append(letter)
            return letter.upper()

        def unpack(content: bytes) -> str:
            unpacked.append(letter)
            return content.decode()

        return chest.recall_value(letter.encode, make, str.encode, unpack)

    found = [fetch_one(letter) for letter in words]
    chest.keep()
    return found, "".join(made), "".join(unpacked)


def test_values_in_a_chest_are_known_by_what_they_are_made_from(tmp_path: Path) -> None:
    """Each is made once, unpacked only when it is asked for, and forgotten once nobody asks; other code, another."""
    cache = Cache(tmp_path)
    assert fetch(cache, "abca") == (["A", "B", "C", "A"], "abc", "a")
    assert fetch(cache, "abd") == (["A", "B", "D"], "d", "ab")
    assert fetch(cache, "abc") == (["A", "B", "C"], "c", "ab")
    assert fetch(cache, "a", expo.dates) == (["A"], "a", "")


def test_an_empty_content_is_a_content(tmp_path: Path) -> None:
    """It is not made again."""
    made: list[str] = []

    def make() -> bytes:
        made.append("")
        return b""

    for _ in range(2):
        chest = open_chest(Cache(tmp_path))
        assert chest.recall(b"told".strip, make) == b""
        chest.keep()
    assert len(made) == 1


@pytest.mark.parametrize("damage", [lambda whole: whole[:-1], lambda whole: whole[:-1] + b"?", lambda _whole: b""])
def test_a_damaged_chest_is_an_empty_one(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    """Contents are then made again, and kept again."""
    cache = Cache(tmp_path)
    fetch(cache, "ab")
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert fetch(cache, "ab")[1] == "ab"
    assert fetch(cache, "ab")[1] == ""


def test_without_a_cache_a_chest_remembers_nothing() -> None:
    """And nobody asks what a value is made from."""
    assert fetch(None, "aba") == (["A", "B", "A"], "aba", "")

    def tell() -> bytes:
        raise AssertionError

    assert open_chest(None).recall(tell, lambda: b"made") == b"made"


def test_another_layout_is_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that an earlier version of the cache wrote for the same modules is whole, but can't be read."""
    before = name_by_code("letters", expo.text)
    (tmp_path / "cache.py").write_text("LENGTH_SIZE = 8\n")
    monkeypatch.setattr(expo.cache, "__file__", str(tmp_path / "cache.py"))
    assert name_by_code("letters", expo.text) != before


def test_older_versions_go_in_the_end(tmp_path: Path) -> None:
    """All but four of a kind, and what is a month older than the newest; pictures and strange files stay."""
    month = 31 * 24 * 3600
    ages = {f"bodies-00000000000{at}.json": at for at in range(6)} | {
        "documents-000000000000": 0,
        "documents-000000000001": month,
        "codes-000000000000.json": 2 * month,
        f"picture-{'0' * 64}": 3 * month,
        "documents-mine": 3 * month,
    }
    for name, age in ages.items():
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (10 * month - age, 10 * month - age))
    (tmp_path / "details-000000000000").mkdir()
    prune_versions(tmp_path)
    gone = {"bodies-000000000004.json", "bodies-000000000005.json", "documents-000000000001", "codes-000000000000.json"}
    assert {path.name for path in tmp_path.iterdir()} == {*ages, "details-000000000000"} - gone
    prune_versions(tmp_path / "nowhere")
