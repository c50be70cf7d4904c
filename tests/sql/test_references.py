"""What SQL text names, and the text once that is called otherwise."""

from __future__ import annotations

import pytest

from driftcheck.sql.references import (
    COLUMN,
    FUNCTION,
    RELATION,
    TYPE,
    aliases_in,
    columns_in,
    columns_named,
    names_in,
    names_in_strings,
    relations_in,
    things_named,
)
from driftcheck.sql.renames import (
    AmbiguousError,
    qualified_names,
    renamed_column,
    renamed_columns,
    renamed_object,
    renamed_relation,
    renamed_sequence,
)


def roles(sql: str) -> list[tuple[str, str]]:
    return [(".".join(name.path), name.role) for name in names_in(sql)]


@pytest.mark.parametrize(
    ("expression", "columns"),
    [
        ("a > 0", ["a"]),
        ("A > 0 AND a < b", ["a", "b"]),
        ("'a' <> b", ["b"]),
        ("length(b) > 0", ["b"]),
        ("b::a = 1", ["b"]),
        ('"Upper" = 1', ["Upper"]),
        ("$$ a $$ = b", ["b"]),
        ("a(b)", ["b"]),
        ("1 = 1", []),
    ],
)
def test_columns_of_a_check(expression: str, columns: list[str]) -> None:
    assert columns_in(expression, "t", ("a", "b", "Upper")) == columns


@pytest.mark.parametrize(
    "expression",
    [
        "b <> E'it\\'s a'", "b <> e'\\\\' || E'\\'a'", "b <> $$it's a$$", "b <> $q$ $$ a $$ $q$", "b <> U&'\\0027 a'",
        "b <> U&'! a' UESCAPE '!'", "b /* a /* it's a */ a */ <> ''", "b -- it's a\n <> 'x'", "b <> 'x'\n ' a'",
        "b <> E'x'\n '\\' a'", "b <> N'it''s a'", "b <> B'1' || 'a'", '"it\'s a" <> b', 'b <> \'"\' || \' a "\'',
        'U&"\\0061\\0062" <> b', "b::a <> ''", "cast(b as a) <> ''", "a 'x' <> b", "b <> 'x' collate \"x a\"",
        "extract(a from b) > 1", "f(a => b)", "a(b)", "a.b > 1", "'a'::regclass <> b",
    ],
)  # fmt: skip
def test_what_names_no_column(expression: str) -> None:
    """`a` is in each, and in none is it a column; `b` always is."""
    assert columns_in(expression, "a", ("a", "b")) == ["b"]
    assert "a" not in columns_named(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "a <> E'it\\'s'", "E'\\'' <> a", "'x' -- it's\n <> a", "$$'$$ <> a", '"a" > 0', 'U&"\\0061" > 0',
        'U&"!0061" uescape \'!\' > 0', "A > 0", "t.a > 0", 'public."t".a > 0', "(a).b > 0", "f(x => a)",
        "extract(year from a) > 2000", "substring(a from 2) <> ''", "trim(both from a) <> ''", "trim('x' from a) = ''",
        "overlay(a placing 'x' from 1 for 2) = ''", "position('x' in a) > 0", "a at time zone 'utc' > now()",
        "a is distinct from 'x'", "'x' is not distinct from a", "a between 'x' and 'y'", "a like 'x' escape 'y'",
        "a::timestamp with time zone > now()", "case when 'x' = 'y' then a end", "a[1] = 1", "(a, 1) = (1, 2)",
        "row(a) = row(1)", "array[a] = '{}'", "not a", "a is null", "a in (1)", "1 in (a)", "a = any('{}')",
    ],
)  # fmt: skip
def test_what_names_a_column(expression: str) -> None:
    assert columns_in(expression, "t", ("a",)) == ["a"]
    assert "a" in columns_named(expression)


@pytest.mark.parametrize("column", ["time", "zone", "year", "and", "order", "at", "precision", "varying", "from"])
def test_words_of_the_grammar_are_no_columns(column: str) -> None:
    said = (
        "x at time zone 'utc' > y::timestamp with time zone and extract(year from z) > 1 and v::double precision > 1"
        " and w::character varying = any(array(select 1 from s order by 1))"
    )
    assert column not in columns_named(said)
    assert column in columns_named(f'"{column}" > 1')


