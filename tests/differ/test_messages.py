"""What a finding says, shows and where it points."""

from __future__ import annotations

from dataclasses import replace

import pytest

from driftcheck.model import Check, Enum, Expression, Identity, Location, PrimaryKey, Schema, Table

from .building import column, findings, index, schema, table

HERE, THERE, LATER = Location("truth.ts", 3), Location("other.sql", 9), Location("other.sql", 40)


def one(expected: Schema | Table, actual: Schema | Table):  # type: ignore[no-untyped-def]
    sides = [side if isinstance(side, Schema) else schema(side) for side in (expected, actual)]
    (only,) = findings(*sides)
    return only


@pytest.mark.parametrize(
    ("expected", "actual", "message"),
    [
        (column("x", "integer"), column("x", "text"), "t.x is text in other; truth says integer"),
        (column("x"), column("x", nullable=False), "t.x is NOT NULL in other; truth says nullable"),
        (column("x", default="now()"), column("x"), "the default of t.x is none in other; truth says now()"),
        (
            column("x", default="'a'"),
            column("x", application_default="f()"),
            "the default of t.x is set by application code (f()) in other; truth says DEFAULT 'a'",
        ),
        (
            column("x", "integer", identity=Identity(always=True)),
            column("x", "integer"),
            "t.x is a plain column in other; truth says GENERATED ALWAYS AS IDENTITY",
        ),
    ],
)
def test_columns(expected, actual, message: str) -> None:  # type: ignore[no-untyped-def]
    assert one(table("t", expected), table("t", actual)).message == message


def test_the_value_is_what_the_author_wrote() -> None:
    mine = Check(name="c", expression=Expression("X>0", canonical="gt(x,0)"))
    theirs = Check(name="c", expression=Expression("(x > 1)", canonical="gt(x,1)", as_text=True))
    found = one(table("t", "x integer", checks=(mine,)), table("t", "x integer", checks=(theirs,)))
    assert (found.expected.value, found.actual.value) == ("X>0", "(x > 1)")
    assert found.message.endswith("(compared as text)")


def test_a_long_value_is_told_by_what_differs_in_it() -> None:
    labels = tuple(f"label_number_{number}" for number in range(9))
    mine = Schema(tables=(table("t", "x integer"),), enums=(Enum(schema="public", name="e", values=labels),))
    theirs = replace(mine, enums=(Enum(schema="public", name="e", values=(*labels[1:], "new")),))
    assert one(mine, theirs).message.endswith("(without label_number_0; with new)")


def test_values_that_differ_never_look_the_same() -> None:
    told = one(table("t", column("x", default="'a\nb'")), table("t", column("x", default="'a b'"))).message
    assert told == r"the default of t.x is 'a b' in other; truth says 'a\nb'"
    long = "'" + "abc " * 60
    told = one(table("t", column("x", default=f"{long}one'")), table("t", column("x", default=f"{long}two'"))).message
    assert told == (
        "the default of t.x is …abc abc abc abc abc abc abc abc abc abc two' in other; "
        "truth says …abc abc abc abc abc abc abc abc abc abc one'"
    )


def test_places_are_those_of_the_field() -> None:
    mine = column("x", "integer", location=HERE)
    theirs = column("x", "text", location=THERE, places=(("type", LATER),))
    found = one(table("t", mine), table("t", theirs))
    assert (found.expected.location, found.actual.location) == (HERE, LATER)


def test_what_is_missing_has_the_place_where_it_would_go() -> None:
    mine = table("t", "x integer", "y integer", location=HERE)
    theirs = table("t", "x integer", location=THERE)
    found = one(mine, theirs)
    assert (found.actual.value, found.actual.location) == (None, THERE)
    assert found.expected.value == "integer"
    gone = one(schema(mine, mine.__class__(schema="public", name="u")), schema(mine))
    assert gone.actual.location == Location("other.txt"), "a table goes where the source says new ones go"


def test_another_schema_is_said_and_public_is_not() -> None:
    assert one(table("t", "x text", schema="app"), table("t", "x date", schema="app")).message.startswith("app.t.x is")


def test_fingerprints_do_not_depend_on_places() -> None:
    pairs = [
        (table("t", column("x", "text")), table("t", column("x", "date", location=place))) for place in (HERE, LATER)
    ]
    assert len({one(*pair).fingerprint for pair in pairs}) == 1


def test_renames_tell_their_evidence() -> None:
    mine = table("t", "id integer", column("email_address", "text", nullable=False))
    theirs = table("t", "id integer", column("email", "text", nullable=False))
    found = one(mine, theirs)
    assert found.rule.code == "DR210"
    assert "both are text NOT NULL, and nothing else fits as well" in found.message
    assert (found.expected.value, found.actual.value) == ("email_address", "email")


def test_several_that_fit_are_no_rename_unless_names_are_alike() -> None:
    mine = table("t", "id integer", "alpha text", "zulu text")
    assert [f.rule.code for f in findings(schema(mine), schema(table("t", "id integer", "mike text")))] == [
        "DR201", "DR201", "DR202",
    ]  # fmt: skip
    alike = findings(schema(mine), schema(table("t", "id integer", "alphas text")))
    assert sorted(f.rule.code for f in alike) == ["DR201", "DR210"]


def test_what_a_renamed_table_holds_is_compared() -> None:
    columns = ("id integer", "a text", "b text", "c text", "d text")
    key = PrimaryKey(name="users_pkey", columns=("id",))
    mine = table("people", *columns, primary_key=replace(key, name="people_pkey"), indexes=(index("people_a", "a"),))
    theirs = table("users", *columns, primary_key=key)
    told = findings(schema(mine), schema(theirs))
    assert sorted(f.rule.code for f in told) == ["DR103", "DR501"]
    assert {f.object.table or f.object.name for f in told} == {"users"}


def test_one_text_is_one_condition() -> None:
    """What it speaks of may be known to one side alone, so that the other came to another form of it."""
    text = "a in (select b from u)"
    forms = [Check(name="c", expression=Expression(text, form)) for form in (text, "known")]
    assert findings(*(schema(table("t", "a", checks=(check,))) for check in forms)) == []
