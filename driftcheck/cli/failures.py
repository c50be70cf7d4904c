"""How an error is told: what, where, what the other program said, what to do."""

from __future__ import annotations

import os
import traceback

import click

from ..errors import DriftcheckError, SourceError
from ..render.plain import plain

#: An error is not a report: nothing of it is cut unless somebody means harm by its length.
_LONGEST = 10_000


def show(error: DriftcheckError) -> None:
    """Prints `error` to standard error. Names, paths and what other programs said cannot move the cursor."""
    place = "" if error.path is None else error.path + (f":{error.line}" if error.line is not None else "") + ": "
    source = f" ({_lines(error.source)})" if isinstance(error, SourceError) and error.source else ""
    _say(click.style(f"error{source}: ", fg="red", bold=True) + _lines(place + error.message))
    if isinstance(error, SourceError) and error.detail:
        for line in error.detail.rstrip().splitlines():
            _say("    " + plain(line.expandtabs(), _LONGEST))
    if error.hint:
        _say(click.style("hint: ", bold=True) + _lines(error.hint))


def show_usage(error: click.ClickException) -> None:
    """Prints what is wrong with the words of the command to standard error."""
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        error.show()
        return
    if isinstance(error, click.UsageError) and error.ctx is not None:
        _say(error.ctx.get_usage())
        _say(f"Try '{error.ctx.command_path} --help' for help.\n")
    _say("Error: " + _lines(error.format_message()))


def show_bug(error: Exception) -> None:
    """Prints an error that is ours: a line by default, everything with DRIFTCHECK_DEBUG=1."""
    words = _lines(f"driftcheck itself failed: {type(error).__name__}: {error}")
    _say(click.style("error: ", fg="red", bold=True) + words)
    if os.environ.get("DRIFTCHECK_DEBUG"):
        _say("".join(traceback.format_exception(error)))
    else:
        _say("hint: this is a bug; run again with DRIFTCHECK_DEBUG=1 and report what it prints")


def _lines(text: str) -> str:
    """`text` as it is said, line by line, with what a terminal would obey made visible."""
    return plain(text, _LONGEST, keep="\n")


def _say(text: str) -> None:
    click.echo(text, err=True)
