"""Readings that were written down."""

from __future__ import annotations

from .kind import Lazy, SourceKind

SNAPSHOT = SourceKind(
    name="snapshot",
    example="snapshot:schema.json",
    location="what `driftcheck snapshot` wrote, for places where models cannot be imported and databases not reached",
    suffixes=(".json",),
    offered=(".json",),
    read=Lazy("driftcheck.readers.snapshot:read"),
    fix=Lazy("driftcheck.fixes.snapshot:fix"),
    unedited="fix what it was taken of, and write it anew: `driftcheck snapshot`",
)
