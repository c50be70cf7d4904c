"""Rules about tables as such."""

from __future__ import annotations

from .family import ERROR, NOTE, WARNING, exempt, fields, rows

RULES = rows(
    ("DR101", "table-missing", ERROR, "The truth declares a table that this source does not have."),
    ("DR102", "table-extra", WARNING, "This source has a table that the truth does not declare."),
    ("DR103", "table-renamed", ERROR, "A missing and an extra table have nearly all their columns in common."),
    ("DR104", "table-definition", WARNING, "Partitioning, inheritance, persistence or storage of a table differ."),
    ("DR109", "table-comment", NOTE, "The comment on a table differs."),
)

FIELDS = {
    **exempt("table", "identity: tables are paired by it (DR101, DR102, DR103)", ("schema", "name")),
    **exempt(
        "table",
        "holds objects of their own, each compared by its kind's fields",
        ("columns", "primary_key", "foreign_keys", "uniques", "exclusions", "checks", "indexes"),
    ),
    **fields(
        "table",
        "DR104",
        partition_by="partition key",
        partition_of="parent and bound",
        inherits="inheritance",
        of_type="row type",
        unlogged="persistence",
        options="storage parameters",
        tablespace="tablespace",
        server="foreign server",
        server_options="options",
    ),
    **fields("table", "DR109", comment="comment"),
    **fields("table", "DR701", row_security="row-level security"),
    **fields("table", "DR703", force_row_security="forced row-level security"),
}
