"""The tools of the languages themselves read every diagram: Mermaid's parser, @dbml/core, Graphviz."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from driftcheck.documents import page
from driftcheck.documents.described import Described, shown
from driftcheck.model import Schema, Table
from driftcheck.plain import plain
from driftcheck.readers import drizzle, sql

from ..conformance.drizzle import installed, why_unavailable
from ..writers.example import EXAMPLE
from ..writers.strategies import schemas
from .hostile import HOSTILE

HERE = Path(__file__).parent
CONFORMANCE = HERE.parent / "conformance"


def _cases() -> Iterator[tuple[str, Schema]]:
    yield "the example", EXAMPLE
    yield "hostile names", HOSTILE
    yield "nothing", Schema()
    yield "a table without columns", Schema(tables=(Table(schema="public", name="empty"),))
    for file in sorted((CONFORMANCE / "sql" / "cases").glob("*.sql")):
        yield file.stem, sql.read(file.name, file.parent).schema
    for file in sorted((CONFORMANCE / "drizzle_schemas" / "cases").iterdir()):
        yield file.stem, drizzle.read(file.name, file.parent).schema
    for number, schema in enumerate(_random()):
        yield f"random {number}", schema


def _random() -> list[Schema]:
    found: list[Schema] = []

    @settings(
        max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate], database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(schema=schemas())
    def collect(schema: Schema) -> None:
        found.append(schema)

    collect()
    return found


@pytest.fixture(scope="module")
def cases() -> list[tuple[str, Schema]]:
    return list(_cases())


def described(schema: Schema) -> Described:
    return Described(schema, "main", "SQL", left_out=("schema.sql:1: 'it`s' not\nunderstood */",))


@pytest.mark.parametrize("form", ["mermaid", "dbml"])
def test_the_tool_of_the_language_reads_what_the_schema_has(form: str, cases: list[tuple[str, Schema]]) -> None:
    answers = _judged(form, [page(described(schema), form) for _, schema in cases])
    for (name, schema), answer in zip(cases, answers, strict=True):
        assert "refused" not in answer, (name, answer)
        found = {table: tuple(columns) for table, columns in answer["tables"]}
        for table in schema.tables:
            key = plain(shown(table.key), 120 if form == "mermaid" else 1000)
            expected = tuple(plain(column.name) for column in table.columns)
            assert found[key] == expected or not expected, (name, table.key)
        keys = sum(len(table.foreign_keys) for table in schema.tables)
        if form == "mermaid" or name == "hostile names":
            assert answer["references"] == keys, name


def _judged(form: str, texts: list[str]) -> list[dict[str, Any]]:
    if reason := why_unavailable():
        pytest.skip(reason.replace("drizzle-kit needs", "the judges need"))
    packages = installed(HERE / "judges")
    done = subprocess.run(
        ["node", str(HERE / "judges" / "judge.mjs"), str(packages)],
        input=json.dumps([(form, text) for text in texts]),
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def test_graphviz_reads_what_the_schema_has(cases: list[tuple[str, Schema]], tmp_path: Path) -> None:
    if shutil.which("dot") is None:
        pytest.skip("Graphviz is not installed")
    for number, (_, schema) in enumerate(cases):
        (tmp_path / f"{number}.dot").write_text(page(described(schema), "dot"), encoding="utf-8")
    files = [str(tmp_path / f"{number}.dot") for number in range(len(cases))]
    done = subprocess.run(["dot", "-Tcanon", *files], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    edges = sum(len(table.foreign_keys) for _, schema in cases for table in schema.tables)
    assert len(re.findall(r"^\t.* -> ", done.stdout, re.MULTILINE)) == edges
