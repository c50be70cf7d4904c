"""The kinds of sources: one object each, and every package that treats kinds differently asks it.

A new kind is a reader, its object in a module here, and a line in KINDS.
"""

from __future__ import annotations

from .alembic import ALEMBIC
from .database import DATABASE
from .drizzle import DRIZZLE
from .kind import KindName, Lazy, SourceKind, Started
from .snapshot import SNAPSHOT
from .sql import SQL
from .sqlalchemy import SQLALCHEMY

__all__ = ["KINDS", "KindName", "Lazy", "SourceKind", "Started", "kind_of_file"]

#: By name, in the order in which sources are looked for: of those found the first is the truth.
KINDS: dict[str, SourceKind] = {kind.name: kind for kind in (DRIZZLE, SQL, SQLALCHEMY, ALEMBIC, DATABASE, SNAPSHOT)}


def kind_of_file(path: str) -> SourceKind | None:
    """The kind whose files end like `path`."""
    name = path.replace("\\", "/").rpartition("/")[2].lower()
    return next((kind for kind in KINDS.values() if name.endswith(kind.suffixes)), None)
