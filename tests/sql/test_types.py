"""Column types: taken apart, and put together again."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftcheck.model import ColumnType
from driftcheck.sql import parse_type

CASES = [
    ("integer", ColumnType("integer")),
    ("INT4", ColumnType("int4")),
    ("character varying(255)", ColumnType("character varying", ("255",))),
    ("CHARACTER  VARYING ( 255 )", ColumnType("character varying", ("255",))),
    ("double precision", ColumnType("double precision")),
    ("bit varying(3)", ColumnType("bit varying", ("3",))),
    ("national character varying(3)", ColumnType("national character varying", ("3",))),
    ("numeric(10, 2)", ColumnType("numeric", ("10", "2"))),
    ("timestamp", ColumnType("timestamp")),
    ("timestamp(3) with time zone", ColumnType("timestamp with time zone", ("3",))),
    ("TIME WITHOUT TIME ZONE", ColumnType("time without time zone")),
    ("interval", ColumnType("interval")),
    ("interval year to month", ColumnType("interval year to month")),
    ("interval day to second(3)", ColumnType("interval day to second", ("3",))),
    ("text[]", ColumnType("text", dimensions=1)),
    ("integer[3][]", ColumnType("integer", dimensions=2)),
    ("integer ARRAY", ColumnType("integer", dimensions=1)),
    ("integer ARRAY[4]", ColumnType("integer", dimensions=1)),
    ("status", ColumnType("status")),
    ('"status"', ColumnType("status", quoted=True)),
    ("public.status", ColumnType("status", schema="public")),
    ('"My Schema"."St""atus"[]', ColumnType('St"atus', schema="My Schema", dimensions=1, quoted=True)),
    ("geometry(Point, 4326)", ColumnType("geometry", ("Point", "4326"))),
    ('"char"', ColumnType("char", quoted=True)),
    ("public.vector(1536)", ColumnType("vector", ("1536",), schema="public")),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_type_is_taken_apart(text: str, expected: ColumnType) -> None:
    assert parse_type(text) == expected


@pytest.mark.parametrize("type_", [type_ for _, type_ in CASES], ids=[text for text, _ in CASES])
def test_a_printed_type_is_taken_apart_into_itself(type_: ColumnType) -> None:
    again = parse_type(str(type_))
    assert (again.name, again.modifiers, again.schema, again.dimensions) == (
        type_.name,
        type_.modifiers,
        type_.schema,
        type_.dimensions,
    )
    assert str(again) == str(type_)


@pytest.mark.parametrize(("name", "text"), [("char", '"char"'), ("bit", '"bit"'), ("Mood", '"Mood"'), ("mood", "mood")])
def test_a_quoted_name_is_never_printed_as_a_word_of_the_grammar(name: str, text: str) -> None:
    assert str(ColumnType(name, quoted=True)) == text


#: Names that PostgreSQL can hold: at most 63 bytes.
NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=15)


@given(
    st.builds(
        ColumnType,
        name=NAMES,
        schema=st.none() | NAMES,
        dimensions=st.integers(0, 2),
        quoted=st.just(True),
    )
)
def test_any_quoted_name_survives(type_: ColumnType) -> None:
    again = parse_type(str(type_))
    assert (again.name, again.schema, again.dimensions) == (type_.name, type_.schema, type_.dimensions)


@pytest.mark.parametrize("text", ["", "  ", "1abc", "text)", "text NOT NULL", "a.b.c", "numeric(", '"unfinished'])
def test_what_is_no_type_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a type"):
        parse_type(text)


@given(st.text())
def test_no_text_makes_another_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        parse_type(text)


def test_the_element_of_an_array() -> None:
    assert parse_type("numeric(3,1)[][]").element == parse_type("numeric(3,1)")
    assert parse_type("text").element == parse_type("text")
