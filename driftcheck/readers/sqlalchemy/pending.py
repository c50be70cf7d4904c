"""A reading that was started: the project's Python runs while other sources are read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import listening
from ...errors import SourceError
from ...project import Project
from ...worker import interpreter as interpreters
from ...worker import layout as layouts
from ...worker.options import Options
from ...worker.process import Run

if TYPE_CHECKING:
    from ...reading import Reading
    from .answer import AnswerReader, Heard

Facts = dict[str, Any]


class Pending:
    """`result()` waits for the project's Python and gives the reading; `cancel()` ends it without one."""

    def __init__(self, location: str, project: Project, options: Options) -> None:
        """Starts the project's Python. Raises SourceError if it is clear already that it cannot be run."""
        self._project, self._root = project, project.root
        self._options = options
        self._layout = layouts.find(location, project)
        self._interpreter = interpreters.choose(options.python, self._layout.project, self._root, os.environ)
        self._reading: Reading | None = None
        self._run = self._start(options)

    def _start(self, options: Options, *, again: bool = False, all_variables: bool = False) -> Run:
        try:
            return Run(
                self._interpreter.command,
                {**self._request(options, again=again), "all_variables": all_variables},
                self._layout.directory,
                options.env,
                direct=self._interpreter.direct,
            )
        except OSError as error:
            raise self._answer(options).not_started(error) from error

    def result(self) -> Reading:
        """The reading. Raises SourceError if the models cannot be imported, or hold no table."""
        if self._reading is None:
            self._reading = self._waited()
        return self._reading

    def _waited(self) -> Reading:
        from .second_try import second_try, worst  # as for Answer, below

        answer = self._answer(self._options)
        heard = answer.wait(self._run)
        options = second_try(heard.answer, self._options, self._layout, self._project)
        if options is None:
            return answer.reading(self._at_last(answer, heard, self._options))
        self._run = self._start(options, again=True)
        again = self._answer(options)
        try:
            return again.reading(self._at_last(again, again.wait(self._run), options))
        except SourceError as error:
            raise worst(answer.refusal(heard), error) from error

    def _at_last(self, answer: AnswerReader, heard: Heard, options: Options) -> Heard:
        """What was `heard`, or what comes of a last try with a placeholder for each variable, if that does."""
        from ...worker.answer import Description
        from .second_try import third_try  # as for Answer, below

        if not options.stub_missing or not third_try(heard.answer):
            return heard
        self._run = self._start(options, again=True, all_variables=True)
        try:
            last = answer.wait(self._run)
        except SourceError:
            return heard
        return last if isinstance(last.answer, Description) else heard

    def cancel(self) -> None:
        """Ends the project's Python, if it still runs."""
        self._run.cancel()

    def _request(self, options: Options, *, again: bool) -> Facts:
        paths = [str(path) for path in self._layout.path]
        return {
            "module": self._layout.module,
            "attribute": self._layout.attribute,
            "every": self._layout.every,
            "path": paths[:1],
            "path_last": paths[1:],
            "roots": list(dict.fromkeys([str(self._root), *paths])),
            "module_file": str(self._layout.file) if self._layout.file else None,
            "timeout": options.timeout,
            "traced": bool(listening.listeners),
            "stub_missing": bool(options.stub_missing),
            "repository": str(self._root) if again or options.stub_missing else None,
        }

    def _answer(self, options: Options) -> AnswerReader:
        # Not imported before there is something to wait for: the project's Python should start first.
        from .answer import AnswerReader

        return AnswerReader(self._layout, self._project, self._interpreter, options)


_DEFAULTS = Options()


def start(location: str, root: Path | Project, options: Options = _DEFAULTS) -> Pending:
    """Starts reading `location` (`module` or `module:attribute`); paths in `options` are relative to the root."""
    return Pending(location, Project.of(root), options)


def read(location: str, root: Path | Project, options: Options = _DEFAULTS) -> Reading:
    """Reads `location` and waits for it. Raises SourceError if the models cannot be read."""
    pending = start(location, root, options)
    try:
        return pending.result()
    finally:
        pending.cancel()
