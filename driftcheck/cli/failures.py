"""How an error is shown: what, where, what the other program said, what to do."""

from __future__ import annotations

import os
import traceback

import click

from ..errors import DriftcheckError
from ..render.failure import labelled_lines
from .door import say


def show(error: DriftcheckError) -> None:
    """Prints `error` to standard error."""
    for label, text in labelled_lines(error):
        if label.isspace():
            say(label + text)
        else:
            say(text, label=label, color="red" if label.startswith("error") else None)


def show_usage(error: click.ClickException) -> None:
    """Prints what is wrong with the words of the command to standard error."""
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        error.show()
        return
    if isinstance(error, click.UsageError) and error.ctx is not None:
        say(" ".join(error.ctx.get_usage().split()))
        say(f"Try '{error.ctx.command_path} --help' for help.")
        say()
    # click lists choices below each other; a line's end in a word of the command would look the same.
    say("Error: " + " ".join(error.format_message().split()))


def show_bug(error: Exception) -> None:
    """Prints an error that is ours: a line by default, everything with DRIFTCHECK_DEBUG=1."""
    say(f"driftcheck itself failed: {type(error).__name__}: {error}", label="error: ", color="red")
    if os.environ.get("DRIFTCHECK_DEBUG"):
        for line in "".join(traceback.format_exception(error)).split("\n"):
            say(line)
    else:
        say("this is a bug; run again with DRIFTCHECK_DEBUG=1 and report what it prints", label="hint: ")
