"""PostgreSQL, on driftcheck's own trees. The packages that the names lead to were there before any other engine was."""

from __future__ import annotations

import re

from ...kinds.kind import Lazy
from ...regex import lazy
from ..dialect import Dialect

POSTGRESQL = Dialect(
    name="postgresql",
    title="PostgreSQL",
    kit=frozenset({"postgresql", "pg", "pglite"}),
    suffixes=frozenset({"postgres", "postgresql", "pg", "psql", "pgsql"}),
    core="pg-core",
    address=lazy(r"(?:postgres(?:ql)?(?:\+\w+)?://|\w+\s*=)", re.ASCII),
    speaks=lazy(
        r"::\s*\w|\b(?:BIG|SMALL)?SERIAL\b|\bJSONB\b|\bTIMESTAMPTZ\b|\bWITH(?:OUT)?\s+TIME\s+ZONE\b|\$\$"
        r"|\bCREATE\s+(?:EXTENSION|TYPE|SCHEMA|POLICY)\b|\bgen_random_uuid\s*\(|\bnextval\s*\(|\bAS\s+IDENTITY\b"
        r"|\bUSING\s+(?:btree|gin|gist|hash|brin)\b|\bROW\s+LEVEL\s+SECURITY\b|\bBYTEA\b|\bpg_catalog\b",
        re.IGNORECASE | re.ASCII,
    ),
    normalize=Lazy("driftcheck.normalize:normalize"),
    admit=Lazy("driftcheck.writers.sql.refused:without_refused"),
    write=Lazy("driftcheck.writers.sql:write"),
    rename=Lazy("driftcheck.normalize.renaming:between"),
    softer_type=Lazy("driftcheck.normalize.expressions.type_families:softer_type"),
    results=Lazy("driftcheck.normalize.views:columns_of_views"),
    remark=Lazy("driftcheck.differ.frozen:remark"),
    validation=Lazy("driftcheck.writers.validation:write"),
)
