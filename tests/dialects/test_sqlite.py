"""SQLite, as a whole: the demo, what counts as the same, what is a gap, and files that are none."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

import driftcheck
from driftcheck.budget import Budget
from driftcheck.dialects.sqlite.expressions import canonical
from driftcheck.dialects.sqlite.file import read_database
from driftcheck.dialects.sqlite.normalize import normalize
from driftcheck.dialects.sqlite.replay import Replay
from driftcheck.dialects.sqlite.writer import write
from driftcheck.errors import SourceError
from driftcheck.model import Check, Expression, Schema, Table, Trigger
from driftcheck.project import Project

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "sqlite"


def replayed(sql: str) -> Replay:
    replay = Replay(Budget())
    replay.file("a.sql", sql)
    return replay


def drift(tmp_path: Path, one: str, other: str) -> list[str]:
    (tmp_path / "one.sql").write_text(one)
    (tmp_path / "two.sql").write_text(other)
    report = driftcheck.diff("one=sql:one.sql", "two=sql:two.sql", root=tmp_path, dialect="sqlite", baseline=False)
    return [finding.rule.code for finding in report.findings]


def test_the_demo_drifts_where_it_should() -> None:
    report = driftcheck.diff(root=DEMO)
    assert not report.failures
    assert {(one.source, one.rule.code, one.object.name) for one in report.findings} == {
        ("sql", "DR203", "price"),
        ("sql", "DR215", "title"),
        ("sql", "DR314", "books_shelf_id_fkey"),
        ("sqlalchemy", "DR215", "price"),
        ("sqlalchemy", "DR509", "ix_books_shelf_id"),
    }


BASE = """CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'x', b INTEGER REFERENCES p (id) ON DELETE CASCADE,
  c REAL, d TEXT COLLATE NOCASE, e INTEGER AS (id + 1) STORED, UNIQUE (a, b), CONSTRAINT ck CHECK (c > 0));
