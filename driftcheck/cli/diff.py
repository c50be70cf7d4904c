"""`driftcheck diff`: the check."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from ..render import FORMATS, renderer
from . import completion
from .answer import Answer
from .door import show
from .options import (
    Comparison,
    comparison_options,
    sources_argument,
)

if TYPE_CHECKING:
    from ..findings import Report


def _report_targets(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, Path], ...]:
    """FORMAT=PATH, each."""
    targets = []
    for value in values:
        name, separator, path = value.partition("=")
        if not separator or not path:
            raise click.BadParameter(
                f"'{value}' is not FORMAT=PATH, such as sarif=driftcheck.sarif", context, parameter
            )
        if name not in FORMATS:
            raise click.BadParameter(f"unknown format '{name}'; there are {', '.join(FORMATS)}", context, parameter)
        targets.append((name, Path(path)))
    return tuple(targets)


@click.command(
    short_help="Compare the sources; say what drifts, and what it should say.",
    epilog="""\b
Examples:
  driftcheck diff                          what the config names, or a look around finds
  driftcheck diff drizzle:src/db/schema.ts sql:db/schema.sql
  driftcheck diff models=sqlalchemy:app.models:Base live=sql:dump.sql --truth live
  driftcheck diff --report sarif=drift.sarif --report markdown=summary.md
  driftcheck diff --to-sql fix.sql        what would bring the database to what the truth says
  driftcheck diff --select DR2,foreign-key-on-delete --fail-on error
  driftcheck diff --watch                 again at each save
  driftcheck diff --no-exec                never run the project's code (pull requests from forks)

\b
Exit status:
  0  compared, and nothing at or above --fail-on
  1  drift
  2  the check could not be made; the message says why, and what to do
