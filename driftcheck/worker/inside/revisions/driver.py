"""A driver (PEP 249) below SQLAlchemy that has no database: it tells a `Talk` what it is to run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ..engines import Nothing
from .talk import Talk

paramstyle = "named"
apilevel, threadsafety = "2.0", 2


class Error(Exception):
    pass


class DatabaseError(Error):
    pass


class ProgrammingError(DatabaseError):
    """What a server says of a statement that it refuses."""


InterfaceError = DataError = OperationalError = IntegrityError = InternalError = DatabaseError
NotSupportedError = DatabaseError

#: Rows, not a schema, is what these are about.
_DATA = re.compile(r"\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*(insert|update|delete|copy|merge|truncate)\b", re.I | re.S)
_QUERY = re.compile(r"\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*\(?\s*(select|with|values|show|table|explain)\b", re.I | re.S)
#: Perhaps another statement behind the first.
_MORE = re.compile(r";\s*[^\s;]")
_RETURNING = re.compile(r"\breturning\b", re.I)
_PARAMETER = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|::|(?<![:\w]):([A-Za-z_]\w*)|%\((\w+)\)s|(%s)|%%")


class Cursor:
    """Runs nothing. A query has the rows that driftcheck knows of; if it knows of none, that is noted once they are
    taken.
    """

    arraysize = 1
    lastrowid = None

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._rows: Iterator[tuple[Any, ...]] = iter(())
        self._unanswered: tuple[str, bool] | None = None
        self.rowcount = -1
        self.description: Any = None
        #: What a compiled query says that its columns are called.
        self.columns: list[str] = []

    def execute(self, sql: Any, parameters: Any = None) -> Cursor:
        text = sql.decode() if isinstance(sql, bytes) else str(sql)
        self._rows, self._unanswered, self.description, self.rowcount = iter(()), None, None, -1
        if _DATA.match(text) and not _MORE.search(text):
            self._change(text)
        elif _QUERY.match(text):
            self._query(written(text, parameters))
        elif text.strip():
            refusal = self._talk.statement(written(text, parameters))
            if refusal:
                raise ProgrammingError(refusal)
        return self

    def executemany(self, sql: Any, several: Any) -> Cursor:
        return self.execute(sql)

    def _change(self, text: str) -> None:
        self._talk.irrelevant += 1
        # Nothing is in the tables but what was inserted, of which no account is kept; Alembic looks at its own.
        self.rowcount = int(text.lstrip()[:6].lower() == "insert" or self._talk.is_of_alembic(text))
        if _RETURNING.search(text):
            # Whatever was inserted has some key: an ORM's flush wants one.
            self.description = _described(self.columns or ["id"])
            self._talk.made += 1
            self._rows = iter([tuple(self._talk.made for _ in self.description)])

    def _query(self, text: str) -> None:
        place = self._talk.place()
        answer = self._talk.ask({"about": "rows", "sql": text, "file": place[0], "line": place[1]})
        if answer is None:
            self._talk.statement(text, place)
            answer = {"known": False, "data": False}
        self.description = _described(self.columns or answer.get("columns") or ["?column?"])
        if answer.get("rows") is not None:
            width = len(self.description)
            self._rows = iter([tuple(row[:width]) for row in answer["rows"]])
        if not answer.get("known"):
            self._unanswered = text, bool(answer.get("data"))

    def _take(self) -> Iterator[tuple[Any, ...]]:
        if self._unanswered is not None:
            self._talk.read(*self._unanswered)
            self._unanswered = None
        return self._rows

    def fetchone(self) -> Any:
        return next(self._take(), None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return list(islice(self._take(), size or self.arraysize))

    def fetchall(self) -> list[Any]:
        return list(self._take())

    def __iter__(self) -> Iterator[Any]:
        return self._take()

    def __enter__(self) -> Cursor:
        return self

    def __exit__(self, *_: Any) -> None:
        return None

    def close(self) -> None:
        return None

    def setinputsizes(self, *_: Any) -> None:
        return None

    setoutputsize = setinputsizes


class DriverConnection:
    """What `connection.connection` of SQLAlchemy is."""

    autocommit = False
    closed = False
    encoding = "utf-8"

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def cursor(self, *_: Any, **__: Any) -> Cursor:
        return Cursor(self._talk)

    def execute(self, sql: Any, parameters: Any = None) -> Cursor:
        return self.cursor().execute(sql, parameters)

    def _nothing(self, *_: Any, **__: Any) -> None:
        return None

    commit = rollback = close = _nothing

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()


def _described(names: list[str]) -> list[tuple[Any, ...]]:
    return [(name, None, None, None, None, None, None) for name in names]


def written(text: str, parameters: Any) -> str:
    """`text` with its parameters in it, those that have a plain form."""
    if not parameters:
        return text
    named = parameters if isinstance(parameters, dict) else {}
    listed = iter(parameters if isinstance(parameters, (list, tuple)) else ())

    def value(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        if name is not None and name in named:
            return literal(named[name])
        if match[3] is not None:
            return literal(next(listed, None))
        return "%" if match[0] == "%%" else match[0]

    return _PARAMETER.sub(value, text)


def literal(value: Any) -> str:
    """A parameter as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return "ARRAY[" + ", ".join(map(literal, value)) + "]"
    return "'" + str(value).replace("'", "''") + "'"
