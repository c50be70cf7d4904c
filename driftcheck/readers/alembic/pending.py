"""A reading that was started: the project's Python runs its revisions, and is answered what it asks."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import listening
from ...project import Project
from ...worker import interpreter as interpreters
from ...worker import layout as layouts
from ...worker.options import Options
from ...worker.process import ProcessOutcome, Run
from .settings import Settings, settings

if TYPE_CHECKING:
    from ...reading import Reading
    from .answer import Told
    from .failures import Failures
    from .telling import Telling


class Pending:
    """`result()` waits for the project's Python and gives the reading; `cancel()` ends it without one."""

    def __init__(self, location: str, project: Project, options: Options) -> None:
        """Starts the project's Python. Raises SourceError if it is clear already that it cannot be run."""
        self._project, self._options = project, options
        self._settings = settings(location, project)
        folder = layouts.nearest_project(self._settings.script, project.root)
        self._interpreter = interpreters.choose(options.python, folder, project.root, os.environ)
        self._reading: Reading | None = None
        self._run = self._start(options)

    def _start(self, options: Options) -> Run:
        try:
            return Run(
                self._interpreter.command,
                self._request(options),
                self._settings.directory,
                options.env,
                direct=self._interpreter.direct,
                talks=True,
            )
        except OSError as error:
            raise self._failures(options).not_started(error) from error

    def _request(self, options: Options) -> dict[str, Any]:
        found: Settings = self._settings
        root = self._project.root
        beside = [found.directory, found.directory / "src", root, root / "src", *_above(found.script, root)]
        last = [str(path) for path in dict.fromkeys(beside) if path.is_dir()]
        return {
            "revisions": True,
            "module": "",
            "config": str(found.config) if found.config else None,
            "section": found.section,
            "script": str(found.script),
            "versions": [str(path) for path in found.versions],
            "recursive": found.recursive,
            "sourceless": found.sourceless,
            "revision": found.revision,
            "run_env": options.run_env,
            "path": [str(path) for path in found.path],
            "path_last": last,
            "roots": list(dict.fromkeys([str(root), str(found.directory)])),
            "searched": [str(layouts.nearest_project(found.script, root))],
            "timeout": options.timeout,
            "traced": bool(listening.listeners),
            "stub_missing": bool(options.stub_missing),
            "repository": str(root),
        }

    def result(self) -> Reading:
        """The reading. Raises SourceError if the revisions cannot be run."""
        if self._reading is None:
            self._reading = self._waited()
        return self._reading

    def _waited(self) -> Reading:
        telling, told = self._heard(self._options)
        options = self._options
        if told.missing and options.stub_missing is None and options.python is None:
            options = replace(options, stub_missing=True)
            self._run = self._start(options)
            telling, told = self._heard(options)
        return self._finished(telling, told)

    def _heard(self, options: Options) -> tuple[Telling, Told]:
        """What one run comes to. Raises SourceError."""
        # Not imported before there is something to wait for: the project's Python should start first.
        from ...worker.answer import RefusedAnswer, understood
        from .answer import Told
        from .telling import Telling

        failures = self._failures(options)
        telling = Telling(self._project, options.after)
        try:
            outcome: ProcessOutcome = self._run.wait(telling.hear)
        except ValueError as error:
            raise failures.invalid(str(error)) from error
        if outcome.answer is None:
            raise failures.without_answer(outcome)
        try:
            told = understood(outcome.answer, Told)
        except ValueError as error:
            raise failures.invalid(str(error), outcome) from error
        if isinstance(told, RefusedAnswer):
            raise failures.refused(told, outcome)
        if not told.revisions:
            raise failures.of_env(told.rest.gaps[0]) if told.rest.gaps else failures.nothing(told)
        return telling, told

    def _finished(self, telling: Telling, told: Told) -> Reading:
        listening.heard(told.inputs)
        asked, answered = self._interpreter.command[0], told.executable
        if not self._interpreter.direct or os.path.realpath(asked) != os.path.realpath(answered):
            listening.doubt("another program chose the interpreter")
        reading = telling.reading(told)
        versions = f"Python {told.python}, SQLAlchemy {told.sqlalchemy}, Alembic {told.alembic}"
        using = f"using {self._interpreter} ({self._interpreter.reason}; {versions})"
        files = [self._settings.config, *map(Path, told.revisions)]
        shown = dict.fromkeys(self._project.shown(path) for path in files if path is not None)
        return replace(
            reading,
            files=(*shown, *(file for file in reading.files if file not in shown)),
            notes=(using, *self._count(told), *reading.notes),
            cautions=(*told.remarks, *_stood_in(told), *_settings(told)),
        )

    def _count(self, told: Told) -> list[str]:
        heads = f"{len(told.heads)} heads: {', '.join(told.heads[:5])}" if len(told.heads) != 1 else ""
        return [heads] if heads else []

    def cancel(self) -> None:
        """Ends the project's Python, if it still runs."""
        self._run.cancel()

    def _failures(self, options: Options) -> Failures:
        from .failures import Failures

        return Failures(self._settings, self._project, self._interpreter, options)


def _above(folder: Path, root: Path) -> list[Path]:
    """The folders between `root` and `folder`, the outermost first: from one of them the project's packages come."""
    above = list(folder.parents)
    return above[: above.index(root)][::-1] if root in above else []


def _settings(told: Told) -> list[str]:
    names = ", ".join(told.settings[:8])
    return [f"a placeholder stood for settings of the Flask app: {names}"] if names else []


def _stood_in(told: Told) -> list[str]:
    if not told.stubbed:
        return []
    return [f"stand-ins took the place of packages that are not installed: {', '.join(told.stubbed[:8])}"]


_DEFAULTS = Options()


def start(location: str, root: Path | Project, options: Options = _DEFAULTS) -> Pending:
    """Starts reading `location`: alembic.ini, pyproject.toml or a folder; paths in `options` are relative to the root.

    Raises SourceError.
    """
    return Pending(location, Project.of(root), options)


def read(location: str, root: Path | Project, options: Options = _DEFAULTS) -> Reading:
    """Reads `location` and waits for it. Raises SourceError if the revisions cannot be run."""
    pending = start(location, root, options)
    try:
        return pending.result()
    finally:
        pending.cancel()
