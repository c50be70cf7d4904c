"""What SQLAlchemy's metadata cannot say, so that its silence is no drift."""

from __future__ import annotations

from ...reading import Capabilities
from ...worker.answer import Description

_NEVER = frozenset(
    """
    role composite range
    table.row_security table.force_row_security table.of_type table.partition_of table.server table.server_options
    column.storage column.compression
    primary-key.without_overlaps unique.without_overlaps foreign-key.period
    foreign-key.enforced check.enforced check.no_inherit
    exclusion.include index.only
    """.split()
)
#: What an alembic_utils entity declares, by its class.
_ENTITIES = {
    "PGFunction": "function",
    "PGTrigger": "trigger",
    "PGPolicy": "policy",
    "PGView": "view",
    "PGMaterializedView": "view",
    "PGExtension": "extension",
}


def capabilities_elsewhere(document: Description) -> Capabilities:
    """The same for another engine than PostgreSQL, whose tables are known by their statements."""
    cannot = {"trigger", "function", *(() if document.views else ("view",))}
    return Capabilities("SQLAlchemy", frozenset(cannot))


def capabilities(document: Description) -> Capabilities:
    """What the SQLAlchemy of `document`'s project, with the add-ons in use there, can declare."""
    entities = {_ENTITIES.get(entity.kind) for entity in document.entities}
    cannot = set(_NEVER) | (set(_ENTITIES.values()) - entities)
    if document.views:
        cannot.discard("view")
    version = tuple(int(part) for part in str(document.sqlalchemy).split(".")[:3] if part.isdigit())
    if version < (2, 0):
        cannot |= {
            "domain",
            "unique.nulls_distinct",
            "index.nulls_distinct",
            "foreign-key.validated",
            "check.validated",
        }
    if version < (2, 0, 41):
        cannot.add("unique.include")
    if version < (2, 1):
        cannot |= {"primary-key.include", "table.options"}
    return Capabilities("SQLAlchemy", frozenset(cannot))
