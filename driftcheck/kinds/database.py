"""Live databases."""

from __future__ import annotations

import re

from ..regex import lazy
from .kind import Lazy, SourceKind

_URL = lazy(r"(?:postgres(?:ql)?|sqlite)(?:\+\w+)?://", re.ASCII)


def _guess(location: str) -> str | None:
    """A URL of PostgreSQL's or SQLite's."""
    return location if _URL.match(location) else None


DATABASE = SourceKind(
    name="database",
    example="database:$DATABASE_URL",
    location="a `postgresql://` URL, `$VARIABLE` that holds one, `service=NAME` or other words of libpq "
    "(with the extra `driftcheck[database]`); or a SQLite file, `app.db` or `sqlite:///app.db`; read-only",
    guess=_guess,
    is_path=False,
    connect=Lazy("driftcheck.readers.database:start"),
    options=frozenset({"timeout"}),
    fix=Lazy("driftcheck.fixes.sql:fix"),
    secure=Lazy("driftcheck.fixes.sql:enabling"),
    snapshot="driftcheck.database.json",
    unedited="it is no file; `driftcheck diff --to-sql` writes the script for it",
    scripted=True,
    tells="address",
)
