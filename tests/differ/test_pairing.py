"""What belongs together: by what it does, its name as the tie-break."""

from __future__ import annotations

from dataclasses import replace

import pytest

from driftcheck.model import (
    Check,
    Expression,
    ForeignKey,
    Index,
    IndexKey,
    Policy,
    PrimaryKey,
    Sequence,
    Unique,
)
from driftcheck.normalize import normalize

from .building import codes, column, comparison, findings, index, schema, table

A = table("a", "x integer", "y integer")


def with_(**facts):  # type: ignore[no-untyped-def]
    return schema(replace(A, **facts))


def key(name: str, *columns: str, target: str = "b") -> ForeignKey:
    return ForeignKey(name=name, columns=columns, target_schema="public", target_table=target, target_columns=columns)


@pytest.mark.parametrize(
    ("expected", "actual", "told"),
    [
        pytest.param({"indexes": (index("one", "x"),)}, {"indexes": (index("two", "x"),)}, ["DR509"], id="renamed"),
        pytest.param(
            {"indexes": (index("one", "x"), index("two", "x"))},
            {"indexes": (index("two", "x"), index("one", "x"))},
            [],
            id="twins",
        ),
        pytest.param(
            {"indexes": (index("one", "x"), index("two", "x"))},
            {"indexes": (index("two", "x"),)},
            ["DR501"],
            id="one twin",
        ),
        pytest.param({"indexes": (index("one", "x"),)}, {"indexes": (index("one", "y"),)}, ["DR503"], id="same name"),
        pytest.param(
            {"indexes": (index("one", "x"),)}, {"indexes": (index("two", "y"),)}, ["DR501", "DR502"], id="unlike"
        ),
        pytest.param(
            {"indexes": (index("one", "x"), index("two", "y"))},
            {"indexes": (index("two", "x"), index("one", "y"))},
            ["DR509", "DR509"],
            id="names crossed",
        ),
        pytest.param(
            {"indexes": (index("one", "x", unique=True),)}, {"indexes": (index("two", "x"),)}, ["DR504"], id="near"
        ),
        pytest.param(
            {"foreign_keys": (key("f", "x"),)}, {"foreign_keys": (key("g", "x"),)}, ["DR319"], id="key renamed"
        ),
        pytest.param(
            {"foreign_keys": (key("f", "x"),)}, {"foreign_keys": (key("g", "x", target="c"),)}, ["DR313"], id="target"
        ),
        pytest.param(
            {"foreign_keys": (key("f", "x", "y"),)},
            {"foreign_keys": (key("g", "y", "x"),)},
            ["DR313"],
            id="order of pairs",
        ),
        pytest.param(
            {"uniques": (Unique(name="u", columns=("x",)),)},
            {"indexes": (index("u", "x", unique=True),)},
            ["DR325"],
            id="index",
        ),
        pytest.param(
            {"indexes": (index("u", "x", unique=True),)},
            {"uniques": (Unique(name="v", columns=("x",)),)},
            ["DR325"],
            id="unique",
        ),
        pytest.param(
            {"uniques": (Unique(name="u", columns=("x",)),)},
            {"indexes": (index("u", "x", unique=True, predicate=Expression("y > 0")),)},
            ["DR321", "DR502"],
            id="a partial index is no constraint",
        ),
        pytest.param(
            {"uniques": (Unique(name="u", columns=("x",), nulls_distinct=False),)},
            {"indexes": (index("u", "x", unique=True),)},
            ["DR323", "DR325"],
            id="as index, and nulls",
        ),
        pytest.param(
            {"checks": (Check(name="c", expression=Expression("x > 0")),)},
            {"checks": (Check(name="d", expression=Expression("x > 1")),)},
            ["DR403"],
            id="the only check on the same columns",
        ),
        pytest.param(
            {"checks": tuple(Check(name=f"c{n}", expression=Expression(f"x > {n}")) for n in range(2))},
            {"checks": tuple(Check(name=f"d{n}", expression=Expression(f"x < {n}")) for n in range(2))},
            ["DR401", "DR401", "DR402", "DR402"],
            id="no guess between several",
        ),
    ],
)
def test_pairs(expected, actual, told) -> None:  # type: ignore[no-untyped-def]
    assert codes(with_(**expected), with_(**actual)) == told


