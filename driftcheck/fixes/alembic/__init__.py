"""A new revision behind the heads of a history: what ends a drift as `op.` calls, and what takes that back.

Where Alembic has no operation, the SQL of `fixes/sql` is executed as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...findings import Around, Edit, Risk
from ...writers.sql.absent import written
from ...writers.sql.gate import Refused
from ..drift import Drift
from ..edits import Editing, Edits, NotPlaced
from ..risk import risk_of
from ..sql.risks import risks
from .operations import Part, Unspoken, parts
from .revision import NewRevision, Unknown, new_revision

_DOWNGRADE = Around('\n\ndef downgrade():\n    """Take back what an operation can take back."""\n', "\n", "\n")
#: Rules about a column that was added and waits for values.
_UNFILLED = frozenset({"DR204", "DR301"})

#: What takes an operation back stands in the other order, and behind all of them.
_LAST = 1_000
_HELD = "# destructive: "


def edit(editing: Editing) -> list[Edits | NotPlaced]:
    """An answer for each drift: its part of the new revision, or why there is none."""
    if not editing.drifts:
        return []
    found = [_parts(drift) for drift in editing.drifts]
    operations = [text for one in found if isinstance(one, list) for part in one for text in (*part.up, *part.down)]
    try:
        target = new_revision(editing, operations)
    except Unknown as error:
        return [NotPlaced(str(error)) for _ in editing.drifts]
    weighed = risks(editing.drifts, risk_of)
    return [
        one if isinstance(one, NotPlaced) else _answer(one, target, risk)
        for one, risk in zip(found, weighed, strict=True)
    ]


def _parts(drift: Drift) -> list[Part] | NotPlaced:
    if any(thing is not None and not written(thing) for thing in (drift.expected, drift.actual)):
        return NotPlaced("not all of what the sources say of it could be read")
    try:
        return list(parts(drift))
    except Unspoken as error:
        return NotPlaced(str(error))
    except Refused as error:
        return NotPlaced(f"what the truth says of it {error}")


def _answer(found: list[Part], target: NewRevision, risk: Risk | None) -> Edits:
    every = tuple(edit for part in found for edit in _edits(part, target, waits=False))
    if risk is None and not any(part.waits for part in found):
        return Edits(every)
    held = tuple(edit for part in found for edit in _edits(part, target, waits=risk is not None or part.waits))
    return Edits(every, risk, held, _UNFILLED if risk is None else frozenset())


def _edits(part: Part, target: NewRevision, *, waits: bool) -> Iterator[Edit]:
    mark, rank = _HELD if waits else "", part.phase * 10 + part.order
    if part.up:
        yield Edit(target.path, 0, 0, _indented(part.up, mark), Around(target.head, "\n", "\n"), rank)
    if part.down:
        yield Edit(target.path, 0, 0, _indented(part.down, mark), _DOWNGRADE, _LAST - rank)


def _indented(lines: Iterable[str], mark: str) -> str:
    return "\n".join(f"    {mark}{line}" for text in lines for line in text.splitlines())
