"""What to write to end a drift, in the language of the source that drifts."""

from __future__ import annotations

from dataclasses import replace

from ..diff import Comparison
from ..findings import Finding, Fix
from . import sql
from .mend import Mend
from .script import mend_script

__all__ = ["mend_script", "mended"]


def mended(comparison: Comparison) -> tuple[Finding, ...]:
    """The findings of `comparison`, each with its mend."""
    return tuple(replace(finding, fix=_fix(comparison, finding)) for finding in comparison.findings)


def _fix(comparison: Comparison, finding: Finding) -> Fix | None:
    between = comparison.between
    expected, actual = between.subjects.get((finding.rule.code, finding.object), (None, None))
    if expected is None and actual is None:
        return None
    mend = Mend(between, finding, expected, actual)
    if between.other.kind == "sql":
        return sql.fix(mend)
    return None
