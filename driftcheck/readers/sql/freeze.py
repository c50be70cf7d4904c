"""The catalog at the end of the replay, as the model's Schema."""

from __future__ import annotations

from dataclasses import replace

from ...model import CompositeType, Domain, Enum, RangeType, Schema, Table
from ...model.naming import object_name
from .catalog import Catalog
from .entries import SequenceEntry, TableEntry, ViewEntry


def freeze(catalog: Catalog) -> Schema:
    """Everything but what is temporary."""
    relations = list(catalog.relations.values())
    types = list(catalog.types.values())
    tables = [entry for entry in relations if isinstance(entry, TableEntry) and not entry.temporary]
    return Schema(
        namespaces=tuple(catalog.namespaces.values()),
        tables=tuple(_table(entry) for entry in tables),
        enums=tuple(item for item in types if isinstance(item, Enum)),
        domains=tuple(item for item in types if isinstance(item, Domain)),
        composites=tuple(item for item in types if isinstance(item, CompositeType)),
        ranges=tuple(item for item in types if isinstance(item, RangeType)),
        sequences=tuple(
            entry.sequence
            for entry in relations
            if isinstance(entry, SequenceEntry) and not entry.of_identity and not entry.temporary
        ),
        views=tuple(entry.freeze() for entry in relations if isinstance(entry, ViewEntry) and not entry.temporary),
        policies=tuple(item for items in catalog.policies.values() for item in items.values()),
        roles=tuple(catalog.roles.values()),
        functions=tuple(catalog.functions.values()),
        triggers=tuple(item for items in catalog.triggers.values() for item in items.values()),
        extensions=tuple(catalog.extensions.values()),
        opaque=tuple(catalog.opaque.values()),
    )


def _table(entry: TableEntry) -> Table:
    """The table; an identity's sequence name that is PostgreSQL's own choice is nobody's wish, and left out."""
    table = entry.freeze()
    columns = tuple(
        replace(column, identity=replace(column.identity, sequence_name=None))
        if column.identity is not None and column.identity.sequence_name == object_name(table.name, column.name, "seq")
        else column
        for column in table.columns
    )
    return replace(table, columns=columns) if columns != table.columns else table
