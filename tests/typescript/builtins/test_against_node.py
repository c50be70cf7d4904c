"""The evaluator against Node: the same source text, the same values."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from driftcheck.typescript import Program
from driftcheck.typescript.runtime.values import Unknown, Value

HERE = Path(__file__).parent


def expressions(name: str) -> list[str]:
    """One a line; a line that ends in a backslash goes on in the next."""
    found: list[str] = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if found and found[-1].endswith("\\"):
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


EXPRESSIONS = expressions("expressions.txt")
BEYOND = expressions("beyond.txt")


def evaluated(folder: Path, texts: list[str]) -> tuple[Program, list[Value]]:
    """What `JSON.stringify` gives of each expression."""
    source = "\n".join(
        f"const f{i} = () => {{ return ({text}\n) }}; export const v{i} = JSON.stringify([f{i}()]);"
        for i, text in enumerate(texts)
    )
    (folder / "corpus.ts").write_text(source)
    program = Program(folder)
    exports = program.load(folder / "corpus.ts").exports
    return program, [exports[f"v{i}"] for i in range(len(texts))]


def test_what_no_schema_needs_is_unknown_and_never_wrong(tmp_path: Path) -> None:
    program, values = evaluated(tmp_path, BEYOND)
    known = [text for text, value in zip(BEYOND, values, strict=True) if not isinstance(value, Unknown)]
    assert known == []
    assert program.diagnostics == []


@pytest.mark.skipif(
    shutil.which("node") is None and not os.environ.get("CI"), reason="needs node, which is not installed here"
)
def test_every_expression_has_the_value_that_node_gives(tmp_path: Path) -> None:
    expected = by_node(tmp_path)
    program, ours = evaluated(tmp_path, EXPRESSIONS)
    different = [
        f"{text}\n  node: {want}\n  here: {got}"
        for text, want, got in zip(EXPRESSIONS, expected, ours, strict=True)
        if want != got
    ]
    assert not different, "\n".join(different)
    assert program.diagnostics == []


def by_node(folder: Path) -> list[str]:
    """What `JSON.stringify` gives of each expression, evaluated by itself in strict mode."""
    sources = [f"(function () {{ 'use strict'; return ({text}\n) }})()" for text in EXPRESSIONS]
    calls = [f"JSON.stringify([(0, eval)({json.dumps(source)})])" for source in sources]
    (folder / "corpus.cjs").write_text(f"console.log(JSON.stringify([{', '.join(calls)}]))")
    run = subprocess.run(["node", str(folder / "corpus.cjs")], capture_output=True, text=True, check=True)
    found: list[str] = json.loads(run.stdout)
    return found
