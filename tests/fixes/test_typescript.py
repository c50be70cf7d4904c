"""Drizzle schemas edited: the drift ends, and what the model does not hold stays as it is."""

from __future__ import annotations

from pathlib import Path

from .editing import mended, run
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


def test_the_only_key_gives_way_to_others(tmp_path: Path) -> None:
    for style in ("(t) => [index('old').on(t.b)]", "(t) => ({ old: index('old').on(t.b) })"):
        start = "import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';\n"
        start += "export const a = pgTable('a', { id: integer('id').primaryKey(), b: text('b') }, " + style + ");\n"
        truth = (
            "CREATE TABLE a (id integer PRIMARY KEY, b text); CREATE INDEX x ON a (b, id); CREATE INDEX y ON a (id);"
        )
        text = fixed(tmp_path, truth, start)
        assert "old" not in text
        assert "[," not in text


CIRCLE = """CREATE TABLE a (id integer PRIMARY KEY, up integer CONSTRAINT a_up_a_id_fk REFERENCES a (id), b integer);
CREATE TABLE b (id integer PRIMARY KEY, a integer CONSTRAINT b_a REFERENCES a (id));
ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES b (id);
"""


def test_tables_that_refer_to_each_other_say_their_types(tmp_path: Path) -> None:
    start = "import { integer, pgTable } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', {\n"
    text = fixed(tmp_path, CIRCLE, start + "  id: integer('id').primaryKey(),\n  up: integer('up'),\n});\n")
    assert "references((): AnyPgColumn => a.id)" in text
    assert "(t): PgTableExtraConfigValue[] => [" in text
    assert "foreignColumns: [a.id]" in text
    start = "import { integer, pgTable } from 'drizzle-orm/pg-core';\nexport const c = pgTable('c', {\n"
    text = fixed(
        tmp_path,
        CIRCLE + "CREATE TABLE c (id integer PRIMARY KEY);",
        start + "  id: integer('id').primaryKey(),\n});\n",
    )
    assert "references((): AnyPgColumn => a.id)" in text
    assert text.count("(t): PgTableExtraConfigValue[] => [") == 2


def test_what_is_declared_already_is_exported(tmp_path: Path) -> None:
    start = "import { integer, pgEnum, pgTable } from 'drizzle-orm/pg-core';\nconst mood = pgEnum('mood', ['a']);\n"
    start += "export const t = pgTable('t', { id: integer('id').primaryKey() });\n"
    text = fixed(tmp_path, "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (id integer PRIMARY KEY);", start)
    assert text == start.replace("const mood", "export const mood")


def test_what_is_shared_and_not_agreed_on_is_left(tmp_path: Path) -> None:
    (tmp_path / "truth.sql").write_text(
        "CREATE TABLE a (id integer PRIMARY KEY, at timestamptz);CREATE TABLE b (id integer PRIMARY KEY, at timestamp);"
    )
    start = """import { integer, pgTable, timestamp } from 'drizzle-orm/pg-core';
const key = () => integer('id');
const stamp = { at: timestamp('at') };
export const a = pgTable('a', { id: key().primaryKey(), ...stamp });
export const b = pgTable('b', { id: key().primaryKey(), ...stamp });
"""
    (tmp_path / "schema.ts").write_text(start)
    done = run(tmp_path, *SOURCES)
    assert [one.why for one in done.left] == ["b.at is written in the same place, and is right as it is"]
    assert (tmp_path / "schema.ts").read_text() == start
    (tmp_path / "truth.sql").write_text("CREATE TABLE a (id bigint PRIMARY KEY, at timestamptz);"
                                        "CREATE TABLE b (id bigint PRIMARY KEY, at timestamptz);")  # fmt: skip
    mended(tmp_path, *SOURCES)
    after = start.replace("integer('id')", "bigint('id', { mode: 'number' })")
    after = after.replace("timestamp('at')", "timestamp('at', { withTimezone: true })")
    assert (tmp_path / "schema.ts").read_text() == after.replace("import { integer,", "import { bigint,")
    (tmp_path / "truth.sql").write_text("CREATE TABLE a (id bigint PRIMARY KEY, at timestamptz);"
                                        "CREATE TABLE b (id uuid PRIMARY KEY, at timestamptz);")  # fmt: skip
    done = run(tmp_path, *SOURCES)
    assert [one.why for one in done.left] == ["a.id is written in the same place, and is right as it is"]


def test_what_speaks_of_a_table_goes_with_it_or_keeps_it(tmp_path: Path) -> None:
    start = """import { relations } from 'drizzle-orm';
import { integer, pgTable } from 'drizzle-orm/pg-core';

export const a = pgTable('a', { id: integer('id').primaryKey() });

// the second one
export const b = pgTable('b', { id: integer('id').primaryKey(), a: integer('a').references(() => a.id) });

export const aRelations = relations(a, ({ many }) => ({
  bs: many(b),
}));
export const bRelations = relations(b, ({ one }) => ({ a: one(a, { fields: [b.a], references: [a.id] }) }));
export type B = typeof b.$inferSelect;
"""
    truth = "CREATE TABLE a (id integer PRIMARY KEY);"
    text = fixed(tmp_path, truth, start)
    assert "bRelations" not in text
    assert "many(b)" not in text
    assert "export const aRelations = relations(a" in text
    (tmp_path / "schema.ts").write_text(start + "export const live = (x: B) => select().from(b);\n")
    done = run(tmp_path, *SOURCES)
    assert [one.why for one in done.left] == ["b is used at schema.ts:14"]


