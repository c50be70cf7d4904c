"""What to write to end a drift, in the language of the source that drifts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ..differ.engine import Comparison
from ..findings import Finding, Fix
from ..model import Table
from .spelling import Lines, no_lines

if TYPE_CHECKING:
    from .drift import Drift

__all__ = ["enabling", "fixed"]


def fixed(comparison: Comparison, lines: Lines = no_lines) -> tuple[Finding, ...]:
    """The findings of `comparison`, each with its fix. `lines` gives those of a file, so that a fix fits into it."""
    if not comparison.findings:
        return ()
    from .drift import Drift
    from .respelling import respelled
    from .spelling import Spelling

    between = respelled(comparison.between)
    words = Spelling(between.expected, between.actual, lines)
    write = _writer(between.other.kind)

    def fix(finding: Finding) -> Fix | None:
        expected, actual = between.subjects.get((finding.rule.code, finding.object), (None, None))
        nothing = expected is None and actual is None
        return None if nothing else write(Drift(between, finding, expected, actual, words))

    return tuple(replace(finding, fix=fix(finding)) for finding in comparison.findings)


def _writer(kind: str) -> Callable[[Drift], Fix | None]:
    """What writes in the language of a source of `kind`; a run seldom needs more than one or two of them."""
    if kind == "drizzle":
        from .drizzle import fix
    elif kind == "sql":
        from .sql import fix
    else:  # A snapshot is of SQLAlchemy models, where a fix would have to be made.
        from .sqlalchemy import fix
    return fix


def enabling(table: Table) -> Fix:
    """The SQL that enables row-level security on a table, which no truth has to say so."""
    from .sql.tables import enable

    step = enable(table.key)
    return Fix("sql", step.sql, steps=(step,))
