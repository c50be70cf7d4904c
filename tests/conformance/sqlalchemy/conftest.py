"""The three lines of SQLAlchemy, ready to read models and to create them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from .environments import LINES, Line, python_of

MODELS = Path(__file__).with_name("models")


class Environment:
    """One line's interpreter, and a process of it that creates the models of a file in a database."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.python = str(python_of(line))
        self._creator = subprocess.Popen(
            [self.python, "-B", str(Path(__file__).with_name("creator.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            cwd=MODELS, env={"PYTHONPATH": str(MODELS), "PATH": ""},
        )  # fmt: skip

    def create_all(self, module: str, dsn: str) -> None:
        """`metadata.create_all` of `module` in the database at `dsn`, its schemas made first."""
        assert self._creator.stdin is not None
        assert self._creator.stdout is not None
        url = dsn.replace("postgresql://", f"postgresql+{self.line.driver}://", 1)
        self._creator.stdin.write(f"{module} {url}\n")
        self._creator.stdin.flush()
        error = json.loads(self._creator.stdout.readline())
        assert error is None, error

    def close(self) -> None:
        self._creator.communicate()


@pytest.fixture(scope="session")
def environment() -> Iterator[Callable[[str], Environment]]:
    """The environment of a line of SQLAlchemy, by the line's name.

    Without a package index, tests that ask for one are skipped and say so; in CI they fail.
    """
    started: list[Environment] = []

    @cache
    def start(name: str) -> Environment | str:
        try:
            started.append(Environment(LINES[name]))
        except subprocess.CalledProcessError as error:
            return f"the environment of SQLAlchemy {name} cannot be built: {error.stderr.decode(errors='replace')}"
        return started[-1]

    def ready(name: str) -> Environment:
        found = start(name)
        if isinstance(found, Environment):
            return found
        return pytest.fail(found) if os.environ.get("CI") else pytest.skip(found)

    yield ready
    for each in started:
        each.close()
