"""The action's scripts, run as GitHub's runner runs them: its environment, its files, its exit status."""

from __future__ import annotations

import json
import os
import re
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


def _counts(report: dict[str, Any]) -> list[str]:
    return [str(report["summary"][name]) for name in ("error", "warning", "note", "gaps")]


def test_drift_is_annotated_summed_up_and_counted(runner: Runner) -> None:
    ran = runner.check()
    assert ran.returncode == 1, ran.stderr
    outputs = runner.outputs()
    assert outputs["status"] == "drift"
    report = json.loads(Path(outputs["json-report"]).read_text())
    assert [outputs[name] for name in ("errors", "warnings", "notes", "gaps")] == _counts(report)
    annotations = [line for line in ran.stdout.splitlines() if line.startswith(("::error ", "::warning ", "::notice "))]
    together = sum(int(more) for more in re.findall(r"the same line says so in (\d+) more", ran.stdout))
    assert len(annotations) + together == len(report["findings"])
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


def test_what_was_not_understood_is_counted(runner: Runner) -> None:
    for name in "ab":
        text = "CREATE TABLE t (id integer);\nCREATE NONSENSE x;\nALTER TABLE t ADD nonsense nonsense;\n"
        (runner.workspace / "pixcrawler" / f"{name}.sql").write_text(text)
    runner.check(SOURCES="a=sql:a.sql\nb=sql:b.sql", FAIL_ON="never")
    assert int(runner.outputs()["gaps"]) >= 2


def test_a_check_that_cannot_be_made_is_neither_clean_nor_drift(runner: Runner) -> None:
    ran = runner.check(SOURCES="drizzle:nowhere.ts\nsql:nowhere.sql")
    assert ran.returncode == 2
    assert runner.outputs()["status"] == "failed"
    assert "nowhere.ts" in ran.stderr


def test_a_check_that_cannot_be_made_is_told_where_people_look(runner: Runner) -> None:
    sarif = runner.temp / "drift.sarif"
    ran = runner.check(SOURCES="drizzle:nowhere.ts\nsql:nowhere.sql", SARIF_FILE=str(sarif))
    assert ran.returncode == 2
    assert "::error file=pixcrawler/nowhere.ts," in ran.stdout
    assert "nowhere.ts does not exist" in runner.summary.read_text()
    invocation = json.loads(sarif.read_text())["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"
    assert json.loads(Path(runner.outputs()["json-report"]).read_text())["error"]["path"] == "nowhere.ts"


def test_more_inputs_reach_the_command(runner: Runner) -> None:
    sources = "drizzle:frontend/drizzle.config.ts\nsql:frontend/lib/db/migrations/production_schema.sql\n"
    ran = runner.check(
        SOURCES=sources, TRUTH="sql", SELECT="DR2\nDR101", IGNORE="column-type", ARGS="--fail-on  never\n"
    )
    assert ran.returncode == 0, ran.stderr
    report = json.loads(Path(runner.outputs()["json-report"]).read_text())
    assert report["truth"] == "sql"
    codes = {finding["rule"] for finding in report["findings"]}
    assert codes
    assert all(code.startswith("DR2") or code == "DR101" for code in codes)
    assert "DR203" not in codes


def test_documents_are_checked_where_that_is_asked_for(runner: Runner) -> None:
    sources = "drizzle:frontend/drizzle.config.ts\nsql:frontend/lib/db/migrations/production_schema.sql\n"
    ran = runner.check(SOURCES=sources, FAIL_ON="never", DOCUMENTS="true")
    assert ran.returncode == 0, ran.stdout
    assert runner.outputs()["documents"] == "clean"
    page = runner.workspace / "pixcrawler" / "docs" / "QUICK_REFERENCE.md"
    page.write_text(page.read_text(encoding="utf-8").replace("| `projects` |", "| `projetcs` |"), encoding="utf-8")
    runner.output.unlink()
    ran = runner.check(SOURCES=sources, FAIL_ON="never", DOCUMENTS="true")
    assert ran.returncode == 1
    assert "-| `projetcs`" in ran.stdout
    assert "::error title=driftcheck documents::" in ran.stdout
    assert runner.outputs()["documents"] == "stale"
    assert runner.outputs()["status"] == "clean"


#: What answers for GitHub's API: comments in a file, as `gh api` gets, posts and patches them.
GH = """#!{python}
import json, os, pathlib, sys
store = pathlib.Path(os.environ["STORE"])
comments = json.loads(store.read_text()) if store.exists() else []
words = sys.argv[2:]
body = next((pathlib.Path(word.removeprefix("body=@")).read_text() for word in words if word.startswith("body=@")), "")
if "refused" in os.environ:
    sys.exit("gh: Resource not accessible by integration (HTTP 403)")
if "POST" in words:
    comments.append({{"id": len(comments) + 1, "body": body}})
elif "PATCH" in words:
    number = int(next(word for word in words if "/comments/" in word).rpartition("/")[2])
    comments[number - 1]["body"] = body
else:
    found = [c for c in comments if c["body"].startswith("<!-- driftcheck -->") and os.environ["KEY"] in c["body"]]
    print("\\n".join(str(c["id"]) for c in found))
store.write_text(json.dumps(comments))
"""


def test_one_comment_is_written_and_updated(tmp_path: Path) -> None:
    (tmp_path / "gh").write_text(GH.format(python=sys.executable))
    (tmp_path / "gh").chmod(0o755)
    summary = tmp_path / "driftcheck-reports" / "summary.md"
    summary.parent.mkdir()

    def comment(text: str, status: str, folder: str = ".", **more: str) -> list[str]:
        summary.write_text(f"<!-- driftcheck -->\n{text}\n")
        environment = {
            "PATH": f"{tmp_path}:{os.environ['PATH']}", "STORE": str(tmp_path / "comments.json"), "NUMBER": "7",
            "RUNNER_TEMP": str(tmp_path), "GITHUB_REPOSITORY": "a/b", "STATUS": status, "FOLDER": folder, **more,
        }  # fmt: skip
        ran = subprocess.run(
            ["bash", ACTION / "comment.sh"], env=environment, capture_output=True, text=True, check=True
        )
        if more:
            assert "pull-requests: write" in ran.stdout
        file = tmp_path / "comments.json"
        return [one["body"].splitlines()[1] for one in json.loads(file.read_text())] if file.exists() else []

    assert comment("agrees", "clean") == []
    assert comment("drifts", "drift") == ["drifts"]
    assert comment("drifts more", "drift") == ["drifts more"]
    assert comment("of another folder", "drift", "web") == ["drifts more", "of another folder"]
    assert comment("agrees", "clean") == ["agrees", "of another folder"]
    assert comment("not allowed", "drift", refused="1") == ["agrees", "of another folder"]


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
