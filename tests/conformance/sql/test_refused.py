"""What PostgreSQL refuses: tables `refused*.sql`, judged by psql. A marked statement is refused, no other one is."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from driftcheck.readers.sql import read
from driftcheck.sql.scanner import Scanner
from driftcheck.sql.text import SourceText
from driftcheck.writers.sql import write

from ..catalog import assert_same_catalog
from ..postgres import Server

TABLE = "".join(path.read_text() for path in sorted(Path(__file__).parent.glob("refused*.sql")))
CASES = re.findall(r"^-- case: (.*)\n((?:(?!-- case: ).*\n)*)", TABLE, re.MULTILINE)
_ERROR = re.compile(r"^psql:<stdin>:(\d+): ERROR: +(.*)$", re.MULTILINE)


def _statements(text: str) -> list[tuple[int, int]]:
    """The first and last line of each statement."""
    source = SourceText("", text)
    return [(source.line(item.start), source.line(max(item.start, item.end - 1))) for item in Scanner(source)]


@pytest.mark.parametrize(("name", "text"), CASES, ids=[name for name, _ in CASES])
def test_what_postgresql_refuses_is_a_gap_and_changes_nothing(name: str, text: str, pg: Server, tmp_path: Path) -> None:
    spans = _statements(text)
    lines = text.splitlines()
    marked = {first: found[1] for first, _ in spans if (found := re.search("-- refused: (.*)", lines[first - 1]))}
    with pg.database() as database:
        done = subprocess.run(
            [pg.psql, "-Xqf", "-", database.dsn], input=text, capture_output=True, text=True, check=False
        )
        native = database.catalog()
    errors = [(int(line), why) for line, why in _ERROR.findall(done.stderr)]
    refused = {first: why for line, why in errors for first, last in spans if first <= line <= last}
    (tmp_path / "schema.sql").write_text(text)
    reading = read("schema.sql", tmp_path)
    gaps = [(gap.location.line, gap.why) for gap in reading.gaps]
    ours = {first: why for line, why in gaps for first, last in spans if first <= (line or 0) <= last}
    assert marked.keys() == refused.keys() == ours.keys()
    for line, words in marked.items():
        assert words in refused[line]
        assert words in ours[line]
    assert_same_catalog(native, pg.catalog_of(write(reading.schema)))
