"""A database file, read by Python's own SQLite: what `sqlite_master` holds is SQL, and replayed as such.

Nothing is written beside it or in it. A file to which somebody writes has its log beside it, and is read with SQLite's
locks then; all others as they are (`immutable`), since reading a database in WAL mode would make files.
https://www.sqlite.org/uri.html
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote

from ...errors import SourceError
from ...frozen import dataclass
from ...location import DatabaseFacts, Location
from ...project import Project
from ...reading import Capabilities, Reading
from .replay import Replay

_URL = re.compile(r"sqlite(?:\+\w+)?:(?:///|//)?|file:(?:///)?", re.IGNORECASE)
_ORDER = {"table": 0, "index": 1, "view": 2, "trigger": 3}
#: Bytes that one text of a schema may take, and how often the clock is looked at, in SQLite's own steps.
_LONGEST, _STEPS = 5_000_000, 100_000
_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class _Row:
    type: str
    name: str
    sql: str


def read_database(location: str, project: Project, seconds: float) -> Reading:
    """The schema of the file at `location`, a path or a URL. Raises SourceError if it is none that can be read."""
    path = _path(location)
    shown = project.shown(path)
    real = _checked(path, shown, project)
    try:
        rows, shadows = _rows(real, time.monotonic() + seconds, project)
    except sqlite3.Error as error:
        raise SourceError(
            f"{shown} cannot be read as a SQLite database: {error}",
            path=shown,
            hint="sqlite3 FILE .schema says what is wrong with it",
        ) from error
    replay = Replay(project.budget)
    for row in rows:
        if row.name.lower() not in shadows:
            replay.file(shown, row.sql, Location(shown, object=row.name))
    now = datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return Reading(
        replay.schema(),
        Capabilities("SQLite"),
        gaps=tuple(replay.gaps),
        statements=replay.statements,
        home=Location(shown, object=""),
        database=DatabaseFacts(sqlite3.sqlite_version, now, shown, "SQLite"),
        dialect="sqlite",
    )


def _path(location: str) -> str:
    """`sqlite:///app.db` is beside the config, `sqlite:////srv/app.db` not; words behind a `?` are the driver's."""
    found = _URL.match(location)
    if found is None:
        return location
    return unquote(location[found.end() :].partition("?")[0])


def _checked(path: str, shown: str, project: Project) -> Path:
    """Where the file really is. Raises SourceError if it is no file that may be read, or none of SQLite's."""
    if path in ("", ":memory:"):
        raise SourceError("a database in memory holds nothing yet", hint="name a file: database:app.db")
    entry = project.entry(project.root / path)
    if not entry.is_file:
        why = entry.trouble or ("it is a folder" if entry.is_folder else "it is not there")
        raise SourceError(f"{shown} cannot be read: {why}", path=shown)
    try:
        start = project.beginning(path, len(_MAGIC))
    except OSError as error:
        raise SourceError(f"{shown} cannot be read: {error.strerror or error}", path=shown) from error
    if start != _MAGIC:
        what = "it is empty" if not start else "it is encrypted, or something else"
        raise SourceError(f"{shown} is no SQLite database: {what}", path=shown)
    return project.real(path)


def _rows(real: Path, deadline: float, project: Project) -> tuple[list[_Row], frozenset[str]]:
    """The schema's texts, and the names of tables that virtual tables keep. Raises sqlite3.Error, OverLimit."""
    busy = any(_holds_something(f"{real}{ending}") for ending in ("-wal", "-journal"))
    how = "mode=ro" if busy else "mode=ro&immutable=1"
    # What is no address there (a `?`, a `#`) is written by its number.
    uri = f"file:{quote(str(real))}?{how}"
    with closing(sqlite3.connect(uri, uri=True, timeout=max(0.1, deadline - time.monotonic()))) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.execute("PRAGMA trusted_schema = OFF")
        rows: list[_Row] = []
        for type_, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY rowid"):
            if sql is not None:
                project.budget.make(len(sql))
                rows.append(_Row(str(type_), str(name), str(sql)))
        return sorted(rows, key=lambda row: _ORDER.get(row.type, 4)), _shadows(connection)


def _shadows(connection: sqlite3.Connection) -> frozenset[str]:
    """Names in lower case; older versions of SQLite do not say."""
    if sqlite3.sqlite_version_info < (3, 37):
        return frozenset()
    found = connection.execute("SELECT name FROM pragma_table_list WHERE type = 'shadow'")
    return frozenset(str(name).lower() for (name,) in found)


def _holds_something(path: str) -> bool:
    try:
        return os.stat(path).st_size > 0
    except OSError:
        return False
