"""The validation script as text; tests/conformance/database runs it."""

from __future__ import annotations

from driftcheck.model import Expression, Schema, Sequence, View
from driftcheck.writers.validation import write

_SCHEMA = Schema(
    views=(View(schema="public", name="v", definition=Expression("SELECT 1 AS a")),),
    sequences=(Sequence(schema="public", name="s"), Sequence(schema="public", name="t")),
)


def test_what_it_does_not_look_at_is_counted() -> None:
    assert "MESSAGE = 'not checked by this script: views (1), sequences (2)'" in write(_SCHEMA, "sql")


def test_it_says_so_only_where_there_is_such() -> None:
    assert "not checked by" not in write(Schema(), "sql")
    assert "not checked by" not in write(_SCHEMA, "sql", only=("tables",))
