"""The one door for all that the command line prints.

`say` is for messages: what they hold may come from anybody, and is made harmless here. `show` is for what was made
harmless where it was made: a report, which has escapes of its own in each format.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click

from ..plain import guarded, plain, without_passwords

_LONGEST = 10_000
#: Columns of a terminal that does not say how many it has, and the fewest in which words are set.
_WIDTH, _NARROWEST = 80, 20


def say(text: str = "", *, label: str = "", color: str | None = None) -> None:
    """Prints a line of a message to standard error; `label` before it in bold, and in `color` if given.

    What has a label, be it blanks, is running text: on a terminal it is set in lines of that width, and no word is cut.
    """
    bold = click.style(plain(label, _LONGEST), fg=color, bold=True) if label else ""
    shown = plain(without_passwords(text), _LONGEST)
    below = "  " if label.strip() else label + " " * (len(shown) - len(shown.lstrip()) + 2)
    lines = _filled(shown, len(label), below) if label else shown
    click.echo(guarded(bold + lines), err=True, color=shows_colors(sys.stderr))


def show(text: str, *, color: bool | None = None) -> None:
    """Prints finished text to standard output as it is; without its colours where nobody sees them.

    `color` says whether somebody does; without it the environment and the terminal say so.
    """
    click.echo(text, nl=False, color=shows_colors(sys.stdout) if color is None else color)


def _filled(text: str, margin: int, below: str) -> str:
    if not sys.stderr.isatty():
        return text
    import textwrap  # few commands say anything

    try:
        width = os.get_terminal_size(sys.stderr.fileno()).columns or _WIDTH
    except (OSError, ValueError):
        width = _WIDTH

    if margin + len(text) <= width:
        return text
    lines = textwrap.wrap(
        text, max(width, _NARROWEST), initial_indent=" " * margin, subsequent_indent=below,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    if margin and len(lines[0]) > width:  # a word that is longer than the line has one of its own
        lines[:1] = [" " * margin, below + lines[0].strip()]
    return "\n".join(lines)[margin:]


def shows_colors(stream: TextIO) -> bool:
    """Whether `stream` shows colours: NO_COLOR says (no-color.org), then FORCE_COLOR (force-color.org), then whether it
    is a terminal that has them.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def turn(text: str) -> None:
    """Writes `text` over the line at which the terminal of standard error stands; an empty one takes it away."""
    sys.stderr.write(f"\r{plain(text)}" if text else "\r\x1b[2K")
    sys.stderr.flush()
