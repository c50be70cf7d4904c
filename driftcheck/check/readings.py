"""All sources read at the same time: the slow one, a project's own Python, runs while the others are read here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from ..config import SourceSpec
from ..errors import SourceError
from ..reading import Reading, Source


@dataclass(frozen=True, slots=True)
class Interpreter:
    """What the command line says about running the project's Python; None leaves it to the config.

    `no_exec` forbids it: a SQLAlchemy source is then read from its snapshot.
    """

    python: str | None = None
    timeout: float | None = None
    no_exec: bool = False
    stub_missing: bool = False


T = TypeVar("T")

#: Where `driftcheck snapshot` writes, and `--no-exec` reads, unless the config says otherwise.
SNAPSHOT = "driftcheck.snapshot.json"

#: Waits for a reading that was started.
Wait = Callable[[], Reading]


def read_all(root: Path, specs: Sequence[SourceSpec], interpreter: Interpreter = Interpreter()) -> list[Source]:
    """Every source of `specs`, read, in their order. Raises SourceError for the first that fails, and names it."""
    with ExitStack() as running:
        waits = [_named(spec, partial(_start, root, spec, interpreter, running)) for spec in _slow_first(specs)]
        readings = {spec.name: _named(spec, wait) for spec, wait in zip(_slow_first(specs), waits, strict=True)}
    return [Source(spec.name, spec.kind, readings[spec.name]) for spec in specs]


def read_one(root: Path, spec: SourceSpec, interpreter: Interpreter = Interpreter()) -> Source:
    """One source, read."""
    return read_all(root, [spec], interpreter)[0]


def _slow_first(specs: Sequence[SourceSpec]) -> list[SourceSpec]:
    return sorted(specs, key=lambda spec: spec.kind != "sqlalchemy")


def _named(spec: SourceSpec, act: Callable[[], T]) -> T:
    """What `act` gives; an error in it is told to be about this source."""
    try:
        return act()
    except SourceError as error:
        error.source = error.source or spec.name
        raise


def _start(root: Path, spec: SourceSpec, interpreter: Interpreter, running: ExitStack) -> Wait:
    if spec.kind == "sqlalchemy":
        return _start_sqlalchemy(root, spec, interpreter, running)
    if spec.kind == "drizzle":
        from ..readers import drizzle

        return lambda: drizzle.read(spec.location, root)
    if spec.kind == "sql":
        from ..readers import sql

        return lambda: sql.read(spec.location, root)
    from ..readers import snapshot

    return lambda: snapshot.read(spec.location, root)


def _start_sqlalchemy(root: Path, spec: SourceSpec, interpreter: Interpreter, running: ExitStack) -> Wait:
    if interpreter.no_exec:
        return _snapshot_of(root, spec)
    from ..readers import sqlalchemy

    pending = sqlalchemy.start(
        spec.location,
        root,
        sqlalchemy.Options(
            python=interpreter.python or spec.python,
            timeout=interpreter.timeout or spec.timeout or 60,
            env=dict(spec.env),
            stub_missing=interpreter.stub_missing or spec.stub_missing,
        ),
    )
    running.callback(pending.cancel)
    return pending.result


def _snapshot_of(root: Path, spec: SourceSpec) -> Wait:
    location = spec.snapshot or SNAPSHOT
    if not (root / location).is_file():
        raise SourceError(
            f"--no-exec forbids running the project's Python, and there is no snapshot at {location}",
            hint="write one where the project's packages are installed, and commit it: driftcheck snapshot",
        )
    from ..readers import snapshot

    return lambda: snapshot.read(location, root)


def normalized(source: Source) -> Source:
    """`source` with its schema as the differ compares it."""
    from ..normalize import normalize

    return replace(source, reading=replace(source.reading, schema=normalize(source.reading.schema)))
