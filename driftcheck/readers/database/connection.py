"""One connection, and an end to it whatever the other side does.

A transaction that reads, in which every query sees the same moment. Nothing of it outlives the transaction and nothing
is prepared, so that it goes through poolers (PgBouncer, Supavisor), which give each transaction another server.
"""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from ...errors import SourceError
from .address import Address

if TYPE_CHECKING:
    from psycopg import Connection

BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
#: Seconds to wait for what another transaction locks: a migration under way holds its tables for longer.
_LOCKS = 10
#: Seconds between two tries under --wait.
_PAUSE = 0.5
#: libpq's words for an answer that is no word of PostgreSQL's protocol.
_NO_POSTGRES = re.compile(
    r"expected authentication request|received invalid response to (?:SSL|GSSAPI) negotiation|"
    r"invalid (?:authentication|protocol)|unsupported frontend protocol|server sent an unexpected|"
    r"SSL error: (?:wrong version number|packet length too long|record layer failure|unexpected message)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"closed the connection|connection (?:was )?(?:lost|closed|reset)|consuming input failed|"
    r"could not (?:receive|send) data|terminating connection|EOF detected|Broken pipe",
    re.IGNORECASE,
)
#: SQLSTATE and libpq's words of a server that may be there in a moment.
_STARTING = ("57P03", "57P01", "57P02")
_NOT_YET = re.compile(r"refused|could not translate|Name or service|starting up|No such file|No route|unreachable|"
                      r"not yet accepting|timeout|timed out|closed the connection", re.IGNORECASE)  # fmt: skip


#: What libpq and psycopg say beside the reason: where, which the message has already, and what might be.
_PREFIX = re.compile(
    r"^(?:- )?(?:host: .*?: )?(?:connection (?:failed|is bad): )?(?:connection to server [^\n]*? failed: )?"
    r"(?:(?:consuming input|flushing|sending query) failed: )?",
    re.DOTALL,
)
_ASIDE = re.compile(
    r"Is the server running|This probably means|before or while processing|Multiple connection attempts"
)


class Deadline:
    """Cuts the connection when the time is over: a server that says nothing would keep libpq waiting for ever."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.over = False
        self._ends = time.monotonic() + seconds
        self._timer: threading.Timer | None = None

    @property
    def left(self) -> float:
        return max(self._ends - time.monotonic(), 0.001)

    @contextmanager
    def holds(self, connection: Connection[object]) -> Iterator[None]:
        self._timer = threading.Timer(self.left, self._cut, (connection.fileno(),))
        self._timer.daemon = True
        self._timer.start()
        try:
            yield
        finally:
            self._timer.cancel()

    def _cut(self, number: int) -> None:
        self.over = True
        with suppress(OSError), socket.socket(fileno=os.dup(number)) as other_end:
            other_end.shutdown(socket.SHUT_RDWR)


def connect(where: Address, timeout: float, wait: float = 0) -> Connection[object]:
    """A connection to `where`, tried for `wait` seconds while nothing answers there. Raises SourceError."""
    import psycopg

    until = time.monotonic() + wait
    while True:
        deadline = Deadline(timeout)
        try:
            return psycopg.connect(
                **_words(where, timeout),
                autocommit=True,
                prepare_threshold=None,
            )
        except psycopg.Error as error:
            if time.monotonic() >= until or not _may_come(error):
                raise failure(error, where, deadline) from None
        time.sleep(min(_PAUSE, max(until - time.monotonic(), 0)))


def _words(where: Address, timeout: float) -> dict[str, Any]:
    """What libpq is told. It waits at least two seconds for each host, and no longer than the location says."""
    words = {"fallback_application_name": "driftcheck", **where.words, "client_encoding": "UTF8"}
    asked = str(words.get("connect_timeout") or "")
    wanted = min(int(asked), int(timeout)) if asked.isdigit() and int(asked) > 0 else int(timeout)
    return words | {"connect_timeout": max(2, wanted)}


def settings(deadline: Deadline) -> tuple[str, ...]:
    """What holds in the transaction: the settings of pg_dump, so that expressions come as in a dump, and its end."""
    # The server is to say what it waits for before the connection is cut.
    milliseconds = max(int(deadline.left * 900), 1)
    words = {
        "statement_timeout": milliseconds, "lock_timeout": min(milliseconds // 2 + 1, _LOCKS * 1000),
        "search_path": "''",
        "standard_conforming_strings": "on", "DateStyle": "ISO", "IntervalStyle": "postgres",
        "extra_float_digits": 1, "quote_all_identifiers": "off", "bytea_output": "hex",
    }  # fmt: skip
    return tuple(f"SET LOCAL {name} = {value}" for name, value in words.items())


def failure(error: Exception, where: Address, deadline: Deadline) -> SourceError:
    """What went wrong, in one message without secrets: what, where, what to do."""
    said = without(where.secrets, _said(error))
    place = f"the database {where.shown}"
    state = getattr(error, "sqlstate", None) or ""
    if state == "57014":
        return SourceError(f"{place} did not finish within {deadline.seconds:g} seconds", hint="--timeout SECONDS")
    if state == "55P03":
        return SourceError(f"in {place} another transaction holds a lock for long",
                           hint="a migration may be under way; try again when it is done")  # fmt: skip
    if deadline.over or deadline.left <= 0.001 or "timeout expired" in said:
        return SourceError(f"{place} gave no answer within {deadline.seconds:g} seconds",
                           hint="is it reachable from here? --timeout SECONDS gives it longer, --wait SECONDS waits "
                           "for one that is starting")  # fmt: skip
    if _NO_POSTGRES.search(str(error)):
        return SourceError(f"what answers for {place} is not PostgreSQL", hint=f"look at host and port ({said})")
    if _CUT.search(said) and not state:
        return SourceError(f"the connection to {place} was cut: {said}", hint="try again")
    return SourceError(f"{place} cannot be read: {said}", hint=_hint(said, state, where))


def without(secrets: tuple[str, ...], text: str) -> str:
    """`text` without any of `secrets`, whoever wrote them there."""
    for secret in secrets:
        text = text.replace(secret, "***")
    return text


def _said(error: Exception) -> str:
    """What libpq or the server says, without what is said anyway; of several hosts, the last one's."""
    diagnosed = getattr(getattr(error, "diag", None), "message_primary", None)
    if diagnosed:
        return str(diagnosed)
    lines = [line for line in map(str.strip, str(error).splitlines()) if line and not _ASIDE.match(line)]
    reasons = [line for line in lines if "FATAL:" in line or "ERROR:" in line] or lines
    line = _PREFIX.sub("", reasons[-1]) if reasons else type(error).__name__
    return re.sub(r"^(?:FATAL|ERROR):\s+", "", line)


def _may_come(error: Exception) -> bool:
    """Whether a server that is starting would fail like this."""
    state = getattr(error, "sqlstate", None)
    return state in _STARTING or (not state and bool(_NOT_YET.search(str(error))))


def _hint(said: str, state: str, where: Address) -> str:
    if "password" in said or "authentication failed" in said or state in ("28P01", "28000"):
        if where.lonely:
            return ("what a config spells out gets no password from here; write database:$DATABASE_URL there, or name "
                    "the source on the command line")  # fmt: skip
        return "look at the user and the password: PGUSER, PGPASSWORD, ~/.pgpass, or the URL"
    if _NOT_YET.search(said):
        return "is it running, and reachable from here? --wait SECONDS waits for one that is starting"
    return "look at the address: database:postgresql://user@host:port/database"
