"""A reading that was started: the project's Python runs its revisions, and is answered what it asks."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import listening
from ...errors import SourceError
from ...location import Location
from ...project import Project
from ...worker import layout as layouts
from ...worker.answer import passed_over
from ...worker.options import Options
from ...worker.pending import Pending
from ...worker.process import ProcessOutcome
from .settings import Settings, settings

if TYPE_CHECKING:
    from ...reading import Reading
    from .answer import UpgradeResult
    from .failures import Failures
    from .upgrade import Upgrade


class Revisions(Pending["Reading"]):
    """The revisions of a history, which ask while they run."""

    _talks = True

    def __init__(self, location: str, project: Project, options: Options) -> None:
        self._settings = settings(location, project)
        super().__init__(project, options, layouts.nearest_project(self._settings.script, project.root))

    @property
    def _directory(self) -> Path:
        return self._settings.directory

    def _not_started(self, options: Options, error: OSError) -> SourceError:
        return self._failures(options).not_started(error)

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
            "repository": str(root),
        }

    def _waited(self) -> Reading:
        upgrade, result = self._outcome(self._options)
        options = self._options
        if result is not None and result.missing and options.stub_missing is None and options.python is None:
            options = replace(options, stub_missing=True)
            self._run = self._start(options)
            upgrade, result = self._outcome(options)
        return self._of_all(upgrade, result) if result is not None else self._of_some(upgrade)

    def _outcome(self, options: Options) -> tuple[Upgrade, UpgradeResult | None]:
        """What one run comes to; no result where it had to be stopped. Raises SourceError."""
        # Not imported before there is something to wait for: the project's Python should start first.
        from ...worker.answer import RefusedAnswer, understood
        from .answer import UpgradeResult
        from .upgrade import Enough, Upgrade

        failures = self._failures(options)
        upgrade = Upgrade(self._project, options.after)
        try:
            outcome: ProcessOutcome = self._run.wait(upgrade.receive)
        except ValueError as error:
            raise failures.invalid(str(error)) from error
        except Enough:
            return upgrade, None
        if outcome.answer is None:
            ended = failures.without_answer(outcome)
            hangs = outcome.status is None and outcome.over is None
            if hangs and ended.path and (upgrade.begun or self._is_revision(ended.path)):
                upgrade.stop(Location(ended.path, ended.line or 1), ended.message)
                return upgrade, None
            raise ended
        try:
            result = understood(outcome.answer, UpgradeResult)
        except ValueError as error:
            raise failures.invalid(str(error), outcome) from error
        if isinstance(result, RefusedAnswer):
            raise failures.refused(result, outcome)
        if not result.revisions:
            raise failures.of_env(result.rest.gaps[0]) if result.rest.gaps else failures.nothing(result)
        return upgrade, result

    def _is_revision(self, shown: str) -> bool:
        path = self._project.root / shown
        return any(path.is_relative_to(folder) for folder in self._settings.folders)

    def _of_some(self, upgrade: Upgrade) -> Reading:
        """The reading of a run that was stopped: what it depended on is not known."""
        listening.doubt("the revisions came to no end")
        reading = upgrade.reading(None)
        return replace(reading, notes=(f"using {self._interpreter} ({self._interpreter.reason})", *reading.notes))

    def _of_all(self, upgrade: Upgrade, result: UpgradeResult) -> Reading:
        listening.heard(result.inputs)
        asked, answered = self._interpreter.command[0], result.executable
        if not self._interpreter.direct or os.path.realpath(asked) != os.path.realpath(answered):
            listening.doubt("another program chose the interpreter")
        reading = upgrade.reading(result)
        versions = f"Python {result.python}, SQLAlchemy {result.sqlalchemy}, Alembic {result.alembic}"
        using = f"using {self._interpreter} ({self._interpreter.reason}; {versions})"
        files = [self._settings.config, *result.revisions]
        said = passed_over(result, self._project.root)
        shown = dict.fromkeys(self._project.shown(path) for path in files if path is not None)
        return replace(
            reading,
            files=(*shown, *(file for file in reading.files if file not in shown)),
            notes=(using, *_heads(result), *reading.notes),
            cautions=(*result.remarks, *_substitutes(result), *said, *_settings(result)),
        )

    def _failures(self, options: Options) -> Failures:
        from .failures import Failures

        return Failures(self._settings, self._project, self._interpreter, options)


def _above(folder: Path, root: Path) -> list[Path]:
    """The folders between `root` and `folder`, the outermost first: from one of them the project's packages come."""
    above = list(folder.parents)
    return above[: above.index(root)][::-1] if root in above else []


def _heads(result: UpgradeResult) -> list[str]:
    several = f"{len(result.heads)} heads: {', '.join(result.heads[:5])}"
    return [several] if len(result.heads) != 1 else []


def _settings(result: UpgradeResult) -> list[str]:
    names = ", ".join(result.settings[:8])
    return [f"a placeholder stood for settings of the Flask app: {names}"] if names else []


def _substitutes(result: UpgradeResult) -> list[str]:
    if not result.stubbed:
        return []
    return [f"stand-ins took the place of packages that are not installed: {', '.join(result.stubbed[:8])}"]


_DEFAULTS = Options()


def start(location: str, root: Path | Project, options: Options = _DEFAULTS) -> Revisions:
    """Starts reading `location`: alembic.ini, pyproject.toml or a folder; paths in `options` are relative to the root.

    Raises SourceError.
    """
    return Revisions(location, Project.of(root), options)


def read(location: str, root: Path | Project, options: Options = _DEFAULTS) -> Reading:
    """Reads `location` and waits for it. Raises SourceError if the revisions cannot be run."""
    return start(location, root, options).read()
