"""Fixes for SQLite, judged by SQLite: what is written runs in a database with rows, and makes what the truth builds."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import driftcheck
from driftcheck.check import Request
from driftcheck.check.fixing import Fixed, Wishes, fix
from driftcheck.check.readings import PythonChoice
from driftcheck.cli.scripts import scripts_for
from tests.conformance.sqlite.judge import catalog

BASE = """CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'x', b INTEGER REFERENCES p (id) ON DELETE CASCADE,
  c REAL, d TEXT COLLATE NOCASE, e INTEGER AS (id + 1) STORED, UNIQUE (a, b), CONSTRAINT ck CHECK (c > 0));
CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t (id) ON DELETE CASCADE, note TEXT);
CREATE INDEX i ON t (a, b DESC) WHERE c > 1;
CREATE VIEW v AS SELECT a FROM t WHERE c > 2;
CREATE TRIGGER g AFTER UPDATE OF a ON t WHEN new.a > 'b' BEGIN UPDATE u SET note = 'é; x' WHERE t_id = new.id; END;
"""
ROWS = """INSERT INTO p VALUES (1), (2);
INSERT INTO t (id, a, b, c, d) VALUES (7, 'a1', 1, 5, 'D'), (9, 'a2', 2, 6.5, NULL), (4, 'a3', NULL, 7, 'x');
INSERT INTO u VALUES (1, 7, 'kept'), (2, 9, 'too');
"""
#: The same where there is a column `f` that wants a value.
MORE_ROWS = (
    ROWS.replace("c, d)", "c, d, f)")
    .replace("'D')", "'D', 1)")
    .replace("NULL), (4", "NULL, 1), (4")
    .replace("7, 'x')", "7, 'x', 1)")
)
#: What is changed in BASE: the old text, and the new one.
CHANGES = {
    "not null goes": ("a TEXT NOT NULL", "a TEXT"),
    "another default": ("DEFAULT 'x'", "DEFAULT 'y'"),
    "no default": ("DEFAULT 'x'", ""),
    "another affinity": ("c REAL", "c NUMERIC"),
    "another word": ("a TEXT", "a VARCHAR(9)"),
    "counted": ("t (id INTEGER PRIMARY KEY", "t (id INTEGER PRIMARY KEY AUTOINCREMENT"),
    "another action": ("ON DELETE CASCADE,\n", "ON DELETE SET NULL,\n"),
    "deferred": ("ON DELETE CASCADE,\n", "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,\n"),
    "no reference": (" REFERENCES p (id) ON DELETE CASCADE", ""),
    "no collation": (" COLLATE NOCASE", ""),
    "another expression": ("(id + 1)", "(id + 2)"),
    "virtual": ("STORED", "VIRTUAL"),
    "not unique": (", UNIQUE (a, b)", ""),
    "in another order": ("UNIQUE (a, b)", "UNIQUE (b, a)"),
    "replaced": ("UNIQUE (a, b)", "UNIQUE (a, b) ON CONFLICT REPLACE"),
    "no check": (", CONSTRAINT ck CHECK (c > 0)", ""),
    "another check": ("CHECK (c > 0)", "CHECK (c >= 0)"),
    "a check that names its table": ("CHECK (c > 0)", 'CHECK ("t"."c" >= 0)'),
    "an index that names its table": ("WHERE c > 1", 'WHERE "t"."c" > 3'),
    "another index": ("b DESC", "b"),
    "unique index": ("CREATE INDEX", "CREATE UNIQUE INDEX"),
    "no index": ("CREATE INDEX i ON t (a, b DESC) WHERE c > 1;", ""),
    "another condition": ("WHERE c > 1", "WHERE c > 3"),
    "another view": ("WHERE c > 2", "WHERE c > 4"),
    "another trigger": ("new.a > 'b'", "new.a > 'c'"),
    "a trigger more": ("CREATE TRIGGER", "CREATE TRIGGER h BEFORE DELETE ON u BEGIN SELECT 1; END;\nCREATE TRIGGER"),
    "strict": ("CHECK (c > 0));", "CHECK (c > 0)) STRICT;"),
    "without rowid": ("CHECK (c > 0));", "CHECK (c > 0)) WITHOUT ROWID;"),
    "a column more": ("c REAL,", "c REAL, f TEXT DEFAULT 'f',"),
    "a column of moments more": ("c REAL,", "c REAL, f TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,"),
    "a required column more": ("c REAL,", "c REAL, f INTEGER NOT NULL,"),
    "a referring column more": ("c REAL,", "c REAL, f INTEGER REFERENCES p (id) ON UPDATE CASCADE,"),
    "a checked column more": ("c REAL,", "c REAL, f INTEGER CHECK (f > 1),"),
    "a unique column more": ("c REAL,", "c REAL, f INTEGER UNIQUE,"),
    "a generated column more": ("c REAL,", "c REAL, f INTEGER AS (c * 2),"),
    "a table more": ("CREATE VIEW", "CREATE TABLE w (id INTEGER, x TEXT);\nCREATE INDEX wx ON w (x);\nCREATE VIEW"),
    "required": ("note TEXT", "note TEXT NOT NULL DEFAULT 'none'"),
}


def test_the_changes_change_something() -> None:
    assert all(old in BASE and BASE.replace(old, new, 1) != BASE for old, new in CHANGES.values())


@pytest.mark.parametrize("back", [False, True], ids=["forth", "back"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_script_makes_what_the_truth_builds(name: str, back: bool, tmp_path: Path) -> None:
    old, new = CHANGES[name]
    now, wanted = (BASE.replace(old, new, 1), BASE) if back else (BASE, BASE.replace(old, new, 1))
    with closing(sqlite3.connect(":memory:")) as database, closing(sqlite3.connect(":memory:")) as truth:
        truth.executescript(wanted)
        database.executescript(now + (MORE_ROWS if "f INTEGER NOT NULL" in now else ROWS))
        before = rows(database)
        run(database, script_for(now, wanted, tmp_path))
        assert shape(database) == shape(truth)
        after = rows(database)
    for table, kept in before.items():
        for column in kept.keys() & after.get(table, kept).keys() - {"note", "e"}:
            assert Counter(kept[column]) == Counter(after[table][column]), (table, column)


def test_names_are_changed_last(tmp_path: Path) -> None:
    wanted = BASE.replace("d TEXT", "dd TEXT").replace("TABLE u", "TABLE uses").replace("UPDATE u", "UPDATE uses")
    with closing(sqlite3.connect(":memory:")) as database, closing(sqlite3.connect(":memory:")) as truth:
        truth.executescript(wanted)
        database.executescript(BASE + ROWS)
        run(database, script_for(BASE, wanted.replace("c REAL", "c FLOAT"), tmp_path))
        run(truth, script_for(wanted, wanted.replace("c REAL", "c FLOAT"), tmp_path))
        assert shape(database) == shape(truth)
        assert database.execute("SELECT dd FROM t WHERE id = 7").fetchall() == [("D",)]
        assert database.execute("SELECT note FROM uses ORDER BY id").fetchall() == [("kept",), ("too",)]


def test_what_loses_something_waits(tmp_path: Path) -> None:
    """Without leave nothing goes: no column, no constraint, and no digit."""
    wanted = BASE.replace("c REAL,", "c INTEGER,").replace("note TEXT", "more TEXT").replace(", UNIQUE (a, b)", "")
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(BASE + ROWS)
        before = shape(database), rows(database)
        run(database, script_for(BASE, wanted.replace("more TEXT", ""), tmp_path, whole=False))
        assert (shape(database), rows(database)) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("c REAL", "c REAL NOT NULL"),
        ("CHECK (c > 0)", "CHECK (c > 6)"),
        ("UNIQUE (a, b)", "UNIQUE (b)"),
        ("c > 0));", "c > 0)) STRICT;"),
    ],
)
def test_rows_that_do_not_fit_are_all_kept_whoever_runs_it(old: str, new: str, tmp_path: Path) -> None:
    """`sqlite3 FILE < SCRIPT` goes on behind an error, to the DROP TABLE that follows a copy that failed."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.executescript(BASE + ROWS + "UPDATE t SET b = 1; UPDATE t SET c = 'many' WHERE id = 4;")
        database.execute("UPDATE t SET c = NULL WHERE id = 9")
        before = rows(database)
        failed = 0
        for statement in statements_of(script_for(BASE, BASE.replace(old, new), tmp_path)):
            if not statement.startswith("UPDATE"):
                try:
                    database.execute(statement)
                except sqlite3.Error:
                    failed += 1
        assert failed
        assert rows(database) == before


