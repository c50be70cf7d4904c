"""What to say when the project's models could not be read: what happened, where, and what to do next."""

from __future__ import annotations

import difflib
from pathlib import Path

from ...errors import SourceError
from ...project import Project
from ...regex import lazy
from ...worker.answer import Asked, Description, RefusedAnswer, TroubleFacts
from ...worker.interpreter import Interpreter
from ...worker.layout import Layout
from ...worker.options import Options
from ...worker.process import ProcessOutcome
from .import_hints import ImportHints
from .model import relative

_LAST_LINES = 12
_LONGEST = 500
_FRAME = lazy(r'File "(?P<file>[^"]+)", line (?P<line>\d+) in (?P<function>.+)')


class Failures:
    """Words for one run's failures."""

    def __init__(self, layout: Layout, project: Project, interpreter: Interpreter, options: Options) -> None:
        self._layout, self._interpreter, self._options = layout, interpreter, options
        self._root = project.root
        self._hints = ImportHints(layout, project, interpreter, options)

    def not_started(self, error: OSError) -> SourceError:
        return SourceError(
            f"the interpreter {self._interpreter} could not be started: {error.strerror or error}",
            hint="name another one with --python, or `python` in the config",
        )

    def without_answer(self, outcome: ProcessOutcome, why: str | None) -> SourceError:
        """What to say of an `outcome` that holds no answer, or none that can be understood: `why` says of what."""
        if why is not None:
            return SourceError(
                f"importing {self._layout.module} gave an invalid answer: {why}",
                hint="models must not touch the file descriptors of their process, nor print without end",
                path=self._file,
                detail=_last(outcome.output + outcome.errors),
            )
        return self._timeout(outcome) if outcome.status is None else self._no_answer(outcome)

    def no_tables(self, document: Description, elsewhere: str | None) -> SourceError:
        looked_at = ", ".join(document.names) or "nothing"
        advice = "name the module that imports all models, so that their tables are known"
        if document.gaps:
            lost = document.gaps[0]
            advice = f"what it may define was lost, {lost.what} first: {lost.why}; {self._hints.without_stubs}"
        return SourceError(
            f"{self._what} defines no table (looked at {looked_at}, with {self._who(document)})",
            hint=_sentences(elsewhere, advice),
            path=self._file,
        )

    @property
    def _what(self) -> str:
        return str(self._layout)

    @property
    def _file(self) -> str | None:
        return relative(str(self._layout.file), self._root) if self._layout.file else None

    def _who(self, document: Asked) -> str:
        version = f", SQLAlchemy {document.sqlalchemy}" if document.sqlalchemy else ""
        return f"{self._interpreter}: Python {document.python}{version}"

    def _timeout(self, outcome: ProcessOutcome) -> SourceError:
        frames = [match.groupdict() for match in _FRAME.finditer(outcome.errors) if self._is_ours(match["file"])]
        where = f"; it was at {relative(frames[0]['file'], self._root)}:{frames[0]['line']}" if frames else ""
        return SourceError(
            f"importing {self._layout.module} took longer than {self._options.timeout:g} s and was stopped{where}",
            hint="give it more time with --timeout, or keep the models apart from what takes so long",
            path=relative(frames[0]["file"], self._root) if frames else self._file,
            line=int(frames[0]["line"]) if frames else None,
            detail=_last(outcome.output + outcome.errors.partition("Timeout (")[0]),
        )

    def _no_answer(self, outcome: ProcessOutcome) -> SourceError:
        status = outcome.status or 0
        ended = f"was ended by signal {-status}" if status < 0 else f"ended its process (exit status {status})"
        if not self._interpreter.direct or "can't open file" in outcome.errors:
            message = (
                f"{self._interpreter} did not get as far as importing {self._layout.module} (exit status {status})"
            )
        else:
            message = f"importing {self._layout.module} {ended} before its tables could be read"
        return SourceError(
            message,
            hint="models must be importable without ending the process: is there an os._exit, a daemon, a crash?",
            path=self._file,
            detail=_last(outcome.output + outcome.errors),
        )

    def refused(self, refusal: RefusedAnswer, outcome: ProcessOutcome, elsewhere: str | None) -> SourceError:
        """What a worker said that cannot describe the models. `elsewhere`: modules that nobody imported."""
        who, error = self._who(refusal), refusal.error
        kind, message = error.kind, error.message
        module = self._layout.module
        if kind == "import":
            return self._import_error(refusal, outcome)
        if kind == "exit":
            path, line = self._last_place(error)
            return SourceError(
                f"importing {module} called sys.exit({message}) ({who})",
                hint="models must be importable without ending the process",
                path=path,
                line=line,
                detail=_detail(error, outcome),
            )
        if kind == "internal":
            return SourceError(
                f"the tables of {module} could not be described: {error.type}: {message} ({who})",
                hint="this is a defect of driftcheck; please report it with the lines above",
                path=self._file,
                detail=error.traceback,
            )
        text, hint = self._words(error, who, elsewhere)
        path, line = self._last_place(error) if error.at else (self._file, None)
        return SourceError(text, hint=hint, path=path, line=line)

    def _words(self, error: TroubleFacts, who: str, elsewhere: str | None) -> tuple[str, str]:
        """Message and hint for what has no traceback."""
        message, module = error.message, self._layout.module
        match error.kind:
            case "old-python":
                text = f"{self._interpreter} is Python {message}; driftcheck supports Python 3.9 and newer"
                return text, "name another interpreter with --python"
            case "old-sqlalchemy":
                text = f"the project has SQLAlchemy {message}; driftcheck reads 1.4 and newer ({who})"
                return text, "upgrade it, or compare SQL that was dumped from the database"
            case "no-sqlalchemy":
                return f"there is no SQLAlchemy in {who}", self._hints.interpreter
            case "no-attribute":
                return self._no_attribute(error)
            case "not-metadata":
                text = f"{self._what} is of type {error.type}: it is not a MetaData and has no .metadata"
                return text, "name a declarative base, a MetaData, SQLModel, or Flask-SQLAlchemy's db"
            case "no-metadata":
                text = f"{module} holds no MetaData, no declarative base and no mapped class ({who})"
                hint = f"name the module and the attribute that has the tables, e.g. {module}:Base"
                return text, _sentences(elsewhere, hint)
            case "no-package":
                text = f"{module} is a module, not a package: there is nothing in it for '.*' to mean"
                return text, f"name it without: {str(self._layout).replace('.*', '')}"
            case "shadowed":
                text = f"importing {module} gave {error.found}, not {relative(error.expected, self._root)}"
                return text, "another module has the same name; say where the project begins with -C"
            case _:
                return message, self._hints.without_stubs

    def _no_attribute(self, error: TroubleFacts) -> tuple[str, str]:
        names = error.names
        near = difflib.get_close_matches(error.attribute, names, 1)
        have = f"; it has {', '.join(names[:8])}" if names else ""
        hint = (
            f"did you mean {self._layout.module}:{near[0]}?"
            if near
            else ("name an attribute that is a MetaData or has a .metadata, or leave it out")
        )
        return f"{error.module} has no attribute '{error.attribute}'{have}", hint

    def _import_error(self, refusal: RefusedAnswer, outcome: ProcessOutcome) -> SourceError:
        error = refusal.error
        path, line = self._last_place(error)
        head = f"importing {self._layout.module} failed: {error.type}"
        if error.message:
            head += f": {_one_line(error.message)}"
        return SourceError(
            f"{head} ({self._who(refusal)})",
            hint=self._hints.of(refusal),
            path=path or self._file,
            line=line,
            detail=_detail(error, outcome),
        )

    def _is_ours(self, file: str) -> bool:
        return "site-packages" not in file and Path(file).is_relative_to(self._root)

    def _last_place(self, error: TroubleFacts) -> tuple[str | None, int | None]:
        """The last line of the project that was running, or that does not parse."""
        if error.at and error.at[0]:
            return relative(error.at[0], self._root), error.at[1]
        for file, line, _ in reversed(error.frames):
            if self._is_ours(file):
                return relative(file, self._root), line
        return None, None


def _detail(error: TroubleFacts, outcome: ProcessOutcome) -> str:
    """The last lines of the import's own output: its traceback, and what it printed."""
    lines = error.traceback.splitlines()
    printed = _last(outcome.output + outcome.errors)
    return "\n".join(lines[-_LAST_LINES:]) + (f"\n\nit printed:\n{printed}" if printed else "")


def _last(text: str) -> str | None:
    lines = [line if len(line) <= _LONGEST else line[:_LONGEST] + "…" for line in text.splitlines() if line.strip()]
    return "\n".join(lines[-_LAST_LINES:]) or None


def _one_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " ".join(lines)[:300]


def _sentences(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)
