"""`driftcheck export`: one source's model."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..frozen import dataclass
from ..plain import guarded, guarded_json, plain
from .door import say, show
from .options import Interpreter, config_option, interpreter_options, root_option, source_argument

if TYPE_CHECKING:
    from ..check import Request
    from ..check.documenting import Made
    from ..config import SourceSpec
    from ..documents.described import Described
    from ..project import Project
    from ..reading import Reading, Source

#: What is for people. `driftcheck.documents` has them, too; a test holds the two together, since help must load little.
FORMS = ("markdown", "mermaid", "dbml", "dot", "html")


@click.command(
    short_help="Print one source's schema: as PostgreSQL DDL, JSON, documents, diagrams.",
    epilog="""\b
Examples:
  driftcheck export drizzle:src/db/schema.ts --to sql
  driftcheck export sqlalchemy --to json -o models.json      (a source that the config names)
  driftcheck export drizzle --to validation | psql -v ON_ERROR_STOP=1 "$DATABASE_URL"
  driftcheck export drizzle --to markdown -o docs/SCHEMA.md           (and --check in CI)
  driftcheck export drizzle --to markdown -o docs/schema/             (a page for each table)
  driftcheck export --all --check                                     (all documents of the config)
""",
)
@source_argument
@click.option(
    "--to",
    "form",
    type=click.Choice(("sql", "json", "validation", *FORMS)),
    help="DDL that builds it, the model, a psql script that says whether a database is like it; a document on it, its "
    "diagram alone (mermaid, dbml, dot), or one page with a diagram to search (html).",
)
@click.option(
    "--only",
    multiple=True,
    metavar="GROUPS",
    callback=lambda context, parameter, values: _groups(values) if values else (),
    help="What the validation script checks: tables, columns, defaults, primary-keys, uniques, foreign-keys, checks, "
    "indexes, enums, row-level-security, policies, triggers, functions; may repeat, or be a list with commas.",
)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="Write to a file. For markdown also a folder (docs/schema/): a page for each table; or a page that people "
    "write, with regions between <!-- driftcheck:begin --> and <!-- driftcheck:end -->.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1, with a diff, if the file says something else.")
@click.option("--all", "every", is_flag=True, help="All documents of the config, which says where each goes.")
@click.option(
    "--descriptions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="TOML with words on tables and columns, for documents.",
)
@root_option
@config_option
@interpreter_options
def export(
    source: str | None,
    form: str | None,
    only: tuple[str, ...],
    output: str | None,
    check: bool,
    every: bool,
    descriptions: Path | None,
    root: Path,
    config_path: Path | None,
    interpreter: Interpreter,
) -> int:
    """Print one source's schema: as DDL that really builds it, as JSON, as a script that checks a database, or as a
    document for people.

    SOURCE is KIND:LOCATION, or the name of a source in the config; not needed if the config has only one. What could
    not be understood is reported on standard error, so that nothing is left out silently.
    """
    from ..check import Request, settled

    words = () if source is None else (source,)
    asked = Request(root=root.resolve(), config_path=config_path, sources=words, interpreter=interpreter.choice())
    request = settled(asked)
    if every:
        if source is not None or form is not None or output is not None or only or descriptions is not None:
            raise click.UsageError("--all takes sources, forms and paths from the config")
        return _all(request, check, interpreter)
    if form is None:
        raise click.UsageError(f"--to is missing: one of {', '.join(('sql', 'json', 'validation', *FORMS))}")
    if only and form != "validation":
        raise click.UsageError("--only is for --to validation")
    if descriptions is not None and form not in FORMS:
        raise click.UsageError(f"--descriptions is for --to {', '.join(FORMS)}")
    if check and output is None:
        raise click.UsageError("--check is for a file: name it with -o")
    return _one(request, _Wanted(form, output, only, descriptions), check, interpreter)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be made, and where: a path, a folder if it ends in a slash, or None for standard output."""

    form: str
    output: str | None
    only: tuple[str, ...] = ()
    descriptions: Path | None = None

    @property
    def in_folder(self) -> bool:
        return self.output is not None and (self.output.endswith(("/", os.sep)) or Path(self.output).is_dir())


def _one(request: Request, wanted: _Wanted, check: bool, interpreter: Interpreter) -> int:
    from ..check.plan import source_named
    from ..check.watchdog import watched

    spec, project = source_named(request, *request.sources)
    read = _read(project, spec, request, interpreter)
    if wanted.output is None:
        with watched():
            printed = _printed(wanted, read, project)
        _account(read.reading)
        show(printed)
        return 0
    made = _made(wanted, read, project)
    _account(read.reading)
    return _delivered(made, project, check)


def _all(request: Request, check: bool, interpreter: Interpreter) -> int:
    """Every document of the config; each source is read once."""
    from ..check.plan import documents_of

    wanted, project = documents_of(request)
    read: dict[str, Source] = {}
    made: list[Made] = []
    for document, spec in wanted:
        if spec.name not in read:
            read[spec.name] = _read(project, spec, request, interpreter)
            _account(read[spec.name].reading)
        described = None if document.descriptions is None else _inside(project, document.descriptions)
        path = str(_inside(project, document.path)) + ("/" if document.path.endswith("/") else "")
        made += _made(_Wanted(document.to, path, (), described), read[spec.name], project)
    _demand_apart(made, project)
    return _delivered(made, project, check)


