"""Rules about columns."""

from __future__ import annotations

from .family import ERROR, NOTE, OFF, WARNING, exempt, fields, rows

RULES = rows(
    ("DR201", "column-missing", ERROR, "The truth declares a column that this source does not have."),
    ("DR202", "column-extra", ERROR, "This source has a column that the truth does not declare."),
    ("DR203", "column-type", ERROR, "The type of a column differs."),
    ("DR204", "column-nullability", ERROR, "A column is NOT NULL on one side only."),
    ("DR205", "column-default", WARNING, "The database's default of a column differs."),
    ("DR206", "column-generated", ERROR, "A column is computed by different expressions, or on one side only."),
    ("DR207", "column-identity", WARNING, "The identity of a column differs, or is serial on the other side."),
    ("DR208", "column-collation", WARNING, "The collation of a column differs."),
    ("DR209", "column-comment", NOTE, "The comment on a column differs."),
    ("DR210", "column-renamed", ERROR, "A missing and an extra column of one table agree in all but their name."),
    (
        "DR211",
        "column-default-app-only",
        NOTE,
        "One side's default is in the database, the other's in application code.",
    ),
    ("DR212", "column-order", OFF, "The columns that both sides have are in a different order."),
    ("DR213", "column-storage", NOTE, "The storage or compression of a column differs."),
    ("DR214", "column-text-type", WARNING, "A column is text on one side, varchar without a length on the other."),
    ("DR215", "column-declared-type", NOTE, "SQLite: the declared types of a column differ, and have one affinity."),
)

FIELDS = {
    **exempt("column", "identity: columns are paired by it (DR201, DR202, DR210)", ("name",)),
    **exempt("column", "runs in application code on UPDATE; PostgreSQL has no counterpart", ("application_onupdate",)),
    **fields("column", "DR203", type=""),
    **fields("column", "DR204", nullable=""),
    **fields("column", "DR205", default="default"),
    **fields("column", "DR206", generated="generation expression"),
    **fields("column", "DR207", identity="identity"),
    **fields("column", "DR208", collation="collation"),
    **fields("column", "DR209", comment="comment"),
    **fields("column", "DR211", application_default="default"),
    **fields("column", "DR213", storage="storage", compression="compression"),
}
