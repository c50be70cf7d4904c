"""Where drizzle-kit's own output is broken, or says `$1`, the reading says what the schema means."""

from __future__ import annotations

import json

import pytest

from driftcheck.model import Column, Table
from driftcheck.reading import Reading

from .conftest import Reads


def only_table(reading: Reading) -> Table:
    assert reading.gaps == ()
    (table,) = reading.schema.tables
    return table


def only_column(reading: Reading) -> Column:
    (column,) = only_table(reading).columns
    return column


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("eq(t.kind, 'click')", "\"kind\" = 'click'"),
        ('ne(t.kind, "it\'s")', "\"kind\" <> 'it''s'"),
        ("gt(t.n, 5)", '"n" > 5'),
        ("inArray(t.kind, ['a', 'b'])", "\"kind\" in ('a', 'b')"),
        ("inArray(t.kind, [])", "false"),
        ("between(t.n, 1, 10)", '"n" between 1 and 10'),
        ("like(t.kind, 'a%')", "\"kind\" like 'a%'"),
        ("and(eq(t.flag, true), isNull(t.kind))", '("flag" = true and "kind" is null)'),
        ("or(undefined, eq(t.n, 1))", '"n" = 1'),
        ("not(eq(t.n, 1n))", 'not "n" = 1'),
        ("eq(t.at, new Date('2024-01-31T00:00:00Z'))", "\"at\" = '2024-01-31T00:00:00.000Z'"),
        ("sql`${t.kind} = ${'x'}`", "\"kind\" = 'x'"),
        ("sql`${t.n} in ${[1, 2]}`", '"n" in (1, 2)'),
        ("eq(t.data, { a: [1] })", '"data" = \'{"a":[1]}\''),
    ],
)
def test_values_in_conditions_are_literals(reads: Reads, condition: str, expected: str) -> None:
    table = only_table(
        reads(
            "export const t = pgTable('t', { kind: text('kind'), n: bigint('n', { mode: 'number' }),"
            " flag: boolean('flag'), at: timestamp('at'), data: jsonb('data') },"
            f" (t) => [index('i').on(t.n).where({condition}), check('c', {condition})]);"
        )
    )
    assert table.indexes[0].predicate is not None
    assert table.indexes[0].predicate.sql == expected
    assert table.checks[0].expression.sql == expected


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("bigint('c', { mode: 'bigint' }).default(10n)", "10"),
        ("jsonb('c').default({ name: \"it's\" })", "'{\"name\":\"it''s\"}'::jsonb"),
        ("text('c').array().default(['a\"b', 'c\\\\d', \"e'f\"])", '\'{"a\\"b","c\\\\d","e\'\'f"}\''),
        ("integer('c').array().default([1, null as any])", "'{1,NULL}'"),
        ("jsonb('c').array().default([{ a: 1 }])", '\'{"{\\"a\\":1}"}\''),
        ("vector('c', { dimensions: 2 }).default([1, 2.5])", "'[1,2.5]'"),
        ("point('c').default([1, 2])", "'(1,2)'"),
        ("point('c', { mode: 'xy' }).default({ x: 1, y: 2 })", "'(1,2)'"),
        ("customType({ dataType: () => 'text', toDriver: (v: any) => v.join('+') })('c').default(['a', 'b'])", "'a+b'"),
        ("numeric('c').default('1.50')", "'1.50'"),
        ("boolean('c').default(false)", "false"),
    ],
)
def test_defaults_are_what_they_mean(reads: Reads, column: str, expected: str) -> None:
    default = only_column(reads(f"export const t = pgTable('t', {{ c: {column} }});")).default
    assert default is not None
    assert default.sql == expected


@pytest.mark.parametrize(
    ("data_type", "shown"),
    [
        ("citext", "citext"),
        ("geography(Point, 4326)", "geography(Point,4326)"),
        ("TIMESTAMP(3) WITH TIME ZONE", "timestamp(3) with time zone"),
        ("public.mood", "public.mood"),
        ('"Mood"', '"Mood"'),
        ("int4range", "int4range"),
        ("text[]", "text[]"),
    ],
)
def test_custom_types_are_not_quoted_whole(reads: Reads, data_type: str, shown: str) -> None:
    text = f"const c = customType({{ dataType() {{ return '{data_type}'; }} }});"
    assert str(only_column(reads(text + "export const t = pgTable('t', { c: c('c') });")).type) == shown


