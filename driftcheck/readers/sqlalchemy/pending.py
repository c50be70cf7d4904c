"""A reading that was started: the project's Python runs while other sources are read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ...model import Location
from ...reading import Reading, Statements
from . import interpreter as interpreters
from . import layout as layouts
from . import neighbours
from .capabilities import capabilities
from .failures import Failures
from .model import Build, relative
from .options import Options
from .process import Run

Facts = dict[str, Any]


class Pending:
    """`result()` waits for the project's Python and gives the reading; `cancel()` ends it without one."""

    def __init__(self, location: str, root: Path, options: Options) -> None:
        """Starts the project's Python. Raises SourceError if it is clear already that it cannot be asked."""
        self._root = root.resolve()
        self._options = options
        self._layout = layouts.find(location, self._root)
        self._interpreter = interpreters.choose(options.python, self._layout.project, self._root, os.environ)
        self._failures = Failures(self._layout, self._root, self._interpreter, options)
        self._reading: Reading | None = None
        try:
            self._run = Run(
                self._interpreter.command,
                self._request(),
                self._layout.directory,
                options.env,
                direct=self._interpreter.direct,
            )
        except OSError as error:
            raise self._failures.not_started(error) from error

    def result(self) -> Reading:
        """The reading. Raises SourceError if the models cannot be imported, or hold no table."""
        if self._reading is None:
            found = neighbours.definitions(self._layout)
            outcome = self._run.wait()
            document = outcome.document or {}
            missed = neighbours.unimported(found, document.get("loaded", ()))
            elsewhere = neighbours.sentence(missed, self._root) if missed else None
            if error := self._failures.of(outcome, elsewhere):
                raise error
            if not document["tables"] and not document["views"]:
                raise self._failures.no_tables(document, elsewhere)
            self._reading = self._build(document, elsewhere)
        return self._reading

    def cancel(self) -> None:
        """Ends the project's Python, if it still runs."""
        self._run.cancel()

    def _request(self) -> Facts:
        paths = [str(path) for path in self._layout.path]
        return {
            "module": self._layout.module,
            "attribute": self._layout.attribute,
            "path": paths[:1],
            "path_last": paths[1:],
            "roots": list(dict.fromkeys([str(self._root), *paths])),
            "module_file": str(self._layout.file) if self._layout.file else None,
            "timeout": self._options.timeout,
            "stub_missing": self._options.stub_missing,
        }

    def _build(self, document: Facts, elsewhere: str | None) -> Reading:
        home = self._home(document)
        build = Build(document, self._root, home)
        gaps = tuple(build.gaps)
        objects = sum(len(document[kind]) for kind in ("tables", "views", "sequences", "enums", "domains"))
        events = document["events"]
        return Reading(
            schema=build.schema,
            capabilities=capabilities(document),
            files=tuple(relative(path, self._root) for path in document["loaded"]),
            gaps=gaps,
            statements=Statements(
                read=objects + len(gaps) + events,
                gaps=len(gaps),
                unmodelled={"DDL events": events} if events else {},
            ),
            notes=self._notes(document, elsewhere),
            home=home,
        )

    def _notes(self, document: Facts, elsewhere: str | None) -> tuple[str, ...]:
        asked = (
            f"asked {self._interpreter} (Python {document['python']}, SQLAlchemy {document['sqlalchemy']}): "
            f"{self._interpreter.reason}"
        )
        stubs = document.get("stubbed")
        stubbed = (f"stand-ins took the place of packages that are not installed: {', '.join(stubs)}",) if stubs else ()
        return (asked, *stubbed, *document["notes"], *((elsewhere,) if elsewhere else ()))

    def _home(self, document: Facts) -> Location:
        """Where a new table would go: behind the last table of the file that holds most of them."""
        places = [facts["at"] for facts in document["tables"] if facts["at"]]
        if not places:
            file = self._layout.file or self._root
            return Location(relative(str(file), self._root))
        files = [place[0] for place in places]
        fullest = max(files, key=files.count)
        last = max(place[3] or place[1] for place in places if place[0] == fullest)
        return Location(relative(fullest, self._root), last)


_DEFAULTS = Options()


def start(location: str, root: Path, options: Options = _DEFAULTS) -> Pending:
    """Starts reading `location` (`module` or `module:attribute`); paths in `options` are relative to `root`."""
    return Pending(location, root, options)


def read(location: str, root: Path, options: Options = _DEFAULTS) -> Reading:
    """Reads `location` and waits for it. Raises SourceError if the models cannot be asked."""
    pending = start(location, root, options)
    try:
        return pending.result()
    finally:
        pending.cancel()
