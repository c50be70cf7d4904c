"""The rows of every query, in one transaction, as they come from the server: nothing is held twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...budget import Budget
from ...errors import SourceError
from .address import Address, place
from .connection import Deadline, begin, connect, failure, without
from .queries import NOW, QUERIES

if TYPE_CHECKING:
    from psycopg import Connection

#: A row of a query: the text of each of its fields, None for NULL.
Row = tuple[str | None, ...]

_OLDEST = 13
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


@dataclass(slots=True)
class Rows:
    """What a database says of itself. `refused` are the queries whose catalogs the role may not read, with the reason.

    `place` is `host/db`, `time` the server's at the beginning of the transaction, in ISO 8601.
    """

    place: str
    version: int
    server_version: str
    time: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def of(self, query: str) -> list[Row]:
        return self.rows.get(query, [])


def fetch(where: Address, budget: Budget, *, timeout: float, wait: float = 0) -> Rows:
    """All rows of all queries. Raises SourceError, within `timeout` seconds of a connection."""
    import psycopg

    connection = connect(where, timeout, wait)
    deadline = Deadline(timeout)
    refused: dict[str, str] = {}
    try:
        with deadline.holds(connection):
            while True:
                found = _transaction(connection, where, budget, deadline, refused)
                if found is not None:
                    return found
    except psycopg.Error as error:
        raise failure(error, where, deadline) from None
    finally:
        connection.close()


def _transaction(
    connection: Connection[object], where: Address, budget: Budget, deadline: Deadline, refused: dict[str, str]
) -> Rows | None:
    """All that may be read; None if a catalog is refused, which then is noted: the transaction is to be made again."""
    from psycopg.errors import InsufficientPrivilege

    begin(connection, deadline)
    found = _about(connection, where, budget)
    found.refused = refused
    for query in QUERIES:
        if query.name in refused:
            continue
        try:
            found.rows[query.name] = list(_rows(connection, query.text(found.version), budget))
        except InsufficientPrivilege as error:
            refused[query.name] = without(where.secrets, str(error.diag.message_primary))
            connection.execute("ROLLBACK")
            return None
    connection.execute("ROLLBACK")
    return found


def _about(connection: Connection[object], where: Address, budget: Budget) -> Rows:
    ((number, version, time, database),) = _rows(connection, NOW, budget)
    major = int(number or 0) // 10_000
    if major < _OLDEST:
        raise SourceError(
            f"the database {where.shown} is of PostgreSQL {version}", hint=f"{_OLDEST} and later can be read"
        )
    info = connection.info
    return Rows(place(info.host, info.port, str(database)), major, str(version), str(time))


def _rows(connection: Connection[object], query: str, budget: Budget) -> Iterator[Row]:
    """The rows of a query, by COPY: they come piece by piece, however many a server sends."""
    rest = b""
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT".encode()) as copy:
        for block in copy:
            budget.take_file(len(block))
            *lines, rest = (rest + bytes(block)).split(b"\n")
            for line in lines:
                yield _row(line.decode("utf-8", "replace"))


def _row(line: str) -> Row:
    """A line of COPY's text format: https://www.postgresql.org/docs/current/sql-copy.html"""
    fields = line.split("\t")
    if "\\" not in line:
        return tuple(fields)
    return tuple(None if text == "\\N" else _ESCAPE.sub(_unescaped, text) if "\\" in text else text for text in fields)


def _unescaped(match: re.Match[str]) -> str:
    return _ESCAPED.get(match[1], match[1])