CREATE INDEX i ON t (a, b DESC) WHERE c > 1;
CREATE VIEW v AS SELECT a FROM t WHERE c > 2;
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("a TEXT NOT NULL", "a TEXT", "DR204"),
        ("DEFAULT 'x'", "DEFAULT 'y'", "DR205"),
        ("DEFAULT 'x'", "", "DR205"),
        ("c REAL", "c NUMERIC", "DR203"),
        ("c REAL", "c FLOAT", "DR215"),
        ("a TEXT", "a VARCHAR(9)", "DR215"),
        ("t (id INTEGER PRIMARY KEY", "t (id INTEGER PRIMARY KEY AUTOINCREMENT", "DR207"),
        ("ON DELETE CASCADE", "ON DELETE SET NULL", "DR314"),
        ("ON DELETE CASCADE", "ON DELETE CASCADE ON UPDATE CASCADE", "DR315"),
        ("ON DELETE CASCADE", "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED", "DR316"),
        (" REFERENCES p (id) ON DELETE CASCADE", "", "DR311"),
        ("COLLATE NOCASE", "", "DR208"),
        ("(id + 1)", "(id + 2)", "DR206"),
        ("STORED", "VIRTUAL", "DR206"),
        (", UNIQUE (a, b)", "", "DR321"),
        ("UNIQUE (a, b)", "UNIQUE (b, a)", "DR328"),
        (", CONSTRAINT ck CHECK (c > 0)", "", "DR401"),
        ("CHECK (c > 0)", "CHECK (c >= 0)", "DR403"),
        ("CONSTRAINT ck CHECK", "CONSTRAINT kc CHECK", "DR409"),
        ("CREATE INDEX i ON t (a, b DESC) WHERE c > 1;", "", "DR501"),
        ("b DESC", "b", "DR503"),
        ("CREATE INDEX", "CREATE UNIQUE INDEX", "DR504"),
        ("WHERE c > 1", "WHERE c > 3", "DR506"),
        ("INDEX i ON", "INDEX j ON", "DR509"),
        ("WHERE c > 2", "WHERE c > 4", "DR803"),
        ("CREATE VIEW v AS SELECT a FROM t WHERE c > 2;", "", "DR801"),
        ("c REAL, d TEXT", "d TEXT", "DR201"),
        ("CHECK (c > 0));", "CHECK (c > 0)) STRICT;", "DR104"),
    ],
)
def test_one_change_is_one_finding(old: str, new: str, code: str, tmp_path: Path) -> None:
    assert old in BASE
    changed = BASE.replace(old, new)
    if code == "DR201":  # what stands on the column goes with it
        changed = changed.replace(", CONSTRAINT ck CHECK (c > 0)", "").replace("WHERE c > 1", "").replace("c > 2", "1")
        assert code in drift(tmp_path, BASE, changed)
        return
    with closing(sqlite3.connect(":memory:")) as judge:
        judge.executescript(changed)
    assert drift(tmp_path, BASE, changed) == [code]
    if code != "DR801":  # views are compared where the truth has one
        assert len(drift(tmp_path, changed, BASE)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a > 0", "((A) > 0)"),
        ("a IS NOT NULL", "NOT (a ISNULL)"),
        ("a <> 'x'", "a != 'x'"),
        ("a == b", "a = b"),
        ("t.a > 0", '"t"."a" > 0'),
        ("a IN ('x', 'y')", "a in ('x','y')"),
        ("lower(a) = b", "LOWER( a )=b"),
        ("a AND (b AND c)", "a AND b AND c"),
        ("ifnull(a, 1)", "coalesce(a, 1)"),
        ("datetime('now') > a", "CURRENT_TIMESTAMP > a"),
        ('a <> "x"', "a <> 'x'"),
    ],
)
def test_two_spellings_are_one(one: str, other: str) -> None:
    columns = frozenset({"a", "b", "c"})
    found = [canonical(Expression(text), columns) for text in (one, other)]
    assert found[0] == found[1]
    assert not found[0].as_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("json_extract(a, '$.x')", "a -> '$.x'"),
        ("a -> '$.x'", "a ->> '$.x'"),
        ("a = 1", "a = '1'"),
        ("a OR b AND c", "(a OR b) AND c"),
        ("a - (b - c)", "a - b - c"),
        ("a IS b", "a = b"),
        ("a LIKE 'x'", "a GLOB 'x'"),
        ("a <> 'A'", "a <> 'a'"),
        ("count(DISTINCT a)", "count(a)"),
        ("CAST(a AS TEXT)", "CAST(a AS REAL)"),
    ],
)
def test_two_meanings_are_two(one: str, other: str) -> None:
    columns = frozenset({"a", "b", "c"})
    assert canonical(Expression(one), columns) != canonical(Expression(other), columns)


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("CREATE TABLE t (a INTEGER);\nCREATE TABLE t (b TEXT);", "there is a t already"),
        ("CREATE TABLE t AS SELECT 1;", "its columns are those of a query"),
        ("CREATE TABLE t (a INTEGER;", "expected"),
        ("CREATE TABLE t (a TEXT DEFAULT 'x);", "a quote is not closed"),
        ("ALTER TABLE nowhere ADD a TEXT;", "there is no table nowhere"),
        ("CREATE TABLE t (a INTEGER PRIMARY KEY); ALTER TABLE t DROP COLUMN a;", "SQLite drops no column"),
        ("CREATE TABLE t (a); ALTER TABLE t ADD CONSTRAINT x CHECK (a > 0);", "expected"),
        ("CREATE POLICY p ON t;", "is not SQLite's"),
        ("ROLLBACK;", "what it takes back is not followed"),
        ("UPDATE sqlite_master SET sql = 'x';", "no statement of SQLite's that is known here"),
        ("GRANT ALL ON t TO x;", "no statement of SQLite's that is known here"),
    ],
)
def test_what_is_not_understood_is_a_gap_with_a_place(sql: str, why: str) -> None:
    (gap,) = replayed(sql).gaps
    assert why in gap.why
    assert gap.location.path == "a.sql"


def test_what_sqlite_refuses_changes_nothing() -> None:
    (table,) = replayed("CREATE TABLE t (a INTEGER);\nCREATE TABLE t (b TEXT);").schema().tables
    assert [column.name for column in table.columns] == ["a"]


def test_libsql_replaces_a_column() -> None:
    found = replayed("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a TEXT REFERENCES p, b TEXT);"
                     'ALTER TABLE t ALTER COLUMN "a" TO "a" integer NOT NULL;')  # fmt: skip
    table = found.schema().tables[1]
    assert found.gaps == []
    assert (str(table.columns[0].type), table.columns[0].nullable, table.foreign_keys) == ("integer", False, ())


def test_nothing_in_a_text_becomes_a_statement() -> None:
    """PostgreSQL nests comments and SQLite does not: a text is lexed by the rules of whoever will read it."""
    for text in ("1 /* /* */ ; DROP TABLE x; -- */", "1); DROP TABLE x; --", "'a", "(1", ""):
        schema = Schema(
            tables=(Table(schema="public", name="t", checks=(Check(name="c", expression=Expression(text)),)),)
        )
        assert "DROP" not in write(schema)  # fmt: skip
    for text in ("SELECT 1; END; DROP TABLE x; SELECT 1", "DROP TABLE x", "SELECT (1; DROP TABLE x)", "SELECT 'a", ""):
        trigger = Trigger(
            schema="public", table="t", name="g", timing="after", events=("insert",), body=Expression(text or ";")
        )
        assert "DROP" not in write(Schema(triggers=(trigger,)))


@pytest.mark.parametrize("what", ["(" * 5_000 + "a" + ")" * 5_000, "f(" * 300 + "a" + ")" * 300, "a + " * 20_000 + "a"])
def test_deep_and_long_texts_end_soon(what: str) -> None:
    began = time.process_time()
    canonical(Expression(what), frozenset({"a"}))
    assert replayed(f"CREATE TABLE t (a INTEGER CHECK ({what}));").read == 1
    assert time.process_time() - began < 20  # it would be hours, not seconds


