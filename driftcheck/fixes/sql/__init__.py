"""What to run in a database that the SQL source describes, so that it is as the truth says."""

from __future__ import annotations

from ...findings import Fix, Risk, Step
from ...model import Table
from ...writers.sql.gate import Refused
from ..drift import Drift
from . import columns, functions, keys, needs, tables, types, views
from .steps import CARRIED, Writer, said

_ROOMS = (tables, columns, keys, types, functions, views)
WRITERS: dict[str, Writer] = {code: write for room in _ROOMS for code, write in room.WRITERS.items()}

#: What a table OF a type has from there.
_OF_TYPES = frozenset({"DR201", "DR202", "DR203", "DR208", "DR210"})


def fix(drift: Drift) -> Fix | None:
    """The statements for one finding, in their order; None for a finding that no statement fixes."""
    write = WRITERS.get(drift.code)
    if write is None:
        return None
    steps = _steps(drift, write)
    if not steps:
        return None
    text = "\n".join(one.sql for one in steps if one.phase not in CARRIED)
    risk: Risk = "drops an object" if any(one.destructive for one in steps) else "safe"
    return Fix("sql", text, risk, steps, needs.settled(drift), needs.needed_by(drift))


def _steps(drift: Drift, write: Writer) -> tuple[Step, ...]:
    """A fix is made whole, or not at all: then a remark says so."""
    try:
        if drift.code in _OF_TYPES and drift.table.of_type is not None and drift.expected_table.of_type is not None:
            return (said(f"{drift.finding.object} comes and changes with the type {drift.table.of_type}"),)
        return tuple(sorted(write(drift), key=lambda one: one.when))
    except Refused as error:
        return (said(f"not fixed here: {drift.finding.rule.name} of {drift.finding.object}, which {error.why}"),)


def enabling(table: Table) -> Fix:
    """The statement that enables row-level security on a table, which no truth has to demand."""
    step = tables.enable(table.key)
    return Fix("sql", step.sql, steps=(step,))
