"""How a sequence counts, that of an identity column included: the options that have to change."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Identity, Sequence
from ...writers.sql.gate import SqlText, number, sql

#: The keyword of each option, the words that take it back, and the field of the model.
_OPTIONS = (
    (sql("START WITH"), sql("START WITH 1"), "start"),
    (sql("INCREMENT BY"), sql("INCREMENT BY 1"), "increment"),
    (sql("MINVALUE"), sql("NO MINVALUE"), "minimum"),
    (sql("MAXVALUE"), sql("NO MAXVALUE"), "maximum"),
    (sql("CACHE"), sql("CACHE 1"), "cache"),
)


def changed(wanted: Identity | Sequence, now: Identity | Sequence) -> Iterator[SqlText]:
    """The options of `wanted` that `now` has otherwise, as ALTER SEQUENCE and ALTER COLUMN … SET say them."""
    for word, otherwise, field in _OPTIONS:
        value = getattr(wanted, field)
        if value != getattr(now, field):
            yield sql("{} {}", word, number(value)) if value is not None else otherwise
    if wanted.cycle != now.cycle:
        yield sql("CYCLE" if wanted.cycle else "NO CYCLE")
