"""Indexes that are not the machinery of a constraint."""

from __future__ import annotations

from ..frozen import dataclass
from .claims import CollationName, Identifier, Parameters, Path
from .expressions import Expression
from .located import Located


@dataclass(frozen=True, slots=True)
class IndexKey:
    """One key of an index: a column or an expression, never both.

    `descending` and `nulls_first` are as PostgreSQL stores them: plain `DESC` is NULLS FIRST, plain `ASC` NULLS LAST
    (a reader fills in what its language means). `opclass` is None for the type's default class.
    """

    column: Identifier | None = None
    expression: Expression | None = None
    descending: bool = False
    nulls_first: bool = False
    opclass: Path | None = None
    opclass_options: Parameters = ()
    collation: CollationName | None = None

    def __str__(self) -> str:
        return self.column if self.column is not None else f"({self.expression})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(Located):
    """CREATE INDEX. `options` are the WITH parameters, sorted by name; `only` is CREATE INDEX … ON ONLY."""

    name: Identifier
    keys: tuple[IndexKey, ...]
    unique: bool = False
    nulls_distinct: bool = True
    method: Identifier = "btree"
    include: tuple[Identifier, ...] = ()
    predicate: Expression | None = None
    options: Parameters = ()
    tablespace: Identifier | None = None
    only: bool = False
