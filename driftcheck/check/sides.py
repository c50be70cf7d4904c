"""What every source says on each fact that drifts somewhere: the values side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..findings import Finding, ObjectRef, Side
from ..reading import Source

#: For one fact of one object: source → its word, the truth's first.
Sides = dict[str, Side]


def sides(findings: Iterable[Finding], sources: Sequence[Source]) -> dict[tuple[ObjectRef, str], Sides]:
    """For each (object, rule code) of `findings` what every one of `sources` (the truth first) says.

    A source without a finding on a fact agrees with the truth on it, if it has the table and its language can say such
    a thing at all; else it says nothing, and is left out.
    """
    tables = {source.name: {table.key for table in source.schema.tables} for source in sources}
    result: dict[tuple[ObjectRef, str], Sides] = {}
    for finding in findings:
        key = finding.object, finding.rule.code
        row = result.setdefault(
            key, {source.name: finding.expected for source in sources if _has(source, finding, tables)}
        )
        row[finding.source] = finding.actual
    return result


def _has(source: Source, finding: Finding, tables: dict[str, set[tuple[str, str]]]) -> bool:
    ref = finding.object
    if not source.reading.capabilities.can(ref.kind, finding.fact):
        return False
    return ref.table is None or (ref.schema, ref.table) in tables[source.name]
