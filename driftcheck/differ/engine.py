"""From two sources to findings: pair what belongs together, then let every finder say what differs.

Nothing here knows a rule: a new one is a row in `rules/` and, where a field's difference is not all of it, a finder.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..dialects import dialect_named
from ..findings import Counts, Finding, NotCompared, ObjectRef
from ..frozen import dataclass
from ..model import Schema, Table
from ..reading import Source
from .between import Between, reference, unreadable
from .finders import FINDERS
from .matching import TableMatch, match
from .meaning import by
from .owned import owner
from .pairing import Pairing, pair
from .renames import find_renames
from .scope import Scope
from .without_inherited import without_inherited


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing one source with the truth came to: every finding, under its rule's default severity.

    `between` is what was laid side by side: which object of one is which of the other.
    """

    findings: tuple[Finding, ...]
    not_compared: tuple[NotCompared, ...]
    compared: Counts
    between: Between


def compare(truth: Source, other: Source, compare: Mapping[str, str] | None = None) -> Comparison:
    """`other` against `truth`, both normalized. `compare` maps words of `scope.WORDS` to auto, always or never."""
    scope = Scope(truth, other, compare or {})
    renames = find_renames(truth.schema, other.schema)
    expected, renaming = truth.schema, None
    if renames:
        # Few checks meet a rename; what translates expressions is not cheap to import.
        from .translation import translate

        expected, renaming = translate(truth.schema, other.schema, renames, dialect_named(truth.reading.dialect))
    tables = _tables(expected, other.schema)
    matches = tuple(match(mine, theirs, scope) for mine, theirs in tables.pairs)
    between = Between(truth, other, expected, other.schema, scope, renames, tables, matches, renaming)
    findings = without_inherited(between, (found for find in FINDERS for found in find(between)))
    not_compared = (*scope.not_compared(), *_bookkeeping(between))
    return Comparison(tuple(sorted(findings, key=_order)), not_compared, _counts(between), between)


def _tables(expected: Schema, actual: Schema) -> Pairing[Table]:
    found = pair(expected.tables, actual.tables, by("schema", "name"))
    missing = () if "tables" in actual.unknown else found.missing
    extra = () if "tables" in expected.unknown else found.extra
    return Pairing(
        found.pairs,
        tuple(table for table in missing if not unreadable(actual, reference("table", table))),
        tuple(table for table in extra if not unreadable(expected, reference("table", table))),
    )


def _bookkeeping(between: Between) -> list[NotCompared]:
    """Tables that tools keep for themselves, where only one side declares them."""
    return [
        NotCompared(f"table {table.name}", f"it belongs to {tool}", source.name, 1)
        for tables, source in ((between.tables.missing, between.truth), (between.tables.extra, between.other))
        for table in tables
        if (tool := owner(table)) is not None
    ]


def _order(finding: Finding) -> tuple[str, ...]:
    about = finding.object
    table = about.table if about.table is not None else about.name
    return about.schema, table, "" if about.table is None else "1", finding.rule.code, about.name, finding.fingerprint


def _counts(between: Between) -> Counts:
    """How much there was on both sides to compare: objects that were paired, by kind."""
    kinds = ("enums", "domains", "composites", "ranges", "sequences", "views", "functions", "triggers", "extensions")
    both = {name: _in_common(between, name) for name in (*kinds, "policies")}
    return Counts(
        tables=len(between.matches),
        columns=sum(len(found.columns.pairs) for found in between.matches),
        constraints=sum(_constraints(found) for found in between.matches),
        indexes=sum(len(found.indexes.pairs) for found in between.matches),
        enums=both.pop("enums"),
        policies=both.pop("policies"),
        other=sum(both.values()),
    )


def _constraints(found: TableMatch) -> int:
    keys = found.expected.primary_key is not None and found.actual.primary_key is not None
    pairings = (found.foreign_keys, found.uniques, found.exclusions, found.checks)
    return keys + len(found.as_index) + sum(len(pairing.pairs) for pairing in pairings)


#: The kind of object in each collection of a schema.
_KIND = {
    "enums": "enum", "domains": "domain", "composites": "composite", "ranges": "range", "sequences": "sequence",
    "views": "view", "functions": "function", "triggers": "trigger", "extensions": "extension", "policies": "policy",
}  # fmt: skip


def _in_common(between: Between, name: str) -> int:
    if not between.scope.kind(_KIND[name]):
        return 0

    def keys(side: Schema) -> set[ObjectRef]:
        return {reference(_KIND[name], one) for one in getattr(side, name)}

    return len(keys(between.expected) & keys(between.actual))
