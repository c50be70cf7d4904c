"""The SQL fixes of a run as one script."""

from __future__ import annotations

from collections.abc import Iterable

from ..findings import Finding, Step
from .drift import Phase

_HEAD = """\
-- Brings a database built from {source} to what {truth} says. Written by driftcheck; read it before you run it.
-- Statements that would lose something stand behind "-- destructive:"; uncomment what you mean.
"""
_VIEWS = "-- Views that stand in the way are dropped and made anew, with the grants on them, but not their owners.\n"


def fix_script(findings: Iterable[Finding], *, truth: str, source: str, destructive: bool = False) -> str:
    """The statements that fix `findings` of the SQL source named `source`, in an order in which each finds what it
    needs. What loses data or protection is commented out unless `destructive`. Needs PostgreSQL 12 or later.
    """
    steps: dict[Step, None] = {}
    for finding in findings:
        if finding.source == source and finding.fix is not None and finding.fix.language == "sql":
            steps.update(dict.fromkeys(finding.fix.steps))
    ordered = sorted(steps, key=lambda step: step.when)
    before = [_text(step, destructive) for step in ordered if step.phase == Phase.LABELS]
    inside = [_text(step, destructive) for step in ordered if step.phase != Phase.LABELS]
    head = _HEAD.format(source=source, truth=truth) + (_VIEWS if any(s.phase == Phase.RESTORE for s in ordered) else "")
    return "\n".join([head, "SET check_function_bodies = false;", *before, "BEGIN;", *inside, "COMMIT;", ""])


def _text(step: Step, destructive: bool) -> str:
    if not step.destructive or destructive:
        return step.sql
    return "\n".join(f"-- destructive: {line}" for line in step.sql.splitlines())
