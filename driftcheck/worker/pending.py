"""A reading that was started: the project's Python runs while other sources are read."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from .. import listening
from ..errors import SourceError
from ..project import Project
from . import interpreter as interpreters
from .options import Options
from .process import Run

R = TypeVar("R")


class Pending(Generic[R]):
    """`result()` waits for the project's Python and gives the reading; `cancel()` ends it without one."""

    def __init__(self, project: Project, options: Options, folder: Path) -> None:
        """Starts the Python of the project in `folder`. Raises SourceError if it is clear that it cannot be run."""
        self._project, self._options = project, options
        self._interpreter = interpreters.choose(options.python, folder, project.root, os.environ)
        self._result: R | None = None
        self._run = self._start(options)

    def result(self) -> R:
        """The reading. Raises SourceError if there is none."""
        if self._result is None:
            self._result = self._waited()
        return self._result

    def cancel(self) -> None:
        """Ends the project's Python, if it still runs."""
        self._run.cancel()

    def read(self) -> R:
        """The reading, after which nothing runs any more. Raises SourceError."""
        try:
            return self.result()
        finally:
            self.cancel()

    def _start(self, options: Options, **more: Any) -> Run:
        try:
            return Run(
                self._interpreter.command,
                {**self._common(options), **self._request(options), **more},
                self._directory,
                options.env,
                direct=self._interpreter.direct,
                talks=self._talks,
            )
        except OSError as error:
            raise self._not_started(options, error) from error

    def _common(self, options: Options) -> Mapping[str, Any]:
        """What every request says."""
        return {
            "timeout": options.timeout,
            "ends": time.time() + options.timeout,
            "traced": bool(listening.listeners),
            "stub_missing": bool(options.stub_missing),
            "packages": self._interpreter.borrows,
        }

    # --- what each kind of source says itself ---

    #: Whether the worker asks while it runs.
    _talks = False

    @property
    def _directory(self) -> Path:
        """Where Python runs."""
        raise NotImplementedError

    def _request(self, options: Options) -> Mapping[str, Any]:
        raise NotImplementedError

    def _waited(self) -> R:
        raise NotImplementedError

    def _not_started(self, options: Options, error: OSError) -> SourceError:
        raise NotImplementedError
