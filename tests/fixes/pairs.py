"""Drifted pairs: a truth in one of the three languages, and the SQL of a database that has drifted from it.

Added columns are last in the truth, where PostgreSQL puts them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """`file` says which language `truth` is in."""

    name: str
    file: str
    truth: str
    sql: str


_SQL: dict[str, tuple[str, str]] = {
    "view on a column that changes its type": (
        """CREATE TABLE a (id bigint PRIMARY KEY, n bigint);
        CREATE VIEW small AS SELECT id, n FROM a WHERE n > 1;
        CREATE VIEW smaller AS SELECT n FROM small;""",
        """CREATE TABLE a (id integer PRIMARY KEY, n integer);
        CREATE VIEW small AS SELECT id, n FROM a WHERE n > 1;
        CREATE VIEW smaller AS SELECT n FROM small;""",
    ),
    "view on a column that is dropped": (
        """CREATE TABLE a (id integer PRIMARY KEY, n integer);
        CREATE VIEW seen AS SELECT id, n FROM a;
        CREATE VIEW again AS SELECT id FROM seen;""",
        """CREATE TABLE a (id integer PRIMARY KEY, n integer, gone text);
        CREATE VIEW seen AS SELECT id, n FROM a WHERE gone IS NULL;
        CREATE VIEW again AS SELECT id FROM seen;""",
    ),
    "views with a column list": (
        """CREATE TABLE a (id integer PRIMARY KEY, n numeric(12,2));
        CREATE VIEW listed (key, amount) AS SELECT id, n FROM a;
        CREATE VIEW fewer (only_key) AS SELECT key FROM listed;""",
        """CREATE TABLE a (id integer PRIMARY KEY, n numeric(10,2));
        CREATE VIEW listed (key, number) AS SELECT id, n FROM a;
        CREATE VIEW fewer (only_key) AS SELECT key FROM listed;""",
    ),
    "materialized view with an index": (
        """CREATE TABLE a (id bigint PRIMARY KEY, at timestamptz);
        CREATE MATERIALIZED VIEW days AS SELECT id, at FROM a;
        CREATE UNIQUE INDEX days_id ON days (id);
        CREATE VIEW over_days AS SELECT at FROM days;""",
        """CREATE TABLE a (id bigint PRIMARY KEY, at timestamp);
        CREATE MATERIALIZED VIEW days AS SELECT id, at FROM a;
        CREATE UNIQUE INDEX days_id ON days (id);
        CREATE VIEW over_days AS SELECT at FROM days;""",
    ),
    "generated column over a column that changes its type": (
        """CREATE TABLE a (id integer PRIMARY KEY, n bigint, twice bigint GENERATED ALWAYS AS (n * 2) STORED);
        CREATE INDEX a_twice ON a (twice);""",
        """CREATE TABLE a (id integer PRIMARY KEY, n integer, twice bigint GENERATED ALWAYS AS (n * 2) STORED);
        CREATE INDEX a_twice ON a (twice);""",
    ),
    "generated column over a column that is dropped": (
        """CREATE TABLE a (id integer PRIMARY KEY, n integer, sum integer GENERATED ALWAYS AS (n + 1) STORED,
        CONSTRAINT a_sum CHECK (sum > 0));""",
        """CREATE TABLE a (id integer PRIMARY KEY, n integer, gone integer,
        sum integer GENERATED ALWAYS AS (n + gone) STORED, CONSTRAINT a_sum CHECK (sum > 0));""",
    ),
    "generated becomes plain, plain becomes generated": (
        """CREATE TABLE a (id text PRIMARY KEY, one text DEFAULT 'x', two text GENERATED ALWAYS AS (lower(id)) STORED);
        """,
        """CREATE TABLE a (id text PRIMARY KEY, one text GENERATED ALWAYS AS (lower(id)) STORED, two text);""",
    ),
    "enum recreated under defaults, indexes, checks and views": (
        """CREATE TYPE mood AS ENUM ('ok', 'sad');
        CREATE TABLE a (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'sad', all_of mood[] DEFAULT '{sad}',
        CONSTRAINT a_m CHECK (m <> 'ok'));
        CREATE INDEX a_sad ON a (id) WHERE m = 'sad';
        CREATE INDEX a_moods ON a (m);
        CREATE VIEW sad AS SELECT id, m FROM a WHERE m = 'sad';""",
        """CREATE TYPE mood AS ENUM ('sad', 'ok', 'gone');
        CREATE TABLE a (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'sad', all_of mood[] DEFAULT '{sad}',
        CONSTRAINT a_m CHECK (m <> 'ok'));
        CREATE INDEX a_sad ON a (id) WHERE m = 'sad';
        CREATE INDEX a_moods ON a (m);
        CREATE VIEW sad AS SELECT id, m FROM a WHERE m = 'sad';""",
    ),
    "enum label added and used as a default": (
        """CREATE TYPE mood AS ENUM ('sad', 'new', 'ok');
        CREATE TABLE a (id integer PRIMARY KEY, m mood DEFAULT 'new');""",
        """CREATE TYPE mood AS ENUM ('sad', 'ok');
        CREATE TABLE a (id integer PRIMARY KEY, m mood DEFAULT 'sad');""",
    ),
    "renamed column inside expressions": (
        """CREATE TABLE a (id integer PRIMARY KEY, amount numeric(10,2) NOT NULL, note text,
        CONSTRAINT a_amount CHECK (amount > 1));
        CREATE INDEX a_dear ON a (note) WHERE amount > 100;
        CREATE VIEW dear AS SELECT id, amount FROM a;""",
        """CREATE TABLE a (id integer PRIMARY KEY, price numeric(10,2) NOT NULL, note text,
        CONSTRAINT a_amount CHECK (price > 0));
        CREATE INDEX a_dear ON a (note) WHERE price > 10;
        CREATE VIEW dear AS SELECT id, price AS amount FROM a;""",
    ),
    "renamed column under a generated one": (
        """CREATE TABLE a (id integer PRIMARY KEY, given text NOT NULL,
        low text GENERATED ALWAYS AS (lower(given)) STORED);
        CREATE INDEX a_given ON a (upper(given));""",
        """CREATE TABLE a (id integer PRIMARY KEY, first text NOT NULL,
        low text GENERATED ALWAYS AS (lower(first)) STORED);
        CREATE INDEX a_given ON a (upper(first));""",
    ),
    "renamed column and table under views, policies and triggers": (
        """CREATE TABLE a (id integer PRIMARY KEY, mail text NOT NULL, n integer);
        CREATE TABLE b (id integer PRIMARY KEY, a_id integer, kind text, at date, x text);
        CREATE VIEW shown AS SELECT id, mail FROM a WHERE mail <> '';
        CREATE VIEW over_shown AS SELECT mail FROM shown ORDER BY mail;
        CREATE VIEW kept AS SELECT mail AS m, b.kind FROM a JOIN b ON b.a_id = a.id;
        CREATE MATERIALIZED VIEW counted AS SELECT mail, count(*) AS c FROM a GROUP BY mail;
        CREATE INDEX counted_mail_idx ON counted (mail);
        CREATE POLICY own ON a USING (mail = current_user);
        CREATE POLICY other ON b USING (EXISTS (SELECT 1 FROM a WHERE a.id = b.a_id AND mail = current_user));
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER touched BEFORE UPDATE OF mail ON a FOR EACH ROW WHEN (NEW.mail <> '')
        EXECUTE FUNCTION touch();""",
        """CREATE TABLE a (id integer PRIMARY KEY, email text NOT NULL, n integer);
        CREATE TABLE bs (id integer PRIMARY KEY, a_id integer, kind text, at date, x text);
        CREATE VIEW shown AS SELECT id, email FROM a WHERE email <> '';
        CREATE VIEW over_shown AS SELECT email FROM shown ORDER BY email;
        CREATE VIEW kept AS SELECT email AS m, bs.kind FROM a JOIN bs ON bs.a_id = a.id;
        CREATE MATERIALIZED VIEW counted AS SELECT email, count(*) AS c FROM a GROUP BY email;
        CREATE INDEX counted_email_idx ON counted (email);
        CREATE POLICY own ON a USING (email = current_user);
        CREATE POLICY other ON bs USING (EXISTS (SELECT 1 FROM a WHERE a.id = bs.a_id AND email = 'someone'));
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER touched BEFORE UPDATE OF email ON a FOR EACH ROW WHEN (NEW.email <> 'x')
        EXECUTE FUNCTION touch();
        """,
    ),
    "partitions, told and fixed where they are declared": (
        """CREATE TABLE a (id bigint, at date NOT NULL, n bigint NOT NULL, CHECK (n > 0), PRIMARY KEY (id, at),
        UNIQUE (at, n), new text) PARTITION BY RANGE (at);
        CREATE TABLE a_1 PARTITION OF a FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
        CREATE INDEX a_n ON a (n);
        CREATE TABLE base (id integer, b bigint); CREATE TABLE kid (c text) INHERITS (base);""",
        """CREATE TABLE a (id bigint NOT NULL, at date NOT NULL, n integer, gone text) PARTITION BY RANGE (at);
        CREATE TABLE a_1 PARTITION OF a FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
        CREATE TABLE base (id integer, b integer); CREATE TABLE kid (c text) INHERITS (base);""",
    ),
    "keys swapped under foreign keys": (
        """CREATE TABLE a (id integer, code text NOT NULL, CONSTRAINT a_pkey PRIMARY KEY (id),
        CONSTRAINT a_code UNIQUE (code));
        CREATE TABLE b (a integer REFERENCES a (id) ON DELETE CASCADE, code text REFERENCES a (code));""",
        """CREATE TABLE a (id integer NOT NULL, code text NOT NULL, CONSTRAINT a_other PRIMARY KEY (id),
        CONSTRAINT a_code UNIQUE (code) DEFERRABLE);
        CREATE TABLE b (a integer REFERENCES a (id), code text);""",
    ),
    "policies and triggers on what changes": (
        """CREATE TABLE a (id integer PRIMARY KEY, owner text NOT NULL, n bigint);
        ALTER TABLE a ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON a USING (owner = current_user);
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER touched BEFORE UPDATE OF n ON a FOR EACH ROW WHEN (NEW.n > 1) EXECUTE FUNCTION touch();""",
        """CREATE TABLE a (id integer PRIMARY KEY, owner varchar(9) NOT NULL, n integer);
        CREATE POLICY own ON a USING (owner = current_user);
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER touched BEFORE UPDATE OF n ON a FOR EACH ROW WHEN (NEW.n > 1) EXECUTE FUNCTION touch();""",
    ),
}  # fmt: skip

_DRIZZLE_HEAD = """\
import { sql } from 'drizzle-orm';
import * as p from 'drizzle-orm/pg-core';
"""
_DRIZZLE: dict[str, tuple[str, str]] = {
    "columns of every sort": (
        """export const a = p.pgTable('a', {
          id: p.serial('id').primaryKey(),
          at: p.timestamp('at', { withTimezone: true }).notNull().defaultNow(),
          tags: p.text('tags').array().notNull().default([]),
          price: p.numeric('price', { precision: 10, scale: 2 }).default('0'),
          code: p.varchar('code', { length: 40 }),
          more: p.jsonb('more').default({}),
        });""",
        """CREATE TABLE a (id serial PRIMARY KEY, at timestamp DEFAULT now(), tags text[], price integer DEFAULT 1,
        code varchar(20) NOT NULL, stray text);""",
    ),
    "keys and indexes": (
        """export const a = p.pgTable('a', { id: p.integer('id').primaryKey(), code: p.text('code').notNull() },
          (t) => [p.unique('a_code').on(t.code), p.check('a_long', sql`length(${t.code}) > 2`)]);
        export const b = p.pgTable('b', {
          id: p.integer('id').primaryKey(),
          a: p.integer('a').references(() => a.id, { onDelete: 'cascade' }),
          n: p.integer('n'),
        }, (t) => [p.index('b_n').on(t.n.desc()), p.uniqueIndex('b_a').on(t.a).where(sql`${t.n} > 1`)]);""",
        """CREATE TABLE a (id integer PRIMARY KEY, code text NOT NULL, CONSTRAINT a_long CHECK (length(code) > 3));
        CREATE UNIQUE INDEX a_code ON a (code);
        CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a (id), n integer);
        CREATE INDEX b_n ON b (n); CREATE UNIQUE INDEX b_a ON b (a);""",
    ),
    "serial, identity and plain": (
        """export const a = p.pgTable('a', { id: p.integer('id').primaryKey().generatedAlwaysAsIdentity() });
        export const b = p.pgTable('b', { id: p.serial('id').primaryKey() });
        export const c = p.pgTable('c', { id: p.integer('id').primaryKey() });""",
        """CREATE TABLE a (id serial PRIMARY KEY); CREATE TABLE b (id integer PRIMARY KEY);
        CREATE TABLE c (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY);""",
    ),
    "enums and tables that are missing": (
        """export const mood = p.pgEnum('mood', ['sad', 'ok']);
        export const a = p.pgTable('a', { id: p.uuid('id').primaryKey().defaultRandom() });
        export const b = p.pgTable('b', { a: p.uuid('a').references(() => a.id), m: mood('m').default('ok') });""",
        """CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE a (id uuid PRIMARY KEY); CREATE TABLE old (id integer);""",
    ),
}

_PYTHON_HEAD = """\
from sqlalchemy import *
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint, JSONB

