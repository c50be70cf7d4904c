"""What PostgreSQL refuses of partitions (`transformPartitionBound` in parse_utilcmd.c, `check_new_partition_bound`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from ...model import Check
from ...regex import lazy
from ...sql import Stream, signature_type, tokens_of
from ...sql.tokens import NUMBER, WORD, whole
from .casts import kind_of_type
from .entries import EXISTENCE, SYSTEM_COLUMNS, TableEntry
from .errors import MissingError, RefusedError, StateError
from .session import Session

_WORDS = {"range": "FROM", "list": "IN", "hash": "WITH"}
_WHOLE = ("smallint", "integer", "bigint")
_DAYS = ("date", "timestamp without time zone", "timestamp with time zone")
#: Beyond all whole numbers and days.
_BEYOND = 2**63
#: The beginning of a day; of moments with a time zone that of the session, in which days have the same order.
_DAY = lazy(r"([0-9]{4}-[01][0-9]-[0-3][0-9])(?:[ T]00:00(?::00)?)?\Z")
#: How many partitions, those made last, a new one is compared with: time must not grow with the square of their number.
_NEIGHBOURS = 100
_REMAINDER = lazy(r"MODULUS\s+(\d{1,9})\s*,\s*REMAINDER\s+(\d{1,9})", re.IGNORECASE)


def check_partitioned(parent: TableEntry) -> None:
    """Raises StateError if the table has no partitions."""
    if parent.partition_by is None and not parent.unknown and not parent.opaque:
        raise StateError(f'"{parent.name}" is not partitioned')


def check_bound(parent: TableEntry, name: str, bound: str, partitions: Iterable[TableEntry]) -> None:
    """Raises RefusedError for a bound that a partition called `name` cannot have beside the others.

    `partitions` are those, the latest first.
    """
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
    near = reversed(list(islice(partitions, _NEIGHBOURS)))
    there = [(item.name, item.partition_of.bound) for item in near if _counts(item, name) and item.partition_of]
    if strategy == "hash":
        _check_hash(name, bound, there)
    elif strategy == "list":
        _check_list(name, bound, there)
    else:
        _check_range(parent, name, bound, there)


def _counts(table: TableEntry, name: str) -> bool:
    return table.name != name and EXISTENCE not in table.unknown


def _overlap(name: str, other: str) -> StateError:
    return StateError(f'partition "{name}" would overlap partition "{other}"')


def _check_hash(name: str, bound: str, there: list[tuple[str, str]]) -> None:
    if (new := _remainder(bound)) is None:
        return
    if not new[0]:
        raise RefusedError("modulus for hash partition must be an integer value greater than zero")
    if new[1] >= new[0]:
        raise RefusedError("remainder for hash partition must be less than modulus")
    known = [(other, found) for other, text in there if (found := _remainder(text))]
    for _, (modulus, _) in known:
        if modulus % new[0] and new[0] % modulus:
            raise StateError("every hash partition modulus must be a factor of the next larger modulus")
    for other, (modulus, remainder) in known:
        if (remainder - new[1]) % min(modulus, new[0]) == 0:
            raise _overlap(name, other)


def _remainder(bound: str) -> tuple[int, int] | None:
    found = _REMAINDER.search(bound)
    return (int(found[1]), int(found[2])) if found else None


def _check_list(name: str, bound: str, there: list[tuple[str, str]]) -> None:
    """Constants that are written alike are one value in every type; of others that is not known here."""
    taken = {text: other for other, written in reversed(there) for values in _values(written) for text in values}
    for text in (text for values in _values(bound) for text in values):
        if text is not None and text in taken:
            raise _overlap(name, taken[text])


def _check_range(parent: TableEntry, name: str, bound: str, there: list[tuple[str, str]]) -> None:
    """Bounds are compared where their order is certain: whole numbers, and days, of a key of one column."""
    key = tokens_of(parent.partition_by or "")
    parts = Stream(key[1:]).items()
    for word, values in zip(("FROM", "TO"), _values(bound), strict=False):
        if len(values) != len(parts):
            raise RefusedError(f"{word} must specify exactly one value per partitioning column")
    column = parent.columns.get(parts[0].identifier()) if len(parts) == 1 and parts[0].at_name else None
    if column is None or not parts[0].done or column.type.dimensions or column.type.schema:
        return
    kind = signature_type(column.type)
    if (new := _ends(bound, kind)) is None:
        return
    if new[0] >= new[1]:
        raise RefusedError(f'empty range bound specified for partition "{name}"')
    known = [(found, other) for other, text in there if (found := _ends(text, kind)) is not None]
    for (low, high), other in sorted(known):
        if low < new[1] and new[0] < high:
            raise _overlap(name, other)


@lru_cache(maxsize=1_000)
def _values(bound: str) -> tuple[tuple[str | None, ...], ...]:
    """The constants between each pair of parentheses, without quotes; None for what is more than a constant."""
    stream, found = Stream(tokens_of(bound)), []
    while not stream.done:
        if stream.at("("):
            found.append(tuple(_constant(item) for item in stream.items()))
        else:
            stream.advance()
    return tuple(found)


def _constant(item: Stream) -> str | None:
    sign = "-" if item.accept("-") else ""
    token = item.advance()
    if not item.done or not (token.is_string or token.kind in (NUMBER, WORD)):
        return None
    return sign + (token.value if token.is_string else token.text.lower())


@lru_cache(maxsize=1_000)
def _ends(bound: str, kind: str) -> tuple[tuple[int, str], tuple[int, str]] | None:
    """Both ends of a range, in their order; None if that is not known."""
    ends = [_place(values[0], kind) for values in _values(bound) if len(values) == 1]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    return ends[0], ends[1]


def _place(text: str | None, kind: str) -> tuple[int, str] | None:
    """Something that is ordered as the values of the type are."""
    if text in ("minvalue", "maxvalue"):
        return (_BEYOND if text == "maxvalue" else -_BEYOND), ""
    if kind in _WHOLE:
        number = whole(text or "")
        return None if number is None or abs(number) >= _BEYOND else (number, "")
    day = _DAY.match(text or "") if kind in _DAYS else None
    return (0, day[1]) if day else None


def check_key(table: TableEntry, columns: frozenset[str] | None) -> None:
    """Raises RefusedError for a partition key of these `columns` (None if they are not known) that cannot be."""
    if columns is None or table.unknown:
        return
    if (table.partition_by or "").startswith("list ") and len(columns) > 1:
        raise RefusedError('cannot use "list" partition strategy with more than one column')
    for name in sorted(columns - table.columns.keys() - SYSTEM_COLUMNS):
        raise MissingError(f'column "{name}" named in partition key does not exist')


def check_new_columns(child: TableEntry, parent: TableEntry) -> None:
    """Raises StateError for a table that cannot become a partition: it is one, or has columns of its own."""
    if child.partition_of is not None:
        raise StateError(f'"{child.name}" is already a partition')
    for name in child.columns if not parent.unknown else ():
        if name not in parent.columns:
            raise StateError(f'table "{child.name}" contains column "{name}" not found in parent "{parent.name}"')


def check_child(session: Session, child: TableEntry, parent: TableEntry) -> None:
    """Raises StateError for a table that cannot inherit (`MergeAttributesIntoExisting` and what follows it)."""
    if child.unknown or child.opaque:
        return
    for name, column in parent.columns.items():
        own = child.columns.get(name)
        if own is None:
            raise MissingError(f'child table is missing column "{name}"')
        if own.unknown or column.unknown:
            continue
        kinds = [kind_of_type(item.type, session.catalog.types) for item in (own, column)]
        if None not in kinds and kinds[0] != kinds[1]:
            raise StateError(f'child table "{child.name}" has different type for column "{name}"')
        if own.nullable and not column.nullable:
            raise StateError(f'column "{name}" in child table "{child.name}" must be marked NOT NULL')
    for item in parent.constraints.values():
        if isinstance(item, Check) and not (item.no_inherit or item.unknown) and item.name not in child.constraints:
            raise StateError(f'child table is missing constraint "{item.name}"')
