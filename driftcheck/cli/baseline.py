"""`driftcheck baseline`: accept what drifts today."""

from __future__ import annotations

from pathlib import Path

import click

from .door import say
from .options import Interpreter, config_option, interpreter_options, root_option, sources_argument, truth_option


@click.command(
    short_help="Accept today's findings, so that only new ones fail.",
    epilog="""\b
Examples:
  driftcheck baseline             accept today's findings; only new ones fail from now on
  driftcheck baseline --prune     drop what no longer occurs
""",
)
@sources_argument
@click.option("--prune", is_flag=True, help="Only drop entries that no longer occur; accept nothing new.")
@root_option
@config_option
@truth_option
@interpreter_options
def baseline(
    sources: tuple[str, ...],
    prune: bool,
    root: Path,
    config_path: Path | None,
    truth: str | None,
    interpreter: Interpreter,
) -> None:
    """Accept today's findings, so that only new ones fail.

    The baseline is a file to commit. It only shrinks: what no longer occurs is reported until --prune drops it.
    """
    from ..check import Request, settled, update_baseline
    from ..check.watchdog import watched
    from .progress import progress

    request = settled(
        Request(
            root=root.resolve(),
            config_path=config_path,
            sources=sources,
            truth=truth,
            interpreter=interpreter.choice(),
            kept=interpreter.kept(),
        )
    )
    with watched(), progress():
        update = update_baseline(request, prune=prune)
    verb = "kept" if prune else "accepted"
    noun = "finding" if update.kept == 1 else "findings"
    say(f"{update.path}: {verb} {update.kept} {noun}, dropped {update.dropped} that no longer occur")
    if update.unparsed:
        noun = "syntax error" if update.unparsed == 1 else "syntax errors"
        say(f"{update.unparsed} {noun} not accepted: a file that does not parse has to be corrected")
