"""Drizzle schemas edited: the drift ends, and what the model does not hold stays as it is."""

from __future__ import annotations

from pathlib import Path

from .editing import mended
from .test_in_place import TRUTH as COLUMNS
from .test_lines import TRUTH as TABLES

DRIZZLE = """\
import { integer, jsonb, numeric, pgEnum, pgTable, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';

export const moodEnum = pgEnum('mood', ['sad', 'ok']);
export const teamsTable = pgTable('teams', {
  id: integer('id').primaryKey(),
  title: varchar('name', { length: 50 }),
});
export const usersTable = pgTable('users', {
  id: uuid('id').primaryKey(),
  emailAddress: text('email').notNull(), // where we write to
  created_at: timestamp('created_at'),
  teamId: integer('team_id').references(() => teamsTable.id),
  mood: moodEnum('mood'),
  score: numeric('score'),
  tags: text('tags').array(),
  'meta': jsonb('meta').$type<{ a: unknown[] }>(),
});
"""

SOURCES = ("truth=sql:truth.sql", "drizzle:schema.ts")


def fixed(root: Path, truth: str, text: str) -> str:
    (root / "truth.sql").write_text(truth)
    (root / "schema.ts").write_text(text)
    mended(root, *SOURCES)
    return (root / "schema.ts").read_text()


def test_facts_of_columns(tmp_path: Path) -> None:
    text = fixed(tmp_path, COLUMNS.format(key="users_team_id_teams_id_fk"), DRIZZLE)
    assert "  emailAddress: varchar('email', { length: 320 }).notNull(), // where we write to\n" in text
    assert "references(() => teamsTable.id, { onDelete: 'cascade' })" in text
    assert ".$type<{ a: unknown[] }>()" in text


def test_tables_and_all_types(tmp_path: Path) -> None:
    text = "import { pgTable, uuid } from 'drizzle-orm/pg-core';\n\nexport const users = pgTable('users', {\n"
    fixed(tmp_path, TABLES, text + "  id: uuid('id').primaryKey().defaultRandom(),\n});\n")


def test_names_of_the_file(tmp_path: Path) -> None:
    truth = COLUMNS.format(key="users_team_id_teams_id_fk")
    more = """CREATE INDEX i ON users (email, created_at, team_id);
    CREATE TABLE posts (id integer PRIMARY KEY, by uuid CONSTRAINT posts_by_users_id_fk REFERENCES users (id));"""
    text = fixed(tmp_path, truth + more, DRIZZLE)
    assert "index('i').on(t.emailAddress, t.created_at, t.teamId)" in text
    assert ".references(() => usersTable.id)" in text


def test_imports_are_completed_in_their_order_and_tidied(tmp_path: Path) -> None:
    head = (
        "import {\n  integer,\n  pgTable,\n  text,\n} from 'drizzle-orm/pg-core';\nimport { other } from './other';\n\n"
    )
    start = head + "export const a = pgTable('a', {\n  id: integer('id').primaryKey(),\n  b: text('b'),\n});\n"
    (tmp_path / "other.ts").write_text("export const other = 1;\n")
    text = fixed(tmp_path, "CREATE TABLE a (id integer PRIMARY KEY, b varchar(9), c date, d boolean);", start)
    names = "  boolean,\n  date,\n  integer,\n  pgTable,\n  varchar,\n"
    assert text.startswith(f"import {{\n{names}}} from 'drizzle-orm/pg-core';\nimport {{ other }} from './other';\n")
