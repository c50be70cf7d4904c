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


FORGES = {
    "github": (
        {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "me/shop", "GITHUB_SHA": "abc123"},
        "https://github.com/me/shop/blob/abc123/",
    ),
    "gitlab": (
        {"CI_SERVER_URL": "https://gitlab.com", "CI_PROJECT_PATH": "me/shop", "CI_COMMIT_SHA": "abc123"},
        "https://gitlab.com/me/shop/-/blob/abc123/",
    ),
    "of no web": (
        {"GITHUB_SERVER_URL": "javascript:alert(1)//", "GITHUB_REPOSITORY": "me/shop", "GITHUB_SHA": "abc123"},
        "",
    ),
}


@pytest.mark.parametrize("forge", FORGES)
def test_markdown_links_to_the_lines_at_the_commit(tmp_path: Path, forge: str) -> None:
    environment, url = FORGES[forge]
    (tmp_path / ".git").mkdir()
    web = tmp_path / "a web"
    web.mkdir()
    project(web, schema_sql="CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL);\n")
    none = {name: "" for variables, _ in FORGES.values() for name in variables} | {"GITHUB_WORKSPACE": ""}
    words = ("diff", *SOURCES[:2], "-C", "a web", "--format", "markdown")
    text = run(tmp_path, *words, **{**none, **environment}).stdout
    place = "`schema.sql:1`"
    assert (f"[{place}]({url}a%20web/schema.sql#L1)" if url else f"<br>{place} |") in text
    assert "javascript:" not in text
