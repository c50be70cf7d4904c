"""How much a source holds, for the report."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Counts, NotCompared, SourceSummary
from ..model import Schema
from ..reading import Source


def summary(source: Source) -> SourceSummary:
    """The source as the report introduces it."""
    reading = source.reading
    return SourceSummary(
        name=source.name,
        kind=source.kind,
        files=reading.files,
        objects=counts(reading.schema),
        read=reading.statements.read,
        irrelevant=reading.statements.irrelevant,
        gaps=reading.statements.gaps,
        notes=reading.notes,
        database=reading.database,
    )


def counts(schema: Schema) -> Counts:
    """How many objects of each kind `schema` holds."""
    tables = schema.tables
    constraints = sum(
        len(t.foreign_keys) + len(t.uniques) + len(t.exclusions) + len(t.checks) + (t.primary_key is not None)
        for t in tables
    )
    return Counts(
        tables=len(tables),
        columns=sum(len(table.columns) for table in tables),
        constraints=constraints,
        indexes=sum(len(table.indexes) for table in tables),
        enums=len(schema.enums),
        policies=len(schema.policies),
        other=len(schema.views) + len(schema.functions) + len(schema.triggers) + len(schema.sequences),
    )


def unmodelled(source: Source) -> Iterator[NotCompared]:
    """What shapes the database and cannot be held by the model: said, since it was not compared."""
    for kind, count in sorted(source.reading.statements.unmodelled.items()):
        yield NotCompared(kind, "driftcheck does not compare them", source.name, count)
