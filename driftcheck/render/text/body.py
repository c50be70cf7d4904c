"""The findings: what the check could not see, then causes, whole objects and tables, the most severe first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ...findings import Fix, Report, Rule, Severity, Side
from ..grouping import Cause, Grouping, Item
from .causes import CauseRows
from .layout import Style, aligned, clean, columns_of, paragraph, wrap
from .places import Place, Places, actual_places
from .words import following, named, number, qualified, said, shortened, values

_MARK = {Severity.ERROR: ("✗", "red"), Severity.WARNING: ("▲", "yellow"), Severity.NOTE: ("·", "cyan")}
#: What was not understood, or left out, is no drift.
_UNSEEN = ("?", "yellow")

#: How many reasons of gaps are listed unless all are asked for.
_REASONS = 6
#: How many of a table's names are listed where no width limits them.
_NAMED = 8
#: How many places of a row are shown unless all are asked for.
_PLACES = 3

Row = tuple[Item, ...]


class Body:
    """Sets the findings of one report in one style."""

    def __init__(self, report: Report, style: Style) -> None:
        self.report = report
        self.style = style
        self.places = Places(report, style)
        self.declared = {table.key: table.location for table in report.schema.tables}
        names = [name for _, name in {*self.declared, *(finding.object.home for finding in report.findings)}]
        self._twice = frozenset(name for name, count in Counter(names).items() if count > 1)

    def unseen(self, grouping: Grouping) -> list[str]:
        """What was not understood or left out: it stands above all that was found."""
        return self._remarks([items for items in grouping.itself if items[0].rule.gap])

    def blocks(self, grouping: Grouping) -> list[list[str]]:
        """Blocks of lines, one per cause, one for whole objects, one per table; the worst finding first."""
        about_the_check = [items for items in grouping.itself if not items[0].rule.gap]
        loose = [line for row in _rows(grouping.loose, self.style.verbose) for line in self._row(row)]
        found = [(cause.severity, self._cause(cause)) for cause in grouping.causes]
        found += [(_worst(grouping.loose), loose)]
        found += [(_worst(items), self._table(*key, items)) for key, items in grouping.tables.items()]
        found += [(_worst(item for items in about_the_check for item in items), self._remarks(about_the_check))]
        return [lines for _, lines in sorted(found, key=lambda block: -block[0].rank)]

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
        head = f"{self.title(first.rule, first.severity)}  "
        if first.cause is None:
            lines = paragraph(head, clean(first.message), self.style.width)
            return [*lines, *(f"    {place.whole}" for place in self.actual(items))]
        what = [clean(item.findings[0].actual.value or "") for item in items]
        lines = paragraph(head, clean(f"{first.source}: {first.cause}"), self.style.width)
        shown = what if self.style.verbose else what[:_NAMED]
        for item, text in zip(items, shown, strict=False):
            lines += self.placed(f"    {shortened(text, self.style.width)}", self.actual([item]))
        if rest := len(what) - len(shown):
            lines.append(self.style.paint(f"    … {rest} more (-v lists all)", "dim"))
        return lines

    def _cause(self, cause: Cause) -> list[str]:
        counts = cause.counts()
        paint = self.style.paint
        if cause.expected is not None and cause.actual is not None:
            expected, actual = values([cause.expected, cause.actual])
            says = [f"{clean(self.report.truth)} {paint(expected, 'bold')}"]
            says += [f"{clean(name)} {paint(actual, 'bold')} ({n})" for name, n in counts.items()]
        else:
            where = "only in" if cause.extra else "not in"
            says = [paint(clean(cause.column), "bold")] if cause.column else []
            says += [phrase] if (phrase := following(cause.related)) else []
            says += [f"{where} {' · '.join(f'{clean(name)} ({n})' for name, n in counts.items())}"]
        lines = self.listed(f"{self.title(cause.rule, cause.severity)}  ", 4, says, ())
        others = len(self.report.sources) - 1
        if cause.expected is not None and others > 1 and len(counts) == others:
            hint = "The others agree with each other: is the truth the stale one?"
            lines.append(paint(f"    {hint}", "dim"))
        return [*lines, *self._remark(cause.items[0]), *CauseRows(self, cause).lines()]

    def _table(self, schema: str, name: str, items: Sequence[Item]) -> list[str]:
        place = self.places.several([self.declared.get((schema, name))])
        title = self.placed(self.style.paint(self.called(schema, name), "bold"), place)
        return [*title, *(line for row in _rows(items, self.style.verbose) for line in self._row(row))]

    def called(self, schema: str, name: str) -> str:
        """A table's name; with its schema also where that is `public` and another schema has a table of that name."""
        return qualified(schema, name, self._twice)

    def _row(self, row: Row) -> list[str]:
        head = f"  {self.title(row[0].rule, row[0].severity)}  "
        places = self.actual(row, None if self.style.verbose else _PLACES)
        lines = self.listed(head, min(columns_of(head), 30), self._phrases(row), places)
        for item in row:
            lines += [*self._remark(item), *self.excerpts(item), *self.fixes(item)]
        return lines

    def _remark(self, item: Item) -> list[str]:
        remark = item.findings[0].remark
        return [] if remark is None else paragraph("    ", clean(remark), self.style.width)

    def excerpts(self, item: Item) -> list[str]:
        """The lines of the files, if they are asked for."""
        if not self.style.source:
            return []
        from .source import excerpt  # few ask for it

        places = dict.fromkeys(side.location for side in item.actual.values())
        return [line for place in places for line in excerpt(self.report, place, self.style)]

    def fixes(self, item: Item) -> list[str]:
        """What to write, if it is asked for."""
        lines = []
        for finding in item.findings if self.style.fixes else ():
            if finding.fix is not None:
                first, *rest = self._fix(finding.fix)
                lines.append(f"      {self.style.paint(f'{clean(finding.source)}:', 'dim')} {first}")
                lines += [f"        {line}" for line in rest]
        return lines

    def _fix(self, fix: Fix) -> list[str]:
        """The text, or the lines that change below what is lost; and why `driftcheck fix` would not do it."""
        text = [clean(line.expandtabs(4)) for line in fix.text.rstrip().split("\n")]
        if fix.edits:
            return [self.style.paint(fix.risk, "dim"), *text]
        why = f"not edited: {clean(fix.unplaced)}"
        return [*text, self.style.paint(why, "dim")] if fix.unplaced not in ("", fix.text) else text

    def _phrases(self, row: Row) -> list[str]:
        first, sources = row[0], ", ".join(clean(name) for name in row[0].actual)
        tail = [phrase] if (phrase := following(first.related)) else []
        names = [self._named(item) for item in row]
        if first.one_sided:
            where = "only in" if first.expected.value is None else "not in"
            return [*names, *tail, self.style.paint(f"{where} {sources}", "dim")]
        if len(row) > 1:
            return [*names, self.style.paint(f"in {sources}", "dim")]
        sides = self._sides(first)
        shown = dict(zip(sides, values([side.value for side in sides.values()]), strict=True))
        says = said(shown, lambda text: self.style.paint(text, "bold"), flag=first.flag)
        subject = [] if first.object.kind == "table" else [f"{names[0]}:"]
        return [*subject, *says, *tail]

    def _named(self, item: Item) -> str:
        ref = item.object
        return self.called(ref.schema, ref.called) if ref.table is None else named(ref)

    def _sides(self, item: Item) -> dict[str, Side]:
        """What every source says of a fact, the truth first: those that agree with it, too."""
        known = self.report.values.get((item.findings[0].object, item.rule.code), {})
        sides = {self.report.truth: item.expected, **known, **item.actual}
        return {name: sides[name] for name in self.order(sides)}

    def order(self, names: Iterable[str]) -> list[str]:
        """Names of sources, in the order of the report."""
        known = [source.name for source in self.report.sources]
        return sorted(names, key=lambda name: (name != self.report.truth, known.index(name)))

    def actual(self, items: Iterable[Item], limit: int | None = None) -> list[Place]:
        """The places at which `items` drift."""
        return self.places.several(actual_places(items), limit)

    def title(self, rule: Rule, severity: Severity) -> str:
        mark, color = _UNSEEN if rule.gap and severity is not Severity.ERROR else _MARK[severity]
        paint = self.style.paint
        return f"{paint(mark, color)} {paint(rule.name, color)} {paint(rule.code, 'dim')}"

    def placed(self, text: str, places: Sequence[Place]) -> list[str]:
        """`text` with `places` at the end of its line, or on lines of their own where they do not fit beside it."""
        width = self.style.width
        whole, short = (" · ".join(texts) for texts in zip(*places, strict=True)) if places else ("", "")
        if not places or width is None or columns_of(text) + 2 + columns_of(whole) <= width:
            return [aligned(text, whole, width)]
        if columns_of(whole) + 2 > width >= columns_of(text) + 2 + columns_of(short):
            return [aligned(text, short, width)]
        # Two columns stay free: `aligned` sets no place closer to the margin.
        texts = [place.whole if columns_of(whole) + 2 <= width else place.short for place in places]
        return [text.rstrip(), *(aligned("", line, width) for line in wrap(texts, width - 2, 0, separator=" · "))]

    def listed(self, head: str, margin: int, pieces: Sequence[str], places: Sequence[Place]) -> list[str]:
        """`head`, `pieces` after it on as many lines as they take, and `places`."""
        lines = wrap(pieces, self.style.width, margin, columns_of(head))
        lines[0] = head + lines[0]
        return [*lines[:-1], *self.placed(lines[-1], places)]


def _worst(items: Iterable[Item]) -> Severity:
    return max((item.severity for item in items), key=lambda severity: severity.rank, default=Severity.OFF)


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
