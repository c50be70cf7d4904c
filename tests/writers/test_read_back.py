"""What is written says what was meant: read as SQL again, it is the same schema."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from driftcheck.model import Schema
from driftcheck.normalize import normalize
from driftcheck.readers import sql
from driftcheck.writers.sql import write

from .example import EXAMPLE
from .strategies import schemas


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(schema=schemas())
def test_a_written_schema_reads_as_itself(tmp_path: Path, schema: Schema) -> None:
    _assert_reads_as_itself(tmp_path, schema)


def test_the_example_reads_as_itself(tmp_path: Path) -> None:
    _assert_reads_as_itself(tmp_path, dataclasses.replace(EXAMPLE, opaque=()))


def _assert_reads_as_itself(folder: Path, schema: Schema) -> None:
    (folder / "schema.sql").write_text(write(schema))
    reading = sql.read("schema.sql", folder)
    assert [str(gap) for gap in reading.gaps] == []
    expected, found = normalize(schema), normalize(reading.schema)
    for field in dataclasses.fields(Schema):
        for item, other in zip(getattr(expected, field.name) or (), getattr(found, field.name) or (), strict=True):
            assert item == other
