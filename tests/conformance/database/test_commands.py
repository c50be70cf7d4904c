"""The commands on a live database."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ..archetype import PRODUCTION, ROOT
from ..postgres import SUPABASE, Database, Server

PASSWORD = "hunter2"


@pytest.fixture(scope="module")
def live(pg: Server) -> Iterator[Database]:
    with pg.database(SUPABASE) as made:
        made.replay(ROOT / PRODUCTION)
        made.execute("CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)")
        yield made


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "schema.sql").write_text((ROOT / PRODUCTION).read_text())
    (tmp_path / "driftcheck.toml").write_text('[sources]\nsql = "sql:schema.sql"\nlive = "database:$LIVE_URL"\n')
    return tmp_path


def run(project: Path, live: Database, *words: str) -> subprocess.CompletedProcess[str]:
    url = psycopg.conninfo.make_conninfo(live.dsn, password=PASSWORD)
    env = {"PATH": "", "HOME": str(project), "LIVE_URL": url, "DRIFTCHECK_CACHE_DIR": str(project / "c")}
    done = subprocess.run(
        [sys.executable, "-m", "driftcheck", *words],
        cwd=project, env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert PASSWORD not in done.stdout + done.stderr
    assert not [path for path in project.rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()]
    return done


def test_a_config_holds_a_variable_and_no_answer_is_kept(project: Path, live: Database) -> None:
    agrees = run(project, live, "diff")
    assert agrees.returncode == 0, agrees.stderr
    assert "✓ no drift: compared 11 tables" in agrees.stdout
    assert "kept by Alembic for itself" in agrees.stdout
    live.execute("ALTER TABLE public.profiles ADD COLUMN late int")
    try:
        assert run(project, live, "diff").returncode == 1
    finally:
        live.execute("ALTER TABLE public.profiles DROP COLUMN late")
    assert run(project, live, "diff").returncode == 0


def test_the_report_says_what_was_read_and_when(project: Path, live: Database) -> None:
    live.execute("DROP INDEX public.ix_profiles_role")
    try:
        report = json.loads(run(project, live, "diff", "--format", "json").stdout)
        script = project / "fix.sql"
        run(project, live, "diff", "--to-sql", str(script))
    finally:
        live.execute("CREATE INDEX ix_profiles_role ON public.profiles (role)")
    (found,) = report["findings"]
    assert found["actual"]["location"]["path"] == f"localhost/{live.name}"
    assert found["actual"]["location"]["object"] == "public.profiles"
    source = report["sources"][1]
    assert re.fullmatch(r"\d+\.\d+.*", source["database"]["server_version"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", source["database"]["time"])
    assert source["database"]["place"] == f"localhost/{live.name}"
    assert "CREATE INDEX ix_profiles_role ON public.profiles" in script.read_text()


def test_a_snapshot_stands_for_it(project: Path, live: Database) -> None:
    done = run(project, live, "snapshot", "live", "-o", "live.json")
    assert done.returncode == 0, done.stderr
    agrees = run(project, live, "diff", "sql:schema.sql", "snapshot:live.json")
    assert agrees.returncode == 0, agrees.stdout
    (project / "schema.sql").write_text((ROOT / PRODUCTION).read_text() + "\nCREATE INDEX late ON profiles (email);\n")
    drifts = run(project, live, "diff", "sql:schema.sql", "snapshot:live.json", "--show-fixes")
    assert drifts.returncode == 1
    assert "CREATE INDEX late ON public.profiles" in drifts.stdout


def test_a_dump_without_pg_dump(pg: Server, project: Path, live: Database) -> None:
    done = run(project, live, "export", "live", "--to", "sql")
    assert done.returncode == 0, done.stderr
    assert "left out: tables (3): a platform or tool keeps them in auth, storage" in done.stderr
    with pg.database(SUPABASE) as made:
        made.replay(done.stdout)
        (project / "driftcheck.toml").unlink()
        assert run(project, made, "diff", "sql:schema.sql", "database:$LIVE_URL").returncode == 0


def test_two_databases(pg: Server, project: Path, live: Database) -> None:
    with pg.database() as other:
        other.execute("CREATE TABLE profiles (id int)")
        done = run(project, live, "diff", "database:$LIVE_URL", f"staging=database:{other.dsn}")
    assert done.returncode == 1, done.stderr
    assert "roles" not in done.stdout.partition("not compared")[0]


def test_what_is_there_and_not_in_use_is_said(pg: Server, project: Path) -> None:
    with pg.database() as made:
        made.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)")
        with psycopg.connect(made.dsn, autocommit=True) as connection, pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("CREATE UNIQUE INDEX CONCURRENTLY broken ON t (a)")
        (project / "schema.sql").write_text("CREATE TABLE t (a int);\nCREATE UNIQUE INDEX broken ON t (a);\n")
        done = run(project, made, "diff")
    assert done.returncode == 1
    assert "the index public.broken on t is invalid" in " ".join(done.stdout.split())
    assert "index-missing" in done.stdout


def test_a_migration_under_way_is_named(project: Path, live: Database) -> None:
    """What a transaction holds is waited for, not for ever."""
    live.execute("CREATE VIEW held AS SELECT id FROM profiles")
    with psycopg.connect(live.dsn) as other:
        other.execute("LOCK TABLE profiles IN ACCESS EXCLUSIVE MODE")
        done = run(project, live, "diff", "--timeout", "3")
    live.execute("DROP VIEW held")
    assert done.returncode == 2
    assert "another transaction holds a lock for long" in done.stderr


def test_no_exec_forbids_no_connection(project: Path, live: Database) -> None:
    assert run(project, live, "diff", "--no-exec").returncode == 0


def test_config_shows_no_password(project: Path, live: Database) -> None:
    (project / "other").mkdir()
    config = project / "other" / "driftcheck.toml"
    config.write_text('[sources]\na = "database:postgresql://u:secret-word@h/db"\nb = "sql:schema.sql"\n')
    shown = subprocess.run(
        [sys.executable, "-m", "driftcheck", "config", "-C", str(config.parent)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "u:***@h/db" in shown.stdout
    assert "secret-word" not in shown.stdout + shown.stderr
