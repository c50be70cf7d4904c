"""What PostgreSQL refuses of primary keys, unique constraints and unique indexes."""

from __future__ import annotations

from collections.abc import Iterable

from ...model import PrimaryKey, Unique
from ...sql import tokens_of
from ...sql.text import SourceText
from .casts import kind_of_type
from .cursor import Cursor
from .entries import TableEntry
from .errors import RefusedError, StateError
from .session import Session

#: Types without an order, so that no B-tree takes them.
_UNORDERED = frozenset("json xml point line lseg box path polygon circle jsonpath aclitem cid xid refcursor".split())


def check_key(session: Session, table: TableEntry, key: PrimaryKey | Unique) -> None:
    """Raises RefusedError."""
    what = "primary key" if isinstance(key, PrimaryKey) else "unique"
    for position, name in enumerate(key.columns):
        if name in key.columns[:position]:
            raise RefusedError(f'column "{name}" appears twice in {what} constraint')
    check_partitioned(table, key.columns, what.upper())
    check_ordered(session, table, key.columns)


def check_partitioned(table: TableEntry, columns: Iterable[str], what: str = "UNIQUE") -> None:
    """What is unique over all partitions must hold the columns that tell them apart."""
    parts = partition_columns(table)
    if parts is None:
        raise StateError(f"unsupported {what} constraint with partition key definition")
    if not parts <= set(columns):
        raise StateError("unique constraint on partitioned table must include all partitioning columns")


def partition_columns(table: TableEntry) -> frozenset[str] | None:
    """The columns of the table's partition key; None if there are expressions in it."""
    if table.partition_by is None:
        return frozenset()
    text = table.partition_by
    cursor = Cursor(SourceText("", text), tokens_of(text))
    cursor.identifier()
    found = set()
    for part in cursor.items():
        if not part.at_name or part.peek().word in ("(", "."):
            return None
        found.add(part.identifier())
    return frozenset(found)


def check_ordered(session: Session, table: TableEntry, columns: Iterable[str]) -> None:
    """Raises StateError for a column whose type no B-tree takes."""
    for name in columns:
        column = table.columns.get(name)
        kind = kind_of_type(column.type, session.catalog.types) if column is not None else None
        if kind in _UNORDERED and column is not None and "type" not in column.unknown:
            raise StateError(f'data type {kind} has no default operator class for access method "btree"')
