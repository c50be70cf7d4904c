"""Projects of Drizzle and SQL, each with what their first check takes and says; journals.py has more."""

from __future__ import annotations

from .building import Layout, config, kit, models, sql, ts

TS, SQL = ts("crate"), sql("crate")
DRIFTS = sql("crate", label="varchar(9)")
NO_DRIFT = "✓ no drift: compared 1 table"
ALTER = "ALTER TABLE crate ALTER COLUMN label DROP NOT NULL;\n"
PULLED = f"-- Current sql file was generated after introspecting the database\n-- Uncomment it.\n/*\n{SQL}*/"

LAYOUTS = {
    "the plainest project": Layout(
        {"schema.ts": TS, "db/schema.sql": SQL}, 0, ("schema.ts", "db/schema.sql"), says=(NO_DRIFT,)
    ),
    "the file that people edit by hand, beside migrations": Layout(
        {"drizzle.config.ts": config(out="./drizzle"), "schema.ts": TS, "docs/production_schema.sql": DRIFTS}
        | kit("drizzle", {"0000_a": SQL}),
        1,
        ("schema.ts", "drizzle/0000_a.sql", "docs/production_schema.sql"),
        says=("DR203", "took production_schema=sql:docs/production_schema.sql", "took drizzle-kit=sql:drizzle"),
    ),
    "Supabase's folder, and a file by hand": Layout(
        {"src/schema.ts": TS, "supabase/migrations/20260101000000_a.sql": SQL, "database/schema.sql": SQL},
        0,
        ("src/schema.ts", "supabase/migrations/20260101000000_a.sql", "database/schema.sql"),
        says=(NO_DRIFT, "took supabase=sql:supabase/migrations"),
    ),
    "Supabase's, drizzle-kit's, and two by hand": Layout(
        {
            "drizzle.config.ts": config(out="./out"),
            "schema.ts": TS,
            "supabase/migrations/20260101000000_a.sql": SQL,
            "db/schema.sql": SQL,
            "ops/schema.sql": DRIFTS,
        }
        | kit("out", {"0000_a": SQL}),
        1,
        ("out/0000_a.sql", "supabase/migrations/20260101000000_a.sql", "db/schema.sql", "ops/schema.sql"),
        says=("DR203", "ops/schema.sql:1"),
    ),
    "a copy that is old": Layout(
        {"schema.ts": TS, "db/schema.sql": SQL, "backups/2024/dump.sql": DRIFTS},
        1,
        ("db/schema.sql",),
        ("backups/2024/dump.sql",),
        ("DR907", "it lies in backups/ and describes 1 of the 1 tables"),
        ("backups/2024/dump.sql",),
        ("✓ no drift",),
    ),
    "a folder that is old": Layout(
        {"schema.ts": TS, "migrations/1_a.sql": SQL, "migrations_backup/1_a.sql": DRIFTS},
        1,
        ("migrations/1_a.sql",),
        ("migrations_backup/1_a.sql",),
        ("DR907",),
        ("migrations_backup",),
        ("✓ no drift",),
    ),
    "a copy of the schema that no config names": Layout(
        {"drizzle.config.ts": config(), "schema.ts": TS, "server/copy.ts": TS, "schema.sql": SQL},
        1,
        ("schema.ts",),
        ("server/copy.ts",),
        ("DR907",),
        ("server/copy.ts was left out: it declares tables, and no config",),
    ),
    "two programs of one repository": Layout(
        {
            "apps/a/drizzle.config.ts": config(out="./drizzle"),
            "apps/a/schema.ts": ts("page"),
            "apps/b/drizzle.config.ts": config(out="./drizzle"),
            "apps/b/schema.ts": ts("crate", "pallet"),
        }
        | kit("apps/a/drizzle", {"0000_a": sql("page")})
        | kit("apps/b/drizzle", {"0000_b": sql("crate", "pallet")}),
        0,
        ("apps/b/schema.ts", "apps/b/drizzle/0000_b.sql"),
        ("apps/a/schema.ts", "apps/a/drizzle/0000_a.sql"),
        top=("left out apps/a/drizzle.config.ts: it has no table in common",),
    ),
    "two programs, of which one has migrations": Layout(
        {
            "apps/a/drizzle.config.ts": config(out="./drizzle"),
            "apps/a/schema.ts": ts("page"),
            "apps/b/drizzle.config.ts": config(out="./drizzle"),
            "apps/b/schema.ts": ts("crate", "pallet"),
        }
        | kit("apps/a/drizzle", {"0000_a": sql("page")}),
        0,
        ("apps/a/schema.ts", "apps/a/drizzle/0000_a.sql"),
        ("apps/b/schema.ts",),
        top=("left out apps/b/drizzle.config.ts",),
        never=("DR101", "DR102"),
    ),
    "an out that is called out": Layout(
        {"drizzle.config.ts": config(out="out"), "schema.ts": TS} | kit("out", {"0000_a": DRIFTS}),
        1,
        ("out/0000_a.sql",),
        says=("DR203",),
    ),
    "an out that is called dist, in a folder of a monorepo": Layout(
        {"packages/db/drizzle.config.ts": config("./src/schema.ts", "./dist/sql"), "packages/db/src/schema.ts": TS}
        | kit("packages/db/dist/sql", {"0000_a": SQL}),
        0,
        ("packages/db/dist/sql/0000_a.sql",),
        says=(NO_DRIFT,),
    ),
    "an out without a journal": Layout(
        {"drizzle.config.ts": config(out="./db/steps"), "schema.ts": TS, "db/steps/0001_a.sql": SQL},
        0,
        ("db/steps/0001_a.sql",),
    ),
    "an out that says nothing of the tables": Layout(
        {"drizzle.config.ts": config(out="./out"), "schema.ts": ts("crate", "pallet")}
        | kit("out", {"0000_a": sql("bale")}),
        2,
        says=("two databases", "crate, pallet", "bale"),
        never=("DR101",),
    ),
    "two databases": Layout(
        {"web/schema.ts": ts("crate", "pallet"), "legacy.sql": sql("invoice").replace("label", "total")},
        2,
        says=("two databases", "crate, pallet", "invoice", "driftcheck diff drizzle:web/schema.ts sql:legacy.sql"),
        never=("DR101", "DR102"),
    ),
    "two databases with a table that looks renamed": Layout(
        {
            "schema.ts": ts("crate"),
            "report.sql": "CREATE TABLE report_row (id int, label int, weight int, packed int, a int, b int);",
        },
        2,
        says=("two databases", "report_row"),
    ),
    "one database with a table that was renamed": Layout(
        {"schema.ts": ts("crate"), "schema.sql": sql("crates")}, 1, ("schema.ts", "schema.sql"), says=("DR103",)
    ),
    "a config in package.json": Layout(
        {
            "package.json": '{"scripts": {"db": "drizzle-kit generate --config ./tools/db.ts"}}',
            "tools/db.ts": config("./src/schema.ts", "./migrations"),
            "src/schema.ts": TS,
            "examples/shop/schema.ts": ts("demo", "other", "third"),
        }
        | kit("migrations", {"0000_a": SQL}),
        0,
        ("src/schema.ts", "migrations/0000_a.sql"),
        ("examples/shop/schema.ts",),
        says=("the config that package.json names",),
    ),
    "a config of another name": Layout(
        {"db/kit.mts": config("./db/tables.ts", "./db/out"), "db/tables.ts": TS} | kit("db/out", {"0000_a": SQL}),
        0,
        ("db/tables.ts", "db/out/0000_a.sql"),
    ),
    "a config that types Config": Layout(
        {
            "db/settings.ts": "import type { Config } from 'drizzle-kit';\n"
            "export default { dialect: 'postgresql', schema: './db/tables.ts' } satisfies Config;",
            "db/tables.ts": TS,
            "schema.sql": SQL,
        },
        0,
        ("db/tables.ts",),
        says=("a config of drizzle-kit",),
    ),
    "a config whose schema is gone": Layout(
        {
            "drizzle.config.ts": config("./gone.ts"),
            "server/drizzle.config.ts": config(out="./drizzle"),
            "server/schema.ts": TS,
        }
        | kit("server/drizzle", {"0000_a": SQL}),
        0,
        ("server/schema.ts", "server/drizzle/0000_a.sql"),
        top=("left out drizzle.config.ts: the schema that drizzle.config.ts names does not exist: ./gone.ts",),
    ),
    "an empty config": Layout(
        {"drizzle.config.ts": "\n", "db/schema.ts": TS, "schema.sql": SQL},
        0,
        ("db/schema.ts", "schema.sql"),
        top=("left out drizzle.config.ts: it is empty",),
    ),
    "a config that is all comment": Layout(
        {"drizzle.config.ts": "// " + config().replace("\n", "\n// "), "db/schema.ts": TS, "schema.sql": SQL},
        0,
        ("db/schema.ts",),
        top=("left out drizzle.config.ts: it is empty",),
    ),
    "a config for drizzle-kit pull alone": Layout(
        {"drizzle.config.ts": 'export default { dialect: "postgresql", out: "./pulled" };', "db/schema.sql": SQL},
        2,
        says=("found only one source here, sql:db/schema.sql", "left out drizzle.config.ts: it names no schema"),
    ),
    "a config with casing and a filter": Layout(
        {
            "drizzle.config.ts": config(more=", casing: 'snake_case', tablesFilter: ['crate']"),
            "schema.ts": "import { integer, pgTable, text } from 'drizzle-orm/pg-core';\n"
            "export const crate = pgTable('crate', { id: integer().primaryKey(), netWeight: text() });",
            "schema.sql": "CREATE TABLE crate (id int PRIMARY KEY, net_weight text);" + sql("pallet"),
        },
        0,
        says=(NO_DRIFT, "tablesFilter of drizzle.config.ts"),
    ),
    "a config for another database beside ours": Layout(
        {
            "drizzle.config.ts": config().replace("postgresql", "sqlite"),
            "pg/drizzle.config.ts": config(),
            "pg/schema.ts": TS,
            "schema.sql": SQL,
        },
        0,
        ("pg/schema.ts",),
        top=("left out drizzle.config.ts: it is for another database",),
    ),
    "what drizzle-kit pull wrote": Layout(
        {
            "drizzle.config.ts": config(out="./drizzle"),
            "schema.ts": ts("crate", nullable="label"),
            "drizzle/schema.ts": TS,
        }
        | kit("drizzle", {"0000_a": PULLED, "0001_b": ALTER}),
        0,
        ("drizzle/0000_a.sql", "drizzle/0001_b.sql"),
        ("drizzle/schema.ts",),
        (NO_DRIFT, "0000_a.sql is a comment that drizzle-kit pull wrote"),
        ("left out drizzle/schema.ts: drizzle-kit pull writes it",),
    ),
    "migrations without their beginning": Layout(
        {
            "schema.ts": ts("crate", "pallet", "bale", "drum", "sack"),
            "patches/1_a.sql": ALTER + ALTER.replace("crate", "pallet") + sql("bale"),
            "patches/2_b.sql": ALTER.replace("crate", "drum"),
        },
        2,
        says=("found only one source", "left out patches: its beginning is missing"),
    ),
    "a patch that makes nothing alone": Layout(
        {
            "schema.ts": ts("crate", "drum", "label", "line"),
            "scripts/add.sql": "CREATE TABLE label (id integer REFERENCES crate, b integer REFERENCES public.drum);"
            "CREATE TABLE line (label integer REFERENCES label);",
        },
        2,
        says=("found only one source here, drizzle:schema.ts", "left out scripts/add.sql: its tables refer to others"),
        never=("no table was found",),
    ),
    "a platform's tables are there": Layout(
        {
            "schema.ts": TS,
            "supabase/migrations/1_a.sql": SQL.replace(
                "integer PRIMARY KEY", "integer PRIMARY KEY REFERENCES auth.users"
            ),
        },
        1,
        ("schema.ts", "supabase/migrations/1_a.sql"),
        says=("DR312",),
    ),
    "a copy in a temporary folder": Layout(
        {"schema.ts": TS, "schema.sql": SQL, "tmp/before.sql": DRIFTS},
        1,
        ("schema.ts", "schema.sql"),
        ("tmp/before.sql",),
        says=("DR907", "tmp/before.sql was left out: it lies in tmp/"),
        never=("DR203",),
    ),
    "patches beside two that have their beginning": Layout(
        {
            "models.py": models("crate", "pallet", "bale"),
            "schema.sql": sql("crate", "pallet", "bale"),
            "patches/1_a.sql": sql("bale") + ALTER.replace("crate", "pallet"),
            "patches/2_b.sql": ALTER,
        },
        1,
        ("models.py", "schema.sql"),
        ("patches/1_a.sql",),
        ("patches was left out: its beginning is missing",),
        never=("does not exist", "DR101"),
    ),
    "a part of the schema beside all of it": Layout(
        {"schema.ts": ts("crate", "pallet", "bale"), "all.sql": sql("crate", "pallet", "bale"), "auth/1_a.sql": SQL},
        1,
        ("all.sql",),
        ("auth/1_a.sql",),
        ("DR907", "auth was left out: it describes only 1 of the 3 tables"),
        never=("DR101",),
    ),
    "MySQL's with more tables": Layout(
        {
            "schema.ts": TS,
            "db/schema.sql": SQL,
            "db/shop.sql": "CREATE TABLE `crate` (id INT(11) AUTO_INCREMENT);" + sql("a", "b", "c"),
        },
        0,
        ("db/schema.sql",),
        ("db/shop.sql",),
        top=("left out db/shop.sql: it is SQL for MySQL",),
    ),
    "one schema for several engines": Layout(
        {"schema.ts": TS, "db/full.sql.postgres": SQL, "db/full.sql.sqlite": sql("crate", "more")},
        0,
        ("db/full.sql.postgres",),
        ("db/full.sql.sqlite",),
        top=("left out db/full.sql.sqlite: it is SQL for sqlite, as its name says",),
    ),
    "a schema and what once changed it": Layout(
        {
            "delta/1/crate.sql": sql("crate"),
            "delta/2/crate.sql": sql("crate", label="varchar(9)"),
            "full/schema.sql": sql("crate", *(f"part_{number}" for number in range(9))),
        },
        2,
        says=("found only one source here, sql:full/schema.sql",),
        never=("DR203",),
    ),
    "Oracle's and SQL Server's": Layout(
        {
            "schema.ts": TS,
            "schema.sql": SQL,
            "ora.sql": "CREATE TABLE crate (id NUMBER(10), label VARCHAR2(40));",
            "ms.sql": "CREATE TABLE crate (id INT IDENTITY(1,1), label NVARCHAR(40));\nGO\n",
        },
        0,
        ("schema.sql",),
        ("ora.sql", "ms.sql"),
        top=("left out ora.sql: it is SQL for Oracle", "left out ms.sql: it is SQL for SQL Server"),
    ),
    "Supabase's picture of a schema": Layout(
        {
            "schema.ts": TS,
            "migrations/1_a.sql": SQL,
            "schema.sql": "-- WARNING: This schema is for context only and is not meant to be run.\n" + DRIFTS,
        },
        1,
        ("migrations/1_a.sql",),
        ("schema.sql",),
        ("DR907", "it says that it is not meant to be run"),
    ),
    "SQL alone, in two forms": Layout(
        {"structure.sql": SQL, "migrate/1_a.sql": SQL, "migrate/2_b.sql": ALTER},
        1,
        ("structure.sql", "migrate/1_a.sql", "migrate/2_b.sql"),
        says=("DR204",),
    ),
    "nothing to compare with": Layout(
        {"schema.ts": TS},
        2,
        says=("found only one source here, drizzle:schema.ts", "looked for SQL files with CREATE TABLE"),
    ),
    "nothing at all": Layout({"readme.txt": ""}, 2, says=("found nothing to compare here",)),
}
