"""What `create_all` makes of a model file, and what our reading of it makes, is one and the same database."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from driftcheck.writers import sql

from ..catalog import assert_same_catalog
from .conftest import MODELS, Bench, Environment
from .environments import LINES

_LINES = re.compile(r"^# SQLAlchemy: (.+)$", re.MULTILINE)


def cases() -> list[tuple[str, str]]:
    """(model file, line of SQLAlchemy): all lines, unless the file names those that know what it uses.

    A file that begins with `# create_all: reason` cannot be created here; other tests read it.
    """
    found = []
    for path in sorted(MODELS.glob("*.py")):
        text = path.read_text()
        if text.startswith("# create_all: "):
            continue
        named = _LINES.search(text)
        found += [(path.stem, line) for line in (named[1].split(", ") if named else LINES)]
    return found


@pytest.mark.parametrize(("model", "line"), cases())
def test_same_database(bench: Bench, environment: Callable[[str], Environment], model: str, line: str) -> None:
    project = environment(line)
    reading = project.reading(model)
    assert reading.gaps == ()
    expected = bench.created(project, model)
    assert expected["table"]
    assert_same_catalog(expected, bench.catalog_of(sql.write(reading.schema)))


def test_the_files_are_many() -> None:
    assert len(list(MODELS.glob("*.py"))) >= 60
