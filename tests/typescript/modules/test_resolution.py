"""Which file an import means."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from driftcheck.typescript import Program
from tests.typescript.evaluation import messages, plain, write

V = "export const v = '{}'"


def module(text: str) -> str:
    return V.format(text)


#: Name, the files, the importing file (with `import { v } from <specifier>`), the specifier, what `v` is.
CASES: dict[str, tuple[dict[str, str], str, str, Any]] = {
    "extension": ({"a.ts": module("ts")}, "m.ts", "./a", "ts"),
    "tsx": ({"a.tsx": module("tsx")}, "m.ts", "./a", "tsx"),
    "ts before js": ({"a.js": module("js"), "a.ts": module("ts")}, "m.ts", "./a", "ts"),
    "js that means ts": ({"a.ts": module("ts")}, "m.ts", "./a.js", "ts"),
    "js that is js": ({"a.ts": module("ts"), "a.js": module("js")}, "m.ts", "./a.js", "js"),
    "mjs that means mts": ({"a.mts": module("mts")}, "m.ts", "./a.mjs", "mts"),
    "cjs that means cts": ({"a.cts": module("cts")}, "m.ts", "./a.cjs", "cts"),
    "ts written out": ({"a.ts": module("ts")}, "m.ts", "./a.ts", "ts"),
    "dots in the name": ({"a.schema.ts": module("dots")}, "m.ts", "./a.schema", "dots"),
    "folder": ({"a/index.ts": module("index")}, "m.ts", "./a", "index"),
    "file before folder": ({"a.ts": module("file"), "a/index.ts": module("index")}, "m.ts", "./a", "file"),
    "folder with a slash": ({"a.ts": module("file"), "a/index.ts": module("index")}, "m.ts", "./a/", "index"),
    "own folder": ({"d/index.ts": module("index")}, "d/m.ts", ".", "index"),
    "parent folder": ({"index.ts": module("index")}, "d/m.ts", "..", "index"),
    "folder with a main": (
        {"a/package.json": '{"main": "lib.ts"}', "a/lib.ts": module("main")}, "m.ts", "./a", "main"),
    "paths": (
        {"tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}', "src/a.ts": module("src")},
        "src/deep/m.ts", "@/a", "src"),
    "paths with comments": (
        {"tsconfig.json": '{ // c\n"compilerOptions": { /* "x" */ "paths": {"@/*": ["./src/*",],}, "a": "//b",},}',
         "src/a.ts": module("src")}, "m.ts", "@/a", "src"),
    "paths and base": (
        {"tsconfig.json": '{"compilerOptions": {"baseUrl": "./src", "paths": {"~/*": ["lib/*"]}}}',
         "src/lib/a.ts": module("lib")}, "m.ts", "~/a", "lib"),
    "base alone": (
        {"tsconfig.json": '{"compilerOptions": {"baseUrl": "src"}}', "src/db/a.ts": module("base")},
        "m.ts", "db/a", "base"),
    "exact path": (
        {"tsconfig.json": '{"compilerOptions": {"paths": {"db": ["./src/db.ts"], "*": ["./other/*"]}}}',
         "src/db.ts": module("exact"), "other/db.ts": module("star")}, "m.ts", "db", "exact"),
    "longest pattern": (
        {"tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./a/*"], "@/db/*": ["./b/*"]}}}',
         "a/db/x.ts": module("short"), "b/x.ts": module("long")}, "m.ts", "@/db/x", "long"),
    "second target": (
        {"tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./gone/*", "./b/*"]}}}', "b/x.ts": module("second")},
        "m.ts", "@/x", "second"),
    "configDir of the config in use": (
        {"cfg/base.json": '{"compilerOptions": {"paths": {"~/*": ["${configDir}/src/*"]}}}',
         "tsconfig.json": '{"extends": "./cfg/base.json"}', "src/a.ts": module("own")}, "m.ts", "~/a", "own"),
    "extends": (
        {"base.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
         "app/tsconfig.json": '{"extends": "../base"}', "src/a.ts": module("of base")}, "app/m.ts", "@/a", "of base"),
    "extends several": (
        {"one.json": '{"compilerOptions": {"paths": {"@/*": ["./one/*"]}}}',
         "two.json": '{"compilerOptions": {"paths": {"@/*": ["./two/*"]}}}',
         "tsconfig.json": '{"extends": ["./one.json", "./two.json"]}',
         "one/a.ts": module("one"), "two/a.ts": module("two")}, "m.ts", "@/a", "two"),
    "extends a package": (
        {"node_modules/@org/config/base.json": '{"compilerOptions": {"paths": {"@/*": ["${configDir}/src/*"]}}}',
         "tsconfig.json": '{"extends": "@org/config/base.json", "compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
         "src/a.ts": module("src")}, "m.ts", "@/a", "src"),
    "extends itself": ({"tsconfig.json": '{"extends": "./tsconfig.json"}', "a.ts": module("a")}, "m.ts", "./a", "a"),
    "references": (
        {"tsconfig.json": '{"files": [], "references": [{"path": "./tsconfig.app.json"}]}',
         "tsconfig.app.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}', "src/a.ts": module("app")},
        "m.ts", "@/a", "app"),
    "nearest config": (
        {"tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./outer/*"]}}}',
         "app/tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./inner/*"]}}}',
         "outer/a.ts": module("outer"), "app/inner/a.ts": module("inner")}, "app/x/m.ts", "@/a", "inner"),
    "jsconfig": (
        {"jsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}', "src/a.js": module("js")},
        "m.js", "@/a", "js"),
    "imports": (
        {"package.json": '{"name": "p", "imports": {"#db": "./src/db.ts", "#lib/*": "./src/lib/*.ts"}}',
         "src/lib/a.ts": module("imports")}, "src/m.ts", "#lib/a", "imports"),
    "imports with conditions": (
        {"package.json": '{"imports": {"#db": {"browser": "./no.ts", "node": {"import": "./db.ts"}}}}',
         "db.ts": module("condition"), "no.ts": module("no")}, "m.ts", "#db", "condition"),
    "workspace of package.json": (
        {"package.json": '{"workspaces": ["packages/*"]}', "packages/db/package.json": '{"name": "@org/db"}',
         "packages/db/src/index.ts": module("db")}, "apps/web/m.ts", "@org/db", "db"),
    "workspace with an object": (
        {"package.json": '{"workspaces": {"packages": ["libs/**"]}}', "libs/a/b/package.json": '{"name": "deep"}',
         "libs/a/b/index.ts": module("deep")}, "m.ts", "deep", "deep"),
    "workspace of pnpm": (
        {"pnpm-workspace.yaml": "# all\npackages:\n  - 'packages/*'   # libs\n  - \"!packages/old\"\ncatalog:\n  - x\n",
         "packages/db/package.json": '{"name": "@org/db", "main": "./dist/index.js"}',
         "packages/db/src/index.ts": module("pnpm")}, "m.ts", "@org/db", "pnpm"),
    "workspace in flow style": (
        {"pnpm-workspace.yaml": 'packages: ["packages/*", apps/*]\n', "apps/db/package.json": '{"name": "db"}',
         "apps/db/index.ts": module("flow")}, "m.ts", "db", "flow"),
    "excluded package": (
        {"pnpm-workspace.yaml": "packages:\n  - packages/*\n  - '!packages/old'\n",
         "packages/old/package.json": '{"name": "old"}', "packages/old/index.ts": module("old")},
        "m.ts", "old", "? it comes from the npm package 'old'"),
    "exports": (
        {"package.json": '{"workspaces": ["p/*"]}',
         "p/db/package.json": '{"name": "db", "exports": {".": "./a.ts", "./schema": "./b.ts"}}',
         "p/db/a.ts": module("a"), "p/db/b.ts": module("b")}, "m.ts", "db/schema", "b"),
    "exports with a pattern": (
        {"package.json": '{"workspaces": ["p/*"]}',
         "p/db/package.json": '{"name": "db", "exports": {"./*": "./src/*.ts", "./x/*": {"default": "./src/y/*.ts"}}}',
         "p/db/src/y/t.ts": module("pattern")}, "m.ts", "db/x/t", "pattern"),
    "exports of what is built": (
        {"package.json": '{"workspaces": ["p/*"]}',
         "p/db/package.json": '{"name": "db", "exports": {".": {"types": "./dist/index.d.ts", "import": '
                              '"./dist/index.mjs"}}}',
         "p/db/src/index.ts": module("source")}, "m.ts", "db", "source"),
    "source before what is built": (
        {"package.json": '{"workspaces": ["p/*"]}',
         "p/db/package.json": '{"name": "db", "exports": {"./s": {"types": "./dist/s.d.ts", '
                              '"default": "./dist/s.js"}}}',
         "p/db/src/s.ts": module("source"), "p/db/dist/s.js": module("built")}, "m.ts", "db/s", "source"),
    "only what is built": (
        {"package.json": '{"workspaces": ["p/*"]}',
         "p/db/package.json": '{"name": "db", "exports": {".": "./dist/index.js"}}',
         "p/db/dist/index.js": module("built")},
        "m.ts", "db", "built"),
    "subpath without exports": (
        {"package.json": '{"workspaces": ["p/*"]}', "p/db/package.json": '{"name": "@o/db"}',
         "p/db/src/schema/index.ts": module("schema")}, "m.ts", "@o/db/schema", "schema"),
    "own name": (
        {"package.json": '{"name": "me", "exports": {"./s": "./lib/s.ts"}}', "lib/s.ts": module("self")},
        "x/m.ts", "me/s", "self"),
    "node_modules is never read": (
        {"node_modules/lib/index.ts": module("npm"), "node_modules/lib/package.json": '{"name": "lib"}'},
        "m.ts", "lib", "? it comes from the npm package 'lib'"),
    "relative into node_modules": (
        {"node_modules/lib/index.ts": module("npm")}, "m.ts", "./node_modules/lib",
        "? './node_modules/lib' cannot be found"),
    "broken configs": (
        {"tsconfig.json": "{{{", "package.json": "[1]", "a.ts": module("a")}, "m.ts", "./a", "a"),
    "odd configs": (
        {"tsconfig.json": '{"extends": 5, "compilerOptions": {"paths": {"@/*": "x", "q": [1]}, "baseUrl": {}},'
                          '"references": 3}',
         "package.json": '{"workspaces": 5, "exports": 5, "imports": [], "name": 7}', "a.ts": module("a")},
        "m.ts", "./a", "a"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_resolution(tmp_path: Path, name: str) -> None:
    files, importer, specifier, expected = CASES[name]
    write(tmp_path, {**files, importer: f"import {{ v }} from '{specifier}'; export const x = v"})
    program = Program(tmp_path)
    assert plain(program.load(tmp_path / importer).exports["x"]) == expected
    found = "cannot be found" in str(expected)
    assert [message.split(" ", 1)[1] for message in messages(program)] == (
        [f"cannot find {specifier!r} imported here"] if found else []
    )


def test_a_workspace_above_the_root(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".git/HEAD": "",
            "pnpm-workspace.yaml": "packages:\n  - packages/*\n  - apps/*\n",
            "packages/db/package.json": '{"name": "db"}',
            "packages/db/index.ts": module("db"),
            "apps/web/m.ts": "import { v } from 'db'; export const x = v; export { v as y } from '../../../secret'",
        },
    )
    program = Program(tmp_path / "apps/web")
    loaded = program.load(tmp_path / "apps/web/m.ts")
    assert plain(loaded.exports["x"]) == "db"
    assert loaded.export_location("x").path == "m.ts"
    assert [module.file.path for module in program.modules][1] == "../../packages/db/index.ts"


def test_nothing_outside_the_repository_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"secret.ts": module("secret"), "repo/.git/HEAD": "", "repo/m.ts": "export { v } from '../secret'"})
    program = Program(tmp_path / "repo")
    assert plain(program.load(tmp_path / "repo/m.ts").exports["v"]) == "? '../secret' cannot be found"


def test_a_package_linked_into_node_modules(tmp_path: Path) -> None:
    write(tmp_path, {"libs/db/index.ts": module("linked"), "m.ts": "export { v } from 'db'"})
    (tmp_path / "node_modules").mkdir()
    os.symlink(tmp_path / "libs/db", tmp_path / "node_modules/db")
    assert plain(Program(tmp_path).load(tmp_path / "m.ts").exports["v"]) == "linked"


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"out/index.ts": module("out"), "repo/.git/HEAD": "", "repo/m.ts": "export { v } from './link'"})
    os.symlink(tmp_path / "out/index.ts", tmp_path / "repo/link.ts")
    assert plain(Program(tmp_path / "repo").load(tmp_path / "repo/m.ts").exports["v"]) == "? './link' cannot be found"
