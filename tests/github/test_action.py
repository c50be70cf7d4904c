"""The action's scripts, run as GitHub's runner runs them: its environment, its files, its exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
ACTION = REPOSITORY / ".github" / "action"
DRIFTCHECK = Path(sys.executable).with_name("driftcheck")


class Runner:
    """A workspace with the archetype in it, and the files through which a step speaks to GitHub."""

    def __init__(self, root: Path) -> None:
        self.workspace = root / "workspace"
        shutil.copytree(REPOSITORY / "fixtures" / "pixcrawler", self.workspace / "pixcrawler")
        self.output, self.summary, self.temp = root / "output", root / "summary", root / "temp"
        self.temp.mkdir()

    def check(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(self.temp),
            "DRIFTCHECK": str(DRIFTCHECK),
            **{f"INPUT_{name}": value for name, value in inputs.items()},
        }
        command = ["bash", str(ACTION / "check.sh")]
        folder = self.workspace / "pixcrawler"
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.output.read_text().splitlines())


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def _counts(report: dict[str, Any]) -> tuple[str, str, str]:
    summary = report["summary"]
    return str(summary["error"]), str(summary["warning"]), str(summary["note"])


def test_drift_is_annotated_summed_up_and_counted(runner: Runner) -> None:
    ran = runner.check()
    assert ran.returncode == 1, ran.stderr
    outputs = runner.outputs()
    assert outputs["status"] == "drift"
    report = json.loads(Path(outputs["json-report"]).read_text())
    assert (outputs["errors"], outputs["warnings"], outputs["notes"]) == _counts(report)
    annotations = [line for line in ran.stdout.splitlines() if line.startswith(("::error ", "::warning ", "::notice "))]
    assert len(annotations) == len(report["findings"])
    # From the top of the repository, not from the folder that was checked: else GitHub shows them nowhere.
    assert all("file=pixcrawler/" in line for line in annotations)
    assert "<!-- driftcheck -->" in runner.summary.read_text()


def test_inputs_reach_the_command(runner: Runner) -> None:
    sarif = runner.temp / "drift.sarif"
    sources = "drizzle:frontend/drizzle.config.ts\n\nsql:frontend/lib/db/migrations/production_schema.sql\n"
    ran = runner.check(SOURCES=sources, FAIL_ON="never", SARIF_FILE=str(sarif))
    assert ran.returncode == 0, ran.stderr
    outputs = runner.outputs()
    assert outputs["status"] == "clean"
    assert outputs["sarif-report"] == str(sarif)
    names = [source["name"] for source in json.loads(Path(outputs["json-report"]).read_text())["sources"]]
    assert names == ["drizzle", "sql"]
    assert json.loads(sarif.read_text())["version"] == "2.1.0"


def test_a_check_that_cannot_be_made_is_neither_clean_nor_drift(runner: Runner) -> None:
    ran = runner.check(SOURCES="drizzle:nowhere.ts\nsql:nowhere.sql")
    assert ran.returncode == 2
    assert runner.outputs()["status"] == "failed"
    assert "nowhere.ts" in ran.stderr


def test_forks_run_nothing_of_the_project(runner: Runner) -> None:
    models = runner.workspace / "pixcrawler" / "backend" / "models" / "__init__.py"
    proof = runner.temp / "ran"
    subprocess.run([DRIFTCHECK, "snapshot", "-C", models.parents[2]], check=True, capture_output=True)
    models.write_text(f"open({str(proof)!r}, 'w').close()\n" + models.read_text())
    ran = runner.check(NO_EXEC="true")
    assert ran.returncode == 1, ran.stderr
    assert not proof.exists()


@pytest.mark.parametrize("script", ["environment.sh", "install.sh"])
def test_nothing_of_the_workspace_runs(tmp_path: Path, script: str) -> None:
    """Python would take a venv.py or pip.py that lies where it is started for its own."""
    for name in (*sys.stdlib_module_names, "pip", "setuptools", "hatchling"):
        (tmp_path / f"{name}.py").write_text("open('TOUCHED', 'w')\nraise SystemExit(1)\n")
    (tmp_path / "driftcheck").mkdir()
    (tmp_path / "pyproject.toml").touch()
    environment = {
        **os.environ,
        "GITHUB_ACTION_PATH": str(tmp_path if script == "environment.sh" else REPOSITORY),
        "DRIFTCHECK_HOME": str(tmp_path / "home"),
        "DRIFTCHECK_PYTHON": sys.executable,
        "GITHUB_ENV": str(tmp_path / "env"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "RUNNER_TEMP": str(tmp_path),
        "INPUT_VERSION": "" if script == "environment.sh" else "0.0.1",
        "PIP_NO_INDEX": "1",  # as far as pip's own start: what it installs is not asked for here
    }
    ran = subprocess.run(
        ["bash", str(ACTION / script)], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert not (tmp_path / "TOUCHED").exists()
    if script == "install.sh":
        assert "No matching distribution found for driftcheck==0.0.1" in ran.stderr
    else:
        assert "key=driftcheck-" in (tmp_path / "output").read_text()
