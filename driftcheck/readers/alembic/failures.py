"""What to say when the revisions could not be run at all: what happened, where, and what to do next."""

from __future__ import annotations

import re

from ...errors import SourceError
from ...project import Project
from ...worker.answer import Asked, RefusedAnswer
from ...worker.interpreter import Interpreter
from ...worker.missing import with_packages
from ...worker.options import Options
from ...worker.process import ProcessOutcome
from .answer import SentGap
from .settings import Settings

_LAST_LINES = 12
_LONGEST = 500
_FRAME = re.compile(r'File "(?P<file>[^"]+)", line (?P<line>\d+) in (?P<function>.+)')


class Failures:
    """Words for one run's failures."""

    def __init__(self, settings: Settings, project: Project, interpreter: Interpreter, options: Options) -> None:
        self._settings, self._project = settings, project
        self._interpreter, self._options = interpreter, options
        self._named = project.shown(settings.config or settings.script)

    def not_started(self, error: OSError) -> SourceError:
        return SourceError(
            f"the interpreter {self._interpreter} could not be started: {error.strerror or error}",
            hint="name another one with --python, or `python` in the config",
        )

    def invalid(self, why: str, outcome: ProcessOutcome | None = None) -> SourceError:
        return SourceError(
            f"running the revisions of {self._named} gave an invalid answer: {why}",
            hint="revisions must not touch the file descriptors of their process, nor print without end",
            path=self._named,
            detail=_last(outcome.output + outcome.errors) if outcome is not None else None,
        )

    def without_answer(self, outcome: ProcessOutcome) -> SourceError:
        if outcome.over is not None:
            return self.invalid(outcome.over, outcome)
        if outcome.status is None:
            return self._timeout(outcome)
        ended = f"by signal {-outcome.status}" if outcome.status < 0 else f"with exit status {outcome.status}"
        return SourceError(
            f"running the revisions of {self._named} ended its process {ended} before all was said",
            hint="is there an os._exit or a crash in a revision, or in what it imports?",
            path=self._named,
            detail=_last(outcome.output + outcome.errors),
        )

    def _timeout(self, outcome: ProcessOutcome) -> SourceError:
        frames = [match.groupdict() for match in _FRAME.finditer(outcome.errors) if self._is_ours(match["file"])]
        path = self._project.shown(frames[0]["file"]) if frames else self._named
        line = int(frames[0]["line"]) if frames else None
        return SourceError(
            f"running the revisions of {self._named} took longer than {self._options.timeout:g} s and was stopped"
            + (f"; it was at {path}:{line}" if frames else ""),
            hint="give it more time with --timeout",
            path=path,
            line=line,
            detail=_last(outcome.output + outcome.errors.partition("Timeout (")[0]),
        )

    def _is_ours(self, file: str) -> bool:
        return self._project.holds(file) and "site-packages" not in file

    def refused(self, refusal: RefusedAnswer, outcome: ProcessOutcome) -> SourceError:
        """What a worker said that could not run the revisions."""
        error, who = refusal.error, self._who(refusal)
        text, hint = f"the revisions of {self._named} could not be run: {error.type}: {error.message} ({who})", None
        match error.kind:
            case "no-alembic":
                text = f"there is no Alembic in {who}"
                command = with_packages(self._interpreter, "alembic")
                hint = (f"with uv: {command}\n" if command is not None else "") + (
                    f"driftcheck used that interpreter: {self._interpreter.reason}. Install the project's packages "
                    "there (pip install alembic), or name the interpreter that has them (--python, `python` in the "
                    f"config), or use a snapshot (--no-exec). Without it: alembic upgrade head --sql > alembic.sql, "
                    "and compare sql:alembic.sql"
                )
            case "old-alembic":
                text = f"the project has Alembic {error.message}; driftcheck runs 1.8 and newer ({who})"
                hint = "upgrade it, or compare SQL: alembic upgrade head --sql > alembic.sql"
            case "old-sqlalchemy":
                text = f"the project has SQLAlchemy {error.message}; driftcheck reads 1.4 and newer ({who})"
                hint = "upgrade it, or compare SQL: alembic upgrade head --sql > alembic.sql"
            case "old-python":
                text = f"{self._interpreter} is Python {error.message}; driftcheck supports Python 3.9 and newer"
                hint = "name another interpreter with --python"
            case "history":
                text = f"Alembic does not follow the revisions of {self._named} to {self._settings.revision}: "
                text += error.message
                hint = "`alembic history` shows how they are linked; name one to stop at: alembic.ini@REVISION"
            case "internal":
                hint = "this is a defect of driftcheck; please report it with the lines above"
        return SourceError(text, hint=hint, path=self._named, detail=error.traceback or None)

    def of_env(self, gap: SentGap) -> SourceError:
        """What to say of an env.py that raised before it ran any revision."""
        _, why, file, line, *_ = gap
        path = self._project.shown(file)
        return SourceError(
            f"{path}:{line} ran no revision: {why}",
            hint='what it needs may be set in the config, env = { NAME = "…" }; or leave it out: run-env = false',
            path=path,
            line=line,
        )

    def nothing(self, result: Asked) -> SourceError:
        folders = ", ".join(map(self._project.shown, self._settings.folders))
        return SourceError(
            f"there is no revision in {folders} ({self._who(result)})",
            hint="name alembic.ini, or the folder that holds env.py",
            path=self._named,
        )

    def _who(self, answer: Asked) -> str:
        version = f", SQLAlchemy {answer.sqlalchemy}" if answer.sqlalchemy else ""
        return f"{self._interpreter}: Python {answer.python}{version}"


def _last(text: str) -> str | None:
    """The last lines of an output, none longer than is bearable."""
    lines = [line[:_LONGEST] for line in text.strip().splitlines()[-_LAST_LINES:]]
    return "\n".join(lines) or None
