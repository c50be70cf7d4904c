"""Mutated, truncated and spliced sources: nothing raises, nothing hangs, and every error has a place in the file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftcheck.budget import Budget, Limits
from driftcheck.project import Project
from driftcheck.typescript import Program
from driftcheck.typescript.runtime.values import (
    CallSite,
    HostFunction,
    HostModule,
    JsArray,
    JsFunction,
    JsObject,
    Value,
)
from tests.typescript.builtins.test_against_node import EXPRESSIONS
from tests.typescript.compile.test_typescript_forms import CASES

SCHEMA = """import { pgTable, uuid, text, index as idx } from 'drizzle';
const stamps = { created: text('created').notNull(), updated: text("updated") } as const;
enum Role { Admin = 'admin', User = 'user' }
const make = <T extends string>(name: T, extra = {}) => pgTable(`${name}_t`, { id: uuid('id'), ...stamps, ...extra });
export const users = make('users', { role: text({ enum: Object.values(Role) as [string, ...string[]] }) });
export const posts = pgTable('posts', { by: uuid().references(() => users.id) }, (t) => [idx('i').on(t.by)]);
class Base { static all: unknown[] = []; constructor(public name: string) { Base.all.push(this) } get n() { return 1 } }
for (const r of ['a', 'b']) { if (r === 'b' && process.env.X) continue; new Base(r) }
export default function f({ a, b: [c = 1] = [2] }: any, ...rest: number[]) { switch (a) { case 1: return c } try {
  throw new Error(`x${c}`) } catch (e) { return /(\\w+)-?$/g.test(e.message) ?? rest?.[0]! } finally { } }
"""

SOURCES = [SCHEMA, *(source for source, _ in CASES), *(f"export const v = {text}" for text in EXPRESSIONS)]
SMALL = Limits(steps=100_000, bytes=3_000_000)

PIECES = [
    *"()[]{}`'\";,:=@<>/*-é😀\0\n",
    *"=> ... ?. ${ ++ 0x 1n #p \\u{ super this".split(),
    *(f"{word} " for word in "class new async function export import return delete await yield default".split()),
    "enum E {",
    "case 1:",
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(SOURCES))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        kind = draw(st.sampled_from(["insert", "cut", "delete", "splice", "double"]))
        if kind == "insert":
            text = text[:at] + draw(st.sampled_from(PIECES)) + text[at:]
        elif kind == "cut":
            text = text[:at]
        elif kind == "delete":
            text = text[:at] + text[at + draw(st.integers(1, 12)) :]
        elif kind == "splice":
            other = draw(st.sampled_from(SOURCES))
            text = text[:at] + other[draw(st.integers(0, len(other))) :]
        else:
            text = text[:at] + text[max(0, at - draw(st.integers(1, 40))) :]
    return text[:4_000]


def library(specifier: str) -> HostModule:
    """Every name of every package: a function that calls what functions it is given."""

    def call(arguments: list[Value], site: CallSite) -> Value:
        for argument in arguments:
            if isinstance(argument, JsFunction):
                site.call(argument, [JsObject([("id", 1)])])
        return JsObject([("self", HostFunction(call, "self"))])

    return HostModule(specifier, {}, missing=lambda name: HostFunction(call, name))


def evaluate(source: str) -> Program:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "main.ts"
        path.write_text(source, encoding="utf-8", errors="surrogatepass")
        program = Program(Project(Path(folder), budget=Budget(SMALL)), library)
        module = program.load(path)
        for value in [*module.exports.values(), *map(module.read, list(module.scope.names))]:
            if isinstance(value, JsFunction):
                program.evaluator.call(value, [JsArray([1]), "a"], CallSite(module.file.location(0), program.evaluator))
        return program


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated())
def test_mutated_sources(source: str) -> None:
    lines = source.split("\n")
    for problem in evaluate(source).diagnostics:
        assert problem.message
        assert 1 <= problem.location.line <= len(lines) + 1
        assert problem.location.column >= 1


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=300))
def test_any_text(source: str) -> None:
    evaluate(source)
