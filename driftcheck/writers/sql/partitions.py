"""Partitions: made as tables of their own and attached when all is there, as pg_dump does it.

Only so do their keys and indexes keep their names: PostgreSQL takes what fits, and makes what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...model import Index, Schema, Table
from .gate import SqlText, partition_bound, sql
from .text import qualified


def parent_of(table: Table, schema: Schema) -> Table | None:
    """The table that `table` is a partition of, if the schema declares it."""
    if table.partition_of is None:
        return None
    return schema.table(table.partition_of.parent_schema, table.partition_of.parent_table)


def is_attached(table: Table) -> bool:
    """Whether `table` is made apart and attached later: it is if its columns are known."""
    return table.partition_of is not None and bool(table.columns)


def attached(schema: Schema) -> Iterator[SqlText]:
    """ATTACH PARTITION for every partition that was made apart."""
    for table in schema.tables:
        if is_attached(table) and table.partition_of is not None:
            parent = qualified(table.partition_of.parent_schema, table.partition_of.parent_table)
            bound = partition_bound(table.partition_of.bound)
            yield sql("ALTER TABLE {} ATTACH PARTITION {} {}", parent, qualified(*table.key), bound)


def waits_for_partitions(index: Index, table: Table, schema: Schema) -> bool:
    """Whether an index ON ONLY the parent stays without those of some partition: it is then made after they are
    attached. Else it is made before, so that attaching joins the partitions' indexes to it.
    """
    if not index.only:
        return False
    partitions = [child for child in schema.tables if child.partition_of and parent_of(child, schema) is table]
    return not all(any(_alike(index, other) for other in child.indexes) for child in partitions)


def _alike(index: Index, other: Index) -> bool:
    return replace(index, name=other.name, only=other.only) == other
