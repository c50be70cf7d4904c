"""Which columns an object depends on: with them it comes and goes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from ..model import Check, Exclusion, Expression, ForeignKey, Index, PrimaryKey, Unique
from ..sql.references import columns_named


@singledispatch
def columns_of(thing: Any) -> frozenset[str]:
    """The names of the columns that `thing` depends on; in an expression every name that can be one counts."""
    raise TypeError(f"{type(thing).__name__} does not depend on columns")


@columns_of.register(PrimaryKey)
@columns_of.register(Unique)
def _(thing: PrimaryKey | Unique) -> frozenset[str]:
    return frozenset(thing.columns + thing.include)


@columns_of.register
def _(thing: ForeignKey) -> frozenset[str]:
    return frozenset(thing.columns)


@columns_of.register
def _(thing: Check) -> frozenset[str]:
    return columns_named(thing.expression.sql)


@columns_of.register
def _(thing: Exclusion) -> frozenset[str]:
    return _all(*(element.expression for element in thing.elements), thing.predicate) | set(thing.include)


@columns_of.register
def _(thing: Index) -> frozenset[str]:
    named = {key.column for key in thing.keys if key.column is not None}
    return _all(*(key.expression for key in thing.keys), thing.predicate) | named | set(thing.include)


def _all(*expressions: Expression | None) -> frozenset[str]:
    return frozenset().union(*(columns_named(one.sql) for one in expressions if one is not None))


def depends_on(thing: Any, columns: Iterable[str]) -> frozenset[str]:
    """Those of `columns` that `thing` depends on."""
    return columns_of(thing).intersection(columns)
