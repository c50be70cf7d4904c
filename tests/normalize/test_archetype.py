"""The three catalogs of the archetype, as PostgreSQL stored them, differ in types and defaults exactly as is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from driftcheck.model import Column, Expression, Schema, Table
from driftcheck.normalize import normalize
from driftcheck.sql import parse_type

FACTS = Path(__file__).parent.parent / "conformance" / "facts" / "pixcrawler"


def catalog(source: str) -> Schema:
    facts = json.loads((FACTS / f"{source}.json").read_text())
    columns: dict[str, list[tuple[int, Column]]] = {}
    for path, column in facts["column"].items():
        _, table, name = path.split(".")
        default = Expression(column["default"]) if column["default"] else None
        made = Column(
            name=name, type=parse_type(column["type"]), nullable=not column["notnull"], default=default
        )  # fmt: skip
        columns.setdefault(table, []).append((column["position"], made))
    tables = (
        Table(schema="public", name=name, columns=tuple(made for _, made in sorted(found, key=lambda pair: pair[0])))
        for name, found in columns.items()
    )
    return normalize(Schema(tables=tuple(tables)))


@pytest.mark.parametrize(("other", "types", "defaults"), [("sql", 25, 0), ("sqlalchemy", 31, 5)])
def test_counts(other: str, types: int, defaults: int) -> None:
    drizzle, found = catalog("drizzle"), catalog(other)
    pairs = [
        (column, same)
        for table in drizzle.tables
        if (counterpart := found.table(*table.key)) is not None
        for column in table.columns
        if (same := counterpart.column(column.name)) is not None
    ]
    assert sum(column.type != same.type for column, same in pairs) == types
    assert sum(column.default != same.default for column, same in pairs) == defaults