def statements_of(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += "" if line.startswith("--") else line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


#: Changes that an edit of the file does not make, and says so.
NOT_EDITED = {"strict", "without rowid", "replaced"}


@pytest.mark.parametrize("name", [name for name in CHANGES if name not in NOT_EDITED])
def test_a_file_says_what_the_truth_says(name: str, tmp_path: Path) -> None:
    old, new = CHANGES[name]
    for back in (False, True):
        now, wanted = (BASE.replace(old, new, 1), BASE) if back else (BASE, BASE.replace(old, new, 1))
        (tmp_path / "truth.sql").write_text(wanted, encoding="utf-8")
        (tmp_path / "now.sql").write_text(now, encoding="utf-8")
        fixed = mended(tmp_path, "now=sql:now.sql", truth="truth=sql:truth.sql")
        assert not fixed.report.findings, [f"{one.finding.message}: {one.why}" for one in fixed.left]
        with closing(sqlite3.connect(":memory:")) as database, closing(sqlite3.connect(":memory:")) as truth:
            truth.executescript(wanted)
            database.executescript((tmp_path / "now.sql").read_text(encoding="utf-8"))
            assert shape(database) == shape(truth)


def mended(root: Path, *sources: str, truth: str) -> Fixed:
    python = PythonChoice(python=sys.executable, dialect="sqlite")
    fixed = fix(Request(root=root, sources=(truth, *sources), select=("DR",), interpreter=python), Wishes(unsafe=True))
    assert not fixed.taken_back, fixed.taken_back[0].message
    return fixed


def test_a_file_keeps_its_manner(tmp_path: Path) -> None:
    (tmp_path / "now.sql").write_text(
        "create table `a` (\n  `id` integer primary key, -- the key\n  `b` text not null, -- said\n  `gone` text\n);\n"
        "create index `i` on `a` (`b`);\n"
    )
    (tmp_path / "truth.sql").write_text(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT DEFAULT 'x', c REAL CHECK (c > 0));\n"
        "CREATE UNIQUE INDEX i ON a (b) WHERE c > 1;\nCREATE TABLE d (id INTEGER PRIMARY KEY);\n"
    )
    mended(tmp_path, "now=sql:now.sql", truth="truth=sql:truth.sql")
    assert (tmp_path / "now.sql").read_text() == (
        "create table `a` (\n  `id` integer primary key, -- the key\n  `b` text default 'x', -- said\n  `c` real,\n"
        "  check (c > 0)\n);\ncreate unique index `i` on `a` (`b`) where c > 1;\n"
        "create table `d` (\n    `id` integer not null,\n    primary key (`id`)\n);\n"
    )


