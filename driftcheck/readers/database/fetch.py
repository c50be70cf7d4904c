"""Asks a database all that there is to ask, in one transaction: what it answers comes as it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...budget import Budget
from ...errors import SourceError
from ...frozen import dataclass
from .address import Address, place
from .answers import StatementError, answers
from .connection import BEGIN, Deadline, connect, failure, settings, without
from .lines import rows_of
from .queries import NOW, QUERIES, Query

if TYPE_CHECKING:
    from psycopg import Connection

_OLDEST = 13


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database says of itself: `host/db`, its version, and its clock (ISO 8601) when the transaction began."""

    place: str
    version: int
    server_version: str
    time: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines of what a query gives; `last` says that there are no more."""

    query: str
    text: bytes = b""
    last: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A query whose catalogs the role may not read, with the reason."""

    query: str
    why: str


def fetch(where: Address, budget: Budget, *, timeout: float, wait: float = 0) -> Iterator[Facts | Lines | Refusal]:
    """First the facts, then the lines of every query. Raises SourceError, within `timeout` seconds of a connection."""
    import psycopg

    connection = connect(where, timeout, wait)
    deadline = Deadline(timeout)
    try:
        with deadline.holds(connection):
            facts = _began(connection, where, budget, deadline)
            yield facts
            yield from _asked(connection, where, budget, facts.version)
    except (psycopg.Error, StatementError) as error:
        raise failure(error.cause if isinstance(error, StatementError) else error, where, deadline) from None
    finally:
        connection.close()


def _began(connection: Connection[object], where: Address, budget: Budget, deadline: Deadline) -> Facts:
    """Begins the transaction, to the point to which it goes back where something may not be read."""
    text = b""
    for _, piece in answers(connection, (BEGIN, *settings(deadline), _copy(NOW), "SAVEPOINT asking")):
        budget.take_file(len(piece))
        text += piece
    ((number, version, time, database),) = rows_of(text)
    major = int(number or 0) // 10_000
    if major < _OLDEST:
        raise SourceError(
            f"the database {where.shown} is of PostgreSQL {version}", hint=f"{_OLDEST} and later can be read"
        )
    info = connection.info
    return Facts(place(info.host, info.port, database), major, version, time)


def _asked(connection: Connection[object], where: Address, budget: Budget, version: int) -> Iterator[Lines | Refusal]:
    from psycopg.errors import InsufficientPrivilege

    rest: tuple[Query, ...] = QUERIES
    while rest:
        statements = ["ROLLBACK TO SAVEPOINT asking", *(_copy(query.text(version)) for query in rest), "ROLLBACK"]
        refused = len(rest)
        done = 0
        try:
            for number, piece in answers(connection, statements):
                budget.take_file(len(piece))
                yield from (Lines(query.name, last=True) for query in rest[done : number - 1])
                done = number - 1
                yield Lines(rest[done].name, piece)
        except StatementError as error:
            if not isinstance(error.cause, InsufficientPrivilege):
                raise
            refused = error.number - 1
            why = without(where.secrets, str(error.cause.diag.message_primary))
            yield Refusal(rest[refused].name, why)
        yield from (Lines(query.name, last=True) for query in rest[done : refused + 1])
        rest = rest[refused + 1 :]


def _copy(query: str) -> str:
    return f"COPY ({query}) TO STDOUT (NULL '')"
