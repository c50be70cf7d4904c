"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from . import completion

if TYPE_CHECKING:
    from ..check import Request
    from ..check.kept import KeptReadings
    from ..check.readings import PythonChoice
    from ..config import FailOn

#: `driftcheck.dialects` has them, too; a test holds the two together, since help must load little.
DIALECTS = ("postgresql", "sqlite")

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


def root_option(command: F) -> F:
    return click.option(
        "-C",
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        metavar="DIR",
        help="Work as if started in DIR.",
    )(command)


def config_option(command: F) -> F:
    return click.option(
        "--config",
        "config_path",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        callback=lambda context, parameter, path: path and path.absolute(),
        metavar="FILE",
        help="The config file; else [tool.driftcheck] of pyproject.toml, or driftcheck.toml.",
    )(command)


def truth_option(command: F) -> F:
    return click.option(
        "--truth", metavar="NAME", help="The source that is right; else the config's, or the first one."
    )(command)


class Interpreter(NamedTuple):
    """What `interpreter_options` say: a PythonChoice, whose package is too large to import for it, and the cache."""

    python: str | None
    timeout: float | None
    no_exec: bool
    stub_missing: bool | None
    wait: float
    dialect: str | None
    no_cache: bool

    def choice(self) -> PythonChoice:
        from ..check.readings import PythonChoice

        return PythonChoice(*self[:-1])

    def kept(self) -> KeptReadings | None:
        """What was read before, if that may count."""
        if self.no_cache:
            return None
        from ..check.kept import KeptReadings

        return KeptReadings()


_INTERPRETER = (
    click.option(
        "--python", metavar="PATH", help="The interpreter that has the project's packages (sqlalchemy sources)."
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="How long importing the models may take, or a database's answer.  [default: 60]",
    ),
    click.option(
        "--wait",
        type=click.FloatRange(min=0),
        default=0,
        metavar="SECONDS",
        help="Wait so long for a database that is starting.",
    ),
    click.option(
        "--dialect",
        type=click.Choice(DIALECTS),
        help="The database engine of the sources, where neither they nor the config say it.",
    ),
    click.option("--no-exec", is_flag=True, help="Never run the project's Python; use the snapshot."),
    click.option(
        "--stub-missing/--no-stub-missing",
        default=None,
        help="Import the models although packages they import are not installed, with stand-ins in their "
        "place; the report says so.  [default: only if nothing names an interpreter]",
    ),
    click.option("--no-cache", is_flag=True, help="Read every source again, changed or not, and keep nothing."),
)


def interpreter_options(command: Callable[..., T]) -> Callable[..., T]:
    """For whatever reads sources that have to be asked: the project's own Python, a database.

    The command takes them as one `interpreter`.
    """

    @wraps(command)
    def gathered(**values: Any) -> T:
        asked = Interpreter(**{name: values.pop(name) for name in Interpreter._fields})
        return command(interpreter=asked, **values)

    return _with(_INTERPRETER, gathered)


_RULES = (
    click.option(
        "--fail-on",
        type=click.Choice(("error", "warning", "note", "never")),
        help="The least severity that makes the exit status 1.  [default: warning]",
    ),
    click.option(
        "--select",
        multiple=True,
        metavar="RULES",
        shell_complete=completion.rules,
        help="Only these rules: codes, names, or DR2 for a family; may repeat, or be a list with commas.",
    ),
    click.option("--ignore", multiple=True, metavar="RULES", shell_complete=completion.rules, help="Not these rules."),
)


def rules_options(command: F) -> F:
    """Which findings count, and which of them make the exit status 1."""
    return _with(_RULES, command)


class Comparison(NamedTuple):
    """What `comparison_options` say, whatever is done with the findings."""

    root: Path
    config_path: Path | None
    truth: str | None
    fail_on: FailOn | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    interpreter: Interpreter
    no_baseline: bool

    def request(self, sources: tuple[str, ...], kept: KeptReadings | None, *, fixes: bool = True) -> Request:
        """The check that is asked for. `kept` are readings, and without `fixes` nobody works out what to write."""
        from ..check import Request, settled

        return settled(
            Request(
                root=self.root.resolve(),
                config_path=self.config_path,
                sources=sources,
                truth=self.truth,
                fail_on=self.fail_on,
                select=words(self.select),
                ignore=words(self.ignore),
                interpreter=self.interpreter.choice(),
                kept=kept,
                use_baseline=not self.no_baseline,
                fixes=fixes,
            )
        )


_NO_BASELINE = click.option("--no-baseline", is_flag=True, help="As if the baseline accepted nothing.")


def comparison_options(command: Callable[..., T]) -> Callable[..., T]:
    """What is compared, and which findings count. The command takes them as one `comparison`."""

    @wraps(command)
    def gathered(**values: Any) -> T:
        asked = Comparison(**{name: values.pop(name) for name in Comparison._fields})
        return command(comparison=asked, **values)

    ruled = rules_options(interpreter_options(_NO_BASELINE(gathered)))
    return root_option(config_option(truth_option(ruled)))


def _with(options: tuple[Callable[[F], F], ...], command: F) -> F:
    for option in reversed(options):
        command = option(command)
    return command


def source_argument(command: F) -> F:
    """One source, not needed where the config has only one."""
    return click.argument("source", metavar="[SOURCE]", required=False, shell_complete=completion.sources)(command)


def sources_argument(command: F) -> F:
    return click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=completion.sources)(command)


def words(values: tuple[str, ...]) -> tuple[str, ...]:
    """The words of an option that may repeat, or be a list with commas."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())