MIGRATION = """CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT, c REAL CHECK ("a"."c" > 0));
CREATE INDEX i ON a (b);
CREATE TRIGGER g AFTER INSERT ON a BEGIN UPDATE a SET c = 1 WHERE id = new.id; END;
"""


def test_a_folder_of_migrations_gets_another_one(tmp_path: Path) -> None:
    """Its rows are kept, its statements end where their tool stops at an error; what others refer to is left alone."""
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "0001_first.sql").write_text(MIGRATION)
    wanted = MIGRATION.replace("b TEXT", "b TEXT DEFAULT 'x', d TEXT NOT NULL DEFAULT 'y'")
    (tmp_path / "truth.sql").write_text(wanted)
    fixed = mended(tmp_path, "now=sql:migrations", truth="truth=sql:truth.sql")
    assert not fixed.report.findings
    (path,) = fixed.changed
    with closing(sqlite3.connect(":memory:")) as database, closing(sqlite3.connect(":memory:")) as truth:
        truth.executescript(wanted)
        database.executescript(f"{MIGRATION} INSERT INTO a (id, b) VALUES (3, 'kept');")
        database.executescript((tmp_path / path).read_text())
        assert shape(database) == shape(truth)
        assert database.execute("SELECT id, b, d, c FROM a").fetchall() == [(3, "kept", "y", 1.0)]


