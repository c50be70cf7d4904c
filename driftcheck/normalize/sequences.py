"""Sequence options: what PostgreSQL would take anyway is the same as nothing.

https://www.postgresql.org/docs/current/sql-createsequence.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from ..model import Identity, Sequence
from ..model.naming import object_name
from .types import canonical_type_text

_HIGHEST = {"smallint": 2**15 - 1, "integer": 2**31 - 1, "bigint": 2**63 - 1}
Counter = TypeVar("Counter", Identity, Sequence)


def canonical_sequence(sequence: Sequence) -> Sequence:
    type_ = canonical_type_text(sequence.type)
    return replace(_without_defaults(sequence, type_), type=type_)


def canonical_identity(identity: Identity, table: str, column: str, type_: str) -> Identity:
    """An identity column's sequence counts in the column's type and is called `table_column_seq` if nobody said."""
    if identity.type is not None:
        own = canonical_type_text(identity.type)
        identity = replace(identity, type=None if own == type_ else own)
    found = _without_defaults(identity, identity.type or type_)
    if found.sequence_name is not None:
        name = found.sequence_name.rsplit(".", 1)[-1].strip('"')
        found = replace(found, sequence_name=None if name == object_name(table, column, "seq") else name)
    return found


def _without_defaults(counter: Counter, type_: str) -> Counter:
    highest = _HIGHEST.get(type_, _HIGHEST["bigint"])
    rising = (counter.increment or 1) > 0
    minimum, maximum = (1, highest) if rising else (-highest - 1, -1)
    low = minimum if counter.minimum is None else counter.minimum
    high = maximum if counter.maximum is None else counter.maximum
    start = low if rising else high
    return replace(
        counter,
        start=None if counter.start == start else counter.start,
        increment=None if counter.increment == 1 else counter.increment,
        minimum=None if counter.minimum == minimum else counter.minimum,
        maximum=None if counter.maximum == maximum else counter.maximum,
        cache=None if counter.cache == 1 else counter.cache,
    )


def is_plain(sequence: Sequence) -> bool:
    """Whether no option of the canonical `sequence` differs from PostgreSQL's default."""
    options = (sequence.start, sequence.increment, sequence.minimum, sequence.maximum, sequence.cache)
    return not any(option is not None for option in options) and not sequence.cycle
