"""What a foreign key points at, and what PostgreSQL refuses of it (`ATAddForeignKeyConstraint` in tablecmds.c)."""

from __future__ import annotations

from dataclasses import replace

from ...model import Column, ForeignKey, PrimaryKey, Unique
from .casts import are_comparable, kind_of_type
from .entries import EXISTENCE, TableEntry, ViewEntry
from .errors import MissingError, RefusedError, StateError
from .session import Session


def aimed(session: Session, table: TableEntry, key: ForeignKey) -> ForeignKey:
    """`key` with the target's primary key, where its author named no columns. Raises RefusedError."""
    target_key = (key.target_schema, key.target_table)
    target = table if target_key == table.key else session.catalog.relations.get(target_key)
    if isinstance(target, ViewEntry):
        raise StateError(f'referenced relation "{target.key[1]}" is not a table')
    if not isinstance(target, TableEntry) or target.opaque:
        return key
    if target.temporary != table.temporary:
        kinds = ("temporary", "permanent")[:: 1 if table.temporary else -1]
        raise StateError(f"constraints on {kinds[0]} tables may reference only {kinds[0]} tables")
    if not key.target_columns:
        key = _with_primary_key(key, target)
    for name in key.target_columns:
        if name not in target.columns and "columns" not in target.unknown:
            raise MissingError(f'column "{name}" referenced in foreign key constraint does not exist')
    if key.target_columns and len(key.target_columns) != len(key.columns):
        raise RefusedError("number of referencing and referenced columns for foreign key disagree")
    if not session.blind:
        _check_target(key, target)
        check_types(session, table, key, target)
    return key


def _with_primary_key(key: ForeignKey, target: TableEntry) -> ForeignKey:
    if target.primary_key is not None:
        return replace(key, target_columns=target.primary_key.columns)
    if target.unknown & {"primary_key", "columns"}:
        return key
    raise StateError(f'there is no primary key for referenced table "{target.name}"')


def _check_target(key: ForeignKey, target: TableEntry) -> None:
    """The columns that a foreign key points at must be those of a key or a unique index."""
    if target.unknown & {"primary_key", "uniques", "indexes", "columns"} or not key.target_columns:
        return
    wanted = sorted(key.target_columns)
    keys = [item.columns for item in target.constraints.values() if isinstance(item, PrimaryKey | Unique)]
    keys += [
        tuple(part.column or "" for part in index.keys)
        for index in target.indexes.values()
        if index.unique and index.predicate is None and all(part.column is not None for part in index.keys)
    ]
    if all(sorted(columns) != wanted for columns in keys):
        raise StateError(f'there is no unique constraint matching given keys for referenced table "{target.name}"')


def check_types(session: Session, table: TableEntry, key: ForeignKey, target: TableEntry) -> None:
    """Raises StateError if the types on both sides cannot be compared."""
    types = session.catalog.types
    for here, there in zip(key.columns, key.target_columns, strict=False):
        own, other = table.columns.get(here), target.columns.get(there)
        if own is None or other is None or "type" in own.unknown | other.unknown:
            continue
        if are_comparable(kind_of_type(own.type, types), kind_of_type(other.type, types)) is False:
            raise StateError(f'foreign key constraint "{key.name}" cannot be implemented')


def check_keys_of(session: Session, table: TableEntry, column: Column) -> None:
    """Raises StateError if a foreign key of, or to, `table` could not be with the column as it is to be."""
    if session.blind:
        return
    changed = replace(table, columns={**table.columns, column.name: column})
    for other in {entry.key: entry for entry in (table, *session.catalog.referrers_of(table.key))}.values():
        for key in other.constraints.values():
            if not isinstance(key, ForeignKey) or EXISTENCE in key.unknown:
                continue
            target = session.catalog.table((key.target_schema, key.target_table))
            if target is not None and (other is table or target is table):
                here, there = (changed if entry is table else entry for entry in (other, target))
                check_types(session, here, key, there)
