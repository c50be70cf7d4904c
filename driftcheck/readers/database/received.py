"""What a thread has fetched of a database, for the one that reads it: row after row, as they come."""

from __future__ import annotations

import time
from collections.abc import Iterable
from queue import Empty, SimpleQueue

from ...errors import DriftcheckError, SourceError
from .fetch import Facts, Lines, Refusal
from .lines import Row, rows_of


class Received:
    """The rows of every query, in the order in which they are asked for.

    `refused` are the queries whose catalogs the role may not read, with the reason; a query's rows come after that.
    What waits for rows raises SourceError if they do not come within `seconds` (from the beginning), or whatever the
    fetching thread raised.
    """

    def __init__(self, shown: str, seconds: float) -> None:
        self.refused: dict[str, str] = {}
        self._shown, self._until = shown, time.monotonic() + seconds
        self._queue: SimpleQueue[Facts | Lines | Refusal | BaseException] = SimpleQueue()
        self._rows: dict[str, list[Row]] = {}
        self._whole: set[str] = set()
        self._facts: Facts | None = None

    def take(self, source: Iterable[Facts | Lines | Refusal]) -> None:
        """Runs in the thread that fetches."""
        try:
            for item in source:
                self._queue.put(item)
        except BaseException as error:  # noqa: BLE001  # the waiting thread raises it
            self._queue.put(error)

    @property
    def facts(self) -> Facts:
        while self._facts is None:
            self._next()
        return self._facts

    def of(self, query: str) -> list[Row]:
        """All rows of a query; none if it was refused."""
        while query not in self._whole:
            self._next()
        return self._rows.get(query, [])

    def _next(self) -> None:
        item = self._item()
        if isinstance(item, Lines):
            self._rows.setdefault(item.query, []).extend(rows_of(item.text))
            if item.last:
                self._whole.add(item.query)
        elif isinstance(item, Refusal):
            self.refused[item.query] = item.why
            self._rows.pop(item.query, None)
        else:
            self._facts = item

    def _item(self) -> Facts | Lines | Refusal:
        try:
            item = self._queue.get(timeout=max(self._until - time.monotonic(), 0))
        except Empty:
            raise SourceError(f"the database {self._shown} gave no answer in time",
                              hint="can its name be looked up from here?") from None  # fmt: skip
        if isinstance(item, DriftcheckError):
            raise item
        if isinstance(item, BaseException):
            raise SourceError(f"the database {self._shown} cannot be read: {type(item).__name__}")
        return item
