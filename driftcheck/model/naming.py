"""The names PostgreSQL gives to what nobody named.

Its own rule (`makeObjectName`, `ChooseRelationName` and `ChooseConstraintName` in src/backend/commands/indexcmds.c and
src/backend/catalog/pg_constraint.c): table, column part and label joined by underscores, the longer of the first two
shortened until all fits 63 bytes, then numbered until free.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from .identifiers import MAX_BYTES, bytes_of, truncate


def object_name(first: str, second: str = "", label: str = "") -> str:
    """`first_second_label`, with `first` and `second` shortened in turn until it fits (`makeObjectName`)."""
    overhead = (bytes_of(second) and 1) + (bytes_of(label) + 1 if label else 0)
    room = MAX_BYTES - overhead
    first_bytes, second_bytes = bytes_of(first), bytes_of(second)
    while first_bytes + second_bytes > room:
        if first_bytes > second_bytes:
            first_bytes -= 1
        else:
            second_bytes -= 1
    parts = [truncate(first, first_bytes)]
    if second:
        parts.append(truncate(second, second_bytes))
    if label:
        parts.append(label)
    return "_".join(parts)


def free_name(first: str, second: str, label: str, taken: Container[str]) -> str:
    """The first of `object_name(first, second, label)`, `…label1`, `…label2` that is not in `taken`."""
    name, number = object_name(first, second, label), 0
    while name in taken:
        number += 1
        name = object_name(first, second, f"{label}{number}")
    return name


def multirange_name(name: str) -> str:
    """What PostgreSQL calls the multirange of the range type `name` (`makeMultirangeTypeName`)."""
    if "range" in name:
        return truncate(name.replace("range", "multirange", 1))
    return truncate(name, MAX_BYTES - len("_multirange")) + "_multirange"


def column_part(columns: Iterable[str]) -> str:
    """The columns' part of an automatic name: joined by underscores, cut at 63 bytes (`ChooseIndexNameAddition`)."""
    joined = ""
    for column in columns:
        joined = f"{joined}_{column}" if joined else column
        if bytes_of(joined) >= MAX_BYTES:
            break
    return truncate(joined)
