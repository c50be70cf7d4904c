"""What one source leaves to others is compared with neither, and said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from driftcheck.errors import SourceError
from driftcheck.findings import NotCompared
from driftcheck.model import Column, ColumnType, Enum, Expression, Policy, Schema, Sequence, Table, View
from driftcheck.reading import Management, Source
from driftcheck.triage import managed
from tests.triage.cases import source

OWN = Schema(
    tables=(
        Table(schema="public", name="app_a"),
        Table(schema="public", name="odd"),
        Table(schema="auth", name="users"),
    )
)
DATABASE = Schema(
    tables=(
        Table(schema="public", name="app_a"),
        Table(schema="public", name="app_b"),
        Table(schema="public", name="odd"),
        Table(schema="public", name="legacy"),
        Table(schema="auth", name="users"),
    ),
    views=(View(schema="public", name="legacy_view", definition=Expression("select 1")),),
    enums=(Enum(schema="public", name="state", values=("a",)), Enum(schema="auth", name="state", values=("a",))),
    sequences=(Sequence(schema="public", name="legacy_id_seq", owned_by=("public", "legacy", "id")),),
    policies=(Policy(schema="public", table="legacy", name="p"), Policy(schema="public", table="odd", name="p")),
)
RULES = Management(schemas="public", tables="app_.*", says="schemaFilter and tablesFilter of drizzle.config.ts")


def _keeping(schema: Schema, rules: Management) -> Source:
    found = source(schema, name="drizzle", kind="drizzle")
    return replace(found, reading=replace(found.reading, management=rules))


@pytest.mark.parametrize("keeper_is_truth", [True, False])
def test_what_is_left_to_others(keeper_is_truth: bool) -> None:
    """A schema that is left out is left out of both; a table outside the filter only where it is not declared."""
    keeper, database = _keeping(OWN, RULES), source(DATABASE)
    pair = managed(keeper, database) if keeper_is_truth else managed(database, keeper)
    own, other = (pair.truth, pair.other) if keeper_is_truth else (pair.other, pair.truth)
    assert [str(table) for table in own.schema.tables] == ["public.app_a", "public.odd"]
    assert [str(table) for table in other.schema.tables] == ["public.app_a", "public.app_b", "public.odd"]
    assert (other.schema.views, other.schema.sequences) == ((), ())
    assert [str(enum.schema) for enum in other.schema.enums] == ["public"]
    assert [policy.table for policy in other.schema.policies] == ["odd"]
    reason = "drizzle leaves them to others: schemaFilter and tablesFilter of drizzle.config.ts"
    assert set(pair.not_compared) == {
        NotCompared("tables", reason, "drizzle", 1),
        NotCompared("enums", reason, "sql", 1),
        NotCompared("policies", reason, "sql", 1),
        NotCompared("sequences", reason, "sql", 1),
        NotCompared("tables", reason, "sql", 2),
        NotCompared("views", reason, "sql", 1),
    }


def test_without_a_filter_all_is_compared() -> None:
    keeper, database = _keeping(OWN, Management()), source(DATABASE)
    pair = managed(keeper, database)
    assert (pair.truth, pair.other, pair.not_compared) == (keeper, database, ())


def test_a_filter_that_leaves_nothing_stops_the_check() -> None:
    keeper = _keeping(OWN, replace(RULES, schemas="nowhere"))
    with pytest.raises(SourceError, match="leaves nothing of 'drizzle' to compare"):
        managed(keeper, source(DATABASE))


def test_types_that_only_tables_of_others_use_are_theirs() -> None:
    state, size = (Enum(schema="public", name=name, values=("a",)) for name in ("state", "size"))
    kept, other = (
        Table(schema="public", name=name, columns=(Column(name="x", type=ColumnType(type_)),))
        for name, type_ in (("app_a", "size"), ("legacy", "state"))
    )
    database = source(Schema(tables=(kept, other), enums=(state, size)), name="live")
    keeper = _keeping(Schema(tables=(kept,), enums=(size,)), RULES)
    assert managed(keeper, database).other.schema.enums == (size,)
    declared = _keeping(Schema(tables=(kept,), enums=(size, state)), RULES)
    assert managed(declared, database).other.schema.enums == (state, size)
