"""Scripts as they are written and with all that they hold back, on a database that holds rows.

A case of script_cases.txt is the truth's SQL, that of the database, and its rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from driftcheck.check import Request, check
from driftcheck.fixes.script import fix_script

from ..conformance.catalog import assert_same_catalog
from ..conformance.postgres import Database, Server

_ALWAYS = "[compare]\n" + "".join(f'{word} = "always"\n' for word in "sequences views functions triggers".split())
_HELD = "-- destructive: "


def _cases() -> Iterator[tuple[str, list[str]]]:
    for block in (Path(__file__).parent / "script_cases.txt").read_text().split("=== ")[1:]:
        name, _, body = block.partition("\n")
        yield name, [*body.split("---\n"), ""]


CASES = dict(_cases())

_COLUMNS = """SELECT table_name, column_name FROM information_schema.columns
JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"""


def _census(database: Database) -> tuple[set[tuple[str, str]], dict[str, int]]:
    """The columns of all tables, and how many rows each table has."""
    with psycopg.connect(database.dsn) as connection:
        columns = {(str(table), str(column)) for table, column in connection.execute(_COLUMNS)}
        rows = {}
        for table in {table for table, _ in columns}:
            counted = connection.execute(f'SELECT count(*) FROM public."{table}"'.encode()).fetchone()
            rows[table] = counted[0] if counted is not None else 0
        return columns, rows


def script(folder: Path, truth: str, drift: str, **how: bool) -> str:
    (folder / "driftcheck.toml").write_text(_ALWAYS)
    (folder / "truth.sql").write_text(truth)
    (folder / "drift.sql").write_text(drift)
    found = check(Request(root=folder, sources=("truth=sql:truth.sql", "drift=sql:drift.sql")))
    assert found.findings
    return fix_script(found.findings, truth="truth", source="drift", **how)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_it_runs_as_written_and_whole(name: str, pg: Server, tmp_path: Path) -> None:
    truth, drift, rows, *_ = CASES[name]
    text = script(tmp_path, truth, drift)
    with pg.database() as database:
        database.replay(drift + rows)
        columns, counted = _census(database)
        database.replay(text)
        columns_after, counted_after = _census(database)
        assert columns <= columns_after
        assert all(counted_after[table] >= count for table, count in counted.items())
    with pg.database() as database:
        database.replay(drift + rows)
        database.replay(text.replace(_HELD, ""))
        assert_same_catalog(pg.catalog_of(truth), database.catalog())


def test_what_needs_a_statement_that_waits_waits_with_it(tmp_path: Path) -> None:
    drift = "CREATE TABLE a (id int PRIMARY KEY, n text DEFAULT 'x', m int);"
    truth = "CREATE TABLE a (id int PRIMARY KEY, n int DEFAULT 3, m bigint, CONSTRAINT c CHECK (n > 0));"
    text = script(tmp_path, truth, drift)
    waiting = [line for line in text.splitlines() if line.startswith(_HELD)]
    assert len(waiting) == 4  # the default goes, the type, the default comes, the check
    assert "\nALTER TABLE public.a ALTER COLUMN m TYPE bigint USING m::bigint;" in text


def test_rows_that_are_there_are_mentioned(tmp_path: Path) -> None:
    text = script(tmp_path, "CREATE TABLE a (id int, n int NOT NULL);", "CREATE TABLE a (id int);")
    assert "\nALTER TABLE public.a ADD COLUMN n integer;\n" in text
    assert f"{_HELD}UPDATE public.a SET n = 0 WHERE n IS NULL;" in text
    assert f"{_HELD}ALTER TABLE public.a ALTER COLUMN n SET NOT NULL;" in text


_INDEXED = "CREATE TABLE a (id int PRIMARY KEY, n int); CREATE INDEX i ON a (n); CREATE INDEX j ON a (id) WHERE n > 1;"


def test_indexes_are_built_behind_the_transaction_if_asked(pg: Server, tmp_path: Path) -> None:
    drift = "CREATE TABLE a (id int PRIMARY KEY, n int);"
    text = script(tmp_path, _INDEXED, drift, concurrently=True)
    assert "CREATE INDEX CONCURRENTLY i ON public.a" in text.split("COMMIT;")[1]
    assert_same_catalog(pg.catalog_of(_INDEXED), pg.catalog_of(f"{drift}\n{text}"))


@pytest.mark.parametrize(
    ("truth", "drift"),
    [
        ("CREATE TABLE a (id int, m int); CREATE INDEX i ON a (m);", "CREATE TABLE a (id int, n int);"),
        (
            "CREATE TABLE a (id int, k int NOT NULL); CREATE UNIQUE INDEX i ON a (k);"
            "CREATE TABLE b (k int, CONSTRAINT f FOREIGN KEY (k) REFERENCES a (k));",
            "CREATE TABLE a (id int, k int NOT NULL); CREATE TABLE b (k int);",
        ),
        (
            "CREATE TABLE a (at date) PARTITION BY RANGE (at); CREATE INDEX i ON a (at);",
            "CREATE TABLE a (at date) PARTITION BY RANGE (at);",
        ),
    ],
)
def test_what_the_transaction_needs_is_built_in_it(truth: str, drift: str, pg: Server, tmp_path: Path) -> None:
    text = script(tmp_path, truth, drift, concurrently=True, destructive=True)
    assert "CONCURRENTLY" not in text
    assert_same_catalog(pg.catalog_of(truth), pg.catalog_of(f"{drift}\n{text}"))


@pytest.mark.parametrize(
    ("truth", "drift", "said"),
    [
        ("CREATE TABLE a (n bigint);", "CREATE TABLE a (n int);", "write the table anew"),
        ("CREATE TABLE a (n int CHECK (n > 0));", "CREATE TABLE a (n int);", "NOT VALID first"),
        ("CREATE TABLE a (n int UNIQUE);", "CREATE TABLE a (n int);", "nobody reads the table"),
        ("CREATE TABLE a (n int); CREATE INDEX i ON a (n);", "CREATE TABLE a (n int);", "--concurrently"),
        ("CREATE TABLE a (n int);", "CREATE TABLE a (n int); CREATE INDEX i ON a (n);", "Dropping an index"),
        ("CREATE TABLE a (n int NOT NULL);", "CREATE TABLE a (n int);", "SET NOT NULL reads"),
        ("CREATE TABLE a (n int);", "CREATE TABLE a (n int, m int);", "breaks programs"),
    ],
)
def test_what_others_wait_for_is_said_at_the_top(truth: str, drift: str, said: str, tmp_path: Path) -> None:
    head = script(tmp_path, truth, drift).partition("SET client_encoding")[0]
    assert said in head
    assert "lock_timeout" in head
    assert all(not line or line.startswith("-- ") for line in head.splitlines())


def test_what_makes_nobody_wait_says_nothing_of_locks(tmp_path: Path) -> None:
    text = script(tmp_path, "CREATE TABLE a (n int, m int);", "CREATE TABLE a (n int);")
    assert "lock_timeout" not in text


def test_a_table_with_the_name_of_a_view_is_not_made(tmp_path: Path) -> None:
    view = "CREATE TABLE a (n int); CREATE VIEW v AS SELECT n FROM a;"
    (tmp_path / "truth.ts").write_text(
        "import { integer, pgTable } from 'drizzle-orm/pg-core';\n"
        "export const a = pgTable('a', { n: integer('n') });\nexport const v = pgTable('v', { n: integer('n') });\n"
    )
    (tmp_path / "drift.sql").write_text(view)
    found = check(Request(root=tmp_path, sources=("drizzle:truth.ts", "drift=sql:drift.sql")))
    text = fix_script(found.findings, truth="drizzle", source="drift", destructive=True)
    assert "CREATE TABLE" not in text
    assert "which has the name of a view that is there" in text
