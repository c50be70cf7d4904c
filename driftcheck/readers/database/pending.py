"""A reading under way: the server is asked while other sources are read here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from ... import listening
from ...dialects import DIALECTS
from ...dialects.telling import meant
from ...errors import SourceError
from ...frozen import dataclass
from ...project import Project
from ...reading import Reading
from .address import Address, address
from .fetch import fetch
from .received import Received

#: Seconds beyond all others, for what has no end of its own: the look-up of a name.
_GRACE = 5


#: Reads a database: location, project, seconds.
DatabaseReader = Callable[[str, Project, float], Reading]


@dataclass(frozen=True, slots=True)
class Options:
    """`timeout` and `wait` in seconds; `from_config` says that the location is from a config file."""

    timeout: float = 60
    wait: float = 0
    from_config: bool = False


class Read:
    """A reading that is made when it is asked for: of a file there is nothing to wait for."""

    def __init__(self, location: str, project: Project, read: DatabaseReader, seconds: float) -> None:
        self._read = partial(read, location, project, seconds)

    def result(self) -> Reading:
        return self._read()

    def cancel(self) -> None:
        """There is nothing under way."""


def start(location: str, project: Project, options: Options) -> Pending | Read:
    """Begins to read the database at `location`. Raises SourceError if it does not say where that is."""
    # What is in a database may change at any time: no answer about it is kept.
    listening.doubt("a database was read")
    where = meant(location)
    for dialect in DIALECTS.values():
        if dialect.database is not None and dialect.address.match(where):
            return Read(where, project, dialect.database.load(), options.timeout)
    _installed()
    return Pending(address(location, from_config=options.from_config), project, options)


def _installed() -> None:
    try:
        import psycopg
    except ImportError as error:
        raise SourceError(
            f"reading a database needs psycopg, which cannot be imported: {error}",
            hint="install it beside driftcheck: pip install 'driftcheck[database]'",
        ) from None
    del psycopg


class Pending:
    """Asks in a thread of its own, which may wait for ever without keeping anyone."""

    def __init__(self, where: Address, project: Project, options: Options) -> None:
        timeout, wait = options.timeout, options.wait
        self._shown = where.shown
        self._received = Received(where.shown, 2 * timeout + wait + _GRACE)
        asked = fetch(where, project.budget, timeout=timeout, wait=wait)
        threading.Thread(target=self._received.take, args=(asked,), name="driftcheck-database", daemon=True).start()

    def result(self) -> Reading:
        from .reader import reading_of

        try:
            return reading_of(self._received)
        except (ValueError, LookupError, TypeError):
            # A server that speaks PostgreSQL's protocol may answer anything.
            raise SourceError(
                f"what the database {self._shown} says of its tables is not understood",
                hint="is it PostgreSQL, or something that only speaks its protocol?",
            ) from None

    def cancel(self) -> None:
        """The thread ends by itself, with its connection or with the process."""