""",
)
@sources_argument
@comparison_options
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True, help="Of standard output."
)
@click.option(
    "--report",
    "reports",
    callback=_report_targets,
    multiple=True,
    metavar="FORMAT=PATH",
    shell_complete=completion.reports,
    help="Also write the report to a file, in any format; may repeat.",
)
@click.option(
    "--to-sql",
    "scripts",
    multiple=True,
    metavar="[NAME=]PATH",
    help="Also write the statements that fix the SQL source, in the order in which they run, to a file; those that "
    "would lose something are commented out. With several SQL sources NAME says which; may repeat.",
)
@click.option(
    "--concurrently", is_flag=True, help="In that script, build indexes without a lock: outside transactions."
)
@click.option("--watch", is_flag=True, help="Check again at each save, and say what differs; until Ctrl-C.")
@click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Colours of the text; NO_COLOR and FORCE_COLOR say what auto means.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only the last line.")
@click.option("-v", "--verbose", is_flag=True, help="List every object, and how to fix each finding.")
@click.option("--show-fixes", is_flag=True, help="Say how to fix each finding.")
@click.option("--show-source", is_flag=True, help="Show the line of each finding, with a caret.")
@click.option("--statistics", is_flag=True, help="Only count the findings of each rule.")
def diff(
    sources: tuple[str, ...],
    comparison: Comparison,
    format_: str,
    reports: tuple[tuple[str, Path], ...],
    scripts: tuple[str, ...],
    concurrently: bool,
    watch: bool,
    color: str,
    quiet: bool,
    verbose: bool,
    show_fixes: bool,
    show_source: bool,
    statistics: bool,
) -> int:
    """Compare the sources; say what drifts, where, and what it should say.

    A SOURCE is [NAME=]KIND:LOCATION; the first one is the truth. Without any, the config names them, and without a
    config driftcheck looks for a Drizzle schema, SQL and SQLAlchemy models itself, and says what it took.

    \b
    drizzle:PATH            a .ts file, a folder, a glob, or a drizzle.config.ts
    sql:PATH                a .sql file, a glob, a folder of migrations, or - (standard input)
    sqlalchemy:MODULE[:ATTRIBUTE]   MODULE.* means all modules of a package
    database:URL            or $VARIABLE that holds it: a live database, read-only
    snapshot:PATH           what `driftcheck snapshot` wrote

    On a terminal places are links where it is known to show them; FORCE_HYPERLINK=0 or 1 decides otherwise.
    """
    start, interpreter = comparison.root.resolve(), comparison.interpreter
    if statistics and format_ != "text":
        raise UsageError(
            f"--statistics is for the text, and the format is {format_}", hint="its reader can count the findings"
        )

    if concurrently and not scripts:
        raise UsageError("--concurrently is for the script of --to-sql", hint="say where to: --to-sql fix.sql")

    kept = cache(interpreter.kept)

    def find(*, quiet: bool = quiet) -> tuple[Report, Answer]:
        from ..check import check
        from ..check.watchdog import watched
        from .progress import progress

        fixes = bool(format_ != "text" or reports or scripts or show_fixes or verbose)
        request = comparison.request(sources, kept(), fixes=fixes)
        with watched():
            with progress():
                report = check(request, meanwhile=partial(renderer, format_))
            texts = _scripts(report, scripts, concurrently)
            answer = answered(report, request.root, quiet)
        for path, text in texts.items():
            _write(text, path, "the fix script")
        return report, answer

    def answered(report: Report, root: Path, quiet: bool) -> Answer:
        from .output import rendered

        files = [rendered(report, name, root) for name, _ in reports]
        if format_ != "text":
            return Answer(rendered(report, format_, root), True, files, report.status)
        from ..render.text import render as render_text
        from .again import words_of
        from .terminal import text_style

        style = text_style(
            color, root, verbose=verbose, fixes=show_fixes or verbose, source=show_source, statistics=statistics,
            quiet=quiet, again=words_of(click.get_current_context().params),
        )  # fmt: skip
        return Answer(render_text(report, style), style.color, files, report.status)

    if watch:
        _demand_watchable(sources, format_)
        from .watching import watch as watch_files

        def again(*, whole: bool) -> tuple[Report, Answer]:
            report, answer = find(quiet=quiet or not whole)
            _write_reports(reports, answer)
            return report, answer

        written = [path for _, path in reports] + [Path(word.rpartition("=")[2]) for word in scripts]
        return watch_files(again, kept(), start, written)
    answer = find()[1] if interpreter.no_cache or scripts else _kept_or(lambda: find()[1], start)
    _write_reports(reports, answer)
    show(answer.text, color=answer.color)
    return answer.status


def _demand_watchable(sources: tuple[str, ...], format_: str) -> None:
    if format_ != "text":
        raise UsageError(f"--watch is for the text, and the format is {format_}", hint="--report writes it to a file")
    if any(word.rpartition("=")[2] == "sql:-" for word in sources):
        raise UsageError(
            "standard input is read once, and nothing in it changes", hint="name a file: sql:db/schema.sql"
        )


def _write_reports(reports: tuple[tuple[str, Path], ...], answer: Answer) -> None:
    for (_, path), text in zip(reports, answer.files, strict=True):
        _write(text, path, "the report")


def _kept_or(find: Callable[[], Answer], root: Path) -> Answer:
    """The answer that was kept, if nothing changed since; else what `find` gives."""
    from ..cache import Memory, request_key

    return Answer(**Memory(root, request_key(root, _asked())).answer(lambda: find()._asdict()))


def _asked() -> dict[str, object]:
    """All that the output depends on and that is no file that is read: words, terminal, and what a page says."""
    terminal = os.get_terminal_size(sys.stdout.fileno()) if sys.stdout.isatty() else None
    params = click.get_current_context().params
    kept = params["format_"] == "html" or any(name == "html" for name, _ in params["reports"])
    return {**params, "terminal": terminal, "commit": _commit(params["root"].resolve()) if kept else None}


def _commit(root: Path) -> str:
    """A page says of which commit it is: an answer that was kept may be of another."""
    from .repository import commit

    return commit(root)


def _scripts(report: Report, words: tuple[str, ...], concurrently: bool) -> dict[Path, str]:
    if not words:
        return {}
    from .scripts import scripts_for

    return scripts_for(report, words, concurrently=concurrently)


def _write(text: str, path: Path, what: str) -> None:
    from .files import write_text

    write_text(path, text, what)
