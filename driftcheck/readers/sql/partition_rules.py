"""What PostgreSQL refuses of partitions (`transformPartitionBound` in parse_utilcmd.c, `check_new_partition_bound`)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .entries import EXISTENCE, SYSTEM_COLUMNS, TableEntry
from .errors import MissingError, RefusedError, StateError

_WORDS = {"range": "FROM", "list": "IN", "hash": "WITH"}
_REMAINDER = re.compile(r"MODULUS\s+(\d{1,9})\s*,\s*REMAINDER\s+(\d{1,9})", re.IGNORECASE)


def check_partitioned(parent: TableEntry) -> None:
    """Raises StateError if the table has no partitions."""
    if parent.partition_by is None and not parent.unknown and not parent.opaque:
        raise StateError(f'"{parent.name}" is not partitioned')


def check_bound(parent: TableEntry, name: str, bound: str, partitions: Iterable[TableEntry]) -> None:
    """Raises RefusedError for a bound that a partition called `name` cannot have beside the other `partitions`."""
    words = bound.upper().split(None, 3)
    strategy = (parent.partition_by or "").split("(")[0].strip().lower()
    if strategy not in _WORDS or parent.unknown:
        return
    if words[:1] == ["DEFAULT"]:
        if strategy == "hash":
            raise RefusedError("a hash-partitioned table may not have a default partition")
        for other in partitions:
            is_default = other.partition_of is not None and other.partition_of.bound.upper() == "DEFAULT"
            if is_default and other.name != name and EXISTENCE not in other.unknown:
                raise StateError(f'partition "{name}" conflicts with existing default partition "{other.name}"')
        return
    if len(words) > 2 and words[2].split("(")[0] not in (_WORDS[strategy], ""):
        raise RefusedError(f"invalid bound specification for a {strategy} partition")
    if strategy == "hash" and (found := _REMAINDER.search(bound)) and int(found[2]) >= int(found[1]):
        raise RefusedError("remainder for hash partition must be less than modulus")


def check_key(table: TableEntry, columns: frozenset[str] | None) -> None:
    """Raises RefusedError for a partition key of these `columns` (None if they are not known) that cannot be."""
    if columns is None or table.unknown:
        return
    if (table.partition_by or "").startswith("list ") and len(columns) > 1:
        raise RefusedError('cannot use "list" partition strategy with more than one column')
    for name in sorted(columns - table.columns.keys() - SYSTEM_COLUMNS):
        raise MissingError(f'column "{name}" named in partition key does not exist')
