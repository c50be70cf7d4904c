"""The tools of the languages themselves read every diagram: Mermaid's parser, @dbml/core, Graphviz."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from driftcheck.documents import page
from driftcheck.documents.described import Described, shown
from driftcheck.model import Schema
from driftcheck.plain import plain

from ..conformance.drizzle import installed, why_unavailable

_PACKAGES = Path(__file__).parent / "judges"
_FORMS = ("mermaid", "dbml")
#: Beside their name, what is judged.
Cases = Sequence[tuple[str, Schema]]


def read_by_all(cases: Cases, folder: Path) -> None:
    """Each of `cases` as each kind of diagram; the tools must find what the schema has."""
    _read_by_graphviz(cases, folder)
    answers = _judged([(form, page(described(schema), form)) for form in _FORMS for _, schema in cases])
    judged = [(form, *case) for form in _FORMS for case in cases]
    for (form, name, schema), answer in zip(judged, answers, strict=True):
        _agree(form, name, schema, answer)


def described(schema: Schema) -> Described:
    return Described(schema, "main", "SQL", left_out=("schema.sql:1: 'it`s' not\nunderstood */",))


def _agree(form: str, name: str, schema: Schema, answer: dict[str, Any]) -> None:
    assert "refused" not in answer, (form, name, answer)
    found = {table: tuple(columns) for table, columns in answer["tables"]}
    for table in schema.tables:
        key = plain(shown(table.key), 120 if form == "mermaid" else 1000)
        expected = tuple(plain(column.name) for column in table.columns)
        assert found[key] == expected or not expected, (form, name, table.key)
    if form == "mermaid" or name == "hostile names":
        assert answer["references"] == sum(len(table.foreign_keys) for table in schema.tables), (form, name)


def _judged(texts: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """In one process: most of its time it reads the tools."""
    if reason := why_unavailable():
        pytest.skip(reason.replace("drizzle-kit needs", "the judges need"))
    done = subprocess.run(
        ["node", str(_PACKAGES / "judge.mjs"), str(installed(_PACKAGES))],
        input=json.dumps(texts),
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def _read_by_graphviz(cases: Cases, folder: Path) -> None:
    if shutil.which("dot") is None:
        pytest.skip("Graphviz is not installed")
    files = [folder / f"{number}.dot" for number in range(len(cases))]
    for file, (_, schema) in zip(files, cases, strict=True):
        file.write_text(page(described(schema), "dot"), encoding="utf-8")
    done = subprocess.run(["dot", "-Tcanon", *files], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    edges = sum(len(table.foreign_keys) for _, schema in cases for table in schema.tables)
    assert len(re.findall(r"^\t.* -> ", done.stdout, re.MULTILINE)) == edges
