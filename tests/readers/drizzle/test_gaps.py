"""What cannot be known is a gap with a place, and nothing around it is lost."""

from __future__ import annotations

import pytest

from .conftest import Reads

#: (declarations, the unknown field of column `c` of table `t`)
COLUMNS = [
    ("c: varchar('c', { length: Number(process.env.SIZE) })", "type"),
    ("c: text('c').default(process.env.X!)", "default"),
    ("c: text('c').default(sql`${process.env.X}`)", "default"),
    ("c: text('c').generatedAlwaysAs(sql.raw(process.env.X!))", "generated"),
    ("c: integer('c').generatedAlwaysAsIdentity({ startWith: Number(process.env.X) })", "identity"),
    ("c: customType({ dataType: () => process.env.X! })('c')", "type"),
    ("c: customType({ dataType: () => 'no type ((' })('c')", "type"),
]


@pytest.mark.parametrize(("column", "fact"), COLUMNS)
def test_one_fact_of_a_column(reads: Reads, column: str, fact: str) -> None:
    reading = reads(f"export const t = pgTable('t', {{\n a: text('a'),\n {column},\n b: integer('b')\n}});")

    (table,) = reading.schema.tables
    assert [each.name for each in table.columns] == ["a", "c", "b"]
    assert table.columns[1].unknown == {fact}
    assert table.unknown == frozenset()
    (gap,) = reading.gaps
    assert (gap.location.line, gap.object) == (4, "public.t.c")


@pytest.mark.parametrize(
    ("change", "unknown"),
    [
        ("(t.c as any).getSQLType = () => process.env.X", {"type"}),
        ("(t.c as any).getSQLType = 1", {"type"}),
        ("(t.c as any).notNull = true", set()),
    ],
)
def test_a_column_that_is_changed_after_it_is_made(reads: Reads, change: str, unknown: set[str]) -> None:
    reading = reads(f"export const t = pgTable('t', {{ c: text('c') }});\n{change};")

    assert reading.schema.tables[0].columns[0].unknown == unknown
    (gap,) = reading.gaps
    assert "column c" in gap.what


#: (third argument's item, the unknown field of the table)
KEYS = [
    ("check('x', sql`${process.env.X}`)", "checks"),
    ("check(process.env.X!, sql`true`)", "checks"),
    ("index(process.env.X!).on(t.a)", "indexes"),
    ("index('x').on(process.env.X as any)", "indexes"),
    ("unique('x').on((t as any).missing)", "uniques"),
    ("primaryKey({ columns: [process.env.X as any] })", "primary_key"),
    ("foreignKey({ columns: [t.a], foreignColumns: [process.env.X as any] })", "foreign_keys"),
]


@pytest.mark.parametrize(("key", "fact"), KEYS)
def test_one_key_of_a_table(reads: Reads, key: str, fact: str) -> None:
    reading = reads(
        f"export const t = pgTable('t', {{ a: text('a') }}, (t) => [\n index('known').on(t.a),\n {key},\n]);"
    )

    (table,) = reading.schema.tables
    assert [each.name for each in table.indexes] == ["known"]
    assert table.unknown == {fact}
    (gap,) = reading.gaps
    assert (gap.location.line, gap.object) == (4, "public.t")


@pytest.mark.parametrize("fact", ["method", "predicate", "options"])
def test_one_fact_of_an_index(reads: Reads, fact: str) -> None:
    build = {
        "method": ".using(process.env.X!, t.a)",
        "predicate": ".on(t.a).where(sql`${process.env.X}`)",
        "options": ".on(t.a).with({ fillfactor: process.env.X })",
    }[fact]
    reading = reads(f"export const t = pgTable('t', {{ a: text('a') }}, (t) => [index('i'){build}]);")

    (index,) = reading.schema.tables[0].indexes
    assert (index.name, index.unknown) == ("i", {fact})
    assert [gap.what for gap in reading.gaps] == [f"{fact} of index i of t"]


@pytest.mark.parametrize(
    "columns",
    [
        "...JSON.parse(process.env.X!)",
        "b: process.env.X as any",
        "b: text(process.env.X)",
        "...(await fetch('x')).columns",
    ],
)
def test_columns_that_are_not_known(reads: Reads, columns: str) -> None:
    reading = reads(
        f"export const t = pgTable('t', {{ {columns}, a: text('a') }});export const u = pgTable('u', {{}});"
    )

    table, other = reading.schema.tables
    assert [each.name for each in table.columns] == ["a"]
    assert (table.unknown, other.unknown) == ({"columns"}, frozenset())
    assert len(reading.gaps) == 1


