"""What TypeScript adds to JavaScript: types that mean nothing at run time, and forms that mean something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.typescript.evaluation import exports_of, value_of

CASES: list[tuple[str, Any]] = [
    ("const x = 1 as number", 1),
    ("const x = { a: 'b' } as const satisfies Record<string, string>", {"a": "b"}),
    ("const x = <any>5", 5),
    ("const o: { a?: { b: number } } = { a: { b: 2 } }; const x = o!.a!.b", 2),
    ("function f<T extends string>(this: void, a: T, b?: number, ...c: T[]): T { return a }\n"
     "const x = f<'q'>('q')", "q"),
    ("const f = <T,>(a: T): T => a; const x = f<number>(3)", 3),
    ("const id = (a: any) => a; const g = id<string>; const x = g('v')", "v"),
    ("type A = { b: 1 }; interface B extends A {} declare const c: number; declare function d(): void; const x = 1", 1),
    ("function f(a: string): void; function f(a: number): void; function f(a: any) { return a } const x = f(4)", 4),
    ("class A { protected readonly n: number = 3; declare q: string; z?: 1; m(): void {} }\n"
     "const x = Object.assign({}, new A())", {"n": 3, "z": "undefined"}),
    ("class A { constructor(private readonly a: number, public b = 2) {} sum() { return this.a + this.b } }\n"
     "const x = new A(1).sum()", 3),
    ("class A<T> implements I<T> { m<U>(u: U): [U] { return [u] } }; const x = new A<string>().m<number>(1)", [1]),
    ("enum E { A, B, C = 10, D, E = 'e', F = C | 1, G = 'x'.length } const x = [E.A, E.B, E.D, E.E, E.F, E.G, E[0]]",
     [0, 1, 11, "e", 11, 1, "A"]),
    ("const enum E { A = 1 << 2, B = A * 2, ['C-D'] = -1 } const x = [E.A, E.B, E['C-D']]", [4, 8, -1]),
    ("enum E { A = 'a', B = 'b' } const x = Object.values(E)", ["a", "b"]),
    ("enum E { A, B } const x = Object.keys(E)", ["0", "1", "A", "B"]),
    ("enum E { A } enum E { B = 5 } const x = [E.A, E.B]", [0, 5]),
    ("declare enum E { A } const x = 1", 1),
    ("class A { static s = A.t(); static t() { return 1 } } const x = A.s", 1),
    ("class A { #n = 1; get n() { return this.#n } grow() { this.#n++; return this } } const x = new A().grow().n", 2),
    ("let v: any = 1; (v as any) = 2; const x = v", 2),
    ("let o: any = {}; (o as any).a = 1; o!.b = 2; (<any>o).c = 3; const x = o", {"a": 1, "b": 2, "c": 3}),
    ("const x = ((a: number): a is 5 => a === 5)(5)", True),
    ("const t = ['a', 'b'] as [string, ...string[]]; const x = t.length", 2),
    ("let a; let b: number; const x = [a, b]", ["undefined", "undefined"]),
    ("const x = 1_000 + 0xff + 0b11 + 0o7", 1265),
    ("const s = (strings: TemplateStringsArray, ...v: any[]) => strings.join('?') + v.length;\n"
     "const x = s`a${1}b${2}`", "a?b?2"),
    ("const x = [1, 2].map<string>((n) => `${n}`)", ["1", "2"]),
    ("const x = ((o: { [k: string]: number }) => o['a'])({ a: 1 })", 1),
    ("label: { const y = 1; if (y) break label; throw 1 } const x = 'after'", "after"),
    ("using: for (;;) break using;\nconst x = 1", 1),
    ("var x = y; var y = 5;", 5),
    ("const x = later; const later = 'read above its declaration'", "read above its declaration"),
    ("#!/usr/bin/env node\nconst x = 1".replace("#!/usr/bin/env node\n", ""), 1),
    ("const x = (a => { if (!a) return; return 1 })()", "undefined"),
    ("const { a, ...rest } = { a: 1, b: 2, c: 3 }; const x = rest", {"b": 2, "c": 3}),
    ("const { length } = 'abc'; const [first = 'd', ...others] = [undefined, 2, 3]; const x = [length, first, others]",
     [3, "d", [2, 3]]),
    ("const k = 'dyn'; const { [k]: v = 1, [`${k}2`]: w } = { dyn2: 5 } as any; const x = [v, w]", [1, 5]),
]  # fmt: skip


#: Forms that no schema needs: what they make is unknown, and what they may change.
NOT_EVALUATED: list[tuple[str, str]] = [
    ("@dec() class A { @field({ a: 1 }) b = 1; @m() c() {} } const x = new A().b", "a class of that kind"),
    ("class A { n = 3 } class B extends A {} const x = new B().n", "a class of that kind"),
    ("class A { set n(v) {} } const x = new A()", "a class of that kind"),
    ("let x = 1; class A { static { x = 2 } }", "a class of that kind"),
    ("let x = 1; class A extends (x = 2, Object) {}", "a class of that kind"),
    ("class A { b = 1; constructor() { return lib } } const x = new A()", "lib is not declared"),
    ("function F() { this.a = 1 } const x = new F()", "a function is used as a class"),
    ("let y = 1; function F() { y = 2 } new F(); const x = y", "a function is used as a class"),
    ("namespace N { export const a = 1 } const x = N.a", "a namespace is not evaluated"),
    ("let x = 1; namespace N { x = 2 }", "a namespace is not evaluated"),
    ("namespace N { export const v = { w: 3 } } import q = N.v; const x = q.w", "q is not declared"),
    ("const x = { get c() { return 3 } }.c", "it is a getter"),
    ("const x = { a: 1, set c(v) {} }", "an object with a setter"),
    ("const o = { a: 1, __proto__: { b: 2 } }; const x = o.b", "an object with a prototype"),
    ("const o = { a: 1 }; delete o.b; const x = o.a", "a property is deleted"),
    ("let x = 0; try { x = 1 } finally { x = 2 }", "a try statement"),
    ("const f = () => { try { return 1 } catch { return 2 } }; const x = f()", "a try statement"),
    ("const f = function () { return arguments.length }; const x = f(1)", "arguments is not declared"),
    ("const x = ((a, b) => 1).length", "the length of a function"),
    ("const x = `${{}}`", "an object or a function"),
    ("const x = 2n + 3n", "arithmetic of BigInts"),
    ("const x = 1 == '1'", "`==` between values of different types"),
    ("const x = 1.05 ** 3", "a power that is not a whole number"),
    ("const a = [1]; a.more = 2; const x = a[0]", "something else than a known element"),
    ("const a = [1]; a[5] = 2; const x = a[0]", "something else than a known element"),
    ("const a = [1, 2]; a.length = 1; const x = a[0]", "something else than a known element"),
    ("const o = {}; for (const k in new (class { a = 1 })()) o[k] = 1; const x = o.a", "inherited properties"),
]


@pytest.mark.parametrize(("source", "reason"), NOT_EVALUATED)
def test_what_is_not_evaluated_is_unknown(tmp_path: Path, source: str, reason: str) -> None:
    assert str(value_of(tmp_path, source)).startswith(f"? {reason}")


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_form(tmp_path: Path, source: str, expected: Any) -> None:
    assert value_of(tmp_path, source) == expected


def test_a_file_may_begin_with_a_byte_order_mark_or_a_hashbang(tmp_path: Path) -> None:
    assert exports_of(tmp_path, "\ufeffexport const x = 1") == {"x": 1}
    assert exports_of(tmp_path, "#!/usr/bin/env node\r\nexport const x = 1\r\n") == {"x": 1}


def test_types_are_no_exports(tmp_path: Path) -> None:
    source = """
        type A = 1; interface B {} const v = 1;
        export type { A }; export { type B, v }; export type C = 2; export interface D {}
        export declare const e: number; export default interface F {}
    """
    assert exports_of(tmp_path, source) == {"v": 1}
