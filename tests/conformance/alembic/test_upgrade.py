"""What revisions come to without a database is what `alembic upgrade heads` makes of one."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import ClassVar

import pytest

from driftcheck.readers.alembic import Options, read
from driftcheck.writers.sql import write

from ..catalog import Catalog, differences
from ..postgres import Database, Server
from ..sqlalchemy.environments import LINES, Line, python_of
from .case import Case
from .cases import CASES
from .judge import upgrade, write_case

#: The oldest that is supported, beside what `environments` has.
OLD = Line("alembic-1.8", ("sqlalchemy>=1.4.54,<2", "alembic==1.8.1", "psycopg2-binary"), "psycopg2")


#: Those for which the tests' own environment has what they need; the others run with SQLAlchemy 2.0's.
HERE = {name: case for name, case in CASES.items() if case.needs != "greenlet"}


class Judged:
    """Cases, each in a folder and a database that the real Alembic upgraded."""

    #: By SQL and prelude: most versions of Alembic say the same, which PostgreSQL is asked once.
    _catalogs: ClassVar[dict[tuple[str, str], Catalog]] = {}

    def __init__(self, pg: Server, folder: Path, python: str, driver: str, cases: dict[str, Case]) -> None:
        self.pg, self.python, self.cases = pg, python, cases
        self.folders: dict[str, Path] = {}
        self._databases: dict[str, Database] = {}
        self._stack = ExitStack()
        for number, (name, case) in enumerate(cases.items()):
            self.folders[name] = folder / str(number)
            write_case(self.folders[name], case)
            self._databases[name] = self._stack.enter_context(pg.database(case.prelude))
        projects = [(self.folders[name], case, self._databases[name].dsn) for name, case in cases.items()]
        self._errors = dict(zip(cases, upgrade(projects, python, driver), strict=True))

    def close(self) -> None:
        self._stack.close()

    def native(self, name: str) -> Catalog:
        assert not self._errors[name], self._errors[name]
        return _without_versions(self._databases[name].catalog())

    def ours(self, name: str) -> Catalog:
        case = self.cases[name]
        environment = {"JUDGE_URL": "postgresql+asyncpg://nobody@nowhere/nothing"}
        options = Options(python=self.python, run_env=case.run_env, timeout=120, env=environment)
        reading = read(case.location, self.folders[name], options)
        assert [f"{gap.location} {gap.why}" for gap in reading.gaps][case.gaps :] == []
        written = write(reading.schema), case.prelude
        if written not in self._catalogs:
            self._catalogs[written] = self.pg.catalog_of(*written)
        return self._catalogs[written]


def _without_versions(catalog: Catalog) -> Catalog:
    """Without the table in which Alembic keeps the versions."""
    tables = ("public.alembic_version", "app.v", "one.alembic_version")
    return {
        kind: {name: facts for name, facts in things.items() if not name.startswith(tables)}
        for kind, things in catalog.items()
    }


def _fits(case: Case, python: str) -> bool:
    """Whether the environment has what the case needs."""
    wanted, _, least = case.needs.partition(" ")
    if not wanted:
        return True
    program = f"import {wanted} as p; print(*getattr(p, '__version__', '0').split('.')[:2])"
    done = subprocess.run([python, "-c", program], capture_output=True, text=True, check=False)
    if done.returncode:
        return False
    return not least or [int(part) for part in done.stdout.split()] >= [int(part) for part in least.split(".")]


#: Parts of them, which processes can share: each upgrades its own in one go.
PARTS = {f"part {number + 1}": [*HERE][number::4] for number in range(4)}


def _disagreements(pg: Server, folder: Path, python: str, driver: str, cases: dict[str, Case]) -> dict[str, list[str]]:
    with closing(Judged(pg, folder, python, driver, cases)) as judged:
        found = {name: differences(judged.native(name), judged.ours(name)) for name in cases}
    return {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize("names", PARTS.values(), ids=PARTS)
def test_it_is_what_the_upgrade_makes(pg: Server, tmp_path: Path, names: list[str]) -> None:
    cases = {name: HERE[name] for name in names}
    assert _disagreements(pg, tmp_path, sys.executable, "psycopg", cases) == {}


#: Each older version has every other case, and 2.0 those that the tests' own environment cannot run.
OLDER = {LINES["2.0"]: {*[*HERE][::2], *(CASES.keys() - HERE.keys())}, OLD: {*[*HERE][1::2]}}


@pytest.mark.slow
@pytest.mark.parametrize("line", OLDER, ids=lambda line: line.name)
def test_it_is_so_with_older_versions(pg: Server, tmp_path: Path, line: Line) -> None:
    python = str(python_of(line))
    # psycopg2 serves no asynchronous engine.
    cases = {
        name: case
        for name, case in CASES.items()
        if name in OLDER[line] and _fits(case, python) and (line.driver != "psycopg2" or not case.asynchronous)
    }
    assert len(cases) > 15
    assert _disagreements(pg, tmp_path, python, line.driver, cases) == {}