def test_a_reference_that_is_not_known(reads: Reads) -> None:
    reading = reads(
        "import { users } from './users';\nexport const t = pgTable('t', {\n a: text('a').references(() => "
        "users.id),\n b: text('b')\n});"
    )
    (table,) = reading.schema.tables
    assert table.unknown == {"foreign_keys"}
    assert [gap.location.line for gap in reading.gaps] == [2, 4]


def test_values_of_an_enum(reads: Reads) -> None:
    reading = reads(
        "export const e = pgEnum('e', ['a', process.env.X!]); export const t = pgTable('t', { e: e('e') });"
    )
    assert reading.schema.enums[0].unknown == {"values"}
    assert reading.schema.tables[0].columns[0].unknown == frozenset()
    assert [gap.object for gap in reading.gaps] == ["public.e"]


def test_policies(reads: Reads) -> None:
    reading = reads(
        "export const t = pgTable('t', { a: text('a') }, (t) => [pgPolicy('p', {"
        " for: process.env.X as any, to: process.env.X, using: sql`${process.env.X}`, withCheck: sql`true` })]);"
    )
    (policy,) = reading.schema.policies
    assert policy.unknown == {"command", "roles", "using"}
    assert policy.check is not None
    assert len(reading.gaps) == 3


def test_a_view_whose_query_is_not_known(reads: Reads) -> None:
    reading = reads(
        "export const t = pgTable('t', { a: text('a') });"
        "export const v = pgView('v').as((qb) => qb.select().from(t).for('update'));"
    )
    (view,) = reading.schema.views
    assert (view.name, view.unknown) == ("v", {"definition"})
    assert [gap.object for gap in reading.gaps] == ["public.v"]


@pytest.mark.parametrize("name", ["process.env.NAME!", "`${process.env.PREFIX}_t`", "undefined as any"])
def test_a_table_without_a_known_name(reads: Reads, name: str) -> None:
    reading = reads(f"export const u = pgTable('u', {{ a: text('a') }});\nexport const t = pgTable({name}, {{}});")
    assert [table.name for table in reading.schema.tables] == ["u"]
    (gap,) = reading.gaps
    assert (gap.what, gap.location.line) == ("the name of a table", 3)


def test_what_an_unknown_function_exports(reads: Reads) -> None:
    reading = reads(
        "import { makeTable } from 'some-package'; export const u = pgTable('u', {});\n"
        "export const t = makeTable('t', { a: text('a') });\nexport const limit = Number(process.env.LIMIT);"
    )
    assert [(gap.what, gap.location.line) for gap in reading.gaps] == [("t", 3)]
    assert "some-package" in reading.gaps[0].why


def test_a_syntax_error_costs_its_own_declaration(reads: Reads) -> None:
    reading = reads(
        "export const a = pgTable('a', { x: text('x') });\nexport const b = pgTable('b', { x: text('x' });\n"
        "export const c = pgTable('c', { x: text('x') });\n"
    )
    assert {"a", "c"} <= {table.name for table in reading.schema.tables}
    assert any(gap.location.line == 3 and "syntax error" in gap.why for gap in reading.gaps)
    assert all(gap.location.path == "schema.ts" for gap in reading.gaps)


def test_irrelevant_exports_are_counted_and_no_gaps(reads: Reads) -> None:
    reading = reads(
        "import { createInsertSchema } from 'drizzle-zod'; import { z } from 'zod';"
        " import { drizzle } from 'drizzle-orm/node-postgres';"
        "export const t = pgTable('t', { a: text('a') }); export const r = relations(t, () => ({}));"
        "export const insert = createInsertSchema(t, { a: (s) => s.min(1) }).omit({ a: true });"
        "export const shape = z.object({ a: z.string().email() }); export const db = drizzle(process.env.URL!);"
        "export type T = typeof t.$inferSelect; export const SIZE = 5; export function help() { return t; }"
    )
    assert reading.gaps == ()
    assert (reading.statements.read, reading.statements.irrelevant) == (7, 6)


#: Exports that are not known, and may be the table `u` or another one.
PERHAPS_TABLES = [
    "export const x = process.env.A ? pgTable('a', {}) : pgTable('b', {});",
    "export const x = process.env.A || pgTable('a', {});",
    "export const x = { u }[process.env.A!];",
    "export const x = [u].find(() => process.env.A);",
    "export let x = 5 as any; if (process.env.A) { x = u; }",
    "function choose() { if (process.env.A) return u; } export const x = choose();",
    "import { AsyncLocalStorage } from 'node:async_hooks'; export const x = new AsyncLocalStorage().run(1, () => u);",
    "import * as R from 'ramda'; export const x = R.identity(u);",
    "import { map } from 'lodash-es'; export const x = map([u], (each) => each);",
    "export const x = await import(process.env.A!);",
    "export const x = (globalThis as any).x ?? u;",
]


