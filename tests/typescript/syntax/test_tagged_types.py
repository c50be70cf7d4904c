"""Types between a tag and its template: `sql<number>` and the like, wherever they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.typescript.evaluation import messages, plain, program_of

TAG = "const tag = (s: TemplateStringsArray, ...v: any[]) => s.join('?') + v.join(); const o = { tag };\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("const x = tag<number>`a${1}b`", "a?b1"),
        ("const x = tag<string | null>`a`", "a"),
        ("const x = o.tag<Record<string, number[]>>`a`", "a"),
        ("const x = [tag<A<B<C>>>`a`, tag<{ a: 1 }>`b`, tag`c`].join('-')", "a-b-c"),
        ("const x = ((t) => t<number>`${1 < 2}`)(tag)", "?true"),
        ("const x = 1 < 2 && 3 > `2`", True),
        ("const x = tag<number> `a`", "a"),
        ("const x = tag<\n  number\n>`a`;\nconst y = tag<string>`b`", "a"),
    ],
)
def test_tagged_type(tmp_path: Path, source: str, expected: object) -> None:
    program = program_of(tmp_path, {"main.ts": f"{TAG}{source};\nexport {{ x }}"})
    assert plain(program.load(tmp_path / "main.ts").exports["x"]) == expected
    assert messages(program) == []


def test_places_stay(tmp_path: Path) -> None:
    program = program_of(tmp_path, {"main.ts": f"{TAG}const a = tag<number>`a`;\nexport const x = process.env.E"})
    assert str(program.load(tmp_path / "main.ts").exports["x"].location) == "main.ts:3"
