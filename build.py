#!/usr/bin/env python3
"""The door: readies an environment with the locked libraries, then hands over to expo.cli. Nothing else.

In: the command line (`python3 build.py [build|test|check|new|serve|search|verify|withdraw] ...`). Out: its exit code.
Standard library only and no syntax newer than Python 3.8, so that an old Python gets a sentence and not a traceback.
Two environments: .venv (requirements.lock) and, for `test`, .venv-test (requirements-test.lock, which holds the first).

EXPO_VENV=DIR keeps both in DIR. EXPO_WHEELS=DIR installs from a folder of wheels. --offline forbids the network.
"""

import contextlib
import gc
import hashlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import Iterator, List

ROOT = Path(__file__).resolve().parent
PYTHON_NEEDED = (3, 11)
EXIT_OWN_FAILURE = 3
EXIT_INTERRUPTED = 130

TOO_OLD = (
    "Cần Python 3.11 trở lên; đây là Python {found}. / Python 3.11 or newer is needed; this is Python {found}. "
    "https://www.python.org/downloads/"
)
NO_ENSUREPIP = (
    "Python này thiếu phần tạo môi trường riêng (ensurepip). Hãy chạy: {line}\n"
    "This Python lacks what makes environments (ensurepip). Run: {line}"
)
INSTALLING = "Đang cài thư viện, chỉ lần đầu, chừng nửa phút… / Installing libraries, first run only, half a minute…"
OFFLINE = (
    "Chưa cài thư viện mà lại không được dùng mạng. Bỏ --offline, hoặc đặt EXPO_WHEELS=THƯ-MỤC có sẵn các tệp wheel.\n"
    "The libraries are not installed and the network is forbidden. Drop --offline, or set EXPO_WHEELS=FOLDER of wheels."
)
NOT_WRITABLE = (
    "{place}: không ghi được môi trường vào đây ({reason}). Đặt EXPO_VENV=THƯ-MỤC ghi được.\n"
    "{place}: the environment can't be written here ({reason}). Set EXPO_VENV=FOLDER that can be written."
)
NOT_INSTALLED = (
    "Không cài được thư viện. Hãy xem mạng có thông không; cơ quan có kho riêng thì đặt PIP_INDEX_URL;\n"
    "máy không có mạng thì đặt EXPO_WHEELS=THƯ-MỤC có sẵn các tệp wheel. Lời của pip ở trên.\n"
    "The libraries could not be installed. See whether the network works; if your office has a mirror, set\n"
    "PIP_INDEX_URL; without a network set EXPO_WHEELS=FOLDER of wheels. What pip said is above."
)


class CannotStart(Exception):
    """The environment can't be made ready; the message says why in both languages."""


def with_default_command(arguments: List[str]) -> List[str]:
    """Returns the arguments with `build` in front when they name no command: options alone belong to `build`."""
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("--help", "-h")):
        return ["build", *arguments]
    return arguments


class Environment:
    """A virtual environment made from one lock file; `stamp` tells whether it is whole and of this lock and Python."""

    def __init__(self, folder: Path, lock_file: Path) -> None:
        self.folder = folder
        self.lock_file = lock_file
        self.stamp_file = folder / "expo-stamp"
        self.python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def stamp(self) -> str:
        """Hash of what the environment is made from: another lock or another Python means another environment."""
        return hashlib.sha256(self.lock_file.read_bytes() + sys.version.encode()).hexdigest()

    def is_ready(self) -> bool:
        """True when the stamp fits; also looks for the parts without which handing over would loop or fail."""
        if not (self.python.exists() and (self.folder / "pyvenv.cfg").exists() and self.stamp_file.exists()):
            return False
        return self.stamp_file.read_text() == self.stamp()

    def is_running(self) -> bool:
        """True when this very process runs in the environment."""
        return self.folder.exists() and os.path.samefile(sys.prefix, str(self.folder))


def environments() -> List[Environment]:
    """The one for every day and the one for tests, in this order."""
    home = Path(os.environ.get("EXPO_VENV") or ROOT).resolve()
    return [
        Environment(home / ".venv", ROOT / "requirements.lock"),
        Environment(home / ".venv-test", ROOT / "requirements-test.lock"),
    ]


