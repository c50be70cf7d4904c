"""No source makes the evaluation hang, overflow or raise: what is too much is Unknown, and the rest stands."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from driftcheck.budget import Limits
from driftcheck.typescript import deeply
from driftcheck.typescript.runtime.values import Unknown
from tests.typescript.evaluation import messages, program_of

SMALL = Limits(steps=500_000)

#: The source (`export const y = 1` follows) and what the reason of `x` must say.
CASES: dict[str, tuple[str, str]] = {
    "parentheses": ("export const x = " + "(" * 10_000 + "1" + ")" * 10_000, "syntax nests deeper"),
    "a chain of methods": ("export const x = 'a'" + ".concat('b')" * 3_000, "syntax nests deeper"),
    "a chain of operators": ("export const x = 1" + " + 1" * 5_000, "syntax nests deeper"),
    "ternaries": ("export const x = " + "0 ? 1 : " * 5_000 + "1", "syntax nests deeper"),
    "templates": ("export const x = " + "`${" * 3_000 + "1" + "}`" * 3_000, "syntax nests deeper"),
    "negations": ("export const x = " + "!" * 20_000 + "1", "syntax nests deeper"),
    "else after else": (
        "const f = a => { " + "if (a === 1) { return 1 } else " * 3_000 + "{ return 2 } }; export const x = f(3)",
        "syntax nests deeper",
    ),
    "an endless loop": ("export const x = (() => { while (true) {} })()", "more than 100,000 steps"),
    "an endless for": ("export const x = (() => { for (;;); })()", "more than 100,000 steps"),
    "an endless do": ("export const x = (() => { do {} while (1) })()", "more than 100,000 steps"),
    "recursion": ("const f = n => f(n + 1) + 1; export const x = f(0)", "calls nest deeper than 400"),
    "recursion of two": ("const f = n => g(n), g = n => f(n); export const x = f(0)", "calls nest deeper"),
    "recursion in a callback": ("const f = n => [1].map(() => f(n)); export const x = f(0)", "calls nest deeper"),
    "recursion in a getter": (
        "class A { get a() { return this.a } } const o = new A(); export const x = o.a",
        "calls nest deeper than 400",
    ),
    "recursion in a class": ("class A { b = new A() } export const x = new A()", "calls nest deeper"),
    "exponential recursion": ("const f = n => n < 2 ? n : f(n - 1) + f(n - 2); export const x = f(60)", "steps"),
    "a growing string": ("let s = 'x'; for (let i = 0; i < 99; i++) s += s; export const x = s", "a string is longer"),
    "a growing array": ("let s = [1]; for (let i = 0; i < 99; i++) s = [...s, ...s]; export const x = s", "steps"),
    "a long string": ("export const x = 'ab'.repeat(1e9)", "a string is longer than 2,000,000 characters"),
    "a long padding": ("export const x = 'ab'.padStart(1e9)", "a string is longer than 2,000,000 characters"),
    "a long array": ("export const x = new Array(1e9)", "longer than 20,000 elements"),
    "a long array-like": ("export const x = Array.from({ length: 1e9 })", "longer than 20,000 elements"),
    "an exploding pattern": ("export const x = /(a+)+$/.test('a'.repeat(50) + 'b')", "regular expression"),
    "a slow pattern": (
        "export const x = /a*a*a*a*a*c/.test('a'.repeat(5000))",
        "a search with a pattern may take more",
    ),
    "an object in itself": ("const a = {}; a.a = a; export const x = JSON.stringify(a)", "JSON nests deeper"),
    "copies of copies": (
        "let o = {}; for (let i = 0; i < 9999; i++) o = { ...o, ['k' + i]: i }; export const x = o",
        "more than 100,000 steps",
    ),
    "a number too long": ("export const x = " + "1" * 10_000 + "n", "an invalid number"),
}


@pytest.mark.parametrize("name", CASES)
def test_bound(tmp_path: Path, name: str) -> None:
    source, reason = CASES[name]
    program = program_of(tmp_path, {"main.ts": f"{source};\nexport const y = 1;"}, SMALL)
    exports = program.load(tmp_path / "main.ts").exports
    assert isinstance(exports["x"], Unknown)
    assert reason in exports["x"].reason
    assert exports["y"] == 1


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("recursion", "main.ts:1:16 not evaluated: calls nest deeper than 400 (limits.depth in the config)"),
        (
            "a long string",
            "main.ts:1:18 not evaluated: a string is longer than 2,000,000 characters (limits.bytes in the config)",
        ),
        (
            "an endless loop",
            "main.ts:1:27 not evaluated: one statement takes more than 100,000 steps of work"
            " (limits.steps in the config)",
        ),
    ],
)
def test_a_limit_is_a_problem_that_names_it_and_its_place(tmp_path: Path, name: str, message: str) -> None:
    program = program_of(tmp_path, {"main.ts": CASES[name][0]}, SMALL)
    program.load(tmp_path / "main.ts")
    assert messages(program) == [message]


@pytest.mark.parametrize(
    "source",
    [
        "export const x = " + "[" * 1_400 + "1" + "]" * 1_400,
        "export const x = " + "{a:" * 1_400 + "1" + "}" * 1_400,
        "export const x = 'a'" + ".trim()" * 1_400,
        "let a = []; for (let i = 0; i < 50000; i++) a = [a]; export const x = a",
        "export const x = " + "() => " * 10_000 + "1",
        "type T = " + "(" * 5_000 + "1" + ")" * 5_000 + "; export const x = 1",
        "const a = []; a.push(a); export const x = [String(a), a.flat(Infinity).length]",
    ],
)
def test_deep_values_are_no_danger(tmp_path: Path, source: str) -> None:
    program = program_of(tmp_path, {"main.ts": source})
    assert not isinstance(program.load(tmp_path / "main.ts").exports["x"], Unknown)
    assert messages(program) == []


def test_a_chain_of_a_thousand_modules(tmp_path: Path) -> None:
    files = {f"m{i}.ts": f"import {{ v as w }} from './m{i + 1}'; export const v = w + 1" for i in range(1_000)} | {
        "m1000.ts": "export const v = 0"
    }
    assert program_of(tmp_path, files).load(tmp_path / "m0.ts").exports["v"] == 1_000


def test_what_was_half_done_when_a_limit_came_is_unknown(tmp_path: Path) -> None:
    source = "const list = []; let n = 0;\nfor (;;) { list.push(n); n++ }\nexport { list, n }"
    exports = program_of(tmp_path, {"main.ts": source}, SMALL).load(tmp_path / "main.ts").exports
    assert isinstance(exports["n"], Unknown)
    assert [item.many for item in exports["list"]] == [True]


def test_each_statement_has_its_own_steps_and_the_program_a_total(tmp_path: Path) -> None:
    loop = "(() => { let i = 0; while (i < 5000) i++; return i })()"
    source = "\n".join(f"export const v{i} = {loop};" for i in range(20))
    program = program_of(tmp_path, {"main.ts": source}, SMALL)
    exports = program.load(tmp_path / "main.ts").exports
    known = [not isinstance(value, Unknown) for value in exports.values()]
    assert known == [True] * 9 + [False] * 11
    assert messages(program)[0].endswith("it takes more than 500,000 steps of work (limits.steps in the config)")


def test_deeply_gives_back_results_and_errors_and_the_usual_recursion_limit() -> None:
    usual = sys.getrecursionlimit()

    def count(depth: int) -> int:
        return 0 if depth == 0 else 1 + count(depth - 1)

    assert deeply(lambda: deeply(lambda: count(20_000))) == 20_000
    with pytest.raises(KeyError):
        deeply(lambda: {}["missing"])
    assert sys.getrecursionlimit() == usual
