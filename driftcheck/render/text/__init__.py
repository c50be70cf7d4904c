"""The report for a person at a terminal.

Grouped by cause and by table, every source's word side by side, places that an editor opens on a click, and a last
line that says what was compared, what was not, and what to do next.
"""

from __future__ import annotations

from ...findings import Report
from ...plain import guarded
from ..grouping import group
from .body import Body, quiet_names
from .layout import Style
from .summary import cautions, failures, following, heading, remarks, verdict

__all__ = ["Style", "render"]


def render(report: Report, style: Style | None = None) -> str:
    """`report` as text, ending in a newline."""
    style = style or Style()
    if style.quiet:
        return guarded("\n".join(verdict(report, style)) + "\n")
    grouping, names = quiet_names(group(report), style)
    blocks = [
        failures(report, style),
        heading(report, style),
        cautions(report, style),
        *Body(report, style).blocks(grouping),
        names,
        remarks(report, style),
        [*following(report, style), *verdict(report, style)],
    ]
    return guarded("\n".join("\n".join(block) + "\n" for block in blocks if block))
