"""What is not compared: what a language cannot say, what the truth never speaks of, what could not be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from driftcheck.findings import NotCompared
from driftcheck.model import Check, Expression, ForeignKey, Generated, Opaque, Policy, Schema, Sequence, Trigger

from .building import codes, column, comparison, index, schema, table

T = table("t", "x integer")
POLICY = Policy(schema="public", table="t", name="p", using=Expression("true"))
TRIGGER = Trigger(
    schema="public", table="t", name="g", timing="before", events=("insert",), function_schema="public", function="f"
)


def test_what_the_truth_never_speaks_of_is_left_alone_and_said() -> None:
    found = comparison(schema(T), schema(T, policies=(POLICY, replace(POLICY, name="q"))))
    assert found.findings == ()
    assert found.not_compared == (
        NotCompared(
            "policies", 'truth declares none; set compare.policies = "always" to compare them', "other", 2
        ),
    )  # fmt: skip


def test_the_config_can_demand_it() -> None:
    assert codes(schema(T), schema(T, policies=(POLICY,)), policies="always") == ["DR712"]


def test_the_config_can_forbid_it() -> None:
    found = comparison(
        schema(T, policies=(POLICY,)), schema(T, policies=()), policies="never", row_level_security="never"
    )
    assert found.findings == ()
    assert [(entry.kind, entry.reason, entry.source) for entry in found.not_compared] == [
        ("policies", 'compare.policies is "never"', "truth")
    ]


@pytest.mark.parametrize(
    ("cannot", "expected", "actual", "source"),
    [(("trigger", ""), (), (TRIGGER,), "other"), (("", "trigger"), (TRIGGER,), (), "truth")],
)
def test_what_a_language_cannot_say_is_no_drift(cannot, expected, actual, source) -> None:  # type: ignore[no-untyped-def]
    found = comparison(schema(T, triggers=expected), schema(T, triggers=actual), cannot)
    assert found.findings == ()
    assert found.not_compared == (NotCompared("triggers", "SQL cannot declare triggers", source, 1),)


def test_a_demand_cannot_make_a_language_say_it() -> None:
    found = comparison(schema(T), schema(T, triggers=(TRIGGER,)), ("trigger", ""), triggers="always")
    assert found.findings == ()
    assert len(found.not_compared) == 1


def test_a_field_that_a_language_cannot_say_is_counted() -> None:
    keys = [ForeignKey(name=n, columns=(n,), target_schema="public", target_table="t") for n in "ab"]
    mine = schema(table("t", "a integer", "b integer", foreign_keys=tuple(keys)))
    deferred = tuple(replace(key, deferrable=True, initially_deferred=True) for key in keys)
    theirs = schema(table("t", "a integer", "b integer", foreign_keys=deferred))
    cannot = "foreign-key.deferrable foreign-key.initially_deferred"
    found = comparison(mine, theirs, (cannot, ""))
    assert found.findings == ()
    assert found.not_compared == (
        NotCompared("deferrability of foreign keys", "SQL cannot declare it", "other", 2),
    )  # fmt: skip
    assert [one.rule.code for one in comparison(mine, theirs).findings] == ["DR316", "DR316"]


def test_row_level_security_is_compared_where_there_are_policies() -> None:
    mine = schema(replace(T, row_security=True), policies=(POLICY,))
    assert codes(mine, schema(T, policies=(POLICY,))) == ["DR701"]


def test_tools_keep_tables_for_themselves() -> None:
    found = comparison(schema(T), schema(T, table("alembic_version", "version_num text")))
    assert found.findings == ()
    assert found.not_compared == (NotCompared("table alembic_version", "it belongs to Alembic", "other", 1),)


def test_a_tools_table_that_both_declare_is_compared() -> None:
    both = [schema(T, table("schema_migrations", f"version {name}")) for name in ("text", "bigint")]
    assert codes(*both) == ["DR203"]


@pytest.mark.parametrize("field", ["columns", "indexes", "checks"])
def test_what_is_not_all_known_lacks_nothing(field: str) -> None:
    full = table("t", "x integer", "y integer", indexes=(index("i", "x"),),
                 checks=(Check(name="c", expression=Expression("x > 0")),))  # fmt: skip
    held = getattr(full, field)
    known = replace(full, **{field: held[:-1]}, unknown=frozenset({field}))
    assert codes(schema(full), schema(known)) == []
    assert codes(schema(known), schema(full)) == []
    assert codes(schema(full), schema(replace(known, unknown=frozenset()))) != []


def test_an_unknown_field_is_not_compared() -> None:
    mine, theirs = column("x", "integer"), column("x", "text", nullable=False, unknown=frozenset({"type"}))
    assert codes(schema(table("t", mine)), schema(table("t", theirs))) == ["DR204"]


@pytest.mark.parametrize("kind", ["table", "sequence"])
def test_what_could_not_be_read_is_not_missing(kind: str) -> None:
    mine = Schema(tables=(T,), sequences=(Sequence(schema="public", name="s"),))
    name = "t" if kind == "table" else "s"
    lacking = replace(mine, **{kind + "s": ()})
    opaque = replace(lacking, opaque=(Opaque(kind=kind, schema="public", name=name),))
    assert codes(mine, opaque) == []
    assert codes(opaque, mine, sequences="always") == []
    assert codes(mine, lacking) != []


@pytest.mark.parametrize(
    ("expression", "stored", "expected"),
    [("x * 2", True, []), ("x * 2", False, []), ("x * 2", None, []), ("x * 3", True, ["DR206"])],
)
def test_what_is_left_to_the_server_agrees_with_either(
    expression: str, stored: bool | None, expected: list[str]
) -> None:
    left_open = column("y", "integer", generated=Generated(Expression("x * 2"), stored=None))
    said = column("y", "integer", generated=Generated(Expression(expression), stored=stored))
    assert codes(schema(table("t", "x integer", left_open)), schema(table("t", "x integer", said))) == expected
    assert codes(schema(table("t", "x integer", said)), schema(table("t", "x integer", left_open))) == expected
