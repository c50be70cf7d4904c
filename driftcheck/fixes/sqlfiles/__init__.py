"""Edits of SQL: of the declarations in a schema file, by its tokens; for a folder of migrations a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ...findings import Edit
from ...sql.errors import SqlError
from ...writers.sql.absent import absent, written
from ...writers.sql.gate import Refused
from ..drift import Drift
from ..edits import Editing, Edits, NotPlaced
from ..risk import risk_of
from ..sql.risks import risks
from . import columns, keys, migrations, objects, renames
from .document import Unplaced
from .room import Room
from .targets import without_targets

_EDITS: dict[str, Callable[[Room, Drift], Iterator[Edit]]] = {
    **columns.EDITS,
    **keys.EDITS,
    **objects.EDITS,
    **renames.EDITS,
}
#: Rules whose edits write the name of no column.
_NAMELESS = frozenset({*renames.EDITS, "DR109", "DR203", "DR204", "DR205", "DR207", "DR208", "DR209", "DR211", "DR213"})
_WHY_NOT = {
    "DR212": "columns are not moved: what is said beside them would move along",
}


def edit(editing: Editing) -> Sequence[Edits | NotPlaced]:
    """The edits of each drift."""
    if not editing.drifts:
        return []
    between = editing.drifts[0].between
    folder = between.other.reading.folder
    if not folder and between.dialect.edit is not None:
        found: Sequence[Edits | NotPlaced] = between.dialect.edit.load()(editing)
        return found
    if folder:
        answers = without_targets(editing.drifts, migrations.answers(editing.drifts, folder, editing.files))
        lost = risks(editing.drifts, risk_of)
        return [
            replace(answer, risk=risk) if isinstance(answer, Edits) else answer
            for answer, risk in zip(answers, lost, strict=True)
        ]
    answers = _answers(Room(editing), editing.drifts)
    staying = [drift for drift, answer in zip(editing.drifts, answers, strict=True) if isinstance(answer, NotPlaced)]
    if staying:
        # The commas around what goes depend on what else does.
        answers = _answers(Room(editing, staying), editing.drifts)
    answers = without_targets(editing.drifts, answers)
    return [_behind(one, at, editing.drifts, answers) for at, one in enumerate(answers)]


def _answers(room: Room, drifts: Sequence[Drift]) -> list[Edits | NotPlaced]:
    return [_one(room, drift) for drift in drifts]


def _behind(
    answer: Edits | NotPlaced, at: int, drifts: Sequence[Drift], answers: Sequence[Edits | NotPlaced]
) -> Edits | NotPlaced:
    """What is renamed is renamed last: other edits write the names that are there."""
    if isinstance(answer, NotPlaced) or drifts[at].code not in renames.EDITS:
        return answer
    others = (one for one, other in zip(drifts, answers, strict=True) if isinstance(other, Edits))
    mine = drifts[at].key
    if any(one.key == mine and one.expected is not None and one.code not in _NAMELESS for one in others):
        return NotPlaced("it is renamed once the other edits of its table are made")
    return answer


def _one(room: Room, drift: Drift) -> Edits | NotPlaced:
    write = _EDITS.get(drift.code)
    if write is None:
        return NotPlaced(_WHY_NOT.get(drift.code, "no edit of its declaration is known"))
    if drift.expected is not None and not written(drift.expected):
        return NotPlaced(f"the truth could not be read whole ({'; '.join(absent(drift.expected))})")
    try:
        edits = tuple(dict.fromkeys(write(room, drift)))
    except Unplaced as error:
        return NotPlaced(error.reason)
    except Refused as error:
        return NotPlaced(f"the truth's {error.why}")
    except SqlError as error:
        return NotPlaced(f"its file is not understood here: {error}")
    if not edits:
        return NotPlaced("what it says is not written where it is declared")
    return Edits(edits)
