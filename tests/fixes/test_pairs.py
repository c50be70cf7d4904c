"""Drifted pairs: PostgreSQL runs the script on what the SQL builds, and then has what the truth would make of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.check import Request, check
from driftcheck.findings import Report
from driftcheck.fixes.script import fix_script
from driftcheck.readers import drizzle
from driftcheck.writers.sql import write

from ..conformance.catalog import Catalog, assert_same_catalog
from ..conformance.postgres import Server
from .editing import created
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
    return pg.catalog_of(created(folder / "models.py"))


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
