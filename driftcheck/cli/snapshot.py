"""`driftcheck snapshot`: what running the project's Python gives, for places where it cannot be run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import DriftcheckError
from ..plain import without_passwords
from .door import say
from .options import Interpreter, config_option, interpreter_options, root_option, source_argument

if TYPE_CHECKING:
    from ..project import Project


@click.command(
    epilog="""\b
Examples:
  driftcheck snapshot                              the config's sqlalchemy and alembic sources
  driftcheck snapshot sqlalchemy:app.models:Base -o schema/models.json
"""
)
@source_argument
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there.")
@root_option
@config_option
@interpreter_options
def snapshot(
    source: str | None,
    output: Path | None,
    root: Path,
    config_path: Path | None,
    interpreter: Interpreter,
) -> None:
    """Write what SQLAlchemy models or Alembic migrations come to as JSON, to be committed.

    Where the project's packages are not installed (pre-commit, pull requests from forks) `diff --no-exec` reads it
    instead of running the project's Python. It holds hashes of the files it came from, so that a stale one is noticed.
    """
    if interpreter.no_exec:
        raise click.UsageError("a snapshot is made by running the project's Python, which --no-exec forbids")
    from ..check import Request, settled
    from ..check.plan import snapshot_sources
    from ..check.readings import read_one
    from ..check.snapshots import snapshot_text
    from ..check.watchdog import watched
    from ..kinds import KINDS
    from .files import write_text
    from .progress import progress

    words = () if source is None else (source,)
    request = settled(Request(root=root.resolve(), config_path=config_path, sources=words))
    kept = interpreter.kept()
    specs, project = snapshot_sources(request, *request.sources)
    if output is not None and len(specs) > 1:
        names = ", ".join(spec.name for spec in specs)
        raise click.UsageError(f"--output is for one source; name it: {names}")
    for spec in specs:
        with watched():
            with progress(f"reading {spec.name}"):
                read = read_one(project, spec, interpreter.choice(), kept)
            text = snapshot_text(read, project)
        target = output if output is not None else _target(project, spec.snapshot or KINDS[spec.kind].snapshot)
        write_text(target, text, "the snapshot")
        tables = len(read.schema.tables)
        noun = "table" if tables == 1 else "tables"
        say(f"wrote {target}: {tables} {noun} of {without_passwords(spec.location)}")


def _target(project: Project, name: str) -> Path:
    """Where the config says that the snapshot is: never outside, since the config may be a stranger's."""
    try:
        return project.to_write(name)
    except OSError as error:
        raise DriftcheckError(f"the snapshot cannot be written to {name}: {error.strerror}") from error
