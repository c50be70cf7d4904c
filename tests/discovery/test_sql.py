"""Which SQL is found, and in what form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from driftcheck.discovery import discover

from .building import TABLE, journal, project, specs, tables

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "a dump": ({"db/structure.sql": tables("a", "b"), "db/seed.sql": "INSERT"}, ["sql:db/structure.sql"]),
    "the most tables": (
        {"a.sql": tables("a"), "db/schema.sql": tables("a", 'public."B"', "c")},
        ["schema=sql:db/schema.sql", "a=sql:a.sql"],
    ),
    "a table twice is one": (
        {"a.sql": tables("a", "b"), "b.sql": TABLE.format("public.a") * 3},
        ["a=sql:a.sql", "b=sql:b.sql"],
    ),
    "a table in a comment is none": (
        {"a.sql": tables("a"), "b.sql": "-- CREATE TABLE x (\n/* CREATE TABLE y (\n CREATE TABLE z ( */"},
        ["sql:a.sql"],
    ),
    "files of the same tables": (
        {"db/all.sql": tables("a"), "db/schema.sql": tables("a")},
        ["all=sql:db/all.sql", "schema=sql:db/schema.sql"],
    ),
    "files of the same name": (
        {"one/db/schema.sql": tables("a"), "two/db/schema.sql": tables("a"), "schema.sql": tables("a")},
        ["schema=sql:schema.sql", "db-schema=sql:one/db/schema.sql", "two-db-schema=sql:two/db/schema.sql"],
    ),
    "migrations": (
        {
            "supabase/migrations/20240101_a.sql": tables("a"),
            "supabase/migrations/20240102_b.sql": tables("b"),
            "supabase/seed.sql": "INSERT",
        },
        ["sql:supabase/migrations"],
    ),
    "migrations at the top": ({"1_a.sql": tables("a"), "2_b.sql": tables("b")}, ["sql:."]),
    "one numbered file is the first of several": ({"sql/001_init.sql": tables("a")}, ["sql:sql"]),
    "migrations with a dump among them": (
        {"m/0001_a.sql": tables("a"), "m/0002_b.sql": tables("b"), "m/production.sql": tables("a", "b")},
        ["m=sql:m/[0-9]*.sql", "production=sql:m/production.sql"],
    ),
    "migrations with a part of their own among them": (
        {"m/0001_a.sql": tables("a"), "m/views.sql": "CREATE VIEW v AS SELECT 1;"},
        ["sql:m"],
    ),
    "Flyway's migrations with a dump among them": (
        {"m/V1__a.sql": tables("a"), "m/R__b.sql": "CREATE VIEW v AS SELECT 1;", "m/schema.sql": tables("a")},
        ["m=sql:m/[VvRr]*__*.sql", "schema=sql:m/schema.sql"],
    ),
    "numbered folders": (
        {"db/10_users/01.sql": tables("a"), "db/20_shop/01.sql": tables("b"), "db/20_shop/02.sql": tables("c")},
        ["sql:db/[0-9]*/*.sql"],
    ),
    "what graphile-migrate has committed": (
        {"migrations/committed/000001.sql": tables("a"), "migrations/current.sql": "select 1;"},
        ["sql:migrations"],
    ),
    "migrations by Prisma for another database": (
        {
            "prisma/migrations/1_a/migration.sql": tables("a"),
            "prisma/migrations/migration_lock.toml": 'provider = "mysql"',
        },
        [],
    ),
    "migrations with ways back": (
        {
            "m/1_a.up.sql": tables("a"),
            "m/1_a.down.sql": "DROP TABLE a",
            "m/2_b.up.sql": tables("b"),
            "m/2_b.down.sql": tables("a"),
        },
        ["sql:m"],
    ),
    "migrations by Prisma": (
        {"prisma/migrations/1_a/migration.sql": tables("a"), "prisma/migrations/2_b/migration.sql": tables("b")},
        ["sql:prisma/migrations"],
    ),
    "a journal of files that are gone": (
        {"drizzle/seed.sql": "INSERT", "drizzle/meta/_journal.json": journal("0000_x", "0001_x")},
        [],
    ),
    "migrations by Diesel": (
        {"migrations/1_a/up.sql": tables("a"), "migrations/1_a/down.sql": tables("b")},
        ["sql:migrations"],
    ),
    "migrations by drizzle-kit": (
        {"drizzle/0000_x.sql": tables("a"), "drizzle/meta/_journal.json": journal("0000_x")},
        ["sql:drizzle"],
    ),
    "what lives before what is kept": (
        {"archive/db.sql": tables("a", "b"), "legacy/db.sql": tables("a", "b"), "pkg/db/db.sql": tables("a")},
        ["sql:pkg/db/db.sql"],
    ),
    "somebody's own SQL before what drizzle-kit made": (
        {
            "drizzle/0000_x.sql": tables("a", "b"),
            "drizzle/0001_x.sql": tables("c"),
            "drizzle/meta/_journal.json": journal("0000_x", "0001_x"),
            "db/prod.sql": tables("a", "b"),
        },
        ["prod=sql:db/prod.sql", "drizzle-kit=sql:drizzle"],
    ),
    "parts in a folder": (
        {"supabase/schemas/a.sql": tables("a"), "supabase/schemas/b.sql": tables("b", "c")},
        ["sql:supabase/schemas"],
    ),
    "SQL of other databases": (
        {
            "mysql.sql": "CREATE TABLE `a` (id int) ENGINE=InnoDB;",
            "plain.sql": "CREATE TABLE a (id INT(11) UNSIGNED NOT NULL);",
            "oracle.sql": "CREATE TABLE c (id NUMBER(10), name VARCHAR2(20));",
            "mssql.sql": "CREATE TABLE [dbo].[d] ([id] int IDENTITY(1,1));",
            "mssql2.sql": "CREATE TABLE d (id uniqueidentifier, n nvarchar(9));",
            "click.sql": "CREATE TABLE e (id int) ENGINE = ReplacingMergeTree ORDER BY id;",
        },
        [],
    ),
    "tests' SQL comes last": (
        {"tests/big.sql": tables("a", "b", "c"), "db.sql": tables("a")},
        ["sql:db.sql"],
    ),
}


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_finds(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert specs(project(tmp_path, files)) == expected


def test_a_journal_of_files_that_are_gone_is_said(tmp_path: Path) -> None:
    found = project(tmp_path, {"m/9.sql": tables("a"), "m/meta/_journal.json": journal("0000_x", "0001_x")})
    assert [(str(one.spec), one.why) for one in found.sources] == [
        ("sql:m/[0-9]*.sql", "1 migration by name, as its journal names files that are gone, 1 table")
    ]
    found = project(tmp_path, {"m/9.sql": "ALTER TABLE a ADD b int;"})
    assert list(map(str, found.left_out)) == ["m: its journal names files that are gone"]


def test_a_journal_of_another_database_is_not_said_to_be_gone(tmp_path: Path) -> None:
    mysql = "CREATE TABLE `a` (id int) ENGINE=InnoDB;"
    found = project(tmp_path, {"m/0000_x.sql": mysql, "m/meta/_journal.json": journal("0000_x")})
    assert list(map(str, found.left_out)) == ["m: it is SQL for MySQL"]
    says = json.dumps({"dialect": "mysql", "entries": [{"idx": 0, "tag": "0000_x"}]})
    found = project(tmp_path, {"m/0000_x.sql": tables("a"), "m/meta/_journal.json": says})
    assert list(map(str, found.left_out)) == ["m: it is SQL for mysql"]


@pytest.mark.parametrize(
    "text",
    [
        "CREATE TABLE a (id int, at timestamp DEFAULT now()); -- `AUTO_INCREMENT` ENGINE=InnoDB",
        "CREATE TABLE a (id serial, note text DEFAULT '`x` PRAGMA');",
        "CREATE TABLE a (tags text[] NOT NULL, number int CHECK (number > 0), unsigned_ boolean);",
        "CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY (START 10));",
        "CREATE TABLE a (id int);\nCREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN '`'; END $$;",
    ],
)
def test_sql_of_postgresql_that_comes_near_to_others(tmp_path: Path, text: str) -> None:
    assert specs(project(tmp_path, {"schema.sql": text})) == ["sql:schema.sql"]


def test_one_migration_is_one(tmp_path: Path) -> None:
    found = project(tmp_path, {"m/0000_x.sql": tables("a"), "m/meta/_journal.json": journal("0000_x")})
    assert [item.why for item in found.sources] == ["1 migration by drizzle-kit, 1 table"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_files_that_windows_wrote(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "dump.sql").write_text(tables("a").replace("\n", "\r\n"), encoding=encoding)
    assert specs(discover(tmp_path)) == ["sql:dump.sql"]
