"""Every kind of statement: what psql builds of a file, and what is built of our reading of it, are the same database.

And the same again by way of pg_dump: a dump of that database, read and written, builds it once more.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from driftcheck.readers.sql import read
from driftcheck.reading import Reading
from driftcheck.writers.sql import write

from ..catalog import Catalog, assert_same_catalog
from ..postgres import Server

CASES = sorted((Path(__file__).parent / "cases").glob("*.sql"), key=lambda path: path.name)


def _needs(case: Path) -> int:
    found = re.search(r"^-- requires: (\d+)", case.read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest, pg: Server) -> Path:
    path: Path = request.param
    if pg.version < _needs(path):
        pytest.skip(f"needs PostgreSQL {_needs(path)}")
    return path


def _whole(path: Path) -> Reading:
    """The reading of a file of which nothing may be lost."""
    reading = read(path.name, path.parent)
    assert not reading.gaps
    return reading


def test_our_reading_builds_the_same_database(case: Path, pg: Server) -> None:
    native = pg.catalog_of(case)
    assert any(native.values())
    assert_same_catalog(native, pg.catalog_of(write(_whole(case).schema)))


def test_a_dump_reads_as_the_database_it_is_of(case: Path, pg: Server, tmp_path: Path) -> None:
    with pg.database() as database:
        database.replay(case)
        native = database.catalog()
        dump = tmp_path / "dump.sql"
        pg_dump = Path(pg.psql).parent / "pg_dump"
        subprocess.run([pg_dump, "--schema-only", "--file", dump, database.dsn], check=True, timeout=60)
    assert_same_catalog(_dumped(native), _dumped(pg.catalog_of(write(_whole(dump).schema))))


def _dumped(catalog: Catalog) -> Catalog:
    """`catalog` as far as `pg_dump --schema-only` tells it: no roles, and materialized views without their rows."""
    views = {name: {**facts, "populated": None} for name, facts in catalog["view"].items()}
    return {**catalog, "view": views, "role": {}}
