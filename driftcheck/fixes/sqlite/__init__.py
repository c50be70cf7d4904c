"""What to run in a SQLite database so that it is as the truth says: the ALTERs that there are, else a table built anew.

https://www.sqlite.org/lang_altertable.html
"""

from __future__ import annotations

from ...dialects.sqlite.text import Refused
from ...findings import Fix, Risk, Step
from ...writers.sql.absent import absent, written
from ..drift import Drift
from ..sql.steps import said
from . import objects, tables

#: What is no statement of SQLite's.
_WHY_NOT = {"DR211": "one side leaves the value to application code"}


def fix(drift: Drift, *, running: bool = True) -> Fix | None:
    """The statements for one finding, in their order; None for a finding that no statement fixes."""
    try:
        steps = tuple(_steps(drift, running))
    except Refused as error:
        steps = (said(f"not fixed here: {drift.finding.rule.name} of {drift.finding.object}: it {error.why}"),)
    if not steps:
        return None
    risk: Risk = "drops an object" if any(one.destructive for one in steps) else "safe"
    return Fix("sql", "\n".join(one.sql for one in steps), risk, steps)


def migration(drift: Drift) -> Fix | None:
    """The same as a migration has it, whose tool has its own transactions and settings."""
    return fix(drift, running=False)


def _steps(drift: Drift, running: bool) -> list[Step]:
    if drift.code in _WHY_NOT and drift.expected.default is None:
        return [said(_WHY_NOT[drift.code])]
    if drift.expected is not None and not written(drift.expected):
        return [said(one) for one in absent(drift.expected)]
    write = objects.WRITERS.get(drift.code)
    found = list(write(drift) if write is not None else tables.steps(drift, running=running))
    return sorted(found, key=lambda one: one.when)
