"""What a server answers to many statements in one message, piece by piece as it comes.

psycopg's own cursor takes as long for a row of COPY as PostgreSQL needs to find it; here libpq is asked itself, through
psycopg: https://www.psycopg.org/psycopg3/docs/api/pq.html
"""

from __future__ import annotations

import selectors
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg import Connection, Error
    from psycopg.pq.abc import PGconn, PGresult

    Wait = Callable[[int], None]

#: Bytes of a piece, about: enough that there are few, and few enough that nobody waits for them.
_PIECE = 100_000


class StatementError(Exception):
    """The statement with this number in its message failed, for the reason that psycopg's error says."""

    def __init__(self, number: int, cause: Error) -> None:
        super().__init__(number)
        self.number, self.cause = number, cause


def answers(connection: Connection[object], statements: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    """The number of a statement and whole lines of what it copies to us, in the order of the statements.

    Raises StatementError, and psycopg's OperationalError if the connection breaks.
    """
    from psycopg.errors import error_from_result
    from psycopg.pq import ExecStatus

    pgconn = connection.pgconn
    with _waiting(pgconn) as wait:
        pgconn.send_query(";\n".join(statements).encode())
        while pgconn.flush():
            wait(selectors.EVENT_READ | selectors.EVENT_WRITE)
        number = 0
        while (result := _result(pgconn, wait)) is not None:
            if result.status == ExecStatus.COPY_OUT:
                for piece in _pieces(pgconn, wait):
                    yield number, piece
            elif result.status in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
                number += 1
            else:
                while _result(pgconn, wait) is not None:
                    pass  # what is behind the error is not run, and the connection is free again when that was said
                raise StatementError(number, error_from_result(result))


@contextmanager
def _waiting(pgconn: PGconn) -> Iterator[Wait]:
    """What waits until the connection can be read or written, without keeping other threads."""
    with selectors.DefaultSelector() as selector:
        selector.register(pgconn.socket, selectors.EVENT_READ)

        def wait(events: int) -> None:
            selector.modify(pgconn.socket, events)
            selector.select()
            pgconn.consume_input()

        yield wait


def _result(pgconn: PGconn, wait: Wait) -> PGresult | None:
    while pgconn.is_busy():
        wait(selectors.EVENT_READ)
    return pgconn.get_result()


def _pieces(pgconn: PGconn, wait: Wait) -> Iterator[bytes]:
    lines: list[bytes] = []
    size = 0
    while True:
        length, line = pgconn.get_copy_data(1)
        if length > 0:
            lines.append(bytes(line))
            size += length
        if lines and (length <= 0 or size >= _PIECE):
            yield b"".join(lines)
            lines, size = [], 0
        if length < 0:
            return
        if length == 0:
            wait(selectors.EVENT_READ)
