"""The SQLite fixes of a run as one script, which is made whole or taken back whole."""

from __future__ import annotations

from collections.abc import Iterable

from ...findings import Finding
from ...writers.sql.gate import remark
from ..script import READ, held_back, text_of
from .rebuilding import GUARD, MADE_GUARD

_OFF = "PRAGMA foreign_keys = OFF;"
_BEGIN = f"BEGIN IMMEDIATE;\n{MADE_GUARD};"
_BROKEN = "(SELECT count(*) FROM pragma_foreign_key_check)"
#: As many rows lead nowhere as before, or all is taken back.
_COUNTED = f'CREATE TABLE "__driftcheck_broken" AS SELECT {_BROKEN} AS rows;'
_CHECKED = (
    f'INSERT OR ROLLBACK INTO {GUARD}\n    SELECT {_BROKEN} <= (SELECT rows FROM "__driftcheck_broken");\n'
    f'DROP TABLE "__driftcheck_broken";\nDROP TABLE {GUARD};\nCOMMIT;\nPRAGMA foreign_keys = ON;'
)


def fix_script(
    findings: Iterable[Finding], *, truth: str, source: str, destructive: bool = False, concurrently: bool = False
) -> str:
    """The statements that fix `findings` of the SQL source named `source`. What loses something is commented out
    unless `destructive`. Needs SQLite 3.35 or later. Nothing is built `concurrently`: SQLite has one writer.
    """
    fixes = [one.fix for one in findings if one.source == source and one.fix is not None and one.fix.language == "sql"]
    steps = held_back(fixes)
    texts = [
        text_of(step, steps[step] and not destructive) for step in sorted(steps, key=lambda step: (step.when, step.sql))
    ]
    brings = f"Brings a database built from {source} to what {truth} says."
    head = str(remark(f"{brings} Written by driftcheck; read it before you run it."))
    return "\n".join([head, READ.rstrip("\n"), "", _OFF, _BEGIN, _COUNTED, *texts, _CHECKED, ""])
