"""The door, build.py: what it says and does before the libraries are there.

Runs build.py as a module and as a program; installs nothing and needs no network.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import build

LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def make_environment(folder: Path, lock_text: str = "click==8.5.1\n") -> build.Environment:
    """An environment that looks whole but for its stamp."""
    lock_file = folder / "requirements.lock"
    lock_file.write_text(lock_text)
    environment = build.Environment(folder / ".venv", lock_file)
    environment.python.parent.mkdir(parents=True)
    environment.python.touch()
    (environment.folder / "pyvenv.cfg").touch()
    return environment


def run_door(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs build.py with the base Python, so that it is outside every environment of ours."""
    python = getattr(sys, "_base_executable", sys.executable)
    environment = {**os.environ, **variables}
    command = [python, str(build.ROOT / "build.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ([], ["build"]),
        (["--quiet"], ["build", "--quiet"]),
        (["--output", "x"], ["build", "--output", "x"]),
        (["check", "--lang", "en"], ["check", "--lang", "en"]),
        (["--help"], ["--help"]),
    ],
)
def test_build_is_the_command_when_none_is_named(given: list[str], understood: list[str]) -> None:
    """Options alone belong to `build`; help to the whole."""
    assert build.with_default_command(given) == understood


def test_the_door_is_python_3_8_and_standard_library_only() -> None:
    """An old Python can read the file, and nothing must be installed to run it."""
    tree = ast.parse((build.ROOT / "build.py").read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported - set(sys.stdlib_module_names) == {"expo"}


def test_an_old_python_gets_one_sentence_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Python 3.10 ends with 3 and one line that says what is needed."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    monkeypatch.setattr(sys, "version", "3.10.4 (main)")
    assert build.main(["check"]) == 3
    assert capsys.readouterr().err == (
        "Cần Python 3.11 trở lên; đây là Python 3.10.4. / Python 3.11 or newer is needed; this is Python 3.10.4. "
        "https://www.python.org/downloads/\n"
    )


def test_python_without_ensurepip_gets_the_apt_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Debian without python3-venv: the message is the command that mends it."""
    monkeypatch.setenv("EXPO_VENV", str(tmp_path))
    monkeypatch.delenv("EXPO_WHEELS", raising=False)
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else find_spec(name))
    assert build.main(["check", "--quiet"]) == 3
    line = f"apt install python3.{sys.version_info[1]}-venv"
    assert capsys.readouterr().err == (
        f"Python này thiếu phần tạo môi trường riêng (ensurepip). Hãy chạy: {line}\n"
        f"This Python lacks what makes environments (ensurepip). Run: {line}\n"
    )


def test_offline_without_libraries_ends_with_a_clear_message(tmp_path: Path) -> None:
    """`--offline` on a fresh machine changes nothing on the disk and says both ways out."""
    done = run_door("check", "--offline", EXPO_VENV=str(tmp_path / "home"), EXPO_WHEELS="")
    assert (done.returncode, done.stdout, done.stderr) == (3, "", build.OFFLINE + "\n")
    assert not (tmp_path / "home").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file where the folder should be: the message says where and what to set."""
    (tmp_path / "file").touch()
    done = run_door("check", EXPO_VENV=str(tmp_path / "file"), EXPO_WHEELS="")
    assert (done.returncode, done.stdout) == (3, "")
    place = tmp_path / "file"
    assert done.stderr == build.NOT_WRITABLE.format(place=place, reason="File exists") + "\n"


def test_an_empty_folder_of_wheels_ends_with_a_clear_message_and_no_stamp(tmp_path: Path) -> None:
    """What pip could not find is said in its words and in ours; the next run starts over."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    done = run_door("check", "--quiet", EXPO_VENV=str(tmp_path), EXPO_WHEELS=str(wheels), PIP_FIND_LINKS="")
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.endswith(build.NOT_INSTALLED + "\n")
    assert build.INSTALLING not in done.stderr
    assert not (tmp_path / ".venv" / "expo-stamp").exists()


def test_an_environment_is_ready_only_with_the_stamp_of_its_lock_and_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No stamp, another lock or another Python: the environment is made anew."""
    environment = make_environment(tmp_path)
    assert not environment.is_ready()
    environment.stamp_file.write_text(environment.stamp())
    assert environment.is_ready()
    environment.lock_file.write_text("click==8.5.2\n")
    assert not environment.is_ready()
    environment.stamp_file.write_text(environment.stamp())
    monkeypatch.setattr(sys, "version", "3.99.0 (main)")
    assert not environment.is_ready()


def test_an_environment_without_its_python_is_not_ready(tmp_path: Path) -> None:
    """A system that threw its Python away leaves a dangling link: handing over to it would fail."""
    environment = make_environment(tmp_path)
    environment.stamp_file.write_text(environment.stamp())
    environment.python.unlink()
    assert not environment.is_ready()


def test_a_second_run_waits_for_the_first(tmp_path: Path) -> None:
    """While one run holds the lock, another does not get in; then it does."""
    lock = tmp_path / "env.lock"
    code = f"import sys; sys.path.insert(0, {str(build.ROOT)!r})\nfrom pathlib import Path\nimport build\n"
    code += f"print('asks', flush=True)\nwith build.only_one_run(Path({str(lock)!r})): print('in', flush=True)"
    with build.only_one_run(lock):
        second = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert second.stdout is not None
        assert second.stdout.readline() == "asks\n"
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(timeout=0.5)
    assert second.communicate(timeout=60)[0] == "in\n"


def test_wheels_from_a_folder_switch_the_index_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """EXPO_WHEELS becomes --no-index --find-links; hashes are asked for either way."""
    monkeypatch.setenv("EXPO_WHEELS", "wheels")
    assert build.pip_options(Path("requirements.lock"))[3:] == [
        "--require-hashes",
        "--only-binary=:all:",
        "--no-index",
        "--find-links",
        "wheels",
        "-r",
        "requirements.lock",
    ]
    monkeypatch.delenv("EXPO_WHEELS")
    assert "--no-index" not in build.pip_options(Path("requirements.lock"))


def test_the_test_lock_holds_the_first_lock_unchanged() -> None:
    """What is tested is what is published: the same versions in both."""
    core = dict(LOCKED.findall((build.ROOT / "requirements.lock").read_text(encoding="utf-8")))
    tests = dict(LOCKED.findall((build.ROOT / "requirements-test.lock").read_text(encoding="utf-8")))
    assert core
    assert {name: tests.get(name) for name in core} == core


def test_every_direct_requirement_is_locked_and_explained() -> None:
    """Each name in an .in file has its version in the lock and its reason in docs/dependencies.md."""
    reasons = (build.ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    locked = {name for name, _ in LOCKED.findall((build.ROOT / "requirements-test.lock").read_text(encoding="utf-8"))}
    missing = []
    for source in ("requirements.in", "requirements-test.in"):
        for line in (build.ROOT / source).read_text(encoding="utf-8").splitlines():
            if line.startswith(("#", "-r")) or not line.strip():
                continue
            if line not in locked or not re.search(rf"\b{re.escape(line)}\b", reasons):
                missing.append(line)
    assert missing == []


def test_lock_files_name_no_registry() -> None:
    """An office's mirror must be free to answer: no address stands in a lock file."""
    for name in ("requirements.lock", "requirements-test.lock"):
        assert "://" not in (build.ROOT / name).read_text(encoding="utf-8"), name
