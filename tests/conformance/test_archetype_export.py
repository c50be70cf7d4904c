"""Each source of the archetype through its reader and our own DDL gives the database that its native way gives."""

from __future__ import annotations

from driftcheck.readers import drizzle, sql, sqlalchemy
from driftcheck.reading import Reading
from driftcheck.writers.sql import write

from . import archetype
from .catalog import assert_same_catalog
from .drizzle import DrizzleKit
from .postgres import SUPABASE, Server


def test_drizzle(pg: Server, drizzle_kit: DrizzleKit) -> None:
    reading = drizzle.read("frontend/drizzle.config.ts", archetype.ROOT)
    _read_whole(reading)
    assert_same_catalog(archetype.drizzle(pg, drizzle_kit), pg.catalog_of(write(reading.schema)))


def test_sql(pg: Server) -> None:
    reading = sql.read(archetype.PRODUCTION, archetype.ROOT)
    _read_whole(reading)
    assert_same_catalog(archetype.sql(pg), pg.catalog_of(write(reading.schema), prelude=SUPABASE))


def test_sqlalchemy(pg: Server) -> None:
    reading = sqlalchemy.read("backend.models:Base", archetype.ROOT, sqlalchemy.Options())
    _read_whole(reading)
    assert_same_catalog(archetype.sqlalchemy(pg), pg.catalog_of(write(reading.schema)))
    stored = archetype.facts("sqlalchemy")["column"]
    for table in reading.schema.tables:
        for column in table.columns:
            facts = stored[f"public.{table.name}.{column.name}"]
            assert column.application_default == facts.get("application_default"), (table.name, column.name)
            assert (column.application_onupdate is not None) == facts.get("application_onupdate", False)


def _read_whole(reading: Reading) -> None:
    assert reading.gaps == ()
    assert reading.schema.opaque == ()
