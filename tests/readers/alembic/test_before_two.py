"""Revisions that were written for SQLAlchemy 1, where driftcheck's own SQLAlchemy runs them."""

from __future__ import annotations

import pytest

from .conftest import Revisions

STRINGS = """\
conn = op.get_bind()
conn.execute("CREATE TABLE a (id integer, b text DEFAULT ':x' CHECK (b LIKE '10%'))")
assert conn.execute("SELECT id FROM a").fetchall() == [] and conn.scalar("SELECT id FROM a") is None
from sqlalchemy.orm import Session
Session(bind=conn).execute("CREATE TABLE b (id integer)")
"""
SELECTS = """\
op.create_table("a", sa.Column("id", sa.Integer), sa.Column("b", sa.Text))
from sqlalchemy.sql import select
t = sa.table("a", sa.column("id"), sa.column("b"))
assert op.get_bind().execute(sa.select([t.c.id, t.c.b], t.c.id == 3)).fetchall() == []
assert "WHERE" in str(select([t.c.id], whereclause=t.c.b == "x")) and "WHERE" not in str(select(t.c.id))
op.create_table("b", sa.Column("id", sa.Integer))
"""


@pytest.mark.parametrize("body", [STRINGS, SELECTS], ids=["strings", "selects"])
def test_what_it_took_is_taken(revisions: Revisions, body: str) -> None:
    reading = revisions({"a": body}, stub_missing=True)
    assert not reading.gaps
    assert [table.name for table in reading.schema.tables] == ["a", "b"]


def test_a_project_s_own_interpreter_is_the_judge(revisions: Revisions) -> None:
    assert any("ObjectNotExecutableError" in gap.why for gap in revisions({"a": STRINGS}, stub_missing=False).gaps)


def test_text_is_kept_to_the_letter(revisions: Revisions) -> None:
    (a, _) = revisions({"a": STRINGS}, stub_missing=True).schema.tables
    assert str(a.columns[1].default) == "':x'"
    assert "10%'" in str(a.checks[0])
