"""Schemas of Drizzle that ask for more than a machine has: each ends within the manual's limits, and says so."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .measured import run, tighten

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="rlimits as POSIX has them"),
]

_HEAD = """\
import * as p from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
export const guests = p.pgTable("guests", { id: p.integer("id").primaryKey() });
"""
_ROOMS = 'export const rooms = p.pgTable("rooms", { a: p.text("a").default(x) });'
_COLUMNS = 'const c = Object.fromEntries(Array.from({ length: %d }, (_, i) => ["c" + i, p.integer("c" + i)]));'
_NAMES = ", ".join(f"{number}: t{number}" for number in range(500))

#: name: what is behind the table guests. Of each a part is not known, which is said.
_CASES = {
    "sql in sql": "let x = sql`1`; for (let i = 0; i < 60; i++) x = sql`${x} + ${x}`;" + _ROOMS,
    "sql by a function": "const d = (q) => sql`f(${q}, ${q})`; let x = sql`1`; for (let i = 0; i < 60; i++) x = d(x);"
    + _ROOMS,
    "sql joined": "let x = sql`1`; for (let i = 0; i < 60; i++) x = sql.join([x, x]);" + _ROOMS,
    "arrays in arrays": "let x = [1]; for (let i = 0; i < 60; i++) x = [x, x];" + _ROOMS,
    "objects in objects": "let x = { a: 1 }; for (let i = 0; i < 60; i++) x = { l: x, r: x };" + _ROOMS,
    "an array pushed into itself": "const x = [1]; for (let i = 0; i < 60; i++) x.push(...x);" + _ROOMS,
    "concat": "let x = [1]; for (let i = 0; i < 60; i++) x = x.concat(x);" + _ROOMS,
    "join": "const x = new Array(20000).fill('x').join('y'.repeat(1000000));" + _ROOMS,
    "join of joins": "let x = 'xxxxxxxxxx'; for (let i = 0; i < 40; i++) x = [x, x, x].join(x);" + _ROOMS,
    "replaceAll": "let x = 'aaaaaaaaaa'; for (let i = 0; i < 40; i++) x = x.replaceAll('a', 'aaaaaaaaaa');" + _ROOMS,
    "replace by what was found": "let x = 'ab'; for (let i = 0; i < 60; i++) x = x.replace(/.*/s, '$&$&$&');" + _ROOMS,
    "templates": "let x = 'x'; for (let i = 0; i < 99; i++) x = `${x}${x}${x}`;" + _ROOMS,
    "quotes of quotes": "let x = '\"'; for (let i = 0; i < 60; i++) x = JSON.stringify(x);" + _ROOMS,
    "powers": "const x = 9n ** 9n ** 9n;" + _ROOMS,
    "squares": "let x = 3n; for (let i = 0; i < 60; i++) x = x * x;" + _ROOMS,
    "a shift": "const x = 1n << 99999999999n;" + _ROOMS,
    "a pattern of squared time": "const x = 'a'.repeat(100000).replace(/a*b/g, '');" + _ROOMS,
    "a pattern of exponential time": "const x = String(/^(\\w+\\s?)*$/.test('a'.repeat(60) + '!'));" + _ROOMS,
    "a pattern in a loop": "let x = 'x'.repeat(5000); for (let i = 0; i < 2e5; i++) x = x.replace(/x+y/, '');" + _ROOMS,
    "loop after loop": "let x = 0;\n" + "for (let i = 0; i < 299000; i++) x++;\n" * 50 + _ROOMS,
    "maps in maps": "const a = new Array(2000).fill(0); const x = a.map(() => a.map(() => a.map(() => 1)));" + _ROOMS,
    "comparing long texts": "const s = 'a'.repeat(9e5), u = 'a'.repeat(9e5); for (let i = 0; i < 3e5; i++) s === u;",
    "searching long texts": "const s = 'a'.repeat(1.9e6) + 'b'; for (let i = 0; i < 3e5; i++) s.includes('aaaac');",
    "sorting": "const a = Array.from({ length: 19000 }, (_, i) => i * 7 % 19); for (;;) a.sort((x, y) => x - y);",
    "a growing map": "const m = new Map(); for (let i = 0; ; i++) m.set('k'.repeat(1000) + i, i);",
    "wide tables": f"{_COLUMNS % 5000} const all = {{}}; for (let i = 0; i < 500; i++) all[i] = p.pgTable('t' + i, c);"
    f" export const {{ {_NAMES} }} = all;",
}


#: One of each kind is tried at the limits that people have; the others at a quarter of them.
_AT_THE_LIMITS = ("join of joins", "loop after loop", "searching long texts", "sql in sql", "wide tables")


@pytest.mark.parametrize("name", _CASES)
def test_it_ends(name: str, tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "schema.ts").write_text(_HEAD + _CASES[name])
    if name not in _AT_THE_LIMITS:
        tighten(root)
    done = run(root, "export", "drizzle:schema.ts", "--to", "sql")
    assert done.status == 2 or "not understood" in done.said, done.said[-2_000:]
    assert "schema.ts:" in done.said
    assert "itself failed" not in done.said
    assert done.seconds < 10
    assert done.megabytes < 500
