"""What is lost by ending a finding, in three words."""

from __future__ import annotations

from ..findings import Risk
from ..model import Column, Enum, Table
from .drift import Drift
from .sql.conversion import narrows

#: Rules whose extra object holds data itself, or takes the labels of some along.
_HOLDS_DATA = frozenset({"DR102", "DR202"})
#: What protects the rows of a table, and is gone where the truth does not have it.
_PROTECTS = frozenset({"DR702"})


def risk_of(drift: Drift) -> Risk:
    """Of ending `drift` in a description of the database, as much as in the database itself."""
    if drift.code in _HOLDS_DATA:
        return "loses data"
    if drift.expected is None or drift.code in _PROTECTS or _unforced(drift):
        return "drops an object"
    return "loses data" if _loses(drift) else "safe"


def _unforced(drift: Drift) -> bool:
    """Whether the owner of a table is no longer bound by its policies."""
    return drift.code == "DR703" and isinstance(drift.expected, Table) and not drift.expected.force_row_security


def _loses(drift: Drift) -> bool:
    """Whether values become shorter, coarser or others, or a label goes that rows may have."""
    wanted, now = drift.expected, drift.actual
    if drift.code == "DR603" and isinstance(wanted, Enum) and isinstance(now, Enum):
        return bool(set(now.values) - set(wanted.values))
    if not (isinstance(wanted, Column) and isinstance(now, Column)):
        return False
    if drift.code == "DR203":
        other = drift.between.dialect.narrows
        return (other.load() if other is not None else narrows)(now.type, wanted.type)
    return drift.code == "DR206" and wanted.generated is not None and now.generated is None