def test_roles() -> None:
    assert roles("select a.x, f(b) from s.t a join u on a.i = u.i, v where x::s.mood = mood 'y'") == [
        ("a.x", COLUMN), ("f", FUNCTION), ("b", COLUMN), ("s.t", RELATION), ("a", COLUMN), ("u", RELATION),
        ("a.i", COLUMN), ("u.i", COLUMN), ("v", RELATION), ("x", COLUMN), ("s.mood", TYPE), ("mood", TYPE),
    ]  # fmt: skip
    assert roles("select extract(year from a), t.* from t where exists (select from u)") == [
        ("extract", FUNCTION), ("a", COLUMN), ("t.*", COLUMN), ("t", RELATION), ("exists", FUNCTION), ("u", RELATION),
    ]  # fmt: skip
    assert roles("insert into t (a) values (1)")[1:3] == [("t", RELATION), ("a", COLUMN)]
    assert ("t", RELATION) in roles("begin atomic update t set a = 1; delete from only u; end")
    assert ("u", RELATION) in roles("begin atomic update t set a = 1; delete from only u; end")
    assert roles("select a from t for update of t")[-1] == ("t", COLUMN)
    assert roles("setof s.t")[-1] == ("s.t", TYPE)


def test_relations_and_aliases() -> None:
    query = "with w as (select * from a) select * from w, s.b as c join d on true left join lateral f(x) on true"
    assert list(relations_in(query)) == [(None, "a"), ("s", "b"), (None, "d")]
    assert aliases_in(query) == {"a": (None, "a"), "c": ("s", "b"), "d": (None, "d")}


def test_names_in_strings_are_read_as_names() -> None:
    text = "nextval('S.\"My.seq\"'), 'T'::regclass, 'f(int)'::regprocedure, 'x', setval('q', 1), 'a b'::regclass"
    assert [(name.path, name.role) for name in names_in_strings(text)] == [
        (("s", "My.seq"), RELATION), (("t",), RELATION), (("f",), FUNCTION), (("q",), RELATION),
    ]  # fmt: skip


def test_things_named_are_those_before_a_dot_too() -> None:
    assert things_named("select f(t.a) from s.t where 'b'::c = d") == {"t", "a", "s", "d"}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("a > 1 and t.a > 1 and \"a\" > 1", 'b > 1 and t.b > 1 and b > 1'),
        ("x <> E'it\\'s a' and a > 1", "x <> E'it\\'s a' and b > 1"),
        ("x <> $$a$$ /* a */ and a::a > a(a)", "x <> $$a$$ /* a */ and b::a > a(b)"),
        ("extract(year from a) > extract(a from a)", "extract(year from b) > extract(a from b)"),
        ("trim(both from a) <> substring(a from 1)", "trim(both from b) <> substring(b from 1)"),
        ('U&"\\0061" > 1', "b > 1"),
    ],
)  # fmt: skip
def test_a_column_is_renamed(sql: str, expected: str) -> None:
    assert renamed_column(sql, "t", "a", "b") == expected
    assert renamed_columns(sql, {"a": "b"}) == expected


def test_a_keyword_is_not_renamed_with_a_column_of_its_name() -> None:
    assert renamed_column('"order" > 1 and "in" in (1)', "t", "order", "Rank") == '"Rank" > 1 and "in" in (1)'
    assert renamed_column('"order" > 1 and "in" in (1)', "t", "in", "out") == '"order" > 1 and out in (1)'


def test_beside_a_select_a_bare_name_is_ambiguous() -> None:
    with pytest.raises(AmbiguousError):
        renamed_column("a = (select max(x) from y)", "t", "a", "b")
    assert renamed_column("t.a = (select max(x) from y)", "t", "a", "b") == "t.b = (select max(x) from y)"


def test_relations_types_and_sequences_are_renamed() -> None:
    old, new = ("public", "t"), ("app", "u")
    assert renamed_relation("select t.a, 't' from t, public.t x where t = 1", old, new) == (
        "select app.u.a, 't' from app.u, app.u x where t = 1"
    )
    assert renamed_object("x::t = t 'a' and t > 't'::public.t", "type", old, new) == (
        "x::app.u = app.u 'a' and t > 't'::app.u"
    )
    assert renamed_sequence("nextval('t'), 't'::regclass, 't', nextval('public.\"t\"')", old, new) == (
        "nextval('app.u'), 'app.u'::regclass, 't', nextval('app.u')"
    )


def test_names_get_the_schema_in_which_they_were_found() -> None:
    found = {("relation", "t"): "s", ("type", "mood"): "s", ("function", "f"): "s", ("relation", "q"): "s"}
    text = "select f(t.x) from t, w where x::mood = 'q' and nextval('q') > nextval('other')"
    assert qualified_names(text, lambda role, name: found.get((role, name))) == (
        "select s.f(t.x) from s.t, w where x::s.mood = 'q' and nextval('s.q') > nextval('other')"
    )
