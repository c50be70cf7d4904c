"""What the SQL that was replayed so far answers to a program that asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from driftcheck.project import Project
from driftcheck.readers.sql.applying import Applied, SourceText

SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE users (id serial PRIMARY KEY, mail text UNIQUE, m mood);
CREATE INDEX by_m ON users (m);
CREATE VIEW v AS SELECT id FROM users;
CREATE SEQUENCE numbers;
CREATE TABLE posts (body text, CONSTRAINT long CHECK (length(body) > 3 AND body <> upper(body)));
"""
#: Query → its rows; None where they are not known.
QUERIES: dict[str, Any] = {
    "SELECT 1": [[1]],
    "SELECT 'a', true, 2.5": [["a", True, 2.5]],
    "SELECT version()": [["PostgreSQL 17.0"]],
    "SELECT current_schema()": [["public"]],
    "SELECT to_regclass('public.users')": [["public.users"]],
    "SELECT to_regclass('nobody')": [[None]],
    "SELECT to_regclass('users') IS NOT NULL": [[True]],
    "SELECT 1 FROM pg_type WHERE typname = 'mood'": [[1]],
    "SELECT 1 FROM pg_type WHERE typname = 'other'": [],
    "SELECT count(*) FROM pg_indexes WHERE indexname = 'by_m'": [[1]],
    "SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'gone')": [[False]],
    "SELECT column_name FROM information_schema.columns WHERE table_name = 'users'": [["id"], ["mail"], ["m"]],
    "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'v'": None,
    "SELECT enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid WHERE typname = 'mood'": [["sad"], ["ok"]],
    "SELECT enumlabel FROM pg_enum WHERE enumtypid = 'mood'::regtype ORDER BY enumsortorder": [["sad"], ["ok"]],
    "SELECT enumlabel FROM pg_enum WHERE enumtypid = 'mood'::regtype ORDER BY enumlabel": None,
    "SELECT enumlabel FROM pg_enum WHERE enumtypid = 'gone'::regtype": None,
    "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename IN ('users', 'posts', 'gone')": [[2]],
    "SELECT count(*) FROM information_schema.tables WHERE table_name IN ('users', 'v')": None,  # v is one, too
    "SELECT count(*) FROM pg_type WHERE typname = 'mood'": [[1]],
    "SELECT count(*) FROM pg_type WHERE typname IN ('mood', 'int4')": None,
    "SELECT count(*) FROM pg_constraint WHERE conname = 'users_mail_key'": [[1]],
    "SELECT conname FROM pg_constraint WHERE conrelid = 'posts'::regclass AND contype = 'c'": [["long"]],
    "SELECT 1 FROM pg_stat_activity": None,
    "SELECT 1 FROM information_schema.columns WHERE table_schema = 'public' AND udt_name = 'mood'": None,  # of v?
    "SELECT nonsense(": None,
    "SELECT indisvalid FROM pg_index": None,
    "SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = to_regclass('by_m')": [[True]],
    "SELECT i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname = 'gone'": [],
}


@pytest.fixture
def applied(tmp_path: Path) -> Applied:
    made = Applied(Project(tmp_path))
    made.apply(SourceText("a.sql", SCHEMA))
    return made


@pytest.mark.parametrize("sql", QUERIES)
def test_of_catalogs(applied: Applied, sql: str) -> None:
    answer = applied.answer({"about": "rows", "sql": sql})
    assert (answer["known"], answer["data"]) == (QUERIES[sql] is not None, False)
    assert answer["rows"] == (QUERIES[sql] or [])


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT id, mail FROM users WHERE id = 3", []),
        ("SELECT count(*), max(id) FROM users", [[0, None]]),
        ("SELECT EXISTS (SELECT 1 FROM users)", [[False]]),
    ],
)
def test_of_tables(applied: Applied, sql: str, rows: list[list[object]]) -> None:
    assert applied.answer({"about": "rows", "sql": sql}) == {
        **applied.answer({"about": "rows", "sql": sql}),
        "rows": rows,
    }
    assert applied.answer({"about": "rows", "sql": sql})["data"] is True


def test_of_what_there_is(applied: Applied) -> None:
    def there(kind: str, name: str, schema: str | None = None) -> object:
        return applied.answer({"about": "existence", "kind": kind, "name": name, "schema": schema})

    assert [there("table", name) for name in ("users", "v", "numbers", "mood", "by_m")] == [True, True, *[False] * 3]
    assert [there("sequence", "numbers"), there("type", "mood"), there("schema", "public")] == [True] * 3
    assert [there("table", "users", "other"), there("schema", "other")] == [False, False]
    assert applied.answer({"about": "names", "kind": "table", "schema": None}) == ["users", "posts"]
    assert applied.answer({"about": "names", "kind": "view", "schema": "public"}) == ["v"]
    assert applied.answer({"about": "enums", "schema": None, "every": False}) == [
        {"schema": "public", "name": "mood", "labels": ["sad", "ok"]}
    ]
    assert applied.answer({"about": "table", "name": "nobody", "schema": None}) is None


def test_whether_a_type_is_used(tmp_path: Path) -> None:
    applied = Applied(Project(tmp_path))
    applied.apply(SourceText("a.sql", SCHEMA.replace("CREATE VIEW", "-- ").replace("mail text", "mail text, l int8[]")))
    query = "SELECT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'public' AND udt_name = '{}')"
    for name, used in (("mood", True), ("int4", True), ("_int8", True), ("int8", False), ("other", False)):
        assert applied.answer({"about": "rows", "sql": query.format(name)})["rows"] == [[used]], name


def test_defaults(tmp_path: Path) -> None:
    applied = Applied(Project(tmp_path))
    applied.apply(SourceText("a.sql", "CREATE TABLE t (a integer DEFAULT 3, b varchar(9) DEFAULT 'x', c text);"))
    query = "SELECT column_default FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 't'"
    for name, default in (("a", "3"), ("b", "'x'::character varying"), ("c", None)):
        answer = applied.answer({"about": "rows", "sql": f"{query} AND column_name = '{name}'"})
        assert (answer["rows"], answer["known"]) == ([[default]], True)


def test_what_is_refused_after_a_savepoint_is_known_to_who_tries_it(applied: Applied, tmp_path: Path) -> None:
    applied.apply(SourceText("b.sql", 'SAVEPOINT "a"'))
    assert applied.attempt(SourceText("b.sql", "CREATE INDEX tried ON users (mail)")) is None
    assert (
        applied.attempt(SourceText("b.sql", "DROP TABLE gone"))
        == 'PostgreSQL refuses this: table "gone" does not exist'
    )
    applied.apply(SourceText("b.sql", 'ROLLBACK TO SAVEPOINT "a"'))
    applied.apply(SourceText("b.sql", 'RELEASE SAVEPOINT "a"'))
    applied.apply(SourceText("b.sql", "CREATE TABLE after (a integer)"))
    reading = applied.reading(None)
    assert not reading.gaps
    assert [table.name for table in reading.schema.tables] == ["users", "posts", "after"]
    assert "tried" not in [index.name for index in reading.schema.tables[0].indexes]
