"""Keys and indexes of a model that nobody checked: they have columns, and a foreign key as many as it points at."""

from __future__ import annotations

from typing import Any

import pytest

from driftcheck.model import Column, ColumnType, ForeignKey, Index, IndexKey, PrimaryKey, Schema, Table, Unique
from driftcheck.writers.sql import write
from driftcheck.writers.sql.refused import admitted


def _foreign_key(columns: tuple[str, ...], target: tuple[str, ...]) -> ForeignKey:
    return ForeignKey(name="k", columns=columns, target_schema="public", target_table="t", target_columns=target)


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"primary_key": PrimaryKey(name="k", columns=())}, ["columns"]),
        ({"uniques": (Unique(name="k", columns=()),)}, ["columns"]),
        ({"indexes": (Index(name="k", keys=()),)}, ["keys"]),
        ({"foreign_keys": (_foreign_key((), ("a",)),)}, ["columns", "target_columns"]),
        ({"foreign_keys": (_foreign_key(("a",), ("a", "b")),)}, ["target_columns"]),
        ({"foreign_keys": (_foreign_key(("a", "b"), ("a",)),)}, ["target_columns"]),
        ({"foreign_keys": (_foreign_key(("a", "b"), ()),)}, []),
        ({"foreign_keys": (_foreign_key(("a",), ("b",)),)}, []),
        ({"indexes": (Index(name="k", keys=(IndexKey("a"),)),)}, []),
    ],
)
def test_a_key_of_a_length_that_cannot_be_is_written_nowhere(values: dict[str, Any], refused: list[str]) -> None:
    columns = tuple(Column(name=name, type=ColumnType("integer")) for name in "ab")
    schema = Schema(tables=(Table(schema="public", name="t", columns=columns, **values),))
    _, refusals = admitted(schema)
    assert [refusal.field for refusal in refusals] == refused
    assert (" k" in write(schema).partition("CREATE")[2]) is not bool(refused)
