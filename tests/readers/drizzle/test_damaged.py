"""Whatever a file holds, reading it ends, and never in a traceback: a reading, or a SourceError."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from pathlib import Path

import pytest

from driftcheck.errors import SourceError
from driftcheck.readers.drizzle import read

CASES = sorted((Path(__file__).parents[2] / "conformance/drizzle_schemas/cases").glob("*.ts"))
TEXTS = [path.read_text(encoding="utf-8") for path in CASES]
PIECES = [
    "(",
    ")",
    "{",
    "}",
    "`",
    "${",
    "'",
    "=>",
    "...",
    ",",
    ";",
    "undefined",
    "null",
    "0",
    "[]",
    "\0",
    "é",
    "process.env.X",
]


def attempt(text: str, folder: Path) -> None:
    path = folder / "schema.ts"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    started = time.monotonic()
    with suppress(SourceError):
        assert all(gap.why and gap.what for gap in read("schema.ts", folder).gaps)
    assert time.monotonic() - started < 60


def mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.randint(0, 30))
        kind = chance.randrange(4)
        if kind == 0:
            text = text[:at] + text[end:]
        elif kind == 1:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        elif kind == 2:
            text = text[:at] + text[at:end] * 2 + text[end:]
        else:
            other = chance.choice(TEXTS)
            start = chance.randrange(len(other))
            text = text[:at] + other[start : start + 60] + text[end:]
    return text


@pytest.mark.parametrize("seed", range(60))
def test_mutated(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    for _ in range(4):
        attempt(mutated(chance.choice(TEXTS), chance), tmp_path)


@pytest.mark.parametrize("seed", range(20))
def test_truncated(seed: int, tmp_path: Path) -> None:
    chance = random.Random(1000 + seed)
    text = chance.choice(TEXTS)
    for _ in range(4):
        attempt(text[: chance.randrange(len(text))], tmp_path)


ODD = {
    "empty": "",
    "not text": "\x00\x01\x02" * 50,
    "deep": "export const t = " + "(" * 5000 + ")" * 5000,
    "endless": "import { pgTable } from 'drizzle-orm/pg-core'; while (true) {} export const t = pgTable('t', {});",
    "recursive": "const f = () => f(); export const t = f();",
    "grows": "let s = 'x'; for (;;) s += s; export const t = s;",
    "itself": "import { sql } from 'drizzle-orm'; import { pgTable, check } from 'drizzle-orm/pg-core';"
    "const a = sql`x`; a.append(a); export const t = pgTable('t', {}, () => [check('c', a)]);",
    "appended": "import { sql } from 'drizzle-orm'; import { pgTable, check } from 'drizzle-orm/pg-core';"
    "const a = sql`x`; const b = sql`${a}`; a.append(sql`${b}`);"
    " export const t = pgTable('t', {}, () => [check('c', a)]);",
    "array of itself": "import { pgTable, jsonb } from 'drizzle-orm/pg-core'; const a: any[] = []; a.push(a);"
    "const o: any = {}; o.o = o; export const t = pgTable('t', { a: jsonb().default(a), o: jsonb().default(o) });",
    "wrong arguments": "import * as pg from 'drizzle-orm/pg-core'; import * as orm from 'drizzle-orm';"
    "export const all = Object.values(pg).map((f: any) => f());"
    " export const more = Object.values(orm).map((f: any) => f(1, 2));"
    "export const t = pg.pgTable(); export const e = pg.pgEnum('e'); export const v = pg.pgView('v').as(5);"
    "export const u = pg.pgTable('u', { a: pg.text('a').references(5).array(5).generatedAlwaysAs(5).unique(5, 5) },"
    "(t) => [pg.index(5).on(), pg.unique(5), pg.check(), pg.primaryKey(), pg.foreignKey({}), pg.foreignKey(), "
    "pg.pgPolicy()]);",
}


@pytest.mark.parametrize("name", list(ODD))
def test_odd(name: str, tmp_path: Path) -> None:
    attempt(ODD[name], tmp_path)


FUNCTIONS = (
    "text varchar numeric timestamp vector customType pgEnum index check pgPolicy pgRole pgSequence pgSchema pgView "
    "primaryKey foreignKey unique pgTableCreator alias"
).split()
ARGUMENTS = ["", "5", "null", "[]", "{}", "() => {}", "Symbol('x')", "process.env", "text", "1n, 2n", "'t', 5, 5"]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("argument", ARGUMENTS)
def test_any_argument(function: str, argument: str, tmp_path: Path) -> None:
    attempt(
        f"import {{ pgTable, {', '.join({function, 'text'})} }} from 'drizzle-orm/pg-core';"
        f"const made: any = {function}({argument}); export {{ made }};"
        f"export const t = pgTable('t', {{ made, again: made('x'), text: text().default(made) }}, () => [made, "
        f"made.on(made)]);",
        tmp_path,
    )
