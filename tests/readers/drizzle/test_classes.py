"""What a schema's own code may ask of Drizzle's values: their classes, as drizzle-orm 0.45 answers."""

from __future__ import annotations

import pytest

from .conftest import Reads

#: (column, its columnType, its dataType, the class that `is` and `instanceof` tell)
COLUMNS = [
    ("timestamp('c')", "PgTimestamp", "date", "PgTimestamp"),
    ("timestamp('c', { mode: 'string' })", "PgTimestampString", "string", "PgTimestampString"),
    ("date('c')", "PgDateString", "string", "PgDateString"),
    ("date('c', { mode: 'date' })", "PgDate", "date", "PgDate"),
    ("numeric('c')", "PgNumeric", "string", "PgNumeric"),
    ("numeric('c', { mode: 'number' })", "PgNumericNumber", "number", "PgNumericNumber"),
    ("point('c')", "PgPointTuple", "array", "PgPointTuple"),
    ("point('c', { mode: 'xy' })", "PgPointObject", "json", "PgPointObject"),
    ("pg.line('c')", "PgLine", "array", "PgLineTuple"),
    ("pg.line('c', { mode: 'abc' })", "PgLineABC", "json", "PgLineABC"),
    ("pg.bit('c', { dimensions: 3 })", "PgBinaryVector", "string", "PgBinaryVector"),
    ("bigint('c', { mode: 'number' })", "PgBigInt53", "number", "PgBigInt53"),
    ("text('c').array()", "PgArray", "array", "PgArray"),
]


@pytest.mark.parametrize(("column", "kind", "data_type", "own"), COLUMNS)
def test_columns(reads: Reads, column: str, kind: str, data_type: str, own: str) -> None:
    others = sorted({each for *_, each in COLUMNS} - {own})
    reading = reads(
        "import * as pg from 'drizzle-orm/pg-core'; import { is } from 'drizzle-orm';"
        f"const {{ c }} = pgTable('a', {{ c: {column} }});"
        f"const is_of = (name) => is(c, pg[name]) && c instanceof pg[name];"
        f"export const t = pgTable([c.columnType, c.dataType, is_of('{own}'), is_of('PgColumn'),"
        f" {others}.some(is_of)].join(), {{}});"
    )
    (table,) = reading.schema.tables
    assert table.name.split(",") == [kind, data_type, "true", "true", "false"]
