"""A syntax error is reported with its line and column, and costs the declaration it is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.typescript.runtime.values import Unknown
from tests.typescript.evaluation import messages, plain, program_of

SOURCE = """import {{ v }} from './v';
export const before = {{ a: 1 }};

export const broken = make('users', {{
  id: 1,
  {inside}
  last: 3,
}});

export const after = {{ b: [v] }};
export function f() {{
  return `
export const text = 1`;
}}
export default f().length;
"""


@pytest.mark.parametrize(
    "inside",
    ["name: ,", "name: (2,", "name: [2,", "name: 'a", "name: 2 3,", "name }", "na me: 2", "name: 2)", "}}}", "((("
     "@", "name: `a", "const", "name: => 2,", "*/", "name: 1 +", "name: {", "#", "\\", "é!", "name: ?.a", "...,", "]]"],
)  # fmt: skip
def test_the_rest_of_the_file_is_read(tmp_path: Path, inside: str) -> None:
    program = program_of(tmp_path, {"v.ts": "export const v = 1", "main.ts": SOURCE.format(inside=inside)})
    exports = program.load(tmp_path / "main.ts").exports
    assert plain(exports["before"]) == {"a": 1}
    assert plain(exports["after"]) == {"b": [1]}
    assert exports["default"] == 22
    found = [problem for problem in program.diagnostics if problem.message.startswith("syntax error")]
    assert found
    assert all(4 <= problem.location.line <= 9 and problem.location.column >= 1 for problem in found)


def test_a_declaration_with_an_error_is_in_doubt_and_the_others_are_kept(tmp_path: Path) -> None:
    program = program_of(tmp_path, {"main.ts": "export const x = { a: 1, b: 2 3, c: 4 };\nexport const y = [1, , 2];"})
    exports = program.load(tmp_path / "main.ts").exports
    assert plain(exports["x"]) == "? there is a syntax error in the declaration of x"
    assert plain(exports["y"]) == [1, "undefined", 2]
    assert messages(program)[0].startswith("main.ts:1:")


@pytest.mark.parametrize(
    "text", ["const x = [[[[", "`", '"\n"', "const y = `${", "export const z = pgTable('z', {", "/*"]
)
def test_a_text_that_is_one_error_is_told_too(tmp_path: Path, text: str) -> None:
    program = program_of(tmp_path, {"main.ts": f"export const a = 1;\n{text}"})
    program.load(tmp_path / "main.ts")
    assert [(found.location.line, found.syntax) for found in program.diagnostics][:1] == [(2, True)]


def test_columns_count_characters(tmp_path: Path) -> None:
    program = program_of(tmp_path, {"main.ts": "export const a = '😀é'; export const b = 'ü' 5;"})
    program.load(tmp_path / "main.ts")
    assert [(p.location.line, p.location.column) for p in program.diagnostics] == [(1, 45)]


@pytest.mark.parametrize("data", [b"", b"\0", b"\xff\xfe\0\0", b"\xef\xbb\xbf", b"}" * 1000, b"`" * 999, b"<" * 5000])
def test_what_is_no_source_text_at_all(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "main.ts").write_bytes(data)
    program = program_of(tmp_path, {})
    assert not any(isinstance(value, Unknown) for value in program.load(tmp_path / "main.ts").exports.values())


def test_errors_are_told_up_to_a_number(tmp_path: Path) -> None:
    program = program_of(tmp_path, {"main.ts": "export const a = ;\n" * 500})
    program.load(tmp_path / "main.ts")
    assert len(program.diagnostics) == 20
