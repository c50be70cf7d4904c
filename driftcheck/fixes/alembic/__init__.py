"""A new revision behind the heads of a history: what ends a drift as `op.` calls, and what takes that back.

Where Alembic has no operation, the SQL of `fixes/sql` is executed as it is.
"""

from __future__ import annotations

from ...findings import Around, Edit
from ...writers.sql.absent import written
from ...writers.sql.gate import Refused
from ..drift import Drift
from ..edits import Editing, Edits, NotPlaced
from .operations import Operations, Unspoken
from .revision import NewRevision, Unknown, new_revision

#: What takes an operation back stands in the other order, and behind all of them.
_LAST = 1_000


def edit(editing: Editing) -> list[Edits | NotPlaced]:
    """An answer for each drift: its part of the new revision, or why there is none."""
    if not editing.drifts:
        return []
    try:
        target = new_revision(editing)
    except Unknown as error:
        return [NotPlaced(str(error)) for _ in editing.drifts]
    return [_answer(drift, target) for drift in editing.drifts]


def _answer(drift: Drift, target: NewRevision) -> Edits | NotPlaced:
    if any(thing is not None and not written(thing) for thing in (drift.expected, drift.actual)):
        return NotPlaced("not all of what the sources say of it could be read")
    try:
        operations = Operations.of(drift)
    except Unspoken as error:
        return NotPlaced(str(error))
    except Refused as error:
        return NotPlaced(f"what the truth says of it {error}")
    upgrade = Around(target.head, "\n", "\n")
    downgrade = Around('\n\ndef downgrade():\n    """Take back what an operation can take back."""\n', "\n", "\n")
    up = Edit(target.path, 0, 0, operations.up, upgrade, operations.phase)
    down = Edit(target.path, 0, 0, operations.down, downgrade, _LAST - operations.phase)
    return Edits((up, down))
