"""Spellings and order, one thing at a time; that PostgreSQL takes it all is tests/conformance's matter."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from driftcheck.model import (
    Check,
    Column,
    Expression,
    Extension,
    Function,
    Index,
    IndexKey,
    Namespace,
    Opaque,
    Policy,
    PrimaryKey,
    Schema,
    Sequence,
    Table,
    View,
)
from driftcheck.sql import parse_type
from driftcheck.writers.sql import write
from driftcheck.writers.sql.gate import collation, default, dollar_quoted, grouped, query
from driftcheck.writers.sql.text import parameters


def table(name: str, *columns: Column, **facts: object) -> Table:
    return Table(schema="public", name=name, columns=columns, **facts)  # type: ignore[arg-type]  # fields of Table


def column(name: str, type_: str = "integer", **facts: object) -> Column:
    return Column(name=name, type=parse_type(type_), **facts)  # type: ignore[arg-type]  # fields of Column


def view(name: str, query: str, **facts: object) -> View:
    return View(schema="public", name=name, definition=Expression(query), **facts)  # type: ignore[arg-type]  # of View


def order(schema: Schema) -> list[str]:
    """The names of what is created, in order."""
    return re.findall(r"^CREATE (?:MATERIALIZED )?(?:TABLE|VIEW|FUNCTION) ([\w.]+)", write(schema), re.MULTILINE)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("now()", "now()"),
        ("'a'::character varying", "'a'::character varying"),
        ("nextval('t_id_seq'::regclass)", "nextval('t_id_seq'::regclass)"),
        ("CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"),
        ("-1.5", "-1.5"),
        ("ARRAY[]::text[]", "(ARRAY[]::text[])"),
        ("a AND b", "(a AND b)"),
        ("'a'::text AND b", "('a'::text AND b)"),
        ("'a'::character varying(3)[]", "'a'::character varying(3)[]"),
        ("'now'::timestamp with time zone", "'now'::timestamp with time zone"),
        ("'x' COLLATE \"C\"", "('x' COLLATE \"C\")"),
        ("now() AT TIME ZONE 'utc'", "(now() AT TIME ZONE 'utc')"),
        ("E'a\\'b'", "E'a\\'b'"),
    ],
)
def test_defaults_get_the_parentheses_that_they_need(sql: str, expected: str) -> None:
    assert default(Expression(sql)) == expected


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("a > 1", "(a > 1)"),
        ("(a > 1)", "(a > 1)"),
        ("(a) + (b)", "((a) + (b))"),
        ("(a = ')(')", "(a = ')(')"),
        ("a > 1 -- why", "(a > 1)"),
        ("a > -- why\n 1", "(a >\n1)"),
        ("/* so */ ('a' || 'b') -- and so", "('a' || 'b')"),
        ("SELECT true", "((SELECT true))"),
        ("(SELECT true)", "((SELECT true))"),
        ("(SELECT true) AND a", "((SELECT true) AND a)"),
    ],
)
def test_an_expression_stands_in_one_pair_of_parentheses(sql: str, expected: str) -> None:
    assert grouped(Expression(sql)) == expected


@pytest.mark.parametrize("sql", ["SELECT 1;", "SELECT 1 ; ;\n", "SELECT 1", "SELECT 1; \n-- done\n"])
def test_a_query_loses_its_semicolon(sql: str) -> None:
    assert ";" not in query(Expression(sql))
    assert query(Expression(sql)).startswith("SELECT 1")


@pytest.mark.parametrize(
    "body", ["", "a", "$$", "a$", "$body$ $$", "$body$ $$ $body2$", "$$ $body", "$$ $body$ $body2"]
)
def test_dollar_quotes_end_where_the_text_ends(body: str) -> None:
    quoted = dollar_quoted(body)
    tag = quoted[: quoted.index("$", 1) + 1]
    assert quoted.index(tag, len(tag)) == len(quoted) - len(tag)
    assert quoted[len(tag) : -len(tag)] == body


@pytest.mark.parametrize(
    ("name", "expected"),
    [("C", '"C"'), ("en_US.utf8", '"en_US.utf8"'), ("public.german", "public.german"), ('s."de-DE"', 's."de-DE"')],
)
def test_collations_may_have_a_schema_or_a_dot(name: str, expected: str) -> None:
    assert collation(name) == expected


def test_settings_are_quoted_where_they_are_no_word_or_number() -> None:
    options = (("fillfactor", "70"), ("autosummarize", "on"), ("toast.x", "a b"), ("y", "it's"))
    assert parameters(options) == "(fillfactor = 70, autosummarize = 'on', toast.x = 'a b', y = 'it''s')"


def test_a_function_comes_before_what_calls_it_and_after_what_it_returns() -> None:
    valid = Function(schema="public", name="valid", signature=("integer",), arguments="integer", returns="boolean")
    every = Function(schema="public", name="every", returns="SETOF parents")
    calling = table(
        "parents", column("a", default=Expression("1")), checks=(Check(name="c", expression=Expression("valid(a)")),)
    )
    assert order(Schema(tables=(calling,), functions=(every, valid))) == [
        "public.valid",
        "public.parents",
        "public.every",
    ]


def test_views_come_after_what_they_read_even_if_columns_share_names() -> None:
    views = (
        view("totals", "SELECT u.users AS orders FROM users AS u"),
        view("users", "SELECT orders FROM orders"),
        view("orders", "SELECT 1 AS users, 2 AS totals"),
    )
    assert order(Schema(views=views)) == ["public.orders", "public.users", "public.totals"]


def test_a_circle_of_names_is_still_written_whole() -> None:
    views = (view("a", "SELECT * FROM b"), view("b", "SELECT * FROM a"))
    text = write(Schema(views=views))
    assert text.count("CREATE VIEW") == 2


def test_a_materialized_view_comes_last_so_that_what_fills_it_is_there() -> None:
    filled = view("filled", "SELECT total() AS t", materialized=True)
    total = Function(schema="public", name="other", body="SELECT 1", returns="integer")
    text = write(Schema(views=(filled,), functions=(total,)))
    assert text.index("CREATE FUNCTION") < text.index("CREATE MATERIALIZED VIEW")


def test_a_sequence_is_owned_once_its_table_is_there() -> None:
    sequence = Sequence(schema="public", name="s", type="integer", owned_by=("public", "t", "a"))
    text = write(Schema(sequences=(sequence,), tables=(table("t", column("a")),)))
    assert text.index("CREATE SEQUENCE") < text.index("CREATE TABLE") < text.index("OWNED BY public.t.a")


def test_what_could_not_be_read_is_told_and_left_out() -> None:
    half = table(
        "half",
        column("a"),
        replace(column("b"), unknown=frozenset({"type"})),
        replace(column("c"), unknown=frozenset({"default"})),
        indexes=(Index(name="i", keys=(IndexKey(column="a"),), unknown=frozenset({"predicate"})),),
    )
    policy = Policy(schema="public", table="half", name="p", unknown=frozenset({"using"}))
    text = write(Schema(tables=(half,), policies=(policy,), opaque=(Opaque(kind="view", schema="s", name="v\nw"),)))
    told = [line.removeprefix("--   ") for line in text.splitlines() if line.startswith("--   ")]
    assert told == [
        "view s.v w: nothing of it",
        "public.half.b: nothing of it, for want of its type",
        "public.half.c: not its default",
        "public.half.i: nothing of it, for want of its predicate",
        "public.half.p: nothing of it, for want of its using",
    ]
    assert "    a integer,\n    c integer\n" in text
    assert "CREATE INDEX" not in text
    assert "CREATE POLICY" not in text
    assert write(Schema(tables=(half,))) == write(Schema(tables=(half,)))


def test_a_key_that_nobody_named_is_written_with_the_name_that_the_server_gives() -> None:
    key = PrimaryKey(name="t_pkey", columns=("a",), unknown=frozenset({"name"}))
    text = write(Schema(tables=(table("t", column("a"), primary_key=key),)))
    assert "CONSTRAINT t_pkey PRIMARY KEY (a)" in text
    assert "could not be read" not in text


def test_names_without_a_schema_are_looked_for_where_the_source_has_schemas() -> None:
    schema = Schema(
        namespaces=(Namespace(name="public"), Namespace(name="App")),
        extensions=(Extension(name="citext", schema="extensions"), Extension(name="plpgsql", schema="pg_catalog")),
    )
    assert 'SET search_path = public, "App", extensions;' in write(schema)
    assert "search_path" not in write(Schema(namespaces=(Namespace(name="public"),)))
