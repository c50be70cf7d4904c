"""Functions, triggers, policies and views as they are compared."""

from __future__ import annotations

from driftcheck.model import (
    Expression,
    Function,
    Policy,
    Schema,
    Trigger,
    View,
)
from driftcheck.normalize import normalize

from .building import column, table


class TestPrograms:
    def test_views_that_differ_in_spelling_alone(self) -> None:
        rows = table(column("id", "integer"), column("name", "text"))

        def view(text: str, columns: tuple[str, ...] = ()) -> View:
            made = View(schema="public", name="v", definition=Expression(text), columns=columns)
            return normalize(Schema(tables=(rows,), views=(made,))).views[0]

        plain = view("SELECT id, name FROM t")
        assert plain == view(" SELECT t.id,\n    t.name\n   FROM t;")
        assert plain == view("SELECT * FROM public.t AS x")
        assert view("SELECT id AS a, name AS b FROM t") == view("SELECT id, name FROM t", ("a", "b"))
        assert plain != view("SELECT id AS a, name FROM t")
        assert plain != view("SELECT name, id FROM t")

    def test_view_on_a_view(self) -> None:
        rows = table(column("id", "integer"), column("ok", "boolean"))
        inner = View(schema="public", name="b_inner", definition=Expression("SELECT * FROM t"))

        def outer(text: str) -> View:
            made = View(schema="public", name="a_outer", definition=Expression(text))
            return normalize(Schema(tables=(rows,), views=(made, inner))).views[0]

        assert outer("SELECT * FROM b_inner") == outer("SELECT b_inner.id, b_inner.ok FROM b_inner")

    def test_function(self) -> None:
        def function(**facts: object) -> Function:
            made = Function(schema="public", name="f", **facts)  # type: ignore[arg-type]
            return normalize(Schema(functions=(made,))).functions[0]

        first = function(
            arguments="a int, IN b varchar(20) DEFAULT 'x', OUT c timestamptz", signature=("int", "varchar"),
            returns="SETOF int4", language="PLPGSQL", body="\r\nBEGIN\r\n  RETURN;\r\nEND\r\n", cost="100",
            settings=(("search_path", "'public', auth"),),
        )  # fmt: skip
        second = function(
            arguments="a integer, b character varying DEFAULT 'x'::character varying, OUT c timestamp with time zone",
            signature=("integer", "character varying"), returns="SETOF integer", language="plpgsql",
            body="BEGIN\n  RETURN;\nEND", settings=(("search_path", "public, auth"),),
        )  # fmt: skip
        assert first == second
        assert function(body="SELECT 1") != function(body="SELECT  1")
        assert function(arguments="a integer") != function(arguments="a bigint")
        assert function(arguments="a integer") != function(arguments="a integer DEFAULT 1")
        assert function(returns="TABLE(a int, b text)") == function(returns="TABLE (a integer, b text)")

    def test_trigger(self) -> None:
        rows = table(column("a", "varchar(5)"))

        def trigger(when: str, **facts: object) -> Trigger:
            made = Trigger(
                schema="public", table="t", name="g", timing="after", function="f", when=Expression(when),
                **({"function_schema": None, "events": ("update", "insert")} | facts),
            )  # type: ignore[arg-type]  # fmt: skip
            return normalize(Schema(tables=(rows,), triggers=(made,))).triggers[0]

        plain = trigger("OLD.a IS DISTINCT FROM NEW.a")
        assert plain == trigger(
            "((old.a)::text IS DISTINCT FROM (new.a)::text)", function_schema="public", events=("insert", "update")
        )
        assert plain != trigger("OLD.a IS NOT DISTINCT FROM NEW.a")
        assert trigger("NEW.a = 'x'") != trigger("OLD.a = 'x'")

    def test_policy(self) -> None:
        def policy(using: str, roles: tuple[str, ...] = ("public",)) -> Policy:
            made = Policy(schema="public", table="t", name="p", using=Expression(using), roles=roles)
            return normalize(Schema(tables=(table(column("id", "uuid")),), policies=(made,))).policies[0]

        assert policy("auth.uid() = id") == policy("(t.id = auth.uid())")
        assert policy("auth.uid() = id") != policy("uid() = id")
        assert policy("true", ("b", "a")) == policy("true", ("a", "b"))
        assert policy("true", ("public", "a")) == policy("true")
