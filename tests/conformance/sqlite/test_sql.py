"""Schemas and migrations in SQL: what is read makes the database that SQLite makes, and reads itself in its file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from driftcheck.dialects.sqlite.file import read_database
from driftcheck.dialects.sqlite.normalize import normalize
from driftcheck.dialects.sqlite.writer import write
from driftcheck.differ.engine import compare
from driftcheck.project import Project
from driftcheck.readers.sql import read
from driftcheck.reading import Reading, Source

from .judge import built, catalog, catalog_of, sections

HERE = Path(__file__).parent
CASES = {f"{file}: {name}": sql for file in ("schemas", "migrations")
         for name, sql in sections(HERE / f"{file}.sql", "--").items()}  # fmt: skip


def test_there_are_sixty_of_each() -> None:
    assert all(sum(name.startswith(file) for name in CASES) >= 60 for file in ("schemas", "migrations"))


@pytest.mark.parametrize("name", CASES)
def test_builds_what_sqlite_builds(name: str, tmp_path: Path) -> None:
    (tmp_path / "case.sql").write_text(CASES[name], encoding="utf-8")
    project = Project(tmp_path).of_dialect("sqlite")

    reading = read("case.sql", project)

    assert reading.gaps == ()
    native = catalog_of(CASES[name])
    assert catalog_of(write(reading.schema)) == native
    with closing(built(CASES[name])) as connection, closing(sqlite3.connect(tmp_path / "case.db")) as file:
        connection.commit()
        connection.backup(file)
    live = read_database("case.db", project, 10)
    assert live.gaps == ()
    assert catalog_of(write(live.schema)) == native
    assert findings(reading, live) == findings(live, reading) == []


def findings(truth: Reading, other: Reading) -> list[str]:
    sources = [
        Source(name, "sql", Reading(normalize(one.schema), one.capabilities, dialect="sqlite"))
        for name, one in (("truth", truth), ("other", other))
    ]
    return [f"{one.rule.code} {one.message}" for one in compare(sources[0], sources[1], {}).findings]


def test_the_judge_sees_differences() -> None:
    first = catalog_of("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT DEFAULT 'x' CHECK (b > ''), c AS (a + 1));")
    for other in (
        "CREATE TABLE t (a INT PRIMARY KEY, b TEXT DEFAULT 'x' CHECK (b > ''), c AS (a + 1));",
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT DEFAULT 'y' CHECK (b > ''), c AS (a + 1));",
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT DEFAULT 'x' CHECK (b > 'a'), c AS (a + 1));",
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT DEFAULT 'x' CHECK (b > ''), c AS (a + 2));",
        "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT DEFAULT 'x' CHECK (b > ''), c AS (a + 1));",
    ):
        with closing(built(other)) as connection:
            assert catalog(connection) != first