def test_a_custom_type_may_generate_and_collate(reads: Reads) -> None:
    table = only_table(
        reads(
            "const a = customType({ dataType: () => `tsvector generated always as (to_tsvector('english', b)) "
            "stored` });"
            "const c = customType({ dataType: () => 'text collate \"C\" not null' });"
            "export const t = pgTable('t', { a: a('a'), c: c('c') });"
        )
    )
    generated, collated = table.columns
    assert str(generated.type) == "tsvector"
    assert generated.generated is not None
    assert generated.generated.expression.sql == "to_tsvector('english', b)"
    assert (str(collated.type), collated.collation, collated.nullable) == ("text", "C", False)


def test_an_enum_is_its_type_whatever_its_name(reads: Reads) -> None:
    reading = reads(
        "export const s = pgSchema('s'); export const kind = s.enum('textKind', ['a']);"
        "export const t = pgTable('t', { k: kind('k').array() });"
    )
    assert str(only_column(reading).type) == 's."textKind"[]'


def test_two_key_columns_are_one_key(reads: Reads) -> None:
    table = only_table(
        reads("export const t = pgTable('t', { a: text('a').primaryKey(), b: text('b').primaryKey() });")
    )
    assert table.primary_key is not None
    assert (table.primary_key.name, table.primary_key.columns) == ("t_pkey", ("a", "b"))


def test_application_defaults_are_no_database_defaults(reads: Reads) -> None:
    column = only_column(
        reads(
            "import { createId } from '@paralleldrive/cuid2';"
            "export const t = pgTable('t', { id: text('id').$defaultFn(() => createId()).$onUpdate(() => 'x') });"
        )
    )
    assert column.default is None
    assert column.application_default == "() => createId()"
    assert column.application_onupdate == "() => 'x'"


@pytest.mark.parametrize(
    ("column", "stable", "next_"),
    [
        (r"text('c').default('a\\b')", r"'a\b'", r"'a\\b'"),
        (r"varchar('c', { length: 9 }).default('it\'s\\')", r"'it''s\'", r"'it''s\\'"),
        (r"customType({ dataType: () => 'citext' })('c').default('a\\b')", r"'a\b'", r"'a\b'"),
        (r"pgEnum('e', ['a\\b'])('c').default('a\\b')", r"'a\b'", r"'a\b'"),
        (r"text('c').array().default(['NULL', 'x', 'y z', '', 'a\\b', 'q\"', 'a,b', '{'])",
         r"""'{"NULL","x","y z","","a\\b","q\"","a,b","{"}'""",
         r"""'{NULL,x,y z,"","a\\b","q\"","a,b","{"}'::text[]"""),
        ("text('c').array().array().default([['null'], ['a']])", """'{{"null"},{"a"}}'""", "'{{null},{a}}'::text[]"),
        ("pgEnum('e', ['NULL'])('c').array().default(['NULL'])", """'{"NULL"}'""", "'{NULL}'"),
        ("date('c').array().default(['2020-01-01'])", """'{"2020-01-01"}'""", """'{"2020-01-01"}'::date[]"""),
    ],
)  # fmt: skip
def test_literals_of_text_are_what_each_line_writes(reads: Reads, column: str, stable: str, next_: str) -> None:
    text = f"export const t = pgTable('t', {{ c: {column} }});"
    for version, expected in (("0.45.4", stable), ("1.0.0-rc.5", next_)):
        package = json.dumps({"dependencies": {"drizzle-orm": version}})
        default = reads(text, {"package.json": package}).schema.tables[0].columns[0].default
        assert default is not None
        assert default.sql == expected


@pytest.mark.parametrize(("written", "read"), [("9223372036854775807", 2**63 - 1), ("9007199254740991", 2**53 - 1)])
def test_the_largest_bigint_as_a_number(reads: Reads, written: str, read: int) -> None:
    """`drizzle-kit pull` writes it so, and JavaScript rounds it to one that no sequence takes."""
    identity = f"bigint('a', {{ mode: 'number' }}).generatedAlwaysAsIdentity({{ maxValue: {written} }})"
    reading = reads(f"export const t = pgTable('t', {{ a: {identity} }});")
    found = reading.schema.tables[0].columns[0].identity
    assert found is not None
    assert found.maximum == read
