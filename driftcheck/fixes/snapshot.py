"""What to run in the database that a snapshot was taken of: the snapshot itself is never edited."""

from __future__ import annotations

from ..findings import Fix
from . import sql
from .drift import Drift


def fix(drift: Drift) -> Fix | None:
    """The statements for a database; None for models, which are edited where they can be read."""
    return sql.fix(drift) if drift.between.other.reading.database is not None else None
