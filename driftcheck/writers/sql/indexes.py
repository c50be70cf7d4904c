"""Indexes that belong to no constraint."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Index, IndexKey, Schema, Table, View, qualified, quote
from .absent import written
from .partitions import waits_for_partitions
from .text import collate, grouped, names, parts, settings


def of_table(table: Table, schema: Schema) -> Iterator[str]:
    for index in table.indexes:
        if written(index) and not waits_for_partitions(index, table, schema):
            yield _index(index, str(table))


def after_partitions(table: Table, schema: Schema) -> Iterator[str]:
    for index in table.indexes:
        if written(index) and waits_for_partitions(index, table, schema):
            yield _index(index, str(table))


def of_view(view: View) -> Iterator[str]:
    if written(view):
        full = qualified(view.schema, view.name)
        yield from (_index(index, full) for index in view.indexes if written(index))


def _index(index: Index, relation: str) -> str:
    text = f"CREATE {'UNIQUE ' if index.unique else ''}INDEX {quote(index.name)}"
    text += f" ON {'ONLY ' if index.only else ''}{relation}"
    text += f" USING {quote(index.method)} ({', '.join(map(_key, index.keys))})"
    if index.include:
        text += f" INCLUDE {names(index.include)}"
    if not index.nulls_distinct:
        text += " NULLS NOT DISTINCT"
    if index.options:
        text += f" WITH {settings(index.options)}"
    if index.tablespace is not None:
        text += f" TABLESPACE {quote(index.tablespace)}"
    if index.predicate is not None:
        text += f" WHERE {grouped(index.predicate)}"
    return text + ";\n"


def _key(key: IndexKey) -> str:
    text = quote(key.column) if key.column is not None else ""
    if key.expression is not None:
        text = grouped(key.expression)
    text += collate(key.collation)
    if key.opclass is not None:
        text += f" {parts(key.opclass)}"
        text += settings(key.opclass_options) if key.opclass_options else ""
    if key.descending:
        text += " DESC"
    if key.nulls_first != key.descending:
        text += " NULLS FIRST" if key.nulls_first else " NULLS LAST"
    return text
