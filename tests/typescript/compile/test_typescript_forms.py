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
    ("abstract class A { abstract m(): void; protected readonly n: number = 3; declare q: string; z?: 1 }\n"
     "class B extends A { m() {} }\nconst x = Object.assign({}, new B())", {"n": 3, "z": "undefined"}),
    ("class A { constructor(private readonly a: number, public b = 2) {} sum() { return this.a + this.b } }\n"
     "const x = new A(1).sum()", 3),
    ("class A<T> implements I<T> { m<U>(u: U): [U] { return [u] } }; const x = new A<string>().m<number>(1)", [1]),
    ("@dec() class A { @field({ a: 1 }) b = 1; @m() c() {} } const x = new A().b", 1),
    ("enum E { A, B, C = 10, D, E = 'e', F = C | 1, G = 'x'.length } const x = [E.A, E.B, E.D, E.E, E.F, E.G, E[0]]",
     [0, 1, 11, "e", 11, 1, "A"]),
    ("const enum E { A = 1 << 2, B = A * 2, ['C-D'] = -1 } const x = [E.A, E.B, E['C-D']]", [4, 8, -1]),
    ("enum E { A = 'a', B = 'b' } const x = Object.values(E)", ["a", "b"]),
    ("enum E { A, B } const x = Object.keys(E)", ["0", "1", "A", "B"]),
    ("enum E { A } enum E { B = 5 } const x = [E.A, E.B]", [0, 5]),
    ("declare enum E { A } const x = 1", 1),
    ("namespace N { export const a = 1; const b = 2; export function f() { return a + b } export enum E { Q } }\n"
     "const x = [N.f(), N.a, N.E.Q, Object.keys(N)]", [3, 1, 0, ["a", "f", "E"]]),
    ("namespace A.B.C { export const v = 7 } const x = A.B.C.v", 7),
    ("class A { static s = A.t(); static t() { return 1 } } namespace A { export const u = 2 }\n"
     "const x = [A.s, A.u]", [1, 2]),
    ("namespace N { export const v = { w: 3 } } import q = N.v; const x = q.w", 3),
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
    ("using: for (;;) break using; const x = 1", 1),
    ("var x = y; var y = 5;", 5),
    ("const x = later; const later = 'read above its declaration'", "read above its declaration"),
    ("#!/usr/bin/env node\nconst x = 1".replace("#!/usr/bin/env node\n", ""), 1),
    ("const x = (a => { if (!a) return; return 1 })()", "undefined"),
    ("const { a, ...rest } = { a: 1, b: 2, get c() { return 3 } }; const x = rest", {"b": 2, "c": 3}),
    ("const { length } = 'abc'; const [first = 'd', ...others] = [undefined, 2, 3]; const x = [length, first, others]",
     [3, "d", [2, 3]]),
    ("const k = 'dyn'; const { [k]: v = 1, [`${k}2`]: w } = { dyn2: 5 } as any; const x = [v, w]", [1, 5]),
]  # fmt: skip


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
