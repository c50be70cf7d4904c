"""Which tables are drawn together, and what a delete does, in schemas of every shape."""

from __future__ import annotations

import re

import pytest

from driftcheck.documents import FORMS, page
from driftcheck.documents.described import Described
from driftcheck.documents.graph import READABLE, effects, parts
from driftcheck.documents.mermaid import LONGEST
from driftcheck.model import Column, ColumnType, ForeignKey, PrimaryKey, Schema, Table
from driftcheck.model.constraints import Action


def table(name: str, *targets: str, schema: str = "public", action: Action = "cascade") -> Table:
    return Table(
        schema=schema,
        name=name,
        columns=tuple(Column(name=one, type=ColumnType("integer")) for one in ("id", *targets)),
        primary_key=PrimaryKey(name=f"{name}_pkey", columns=("id",)),
        foreign_keys=tuple(
            ForeignKey(name=one, columns=(one,), target_schema=schema, target_table=one, on_delete=action)
            for one in targets
        ),
    )


def described(*tables: Table) -> Described:
    return Described(Schema(tables=tables), "main", "SQL")


STAR = described(table("hub"), *(table(f"t{number}", "hub") for number in range(80)))
CHAIN = described(table("t0"), *(table(f"t{number}", f"t{number - 1}") for number in range(1, 80)))
LOOSE = described(*(table(f"t{number}") for number in range(80)))
SCHEMAS = described(*(table(f"t{number}", schema=f"s{number % 4}") for number in range(80)))


@pytest.mark.parametrize("schema", [STAR, CHAIN, LOOSE, SCHEMAS], ids=["star", "chain", "loose", "schemas"])
def test_every_table_is_drawn_once_and_no_drawing_is_too_large(schema: Described) -> None:
    groups = parts(schema)
    assert sorted(one.key for _, group in groups for one in group) == sorted(schema.by_key)
    assert all(len(group) <= READABLE for _, group in groups)
    assert len(groups) <= 2 * len(schema.tables) / READABLE
    assert len({title for title, _ in groups}) == len(groups)


def test_a_small_schema_is_one_drawing() -> None:
    assert [len(group) for _, group in parts(described(*LOOSE.tables[:READABLE]))] == [READABLE]
    assert parts(described()) == ()


def test_a_delete_is_followed_once_through_a_circle_and_not_for_ever() -> None:
    circle = described(table("a", "b"), table("b", "a", "b"), table("c", "b", action="set null"), table("d", "c"))
    a = circle.by_key["public", "a"]
    told = [(one.depth, one.table[1], one.key.on_delete if one.key else "", one.told) for one in effects(circle, a)]
    assert told == [
        (0, "b", "cascade", False),
        (1, "a", "cascade", True),
        (1, "b", "cascade", True),
        (1, "c", "set null", False),
    ]
    assert [one.key for one in effects(STAR, STAR.by_key["public", "hub"])][-1] is None
    assert len(list(effects(CHAIN, CHAIN.by_key["public", "t0"]))) <= 41


def test_what_mermaid_would_not_draw_has_the_keys_alone() -> None:
    wide = [Column(name=f"a_rather_long_name_{number}", type=ColumnType("text")) for number in range(100)]
    tables = [Table(schema="public", name=f"t{number}", columns=tuple(wide)) for number in range(20)]
    text = page(described(*tables, table("a"), table("b", "a")), "mermaid")
    assert len(text) < LONGEST
    assert "%% columns that are no keys are left out" in text
    assert re.search(r"integer a FK", text)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_and_next_to_nothing_are_documents(form: str) -> None:
    assert page(described(), form)
    assert page(described(Table(schema="public", name="empty")), form)
    assert page(described(table("lost", "nowhere")), form)
