"""Quoted constants by value: what is called one value, the server calls one value too, and the other way round."""

from __future__ import annotations

from itertools import combinations

import psycopg
import pytest

from driftcheck.normalize.expressions.tree import serialize
from driftcheck.normalize.expressions.values import constant
from driftcheck.normalize.types import canonical_type
from driftcheck.sql import parse_type

from .world import World

CONSTANTS = {
    "interval": """
        1 day; 24:00:00; 24 hours; 1 days; @ 1 day; 1d; P1D; 1 day 0:00; 86400;
        86400 seconds; 1440 min; 7 days; 1 week;
        1w; 1 mon; 1 month; 30 days; 1 year; 12 months; 1 y; 1 yr; 1 year 2 mons; 14 months; 1 decade;
        1 century; 1.5 hours;
        90 minutes; 01:30; 01:30:00; 1:30; -1 day; 1 day ago; -1 day 02:00; -1 day -02:00; 2 hours -1 day; PT1H30M;
        P1Y2M; P1DT2H; 1 day 2 hours; 0; 0 seconds; 0 days; 500 ms; 0.5 s; .5 seconds; 00:00:00.5; 1.5 days;
        1 day 12:00:00; 1 hour; 60 mins; 3600; -3600; 1 hour ago; -01:00; 1 millennium; 1.5 weeks; 10 days 12:00
        """,
    "date": "2020-01-01; 2020-1-1; 2020-01-01 10:00; 2020-01-01T23:59:59Z; 2020-01-02; infinity; epoch; 1970-01-01",
    "timestamp": """
        2020-01-01; 2020-01-01 00:00; 2020-01-01 00:00:00; 2020-01-01T00:00:00; 2020-01-01 00:00:00.000;
        2020-01-01 00:00:00.5; 2020-01-01 00:00:00.50; 2020-01-01 00:00:00+02; 2020-01-01 02:00; infinity; -infinity;
        epoch; 1970-01-01
        """,
    "timestamptz": """
        2020-01-01; 2020-01-01 00:00:00+00; 2020-01-01T00:00:00Z; 2020-01-01 02:00:00+02; 2020-01-01 05:30:00+05:30;
        2020-01-01 00:00 UTC; 2019-12-31 22:00:00-02; 2020-01-01 00:00:00+02; 2020-01-01 02:00; infinity; epoch
        """,
    "time": "8:00; 08:00; 08:00:00; 08:00:00.0; 8:00:01; 08:00:00.5; 23:59; 20:00",
    "boolean": "t; true; TRUE; y; yes; on; 1; tr; f; false; n; no; off; of; 0; F; false",
    "integer": "0; 00; 1; +1; 01; -1; -0; 10",
    "uuid": """
        6ba7b810-9dad-11d1-80b4-00c04fd430c8; 6BA7B810-9DAD-11D1-80B4-00C04FD430C8;
        {6ba7b810-9dad-11d1-80b4-00c04fd430c8};
        6ba7b8109dad11d180b400c04fd430c8; 00000000-0000-0000-0000-000000000000
        """,
    "bytea": "x; \\x78; \\x7879; xy; \\170; \\X78; ; \\x; \\xDEAD; \\xdead; \\\\; \\x5c",
    "jsonb": """
        {}; { }; []; {"a":1,"b":2}; {"b": 2, "a": 1}; {"a":1}; {"a":2,"a":1}; {"a":1.0}; {"a":10e-1}; "x";
        "\\u0078"; null; true; [1,2]; [2,1]; [1, 2 ]; 1; 1.0; 1e0; {"a":{"c":[],"b":null}}; {"a":{"b":null,"c":[]}}
        """,
    "text[]": """
        {}; { }; {a}; { a }; {"a"}; {a,b}; {a, b}; {"a","b"}; {b,a}; {NULL}; {"NULL"}; {null}; {""}; {"a b"}; {a b};
        {"a,b"}; {"a\\"b"}; {{a,b},{c,d}}; {{a,b},{d,c}}; {"a\\b"}; {ab}
        """,
    "integer[]": "{}; {1}; {01}; {1,2}; { 1 , 2 }; {2,1}; {NULL}; {{1},{2}}; {{1,2}}",
    "char(3)": "a; a ; a  ; ab; b",
    "varchar(2)": "a; ab; abc; a ; b",
    "numeric": "1; 2; 01; 1e1; 10",
}  # fmt: skip


@pytest.mark.parametrize("type_", CONSTANTS)
def test_equal_exactly_when_the_server_prints_the_same(world: World, type_: str) -> None:
    spellings = [text.strip() for text in CONSTANTS[type_].split(";")]
    if type_ in ("char(3)", "varchar(2)"):
        spellings = [text.removeprefix(" ") for text in CONSTANTS[type_].split(";")]
    values = {text: printed for text in spellings if (printed := _printed(world, type_, text)) is not None}
    assert len(values) >= 3
    kind = canonical_type(parse_type(type_))
    ours = {text: serialize(constant(text, kind)) for text in values}
    merged = [(a, b) for a, b in combinations(values, 2) if ours[a] == ours[b] and values[a] != values[b]]
    missed = [(a, b) for a, b in combinations(values, 2) if ours[a] != ours[b] and values[a] == values[b]]
    assert not merged
    assert not missed


def _printed(world: World, type_: str, text: str) -> str | None:
    """The value as the server prints it in UTC; None if it refuses the constant."""
    try:
        with world.connection.transaction():
            world.connection.execute("SET LOCAL TimeZone = 'UTC'")
            row = world.connection.execute(f"SELECT (%s::{type_})::text".encode(), [text]).fetchone()
    except psycopg.Error:
        return None
    assert row is not None
    return str(row[0])
