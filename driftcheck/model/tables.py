"""Tables."""

from __future__ import annotations

from ..frozen import dataclass
from .claims import Identifier, Parameters, PartitionBound, PartitionKey, Path, Text
from .columns import Column
from .constraints import Check, Exclusion, ForeignKey, PrimaryKey, Unique
from .identifiers import qualified
from .indexes import Index
from .located import Located


@dataclass(frozen=True, slots=True)
class Partition:
    """`PARTITION OF parent` with its bound as written, from `FOR VALUES` (or `DEFAULT`) on."""

    parent_schema: Identifier
    parent_table: Identifier
    bound: PartitionBound


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Located):
    """An ordinary, partitioned or foreign table, columns in their order, all else in the order of declaration.

    `partition_by` is the text after PARTITION BY (`range (created_at)`). `inherits` are (schema, table) pairs.
    `options` are storage parameters, sorted. If `unknown` holds "columns", more columns exist than are listed.
    """

    schema: Identifier
    name: Identifier
    columns: tuple[Column, ...] = ()
    primary_key: PrimaryKey | None = None
    foreign_keys: tuple[ForeignKey, ...] = ()
    uniques: tuple[Unique, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    checks: tuple[Check, ...] = ()
    indexes: tuple[Index, ...] = ()
    row_security: bool = False
    force_row_security: bool = False
    comment: Text | None = None
    partition_by: PartitionKey | None = None
    partition_of: Partition | None = None
    inherits: tuple[tuple[Identifier, Identifier], ...] = ()
    of_type: Path | None = None
    unlogged: bool = False
    options: Parameters = ()
    tablespace: Identifier | None = None
    server: Identifier | None = None
    server_options: Parameters = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.schema, self.name

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def __str__(self) -> str:
        return qualified(self.schema, self.name)
