"""What cannot be known without running the program: it spreads as far as it must, and no further."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from driftcheck.typescript import Program
from driftcheck.typescript.runtime.values import UNKNOWN_KEYS, JsObject, Unknown
from tests.typescript.evaluation import exports_of, program_of, value_of

E = "? process.env.E is set at run time"
M = "?* process.env.E is set at run time"

CASES: list[tuple[str, Any]] = [
    # Whatever touches it
    ("const x = process.env.E", E),
    ("const x = process.env.E ?? 'd'", E),
    ("const x = `a${process.env.E}`", E),
    ("const x = process.env.E + 1", E),
    ("const x = process.env.E.a.b().c", E),
    ("const x = process.env.E ? 1 : 2", E),
    ("const x = !process.env.E", E),
    ("const x = typeof process.env.E", E),
    ("const x = 'abc'[process.env.E]", E),
    ("const x = ['a', process.env.E].join('-')", E),
    ("const x = JSON.stringify({ a: process.env.E })", E),
    ("const x = Math.max(1, process.env.E)", E),
    ("const { a: { b } } = process.env.E; const x = b", E),
    ("const [, x] = process.env.E", E),
    ("const x = new process.env.E()", E),
    ("const x = process.env.E`t`", E),
    # What it does not touch
    ("const x = ({ a: 1, b: process.env.E }).a", 1),
    ("const x = { a: 1, b: process.env.E }", {"a": 1, "b": E}),
    ("const x = [1, process.env.E, 3]", [1, E, 3]),
    ("const x = [1, process.env.E, 3].length", 3),
    ("const x = false && process.env.E", False),
    ("const x = 'a' || process.env.E", "a"),
    ("const x = [1, process.env.E].includes(1)", True),
    ("const x = [1, process.env.E].includes(2)", E),
    ("const x = [1, process.env.E].some(v => v === 1)", True),
    ("const x = [1, process.env.E].every(v => v === 2)", False),
    ("const x = [process.env.E, 1].find(v => v === 1)", E),
    ("const x = [process.env.E, 1].map(() => 5)", [5, 5]),
    ("const x = ((a, b) => b)(process.env.E, 2)", 2),
    # Any number of values
    ("const x = [1, ...process.env.E, 3]", [1, M, 3]),
    ("const x = [1, ...process.env.E, 3].length", E),
    ("const x = [1, ...process.env.E, 3][0]", 1),
    ("const x = [1, ...process.env.E, 3][1]", E),
    ("const x = [1, ...process.env.E, 3].map(v => v + 1)", [2, M, 4]),
    ("const x = [1, 2].filter(v => v === process.env.E)", [M, M]),
    ("const x = ((a, b, ...c) => [a, b, c])(1, ...process.env.E)", [1, E, [M]]),
    ("const x = { a: 1, ...process.env.E, b: 2 }", {"a": E, "...": M, "b": 2}),
    ("const x = { ...process.env.E, b: 2 }.c", E),
    ("const x = 'c' in { ...process.env.E, b: 2 }", E),
    ("const x = Object.keys({ ...process.env.E, b: 2 })", [M, "b"]),
    ("const x = { [process.env.E]: 1, b: 2 }", {"...": M, "b": 2}),
    ("const x = { ...{ ...process.env.E, a: 1 }, b: 2 }", {"...": M, "a": 1, "b": 2}),
    ("const { a, ...x } = { ...process.env.E, a: 1, b: 2 }", {"...": M, "b": 2}),
    ("const x = [...new Set([1, process.env.E])]", [1, M]),
    ("const x = new Map([[process.env.E, 1]]).get('a')", E),
    # Code that may or may not run
    ("let x = 1; if (process.env.E) x = 2", E),
    ("let x = 1; if (process.env.E) { let x = 5; x = 6 }", 1),
    ("let x = 1; if (process.env.E) { const f = (x) => { x = 7 } }", 1),
    ("let x = [1]; if (process.env.E) x.push(2)", [M]),
    ("let x = { a: 1 }; if (process.env.E) x.b = 2", {"a": 1, "b": E}),
    ("let x = { a: 1 }; if (process.env.E) x[process.env.E] = 2", {"a": E, "...": M}),
    ("let x = { a: 1 }; if (process.env.E) delete x.a", {"a": E}),
    ("let x = { a: 1 }; if (process.env.E) Object.assign(x, { b: 1 })", {"a": E, "...": M}),
    ("let x = 1; const f = () => { x = 2 }; if (process.env.E) f()", E),
    ("let x = 1; const f = () => { g() }, g = () => { x++ }; if (process.env.E) { f() }", E),
    ("const f = () => { if (process.env.E) return 1; return 2 }; const x = f()", E),
    ("const f = () => { if (process.env.E) throw 1; return 2 }; const x = f()", 2),
    ("const f = () => { if (process.env.E) { return 1 } else { throw 1 } }; const x = f()", 1),
    ("let x = 0; const f = () => { if (process.env.E) return; x = 1 }; f()", E),
    ("let x = 1; if (!process.env.E) { console.error('no'); process.exit(1) }", 1),
    ("let x = 0; for (const a of process.env.E) x += 1", E),
    ("let x = 0; for (const a of [1, ...process.env.E]) x += 1", E),
    ("let x = 0; while (process.env.E) x++", E),
    ("let x = 0; for (const a of [1, 2, 3]) { if (process.env.E) break; x += a }", E),
    ("let x = 0; for (const a of [1, 2, 3]) { if (process.env.E) continue; x += a }", E),
    ("let x = 0; switch (process.env.E) { case 'a': x = 1; break; default: x = 2 }", E),
    ("let x = 0; process.env.E.forEach(() => { x++ })", E),
    ("let x = 0, y = 1; process.env.E(() => { x++ }); export { y }", E),
    ("let x = 0; process.env.E && (x = 1)", E),
    ("let x = 0; process.env.E ?? x++", E),
    ("let x = 0; process.env.E ? x++ : null", E),
    ("let x = 0, y = process.env.E; y ||= (x = 3)", E),
    ("let x = 0; process.env.E?.f(x++)", E),
    ("let x = 0; process.env.E?.(x++)", E),
    ("let x = 0; process.env.E.f(x++)", 1),
    ("let x = []; const f = (v) => { x.push(v) }; const y = process.env.E ? f(1) : 2", [M]),
    ("const x = new Map(Object.entries({ a: 1, ...process.env.E })).size", E),
    # What the language has and this evaluator leaves alone
    ("async function f() { return 1 } const x = f()", "? an async function's result comes later"),
    ("function* f() { yield 1 } const x = [...f()]", ["?* a generator function is not run"]),
    ("const x = fetch('http://example.org')", "? what is fetched is known at run time"),
    ("const x = Math.random()", "? a random number"),
    ("const x = Date.now()", "? "),
    ("const x = import.meta.hot", "? import.meta is set at run time"),
    ("const x = eval('1')", "? eval is not evaluated"),
    ("const x = nowhere.at.all", "? nowhere is not declared in the files that are read"),
    ("const x = undefined.a", "? a is read of undefined"),
    ("const x = null.a.b.c", "? a is read of null"),
    ("const x = (5)()", "? what is called is not a function"),
    ("const x = ({}).a()", "? a is not a function that is known here"),
    ("const x = 'a'.frobnicate()", "? frobnicate is not a function that is known here"),
]


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_unknown(tmp_path: Path, source: str, expected: Any) -> None:
    found = exports_of(tmp_path, f"{source}\nexport {{ x }}")["x"]
    if expected == "? ":
        assert str(found).startswith("? ")
    else:
        assert found == expected


def test_an_unknown_keeps_its_first_place(tmp_path: Path) -> None:
    program = program_of(
        tmp_path, {"main.ts": "const a = process.env.E;\nconst b = a + 1;\nexport const c = [b].join()"}
    )
    found = program.load(tmp_path / "main.ts").exports["c"]
    assert isinstance(found, Unknown)
    assert str(found.location) == "main.ts:1"
    assert found.location is not None
    assert found.location.column == 11


def test_the_key_for_unknown_properties_is_public() -> None:
    assert UNKNOWN_KEYS == "..."


def test_an_exception_costs_its_statement_alone(tmp_path: Path) -> None:
    source = """const log = [];
