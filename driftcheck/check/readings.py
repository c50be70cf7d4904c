"""All sources read at the same time: the slow one, a project's own Python, runs while the others are read here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from ..config import SourceSpec
from ..dialects import dialect_named
from ..dialects.telling import told
from ..errors import SourceError
from ..frozen import dataclass
from ..kinds import KINDS
from ..project import Project
from .mistaken import demand_kind

if TYPE_CHECKING:
    from ..reading import Reading, Source
    from .kept import KeptReadings, KeptSource, KeptSources
    from .plan import Plan
    from .request import Request


@dataclass(frozen=True, slots=True)
class PythonChoice:
    """What the command line says about running the project's Python; None leaves it to the config.

    `no_exec` forbids it: a source that needs it is then read from its snapshot. `timeout` holds for databases, too;
    `wait` is how many seconds to wait for one that is starting. `dialect` is the engine that the sources are of.
    """

    python: str | None = None
    timeout: float | None = None
    no_exec: bool = False
    stub_missing: bool | None = None
    wait: float = 0
    dialect: str | None = None


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
    *,
    kept: KeptReadings | None = None,
    normal: bool = True,
) -> Iterator[Iterator[tuple[SourceSpec, Arrival]]]:
    """Starts to read `specs`, and gives them one by one: those that a project's Python works on come last.

    Leaving the block ends whatever still runs. `known` are readings that were made already, by the source's name;
    `kept` those of earlier checks, to which these are added. The schemas are as the differ compares them if `normal`,
    else as they were declared.
    """
    if interpreter.dialect:
        project = project.of_dialect(interpreter.dialect)
    elif not project.dialect:
        project = project.of_dialect(told([(spec.kind, spec.location) for spec in specs], project), said=False)
    sources = kept.of(project) if kept is not None else None
    with ExitStack() as running:
        slow_first = sorted(specs, key=lambda spec: not KINDS[spec.kind].is_asked)
        begun = []
        for spec in slow_first:
            one = _One(project, spec, interpreter, normal)
            one.begin(running, known or {}, sources)
            begun.append(one)
        slow_last = sorted(begun, key=lambda one: KINDS[one.spec.kind].is_asked)
        yield ((one.spec, one.arrive) for one in slow_last)


def sources_of(request: Request, planned: Plan) -> AbstractContextManager[Iterator[tuple[SourceSpec, Arrival]]]:
    """All that `request` compares, on their way (see `reading`)."""
    return reading(planned.project, planned.sources, request.interpreter, planned.readings, kept=request.kept)


def read_one(
    project: Project,
    spec: SourceSpec,
    interpreter: PythonChoice = PythonChoice(),
    kept: KeptReadings | None = None,
) -> Source:
    """One source, as it was declared. Raises SourceError, which names it."""
    with reading(project, [spec], interpreter, kept=kept, normal=False) as arrivals:
        ((_, arrive),) = arrivals
        return arrive()


class _One:
    """One source on its way: begun early if something else does the reading, else read when its turn has come."""

    def __init__(self, project: Project, spec: SourceSpec, interpreter: PythonChoice, normal: bool) -> None:
        self.spec = spec
        self._project, self._interpreter, self._normal = project, interpreter, normal
        self._kept: KeptSource | None = None
        self._wait: Wait | None = None
        self._found: Reading | None = None
        self._begin: Callable[[], Wait] | None = None

    def begin(self, running: ExitStack, known: Mapping[str, Reading], sources: KeptSources | None) -> None:
        spec = self.spec
        if spec.name in known:
            self._wait = partial(known.__getitem__, spec.name)
            return
        if sources is not None:
            self._kept = sources.source(spec, self._interpreter, normal=self._normal)
        self._begin = partial(self._begun, running)
        if KINDS[spec.kind].is_asked:
            self._start()

    def _start(self) -> None:
        """Looks for what was kept, and else begins the reading."""
        assert self._begin is not None
        begin, self._begin = self._begin, None
        try:
            self._found = None if self._kept is None else self._kept.kept()
            if self._found is None:
                with self._noting():
                    self._wait = begin()
        except SourceError as error:
            self._wait = partial(_failed, error)

    def _begun(self, running: ExitStack) -> Wait:
        project = self._project if self._kept is None else self._kept.project
        demand_kind(project, self.spec)
        _demand_dialect(project, self.spec)
        return _start(project, self.spec, self._interpreter, running)

    def _noting(self) -> AbstractContextManager[None]:
        return nullcontext() if self._kept is None else self._kept.reading()

    def arrive(self) -> Source:
        """Waits for it. Raises SourceError, which names it."""
        # Not imported before a project's Python has started: the model is large.
        from ..reading import Source

        if self._begin is not None:
            self._start()
        if self._found is not None:
            return Source(self.spec.name, self.spec.kind, self._found)
        made = self._made()
        if self._kept is not None:
            self._kept.keep(made.reading)
        return made

    def _made(self) -> Source:
        from ..reading import Source

        assert self._wait is not None
        dialect_named(self._project.dialect).admit.load()  # while the project's Python is at work
        with self._noting():
            found = _named(self.spec, self._wait)
            admit = dialect_named(found.dialect).admit.load()
            made = Source(self.spec.name, self.spec.kind, admit(found))
        return normalized(made) if self._normal else made


def _demand_dialect(project: Project, spec: SourceSpec) -> None:
    dialect = dialect_named(project.dialect)
    if dialect.kinds and spec.kind not in dialect.kinds:
        raise SourceError(
            f"{KINDS[spec.kind].title} is not read for {dialect.title} yet",
            hint=f"for {dialect.title} sources can be {', '.join(dialect.kinds)}",
        )


def _failed(error: SourceError) -> Reading:
    raise error


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
        dialect="" if dialect_named(project.dialect) is dialect_named("") else project.dialect,
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
    normalize = dialect_named(source.reading.dialect).normalize.load()
    return replace(source, reading=replace(source.reading, schema=normalize(source.reading.schema)))
