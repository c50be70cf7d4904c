"""What every source says on each fact that drifts somewhere: the values side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..findings import Finding, ObjectRef, Side
from ..model import KINDS, Table
from ..reading import Source

#: For one fact of one object: source → its word, the truth's first.
Sides = dict[str, Side]


def sides(findings: Iterable[Finding], sources: Sequence[Source]) -> dict[tuple[ObjectRef, str], Sides]:
    """For each (object, rule code) of `findings` what every one of `sources` (the truth first) says.

    A source without a finding on a fact agrees with the truth on it, if it has the table and its language can say such
    a thing at all; else it says nothing, and is left out. A finding of another rule on the fact is its word, too.
    """
    found = list(findings)
    words = {(one.object, one.fact or "", one.source): one.actual for one in found if one.fact}
    tables = {source.name: {table.key: table for table in source.schema.tables} for source in sources}
    result: dict[tuple[ObjectRef, str], Sides] = {}
    for finding in found:
        key = finding.object, finding.rule.code
        row = result.setdefault(
            key,
            {
                source.name: words.get((finding.object, finding.fact or "", source.name), finding.expected)
                for source in sources
                if _has(source, finding, tables)
            },
        )
        row[finding.source] = finding.actual
    return result


def _has(source: Source, finding: Finding, tables: Mapping[str, Mapping[tuple[str, str], Table]]) -> bool:
    ref = finding.object
    if not source.reading.capabilities.can(ref.kind, finding.fact):
        return False
    if ref.table is None:
        return True
    table = tables[source.name].get((ref.schema or "", ref.table))
    return table is not None and not _is_unknown(table, ref)


def _is_unknown(table: Table, ref: ObjectRef) -> bool:
    """Whether nobody knows what the table says of the object: of its parts not all are known, and this one is not."""
    place = KINDS.get(ref.kind, "").rpartition(".")[2]
    if place not in table.unknown:
        return False
    return place != "columns" or all(column.name != ref.name for column in table.columns)
