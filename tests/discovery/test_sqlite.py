"""Projects on SQLite are found as such, and a project on PostgreSQL with a SQLite side is not mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest

import driftcheck
from driftcheck.discovery.init import init_text

from .building import CONFIG, journal, model, pg, project, specs, tables

SCHEMA = """import { integer, sqliteTable } from 'drizzle-orm/sqlite-core';
export const users = sqliteTable('users', { id: integer('id').primaryKey() });
"""
MIGRATION = "CREATE TABLE `users` (\n  `id` integer PRIMARY KEY NOT NULL\n);\n"
BASE = "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase):\n    pass\n"


@pytest.mark.parametrize(
    "words",
    [
        "dialect: 'sqlite'",
        "dialect: 'turso'",
        "dialect: 'sqlite', driver: 'd1-http'",
        "dialect: 'sqlite', driver: 'expo'",
        "dialect: 'sqlite', driver: 'durable-sqlite'",
        "driver: 'better-sqlite'",
    ],
)
def test_a_config_for_sqlite_names_schema_and_migrations(words: str, tmp_path: Path) -> None:
    found = project(
        tmp_path,
        {
            "drizzle.config.ts": f"export default {{ schema: './schema.ts', out: './drizzle', {words} }}",
            "schema.ts": SCHEMA,
            "drizzle/0000_first.sql": MIGRATION,
            "drizzle/meta/_journal.json": journal("0000_first").replace("{", '{"dialect": "sqlite", ', 1),
        },
    )
    assert specs(found) == ["drizzle:drizzle.config.ts", "sql:drizzle"]
    assert found.dialect == "sqlite"
    assert 'dialect = "sqlite"' in init_text(found)
    assert not driftcheck.diff(root=tmp_path).findings


def test_without_a_config_imports_and_sql_say_it(tmp_path: Path) -> None:
    (tmp_path / "app.db").write_bytes(b"never opened unasked")
    found = project(tmp_path, {"src/db.ts": SCHEMA, "migrations/0001_first.sql": MIGRATION})
    assert specs(found) == ["drizzle:src/db.ts", "sql:migrations"]
    assert found.dialect == "sqlite"
    (tmp_path / "migrations/0001_first.sql").write_text(MIGRATION.replace("NOT NULL", "NOT NULL, `a` text"))
    assert [one.rule.code for one in driftcheck.diff(root=tmp_path).findings] == ["DR202"]


def test_a_project_on_postgresql_stays_one(tmp_path: Path) -> None:
    found = project(
        tmp_path,
        {
            "drizzle.config.ts": CONFIG,
            "schema.ts": pg("users"),
            "schema.sql": tables("users"),
            "edge/schema.ts": SCHEMA,
            "edge/drizzle.config.ts": "export default { schema: './schema.ts', dialect: 'sqlite' }",
            "edge/migrations/0001_first.sql": MIGRATION + "PRAGMA foreign_keys = ON;",
        },
    )
    assert specs(found) == ["drizzle:drizzle.config.ts", "sql:schema.sql"]
    assert found.dialect == ""
    assert {str(one) for one in found.left_out} >= {
        "edge/drizzle.config.ts: it is for another database",
        "edge/migrations: it is SQL for SQLite",
    }


@pytest.mark.parametrize(
    ("address", "dialect"),
    [("sqlite:///app.db", "sqlite"), ("sqlite+aiosqlite:///app.db", "sqlite"), ("postgresql://x/y", ""), ("", "")],
)
def test_an_address_says_it_where_no_source_does(address: str, dialect: str, tmp_path: Path) -> None:
    found = project(
        tmp_path,
        {
            "app/__init__.py": "",
            "app/base.py": BASE,
            "app/users.py": model("users", "from .base import Base"),
            "app/settings.py": f"URL = '{address}'",
            "schema.sql": tables("users"),
        },
    )
    assert len(found.sources) == 2
    assert found.dialect == dialect


def test_nothing_to_compare_is_said_of_the_engine_that_is_there(tmp_path: Path) -> None:
    found = project(tmp_path, {"schema.ts": SCHEMA})
    assert found.complaint.startswith("found only one source here, drizzle:schema.ts")
