"""The one door for all that the command line prints.

`say` is for messages: what they hold may come from anybody, and is made harmless here. `show` is for what was made
harmless where it was made: a report, which has escapes of its own in each format.
"""

from __future__ import annotations

import sys

import click

from ..plain import guarded, plain, without_passwords

_LONGEST = 10_000


def say(text: str = "", *, label: str = "", color: str | None = None) -> None:
    """Prints a line of a message to standard error; `label` before it in bold, and in `color` if given."""
    bold = click.style(plain(label, _LONGEST), fg=color, bold=True) if label else ""
    click.echo(guarded(bold + plain(without_passwords(text), _LONGEST)), err=True)


def show(text: str, *, color: bool | None = None) -> None:
    """Prints finished text to standard output as it is; without its colours where nobody sees them."""
    click.echo(text, nl=False, color=color)


def turn(text: str) -> None:
    """Writes `text` over the line at which the terminal of standard error stands; an empty one takes it away."""
    sys.stderr.write(f"\r{plain(text)}" if text else "\r\x1b[2K")
    sys.stderr.flush()
