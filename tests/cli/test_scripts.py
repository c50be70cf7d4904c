"""`diff --to-sql`: the fixes of a run as a script that PostgreSQL runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from .running import PIXCRAWLER, SCHEMA_SQL, SOURCES, project, run

DRIFTED = SCHEMA_SQL.replace("varchar(320)", "varchar(400)").replace(");", ",    stray text\n);")
SECOND = SCHEMA_SQL.replace("varchar(320)", "varchar(255)")


def test_the_script_fixes_what_the_report_names(tmp_path: Path) -> None:
    project(tmp_path, schema_sql=SCHEMA_SQL.replace("varchar(320)", "varchar(255)"))
    ran = run(tmp_path, "diff", *SOURCES, "--to-sql", "db/fix.sql")
    assert (ran.returncode, ran.stderr) == (1, "")
    script = (tmp_path / "db" / "fix.sql").read_text()
    assert "a database built from sql to what drizzle says" in script
    assert "ALTER TABLE public.users ALTER COLUMN email TYPE character varying(320);" in script
    with (tmp_path / "schema.sql").open("a") as file:
        file.write(script)
    assert run(tmp_path, "diff", *SOURCES).returncode == 0


def test_what_rows_may_refuse_waits_for_their_values(tmp_path: Path) -> None:
    project(tmp_path, schema_sql=SCHEMA_SQL.replace("varchar(320) NOT NULL", "varchar(320)"))
    assert run(tmp_path, "diff", *SOURCES, "--to-sql", "fix.sql").returncode == 1
    lines = (tmp_path / "fix.sql").read_text().splitlines()
    fill, _, constraint = (line for line in lines if line.startswith("-- destructive: "))
    assert fill == "-- destructive: UPDATE public.users SET email = '' WHERE email IS NULL;"
    assert constraint == "-- destructive: ALTER TABLE public.users ALTER COLUMN email SET NOT NULL;"


def test_what_would_lose_something_is_commented_out(tmp_path: Path) -> None:
    project(tmp_path, schema_sql=DRIFTED)
    assert run(tmp_path, "diff", *SOURCES, "--to-sql", "fix.sql").returncode == 1
    lines = (tmp_path / "fix.sql").read_text().splitlines()
    assert "-- destructive: ALTER TABLE public.users DROP COLUMN stray;" in lines
    assert not any(line.startswith("ALTER") for line in lines)


def test_without_drift_the_script_has_no_statement(tmp_path: Path) -> None:
    project(tmp_path)
    assert run(tmp_path, "diff", *SOURCES, "--to-sql", "fix.sql").returncode == 0
    assert "ALTER" not in (tmp_path / "fix.sql").read_text()


def test_of_several_sql_sources_each_has_its_own_script(tmp_path: Path) -> None:
    project(tmp_path, schema_sql=DRIFTED)
    (tmp_path / "second.sql").write_text(SECOND)
    words = ("diff", "drizzle:schema.ts", "one=sql:schema.sql", "two=sql:second.sql")
    unclear = run(tmp_path, *words, "--to-sql", "fix.sql")
    assert unclear.returncode == 2
    assert "one and two" in unclear.stderr
    assert "--to-sql one=fix.sql" in unclear.stderr
    assert run(tmp_path, *words, "--to-sql", "one=1.sql", "--to-sql", "two=2.sql").returncode == 1
    assert "stray" in (tmp_path / "1.sql").read_text()
    assert "varchar(320)" in (tmp_path / "2.sql").read_text().replace("character varying", "varchar")
    assert "stray" not in (tmp_path / "2.sql").read_text()


def test_a_path_with_an_equals_sign_is_written_with_a_folder(tmp_path: Path) -> None:
    project(tmp_path)
    assert run(tmp_path, "diff", *SOURCES, "--to-sql", "./a=b.sql").returncode == 0
    assert (tmp_path / "a=b.sql").is_file()


@pytest.mark.parametrize(
    ("sources", "words", "told"),
    [
        (("drizzle:schema.ts", "sqlalchemy:models:Base"), ("fix.sql",), "none of the sources is SQL"),
        (("sql:schema.sql", "drizzle:schema.ts"), ("fix.sql",), "--truth drizzle"),
        (("sql:schema.sql", "drizzle:schema.ts"), ("sql=fix.sql",), "--truth drizzle"),
        (SOURCES, ("live=fix.sql",), "'live' is not one of the sources"),
        (SOURCES, ("drizzle=fix.sql",), "'drizzle' is the truth"),
        (SOURCES, ("sqlalchemy=fix.sql",), "'sqlalchemy' is a sqlalchemy source"),
        (SOURCES, ("fix.sql", "sql=other.sql"), "once for each source"),
        (SOURCES, ("schema.ts/fix.sql",), "cannot be written"),
        (SOURCES, ("-",), "goes to a file, and '-' is not one"),
    ],
)
def test_what_cannot_be_written_is_told(
    tmp_path: Path, sources: tuple[str, ...], words: tuple[str, ...], told: str
) -> None:
    project(tmp_path)
    ran = run(tmp_path, "diff", *sources, *(f"--to-sql={word}" for word in words))
    assert ran.returncode == 2
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not list(tmp_path.glob("*fix*"))


def test_the_archetypes_script(tmp_path: Path) -> None:
    ran = run(PIXCRAWLER, "diff", "--to-sql", str(tmp_path / "fix.sql"))
    assert ran.returncode == 1
    assert "-- destructive: " in (tmp_path / "fix.sql").read_text()
