"""What SQLAlchemy 1 took and 2 refuses: SQL as a plain string, and `select([…])`.

With stand-ins nothing of the project is installed: the SQLAlchemy that runs here is driftcheck's own, and not the one
that the revisions were written for.
"""

from __future__ import annotations

from typing import Any


def allow() -> None:
    """From now on they are taken. For SQLAlchemy 1.4, which takes them itself, nothing changes."""
    import sqlalchemy
    from sqlalchemy import sql
    from sqlalchemy.engine import Connection
    from sqlalchemy.orm import Session

    if sqlalchemy.__version__.startswith("1."):
        return
    for name in ("execute", "scalar"):
        _take_strings(Connection, name, _as_it_stands)
        _take_strings(Session, name, sqlalchemy.text)
    for module in (sqlalchemy, sql):
        vars(module)["select"] = _select(sqlalchemy.select)


def _as_it_stands(text: str) -> Any:
    """A connection of SQLAlchemy 1 hands it to the driver: a colon in it is no parameter."""
    from sqlalchemy import text as clause

    return clause(text.replace(":", r"\:"))


def _take_strings(class_: Any, name: str, clause: Any) -> None:
    original = getattr(class_, name)

    def method(self: Any, statement: Any, *arguments: Any, **options: Any) -> Any:
        return original(self, clause(statement) if isinstance(statement, str) else statement, *arguments, **options)

    setattr(class_, name, method)


def _select(original: Any) -> Any:
    def select(*columns: Any, **options: Any) -> Any:
        if not columns or not isinstance(columns[0], list):
            return original(*columns, **options)
        where = [one for one in (*columns[1:2], options.get("whereclause")) if one is not None]
        return original(*columns[0]).where(*where)

    return select
