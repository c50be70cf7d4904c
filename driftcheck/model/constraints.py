"""Keys and checks. A `name` of None never occurs after reading: a reader gives the name the server would."""

from __future__ import annotations

from typing import Literal

from ..frozen import dataclass
from .claims import CollationName, Identifier, OperatorName, Path
from .expressions import Expression
from .located import Located

#: What happens to the referencing row, in PostgreSQL's words.
Action = Literal["no action", "restrict", "cascade", "set null", "set default"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryKey(Located):
    """PRIMARY KEY. Its columns are NOT NULL, said or not (normalize sees to it)."""

    name: Identifier
    columns: tuple[Identifier, ...]
    include: tuple[Identifier, ...] = ()
    deferrable: bool = False
    initially_deferred: bool = False
    without_overlaps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey(Located):
    """FOREIGN KEY. `target_columns` is empty when the author named none: the target's primary key is meant.

    `delete_columns` are those of `ON DELETE SET NULL (…)`; empty means all. `match` is "simple" or "full".
    """

    name: Identifier
    columns: tuple[Identifier, ...]
    target_schema: Identifier
    target_table: Identifier
    target_columns: tuple[Identifier, ...] = ()
    on_delete: Action = "no action"
    delete_columns: tuple[Identifier, ...] = ()
    on_update: Action = "no action"
    match: Literal["simple", "full"] = "simple"
    deferrable: bool = False
    initially_deferred: bool = False
    validated: bool = True
    enforced: bool = True
    period: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique(Located):
    """UNIQUE constraint (not a unique index: that is an `Index`)."""

    name: Identifier
    columns: tuple[Identifier, ...]
    nulls_distinct: bool = True
    include: tuple[Identifier, ...] = ()
    deferrable: bool = False
    initially_deferred: bool = False
    without_overlaps: bool = False


@dataclass(frozen=True, slots=True)
class ExclusionElement:
    """`expression WITH operator` of an EXCLUDE constraint."""

    expression: Expression
    operator: OperatorName
    opclass: Path | None = None
    collation: CollationName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion(Located):
    """EXCLUDE constraint."""

    name: Identifier
    elements: tuple[ExclusionElement, ...]
    method: Identifier = "gist"
    predicate: Expression | None = None
    include: tuple[Identifier, ...] = ()
    deferrable: bool = False
    initially_deferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Located):
    """CHECK constraint of a table or of a domain."""

    name: Identifier
    expression: Expression
    no_inherit: bool = False
    validated: bool = True
    enforced: bool = True
