"""Types that the grammar does not know: they go unseen, and hide nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.typescript.evaluation import messages, plain, program_of

COLUMN = "const column = { $type: <T>() => 'typed', other: 1 };\n"


@pytest.mark.parametrize(
    "source",
    [
        "export type * from './types';\nconst x = 'typed'",
        "export type * as types from \"./types\"\nconst x = 'typed'",
        "const x = column.$type<import('./types').A>()",
        "const x = column.$type<import('./types').A<string, B[]>>()",
        "const x = column.$type<Record<string, import(\"./types\").A['b'][]>>()",
        "const y: import('./types').A<1> = 1; const x = column.$type()",
        "type A = import('./types').B.C<1>[]; const x = column.$type()",
        "type A<in out T> = { a: T }; interface B<in T, out U> { b: T }; const x = column.$type()",
        "class C<out T> { c?: T } const x = column.$type(); const y = [1, 2 in [1], 'in out T', column, column]",
    ],
)
def test_type(tmp_path: Path, source: str) -> None:
    program = program_of(tmp_path, {"main.ts": f"{COLUMN}{source};\nexport {{ x }}", "types.ts": "throw new Error()"})
    assert plain(program.load(tmp_path / "main.ts").exports["x"]) == "typed"
    assert messages(program) == []


def test_a_deferred_import(tmp_path: Path) -> None:
    source = "import defer * as a from './a'; import defer from './a';\nexport const x = [a.y, defer]"
    program = program_of(tmp_path, {"main.ts": source, "a.ts": "export const y = 1; export default 2"})
    assert plain(program.load(tmp_path / "main.ts").exports["x"]) == [1, 2]
    assert messages(program) == []


def test_texts_and_comments_stay(tmp_path: Path) -> None:
    source = (
        "// import('a').B\nconst x = `import('a').B\nexport type * from 'b'`;\nexport type * from 'c'; export { x }"
    )
    program = program_of(tmp_path, {"main.ts": source})
    assert plain(program.load(tmp_path / "main.ts").exports["x"]) == "import('a').B\nexport type * from 'b'"


def test_a_promise_of_a_module_is_not_known(tmp_path: Path) -> None:
    source = "type A = import('a').B<1>;\nexport const x = import('./a').then((m) => m.y)"
    program = program_of(tmp_path, {"main.ts": source, "a.ts": "export const y = 1"})
    assert "import" in program.load(tmp_path / "main.ts").exports["x"].reason


def test_places_stay(tmp_path: Path) -> None:
    types = "export type * from './types';\nconst a = column.$type<import('a').B<1>>();"
    source = f"{COLUMN}{types}\nexport const x = process.env.E"
    program = program_of(tmp_path, {"main.ts": source})
    assert str(program.load(tmp_path / "main.ts").exports["x"].location) == "main.ts:4"
