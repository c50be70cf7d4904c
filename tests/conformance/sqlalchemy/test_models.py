"""What `create_all` makes of a model file, and what our reading of it makes, is one and the same database."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from driftcheck.readers.sqlalchemy import Options, read
from driftcheck.writers import sql

from ..catalog import assert_same_catalog
from ..postgres import Server
from .conftest import MODELS, Environment
from .environments import LINES

_LINES = re.compile(r"^# SQLAlchemy: (.+)$", re.MULTILINE)
_PRELUDE = "CREATE EXTENSION vector"


def _cases() -> list[tuple[str, str]]:
    """(model file, line of SQLAlchemy): all lines, unless the file names those that know what it uses.

    A file that begins with `# create_all: reason` cannot be created here; other tests read it.
    """
    cases = []
    for path in sorted(MODELS.glob("*.py")):
        text = path.read_text()
        if text.startswith("# create_all: "):
            continue
        named = _LINES.search(text)
        cases += [(path.stem, line) for line in (named[1].split(", ") if named else LINES)]
    return cases


@pytest.mark.parametrize(("model", "line"), _cases())
def test_same_database(pg: Server, environment: Callable[[str], Environment], model: str, line: str) -> None:
    project = environment(line)
    reading = read(f"{model}:metadata", MODELS, Options(python=project.python))
    assert reading.gaps == ()
    with pg.database(_PRELUDE) as native:
        project.create_all(model, native.dsn)
        expected = native.catalog()
    assert expected["table"]
    with pg.database(_PRELUDE) as ours:
        ours.execute(sql.write(reading.schema))
        assert_same_catalog(expected, ours.catalog())


def test_the_files_are_many() -> None:
    assert len(list(MODELS.glob("*.py"))) >= 60