metadata = MetaData()
"""
_PYTHON: dict[str, tuple[str, str]] = {
    "columns and comments": (
        """a = Table("a", metadata, Column("id", BigInteger, primary_key=True),
            Column("name", String(80), nullable=False, server_default="x", comment="what it's for"),
            Column("born", DateTime(timezone=True), server_default=func.now()),
            Column("meta", JSONB, nullable=False, server_default=text("'{}'::jsonb")), comment="people")""",
        """CREATE TABLE a (id serial PRIMARY KEY, name text, born date, meta json);""",
    ),
    "deferrable keys, INCLUDE and exclusion": (
        """a = Table("a", metadata, Column("id", Integer, primary_key=True, autoincrement=False), Column("n", Integer),
            Column("r", Integer), UniqueConstraint("n", name="a_n", deferrable=True),
            ForeignKeyConstraint(["r"], ["a.id"], name="a_r", deferrable=True, initially="DEFERRED"),
            ExcludeConstraint((text("int4range(n, r)"), "&&"), name="a_x", using="gist"),
            Index("a_i", "n", postgresql_include=["r"]))""",
        """CREATE TABLE a (id integer PRIMARY KEY, n integer, r integer, CONSTRAINT a_n UNIQUE (n),
        CONSTRAINT a_r FOREIGN KEY (r) REFERENCES a (id));
        CREATE INDEX a_i ON a (n);""",
    ),
    "enum in another schema, and a sequence": (
        """mood = Enum("sad", "ok", name="mood", schema="app")