HOSTILE = r"""CREATE SCHEMA "we`ird";
CREATE TYPE "class" AS ENUM ('a''b', 'c`d${x}', E'e\nf', 'g"h\');
CREATE TABLE "we`ird"."default" (id integer PRIMARY KEY, "new" "class" DEFAULT 'a''b', "a b" text DEFAULT E'x\ny`${1}',
"1st" integer, "ünï" text, "__proto__" text, "constructor" text,
"quo'te""d" text CHECK ("quo'te""d" <> '`${y}'), "*/" text);
CREATE TABLE a (id integer PRIMARY KEY, "delete" text, "x-y" text, x_y text, "X_Y" text);
CREATE INDEX "i`${z}" ON a ("x-y", lower("delete")) WHERE "delete" <> 'a`b\c';
CREATE POLICY "p`'${q}" ON a FOR SELECT USING ("delete" = '`');
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
CREATE TABLE pgtable (id integer PRIMARY KEY);
CREATE TABLE text (id integer PRIMARY KEY, text text);
CREATE TABLE sql (id integer PRIMARY KEY);
CREATE SEQUENCE "class_seq" START 5;
"""


def test_names_and_texts_that_mean_something_in_typescript(tmp_path: Path) -> None:
    start = "import { integer, pgTable } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', {\n"
    text = fixed(tmp_path, HOSTILE, start + "  id: integer('id').primaryKey(),\n});\n")
    assert text.startswith(
        "import { check, index, integer, pgEnum, pgPolicy, pgSchema, pgSequence, pgTable, text } from "
        "'drizzle-orm/pg-core';\nimport { sql } from 'drizzle-orm';\n"
    )


def test_what_is_chained_stays_with_its_column_where_all_are_on_one_line(tmp_path: Path) -> None:
    truth = "CREATE TABLE a (id integer PRIMARY KEY, n text NOT NULL DEFAULT 'x', m integer, o text UNIQUE);"
    text = "import { pgTable, integer, text } from 'drizzle-orm/pg-core';\n"
    column = "n: text('n')"
    after = fixed(
        tmp_path, truth, f"{text}export const a = pgTable('a', {{ id: integer('id').primaryKey(), {column} }});\n"
    )
    assert f"{column}.notNull().default('x'), m: integer('m'), o: text('o')" in after


def test_a_sequence_of_integers_is_no_matter_of_drizzles(tmp_path: Path) -> None:
    """Its `pgSequence` takes no type, so nothing is tried, and the reason is said."""
    (tmp_path / "truth.sql").write_text("CREATE TABLE t (id integer PRIMARY KEY); CREATE SEQUENCE s AS integer;")
    names = "import { integer, pgSequence, pgTable } from 'drizzle-orm/pg-core';\n"
    table = "export const t = pgTable('t', { id: integer().primaryKey() });\n"
    for declared in ("", "export const s = pgSequence('s');\n"):
        (tmp_path / "schema.ts").write_text(names + declared + table)
        done = run(tmp_path, *SOURCES)
        assert not done.taken_back
        assert [one.why for one in done.left] == ["Drizzle has no word for a sequence AS integer"]


def test_nothing_new_goes_where_it_is_not_passed_on(tmp_path: Path) -> None:
    """An index that names what it exports leaves new declarations out, and what would refer to them is not edited."""
    (tmp_path / "truth.sql").write_text("CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (id mood NOT NULL);")
    names = "import { pgTable, text } from 'drizzle-orm/pg-core';\n"
    (tmp_path / "t.ts").write_text(f"{names}export const t = pgTable('t', {{ id: text().notNull() }});\n")
    config = "import { defineConfig } from 'drizzle-kit';\n"
    (tmp_path / "drizzle.config.ts").write_text(
        f"{config}export default defineConfig({{ dialect: 'postgresql', schema: './index.ts' }});\n"
    )
    sources = ("truth=sql:truth.sql", "drizzle:drizzle.config.ts")
    (tmp_path / "index.ts").write_text("export { t } from './t';\n")
    done = run(tmp_path, *sources)
    assert not done.taken_back
    assert not done.changed
    assert all("index.ts passes on by their names what t.ts exports" in one.why for one in done.left)
    (tmp_path / "index.ts").write_text("export * from './t';\n")
    mended(tmp_path, *sources)


def test_a_file_whose_last_table_goes_stays_a_module(tmp_path: Path) -> None:
    (tmp_path / "truth.sql").write_text("CREATE TABLE a (id integer);")
    names = "import { integer, pgTable } from 'drizzle-orm/pg-core';\n"
    for name in ("a", "b"):
        (tmp_path / f"{name}.ts").write_text(
            f"// {name}\n{names}export const {name} = pgTable('{name}', {{ id: integer() }});\n"
        )
    mended(tmp_path, "truth=sql:truth.sql", "drizzle:*.ts")
    assert (tmp_path / "b.ts").read_text() == "// b\nexport {};\n"


def test_a_default_that_is_none_of_the_labels_is_sql(tmp_path: Path) -> None:
    """`enum` is for TypeScript alone, and TypeScript refuses another value."""
    (tmp_path / "truth.sql").write_text("CREATE TABLE a (s text DEFAULT 'c', t text DEFAULT 'b');")
    names = "import { pgTable, text } from 'drizzle-orm/pg-core';\n"
    columns = "s: text({ enum: ['a', 'b'] }).default('a'), t: text({ enum: ['a', 'b'] }).default('a')"
    (tmp_path / "schema.ts").write_text(f"{names}export const a = pgTable('a', {{ {columns} }});\n")
    mended(tmp_path, *SOURCES)
    text = (tmp_path / "schema.ts").read_text()
    assert "s: text({ enum: ['a', 'b'] }).default(sql`'c'`), t: text({ enum: ['a', 'b'] }).default('b')" in text