@contextlib.contextmanager
def only_one_run(lock_path: Path) -> Iterator[None]:
    """Waits for other runs that hold the same lock. The system frees it even when a run is killed."""
    lock_path.parent.mkdir(parents=True, exist_ok=True)
    with open(str(lock_path), "a") as handle:
        if os.name == "nt":
            import msvcrt

            while True:
                with contextlib.suppress(OSError):  # LK_LOCK gives up after ten seconds: ask again
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
                    break
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def pip_options(lock_file: Path) -> List[str]:
    """What pip is asked: exactly the locked files, no code of strangers run at installation."""
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "--only-binary=:all:"]
    wheels = os.environ.get("EXPO_WHEELS")
    if wheels:
        options += ["--no-index", "--find-links", wheels]
    return [*options, "-r", str(lock_file)]


def install(environment: Environment) -> None:
    """Makes the environment anew. The stamp is written last, so a cut-off installation starts over."""
    import subprocess  # not loaded by the many runs that install nothing

    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        # Debian and Ubuntu ship Python without it; the package's name carries the version.
        line = "apt install python{}.{}-venv".format(*sys.version_info[:2])
        raise CannotStart(NO_ENSUREPIP.format(line=line))
    # Not sys.executable: inside an old environment that would be the link which --clear deletes.
    base_python = getattr(sys, "_base_executable", None) or sys.executable
    steps = [
        [base_python, "-m", "venv", "--clear", str(environment.folder)],
        [str(environment.python), "-m", "pip", "install", *pip_options(environment.lock_file)],
    ]
    for step in steps:
        done = subprocess.run(step, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        if done.returncode:
            said = done.stdout.decode("utf-8", "replace").strip().splitlines()
            raise CannotStart("\n".join([*said[-12:], NOT_INSTALLED]))
    environment.stamp_file.write_text(environment.stamp())


def make_ready(environment: Environment, quiet: bool, offline: bool) -> None:
    """Installs when needed; says so in one line on stderr, nothing when all is there."""
    if environment.is_ready():
        return
    if offline and not os.environ.get("EXPO_WHEELS"):
        raise CannotStart(OFFLINE)
    try:
        with only_one_run(environment.folder.with_name(environment.folder.name + ".lock")):
            if environment.is_ready():  # another run made it while this one waited
                return
            if not quiet:
                print(INSTALLING, file=sys.stderr, flush=True)
            install(environment)
    except OSError as error:
        place = error.filename or environment.folder
        raise CannotStart(NOT_WRITABLE.format(place=place, reason=error.strerror or error)) from error


def hand_over(environment: Environment, arguments: List[str]) -> int:
    """Runs this file again with the environment's Python; on POSIX the process is replaced and this never returns."""
    command = [str(environment.python), str(ROOT / "build.py"), *arguments]
    if os.name == "nt":  # os.execv there returns to the shell at once and loses the exit code
        import subprocess

        return subprocess.call(command)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], command)
    raise AssertionError("os.execv returned")


def main(arguments: List[str]) -> int:
    """Readies the environment for the command and runs it there. Returns its exit code."""
    if sys.version_info[:2] < PYTHON_NEEDED:
        print(TOO_OLD.format(found=sys.version.split()[0]), file=sys.stderr)
        return EXIT_OWN_FAILURE
    offline = "--offline" in arguments
    if offline:
        os.environ["EXPO_OFFLINE"] = "1"  # `test` must not fetch a browser either
    arguments = with_default_command([argument for argument in arguments if argument != "--offline"])
    normal, testing = environments()
    # The test environment holds the core too: a command started by a test stays in it.
    for_test = arguments[0] == "test" or testing.is_running()
    environment = testing if for_test else normal
    try:
        make_ready(environment, quiet="--quiet" in arguments, offline=offline)
    except CannotStart as error:
        print(error, file=sys.stderr)
        return EXIT_OWN_FAILURE
    foreign = [name for name in ("PYTHONPATH", "PYTHONHOME") if os.environ.pop(name, None)]
    os.environ.setdefault("PYTHONUTF8", "1")  # Windows would write Vietnamese in its own code page
    if foreign or not environment.is_running():
        return hand_over(environment, arguments)

    if str(ROOT) not in sys.path:  # PYTHONSAFEPATH keeps the script's folder out
        sys.path.insert(0, str(ROOT))
    gc.set_threshold(50_000)  # looking for cycles after every 700 objects is a tenth of a short run
    from expo.cli import main as run_command

    code = run_command(arguments)
    gc.freeze()  # the process ends: the system takes its memory back faster than Python looks through it
    return code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
