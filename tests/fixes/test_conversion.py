"""Every change of a column's type that the script makes is one that PostgreSQL takes."""

from __future__ import annotations

import psycopg
import pytest

from driftcheck.fixes.sql.conversion import converted, narrows
from driftcheck.sql import parse_type
from driftcheck.writers.sql.gate import name

from ..conformance.postgres import Server

TYPES = [
    "smallint", "integer", "bigint", "numeric(10,2)", "real", "double precision", "money", "boolean", "bit(3)",
    "bit varying", "text", "character varying(9)", "character(3)", "bytea", "date", "time without time zone",
    "time with time zone", "timestamp without time zone", "timestamp(3) with time zone", "interval",
    "interval day to second", "uuid", "json", "jsonb", "xml", "inet", "cidr", "macaddr", "macaddr8", "point",
    "int4range", "tsvector", "mood", "text[]", "integer[]", "mood[]",
]  # fmt: skip


@pytest.mark.slow
def test_every_type_becomes_every_other(pg: Server) -> None:
    with (
        pg.database("CREATE TYPE mood AS ENUM ('sad', 'ok');") as database,
        psycopg.connect(database.dsn) as connection,
    ):
        for now in map(parse_type, TYPES):
            for wanted in map(parse_type, TYPES):
                connection.execute(f"CREATE TABLE t (x {now})".encode())
                using = converted(name("x"), now, wanted, "mood" in (now.name, wanted.name))
                connection.execute(f"ALTER TABLE t ALTER COLUMN x TYPE {wanted}{using}".encode())
                connection.execute(b"DROP TABLE t")


@pytest.mark.parametrize(
    ("now", "value", "wanted", "after"),
    [
        ("timestamp without time zone", "2024-01-01 12:00", "timestamp with time zone", "2024-01-01 12:00:00+00"),
        ("timestamp with time zone", "2024-01-01 00:30+01", "date", "2023-12-31"),
        ("date", "2024-01-01", "timestamp with time zone", "2024-01-01 00:00:00+00"),
        ("integer", "1", "text[]", "{1}"),
        ("integer", "1", "boolean", "true"),
        ("text", "ok", "mood", "ok"),
        ("mood", "ok", "mood[]", "{ok}"),
    ],
)
def test_values_come_through(now: str, value: str, wanted: str, after: str, pg: Server) -> None:
    """In a session whose time zone is not the one that is meant."""
    types = parse_type(now), parse_type(wanted)
    prelude = "CREATE TYPE mood AS ENUM ('sad', 'ok');"
    with pg.database(prelude) as database, psycopg.connect(database.dsn) as connection:
        connection.execute("SET TimeZone = 'Asia/Tokyo'")
        connection.execute(f"CREATE TABLE t (x {now})".encode())
        connection.execute(f"INSERT INTO t VALUES ('{value}'), (NULL)".encode())
        using = converted(name("x"), *types, through_text="mood" in (types[0].name, types[1].name))
        connection.execute(f"ALTER TABLE t ALTER COLUMN x TYPE {wanted}{using}".encode())
        connection.execute("SET TimeZone = 'UTC'")
        assert connection.execute("SELECT x::text FROM t").fetchall() == [(after,), (None,)]


@pytest.mark.parametrize(
    ("now", "wanted", "lossy"),
    [
        ("integer", "bigint", False),
        ("bigint", "integer", True),
        ("varchar(9)", "text", False),
        ("text", "varchar(9)", True),
        ("numeric(10,2)", "numeric(12,2)", False),
        ("numeric(10,2)", "numeric(10,3)", True),
        ("text", "text[]", True),
    ],
)
def test_what_may_be_lost_is_known(now: str, wanted: str, lossy: bool) -> None:
    assert narrows(parse_type(now), parse_type(wanted)) is lossy
