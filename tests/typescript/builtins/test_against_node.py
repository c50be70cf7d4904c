"""The evaluator against Node: the same source text, the same values."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from driftcheck.typescript import Program
from driftcheck.typescript.runtime.values import UNDEFINED

#: One expression a line; a line that ends in a backslash goes on in the next.
CORPUS = Path(__file__).with_name("expressions.txt")


def expressions() -> list[str]:
    found: list[str] = []
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        if found and found[-1].endswith("\\"):
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


EXPRESSIONS = expressions()

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None and not os.environ.get("CI"), reason="needs node, which is not installed here"
)


def test_every_expression_has_the_value_that_node_gives(tmp_path: Path) -> None:
    expected = by_node(tmp_path)
    source = "\n".join(
        f"const f{i} = () => {{ return ({text}\n) }}; export const v{i} = JSON.stringify(f{i}());"
        for i, text in enumerate(EXPRESSIONS)
    )
    (tmp_path / "corpus.ts").write_text(source)
    program = Program(tmp_path)
    exports = program.load(tmp_path / "corpus.ts").exports
    ours = [None if exports[f"v{i}"] is UNDEFINED else exports[f"v{i}"] for i in range(len(EXPRESSIONS))]
    different = [
        f"{text}\n  node: {want}\n  here: {got}"
        for text, want, got in zip(EXPRESSIONS, expected, ours, strict=True)
        if want != got
    ]
    assert not different, "\n".join(different)
    assert program.diagnostics == []


def by_node(folder: Path) -> list[str | None]:
    """What `JSON.stringify` gives of each expression, evaluated by itself in strict mode."""
    sources = [f"(function () {{ 'use strict'; return ({text}\n) }})()" for text in EXPRESSIONS]
    calls = [f"JSON.stringify((0, eval)({json.dumps(source)}))" for source in sources]
    (folder / "corpus.cjs").write_text(f"console.log(JSON.stringify([{', '.join(calls)}]))")
    run = subprocess.run(["node", str(folder / "corpus.cjs")], capture_output=True, text=True, check=True)
    found: list[str | None] = json.loads(run.stdout)
    return found
