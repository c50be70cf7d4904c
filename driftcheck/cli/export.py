"""`driftcheck export`: one source's model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..plain import guarded_json
from . import completion
from .door import say, show
from .options import config_option, interpreter_options, root_option

if TYPE_CHECKING:
    from ..project import Project
    from ..reading import Reading, Source


@click.command(
    short_help="Print one source's schema, as PostgreSQL DDL or JSON.",
    epilog="""\b
Examples:
  driftcheck export drizzle:src/db/schema.ts --to sql
  driftcheck export sqlalchemy --to json -o models.json      (a source that the config names)
  driftcheck export drizzle --to validation | psql -v ON_ERROR_STOP=1 "$DATABASE_URL"
""",
)
@click.argument("source", metavar="[SOURCE]", required=False, shell_complete=completion.sources)
@click.option(
    "--to",
    "form",
    type=click.Choice(("sql", "json", "validation")),
    required=True,
    help="DDL that builds it, the model, or a psql script that says whether a database is like it.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="GROUPS",
    callback=lambda context, parameter, values: _groups(values) if values else (),
    help="What the validation script checks: tables, columns, defaults, primary-keys, uniques, foreign-keys, checks, "
    "indexes, enums, row-level-security, policies, triggers, functions; may repeat, or be a list with commas.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@root_option
@config_option
@interpreter_options
def export(
    source: str | None,
    form: str,
    only: tuple[str, ...],
    output: Path | None,
    root: Path,
    config_path: Path | None,
    python: str | None,
    timeout: float | None,
    wait: float,
    no_exec: bool,
    stub_missing: bool | None,
) -> None:
    """Print one source's schema: as DDL that really builds it, as JSON, or as a script that checks a database.

    SOURCE is KIND:LOCATION, or the name of a source in the config; not needed if the config has only one. What could
    not be understood is reported on standard error, so that nothing is left out silently.
    """
    from ..check import Request, settled
    from ..check.plan import source_named
    from ..check.readings import PythonChoice, read_one
    from .files import write_text
    from .progress import progress
    from .watchdog import watched

    words = () if source is None else (source,)
    request = settled(Request(root=root.resolve(), config_path=config_path, sources=words))
    spec, project = source_named(request, *request.sources)
    with watched():
        with progress(f"reading {spec.name}"):
            read = read_one(project, spec, PythonChoice(python, timeout, no_exec, stub_missing, wait))
        if only and form != "validation":
            raise click.UsageError("--only is for --to validation")
        text = _written(form, read if form == "json" else _own(read), project, only)
        printed = _visible(form, text) if output is None else ""
    _account(read.reading)
    if output is None:
        show(printed)
    else:
        write_text(output, text, "the export")


def _account(reading: Reading) -> None:
    """Says all that the text does not hold: what was not understood, left out, or has no room in the model."""
    for gap in reading.gaps:
        say(f"{gap.location}: not understood: {gap.what}: {gap.why}")
    for kind, count in sorted(reading.statements.unmodelled.items()):
        say(f"left out: {kind} ({count}): driftcheck does not hold them")
    for sentence in dict.fromkeys((*reading.cautions, *reading.notes)):
        if not sentence.startswith("using "):  # which Python it was is no part of what is left out
            say(f"note: {sentence}")
    for thing in reading.unexported:
        say(f"{thing.location}: left out: {thing.kind} {thing.schema}.{thing.name} is not exported")


def _own(source: Source) -> Source:
    """`source` without what a platform keeps in a database: there it is already where this is to be run."""
    from ..triage import without_kept

    found, left = without_kept(source)
    for one in left:
        say(f"left out: {one.kind} ({one.count}): {one.reason.partition(';')[0]}")
    return found


def _visible(form: str, text: str) -> str:
    """What is printed means what a file would mean, and shows all of it to whoever reads the log."""
    if form != "json":
        from ..sql.visible import visible

        return visible(text)
    return guarded_json(text)


def _groups(values: tuple[str, ...]) -> tuple[str, ...]:
    from ..writers.validation import GROUPS

    asked = tuple(word.strip() for value in values for word in value.split(",") if word.strip())
    for word in asked:
        if word not in GROUPS:
            raise click.BadParameter(f"'{word}' is none of {', '.join(GROUPS)}")
    return asked


def _written(form: str, source: Source, project: Project, only: tuple[str, ...]) -> str:
    if form == "validation":
        from ..writers import validation

        return validation.write(source.schema, source.name, only)
    if form == "sql":
        from ..writers import sql

        return sql.write(source.schema)
    from ..check.snapshots import snapshot_text

    return snapshot_text(source, project)
