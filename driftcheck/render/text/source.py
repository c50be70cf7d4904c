"""`--show-source`: the line of the file, with a caret under what is meant."""

from __future__ import annotations

from ...findings import Report
from ...model import Location
from .layout import Style, clean, columns_of, cut

_INDENT = "      "


def excerpt(report: Report, location: Location | None, style: Style) -> list[str]:
    """The line at `location` and a caret below it; nothing where the line is not known."""
    if location is None or not (text := report.excerpts.get((location.path, location.line), "")).strip():
        return []
    number = str(location.line)
    start = len(text) - len(text.lstrip())
    before = clean(text[start : max(location.column - 1, start)].expandtabs(1))
    shown = clean(text[start:].rstrip().expandtabs(1))
    edge = f"{_INDENT}{number} | "
    margin = f"{_INDENT}{' ' * len(number)} | "
    if style.width is not None:
        shown = cut(shown, max(style.width - columns_of(edge), 10))
    caret = [] if columns_of(before) >= columns_of(shown) else [margin + " " * columns_of(before) + "^"]
    return [style.paint(edge, "dim") + shown, *(style.paint(line, "dim") for line in caret)]
