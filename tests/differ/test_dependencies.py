"""Which columns an object depends on: those that PostgreSQL drops it with, or refuses to drop under it."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from driftcheck.differ.dependencies import depends_on
from driftcheck.model import Check, Expression, Index
from driftcheck.sql.references import things_named

from ..conformance.postgres import Server, newest_version

COLUMNS = {"a", "s", "S x", "order", "year", "time", "mood"}
WORLD = """
create type mood as enum ('s', 'y');
create table s (z text);
create table t (a text, s text, "S x" text, "order" text, year text, time text, mood text);
"""
CONDITIONS = [
    "a <> E'it\\'s'", "a <> E'\\'' and s <> ''", "a <> E'\\\\' and s <> E'\\''", "a <> E'\\\\'' s'",
    "a <> $$it's s$$", "a <> $q$ $$ s' $q$", "a <> $$'$$ and s <> $$'$$", "a <> U&'\\0027 s'",
    "a <> U&'!0027 s' uescape '!'",
    "U&\"\\0073\" <> a", "U&\"!0073\" uescape '!' <> ''", "a <> '' /* s /* it's */ s */",
    "a <> '' -- it's s\n and true",
    "a <> 'x'\n ' s'", "a <> E'x\\''\n '\\' s'", "a <> 'x'\n'y' and s <> ''", "a <> N'it''s s'",
    "a::bit(1) <> B'1' and s <> ''", '"S x" <> \'"\' || \' s "\'', '"S x" <> \'s\'', "a = 's'::mood::text",
    "a = cast('s' as mood)::text", "a <> (mood 's')::text", "a <> 's' collate \"C\"", 't.s <> a', 'public."t".s <> a',
    "extract(year from a::date) > 1", "extract(\"year\" from year::date) > 1", "trim(both from s) <> ''",
    "trim('x' from a) <> 's'", "substring(s from 2) <> ''", "substring(a from 's' for '2') <> ''",
    "overlay(a placing 's' from 1 for 2) <> ''", "position('s' in a) > 0", "position(s in 'a') > 0",
    "a::timestamp at time zone 'utc' > '2020-01-01'", "time::timestamp with time zone > '2020-01-01'::date",
    "a is distinct from 's'", "s is not distinct from a", "a between 's' and 't'", "a like 's' escape '!'",
    "case when a = 's' then s end <> ''", "a in ('s')", "array[a] <> '{s}'", "\"order\" <> 's'", "A <> 's' AND S <> ''",
    "a = any (array['s', s])", "row(a, 's') <> row('s', a)", "length(s) > 0", "a ~ '^(?:s|t)$'",
    "a <> E'\\x27 s \\x27'", "a <> '--s' and s <> '/*'", "a <> 's'::character varying", "interval '1 s' > a::interval",
]  # fmt: skip

#: Casts that depend on settings, which PostgreSQL allows in no index.
CHANGING = ("::date", "::timestamp", "::interval", "mood")


@pytest.fixture(scope="module")
def connection() -> Iterator[psycopg.Connection]:
    server = Server(newest_version())
    with server.database() as database, psycopg.connect(database.dsn, autocommit=True) as found:
        found.execute(WORLD.encode())
        yield found
    server.close()


def _depended_on(connection: psycopg.Connection, made: str, found: str) -> set[str]:
    """The columns of t that PostgreSQL says an object depends on, which `made` makes and `found` finds."""
    with connection.transaction(force_rollback=True):
        connection.execute(made.encode())
        query = f"""
            select distinct attname from pg_depend join pg_attribute on attrelid = refobjid and attnum = refobjsubid
            where refobjid = 't'::regclass and refobjsubid > 0 and ({found})
        """
        return {str(row[0]) for row in connection.execute(query.encode())}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_check_depends_on_the_columns_that_postgresql_says(connection: psycopg.Connection, condition: str) -> None:
    found = _depended_on(
        connection,
        f"alter table t add constraint c check ({condition}\n)",
        "classid = 'pg_constraint'::regclass and objid = (select oid from pg_constraint where conname = 'c')",
    )
    assert depends_on(Check(name="c", expression=Expression(condition)), COLUMNS) == found


@pytest.mark.parametrize("condition", [one for one in CONDITIONS if not any(word in one for word in CHANGING)])
def test_an_index_depends_on_the_columns_that_postgresql_says(connection: psycopg.Connection, condition: str) -> None:
    index = Index(name="i", keys=(), predicate=Expression(condition))
    found = _depended_on(
        connection,
        f"create index i on t ((1)) where {condition}",
        "classid = 'pg_class'::regclass and objid = 'i'::regclass",
    )
    assert depends_on(index, COLUMNS) == found


@pytest.mark.parametrize("condition", CONDITIONS)
def test_views_and_policies_speak_of_the_columns_that_postgresql_says(
    connection: psycopg.Connection, condition: str
) -> None:
    """What a fix sets aside before it alters a column: all that may speak of it, and more only where a table does."""
    policy = _depended_on(
        connection,
        f"create policy p on t using ({condition}\n)",
        "classid = 'pg_policy'::regclass and objid = (select oid from pg_policy where polname = 'p')",
    )
    assert COLUMNS.intersection(things_named(condition)) == policy
    query = f"select 1 as one from t where {condition}"
    view = _depended_on(
        connection,
        f"create view v as {query}",
        "classid = 'pg_rewrite'::regclass and objid = (select oid from pg_rewrite where ev_class = 'v'::regclass)",
    )
    assert COLUMNS.intersection(things_named(query)) == view
