"""Lines of a terminal: width, wrapping, colour. Knows nothing of findings."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ...frozen import dataclass
from ...plain import plain
from ...regex import lazy

_SGR = {"red": "31", "yellow": "33", "cyan": "36", "green": "32", "bold": "1", "dim": "2"}
_ESCAPES = lazy(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set. `width` None: no terminal, nothing wraps. `verbose` shows every object of every group.

    `fixes` adds what to write, `source` the lines of the files; `statistics` shows counts and nothing else, `quiet` one
    line. `again` are the words that make the same check again.
    `root` is the absolute path that locations are relative to; with it, places become hyperlinks (OSC 8).
    """

    width: int | None = None
    color: bool = False
    verbose: bool = False
    fixes: bool = False
    source: bool = False
    statistics: bool = False
    quiet: bool = False
    root: str | None = None
    again: str = ""

    def paint(self, text: str, *styles: str) -> str:
        """`text` in the terminal's own colours (which suit its theme), or as it is where there is no colour."""
        if not self.color or not text:
            return text
        return f"\x1b[{';'.join(_SGR[style] for style in styles)}m{text}\x1b[0m"


def clean(text: str) -> str:
    """`text` on one line, without what would move the cursor, hide or reorder words, and as long as it is."""
    return plain(text, None)


def columns_of(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    bare = _ESCAPES.sub("", text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in bare)


def wrap(
    pieces: Sequence[str], width: int | None, indent: int, first: int | None = None, separator: str = "  "
) -> list[str]:
    """`pieces` set one after the other, `separator` between, in lines of `width` columns indented by `indent`.

    The first line is taken to be indented already, by `first` columns. A piece is never cut.
    """
    lines, line, used = [], "", indent if first is None else first
    start = used
    for piece in pieces:
        size = columns_of(piece)
        if line and width is not None and used + len(separator) + size > width:
            lines.append(line)
            line, used, start = "", indent, indent
        gap = separator if used > start else ""
        line += gap + piece
        used += len(gap) + size
    lines.append(line)
    return lines[:1] + [" " * indent + line for line in lines[1:]]


def aligned(text: str, note: str, width: int | None) -> str:
    """`text`, and `note` at the end of the line; with two spaces between where no width is set."""
    if not note:
        return text
    if width is None:
        return f"{text}  {note}"
    gap = width - columns_of(text) - columns_of(note)
    return text + " " * max(gap, 2) + note


def cut(text: str, room: int) -> str:
    """`text` in at most `room` columns: one that is longer loses its end, and what it was painted with."""
    if columns_of(text) <= room:
        return text
    bare = _ESCAPES.sub("", text)
    while bare and columns_of(bare) > room - 1:
        bare = bare[:-1]
    return bare + "…"


def fitted(pieces: Sequence[str], room: int) -> str:
    """As many of `pieces` as fit `room` columns, two spaces between, and how many did not: `a  b  +3`."""
    shown: list[str] = []
    used = 0
    for number, piece in enumerate(pieces):
        rest = len(pieces) - number
        tail = 0 if rest == 1 else 2 + len(f"+{rest - 1}")
        size = columns_of(piece) + (2 if shown else 0)
        if shown and used + size + tail > room:
            return "  ".join([*shown, f"+{rest}"])
        shown.append(piece)
        used += size
    return "  ".join(shown)


def paragraph(head: str, text: str, width: int | None) -> list[str]:
    """`head`, then the words of `text`, both clean and perhaps painted; further lines are indented by four."""
    lines, line = [], head
    for word in text.split(" "):
        if width is not None and columns_of(line) + columns_of(word) > width and line.strip():
            lines.append(line.rstrip())
            line = "    "
        line += word + " "
    return [*lines, line.rstrip()]
