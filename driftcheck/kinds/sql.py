"""SQL files and folders of migrations."""

from __future__ import annotations

from .kind import Lazy, SourceKind

SQL = SourceKind(
    name="sql",
    spoken="SQL",
    example="sql:db/schema.sql",
    location="a `.sql` file, a glob, or a folder of migrations; replayed as PostgreSQL would",
    suffixes=(".sql", ".ddl", ".psql"),
    offered=(".sql",),
    comments=Lazy("driftcheck.sql.comments:comments_in"),
    read=Lazy("driftcheck.readers.sql:read"),
    find=Lazy("driftcheck.discovery.sql:search"),
    fix=Lazy("driftcheck.fixes.sql:fix"),
    secure=Lazy("driftcheck.fixes.sql:enabling"),
    scripted=True,
)
