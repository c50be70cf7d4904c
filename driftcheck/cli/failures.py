"""How an error is told: what, where, what the other program said, what to do."""

from __future__ import annotations

import os
import traceback

import click

from ..errors import DriftcheckError, SourceError


def show(error: DriftcheckError) -> None:
    """Prints `error` to standard error."""
    place = "" if error.path is None else error.path + (f":{error.line}" if error.line is not None else "") + ": "
    source = f" ({error.source})" if isinstance(error, SourceError) and error.source else ""
    click.echo(click.style(f"error{source}: ", fg="red", bold=True) + place + error.message, err=True)
    if isinstance(error, SourceError) and error.detail:
        for line in error.detail.rstrip().splitlines():
            click.echo(f"    {line}", err=True)
    if error.hint:
        click.echo(click.style("hint: ", bold=True) + error.hint, err=True)


def show_bug(error: Exception) -> None:
    """Prints an error that is ours: a line by default, everything with DRIFTCHECK_DEBUG=1."""
    click.echo(
        click.style("error: ", fg="red", bold=True) + f"driftcheck itself failed: {type(error).__name__}: {error}",
        err=True,
    )
    if os.environ.get("DRIFTCHECK_DEBUG"):
        click.echo("".join(traceback.format_exception(error)), err=True)
    else:
        click.echo("hint: this is a bug; run again with DRIFTCHECK_DEBUG=1 and report what it prints", err=True)
