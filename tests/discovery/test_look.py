"""The look around as a whole: what is taken, what is said about it, what is left out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from driftcheck.discovery import discover
from driftcheck.discovery.files import project_files
from driftcheck.project import Project

from .building import BASE, CONFIG, ENV, model, pg, project, specs, tables

ROOT = Path(__file__).parents[2]

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "nothing": ({}, []),
    "dependencies and output": (
        {
            "node_modules/x/schema.sql": tables("a"),
            "dist/drizzle.config.ts": CONFIG,
            ".venv/lib/m.py": model("a", BASE),
        },
        [],
    ),
    "all three": (
        {"web/drizzle.config.ts": CONFIG, "db/schema.sql": tables("a"), "api/models.py": model("a", BASE)},
        ["drizzle:web/drizzle.config.ts", "sql:db/schema.sql", "sqlalchemy:models:Base"],
    ),
}


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_finds(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert specs(project(tmp_path, files)) == expected


def test_the_archetype(tmp_path: Path) -> None:
    """Without its config it has exactly the four sources of which its documents speak."""
    copy = tmp_path / "pixcrawler"
    shutil.copytree(ROOT / "fixtures" / "pixcrawler", copy)
    (copy / "pyproject.toml").unlink()
    found = discover(copy)
    assert specs(found) == [
        "drizzle:frontend/drizzle.config.ts",
        "sql:frontend/lib/db/migrations/production_schema.sql",
        "sqlalchemy:backend.models:Base",
        "alembic:alembic.ini",
    ]
    assert found.truth == "drizzle"
    assert found.looked_for == ()


def test_why_and_what_else(tmp_path: Path) -> None:
    found = project(
        tmp_path,
        {
            "drizzle.config.ts": CONFIG,
            "schema.ts": pg("a", "b"),
            "b/drizzle.config.ts": CONFIG,
            "b/schema.ts": pg("x"),
            "c/drizzle.config.ts": CONFIG.replace("postgresql", "mysql"),
            "d/drizzle.config.ts": CONFIG.replace("schema.ts", "gone.ts"),
            "schema.sql": tables("a", "b"),
            "old.sql": tables("a"),
            "my.sql": "CREATE TABLE `a` (id int);",
            "models/__init__.py": BASE,
            "models/a.py": model("a", "from . import Base"),
            "models/b.py": model("b", "from . import Base"),
            "alembic/env.py": ENV.format("models.a", "Base", "Base.metadata"),
        },
    )
    assert [item.why for item in found.sources] == [
        "the drizzle.config",
        "a file of SQL, 2 tables",
        "target_metadata in alembic/env.py",
    ]
    assert [(str(one), one.same_tables) for one in found.left_out] == [
        ("old.sql: it is called old and describes 1 of the 2 tables", True),
        ("b/drizzle.config.ts: it has no table in common with drizzle.config.ts", False),
        ("c/drizzle.config.ts: it is for another database", False),
        ("d/drizzle.config.ts: the schema that d/drizzle.config.ts names does not exist: ./gone.ts", False),
        ("my.sql: it is SQL for MySQL or SQLite", False),
        ("models/b.py: seems to define tables, and models.a does not import it", False),
    ]


def test_too_few(tmp_path: Path) -> None:
    assert discover(tmp_path).complaint == "found nothing to compare here"
    one = project(tmp_path, {"schema.sql": tables("a")})
    assert one.complaint.startswith("found only one source here, sql:schema.sql (a file of SQL, 1 table)")
    assert "looked for drizzle.config.ts" in one.advice
    assert "Alembic's env.py" in one.advice
    assert "SQL files" not in one.advice


def test_what_git_ignores_is_left_out(tmp_path: Path) -> None:
    files = {".gitignore": "private/\n", "private/schema.sql": tables("a", "b"), "new.sql": tables("a")}
    assert specs(project(tmp_path, files)) == ["schema=sql:private/schema.sql", "new=sql:new.sql"]
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert specs(discover(tmp_path)) == ["sql:new.sql"]
    assert specs(discover(tmp_path / "private")) == ["sql:schema.sql"]


def test_a_folder_of_a_repository(tmp_path: Path) -> None:
    project(tmp_path, {"api/schema.sql": tables("a"), "other/schema.sql": tables("a", "b")})
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert specs(discover(tmp_path / "api")) == ["sql:schema.sql"]


def test_work_is_bounded_and_that_is_said(tmp_path: Path) -> None:
    project(tmp_path, {f"{number:03}.sql": tables("a") for number in range(20)})
    files = project_files(Project(tmp_path), most=10)
    assert (len(files.paths), files.complete) == (10, False)


def test_names_that_are_no_text(tmp_path: Path) -> None:
    try:
        (tmp_path / "a\udcff.sql").write_text(tables("a"))
    except OSError:
        pytest.skip("this file system has no such names")
    assert specs(project(tmp_path, {"ü`#\n.sql": tables("a")})) == ["sql:ü`#\n.sql"]
