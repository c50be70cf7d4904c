"""Tables and their columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...model import Check, Column, Schema, Table, qualified, quote
from .absent import written
from .constraints import within_table
from .partitions import is_attached
from .text import collate, default, grouped, literal, parts, settings
from .types import identity


def create(table: Table, schema: Schema) -> Iterator[str]:
    """CREATE TABLE, and the ALTERs for what it has no words for."""
    inherited = _inherited_columns(table, schema)
    own = [column for column in table.columns if written(column) and _column(column) not in inherited]
    if table.of_type is not None:
        lines = [line for column in own if (line := _with_options(column))]
    else:
        lines = [_column(column) for column in own]
    lines += within_table(table, _inherited_checks(table, schema))
    body = "\n" + ",\n".join(f"    {line}" for line in lines) + "\n" if lines else ""
    yield f"CREATE {'UNLOGGED ' if table.unlogged else ''}TABLE {table}{_origin(table, body)}{_storage(table)};\n"
    for column in table.columns:
        yield from _alterations(table, column)


def _origin(table: Table, body: str) -> str:
    """The list of columns, with what the table takes its shape from."""
    if table.of_type is not None:
        return f" OF {parts(table.of_type)}" + (f" ({body})" if body else "")
    if table.partition_of is not None and not is_attached(table):
        parent = qualified(table.partition_of.parent_schema, table.partition_of.parent_table)
        return f" PARTITION OF {parent}" + (f" ({body})" if body else "") + f" {table.partition_of.bound}"
    parents = f" INHERITS ({', '.join(qualified(*parent) for parent in table.inherits)})" if table.inherits else ""
    return f" ({body}){parents}"


def _storage(table: Table) -> str:
    text = f" PARTITION BY {table.partition_by}" if table.partition_by is not None else ""
    if table.options:
        text += f" WITH {settings(table.options)}"
    if table.tablespace is not None:
        text += f" TABLESPACE {quote(table.tablespace)}"
    return text


def _inherited_columns(table: Table, schema: Schema) -> frozenset[str]:
    """The columns, as written, that the table has from its parents. A child has no identity of a parent."""
    parents = (schema.table(*key) for key in table.inherits)
    return frozenset(
        _column(replace(column, identity=None)) for parent in parents if parent is not None for column in parent.columns
    )


def _inherited_checks(table: Table, schema: Schema) -> frozenset[Check]:
    parents = (schema.table(*key) for key in table.inherits)
    return frozenset(
        check for parent in parents if parent is not None for check in parent.checks if not check.no_inherit
    )


def _column(column: Column) -> str:
    compression = f" COMPRESSION {quote(column.compression)}" if column.compression is not None else ""
    return f"{quote(column.name)} {column.type}{compression}{collate(column.collation)}{_filling(column)}"


def _with_options(column: Column) -> str:
    """A column of a typed table: its type and collation are the composite type's."""
    filling = _filling(column)
    return f"{quote(column.name)} WITH OPTIONS{filling}" if filling else ""


def _filling(column: Column) -> str:
    text = ""
    if column.generated is not None:
        # Where the source leaves it to the server: before PostgreSQL 18 nothing else can be said.
        kind = "VIRTUAL" if column.generated.stored is False else "STORED"
        text += f" GENERATED ALWAYS AS {grouped(column.generated.expression)} {kind}"
    elif column.identity is not None:
        text += f" {identity(column.identity)}"
    elif column.default is not None:
        text += f" DEFAULT {default(column.default)}"
    return text + ("" if column.nullable else " NOT NULL")


def _alterations(table: Table, column: Column) -> Iterator[str]:
    if not written(column):
        return
    if column.storage is not None:
        yield f"ALTER TABLE {table} ALTER COLUMN {quote(column.name)} SET STORAGE {column.storage.upper()};\n"
    if column.compression is not None and table.of_type is not None:
        yield f"ALTER TABLE {table} ALTER COLUMN {quote(column.name)} SET COMPRESSION {quote(column.compression)};\n"


def comments(schema: Schema) -> Iterator[str]:
    for table in schema.tables:
        if table.comment is not None:
            yield f"COMMENT ON TABLE {table} IS {literal(table.comment)};\n"
        for column in table.columns:
            if column.comment is not None and written(column):
                yield f"COMMENT ON COLUMN {table}.{quote(column.name)} IS {literal(column.comment)};\n"
