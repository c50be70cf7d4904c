"""Names have no case in SQLite: two spellings are one name, and each source keeps its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ...model import Schema, Table

Names = Mapping[str, str]


def aligned(truth: Schema, other: Schema) -> Schema:
    """`other` with the names of its tables and columns as `truth` spells them. Expressions know no case already."""
    known = {table.name.lower(): table for table in truth.tables}
    tables = {name: table.name for name, table in known.items()}
    columns = {name: {one.name.lower(): one.name for one in table.columns} for name, table in known.items()}
    triggers = _spelled({one.name.lower(): one.name for one in truth.triggers})
    views = _spelled({view.name.lower(): view.name for view in truth.views})
    return replace(
        other,
        tables=tuple(_table(table, tables, columns) for table in other.tables),
        views=tuple(replace(view, name=views(view.name)) for view in other.views),
        triggers=tuple(
            replace(one, table=tables.get(one.table.lower()) or views(one.table), name=triggers(one.name))
            for one in other.triggers
        ),
    )


def _spelled(names: Names) -> Callable[[str], str]:
    return lambda name: names.get(name.lower(), name)


def _table(table: Table, tables: Names, columns: Mapping[str, Names]) -> Table:
    table_name, column = _spelled(tables), _spelled(columns.get(table.name.lower(), {}))

    def of(names: tuple[str, ...], target: str | None = None) -> tuple[str, ...]:
        return tuple(map(column if target is None else _spelled(columns.get(target.lower(), {})), names))

    key = table.primary_key
    return replace(
        table,
        name=table_name(table.name),
        columns=tuple(replace(one, name=column(one.name)) for one in table.columns),
        primary_key=replace(key, columns=of(key.columns)) if key is not None else None,
        uniques=tuple(replace(one, columns=of(one.columns)) for one in table.uniques),
        foreign_keys=tuple(
            replace(
                one,
                columns=of(one.columns),
                target_table=table_name(one.target_table),
                target_columns=of(one.target_columns, one.target_table),
            )
            for one in table.foreign_keys
        ),
        indexes=tuple(
            replace(
                one,
                keys=tuple(replace(key, column=column(key.column)) if key.column else key for key in one.keys),
            )
            for one in table.indexes
        ),
    )
