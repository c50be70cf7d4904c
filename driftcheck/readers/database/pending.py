"""A reading under way: the server is asked while other sources are read here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ... import listening
from ...dialects import DIALECTS
from ...dialects.telling import meant
from ...errors import DriftcheckError, SourceError
from ...project import Project
from ...reading import Reading
from .address import Address, address
from .fetch import Rows, fetch

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
        self._where, self._project, self._options = where, project, options
        self._rows: Rows | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._ask, name="driftcheck-database", daemon=True)
        self._thread.start()

    def _ask(self) -> None:
        options = self._options
        try:
            self._rows = fetch(self._where, self._project.budget, timeout=options.timeout, wait=options.wait)
        except BaseException as error:  # noqa: BLE001  # the waiting thread raises it
            self._error = error

    def result(self) -> Reading:
        from .reader import reading_of

        options = self._options
        self._thread.join(2 * options.timeout + options.wait + _GRACE)
        if self._thread.is_alive():
            raise SourceError(f"the database {self._where.shown} gave no answer within {options.timeout:g} seconds",
                              hint="can its name be looked up from here?")  # fmt: skip
        if isinstance(self._error, DriftcheckError):
            raise self._error
        if self._error is not None or self._rows is None:
            raise SourceError(f"the database {self._where.shown} cannot be read: {type(self._error).__name__}")
        try:
            return reading_of(self._rows)
        except (ValueError, LookupError, TypeError):
            # A server that speaks PostgreSQL's protocol may answer anything.
            raise SourceError(
                f"what the database {self._where.shown} says of its tables is not understood",
                hint="is it PostgreSQL, or something that only speaks its protocol?",
            ) from None

    def cancel(self) -> None:
        """The thread ends by itself, with its connection or with the process."""
