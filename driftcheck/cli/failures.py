"""How an error is shown: what, where, what the other program said, what to do."""

from __future__ import annotations

import errno
import os
import traceback

import click

from ..errors import DriftcheckError, SourceError
from ..render.failure import labelled_lines
from .door import say


def show(error: DriftcheckError) -> None:
    """Prints `error` to standard error."""
    for label, text in labelled_lines(error):
        say(text, label=label, color="red" if label.startswith("error") else None)


def explained(error: Exception) -> DriftcheckError:
    """What ended a command, as an error that says what to do: one of ours, click's, or a bug."""
    if isinstance(error, DriftcheckError):
        return error
    if isinstance(error, click.ClickException):
        from .usage import usage_error

        return usage_error(error)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        hint = "free some space and run again; the output is incomplete"
        return DriftcheckError("there is no space left to write to", hint=hint)
    hint = "this is a bug; run again with DRIFTCHECK_DEBUG=1 and report what it prints"
    debugging = bool(os.environ.get("DRIFTCHECK_DEBUG"))
    return SourceError(
        f"driftcheck itself failed: {type(error).__name__}: {error}",
        hint=None if debugging else hint,
        detail="".join(traceback.format_exception(error)) if debugging else None,
    )
