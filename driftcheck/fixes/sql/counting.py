"""How a sequence counts, that of an identity column included: the options that have to change."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Identity, Sequence

#: The keyword of each option, the words that take it back, and the field of the model.
_OPTIONS = (
    ("START WITH", "START WITH 1", "start"),
    ("INCREMENT BY", "INCREMENT BY 1", "increment"),
    ("MINVALUE", "NO MINVALUE", "minimum"),
    ("MAXVALUE", "NO MAXVALUE", "maximum"),
    ("CACHE", "CACHE 1", "cache"),
)


def changed(wanted: Identity | Sequence, now: Identity | Sequence) -> Iterator[str]:
    """The options of `wanted` that `now` has otherwise, as ALTER SEQUENCE and ALTER COLUMN … SET say them."""
    for word, otherwise, field in _OPTIONS:
        value = getattr(wanted, field)
        if value != getattr(now, field):
            yield f"{word} {value}" if value is not None else otherwise
    if wanted.cycle != now.cycle:
        yield "CYCLE" if wanted.cycle else "NO CYCLE"
