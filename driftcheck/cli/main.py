"""The group of commands, and what becomes of an error."""

from __future__ import annotations

import contextlib
import errno
import gc
import io
import os
import sys
from importlib import import_module
from typing import NoReturn, cast

import click

from .door import say, show

#: In the order of their help. Each is a module of this package with a command of its name.
_COMMANDS = ("diff", "fix", "export", "init", "config", "explain", "baseline", "snapshot", "lsp")

_EPILOG = """\b
Examples:
  driftcheck diff                          compare what the config, or a look around, finds
  driftcheck diff drizzle:src/db/schema.ts sql:db/schema.sql
  driftcheck fix --dry-run                 the patch that brings the others to what the truth says
  driftcheck explain column-type           what a finding means and how to fix it
  driftcheck export sql:migrations --to sql
  driftcheck baseline                      accept what drifts today; only new drift fails from now on

\b
Exit status: 0 no drift, 1 drift, 2 the check could not be made.

\b
Completion by TAB (bash; zsh and fish likewise):
  eval "$(_DRIFTCHECK_COMPLETE=bash_source driftcheck)"
"""


def _show_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from .version import version_text

        show(f"{version_text()}\n")
        context.exit()


class _Commands(click.Group):
    """Commands that are imported when they are asked for, as click's documentation advises for quick starts."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            from ..errors import UsageError
            from .usage import nearest

            hint = nearest(args[0], _COMMANDS) or f"there are {', '.join(_COMMANDS)}"
            raise UsageError(f"there is no command '{args[0]}'", hint=hint)
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        return cast("click.Command", getattr(import_module(f".{cmd_name}", __package__), cmd_name))


@click.group(
    cls=_Commands,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show versions and exit."
)
def cli() -> None:
    """Do your Drizzle schema, your SQL and your SQLAlchemy models still describe the same PostgreSQL database?

    driftcheck reads all of them without a database, compares them as PostgreSQL would understand them, and says
    which line of which file disagrees with the source of truth, and what it should say.
    """


def main() -> NoReturn:
    """Runs the command line and exits: the console script."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe that is not of Unicode gets what it cannot take in a form that it can.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # What one command makes, it needs to its end: looking for garbage would take a tenth of its time and find none.
    gc.disable()
    _end(_run())


def _run() -> int:
    """The exit status of what the words of the command ask for; whatever goes wrong is reported."""
    try:
        # The name is given, so that `python -m driftcheck` speaks of the same command.
        status = cli.main(prog_name="driftcheck", standalone_mode=False)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        return 130
    except BrokenPipeError:
        # The reader of our output has closed it (`| head`). Python must not complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last resort: a bug of ours still exits 2 and says what to do
        return _failed(error)
    return status if isinstance(status, int) else 0


def _failed(error: Exception) -> int:
    """Says what went wrong on standard error, and in every report that was asked for."""
    from . import failures
    from .unmade import deliver

    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        error.show()  # type: ignore[attr-defined] # a click before 8.2 has no such error
        return 2
    explained = failures.explained(error)
    failures.show(explained)
    if not (isinstance(error, OSError) and error.errno == errno.ENOSPC):
        with contextlib.suppress(Exception):  # the error is reported; reporting it again may not end in another
            deliver(explained)
            sys.stdout.flush()
    return 2


def _end(status: int) -> NoReturn:
    """Leaves without taking everything in memory apart, as mypy does: all is written, and nobody waits for the rest."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)
