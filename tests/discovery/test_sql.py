"""Which SQL is found, and in what form."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.discovery import discover

from .building import TABLE, journal, project, specs, tables

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "a dump": ({"db/structure.sql": tables("a", "b"), "db/seed.sql": "INSERT"}, ["sql:db/structure.sql"]),
    "the most tables": (
        {"a.sql": tables("a"), "db/schema.sql": tables("a", 'public."B"', "c")},
        ["sql:db/schema.sql"],
    ),
    "a table twice is one": ({"a.sql": tables("a", "b"), "b.sql": TABLE.format("public.a") * 3}, ["sql:a.sql"]),
    "a table in a comment is none": (
        {"a.sql": tables("a"), "b.sql": "-- CREATE TABLE x (\n/* CREATE TABLE y (\n CREATE TABLE z ( */"},
        ["sql:a.sql"],
    ),
    "among equals the one that is called schema": (
        {"db/all.sql": tables("a"), "db/schema.sql": tables("a")},
        ["sql:db/schema.sql"],
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
    "one numbered file is a file": ({"sql/001_init.sql": tables("a")}, ["sql:sql/001_init.sql"]),
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
        {"drizzle/0001_x.sql": tables("a"), "drizzle/meta/_journal.json": journal("0000_x", "0001_x")},
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
        ["sql:db/prod.sql"],
    ),
    "parts in a folder": (
        {"supabase/schemas/a.sql": tables("a"), "supabase/schemas/b.sql": tables("b", "c")},
        ["sql:supabase/schemas"],
    ),
    "SQL of other databases": (
        {
            "mysql.sql": "CREATE TABLE `a` (id int) ENGINE=InnoDB;",
            "b.sql": "CREATE TABLE b (id INTEGER AUTOINCREMENT);",
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


def test_a_journal_of_files_that_are_gone_is_told(tmp_path: Path) -> None:
    found = project(tmp_path, {"m/0001_x.sql": tables("a"), "m/meta/_journal.json": journal("0000_x", "0001_x")})
    assert found.also == ("m: its journal names files that are gone",)


def test_a_journal_of_another_database_is_not_told_as_gone(tmp_path: Path) -> None:
    mysql = "CREATE TABLE `a` (id int);"
    found = project(tmp_path, {"m/0000_x.sql": mysql, "m/meta/_journal.json": journal("0000_x")})
    assert found.also == ("m/0000_x.sql is not for PostgreSQL",)


def test_one_migration_is_one(tmp_path: Path) -> None:
    found = project(tmp_path, {"m/0000_x.sql": tables("a"), "m/meta/_journal.json": journal("0000_x")})
    assert [item.why for item in found.sources] == ["1 migration by drizzle-kit, 1 table"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_files_that_windows_wrote(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "dump.sql").write_text(tables("a").replace("\n", "\r\n"), encoding=encoding)
    assert specs(discover(tmp_path)) == ["sql:dump.sql"]
