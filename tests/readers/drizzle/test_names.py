"""Names as Drizzle makes them, casing, and what is exported."""

from __future__ import annotations

import json

import pytest

from driftcheck.readers.drizzle.casing import to_camel_case, to_snake_case
from driftcheck.readers.drizzle.line import Line

from .conftest import Reads


@pytest.mark.parametrize(
    ("name", "snake", "camel"),
    [
        ("createdAt", "created_at", "createdAt"),
        ("created_at", "created_at", "createdAt"),
        ("APIKey", "api_key", "apiKey"),
        ("userID", "user_id", "userID"),
        ("v2Name", "v2_name", "v2Name"),
        ("A", "a", "a"),
        ("it's", "its", "its"),
        ("$x", "x", "x"),
        ("übung", "bung", "bung"),
        ("", "", ""),
    ],
)
def test_casing_of_the_stable_line(name: str, snake: str, camel: str) -> None:
    assert (to_snake_case(name), to_camel_case(name)) == (snake, camel)


def test_casing_of_the_next_line_knows_all_letters() -> None:
    assert to_snake_case("übungsName", Line.NEXT) == "übungs_name"


NEXT = {"package.json": json.dumps({"dependencies": {"drizzle-orm": "^1.0.0-rc.2"}})}

TABLES = """
export const users = pgTable('users', { id: integer('user_id').primaryKey(), email: text('email').unique() });
export const posts = pgTable('posts', { a: integer('a').references(() => users.id), b: text('b') }, (t) => [
  primaryKey({ columns: [t.a, t.b] }), unique().on(t.b), unique().on(t.b, t.a),
  index().on(t.b), uniqueIndex().on(t.a, t.b),
]);
"""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, ["users_pkey", "users_email_unique", "posts_a_b_pk", "posts_b_unique", "posts_b_a_unique",
              "posts_a_users_user_id_fk", "posts_b_index", "posts_a_b_index"]),
        (NEXT, ["users_pkey", "users_email_key", "posts_pkey", "posts_b_key", "posts_b_a_unique",
                "posts_a_users_user_id_fkey", "posts_b_index", "posts_a_b_index"]),
    ],
    ids=["stable", "next"],
)  # fmt: skip
def test_names_nobody_wrote(reads: Reads, files: dict[str, str], expected: list[str]) -> None:
    names = []
    for table in reads(TABLES, files).schema.tables:
        assert table.primary_key is not None
        names += [table.primary_key.name, *(key.name for key in table.uniques)]
        names += [key.name for key in (*table.foreign_keys, *table.indexes)]
    assert names == expected


def test_names_are_cut_at_63_bytes(reads: Reads) -> None:
    (table,) = reads(f"export const t = pgTable('{'é' * 40}', {{ a: text('{'b' * 70}').unique() }});").schema.tables
    assert table.name == "é" * 31
    assert table.columns[0].name == "b" * 63
    assert table.uniques[0].name == "é" * 31


def test_what_is_not_exported_is_known_as_such(reads: Reads) -> None:
    reading = reads(
        "const s = pgSchema('s');\nconst kind = pgEnum('kind', ['a']);\nconst hidden = pgTable('hidden', {});\n"
        "export const t = s.table('t', { k: kind('k') }, () => [pgPolicy('placed', {})]);\n"
        "const seq = pgSequence('seq'); const known = pgRole('known').existing();\n"
        "export const unlinked = pgPolicy('unlinked', {});\nexport { away } from './away';",
        {
            "away.ts": "import { pgTable } from 'drizzle-orm/pg-core'; const near = pgTable('near', {});"
            " export const away = near;"
        },
    )
    assert [(each.kind, each.name, each.location.line) for each in reading.unexported] == [
        ("schema", "s", 2), ("enum", "kind", 3), ("table", "hidden", 4), ("sequence", "seq", 6),
        ("policy", "unlinked", 7),
    ]  # fmt: skip
    assert [table.name for table in reading.schema.tables] == ["t", "near"]
    assert str(reading.schema.tables[0].columns[0].type) == "kind"
    assert (reading.schema.namespaces, reading.schema.enums) == ((), ())


def test_places(reads: Reads) -> None:
    reading = reads(
        """
const stamps = {
  createdAt: timestamp('created_at'),
};
const key = (name: string) => integer(name).primaryKey();
export const t = pgTable('t', {
  id: key('id'),
  ...stamps,
  email: text('email')
    .notNull()
    .unique(),
  by_key: text(),
}, (t) => [
  index('i')
    .on(t.email),
  check(
    'c', sql`true`),
]);
"""
    )
    (table,) = reading.schema.tables
    assert table.location is not None
    assert table.location.line == 7
    places = {column.name: column.location.line for column in table.columns if column.location}
    assert places == {"id": 8, "created_at": 4, "email": 10, "by_key": 13}
    keys = (table.primary_key, *table.uniques, *table.indexes, *table.checks)
    assert [key.location.line for key in keys if key and key.location] == [8, 10, 15, 18]


