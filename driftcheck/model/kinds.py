"""The words for what a schema holds: in findings (`object.kind`), capabilities, `compare` and gaps."""

from __future__ import annotations

#: kind → the field of Schema or Table that holds such objects ("" for facts that are not objects of their own).
KINDS: dict[str, str] = {
    "schema": "Schema.namespaces",
    "table": "Schema.tables",
    "column": "Table.columns",
    "primary-key": "Table.primary_key",
    "foreign-key": "Table.foreign_keys",
    "unique": "Table.uniques",
    "exclusion": "Table.exclusions",
    "check": "Table.checks",
    "index": "Table.indexes",
    "enum": "Schema.enums",
    "domain": "Schema.domains",
    "composite": "Schema.composites",
    "range": "Schema.ranges",
    "sequence": "Schema.sequences",
    "view": "Schema.views",
    "policy": "Schema.policies",
    "role": "Schema.roles",
    "function": "Schema.functions",
    "trigger": "Schema.triggers",
    "extension": "Schema.extensions",
}
