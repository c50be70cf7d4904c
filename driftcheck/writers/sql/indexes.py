"""Indexes that belong to no constraint."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Index, IndexKey, Schema, Table, View
from .absent import written
from .gate import NOTHING, SqlText, grouped, joined, name, path, sql
from .partitions import waits_for_partitions
from .text import collate, names, parameters, qualified


def of_table(table: Table, schema: Schema) -> Iterator[SqlText]:
    for index in table.indexes:
        if written(index) and not waits_for_partitions(index, table, schema):
            yield create(index, qualified(*table.key))


def after_partitions(table: Table, schema: Schema) -> Iterator[SqlText]:
    for index in table.indexes:
        if written(index) and waits_for_partitions(index, table, schema):
            yield create(index, qualified(*table.key))


def of_view(view: View) -> Iterator[SqlText]:
    if written(view):
        yield from (create(index, qualified(view.schema, view.name)) for index in view.indexes if written(index))


def create(index: Index, relation: SqlText, *, concurrently: bool = False) -> SqlText:
    unique = sql("UNIQUE ") if index.unique else NOTHING
    only = sql("ONLY ") if index.only else NOTHING
    how = sql("CONCURRENTLY ") if concurrently else NOTHING
    text = sql("CREATE {}INDEX {}{} ON {}{}", unique, how, name(index.name), only, relation)
    text = sql("{} USING {} ({})", text, name(index.method), joined(map(index_key, index.keys)))
    if index.include:
        text = sql("{} INCLUDE {}", text, names(index.include))
    if not index.nulls_distinct:
        text = sql("{} NULLS NOT DISTINCT", text)
    if index.options:
        text = sql("{} WITH {}", text, parameters(index.options))
    if index.tablespace is not None:
        text = sql("{} TABLESPACE {}", text, name(index.tablespace))
    if index.predicate is not None:
        text = sql("{} WHERE {}", text, grouped(index.predicate))
    return text


def index_key(key: IndexKey) -> SqlText:
    """One key as it stands between the brackets of CREATE INDEX."""
    text = name(key.column) if key.column is not None else NOTHING
    if key.expression is not None:
        text = grouped(key.expression)
    text = sql("{}{}", text, collate(key.collation))
    if key.opclass is not None:
        options = parameters(key.opclass_options) if key.opclass_options else NOTHING
        text = sql("{} {}{}", text, path(key.opclass), options)
    if key.descending:
        text = sql("{} DESC", text)
    if key.nulls_first != key.descending:
        text = sql("{} NULLS FIRST" if key.nulls_first else "{} NULLS LAST", text)
    return text
