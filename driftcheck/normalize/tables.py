"""Tables: their columns first, then what depends on the columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from ..model import Check, Column, Exclusion, ForeignKey, Index, Partition, Table, Unique
from .constraints import canonical_check, canonical_exclusion, canonical_foreign_key
from .defaults import Owners, filled
from .expressions import Site
from .indexes import canonical_index, canonical_options
from .known import Known
from .names import bare
from .operator_classes import canonical_collation
from .partitions import canonical_bound, canonical_key
from .revise import revised
from .sequences import canonical_identity
from .storage import canonical_storage
from .types import canonical_type

Named = TypeVar("Named", Check, Exclusion, ForeignKey, Index, Unique)


#: The PARTITION BY of each partitioned table.
PartitionKeys = Mapping[tuple[str, str], str]


def canonical_table(table: Table, known: Known, owners: Owners, parents: PartitionKeys) -> Table:
    site = Site.of_table(known, table.schema, table.name)
    keys = set(table.primary_key.columns) if table.primary_key is not None else set()
    columns = tuple(_column(column, table, known, site, owners, column.name in keys) for column in table.columns)
    table = revised(table, columns=columns)
    return revised(
        table,
        foreign_keys=_sorted(canonical_foreign_key(key, known) for key in table.foreign_keys),
        uniques=_sorted(table.uniques),
        exclusions=_sorted(canonical_exclusion(item, table, site) for item in table.exclusions),
        checks=_sorted(canonical_check(check, site) for check in table.checks),
        indexes=_sorted(canonical_index(index, table, site, known.types) for index in table.indexes),
        partition_by=canonical_key(table.partition_by, site),
        partition_of=_partition(table.partition_of, known, parents),
        of_type=bare(table.of_type) if table.of_type is not None else None,
        options=canonical_options(tuple(option for option in table.options if option[0].lower() != "oids")),
        tablespace=None if table.tablespace == "pg_default" else table.tablespace,
    )


def _column(column: Column, table: Table, known: Known, site: Site, owners: Owners, is_key: bool) -> Column:
    """Columns of the primary key and identity columns are NOT NULL, said or not."""
    type_ = canonical_type(column.type, known.types)
    identity = column.identity
    if identity is not None:
        identity = canonical_identity(identity, table.name, column.name, type_.name)
    column = revised(
        column,
        type=type_,
        nullable=column.nullable and not is_key and identity is None,
        identity=identity,
        collation=canonical_collation(column.collation),
        storage=canonical_storage(column.storage, type_, known.types),
        compression=column.compression.lower() if column.compression else None,
    )
    return filled(column, site, (*table.key, column.name), owners)


def _sorted(items: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(sorted(items, key=lambda item: item.name))


def _partition(partition: Partition | None, known: Known, keys: PartitionKeys) -> Partition | None:
    if partition is None:
        return None
    parent = partition.parent_schema, partition.parent_table
    return canonical_bound(partition, keys.get(parent), Site.of_table(known, *parent))
