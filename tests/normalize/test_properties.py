"""What must hold for every schema, however odd its texts."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from driftcheck.model import (
    Check,
    Column,
    Enum,
    Expression,
    Function,
    Index,
    IndexKey,
    Policy,
    Schema,
    Sequence,
    Table,
    Unique,
    View,
)
from driftcheck.normalize import normalize
from driftcheck.sql import parse_type

TEXTS = st.sampled_from(
    ["1", "'x'", "now()", "a > 1", "a IN (1,2)", "b ~ '^x'", "NULL", "(", "a BETWEEN 1 AND 2", "lower(b)", "b || 'x'",
     "EXISTS (SELECT 1 FROM t1 WHERE t1.a = t0.a)", "nextval('t0_a_seq')", "a::text = '1'", "$$x$$", "'", "a ->> 'x'",
     "CASE WHEN a > 1 THEN b END", "ARRAY['a']", "'{}'", "a = ANY ('{1,2}')", "(SELECT max(a) FROM t0)",
     "SELECT a, b FROM t0", "SELECT * FROM a", "a int, b text DEFAULT 'x'"]
)  # fmt: skip
EXPRESSIONS = st.builds(Expression, TEXTS | st.text(max_size=12))
TYPES = st.sampled_from(
    ["int", "text", "varchar(9)", "timestamptz", "jsonb", "text[]", "numeric(5)", "mood", '"Mood"']
).map(parse_type)
NAMES = st.sampled_from(["a", "b", "C d", "t0"])
KEYS = st.tuples(st.builds(IndexKey, expression=EXPRESSIONS))


def several(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=2, unique_by=lambda item: item.name).map(tuple)


@st.composite
def tables(draw: st.DrawFn, name: str) -> Table:
    return Table(
        schema="public",
        name=name,
        columns=draw(several(st.builds(Column, name=NAMES, type=TYPES, default=st.none() | EXPRESSIONS))),
        checks=draw(several(st.builds(Check, name=NAMES, expression=EXPRESSIONS))),
        uniques=draw(several(st.builds(Unique, name=NAMES, columns=st.tuples(NAMES)))),
        indexes=draw(several(st.builds(Index, name=NAMES, keys=KEYS, predicate=st.none() | EXPRESSIONS))),
    )


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    sequence = Sequence(schema="public", name="t0_a_seq", type="integer", owned_by=("public", "t0", "a"))
    public = st.just("public")
    return Schema(
        tables=(draw(tables("t0")), draw(tables("t1"))),
        enums=draw(st.sampled_from([(), (Enum(schema="public", name="mood", values=("z", "a")),)])),
        sequences=draw(st.sampled_from([(), (sequence,)])),
        policies=draw(several(st.builds(Policy, schema=public, table=st.just("t0"), name=NAMES, using=EXPRESSIONS))),
        views=draw(several(st.builds(View, schema=public, name=NAMES, definition=EXPRESSIONS))),
        functions=draw(several(st.builds(Function, schema=public, name=NAMES, arguments=TEXTS, returns=TEXTS))),
    )


@settings(deadline=None, max_examples=80)
@given(schemas())
def test_idempotent(schema: Schema) -> None:
    once = normalize(schema)
    assert normalize(once) == once


@settings(deadline=None, max_examples=80)
@given(schemas(), st.integers())
def test_order_never_matters(schema: Schema, seed: int) -> None:
    source = random.Random(seed)

    def mixed(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(source.sample(items, len(items)))

    moved = [
        replace(item, checks=mixed(item.checks), indexes=mixed(item.indexes), uniques=mixed(item.uniques))
        for item in schema.tables
    ]
    other = replace(
        schema,
        tables=mixed(tuple(moved)),
        policies=mixed(schema.policies),
        views=mixed(schema.views),
        functions=mixed(schema.functions),
    )
    assert normalize(other) == normalize(schema)


@settings(deadline=None, max_examples=40)
@given(schemas())
def test_columns_and_labels_keep_their_order(schema: Schema) -> None:
    found = normalize(schema)
    assert [item.values for item in found.enums] == [item.values for item in schema.enums]
    for before, after in zip(schema.tables, found.tables, strict=True):
        assert [column.name for column in before.columns] == [column.name for column in after.columns]


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="aA1 .,;:'\"$()[]<>=-+*/|&~!@#?\\\nEUBXeé", max_size=30))
def test_no_text_makes_it_raise(text: str) -> None:
    check = Check(name="c", expression=Expression(text))
    view = View(schema="public", name="v", definition=Expression(text))
    function = Function(schema="public", name="f", arguments=text, returns=text, signature=(text,))
    table = Table(schema="public", name="t", checks=(check,))
    normalize(Schema(tables=(table,), views=(view,), functions=(function,)))
