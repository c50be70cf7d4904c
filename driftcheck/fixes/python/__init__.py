"""Edits of SQLAlchemy models: each fact where it is written, by the places of Python's own syntax tree."""

from __future__ import annotations

from collections.abc import Sequence

from ...findings import Edit
from ...model import Column, Enum, Table
from ...model import Sequence as DatabaseSequence
from ...writers.sql.absent import written
from ...writers.sql.gate import Refused
from ..drift import Drift
from ..edits import Editing, Edits, NotPlaced, together
from .columns import column_edits
from .context import Context
from .elements import CALLS
from .enums import label_edits
from .keys import key_edits
from .objects import enum_edits, sequence_edits
from .tables import table_edits
from .types import Unplaced


def edit(editing: Editing) -> list[Edits | NotPlaced]:
    """An answer for each drift: the edits that end it, or why there are none."""
    if not editing.drifts:
        return []
    context = Context(editing)
    return [_answer(context, drift) for drift in editing.drifts]


#: What code for trees of another shape ends in. A way of writing models that nobody thought of must not end the check,
#: nor pass for one that is known to be no matter of edits.
_OURS = (AttributeError, LookupError, RecursionError, TypeError, ValueError)


def _answer(context: Context, drift: Drift) -> Edits | NotPlaced:
    try:
        edits = tuple(dict.fromkeys(_edits(context, drift)))
    except Unplaced as error:
        return NotPlaced(str(error))
    except Refused as error:
        return NotPlaced(f"what the truth says of it {error}")
    except _OURS as error:
        return NotPlaced(f"driftcheck failed at it ({type(error).__name__}): please report that")
    if together((one, (one,)) for one in edits)[1]:
        return NotPlaced("what has to change there stands too close together")
    return Edits(edits) if edits else NotPlaced("what its line says of it cannot be changed there")


#: What arguments of a table say for SQLite, which have no place of their own in a model.
_SQLITE = {
    "DR104": "sqlite_strict and sqlite_with_rowid in __table_args__ say it",
    "DR207": "sqlite_autoincrement in __table_args__ says it",
}


def _edits(context: Context, drift: Drift) -> Sequence[Edit]:
    thing = drift.expected if drift.expected is not None else drift.actual
    if drift.expected is not None and not written(drift.expected):
        raise Unplaced("not all of what the truth says of it could be read")
    if drift.code in _SQLITE and drift.between.dialect.name == "sqlite":
        raise Unplaced(_SQLITE[drift.code])
    if drift.code == "DR212":
        raise Unplaced("SQLAlchemy puts the columns of mixins and base classes in an order of its own")
    if isinstance(thing, Column) and drift.code not in ("DR201", "DR202"):
        return column_edits(context, drift)
    if isinstance(thing, (Column, Table)):
        return table_edits(context, drift)
    if isinstance(thing, tuple(CALLS)):
        return key_edits(context, drift)
    if isinstance(thing, Enum):
        if drift.code in ("DR603", "DR604"):
            return label_edits(context, drift)
        return enum_edits(context, drift, lambda other: _edits(context, other))
    if isinstance(thing, DatabaseSequence):
        return sequence_edits(context, drift)
    raise Unplaced("driftcheck does not edit that kind of object in models")
