"""What to run in a database that the SQL source describes, so that it is as the truth says."""

from __future__ import annotations

from ...findings import Fix, Step
from ...model import Table
from ...writers.sql.gate import Refused
from ..drift import Drift
from . import columns, keys, tables, types, views
from .steps import CARRIED, Writer, said

WRITERS: dict[str, Writer] = {**tables.WRITERS, **columns.WRITERS, **keys.WRITERS, **types.WRITERS, **views.WRITERS}


def fix(drift: Drift) -> Fix | None:
    """The statements for one finding, in their order; None for a finding that no statement fixes."""
    write = WRITERS.get(drift.code)
    if write is None:
        return None
    steps = _steps(drift, write)
    if not steps:
        return None
    text = "\n".join(one.sql for one in steps if one.phase not in CARRIED)
    return Fix("sql", text, "drops an object" if any(one.destructive for one in steps) else "safe", steps)


def _steps(drift: Drift, write: Writer) -> tuple[Step, ...]:
    """A fix is made whole, or not at all: then a remark says so."""
    try:
        return tuple(sorted(write(drift), key=lambda one: one.when))
    except Refused as error:
        return (said(f"not fixed here: {drift.finding.rule.name} of {drift.finding.object}, which {error.why}"),)


def enabling(table: Table) -> Fix:
    """The statement that enables row-level security on a table, which no truth has to demand."""
    step = tables.enable(table.key)
    return Fix("sql", step.sql, steps=(step,))