def test_a_name_counts_only_if_nothing_else_differs() -> None:
    mine = with_(foreign_keys=(key("f", "x"),))
    theirs = with_(foreign_keys=(replace(key("g", "x"), on_delete="cascade"),))
    (only,) = findings(mine, theirs)
    assert only.rule.code == "DR314"
    assert only.object.name == "g", "an object is called as the drifting source calls it"


def test_what_stands_on_a_lost_column_is_told_with_it() -> None:
    full = table("t", "id integer", "extra integer", indexes=(index("i", "extra"), index("j", "id", "extra")),
                 uniques=(Unique(name="u", columns=("extra",)),),
                 foreign_keys=(ForeignKey(name="f", columns=("extra",), target_schema="public", target_table="t"),),
                 checks=(Check(name="c", expression=Expression("extra > length('id')")),))  # fmt: skip
    bare = table("t", "id integer")
    for one, other, code in ((full, bare, "DR201"), (bare, full, "DR202")):
        (finding,) = findings(schema(one), schema(other))
        assert finding.rule.code == code
        assert sorted((ref.kind, ref.name) for ref in finding.related) == [
            ("check", "c"), ("foreign-key", "f"), ("index", "i"), ("index", "j"), ("unique", "u"),
        ]  # fmt: skip
        assert "(and on it 1 foreign key, 1 unique constraint, 1 check, 2 indexes)" in finding.message


def test_a_word_in_a_string_or_a_function_is_no_column() -> None:
    check = Check(name="c", expression=Expression("length(x) > 0 AND x <> 'length'"))
    both = [table("t", "x text", *more, checks=checks) for more, checks in (((), (check,)), (("length integer",), ()))]
    assert codes(schema(both[0]), schema(both[1])) == ["DR202", "DR401"]


def test_counts_are_of_what_was_compared() -> None:
    mine = schema(replace(A, indexes=(index("i", "x"),)), table("only_here", "z integer"))
    counts = comparison(mine, schema(replace(A, indexes=(index("j", "x"),)))).compared
    assert (counts.tables, counts.columns, counts.indexes, counts.constraints) == (1, 2, 1, 0)


def test_columns_of_an_index_may_be_expressions() -> None:
    lower = Index(name="i", keys=(IndexKey(expression=Expression("lower(x)")),))
    upper = Index(name="i", keys=(IndexKey(expression=Expression("upper(x)")),))
    (finding,) = findings(with_(indexes=(lower,)), with_(indexes=(upper,)))
    assert finding.object.columns == ("(upper(x))",)
    assert (finding.expected.value, finding.actual.value) == ("((lower(x)))", "((upper(x)))")


def test_types_that_differ_do_not_make_their_literals_differ() -> None:
    mine = schema(table("t", column("x", "integer", default=Expression("0"))))
    theirs = schema(table("t", column("x", "text", default=Expression("'0'"))))
    assert codes(mine, theirs) == ["DR203"]


def test_a_key_that_names_no_target_columns_means_the_primary_key() -> None:
    """The target may be a table that neither side declares (auth.users), so nobody can look its key up."""
    named = ForeignKey(name="f", columns=("x",), target_schema="auth", target_table="users", target_columns=("id",))
    unnamed = replace(named, name="g", target_columns=())
    assert codes(with_(foreign_keys=(named,)), with_(foreign_keys=(unnamed,))) == ["DR319"]


