"""Readings that were written down."""

from __future__ import annotations

from .kind import Lazy, SourceKind

SNAPSHOT = SourceKind(
    name="snapshot",
    example="snapshot:schema.json",
    location="what `driftcheck snapshot` wrote, for places where the models cannot be imported",
    suffixes=(".json",),
    offered=(".json",),
    read=Lazy("driftcheck.readers.snapshot:read"),
    # It is of SQLAlchemy models, where a fix has to be made.
    fix=Lazy("driftcheck.fixes.sqlalchemy:fix"),
)
