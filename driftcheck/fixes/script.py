"""The SQL fixes of a run as one script."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..findings import Finding, Step
from ..writers.sql.gate import SETTINGS, remark
from .sql.steps import Phase

_READ = """\
-- Statements that would lose something follow "-- destructive:"; uncomment those that you want.
"""
_VIEWS = "-- Views that are in the way are dropped and recreated with their grants, but not their owners.\n"
_LINE_END = re.compile(r"\r\n|\r|\n")


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
    brings = f"Brings a database built from {source} to what {truth} says."
    head = remark(f"{brings} Written by driftcheck; read it before you run it.")
    views = _VIEWS if any(step.phase == Phase.RESTORE for step in ordered) else ""
    settings = f"{SETTINGS}SET check_function_bodies = false;"
    return "\n".join([head, _READ + views, settings, *before, "BEGIN;", *inside, "COMMIT;", ""])


def _text(step: Step, destructive: bool) -> str:
    """Lines end where PostgreSQL and psql see them end; each keeps its own end."""
    if not step.destructive or destructive:
        return step.sql
    return "-- destructive: " + _LINE_END.sub(r"\g<0>-- destructive: ", step.sql)
