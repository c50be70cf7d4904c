"""A schema survives JSON, and what is no schema is refused with a reason."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftcheck.errors import DriftcheckError
from driftcheck.model import Column, Location, Schema, Table
from driftcheck.model.json import FORMAT, from_json, to_text
from driftcheck.sql import parse_type

from ..writers.example import EXAMPLE
from ..writers.strategies import schemas

#: Every value that fits a field's type, whether or not PostgreSQL would take it.
ANYTHING = st.builds(Schema)


def as_json(schema: Schema) -> Any:
    return json.loads(to_text({"format": FORMAT, "schema": schema}))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(schema=schemas() | ANYTHING)
def test_a_schema_survives_json(schema: Schema) -> None:
    again = from_json(as_json(schema))
    assert again == schema
    assert repr(again) == repr(schema)


def test_every_field_survives_json() -> None:
    assert repr(from_json(as_json(EXAMPLE))) == repr(EXAMPLE)


def test_places_and_unknown_fields_survive_although_they_take_no_part_in_equality() -> None:
    place = Location("a/b.ts", 3, 7, 9)
    column = Column(
        name="a", type=parse_type("integer"), location=place, places=(("default", place),), unknown=frozenset({"type"})
    )
    schema = Schema(tables=(Table(schema="public", name="t", columns=(column,)),))
    (table,) = from_json(as_json(schema)).tables
    assert repr(table.columns[0]) == repr(column)


def test_fields_with_their_default_are_left_out() -> None:
    table = Table(schema="public", name="t")
    assert as_json(Schema(tables=(table,))) == {
        "format": FORMAT,
        "schema": {"tables": [{"schema": "public", "name": "t"}]},
    }


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=())),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_the_text_is_that_of_python(document: object) -> None:
    assert to_text(document) == json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def test_the_text_of_a_schema_is_that_of_its_values() -> None:
    text = to_text({"schema": EXAMPLE})
    assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ([], "'schema' is missing"),
        ({"format": FORMAT}, "'schema' is missing"),
        ({"schema": {}}, "has format None"),
        ({"format": FORMAT + 1, "schema": {}}, f"reads format {FORMAT}"),
        ({"format": FORMAT, "schema": []}, "is no Schema"),
        ({"format": FORMAT, "schema": {"tabels": []}}, "Schema has no 'tabels'"),
        ({"format": FORMAT, "schema": {"tables": [{"schema": "public"}]}}, "tables[0]: Table lacks name"),
        ({"format": FORMAT, "schema": {"tables": [{"schema": "public", "name": 7}]}}, "tables[0].name: 7 is no str"),
        ({"format": FORMAT, "schema": {"tables": 3}}, "tables: 3 is no list"),
        ({"format": FORMAT, "schema": {"tables": [{"schema": "s", "name": "t", "row_security": "yes"}]}}, "is no bool"),
        (
            {"format": FORMAT, "schema": {"policies": [{"schema": "s", "table": "t", "name": "p", "command": "drop"}]}},
            "'drop' is not one of 'all'",
        ),
        (
            {"format": FORMAT, "schema": {"tables": [{"schema": "s", "name": "t", "inherits": [["a"]]}]}},
            "tables[0].inherits[0]: ['a'] is no list of 2",
        ),
    ],
)
def test_what_is_no_schema_is_refused(document: object, reason: str) -> None:
    with pytest.raises(DriftcheckError) as caught:
        from_json(document)
    assert reason in caught.value.message


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["tables", "name", "schema", "columns"]), inner)
        ),
    )
)
def test_no_document_makes_another_error(schema: object) -> None:
    with contextlib.suppress(DriftcheckError):
        from_json({"format": FORMAT, "schema": schema})


def test_a_changed_schema_is_another_document() -> None:
    assert as_json(EXAMPLE) != as_json(replace(EXAMPLE, tables=EXAMPLE.tables[1:]))
