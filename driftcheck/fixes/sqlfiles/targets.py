"""What refers to a table that no file makes is not written: PostgreSQL would refuse it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model import ForeignKey, Table
from ..drift import Drift
from ..edits import Edits, NotPlaced


def without_targets(drifts: Sequence[Drift], answers: Sequence[Edits | NotPlaced]) -> list[Edits | NotPlaced]:
    """`answers` but for what refers to a table that is not there and that none of them makes."""
    found = list(answers)
    while True:
        made = {
            one.key
            for one, answer in zip(drifts, found, strict=True)
            if isinstance(one.expected, Table) and isinstance(answer, Edits)
        }
        lacking = [
            (at, target)
            for at, (drift, answer) in enumerate(zip(drifts, found, strict=True))
            if isinstance(answer, Edits) and (target := _lacking(drift, made)) is not None
        ]
        if not lacking:
            return found
        for at, (schema, name) in lacking:
            called = name if schema == "public" else f"{schema}.{name}"
            found[at] = NotPlaced(f"it refers to {called}, which is not there")


def _lacking(drift: Drift, made: set[tuple[str, str]]) -> tuple[str, str] | None:
    """A table that is referred to and that nobody makes; those of schemas without tables are others'."""
    there = drift.between.actual_tables
    targets = ((key.target_schema, key.target_table) for key in _keys(drift))
    lacking = (one for one in targets if one not in there and one not in made and one != drift.key)
    return next((one for one in lacking if any(schema == one[0] for schema, _ in there)), None)


def _keys(drift: Drift) -> Iterator[ForeignKey]:
    if isinstance(drift.expected, ForeignKey):
        yield drift.expected
    elif drift.code == "DR101" and isinstance(drift.expected, Table):
        yield from drift.expected.foreign_keys
    elif drift.code == "DR201":
        yield from (thing for _, thing in drift.following if isinstance(thing, ForeignKey))