def test_no_migration_makes_a_table_anew_whose_rows_take_others_along(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    child = "CREATE TABLE child (a_id INTEGER REFERENCES a (id) ON DELETE CASCADE);\n"
    (tmp_path / "m" / "0001_first.sql").write_text(MIGRATION + child)
    (tmp_path / "truth.sql").write_text(MIGRATION.replace("b TEXT", "b TEXT DEFAULT 'x'") + child)
    (left,) = mended(tmp_path, "now=sql:m", truth="truth=sql:truth.sql").left
    assert "rows of child would go" in left.why


DRIZZLE = """import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const p = sqliteTable('p', { id: integer('id').primaryKey() });

export const t = sqliteTable('t', {
  id: integer('id').primaryKey(),
  flag: integer('flag', { mode: 'boolean' }).notNull().default(true),
  a: text('a', { length: 20 }),
  gone: text('gone'),
});
"""
WANTED = """CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE t (
  id INTEGER PRIMARY KEY AUTOINCREMENT, flag INTEGER NOT NULL DEFAULT 0, a TEXT(20) NOT NULL DEFAULT 'it''s',
  b BLOB DEFAULT x'00', c REAL DEFAULT 1.5, d NUMERIC NOT NULL DEFAULT 7, e TEXT DEFAULT CURRENT_TIMESTAMP,
  f INTEGER AS (id + 1) VIRTUAL, p_id INTEGER REFERENCES p (id) ON DELETE SET NULL, CONSTRAINT ck CHECK (c > 0));
CREATE INDEX i ON t (a, c DESC) WHERE c > 1;
CREATE UNIQUE INDEX u ON t (lower(a));
CREATE TABLE w (x INTEGER NOT NULL, y TEXT NOT NULL, t_id INTEGER REFERENCES t (id), PRIMARY KEY (x, y));
"""
MODELS = """from sqlalchemy import ForeignKey, Integer, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class P(Base):
    __tablename__ = "p"

    id: Mapped[int] = mapped_column(primary_key=True)


class T(Base):
    __tablename__ = "t"

    id: Mapped[int] = mapped_column(primary_key=True)
    flag: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    a: Mapped[str | None] = mapped_column(String(20))
    gone: Mapped[str | None] = mapped_column(String(20))
"""


@pytest.mark.parametrize(
    ("file", "text", "source", "left"),
    [("now.ts", DRIZZLE, "drizzle:now.ts", []), ("now.py", MODELS, "sqlalchemy:now:Base", ["DR207", "DR215"])],
)
def test_code_says_what_the_truth_says(file: str, text: str, source: str, left: list[str], tmp_path: Path) -> None:
    (tmp_path / file).write_text(text)
    (tmp_path / "truth.sql").write_text(WANTED)
    fixed = mended(tmp_path, f"now={source}", truth="truth=sql:truth.sql")
    assert [one.rule.code for one in fixed.report.findings] == left, [one.why for one in fixed.left]


def script_for(now: str, wanted: str, root: Path, *, whole: bool = True) -> str:
    """If it is `whole`, with what loses something."""
    (root / "truth.sql").write_text(wanted, encoding="utf-8")
    (root / "now.sql").write_text(now, encoding="utf-8")
    report = driftcheck.diff("truth=sql:truth.sql", "now=sql:now.sql", root=root, dialect="sqlite")
    assert report.findings
    (text,) = scripts_for(report, ["fix.sql"]).values()
    return text.replace("-- destructive: ", "") if whole else text


def run(database: sqlite3.Connection, script: str) -> None:
    database.execute("PRAGMA foreign_keys = ON")
    try:
        database.executescript(script)
    except sqlite3.Error as error:
        raise AssertionError(f"{error}\n{script}") from error


def shape(database: sqlite3.Connection) -> dict[str, Any]:
    """What SQLite says; columns without their order, since those that are added stand last, and a key is never NULL."""
    found = catalog(database)
    for table in found["tables"].values():
        table["columns"] = sorted((*one[:2], bool(one[4]) or one[2], *one[3:]) for one in table["columns"])
    triggers = database.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    return {**found, "triggers": sorted(re.sub(r'[\s"();]', "", sql).lower() for (sql,) in triggers)}


def rows(database: sqlite3.Connection) -> dict[str, dict[str, list[object]]]:
    return {table: dict(columns_of(database, table)) for table in ("p", "t", "u")}


def columns_of(database: sqlite3.Connection, table: str) -> Iterator[tuple[str, list[object]]]:
    for (column,) in database.execute(f"SELECT name FROM pragma_table_xinfo('{table}')").fetchall():
        yield column, [value for (value,) in database.execute(f'SELECT "{column}" FROM "{table}" ORDER BY id')]


def test_a_unique_constraint_that_drizzle_makes_an_index_of(tmp_path: Path) -> None:
    """What is left is less than what was ended, and no fault of the edit."""
    (tmp_path / "truth.sql").write_text("CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, n TEXT NOT NULL UNIQUE);\n")
    columns = "id: integer('id').primaryKey(), n: text('n').notNull()"
    names = "import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';\n"
    (tmp_path / "schema.ts").write_text(f"{names}export const t = sqliteTable('t', {{ {columns} }});\n")
    sources = ("truth=sql:truth.sql", "drift=drizzle:schema.ts")
    done = fix(Request(root=tmp_path, sources=sources, fail_on="note"), Wishes())
    assert not done.taken_back
    assert "n: text('n').notNull().unique()" in (tmp_path / "schema.ts").read_text()
    assert [(one.finding.rule.code, one.why.partition(" makes")[0]) for one in done.left] == [("DR325", "drizzle-kit")]


def test_a_table_that_drizzle_says_in_part(tmp_path: Path) -> None:
    """Its key cannot be nullable in Drizzle, and the table is there all the same."""
    (tmp_path / "truth.sql").write_text(
        "CREATE TABLE o (id INTEGER PRIMARY KEY NOT NULL);\nCREATE TABLE t (id TEXT PRIMARY KEY, at DATETIME);\n"
    )
    names = "import { integer, sqliteTable } from 'drizzle-orm/sqlite-core';\n"
    (tmp_path / "schema.ts").write_text(
        f"{names}export const o = sqliteTable('o', {{ id: integer().primaryKey() }});\n"
    )
    request = Request(root=tmp_path, sources=("truth=sql:truth.sql", "drift=drizzle:schema.ts"), fail_on="note")
    done = fix(request, Wishes())
    assert not done.taken_back
    assert "sqliteTable('t'" in (tmp_path / "schema.ts").read_text()
    assert {one.finding.object.table for one in done.left} == {"t"}
