"""Operators that a statement names."""

from __future__ import annotations

from pathlib import Path

import pytest

from .replay import read_text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("&&", "&&"),
        ("OPERATOR(pg_catalog.&&)", "&&"),
        ("OPERATOR(public.&&)", "&&"),
        ("operator(Tools.&&)", "OPERATOR(tools.&&)"),
        ('OPERATOR("My Tools".&&)', 'OPERATOR("My Tools".&&)'),
    ],
)
def test_an_operator_of_a_schema_that_is_not_searched_keeps_it(tmp_path: Path, written: str, kept: str) -> None:
    reading = read_text(tmp_path, f"CREATE TABLE t (during tstzrange, EXCLUDE USING gist (during WITH {written}));")
    assert reading.schema.tables[0].exclusions[0].elements[0].operator == kept
