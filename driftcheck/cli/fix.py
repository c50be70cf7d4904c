"""`driftcheck fix`: edits what drifts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ..errors import UsageError
from .door import say, show
from .options import (
    Comparison,
    comparison_options,
    sources_argument,
    words,
)


@click.command(
    short_help="Edit what drifts, so that it says what the truth says.",
    epilog="""\b
Examples:
  driftcheck fix --dry-run                 the patch, for git apply; nothing is written
  driftcheck fix                           all that loses nothing
  driftcheck fix --unsafe --only sql       also drops what the truth does not have, in one source
  driftcheck fix --select DR2 drizzle:src/db/schema.ts sql:db/schema.sql

\b
Exit status:
  0  nothing at or above --fail-on is left
  1  something is left, or --dry-run would change something
  2  the sources could not be compared; nothing was edited
""",
)
@sources_argument
@click.option("--dry-run", is_flag=True, help="Write nothing; print a patch that git apply takes.")
@click.option("--unsafe", is_flag=True, help="Also make edits that drop an object or lose data.")
@click.option("--only", multiple=True, metavar="SOURCE", help="Edit only this source, by its name; may repeat.")
@comparison_options
def fix(
    sources: tuple[str, ...],
    dry_run: bool,
    unsafe: bool,
    only: tuple[str, ...],
    comparison: Comparison,
) -> int:
    """Edit the drifting sources, so that they say what the truth says.

    The truth is never touched. Each edit touches only what its finding is about; then the sources are read anew, and
    an edit that did not end its finding is taken back. Without --unsafe nothing is lost.
    """
    from ..check.fixing import Wishes
    from ..check.fixing import fix as fixed
    from .fixed import lines

    if any(word.partition("=")[2] == "sql:-" or word == "sql:-" for word in sources):
        raise UsageError("standard input cannot be edited", hint="name the file: driftcheck fix … sql:db/schema.sql")
    request = comparison.request(sources, comparison.interpreter.kept())
    came_of_it = fixed(request, Wishes(unsafe=unsafe, dry_run=dry_run, only=words(only), watch=_watch))
    if dry_run:
        _show_patch(came_of_it.patch)
    for line in lines(came_of_it, dry_run=dry_run):
        say(line) if dry_run else show(f"{line}\n")
    return came_of_it.status


@contextmanager
def _watch() -> Iterator[None]:
    from ..check.watchdog import watched
    from .progress import progress

    with watched(), progress():
        yield


def _show_patch(patch: str) -> None:
    """As it is, for git: it holds what the files hold. On a terminal everything in it is made visible."""
    if sys.stdout.isatty():
        from ..plain import guarded, plain

        show(guarded(plain(patch, None, keep="\n\t")))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(patch.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()
