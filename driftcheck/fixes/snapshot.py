"""What to write where the source of a snapshot drifts: the snapshot itself is never edited."""

from __future__ import annotations

from ..findings import Fix
from . import sql, sqlalchemy
from .drift import Drift


def fix(drift: Drift) -> Fix | None:
    """The fix in the language of what the snapshot was taken of: statements for a database, else models."""
    of_database = drift.between.other.reading.database is not None
    return sql.fix(drift) if of_database else sqlalchemy.fix(drift)
