"""PostgreSQL's own table inheritance (`postgresql_inherits`): a child has its parents' columns and checks too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...model import Column, Table


def with_inheritance(tables: Sequence[Table]) -> tuple[Table, ...]:
    """`tables`, each with what it inherits from those among them: first the parents' columns, then its own."""
    known = {table.key: table for table in tables}
    done: dict[tuple[str, str], Table] = {}

    def complete(table: Table) -> Table:
        if table.key not in done:
            done[table.key] = table  # a circle of parents, which PostgreSQL would refuse, ends here
            parents = [complete(known[key]) for key in table.inherits if key in known]
            done[table.key] = _inherit(table, parents) if parents else table
        return done[table.key]

    return tuple(complete(table) for table in tables)


def _inherit(table: Table, parents: Sequence[Table]) -> Table:
    columns: dict[str, Column] = {}
    checks = {check.name: check for check in table.checks}
    for parent in parents:
        for column in parent.columns:
            columns.setdefault(column.name, replace(column, identity=None, location=table.location))
        for check in parent.checks:
            if not check.no_inherit:
                checks.setdefault(check.name, replace(check, location=table.location))
    for column in table.columns:
        inherited = columns.get(column.name)
        nullable = column.nullable and (inherited is None or inherited.nullable)
        columns[column.name] = replace(column, nullable=nullable)
    return replace(table, columns=tuple(columns.values()), checks=tuple(checks.values()))
