"""Pull requests of strangers: what the workflows' own commands let pass, refuse and lay out, in real repositories.

Commands are taken from .github/workflows/check.yml and .gitlab-ci.yml and run by bash as CI does, in a clone with the
merge of a fork's branch, which Git makes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from expo.read.files import LEFT_ABOUT
from tools.check_pull_request import LEFT_BY_SYSTEMS, Entry, find_oddity, find_reasons

PROJECT = Path(__file__).resolve().parent.parent
BASH = shutil.which("bash")
GUARD = "check_pull_request.py"
NO_CONFIG = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "HOME": os.devnull}
AUTHOR = {f"GIT_{who}_{what}": "test@expo.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

MIXED = (
    "Yêu cầu gộp này sửa cả content/ lẫn phần khác của dự án. Bài của người ngoài được dựng bằng mã đã có sẵn, nên hãy "
    "tách làm hai yêu cầu gộp: một chỉ sửa content/, một cho phần còn lại. Phần khác:\n"
)


def git(folder: Path, *arguments: str) -> str:
    """What Git says, free of the machine's settings."""
    command = ["git", "-c", "core.symlinks=true", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **NO_CONFIG, **AUTHOR}, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A repository with the guard, a template, and one exhibit."""
    repository = tmp_path / "base-repository"
    for path in ("content/initiatives/mot.md", "theme/base.html", "content/pages/gioi-thieu.md"):
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(f"{path}\n")
    (repository / "tools").mkdir()
    shutil.copy(PROJECT / "tools" / GUARD, repository / "tools")
    git(repository, "init", "--quiet", "--initial-branch=main")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message=Base")
    return repository


def propose(base: Path, change: Callable[[Path], object]) -> Path:
    """Clone it, change the clone, merge both: the workspace of CI, with the merge in `proposed`."""
    fork, workspace = base.with_name("fork"), base.with_name("workspace")
    git(base.parent, "clone", "--quiet", str(base), str(fork))
    change(fork)
    git(fork, "add", "--all")
    git(fork, "commit", "--quiet", "--message=Proposal")
    (base / "content/initiatives/khac.md").write_text("merged meanwhile\n")
    git(base, "add", ".")
    git(base, "commit", "--quiet", "--message=Meanwhile")
    workspace.mkdir()
    git(base.parent, "clone", "--quiet", str(base), str(workspace / "proposed"))
    git(workspace / "proposed", "fetch", "--quiet", str(fork), "main")
    git(workspace / "proposed", "merge", "--quiet", "--no-ff", "--message=Merge", "FETCH_HEAD")
    return workspace


def github_job() -> dict[str, Any]:
    """The job that every pull request meets first."""
    workflow = yaml.safe_load((PROJECT / ".github/workflows/check.yml").read_text("utf-8"))
    job = workflow["jobs"]["content"]
    assert isinstance(job, dict)
    return job


def gitlab_script() -> list[str]:
    """The same on GitLab."""
    script = yaml.safe_load((PROJECT / ".gitlab-ci.yml").read_text("utf-8"))["content"]["script"]
    assert isinstance(script, list)
    return script


def run_commands(commands: list[str], folder: Path, **variables: str) -> tuple[int, str]:
    """Run by bash as CI does, with this Python first; the code, and all that was said."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "EXPO_VENV": str(Path(sys.prefix).parent), "EXPO_CACHE_DIR": str(folder / "cache")}
    assert BASH is not None
    done = subprocess.run(
        [BASH, "-e", "-o", "pipefail", "-c", "\n".join(commands)],
        cwd=folder,
        env={**os.environ, **NO_CONFIG, **own, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    return done.returncode, done.stdout


def run_guard(workspace: Path, fork: str = "true") -> tuple[int, str]:
    """The steps of check.yml up to the guard."""
    commands = [step["run"] for step in github_job()["steps"] if "run" in step]
    last = next(number for number, command in enumerate(commands) if GUARD in command)
    return run_commands(commands[: last + 1], workspace, FORK=fork)


def write(path: str, text: str = "new\n") -> Callable[[Path], object]:
    """What writes one file."""

    def change(fork: Path) -> None:
        (fork / path).parent.mkdir(parents=True, exist_ok=True)
        (fork / path).write_text(text)

    return change


def both(*changes: Callable[[Path], object]) -> Callable[[Path], object]:
    """One after the other."""

    def change(fork: Path) -> None:
        for one in changes:
            one(fork)

    return change


def link(path: str, target: str) -> Callable[[Path], object]:
    """A symbolic link instead of whatever is there."""

    def change(fork: Path) -> None:
        if (fork / path).is_dir():
            shutil.rmtree(fork / path)
        (fork / path).unlink(missing_ok=True)
        (fork / path).symlink_to(target)

    return change


def move(path: str, target: str) -> Callable[[Path], object]:
    """A renamed file."""
    return lambda fork: git(fork, "mv", path, target)


def make_executable(fork: Path) -> None:
    """Only the mode of a file changes."""
    (fork / "content/initiatives/mot.md").chmod(0o755)


def add_submodule(fork: Path) -> None:
    """A foreign repository, by its commit alone: no .gitmodules says where it lies."""
    git(fork, "update-index", "--add", "--cacheinfo", f"160000,{git(fork, 'rev-parse', 'HEAD')},content/kho")
    (fork / "content/kho").mkdir()


def test_content_alone_passes_and_is_laid_out_merged(base: Path) -> None:
    """Byte for byte as in Git, with what came to the base branch meanwhile; the base's code lies beside it."""
    text = "$Id$\r\n{{ x }}\n"

    def change(fork: Path) -> None:
        (fork / "content/initiatives/hai.md").write_bytes(text.encode())
        (fork / "content/pages/gioi-thieu.md").unlink()

    workspace = propose(base, change)
    assert run_guard(workspace) == (0, "Được dựng: 2 tệp trong content/ và 0 tệp khác thay đổi.\n")
    found = {path.name: path.read_bytes().decode() for path in (workspace / "content").rglob("*") if path.is_file()}
    assert found == {"mot.md": "content/initiatives/mot.md\n", "hai.md": text, "khac.md": "merged meanwhile\n"}
    assert (workspace / "base/theme/base.html").read_text() == "theme/base.html\n"
    assert not (workspace / "base/content/initiatives/hai.md").exists()


def test_code_alone_passes(base: Path) -> None:
    """It is reviewed and tested; the content is then the base's own."""
    workspace = propose(base, write("theme/base.html"))
    assert run_guard(workspace) == (0, "Được dựng: 0 tệp trong content/ và 1 tệp khác thay đổi.\n")


@pytest.mark.parametrize(
    ("change", "others"),
    [
        (write("theme/base.html"), ["theme/base.html"]),
        (write("build.py"), ["build.py"]),
        (write(".github/workflows/check.yml"), [".github/workflows/check.yml"]),
        (write(f"tools/{GUARD}", "print('fine')"), [f"tools/{GUARD}"]),
        (write("Content/hai.md"), ["Content/hai.md"]),
        (write(".gitattributes", "* export-subst\n"), [".gitattributes"]),
        (write("contents"), ["contents"]),
        (link("theme/base.html", "../content/initiatives/mot.md"), ["theme/base.html"]),
        (write("docs/a\n::error::b.md"), ["docs/a\\n::error::b.md"]),
    ],
)
def test_a_fork_that_changes_content_and_more_is_refused(
    base: Path, change: Callable[[Path], object], others: list[str]
) -> None:
    """In Vietnamese, with every file that is too much, each on a line of its own; nothing is laid out."""
    workspace = propose(base, both(change, write("content/initiatives/hai.md")))
    assert run_guard(workspace) == (1, MIXED + "".join(f"  {path}\n" for path in others))
    assert not (workspace / "content").exists()


@pytest.mark.parametrize(
    ("change", "others"),
    [
        (move("content/initiatives/mot.md", "theme/mot.md"), ["theme/mot.md"]),
        (move("theme/base.html", "content/base.html"), ["theme/base.html"]),
        (link("content", "theme"), ["content"]),
    ],
)
def test_a_move_between_content_and_code_is_a_change_of_both(
    base: Path, change: Callable[[Path], object], others: list[str]
) -> None:
    """Also that of the whole folder, which becomes a link."""
    git(base, "rm", "--quiet", "content/pages/gioi-thieu.md")
    git(base, "commit", "--quiet", "--message=Less")
    fork = base.with_name("fork")
    git(base.parent, "clone", "--quiet", str(base), str(fork))
    change(fork)
    git(fork, "add", "--all")
    git(fork, "commit", "--quiet", "--message=Proposal")
    workspace = base.with_name("workspace")
    workspace.mkdir()
    fork.rename(workspace / "proposed")
    assert run_guard(workspace) == (1, MIXED + "".join(f"  {path}\n" for path in others))


@pytest.mark.parametrize("fork", ["true", "false"])
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (link("content/initiatives/hai.md", "/etc/passwd"), "hai.md: là liên kết (symlink); đặt chính tệp vào đây."),
        (link("content/initiatives/mot.md", "hai.md"), "mot.md: là liên kết (symlink); đặt chính tệp vào đây."),
        (make_executable, "mot.md: được đánh dấu là chạy được; bỏ dấu ấy bằng: git update-index --chmod=-x "),
        (write("content/initiatives/.gitattributes"), ".gitattributes: tên bắt đầu bằng dấu chấm "),
        (write("content/.an/hai.md"), "content/.an/hai.md: tên bắt đầu bằng dấu chấm "),
        (write("content/initiatives/a\n::error::b.md"), "a\\n::error::b.md: tên có dấu \\, hai dấu / liền nhau hay "),
        (write("content/initiatives/a\u202eb.md"), "a\\u202eb.md: tên có dấu \\, hai dấu / liền nhau hay "),
        (write("content/initiatives/a\\b.md"), "a\\b.md: tên có dấu \\, hai dấu / liền nhau hay "),
        (add_submodule, "content/kho: là một kho khác (submodule); đặt chính các tệp vào đây."),
    ],
)
def test_what_is_no_plain_file_is_refused_for_everybody(
    base: Path, change: Callable[[Path], object], sentence: str, fork: str
) -> None:
    """One line with the file and what to do; nothing is laid out."""
    workspace = propose(base, change)
    code, told = run_guard(workspace, fork)
    assert (code, told.count("\n")) == (1, 1), told
    assert sentence in told
    assert not (workspace / "content").exists()


