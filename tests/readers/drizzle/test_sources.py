"""Locations: files, folders, globs and configs; and what is said when there is nothing to read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from driftcheck.errors import SourceError
from driftcheck.readers.drizzle import read

Project = Callable[[dict[str, str]], Path]


def table(name: str) -> str:
    return (
        "import { pgTable, integer } from 'drizzle-orm/pg-core';"
        f" export const {name} = pgTable('{name}', {{ aB: integer() }});"
    )


FILES = {
    "db/schema/a.ts": table("a"),
    "db/schema/b.ts": table("b"),
    "db/schema/b.test.ts": table("b_test"),
    "db/schema/deep/c.ts": table("c"),
    "db/schema/types.d.ts": "export declare const t: number;",
    "db/schema/notes.md": "# no schema",
    "only/deep/d.ts": table("d"),
}


@pytest.mark.parametrize(
    ("location", "names"),
    [
        ("db/schema/a.ts", ["a"]),
        ("./db/schema", ["a", "b"]),
        ("db/schema/*.ts", ["a", "b_test", "b"]),
        ("db/**/[ac].ts", ["a", "c"]),
        ("db/schema/!(*.test).ts", ["a", "b"]),
        ("db/schema/!(a|*.test).ts", ["b"]),
        ("db/**/@(a|c).ts", ["a", "c"]),
        ("db/schema/{a,deep/c}.ts", ["a", "c"]),
        ("only", ["d"]),
    ],
)
def test_locations(project: Project, location: str, names: list[str]) -> None:
    reading = read(location, project(FILES))
    assert [each.name for each in reading.schema.tables] == names
    assert [Path(path).stem.replace(".test", "_test") for path in reading.files] == names


@pytest.mark.parametrize(
    "config",
    [
        "import { defineConfig } from 'drizzle-kit'; export default defineConfig({ SCHEMA, dialect: 'postgresql' });",
        "import type { Config } from 'drizzle-kit'; export default { SCHEMA } satisfies Config;",
        "import 'dotenv/config'; const base = { SCHEMA, dbCredentials: { url: process.env.URL! } };"
        "export default { ...base, dialect: process.env.CI ? 'postgresql' : 'postgresql' };",
        "if (!process.env.URL) throw new Error('URL is missing'); export default { SCHEMA };",
        "module.exports = { SCHEMA };",
        "import path from 'node:path'; const SCHEMA0 = 0; export default { SCHEMA, out: path.join(__dirname, 'x') };",
    ],
)
@pytest.mark.parametrize(
    ("schema", "names"),
    [
        ("'./schema/a.ts'", ["a"]),
        ("['./schema/a.ts', './schema/b.ts']", ["a", "b"]),
        ("'./schema'", ["a", "b"]),
        ("'./schema/**/*.ts'", ["a", "b_test", "b", "c"]),
    ],
)
def test_configs(project: Project, config: str, schema: str, names: list[str]) -> None:
    root = project(
        {
            **FILES,
            "db/drizzle.config.ts": config.replace("SCHEMA,", f"schema: {schema},").replace(
                "SCHEMA }", f"schema: {schema} }}"
            ),
        }
    )
    assert [each.name for each in read("db/drizzle.config.ts", root).schema.tables] == names


def test_a_computed_path(project: Project) -> None:
    config = (
        "import { relative } from 'node:path'; import { fileURLToPath } from 'node:url';"
        "export default { schema: relative(process.cwd(), fileURLToPath(new URL('./schema/a.ts', import.meta.url))) };"
    )
    root = project({**FILES, "db/drizzle.config.ts": config})
    assert [each.name for each in read("db/drizzle.config.ts", root).schema.tables] == ["a"]


def test_a_config_in_json_and_its_casing(project: Project) -> None:
    schema = "import { pgTable, integer } from 'drizzle-orm/pg-core'; export const a = pgTable('a', { aB: integer() });"
    config = {"dialect": "postgresql", "schema": "./s.ts", "casing": "snake_case"}
    reading = read("drizzle.config.json", project({"s.ts": schema, "drizzle.config.json": json.dumps(config)}))
    assert reading.schema.tables[0].columns[0].name == "a_b"


def test_filters_say_what_is_managed_and_leave_out_nothing_that_is_declared(project: Project) -> None:
    """`drizzle-kit generate` and `export` know no filters: what is declared is created."""
    config = {"schema": "./s.ts", "schemaFilter": ["public", "s"], "tablesFilter": "a_*"}
    files = {"s.ts": table("b"), "drizzle.config.json": json.dumps(config)}
    reading = read("drizzle.config.json", project(files))
    assert [str(each) for each in reading.schema.tables] == ["public.b"]
    assert reading.management.says == "schemaFilter and tablesFilter of drizzle.config.json"


def test_a_filter_that_is_not_known_is_a_gap(project: Project) -> None:
    config = "export default { schema: './s.ts', schemaFilter: [process.env.NAME, 'public'], tablesFilter: [] };"
    reading = read("drizzle.config.ts", project({"s.ts": table("b"), "drizzle.config.ts": config}))
    assert [(gap.what, str(gap.location)) for gap in reading.gaps] == [("schemaFilter", "drizzle.config.ts:1")]
    assert reading.management.says == ""


def test_a_folder_with_a_config_is_read_as_it_says(project: Project) -> None:
    root = project(
        {
            "db/drizzle.config.ts": "export default { schema: './src/schema.ts', dialect: 'postgresql' };",
            "db/src/schema.ts": table("a"),
            "db/seed.ts": table("b"),
        }
    )
    reading = read("db", root)
    assert [each.name for each in reading.schema.tables] == ["a"]
    assert reading.notes == ("db was read as db/drizzle.config.ts says",)


def test_where_a_schema_is_looked_for(project: Project) -> None:
    root = project(
        {
            "app/db/drizzle.config.ts": "export default { schema: './db/schema.ts' };",
            "app/db/schema.ts": table("a"),
            "lib/drizzle.config.ts": "export default { schema: './dist/schema.js' };",
            "lib/src/schema.ts": table("b"),
        }
    )
    above = read("app/db/drizzle.config.ts", root)
    built = read("lib/drizzle.config.ts", root)
    assert [each.name for each in (*above.schema.tables, *built.schema.tables)] == ["a", "b"]
    assert above.notes == ("app/db/drizzle.config.ts names ./db/schema.ts, which was found in app",)
    assert built.notes == (
        "lib/drizzle.config.ts names ./dist/schema.js, which is not built; src/schema.ts was read instead",
    )


MYSQL = "import { mysqlTable, int } from 'drizzle-orm/mysql-core'; export const t = mysqlTable('t', { a: int('a') });"

#: (files, location, words of the message, line)
CONFIG = "drizzle.config.ts"
REFUSED = [
    ({}, "nowhere.ts", "nowhere.ts does not exist", None),
    ({"empty/readme.md": ""}, "empty", "holds no TypeScript", None),
    ({"s.ts": "export const x = 1;"}, "s.ts", "no PostgreSQL table was found in s.ts", None),
    ({"s.ts": MYSQL}, "s.ts", "its tables are of another database", None),
    ({"s.ts": table("a").replace("export ", "\n")}, "s.ts", "exports none", 2),
    ({CONFIG: "export default {\n dialect: 'mysql', schema: './s.ts' };"}, CONFIG, "is for mysql", 2),
    ({CONFIG: "export default { schema: './gone.ts' };"}, CONFIG, "does not exist: ./gone.ts", None),
    ({CONFIG: "export default {\n schema: process.env.SCHEMA };"}, CONFIG, "is not known", 2),
    ({CONFIG: "export default { dialect: 'postgresql' };"}, CONFIG, "names no schema", None),
    ({CONFIG: "export const x = 1;"}, CONFIG, "cannot be read", None),
    ({"drizzle.config.json": "{"}, "drizzle.config.json", "is not JSON", None),
]  # fmt: skip


@pytest.mark.parametrize(("files", "location", "message", "line"), REFUSED, ids=[each[2] for each in REFUSED])
def test_nothing_to_read(
    project: Project, files: dict[str, str], location: str, message: str, line: int | None
) -> None:
    with pytest.raises(SourceError) as raised:
        read(location, project(files))
    assert message in raised.value.message
    assert raised.value.hint
    assert raised.value.line == line


def test_nothing_is_executed(project: Project) -> None:
    root = project(
        {
            "schema.ts": "import { writeFileSync } from 'fs'; import * as fs from 'node:fs'; import './effects';"
            "writeFileSync('written', 'x'); fs.writeFileSync('written', 'x');"
            " require('fs').writeFileSync('written', 'x');"
            "new Function('return process')().exit(1); process.exit(3); eval('1'); await import('./effects');"
            + table("a"),
            "effects.ts": "import { execSync } from 'child_process'; execSync('touch written');"
            " throw new Error('stop');",
        }
    )
    reading = read("schema.ts", root)
    assert [each.name for each in reading.schema.tables] == ["a"]
    assert sorted(path.name for path in root.iterdir()) == ["effects.ts", "schema.ts"]


def test_a_workspace_package_and_an_alias(project: Project) -> None:
    root = project(
        {
            "package.json": json.dumps({"workspaces": ["packages/*"]}),
            "packages/ids/package.json": json.dumps({"name": "@acme/ids", "main": "./src/index.ts"}),
            "packages/ids/src/index.ts": "import { text } from 'drizzle-orm/pg-core';"
            "export const typeId = (kind: string) => (name: string) => text(name).default(`${kind}_`).notNull();",
            "packages/db/tsconfig.json": json.dumps({"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}),
            "packages/db/src/enums.ts": "export enum Role { Admin = 'admin', User = 'user' }",
            "packages/db/src/schema.ts": "import { pgTable, pgEnum } from 'drizzle-orm/pg-core';"
            " import { typeId } from '@acme/ids';"
            "import { Role } from '@/enums';"
            " export const role = pgEnum('role', Object.values(Role) as [string, ...string[]]);"
            "export const users = pgTable('users', { id: typeId('user')('id').primaryKey(), role: "
            "role().default(Role.User) });",
        }
    )
    reading = read("packages/db/src/schema.ts", root)
    assert reading.gaps == ()
    (users,) = reading.schema.tables
    assert [(column.name, str(column.default), column.nullable) for column in users.columns] == [
        ("id", "'user_'", False), ("role", "'user'", True),
    ]  # fmt: skip
    assert reading.schema.enums[0].values == ("admin", "user")


@pytest.mark.parametrize("error", ["missing", "folder"])
def test_an_import_of_nothing_is_a_gap(project: Project, error: str) -> None:
    path = "./gone" if error == "missing" else "./empty"
    root = project(
        {"schema.ts": f"import {{ x }} from '{path}'; export const y = x;" + table("a"), "empty/readme.md": ""}
    )
    reading = read("schema.ts", root)
    assert [each.name for each in reading.schema.tables] == ["a"]
    assert any(path in gap.why for gap in reading.gaps)
