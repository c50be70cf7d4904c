"""The models that the project's Python imports while other sources are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import SourceError
from ...project import Project
from ...worker import layout as layouts
from ...worker.options import Options
from ...worker.pending import Pending

if TYPE_CHECKING:
    from ...reading import Reading
    from .answer import AnswerReader, Heard

Facts = dict[str, Any]


class Models(Pending["Reading"]):
    """The models of a module."""

    def __init__(self, location: str, project: Project, options: Options) -> None:
        self._layout = layouts.find(location, project)
        super().__init__(project, options, self._layout.project)

    @property
    def _directory(self) -> Path:
        return self._layout.directory

    def _not_started(self, options: Options, error: OSError) -> SourceError:
        return self._answer(options).not_started(error)

    def _waited(self) -> Reading:
        from .second_try import second_try, worst  # as for Answer, below

        answer = self._answer(self._options)
        heard = answer.wait(self._run)
        options = second_try(heard.answer, self._options, self._layout, self._project, own=self._interpreter.own)
        if options is None:
            return answer.reading(self._at_last(answer, heard, self._options))
        self._run = self._start(options, repository=str(self._project.root))
        again = self._answer(options)
        try:
            return again.reading(self._at_last(again, again.wait(self._run), options))
        except SourceError as error:
            raise worst(answer.refusal(heard), error) from error

    def _at_last(self, answer: AnswerReader, heard: Heard, options: Options) -> Heard:
        """What was `heard`, or what comes of a last try that passes over whatever raises, if tables do."""
        from ...worker.answer import Description
        from .second_try import is_newer, third_try  # as for Answer, below

        if options.stub_missing and self._interpreter.own and is_newer(heard.answer) and self._take_newest():
            self._run = self._start(options, repository=str(self._project.root))
            answer = self._answer(options)
            heard = answer.wait(self._run)
        if not options.stub_missing or not third_try(heard.answer):
            return heard
        self._run = self._start(options, repository=str(self._project.root), all_variables=True)
        try:
            last = answer.wait(self._run)
        except SourceError:
            return heard
        return last if isinstance(last.answer, Description) and last.answer.tables else heard

    def _take_newest(self) -> bool:
        """Takes the newest Python of the machine's in place of ours, if there is one that is newer."""
        from ...project import top_of
        from ...worker.interpreter import borrowing
        from ...worker.newer import newest

        other = None if self._interpreter.borrows else newest(outside=top_of(self._project.root))
        if other is not None:
            self._interpreter = borrowing(other, "ours cannot parse the project")
        return other is not None

    def _request(self, options: Options) -> Facts:
        paths = [str(path) for path in self._layout.path]
        return {
            "module": self._layout.module,
            "attribute": self._layout.attribute,
            "every": self._layout.every,
            "path": paths[:1],
            "path_last": paths[1:],
            "roots": list(dict.fromkeys([str(self._project.root), *paths])),
            "module_file": str(self._layout.file) if self._layout.file else None,
            "dialect": options.dialect,
            "repository": str(self._project.root) if options.stub_missing else None,
        }

    def _answer(self, options: Options) -> AnswerReader:
        # Not imported before there is something to wait for: the project's Python should start first.
        from .answer import AnswerReader

        return AnswerReader(self._layout, self._project, self._interpreter, options)


_DEFAULTS = Options()


def start(location: str, root: Path | Project, options: Options = _DEFAULTS) -> Models:
    """Starts reading `location` (`module` or `module:attribute`); paths in `options` are relative to the root."""
    return Models(location, Project.of(root), options)


def read(location: str, root: Path | Project, options: Options = _DEFAULTS) -> Reading:
    """Reads `location` and waits for it. Raises SourceError if the models cannot be read."""
    return start(location, root, options).read()
