"""Drifted pairs: PostgreSQL runs the script on what the SQL builds, and then has what the truth would make of it."""

from __future__ import annotations

import runpy
import warnings
from pathlib import Path

import pytest
import sqlalchemy

from driftcheck.check import Request, check
from driftcheck.findings import Report
from driftcheck.fixes.script import fix_script
from driftcheck.readers import drizzle
from driftcheck.writers.sql import write

from ..conformance.catalog import Catalog, assert_same_catalog
from ..conformance.postgres import Server
from .pairs import PAIRS, Pair

_SOURCES = {"truth.sql": "truth=sql:truth.sql", "schema.ts": "drizzle:schema.ts", "models.py": "sqlalchemy:models"}
#: Not compared unless the truth declares one; and no finding of the pairs.
_ALWAYS = '[compare]\nsequences = "always"\nviews = "always"\n'


def _report(folder: Path, pair: Pair) -> Report:
    return check(Request(root=folder, sources=(_SOURCES[pair.file], "sql:schema.sql")))


def _truth(pg: Server, folder: Path, pair: Pair) -> Catalog:
    """The catalog that the truth's own tool makes: SQL as it is, `create_all`, Drizzle's as its DDL."""
    if pair.file == "truth.sql":
        return pg.catalog_of(pair.truth)
    if pair.file == "schema.ts":
        return pg.catalog_of(write(drizzle.read("schema.ts", folder).schema))
    metadata = runpy.run_path(str(folder / "models.py"))["metadata"]
    statements: list[str] = []
    engine = sqlalchemy.create_mock_engine(
        "postgresql+psycopg://", lambda ddl, *_, **__: statements.append(str(ddl.compile(dialect=engine.dialect)))
    )
    with warnings.catch_warnings():
        metadata.create_all(engine, checkfirst=False)
    schemas = {table.schema for table in metadata.tables.values() if table.schema}
    return pg.catalog_of(";\n".join([*(f"CREATE SCHEMA {name}" for name in schemas), *statements]))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name.replace(" ", "-"))
def test_the_script_makes_the_truths_catalog(pair: Pair, pg: Server, tmp_path: Path) -> None:
    (tmp_path / pair.file).write_text(pair.truth)
    (tmp_path / "schema.sql").write_text(pair.sql)
    (tmp_path / "driftcheck.toml").write_text(_ALWAYS)
    before = _report(tmp_path, pair)
    assert before.findings
    script = fix_script(before.findings, truth=before.truth, source="sql", destructive=True)
    assert_same_catalog(_truth(pg, tmp_path, pair), pg.catalog_of(f"{pair.sql}\n{script}"))
    (tmp_path / "schema.sql").write_text(f"{pair.sql}\n{script}")
    assert [one.message for one in _report(tmp_path, pair).findings] == []


def test_there_are_twenty() -> None:
    assert len({pair.name for pair in PAIRS}) >= 20