def test_what_is_missing_is_called_as_the_truth_calls_it() -> None:
    """Its name follows that of a renamed column in the comparison, not in what people read."""
    mine = table("t", "id integer", "mail_address uuid", indexes=(index("t_mail_address_idx", "mail_address"),))
    renamed, missing = findings(schema(mine), schema(table("t", "id integer", "mail uuid")))
    assert (renamed.rule.code, missing.rule.code) == ("DR210", "DR501")
    assert missing.object.name == "t_mail_address_idx"


def test_a_unique_index_beside_an_index_of_its_name_is_the_other_sides_constraint() -> None:
    expected = with_(indexes=(index("i", "x", unique=True),))
    actual = with_(uniques=(Unique(name="a_x_key", columns=("x",)),), indexes=(index("i", "x"),))
    assert codes(expected, actual) == ["DR325", "DR502"]
    assert codes(actual, expected) == ["DR325", "DR501"]
    assert codes(expected, with_(indexes=(index("i", "x"),))) == ["DR504"]


@pytest.mark.parametrize(
    ("mine", "theirs", "told"),
    [
        pytest.param("userId text", "user_id text", ["DR210"], id="spellings"),
        pytest.param("userId integer", "user_id text", ["DR203", "DR210"], id="spellings of another type"),
        pytest.param("label text", "caption character varying(20)", ["DR203", "DR210"], id="texts"),
        pytest.param("label text", "caption character varying", ["DR210", "DR214"], id="texts without a length"),
        pytest.param("label text", "caption integer", ["DR201", "DR202"], id="unlike"),
        pytest.param("label text", "label character varying", ["DR214"], id="text and varchar"),
        pytest.param("label text", "label character varying(9)", ["DR203"], id="text and a length"),
        pytest.param("label text[]", "label character varying[]", ["DR203"], id="arrays"),
    ],
)
def test_columns_in_two_spellings(mine: str, theirs: str, told: list[str]) -> None:
    assert codes(schema(table("a", "id uuid", mine)), schema(table("a", "id uuid", theirs))) == told


def test_two_columns_of_one_spelling_are_nobodys() -> None:
    expected = schema(table("a", "userId integer"))
    assert codes(expected, schema(table("a", "user_id text", "USER_ID text"))) == ["DR201", "DR202", "DR202"]


def test_a_lost_column_names_the_primary_key_on_it() -> None:
    keys = [replace(A, primary_key=PrimaryKey(name="k", columns=("x", name))) for name in ("y", "z")]
    mine = replace(keys[0], columns=(*A.columns, column("w", "date")))
    theirs = replace(keys[1], columns=(A.columns[0], column("z", "bytea")))
    told = [one.message for one in findings(schema(mine), schema(theirs)) if one.rule.code in ("DR201", "DR202")]
    assert sum("1 primary key" in message for message in told) == 2


def test_policies_for_whoever_runs_them_are_not_compared_with_a_role() -> None:
    mine, theirs = (Policy(schema="public", table="a", name="p", roles=(role,)) for role in ("current_user", "owner"))
    found = comparison(schema(A, policies=(mine,)), schema(A, policies=(theirs,)))
    assert found.findings == ()
    assert any("CURRENT_USER" in one.reason for one in found.not_compared)
    everybody = replace(theirs, roles=("public",))
    assert codes(schema(A, policies=(mine,)), schema(A, policies=(everybody,))) == ["DR714"]


def test_a_sequence_that_only_one_column_owns() -> None:
    nextval = "nextval('public.a_x_seq'::regclass)"
    own = Sequence(schema="public", name="a_x_seq", type="integer", owned_by=("public", "a", "x"))
    serial = normalize(schema(table("a", column("x", "integer", default=nextval)), sequences=(own,)))
    for text in (nextval, "nextval('a_x_seq')"):
        free = schema(table("a", column("x", "integer", default=text)), sequences=(replace(own, owned_by=None),))
        assert codes(serial, normalize(free)) == ["DR207"]
    odd = normalize(schema(table("a", column("x", "integer", default=nextval)), sequences=(replace(own, increment=5),)))
    assert codes(serial, odd) == codes(odd, serial) == ["DR623"]