def test_what_systems_leave_about_stops_nothing(base: Path) -> None:
    """`check` passes over the same names. Those that Git or an editor obeys are refused all the same."""
    names = (".DS_Store", "initiatives/.gitkeep", "initiatives/._hai.md", "replies/.keep")
    left = (write(f"content/{name}") for name in names)
    workspace = propose(base, both(*left, write("content/initiatives/hai.md")))
    assert run_guard(workspace)[0] == 0
    assert (workspace / "content/initiatives/hai.md").read_text() == "new\n"
    assert set(LEFT_BY_SYSTEMS) <= set(LEFT_ABOUT)
    for name in (".gitattributes", ".gitmodules", ".git", ".gitignore", ".vscode/tasks.json", ".DS_Store/.an"):
        assert find_oddity(Entry(f"content/{name}", "100644", 1, "0" * 40)) == "hidden"
    assert find_oddity(Entry("content/.gitkeep", "120000", 1, "0" * 40)) == "link"


def test_who_can_push_may_change_both(base: Path) -> None:
    """A new field needs code and content together."""
    workspace = propose(base, both(write("theme/base.html"), write("content/initiatives/hai.md")))
    assert run_guard(workspace, fork="false")[0] == 0
    assert (workspace / "content/initiatives/hai.md").read_text() == "new\n"


