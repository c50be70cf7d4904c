"""The SQL fixes of a run as one script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..findings import Finding, Fix, Step
from ..writers.sql.gate import SETTINGS, remark
from .locks import warnings
from .sql.steps import Phase

READ = """\
-- Statements that would lose something, need one that does, or want a value of yours, follow "-- destructive:";
-- uncomment those that you want.
"""
_VIEWS = "-- Views that are in the way are dropped and recreated with their grants, but not their owners.\n"
_LINE_END = re.compile(r"\r\n|\r|\n")


def fix_script(
    findings: Iterable[Finding], *, truth: str, source: str, destructive: bool = False, concurrently: bool = False
) -> str:
    """The statements that fix `findings` of the SQL source named `source`, in an order in which each finds what it
    needs. What loses data or protection is commented out unless `destructive`. `concurrently` builds indexes of tables
    that are there behind the transaction, so that nobody waits for them. Needs PostgreSQL 12 or later.
    """
    fixes = [one.fix for one in findings if one.source == source and one.fix is not None and one.fix.language == "sql"]
    steps = held_back(fixes)
    ordered = sorted(steps, key=lambda step: step.when)
    before = [text_of(step, steps[step] and not destructive) for step in ordered if step.phase == Phase.LABELS]
    rest = [step for step in ordered if step.phase != Phase.LABELS]
    behind = _concurrent(rest) if concurrently else []
    inside = [text_of(step, steps[step] and not destructive) for step in rest if step not in behind]
    after = [text_of(replace(step, sql=step.concurrent), steps[step] and not destructive) for step in behind]
    brings = f"Brings a database built from {source} to what {truth} says."
    head = remark(f"{brings} Written by driftcheck; read it before you run it.")
    views = _VIEWS if any(step.phase == Phase.RESTORE for step in ordered) else ""
    settings = f"{SETTINGS}SET check_function_bodies = false;"
    said = (READ + views).rstrip("\n")
    waits = map(
        remark, warnings([*(one.sql for one in rest if one not in behind), *(one.concurrent for one in behind)])
    )
    return "\n".join([head, said, *waits, "", settings, *before, "BEGIN;", *inside, "COMMIT;", *after, ""])


def held_back(fixes: Sequence[Fix]) -> dict[Step, bool]:
    """All steps, each with whether it waits for somebody: because it loses something, or needs one that waits."""
    others, unsettled = list(fixes), set[tuple[str, ...]]()
    while True:
        waiting = [_loses(fix) or bool(fix.needs & unsettled) for fix in others]
        if not any(waiting):
            break
        unsettled |= {one for fix, waits in zip(others, waiting, strict=True) if waits for one in fix.settles}
        others = [fix for fix, waits in zip(others, waiting, strict=True) if not waits]
    made = {step for fix in others for step in fix.steps if not step.apart}
    return {step: step not in made for fix in fixes for step in fix.steps}


def _loses(fix: Fix) -> bool:
    return any(step.destructive and not step.apart for step in fix.steps)


def _concurrent(steps: Sequence[Step]) -> list[Step]:
    """The indexes that can be built behind the transaction: nothing in it needs them, or gets another name."""
    phases = {step.phase for step in steps}
    if phases & {Phase.RENAME, Phase.RENAME_TABLES}:
        return []
    keyed = Phase.FOREIGN_KEYS in phases
    return [one for one in steps if one.concurrent and not (keyed and one.concurrent.startswith("CREATE UNIQUE"))]


def text_of(step: Step, waits: bool) -> str:
    """Lines end where PostgreSQL and psql see them end; each keeps its own end."""
    if not waits:
        return step.sql
    return "-- destructive: " + _LINE_END.sub(r"\g<0>-- destructive: ", step.sql)
