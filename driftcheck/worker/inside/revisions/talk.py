"""What is said to driftcheck while revisions run: their statements, each with its place, and questions.

A message is a length, a newline, and JSON: `statements`, `gaps` and `reads` are what came since the last one, `ask` is
a question. Only a question is answered, in the same form.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from collections.abc import Iterator
from typing import Any

from .time_limit import Time

#: So many statements, and so many characters of them, are sent at a time: few, since the last are waited for.
_MOST, _LONGEST = 50, 200_000


class Talk:
    """Statements and questions of the revisions in `folders`, sent to `write` and answered from `read`.

    The two are descriptors; without them nothing can be asked, and all that is said is kept for the end.
    """

    def __init__(self, folders: list[str], roots: list[str], pipes: list[int] | None) -> None:
        self._folders = tuple(os.path.abspath(folder) + os.sep for folder in folders)
        self._roots = tuple(root + os.sep for root in roots)
        self._pipes = pipes
        self._inside: dict[str, int] = {}
        #: What is in the files of revisions, and their lines once they are needed.
        self.sources: dict[str, bytes] = {}
        self._lines: dict[str, list[bytes]] = {}
        #: The file of the revision that runs, a further file whose lines are places, the table that Alembic keeps.
        self.revision = self.also = self.version_table = ""
        #: What stands for a value that is not known, if there is such a text.
        self.unknown = ""
        self.time = Time(0)
        self._muted = False
        self._savepoints = 0
        #: How many statements shape nothing, and how many rows were made by them.
        self.irrelevant = self.made = 0
        self._statements: list[list[Any]] = []
        self._gaps: list[list[Any]] = []
        self._reads: list[list[Any]] = []
        self._size = 0

    @property
    def is_answered(self) -> bool:
        return self._pipes is not None

    @contextlib.contextmanager
    def muted(self) -> Iterator[None]:
        """What is sent in the block is left out: models may create their tables when they are imported."""
        self._muted = True
        try:
            yield
        finally:
            self._muted = False

    def statement(self, sql: str, place: tuple[str, int] | None = None) -> Any:
        """What a server would have been told. Within a savepoint, why it would have refused that, if so."""
        if self._muted or (self.version_table and _makes(self.version_table, sql)):
            return None
        if self.unknown and self.unknown in sql:
            self.gap(" ".join(sql.split())[:60], "a setting of the Flask app is in it, which is not known here", place)
            return None
        self._size += len(sql)
        file, line = place or self.place()
        if self._savepoints and self._pipes is not None:
            return self.ask({"about": "refusal", "sql": sql, "file": file, "line": line})
        self._statements.append([sql, file, line, self._is_one_line(file, line)])
        if self._pipes is not None and (len(self._statements) >= _MOST or self._size > _LONGEST):
            self._send(None)
        return None

    def savepoint(self, name: str) -> None:
        """Until the end of it, a statement that is refused raises, as a program expects that goes back then."""
        self.statement(f'SAVEPOINT "{name}"')
        self._savepoints += 1

    def end_of_savepoint(self, name: str, *, back: bool) -> None:
        self._savepoints -= 1
        if back:
            self.statement(f'ROLLBACK TO SAVEPOINT "{name}"')
        self.statement(f'RELEASE SAVEPOINT "{name}"')

    def _is_one_line(self, file: str, line: int) -> bool:
        """Whether an operation stands on one line, which is the place of all that it says."""
        if file not in self._lines:
            self._lines[file] = self.sources.pop(file, b"").splitlines()
        lines = self._lines[file]
        text = lines[line - 1].strip() if 0 < line <= len(lines) else b""
        return text.startswith(b"op.") and text.endswith(b")") and text.count(b"(") == text.count(b")")

    def is_of_alembic(self, sql: str) -> bool:
        """Whether a statement is about the table in which Alembic keeps the versions."""
        return bool(self.version_table) and self.version_table in sql

    def gap(self, what: str, why: str, place: tuple[str, int] | None = None, failed: str | None = None) -> None:
        """What could not be run. It stands where it was met among the statements.

        `failed` is the file of a revision that came to no end.
        """
        if not self._muted:
            self._gaps.append([what, why, *(place or self.place()), len(self._statements), failed])

    def read(self, sql: str, known: bool) -> None:
        """Rows that a revision took: `known` says that a database made from nothing has none of them."""
        if not self._muted:
            self._reads.append([sql[:200], *self.place(), known])

    def ask(self, question: dict[str, Any]) -> Any:
        """What driftcheck answers; None where nobody does."""
        if self._pipes is None or self._muted:
            return None
        with self.time.paused():
            self._send(question)
            return self._answer(self._pipes[1])

    def rest(self) -> dict[str, Any]:
        """What was not said yet."""
        document = {"statements": self._statements, "gaps": self._gaps, "reads": self._reads}
        self._statements, self._gaps, self._reads, self._size = [], [], [], 0
        return document

    def place(self) -> tuple[str, int]:
        """The innermost line of a revision that is running; else of another file of the project."""
        frame: Any = sys._getframe(1)
        other: tuple[str, int] | None = None
        while frame is not None:
            rank = self._rank(frame.f_code.co_filename)
            if rank == 2:
                return os.path.abspath(frame.f_code.co_filename), frame.f_lineno
            if rank == 1 and other is None:
                other = os.path.abspath(frame.f_code.co_filename), frame.f_lineno
            frame = frame.f_back
        return other or (self.revision, 1)

    def _rank(self, filename: str) -> int:
        """2 for a revision, 1 for another file of the project, 0 for all else."""
        found = self._inside.get(filename)
        if found is None:
            path = os.path.abspath(filename)
            installed = "site-packages" in path or filename.startswith("<")
            found = (
                2
                if path.startswith(self._folders) or path == self.also
                else 1
                if path.startswith(self._roots) and not installed
                else 0
            )
            self._inside[filename] = found
        return found

    def _send(self, question: dict[str, Any] | None) -> None:
        assert self._pipes is not None
        text = json.dumps({**self.rest(), "ask": question}).encode("ascii")
        message = b"%d\n%s" % (len(text), text)
        while message:
            message = message[os.write(self._pipes[0], message) :]

    def _answer(self, descriptor: int) -> Any:
        data = b""
        while b"\n" not in data:
            data += _some(descriptor)
        head, _, data = data.partition(b"\n")
        while len(data) < int(head):
            data += _some(descriptor)
        return json.loads(data)


def _makes(table: str, sql: str) -> bool:
    """Whether it is the statement by which Alembic makes the table of versions."""
    return re.match(rf'\s*CREATE TABLE (?:\S+\.)?"?{re.escape(table)}"? \(', sql) is not None


def _some(descriptor: int) -> bytes:
    data = os.read(descriptor, 65536)
    if not data:
        raise ConnectionAbortedError("driftcheck does not answer any more")
    return data