ticket = Sequence("ticket", start=5, increment=2, metadata=metadata)
a = Table("a", metadata, Column("id", Integer, primary_key=True, autoincrement=False),
          Column("m", mood, nullable=False, server_default="ok"), schema="app")""",
        """CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('sad', 'gone', 'ok'); CREATE SEQUENCE ticket;
        CREATE TABLE app.a (id integer PRIMARY KEY, m app.mood DEFAULT 'sad');
        CREATE INDEX a_m ON app.a (m) WHERE m = 'ok'::app.mood;""",
    ),
    "composite keys and computed columns": (
        """a = Table("a", metadata, Column("x", Integer, primary_key=True, autoincrement=False),
            Column("y", Integer, primary_key=True, autoincrement=False),
            Column("sum", Integer, Computed("x + y", persisted=True)))
b = Table("b", metadata, Column("x", Integer), Column("y", Integer),
          ForeignKeyConstraint(["x", "y"], ["a.x", "a.y"], name="b_a", ondelete="CASCADE"))""",
        """CREATE TABLE a (x integer, y integer NOT NULL, sum integer GENERATED ALWAYS AS (x - 1) STORED,
        CONSTRAINT a_pkey PRIMARY KEY (x));
        CREATE TABLE b (x integer, y bigint);""",
    ),
}

PAIRS: tuple[Pair, ...] = (
    *(Pair(name, "truth.sql", truth, sql) for name, (truth, sql) in _SQL.items()),
    *(Pair(name, "schema.ts", _DRIZZLE_HEAD + truth, sql) for name, (truth, sql) in _DRIZZLE.items()),
    *(Pair(name, "models.py", _PYTHON_HEAD + truth, sql) for name, (truth, sql) in _PYTHON.items()),
)
