"""The findings: causes, whole objects, then table by table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...findings import Report, Rule, Severity
from ..grouping import Cause, Grouping, Item
from .layout import Style, aligned, clean, columns_of, cut, fitted, paragraph, wrap
from .places import Places
from .words import following, named, number, qualified, shortened, values

_MARK = {Severity.ERROR: ("✗", "red"), Severity.WARNING: ("▲", "yellow"), Severity.NOTE: ("·", "cyan")}

#: How many tables of a cause are listed unless all are asked for.
_LISTED = 6
#: Fewer columns of a name than these say nothing; it then overruns the line.
_SHORTEST = 16
#: How many reasons of gaps are listed unless all are asked for.
_REASONS = 6
#: How many of a table's names are listed where no width limits them.
_NAMED = 8

Row = tuple[Item, ...]


class Body:
    """Sets the findings of one report in one style."""

    def __init__(self, report: Report, style: Style) -> None:
        self.report = report
        self.style = style
        self.places = Places(report, style)
        self.declared = {table.key: table.location for table in report.schema.tables}

    def blocks(self, grouping: Grouping) -> list[list[str]]:
        """Blocks of lines: one per cause, one for whole objects, one per table."""
        loose = [line for row in _rows(grouping.loose, self.style.verbose) for line in self._row(row)]
        tables = [self._table(schema, name, items) for (schema, name), items in grouping.tables.items()]
        return [self._remarks(grouping.itself), *map(self._cause, grouping.causes), loose, *tables]

    def _remarks(self, groups: Sequence[Row]) -> list[str]:
        """What the check says of itself: a few reasons, so that a hundred gaps of one cause do not bury the drift."""
        shown = groups
        if not self.style.verbose and len(groups) > _REASONS:
            shown = sorted(groups, key=lambda items: (-items[0].severity.rank, -len(items)))[:_REASONS]
        lines = [line for items in shown for line in self._itself(items)]
        if rest := len(groups) - len(shown):
            count = sum(map(len, groups)) - sum(map(len, shown))
            reasons = number(rest, "other reason")
            lines.append(self.style.paint(f"  … {count} more for {reasons} (-v lists all)", "dim"))
        return lines

    def _itself(self, items: Row) -> list[str]:
        """What the check has to say of itself: the reason once, with all that it concerns."""
        first = items[0].findings[0]
        head = f"{self._title(first.rule, first.severity)}  "
        if first.cause is None:
            place = self._actual(items)
            lines = paragraph(head, clean(first.message), self.style.width)
            return [*lines, f"    {place}"] if place else lines
        what = [clean(item.findings[0].actual.value or "") for item in items]
        lines = paragraph(head, clean(f"{first.source}: {first.cause}"), self.style.width)
        shown = what if self.style.verbose else what[:_NAMED]
        for item, text in zip(items, shown, strict=False):
            lines.append(aligned(f"    {shortened(text, self.style.width)}", self._actual([item]), self.style.width))
        if rest := len(what) - len(shown):
            lines.append(self.style.paint(f"    … {rest} more (-v lists all)", "dim"))
        return lines

    def _cause(self, cause: Cause) -> list[str]:
        counts = cause.counts()
        bold = self.style.paint
        if cause.expected is not None and cause.actual is not None:
            expected, actual = values([cause.expected, cause.actual])
            says = [f"{clean(self.report.truth)} {bold(expected, 'bold')}"]
            says += [f"{clean(name)} {bold(actual, 'bold')} ({n})" for name, n in counts.items()]
        else:
            where = "only in" if cause.extra else "not in"
            says = [bold(clean(cause.column), "bold")] if cause.column else []
            says += [phrase] if (phrase := following(cause.related)) else []
            says += [f"{where} {' · '.join(f'{clean(name)} ({n})' for name, n in counts.items())}"]
        head = f"{self._title(cause.rule, cause.severity)}  "
        lines = self._listed(head, 4, says, "")
        others = len(self.report.sources) - 1
        if cause.expected is not None and others > 1 and len(counts) == others:
            hint = "The others agree with each other: is the truth the stale one?"
            lines.append(self.style.paint(f"    {hint}", "dim"))
        tables = list(cause.tables().items())
        shown = tables if self.style.verbose or self.style.fixes else tables[:_LISTED]
        margin = max(len(qualified(*key)) for key, _ in shown) + 6
        for key, items in shown:
            lines += self._cause_row(qualified(*key), margin, items, self._names(cause, items))
            if self.style.fixes:
                lines += [line for item in items for line in self._fixes(item)]
        if rest := len(tables) - len(shown):
            lines.append(self.style.paint(f"    … {rest} more tables (-v lists all)", "dim"))
        return lines

    def _names(self, cause: Cause, items: Sequence[Item]) -> list[str]:
        """The items of one table; the sources alone, and only if they differ, where the cause has said the name."""
        if cause.column is None:
            return [self._sourced(item, items) for item in items]
        if len({tuple(item.actual) for item in cause.items}) == 1:
            return []
        return [self.style.paint(f"({', '.join(map(clean, item.actual))})", "dim") for item in items]

    def _cause_row(self, table: str, margin: int, items: Sequence[Item], names: list[str]) -> list[str]:
        head = f"    {table}".ljust(margin)
        if self.style.verbose:
            return self._listed(head, margin, names, self._actual(items))
        firsts = {source: side.location for item in reversed(items) for source, side in item.actual.items()}
        ordered = [firsts[name] for name in self._order(firsts)]
        if self.style.width is None:
            shown = names if len(names) <= _NAMED else [*names[:_NAMED], f"+{len(names) - _NAMED}"]
            return [aligned(head + "  ".join(shown), self.places.several(ordered), None)]
        for places in (self.places.several(ordered), self.places.one(ordered[0]), ""):
            room = self.style.width - margin - columns_of(places) - 2
            if columns_of(fitted(names, room)) <= room:
                break
        rest = columns_of(f"  +{len(names) - 1}") if len(names) > 1 else 0
        first = cut(names[0], room - rest) if room - rest > _SHORTEST else names[0]
        return [aligned(head + fitted([first, *names[1:]], room), places, self.style.width)]

    def _sourced(self, item: Item, items: Sequence[Item]) -> str:
        """The item's name, with its sources where the row's items differ in them."""
        name = named(item.object)
        if len({tuple(other.actual) for other in items}) == 1:
            return name
        return name if len(item.actual) > 1 else f"{name} {self.style.paint('(' + clean(*item.actual) + ')', 'dim')}"

    def _order(self, sources: Iterable[str]) -> list[str]:
        known = [source.name for source in self.report.sources]
        return sorted(sources, key=known.index)

    def _table(self, schema: str, name: str, items: Sequence[Item]) -> list[str]:
        truth = self.declared.get((schema, name))
        title = aligned(self.style.paint(qualified(schema, name), "bold"), self.places.one(truth), self.style.width)
        return [title, *(line for row in _rows(items, self.style.verbose) for line in self._row(row))]

    def _row(self, row: Row) -> list[str]:
        head = f"  {self._title(row[0].rule, row[0].severity)}  "
        places = self._actual(row, None if self.style.verbose else 3)
        lines = self._listed(head, min(columns_of(head), 30), self._phrases(row), places)
        if self.style.fixes:
            lines += [line for item in row for line in self._fixes(item)]
        return lines

    def _phrases(self, row: Row) -> list[str]:
        first, sources = row[0], ", ".join(clean(name) for name in row[0].actual)
        tail = [phrase] if (phrase := following(first.related)) else []
        names = [named(item.object) for item in row]
        if first.one_sided:
            where = "only in" if first.expected.value is None else "not in"
            return [*names, *tail, self.style.paint(f"{where} {sources}", "dim")]
        if len(row) > 1:
            return [*names, self.style.paint(f"in {sources}", "dim")]
        sides = {self.report.truth: first.expected, **first.actual}
        shown = values([side.value for side in sides.values()])
        says = [f"{clean(name)} {self.style.paint(one, 'bold')}" for name, one in zip(sides, shown, strict=True)]
        subject = [] if first.object.kind == "table" else [f"{names[0]}:"]
        return [*subject, *says, *tail]

    def _fixes(self, item: Item) -> list[str]:
        lines = []
        for finding in item.findings:
            if finding.fix is not None:
                text = finding.fix.text.rstrip().split("\n")
                lines.append(f"      {self.style.paint(f'{clean(finding.source)}:', 'dim')} {clean(text[0])}")
                lines += [f"        {clean(line)}" for line in text[1:]]
        return lines

    def _actual(self, items: Sequence[Item], limit: int | None = None) -> str:
        return self.places.several((side.location for item in items for side in item.actual.values()), limit)

    def _title(self, rule: Rule, severity: Severity) -> str:
        mark, color = _MARK[severity]
        paint = self.style.paint
        return f"{paint(mark, color)} {paint(rule.name, color)} {paint(rule.code, 'dim')}"

    def _listed(self, head: str, margin: int, pieces: Sequence[str], places: str) -> list[str]:
        lines = wrap(pieces, self.style.width, margin, columns_of(head))
        lines[0] = head + lines[0]
        if not places:
            return lines
        if self.style.width is None or columns_of(lines[-1]) + 2 + columns_of(places) <= self.style.width:
            return [*lines[:-1], aligned(lines[-1], places, self.style.width)]
        # Two columns stay free: `aligned` sets no place closer to the margin.
        placed = wrap(places.split(" · "), self.style.width - 2, 0)
        return [*lines, *(aligned("", line, self.style.width) for line in placed)]


def _rows(items: Iterable[Item], verbose: bool = False) -> list[Row]:
    """Items that are reported on one line: one rule, one set of sources, and nothing to say of each but its name.

    Notes are listed by name alone, whatever their values, unless all is asked for.
    """
    rows: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        by_name = item.one_sided or (item.severity is Severity.NOTE and not verbose)
        alone = () if by_name and not item.related else (id(item),)
        rows.setdefault((item.rule.code, tuple(item.actual), *alone), []).append(item)
    return sorted(map(tuple, rows.values()), key=lambda row: (-row[0].severity.rank, row[0].rule.code))


def quiet_names(grouping: Grouping, style: Style) -> tuple[Grouping, list[str]]:
    """`grouping` without notes on mere names, and a line that counts them; as it is where all is asked for."""
    if style.verbose:
        return grouping, []
    dropped: dict[str, int] = {}
    tables: dict[tuple[str, str], tuple[Item, ...]] = {}
    for key, items in grouping.tables.items():
        kept = []
        for item in items:
            if item.severity is Severity.NOTE and item.rule.name.endswith("-name"):
                dropped[item.object.kind] = dropped.get(item.object.kind, 0) + 1
            else:
                kept.append(item)
        if kept:
            tables[key] = tuple(kept)
    if not dropped:
        return grouping, []
    counts = ", ".join(number(count, kind) for kind, count in dropped.items())
    line = f"{style.paint('·', 'cyan')} only the name differs: {counts} (-v lists them)"
    return replace(grouping, tables=tables), [line]