CASED = """
export const users = pgTable('users', { homeTown: text().unique(), userNo: integer() }, (t) => [
  unique().on(t.homeTown, t.userNo), primaryKey({ columns: [t.userNo, t.homeTown] }), index().on(t.userNo),
]);
export const posts = pgTable('posts', { byUser: text().references(() => users.homeTown) });
"""
CONFIG = "export default { dialect: 'postgresql', schema: './schema.ts', casing: 'snake_case' };"


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("0.45.4", ["users_user_no_home_town_pk", "users_homeTown_unique", "users_homeTown_userNo_unique",
                    "users_user_no_index", "posts_by_user_users_home_town_fk"]),
        # A snapshot of a branch, which has the drizzle-kit of 0.x.
        ("1.0.0-beta.1-4512b6c", ["users_user_no_home_town_pk", "users_homeTown_unique", "users_homeTown_userNo_unique",
                                  "users_user_no_index", "posts_by_user_users_home_town_fk"]),
        ("1.0.0-beta.2-86f844e", ["users_pkey", "users_home_town_user_no_unique", "users_home_town_key",
                                  "users_user_no_index", "posts_by_user_users_home_town_fkey"]),
    ],
)  # fmt: skip
def test_the_names_of_keys_follow_the_casing(reads: Reads, version: str, expected: list[str]) -> None:
    package = json.dumps({"dependencies": {"drizzle-orm": version}})
    files = {"package.json": package, "drizzle.config.ts": CONFIG}
    users, posts = reads(CASED, files, location="drizzle.config.ts").schema.tables
    assert users.primary_key is not None
    names = [users.primary_key.name, *(key.name for key in users.uniques), *(key.name for key in users.indexes)]
    assert [*names, *(key.name for key in posts.foreign_keys)] == expected


def test_a_name_is_recased_before_it_is_cut(reads: Reads) -> None:
    text = f"""
export const sessions = pgTable('sessions', {{ id: uuid().primaryKey() }});
export const codes = pgTable('{"t" * 50}', {{
  parentSessionId: uuid().references(() => sessions.id), otherKey: uuid(),
}}, (t) => [primaryKey({{ columns: [t.otherKey, t.parentSessionId] }})]);
"""
    codes = reads(text, {"drizzle.config.ts": CONFIG}, location="drizzle.config.ts").schema.tables[1]
    assert codes.primary_key is not None
    assert codes.foreign_keys[0].name == "t" * 50 + "_parent_sessi"
    assert codes.primary_key.name == "t" * 50 + "_other_key_pa"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("(base as any)[Symbol.for('drizzle:Name')]", "base"),
        ("(base as any)[Symbol.for('drizzle:Schema')]", "s"),
        ("(aliasedTable(base, 'b') as any)[Symbol.for('drizzle:Name')]", "b"),
        ("(aliasedTable(base, 'b') as any)[Symbol.for('drizzle:OriginalName')]", "base"),
        ("(aliasedTable(base, 'b') as any)[(Table as any).Symbol.BaseName]", "base"),
        ("(base as any)[(Table as any).Symbol.Name]", "base"),
        ("Object.keys((base as any)[Symbol.for('drizzle:Columns')]).join('_')", "id_noteText"),
        ("(base as any)[Symbol.for('drizzle:Columns')].noteText.name", "note"),
        ("String((base as any)[Symbol.for('drizzle:IsAlias')])", "false"),
        ("String((base as any)[Symbol.for('of.another')])", "undefined"),
    ],
)
def test_what_stands_behind_the_symbols_of_a_table(reads: Reads, expression: str, value: str) -> None:
    text = "import { Table, aliasedTable } from 'drizzle-orm';\nconst s = pgSchema('s');\n"
    text += "const base = s.table('base', { id: integer('id'), noteText: text('note') });\n"
    reading = reads(text + f"export const copy = pgTable(`${{{expression}}}_copy`, {{ id: integer('id') }});")
    assert [table.name for table in reading.schema.tables] == [f"{value}_copy"]
    assert reading.gaps == ()


def test_an_unknown_symbol_of_a_table_is_a_gap(reads: Reads) -> None:
    text = "export const base = pgTable('base', { id: integer('id') });\n"
    text += "export const copy = pgTable(`x_${(base as any)[Symbol.for('drizzle:Mystery')]}`, { id: integer('id') });"
    assert ["drizzle:Mystery" in str(gap.why) for gap in reads(text).gaps] == [True]
