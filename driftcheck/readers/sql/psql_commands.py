"""psql's own commands: which of them can shape a schema."""

from __future__ import annotations

from ...budget import Budget
from ...sql.tokens import BACKSLASH
from .cursor import Cursor
from .errors import UnreadableError
from .outcome import IRRELEVANT, Outcome
from .psql_variables import set_variable
from .session import Session

_INCLUDES = ("i", "ir", "include", "include_relative")
_CONDITIONS = ("if", "elif")


def name_of(text: str) -> tuple[str, str]:
    """The command's name without its backslash, and what follows it."""
    name, _, rest = text[1:].partition(" ")
    return name.strip(), rest.strip()


def executes(cursor: Cursor) -> bool:
    """Whether the rows of a statement are statements themselves, which psql runs one by one."""
    return len(cursor.tokens) > 1 and cursor.tokens[-2].kind == BACKSLASH


def quits(text: str) -> bool:
    """Whether a command ends the script."""
    return name_of(text)[0] in ("q", "quit")


def included(text: str) -> tuple[str, bool] | None:
    """The file that an include command names, and whether it is relative to the file that includes it."""
    name, rest = name_of(text)
    if name not in _INCLUDES or not rest:
        return None
    return rest.rstrip(";").strip().strip("'\""), name in ("ir", "include_relative")


def keep_variable(text: str, variables: dict[str, str | None], budget: Budget) -> None:
    """What `\\set` and `\\unset` do to psql's variables; the value that another command gives one is not known.

    Raises OverLimit if a value is longer than `budget` allows.
    """
    name, rest = name_of(text)
    if name == "set":
        set_variable(rest, variables, budget)
    elif name == "unset":
        variables.pop(rest, None)
    elif name in ("prompt", "getenv") and rest:
        variables[rest.split()[-1 if name == "prompt" else 0]] = None


def run(cursor: Cursor, session: Session) -> Outcome:
    """Accounts for a command that is not an include: a condition, or another database, changes what follows."""
    name, _ = name_of(cursor.token.text)
    if name in _CONDITIONS:
        raise UnreadableError("what follows this condition is read as if it held")
    if name in ("c", "connect") and any(schema != "pg_temp" for schema, _ in session.catalog.relations):
        raise UnreadableError("from here on the statements are for another database, and are read as if for the same")
    return IRRELEVANT
