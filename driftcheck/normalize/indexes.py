"""Indexes: what PostgreSQL would take anyway is the same as nothing."""

from __future__ import annotations

import re

from ..model import ColumnType, Expression, Index, IndexKey, Table
from ..regex import lazy
from .expressions import Site, condition, value
from .operator_classes import canonical_collation, canonical_opclass, type_of_key
from .revise import revised
from .types import UserTypes

_COLLATED = lazy(r"\(collate '((?:[^']|'')+)' (.*)\)\Z", re.DOTALL)
_COLUMN = lazy(r"\(column '((?:[^']|'')+)'\)\Z")
_COLUMNS = lazy(r"\(column '((?:[^']|'')+)'\)")
_COLLATABLE = frozenset({"text", "character varying", "character", "bpchar", "citext"})
_ORDERED = frozenset({"btree"})


def canonical_index(index: Index, table: Table, site: Site, enums: UserTypes) -> Index:
    """`index` of `table`, whose columns are canonical."""
    method = index.method.lower()
    predicate = condition(index.predicate, site) if index.predicate is not None else None
    return revised(
        index,
        method=method,
        keys=tuple(_key(key, method, table, site, enums) for key in index.keys),
        predicate=predicate,
        nulls_distinct=index.nulls_distinct or not index.unique,
        options=canonical_options(index.options),
        tablespace=None if index.tablespace == "pg_default" else index.tablespace,
    )


def _key(key: IndexKey, method: str, table: Table, site: Site, enums: UserTypes) -> IndexKey:
    column, expression, collation = key.column, key.expression, key.collation
    if expression is not None:
        expression = value(expression, site)
        if collated := _COLLATED.match(expression.canonical):
            # PostgreSQL takes COLLATE off a key's expression and makes it the key's collation.
            collation = collation or collated[1].replace("''", "'")
            expression = Expression(expression.sql, collated[2])
        if bare := _COLUMN.match(expression.canonical):
            column, expression = bare[1].replace("''", "'"), None
    if expression is not None and collation is not None and _derived(expression, table) == {collation.strip('"')}:
        collation = None
    type_ = _type(column, key, table, site)
    return revised(
        key,
        column=column,
        expression=expression,
        opclass=canonical_opclass(key.opclass, method, type_, enums),
        opclass_options=tuple(sorted(key.opclass_options)),
        collation=canonical_collation(collation, column, table),
        descending=key.descending and method in _ORDERED,
        nulls_first=key.nulls_first and method in _ORDERED,
    )


def _derived(expression: Expression, table: Table) -> set[str | None]:
    """The collations of the columns that an expression is made of: one of them is its own, which needs no word."""
    names = {name.replace("''", "'") for name in _COLUMNS.findall(expression.canonical)}
    return {one.collation for one in table.columns if one.name in names and one.type.name in _COLLATABLE}


def _type(column: str | None, key: IndexKey, table: Table, site: Site) -> ColumnType | None:
    if column is None:
        return type_of_key(key.expression.sql, site) if key.expression is not None else None
    found = table.column(column)
    return site.known.base(found.type) if found is not None and "type" not in found.unknown else None


def canonical_options(options: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Storage parameters and view options: names and truth values in lower case, sorted."""
    return tuple(sorted((name.lower(), _option(text)) for name, text in options))


def _option(text: str) -> str:
    word = text.strip().strip("'").lower()
    return {"on": "true", "yes": "true", "1": "1", "off": "false", "no": "false", "": "true"}.get(word, word)
