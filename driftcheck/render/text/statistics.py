"""`--statistics`: how many findings each rule has, the most frequent first."""

from __future__ import annotations

from collections import Counter

from ...findings import Report, Rule, Severity
from .layout import Style

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def statistics(report: Report, style: Style) -> list[str]:
    """A line for each rule, of each severity that its findings have: count, code, severity, name."""
    counts: Counter[tuple[Rule, Severity]] = Counter((one.rule, one.severity) for one in report.findings)
    wide = len(str(max(counts.values(), default=0)))
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], -entry[0][1].rank, entry[0][0].code))
    return [
        f"{count:>{wide}}  {rule.code}  {style.paint(f'{severity:<7}', _COLORS[severity])}  {rule.name}"
        for (rule, severity), count in ordered
    ]
