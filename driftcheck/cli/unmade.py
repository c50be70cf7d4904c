"""A check that could not be made, in the formats that were asked for: readers of any of them learn of it there."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import click

from ..errors import DriftcheckError
from ..findings import Failure, Report
from .door import show


def deliver(error: DriftcheckError) -> None:
    """Prints and writes the report of `error`, if the command is `diff`; text has had it on standard error.

    Words that click did not accept are read as far as they can be: `--fromat x --report sarif=r.sarif` has a report.
    """
    context = _asked(sys.argv[1:])
    if context is None:
        return
    from .output import rendered

    report = Report.unmade(Failure.of(error))
    root = _root(context)
    for name, path in context.params.get("reports") or ():
        # What cannot be written was perhaps the error; nobody is served by a second one.
        with contextlib.suppress(DriftcheckError):
            from .files import write_text

            write_text(path, rendered(report, name, root), "the report")
    format_ = context.params.get("format_") or "text"
    if format_ != "text":
        show(rendered(report, format_, root))


def _asked(words: list[str]) -> click.Context | None:
    """The words of `diff`, each that can be understood; None if another command is meant."""
    command = next((number for number, word in enumerate(words) if not word.startswith("-")), None)
    if command is None or words[command] != "diff":
        return None
    from .diff import diff

    return diff.make_context(
        "diff", words[command + 1 :], resilient_parsing=True, ignore_unknown_options=True, allow_extra_args=True
    )


def _root(context: click.Context) -> Path:
    """What the places of an error are relative to: the folder of the check, as far as one is known."""
    from ..check import Request, settled

    root = (context.params.get("root") or Path()).resolve()
    words = tuple(context.params.get("sources") or ())
    try:
        return settled(Request(root=root, config_path=context.params.get("config_path"), sources=words)).root
    except DriftcheckError:
        return root
