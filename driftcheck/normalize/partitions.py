"""Partitioning: the key of a table, and the bounds of its partitions as values of that key.

https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-PARTITION
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..model import ColumnType, Expression, Partition
from ..sql import SqlError, Stream
from .expressions import Site, assignment, value
from .operator_classes import type_of_key
from .tokens import words_of

_UNBOUNDED = ("minvalue", "maxvalue")


def canonical_key(text: str | None, site: Site) -> str | None:
    """`RANGE (created_at)` and its like: the strategy in lower case, then each key in canonical form."""
    if text is None:
        return None
    strategy, items = _key(text)
    if not strategy:
        return words_of(text)
    return f"{strategy} ({', '.join(_shown(value(Expression(item), site)) for item in items)})"


def _key(text: str) -> tuple[str, list[str]]:
    """The strategy and the keys of `RANGE (a, b)`; nothing if it is none."""
    try:
        stream = Stream.of(text)
        strategy = stream.accept_any("range", "list", "hash")
        items = _items(stream)
        stream.finish()
    except SqlError:
        return "", []
    return strategy, items


def _items(stream: Stream) -> list[str]:
    return [part.until() for part in stream.parts(*stream.skip_group())]


def _shown(key: Expression) -> str:
    """A key in words, so that the canonical text of a partition key reads like one and stays as it is."""
    column = re.fullmatch(r"\(column '((?:[^']|'')+)'\)", key.canonical)
    return column[1].replace("''", "'") if column else words_of(key.sql)


def canonical_bound(partition: Partition, parent_key: str | None, parent: Site) -> Partition:
    """The bound of a partition, constants as the type of the parent's key has them."""
    types = _types(parent_key, parent)
    try:
        bound = _bound(Stream.of(partition.bound), types, parent)
    except SqlError:
        bound = words_of(partition.bound)
    return replace(partition, bound=bound)


def _bound(stream: Stream, types: list[ColumnType | None], parent: Site) -> str:
    stream.expect("for", "values")
    if stream.accept("in"):
        items = sorted(_constant(item, types[0] if types else None, parent) for item in _items(stream))
        bound = f"for values in ({', '.join(items)})"
    else:
        stream.expect("from")
        low = _constants(_items(stream), types, parent)
        stream.expect("to")
        bound = f"for values from ({low}) to ({_constants(_items(stream), types, parent)})"
    stream.finish()
    return bound


def _types(key: str | None, site: Site) -> list[ColumnType | None]:
    return [type_of_key(item, site) for item in _key(key or "")[1]]


def _constants(items: list[str], types: list[ColumnType | None], site: Site) -> str:
    padded = [*types, *(None for _ in items)]
    return ", ".join(_constant(item, type_, site) for item, type_ in zip(items, padded, strict=False))


def _constant(text: str, type_: ColumnType | None, site: Site) -> str:
    if text.lower() in (*_UNBOUNDED, "null") or type_ is None:
        return words_of(text)
    found = assignment(Expression(text), site, type_).canonical
    constant = re.fullmatch(r"\(literal ('(?:[^']|'')*')(?: :.*)?\)", found, re.DOTALL)
    return constant[1] if constant else words_of(text)