def test_normalize_is_idempotent_and_reads_what_it_wrote() -> None:
    schema = replayed(BASE).schema()
    once = normalize(schema)
    assert normalize(once) == once
    assert normalize(replayed(write(schema)).schema()) == once


def test_names_have_no_case(tmp_path: Path) -> None:
    other = BASE.replace("TABLE t (id", "TABLE T (ID").replace("a TEXT", "A TEXT").replace("(a, b)", "(A, B)")
    assert other != BASE
    assert drift(tmp_path, BASE, other) == drift(tmp_path, other, BASE) == []


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "empty.db").write_bytes(b"")
    (tmp_path / "text.db").write_bytes(b"hello" * 100)
    (tmp_path / "torn.db").write_bytes(b"SQLite format 3\0" + os.urandom(4_000))
    os.mkfifo(tmp_path / "pipe.db")
    for name, why in (
        ("empty.db", "it is empty"),
        ("text.db", "is no SQLite database"),
        ("torn.db", "cannot be read as a SQLite database"),
        ("pipe.db", "it is a pipe"),
        ("nowhere.db", "it is not there"),
        ("../outside.db", "outside"),
    ):
        with pytest.raises(SourceError, match=why):
            read_database(name, project, 5)


def test_nothing_is_written_beside_a_database(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "app.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(BASE)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    reading = read_database("sqlite:///app.db", Project(tmp_path), 5)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert normalize(reading.schema) == normalize(replayed(BASE).schema())


TRIGGER = """CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL ON CONFLICT IGNORE, b TEXT,
  UNIQUE (a COLLATE NOCASE, b DESC));
CREATE TRIGGER g AFTER UPDATE OF a, b ON t FOR EACH ROW WHEN new.a <> 'x' BEGIN
  INSERT INTO t (a) VALUES (CASE WHEN new.b THEN 'y;' ELSE 'END' END); DELETE FROM t WHERE id = 1; END;
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("CREATE TRIGGER g", "CREATE TRIGGER h", "DR829"),
        ("AFTER UPDATE", "BEFORE UPDATE", "DR823"),
        ("OF a, b", "OF a", "DR823"),
        ("'x'", "'X'", "DR823"),
        ("id = 1", "id = 2", "DR823"),
        ("ON CONFLICT IGNORE", "", "DR104"),
        (" COLLATE NOCASE", "", "DR104"),
        (" DESC", "", "DR104"),
        ("AFTER UPDATE OF a, b ON t FOR EACH ROW", 'after update of B, "a" on T', ""),
        ("VALUES", "values", ""),
        ("INTO t (a)", 'INTO "T" (`a`)', ""),
        ("new.a <> 'x'", "(NEW.a <> 'x')", ""),
    ],
)
def test_triggers_and_what_is_beside_keys_are_compared(old: str, new: str, code: str, tmp_path: Path) -> None:
    changed = TRIGGER.replace(old, new, 1)
    assert changed != TRIGGER
    with closing(sqlite3.connect(":memory:")) as judge:
        judge.executescript(changed)
    assert drift(tmp_path, TRIGGER, changed) == [code] * bool(code)
    schema = replayed(changed).schema()
    assert normalize(replayed(write(schema)).schema()) == normalize(schema)


def test_names_of_tables_and_columns_are_followed_into_triggers() -> None:
    found = replayed(f"{TRIGGER} ALTER TABLE t RENAME COLUMN a TO c; ALTER TABLE t RENAME TO u;")
    (trigger,) = found.schema().triggers
    (table,) = found.schema().tables
    assert found.gaps == []
    assert (trigger.table, trigger.update_columns) == ("u", ("c", "b"))
    assert trigger.when is not None
    assert '"c"' in trigger.when.sql
    assert ("not null (c) on conflict", "ignore") in table.options
    assert ("unique (c, b) c collate", "nocase") in table.options


def test_the_tables_of_a_module_are_no_tables_of_ours(tmp_path: Path) -> None:
    """A database file has them beside the virtual table, and so has what `.schema` of it prints."""
    with closing(sqlite3.connect(tmp_path / "app.db")) as connection:
        connection.executescript(
            "CREATE VIRTUAL TABLE s USING fts5(a); CREATE VIRTUAL TABLE r USING rtree(id, x0, x1); CREATE TABLE t (a);"
        )
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    printed = replayed(";\n".join(sql for (sql,) in rows))
    for schema in (read_database("app.db", Project(tmp_path), 5).schema, printed.schema()):
        assert [table.name for table in schema.tables] == ["t"]
        assert {one.name for one in schema.opaque} == {"s", "r"}
    assert printed.statements.unmodelled == {"virtual tables": 2}
