"""Rules about indexes."""

from __future__ import annotations

from .family import ERROR, NOTE, WARNING, exempt, fields, rows

RULES = rows(
    ("DR501", "index-missing", WARNING, "The truth declares an index that this source does not have."),
    ("DR502", "index-extra", WARNING, "This source has an index that the truth does not declare."),
    ("DR503", "index-columns", WARNING, "The keys of an index, their order, DESC, NULLS or collation differ."),
    ("DR504", "index-unique", ERROR, "An index is unique on one side only, or treats NULLs differently."),
    ("DR505", "index-method", WARNING, "The access method of an index differs."),
    ("DR506", "index-predicate", WARNING, "The WHERE of a partial index differs."),
    ("DR507", "index-include", WARNING, "The included columns of an index differ."),
    ("DR508", "index-opclass", WARNING, "The operator class of an index key differs."),
    ("DR509", "index-name", NOTE, "An index is the same but for its name."),
    ("DR510", "index-options", WARNING, "The storage parameters or tablespace of an index differ, or its ONLY."),
)

FIELDS = {
    **fields("index", "DR509", name="name"),
    **exempt("index", "compared key by key, each part of a key by its own rule", ("keys",)),
    **fields("index", "DR504", unique="uniqueness", nulls_distinct="NULLs"),
    **fields("index", "DR505", method="method"),
    **fields("index", "DR506", predicate="predicate"),
    **fields("index", "DR507", include="included columns"),
    **fields("index", "DR510", options="storage parameters", tablespace="tablespace", only="ONLY"),
    **fields(
        "index-key",
        "DR503",
        column="columns",
        expression="expressions",
        descending="order",
        nulls_first="NULLS",
        collation="collation",
    ),
    **fields("index-key", "DR508", opclass="operator class", opclass_options="operator class options"),
}
