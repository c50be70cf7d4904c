"""Annotations need paths from the top of the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.cli.repository import folder_in_repository

from .running import SCHEMA_SQL, SOURCES, project, run


@pytest.fixture(autouse=True)
def _no_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_the_top_is_where_git_is_or_what_the_runner_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "apps" / "api"
    inner.mkdir(parents=True)
    assert folder_in_repository(inner) == ""
    (tmp_path / ".git").mkdir()
    assert folder_in_repository(inner) == "apps/api"
    assert folder_in_repository(tmp_path) == ""
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "apps"))
    assert folder_in_repository(inner) == "api"


def test_annotations_of_a_check_further_down_point_from_the_top(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    project(tmp_path / "api", schema_sql=SCHEMA_SQL.replace("320", "255"))
    ran = run(tmp_path, "diff", "-C", "api", *SOURCES[:2], "--format", "github", GITHUB_WORKSPACE=str(tmp_path))
    assert "::error file=api/schema.sql,line=4," in ran.stdout
    ran = run(tmp_path, "diff", "-C", "api", *SOURCES[:2])
    assert "schema.sql:4" in ran.stdout
    assert "api/schema.sql" not in ran.stdout
