"""Defaults that look like the time of each row and are a constant: PostgreSQL evaluates them when the table is made."""

from __future__ import annotations

import pytest

from .building import column, findings, schema, table

FROZEN = "is frozen: PostgreSQL evaluates it once, when the table is made"


@pytest.mark.parametrize("type_name", ["timestamptz", "timestamp", "date", "timestamp(3) with time zone", "time"])
@pytest.mark.parametrize("default", ["'now()'", "'now'", "'NOW'", "'now'::timestamptz", "'today'", "'tomorrow'"])
def test_a_constant_is_said_to_be_one(type_name: str, default: str) -> None:
    right = schema(table("a", column("at", type_name, default="now()")))
    wrong = schema(table("a", column("at", type_name, default=default)))
    for truth, other in ((right, wrong), (wrong, right)):
        (found,) = findings(truth, other)
        assert found.remark == f"{default} {FROZEN}"
        assert found.message.endswith(found.remark)


@pytest.mark.parametrize(
    ("type_name", "default"),
    [
        ("text", "'now()'"),
        ("timestamptz", "'2020-01-01'"),
        ("timestamptz", "'now'::text"),
        ("timestamptz", "'epoch'"),
        ("timestamptz", "clock_timestamp()"),
        ("date", "'infinity'"),
    ],
)
def test_what_is_meant_as_it_is_has_no_remark(type_name: str, default: str) -> None:
    expected = schema(table("a", column("at", type_name, default="now()")))
    (found,) = findings(expected, schema(table("a", column("at", type_name, default=default))))
    assert found.remark is None
