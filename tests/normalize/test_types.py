"""Every spelling of a type against the server's own `format_type`."""

from __future__ import annotations

import pytest

from driftcheck.model import ColumnType
from driftcheck.normalize.operator_classes import default_opclass
from driftcheck.normalize.types import canonical_type
from driftcheck.sql import parse_type

from .world import World

PLAIN = [
    *"""
    int integer int4 int8 bigint int2 smallint bool boolean float4 real float8 text bytea uuid json jsonb date money
    name oid xml inet cidr macaddr macaddr8 point line lseg box path polygon circle tsvector tsquery jsonpath regclass
    regtype int4range int8range numrange tsrange tstzrange daterange int4multirange pg_lsn "char" "text" "varchar"
    "int4" "bool" "timestamptz" pg_catalog.int4 pg_catalog.varchar pg_catalog."char" INTEGER Text VarChar
    """.split(),
    "double precision", "pg_catalog.timestamptz",
]  # fmt: skip
LENGTHS = {
    "": """
        varchar; character varying; char varying; national character varying; nchar varying; char; character; nchar;
        national character; national char; bpchar; bit; bit varying; varbit; numeric; decimal; dec; float; time; timetz;
        timestamp; timestamptz; interval; time with time zone; time without time zone; timestamp with time zone;
        timestamp without time zone
        """,
    "(1)": """
        varchar; character varying; char; character; nchar; bpchar; bit; varbit; numeric; dec; float; time; timestamp;
        timestamptz; timetz; interval
        """,
    "(3)": "varchar; char; bpchar; bit; numeric; decimal; float; time; timestamptz; timestamp; interval",
    "(6)": "time; timestamp; timestamptz; interval; numeric",
    "(0)": "time; timestamp; timestamptz; interval",
    "(24)": "float; varchar; numeric",
    "(25)": "float; varchar",
    "(53)": "float",
    "(255)": "varchar; character varying; char; bit varying",
    "(10,2)": "numeric; decimal; dec; NUMERIC",
    "( 10 , 2 )": "numeric",
    "(5,-2)": "numeric",
}
SPECIAL = [
    "timestamp(3) with time zone", "timestamp(3) without time zone", "time(0) with time zone",
    "time (2) without time zone", "TIMESTAMP WITH TIME ZONE", "interval year", "interval year to month",
    "interval day to second(3)", "interval second(2)", "interval hour to minute", "character  varying (20)",
    "double   precision",
]  # fmt: skip
SPELLINGS = [
    *PLAIN,
    *(name.strip() + length for length, names in LENGTHS.items() for name in names.split(";")),
    *SPECIAL,
]


def test_every_spelling_is_what_format_type_prints(world: World) -> None:
    different = []
    for spelling in SPELLINGS:
        for suffix in ("", "[]", "[3]", "[][]", " ARRAY"):
            written = spelling + suffix
            expected = _format_type(world, written)
            found = str(canonical_type(parse_type(written)))
            if found != expected:
                different.append(f"{written}: {found}, PostgreSQL says {expected}")
    assert not different, "\n".join(different)


def _format_type(world: World, written: str) -> str:
    with world.connection.transaction(force_rollback=True):
        world.connection.execute(f"CREATE TEMPORARY TABLE made (it {written})".encode())
        row = world.connection.execute(
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'made'::regclass AND attnum = 1"
        ).fetchone()
    assert row is not None
    return str(row[0])


TYPES = {
    "status": frozenset({"public"}),
    "state": frozenset({"app"}),
    "Kind": frozenset({"public"}),
    "text": frozenset({"app"}),
}


@pytest.mark.parametrize(
    ("spellings", "printed"),
    [
        (["status", '"status"', "public.status", '"public"."status"', "STATUS"], "status"),
        (["status[]", "public.status[]", "_status"][:2], "status[]"),
        (["app.state", '"app"."state"', "state"], "app.state"),
        (['"Kind"', 'public."Kind"'], '"Kind"'),
        (["citext", '"citext"', "public.citext", "extensions.citext", "CITEXT"], "citext"),
        (["vector(3)", '"vector(3)"', "extensions.vector(3)", "public.vector( 3 )"], "vector(3)"),
        (["geometry(Point,4326)", '"geometry(Point, 4326)"', "public.geometry(point, 4326)"], "geometry(point,4326)"),
        (["geometry(Point)", "geometry(Point,0)"], "geometry(point)"),
        (["serial", "int", "SERIAL4"], "integer"),
        (["bigserial", "serial8"], "bigint"),
        (["smallserial", "serial2"], "smallint"),
        (['"varchar(255)"', "varchar(255)"], "character varying(255)"),
        (['"numeric(10, 2)[]"', "decimal(10,2)[]"], "numeric(10,2)[]"),
        (["_text", "text[]"], "text[]"),
        (["app.text"], "app.text"),
        (["other.thing", '"other"."thing"'], "other.thing"),
    ],
)
def test_spellings_of_one_type(spellings: list[str], printed: str) -> None:
    found = {canonical_type(parse_type(spelling), TYPES) for spelling in spellings}
    assert len(found) == 1
    assert str(found.pop()) == printed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("timestamp", "timestamptz"), ("timestamp", "timestamp(6)"), ("varchar", "text"), ("varchar", "varchar(255)"),
        ("char", "bpchar"), ("char", '"char"'), ("json", "jsonb"), ("numeric", "numeric(10,2)"),
        ("integer", "integer[]"),
        ("app.status", "status"), ("float", "real"), ("bit", "bit varying"), ("interval", "interval(3)"),
        ('"Status"', "status"), ("vector(3)", "vector(4)"), ("vector", "vector(3)"), ("text", "app.text"),
    ],
)  # fmt: skip
def test_types_that_stay_apart(one: str, other: str) -> None:
    assert canonical_type(parse_type(one), TYPES) != canonical_type(parse_type(other), TYPES)


def test_canonical_types_are_stable() -> None:
    for spelling in SPELLINGS:
        once = canonical_type(parse_type(spelling))
        assert canonical_type(once) == once


def test_default_operator_classes_are_the_servers(world: World) -> None:
    """For every built-in type and method that has a default class, except those of the catalog's own types."""
    rows = world.connection.execute(
        "SELECT amname, format_type(opcintype, NULL), opcname FROM pg_opclass JOIN pg_am a ON a.oid = opcmethod"
        " WHERE opcdefault AND amname <> 'heap'"
    ).fetchall()
    defaults = {(method, type_): name for method, type_, name in rows}
    anys = {"anyarray": "text[]", "anyenum": "status", "anyrange": "int4range", "anymultirange": "int4multirange"}
    internal = {"aclitem", "cid", "oidvector", "record", "tid", "xid8", "xid", '"char"'}
    types = {anys.get(type_, type_) for _, type_ in defaults} - internal
    found, expected = {}, {}
    for method in ("btree", "hash", "gin", "gist", "spgist", "brin"):
        for type_ in types:
            named = next((name for name, example in anys.items() if example == type_), type_)
            name = defaults.get((method, named))
            ours = default_opclass(
                method, canonical_type(ColumnType(type_) if type_ == "status" else parse_type(type_), TYPES), TYPES
            )
            expected[method, type_], found[method, type_] = name, ours
    assert found == expected
