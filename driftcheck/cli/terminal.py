"""What the terminal at standard output can show."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..render.text import Style
from .door import shows_colors

#: Beyond this a line is harder to read, and places are too far from what they are the place of.
_WIDEST = 160

#: Values of TERM_PROGRAM, and beginnings of TERM, whose terminals show OSC 8 hyperlinks.
_LINKING_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "zed", "rio"})
_LINKING_TERMS = ("xterm-kitty", "alacritty", "foot", "xterm-ghostty", "wezterm", "contour")
#: VTE (GNOME Terminal, Tilix, …) shows them from 0.50 on, and 0.50.0 itself crashes on them.
_LINKING_VTE = 5001


def text_style(color: str, root: Path, **choices: Any) -> Style:
    """How to set text. `color` is auto, always or never, and the environment decides what auto means; `choices` are
    fields of Style.

    Places become hyperlinks into `root` where the terminal is known to show them; FORCE_HYPERLINK=1 and =0 decide.
    """
    terminal = sys.stdout.isatty()
    width = min(_columns(), _WIDEST) if terminal else None
    return Style(
        width=width,
        color=shows_colors(sys.stdout) if color == "auto" else color == "always",
        **choices,
        root=root.as_posix() if shows_links(os.environ, terminal=terminal) else None,
    )


def _columns() -> int:
    import shutil  # where nobody looks there is no width

    return shutil.get_terminal_size().columns


def shows_links(environment: Mapping[str, str], *, terminal: bool) -> bool:
    """Whether hyperlinks (OSC 8) can be written: only to a terminal that says it is one of those that show them.

    A terminal in between (tmux, screen, a CI's log) hides which one is behind it, and so counts as unknown.
    """
    if forced := environment.get("FORCE_HYPERLINK"):
        return forced != "0"
    if not terminal or any(environment.get(name) for name in ("CI", "TMUX", "STY")):
        return False
    term = environment.get("TERM", "")
    if term == "dumb" or term.startswith(("screen", "tmux")):
        return False
    vte = environment.get("VTE_VERSION", "")
    return (
        "WT_SESSION" in environment
        or environment.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or term.startswith(_LINKING_TERMS)
        or (vte.isascii() and vte.isdigit() and int(vte) >= _LINKING_VTE)
    )
