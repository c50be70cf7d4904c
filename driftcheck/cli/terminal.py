"""What the terminal at standard output can show."""

from __future__ import annotations

import os
import shutil
import sys

from ..render.text import Style

#: Beyond this a line is harder to read, and places stand too far from what they are the place of.
_WIDEST = 160


def text_style(color: str, *, verbose: bool, fixes: bool, quiet: bool) -> Style:
    """How to set text: `color` is auto, always or never; NO_COLOR and FORCE_COLOR decide what auto means."""
    terminal = sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, _WIDEST) if terminal else None
    return Style(width=width, color=_wants_color(color, terminal), verbose=verbose, fixes=fixes, quiet=quiet)


def _wants_color(color: str, terminal: bool) -> bool:
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"
