"""The figures that the workflow expects of the action are those that the check gives today."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

import driftcheck
from driftcheck.findings import Severity
from tests.docs.pages import REPOSITORY

JOBS: dict[str, Any] = yaml.safe_load((REPOSITORY / ".github" / "workflows" / "drift.yml").read_text())["jobs"]
ACTION = REPOSITORY / ".github" / "action"


def script(name: str, cwd: Path = REPOSITORY, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", ACTION / name], cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("job", JOBS)
def test_the_expected_figures_are_true(job: str) -> None:
    steps = JOBS[job]["steps"]
    (action,) = (step for step in steps if step.get("uses") == "./")
    words = action["with"]
    report = driftcheck.diff(
        *words.get("sources", "").split(),
        root=REPOSITORY / words["working-directory"],
        no_exec=words.get("no-exec") == "true",
        fail_on=words.get("fail-on"),
    )
    counts = [report.count(level) for level in (Severity.ERROR, Severity.WARNING, Severity.NOTE)]
    status = ["failure", "drift"] if report.failed else ["success", "clean"]
    assert steps[-1]["env"]["EXPECTED"].split() == [*status, *map(str, counts)]
    assert (action.get("continue-on-error", False)) is report.failed


def test_anything_else_fails() -> None:
    expected = "failure drift 1 2 3"
    assert script("expect.sh", GOT=expected, EXPECTED=expected).returncode == 0
    for other in ("failure drift 1 2 4", "failure failed 0 0 0", "success clean 1 2 3", "failure drift   "):
        assert script("expect.sh", GOT=other, EXPECTED=expected).returncode == 1


def test_a_report_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    words = {"GOT": "x", "EXPECTED": "x", "SARIF": str(tmp_path / "drift.sarif")}
    assert script("expect.sh", **words).returncode == 1
    (tmp_path / "drift.sarif").write_text("{}")
    assert script("expect.sh", **words).returncode == 0


def test_only_the_tag_of_this_version_is_released() -> None:
    assert script("tag.sh", GITHUB_REF_NAME=f"v{driftcheck.__version__}").returncode == 0
    assert script("tag.sh", GITHUB_REF_NAME="v99.0.0").returncode == 1


def environment(tmp_path: Path, **inputs: str) -> dict[str, str]:
    output = tmp_path / "output"
    output.unlink(missing_ok=True)
    ran = script(
        "environment.sh", GITHUB_ACTION_PATH=str(REPOSITORY), GITHUB_OUTPUT=str(output), RUNNER_TEMP="/temp", **inputs
    )
    assert ran.returncode == 0, ran.stderr
    return dict(line.split("=", 1) for line in output.read_text().splitlines())


def test_the_cache_key_changes_with_what_is_installed(tmp_path: Path) -> None:
    own, asked = environment(tmp_path), environment(tmp_path, INPUT_VERSION="0.1.0")
    assert own["path"] == asked["path"] == "/temp/driftcheck"
    assert asked["key"].startswith("driftcheck-0.1.0-python-3.")
    assert own["key"] != asked["key"]
    assert own == environment(tmp_path)
    refused = script("environment.sh", GITHUB_ACTION_PATH=str(REPOSITORY), INPUT_VERSION="0.1 --index-url=x")
    assert (refused.returncode, "version" in refused.stderr) == (2, True)
