"""Migrations as one of the sources of a check: compared, excused, and read from a snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.check import Request, check
from driftcheck.findings import Report
from tests.cli.running import run

from .conftest import written

FILES = {
    "alembic.ini": "[alembic]\nscript_location = migrations\n",
    "migrations/env.py": "from alembic import context\nraise SystemExit\n",
    "schema.sql": "CREATE TABLE t (id integer PRIMARY KEY, name varchar(20));",
    "a": """
        op.create_table(
            "t",
            sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
            sa.Column("name", sa.String(30)),
        )
    """,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    written(tmp_path, FILES)
    return tmp_path


def checked(root: Path, *sources: str) -> Report:
    return check(Request(root=root, sources=sources or ("sql:schema.sql", "alembic:alembic.ini")))


def test_a_finding_is_at_the_column_of_the_revision(root: Path) -> None:
    (finding,) = checked(root).findings
    assert (finding.rule.name, str(finding.actual.location)) == ("column-type", "migrations/versions/a.py:8")


def test_it_is_found_and_excused_there(root: Path) -> None:
    path = root / "migrations" / "versions" / "a.py"
    path.write_text(path.read_text().replace("sa.String(30)),", "sa.String(30)),  # driftcheck: ignore[DR203] meant"))
    assert not checked(root).findings
    report = check(Request(root=root))
    assert [source.kind for source in report.sources] == ["sql", "alembic"]
    assert not report.findings


def test_a_snapshot_serves_where_nothing_may_run(root: Path) -> None:
    written(root, {"driftcheck.toml": '[sources]\nsql = "sql:schema.sql"\nalembic = "alembic:alembic.ini"\n'})
    made = run(root, "snapshot")
    assert made.returncode == 0, made.stderr
    assert "driftcheck.alembic.snapshot.json: 1 table of alembic.ini" in made.stdout + made.stderr
    forbidden = run(root, "diff", "--no-exec", "--format", "concise")
    assert (forbidden.returncode, "DR203" in forbidden.stdout) == (1, True), forbidden.stdout + forbidden.stderr
    path = root / "migrations" / "versions" / "a.py"
    path.write_text(path.read_text().replace("30", "40"))
    assert "it is stale" in run(root, "diff", "--no-exec").stdout


def test_without_alembic_it_says_how_to_get_on(root: Path) -> None:
    found = run(root, "diff", "--no-exec")
    assert found.returncode == 2
    assert "there is no snapshot at driftcheck.alembic.snapshot.json" in found.stdout + found.stderr


def test_the_odd_one_out_is_named(root: Path) -> None:
    written(
        root,
        {
            "models.py": """
                import sqlalchemy as sa
                metadata = sa.MetaData()
                sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
                         sa.Column("name", sa.String(20)))
            """
        },
    )
    (finding,) = checked(root, "sqlalchemy:models", "sql:schema.sql", "alembic:alembic.ini").findings
    assert finding.source == "alembic"
    shown = run(root, "diff", "sqlalchemy:models", "sql:schema.sql", "alembic:alembic.ini").stdout
    assert "alembic alone varchar(30)" in " ".join(shown.split())


def test_a_check_that_was_kept_is_made_anew_for_a_new_revision(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("diff", "sql:schema.sql", "alembic:alembic.ini", "--format", "concise")
    monkeypatch.setenv("DRIFTCHECK_CACHE_DIR", str(root.parent / "cache"))
    first, second = run(root, *words), run(root, *words)
    assert first.stdout == second.stdout
    (root / "migrations" / "versions" / "b.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\nrevision, down_revision = 'b', 'a'\n"
        "def upgrade():\n    op.alter_column('t', 'name', type_=sa.String(20))\n"
    )
    third = run(root, *words)
    assert (first.returncode, third.returncode) == (1, 0), third.stdout


def test_what_ci_needs_is_installed_there(root: Path) -> None:
    (root / ".git").mkdir()
    written_config = run(root, "init", "--ci", "github")
    assert written_config.returncode == 0, written_config.stderr
    text = (root / ".github" / "workflows" / "driftcheck.yml").read_text()
    assert "sqlalchemy alembic\n" in text


def test_no_revision_is_written_beside_one_that_was_not_read(root: Path) -> None:
    path = root / "migrations" / "versions" / "b.py"
    path.write_text("revision, down_revision = 'b', 'a'\ndef upgrade():\n    pass\n")
    fixed = run(root, "fix", "--unsafe", "sql:schema.sql", "alembic:alembic.ini@a")
    assert "migrations/versions/b.py follows the last revision that was read" in fixed.stdout, fixed.stdout
    assert len(list(path.parent.glob("*.py"))) == 2
