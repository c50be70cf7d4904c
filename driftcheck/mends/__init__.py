"""What to write to end a drift, in the language of the source that drifts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..differ.between import Between
from ..differ.engine import Comparison
from ..findings import Finding, Fix
from ..model import Table
from . import drizzle, sql, sqlalchemy
from .mend import Mend
from .respelling import respelled
from .script import mend_script
from .spelling import Lines, Spelling, no_lines

#: A snapshot is of SQLAlchemy models, where a mend would have to be made.
_LANGUAGES: dict[str, Callable[[Mend], Fix | None]] = {
    "drizzle": drizzle.fix,
    "sql": sql.fix,
    "sqlalchemy": sqlalchemy.fix,
    "snapshot": sqlalchemy.fix,
}

__all__ = ["enabling", "mend_script", "mended"]


def mended(comparison: Comparison, lines: Lines = no_lines) -> tuple[Finding, ...]:
    """The findings of `comparison`, each with its mend. `lines` gives those of a file, so that a mend fits into it."""
    between = respelled(comparison.between)
    words = Spelling(between.expected, between.actual, lines)
    return tuple(replace(finding, fix=_fix(between, finding, words)) for finding in comparison.findings)


def enabling(table: Table) -> Fix:
    """The SQL that enables row-level security on a table, which no truth has to say so."""
    step = sql.tables.enable(table.key)
    return Fix("sql", step.sql, steps=(step,))


def _fix(between: Between, finding: Finding, words: Spelling) -> Fix | None:
    expected, actual = between.subjects.get((finding.rule.code, finding.object), (None, None))
    if expected is None and actual is None:
        return None
    mend = Mend(between, finding, expected, actual, words)
    write = _LANGUAGES.get(between.other.kind)
    return write(mend) if write is not None else None
