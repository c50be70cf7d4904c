"""What to write to end a drift, in the language of the source that drifts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..differ.engine import Comparison
from ..findings import Finding, Fix
from ..kinds import KINDS
from .spelling import Lines, no_lines

if TYPE_CHECKING:
    from .drift import Drift

__all__ = ["fixed"]


def fixed(comparison: Comparison, lines: Lines = no_lines) -> tuple[Finding, ...]:
    """The findings of `comparison`, each with its fix. `lines` gives those of a file, so that a fix fits into it."""
    if not comparison.findings:
        return ()
    from .drift import Drift
    from .respelling import respelled
    from .spelling import Spelling

    between = respelled(comparison.between)
    words = Spelling(between.expected, between.actual, lines)
    fixer = KINDS[between.other.kind].fix
    write = fixer.load() if fixer is not None else _nothing

    def fix(finding: Finding) -> Fix | None:
        expected, actual = between.subjects.get((finding.rule.code, finding.object), (None, None))
        nothing = expected is None and actual is None
        return None if nothing else write(Drift(between, finding, expected, actual, words))

    return tuple(replace(finding, fix=fix(finding)) for finding in comparison.findings)


def _nothing(_drift: Drift) -> Fix | None:
    return None
