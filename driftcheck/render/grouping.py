"""What belongs together in a report that people read: one fact of all sources, one change of many objects.

Formats for people (text, markdown, HTML) show findings in these groups; formats for machines list them one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..findings import Finding, ObjectRef, Report, Rule, Severity, Side
from ..frozen import dataclass
from ..model import Location

#: The family of rules that are about the check, not about the database.
_ITSELF = "DR9"

#: The value of a side that has none.
NONE = "none"

#: From how many objects on the same change is reported once, with a list.
CAUSE_SIZE = 3

#: From how many objects on, in how many tables, what is missing or extra is reported by rule rather than by table.
MANY_OBJECTS, MANY_TABLES = 8, 3


@dataclass(frozen=True, slots=True)
class Item:
    """One fact of one object, with every source that drifts in it."""

    rule: Rule
    severity: Severity
    object: ObjectRef
    expected: Side
    actual: Mapping[str, Side]
    findings: tuple[Finding, ...]

    @property
    def table(self) -> tuple[str, str] | None:
        """The table it belongs to; None for what belongs to no table."""
        if self.object.kind == "table":
            return self.object.schema, self.object.name
        return None if self.object.table is None else (self.object.schema, self.object.table)

    @property
    def one_sided(self) -> bool:
        """Whether a whole object is missing or extra. A fact that one side has no value for is a change instead."""
        return self.findings[0].fact is None and (self.expected.value is None or self.values == (None,))

    @property
    def flag(self) -> bool:
        """Whether the fact is one that is there or is not, as `STRICT` is."""
        fact, subjects = self.findings[0].fact or "", self.findings[0].subjects
        return any(isinstance(getattr(subject, fact, None), bool) for subject in subjects)

    @property
    def related(self) -> tuple[ObjectRef, ...]:
        """What follows from it in any source, each once."""
        seen = {(ref.kind, str(ref)): ref for finding in self.findings for ref in finding.related}
        return tuple(seen.values())

    @property
    def values(self) -> tuple[str | None, ...]:
        """The different values of the sources that drift, in order of appearance."""
        return tuple(dict.fromkeys(side.value for side in self.actual.values()))


@dataclass(frozen=True, slots=True)
class Cause:
    """One change on several objects: one rule, one expected and one actual value.

    Both values are None where many objects of a kind are missing or extra: there the rule says what they share. Of a
    fact that one side lacks, that side's value is `none`.
    """

    rule: Rule
    severity: Severity
    items: tuple[Item, ...]
    expected: str | None = None
    actual: str | None = None

    @property
    def extra(self) -> bool:
        """Whether the truth has none of the objects."""
        return self.items[0].expected.value is None

    @property
    def column(self) -> str | None:
        """The name of the column that all the items are, each in its own table; None if they are anything else."""
        names = {item.object.name if item.object.kind == "column" else "" for item in self.items}
        return names.pop() or None if self.expected is None and len(names) == 1 else None

    @property
    def related(self) -> tuple[ObjectRef, ...]:
        """What follows from any of the items."""
        return tuple(ref for item in self.items for ref in item.related)

    def tables(self) -> dict[tuple[str, str], list[Item]]:
        """The items by (schema, table)."""
        tables: dict[tuple[str, str], list[Item]] = {}
        for item in self.items:
            tables.setdefault(item.table or (item.object.schema, item.object.name), []).append(item)
        return tables

    def counts(self) -> dict[str, int]:
        """source → on how many objects it has the actual value."""
        counts: dict[str, int] = {}
        for item in self.items:
            for source in item.actual:
                counts[source] = counts.get(source, 0) + 1
        return counts


@dataclass(frozen=True, slots=True)
class Grouping:
    """`causes`, then what is left by table, the one with the worst finding first.

    `loose` are items that belong to no single table's own block.

    Whole tables that are missing, extra or renamed are in `loose`, with enums, views, functions and the like.
    `itself` is about the check (gaps, stale ignores): groups of items that share one reason.
    """

    causes: tuple[Cause, ...]
    loose: tuple[Item, ...]
    tables: Mapping[tuple[str, str], tuple[Item, ...]]
    itself: tuple[tuple[Item, ...], ...] = ()


def group(report: Report) -> Grouping:
    """The findings of `report` in groups; every finding is in exactly one."""
    itself = [finding for finding in report.findings if finding.rule.code.startswith(_ITSELF)]
    causes, rest = _causes(merge(finding for finding in report.findings if not finding.rule.code.startswith(_ITSELF)))
    loose = tuple(item for item in rest if item.table is None or (item.object.kind == "table" and _whole(item)))
    tables: dict[tuple[str, str], list[Item]] = {}
    for item in rest:
        if item not in loose and item.table is not None:
            tables.setdefault(item.table, []).append(item)
    ordered = sorted(tables, key=lambda key: (-_worst(tables[key]).rank, key))
    return Grouping(causes, loose, {key: tuple(tables[key]) for key in ordered}, _by_reason(itself))


def _by_reason(findings: Iterable[Finding]) -> tuple[tuple[Item, ...], ...]:
    reasons: dict[tuple[str, str, str], list[Item]] = {}
    for finding in findings:
        key = finding.rule.code, finding.source, finding.cause or finding.message
        reasons.setdefault(key, []).append(_item([finding]))
    ordered = sorted(reasons.values(), key=lambda items: (-items[0].severity.rank, items[0].rule.code))
    return tuple(map(tuple, ordered))


def merge(findings: Iterable[Finding]) -> list[Item]:
    """One item per fact: findings of several sources about the same fact of the same object become one."""
    facts: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        bucket = facts.setdefault(_fact_key(finding), [])
        if any(other.source == finding.source for other in bucket):
            # Two facts of one source are two facts, however alike (two identical indexes).
            facts[(*_fact_key(finding), len(facts))] = [finding]
        else:
            bucket.append(finding)
    return [_item(bucket) for bucket in facts.values()]


def _fact_key(finding: Finding) -> tuple[object, ...]:
    ref = finding.object
    # Keys and indexes have other names in other sources; what they depend on tells them apart.
    identity = ref.columns or ref.called
    extra = finding.actual.value if finding.expected.value is None else None
    return finding.rule.code, ref.kind, ref.schema, ref.table, identity, finding.fact, finding.expected.value, extra


def _item(findings: list[Finding]) -> Item:
    first = findings[0]
    severity = max((finding.severity for finding in findings), key=lambda severity: severity.rank)
    actual = {finding.source: finding.actual for finding in findings}
    return Item(first.rule, severity, first.object, first.expected, actual, tuple(findings))


def _whole(item: Item) -> bool:
    """Whether `item` is about a table as a whole rather than one of its facts."""
    return item.one_sided or item.rule.name == "table-renamed"


def _causes(items: list[Item]) -> tuple[tuple[Cause, ...], list[Item]]:
    changes: dict[tuple[str, str | None, str | None], list[Item]] = {}
    one_sided: dict[str, list[Item]] = {}
    columns = _columns(items)
    alike = {id(item) for group in columns for item in group}
    for item in items:
        if item.one_sided:
            if item.table is not None and item.object.kind != "table" and not item.related and id(item) not in alike:
                one_sided.setdefault(item.rule.code, []).append(item)
        elif len(item.values) == 1:
            changes.setdefault((item.rule.code, item.expected.value, item.values[0]), []).append(item)
    causes = [
        Cause(group[0].rule, _worst(group), tuple(group), _said(expected), _said(actual))
        for (_, expected, actual), group in changes.items()
        if len(group) >= CAUSE_SIZE or _one_place(group)
    ]
    causes += [Cause(group[0].rule, _worst(group), tuple(group)) for group in columns]
    for group in one_sided.values():
        cause = Cause(group[0].rule, _worst(group), tuple(group))
        if len(group) >= MANY_OBJECTS and len(cause.tables()) >= MANY_TABLES:
            causes.append(cause)
    grouped = {id(item) for cause in causes for item in cause.items}
    causes.sort(key=lambda cause: (-cause.severity.rank, -len(cause.items), cause.rule.code))
    return tuple(causes), [item for item in items if id(item) not in grouped]


def _columns(items: list[Item]) -> list[list[Item]]:
    """Columns of one name that are missing, or extra, in many tables: `tenant_id`, `deleted_at`."""
    named: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        if item.one_sided and item.object.kind == "column":
            named.setdefault((item.rule.code, item.object.name), []).append(item)
    return [group for group in named.values() if len(group) >= CAUSE_SIZE or _one_place(group)]


def common_place(items: Iterable[Item], source: str) -> Location | None:
    """The one place at which `source` says the same for several tables, as the line of a mixin does."""
    own = [item for item in items if source in item.actual]
    # Of what a source lacks, the place is only where it would go.
    places = {item.actual[source].location for item in own if item.actual[source].value or item.findings[0].fact}
    return places.pop() if len({item.table for item in own}) > 1 and len(places) == 1 else None


def _one_place(items: Sequence[Item]) -> bool:
    """Whether several tables have it from one line in every source that drifts."""
    return all(common_place(items, source) for source in {source for item in items for source in item.actual})


def _said(value: str | None) -> str:
    return NONE if value is None else value


def _worst(items: Iterable[Item]) -> Severity:
    return max((item.severity for item in items), key=lambda severity: severity.rank)
