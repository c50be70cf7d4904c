"""Sequences that columns count with."""

from __future__ import annotations

from dataclasses import replace

from ...model import Sequence
from ...writers.sql import types
from ...writers.sql.gate import sql, type_name
from ..drift import Drift
from .steps import Phase, Steps, each, full, needed, step


def made(drift: Drift, sequence: Sequence) -> Steps:
    """CREATE SEQUENCE, unless the drifting source has one of that name already, and to whom it belongs."""
    key = (sequence.schema, sequence.name)
    now = next((one for one in drift.between.actual.sequences if (one.schema, one.name) == key), None)
    if now is None:
        yield from each(Phase.CREATE_TYPES, types.create(replace(needed(sequence), owned_by=None)))
    elif now.type != sequence.type:
        yield step(Phase.ALTER, sql("ALTER SEQUENCE {} AS {}", full(now), type_name(sequence.type)))
    yield from each(Phase.ALTER, types.ownership(sequence))
