"""What a partition, or a table that INHERITS, has from its parent: reported where it is declared, and only there."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from ..findings import Finding
from ..model import Table
from .between import Between

#: What a child table takes over from its parent; a partition takes all the rest of these, too.
_INHERITED = frozenset({"column", "check"})
_PARTITIONED = _INHERITED | {"primary-key", "foreign-key", "unique", "exclusion", "index"}

Key = tuple[str, str]


def without_inherited(between: Between, findings: Iterable[Finding]) -> list[Finding]:
    """`findings` without those of a table that a table above it has as well."""
    found = list(findings)
    parents = {match.actual.key: list(_parents(match.expected, match.actual)) for match in between.matches}
    if not any(parents.values()):
        return found
    reported: dict[Key, set[Hashable]] = {}
    for one in found:
        about = one.object
        reported.setdefault((about.schema, about.table or ""), set()).add(_fact(one))
    return [one for one in found if not _is_repeated(one, parents, reported)]


def _parents(expected: Table, actual: Table) -> Iterator[tuple[Key, frozenset[str]]]:
    """The tables above it on both sides, and what they hand down."""
    partitions = expected.partition_of, actual.partition_of
    above = {(one.parent_schema, one.parent_table) for one in partitions if one is not None}
    if None not in partitions and len(above) == 1:
        yield above.pop(), _PARTITIONED
    for parent in set(expected.inherits) & set(actual.inherits):
        yield parent, _INHERITED


def _is_repeated(
    finding: Finding, parents: dict[Key, list[tuple[Key, frozenset[str]]]], reported: dict[Key, set[Hashable]]
) -> bool:
    about = finding.object
    waiting = [(about.schema, about.table or "")]
    while waiting:
        for parent, kinds in parents.get(waiting.pop(), ()):
            if about.kind in kinds:
                if _fact(finding) in reported.get(parent, ()):
                    return True
                waiting.append(parent)
    return False


def _fact(finding: Finding) -> Hashable:
    """What a finding says, but for the table: keys and indexes have another name in each."""
    about = finding.object
    values = (finding.expected.value, finding.actual.value)
    if about.kind == "column":
        return finding.rule.code, about.kind, about.name, values
    named = finding.rule.name.endswith("-name")
    return finding.rule.code, about.kind, about.columns, None if named else values
