"""What to run in a database that the SQL source describes, so that it is as the truth says."""

from __future__ import annotations

from ...findings import Fix
from ...model import Table
from ..drift import CARRIED, Drift, Writer
from . import columns, keys, tables, types, views

WRITERS: dict[str, Writer] = {**tables.WRITERS, **columns.WRITERS, **keys.WRITERS, **types.WRITERS, **views.WRITERS}


def fix(drift: Drift) -> Fix | None:
    """The statements for one finding, in their order; None for a finding that no statement fixes."""
    write = WRITERS.get(drift.code)
    if write is None:
        return None
    steps = tuple(sorted(write(drift), key=lambda one: one.when))
    if not steps:
        return None
    text = "\n".join(one.sql for one in steps if one.phase not in CARRIED)
    return Fix("sql", text, any(one.destructive for one in steps), steps)


def enabling(table: Table) -> Fix:
    """The statement that enables row-level security on a table, which no truth has to demand."""
    step = tables.enable(table.key)
    return Fix("sql", step.sql, steps=(step,))
