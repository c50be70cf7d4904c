"""What is left out is out of the comparison, and said."""

from __future__ import annotations

import pytest

from driftcheck.config import Glob
from driftcheck.errors import ConfigError
from driftcheck.findings import NotCompared
from driftcheck.model import (
    KINDS,
    Enum,
    Expression,
    Extension,
    Location,
    Namespace,
    Opaque,
    Policy,
    Schema,
    Sequence,
    Table,
    Trigger,
    View,
)
from driftcheck.reading import Gap, Source, Unexported
from driftcheck.triage import ExcludeFilter
from driftcheck.triage.globs import covers
from tests.triage.cases import source

SCHEMA = Schema(
    namespaces=(Namespace(name="auth"), Namespace(name="shop")),
    tables=(
        Table(schema="auth", name="users"),
        Table(schema="public", name="users"),
        Table(schema="public", name="old_a"),
    ),
    enums=(Enum(schema="public", name="old_state", values=("a",)),),
    views=(View(schema="public", name="v", definition=Expression("select 1")),),
    policies=(
        Policy(schema="auth", table="users", name="p"),
        Policy(schema="public", table="old_a", name="q"),
        Policy(schema="public", table="users", name="old_policy"),
    ),
    triggers=(
        Trigger(
            schema="auth",
            table="users",
            name="t",
            timing="after",
            events=("insert",),
            function_schema=None,
            function="f",
        ),
    ),
    sequences=(
        Sequence(schema="public", name="old_a_id_seq", owned_by=("public", "old_a", "id")),
        Sequence(schema="public", name="counter", owned_by=("public", "old_a", "id")),
        Sequence(schema="public", name="free"),
    ),
    extensions=(Extension(name="citext", schema="auth"),),
    opaque=(Opaque(kind="view", schema="public", name="old_view"),),
)


class Kept:
    """What is left of `sources`, and what is said of the rest."""

    def __init__(self, sources: list[Source], globs: list[Glob]) -> None:
        exclusion = ExcludeFilter(globs)
        self.sources = tuple(exclusion.of(item) for item in sources)
        self.not_compared, self.notes = exclusion.not_compared(), exclusion.notes()


def left(*patterns: str, schema: Schema = SCHEMA) -> Schema:
    return Kept([source(schema)], [Glob(pattern=pattern) for pattern in patterns]).sources[0].schema


def names(schema: Schema) -> set[str]:
    return {
        f"{plural}:{getattr(item, 'schema', '')}.{item.name}"
        for plural in [place.split(".")[1] for place in KINDS.values() if place.startswith("Schema.")] + ["opaque"]
        for item in getattr(schema, plural)
    }


def test_nothing_is_left_out_unasked() -> None:
    read = source(SCHEMA)
    kept = Kept([read], [])
    assert kept.sources == (read,)
    assert (kept.not_compared, kept.notes) == ((), ())


def test_a_whole_schema() -> None:
    assert names(SCHEMA) - names(left("auth.*")) == {
        "namespaces:.auth", "tables:auth.users", "policies:auth.p", "triggers:auth.t",
    }  # fmt: skip


def test_what_stands_on_a_table_goes_with_it() -> None:
    expected = {
        "tables:public.old_a", "enums:public.old_state", "policies:public.q", "sequences:public.old_a_id_seq",
        "sequences:public.counter", "opaque:public.old_view",
    }  # fmt: skip
    assert names(SCHEMA) - names(left("public.old_*")) == expected
    assert names(SCHEMA) - names(left("old_*")) == expected


def test_a_name_without_a_schema_is_one_in_public() -> None:
    assert names(SCHEMA) - names(left("users")) == {"tables:public.users", "policies:public.old_policy"}


def test_braces_are_a_choice_and_parentheses_are_not() -> None:
    assert names(SCHEMA) - names(left("{auth.users,public.users}")) == names(SCHEMA) - names(left("*.users"))
    assert covers("{api,public}.f*(integer)", "api", "f_of(integer)")
    assert not covers("{api,public}.f*(integer)", "other", "f_of(integer)")


def test_it_is_said() -> None:
    globs = [Glob(pattern="auth.*"), Glob(pattern="public.none", place=Location("driftcheck.toml", 3))]
    kept = Kept([source(SCHEMA), source(SCHEMA, name="other")], globs)
    reason = "left out by exclude 'auth.*'"
    assert kept.not_compared == (
        NotCompared("namespaces", reason, count=1),
        NotCompared("policies", reason, count=1),
        NotCompared("tables", reason, count=1),
        NotCompared("triggers", reason, count=1),
    )
    assert kept.notes == ("exclude 'public.none' (driftcheck.toml:3) matches nothing in any source",)


def test_the_tables_of_tools_are_left_out_and_said() -> None:
    tables = (
        "public.alembic_version",
        "app.alembic_version",
        "drizzle.__drizzle_migrations",
        "public.users",
        "supabase_migrations.x",
    )
    schema = Schema(tables=tuple(Table(schema=name.split(".")[0], name=name.split(".")[1]) for name in tables))
    kept = Kept([source(schema)], [])
    assert [str(table) for table in kept.sources[0].schema.tables] == ["public.users"]
    assert kept.not_compared == (
        NotCompared("tables", "kept by Alembic for itself", count=2),
        NotCompared("tables", "kept by drizzle-kit for itself", count=1),
        NotCompared("tables", "kept by Supabase for itself", count=1),
    )


def test_gaps_and_what_is_not_exported_go_with_their_object() -> None:
    place = Location("schema.sql")
    gaps = (
        Gap(place, "a", "b", "auth.users.id"),
        Gap(place, "c", "d", "public.users"),
        Gap(place, "e", "f"),
        Gap(place, "g", "h", "public.alembic_version"),
    )
    unexported = (Unexported(place, "enum", "auth", "state"), Unexported(place, "enum", "public", "state"))
    (kept,) = Kept([source(SCHEMA, gaps=gaps, unexported=unexported)], [Glob(pattern="auth.*")]).sources
    assert kept.reading.gaps == gaps[1:3]
    assert kept.reading.unexported == unexported[1:]


def test_leaving_nothing_is_an_error() -> None:
    globs = [Glob(pattern="*", place=Location("driftcheck.toml", 3))]
    with pytest.raises(ConfigError, match="exclude leaves nothing of 'sql' to compare") as caught:
        Kept([source(SCHEMA)], globs)
    assert (caught.value.path, caught.value.line) == ("driftcheck.toml", 3)
    assert Kept([source(Schema())], globs).sources[0].schema == Schema()


@pytest.mark.parametrize("left_over", ["views", "enums", "opaque"])
def test_something_else_than_a_table_is_something(left_over: str) -> None:
    schema = Schema(tables=(Table(schema="auth", name="users"),), **{left_over: getattr(SCHEMA, left_over)})
    (kept,) = Kept([source(schema)], [Glob(pattern="auth.*")]).sources
    assert kept.schema == Schema(**{left_over: getattr(SCHEMA, left_over)})
