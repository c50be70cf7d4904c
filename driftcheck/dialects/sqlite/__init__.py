"""SQLite: its DDL replayed, its expressions compared by sqlglot's trees. https://www.sqlite.org/lang.html"""

from __future__ import annotations

import re

from ...kinds.kind import Lazy
from ...regex import lazy
from ..dialect import Dialect

SQLITE = Dialect(
    name="sqlite",
    title="SQLite",
    kinds=("drizzle", "sql", "sqlalchemy", "database", "snapshot"),
    kit=frozenset(
        {"sqlite", "turso", "better-sqlite", "better-sqlite3", "libsql", "d1", "d1-http", "expo", "durable-sqlite"}
    ),
    suffixes=frozenset({"sqlite", "sqlite3"}),
    core="sqlite-core",
    address=lazy(r"sqlite(?:\+\w+)?:|file:|.*\.(?:db|db3|s3db|sl3|sqlite|sqlite3)\Z", re.ASCII | re.IGNORECASE),
    speaks=lazy(
        r"\bAUTOINCREMENT\b|\bWITHOUT\s+ROWID\b|^\s*PRAGMA\b|\bunixepoch\s*\(|\bstrftime\s*\(|\bjulianday\s*\("
        r"|\)\s*STRICT\s*[;,]|\bCREATE\s+VIRTUAL\s+TABLE\b|\bsqlite_(?:sequence|master|schema|stat1)\b"
        r"|\bON\s+CONFLICT\s+(?:ROLLBACK|ABORT|FAIL|IGNORE|REPLACE)\b|\brandomblob\s*\("
        r"|`\w+`\s+(?:integer|text|blob|real|numeric)\b",
        re.IGNORECASE | re.MULTILINE | re.ASCII,
    ),
    replay=Lazy("driftcheck.dialects.sqlite.replay:Replay"),
    database=Lazy("driftcheck.dialects.sqlite.file:read_database"),
    normalize=Lazy("driftcheck.dialects.sqlite.normalize:normalize"),
    admit=Lazy("driftcheck.dialects.sqlite.admit:admit"),
    write=Lazy("driftcheck.dialects.sqlite.writer:write"),
    rename=Lazy("driftcheck.dialects.sqlite.renaming:between"),
    align=Lazy("driftcheck.dialects.sqlite.names:aligned"),
    softer_type=Lazy("driftcheck.dialects.sqlite.types:softer_type"),
    fix=Lazy("driftcheck.fixes.sqlite:fix"),
    migration=Lazy("driftcheck.fixes.sqlite:migration"),
    script=Lazy("driftcheck.fixes.sqlite.script:fix_script"),
    edit=Lazy("driftcheck.fixes.sqlfiles.sqlite:edit"),
    narrows=Lazy("driftcheck.dialects.sqlite.types:narrows"),
    results=Lazy("driftcheck.dialects.sqlite.views:columns_of_views"),
)
