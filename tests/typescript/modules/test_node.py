"""What of Node is computed: where files are, and paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.typescript import Program
from tests.typescript.evaluation import plain, value_of, write


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("__dirname", "{here}"),
        ("__filename", "{here}/main.ts"),
        ("import.meta.dirname", "{here}"),
        ("import.meta.url", "file://{here}/main.ts"),
        ("fileURLToPath(import.meta.url)", "{here}/main.ts"),
        ("path.dirname(fileURLToPath(import.meta.url))", "{here}"),
        ("path.join(__dirname, '..', './src//db.ts')", "{parent}/src/db.ts"),
        ("path.resolve(__dirname, 'a', '../b')", "{here}/b"),
        ("path.resolve('/a', '/b', 'c')", "/b/c"),
        ("path.resolve('a')", "? a path depends on where the program runs"),
        ("path.join('a', process.env.E)", "? process.env.E is set at run time"),
        ("path.join('', '')", "."),
        ("path.join('a/', 'b/')", "a/b/"),
        ("path.join('/', '/a')", "/a"),
        ("path.basename('/x/y.test.ts', '.ts')", "y.test"),
        ("path.extname('/x.d/y.test.ts')", ".ts"),
        ("path.relative('/a/b', '/a/c/d')", "../c/d"),
        ("path.dirname('a')", "."),
        ("path.isAbsolute('/a')", True),
        ("path.posix.join('a', 'b')", "a/b"),
        ("new URL('./a%20b.ts', import.meta.url).pathname", "{here}/a%20b.ts"),
        ("fileURLToPath(new URL('../a%20b.ts', import.meta.url))", "{parent}/a b.ts"),
        ("`${pathToFileURL('/a b/c')}`", "file:///a%20b/c"),
        ("new URL('/db', 'https://example.org').href", "? a URL is not evaluated"),
        ("new URL(process.env.E!)", "? process.env.E is set at run time"),
        ("fileURLToPath('https://example.org')", "? fileURLToPath is given no URL of a file"),
        ("path.sep", "/"),
        ("process.cwd()", "? process.cwd is known at run time"),
        ("fs.readFileSync('a')", "? it comes from Node's own module 'fs'"),
    ],
)
def test_node(tmp_path: Path, source: str, expected: str) -> None:
    imports = "import path from 'node:path'; import { fileURLToPath, pathToFileURL } from 'url'; import fs from 'fs';"
    if isinstance(expected, str):
        expected = expected.format(here=tmp_path.resolve().as_posix(), parent=tmp_path.resolve().parent.as_posix())
    assert value_of(tmp_path, f"{imports}\nconst x = {source}") == expected


def test_a_working_directory_may_be_given(tmp_path: Path) -> None:
    write(tmp_path, {"main.ts": "import { resolve } from 'path'; export const x = [process.cwd(), resolve('a')]"})
    program = Program(tmp_path, working_directory=Path("/work"))
    assert plain(program.load(tmp_path / "main.ts").exports["x"]) == ["/work", "/work/a"]
