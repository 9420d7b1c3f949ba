"""The workflows: safe for pull requests of strangers, pinned, and calling the commands of the README."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def read(path: Path) -> dict[Any, Any]:
    """The workflow; PyYAML reads the key `on` as true."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(workflow, dict)
    return workflow


def steps_of(workflow: dict[Any, Any]) -> Iterator[dict[str, Any]]:
    """All steps of all jobs."""
    for job in workflow["jobs"].values():
        yield from job["steps"]


def test_there_are_workflows() -> None:
    """The tests below look at something."""
    assert [path.name for path in WORKFLOWS] == ["check.yml", "publish.yml"]


@each_workflow
def test_actions_are_pinned_by_commit_with_their_version_beside(path: Path) -> None:
    """A tag can be moved by whoever takes an account over; a commit can't."""
    lines = [line.split("uses:", 1)[1].strip() for line in path.read_text().splitlines() if "uses:" in line]
    assert lines
    assert [line for line in lines if not PINNED.fullmatch(line)] == []


@each_workflow
def test_no_text_of_the_event_reaches_a_script(path: Path) -> None:
    """A branch or title of a stranger inside `run` would be executed: no expression stands there at all."""
    assert [step["run"] for step in steps_of(read(path)) if "${{" in step.get("run", "")] == []


@each_workflow
def test_no_workflow_runs_strangers_code_with_our_rights(path: Path) -> None:
    """Neither pull_request_target, nor workflow_run, nor a secret; the checkout keeps no token."""
    text = path.read_text(encoding="utf-8")
    assert [word for word in ("pull_request_target", "workflow_run", "secrets.") if word in text] == []
    checkouts = [step for step in steps_of(read(path)) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert [step for step in checkouts if step.get("with", {}).get("persist-credentials") is not False] == []


@each_workflow
def test_no_run_leaves_a_cache_that_another_would_meet(path: Path) -> None:
    """What is installed comes from the lock file alone, whoever ran before."""
    steps = list(steps_of(read(path)))
    assert [step["uses"] for step in steps if "cache" in step.get("uses", "")] == []
    assert [step for step in steps for name in step.get("with", {}) if "cache" in name] == []


def test_a_pull_request_is_looked_at_before_anything_of_it_is_run() -> None:
    """The tests, which run its code, wait for the job that refuses; on GitLab too."""
    jobs = read(PROJECT / ".github/workflows/check.yml")["jobs"]
    assert {name: job.get("needs") for name, job in jobs.items()} == {"content": None, "test": "content"}
    assert read(PROJECT / ".gitlab-ci.yml")["test"]["needs"] == ["content"]


def test_the_check_can_only_read() -> None:
    """The token of a pull request reads the code and does nothing else."""
    workflow = read(PROJECT / ".github/workflows/check.yml")
    assert workflow["permissions"] == {"contents": "read"}
    assert [name for name, job in workflow["jobs"].items() if "permissions" in job] == []
    assert workflow[True] == {"pull_request": None}


def test_only_the_deploy_job_may_publish() -> None:
    """The job that runs our code can't write; the one that writes runs none of it."""
    workflow = read(PROJECT / ".github/workflows/publish.yml")
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert [step for step in workflow["jobs"]["deploy"]["steps"] if "run" in step] == []


def test_the_published_site_knows_where_it_stands_and_where_its_sources_are() -> None:
    """Feeds, canonical links and links to source files hold on any account, under any name of the branch."""
    steps = steps_of(read(PROJECT / ".github/workflows/publish.yml"))
    assert [step["env"] for step in steps if "env" in step] == [
        {
            "EXPO_SITE_URL": "${{ steps.pages.outputs.base_url }}",
            "EXPO_REPOSITORY_URL": "${{ github.server_url }}/${{ github.repository }}",
            "EXPO_REPOSITORY_BRANCH": "${{ github.ref_name }}",
        }
    ]


def test_hidden_files_are_published() -> None:
    """The whole of what was built goes up, should a host ever ask for .well-known too."""
    steps = steps_of(read(PROJECT / ".github/workflows/publish.yml"))
    uploads = [step["with"] for step in steps if step.get("uses", "").startswith("actions/upload-pages-artifact@")]
    assert uploads == [{"path": "output", "include-hidden-files": True}]


def test_gitlab_publishes_the_default_branch_only() -> None:
    """The Pages job runs on the default branch, knows its address and publishes what it built."""
    jobs = read(PROJECT / ".gitlab-ci.yml")
    job = jobs["pages"]
    assert job["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert job["variables"] == {
        "EXPO_SITE_URL": "$CI_PAGES_URL",
        "EXPO_REPOSITORY_URL": "$CI_PROJECT_URL",
        "EXPO_REPOSITORY_BRANCH": "$CI_DEFAULT_BRANCH",
    }
    assert job["pages"] == {"publish": "public"}
    assert job["script"] == ["python3 build.py build --lang vi --output public"]


def test_ci_runs_the_test_command() -> None:
    """.ci/run is executable and calls the command of the README, nothing else."""
    script = PROJECT / ".ci" / "run"
    assert script.stat().st_mode & 0o111 == 0o111
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "${BASH_SOURCE[0]}")/.."', "python3 build.py test"]
