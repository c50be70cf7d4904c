"""Partitioning: the key of a table, and the bounds of its partitions as values of that key.

https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-PARTITION
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..model import ColumnType, Expression, Partition
from .argument_lists import split_list
from .expressions import Site, assignment, value
from .operator_classes import type_of_key
from .tokens import words_of

_KEY = re.compile(r"\s*(range|list|hash)\s*\((.*)\)\s*\Z", re.IGNORECASE | re.DOTALL)
_LIST = re.compile(r"\s*for\s+values\s+in\s*\((.*)\)\s*\Z", re.IGNORECASE | re.DOTALL)
_RANGE = re.compile(r"\s*for\s+values\s+from\s*\((.*)\)\s*to\s*\((.*)\)\s*\Z", re.IGNORECASE | re.DOTALL)
_UNBOUNDED = ("minvalue", "maxvalue")


def canonical_key(text: str | None, site: Site) -> str | None:
    """`RANGE (created_at)` and its like: the strategy in lower case, then each key in canonical form."""
    if text is None:
        return None
    match = _KEY.match(text)
    if not match:
        return words_of(text)
    keys = (value(Expression(key), site) for key in split_list(match[2]))
    return f"{match[1].lower()} ({', '.join(_shown(key) for key in keys)})"


def _shown(key: Expression) -> str:
    """A key in words, so that the canonical text of a partition key reads like one and stays as it is."""
    column = re.fullmatch(r"\(column '((?:[^']|'')+)'\)", key.canonical)
    return column[1].replace("''", "'") if column else words_of(key.sql)


def canonical_bound(partition: Partition, parent_key: str | None, parent: Site) -> Partition:
    """The bound of a partition, constants as the type of the parent's key has them."""
    types = _types(parent_key, parent)
    bound = partition.bound
    if match := _LIST.match(bound):
        items = sorted(_constant(item, types[0] if types else None, parent) for item in split_list(match[1]))
        return replace(partition, bound=f"for values in ({', '.join(items)})")
    if match := _RANGE.match(bound):
        low, high = (_constants(side, types, parent) for side in match.groups())
        return replace(partition, bound=f"for values from ({low}) to ({high})")
    return replace(partition, bound=words_of(bound))


def _types(key: str | None, site: Site) -> list[ColumnType | None]:
    match = _KEY.match(key or "")
    return [type_of_key(item, site) for item in split_list(match[2])] if match else []


def _constants(text: str, types: list[ColumnType | None], site: Site) -> str:
    items = split_list(text)
    padded = [*types, *(None for _ in items)]
    return ", ".join(_constant(item, type_, site) for item, type_ in zip(items, padded, strict=False))


def _constant(text: str, type_: ColumnType | None, site: Site) -> str:
    if text.lower() in (*_UNBOUNDED, "null") or type_ is None:
        return words_of(text)
    found = assignment(Expression(text), site, type_).canonical
    constant = re.fullmatch(r"\(literal ('(?:[^']|'')*')(?: :.*)?\)", found, re.DOTALL)
    return constant[1] if constant else words_of(text)
