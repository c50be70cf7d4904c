"""SQLAlchemy: what is read of its models makes the database that `create_all` makes in SQLite."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy

from driftcheck.dialects.sqlite.writer import write
from driftcheck.project import Project
from driftcheck.readers.sqlalchemy import read
from driftcheck.reading import Reading
from driftcheck.worker.options import Options

from . import models
from .judge import Catalog, catalog, catalog_of

TABLES = [name for name in models.metadata.tables if name.startswith("t")]


@pytest.fixture(scope="module")
def native() -> Catalog:
    engine = sqlalchemy.create_engine("sqlite://")
    with engine.begin() as connection:
        models.metadata.create_all(connection)
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        found = catalog(raw)
    engine.dispose()
    return found


@pytest.fixture(scope="module")
def reading() -> Reading:
    here = Path(__file__).parent
    return read("models:metadata", Project(here), Options(dialect="sqlite", timeout=120))


@pytest.fixture(scope="module")
def ours(reading: Reading) -> Catalog:
    return catalog_of(write(reading.schema))


def test_there_are_sixty(reading: Reading) -> None:
    assert len(TABLES) >= 60
    assert reading.gaps == ()
    assert all(table.location is not None and table.location.path == "models.py" for table in reading.schema.tables)


@pytest.mark.parametrize("name", TABLES)
def test_builds_what_create_all_builds(name: str, native: Catalog, ours: Catalog) -> None:
    assert ours["tables"][name] == native["tables"][name]
