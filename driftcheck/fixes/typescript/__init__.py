"""Edits of Drizzle schemas: of TypeScript, by its syntax tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ...model import Column, Table
from ...writers.sql.absent import absent, written
from ..drift import Drift
from ..edits import Edit, Editing, Edits, NotPlaced
from . import columns, declarations, extras, whole_columns
from .document import Unplaced
from .room import Room

_EDITS: dict[str, Callable[[Room, Drift], list[Edit]]] = {
    **columns.EDITS,
    **whole_columns.EDITS,
    **declarations.EDITS,
    **extras.EDITS,
}
_WHY_NOT = {
    "DR212": "members are not moved: what stands beside them would move along",
    "DR801": "a view of Drizzle's needs the types of its columns, which no query says",
}
#: By the rule, the table and the name of what is edited.
Answers = dict[tuple[str, tuple[str, str], str], "Edits | NotPlaced"]


def edit(editing: Editing) -> Sequence[Edits | NotPlaced]:
    """The edits of each drift; what several tables share is edited once, if all of them want the same."""
    if not editing.drifts:
        return []
    room = Room(editing)
    declarations.announce(room)
    found = [_one(room, drift) for drift in editing.drifts]
    by_code: Answers = {(drift.code, *_about(drift)): answer for drift, answer in zip(room.drifts, found, strict=True)}
    return [_agreed(room, drift, answer, by_code) for drift, answer in zip(room.drifts, found, strict=True)]


def _about(drift: Drift) -> tuple[tuple[str, str], str]:
    return drift.key, drift.actual.name if drift.actual is not None else ""


def _one(room: Room, drift: Drift) -> Edits | NotPlaced:
    write = _EDITS.get(drift.code)
    if write is None:
        return NotPlaced(_WHY_NOT.get(drift.code, "no edit of a Drizzle schema says it"))
    if drift.expected is not None and not written(drift.expected):
        return NotPlaced(f"the truth could not be read whole ({'; '.join(absent(drift.expected))})")
    try:
        edits = (declarations.exported(room, drift) if drift.actual is None else []) or write(room, drift)
    except Unplaced as error:
        return NotPlaced(error.reason)
    if not edits:
        return NotPlaced("what it says is not written where it is declared")
    return Edits(tuple(dict.fromkeys(edits)))


#: A stretch of a file, and the (table, object) pairs that are made by what is written there.
Shared = tuple[str, int, int, list[tuple[Table, Any]]]


def _agreed(room: Room, drift: Drift, answer: Edits | NotPlaced, answers: Answers) -> Edits | NotPlaced:
    """`answer`, unless it edits what another table has, too, and wants otherwise."""
    if isinstance(answer, NotPlaced) or drift.actual is None:
        return answer
    for path, start, end, sharers in _shared(room, drift):
        mine = _within(answer, path, start, end)
        for table, thing in sharers if mine else ():
            other = answers.get((drift.code, table.key, thing.name))
            if not isinstance(other, Edits):
                return NotPlaced(f"{table.name}.{thing.name} is written in the same place, and is right as it is")
            if _within(other, path, start, end) != mine:
                return NotPlaced(f"{table.name}.{thing.name} is written in the same place, and is to be another")
    return answer


def _within(edits: Edits, path: str, start: int, end: int) -> set[Edit]:
    return {one for one in edits.edits if one.path == path and one.start <= end and one.end >= start}


def _shared(room: Room, drift: Drift) -> Iterator[Shared]:
    """What is edited for `drift` and makes other objects, too: a spread column, a function that makes columns."""
    place = getattr(drift.actual, "location", None)
    if place is None:
        return
    document = room.document(place.path)
    alike = [
        (table, one) for table, one in room.at(place) if type(one) is type(drift.actual) and table.key != drift.key
    ]
    if alike:
        node = document.node_at(place, "pair", "call_expression", "shorthand_property_identifier")
        first = document.edit(node.start_byte, node.end_byte, "")
        yield place.path, first.start, first.end, alike
    if isinstance(drift.actual, Column):
        for chain in room.site(drift.actual).chains[1:]:
            others = [(table, one) for table, one in room.made_by(chain) if one is not drift.actual]
            last = chain.links[-1].call if chain.links else chain.head
            whole = chain.document.edit(chain.head.start_byte, last.end_byte, "")
            yield chain.document.path, whole.start, whole.end, others
