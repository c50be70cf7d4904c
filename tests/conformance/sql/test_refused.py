"""What PostgreSQL refuses: tables `refused*.sql`, the server as judge. A marked statement is refused, no other is."""

from __future__ import annotations

import re
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
_MARK = re.compile("-- refused: (.*)")


def _statements(text: str) -> dict[int, str]:
    """Each statement, and what follows it in its last line, by the line that it begins at."""
    source, lines = SourceText("", text), text.splitlines()
    spans = [(source.line(item.start), source.line(max(item.start, item.end - 1))) for item in Scanner(source)]
    return {first: "\n".join(lines[first - 1 : last]) for first, last in spans}


@pytest.mark.parametrize(("name", "text"), CASES, ids=[name for name, _ in CASES])
def test_what_postgresql_refuses_is_a_gap_and_changes_nothing(name: str, text: str, pg: Server, tmp_path: Path) -> None:
    statements = _statements(text)
    marked = {line: found[1] for line, one in statements.items() if (found := _MARK.search(one))}
    numbered, native = pg.refusals([*statements.values()])
    refused = {[*statements][number]: why for number, why in numbered.items()}
    (tmp_path / "schema.sql").write_text(text)
    reading = read("schema.sql", tmp_path)
    ours: dict[int, str] = {}
    for gap in reading.gaps:
        line = max(first for first in statements if first <= (gap.location.line or 0))
        ours[line] = gap.why
    assert marked.keys() == refused.keys() == ours.keys()
    for line, words in marked.items():
        assert words in refused[line]
        assert words in ours[line]
    assert_same_catalog(native, pg.catalog_of(write(reading.schema)))