function fail(message: string): never { log.push(message); throw new Error(message) }
export const a = 1;
export const b = { c: fail('no such thing') };
export const d = a + 1;
export { log };
"""
    program = program_of(tmp_path, {"main.ts": source})
    exports = program.load(tmp_path / "main.ts").exports
    assert exports["a"] == 1
    assert exports["d"] == 2
    assert isinstance(exports["b"], Unknown)
    assert exports["b"].reason == "an error is thrown: no such thing"
    assert [item.many for item in exports["log"]] == [True]
    assert [(p.location.line, p.message) for p in program.diagnostics] == [(2, "an error is thrown: no such thing")]


def test_a_callback_that_throws_gives_python_an_unknown(tmp_path: Path) -> None:
    program = program_of(tmp_path, {"main.ts": "export const f = () => { throw new Error('late') }"})
    function = program.load(tmp_path / "main.ts").exports["f"]
    from driftcheck.location import Location
    from driftcheck.typescript.runtime.values import CallSite

    result = program.evaluator.call(function, [], CallSite(Location("main.ts"), program.evaluator))
    assert isinstance(result, Unknown)
    assert result.reason == "an error is thrown: late"


def test_places_of_properties_and_elements(tmp_path: Path) -> None:
    source = "const base = {\n  a: 1,\n};\nexport const o = {\n  ...base,\n  b: [\n    'é', 2],\n};\n"
    program: Program = program_of(tmp_path, {"main.ts": source})
    value = program.load(tmp_path / "main.ts").exports["o"]
    assert isinstance(value, JsObject)
    assert {key: (place.line, place.column) for key, place in value.locations.items()} == {"a": (2, 3), "b": (6, 3)}
    assert [(place.line, place.column) for place in value["b"].locations] == [(7, 5), (7, 10)]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("[[JSON.parse(process.env.E!)], [1]].flat().flat().length", "process.env.E is set at run time"),
        ("Math.sin(1)", "that part of Math is not evaluated"),
        ("(() => { const out = []; const g = (function* () { out.push(1) })(); return out.length })()", "a generator"),
        ("[1][Symbol.iterator]().next()", "what is called is not a function"),
        ("[3, 1].sort(process.env.E as any)", "sort with a function is not evaluated"),
        ("(() => { const a = [1]; delete a[0]; return a.length })()", "a property is deleted"),
    ],
)
def test_what_differs_between_machines_or_is_not_run(tmp_path: Path, source: str, reason: str) -> None:
    value = value_of(tmp_path, f"const x = {source}")
    assert str(value).startswith((f"? {reason}", f"['?* {reason}"))


LIB = "? it comes from the npm package 'lib'"

#: (statements, what `x` then is): an unknown function may change what it is given.
HANDED_OVER = [
    ("let x = 1; const m = new Map([[lib.a, 1]]); m.forEach(() => { x = 2 })", "? forEach is not evaluated"),
    ("let x = 1; 'a'.replace(lib.a, () => { x = 2; return '' })", "? it comes from the npm package 'lib'"),
    ("const x = Object.getOwnPropertyNames(lib.a)", "? that part of Object is not evaluated"),
    ("const x = ['a']; x.pop()", ["?*"]),
    ("const x = [], a = [1, 2]; for (const v of a) { x.push(v); lib(a) }", ["?*"]),
    ("const x = [], a = [1, 2]; a.forEach(v => { x.push(v); lib(a) })", ["?*"]),
    ("const a = [1, 2]; const x = a.reduce((sum, v) => { lib(a); return sum + v }, 0)", LIB),
    ("const x = [], o = { a: 1, b: 2 }; for (const k in o) { x.push(k); lib(o) }", ["?*"]),
    ("const x = ['a']; x.toSorted(() => 0)", ["a"]),
    ("let x = 1; [2, 1].sort(() => { x = 2; return 0 })", "? sort with a function is not evaluated"),
    (
        "const x = { a: 1 }; Object.defineProperty(x, 'b', { value: 2 })",
        {"a": "? that part of Object is not evaluated", "...": "?*"},
    ),
    ("const x = { a: 1 }; (v => { v.a = 2 }).apply(null, [x])", {"a": "? apply is not evaluated", "...": "?*"}),
    ("const s = new Set(['a']); s.add('b'); const x = [...s]", ["a", "?*"]),
    ("const x = { a: 1 }; lib(x)", {"a": "? it comes from the npm package 'lib'", "...": "?*"}),
    ("const x = ['a']; lib({ deep: [x] })", ["?*"]),
    ("const x = ['a'] as const; lib(x)", ["a"]),
    ("const x = { a: [1] } as const; lib(x)", {"a": [1]}),
    ("const x = Object.freeze(['a']); lib(x)", ["a"]),
    ("let x = 1; lib({ on: () => { x = 2 } })", "? it comes from the npm package 'lib'"),
    ("const m = new Map([[1, 2]]); lib(m); const x = m.size", "? it comes from the npm package 'lib'"),
    ("const x = { a: 1 }; new lib.Thing(x)", {"a": "? it comes from the npm package 'lib'", "...": "?*"}),
    ("const x = { a: 1 }; console.log(x)", {"a": 1}),
]


@pytest.mark.parametrize(("statements", "expected"), HANDED_OVER)
def test_what_an_unknown_function_is_given(tmp_path: Path, statements: str, expected: object) -> None:
    def short(value: object) -> object:
        if isinstance(value, str):
            return "?*" if value.startswith("?*") else value
        if isinstance(value, list):
            return [short(item) for item in value]
        return {key: short(item) for key, item in value.items()} if isinstance(value, dict) else value

    assert short(value_of(tmp_path, f"import lib from 'lib'; {statements}")) == expected
