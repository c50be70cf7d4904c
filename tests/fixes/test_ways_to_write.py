"""Ways to write a Drizzle schema: whichever it is, the drift ends, and the way stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from .editing import mended

CALLBACK = (
    """\
import { pgTable } from 'drizzle-orm/pg-core';
export const a = pgTable('a', (t) => ({
  id: t.integer().primaryKey(),
  n: t.varchar({ length: 4 }),
}));
""",
    """CREATE TYPE mood AS ENUM ('a');
CREATE TABLE a (id integer PRIMARY KEY, n text NOT NULL DEFAULT 'x', m timestamptz DEFAULT now(), o mood);
CREATE INDEX i ON a (n, m DESC);""",
    ["(t) => ({", "  o: mood('o'),", "t.text().notNull().default('x')"],
)
NAMESPACE = (
    """\
import * as p from 'drizzle-orm/pg-core';
export const a = p.pgTable('a', {
  id: p.integer('id').primaryKey(),
  n: p.varchar('n', { length: 4 })
})
""",
    """CREATE TABLE a (id integer PRIMARY KEY, n text NOT NULL, m date, CONSTRAINT u UNIQUE (n, m));
CREATE INDEX i ON a (lower(n)) WHERE m IS NOT NULL;
CREATE TABLE b (id integer PRIMARY KEY, a integer CONSTRAINT b_a_a_id_fk REFERENCES a (id));""",
    ["p.text('n').notNull()", "p.unique('u').on(t.n, t.m)", "import { sql } from 'drizzle-orm';"],
)
CREATOR = (
    """\
import { pgTableCreator, integer } from 'drizzle-orm/pg-core';
const t = pgTableCreator((name) => `app_${name}`);
export const a = t('a', { id: integer('id').primaryKey() });
""",
    """CREATE TABLE app_a (id integer PRIMARY KEY, n text);
CREATE TABLE app_b (id integer PRIMARY KEY);""",
    ["t('a', { id: integer('id').primaryKey(), n: text('n') })", "pgTable('app_b'"],
)
KEYED = (
    """\
import { pgTable, integer, varchar, timestamp, bigint } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { id: integer().primaryKey(), n: varchar({ length: 40 }), t: timestamp(),
  b: bigint({ mode: 'bigint' }).default(5n) });
""",
    """CREATE TABLE a (id integer PRIMARY KEY, n varchar(50), t timestamp(3) with time zone, b bigint DEFAULT 7);""",
    [
        "timestamp({ precision: 3, withTimezone: true })",
        "bigint({ mode: 'bigint' }).default(7n)",
        "varchar({ length: 50 })",
    ],
)
BLOCK = (
    """\
import { pgTable, integer, index, uniqueIndex } from "drizzle-orm/pg-core";
export const a = pgTable(
  "a",
  {
    id: integer("id").primaryKey(),
    b: integer("b"), // the b
  },
  (table) => {
    return {
      bIdx: index("b_idx").on(table.b),
    };
  }
);
""",
    """CREATE TABLE a (id integer PRIMARY KEY, b integer, c integer);
CREATE UNIQUE INDEX b_idx ON a (b);
CREATE INDEX c_idx ON a USING hash (c);""",
    [
        '    b: integer("b"), // the b\n    c: integer("c"),\n',
        'bIdx: uniqueIndex("b_idx").on(table.b),',
        'cIdx: index("c_idx").using("hash", table.c),',
    ],
)
AS_CONST = (
    """\
import { pgTable, integer, pgEnum } from 'drizzle-orm/pg-core';
export const labels = ['a', 'b', 'c'] as const;
export const mood = pgEnum('mood', labels);
export const t = pgTable('t', { id: integer('id').primaryKey(), m: mood('m').default('a') });
""",
    """CREATE TYPE mood AS ENUM ('z', 'a', 'c', 'd');
CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'd');""",
    ["export const labels = ['z', 'a', 'c', 'd'] as const;"],
)
OPTIONS = (
    """\
import { pgTable, integer } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { id: integer('id').primaryKey() });
export const b = pgTable('b', {
  id: integer('id').primaryKey(),
  x: integer('x').references(() => a.id, { onDelete: 'cascade', onUpdate: 'cascade' }),
  y: integer('y').references(() => a.id, { onDelete: 'cascade' }).notNull(),
  z: integer('z').references(() => a.id),
});
""",
    """CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE b (id integer PRIMARY KEY,
  x integer CONSTRAINT b_x_a_id_fk REFERENCES a (id) ON UPDATE CASCADE,
  y integer CONSTRAINT b_y_a_id_fk REFERENCES a(id),
  z integer NOT NULL CONSTRAINT b_z_a_id_fk REFERENCES a (id) ON DELETE SET DEFAULT ON UPDATE RESTRICT);""",
    ["references(() => a.id, { onUpdate: 'cascade' })", "y: integer('y').references(() => a.id),"],
)
COMPOSITE = (
    """\
