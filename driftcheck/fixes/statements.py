"""The statements that end a finding in a database, by its engine."""

from __future__ import annotations

from ..findings import Fix
from ..kinds.kind import Lazy
from .drift import Drift

_USUAL = "driftcheck.fixes.sql:fix"


def fix(drift: Drift) -> Fix | None:
    """For a script that is run in the database."""
    dialect = drift.between.dialect
    found: Fix | None = (dialect.fix or Lazy(_USUAL)).load()(drift)
    return found


def migration(drift: Drift) -> Fix | None:
    """For the next migration of a folder."""
    dialect = drift.between.dialect
    found: Fix | None = (dialect.migration or dialect.fix or Lazy(_USUAL)).load()(drift)
    return found
