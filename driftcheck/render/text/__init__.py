"""The report for a person at a terminal.

What could not be seen first, then what was found, the most severe first, grouped by cause and by table, every source's
word side by side, places that an editor opens on a click, and a last line that says what was compared.
"""

from __future__ import annotations

from dataclasses import replace

from ...findings import Report
from ...plain import guarded
from ..grouping import group
from .body import Body
from .layout import Style
from .notes import folded
from .summary import cautions, failures, following, heading, remarks, verdict

__all__ = ["Style", "render"]


def render(report: Report, style: Style | None = None) -> str:
    """`report` as text, ending in a newline."""
    style = style or Style()
    if not report.made:
        return guarded("\n".join(failures(report, style)) + "\n")
    if style.quiet:
        return guarded("\n".join(verdict(report, replace(style, width=None))) + "\n")
    if style.statistics:
        from .statistics import statistics

        blocks = [failures(report, style), statistics(report, style), verdict(report, style)]
        return guarded("\n".join("\n".join(block) + "\n" for block in blocks if block))
    grouping, notes = folded(group(report), report, style)
    body = Body(report, style)
    blocks = [
        failures(report, style),
        heading(report, style),
        cautions(report, style),
        body.unseen(grouping),
        *body.blocks(grouping),
        notes,
        remarks(report, style),
        [*following(report, style), *verdict(report, style)],
    ]
    return guarded("\n".join("\n".join(block) + "\n" for block in blocks if block))