import { pgTable, integer, primaryKey } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { x: integer('x').primaryKey(), y: integer('y').notNull() });
export const b = pgTable('b', { x: integer('x').notNull(), y: integer('y').notNull() },
  (t) => [primaryKey({ columns: [t.x, t.y] })]);
""",
    """CREATE TABLE a (x integer, y integer NOT NULL, CONSTRAINT a_x_y_pk PRIMARY KEY (x, y));
CREATE TABLE b (x integer PRIMARY KEY, y integer NOT NULL);""",
    ["primaryKey({ columns: [t.x, t.y] })", "x: integer('x').notNull().primaryKey()"],
)
FACTORY = (
    """\
import { pgTable, integer, varchar, timestamp } from 'drizzle-orm/pg-core';
const name = (n: string) => varchar(n, { length: 10 }).notNull();
function stamps() {
  return { made: timestamp('made').notNull(), changed: timestamp('changed') };
}
export const a = pgTable('a', { id: integer('id').primaryKey(), n: name('n'), ...stamps() });
export const b = pgTable('b', { id: integer('id').primaryKey(), n: name('n'), ...stamps() });
""",
    """CREATE TABLE a (id integer PRIMARY KEY, n varchar(20) NOT NULL, made timestamptz NOT NULL, changed timestamptz);
CREATE TABLE b (id integer PRIMARY KEY,
  n varchar(20) NOT NULL, made timestamptz NOT NULL, changed timestamptz, extra text);""",
    ["varchar(n, { length: 20 }).notNull()", "extra: text('extra'), ...stamps()"],
)
IDENTITY = (
    """\
import { pgTable, integer, serial, text } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
export const a = pgTable('a', { id: serial('id').primaryKey(), b: text('b').generatedAlwaysAs(sql`'x'`),
  c: text('c') });
export const b = pgTable('b', { id: integer('id').primaryKey().generatedAlwaysAsIdentity() });
export const c = pgTable('c', { id: integer('id').primaryKey().generatedByDefaultAsIdentity({ startWith: 5 }) });
""",
    """CREATE TABLE a (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  b text, c text GENERATED ALWAYS AS (upper(b)) STORED);
CREATE TABLE b (id serial PRIMARY KEY);
CREATE TABLE c (id integer GENERATED ALWAYS AS IDENTITY (START WITH 9) PRIMARY KEY);""",
    ["serial('id').primaryKey()", "generatedAlwaysAsIdentity({ startWith: 9 })"],
)
TYPES = (
    """\
import { pgTable, integer, text, numeric, timestamp, boolean, customType } from 'drizzle-orm/pg-core';
const citext = customType<{ data: string }>({ dataType: () => 'citext' });
export const a = pgTable('a', {
  id: integer('id').primaryKey(),
  a: text('a').array(),
  b: text('b').$type<'x'>().array().notNull(),
  c: numeric('c', { precision: 8, scale: 2, mode: 'number' }).default(1),
  d: timestamp('d', { mode: 'date', precision: 3 }),
  e: boolean('e').default(false),
  f: citext('f'),
  g: text('g', { enum: ['p', 'q'] }),
});
""",
    """CREATE EXTENSION citext;
CREATE TABLE a (id bigint PRIMARY KEY,
  a text, b varchar(3)[] NOT NULL, c numeric(10,2) DEFAULT 2, d date, e integer DEFAULT 0, f text,
  g varchar(9), h citext, i integer[][], j bytea);""",
    ["h: citext('h')", "g: varchar('g', { enum: ['p', 'q'], length: 9 })", ".$type<'x'>().array().notNull()"],
)


@pytest.mark.parametrize(
    "way",
    [CALLBACK, NAMESPACE, CREATOR, KEYED, BLOCK, AS_CONST, OPTIONS, COMPOSITE, FACTORY, IDENTITY, TYPES],
    ids="callback namespace creator keyed block as_const options composite factory identity types".split(),
)
def test_a_way_to_write_it(way: tuple[str, str, list[str]], tmp_path: Path) -> None:
    text, truth, kept = way
    (tmp_path / "schema.ts").write_text(text)
    (tmp_path / "truth.sql").write_text(truth)
    mended(tmp_path, "truth=sql:truth.sql", "drizzle:schema.ts")
    after = (tmp_path / "schema.ts").read_text()
    assert [words for words in kept if words not in after] == []