@pytest.mark.parametrize("export", PERHAPS_TABLES)
def test_what_may_be_a_table_is_a_gap(reads: Reads, export: str) -> None:
    reading = reads(f"const u = pgTable('u', {{}}); export const v = pgTable('v', {{}});\n{export}")
    assert [(gap.what, gap.location.line) for gap in reading.gaps] == [("x", 3)]


#: Exports that are not known, and can be no table whatever they are.
NO_TABLES = [
    "export const x = process.env.A === 'a';",
    "export const x = Number(process.env.A ?? 5);",
    "export const x = `${process.env.A}_x`;",
    "export const x = process.env.A ? 'a' : 'b';",
    "export const x = process.env.A?.split(',');",
    "export const x = new Date();",
    "export const x = crypto.randomUUID();",
    "export const x = import.meta.env.DEV;",
    "import { AsyncLocalStorage } from 'node:async_hooks'; export const x = new AsyncLocalStorage();",
    "export { v7 as x } from 'uuid';",
    "import { customAlphabet } from 'nanoid'; export const x = customAlphabet('abc', 10);",
    "import * as R from 'ramda'; import { createSelectSchema } from 'drizzle-zod';"
    " export const x = R.omit(['id'], createSelectSchema(u).shape);",
    "import { betterAuth } from 'better-auth'; import { drizzleAdapter } from 'better-auth/adapters/drizzle';"
    " export const x = betterAuth({ database: drizzleAdapter({}, { schema: { u } }), after: () => u });",
]


@pytest.mark.parametrize("export", NO_TABLES)
def test_what_can_be_no_table_is_no_gap(reads: Reads, export: str) -> None:
    reading = reads(f"export const u = pgTable('u', {{}});\n{export}")
    assert reading.gaps == ()


def test_a_package_yields_to_a_file_of_the_project(reads: Reads) -> None:
    files = {
        "tsconfig.json": '{ "compilerOptions": { "baseUrl": "src" } }',
        "src/redis.ts": "import { pgTable } from 'drizzle-orm/pg-core'; export const t = pgTable('t', {});",
    }
    assert [table.name for table in reads("export * from 'redis';", files).schema.tables] == ["t"]


#: What is built with data that a validation schema gives, and what of it is not known.
ENVIRONMENT = (
    "import { z } from 'zod'; const env = z.object({ MODE: z.string(), SIZE: z.number() }).parse(process.env);\n"
)
OF_ENVIRONMENT = [
    ("export const t = pgTable('t', { c: text().default(env.MODE) });", "default of column c"),
    ("export const t = pgTable('t', { c: varchar({ length: env.SIZE }) });", "type of column c"),
    ("export const t = pgTable('t', env as any);", "columns of t"),
    ("export const t = pgTable('t', { ...(env.MODE === 'a' ? { c: text() } : {}) });", "columns of t"),
    ("export const t = pgTable('t', { c: text() }, (t) => [env.MODE as any]);", "keys and indexes of t"),
    ("export const t = pgTable('t', { c: text() }, (t) => env.MODE && [index('i').on(t.c)]);", "keys and indexes of t"),
    (
        "export const t = pgTableCreator((name) => env.MODE === 'a' ? name : `b_${name}`)('t', {});",
        "the name of a table",
    ),
    ("export const t = pgEnum('t', ['a', 'b'].filter(() => env.SIZE > 1) as any);", "values of enum t"),
    ("export const t = pgRole('t', { createDb: env.MODE as any });", "createDb of role t"),
    ("export const t = pgSequence('t', { cycle: !env.MODE });", "cycle of sequence t"),
]


@pytest.mark.parametrize(("export", "what"), OF_ENVIRONMENT)
def test_data_that_a_validation_schema_gives(reads: Reads, export: str, what: str) -> None:
    reading = reads(ENVIRONMENT + "export const u = pgTable('u', {});\n" + export)
    assert [(gap.what, gap.location.line) for gap in reading.gaps] == [(what, 4)]


def test_options_that_are_no_plain_values(reads: Reads) -> None:
    reading = reads(
        "export const t = pgTable('t', { c: varchar({ length: [1] as any }) }, (t) => [\n"
        " index('i').on(t.c).with({ fillfactor: [1] as any })]);"
    )
    assert [gap.what for gap in reading.gaps] == ["type of column c", "options of index i of t"]


def test_what_the_model_has_no_room_for_is_counted(reads: Reads) -> None:
    reading = reads("export const v = pgMaterializedView('v').using('heap').tablespace('fast').as(sql`select 1`);")
    assert reading.gaps == ()
    assert reading.statements.unmodelled == {
        "access methods of materialized views": 1,
        "tablespaces of materialized views": 1,
    }