@pytest.mark.parametrize(
    ("path", "kind"),
    [("content//etc/passwd", "odd"), ("content/../x", "hidden"), ("content/./x", "hidden"), ("content/x/", "odd")],
)
def test_a_path_of_a_crafted_tree_leads_nowhere(path: str, kind: str) -> None:
    """Git itself makes no such names, but a stranger's program may."""
    assert find_oddity(Entry(path, "100644", 1, "0" * 40)) == kind


def test_odd_modes_are_not_plain() -> None:
    """Old versions of Git wrote 100664."""
    assert find_oddity(Entry("content/x", "100664", 1, "0" * 40)) == "executable"


def test_more_than_an_exhibition_can_hold_is_refused() -> None:
    """The sizes are known before anything is laid out."""
    entries = [Entry(f"content/{number}.jpg", "100644", 100 * 2**20, "0" * 40) for number in range(3)]
    assert list(find_reasons([], entries, True, "en")) == [
        "content/ is larger than 256 MB; remove files or make pictures smaller."
    ]


def test_commits_that_are_not_there_end_with_2(base: Path) -> None:
    """Such as of a clone that is too shallow; nothing is taken for good."""
    command = [f"python3 tools/{GUARD} --base HEAD^1 --lang en"]
    code, told = run_commands(command, base)
    assert code == 2
    assert told.startswith("The two versions can't be compared: ")


# The whole job


