"""The page for a browser as text: what one line shows of a long description, and what says nothing."""

from __future__ import annotations

from dataclasses import replace

from driftcheck.documents import page
from driftcheck.model import Column, ColumnType, Schema, Table

from .judging import described

_WORDS = " ".join(f"word{number}" for number in range(60))


def test_a_long_description_is_whole_below_the_line_that_has_its_beginning() -> None:
    text = page(described(_schema(_WORDS)), "html")
    assert f"<p>{_WORDS}</p>" in text
    assert "word10 word11" in text.split("</summary>")[0]
    assert "word59" not in text.split("</summary>")[0].split("<summary>")[1]


def test_a_short_description_is_said_once() -> None:
    text = page(described(_schema("All of it")), "html")
    assert "<p>All of it</p>" not in text
    assert "All of it" in text


def test_columns_of_which_no_row_says_anything_are_left_out() -> None:
    assert "<th>Default</th>" not in page(described(_schema("")), "html")


def _schema(comment: str) -> Schema:
    table = Table(schema="public", name="t", columns=(Column(name="a", type=ColumnType("text")),))
    return Schema(tables=(replace(table, comment=comment or None),))
