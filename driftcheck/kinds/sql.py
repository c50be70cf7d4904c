"""SQL files and folders of migrations."""

from __future__ import annotations

from .kind import Lazy, SourceKind

#: The location that means standard input; a file of that name is `./-`.
STDIN = "-"

SQL = SourceKind(
    name="sql",
    spoken="SQL",
    example="sql:db/schema.sql",
    location="a `.sql` file, a glob, a folder of migrations, or `-` for standard input; replayed as PostgreSQL would",
    suffixes=(".sql", ".ddl", ".psql", ".pgsql", ".sql.postgres", ".sql.postgresql", ".sql.sqlite", ".sql.mysql"),
    offered=(".sql",),
    comments=Lazy("driftcheck.sql.comments:comments_in"),
    read=Lazy("driftcheck.readers.sql:read"),
    find=Lazy("driftcheck.discovery.sql:search"),
    fix=Lazy("driftcheck.fixes.sql:fix"),
    edit=Lazy("driftcheck.fixes.sqlfiles:edit"),
    secure=Lazy("driftcheck.fixes.sql:enabling"),
    scripted=True,
    tells="sql",
)
