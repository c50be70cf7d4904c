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
    from .drift import Drift, Drifting
    from .respelling import respelled
    from .spelling import Spelling

    between, findings = respelled(comparison)
    words = Spelling(between.expected, between.actual, lines)
    drifting = Drifting(findings)
    fixer = KINDS[between.other.kind].fix
    write = fixer.load() if fixer is not None else _nothing

    def fix(finding: Finding) -> Fix | None:
        nothing = finding.subjects == (None, None)
        return None if nothing else write(Drift(between, finding, words, drifting))

    return tuple(replace(one, fix=fix(two)) for one, two in zip(comparison.findings, findings, strict=True))


def _nothing(_drift: Drift) -> Fix | None:
    return None