@pytest.fixture
def project_base(tmp_path: Path) -> Path:
    """The project itself as the base branch, with the small content."""
    repository = tmp_path / "base-repository"
    for name in ("expo", "theme", "locale", "tools"):
        shutil.copytree(PROJECT / name, repository / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("build.py", "pelicanconf.py", "requirements.lock", "requirements-test.lock"):
        shutil.copy(PROJECT / name, repository / name)
    shutil.copytree(
        PROJECT / "content", repository / "content", ignore=shutil.ignore_patterns("initiatives", "replies")
    )
    shutil.copytree(PROJECT / "tests/data/small", repository / "content", dirs_exist_ok=True)
    shutil.rmtree(repository / "content/collections", ignore_errors=True)
    git(repository, "init", "--quiet", "--initial-branch=main")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message=Base")
    return repository


def change_an_exhibit(fork: Path) -> None:
    """A sentence in its text."""
    path = sorted((fork / "content/initiatives").glob("*.md"))[0]
    path.write_text(path.read_text("utf-8") + "\nCâu của người ngoài.\n", "utf-8")


@pytest.mark.slow
def test_a_preview_is_built_by_the_code_of_the_base(project_base: Path) -> None:
    """Every command of the job, in its order: the stranger's words in the base's templates."""
    workspace = propose(project_base, change_an_exhibit)
    (project_base / "content/initiatives/khac.md").unlink()
    git(workspace / "proposed", "rm", "--quiet", "content/initiatives/khac.md")
    git(workspace / "proposed", "commit", "--quiet", "--amend", "--no-edit")
    (workspace / "proposed/build.py").write_text("raise SystemExit('the code of the proposal was run')\n")
    commands = [step["run"] for step in github_job()["steps"] if "run" in step]
    code, told = run_commands(commands, workspace, FORK="true", CODE="base")
    assert code == 0, told
    pages = [path.read_text("utf-8") for path in (workspace / "preview").rglob("*.html")]
    assert any("Câu của người ngoài." in page for page in pages)


def test_a_fork_is_told_from_a_branch_and_gets_the_base() -> None:
    """By the repository that the branch lies in; a fork that was deleted is a fork."""
    job = github_job()
    is_fork = "github.event.pull_request.head.repo.full_name != github.repository"
    assert job["env"] == {"FORK": f"${{{{ {is_fork} }}}}", "CODE": f"${{{{ {is_fork} && 'base' || 'proposed' }}}}"}
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert [command for command in commands if "build.py" in command and '"$CODE/build.py"' not in command] == []


# GitLab


def run_gitlab_guard(base: Path, change: Callable[[Path], object], source: str) -> tuple[int, str, Path]:
    """The script of .gitlab-ci.yml up to the guard, on the branch itself, as GitLab runs it."""
    fork = base.with_name("fork")
    git(base.parent, "clone", "--quiet", str(base), str(fork))
    start = git(fork, "rev-parse", "HEAD")
    change(fork)
    git(fork, "add", "--all")
    git(fork, "commit", "--quiet", "--message=Proposal")
    variables = {
        "BASE": start,
        "CI_COMMIT_SHA": git(fork, "rev-parse", "HEAD"),
        "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": source,
        "CI_MERGE_REQUEST_PROJECT_ID": "1",
    }
    script = gitlab_script()
    last = next(number for number, command in enumerate(script) if GUARD in command)
    code, told = run_commands([*script[: last + 1], 'echo "code: $CODE"'], fork, **variables)
    return code, told, fork


def test_gitlab_refuses_a_fork_that_changes_both(base: Path) -> None:
    """With the same words."""
    change = both(write("theme/base.html"), write("content/initiatives/hai.md"))
    code, told, _ = run_gitlab_guard(base, change, source="2")
    assert (code, told) == (1, MIXED + "  theme/base.html\n")


@pytest.mark.parametrize(("source", "code_of"), [("2", "base"), ("1", ".")])
def test_gitlab_lays_content_out_and_chooses_the_code(base: Path, source: str, code_of: str) -> None:
    """That of the base for a fork, its own for a branch of the project."""
    code, told, fork = run_gitlab_guard(base, write("content/initiatives/hai.md"), source)
    assert (code, told.splitlines()) == (
        0,
        ["Được dựng: 1 tệp trong content/ và 0 tệp khác thay đổi.", f"code: {code_of}"],
    )
    assert (fork / "proposed/content/initiatives/hai.md").read_text() == "new\n"
    assert [command for command in gitlab_script() if "build.py" in command and '"$CODE/build.py"' not in command] == []
