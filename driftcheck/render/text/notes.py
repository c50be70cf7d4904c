"""Notes on one line: they are read once, and are in the way of what has to be fixed ever after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ...findings import Report, Severity
from ..grouping import Grouping, Item
from .layout import Style, paragraph
from .words import number


def folded(grouping: Grouping, report: Report, style: Style) -> tuple[Grouping, list[str]]:
    """`grouping` without notes, and a line that counts them; as it is where all is asked for, or where notes fail."""
    if style.verbose or report.fail_on == "note":
        return grouping, []
    counts: Counter[str] = Counter()

    def kept(items: Iterable[Item]) -> tuple[Item, ...]:
        return tuple(item for item in items if not _note(item, counts))

    tables = {key: left for key, items in grouping.tables.items() if (left := kept(items))}
    rest = Grouping(
        causes=tuple(replace(cause, items=left) for cause in grouping.causes if (left := kept(cause.items))),
        loose=kept(grouping.loose),
        tables=tables,
        itself=tuple(left for items in grouping.itself if (left := kept(items))),
    )
    if not counts:
        return grouping, []
    said = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    head = f"{style.paint('·', 'cyan')} {number(counts.total(), 'note')}: "
    return rest, paragraph(head, f"{said} (-v lists them)", style.width)


def _note(item: Item, counts: Counter[str]) -> bool:
    if item.severity is not Severity.NOTE or item.rule.gap:
        return False
    counts[f"{item.rule.name} {item.rule.code}"] += len(item.findings)
    return True
