"""Fixes for SQLite, judged by SQLite: what is written runs in a database with rows, and makes what the truth builds."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import driftcheck
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


def shape(database: sqlite3.Connection) -> dict[str, object]:
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
