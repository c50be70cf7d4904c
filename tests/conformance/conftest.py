"""Fixtures for tests in which PostgreSQL is the judge.

    from ..catalog import assert_same_catalog        # from a folder below; `.catalog` from this one
    from ..postgres import SUPABASE

    def test_case(pg, drizzle_kit):
        native = pg.catalog_of("CREATE TABLE t (id serial PRIMARY KEY)")        # psql replays; also takes a Path
        native = pg.catalog_of(sql, prelude=SUPABASE)                           # auth.users, auth.uid(), …
        native = pg.catalog_of(drizzle_kit.export(folder, config="drizzle.config.ts"))
        native = pg.catalog_of(drizzle_kit.export(folder, schema="schema.ts"))
        ours = pg.catalog_of(writers.sql.write(reading.schema), prelude=SUPABASE)
        assert_same_catalog(native, ours)                                       # one line per difference

    def test_models(pg):
        with pg.database(prelude="CREATE EXTENSION vector") as database:        # fresh; dropped at the end
            create_all("models:Base", folder, database.dsn)                     # from ..metadata; or:
            database.replay(sql)                                                # psql, a statement at a time
            database.execute(sql)                                               # one transaction, quicker
            catalog = database.catalog()                                        # less what the prelude brought

A catalog is `{kind: {name: facts}}` in PostgreSQL's own words (see catalog.py). Errors of PostgreSQL, drizzle-kit and
SQLAlchemy fail the test with their own message. The server is the newest that pip installed, or DRIFTCHECK_POSTGRES=16;
its only extensions are plpgsql and vector. Roles made in a test are dropped after it.

`drizzle_kit` is the 0.x line, `drizzle_kit_next` the release candidate of 1.0; npm installs both from lock files here.
Without Node the tests that ask for them are skipped and say so, unless CI is set: there nothing may skip.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from .drizzle import DrizzleKit, why_unavailable
from .postgres import Server, newest_version


@pytest.fixture(scope="session")
def pg() -> Iterator[Server]:
    """The judge: one server for the whole run."""
    server = Server(newest_version())
    yield server
    server.close()


@pytest.fixture(scope="session")
def drizzle_kit() -> DrizzleKit:
    """drizzle-kit and drizzle-orm of the 0.x line."""
    return _drizzle("0")


@pytest.fixture(scope="session")
def drizzle_kit_next() -> DrizzleKit:
    """drizzle-kit and drizzle-orm of the 1.0 release candidate."""
    return _drizzle("1")


def _drizzle(line: str) -> DrizzleKit:
    if reason := why_unavailable():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return DrizzleKit(line)
