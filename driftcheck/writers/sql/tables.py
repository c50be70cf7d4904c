"""Tables and their columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from ...model import Check, Column, ColumnType, Expression, Schema, Table
from ...model.naming import object_name
from .absent import written
from .constraints import within_table
from .gate import (
    NOTHING,
    SqlText,
    column_type,
    default,
    grouped,
    joined,
    literal,
    name,
    partition_bound,
    partition_key,
    path,
    sql,
    word,
)
from .partitions import is_attached
from .text import collate, parameters, qualified
from .types import identity

#: Characters of a column's name and default that are kept: of those a schema has the same ones in many tables.
_USUAL = 100


def create(table: Table, schema: Schema) -> Iterator[SqlText]:
    """CREATE TABLE, and the ALTERs for what it has no words for."""
    inherited = _inherited_columns(table, schema)
    own = [item for item in table.columns if written(item) and not (inherited and column(item) in inherited)]
    if table.of_type is not None:
        lines = [line for item in own if (line := _with_options(item))]
    else:
        lines = [_without_default(item, table, schema) for item in own]
    lines += within_table(table, _inherited_checks(table, schema), schema)
    body = sql("\n    {}\n", joined(lines, ",\n    ")) if lines else NOTHING
    kind = sql("UNLOGGED TABLE") if table.unlogged else sql("FOREIGN TABLE" if table.server is not None else "TABLE")
    yield sql("CREATE {} {}{}{}", kind, qualified(*table.key), _origin(table, body), _storage(table))
    for item in table.columns:
        yield from alterations(table.key, item, typed=table.of_type is not None)


def _origin(table: Table, body: SqlText) -> SqlText:
    """The list of columns, with what the table takes its shape from."""
    listed = sql(" ({})", body) if body else NOTHING
    if table.of_type is not None:
        return sql(" OF {}{}", path(table.of_type), listed)
    if table.partition_of is not None and not is_attached(table):
        parent = qualified(table.partition_of.parent_schema, table.partition_of.parent_table)
        return sql(" PARTITION OF {}{} {}", parent, listed, partition_bound(table.partition_of.bound))
    parents = joined(qualified(*parent) for parent in table.inherits)
    return sql(" ({}) INHERITS ({})", body, parents) if parents else sql(" ({})", body)


def _storage(table: Table) -> SqlText:
    text = sql(" PARTITION BY {}", partition_key(table.partition_by)) if table.partition_by is not None else NOTHING
    if table.server is not None:
        text = sql("{} SERVER {}", text, name(table.server))
    if table.server_options:
        options = joined(sql("{} {}", name(key), literal(value)) for key, value in table.server_options)
        text = sql("{} OPTIONS ({})", text, options)
    if table.options:
        text = sql("{} WITH {}", text, parameters(table.options))
    if table.tablespace is not None:
        text = sql("{} TABLESPACE {}", text, name(table.tablespace))
    return text


def _inherited_columns(table: Table, schema: Schema) -> frozenset[SqlText]:
    """The columns, as written, that the table has from its parents. A child has no identity of a parent."""
    parents = (schema.table(*key) for key in table.inherits)
    return frozenset(
        column(replace(item, identity=None))
        for parent in parents
        if parent is not None
        for item in parent.columns
        if written(item)
    )


def _inherited_checks(table: Table, schema: Schema) -> frozenset[Check]:
    parents = (schema.table(*key) for key in table.inherits)
    return frozenset(
        check for parent in parents if parent is not None for check in parent.checks if not check.no_inherit
    )


def _without_default(item: Column, table: Table, schema: Schema) -> SqlText:
    """A column; one that a parent fills and this table does not says so, since it would take over the default."""
    if not table.inherits:
        return column(item)
    parents = (schema.table(*key) for key in table.inherits)
    inherited = [parent.column(item.name) for parent in parents if parent is not None]
    filled = any(one is not None and one.default is not None for one in inherited)
    if filled and item.default is None and item.generated is None:
        return column(replace(item, default=Expression("NULL")))
    return column(item)


def column(item: Column) -> SqlText:
    """A column as CREATE TABLE and ADD COLUMN take it."""
    if item.generated is None and item.identity is None and item.collation is None and item.compression is None:
        value = None if item.default is None else item.default.sql
        if len(item.name) + len(value or "") <= _USUAL:
            return _usual_column(item.name, item.type, item.nullable, value)
    compression = sql(" COMPRESSION {}", name(item.compression)) if item.compression is not None else NOTHING
    typed = sql("{} {}{}{}", name(item.name), column_type(item.type), compression, collate(item.collation))
    return sql("{}{}", typed, _filling(item))


@lru_cache(maxsize=16_384)
def _usual_column(text: str, type_: ColumnType, nullable: bool, value: str | None) -> SqlText:
    filled = NOTHING if value is None else sql(" DEFAULT {}", default(Expression(value)))
    return sql("{} {}{}{}", name(text), column_type(type_), filled, NOTHING if nullable else sql(" NOT NULL"))


def _with_options(item: Column) -> SqlText:
    """A column of a typed table: its type and collation are the composite type's."""
    filling = _filling(item)
    return sql("{} WITH OPTIONS{}", name(item.name), filling) if filling else NOTHING


def _filling(item: Column) -> SqlText:
    text = NOTHING
    if item.generated is not None:
        # Where the source leaves it to the server: before PostgreSQL 18 nothing else can be said.
        kind = sql("VIRTUAL") if item.generated.stored is False else sql("STORED")
        text = sql(" GENERATED ALWAYS AS {} {}", grouped(item.generated.expression), kind)
    elif item.identity is not None:
        text = sql(" {}", identity(item.identity))
    elif item.default is not None:
        text = sql(" DEFAULT {}", default(item.default))
    return text if item.nullable else sql("{} NOT NULL", text)


def alterations(key: tuple[str, str], item: Column, *, typed: bool = False) -> Iterator[SqlText]:
    """What is said of a column of the table `key` once it is there; `typed` is a table OF a type."""
    if not written(item) or (item.identity is None and item.storage is None and item.compression is None):
        return
    head = sql("ALTER TABLE {} ALTER COLUMN {}", qualified(*key), name(item.name))
    if item.identity is not None and item.identity.type is not None:
        counter = item.identity.sequence_name or object_name(key[1], item.name, "seq")
        yield sql("ALTER SEQUENCE {} AS {}", qualified(key[0], counter), word(item.identity.type))
    if item.storage is not None:
        yield sql("{} SET STORAGE {}", head, word(item.storage))
    if item.compression is not None and typed:
        yield sql("{} SET COMPRESSION {}", head, name(item.compression))


def comments(schema: Schema) -> Iterator[SqlText]:
    for table in schema.tables:
        if table.comment is not None:
            yield sql("COMMENT ON TABLE {} IS {}", qualified(*table.key), literal(table.comment))
        for item in table.columns:
            if item.comment is not None and written(item):
                yield comment_on_column(table.key, item.name, item.comment)


def comment_on_column(key: tuple[str, str], column: str, text: str | None) -> SqlText:
    said = sql("NULL") if text is None else literal(text)
    return sql("COMMENT ON COLUMN {}.{} IS {}", qualified(*key), name(column), said)