def _demand_apart(made: Sequence[Made], project: Project) -> None:
    """One document would write over another, or a folder take away a page that is none of its own."""
    from ..errors import ConfigError

    seen: set[Path] = set()
    for one in made:
        if (path := one.path.resolve()) in seen:
            hint = "each has a path of its own, and a folder of pages is for itself"
            raise ConfigError(f"two documents go to {project.shown(one.path)}", hint=hint)
        seen.add(path)


def _inside(project: Project, path: str) -> Path:
    """A path of the config, which may be a stranger's: never outside."""
    from ..errors import ConfigError

    try:
        return project.to_write(path)
    except OSError as error:
        raise ConfigError(f"the document '{path}' cannot be written: {error.strerror}") from error


def _read(project: Project, spec: SourceSpec, request: Request, interpreter: Interpreter) -> Source:
    from ..check.readings import read_one
    from ..check.watchdog import watched
    from ..kinds import KINDS
    from .progress import progress

    with watched(), progress(f"reading {spec.name}"):
        # What a database says is never kept: what keeps readings need not be loaded for it.
        kept = interpreter.kept() if KINDS[spec.kind].connect is None else None
        return read_one(project, spec, request.interpreter, kept)


def _made(wanted: _Wanted, read: Source, project: Project) -> list[Made]:
    """The files that are wanted, as they are and as they shall be."""
    from ..check import documenting
    from ..check.watchdog import watched
    from ..errors import UsageError

    assert wanted.output is not None
    if wanted.output == "-":
        raise UsageError("the export goes to a file, and '-' is not one", hint="standard output is /dev/stdout")
    if wanted.in_folder and wanted.form != "markdown":
        raise UsageError(f"{wanted.output} is a folder", hint="name a file; a folder is for --to markdown")
    path = Path(wanted.output)
    with watched():
        if wanted.form in FORMS:
            facts = _facts(wanted, read, project)
            made = documenting.documents(facts, wanted.form, path, project.root, in_folder=wanted.in_folder)
        else:
            whole = read if wanted.form == "json" else _own(read)
            made = documenting.single(_written(wanted.form, whole, project, wanted.only), path)
    documenting.demand_no_source(made, read, project)
    return made


def _facts(wanted: _Wanted, read: Source, project: Project) -> Described:
    from ..check import documenting
    from ..check.descriptions import said_in

    own = _own(read)
    said = {} if wanted.descriptions is None else said_in(wanted.descriptions, own.schema)
    return documenting.facts(own, project, said)


def _printed(wanted: _Wanted, read: Source, project: Project) -> str:
    if wanted.form in FORMS:
        from ..documents import page

        return guarded(page(_facts(wanted, read, project), wanted.form))
    text = _written(wanted.form, read if wanted.form == "json" else _own(read), project, wanted.only)
    return _visible(wanted.form, text)


def _delivered(made: Sequence[Made], project: Project, check: bool) -> int:
    """Writes the files, or shows what would change in them: then the status is 1."""
    from ..check import documenting
    from ..errors import DriftcheckError

    stale = [one for one in made if not one.agrees]
    if check:
        for one in stale:
            show(guarded(plain(documenting.difference(one, project.shown(one.path)), None, keep="\n\t")))
        say(_verdict(len(stale), len(made)))
        return 1 if stale else 0
    for one in stale:
        try:
            documenting.put(one, project)
        except OSError as error:
            raise DriftcheckError(f"the export cannot be written to {one.path}: {error.strerror}") from error
        if one.after is None:
            say(f"removed {project.shown(one.path)}: its table is gone")
    return 0


def _verdict(stale: int, made: int) -> str:
    files = "1 file" if made == 1 else f"{made} files"
    if not stale:
        return f"{files} up to date"
    return f"{stale} of {files} {'says' if stale == 1 else 'say'} something else; without --check export writes"


def _account(reading: Reading) -> None:
    """Says all that the text does not hold: what was not understood, left out, or has no room in the model."""
    from ..check.documenting import account

    for sentence in account(reading):
        say(sentence)
    for sentence in dict.fromkeys((*reading.cautions, *reading.notes)):
        if not sentence.startswith("using "):  # which Python it was is no part of what is left out
            say(f"note: {sentence}")


def _own(source: Source) -> Source:
    """`source` without what a platform keeps in a database: there it is already where this is to be run."""
    from ..triage import without_kept

    found, left = without_kept(source)
    for one in left:
        say(f"left out: {one.kind} ({one.count}): {one.reason.partition(';')[0]}")
    return found


def _visible(form: str, text: str) -> str:
    """What is printed means what a file would mean, and shows all of it to readers of the log."""
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
    from ..dialects import dialect_named
    from ..errors import UsageError

    dialect = dialect_named(source.reading.dialect)
    if form == "validation":
        if dialect.validation is None:
            raise UsageError(f"there is no validation script for {dialect.title}", hint="--to sql writes its DDL")
        return dialect.validation.load()(source.schema, source.name, only)
    if form == "sql":
        return dialect.write.load()(source.schema)
    from ..check.snapshots import snapshot_text

    return snapshot_text(source, project)
