"""Indexes that are not the machinery of a constraint."""

from __future__ import annotations

from dataclasses import dataclass

from .expressions import Expression
from .located import Located


@dataclass(frozen=True, slots=True)
class IndexKey:
    """One key of an index: a column or an expression, never both.

    `descending` and `nulls_first` are as PostgreSQL stores them: plain `DESC` is NULLS FIRST, plain `ASC` NULLS LAST
    (a reader fills in what its language means). `opclass` is None for the type's default class.
    """

    column: str | None = None
    expression: Expression | None = None
    descending: bool = False
    nulls_first: bool = False
    opclass: str | None = None
    opclass_options: tuple[tuple[str, str], ...] = ()
    collation: str | None = None

    def __str__(self) -> str:
        return self.column if self.column is not None else f"({self.expression})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(Located):
    """CREATE INDEX. `options` are the WITH parameters, sorted by name; `only` is CREATE INDEX … ON ONLY."""

    name: str
    keys: tuple[IndexKey, ...]
    unique: bool = False
    nulls_distinct: bool = True
    method: str = "btree"
    include: tuple[str, ...] = ()
    predicate: Expression | None = None
    options: tuple[tuple[str, str], ...] = ()
    tablespace: str | None = None
    only: bool = False
