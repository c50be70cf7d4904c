"""A column that may not be null, for a table that may hold rows: added, filled, and then NOT NULL.

No source says what is to be in those rows, so that filling waits for somebody who knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...findings import Step
from ...model import DEFAULT_SCHEMA, Column
from ...writers.sql import tables
from ...writers.sql.gate import SqlText, label, sql
from ..drift import Drift
from .steps import Phase, Steps, alter, name, on, step

#: A value of each type that says nothing.
_EMPTY = {
    **dict.fromkeys(("smallint", "integer", "bigint", "numeric", "real", "double precision", "money"), sql("0")),
    **dict.fromkeys(("text", "character varying", "character", "bytea"), sql("''")),
    **dict.fromkeys(("date", "timestamp with time zone", "timestamp without time zone"), sql("'epoch'")),
    **dict.fromkeys(("json", "jsonb"), sql("'{{}}'")),
    **dict.fromkeys(("time without time zone", "time with time zone", "interval"), sql("'00:00'")),
    "boolean": sql("false"),
    "uuid": sql("gen_random_uuid()"),
}
_DIFFERENT = {"uuid": sql("gen_random_uuid()"), "text": sql("gen_random_uuid()::text")}


def wants_values(column: Column) -> bool:
    """Whether a table with rows cannot take the column as it is declared."""
    filled = column.default is not None or column.identity is not None or column.generated is not None
    return not column.nullable and not filled


def added(drift: Drift, column: Column) -> Steps:
    yield step(Phase.COLUMNS, alter(drift, sql("ADD COLUMN {}", tables.column(replace(column, nullable=True)))))
    yield from demanded(drift, column, _value(drift, column))


def demanded(drift: Drift, column: Column, value: SqlText | None) -> Steps:
    """NOT NULL, once the rows that hold NULL hold `value`, or None: what somebody else knows."""
    remarks = ["fill it first: no source says with what"] if value is None else []
    if value is not None:
        fill = sql("UPDATE {} SET {} = {} WHERE {} IS NULL", on(drift), name(column), value, name(column))
        yield step(Phase.FILL, fill, "for the rows that are there: write what they should have", apart=True)
    required = alter(drift, sql("ALTER COLUMN {} SET NOT NULL", name(column)))
    yield step(Phase.FILL, required, *remarks, order=1, apart=True)


def no_longer_null(drift: Drift) -> Steps:
    """Of a column that is there, and may hold NULL in some rows."""
    column: Column = drift.expected
    yield from demanded(drift, column, sql("DEFAULT") if column.default is not None else _value(drift, column))


def waiting(steps: Iterable[Step]) -> Iterator[Step]:
    """Steps that need the column filled."""
    return (replace(one, apart=True) for one in steps)


def _value(drift: Drift, column: Column) -> SqlText | None:
    """What rows can be filled with; None if that would break a key."""
    table = drift.expected_table
    if any(column.name in key.columns for key in table.foreign_keys):
        return None
    if column.type.dimensions:
        return sql("'{{}}'")
    alone = any(key.columns == (column.name,) for key in (table.primary_key, *table.uniques) if key is not None)
    if alone or any(index.unique and len(index.keys) == 1 for index in table.indexes if _leads(index, column)):
        return _DIFFERENT.get(column.type.name)
    key = (column.type.schema or DEFAULT_SCHEMA, column.type.name)
    labels = next((one.values for one in drift.schema.enums if (one.schema, one.name) == key), ())
    return label(labels[0]) if labels else _EMPTY.get(column.type.name)


def _leads(index: object, column: Column) -> bool:
    return any(key.column == column.name for key in getattr(index, "keys", ()))
