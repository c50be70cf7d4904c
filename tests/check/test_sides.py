"""The values side by side: who says what, who is alone, and who says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.check import Request, check
from driftcheck.findings import Report

DRIZZLE = """
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { id: integer('id').primaryKey(), n: text('n') });
"""
SQL = "CREATE TABLE a (id integer PRIMARY KEY, n %s);"
MODELS = """
from sqlalchemy import Column, Integer, MetaData, String, Table, Text
metadata = MetaData()
Table("a", metadata, Column("id", Integer, primary_key=True, autoincrement=False), Column("n", %s))
"""


def report(root: Path, truth: str, *, sql: str = "text", models: str = "Text") -> Report:
    (root / "schema.ts").write_text(DRIZZLE)
    (root / "schema.sql").write_text(SQL % sql)
    (root / "models.py").write_text(MODELS % models)
    return check(Request(root=root, truth=truth, sources=("drizzle:schema.ts", "sql:schema.sql", "sqlalchemy:models")))


@pytest.mark.parametrize(
    ("sql", "models", "said"),
    [
        ("varchar(9)", "Text", {"drizzle": "text", "sql": "character varying(9)", "sqlalchemy": "text"}),
        (
            "varchar(9)",
            "String(9)",
            {"drizzle": "text", "sql": "character varying(9)", "sqlalchemy": "character varying(9)"},
        ),
        (
            "varchar(9)",
            "String(8)",
            {"drizzle": "text", "sql": "character varying(9)", "sqlalchemy": "character varying(8)"},
        ),
    ],
)
def test_every_source_has_its_say(tmp_path: Path, sql: str, models: str, said: dict[str, str]) -> None:
    (row,) = report(tmp_path, "drizzle", sql=sql, models=models).values.values()
    assert {name: side.value for name, side in row.items()} == said


def test_two_rules_on_one_fact_are_two_words_on_it(tmp_path: Path) -> None:
    """Text against varchar is a softer rule than text against varchar(9): neither source agrees with the truth."""
    found = report(tmp_path, "drizzle", sql="varchar(9)", models="String")
    assert sorted(one.rule.code for one in found.findings) == ["DR203", "DR214"]
    said = {"drizzle": "text", "sql": "character varying(9)", "sqlalchemy": "character varying"}
    assert [{name: side.value for name, side in row.items()} for row in found.values.values()] == [said, said]


def test_a_language_that_cannot_say_it_does_not_agree(tmp_path: Path) -> None:
    """Drizzle knows no comments: neither the truth's nor their absence is its word."""
    found = report(tmp_path, "sql", models='Text, comment="why"')
    assert found.findings == ()
    (tmp_path / "schema.sql").write_text(SQL % "text" + "COMMENT ON COLUMN a.n IS 'because';")
    again = check(
        Request(
            root=tmp_path,
            truth="sql",
            fail_on="note",
            sources=("drizzle:schema.ts", "sql:schema.sql", "sqlalchemy:models"),
        )
    )
    (row,) = again.values.values()
    assert {name: side.value for name, side in row.items()} == {"sql": "because", "sqlalchemy": "why"}
