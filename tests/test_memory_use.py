"""What a process keeps of memory: garbage is looked for again afterwards, what was large goes back once it is free."""

from __future__ import annotations

import ctypes
import gc
import subprocess
import sys
from pathlib import Path

import pytest

from expo.memory_use import give_back_free_memory, give_back_large_blocks, nothing_collected

PROJECT = Path(__file__).resolve().parent.parent
# Frees 60 blocks of half a MB, each followed by a small one that stays; a larger one was freed before, which is what
# makes the library treat such as usual ones. Prints how many MB it then has more than before.
FREEING = """
import sys
from expo.memory_use import give_back_free_memory, give_back_large_blocks
def held():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 2**20
if sys.argv[1] == "give":
    give_back_large_blocks()
large = bytearray(b"x" * 20_000_000)
del large
before = held()
blocks = [(bytearray(b"x" * 500_000), bytearray(b"y" * 2_000)) for _ in range(60)]
small = [one for _, one in blocks]
del blocks
print(held() - before)
"""


def test_garbage_is_looked_for_again_afterwards() -> None:
    """Also after an error, and not where nobody looked before."""
    with pytest.raises(LookupError), nothing_collected():
        assert not gc.isenabled()
        raise LookupError
    assert gc.isenabled()
    gc.disable()
    try:
        with nothing_collected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells a process what it holds")
def test_large_blocks_go_back_when_they_are_free() -> None:
    """Left alone, the library keeps most of the 30 MB."""

    def held(how: str) -> float:
        command = [sys.executable, "-c", FREEING, how]
        return float(subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout)

    assert held("give") < 5 < held("keep")


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other C library is asked for what it does not have."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: pytest.fail("asked"))
    give_back_large_blocks()
    give_back_free_memory()
