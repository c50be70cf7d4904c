"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from . import completion

F = TypeVar("F", bound=Callable[..., Any])


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


def interpreter_options(command: F) -> F:
    """For whatever reads sources that have to be asked: the project's own Python, a database."""
    for option in reversed(
        (
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
            click.option("--no-exec", is_flag=True, help="Never run the project's Python; use the snapshot."),
            click.option(
                "--stub-missing/--no-stub-missing",
                default=None,
                help="Import the models although packages they import are not installed, with stand-ins in their "
                "place; the report says so.  [default: only if nothing names an interpreter]",
            ),
        )
    ):
        command = option(command)
    return command


def sources_argument(command: F) -> F:
    return click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=completion.sources)(command)


def words(values: tuple[str, ...]) -> tuple[str, ...]:
    """The words of an option that may repeat, or be a list with commas."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())