@pytest.mark.parametrize(
    ("column", "why"),
    [
        ("customType({ dataType: () => 'text generated always as (b) stored' })('c').default('a')", "is generated"),
        ("text('c').default('a').generatedAlwaysAs(sql`b`)", "is generated"),
        ("integer('c').default(1).generatedAlwaysAsIdentity()", "is an identity"),
        ("customType({ dataType: () => 'text default 1' })('c').default('a')", "has a default in its type"),
        ("serial('c').default(1)", "is a serial"),
    ],
)
def test_a_default_beside_what_gives_the_value_is_a_gap(reads: Reads, column: str, why: str) -> None:
    reading = reads(f"export const t = pgTable('t', {{ b: text('b'), c: {column} }});")
    (gap,) = reading.gaps
    assert (gap.what, why in str(gap.why)) == ("default of column c", True)
    assert "default" in reading.schema.tables[0].columns[1].unknown


def test_a_key_of_another_dialect_costs_itself_alone(reads: Reads) -> None:
    reading = reads(
        "import { check as myCheck, index as myIndex } from 'drizzle-orm/mysql-core';\n"
        "export const k = pgTable('k', { v: integer('v') }, (t) => [\n"
        "  myCheck('v_ok', sql`${t.v} > 0`) as any, myIndex('far').on(t.v) as any,\n"
        "  index('near').on(t.v), unique('u').on(t.v)]);"
    )
    (table,) = reading.schema.tables
    assert [gap.what for gap in reading.gaps] == ["check of k", "index of k"]
    assert [index.name for index in table.indexes] == ["near"]
    assert [unique.name for unique in table.uniques] == ["u"]
    assert table.unknown == {"checks", "indexes"}


def test_what_is_for_another_database_is_named(reads: Reads) -> None:
    reading = reads(
        "export const t = pgTable('t', { v: integer('v') });",
        {
            "db/boats.ts": "import { mysqlTable, int } from 'drizzle-orm/mysql-core';\n"
            "export const boats = mysqlTable('boats', { id: int('id') });",
            "db/main.ts": "import { pgTable, integer } from 'drizzle-orm/pg-core';\n"
            "export const t = pgTable('t', { v: integer('v') });",
        },
        location="db",
    )
    assert [note for note in reading.notes if "db/boats.ts" in note and "db/main.ts" not in note] == list(reading.notes)
    assert len(reading.notes) == 1


@pytest.mark.parametrize(
    "code",
    [
        "let s = createInsertSchema(t); if ('v' in s.shape) s = s.omit({ v: true }); export const made = s;",
        "const s = createInsertSchema(t); export const made = 'v' in s.shape ? s.omit({ v: true }) : s;",
        "const s = createInsertSchema(t); export const made = s && s.partial();",
        "const f = (x: any) => { const s = createInsertSchema(x); if ('v' in s.shape) { return s.omit({}); }"
        " return s; }; export const made = f(t);",
        "let s = z.object({ v: z.string() }); if (s.shape.v) { s = s.omit({ v: true }); } export const made = s;",
    ],
)
def test_validation_schemas_are_no_gap_whatever_is_asked_of_them(reads: Reads, code: str) -> None:
    head = "import { createInsertSchema } from 'drizzle-zod'; import { z } from 'zod';\n"
    reading = reads(f"{head}export const t = pgTable('t', {{ v: integer('v') }});\n{code}")
    assert reading.gaps == ()


@pytest.mark.parametrize(
    "code",
    [
        "let s: any = createInsertSchema(t); if ('v' in s.shape) s = pgTable('u', { v: integer('v') });"
        " export const made = s;",
        "let s: any = pgTable('u', { v: integer('v') }); const w = createInsertSchema(t);"
        " if ('v' in w.shape) s = w.omit({}); export const made = s;",
        "const f = (x: any) => { const s = createInsertSchema(x); if ('v' in s.shape) {"
        " const s = pgTable('u', { v: integer('v') }); return s; } return s; }; export const made = f(t);",
        "const f = (x: any) => { let s: any = createInsertSchema(x); if ('v' in s.shape) return s;"
        " s = pgTable('u', { v: integer('v') }); return s; }; export const made = f(t);",
        "const f = (x: any) => { const s = createInsertSchema(x); for (const k of ['v']) if (k in s.shape) return s; };"
        " export const made = f(t);",
        "const s = createInsertSchema(t); export const made = 'v' in s.shape ? pgTable('u', { v: integer('v') }) : s;",
    ],
)
def test_a_table_that_hangs_on_a_validation_schema_is_a_gap(reads: Reads, code: str) -> None:
    head = "import { createInsertSchema } from 'drizzle-zod';\n"
    reading = reads(f"{head}export const t = pgTable('t', {{ v: integer('v') }});\n{code}")
    assert "made" in [gap.what for gap in reading.gaps]
