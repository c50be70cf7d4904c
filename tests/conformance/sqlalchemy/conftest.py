"""The three lines of SQLAlchemy, ready to read models and to create them.

All that takes long happens once a line: its virtual environment (kept between runs), an interpreter that has imported
SQLAlchemy (a fork of it reads each model file), a process that creates the models, one database in which both ways
leave nothing behind.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from driftcheck.readers.sqlalchemy import Options, read
from driftcheck.reading import Reading

from ...readers.sqlalchemy.warm import WarmServers, use
from ..catalog import Catalog, catalog_query, without
from ..postgres import Server
from .environments import LINES, Line, python_of

MODELS = Path(__file__).with_name("models")
_PRELUDE = "CREATE EXTENSION vector"


class Environment:
    """One line's interpreter, and what it makes of model files."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.python = str(python_of(line))
        self._readings: dict[str, Reading] = {}

    def reading(self, module: str) -> Reading:
        """The reading of a model file's `metadata`."""
        if module not in self._readings:
            self._readings[module] = read(f"{module}:metadata", MODELS, Options(python=self.python))
        return self._readings[module]


class Bench:
    """Catalogs of what the lines create and of SQL, in databases that both leave as they were."""

    def __init__(self, pg: Server) -> None:
        self._pg = pg
        self._query = catalog_query()
        self._open = ExitStack()
        self._creators: dict[str, subprocess.Popen[str]] = {}

    def catalog_of(self, script: str) -> Catalog:
        """What `script` makes of the prelude's database."""
        return self._pg.catalog_of(script, _PRELUDE)

    def created(self, environment: Environment, module: str) -> Catalog:
        """What `create_all` of a model file makes of it, its schemas made first."""
        creator = self._creators.get(environment.line.name) or self._start(environment)
        assert creator.stdin is not None
        assert creator.stdout is not None
        creator.stdin.write(f"{module}\n")
        creator.stdin.flush()
        error, catalog = json.loads(creator.stdout.readline())
        assert error is None, error
        return without(catalog, self._pg.baseline(_PRELUDE))

    def _start(self, environment: Environment) -> subprocess.Popen[str]:
        database = self._open.enter_context(self._pg.database(_PRELUDE))
        url = database.dsn.replace("postgresql://", f"postgresql+{environment.line.driver}://", 1)
        creator = subprocess.Popen(
            [environment.python, "-B", str(Path(__file__).with_name("creator.py")), url, self._query],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            cwd=MODELS, env={"PYTHONPATH": str(MODELS), "PATH": ""},
        )  # fmt: skip
        self._open.callback(creator.communicate)
        self._creators[environment.line.name] = creator
        return creator

    def close(self) -> None:
        self._open.close()


@pytest.fixture(scope="package")
def bench(pg: Server) -> Iterator[Bench]:
    """Where PostgreSQL judges model files."""
    bench = Bench(pg)
    yield bench
    bench.close()


@pytest.fixture(scope="package", autouse=True)
def _warm_servers() -> Iterator[None]:
    servers = WarmServers()
    with pytest.MonkeyPatch.context() as patch:
        use(servers, patch)
        yield
    servers.close()


@pytest.fixture(scope="session")
def environment() -> Callable[[str], Environment]:
    """The environment of a line of SQLAlchemy, by the line's name.

    Without a package index, tests that ask for one are skipped and say so; in CI they fail.
    """

    @cache
    def build(name: str) -> Environment | str:
        try:
            return Environment(LINES[name])
        except subprocess.CalledProcessError as error:
            return f"the environment of SQLAlchemy {name} cannot be built: {error.stderr.decode(errors='replace')}"

    def ready(name: str) -> Environment:
        found = build(name)
        if isinstance(found, Environment):
            return found
        return pytest.fail(found) if os.environ.get("CI") else pytest.skip(found)

    return ready
