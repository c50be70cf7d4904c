"""A schema as SQLite understands it: equal exactly when SQLite would make the same database of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from ...model import Check, Column, Expression, ForeignKey, Index, IndexKey, PrimaryKey, Schema, Table, Unique, View
from .defaults import canonical_default
from .expressions import Columns, canonical, canonical_query
from .names import aligned
from .triggers import canonical_trigger
from .types import canonical_type, has_no_rowid, is_rowid


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Item = TypeVar("Item", bound=_Named)
#: Table, in lower case → the columns of its primary key.
Keys = Mapping[str, tuple[str, ...]]

#: What a column is collated by if nothing is said.
_BINARY = "binary"


def normalize(schema: Schema) -> Schema:
    """`schema` in canonical form. Pure and idempotent; nothing in it makes it raise."""
    schema = aligned(schema, schema)  # a key may spell its columns otherwise than the table does
    keys = {table.name.lower(): table.primary_key.columns for table in schema.tables if table.primary_key is not None}
    return replace(
        schema,
        tables=_sorted(canonical_table(table, keys) for table in schema.tables),
        views=_sorted(canonical_view(view) for view in schema.views),
        triggers=_sorted(map(canonical_trigger, schema.triggers)),
        opaque=tuple(sorted(schema.opaque, key=lambda item: (item.kind, item.name))),
    )


def _sorted(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.name))


def canonical_view(view: View) -> View:
    return replace(view, definition=canonical_query(view.definition))


def canonical_table(table: Table, keys: Keys) -> Table:
    names = frozenset(column.name.lower() for column in table.columns)
    table = replace(table, columns=tuple(replace(one, type=canonical_type(one.type)) for one in table.columns))
    table = replace(table, columns=tuple(_column(one, table, names) for one in table.columns))
    primary = table.primary_key
    return replace(
        table,
        primary_key=_plain(primary) if primary is not None else None,
        foreign_keys=_sorted(_foreign_key(key, keys) for key in table.foreign_keys),
        uniques=_sorted(_plain(one) for one in _kept(table)),
        checks=_sorted(canonical_check(one, names) for one in table.checks),
        indexes=_sorted(canonical_index(one, table, names) for one in table.indexes),
        options=tuple(sorted(table.options)),
    )


Key = TypeVar("Key", PrimaryKey, Unique)


def _plain(key: Key) -> Key:
    return replace(key, deferrable=False, initially_deferred=False)


def _kept(table: Table) -> Iterable[Unique]:
    """Of several keys on the same columns SQLite makes one; a primary key that is no rowid is a unique index itself."""
    seen: set[tuple[str, ...]] = set()
    key = table.primary_key
    if key is not None and not (len(key.columns) == 1 and is_rowid(table, key.columns[0])):
        seen.add(_folded(key.columns))
    for one in table.uniques:
        if _folded(one.columns) not in seen:
            seen.add(_folded(one.columns))
            yield one


def _folded(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.lower() for name in columns)


def _column(column: Column, table: Table, names: Columns) -> Column:
    """A rowid is never NULL; nor is a key of a table without rowids. Of all others NULL is let in, said nothing."""
    key = table.primary_key.columns if table.primary_key is not None else ()
    always = is_rowid(table, column.name) or (has_no_rowid(table) and column.name in key)
    generated = column.generated
    if generated is not None:
        expression = canonical(generated.expression, names)
        generated = replace(generated, expression=expression, stored=bool(generated.stored))
    collation = column.collation.lower() if column.collation is not None else None
    return replace(
        column,
        nullable=column.nullable and not always,
        default=canonical_default(column),
        generated=generated,
        collation=None if collation == _BINARY else collation,
    )


def _foreign_key(key: ForeignKey, keys: Keys) -> ForeignKey:
    """No columns of the target are its primary key; what is deferrable and not deferred is neither."""
    targets = key.target_columns or keys.get(key.target_table.lower(), ())
    if len(targets) != len(key.columns):
        targets = key.target_columns
    deferred = key.deferrable and key.initially_deferred
    return replace(key, target_columns=targets, deferrable=deferred, initially_deferred=deferred, match="simple")


def canonical_check(check: Check, names: Columns) -> Check:
    return replace(check, expression=canonical(check.expression, names))


def canonical_index(index: Index, table: Table, names: Columns) -> Index:
    predicate = canonical(index.predicate, names) if index.predicate is not None else None
    return replace(
        index, keys=tuple(_index_key(one, table, names) for one in index.keys), predicate=predicate, method="btree"
    )


def _index_key(key: IndexKey, table: Table, names: Columns) -> IndexKey:
    """A key is collated as its column, unless it says otherwise."""
    collation = key.collation.lower() if key.collation is not None else None
    column = next((one for one in table.columns if one.name == key.column), None)
    if collation == (column.collation if column is not None else None) or (column is None and collation == _BINARY):
        collation = None
    if column is not None and column.collation is None and collation == _BINARY:
        collation = None
    expression: Expression | None = canonical(key.expression, names) if key.expression is not None else None
    return replace(key, collation=collation, expression=expression, nulls_first=key.descending)
