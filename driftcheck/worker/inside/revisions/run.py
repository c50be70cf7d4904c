"""One request to run revisions, from beginning to end."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from typing import Any

from .. import engines, restless
from ..descriptors import out_of_the_way
from ..looking import is_pipe
from ..trouble import Trouble
from . import environment, plain
from .talk import Talk
from .time_limit import OverTime, Time


def run(request: dict[str, Any]) -> dict[str, Any]:
    """Runs the revisions and gives the rest of what they said, and an account of it. Raises Trouble."""
    from . import before_two, dialect, flask_app
    from .history import History

    if request.get("stub_missing"):
        before_two.allow()
    time = Time(float(request.get("ends") or 0))
    folders = request["versions"] or [os.path.join(request["script"], "versions")]
    talk = Talk(folders, request["roots"], _pipes(request))
    talk.time = time
    engines.made_by(lambda url, asynchronous: dialect.engine(talk, url, asynchronous))
    env = os.path.join(request["script"], "env.py")
    tree = environment.parsed(env)
    settings = flask_app.placeholder(environment.text(env))
    talk.unknown = flask_app.UNKNOWN if settings is not None else ""
    with talk.muted():
        history = History(request, talk)
        with restless.project_code(), time.part():
            metadata, remark = environment.target_metadata(env, tree, request["searched"], folders)
    runner = _Runner(talk, history, metadata, environment.constants(tree), request["roots"])
    if request.get("run_env"):
        steps = runner.by_environment(request["revision"], env)
    else:
        steps = runner.by_themselves(request["revision"])
    return {
        "rest": talk.rest(),
        "irrelevant": talk.irrelevant,
        "revisions": [os.path.abspath(step.revision.path) for step in steps],
        "heads": list(history.script.get_heads()),
        "alembic": version(),
        "missing": list(history.missing),
        "answered": talk.is_answered,
        "remarks": [remark] if remark else [],
        "settings": list(settings.asked) if settings is not None else [],
        **_stubbed(request),
    }


def _stubbed(request: dict[str, Any]) -> dict[str, Any]:
    from .. import enduring, stubs

    return {"stubbed": stubs.found(), "passed": enduring.passed()} if request.get("stub_missing") else {}


def _pipes(request: dict[str, Any]) -> list[int] | None:
    """The descriptors of the talk, out of the project's way; None where none reach this process."""
    given = request.get("talk")
    if not given:
        return None
    try:
        if not all(map(is_pipe, given)):
            return None  # a tool between driftcheck and this process closed them, and the numbers are others'
        kept = [out_of_the_way(number) for number in given]
        for number in given:
            os.close(number)
    except OSError:
        return None
    return kept


class _Runner:
    """Runs one revision after the other, whatever the one before did."""

    def __init__(self, talk: Talk, history: Any, metadata: Any, options: dict[str, Any], roots: list[str]) -> None:
        self._talk, self._history, self._metadata, self._options = talk, history, metadata, options
        self._roots, self._modules, self._hooked = roots, 0, False

    def by_themselves(self, revision: str) -> list[Any]:
        """On connections of ours, without env.py; the steps that were run.

        None of the connections is closed: a revision may keep one from when it was loaded.
        """
        from alembic.operations import Operations
        from alembic.runtime.environment import EnvironmentContext
        from sqlalchemy import exc

        from . import dialect

        engine = dialect.engine(self._talk)
        with EnvironmentContext(self._history.config, self._history.script, destination_rev=revision) as context:
            self._configure(context, self._connection(engine))
            with Operations.context(context.get_context()), self._talk.muted():
                steps: list[Any] = self._history.steps(revision)
            waiting = list(reversed(steps))
            while waiting:
                connection = self._connection(engine)
                self._configure(context, connection)
                # The end of a transaction that a revision broke may raise: the next one gets a connection of its own.
                ends = contextlib.suppress(exc.SQLAlchemyError, AssertionError)
                with ends, context.begin_transaction(), Operations.context(context.get_context()):
                    while waiting and self._step(waiting.pop()) and connection.in_transaction():
                        pass
        return steps

    def _connection(self, engine: Any) -> Any:
        connection = engine.connect()
        names = self._options.get("schema_translate_map")
        return connection.execution_options(schema_translate_map=names) if isinstance(names, dict) else connection

    def _configure(self, context: Any, connection: Any) -> None:
        known = ("version_table", "version_table_schema", "include_schemas")
        options = {name: self._options[name] for name in known if name in self._options}
        context.configure(connection=connection, target_metadata=self._metadata, **options)

    def _step(self, step: Any, **given: Any) -> bool:
        """Runs one revision; whether it came to its end."""
        self._talk.revision = os.path.abspath(step.revision.path)
        try:
            with self._watched(), self._talk.time.part():
                step.migration_fn(**given)
        except BaseException as error:  # noqa: BLE001 # a revision may raise anything, SystemExit included
            self._failed(step, error)
            return False
        return True

    def _watched(self) -> contextlib.AbstractContextManager[None]:
        """Whatever the revision asks is noted, unless it is one that can ask nothing."""
        if not restless.watches_calls():
            return contextlib.nullcontext()
        if len(sys.modules) != self._modules:
            self._modules = len(sys.modules)
            self._hooked = plain.hooked(self._metadata, self._roots, environment.text)
        is_plain = self._talk.revision in self._history.plain and not (self._hooked or self._history.hooks)
        return contextlib.nullcontext() if is_plain else restless.project_code()

    def _failed(self, step: Any, error: BaseException) -> None:
        cause = getattr(error, "cause", error)
        place = _place(cause, self._talk.revision)
        words = " ".join(str(cause).split())[:300]
        why = f"it raises {type(cause).__name__}: {words}" if words else f"it raises {type(cause).__name__}"
        if isinstance(cause, OverTime):
            why = words
        self._talk.gap(f"revision {step.revision.revision}", why, place, failed=self._talk.revision)

    def by_environment(self, revision: str, env: str) -> list[Any]:
        """By env.py itself, whose engine is ours; the steps that were run."""
        from alembic.runtime.environment import EnvironmentContext

        script, talk = self._history.script, self._talk
        talk.also = env
        steps: list[Any] = []

        def revisions(rev: Any, context: Any) -> Any:
            with talk.muted():
                found = self._history.steps(revision)
            # env.py may run them for each of several schemas.
            steps[:] = found
            for step in found:
                step.migration_fn = self._guarded(step, step.migration_fn)
            return found

        talk.version_table = str(self._options.get("version_table") or "alembic_version")
        with EnvironmentContext(self._history.config, script, fn=revisions, destination_rev=revision):
            try:
                with restless.project_code():
                    script.run_env()
            except Trouble:
                raise
            except BaseException as error:  # noqa: BLE001 # as a revision
                talk.gap("env.py", f"it raises {type(error).__name__}: {' '.join(str(error).split())[:300]}",
                         _place(error, env), failed="")  # fmt: skip
        return steps

    def _guarded(self, step: Any, upgrade: Any) -> Any:
        def run(**given: Any) -> None:
            step.migration_fn = upgrade
            self._step(step, **given)

        return run


def _place(error: BaseException, path: str) -> tuple[str, int]:
    """The innermost line of the file `path` that led to `error`; of one that does not parse, the line of that."""
    if isinstance(error, SyntaxError) and error.filename and os.path.abspath(error.filename) == path:
        return path, error.lineno or 1
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if os.path.abspath(frame.filename) == path and frame.lineno
    ]
    return path, lines[-1] if lines else 1


def version() -> str:
    return str(getattr(sys.modules["alembic"], "__version__", "?"))
