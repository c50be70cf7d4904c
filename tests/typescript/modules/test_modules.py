"""Modules: imports, exports, cycles, CommonJS, modules written in Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from driftcheck.typescript import Program
from driftcheck.typescript.runtime.values import HostFunction, HostModule, Unknown
from tests.typescript.evaluation import messages, plain, program_of, write

OTHER = """
export const a = 1, b = [2];
export function f() { return 'f' + a }
export class C { static s = 's' }
export enum E { X = 'x' }
export default { d: 'default' };
const hidden = 5, renamed = 6;
export { renamed as shown, hidden as 'with space' };
export let counter = 0;
export function count() { return ++counter }
"""

IMPORTS: list[tuple[str, Any]] = [
    ("import { a, b } from './other'; export const x = [a, b]", [1, [2]]),
    ("import { a as q, shown } from './other.js'; export const x = [q, shown]", [1, 6]),
    ("import d from './other'; export const x = d", {"d": "default"}),
    ("import { default as d } from './other'; export const x = d.d", "default"),
    ("import d, { f } from './other'; export const x = [d.d, f()]", ["default", "f1"]),
    ("import * as o from './other'; export const x = [o.a, o.f(), o.default.d, o.E.X, 'a' in o]",
     [1, "f1", "default", "x", True]),
    ("import * as o from './other'; export const x = Object.keys(o).sort()",
     ["C", "E", "a", "b", "count", "counter", "default", "f", "shown", "with space"]),
    ("import * as o from './other'; export const x = o.nothing", "undefined"),
    ("import d, * as o from './other'; export const x = [d.d, o.a]", ["default", 1]),
    ("import { 'with space' as w } from './other'; export const x = w", 5),
    ("import { counter, count } from './other'; count(); count(); export const x = counter", 2),
    ("import type { a } from './missing'; import { type b } from './missing'; export const x = 1", 1),
    ("import './effect'; export const x = 1", 1),
    ("import { unused } from './missing'; export const x = 1", 1),
    ("export { a as x } from './other'", 1),
    ("export { default as x } from './other'", {"d": "default"}),
    ("export * from './other'; export const x = 2", 2),
    ("import { a } from './barrel'; export const x = a", 1),
    ("import { ns } from './barrel'; export const x = ns.b", [2]),
    ("import { a } from './own'; export const x = a", "own"),
    ("import { missing } from './other'; export const x = missing", "? other.ts exports no missing"),
    ("const o = require('./other'); export const x = [o.a, o.default.d]", [1, "default"]),
    ("const { a, b: [c] } = require('./other'); export const x = [a, c]", [1, 2]),
    ("import c from './commonjs.cjs'; export const x = [c.p, c.q]", [1, 2]),
    ("import { p, q } from './commonjs.cjs'; export const x = [p, q]", [1, 2]),
    ("import { p } from './exported.cjs'; export const x = p", 1),
    ("import data from './data.json'; export const x = data.list[1]", 2.5),
    ("import data, { list } from './data.json' with { type: 'json' }; export const x = list.length", 2),
    ("import * as data from './data.json'; export const x = data.name", "n"),
    ("import text from './query.sql'; export const x = text", "? query.sql is not a module"),
    ("import { T } from './types'; export const x = T", "? types.d.ts holds only types"),
    ("import z from 'zod'; export const x = z.string()", "? it comes from the npm package 'zod'"),
    ("import { q } from '@scope/pkg/deep'; export const x = q", "? it comes from the npm package '@scope/pkg'"),
    ("export const x = await import('./other')", "? a module is imported at run time"),
    ("import fn from './function'; export const x = [fn(), fn.name]", [3, "fn"]),
    ("import fn from './anonymous'; export const x = [fn(), fn.name]", [4, "default"]),
    ("import K from './class'; export const x = new K().v", 5),
    ("import later from './later'; export const x = later", [1, 2]),
]  # fmt: skip

FILES = {
    "other.ts": OTHER,
    "effect.ts": "console.log('side')",
    "barrel/index.ts": "export * from '../other'; export * as ns from '../other'",
    "own.ts": "export * from './other'; export const a = 'own'",
    "commonjs.cjs": "module.exports = { p: 1 }; module.exports.q = 2",
    "exported.cjs": "exports.p = 1",
    "data.json": '{"list": [1, 2.5], "name": "n"}',
    "query.sql": "select 1",
    "types.d.ts": "export declare const T: number",
    "function.ts": "export default function fn() { return 3 }",
    "anonymous.ts": "export default function () { return 4 }",
    "class.ts": "export default class { v = 5 }",
    "later.ts": "export default [one, two]; const one = 1, two = 2",
}


@pytest.mark.parametrize(("source", "expected"), IMPORTS)
def test_import(tmp_path: Path, source: str, expected: Any) -> None:
    program = program_of(tmp_path, {**FILES, "main.ts": source})
    assert plain(program.load(tmp_path / "main.ts").exports["x"]) == expected
    assert messages(program) == []


def test_tables_that_refer_to_each_other_across_files(tmp_path: Path) -> None:
    """The usual cycle of schema files: the reference is a function that is called when all is loaded."""
    program = program_of(
        tmp_path,
        {
            "users.ts": "import { posts } from './posts'; export const users = { id: 'u', last: () => posts.id }",
            "posts.ts": "import { users } from './users'; export const posts = { id: 'p', by: () => users.id }",
            "index.ts": "export * from './users'; export * from './posts'",
            "all.ts": "import * as s from './index'; export const x = [s.users.last(), s.posts.by()]",
        },
    )
    assert plain(program.load(tmp_path / "all.ts").exports["x"]) == ["p", "u"]
    assert [module.file.path for module in program.modules] == ["all.ts", "index.ts", "users.ts", "posts.ts"]


def test_a_cycle_that_reads_too_early_has_its_values_all_the_same(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        {
            "a.ts": "import { b } from './b'; export const first = 'a'; export const a = b + '!'",
            "b.ts": "import { first } from './a'; export const b = first + 'b'",
        },
    )
    assert plain(program.load(tmp_path / "a.ts").exports["a"]) == "ab!"


def test_a_value_that_needs_itself_is_unknown(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        {
            "a.ts": "import { b } from './b'; export const a = b + 1",
            "b.ts": "import { a } from './a'; export const b = a + 1",
        },
    )
    assert plain(program.load(tmp_path / "a.ts").exports["a"]) == "? a is read before it is initialised"


def test_exports_in_a_circle_end(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        {
            "a.ts": "export * from './b'; export { lost } from './b'; export const a = 1",
            "b.ts": "export * from './a'; export { lost } from './a'; export const b = 2",
        },
    )
    exports = program.load(tmp_path / "a.ts").exports
    assert plain(exports.get("a")) == 1
    assert plain(exports.get("b")) == 2
    assert isinstance(exports.get("lost", Unknown("")), Unknown)


def test_modules_that_export_all_of_each_other_have_what_both_pass_on(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        {
            "a.ts": "export * from './b'; export * from './c'",
            "b.ts": "export * from './a'; export * from './c'",
            "c.ts": "export const c = 3",
        },
    )
    for name in ("a.ts", "b.ts"):
        assert plain(program.load(tmp_path / name).exports["c"]) == 3


def test_many_modules_that_export_all_of_each_other(tmp_path: Path) -> None:
    """Each of them is looked at once: there are more ways from one to another than anybody could go."""
    numbers = range(40)
    files = {
        f"m{one}.ts": "".join(f"export * from './m{other}';\n" for other in numbers) + f"export const v{one} = {one}"
        for one in numbers
    }
    exports = program_of(tmp_path, files).load(tmp_path / "m0.ts").exports
    assert {name: plain(value) for name, value in exports.items()} == {f"v{one}": one for one in numbers}


def test_of_two_stars_the_first_wins(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        {"one.ts": "export const v = 1", "two.ts": "export const v = 2",
         "i.ts": "export * from './one'; export * from './two'"},
    )  # fmt: skip
    assert plain(program.load(tmp_path / "i.ts").exports["v"]) == 1


def test_what_cannot_be_found_is_a_problem_and_its_names_are_unknown(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        {"main.ts": "import { a } from './gone';\nimport { b } from '@/alias';\n\nexport const x = [a, b, 1];\n"
                    "export * from './lost';"},
    )  # fmt: skip
    assert plain(program.load(tmp_path / "main.ts").exports["x"]) == [
        "? './gone' cannot be found",
        "? '@/alias' cannot be found",
        1,
    ]
    assert sorted(messages(program)) == [
        "main.ts:1:10 cannot find './gone' imported here",
        "main.ts:2:10 cannot find '@/alias' imported here",
        "main.ts:5:1 cannot find './lost' imported here",
    ]


def test_places_of_exports_and_bindings(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        {
            "deep.ts": "\n\nexport const a = 1;\nfunction f() {}\nexport { f as g };\nexport default 5;\n",
            "index.ts": "export * from './deep';\nexport { a as b } from './deep';\n"
                        "import { g } from './deep';\nexport { g }",
            "main.ts": "export * from './index';\nconst { p, q: [r] } = { p: 1, q: [2] };\nclass K {}\n",
        },
    )  # fmt: skip
    module = program.load(tmp_path / "main.ts")
    places = {name: str(module.export_location(name)) for name in module.exports}
    assert places == {"b": "deep.ts:3", "g": "deep.ts:4", "a": "deep.ts:3"}
    bindings = {name: (place.line, place.column) for name in "prK" for place in [module.binding_location(name)]}
    assert bindings == {"p": (2, 9), "r": (2, 16), "K": (3, 7)}
    deep = program.load(tmp_path / "deep.ts")
    assert str(deep.export_location("default")) == "deep.ts:6"


def host(specifier: str) -> HostModule | None:
    if specifier != "lib/core":
        return None
    make = HostFunction(lambda arguments, site: f"{arguments[0]}@{site.location}:{site.location.column}", "make")
    return HostModule("lib/core", {"make": make, "version": 3})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import { make } from 'lib/core';\nexport const x = make('a');", "a@main.ts:2:18"),
        ("import { make as m } from 'lib/core';\nconst o = { k: m('a') }; export const x = o.k", "a@main.ts:2:16"),
        ("import * as lib from 'lib/core'; export const x = lib.version", 3),
        ("import lib from 'lib/core'; export const x = lib.version", 3),
        ("const { version } = require('lib/core'); export const x = version", 3),
        ("export { version as x } from 'lib/core'", 3),
        ("export * from 'lib/core'; export const x = 1", 1),
        (
            "import { other } from 'lib/core'; export const x = other",
            "? lib/core has no export other that is known here",
        ),
        ("import { make } from 'lib/core'; export const x = typeof make", "function"),
        ("import { make } from 'lib/core'; export const x = ['p'].map(make)[0].slice(0, 1)", "p"),
    ],
)
def test_a_module_written_in_python(tmp_path: Path, source: str, expected: Any) -> None:
    write(tmp_path, {"main.ts": source})
    program = Program(tmp_path, host)
    assert plain(program.load(tmp_path / "main.ts").exports["x"]) == expected


def test_only_what_is_used_is_loaded(tmp_path: Path) -> None:
    program = program_of(
        tmp_path,
        {
            "main.ts": "import { App } from './app'; export const f = (a: App) => a; export const x = 1",
            "app.ts": "throw 1",
        },
    )
    assert plain(program.load(tmp_path / "main.ts").exports["x"]) == 1
    assert [module.file.path for module in program.modules] == ["main.ts"]


def test_nothing_runs(tmp_path: Path) -> None:
    marker = tmp_path / "written"
    source = f"""
        import {{ writeFileSync }} from 'node:fs'; import fs from 'fs'; import {{ execSync }} from 'child_process';
        writeFileSync({str(marker)!r}, 'x'); fs.writeFileSync({str(marker)!r}, 'x'); execSync('touch {marker}');
        require('fs').writeFileSync({str(marker)!r}, 'x'); process.exit(3); eval('process.exit(3)');
        new Function('process.exit(3)')();
        export const x = 1;
    """
    program = program_of(tmp_path, {"main.ts": source})
    assert plain(program.load(tmp_path / "main.ts").exports["x"]) == 1
    assert not marker.exists()


def test_a_file_that_is_not_there_or_no_module_is_an_error_of_the_caller(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": ""})
    with pytest.raises(OSError, match="gone"):
        Program(tmp_path).load(tmp_path / "gone.ts")
    with pytest.raises(OSError, match=r"a\.txt is not a module"):
        Program(tmp_path).load(tmp_path / "a.txt")
