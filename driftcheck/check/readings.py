"""All sources read at the same time: the slow one, a project's own Python, runs while the others are read here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from ..config import SourceSpec
from ..errors import SourceError
from ..kinds import KINDS
from ..project import Project
from .mistaken import demand_kind

if TYPE_CHECKING:
    from ..reading import Reading, Source


@dataclass(frozen=True, slots=True)
class PythonChoice:
    """What the command line says about running the project's Python; None leaves it to the config.

    `no_exec` forbids it: a source that needs it is then read from its snapshot. `timeout` holds for databases, too;
    `wait` is how many seconds to wait for one that is starting.
    """

    python: str | None = None
    timeout: float | None = None
    no_exec: bool = False
    stub_missing: bool | None = None
    wait: float = 0


T = TypeVar("T")

#: Waits for a reading that was started.
Wait = Callable[[], "Reading"]
#: Waits for a source, and gives it as it was read. Raises SourceError, which names the source.
Arrival = Callable[[], "Source"]


@contextmanager
def reading(
    project: Project,
    specs: Sequence[SourceSpec],
    interpreter: PythonChoice = PythonChoice(),
    known: Mapping[str, Reading] | None = None,
) -> Iterator[Iterator[tuple[SourceSpec, Arrival]]]:
    """Starts to read `specs`, and gives them one by one: those that a project's Python works on come last.

    Leaving the block ends whatever still runs. `known` are readings that were made already, by the source's name.
    """
    with ExitStack() as running:
        slow_first = sorted(specs, key=lambda spec: not KINDS[spec.kind].is_asked)
        waits = [(spec, _begun(project, spec, interpreter, running, known or {})) for spec in slow_first]
        slow_last = sorted(waits, key=lambda item: KINDS[item[0].kind].is_asked)
        yield ((spec, partial(_source, spec, wait)) for spec, wait in slow_last)


def _begun(
    project: Project, spec: SourceSpec, interpreter: PythonChoice, running: ExitStack, known: Mapping[str, Reading]
) -> Wait:
    """What waits for the reading, also where starting it failed already."""
    if spec.name in known:
        return partial(known.__getitem__, spec.name)
    try:
        demand_kind(project, spec)
        return _start(project, spec, interpreter, running)
    except SourceError as error:
        return partial(_failed, error)


def _failed(error: SourceError) -> Reading:
    raise error


def _source(spec: SourceSpec, wait: Wait) -> Source:
    # Not imported before a project's Python has started: the model is large.
    from ..reading import Source
    from ..writers.sql.refused import without_refused

    return Source(spec.name, spec.kind, without_refused(_named(spec, wait)))


def read_one(project: Project, spec: SourceSpec, interpreter: PythonChoice = PythonChoice()) -> Source:
    """One source, read. Raises SourceError, which names it."""
    with reading(project, [spec], interpreter) as arrivals:
        ((_, arrive),) = arrivals
        return arrive()


def _named(spec: SourceSpec, act: Callable[[], T]) -> T:
    """What `act` gives; an error in it is reported as one of this source."""
    try:
        return act()
    except SourceError as error:
        error.source = error.source or spec.name
        raise


def _start(project: Project, spec: SourceSpec, interpreter: PythonChoice, running: ExitStack) -> Wait:
    kind = KINDS[spec.kind]
    if kind.read is not None:
        return partial(_read, kind.name, spec.location, project)
    if kind.connect is not None:
        return _connected(project, spec, interpreter, running)
    if interpreter.no_exec:
        return _snapshot_of(project, spec)
    return _start_running(project, spec, interpreter, running)


def _read(kind: str, location: str, project: Project) -> Reading:
    # Loaded only when its turn has come: a project's Python should be at work by then.
    read = KINDS[kind].read
    assert read is not None
    return read.load()(location, project)


def _start_running(project: Project, spec: SourceSpec, interpreter: PythonChoice, running: ExitStack) -> Wait:
    from ..worker.options import Options

    start = KINDS[spec.kind].start
    assert start is not None
    options = Options(
        python=interpreter.python or spec.python,
        timeout=interpreter.timeout or spec.timeout or 60,
        env=dict(spec.env),
        stub_missing=spec.stub_missing if interpreter.stub_missing is None else interpreter.stub_missing,
        after=spec.after,
        run_env=spec.run_env,
    )
    pending = start.load()(spec.location, project, options)
    running.callback(pending.cancel)
    return pending.result


def _connected(project: Project, spec: SourceSpec, choice: PythonChoice, running: ExitStack) -> Wait:
    from ..readers.database.pending import Options

    connect = KINDS[spec.kind].connect
    assert connect is not None
    options = Options(
        timeout=choice.timeout or spec.timeout or 60, wait=choice.wait, from_config=spec.place is not None
    )
    pending = connect.load()(spec.location, project, options)
    running.callback(pending.cancel)
    return pending.result


def _snapshot_of(project: Project, spec: SourceSpec) -> Wait:
    location = spec.snapshot or KINDS[spec.kind].snapshot
    if not project.is_there(location):
        raise SourceError(
            f"--no-exec forbids running the project's Python, and there is no snapshot at {location}",
            hint="write one where the project's packages are installed, and commit it: driftcheck snapshot",
        )
    return partial(_read, "snapshot", location, project)


def normalized(source: Source) -> Source:
    """`source` with its schema as the differ compares it."""
    from ..normalize import normalize

    return replace(source, reading=replace(source.reading, schema=normalize(source.reading.schema)))
